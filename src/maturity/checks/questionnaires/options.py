"""Options make sense together: 'none of these' only where several can be chosen, and not as the only choice."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import AskedSubject
from maturity.models.problem import Kind, Problem
from maturity.models.questionnaire import NumberQuestion, SeveralQuestion

EXCLUSIVE = Kind(
    "Q002",
    "error",
    "'exclusive' means nothing in '{id}', where only one option can be chosen.",
    "Delete 'exclusive'.",
)
ALL_EXCLUSIVE = Kind(
    "Q004",
    "error",
    "Every option of '{id}' rules out all others, so several can never be chosen.",
    "Keep 'exclusive' for 'none of these' alone, or make the question's type 'level'.",
)
RANGE = Kind(
    "Q003",
    "error",
    "In '{id}' the least number ({low}) is not below the greatest ({high}).",
    "Swap or correct 'min' and 'max'.",
)


def check(subject: AskedSubject) -> Iterator[Problem]:
    locs = subject.question_locs()
    for question in subject.questionnaire.questions.values():
        loc = locs[question.id]
        if isinstance(question, NumberQuestion):
            low, high = question.number.min, question.number.max
            if low is not None and high is not None and low >= high:
                yield subject.document.problem(
                    RANGE, (*loc, "number"), id=question.id, low=f"{low:g}", high=f"{high:g}"
                )
        elif isinstance(question, SeveralQuestion):
            if all(option.exclusive for option in question.options):
                yield subject.document.problem(ALL_EXCLUSIVE, (*loc, "options"), id=question.id)
        else:
            for i, option in enumerate(question.choices):
                if option.exclusive:
                    yield subject.document.key_problem(
                        EXCLUSIVE, (*loc, "options", i, "exclusive"), id=question.id
                    )
