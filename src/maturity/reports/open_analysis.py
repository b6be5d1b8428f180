"""Open data for analysts: what weighs most, how hard questions are, how measures hang together."""

from __future__ import annotations

from maturity.locale.words import N_
from maturity.models.analysis import Analysis
from maturity.models.benchmark import Benchmark
from maturity.models.disclosure import NOT_SCORED
from maturity.reports.open_table import (
    KEY,
    OF_MEASURE,
    QUESTION,
    Column,
    N,
    OpenTable,
    joined,
    or_symbol,
    table_of,
)
from maturity.scoring.score import Scorer

_NONE = Analysis((), (), (), ())
_OTHER = Column("other", "string", N_("The other measure and its group, joined by dots."))


def _of(benchmark: Benchmark) -> Analysis:
    return benchmark.analysis or _NONE


def weight_shares(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "weight-shares",
        N_("Which part of a group's weight each question and each theme has."),
        _of(benchmark).shares,
        (
            (KEY, lambda one: joined(one.measure, one.group)),
            (Column("kind", "string", N_("'theme' or 'item'.")), lambda one: one.kind),
            (Column("name", "string", N_("The theme's id with its dimension's, or the question's.")), lambda one: one.name),
            (Column("share", "number", N_("Its part of the weight, from 0 to 1.")), lambda one: one.share),
            (Column("even", "number", N_("What it would be if all counted the same.")), lambda one: one.even),
            (Column("dominates", "boolean", N_("Whether it is twice that or more.")), lambda one: one.dominates),
        ),
        ("key", "kind", "name"),
        OF_MEASURE,
    )  # fmt: skip


def difficulties(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "difficulties",
        N_("How much of what a question can be worth is attained on average; low is hard."),
        _of(benchmark).difficulties,
        (
            (QUESTION, lambda one: one.item),
            (N, lambda one: one.n),
            (Column("mean", "number", N_("The mean share, from 0 to 1.")), lambda one: or_symbol(one.mean, NOT_SCORED)),
        ),
        ("question",),
    )  # fmt: skip


def alphas(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "alphas",
        N_("Cronbach's alpha of the questions under a group, over those who answered all of them."),
        _of(benchmark).alphas,
        (
            (KEY, lambda one: joined(one.measure, one.group)),
            (Column("items", "integer", N_("How many questions.")), lambda one: one.items),
            (N, lambda one: one.n),
            (
                Column("alpha", "number", N_("Cronbach's alpha.")),
                lambda one: or_symbol(one.alpha, NOT_SCORED),
            ),
        ),
        ("key",),
        OF_MEASURE,
    )


def correlations(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "correlations",
        N_("Spearman's rank correlation of two groups of a measure, over those scored in both."),
        _of(benchmark).correlations,
        (
            (KEY, lambda one: joined(one.measure, one.one)),
            (_OTHER, lambda one: joined(one.measure, one.other)),
            (N, lambda one: one.n),
            (Column("rho", "number", N_("Spearman's rho.")), lambda one: or_symbol(one.rho, NOT_SCORED)),
        ),
        ("key", "other"),
        OF_MEASURE,
        ("other", "measures", "key"),
    )
