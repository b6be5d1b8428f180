"""How far one answer can move a measure."""

from __future__ import annotations

from itertools import pairwise

from maturity.models.scorecard import Group
from maturity.scoring.numbers import settle
from maturity.scoring.plan import Plan, PlannedItem, group_name


def item_shares(plan: Plan) -> dict[tuple[str, Group], dict[str, float]]:
    """For every group of every measure that is a mean of means: item id → its share of the group, adding up to 1.

    Taken over all items, as if each were answered.
    """
    by_name: dict[tuple[str, str], dict[str, float]] = {("items", i.id): {i.id: 1.0} for i in plan.items}
    shares: dict[tuple[str, Group], dict[str, float]] = {}
    for measure in plan.measures:
        if measure.reduce != "mean":
            continue
        for group in measure.groups:
            parts = [(by_name.get((measure.of, source)), weight) for source, weight in group.inputs]
            total = sum(weight for _, weight in parts)
            mixed: dict[str, float] = {}
            for part, weight in parts:
                for item, share in (part or {}).items():
                    mixed[item] = mixed.get(item, 0.0) + share * weight / total
            by_name[measure.name, group_name(group.group)] = mixed
            shares[measure.name, group.group] = mixed
    return shares


def smallest_step(item: PlannedItem) -> float | None:
    """The smallest difference between two values that an item's answers can have."""
    values = sorted({settle(v) for v in [*item.values.values(), *(v for _, v in item.bands)]})
    gaps = [b - a for a, b in pairwise(values)]
    return min(gaps, default=None)


def steps(plan: Plan) -> dict[tuple[str, Group], float]:
    """For every group of a mean: the least that one answer, moved by one option, changes its value."""
    gaps = {item.id: smallest_step(item) for item in plan.items}
    found: dict[tuple[str, Group], float] = {}
    for key, shares in item_shares(plan).items():
        moves = [share * gap for item, share in shares.items() if (gap := gaps[item])]
        if moves:
            found[key] = settle(min(moves))
    return found
