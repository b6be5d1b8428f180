"""Small statistics for few organisations and ordinal, self-assessed answers (docs/statistics.md)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import floor
from statistics import median

from maturity.models.summary import Position, Summary
from maturity.scoring.numbers import settle

LEAST_FOR_MEDIAN = 5
LEAST_FOR_QUARTILES = 8


def quantile(values: Sequence[float], p: float) -> float:
    """Quantile `p` (0 to 1) of at least one value, by linear interpolation at h = (n - 1)p.

    Type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages" (The American Statistician 50, 1996); the
    same as Excel's QUARTILE.INC and NumPy's default.
    """
    ordered = sorted(values)
    h = (len(ordered) - 1) * p
    low = floor(h)
    high = min(low + 1, len(ordered) - 1)
    return settle(ordered[low] + (h - low) * (ordered[high] - ordered[low]))


def summarise(values: Sequence[float]) -> Summary:
    """n; the median from 5 values on, the quartiles from 8 on."""
    n = len(values)
    middle = settle(median(values)) if n >= LEAST_FOR_MEDIAN else None
    if n < LEAST_FOR_QUARTILES:
        return Summary(n, middle, None, None)
    return Summary(n, middle, quantile(values, 0.25), quantile(values, 0.75))


def rank(value: float, ascending: Sequence[float]) -> int:
    """1 + how many of the values are strictly greater (standard competition ranking); equal values share a rank.

    They come in ascending order, so that ranking thousands takes no time for every pair of them.
    """
    return 1 + len(ascending) - bisect_right(ascending, value)


def position(value: float, summary: Summary) -> Position | None:
    """Upper quarter from Q3 on, lower quarter down from Q1, else middle; None without quartiles or where they are equal."""
    if summary.q1 is None or summary.q3 is None or summary.q1 == summary.q3:
        return None
    if value >= summary.q3:
        return "upper"
    return "lower" if value <= summary.q1 else "middle"
