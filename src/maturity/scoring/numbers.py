"""The one way in which numbers are rounded and compared."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def settle(value: float) -> float:
    """The value to 9 decimals, so that 2.4999999999 and 2.5 are one number (docs/scoring.md)."""
    return round(value, 9) + 0.0


def half_up(value: float, places: int) -> float:
    """Rounds half up over decimals: 2.25 → 2.3, 2.65 → 2.7, where Python's round gives 2.2 and 2.6.

    Halves go away from zero; the value is settled to 9 decimals first.
    """
    quantum = Decimal(1).scaleb(-places)
    return float(Decimal(repr(settle(value))).quantize(quantum, rounding=ROUND_HALF_UP)) + 0.0
