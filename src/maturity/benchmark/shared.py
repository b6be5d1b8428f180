"""Two periods' answers by two rubrics: which questions both score, and each answer carried to the other's version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from maturity.models.assessment import Answer, Assessment
from maturity.models.migration import Migration
from maturity.models.scorecard import Group
from maturity.scoring.run import run_plan
from maturity.scoring.score import Scorer, sheet_of
from maturity.versions.mapping import Way
from maturity.versions.route import AtHand, Step, travel

Published = dict[tuple[str, Group], float]
"""Measure and group → published score, of those scored."""


@dataclass(frozen=True, slots=True)
class Together:
    """Scored questions of the two versions that became one another: usually one and one, of the same id."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crossed:
    """One organisation's answers of both periods by both rubrics, and which of the shared questions it had to do without.

    ``scores[0]`` are the earlier answers by the earlier and by the later rubric, ``scores[1]`` the later ones by both.
    """

    scores: tuple[tuple[Published, Published], tuple[Published, Published]]
    left_out: tuple[Together, ...]


@dataclass(frozen=True)
class Crossing:
    """An earlier and a later scorer of one questionnaire's versions, and the migrations from one to the other and back."""

    before: Scorer
    after: Scorer
    forth: tuple[Step, ...]
    back: tuple[Step, ...]

    @classmethod
    def between(cls, before: Scorer, after: Scorer, migrations: Sequence[Migration] = ()) -> Crossing:
        """By the migrations given and those that are bundled. Raises MaturityError where none lead there."""
        old, new = before.questionnaire, after.questionnaire
        if old.version == new.version:
            return cls(before, after, (), ())
        at_hand = AtHand((old, new), tuple(migrations))
        routes = (
            at_hand.route(old.id, *pair) for pair in ((old.version, new.version), (new.version, old.version))
        )
        return cls(before, after, *routes)

    @cached_property
    def shared(self) -> tuple[Together, ...]:
        """What both rubrics score, in the earlier questionnaire's order."""
        return tuple(t for t in self._together if t.before and t.after)

    @cached_property
    def only_before(self) -> tuple[str, ...]:
        """The items of the earlier rubric that the later one has no part of."""
        shared = {q for t in self.shared for q in t.before}
        return tuple(item.id for item in self.before.plan.items if item.id not in shared)

    @cached_property
    def only_after(self) -> tuple[str, ...]:
        """The items of the later rubric that the earlier one has no part of."""
        shared = {q for t in self.shared for q in t.after}
        return tuple(item.id for item in self.after.plan.items if item.id not in shared)

    @cached_property
    def _together(self) -> list[Together]:
        earlier, later = ({item.id for item in scorer.plan.items} for scorer in (self.before, self.after))
        return [
            Together(tuple(q for q in olds if q in earlier), tuple(q for q in news if q in later))
            for olds, news in connected(self._links)
        ]

    @property
    def _links(self) -> dict[str, list[str]]:
        """Question of the earlier version → the questions of the later one that its answer goes to, over all steps."""
        links = {question: [question] for question in self.before.questionnaire.questions}
        for step in self.forth:
            way = Way.of(step.old, step.new, step.migration)
            onward = (way.back if step.backwards else way).links
            links = {q: [t for there in found for t in onward.get(there, ())] for q, found in links.items()}
        there = self.after.questionnaire.questions
        return {q: [t for t in found if t in there] for q, found in links.items()}

    def score(self, earlier: Assessment, later: Assessment) -> Crossed:
        """Both periods' answers of one organisation by both rubrics, on the questions that count for it.

        Questions that belong together count where each period's answers to them are there in both versions, or where that period
        did not answer them in either: so that no rubric sees an answer that the other does not.
        """
        anew = travel(earlier, self.forth).assessment if self.forth else earlier
        as_before = travel(later, self.back).assessment if self.back else later
        left = tuple(
            t for t in self.shared if not (_told(t, earlier.answers, anew.answers) and _told(t, as_before.answers, later.answers))
        )  # fmt: skip
        without = (
            frozenset(self.only_before).union(*(t.before for t in left)),
            frozenset(self.only_after).union(*(t.after for t in left)),
        )
        return Crossed(
            (
                (_published(self.before, earlier, without[0]), _published(self.after, anew, without[1])),
                (_published(self.before, as_before, without[0]), _published(self.after, later, without[1])),
            ),
            left,
        )


def connected(links: Mapping[str, Iterable[str]]) -> list[tuple[list[str], list[str]]]:
    """Sets of questions, before and after, that are linked with one another and with no other."""
    found: list[tuple[list[str], list[str]]] = []
    at: dict[str, int] = {}
    for old, news in links.items():
        numbers = sorted({at[new] for new in news if new in at})
        home = numbers[0] if numbers else len(found)
        if not numbers:
            found.append(([], []))
        for other in numbers[1:]:
            found[home][0].extend(found[other][0])
            found[home][1].extend(found[other][1])
            found[other] = ([], [])
        found[home][0].append(old)
        found[home][1].extend(new for new in dict.fromkeys(news) if new not in found[home][1])
        at.update(dict.fromkeys(found[home][1], home))
    return [one for one in found if one[0]]


def _told(together: Together, before: Mapping[str, Answer], after: Mapping[str, Answer]) -> bool:
    """Whether one period's answers to these questions are all there in both versions, or all missing in both."""
    given = [before[q].given if q in before else False for q in together.before]
    given += [after[q].given if q in after else False for q in together.after]
    return all(given) or not any(given)


def _published(scorer: Scorer, assessment: Assessment, without: Set[str]) -> Published:
    """What these answers score as if the questions `without` were not asked."""
    sheet = replace(sheet_of(assessment), without=without)
    result = run_plan(scorer.plan, [sheet], scorer.seen)
    return {(s.measure, s.group): s.published for s in result.scores if s.published is not None}
