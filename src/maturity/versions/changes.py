"""What a change between two versions is: its class, where it stands in both, and which bump it owes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from maturity.models.base import version_key
from maturity.models.judgements import Judged
from maturity.models.problem import Place, Problem, Said
from maturity.models.text import Text

Subject = Literal["questionnaire", "rubric"]
What = Literal["changed", "added", "gone", "moved", "renamed", "order", "rewritten"]


class Effect(StrEnum):
    """The four classes of rubric changes, from harmless to grave."""

    neutral = "neutral"
    different_bar = "different-bar"
    moves_scores = "moves-scores"
    breaks_answers = "breaks-answers"


class Bump(StrEnum):
    """By how much a version rises."""

    none = "none"
    patch = "patch"
    minor = "minor"
    major = "major"


GRAVITY = tuple(Effect)
SIZES = tuple(Bump)
OWED = {
    Effect.neutral: Bump.patch,
    Effect.different_bar: Bump.minor,
    Effect.moves_scores: Bump.minor,
    Effect.breaks_answers: Bump.major,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    `address` names it by ids, as in ``questionnaire/questions/leadership.plan/text``. `old` and `new` are what stood and
    stands there, in words; the places are where, and None on a side where nothing stands. `question` and `option`
    are the earlier version's ids of what it is about. `effect` is after a person's judgement, which is `judged`.
    `answers` counts the stored answers that a change of questions concerns; None where none were looked at.
    """

    subject: Subject
    address: str
    what: What
    effect: Effect
    old: str | Text | None = None
    new: str | Text | None = None
    old_place: Place | None = None
    new_place: Place | None = None
    question: str | None = None
    option: str | None = None
    judged: Judged | None = None
    note: Said = ""
    answers: int | None = None

    @property
    def undecided(self) -> bool:
        """Whether it waits for a person to say if the bar is another."""
        return self.effect is Effect.different_bar and self.judged is None


@dataclass(frozen=True, slots=True)
class Compared:
    """One questionnaire or rubric in two versions."""

    subject: Subject
    id: str
    old_version: str
    new_version: str
    old_file: str
    new_file: str
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...] = field(default=())

    @property
    def owed(self) -> Bump:
        """The bump that the gravest change owes."""
        return max((OWED[c.effect] for c in self.changes), key=SIZES.index, default=Bump.none)

    @property
    def given(self) -> Bump | None:
        """The bump that the versions have; None where the new version is below the old."""
        return bump_between(self.old_version, self.new_version)

    def counts(self) -> dict[Effect, int]:
        """How many changes there are of each class."""
        return {effect: sum(c.effect is effect for c in self.changes) for effect in GRAVITY}


def bump_between(old: str, new: str) -> Bump | None:
    """By what part a version rose; None where it fell."""
    before, after = version_key(old), version_key(new)
    if after < before:
        return None
    parts = zip((Bump.major, Bump.minor, Bump.patch), before, after, strict=True)
    return next((bump for bump, was, now in parts if was != now), Bump.none)


def bumped(version: str, bump: Bump) -> str:
    """The version that a bump leads to: ``1.2.3`` and minor give ``1.3.0``."""
    major, minor, patch = version_key(version)
    return {
        Bump.none: version,
        Bump.patch: f"{major}.{minor}.{patch + 1}",
        Bump.minor: f"{major}.{minor + 1}.0",
        Bump.major: f"{major + 1}.0.0",
    }[bump]
