"""A benchmark as open data: tidy tables, a row a fact, that draw on nothing but the benchmark (docs/open-data.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from maturity.locale.words import N_
from maturity.models.benchmark import Benchmark
from maturity.models.disclosure import NOT_APPLICABLE, SUPPRESSED
from maturity.reports.open_analysis import alphas, correlations, difficulties, weight_shares
from maturity.reports.open_firm import (
    evidence,
    evidence_gaps,
    evidenced,
    fragile_answers,
    fragile_weights,
    ranges,
)
from maturity.reports.open_learning import (
    lessons,
    pair_themes,
    pairs,
    shared_steps,
    shared_steps_by,
    teachers,
)
from maturity.reports.open_named import organisations, score_changes, scores
from maturity.reports.open_peers import peer_groups, peer_levels, peer_measures, peer_members
from maturity.reports.open_said import answer_changes, questions, wanted, wanted_by
from maturity.reports.open_series import moves, periods, series, series_answers, series_scores, splits
from maturity.reports.open_table import (
    KEY,
    OF_MEASURE,
    QUESTION,
    Cell,
    Column,
    N,
    OpenTable,
    both,
    names,
    or_symbol,
    statistics,
    symbol,
    tags,
)
from maturity.scoring.names import bands_of
from maturity.scoring.score import Scorer


def open_tables(scorer: Scorer, benchmark: Benchmark) -> tuple[OpenTable, ...]:
    """Every table that has rows: of all organisations together, and of each that the benchmark names."""
    makers: tuple[Callable[[Scorer, Benchmark], OpenTable], ...] = (
        _measures, _levels, _answers, _numbers, _findings, _changes, organisations, scores, score_changes,
        ranges, fragile_answers, fragile_weights, evidenced, evidence_gaps, evidence,
        peer_groups, peer_members, peer_measures, peer_levels, periods, series, series_scores, series_answers, moves,
        splits, questions, answer_changes, wanted, wanted_by, shared_steps, shared_steps_by, lessons, teachers, pairs,
        pair_themes, weight_shares, difficulties, alphas, correlations,
    )  # fmt: skip
    return tuple(table for maker in makers if (table := maker(scorer, benchmark)).rows)


def _measures(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    gap = symbol(benchmark)
    return OpenTable(
        "measures",
        N_("Median and quartiles of the scores in every measure."),
        (
            KEY,
            Column("period", "string", N_("The period that the answers are about.")),
            Column("measure", "string", N_("The measure's id in the rubric.")),
            Column("dimension", "string", N_("The dimension's id; empty where it is of all.")),
            Column("theme", "string", N_("The theme's id; empty where it is of all.")),
            *both(N_("What the group is called, in English."), N_("What the group is called, in Welsh.")),
            *statistics(N_("How many scores it is of.")),
        ),
        tuple(
            (
                c.key, benchmark.period, c.measure, *tags(c), *names(c.name), c.summary.n,
                *(or_symbol(v, gap) for v in (c.summary.median, c.summary.q1, c.summary.q3)),
            )
            for c in benchmark.comparisons
        ),
        ("key",),
    )  # fmt: skip


def _levels(scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return OpenTable(
        "levels",
        N_("How many organisations are at each level of each measure."),
        (
            KEY,
            Column("level", "string", N_("The level's id.")),
            Column("number", "integer", N_("The level's number, from 1 at the bottom.")),
            *both(N_("What the level is called, in English."), N_("What the level is called, in Welsh.")),
            Column("organisations", "integer", N_("How many are at this level.")),
            Column("scored", "integer", N_("How many are scored in the measure.")),
        ),
        tuple(
            (c.key, level, number, *names(band.name), or_symbol(count, SUPPRESSED), c.summary.n)
            for c in benchmark.comparisons
            for number, (band, (level, count)) in enumerate(
                zip(bands_of(scorer.rubric, c.measure), c.levels, strict=True), 1
            )
        ),
        ("key", "level"),
        (OF_MEASURE,),
    )


def _answers(scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return OpenTable(
        "answers",
        N_("How many organisations gave each answer to each question."),
        (
            QUESTION,
            Column("dimension", "string", N_("The dimension's id.")),
            Column("theme", "string", N_("The theme's id.")),
            Column("answer", "string", N_("The option's id, or which kind of missing it is.")),
            Column("kind", "string", N_("'option', or 'missing' where no answer was given.")),
            *both(N_("The option's words, in English."), N_("The option's words, in Welsh.")),
            Column("organisations", "integer", N_("How many gave this answer.")),
            Column("answered", "integer", N_("How many answered the question.")),
        ),
        tuple(_answer_rows(scorer, benchmark)),
        ("question", "kind", "answer"),
    )


def _answer_rows(scorer: Scorer, benchmark: Benchmark) -> Iterator[tuple[Cell, ...]]:
    for counts in benchmark.answers:
        question, tags = (
            scorer.questionnaire.questions[counts.question],
            scorer.questionnaire.tags[counts.question],
        )
        start = (counts.question, tags.dimension, tags.theme)
        chosen = dict(counts.options)
        for option in question.choices:
            count = or_symbol(chosen[option.id], SUPPRESSED)
            yield (*start, option.id, "option", *names(option.text), count, counts.answered)
        for kind in ("dont_know", "not_applicable", "not_asked", "unanswered"):
            count = or_symbol(getattr(counts, kind), SUPPRESSED)
            yield (*start, kind, "missing", "", "", count, counts.answered)


def _numbers(scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    gap = symbol(benchmark)
    rows = []
    for counts in benchmark.answers:
        question = scorer.questionnaire.questions[counts.question]
        if counts.numbers is not None and question.type == "number":
            found = (or_symbol(v, gap) for v in (counts.numbers.median, counts.numbers.q1, counts.numbers.q3))
            rows.append((counts.question, question.number.unit.to("en"), counts.numbers.n, *found))
    return OpenTable(
        "numbers",
        N_("Median and quartiles of the questions that are answered with a number."),
        (
            QUESTION,
            Column("unit", "string", N_("What is counted.")),
            *statistics(N_("How many numbers it is of.")),
        ),
        tuple(rows),
        ("question",),
    )


def _findings(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return OpenTable(
        "findings",
        N_("Sentences with the number of organisations that they are true of."),
        (
            Column("finding", "string", N_("The finding's id.")),
            QUESTION,
            Column("dimension", "string", N_("The dimension's id.")),
            Column("organisations", "integer", N_("Of how many it is true.")),
            Column("answered", "integer", N_("How many answered the question.")),
            Column("sentence_en", "string", N_("The sentence, in English.")),
            Column("sentence_cy", "string", N_("The sentence, in Welsh.")),
        ),
        tuple(
            (
                f.id, f.question, f.dimension, or_symbol(f.count, SUPPRESSED), f.answered, f.sentence("en"),
                f.sentence("cy"),
            )
            for f in benchmark.findings
        ),
        ("finding",),
    )  # fmt: skip


def _changes(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    gap = symbol(benchmark)
    counts = ("up", "no_clear_change", "down")
    return OpenTable(
        "changes",
        N_("The change between two periods in every measure, over the organisations scored in both."),
        (
            KEY,
            Column("previous", "string", N_("The earlier period.")),
            Column("period", "string", N_("The later period.")),
            N,
            Column("median_difference", "number", N_("The median of the differences.")),
            Column("step", "number", N_("What one answer moved by one option adds: less is no clear change.")),
            Column("up", "integer", N_("How many went up clearly.")),
            Column("no_clear_change", "integer", N_("How many differ by less than a step.")),
            Column("down", "integer", N_("How many went down clearly.")),
        ),
        tuple(
            (
                c.key, benchmark.previous, benchmark.period, c.change.n, or_symbol(c.change.median_difference, gap),
                or_symbol(c.change.step, NOT_APPLICABLE), *(or_symbol(getattr(c.change, n), SUPPRESSED) for n in counts),
            )
            for c in benchmark.comparisons
            if c.change
        ),
        ("key",),
        (OF_MEASURE,),
    )  # fmt: skip
