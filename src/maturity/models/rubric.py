"""How answers become scores and levels. The language is described in docs/rubrics.md."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from maturity.models.base import DottedIdentifier, Identifier, Integer, Model, Number, Version
from maturity.models.text import Text

RUBRIC_FORMAT = "maturity-rubric/1"

Weight = Annotated[Number, Field(gt=0)]
Share = Annotated[Number, Field(ge=0, le=1)]
Scale = dict[Identifier, Number]
Reduce = Literal["mean", "sum", "min", "max"]


class QuestionnaireRange(Model):
    """Which questionnaire, and which versions of it, a rubric can score."""

    id: Identifier
    versions: str = Field(
        description="As in '>=1.0.0,<2.0.0'.",
        pattern=r"^(>=|<=|<|>|==)\d+\.\d+\.\d+(,(>=|<=|<|>|==)\d+\.\d+\.\d+)*$",
    )


class Rounding(Model):
    """How values are published: half up, to `places` decimals."""

    places: Annotated[Integer, Field(ge=0, le=6)] = 2
    mode: Literal["half_up"] = "half_up"


class Policy(Model):
    """What becomes of answers that have no value."""

    unanswered: Literal["exclude", "zero", "fail"] = "exclude"
    dont_know: Literal["exclude", "zero", "fail"] = "exclude"
    not_applicable: Literal["exclude", "full"] = "exclude"
    min_coverage: Share = Field(
        default=0, description="Below this share of weight answered a group is not scored."
    )
    round: Rounding = Rounding()


class NumberBand(Model):
    """From this number on (up to the next band's), an answer is worth `value`."""

    from_: Number = Field(alias="from")
    value: Number


class Item(Model):
    """What one question's answers are worth: exactly one of `scale`, `bands` and `per_choice`."""

    scale: Identifier | Scale | None = Field(
        default=None, description="A scale's name, or option id → value."
    )
    bands: tuple[NumberBand, ...] | None = Field(default=None, min_length=1, description="For numbers.")
    per_choice: Scale | None = Field(default=None, description="For 'several': option id → what it adds.")
    at_most: Number | None = Field(default=None, description="Caps what the choices add up to.")
    weight: Weight = 1
    why: Text | None = Field(default=None, description="Why the weight is not 1.")
    tags: dict[Identifier, Identifier] = Field(default_factory=dict)


class Measure(Model):
    """Groups what it is built `of` by tags, and reduces each group to a number."""

    name: Text
    of: Identifier = Field(description="'items', or another measure's name.")
    by: tuple[Identifier, ...] = ()
    reduce: Reduce = "mean"
    weights: dict[str, Weight] = Field(
        default_factory=dict, description="Group → weight; 1 where it is not named."
    )
    min_coverage: Share | None = Field(default=None, description="Instead of the policy's.")
    bands: Identifier | None = None


class ItemBelow(Model):
    """True where an item has a value and it is below `below`."""

    item: DottedIdentifier
    below: Number


class Limit(Model):
    """Caps a measure's groups while its condition holds, and says why."""

    id: Identifier
    measure: Identifier
    where: dict[Identifier, Identifier] = Field(default_factory=dict)
    at_most: Number
    when: ItemBelow
    because: Text


class Band(Model):
    """A named level: from this published number on, up to the next band's."""

    from_: Number = Field(alias="from")
    id: Identifier
    name: Text
    description: Text | None = None
    for_dimension: dict[Identifier, Text] = Field(default_factory=dict)


class Recommendation(Model):
    """What takes a theme from one level to the next."""

    theme: DottedIdentifier = Field(description="dimension.theme")
    from_: Identifier = Field(alias="from")
    to: Identifier
    do: Text
    who: Text
    effort: Literal["days", "weeks", "months", "year"]
    builds_on: Text


class Rubric(Model):
    """A rubric of one version."""

    format: Literal["maturity-rubric/1"]
    id: Identifier
    version: Version
    title: Text
    notes: Text | None = None
    questionnaire: QuestionnaireRange
    scales: dict[Identifier, Scale] = Field(default_factory=dict)
    policy: Policy = Policy()
    items: dict[DottedIdentifier, Item] = Field(min_length=1)
    not_scored: tuple[DottedIdentifier, ...] = Field(
        default=(), description="Questions that inform and score nothing."
    )
    measures: dict[Identifier, Measure] = Field(min_length=1)
    limits: tuple[Limit, ...] = ()
    bands: dict[Identifier, tuple[Band, ...]] = Field(default_factory=dict)
    recommendations: tuple[Recommendation, ...] = ()

    @cached_property
    def recommended(self) -> dict[tuple[str, str], Recommendation]:
        """(theme, level it is at) → what to do next."""
        return {(r.theme, r.from_): r for r in self.recommendations}
