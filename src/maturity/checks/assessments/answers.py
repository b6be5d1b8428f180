"""Every answer is to a question that is asked, and is an answer that the question can have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maturity.checks.answers import (
    EXCLUSIVE,
    NO_REASON,
    NOT_OFFERED,
    REASON_ALONE,
    TWICE,
    UNKNOWN_OPTION,
    misfits,
)
from maturity.checks.subjects import AnsweredSubject
from maturity.checks.wording import did_you_mean
from maturity.models.assessment import Answer
from maturity.models.problem import Kind, Problem

NOT_AT_HAND = Kind(
    "A001",
    "error",
    "Questionnaire '{questionnaire}' is not at hand, so the answers cannot be read.",
    "Correct its id and version ('maturity list' shows what is bundled), or name its file together with this one.",
)
NOT_ASKED = Kind(
    "A002",
    "error",
    "'{found}' is not a question of {questionnaire}.",
    "Correct the id or delete the answer.{hint}",
)


def check(subject: AnsweredSubject) -> Iterator[Problem]:
    document, wanted = subject.document, subject.assessment.questionnaire
    name = f"{wanted.id}@{wanted.version}"
    if subject.questionnaire is None:
        yield document.problem(NOT_AT_HAND, ("questionnaire",), questionnaire=name)
        return
    questions = subject.questionnaire.questions
    for question_id, answer in subject.assessment.answers.items():
        loc = ("answers", question_id)
        question = questions.get(question_id)
        if question is None:
            hint = did_you_mean(question_id, questions)
            yield document.key_problem(NOT_ASKED, loc, found=question_id, questionnaire=name, hint=hint)
            continue
        for kind, details in misfits(question, answer):
            if kind in (NOT_OFFERED, NO_REASON):
                place = document.place((*loc, "not_applicable"), at_key=True)
            elif kind is REASON_ALONE:
                place = document.place((*loc, "reason"), at_key=True)
            else:
                value = (*loc, "value") if document.stands((*loc, "value")) else loc
                place = document.place((*value, *_position(kind, answer, details)))
            yield Problem(kind, place, details)


def _position(kind: Kind, answer: Answer, details: Mapping[str, object]) -> tuple[int, ...]:
    """Which of several options the problem is with."""
    if not isinstance(answer.value, tuple) or kind not in (UNKNOWN_OPTION, TWICE, EXCLUSIVE):
        return ()
    first = answer.value.index(str(details["found"]))
    return (answer.value.index(str(details["found"]), first + 1) if kind is TWICE else first,)
