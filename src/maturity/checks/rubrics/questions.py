"""Every question is either scored or said not to be, and nothing is scored that is not asked."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import ValuedSubject
from maturity.checks.wording import did_you_mean
from maturity.models.problem import Kind, Problem
from maturity.sources.yaml_reader import Loc, short

NOT_AT_HAND = Kind(
    "R001",
    "error",
    "Questionnaire '{id}' ({versions}) is not at hand, so the items cannot be checked.",
    "Name the questionnaire's file together with the rubric's, or correct 'questionnaire'.",
)
NOT_ASKED = Kind(
    "R002", "error", "'{item}' is not a question of {questionnaire}.", "Correct the id or delete it.{hint}"
)
NOT_SCORED = Kind(
    "R003",
    "error",
    "The question '{item}' is neither in 'items' nor in 'not_scored'.",
    "Say what its answers are worth under 'items', or list it under 'not_scored'.",
)
TWICE = Kind("R005", "error", "'{item}' stands under 'not_scored' twice.", "Delete one of the two.")
BOTH = Kind("R004", "error", "'{item}' is in 'items' and in 'not_scored'.", "Delete one of the two.")


def check(subject: ValuedSubject) -> Iterator[Problem]:
    rubric, questionnaire, document = subject.rubric, subject.questionnaire, subject.document
    if questionnaire is None:
        wanted = rubric.questionnaire
        yield document.problem(NOT_AT_HAND, ("questionnaire",), id=wanted.id, versions=short(wanted.versions))
        return
    named: list[tuple[str, Loc]] = [(item, ("items", item)) for item in rubric.items]
    named += [(item, ("not_scored", i)) for i, item in enumerate(rubric.not_scored)]
    for item, loc in named:
        if item not in questionnaire.questions:
            hint = did_you_mean(item, questionnaire.questions)
            about = f"{questionnaire.id}@{questionnaire.version}"
            yield document.key_problem(NOT_ASKED, loc, item=item, questionnaire=about, hint=hint)
    not_scored = set(rubric.not_scored)
    for question in questionnaire.questions.values():
        if question.id not in rubric.items and question.id not in not_scored and question.type != "text":
            yield document.key_problem(NOT_SCORED, ("items",), item=question.id)
    seen: set[str] = set()
    for i, item in enumerate(rubric.not_scored):
        if item in rubric.items:
            yield document.problem(BOTH, ("not_scored", i), item=item)
        elif item in seen:
            yield document.problem(TWICE, ("not_scored", i), item=item)
        seen.add(item)
