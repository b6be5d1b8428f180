"""How answers become scores and levels. The language is described in docs/rubrics.md."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from maturity.models.base import (
    DottedIdentifier,
    Flag,
    Identifier,
    Integer,
    Model,
    Number,
    Version,
    VersionRange,
)
from maturity.models.condition import Condition
from maturity.models.text import Text, Words

RUBRIC_FORMAT = "maturity-rubric/1"

Weight = Annotated[Number, Field(gt=0, ge=0.001, le=1_000_000)]
Value = Annotated[Number, Field(ge=-1_000_000, le=1_000_000)]
"""What an answer or a group is worth. Bounded, so that 9 decimals of it fit into a 64-bit number."""
Share = Annotated[Number, Field(ge=0, le=1)]
Scale = dict[Identifier, Value]
Reduce = Literal["mean", "sum", "min", "max", "range", "geometric_mean", "share", "distribution", "ladder"]
Missing = Literal["exclude", "zero", "least", "full", "fail"]
"""What becomes of an answer without value: it is left out, or worth 0, or the least or the greatest that its item
can be worth, or its group is not scored at all."""


class QuestionnaireRange(Model):
    """Which questionnaire, and which versions of it, a rubric can score."""

    id: Identifier
    versions: VersionRange = Field(description="As in `>=1.0.0,<2.0.0`.")


class Rounding(Model):
    """How values are published: half up, to `places` decimals."""

    places: Annotated[Integer, Field(ge=0, le=6)] = 2
    mode: Literal["half_up"] = "half_up"


class Policy(Model):
    """What becomes of answers that have no value."""

    unanswered: Missing = "exclude"
    dont_know: Missing = "exclude"
    not_applicable: Missing = "exclude"
    min_coverage: Share = Field(
        default=0, description="A group of whose weight less than this share was answered is not scored."
    )
    round: Rounding = Rounding()


class ItemPolicy(Model):
    """Where one item departs from the rubric's policy: some can never be excused."""

    unanswered: Missing | None = None
    dont_know: Missing | None = None
    not_applicable: Missing | None = None


class NumberBand(Model):
    """From this number on (up to the next band's), an answer is worth `value`."""

    from_: Number = Field(alias="from")
    value: Value


class Item(Model):
    """What one question's answers are worth: exactly one of `scale`, `bands` and `per_choice`."""

    scale: Identifier | Scale | None = Field(
        default=None, description="A scale's name, or option id → value."
    )
    bands: tuple[NumberBand, ...] | None = Field(
        default=None,
        min_length=1,
        description="For numbers: bands, and what an answer in each is worth.",
    )
    per_choice: Scale | None = Field(
        default=None, description="For questions of type `several`: option id → what it adds."
    )
    at_most: Value | None = Field(default=None, description="The most that the choices can add up to.")
    weight: Weight = 1
    why: Text | None = Field(default=None, description="Why the weight is not 1.")
    tags: dict[Identifier, Identifier] = Field(default_factory=dict)
    policy: ItemPolicy = ItemPolicy()


class Ladder(Model):
    """Steps from the bottom: how many are passed one after the other.

    A step is passed where every applicable input in it is worth at least `passes`; one in which nothing applies
    does not stand in the way. The first step that is not passed adds `part` where it has begun: where one of its
    inputs is worth at least `begun`.
    """

    along: Identifier = Field(description="The tag whose values are the steps.")
    steps: tuple[Identifier, ...] = Field(min_length=1, description="From the bottom.")
    passes: Value
    part: Share = 0
    begun: Value | None = None


class Measure(Model):
    """Groups what it is built `of` by tags, and reduces each group to a number."""

    name: Text
    of: Identifier = Field(description="`items`, or another measure's name.")
    by: tuple[Identifier, ...] = ()
    where: dict[Identifier, Identifier] = Field(
        default_factory=dict, description="Only inputs with these tags."
    )
    reduce: Reduce = "mean"
    base: Value = Field(default=0, description="For `sum`: what it starts from, where points are taken off.")
    at_least: Value | None = Field(default=None, description="For `share`: counts inputs worth this or more.")
    ladder: Ladder | None = Field(
        default=None, description="For `ladder`: its steps, and when one is passed."
    )
    weights: dict[str, Weight] = Field(
        default_factory=dict, description="Group → weight; 1 where it is not named."
    )
    min_coverage: Share | None = Field(
        default=None, description="The least coverage that a group needs here, instead of the policy's."
    )
    bands: Identifier | None = None


class Limit(Model):
    """Caps a measure's groups while its condition holds, and says why."""

    id: Identifier
    measure: Identifier
    where: dict[Identifier, Identifier] = Field(default_factory=dict)
    at_most: Value
    when: Condition
    because: Text


class Rule(Model):
    """A verdict, and when it is given; without `when`, always."""

    label: Identifier
    name: Text | None = None
    when: Condition | None = None


class Outcome(Model):
    """A verdict by rule instead of a number: of the rules, the first whose condition holds."""

    name: Text
    of: Identifier = "items"
    by: tuple[Identifier, ...] = ()
    where: dict[Identifier, Identifier] = Field(
        default_factory=dict, description="Only inputs with these tags."
    )
    rules: tuple[Rule, ...] = Field(min_length=1)


class Band(Model):
    """A named level: from this published number on, up to the next band's."""

    from_: Number = Field(alias="from")
    id: Identifier
    name: Text
    description: Text | None = None
    for_dimension: dict[Identifier, Text] = Field(default_factory=dict)


class Recommendation(Model):
    """What takes a theme from one level to the next."""

    theme: DottedIdentifier = Field(description="The theme with its dimension, as in `leadership.strategy`.")
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
    same_in_both: tuple[Words, ...] = Field(
        default=(), description="Words that are rightly the same in English and Welsh, such as names."
    )
    questionnaire: QuestionnaireRange
    supersedes: Version | None = Field(default=None, description="The version that this one replaces.")
    scales: dict[Identifier, Scale] = Field(default_factory=dict)
    policy: Policy = Policy()
    items: dict[DottedIdentifier, Item] = Field(min_length=1)
    not_scored: tuple[DottedIdentifier, ...] = Field(
        default=(), description="Questions that inform and score nothing."
    )
    measures: dict[Identifier, Measure] = Field(min_length=1)
    headline: Identifier | None = Field(
        default=None,
        description="The measure of the whole that stands for all; else the last that has levels, else the last.",
    )
    show_while_answering: Flag = Field(
        default=False,
        description="Whether those who answer in the terminal may look at the score before they submit. It helps them "
        "learn, and tempts them to answer for the score.",
    )
    limits: tuple[Limit, ...] = ()
    outcomes: dict[Identifier, Outcome] = Field(default_factory=dict)
    bands: dict[Identifier, tuple[Band, ...]] = Field(default_factory=dict)
    recommendations: tuple[Recommendation, ...] = ()

    @cached_property
    def recommended(self) -> dict[tuple[str, str], Recommendation]:
        """(theme, level it is at) → what to do next."""
        return {(r.theme, r.from_): r for r in self.recommendations}
