"""How divided answers are (docs/statistics.md, "Split").

After W. J. Tastle and M. J. Wierman, "Consensus and dissention: A measure of ordinal dispersion" (International
Journal of Approximate Reasoning 45, 2007): with options at 1, 2, … k, p_i the share at i, m their mean and d = k - 1,

    consensus = 1 + sum of p_i * log2(1 - |i - m| / d)

and dissention, here called split, is 1 less that: 0 where all say the same, 1 where half stand at either end. Unlike
entropy it knows that the first level is further from the fifth than from the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, log2

from maturity.scoring.numbers import settle


def ordinal_split(counts: Sequence[int]) -> float | None:
    """The split of answers to two or more ordered options; None where nobody answered or there is one option."""
    places = range(len(counts))
    return _split([(float(place), n) for place, n in zip(places, counts, strict=True)], len(counts) - 1)


def choices_split(counts: Sequence[int], answered: int) -> float | None:
    """Of options that could all be chosen: each is a yes or no by itself; the mean of their splits."""
    found = [split for n in counts if (split := ordinal_split((n, answered - n))) is not None]
    return settle(fsum(found) / len(found)) if found else None


def number_split(values: Sequence[float], least: float | None, most: float | None) -> float | None:
    """Of numbers between bounds; None where the question has none."""
    if least is None or most is None:
        return None
    return _split([(value, 1) for value in values], most - least)


def _split(found: Sequence[tuple[float, int]], width: float) -> float | None:
    total = sum(n for _, n in found)
    if total == 0 or width <= 0:
        return None
    mean = fsum(value * n for value, n in found) / total
    # Only where somebody stands: a logarithm at the far end of the scale would be of nought.
    return settle(-fsum(n / total * log2(1 - abs(value - mean) / width) for value, n in found if n))
