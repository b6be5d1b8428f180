"""Statistics for analysts: which items and themes weigh most, how hard items are, how measures hang together."""

from __future__ import annotations

from dataclasses import dataclass

from maturity.models.scorecard import Group


@dataclass(frozen=True, slots=True)
class WeightShare:
    """The part of a group's weight that one item or theme has, 0 to 1, through all measures between the two.

    `even` is what it would have if all of its kind counted the same; `dominates` is true from twice that on.
    """

    measure: str
    group: Group
    kind: str
    name: str
    share: float
    even: float
    dominates: bool


@dataclass(frozen=True, slots=True)
class Difficulty:
    """An item's mean attained share of what it can be worth, 0 to 1 (low is hard), over the n who answered."""

    item: str
    n: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha of the items under a group, over the n organisations that answered all of them."""

    measure: str
    group: Group
    items: int
    n: int
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Correlation:
    """Spearman's rank correlation of two groups of a measure, over the n organisations scored in both."""

    measure: str
    one: Group
    other: Group
    n: int
    rho: float | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """Statistics for analysts; a figure is None where n is too small for it, or where it is not defined."""

    shares: tuple[WeightShare, ...]
    difficulties: tuple[Difficulty, ...]
    alphas: tuple[Alpha, ...]
    correlations: tuple[Correlation, ...]
