"""What items and measures can be worth: every value of an item, and between which numbers a measure's groups lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from maturity.models.questionnaire import NumberQuestion, Question, Questionnaire, SeveralQuestion
from maturity.models.rubric import Limit
from maturity.scoring.numbers import half_up, settle
from maturity.scoring.plan import Plan, PlannedGroup, PlannedItem, PlannedMeasure
from maturity.scoring.reduce import OPERATORS, climb

MOST_VALUES = 200

End = Literal["least", "most"]


@dataclass(frozen=True)
class Worth:
    """What one item, or one group of a measure, can be worth: these values, or where there are many, between two."""

    least: float
    most: float
    values: frozenset[float] | None = None

    def passed_by(self, edges: Iterable[float]) -> list[float]:
        """Values that stand for all: each that there is, or those at the ends and about the `edges`."""
        if self.values is not None:
            return sorted(self.values)
        about = [e + d for e in edges for d in (-1e-6, 0.0, 1e-6)]
        return sorted({settle(v) for v in (*about, self.least, self.most) if self.least <= v <= self.most})

    def shown(self) -> str:
        """The values, or the two that they lie between, as words."""
        if self.values is not None and len(self.values) <= 12:
            return ", ".join(f"{value:g}" for value in sorted(self.values))
        return f"{self.least:g} ... {self.most:g}"


@dataclass(frozen=True)
class Worths:
    """What is known of a plan: 'items' or measure → source → worth; None where a group has no number."""

    of: dict[str, dict[str, Worth | None]] = field(default_factory=dict)
    lowest: dict[str, float] = field(default_factory=dict)
    """Measure → a number as low as which it can be published: that of the least answers."""


def worths(plan: Plan, questionnaire: Questionnaire, limits: Iterable[Limit] = ()) -> Worths:
    """What everything in the plan can be worth: bounds from outside, so that nothing outside them can happen."""
    items = {item.id: item_worth(item, questionnaire.questions[item.id]) for item in plan.items}
    found = Worths({"items": dict(items)})
    low: dict[str, dict[str, float | None]] = {
        "items": {item.id: _answered_least(item, items[item.id]) for item in plan.items}
    }
    caps: dict[str, list[float]] = {}
    for limit in limits:
        caps.setdefault(limit.measure, []).append(limit.at_most)
    needed = {item.id for item in plan.items if item.unanswered != "exclude"}
    for measure in plan.measures:
        capped = caps.get(measure.name, [])
        outer = {g.name: _outer(measure, g, found.of[measure.of], plan.places) for g in measure.groups}
        found.of[measure.name] = {
            name: worth and Worth(min(worth.least, *capped, worth.most), worth.most)
            for name, worth in outer.items()
        }
        low[measure.name] = {g.name: _lowest(measure, g, low[measure.of], needed) for g in measure.groups}
        least = [v for v in low[measure.name].values() if v is not None]
        if least:
            found.lowest[measure.name] = half_up(min(*least, *capped, least[0]), plan.places)
    return found


def item_worth(item: PlannedItem, question: Question) -> Worth:
    """What an item can be worth, what the policies give to missing answers included."""
    values: set[float] | None
    if isinstance(question, SeveralQuestion):
        values = _sums(item, question)
    elif isinstance(question, NumberQuestion):
        values = {worth for _, worth in item.bands}
    else:
        values = {item.values[o.id] for o in question.choices if o.id in item.values}
    policies = {item.unanswered, item.not_applicable if question.not_applicable else "exclude"}
    if isinstance(question, NumberQuestion) and question.number.dont_know:
        policies.add(item.dont_know)
    given = {"zero": 0.0, "least": item.least, "full": item.most}
    instead = {given[policy] for policy in policies if policy in given}
    if not values:
        return Worth(min(item.least, *instead, item.most), max(item.most, *instead, item.least))
    settled = frozenset(map(settle, values | instead))
    return Worth(min(settled), max(settled), settled)


def _sums(item: PlannedItem, question: SeveralQuestion) -> set[float] | None:
    """What the choices can add up to; None where that is too much to tell."""
    alone = {item.values[o.id] for o in question.options if o.exclusive and o.id in item.values}
    sums: set[float] = set()
    for option in question.options:
        if not option.exclusive and option.id in item.values:
            value = item.values[option.id]
            sums |= {settle(s + value) for s in sums} | {value}
        if len(sums) > MOST_VALUES:
            return None
    cap = item.at_most
    return {value if cap is None else min(value, cap) for value in sums | alone}


def _answered_least(item: PlannedItem, worth: Worth) -> float:
    """Choosing nothing is no answer, so that the least is one choice, or all that take away together."""
    if worth.values is not None:
        return worth.least
    return sum(v for v in item.values.values() if v < 0) or min(item.values.values(), default=worth.least)


def _outer(
    measure: PlannedMeasure, group: PlannedGroup, of: Mapping[str, Worth | None], places: int
) -> Worth | None:
    inputs = [(worth, weight) for source, weight in group.inputs if (worth := of[source]) is not None]
    if not inputs or measure.reduce == "distribution":
        return None
    low, high = min(w.least for w, _ in inputs), max(w.most for w, _ in inputs)
    if measure.reduce == "sum":
        low = measure.base + sum(min(0.0, w.least) * weight for w, weight in inputs)
        high = measure.base + sum(max(0.0, w.most) * weight for w, weight in inputs)
    elif measure.reduce == "range":
        low, high = 0.0, high - low
    elif measure.reduce == "share":
        low, high = 0.0, 1.0
    elif measure.reduce == "ladder":
        low, high = 0.0, float(len(measure.ladder.steps)) if measure.ladder else 0.0
    return Worth(half_up(settle(low), places), half_up(settle(high), places))


def _lowest(
    measure: PlannedMeasure, group: PlannedGroup, of: Mapping[str, float | None], needed: set[str]
) -> float | None:
    """What a group is worth where each of its inputs is worth its least, or the least of them is there alone."""
    inputs = [(value, weight, source) for source, weight in group.inputs if (value := of[source]) is not None]
    if not inputs or measure.reduce == "distribution":
        return None
    if measure.reduce == "range":
        return 0.0
    if measure.reduce == "ladder":
        return (
            None
            if measure.ladder is None
            else climb(measure, group.steps, [of[source] for source, _ in group.inputs])
        )
    least = OPERATORS[measure.reduce](measure, [v for v, _, _ in inputs], [w for _, w, _ in inputs])
    lowest, weight, _ = min(inputs)
    alone = measure.reduce in ("mean", "geometric_mean") and not needed & {source for _, _, source in inputs}
    if least is not None and alone and weight >= measure.min_coverage * sum(w for _, w, _ in inputs):
        return min(least, lowest)
    return least
