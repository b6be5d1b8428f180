"""Open data of what was said: how divided the answers to each question are, what changed, and what is wanted together."""

from __future__ import annotations

from maturity.locale.words import N_
from maturity.models.benchmark import Benchmark
from maturity.models.disclosure import NOT_APPLICABLE, NOT_SCORED
from maturity.models.findings import Moved
from maturity.models.learning import Wanted
from maturity.reports.open_table import (
    CODE,
    OF_ORGANISATION,
    QUESTION,
    Cell,
    Column,
    OpenTable,
    both,
    names,
    or_symbol,
)
from maturity.scoring.score import Scorer

_WANT = Column("want", "string", N_("The question's id, and the option's where it is one thing of several."))


def questions(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return OpenTable(
        "questions",
        N_("How divided the answers to each question are, and how they changed since the earlier period."),
        (
            QUESTION,
            Column("dimension", "string", N_("The dimension's id.")),
            Column("theme", "string", N_("The theme's id.")),
            Column("type", "string", N_("'level', 'yes_no', 'several' or 'number'.")),
            Column("answered", "integer", N_("How many answered the question.")),
            Column("split", "number", N_("How divided the answers are, from 0 (all the same) to 1.")),
            Column("answered_in_both", "integer", N_("How many answered in both periods.")),
            Column("changed", "integer", N_("How many of them gave another answer.")),
            Column("largest_change", "number", N_("The largest change of an answer's share, without its sign; of numbers, the median difference as a share of the range.")),
            Column("median_difference", "number", N_("Of numbers, the median of the differences.")),
        ),
        tuple(
            (q.question, q.dimension, q.theme, q.type, q.answered, or_symbol(q.split, NOT_SCORED), *_moved(q.moved))
            for q in benchmark.questions
        ),
        ("question",),
    )  # fmt: skip


def _moved(moved: Moved | None) -> tuple[Cell, ...]:
    if moved is None:
        return (NOT_SCORED,) * 4
    figures = (or_symbol(v, NOT_APPLICABLE) for v in (moved.largest, moved.median_difference))
    return (moved.n, moved.changed, *figures)


def answer_changes(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return OpenTable(
        "answer-changes",
        N_("The change of each answer's share, over the organisations that answered in both periods."),
        (
            QUESTION,
            Column("answer", "string", N_("The option's id.")),
            Column("n", "integer", N_("How many answered in both periods.")),
            Column(
                "change", "number", N_("The later share less the earlier; 0.25 is 25 percentage points more.")
            ),
        ),
        tuple(
            (q.question, o.option, q.moved.n, o.change)
            for q in benchmark.questions
            if q.moved
            for o in q.options
            if o.change is not None
        ),
        ("question", "answer"),
    )


def wanted(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return OpenTable(
        "wanted",
        N_("What organisations want to do together."),
        (
            _WANT,
            QUESTION,
            Column("answer", "string", N_("The option's id; empty where several options say so.")),
            Column("dimension", "string", N_("The dimension's id.")),
            *both(N_("What is wanted, in English."), N_("What is wanted, in Welsh.")),
            Column("organisations", "integer", N_("How many want it.")),
            Column("answered", "integer", N_("How many answered the question.")),
        ),
        tuple(
            (_id(w), w.question, w.option, w.dimension, *names(w.text), w.count, w.answered)
            for w in benchmark.wanted
        ),
        ("want",),
    )


def wanted_by(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return OpenTable(
        "wanted-by",
        N_("Who wants it."),
        (_WANT, CODE),
        tuple((_id(w), code) for w in benchmark.wanted for code in w.who),
        ("want", "code"),
        (("want", "wanted", "want"), OF_ORGANISATION),
    )


def _id(one: Wanted) -> str:
    return one.question if one.option is None else f"{one.question}.{one.option}"
