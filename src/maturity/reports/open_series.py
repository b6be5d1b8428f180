"""Open data of all periods: medians and scores in each, and every move between neighbours with its parts."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.locale.words import N_
from maturity.models.benchmark import Benchmark
from maturity.models.disclosure import NOT_APPLICABLE, NOT_SCORED, SUPPRESSED
from maturity.models.scorecard import Reference
from maturity.models.series import Line, Move, Point, SeriesPeriod, SplitChange, Transition
from maturity.models.summary import Change
from maturity.reports.open_table import (
    ANSWER,
    CODE,
    KEY,
    OF_ORGANISATION,
    QUESTION,
    Cell,
    Column,
    OpenTable,
    answer_ids,
    both,
    or_symbol,
    statistics,
    table_of,
)
from maturity.scoring.score import Scorer

_PERIOD = Column("period", "string", N_("The period that the answers are about."))
_PASSAGE = (
    Column("previous", "string", N_("The earlier period.")),
    Column("period", "string", N_("The later period.")),
)
_OF_PERIOD = ("period", "periods", "period")


def periods(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "periods",
        N_("The periods of the series, and by what each was scored."),
        benchmark.series.periods if benchmark.series else (),
        (
            (_PERIOD, lambda p: p.period),
            (Column("questionnaire", "string", N_("The questionnaire's id and version.")), lambda p: _version(p.questionnaire)),
            (Column("rubric", "string", N_("The rubric's id and version.")), lambda p: _version(p.rubric)),
            (
                Column("submitted", "integer", N_("How many organisations submitted.")),
                lambda p: len(p.submitted) if benchmark.named else SUPPRESSED,
            ),
            (Column("made_up", "boolean", N_("Whether this is example data.")), lambda p: p.made_up),
        ),
        ("period",),
    )  # fmt: skip


def _version(reference: Reference) -> str:
    return f"{reference.id}@{reference.version}"


def _points(benchmark: Benchmark) -> Iterator[tuple[Line, SeriesPeriod, Point]]:
    if benchmark.series:
        for line in benchmark.series.lines:
            for period, point in zip(benchmark.series.periods, line.points, strict=True):
                if point is not None:
                    yield line, period, point


def _moves(benchmark: Benchmark) -> Iterator[tuple[Line, Transition, Move]]:
    if benchmark.series:
        for line in benchmark.series.lines:
            for transition, move in zip(benchmark.series.transitions, line.moves, strict=True):
                if move is not None:
                    yield line, transition, move


def series(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "series",
        N_("Median and quartiles of every measure in every period, by that period's rubric."),
        _points(benchmark) if benchmark.named else (),
        (
            (KEY, lambda one: one[0].key),
            (_PERIOD, lambda one: one[1].period),
            *both("name", N_("What the group is called, in English."), N_("What the group is called, in Welsh."), lambda one: one[0].name),
            *statistics(N_("How many scores it is of."), lambda one: one[2].summary, NOT_SCORED),
        ),
        ("key", "period"),
        _OF_PERIOD,
    )  # fmt: skip


def series_scores(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "series-scores",
        N_("The score of each organisation in every measure in every period in which it is scored."),
        ((line.key, at.period, score) for line, at, point in _points(benchmark) for score in point.scores),
        (
            (CODE, lambda one: one[2].organisation),
            (KEY, lambda one: one[0]),
            (_PERIOD, lambda one: one[1]),
            (Column("score", "number", N_("The published score, by that period's rubric.")), lambda one: one[2].published),
            (Column("level", "string", N_("The level's id; empty where the measure has none.")), lambda one: one[2].level),
        ),
        ("code", "key", "period"),
        OF_ORGANISATION,
        _OF_PERIOD,
    )  # fmt: skip


def series_answers(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    found = benchmark.series.answers if benchmark.series else ()
    return table_of(
        "series-answers",
        N_("What each organisation answered in every period."),
        ((one, *answer) for one in found for answer in one.answers),
        (
            (CODE, lambda row: row[0].organisation),
            (_PERIOD, lambda row: row[0].period),
            (QUESTION, lambda row: row[1]),
            (ANSWER, lambda row: answer_ids(row[2])),
        ),
        ("code", "period", "question"),
        OF_ORGANISATION,
        _OF_PERIOD,
    )


def moves(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return OpenTable(
        "moves",
        N_(
            "Every measure from a period to the next, over the organisations scored in both; over a break the change's parts."
        ),
        (
            KEY,
            *_PASSAGE,
            Column("broken", "boolean", N_("Whether questionnaire or rubric are others.")),
            Column("n", "integer", N_("How many the change is of.")),
            Column("median_change", "number", N_("The median of the changes.")),
            Column("median_own", "number", N_("Over a break, the median of the organisations' parts.")),
            Column("median_rubric", "number", N_("Over a break, the median of the rubrics' parts.")),
            Column(
                "step", "number", N_("What one answer moved by one option adds: less is no clear change.")
            ),
            Column("up", "integer", N_("How many went up clearly, over a break by their own part.")),
            Column("no_clear_change", "integer", N_("How many moved by less than a step.")),
            Column("down", "integer", N_("How many went down clearly.")),
            Column("entered", "integer", N_("How many are scored in the later period alone.")),
            Column("left", "integer", N_("How many are scored in the earlier period alone.")),
            Column("spread_n", "integer", N_("How many the spread is of.")),
            Column(
                "spread_before", "number", N_("The distance between the quartiles in the earlier period.")
            ),
            Column("spread_after", "number", N_("The distance between the quartiles in the later period.")),
            Column(
                "spread",
                "string",
                N_("'narrower', 'wider' or 'no_clear_difference'; empty where too few are scored."),
            ),
        ),
        tuple(_move(line.key, t, move) for line, t, move in _moves(benchmark) if benchmark.named),
        ("key", "previous", "period"),
        (_OF_PERIOD,),
    )


def _move(key: str, transition: Transition, move: Move) -> tuple[Cell, ...]:
    start = (key, transition.before, transition.after, transition.series_break is not None)
    change, split, spread = move.change, move.split, move.spread
    none: tuple[Cell, ...] = (NOT_APPLICABLE,)
    figures = none * 8
    if change is not None:
        figures = (*_medians(change.n, change.median_difference), *none * 2, *_counts(change))
    elif split is not None:
        medians = (split.median_total, split.median_council, split.median_rubric)
        figures = (*_medians(split.n, *medians), *_counts(split))
    ends: tuple[Cell, ...] = (*none * 3, "")
    if spread is not None:
        ranges = (or_symbol(v, NOT_SCORED) for v in (spread.before, spread.after))
        ends = (spread.n, *ranges, spread.verdict)
    return (*start, *figures, len(move.entered), len(move.left), *ends)


def _medians(n: int, *medians: float | None) -> tuple[Cell, ...]:
    return (n, *(or_symbol(v, NOT_SCORED) for v in medians))


def _counts(moved: Change | SplitChange) -> tuple[Cell, ...]:
    return (or_symbol(moved.step, NOT_APPLICABLE), moved.up, moved.no_clear_change, moved.down)


def splits(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    found = (
        (line.key, passage, split)
        for line, passage, move in _moves(benchmark)
        for split in (move.split.splits if move.split else ())
    )
    earlier, later = _PASSAGE
    return table_of(
        "splits",
        N_("The change of each organisation over a break, on the shared questions: four scores and their parts."),
        found,
        (
            (CODE, lambda one: one[2].organisation),
            (KEY, lambda one: one[0]),
            (earlier, lambda one: one[1].before),
            (later, lambda one: one[1].after),
            (Column("before", "number", N_("The earlier answers by the earlier rubric.")), lambda one: one[2].before),
            (Column("before_anew", "number", N_("The earlier answers by the later rubric.")), lambda one: one[2].before_anew),
            (Column("after_as_before", "number", N_("The later answers by the earlier rubric.")), lambda one: one[2].after_as_before),
            (Column("after", "number", N_("The later answers by the later rubric.")), lambda one: one[2].after),
            (Column("total", "number", N_("The last less the first.")), lambda one: one[2].total),
            (Column("own_part", "number", N_("The organisation's part of that.")), lambda one: one[2].council),
            (Column("rubric_part", "number", N_("The rubrics' part of that.")), lambda one: one[2].rubric),
            (Column("not_shared", "number", N_("What is left of the printed change.")), lambda one: or_symbol(one[2].not_shared, NOT_APPLICABLE)),
            (Column("clear", "boolean", N_("Whether the organisation's part is at least a step.")), lambda one: one[2].clear),
        ),
        ("code", "key", "previous", "period"),
        OF_ORGANISATION,
        _OF_PERIOD,
    )  # fmt: skip
