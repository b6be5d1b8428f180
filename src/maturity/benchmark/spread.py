"""Whether organisations have drawn together or apart (definition 9)."""

from __future__ import annotations

from collections.abc import Sequence

from maturity.benchmark.statistics import summarise
from maturity.models.series import Spread, Verdict
from maturity.scoring.numbers import half_up, settle


def spread(before: Sequence[float], after: Sequence[float], step: float | None, places: int) -> Spread:
    """The interquartile ranges (Q3 - Q1, type 7) of the same organisations' scores in two periods, from 8 of them on.

    Their difference is rounded to `places`; it is clear from one `step` on, which is rounded alike, as in a change. Without a
    step, any difference is.
    """
    if len(before) != len(after):
        raise ValueError("the spread is of the same organisations in both periods")
    earlier, later = _range(before), _range(after)
    if earlier is None or later is None:
        return Spread(len(before), None, None, None, None)
    difference = half_up(later - earlier, places)
    return Spread(len(before), earlier, later, difference, _verdict(difference, step, places))


def _range(values: Sequence[float]) -> float | None:
    found = summarise(values)
    return None if found.q1 is None or found.q3 is None else settle(found.q3 - found.q1)


def _verdict(difference: float, step: float | None, places: int) -> Verdict:
    least = 0.0 if step is None else half_up(step, places)
    if difference == 0 or abs(difference) < least:
        return "no_clear_difference"
    return "narrower" if difference < 0 else "wider"
