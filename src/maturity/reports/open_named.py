"""Open data of each organisation that a benchmark names."""

from __future__ import annotations

from maturity.locale.words import N_
from maturity.models.benchmark import Benchmark, Comparison, Standing
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
    names,
    or_symbol,
    symbol,
)
from maturity.scoring.score import Scorer


def organisations(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return OpenTable(
        "organisations",
        N_("The organisations of the register that are named."),
        (
            CODE,
            *both(N_("What it is called, in English."), N_("What it is called, in Welsh.")),
            Column("region", "string", N_("The region, in English.")),
            Column("population", "integer", N_("How many people live there.")),
            Column("submitted", "boolean", N_("Whether it submitted answers for the period.")),
            Column("draft", "boolean", N_("Whether its answers are still a draft.")),
        ),
        tuple(
            (
                o.code, *names(o.name), o.region.to("en"), o.population, m.scorecard is not None,
                o.code in benchmark.drafts,
            )
            for m in benchmark.members
            for o in (m.organisation,)
        ),
        ("code",),
    )  # fmt: skip


def scores(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return OpenTable(
        "scores",
        N_("The score of each organisation that is named in every measure."),
        (
            CODE,
            KEY,
            Column("score", "number", N_("The published score.")),
            Column("level", "string", N_("The level's id; empty where the measure has none.")),
            Column("reason", "string", N_("Why it is not scored; empty where it is, or did not submit.")),
            Column(
                "coverage", "number", N_("Which share of the weight that applies was answered, from 0 to 1.")
            ),
            Column("rank", "integer", N_("One and how many score strictly higher.")),
            Column(
                "position", "string", N_("'upper', 'middle' or 'lower'; empty where the quartiles are equal.")
            ),
        ),
        tuple(_score_row(benchmark, c, s) for c in benchmark.comparisons for s in c.standings),
        ("code", "key"),
        (OF_ORGANISATION, OF_MEASURE),
    )


def _score_row(benchmark: Benchmark, comparison: Comparison, standing: Standing) -> tuple[Cell, ...]:
    start = (standing.organisation, comparison.key)
    if standing.published is None:
        why = "" if standing.reason is None else NOT_SCORED
        why = NOT_APPLICABLE if standing.reason == "nothing_applies" else why
        return (*start, why, why, standing.reason, standing.coverage, why, "")
    rank = or_symbol(standing.rank, symbol(benchmark))
    return (*start, standing.published, standing.level, "", standing.coverage, rank, standing.position)


def score_changes(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return OpenTable(
        "score-changes",
        N_("The change of each organisation that is named, between two periods."),
        (
            CODE,
            KEY,
            Column("before", "number", N_("The published score in the earlier period.")),
            Column("after", "number", N_("The published score in the later period.")),
            Column("difference", "number", N_("The latter less the former.")),
            Column(
                "clear", "boolean", N_("Whether it is at least what one answer moved by one option adds.")
            ),
        ),
        tuple(
            (d.organisation, c.key, d.before, d.after, d.difference, d.clear)
            for c in benchmark.comparisons
            if c.change
            for d in c.change.differences
        ),
        ("code", "key"),
        (OF_ORGANISATION, OF_MEASURE),
    )
