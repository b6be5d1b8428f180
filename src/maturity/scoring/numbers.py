"""The one way in which numbers are rounded and compared."""

from __future__ import annotations

DECIMALS = 9
_UNIT = 10**DECIMALS
_POWERS = [10**power for power in range(DECIMALS + 1)]


def settle(value: float) -> float:
    """The value to 9 decimals, so that 2.4999999999 and 2.5 are one number (docs/scoring.md)."""
    return round(value, DECIMALS) + 0.0


def half_up(value: float, places: int) -> float:
    """Rounds half up over decimals: 2.25 → 2.3, 2.65 → 2.7, where Python's round gives 2.2 and 2.6.

    Halves go away from zero; the value is settled to 9 decimals first, and counted in whole billionths from there.
    """
    size = abs(value)
    billionths = round((size if size < 1e6 else round(size, DECIMALS)) * _UNIT)
    quantum = _POWERS[DECIMALS - places]
    rounded: float = (billionths + quantum // 2) // quantum / _POWERS[places]
    return -rounded if value < 0 and rounded else rounded
