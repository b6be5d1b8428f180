"""The benchmark in a few plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.models.benchmark import Benchmark, Comparison
from maturity.models.summary import Change
from maturity.reports.speech import Speech


def headline(say: Speech, benchmark: Benchmark, parts: Sequence[Comparison]) -> list[str]:
    """What a reader should know first: who answered, where Wales stands, what is high and low, what changed."""
    found = [submitted(say, benchmark)]
    if benchmark.overall and benchmark.overall.summary.n >= LEAST_FOR_MEDIAN:
        found += common_level(say, benchmark.overall)
    elif benchmark.overall:
        found.append(
            say.words(
                "Too few councils are scored overall to compare them (n = {n}): at least {least} are needed.",
                n=benchmark.overall.summary.n,
                least=LEAST_FOR_MEDIAN,
            )
        )
    found += extremes(say, parts)
    if (
        benchmark.overall
        and benchmark.previous
        and (change := benchmark.overall.change)
        and change.n >= LEAST_FOR_MEDIAN
    ):
        found.append(changed(say, benchmark.previous, change))
    return found


def title_words(say: Speech, benchmark: Benchmark) -> str:
    """The page's heading: of those who submitted, and of too few nothing more than that."""
    n, period = benchmark.n_submitted, benchmark.period
    if n >= LEAST_FOR_MEDIAN:
        return say.words("How {n} councils compare in {period}", n=n, period=period)
    return say.words.count("{n} council in {period}", "{n} councils in {period}", n, period=period)


def submitted(say: Speech, benchmark: Benchmark) -> str:
    """How many of how many submitted."""
    n, of = benchmark.n_submitted, benchmark.n_members
    return say.words.count(
        "{n} of {of} councils submitted answers for {period}.",
        "{n} of {of} councils submitted answers for {period}.",
        n,
        of=of,
        period=benchmark.period,
    )


def common_level(say: Speech, overall: Comparison) -> list[str]:
    """The level that most councils are at, ties named together."""
    counts = dict(overall.levels)
    shown = [n for n in counts.values() if n is not None]
    most = max(shown, default=0)
    # Where the suppressed are as many together, one of them may be as common.
    if not most or (len(shown) < len(counts) and overall.summary.n - sum(shown) >= most):
        return []
    levels = [level for level in say.levels(overall.measure) if counts[level.band.id] == most]
    names = [say.words("level {number}, {name}", number=level.number, name=level.name) for level in levels]
    if len(levels) == 1:
        return [
            say.words(
                "The most common overall level is {level}: {count} of the {n} councils that are scored overall.",
                level=names[0],
                count=most,
                n=overall.summary.n,
            )
        ]
    return [
        say.words(
            "The most common overall levels are {levels}: {count} each of the {n} councils that are scored overall.",
            levels="; ".join(names),
            count=most,
            n=overall.summary.n,
        )
    ]


def extremes(say: Speech, parts: Sequence[Comparison]) -> list[str]:
    """Which dimensions' medians are highest and lowest."""
    medians = [(c.summary.median, c) for c in parts if c.summary.median is not None]
    if len(medians) < 2:
        return []
    high, low = max(m for m, _ in medians), min(m for m, _ in medians)
    if high == low:
        return []

    def names(value: float) -> str:
        return say.listing([say.name(c) for m, c in medians if m == value])

    return [
        say.words(
            "Scores are highest in {high} (median {high_median}) and lowest in {low} (median {low_median}).",
            high=names(high),
            high_median=say.told(high),
            low=names(low),
            low_median=say.told(low),
        )
    ]


def changed(say: Speech, previous: str, change: Change) -> str:
    """What moved since the previous period."""
    places = {
        "previous": previous,
        "n": change.n,
        "up": change.up,
        "down": change.down,
        "level": change.no_clear_change,
        "median": say.told(change.median_difference, signed=True),
    }
    if None in (change.up, change.down, change.no_clear_change):
        return say.words(
            "Of the {n} councils scored in both {previous} and this period, the median difference is {median}.",
            **places,
        )
    if change.median_difference is None:
        return say.words(
            "Of the {n} councils scored in both {previous} and this period, {up} went up, {down} went down and {level} show no clear change.",
            **places,
        )
    if change.up == change.n:
        return say.words(
            "All {n} councils scored in both {previous} and this period went up; the median difference is {median}.",
            **places,
        )
    return say.words(
        "Of the {n} councils scored in both {previous} and this period, {up} went up, {down} went down and {level} show no clear change; the median difference is {median}.",
        **places,
    )
