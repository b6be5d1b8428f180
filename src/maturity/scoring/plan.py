"""A rubric made ready to run: data only, in the order in which it runs."""

from __future__ import annotations

from dataclasses import dataclass

from maturity.models.condition import Condition
from maturity.models.rubric import Band, Ladder, Limit, Missing, Rule
from maturity.models.scorecard import Group, ItemScore


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """What each answer to one question is worth.

    A choice is looked up in `values` (several choices are added up, to `at_most`); a number takes the value of the
    last of `bands`, (from, value) in ascending order, that it reaches. `least` and `most` bound the value. `scored` is
    the result of each single option: it is the same for everybody, so that scorecards share it. What becomes of an answer without value stands in `unanswered`, `dont_know` and `not_applicable`.
    """

    id: str
    type: str
    weight: float
    values: dict[str, float]
    scored: dict[str, ItemScore]
    bands: tuple[tuple[float, float], ...]
    at_most: float | None
    least: float
    most: float
    tags: dict[str, str]
    unanswered: Missing
    dont_know: Missing
    not_applicable: Missing


@dataclass(frozen=True, slots=True)
class PlannedFilter:
    """A question that is asked only where its condition holds."""

    question: str
    when: Condition


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """One group: (source, weight) of what it is built of, in the questionnaire's order; for a ladder also the step.

    `limits` are those of the measure's limits that are for this group.
    """

    group: Group
    name: str
    inputs: tuple[tuple[str, float], ...]
    steps: tuple[int, ...] = ()
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """One step: reduce each group."""

    name: str
    of: str
    by: tuple[str, ...]
    reduce: str
    base: float
    at_least: float | None
    ladder: Ladder | None
    min_coverage: float
    bands: tuple[Band, ...]
    limits: tuple[Limit, ...]
    groups: tuple[PlannedGroup, ...]


@dataclass(frozen=True, slots=True)
class PlannedOutcome:
    """One step: for each group the first rule that holds. `tags` are those of what it is `of`, by source."""

    name: str
    of: str
    by: tuple[str, ...]
    rules: tuple[Rule, ...]
    groups: tuple[PlannedGroup, ...]
    tags: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that scoring needs of a rubric and its questionnaire."""

    filters: tuple[PlannedFilter, ...]
    items: tuple[PlannedItem, ...]
    measures: tuple[PlannedMeasure, ...]
    outcomes: tuple[PlannedOutcome, ...]
    places: int


def group_name(group: Group) -> str:
    """How a group is written where one word is needed: ``leadership.strategy``; the whole is ``all``."""
    return ".".join(group) or "all"
