"""Answers are to questions that are asked of this council and this person."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import AnsweredSubject
from maturity.models.problem import Kind, Problem
from maturity.scoring.conditions import left_out

NOT_ASKED = Kind(
    "A024",
    "warning",
    "'{question}' is not asked here, by the answers before it or by who answers: this answer does not count.",
    "Leave it, in case the question is asked again, or delete it; if it should count, check the answers that decide "
    "whether it is asked.",
)


def check(subject: AnsweredSubject) -> Iterator[Problem]:
    if subject.questionnaire is None:
        return
    assessment, questions = subject.assessment, subject.questionnaire.questions
    filters = [(q.id, q.asked_when) for q in questions.values() if q.asked_when is not None]
    if not filters:
        return
    found = subject.register.find(assessment.organisation)
    role = assessment.respondent.role if assessment.respondent else None
    answers = {question: answer.value for question, answer in assessment.answers.items()}
    for question in sorted(left_out(filters, answers, found.attributes if found else {}, role)):
        if question in assessment.answers and assessment.answers[question].given:
            yield subject.document.key_problem(NOT_ASKED, ("answers", question), question=question)
