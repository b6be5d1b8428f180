"""The interview as pure steps: each takes a state and gives a new one; no terminal, no files, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, Self

from pydantic import ValidationError

from maturity.checks.answers import misfits
from maturity.models.assessment import Answer, Evidence
from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem
from maturity.models.questionnaire import Dimension, Question, Questionnaire, Theme
from maturity.models.text import Language
from maturity.scoring.conditions import left_out

UNFIT = Kind("G010", "error", "This cannot be kept as an answer: {reason}.", "Shorten or correct it.")
NO_DIMENSION = Kind("G011", "error", "The questionnaire has no dimension '{found}'.", "It has: {known}.")
NOTHING_ASKED = Kind(
    "G012",
    "error",
    "The interview is at its end: no question is being asked.",
    "Go back, or to another question.",
)


NOT_BEFORE = Kind(
    "G013",
    "error",
    "There is no answer of last period to confirm here.",
    "Answer the question.",
)


class StepError(MaturityError):
    """A step that cannot be taken from here; the state that it was tried on still holds."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an interview is: question `number` (from 1) of `of`, with `answered` of them answered."""

    dimension: Dimension
    theme: Theme
    number: int
    of: int
    answered: int


@dataclass(frozen=True)
class Interview:
    """A questionnaire being answered.

    `position` counts questions from 0; at the number of questions, the end, nothing is asked. `trail` holds the
    positions that were visited, so that *back* leads to what was last seen and not only to the question above.
    Notes and evidence stay when the answer beside them changes; no step deletes an answer. Questions that are not asked
    of this organisation and person are passed over; which they are is decided anew after each answer.

    `previous` has last period's answers, none of which counts before it is confirmed. `only` is the id of the one
    dimension that is asked; answers to others are kept. While `reviewing`, the step that answers leads back to the end,
    where the review is. `submitted` says that these answers were submitted, by whom in `submitter`; any change of them
    makes it a draft again.
    """

    questionnaire: Questionnaire
    answers: Mapping[str, Answer] = field(default_factory=dict)
    position: int = 0
    language: Language = "en"
    trail: tuple[int, ...] = ()
    organisation: Mapping[str, object] = field(default_factory=dict)
    role: str | None = None
    previous: Mapping[str, Answer] = field(default_factory=dict)
    only: str | None = None
    reviewing: bool = False
    submitted: bool = False
    submitter: str | None = None

    @classmethod
    def resume(
        cls,
        questionnaire: Questionnaire,
        answers: Mapping[str, Answer],
        language: Language,
        *,
        organisation: Mapping[str, object] = MappingProxyType({}),
        role: str | None = None,
        previous: Mapping[str, Answer] = MappingProxyType({}),
        only: str | None = None,
    ) -> Self:
        """An interview at its first unanswered question, or at the end if there is none.

        `organisation` has the attributes that conditions can look at, `role` is that of who answers. Raises StepError
        where there is no dimension `only`.
        """
        kept, before = MappingProxyType(dict(answers)), MappingProxyType(dict(previous))
        interview = cls(
            questionnaire, kept, 0, language, organisation=organisation, role=role, previous=before, only=only
        )
        if not interview._walk:
            raise interview._no_dimension(str(only))
        return replace(interview, position=interview.next_unanswered())

    # What there is to see

    @cached_property
    def _walk(self) -> tuple[tuple[Dimension, Theme, Question], ...]:
        walk = self.questionnaire.walk()
        return tuple(step for step in walk if self.only in (None, step[0].id))

    @cached_property
    def _silent(self) -> frozenset[int]:
        """Positions of questions that are not asked, by the answers so far; answers to them are kept."""
        asked = self.questionnaire.questions.values()
        filters = [
            (question.id, question.asked_when) for question in asked if question.asked_when is not None
        ]
        values = {question: answer.value for question, answer in self.answers.items()}
        gone = left_out(filters, values, self.organisation, self.role) if filters else set()
        return frozenset(p for p, (_, _, question) in enumerate(self._walk) if question.id in gone)

    @property
    def end(self) -> int:
        """The position behind the last question."""
        return len(self._walk)

    @property
    def question(self) -> Question | None:
        """What is being asked; None at the end."""
        return self._walk[self.position][2] if self.position < self.end else None

    @property
    def current(self) -> Answer:
        """What is already there for the question being asked, perhaps only a note, perhaps nothing."""
        question = self.question
        return (self.answers.get(question.id) if question else None) or Answer()

    @property
    def before(self) -> Answer | None:
        """Last period's answer to the question being asked, while it has none of this period."""
        question = self.question
        held = self.previous.get(question.id) if question and not self.current.given else None
        return held if held is not None and held.given else None

    @cached_property
    def asked(self) -> tuple[int, ...]:
        """The positions of all questions that are asked, by the answers so far."""
        return tuple(p for p in range(self.end) if p not in self._silent)

    @property
    def fallen(self) -> tuple[int, ...]:
        """The positions of questions that have an answer and are not asked any more: kept, but not counted."""
        return tuple(p for p in sorted(self._silent) if self._given(p))

    def at(self, position: int) -> tuple[Question, Answer]:
        """The question at a position, and what is there for it."""
        question = self._walk[position][2]
        return question, self.answers.get(question.id) or Answer()

    def dimension_of(self, position: int) -> Dimension:
        """The dimension that the question at a position belongs to."""
        return self._walk[position][0]

    @property
    def answered(self) -> int:
        """How many of the questions asked have an answer, 'not applicable' included."""
        return sum(map(self._given, self.asked))

    @property
    def progress(self) -> Progress | None:
        """Where we are; None at the end."""
        if self.question is None:
            return None
        dimension, theme, _ = self._walk[self.position]
        here = sum(p <= self.position for p in self.asked)
        return Progress(dimension, theme, here, len(self.asked), self.answered)

    def next_unanswered(self, start: int = 0) -> int:
        """The first position from `start` on without an answer, or the end."""
        silent = self._silent
        return next((p for p in range(start, self.end) if p not in silent and not self._given(p)), self.end)

    def tally(self, dimension: Dimension) -> tuple[int, int]:
        """How many of a dimension's questions are answered, and how many it has."""
        own = [p for p in self.asked if self._walk[p][0].id == dimension.id]
        return sum(self._given(p) for p in own), len(own)

    # Steps

    def answer(self, value: str | float | tuple[str, ...]) -> Self:
        """Answers and goes on. Raises StepError where `value` is no answer to the question."""
        if self.before is not None and _same(self.before.value, value):
            return self.confirm()
        return self._kept(value=value, not_applicable=False, reason=None)._onward(self.current.given)

    def confirm(self) -> Self:
        """Answers as last period, with its note and evidence, and goes on. Raises StepError where there is nothing."""
        if self.before is None:
            raise StepError(Problem(NOT_BEFORE, Place(self.questionnaire.id)))
        kept, current = dict(self.before), self.current
        note, evidence = current.note or self.before.note, (*self.before.evidence, *current.evidence)
        return self._kept(**kept | {"note": note, "evidence": evidence, "sure": current.sure})._onward(False)

    def not_applicable(self, reason: str) -> Self:
        """Says that the question does not apply, and why, and goes on. Raises StepError."""
        return self._kept(value=None, not_applicable=True, reason=reason)._onward(self.current.given)

    def skip(self) -> Self:
        """Goes on without answering; an earlier answer stays."""
        return self if self.question is None else self._onward(self.current.given)

    def back(self) -> Self:
        """To the question seen before, or to the one above where none was; stays at the first."""
        trail = self.trail
        while trail and trail[-1] in self._silent:
            trail = trail[:-1]
        if trail:
            return self._moved(trail[-1], trail[:-1])
        above = (p for p in range(self.position - 1, -1, -1) if p not in self._silent)
        return self._moved(next(above, self.position), ())

    def note(self, text: str) -> Self:
        """Keeps a note beside the answer, and stays; an empty one takes the note away. Raises StepError."""
        return self._kept(note=text.strip() or None)

    def evidence(self, text: str, date: dt.date | None = None, instead_of: int | None = None) -> Self:
        """Adds evidence to the answer, or puts it `instead_of` the piece of that number, and stays. Raises StepError."""
        try:
            piece = Evidence(text=text, date=date)
        except ValidationError as error:
            raise self._refusal(error) from None
        pieces = [*self.current.evidence]
        at = len(pieces) if instead_of is None else instead_of
        pieces[at : at + 1] = [piece]
        return self._kept(evidence=tuple(pieces))

    def without_evidence(self, number: int) -> Self:
        """Takes the piece of evidence of that number (from 0) away, and stays. Raises StepError."""
        return self._kept(evidence=tuple(p for n, p in enumerate(self.current.evidence) if n != number))

    def sure(self, level: Literal["sure", "fairly", "unsure"]) -> Self:
        """Says how sure the answer is, and stays. Raises StepError."""
        return self._kept(sure=level)

    def jump(self, dimension: str) -> Self:
        """To a dimension's first unanswered question, or its first if all are answered. Raises StepError."""
        own = [p for p, (d, _, _) in enumerate(self._walk) if d.id == dimension and p not in self._silent]
        own = own or [p for p, (d, _, _) in enumerate(self._walk) if d.id == dimension]
        if not own:
            raise self._no_dimension(dimension)
        return self.go_to(next((p for p in own if not self._given(p)), own[0]))

    def go_to(self, position: int) -> Self:
        """To a position, or the first behind it whose question is asked; held within the questionnaire and its end."""
        position = min(max(0, position), self.end)
        while position in self._silent:
            position += 1
        return self._moved(position, (*self.trail, self.position))

    def review(self) -> Self:
        """To the end, where everything can be looked at again."""
        return self if self.question is None else self.go_to(self.end)

    def edit(self, position: int) -> Self:
        """To one question out of the review; its answer, or skipping it, leads back there."""
        return replace(self.go_to(position), reviewing=True)

    def submit(self, name: str | None = None) -> Self:
        """Says that these are the answers, by whom if that is told."""
        return replace(self, submitted=True, submitter=name)

    def speak(self, language: Language) -> Self:
        """The same question in another language."""
        return replace(self, language=language)

    # How

    def _given(self, position: int) -> bool:
        answer = self.answers.get(self._walk[position][2].id)
        return answer is not None and answer.given

    def _onward(self, again: bool) -> Self:
        """After a new answer to the next open question; after a changed one (a review) to the one below."""
        if self.reviewing:
            return self.go_to(self.end)
        below = self.position + 1
        return self.go_to(below if again else self.next_unanswered(below))

    def _moved(self, position: int, trail: tuple[int, ...]) -> Self:
        reviewing = self.reviewing and position < self.end
        return replace(self, position=position, trail=trail, reviewing=reviewing)

    def _kept(self, **changes: Any) -> Self:
        question = self.question
        if question is None:
            raise StepError(Problem(NOTHING_ASKED, Place(self.questionnaire.id)))
        try:
            answer = Answer.model_validate(dict(self.current) | changes)
        except ValidationError as error:
            raise self._refusal(error) from None
        problems = [Problem(kind, Place(question.id), details) for kind, details in misfits(question, answer)]
        if problems:
            raise StepError(*problems)
        answers = {**self.answers, question.id: answer}
        # In the questionnaire's order, so that the file reads like it however the person went through.
        order = {id: p for p, id in enumerate(self.questionnaire.questions)}
        in_order = dict(sorted(answers.items(), key=lambda item: order.get(item[0], len(order))))
        return replace(self, answers=MappingProxyType(in_order), submitted=False, submitter=None)

    def _no_dimension(self, found: str) -> StepError:
        known = ", ".join(d.id for d in self.questionnaire.dimensions)
        return StepError(
            Problem(NO_DIMENSION, Place(self.questionnaire.id), {"found": found, "known": known})
        )

    def _refusal(self, error: ValidationError) -> StepError:
        place = Place(self.question.id if self.question else self.questionnaire.id)
        found = error.errors(include_url=False)
        # A value may have several types, of which text is the one that can be too long.
        most = next((e["ctx"]["max_length"] for e in found if e["type"] == "string_too_long"), None)
        msg = found[0]["msg"]
        reason = (
            msg[0].lower() + msg[1:] if most is None else Phrase("it is longer than {n} characters", n=most)
        )
        return StepError(Problem(UNFIT, place, {"reason": reason}))


def _same(one: object, other: object) -> bool:
    """Whether two values say the same; several options do so in any order."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    return one == other
