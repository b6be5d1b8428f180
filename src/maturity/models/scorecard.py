"""What scoring yields: every measure's value, level and coverage, and what each came from.

Plain dataclasses, because thousands are made in one run. They are never changed once made; only they are not
marked frozen where a run makes many of them, since that makes each some three times slower to make.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

State = Literal["answered", "unanswered", "dont_know", "not_applicable", "not_asked"]
Reason = Literal["nothing_applies", "nothing_answered", "low_coverage", "answer_missing", "undefined"]
Group = tuple[str, ...]
"""A group's tag values in the order of its measure's ``by``: ``("leadership", "strategy")``."""


Finite = Annotated[float, Field(allow_inf_nan=False, ge=-1e18, le=1e18)]
"""A number that can be added up, rounded and compared; no rubric's values and weights come to more."""


@dataclass(slots=True)
class Input:
    """One thing that a group was built of: an item, by its id, or a group of the measure that it is `of`.

    `value` is None where it is worth nothing countable. `respondent` counts from 1 where several answered, else 0.
    """

    source: str
    value: Finite | None
    weight: Finite
    state: State
    respondent: int


@dataclass(slots=True)
class ItemScore(Input):
    """One item: what was answered and what it is worth; `least` and `most` bound what it can be worth."""

    least: Finite
    most: Finite

    @property
    def item(self) -> str:
        """The item's id."""
        return self.source


@dataclass(slots=True)
class Score:
    """One group of one measure.

    `value` is unrounded (to 9 decimals), `published` rounded half up to the rubric's places; both are None where
    the group is not scored, and `reason` says why. `limit` is the limit that holds, `capped` the same where it lowered the number, `uncapped` the published number without it. `coverage` is answered weight over applicable weight among the direct inputs. `answered` and
    `applicable` count items. A distribution has `counts`, of how many inputs are worth what, and no number.
    """

    measure: str
    group: Group
    value: Finite | None
    published: Finite | None
    level: str | None
    coverage: Finite | None
    answered: int
    applicable: int
    inputs: tuple[Input, ...]
    reason: Reason | None = None
    limit: str | None = None
    capped: str | None = None
    uncapped: Finite | None = None
    counts: tuple[tuple[Finite, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """One group of one outcome: the label of the first rule that holds.

    `label` is None where none does, or where `reason` says why there is nothing to decide on.
    """

    outcome: str
    group: Group
    label: str | None
    inputs: tuple[Input, ...]
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A file by id, version and SHA-256 of its meaning."""

    id: str
    version: str
    digest: str


@dataclass(frozen=True)
class Scorecard:
    """One organisation's answers for one period, scored."""

    organisation: str
    period: str
    questionnaire: Reference
    rubric: Reference
    answers_digest: str
    tool_version: str
    made_up: bool
    items: tuple[ItemScore, ...]
    scores: tuple[Score, ...]
    verdicts: tuple[Verdict, ...] = ()
    source: str = ""

    def score(self, measure: str, *group: str) -> Score | None:
        """The score of that measure and group, or None where there is no such group."""
        return self._index.get((measure, group))

    def of(self, measure: str) -> tuple[Score, ...]:
        """All groups of a measure, in the questionnaire's order."""
        return tuple(s for s in self.scores if s.measure == measure)

    @cached_property
    def _index(self) -> dict[tuple[str, Group], Score]:
        return {(s.measure, s.group): s for s in self.scores}
