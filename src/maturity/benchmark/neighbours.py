"""Which organisations are most like one: nearest neighbours on attributes of the register (definition 14)."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, log, sqrt

from maturity.models.peers import Neighbour
from maturity.models.register import Organisation, Register
from maturity.models.text import Text
from maturity.scoring.numbers import settle

LOGARITHMIC = ("population",)
"""Attributes that are compared by ratio: 60,000 to 120,000 residents is as far as 120,000 to 240,000."""


def distances(register: Register, council: Organisation, attributes: Sequence[str]) -> tuple[Neighbour, ...]:
    """Every other organisation of which all the attributes are known, nearest first; ties in the register's order.

    The distance is Euclidean: the root of the sum of the squares of each attribute's part. A number's part is its
    difference in standard deviations, taken over the register's organisations of which it is known (divided by n): so
    CIPFA's Nearest Neighbours Model standardises. The population's logarithm is taken first. Words count 0 where they are the same and 1 where they differ, as in Gower, "A
    General Coefficient of Similarity and Some of Its Properties" (Biometrics 27, 1971).
    """
    spreads = {name: _spread(register, name) for name in attributes}
    own = {name: council.attribute(name) for name in attributes}
    found = []
    for other in register.organisations:
        theirs = {name: other.attribute(name) for name in attributes}
        if other.code == council.code or None in theirs.values():
            continue
        parts = tuple((name, _part(name, own[name], theirs[name], spreads[name])) for name in attributes)
        distance = settle(sqrt(fsum(part * part for _, part in parts)))
        found.append(Neighbour(other.code, distance, parts))
    return tuple(sorted(found, key=lambda one: one.distance))


def nearest(found: Sequence[Neighbour], k: int) -> tuple[Neighbour, ...]:
    """The first `k` of those that come nearest first (at least `k`), and whoever is as near as the last of them."""
    return tuple(one for one in found if one.distance <= found[k - 1].distance)


def _scaled(name: str, value: float) -> float:
    return log(value) if name in LOGARITHMIC else value


def _spread(register: Register, name: str) -> float:
    """A number's standard deviation over the register; 0 for words."""
    known = [one.attribute(name) for one in register.organisations]
    values = [_scaled(name, value) for value in known if isinstance(value, float)]
    if not values:
        return 0.0
    mean = fsum(values) / len(values)
    return sqrt(fsum((value - mean) ** 2 for value in values) / len(values))


def _part(name: str, own: Text | float | None, other: Text | float | None, spread: float) -> float:
    if isinstance(own, float) and isinstance(other, float):
        return settle(abs(_scaled(name, own) - _scaled(name, other)) / spread) if spread else 0.0
    return 0.0 if own == other else 1.0
