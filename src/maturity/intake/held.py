"""A set of answers as scoring looks at it, held small: thousands of them lie in memory at once.

All share the questions' names and their answers, but for what is in somebody's own words. What is
asked of all of them, such as their period, is at hand; an assessment is made of them when one is scored.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache
from sys import intern
from typing import Any, Literal, cast

from maturity.models.assessment import ASSESSMENT_FORMAT, Answer, Assessment, QuestionnaireRef, Respondent
from maturity.scoring.score import answers_digest

MOST_KEPT = 5_000
SHORT = 60
"""Characters of an option's id, at most, or so: longer answers are somebody's own words, and do not come again."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of one set of answers. `digest` is that of the whole of them; notes, evidence and what people agreed
    on are not held."""

    questionnaire: QuestionnaireRef
    organisation: str
    period: str
    status: Literal["draft", "submitted"]
    made_up: bool
    role: str | None
    digest: str
    questions: tuple[str, ...]
    said: tuple[Answer | str, ...]
    """For each question the answer that all share who gave it; words alone where they are somebody's own."""

    @classmethod
    def of(cls, whole: Assessment) -> Held:
        return cls(
            questionnaire=_reference(whole.questionnaire.id, whole.questionnaire.version),
            organisation=_one(whole.organisation),
            period=_one(whole.period),
            status=whole.status,
            made_up=whole.made_up,
            role=whole.respondent.role if whole.respondent else None,
            digest=answers_digest([whole]),
            questions=tuple(map(intern, whole.answers)),
            said=tuple(map(_held, whole.answers.values())),
        )

    @property
    def given(self) -> bool:
        """Whether any answer was given, 'not applicable' included."""
        return any(one.given if isinstance(one, Answer) else True for one in self.said)

    def assessment(self) -> Assessment:
        """The answers, each with its value, or with why it does not apply."""
        return Assessment.model_construct(
            format=ASSESSMENT_FORMAT,
            questionnaire=self.questionnaire,
            organisation=self.organisation,
            period=self.period,
            respondent=Respondent(role=self.role) if self.role else None,
            status=self.status,
            made_up=self.made_up,
            answers=dict(zip(self.questions, self._answers(), strict=True)),
        )

    def _answers(self) -> Iterable[Answer]:
        # Most have nothing in words of their own.
        return (
            map(_answer, self.said) if str in map(type, self.said) else cast("tuple[Answer, ...]", self.said)
        )

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        # Values travel faster than answers.
        said = [one.value if isinstance(one, Answer) and _plain(one) else one for one in self.said]
        return _arrived, (*(getattr(self, field.name) for field in fields(self)[:-1]), said)


def _arrived(*parts: Any) -> Held:
    """From another process, whose words are not this one's."""
    questionnaire, organisation, period, status, made_up, role, digest, questions, said = parts
    return Held(
        _reference(questionnaire.id, questionnaire.version),
        *(_one(organisation), _one(period), _one(status), made_up, role, digest),
        tuple(map(intern, questions)),
        tuple([one if isinstance(one, Answer) else _of_value(_same(one)) for one in said]),
    )


def _held(answer: Answer) -> Answer | str:
    """What is held of an answer. In a table the same answer of thousands of councils is one thing in memory: it is looked
    at once. What is kept holds the answer too, so that nothing else can come to lie in its place."""
    known = _HELD.get(id(answer))
    if known is None:
        if len(_HELD) >= MOST_KEPT:
            _HELD.clear()
        known = _HELD[id(answer)] = (_said(answer), answer)
    return known[0]


_HELD: dict[int, tuple[Answer | str, Answer]] = {}


def _said(answer: Answer) -> Answer | str:
    if _plain(answer):
        return _of_value(answer.value)
    return Answer(not_applicable=answer.not_applicable, value=answer.value, reason=answer.reason)


def _plain(answer: Answer) -> bool:
    """Whether scoring looks at nothing but its value."""
    return not answer.not_applicable and answer.reason is None


def _of_value(value: Any) -> Answer | str:
    return value if type(value) is str and len(value) > SHORT else _shared(value)


def _answer(said: Answer | str) -> Answer:
    return Answer.model_construct(value=said) if type(said) is str else cast("Answer", said)


def _same(value: Any) -> Any:
    """The same choices of thousands of councils are one thing in memory."""
    return tuple(map(_one, value)) if isinstance(value, tuple) else value


@lru_cache(maxsize=MOST_KEPT, typed=True)
def _shared(value: Any) -> Answer:
    return Answer.model_construct(value=value)


@lru_cache(maxsize=MOST_KEPT)
def _one(value: Any) -> Any:
    return value


@lru_cache(maxsize=100)
def _reference(name: str, version: str) -> QuestionnaireRef:
    return QuestionnaireRef(id=name, version=version)
