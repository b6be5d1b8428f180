"""A plan in words, line by line, in the order in which it runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from pydantic import BaseModel

from maturity.models.condition import (
    All,
    AnyOf,
    Condition,
    Not,
    OfEvery,
    OfItem,
    OfMeasure,
    OfOrganisation,
    OfOutcome,
    OfQuestion,
    OfRespondent,
    OfSome,
    Test,
)
from maturity.scoring.plan import Plan, PlannedItem, PlannedMeasure


def plan_lines(plan: Plan) -> Iterator[str]:
    """The plan's steps: filters, values, measures with their groups, outcomes."""
    for one in plan.filters:
        yield f"ask {one.question} when {say(one.when)}"
    for item in plan.items:
        yield _value_line(item)
    for measure in plan.measures:
        yield from _measure_lines(measure)
    for outcome in plan.outcomes:
        by = ", ".join(outcome.by) or "nothing: the whole"
        yield f"decide {outcome.name} of {outcome.of} by {by}"
        for rule in outcome.rules:
            yield f"  {rule.label}: " + ("when " + say(rule.when) if rule.when else "otherwise")
        for group in outcome.groups:
            yield f"  {group.name} <- {', '.join(source for source, _ in group.inputs)}"
    yield f"publish with {plan.places} decimals, half up"


def plan_data(plan: Plan) -> dict[str, object]:
    """The plan as plain data."""
    plain = _plain(asdict(plan))
    assert isinstance(plain, dict)
    return {"format": "maturity-plan/1", **plain}


def say(condition: Condition) -> str:
    """A condition in one line."""
    if isinstance(condition, All):
        return "(" + " and ".join(map(say, condition.all)) + ")"
    if isinstance(condition, AnyOf):
        return "(" + " or ".join(map(say, condition.any)) + ")"
    if isinstance(condition, Not):
        return f"not {say(condition.not_)}"
    if isinstance(condition, OfEvery | OfSome):
        which = condition.every if isinstance(condition, OfEvery) else condition.some
        tags = " with " + ", ".join(f"{tag} {value}" for tag, value in which.items()) if which else ""
        how = "every input" if isinstance(condition, OfEvery) else "some input"
        return f"{how}{tags} {_test(condition)}"
    if isinstance(condition, OfMeasure):
        return f"{'.'.join((condition.measure, *condition.group))} {_test(condition)}"
    if isinstance(condition, OfOutcome):
        return f"the verdict {'.'.join((condition.outcome, *condition.group))} {_test(condition)}"
    assert isinstance(condition, OfQuestion | OfItem | OfOrganisation | OfRespondent)
    if isinstance(condition, OfQuestion):
        return f"the answer to {condition.question} {_test(condition)}"
    if isinstance(condition, OfItem):
        return f"the value of {condition.item} {_test(condition)}"
    if isinstance(condition, OfOrganisation):
        return f"the organisation's {condition.organisation} {_test(condition)}"
    return f"the respondent's {condition.respondent} {_test(condition)}"


def _test(test: Test) -> str:
    if test.equals is not None:
        return f"is {_number(test.equals)}"
    if test.in_ is not None:
        return "is one of " + ", ".join(map(_number, test.in_))
    if test.at_least is not None:
        return f"is at least {test.at_least:g}"
    if test.below is not None:
        return f"is below {test.below:g}"
    return f"includes {test.includes}"


def _value_line(item: PlannedItem) -> str:
    worth = [f"{option} {value:g}" for option, value in item.values.items()]
    worth += [f"from {start:g} {value:g}" for start, value in item.bands]
    cap = f", at most {item.at_most:g}" if item.at_most is not None else ""
    return f"value {item.id} (weight {item.weight:g}): {', '.join(worth)}{cap}"


def _measure_lines(measure: PlannedMeasure) -> Iterator[str]:
    by = ", ".join(measure.by) or "nothing: the whole"
    more = f" at or above {measure.at_least:g}" if measure.at_least is not None else ""
    more += f" from {measure.base:g}" if measure.base else ""
    if measure.ladder:
        steps = ", ".join(measure.ladder.steps)
        more += f" along {measure.ladder.along} ({steps}), passed at {measure.ladder.passes:g}"
    yield f"reduce {measure.of} by {by} to {measure.name}: {measure.reduce}{more}; coverage at least {measure.min_coverage:g}"
    for group in measure.groups:
        inputs = ", ".join(
            source if weight == 1 else f"{source} × {weight:g}" for source, weight in group.inputs
        )
        yield f"  {group.name} <- {inputs}"
    for limit in measure.limits:
        where = ".".join(limit.where.values())
        yield f"  cap {where or 'every group'} at {limit.at_most:g} when {say(limit.when)} ({limit.id})"
    if measure.bands:
        yield "  levels " + ", ".join(f"{band.id} from {band.from_:g}" for band in measure.bands)


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_none=True)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
