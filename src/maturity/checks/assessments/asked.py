"""Answers are to questions that are asked of this council and this person."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import AnsweredSubject
from maturity.models.assessment import Assessment
from maturity.models.problem import Kind, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Register
from maturity.scoring.conditions import left_out

NOT_ASKED = Kind(
    "A024",
    "warning",
    "'{question}' is not asked here, by the answers before it or by who answers: this answer does not count.",
    "Keep it, in case the question is asked again, or delete it; if it should count, check the answers that decide "
    "whether it is asked.",
)


def check(subject: AnsweredSubject) -> Iterator[Problem]:
    if subject.questionnaire is None:
        return
    for question in not_asked(subject.assessment, subject.questionnaire, subject.register):
        yield subject.document.key_problem(NOT_ASKED, ("answers", question), question=question)


def not_asked(assessment: Assessment, questionnaire: Questionnaire, register: Register) -> list[str]:
    """The questions that are answered though they are not asked, by id; their answers do not count."""
    questions = questionnaire.questions
    filters = [(q.id, q.asked_when) for q in questions.values() if q.asked_when is not None]
    if not filters:
        return []
    found = register.find(assessment.organisation)
    role = assessment.respondent.role if assessment.respondent else None
    answers = {question: answer.value for question, answer in assessment.answers.items()}
    left = left_out(filters, answers, found.attributes if found else {}, role)
    return sorted(q for q in left if q in assessment.answers and assessment.answers[q].given)
