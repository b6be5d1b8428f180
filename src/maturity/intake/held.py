"""A set of answers as scoring looks at it, held small: thousands of them lie in memory at once.

All share the questions' names and the options; an answer is a plain value where nothing more is said of it. What is
asked of all of them, such as their period, is at hand; an assessment is made of them when one is scored.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Literal

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
    said: tuple[Any, ...]
    """An answer's value for each question; an `Answer` where it is more than a value."""

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
            questions=tuple(map(_one, whole.answers)),
            said=tuple([_said(answer) for answer in whole.answers.values()]),
        )

    @property
    def given(self) -> bool:
        """Whether any answer was given, 'not applicable' included."""
        return any(one.given if isinstance(one, Answer) else one is not None for one in self.said)

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
            answers=dict(zip(self.questions, [_answer(one) for one in self.said], strict=True)),
        )

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return _arrived, tuple(getattr(self, field.name) for field in fields(self))


def _arrived(*parts: Any) -> Held:
    """From another process, whose words are not this one's."""
    questionnaire, organisation, period, status, made_up, role, digest, questions, said = parts
    return Held(
        _reference(questionnaire.id, questionnaire.version),
        *(_one(organisation), _one(period), _one(status), made_up, role, digest),
        tuple(map(_one, questions)),
        tuple(map(_same, said)),
    )


def _said(answer: Answer) -> Any:
    if answer.not_applicable or answer.reason is not None:
        return Answer(not_applicable=answer.not_applicable, value=answer.value, reason=answer.reason)
    return _same(answer.value)


def _same(value: Any) -> Any:
    """The same short value of thousands of councils is one thing in memory."""
    if isinstance(value, tuple):
        return _one(tuple(map(_one, value)))
    return (
        value if isinstance(value, Answer) or (isinstance(value, str) and len(value) > SHORT) else _one(value)
    )


def _answer(said: Any) -> Answer:
    if isinstance(said, Answer):
        return said
    long = isinstance(said, str) and len(said) > SHORT
    return Answer.model_construct(value=said) if long else _plain_answer(said)


@lru_cache(maxsize=MOST_KEPT, typed=True)
def _plain_answer(value: Any) -> Answer:
    return Answer.model_construct(value=value)


@lru_cache(maxsize=MOST_KEPT, typed=True)
def _one(value: Any) -> Any:
    return value


@lru_cache(maxsize=100)
def _reference(name: str, version: str) -> QuestionnaireRef:
    return QuestionnaireRef(id=name, version=version)
