"""A plan in words, line by line, in the order in which it runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from pydantic import BaseModel

from maturity.locale.words import N_, Words
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
    OfSome,
    Test,
)
from maturity.scoring.plan import Plan, PlannedItem, PlannedMeasure


def plan_lines(plan: Plan, words: Words) -> Iterator[str]:
    """The plan's steps: filters, values, measures with their groups, outcomes."""
    for one in plan.filters:
        yield words("ask {question} when {condition}", question=one.question, condition=say(one.when, words))
    for item in plan.items:
        yield _value_line(item, words)
    for measure in plan.measures:
        yield from _measure_lines(measure, words)
    for outcome in plan.outcomes:
        by = ", ".join(outcome.by) or words("nothing: the whole")
        yield words("decide {outcome} of {of} by {by}", outcome=outcome.name, of=outcome.of, by=by)
        for rule in outcome.rules:
            when = words("when {condition}", condition=say(rule.when, words)) if rule.when else None
            yield f"  {rule.label}: {when or words('otherwise')}"
        for group in outcome.groups:
            yield f"  {group.name} <- {', '.join(source for source, _ in group.inputs)}"
    yield words("publish with {places} decimals, half up", places=plan.places)


def plan_data(plan: Plan) -> dict[str, object]:
    """The plan as plain data."""
    plain = _plain(asdict(plan))
    assert isinstance(plain, dict)
    return {"format": "maturity-plan/1", **plain}


def say(condition: Condition, words: Words) -> str:
    """A condition in one line, as the file names its parts."""
    if isinstance(condition, All | AnyOf):
        every = isinstance(condition, All)
        inner = condition.all if isinstance(condition, All) else condition.any
        wording = N_("all of these hold ({conditions})") if every else N_("one of these holds ({conditions})")
        return words(wording, conditions="; ".join(say(one, words) for one in inner))
    if isinstance(condition, Not):
        return words("this does not hold ({condition})", condition=say(condition.not_, words))
    return _tested(condition, _subject(condition, words), words)


def _subject(condition: Test, words: Words) -> str:
    if isinstance(condition, OfEvery | OfSome):
        which = condition.every if isinstance(condition, OfEvery) else condition.some
        parts = words(
            N_("every part that applies") if isinstance(condition, OfEvery) else N_("at least one part")
        )
        tags = ", ".join(f"{tag} {value}" for tag, value in which.items())
        return words("{parts} of “{of}”", parts=parts, of=tags) if tags else parts
    if isinstance(condition, OfMeasure):
        return words("the score of “{name}”", name=".".join((condition.measure, *condition.group)))
    if isinstance(condition, OfOutcome):
        return words("the verdict of “{name}”", name=".".join((condition.outcome, *condition.group)))
    if isinstance(condition, OfQuestion):
        return words("the answer to “{question}”", question=condition.question)
    if isinstance(condition, OfItem):
        return words("the value of “{question}”", question=condition.item)
    if isinstance(condition, OfOrganisation):
        return words("the council's {attribute} in the register", attribute=condition.organisation)
    return words("the role of whoever answered")


def _tested(test: Test, subject: str, words: Words) -> str:
    if test.equals is not None:
        return words("{subject} is {value}", subject=subject, value=_number(test.equals))
    if test.in_ is not None:
        values = "; ".join(map(_number, test.in_))
        return words("{subject} is one of: {values}", subject=subject, values=values)
    if test.at_least is not None:
        return words("{subject} is at least {value}", subject=subject, value=_number(test.at_least))
    if test.below is not None:
        return words("{subject} is below {value}", subject=subject, value=_number(test.below))
    return words("{subject} includes {value}", subject=subject, value=test.includes)


def _value_line(item: PlannedItem, words: Words) -> str:
    worth = [f"{option} {value:g}" for option, value in item.values.items()]
    worth += [
        words("from {start}: {value}", start=f"{start:g}", value=f"{value:g}") for start, value in item.bands
    ]
    if item.at_most is not None:
        worth.append(words("{value} at most", value=f"{item.at_most:g}"))
    weight, values = f"{item.weight:g}", ", ".join(worth)
    return words("value {item} (weight {weight}): {values}", item=item.id, weight=weight, values=values)


def _measure_lines(measure: PlannedMeasure, words: Words) -> Iterator[str]:
    by = ", ".join(measure.by) or words("nothing: the whole")
    how = [measure.reduce]
    if measure.at_least is not None:
        how.append(words("at or above {bar}", bar=f"{measure.at_least:g}"))
    if measure.base:
        how.append(words("starts from {base}", base=f"{measure.base:g}"))
    if measure.ladder:
        ladder = measure.ladder
        steps = " → ".join(ladder.steps)
        how.append(words("along {tag}", tag=ladder.along))
        how.append(words("steps {steps}, passed at {value}", steps=steps, value=f"{ladder.passes:g}"))
    how.append(words("coverage at least {least}", least=f"{measure.min_coverage:g}"))
    said = "; ".join(how)
    yield words(
        "reduce {of} by {by} to {measure}: {how}", of=measure.of, by=by, measure=measure.name, how=said
    )
    for group in measure.groups:
        inputs = ", ".join(
            source if weight == 1 else f"{source} × {weight:g}" for source, weight in group.inputs
        )
        yield f"  {group.name} <- {inputs}"
    for limit in measure.limits:
        where = ".".join(limit.where.values()) or words("every group")
        when, most = say(limit.when, words), f"{limit.at_most:g}"
        yield "  " + words(
            "cap {group} at {most} when {condition} ({id})",
            group=where,
            most=most,
            condition=when,
            id=limit.id,
        )
    if measure.bands:
        bands = (
            words("{level} from {start}", level=band.id, start=f"{band.from_:g}") for band in measure.bands
        )
        yield "  " + words("levels {levels}", levels=", ".join(bands))


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
