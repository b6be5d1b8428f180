"""Open data of each organisation that a benchmark names."""

from __future__ import annotations

from maturity.locale.words import N_
from maturity.models.benchmark import Benchmark, Standing
from maturity.models.disclosure import NOT_APPLICABLE, NOT_SCORED
from maturity.reports.open_table import (
    CODE,
    KEY,
    OF_MEASURE,
    OF_ORGANISATION,
    Cell,
    Column,
    OpenTable,
    both,
    or_symbol,
    symbol,
    table_of,
)
from maturity.scoring.score import Scorer


def organisations(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    drafts = benchmark.drafts
    return table_of(
        "organisations",
        N_("The organisations of the register that are named."),
        ((m.organisation, m.scorecard is not None) for m in benchmark.members),
        (
            (CODE, lambda one: one[0].code),
            *both("name", N_("What it is called, in English."), N_("What it is called, in Welsh."), lambda one: one[0].name),
            *both("region", N_("The region, in English."), N_("The region, in Welsh."), lambda one: one[0].region),
            (Column("population", "integer", N_("How many people live there.")), lambda one: one[0].population),
            (Column("submitted", "boolean", N_("Whether it submitted answers for the period.")), lambda one: one[1]),
            (Column("draft", "boolean", N_("Whether its answers are still a draft.")), lambda one: one[0].code in drafts),
        ),
        ("code",),
    )  # fmt: skip


def scores(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    gap = symbol(benchmark)
    return table_of(
        "scores",
        N_("The score of each organisation that is named in every measure."),
        ((c.key, standing) for c in benchmark.comparisons for standing in c.standings),
        (
            (CODE, lambda one: one[1].organisation),
            (KEY, lambda one: one[0]),
            (Column("score", "number", N_("The published score.")), lambda one: _if_scored(one[1], one[1].published)),
            (Column("level", "string", N_("The level's id; empty where the measure has none.")), lambda one: _if_scored(one[1], one[1].level)),
            (Column("reason", "string", N_("Why it is not scored; empty where it is, or did not submit.")), lambda one: one[1].reason),
            (Column("coverage", "number", N_("Which share of the weight that applies was answered, from 0 to 1.")), lambda one: one[1].coverage),
            (Column("rank", "integer", N_("One and how many score strictly higher.")), lambda one: _if_scored(one[1], or_symbol(one[1].rank, gap))),
            (Column("position", "string", N_("'upper', 'middle' or 'lower'; empty where the quartiles are equal.")), lambda one: one[1].position),
        ),
        ("code", "key"),
        OF_ORGANISATION,
        OF_MEASURE,
    )  # fmt: skip


def _if_scored(standing: Standing, value: Cell) -> Cell:
    """The value, or why there is none: nothing where it did not submit."""
    if standing.published is not None:
        return value
    if standing.reason is None:
        return ""
    return NOT_APPLICABLE if standing.reason == "nothing_applies" else NOT_SCORED


def score_changes(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "score-changes",
        N_("The change of each organisation that is named, between two periods."),
        ((c.key, d) for c in benchmark.comparisons if c.change for d in c.change.differences),
        (
            (CODE, lambda one: one[1].organisation),
            (KEY, lambda one: one[0]),
            (Column("before", "number", N_("The published score in the earlier period.")), lambda one: one[1].before),
            (Column("after", "number", N_("The published score in the later period.")), lambda one: one[1].after),
            (Column("difference", "number", N_("The latter less the former.")), lambda one: one[1].difference),
            (Column("clear", "boolean", N_("Whether it is at least what one answer moved by one option adds.")), lambda one: one[1].clear),
        ),
        ("code", "key"),
        OF_ORGANISATION,
        OF_MEASURE,
    )  # fmt: skip
