"""Conditions: a small declarative form, never code.

One form serves everywhere: which questions are asked of whom, when a limit caps, which verdict an outcome gives.
A condition is a test of one thing, or ``all``, ``any`` or ``not`` of other conditions::

    {question: leadership.strategy.in-place, in: [agreed, resourced]}
    {all: [{respondent: role, equals: Head of ICT}, {not: {organisation: region, equals: Mid Wales}}]}

What has no answer or value passes no test, so that its condition is false (and ``not`` of it true).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from maturity.models.base import DottedIdentifier, Identifier, Model, Number

Tested = str | Number
TESTS = ("equals", "in_", "at_least", "below", "includes")


class Test(Model, defer_build=False):
    """Exactly one of these tests."""

    # Built at once, for all models that have conditions; each would build them for itself otherwise.

    equals: Tested | None = None
    in_: tuple[Tested, ...] | None = Field(default=None, alias="in", min_length=1)
    at_least: Number | None = None
    below: Number | None = None
    includes: Identifier | None = Field(
        default=None, description="For questions of type `several`: this option is among the chosen."
    )

    @model_validator(mode="after")
    def _one_test(self) -> Test:
        given = [name for name in TESTS if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("exactly one of 'equals', 'in', 'at_least', 'below' and 'includes' belongs here")
        return self

    def passes(self, value: object) -> bool:
        """Whether `value` (an option's id, the ids chosen, a number, words, or None) passes.

        Numbers are compared to 9 decimals, as everywhere.
        """
        if value is None:
            return False
        value = _settled(value)
        if self.equals is not None:
            return value == _settled(self.equals)
        if self.in_ is not None:
            return value in map(_settled, self.in_)
        if self.includes is not None:
            return isinstance(value, tuple) and self.includes in value
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        if self.at_least is not None:
            return value >= round(self.at_least, 9)
        return value < round(self.below or 0, 9)


class OfQuestion(Test):
    """Tests what was answered."""

    question: DottedIdentifier


class OfItem(Test):
    """Tests what an answer is worth."""

    item: DottedIdentifier


class OfOrganisation(Test):
    """Tests an attribute of the organisation in the register: `code`, `region`, `population`, ..."""

    organisation: Identifier


class OfRespondent(Test):
    """Tests who answered."""

    respondent: Literal["role"]


class OfMeasure(Test):
    """Tests the published number of a measure's group; without `group`, of the whole."""

    measure: Identifier
    group: tuple[Identifier, ...] = ()


class OfOutcome(Test):
    """Tests the verdict of an outcome's group; without `group`, of the whole. For rules of other outcomes only."""

    outcome: Identifier
    group: tuple[Identifier, ...] = ()


class OfEvery(Test):
    """Every input that applies has a value that passes; false where none applies."""

    every: dict[Identifier, Identifier] = Field(description="Which inputs, by their tags; `{}` for all.")


class OfSome(Test):
    """At least one input has a value that passes."""

    some: dict[Identifier, Identifier] = Field(description="Which inputs, by their tags; `{}` for all.")


class All(Model):
    """True where each of these is; false where there are none."""

    all: tuple[Condition, ...] = Field(min_length=1)


class AnyOf(Model):
    """True where at least one of these is."""

    any: tuple[Condition, ...] = Field(min_length=1)


class Not(Model):
    """True where this is not."""

    not_: Condition = Field(alias="not")


KINDS: dict[str, type[Model]] = {
    "question": OfQuestion,
    "item": OfItem,
    "organisation": OfOrganisation,
    "respondent": OfRespondent,
    "measure": OfMeasure,
    "outcome": OfOutcome,
    "every": OfEvery,
    "some": OfSome,
    "all": All,
    "any": AnyOf,
    "not": Not,
}


def _settled(value: object) -> object:
    return round(value, 9) if isinstance(value, float) else value


def _kind(value: Any) -> str | None:
    if isinstance(value, dict):
        return next((kind for kind in KINDS if kind in value), None)
    return next((kind for kind, model in KINDS.items() if isinstance(value, model)), None)


Condition = Annotated[
    Annotated[OfQuestion, Tag("question")]
    | Annotated[OfItem, Tag("item")]
    | Annotated[OfOrganisation, Tag("organisation")]
    | Annotated[OfRespondent, Tag("respondent")]
    | Annotated[OfMeasure, Tag("measure")]
    | Annotated[OfOutcome, Tag("outcome")]
    | Annotated[OfEvery, Tag("every")]
    | Annotated[OfSome, Tag("some")]
    | Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")],
    Discriminator(_kind),
]


def tests_in(condition: Condition) -> Iterator[Test]:
    """The tests that a condition is made of."""
    if isinstance(condition, All | AnyOf):
        for inner in condition.all if isinstance(condition, All) else condition.any:
            yield from tests_in(inner)
    elif isinstance(condition, Not):
        yield from tests_in(condition.not_)
    else:
        yield condition
