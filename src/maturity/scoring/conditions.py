"""Whether a condition holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

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
)
from maturity.models.scorecard import Input


def nothing(*_: object) -> None:
    """Not known."""


@dataclass(slots=True)
class Facts:
    """What conditions can look at; what is not known is not there.

    `inputs` are those of the group that an outcome is about, with their `tags` by source.
    """

    answer: Callable[[str], object] = nothing
    value: Callable[[str], float | None] = nothing
    organisation: Mapping[str, object] = field(default_factory=dict)
    role: str | None = None
    published: Callable[[str, tuple[str, ...]], float | None] = nothing
    verdict: Callable[[str, tuple[str, ...]], str | None] = nothing
    inputs: Sequence[Input] = ()
    tags: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether `condition` is true of `facts`."""
    if isinstance(condition, All):
        return all(holds(inner, facts) for inner in condition.all)
    if isinstance(condition, AnyOf):
        return any(holds(inner, facts) for inner in condition.any)
    if isinstance(condition, Not):
        return not holds(condition.not_, facts)
    if isinstance(condition, OfQuestion):
        return condition.passes(facts.answer(condition.question))
    if isinstance(condition, OfItem):
        return condition.passes(facts.value(condition.item))
    if isinstance(condition, OfOrganisation):
        return condition.passes(facts.organisation.get(condition.organisation))
    if isinstance(condition, OfRespondent):
        return condition.passes(facts.role)
    if isinstance(condition, OfMeasure):
        return condition.passes(facts.published(condition.measure, condition.group))
    if isinstance(condition, OfOutcome):
        return condition.passes(facts.verdict(condition.outcome, condition.group))
    if isinstance(condition, OfEvery):
        found = _chosen(condition.every, facts)
        return bool(found) and all(condition.passes(i.value) for i in found)
    assert isinstance(condition, OfSome)
    return any(condition.passes(i.value) for i in _chosen(condition.some, facts))


def left_out(
    filters: Iterable[tuple[str, Condition]],
    answers: Mapping[str, object],
    organisation: Mapping[str, object],
    role: str | None,
) -> set[str]:
    """Of questions and when each is asked, in the questionnaire's order: those that are not.

    An answer to a question that is not asked counts as not there for the questions that depend on it.
    """
    left: set[str] = set()
    known = dict(answers)
    facts = Facts(known.get, organisation=organisation, role=role)
    for question, when in filters:
        if not holds(when, facts):
            left.add(question)
            known.pop(question, None)
    return left


def _chosen(tags: Mapping[str, str], facts: Facts) -> list[Input]:
    """The applicable inputs with these tags; what a policy gave a value is applicable, as it is for a score."""
    return [
        i
        for i in facts.inputs
        if (i.value is not None or i.state not in ("not_applicable", "not_asked"))
        and all(facts.tags[i.source].get(tag) == wanted for tag, wanted in tags.items())
    ]
