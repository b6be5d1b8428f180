"""How long the rest of an interview will take this person; pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

PAUSE = 300.0
"""Seconds; whoever takes longer over one answer was away."""
RECENT = 20
STEP = 300.0
LEAST = 5
"""Answers before which nothing is foretold."""


def time_left(moments: Sequence[float], still_open: int) -> float | None:
    """Seconds for the questions that are still open, at the median pace of the last answers; None before five of them,
    and where nothing is open. Above twenty minutes in steps of five, since more would pretend to know.

    `moments` are in seconds on any clock: when the first question was shown, then when each answer came.
    """
    spans = [later - earlier for earlier, later in pairwise(moments) if later - earlier <= PAUSE]
    if len(spans) < LEAST or not still_open:
        return None
    left = median(spans[-RECENT:]) * still_open
    return left if left <= 4 * STEP else round(left / STEP) * STEP
