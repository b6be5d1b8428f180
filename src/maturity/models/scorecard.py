"""What scoring yields: every measure's value, level and coverage, and what each came from.

Plain dataclasses: thousands are made in one run, and nothing in them comes from a stranger's file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["answered", "unanswered", "dont_know", "not_applicable"]
Reason = Literal["nothing_applies", "nothing_answered", "low_coverage", "answer_missing"]
Group = tuple[str, ...]
"""A group's tag values in the order of its measure's ``by``: ``("leadership", "strategy")``."""


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item: what was answered and what it is worth; `value` is None where it is worth nothing countable."""

    item: str
    state: State
    value: float | None
    weight: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that a group was built of: an item's id, or a group of the measure that it is `of`."""

    source: str
    value: float | None
    weight: float
    state: State


@dataclass(frozen=True, slots=True)
class Score:
    """One group of one measure.

    `value` is unrounded (to 9 decimals), `published` rounded half up to the rubric's places; both are None where
    the group is not scored, and `reason` says why. `capped` is the limit that bit, `uncapped` the published
    number without it. `coverage` is answered weight over applicable weight among the direct inputs.
    """

    measure: str
    group: Group
    value: float | None
    published: float | None
    level: str | None
    coverage: float | None
    answered: int
    applicable: int
    inputs: tuple[Input, ...]
    reason: Reason | None = None
    capped: str | None = None
    uncapped: float | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A file by id, version and SHA-256 of its meaning."""

    id: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One assessment, scored."""

    organisation: str
    period: str
    questionnaire: Reference
    rubric: Reference
    answers_digest: str
    tool_version: str
    made_up: bool
    items: tuple[ItemScore, ...]
    scores: tuple[Score, ...]
    source: str = ""

    def score(self, measure: str, *group: str) -> Score | None:
        """The score of that measure and group, or None where there is no such group."""
        return self._index().get((measure, group))

    def of(self, measure: str) -> tuple[Score, ...]:
        """All groups of a measure, in the questionnaire's order."""
        return tuple(s for s in self.scores if s.measure == measure)

    def _index(self) -> dict[tuple[str, Group], Score]:
        return {(s.measure, s.group): s for s in self.scores}
