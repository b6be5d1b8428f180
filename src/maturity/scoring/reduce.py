"""The reduce operators: the values of a group's inputs and their weights (as many, at least one) → one number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp, fsum, log
from operator import mul

from maturity.scoring.numbers import settle
from maturity.scoring.plan import PlannedMeasure

Values = Sequence[float]
Operator = Callable[[PlannedMeasure, Values, Values], float | None]


def mean(_: PlannedMeasure, values: Values, weights: Values) -> float:
    """Σ wᵢvᵢ / Σ wᵢ."""
    return fsum(map(mul, values, weights)) / fsum(weights)


def total(measure: PlannedMeasure, values: Values, weights: Values) -> float:
    """base + Σ wᵢvᵢ; with negative values, points off a base."""
    return measure.base + fsum(map(mul, values, weights))


def least(_: PlannedMeasure, values: Values, __: Values) -> float:
    """The smallest value."""
    return min(values)


def greatest(_: PlannedMeasure, values: Values, __: Values) -> float:
    """The greatest value."""
    return max(values)


def spread(_: PlannedMeasure, values: Values, __: Values) -> float:
    """The greatest value less the smallest."""
    return max(values) - min(values)


def geometric_mean(_: PlannedMeasure, values: Values, weights: Values) -> float | None:
    """exp(Σ wᵢ ln vᵢ / Σ wᵢ); 0 where any value is 0, none where one is negative."""
    if min(values) < 0:
        return None
    if min(values) == 0:
        return 0.0
    return exp(fsum([log(v) * w for v, w in zip(values, weights, strict=True)]) / fsum(weights))


def share(measure: PlannedMeasure, values: Values, weights: Values) -> float:
    """The share of weight whose value is at or above `at_least`, 0 to 1."""
    bar = settle(measure.at_least or 0.0)
    return fsum([w for v, w in zip(values, weights, strict=True) if v >= bar]) / fsum(weights)


OPERATORS: dict[str, Operator] = {
    "mean": mean,
    "sum": total,
    "min": least,
    "max": greatest,
    "range": spread,
    "geometric_mean": geometric_mean,
    "share": share,
}
"""Operators by name; `ladder` and `distribution` look at more than values and are in run.py."""


def climb(measure: PlannedMeasure, steps: Sequence[int], values: Sequence[float | None]) -> float:
    """How many steps of a ladder are passed from the bottom, with the part of the next that has begun.

    `steps` and `values` are those of the applicable inputs; a value of None is an answer that is missing.
    """
    ladder = measure.ladder
    assert ladder is not None
    passes, begun = settle(ladder.passes), None if ladder.begun is None else settle(ladder.begun)
    passed, empty = 0, 0
    for step in range(len(ladder.steps)):
        here = [value for s, value in zip(steps, values, strict=True) if s == step]
        if not here:
            empty += 1
        elif all(value is not None and value >= passes for value in here):
            passed, empty = passed + empty + 1, 0
        else:
            started = begun is not None and any(v is not None and v >= begun for v in here)
            return passed + (ladder.part if started else 0.0)
    return float(passed)
