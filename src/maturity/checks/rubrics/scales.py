"""Every scale that is defined is used, and each of its options by one question at least."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import ValuedSubject
from maturity.models.problem import Kind, Problem
from maturity.models.questionnaire import Questionnaire

UNUSED = Kind(
    "R020", "warning", "No item uses the scale '{scale}'.", "Delete it, or write 'scale: {scale}' in an item."
)
NO_QUESTION = Kind(
    "R105",
    "warning",
    "No question that is scored by '{scale}' has an option '{option}'.",
    "Correct its id or delete it; true, false, on and off are no ids of yes and no.",
)


def check(subject: ValuedSubject) -> Iterator[Problem]:
    used = {item.scale for item in subject.rubric.items.values() if isinstance(item.scale, str)}
    for scale in subject.rubric.scales:
        if scale not in used:
            yield subject.document.key_problem(UNUSED, ("scales", scale), scale=scale)
        elif subject.questionnaire is not None:
            yield from _options(subject, scale, subject.questionnaire)


def _options(subject: ValuedSubject, scale: str, questionnaire: Questionnaire) -> Iterator[Problem]:
    asked = [
        questionnaire.questions.get(name)
        for name, item in subject.rubric.items.items()
        if item.scale == scale
    ]
    if None in asked:
        # An item that is no question may be misspelt: which options it would have is not known.
        return
    there = {option.id for question in asked if question is not None for option in question.choices}
    for option in subject.rubric.scales[scale]:
        if there and option not in there:
            loc = ("scales", scale, option)
            yield subject.document.key_problem(NO_QUESTION, loc, scale=scale, option=option)
