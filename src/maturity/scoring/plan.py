"""A rubric made ready to run: data only, in the order in which it runs."""

from __future__ import annotations

from dataclasses import dataclass

from maturity.models.rubric import Band, Limit, Policy
from maturity.models.scorecard import Group


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """What each answer to one question is worth.

    A choice is looked up in `values` (several choices are added up, to `at_most`); a number takes the value of the
    last of `bands`, (from, value) in ascending order, that it reaches. `least` and `most` bound the value.
    """

    id: str
    type: str
    weight: float
    values: dict[str, float]
    bands: tuple[tuple[float, float], ...]
    at_most: float | None
    least: float
    most: float
    tags: dict[str, str]


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """One group of a measure: (source, weight) of what it is built of, in the questionnaire's order."""

    group: Group
    inputs: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """One step: reduce each group."""

    name: str
    of: str
    by: tuple[str, ...]
    reduce: str
    min_coverage: float
    bands: tuple[Band, ...]
    limits: tuple[Limit, ...]
    groups: tuple[PlannedGroup, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that scoring needs of a rubric and its questionnaire."""

    items: tuple[PlannedItem, ...]
    measures: tuple[PlannedMeasure, ...]
    policy: Policy


def group_name(group: Group) -> str:
    """How a group is written where one word is needed: ``leadership.strategy``; the whole is ``all``."""
    return ".".join(group) or "all"
