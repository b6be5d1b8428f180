"""A council's own answers under their dimensions and themes, each with what it is worth and the working."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from maturity.locale.words import with_unit
from maturity.models.assessment import DONT_KNOW, Answer, Assessment
from maturity.models.questionnaire import Dimension, NumberQuestion, Question, Theme
from maturity.models.scorecard import Score, Scorecard
from maturity.reports.speech import Speech, exact
from maturity.reports.working import Working, working
from maturity.reports.worth import how_worth
from maturity.scoring.items import not_asked
from maturity.scoring.names import group_text
from maturity.scoring.plan import group_name
from maturity.scoring.score import sheet_of


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence; `href` only where it starts with http:// or https://."""

    href: str
    text: str
    date: dt.date | None


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """One question with the council's answer in words."""

    question: Question
    text: str
    answers: tuple[str, ...]
    given: bool
    note: str
    proofs: tuple[Proof, ...]
    value: str
    how: str
    of: str
    weight: str
    why: str
    scored: bool


@dataclass(frozen=True, slots=True)
class OwnTheme:
    """A theme's questions and the workings of the measures over them."""

    theme: Theme
    name: str
    workings: tuple[Working, ...]
    answers: tuple[OwnAnswer, ...]


@dataclass(frozen=True, slots=True)
class OwnDimension:
    """A dimension's themes and the workings of the measures over it."""

    dimension: Dimension
    name: str
    workings: tuple[Working, ...]
    themes: tuple[OwnTheme, ...]


class Answers:
    """One assessment and its scorecard, laid out for reading."""

    def __init__(self, say: Speech, card: Scorecard, assessment: Assessment) -> None:
        self.say = say
        self.card = card
        self.assessment = assessment
        self.items = {i.item: i for i in card.items}
        self.planned = {i.id: i for i in say.scorer.plan.items}
        # What the scorer weighs a question with stands among a group's inputs; measures may change it.
        self.weights = {
            i.source: i.weight for s in reversed(card.scores) for i in s.inputs if i.source in self.items
        }
        self.not_asked = not_asked(say.scorer.plan, sheet_of(assessment, say.scorer.register))
        self.reasons = {k: a.reason for k, a in assessment.answers.items() if a.reason and a.not_applicable}

    def dimensions(self) -> tuple[OwnDimension, ...]:
        """Everything that was asked, in the questionnaire's order."""
        return tuple(
            OwnDimension(
                d,
                self.say.to(d.name),
                self._workings(("dimension",), (d.id,), self.say.to(d.name)),
                tuple(
                    OwnTheme(
                        t,
                        self.say.to(t.name),
                        self._workings(("dimension", "theme"), (d.id, t.id), self.say.to(t.name)),
                        tuple(self._answer(q) for q in t.questions),
                    )
                    for t in d.themes
                ),
            )
            for d in self.say.scorer.questionnaire.dimensions
        )

    def overall(self) -> tuple[Working, ...]:
        """The workings of measures over everything."""
        return self._workings((), (), "")

    def others(self) -> tuple[Working, ...]:
        """The workings of measures that group by anything else."""
        shown = ((), ("dimension",), ("dimension", "theme"))
        return tuple(
            self._working(s, self._other_name(s)) for s in self.card.scores if self._by(s) not in shown
        )

    def _by(self, score: Score) -> tuple[str, ...]:
        return self.say.scorer.rubric.measures[score.measure].by

    def _workings(self, by: tuple[str, ...], group: tuple[str, ...], name: str) -> tuple[Working, ...]:
        found = [s for s in self.card.scores if self._by(s) == by and s.group == group]
        if len(found) == 1 and name:
            return (self._working(found[0], name),)
        return tuple(self._working(s, " · ".join(filter(None, (name, self._measure_name(s))))) for s in found)

    def _measure_name(self, score: Score) -> str:
        return self.say.to(self.say.scorer.rubric.measures[score.measure].name)

    def _other_name(self, score: Score) -> str:
        return f"{self._measure_name(score)} · {self._group_name(score.measure, group_name(score.group))}"

    def _working(self, score: Score, name: str) -> Working:
        measure = self.say.scorer.rubric.measures[score.measure]
        return working(self.say, score, name, lambda source: self._source(measure.of, source), self.reasons)

    def _source(self, of: str, source: str) -> str:
        if of == "items":
            return self.say.to(self.say.scorer.questionnaire.questions[source].text)
        return self._group_name(of, source)

    def _group_name(self, measure: str, name: str) -> str:
        found = next(s for s in self.card.scores if s.measure == measure and group_name(s.group) == name)
        rule = self.say.scorer.rubric.measures[measure]
        return self.say.to(group_text(self.say.scorer.questionnaire, rule, found.group))

    def _answer(self, question: Question) -> OwnAnswer:
        answer = self.assessment.answers.get(question.id, Answer())
        asked = question.id not in self.not_asked
        item, planned = self.items.get(question.id), self.planned.get(question.id)
        rule = self.say.scorer.rubric.items.get(question.id)
        return OwnAnswer(
            question=question,
            text=self.say.to(question.text),
            answers=tuple(own_words(self.say, question, answer) if asked else [self.say.words("Not asked")]),
            given=answer.given and asked,
            note=answer.note or "",
            proofs=tuple(proof(e.text, e.date) for e in answer.evidence),
            value="" if item is None or item.value is None else exact(item.value, 9),
            how=how_worth(self.say, question, answer.value, item, planned),
            of="" if planned is None else exact(planned.most, 9),
            weight="" if item is None else exact(self.weights.get(question.id, item.weight), 9),
            why=self.say.to(rule.why) if rule and rule.why else "",
            scored=item is not None,
        )


def own_words(say: Speech, question: Question, answer: Answer) -> list[str]:
    """The answer as its question words it: one line, or one for each choice."""
    _ = say.words
    if answer.not_applicable:
        return [_("Not applicable: {reason}", reason=answer.reason) if answer.reason else _("Not applicable")]
    if answer.value is None:
        return [_("Not answered")]
    if isinstance(question, NumberQuestion):
        if answer.value == DONT_KNOW:
            return [_("Don't know")]
        if isinstance(answer.value, float | int):
            unit = say.to(question.number.unit)
            return [with_unit(exact(answer.value, 6), unit)]
    options: Mapping[str, str] = {o.id: say.to(o.text) for o in question.choices}
    chosen = answer.value if isinstance(answer.value, tuple) else (str(answer.value),)
    return [options.get(choice, choice) for choice in chosen]


def proof(text: str, date: dt.date | None) -> Proof:
    """Evidence: an address at its start becomes a link, and nothing else does."""
    if not text.startswith(("https://", "http://")):
        return Proof("", text, date)
    return Proof(text.split()[0], text, date)
