"""What a council's two-page summary says beyond its page: change in a line, how firm it is, and what to ask about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from maturity.benchmark.council import AT_MOST, Against
from maturity.benchmark.statistics import position
from maturity.locale.words import N_
from maturity.models.assessment import Assessment
from maturity.models.firm import Firm
from maturity.models.summary import Difference
from maturity.reports.change_view import verdict
from maturity.reports.council_view import CouncilView, Row
from maturity.reports.own_answers import Answers, OwnAnswer
from maturity.reports.speech import Speech

DIGITS = 16
"""So many of a digest's 64 are printed; the council's page has them all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One measure as a row: its own score, where it stands among all, and how it changed, in words."""

    row: Row
    position: str
    difference: str
    change: str


class SummaryView:
    """The summary of one council's page, in one language."""

    def __init__(self, say: Speech, view: CouncilView, assessment: Assessment) -> None:
        self.say, self.view = say, view
        self.benchmark = view.benchmark
        self.answers = [
            answer
            for dimension in Answers(say, view.card, assessment).dimensions()
            for theme in dimension.themes
            for answer in theme.answers
        ]

    @cached_property
    def lines(self) -> list[Line]:
        """The whole and each dimension."""
        changes = {row.comparison.key: found for row, found in self.view.differences}
        return [self._line(row, changes.get(row.comparison.key)) for row in self.view.rows]

    def _line(self, row: Row, change: Difference | None) -> Line:
        own = row.against.own.published
        quarter = position(own, row.against.peers) if own is not None else None
        return Line(
            row,
            self.say.position(quarter),
            self.say.signed(change.difference) if change else "–",
            verdict(self.say, change) if change else "",
        )

    @cached_property
    def changed(self) -> str:
        """How many dimensions clearly rose and fell; empty where there is no earlier period."""
        found = [d for row, d in self.view.differences if row.comparison.by]
        if not found:
            return ""
        clear = [d.difference for d in found if d.clear]
        return self.say.words(
            "Since {previous}: {up} of {n} clearly up, {down} clearly down, {level} without clear change.",
            previous=self.benchmark.previous,
            up=sum(d > 0 for d in clear),
            down=sum(d < 0 for d in clear),
            level=len(found) - len(clear),
            n=len(found),
        )

    def shown(self, themes: Sequence[Against]) -> Sequence[Against]:
        """The first of the strengths or gaps: those tied with the third have no room on a sheet."""
        return themes[:AT_MOST]

    def left_out(self, themes: Sequence[Against]) -> str:
        """How many more are as far from the median as the last one shown."""
        more = len(themes) - AT_MOST
        if more < 1:
            return ""
        return self.say.words.count("and {n} more as far from it", "and {n} more as far from it", more)

    def difference(self, against: Against) -> str:
        """``3.00, which is 0.75 above the median of 2.25``."""
        say, difference = self.say, against.difference or 0
        wording = N_("{score}, which is {difference} above the median of {median}")
        if difference < 0:
            wording = N_("{score}, which is {difference} below the median of {median}")
        return say.words(
            wording,
            score=say.score(against.own.published),
            difference=say.score(abs(difference)),
            median=say.told(against.peers.median),
        )

    # How firm

    @cached_property
    def firmness(self) -> list[str]:
        """What the scores rest on: how many answers, how many with evidence, and what little would change."""
        return [*self._rests_on(), *self._moves()]

    def _rests_on(self) -> Iterator[str]:
        _ = self.say.words
        yield _(
            "{n} of {of} questions are answered, {proven} of them with evidence.",
            n=len(self._given),
            of=len(self.answers),
            proven=self._proven,
        )
        yield _(
            "{n} of {of} councils submitted answers.",
            n=self.benchmark.n_submitted,
            of=self.benchmark.n_members,
        )

    @property
    def _given(self) -> list[OwnAnswer]:
        return [a for a in self.answers if a.given]

    @property
    def _proven(self) -> int:
        return sum(bool(a.proofs) for a in self._given)

    def _moves(self) -> Iterator[str]:
        whole = self.view.overall
        if whole is None or whole.against.own.published is None:
            return
        firm = self._firm(whole)
        if firm is not None:
            yield from self._ranges(firm)
        elif whole.against.step:
            yield self.say.words(
                "One answer moved by one option changes the overall score by {step} or more.",
                step=self.say.score(whole.against.step),
            )
        yield from self._border(whole, whole.against.own.published)

    def _firm(self, row: Row) -> Firm | None:
        found = self.benchmark.firm
        measure = found.of(row.comparison.measure, row.comparison.group) if found else None
        return measure.of(self.view.code) if measure else None

    def _ranges(self, firm: Firm) -> Iterator[str]:
        _, say = self.say.words, self.say
        if firm.weights.score_low is not None and firm.answers.score_low is not None:
            yield _(
                "With other weights the overall score would lie from {low} to {high}; with answers judged a little differently, from {lower} to {higher}.",
                low=say.score(firm.weights.score_low),
                high=say.score(firm.weights.score_high),
                lower=say.score(firm.answers.score_low),
                higher=say.score(firm.answers.score_high),
            )
        if firm.other_answers:
            yield _.count(
                "The overall level hangs on {n} single answer.",
                "The overall level hangs on {n} single answers.",
                len(firm.other_answers),
            )

    def _border(self, row: Row, score: float) -> Iterator[str]:
        """How far the score is from where its level begins and where it ends."""
        if row.level is None:
            return
        say, start = self.say, row.level.band.from_
        places = {"level": row.level.name, "above": say.score(score - start)}
        if row.next is None:
            yield say.words(
                "The overall score is {above} above the start of “{level}”, the highest level.", **places
            )
        else:
            yield say.words(
                "The overall score is {above} above the start of “{level}” and {below} below that of the next level.",
                **places,
                below=say.score(row.next.band.from_ - score),
            )

    # What to ask

    @cached_property
    def questions(self) -> list[str]:
        """Questions that a committee can put to those who answered, in the order in which they are best asked."""
        return [*self._about_answers(), *self._about_gaps(), *self._about_change(), *self._about_plans()]

    def _about_answers(self) -> Iterator[str]:
        _ = self.say.words
        yield _(
            "Who gave these answers? Would frontline staff, partners and the people who use our services have answered the same?"
        )
        given, proven = len(self._given), self._proven
        if given and proven < given:
            yield _(
                "{n} of our {of} answers name no evidence. Which of them could we prove if we were asked today?",
                n=given - proven,
                of=given,
            )

    def _about_gaps(self) -> Iterator[str]:
        _, say = self.say.words, self.say
        if self.view.gaps:
            theme = say.full_name(self.view.gaps[0].comparison)
            yield _(
                "Our widest gap is in {theme}. What stands in the way there, and who answers for closing it?",
                theme=theme,
            )
        if self.view.strengths:
            theme = say.full_name(self.view.strengths[0].comparison)
            yield _(
                "We are strongest in {theme}. What did we do there that other services could do too, and who could learn from us?",
                theme=theme,
            )

    def _about_change(self) -> Iterator[str]:
        _, found = self.say.words, [(row, d) for row, d in self.view.differences if row.comparison.by]
        if not found:
            return
        previous = self.benchmark.previous
        row, least = min(found, key=lambda pair: pair[1].difference)
        if least.clear and least.difference < 0:
            yield _(
                "Our score in {name} fell since {previous}. Did things get worse, or do we judge ourselves more strictly now?",
                name=row.name,
                previous=previous,
            )
            return
        row, most = max(found, key=lambda pair: pair[1].difference)
        if most.clear and most.difference > 0:
            yield _(
                "What brought {name} forward since {previous}, and would the same work do as much elsewhere?",
                name=row.name,
                previous=previous,
            )
        else:
            yield _("Nothing has clearly moved since {previous}. Is that what we planned?", previous=previous)

    def _about_plans(self) -> Iterator[str]:
        _ = self.say.words
        if self.view.steps:
            yield _(
                "Which of the next steps begins first, with whose time and money, and how shall we know that it worked?"
            )
        yield _(
            "When shall we answer again, and what will residents have noticed by then, in Welsh and in English?"
        )

    # What it was made from

    @cached_property
    def made_from(self) -> str:
        """Versions and the beginnings of the digests, in a line."""
        found, card = self.benchmark, self.view.card
        parts = [
            (self.say.words("Questionnaire"), f"{found.questionnaire.id} {found.questionnaire.version}", found.questionnaire.digest),
            (self.say.words("Rubric"), f"{found.rubric.id} {found.rubric.version}", found.rubric.digest),
            (self.say.words("Answers"), found.period, card.answers_digest),
        ]  # fmt: skip
        return "; ".join(f"{what} {version} ({digest[:DIGITS]}…)" for what, version, digest in parts)
