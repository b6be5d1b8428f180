"""Every question is either scored or said not to be, and nothing is scored that is not asked."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from maturity.checks.subjects import ValuedSubject
from maturity.models.problem import Kind, Problem

NOT_AT_HAND = Kind("R001", "error", "Questionnaire '{id}' ({versions}) is not at hand, so the items cannot be checked.", "Name the questionnaire's file together with the rubric's, or correct 'questionnaire'.")
NOT_ASKED = Kind("R002", "error", "'{item}' is not a question of {questionnaire}.", "Correct the id or delete it.{hint}")
NOT_SCORED = Kind("R003", "error", "The question '{item}' is neither in 'items' nor in 'not_scored'.", "Say what its answers are worth under 'items', or list it under 'not_scored'.")
BOTH = Kind("R004", "error", "'{item}' is in 'items' and in 'not_scored'.", "Delete one of the two.")


def check(subject: ValuedSubject) -> Iterator[Problem]:
    rubric, questionnaire, document = subject.rubric, subject.questionnaire, subject.document
    if questionnaire is None:
        wanted = rubric.questionnaire
        yield document.problem(NOT_AT_HAND, ("questionnaire",), id=wanted.id, versions=wanted.versions)
        return
    named = [(item, ("items", item)) for item in rubric.items]
    named += [(item, ("not_scored", i)) for i, item in enumerate(rubric.not_scored)]
    for item, loc in named:
        if item not in questionnaire.questions:
            close = get_close_matches(item, questionnaire.questions, n=1)
            hint = f" Did you mean '{close[0]}'?" if close else ""
            about = f"{questionnaire.id}@{questionnaire.version}"
            yield document.problem(NOT_ASKED, loc, at_key=True, item=item, questionnaire=about, hint=hint)
    for question in questionnaire.questions.values():
        if question.id not in rubric.items and question.id not in rubric.not_scored and question.type != "text":
            yield document.problem(NOT_SCORED, ("items",), at_key=True, item=question.id)
    for i, item in enumerate(rubric.not_scored):
        if item in rubric.items:
            yield document.problem(BOTH, ("not_scored", i), item=item)
