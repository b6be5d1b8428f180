"""A benchmark as open data: tidy tables, a row a fact, that draw on nothing but the benchmark (docs/open-data.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from maturity.locale.words import N_
from maturity.models.benchmark import AnswerCounts, Benchmark
from maturity.models.disclosure import NOT_APPLICABLE, SUPPRESSED
from maturity.models.text import Text
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
    Column,
    N,
    OpenTable,
    both,
    or_symbol,
    statistics,
    symbol,
    table_of,
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
    return table_of(
        "measures",
        N_("Median and quartiles of the scores in every measure."),
        benchmark.comparisons,
        (
            (KEY, lambda c: c.key),
            (Column("period", "string", N_("The period that the answers are about.")), lambda _: benchmark.period),
            (Column("measure", "string", N_("The measure's id in the rubric.")), lambda c: c.measure),
            (Column("dimension", "string", N_("The dimension's id; empty where it is of all.")), lambda c: tags(c)[0]),
            (Column("theme", "string", N_("The theme's id; empty where it is of all.")), lambda c: tags(c)[1]),
            *both("name", N_("What the group is called, in English."), N_("What the group is called, in Welsh."), lambda c: c.name),
            *statistics(N_("How many scores it is of."), lambda c: c.summary, symbol(benchmark)),
        ),
        ("key",),
    )  # fmt: skip


def _levels(scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    levels = (
        (c, number, band, count)
        for c in benchmark.comparisons
        for number, (band, (_, count)) in enumerate(
            zip(bands_of(scorer.rubric, c.measure), c.levels, strict=True), 1
        )
    )
    return table_of(
        "levels",
        N_("How many organisations are at each level of each measure."),
        levels,
        (
            (KEY, lambda one: one[0].key),
            (Column("level", "string", N_("The level's id.")), lambda one: one[2].id),
            (Column("number", "integer", N_("The level's number, from 1 at the bottom.")), lambda one: one[1]),
            *both("name", N_("What the level is called, in English."), N_("What the level is called, in Welsh."), lambda one: one[2].name),
            (Column("organisations", "integer", N_("How many are at this level.")), lambda one: or_symbol(one[3], SUPPRESSED)),
            (Column("scored", "integer", N_("How many are scored in the measure.")), lambda one: one[0].summary.n),
        ),
        ("key", "level"),
        OF_MEASURE,
    )  # fmt: skip


class _Given(NamedTuple):
    """An answer to a question, or a way of not answering it, and how many gave it; `text` is an option's."""

    question: AnswerCounts
    answer: str
    kind: str
    text: Text | None
    given: int | None


def _given(scorer: Scorer, benchmark: Benchmark) -> Iterator[_Given]:
    for counts in benchmark.answers:
        chosen = dict(counts.options)
        for option in scorer.questionnaire.questions[counts.question].choices:
            yield _Given(counts, option.id, "option", option.text, chosen[option.id])
        for kind in ("dont_know", "not_applicable", "not_asked", "unanswered"):
            yield _Given(counts, kind, "missing", None, getattr(counts, kind))


def _answers(scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    tags = scorer.questionnaire.tags
    return table_of(
        "answers",
        N_("How many organisations gave each answer to each question."),
        _given(scorer, benchmark),
        (
            (QUESTION, lambda one: one.question.question),
            (Column("dimension", "string", N_("The dimension's id.")), lambda one: tags[one.question.question].dimension),
            (Column("theme", "string", N_("The theme's id.")), lambda one: tags[one.question.question].theme),
            (Column("answer", "string", N_("The option's id, or which kind of missing it is.")), lambda one: one.answer),
            (Column("kind", "string", N_("'option', or 'missing' where no answer was given.")), lambda one: one.kind),
            *both("name", N_("The option's words, in English."), N_("The option's words, in Welsh."), lambda one: one.text),
            (Column("organisations", "integer", N_("How many gave this answer.")), lambda one: or_symbol(one.given, SUPPRESSED)),
            (Column("answered", "integer", N_("How many answered the question.")), lambda one: one.question.answered),
        ),
        ("question", "kind", "answer"),
    )  # fmt: skip


def _numbers(scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    questions = scorer.questionnaire.questions
    counted = ((questions[counts.question], counts.numbers) for counts in benchmark.answers)
    return table_of(
        "numbers",
        N_("Median and quartiles of the questions that are answered with a number."),
        ((q, numbers) for q, numbers in counted if q.type == "number" and numbers is not None),
        (
            (QUESTION, lambda one: one[0].id),
            *both("unit", N_("What is counted, in English."), N_("What is counted, in Welsh."), lambda one: one[0].number.unit),
            *statistics(N_("How many numbers it is of."), lambda one: one[1], symbol(benchmark)),
        ),
        ("question",),
    )  # fmt: skip


def _findings(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "findings",
        N_("Sentences with the number of organisations that they are true of."),
        benchmark.findings,
        (
            (Column("finding", "string", N_("The finding's id.")), lambda f: f.id),
            (QUESTION, lambda f: f.question),
            (Column("dimension", "string", N_("The dimension's id.")), lambda f: f.dimension),
            (Column("organisations", "integer", N_("Of how many it is true.")), lambda f: or_symbol(f.count, SUPPRESSED)),
            (Column("answered", "integer", N_("How many answered the question.")), lambda f: f.answered),
            (Column("sentence_en", "string", N_("The sentence, in English.")), lambda f: f.sentence("en")),
            (Column("sentence_cy", "string", N_("The sentence, in Welsh.")), lambda f: f.sentence("cy")),
        ),
        ("finding",),
    )  # fmt: skip


def _changes(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    gap = symbol(benchmark)
    return table_of(
        "changes",
        N_("The change between two periods in every measure, over the organisations scored in both."),
        ((c.key, c.change) for c in benchmark.comparisons if c.change),
        (
            (KEY, lambda one: one[0]),
            (Column("previous", "string", N_("The earlier period.")), lambda _: benchmark.previous),
            (Column("period", "string", N_("The later period.")), lambda _: benchmark.period),
            (N, lambda one: one[1].n),
            (Column("median_difference", "number", N_("The median of the differences.")), lambda one: or_symbol(one[1].median_difference, gap)),
            (Column("step", "number", N_("What one answer moved by one option adds: less is no clear change.")), lambda one: or_symbol(one[1].step, NOT_APPLICABLE)),
            (Column("up", "integer", N_("How many went up clearly.")), lambda one: or_symbol(one[1].up, SUPPRESSED)),
            (Column("no_clear_change", "integer", N_("How many differ by less than a step.")), lambda one: or_symbol(one[1].no_clear_change, SUPPRESSED)),
            (Column("down", "integer", N_("How many went down clearly.")), lambda one: or_symbol(one[1].down, SUPPRESSED)),
        ),
        ("key",),
        OF_MEASURE,
    )  # fmt: skip
