"""Scores stored answers with the old and with the new rubric: who moves, by how much, and who changes level."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from maturity.checks.registry import rules
from maturity.checks.subjects import AnsweredSubject
from maturity.models.assessment import Assessment, QuestionnaireRef
from maturity.models.base import version_key
from maturity.models.problem import MaturityError, Phrase, Said
from maturity.models.register import Register
from maturity.models.scorecard import Group, Score, Scorecard
from maturity.models.text import Text
from maturity.scoring.names import bands_of, group_text, headline
from maturity.scoring.numbers import settle
from maturity.scoring.score import Scorer, in_display_order
from maturity.sources.shelf import fits
from maturity.sources.yaml_reader import Document
from maturity.versions.route import AtHand, travel

State = Literal["scored", "not scored", "not there"]


@dataclass(frozen=True, slots=True)
class Stored:
    """An assessment, what its organisation is called, and where it was read."""

    organisation: str
    assessment: Assessment
    source: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What one rubric gives a group: published number, level, or verdict; `state` says whether it gives any. `called` is the
    level's or verdict's name, where it has one."""

    state: State
    published: float | None = None
    level: str | None = None
    counts: tuple[tuple[float, int], ...] = ()
    called: Text | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Movement:
    """One organisation in one group, before and after."""

    organisation: str
    period: str
    source: str
    before: Standing
    after: Standing

    @property
    def by(self) -> float | None:
        """How far the published number moved; None unless both rubrics give one."""
        if self.before.published is None or self.after.published is None:
            return None
        return settle(self.after.published - self.before.published)

    @property
    def changes_level(self) -> bool:
        """Whether both rubrics give a level, or a verdict, and it is another."""
        both = self.before.state == self.after.state == "scored"
        return both and self.before.level != self.after.level

    @property
    def gains(self) -> bool:
        return self.before.state != "scored" and self.after.state == "scored"

    @property
    def loses(self) -> bool:
        return self.before.state == "scored" and self.after.state != "scored"


@dataclass(frozen=True, slots=True)
class GroupMoves:
    """All organisations' movements in one group of a measure or outcome, the farthest first, then by name.

    `of` counts the organisations that one rubric or the other gives anything; `moved` are those that are not as before.
    """

    kind: Literal["measure", "outcome"]
    measure: str
    group: Group
    name: Text | str
    of: int
    moved: tuple[Movement, ...]

    @property
    def only(self) -> Literal["old", "new"] | None:
        """The one rubric that has this group, or None where both do."""
        if any(m.after.state == "not there" for m in self.moved):
            return "old"
        return "new" if any(m.before.state == "not there" for m in self.moved) else None

    def count(self, wanted: Callable[[Movement], bool]) -> int:
        """How many of those that moved are so."""
        return sum(map(wanted, self.moved))

    @property
    def address(self) -> str:
        return ".".join((self.measure, *self.group))


@dataclass(frozen=True, slots=True)
class Unscored:
    """An assessment that one rubric or both cannot score, and why."""

    organisation: str
    period: str
    source: str
    side: Literal["old", "new"]
    why: Said


@dataclass(frozen=True, slots=True)
class Replay:
    """What the change of rubric does to stored answers. `headline` is the address of what stands for all."""

    old: str
    new: str
    scored: int
    groups: tuple[GroupMoves, ...]
    unscored: tuple[Unscored, ...]
    headline: str | None = None


def replay(
    old: Scorer,
    new: Scorer,
    stored: Sequence[Stored],
    register: Register,
    at_hand: tuple[AtHand, AtHand],
) -> Replay:
    """Scores each assessment with both. Every one is either among the scored or listed as unscored.

    Answers to an earlier version of the questionnaire are carried over to the old one, and from there to the new one, by
    the migrations that each side has `at_hand`. Where none is needed, they count if they pass the checks.
    """
    cards: list[tuple[Stored, Scorecard, Scorecard]] = []
    unscored: list[Unscored] = []
    for one in sorted(stored, key=lambda s: (s.organisation, s.assessment.period, s.source)):
        before = _fitted(one.assessment, old, register, at_hand[0])
        start = one.assessment if isinstance(before, Phrase) else before
        after = _fitted(start, new, register, at_hand[1])
        if isinstance(before, Phrase) or isinstance(after, Phrase):
            sides: tuple[tuple[Literal["old", "new"], Assessment | Phrase], ...] = (
                ("old", before),
                ("new", after),
            )
            period = one.assessment.period
            unscored += [
                Unscored(one.organisation, period, one.source, side, why)
                for side, why in sides
                if isinstance(why, Phrase)
            ]
        else:
            cards.append((one, old.score(before, one.source), new.score(after, one.source)))
    groups = tuple(g for g in _groups(old, new, cards) if g.moved)
    name = f"{old.rubric.id}@{old.rubric.version}", f"{new.rubric.id}@{new.rubric.version}"
    return Replay(*name, len(cards), groups, tuple(unscored), headline(new.rubric))


def _fitted(
    assessment: Assessment, scorer: Scorer, register: Register, at_hand: AtHand
) -> Assessment | Phrase:
    """The assessment as one to the scorer's questionnaire, or why it cannot be."""
    wanted = scorer.questionnaire
    asked = assessment.questionnaire
    if asked.id != wanted.id:
        return Phrase(
            "the answers are to {asked}, and it scores {wanted}",
            asked=f"{asked.id}@{asked.version}",
            wanted=wanted.id,
        )
    carried = _carried(assessment, wanted.version, at_hand)
    if carried is not None:
        assessment = carried
    elif fits(scorer.rubric, asked.id, asked.version):
        reference = QuestionnaireRef(id=wanted.id, version=wanted.version)
        assessment = assessment.model_copy(update={"questionnaire": reference})
    else:
        return Phrase(
            "it does not score answers to {asked}, and no migration carries them over",
            asked=f"{asked.id}@{asked.version}",
        )
    subject = AnsweredSubject(Document("answers"), assessment, wanted, register)
    found = (p for rule in rules("assessments") for p in rule.check(subject) if p.kind.severity == "error")
    problem = next(found, None)
    return problem.as_phrase() if problem else assessment


def _carried(assessment: Assessment, version: str, at_hand: AtHand) -> Assessment | None:
    """The answers as answers to a later version; None where no migration leads there, or none is needed."""
    asked = assessment.questionnaire
    if version_key(asked.version) >= version_key(version):
        return None
    try:
        steps = at_hand.route(asked.id, asked.version, version)
    except MaturityError:
        return None
    if all(step.migration is None for step in steps):
        return None
    return travel(assessment, steps).assessment


def _groups(
    old: Scorer, new: Scorer, cards: Sequence[tuple[Stored, Scorecard, Scorecard]]
) -> Iterator[GroupMoves]:
    for measure, group, name in _all_groups(old, new):
        pairs = [
            (one, _standing(before.score(measure, *group), old), _standing(after.score(measure, *group), new))
            for one, before, after in cards
        ]
        yield _moves("measure", measure, group, name, pairs)
    for outcome, group in _all_outcomes(old, new):
        pairs = [
            (one, _verdict(before, outcome, group, old), _verdict(after, outcome, group, new))
            for one, before, after in cards
        ]
        yield _moves("outcome", outcome, group, ".".join((outcome, *group)), pairs)


def _all_groups(old: Scorer, new: Scorer) -> list[tuple[str, Group, Text]]:
    """Every group of either, as reports order them, and what it is called."""
    found: dict[tuple[str, Group], Text] = {}
    for scorer in (new, old):
        for measure in in_display_order(scorer):
            for group in measure.groups:
                text = group_text(scorer.questionnaire, scorer.rubric.measures[measure.name], group.group)
                found.setdefault((measure.name, group.group), text)
    return [(measure, group, name) for (measure, group), name in found.items()]


def _all_outcomes(old: Scorer, new: Scorer) -> list[tuple[str, Group]]:
    found = [(o.name, g.group) for scorer in (new, old) for o in scorer.plan.outcomes for g in o.groups]
    return list(dict.fromkeys(found))


def _moves(
    kind: Literal["measure", "outcome"],
    measure: str,
    group: Group,
    name: Text | str,
    pairs: Iterable[tuple[Stored, Standing, Standing]],
) -> GroupMoves:
    there = [
        Movement(one.organisation, one.assessment.period, one.source, before, after)
        for one, before, after in pairs
        if "scored" in (before.state, after.state)
    ]
    moved = [m for m in there if m.before != m.after]
    moved.sort(key=lambda m: (-abs(m.by or 0), m.organisation, m.period, m.source))
    return GroupMoves(kind, measure, group, name, len(there), tuple(moved))


def _standing(score: Score | None, scorer: Scorer) -> Standing:
    if score is None:
        return Standing("not there")
    if score.published is None and not score.counts:
        return Standing("not scored")
    named = {band.id: band.name for band in bands_of(scorer.rubric, score.measure)}
    return Standing("scored", score.published, score.level, score.counts, named.get(score.level or ""))


def _verdict(card: Scorecard, outcome: str, group: Group, scorer: Scorer) -> Standing:
    for verdict in card.verdicts:
        if (verdict.outcome, verdict.group) == (outcome, group):
            if verdict.label is None:
                return Standing("not scored")
            rules = scorer.rubric.outcomes[outcome].rules
            called = next((rule.name for rule in rules if rule.label == verdict.label and rule.name), None)
            return Standing("scored", level=verdict.label, called=called)
    return Standing("not there")
