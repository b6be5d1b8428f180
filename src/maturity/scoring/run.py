"""Runs a plan over one assessment's answers, in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import fsum

from maturity.models.assessment import DONT_KNOW, Answer
from maturity.models.rubric import Band
from maturity.models.scorecard import Input, ItemScore, Reason, Score, State
from maturity.scoring.numbers import half_up, settle
from maturity.scoring.plan import Plan, PlannedItem, PlannedMeasure, group_name

REDUCERS: dict[str, Callable[[Sequence[float], Sequence[float]], float]] = {
    "mean": lambda values, weights: fsum(v * w for v, w in zip(values, weights, strict=True)) / fsum(weights),
    "sum": lambda values, weights: fsum(v * w for v, w in zip(values, weights, strict=True)),
    "min": lambda values, _: min(values),
    "max": lambda values, _: max(values),
}
"""Reduce operators: values and weights (same length, at least one) → a number."""


def run_plan(plan: Plan, answers: Mapping[str, Answer]) -> tuple[tuple[ItemScore, ...], tuple[Score, ...]]:
    """Every item's and every measure's score.

    The answers must have passed the checks of ``maturity validate``; questions that the plan does not know are
    no part of the result.
    """
    items = tuple(_item(plan, item, answers.get(item.id)) for item in plan.items)
    values = {i.item: i.value for i in items}
    known: dict[str, dict[str, Input]] = {
        "items": {i.item: Input(i.item, i.value, i.weight, i.state) for i in items}
    }
    counts: dict[str, dict[str, tuple[int, int]]] = {
        "items": {
            i.item: (int(i.state in ("answered", "dont_know")), int(i.state != "not_applicable"))
            for i in items
        }
    }
    scores: list[Score] = []
    for measure in plan.measures:
        known[measure.name], counts[measure.name] = {}, {}
        for group in measure.groups:
            name = group_name(group.group)
            inputs = tuple(
                Input(source, found.value, weight, found.state)
                for source, weight in group.inputs
                for found in (known[measure.of][source],)
            )
            tallies = [counts[measure.of][source] for source, _ in group.inputs]
            answered, applicable = sum(a for a, _ in tallies), sum(b for _, b in tallies)
            score = _score(plan, measure, group.group, inputs, answered, applicable, values)
            scores.append(score)
            counts[measure.name][name] = (answered, applicable)
            state: State = "answered" if score.value is not None else "unanswered"
            if score.reason == "nothing_applies":
                state = "not_applicable"
            known[measure.name][name] = Input(name, score.value, 1.0, state)
    return items, tuple(scores)


def value_of(item: PlannedItem, answer: Answer) -> float:
    """What an answer (that is a value, and not 'don't know') is worth."""
    value = answer.value
    if isinstance(value, tuple):
        total = fsum(item.values[choice] for choice in value)
        return total if item.at_most is None else min(total, item.at_most)
    if isinstance(value, float | int):
        return [worth for start, worth in item.bands if settle(value) >= start][-1]
    assert isinstance(value, str)
    return item.values[value]


def band_of(bands: Sequence[Band], published: float) -> Band | None:
    """The band that a published number lies in."""
    reached = [band for band in bands if published >= band.from_]
    return max(reached, key=lambda band: band.from_, default=None)


def _item(plan: Plan, item: PlannedItem, answer: Answer | None) -> ItemScore:
    policy = plan.policy
    state: State
    value: float | None = None
    if answer is None or not answer.given:
        state, value = "unanswered", 0.0 if policy.unanswered == "zero" else None
    elif answer.not_applicable:
        state, value = "not_applicable", item.most if policy.not_applicable == "full" else None
    elif item.type == "number" and answer.value == DONT_KNOW:
        state, value = "dont_know", 0.0 if policy.dont_know == "zero" else None
    else:
        state, value = "answered", value_of(item, answer)
    return ItemScore(item.id, state, value, item.weight, item.least, item.most)


def _score(
    plan: Plan,
    measure: PlannedMeasure,
    group: tuple[str, ...],
    inputs: tuple[Input, ...],
    answered: int,
    applicable: int,
    item_values: Mapping[str, float | None],
) -> Score:
    def score(
        value: float | None = None,
        reason: Reason | None = None,
        coverage: float | None = None,
        published: float | None = None,
        level: str | None = None,
        capped: str | None = None,
        uncapped: float | None = None,
    ) -> Score:
        return Score(
            measure.name,
            group,
            value,
            published,
            level,
            coverage,
            answered,
            applicable,
            inputs,
            reason,
            capped,
            uncapped,
        )

    applying = [i for i in inputs if i.state != "not_applicable" or i.value is not None]
    if not applying:
        return score(reason="nothing_applies")
    coverage = settle(
        fsum(i.weight for i in applying if i.state in ("answered", "not_applicable"))
        / fsum(i.weight for i in applying)
    )
    policy = plan.policy
    if measure.of == "items" and any(
        i.state == state
        for i in applying
        for state in ("unanswered", "dont_know")
        if getattr(policy, state) == "fail"
    ):
        return score(reason="answer_missing", coverage=coverage)
    counted = [i for i in applying if i.value is not None]
    if not counted:
        return score(reason="nothing_answered", coverage=coverage)
    if coverage < settle(measure.min_coverage):
        return score(reason="low_coverage", coverage=coverage)
    values, weights = [i.value for i in counted if i.value is not None], [i.weight for i in counted]
    value = settle(REDUCERS[measure.reduce](values, weights))
    published = half_up(value, policy.round.places)
    capped, uncapped = None, None
    for limit in measure.limits:
        if any(group[measure.by.index(tag)] != wanted for tag, wanted in limit.where.items()):
            continue
        found = item_values.get(limit.when.item)
        if found is not None and found < limit.when.below:
            if published > limit.at_most:
                capped, uncapped = limit.id, published
                value = published = limit.at_most
            break
    band = band_of(measure.bands, published)
    level = band.id if band else None
    return score(value, None, coverage, published, level, capped, uncapped)
