"""Which counts may be shown where organisations stay unnamed, and to how many decimals statistics (docs/disclosure.md).

The rules are those of docs/disclosure.md: a group and what remains of the whole without it are both at least
five, and what is shown gives nothing back of what is not. Primary and secondary suppression are those of A. Hundepool and
others, "Statistical Disclosure Control" (Wiley 2012).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10

from maturity.benchmark.statistics import LEAST_FOR_MEDIAN, LEAST_FOR_QUARTILES
from maturity.models.summary import Summary
from maturity.scoring.numbers import half_up, settle

LEAST = 5
"""The least that a group, or the rest of the whole, may be."""
HEADS_TOGETHER = 2
"""How many organisations may put their heads together, each knowing its own value, and still find out nothing."""


def safe(count: int, of: int) -> bool:
    """Whether `count` of a whole `of` so many can be told: both it and the rest are at least five."""
    return LEAST <= count <= of - LEAST


def hide_small(counts: Sequence[int], of: int) -> list[bool]:
    """Primary suppression: for each count, whether it is kept back because it or the rest of the whole is too small."""
    return [not safe(count, of) for count in counts]


def hide_more(counts: Sequence[int], hidden: Sequence[bool]) -> list[bool]:
    """Secondary suppression in a partition, whose sum everybody knows: hides the smallest of what is shown, and
    what is as small, until the sum gives none of the hidden back, even to one who knows this rule.
    """
    found = list(hidden)
    while any(found) and not all(found) and _given_back(counts, found):
        smallest = min(count for count, gone in zip(counts, found, strict=True) if not gone)
        found = [gone or count == smallest for count, gone in zip(counts, found, strict=True)]
    return found


def _given_back(counts: Sequence[int], hidden: Sequence[bool]) -> bool:
    """Whether the sum tells too much of the hidden: which is one, of how few all of them are, or that each is the
    largest that is too small."""
    kept_back = [count for count, gone in zip(counts, hidden, strict=True) if gone]
    largest = all(count == LEAST - 1 for count in kept_back)
    return len(kept_back) < 2 or sum(kept_back) < LEAST or largest


def partition(counts: Sequence[int]) -> list[int | None]:
    """The counts of a whole that everybody is in once: None where suppressed."""
    hidden = hide_more(counts, hide_small(counts, sum(counts)))
    return [None if gone else count for count, gone in zip(counts, hidden, strict=True)]


def each_alone(counts: Sequence[int], of: int) -> list[int | None]:
    """Counts of `of` organisations that may be in several or none of them, so that they add up to nothing known."""
    return [None if gone else count for count, gone in zip(counts, hide_small(counts, of), strict=True)]


def enough(n: int, least: int) -> bool:
    """Whether a statistic of `n` that wants `least` may be shown: as many must remain without those who put their
    heads together."""
    return n >= least + HEADS_TOGETHER


def coarse(value: float, places: int) -> float:
    """A statistic of scores with `places` decimals, rounded half up to one fewer: it is no score to the last digit.

    >>> coarse(2.375, 2), coarse(63.0, 0)
    (2.4, 60.0)
    """
    return half_up(value, places - 1) if places else 10 * half_up(value / 10, 0)


def coarse_number(value: float) -> float:
    """A statistic of numbers that organisations gave, to the next step of 1, 2 or 5 times a power of ten that is at
    least a tenth of it: two digits, often fewer.

    >>> coarse_number(137.0), coarse_number(66.0), coarse_number(0.0)
    (140.0, 70.0, 0.0)
    """
    if not value:
        return value
    tenth = abs(value) / 10
    power = 10.0 ** floor(log10(tenth))
    step = next(s * power for s in (1, 2, 5, 10) if s * power >= tenth * (1 - 1e-9))
    return settle(half_up(value / step, 0) * step)


def suppressed(summary: Summary, median: float | None, q1: float | None, q3: float | None) -> Summary:
    """The summary with these figures, as far as its n allows each."""
    if not enough(summary.n, LEAST_FOR_MEDIAN):
        median = None
    if not enough(summary.n, LEAST_FOR_QUARTILES):
        q1 = q3 = None
    return Summary(summary.n, median, q1, q3)


def coarse_summary(summary: Summary, places: int) -> Summary:
    """Median and quartiles of scores with `places` decimals, as they may be shown."""
    found = (None if v is None else coarse(v, places) for v in (summary.median, summary.q1, summary.q3))
    return suppressed(summary, *found)


def coarse_numbers(summary: Summary) -> Summary:
    """Median and quartiles of numbers that organisations gave, as they may be shown."""
    found = (None if v is None else coarse_number(v) for v in (summary.median, summary.q1, summary.q3))
    return suppressed(summary, *found)
