"""Every answer is to a question that is asked, and is an answer that the question can have."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from maturity.checks.answers import misfits
from maturity.checks.subjects import AnsweredSubject
from maturity.models.problem import Kind, Problem

NOT_AT_HAND = Kind("A001", "error", "Questionnaire '{questionnaire}' is not at hand, so the answers cannot be read.", "Correct its id and version: 'maturity list' shows what is bundled. Or name its file with -q.")
NOT_ASKED = Kind("A002", "error", "'{found}' is not a question of {questionnaire}.", "Correct the id or delete the answer.{hint}")


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
            close = get_close_matches(question_id, questions, n=1)
            hint = f" Did you mean '{close[0]}'?" if close else ""
            yield document.problem(NOT_ASKED, loc, at_key=True, found=question_id, questionnaire=name, hint=hint)
            continue
        for kind, details in misfits(question, answer):
            yield Problem(kind, document.place((*loc, "value")), details)
