"""What a rule is given to look at: a sound model with the document that knows where everything stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from maturity.checks.sound import MOST_MEASURES, members, sound_plan
from maturity.checks.worth import Worths, worths
from maturity.models.assessment import Assessment
from maturity.models.migration import Migration
from maturity.models.questionnaire import Question, Questionnaire
from maturity.models.register import Register
from maturity.models.rubric import Rubric
from maturity.scoring.compile import Tags, in_order, outcomes_in_order
from maturity.scoring.plan import Plan
from maturity.sources.yaml_reader import Document, Loc

if TYPE_CHECKING:
    from maturity.models.scorecard import Reference
    from maturity.models.scorecard_file import FiledScorecard


@dataclass(frozen=True)
class AskedSubject:
    """A questionnaire to check."""

    document: Document
    questionnaire: Questionnaire

    def question_locs(self) -> dict[str, Loc]:
        """Question id → where it stands (the first, where two share an id)."""
        found: dict[str, Loc] = {}
        for d, dimension in enumerate(self.questionnaire.dimensions):
            for t, theme in enumerate(dimension.themes):
                for q, question in enumerate(theme.questions):
                    found.setdefault(question.id, ("dimensions", d, "themes", t, "questions", q))
        return found


@dataclass(frozen=True)
class ValuedSubject:
    """A rubric to check, with the questionnaire that it scores, where that is at hand."""

    document: Document
    rubric: Rubric
    questionnaire: Questionnaire | None

    @cached_property
    def plan(self) -> Plan | None:
        """The plan of what is sound in the rubric; None where that is not known."""
        return sound_plan(self.rubric, self.questionnaire) if self.questionnaire else None

    @cached_property
    def members(self) -> dict[str, dict[str, Tags]]:
        """'items' or measure → its items or groups by name, with their tags; empty where that is not known."""
        return members(self.plan) if self.plan else {}

    @cached_property
    def worths(self) -> Worths:
        """What items and groups can be worth; empty where that is not known."""
        if self.plan is None or self.questionnaire is None:
            return Worths()
        return worths(self.plan, self.questionnaire, self.rubric.limits)

    @cached_property
    def held_up(self) -> set[str]:
        """Measures that could be worked out if limits did not look at others that are worked out after them."""
        measures = self.rubric.measures
        if len(measures) > MOST_MEASURES:
            return set()
        return set(in_order(measures)) - set(in_order(measures, self.rubric.limits))

    @cached_property
    def circling(self) -> set[str]:
        """Outcomes that look, by way of others, at their own verdicts, and those that look at them."""
        if len(self.rubric.outcomes) > MOST_MEASURES:
            return set()
        return self.rubric.outcomes.keys() - set(outcomes_in_order(self.rubric.outcomes))


@dataclass(frozen=True)
class AnsweredSubject:
    """An assessment to check, with the questionnaire that it answers, where that is at hand."""

    document: Document
    assessment: Assessment
    questionnaire: Questionnaire | None
    register: Register


@dataclass(frozen=True)
class ListedSubject:
    """A register to check: its rows, as far as they could be read, in a document that knows every cell's place."""

    document: Document

    @property
    def rows(self) -> list[dict[str, str]]:
        """Column → cell, for each organisation."""
        return self.document.data or []


@dataclass(frozen=True, slots=True)
class AtHand:
    """What a scorecard names, as it is at hand: digests (None for what is not), and the plan if both are the same."""

    questionnaire: str | None
    rubric: str | None
    plan: Plan | None


@dataclass(frozen=True)
class FiledSubject:
    """Scorecards to check; `rules` has for each questionnaire and rubric that they name what is at hand of them."""

    document: Document
    filed: tuple[FiledScorecard, ...]
    register: Register
    rules: Mapping[tuple[Reference, Reference], AtHand]


@dataclass(frozen=True)
class MovedSubject:
    """A migration to check, with those versions of the questionnaire that it leads from, and the one that it leads to,
    which are at hand."""

    document: Document
    migration: Migration
    olds: tuple[Questionnaire, ...]
    new: Questionnaire | None

    @cached_property
    def asked(self) -> dict[str, Question]:
        """What the earlier versions ask: each question as the latest of them has it."""
        return {name: question for old in self.olds for name, question in old.questions.items()}
