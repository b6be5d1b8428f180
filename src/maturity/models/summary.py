"""The few figures that stand for many scores: what they have in common, and how they changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Position = Literal["upper", "middle", "lower"]


@dataclass(frozen=True, slots=True)
class Summary:
    """Median and quartiles of several published scores; None where too few were scored for it."""

    n: int
    median: float | None
    q1: float | None
    q3: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One organisation between two periods, in published scores."""

    organisation: str
    before: float
    after: float
    difference: float
    clear: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A measure between two periods, over the organisations scored in both.

    `step` is what one answer moved by one option adds to the measure: a smaller difference is not clear. Counts are
    None where they are suppressed (docs/disclosure.md).
    """

    n: int
    median_difference: float | None
    step: float | None
    up: int | None
    down: int | None
    no_clear_change: int | None
    differences: tuple[Difference, ...]
