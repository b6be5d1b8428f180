"""No option reads like another of its question, and no question like another of its theme: nobody could tell them apart.

Case and punctuation make no difference to a reader, and so none here. In another theme the same question can be meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import AskedSubject
from maturity.checks.texts import repeated
from maturity.models.problem import Kind, Problem
from maturity.models.questionnaire import Question, YesNoQuestion
from maturity.models.text import Text
from maturity.sources.yaml_reader import Loc

OPTION = Kind(
    "Q007",
    "warning",
    "This option of '{id}' reads like the one on line {first}.",
    "Say what sets the two apart, or delete one.",
)
QUESTION = Kind(
    "Q008",
    "warning",
    "This question reads like the one on line {first}.",
    "Say what sets the two apart, or delete one.",
)


def check(subject: AskedSubject) -> Iterator[Problem]:
    document, locs = subject.document, subject.question_locs()
    for dimension in subject.questionnaire.dimensions:
        for theme in dimension.themes:
            for here, there in repeated(((*locs[q.id], "text"), q.text) for q in theme.questions):
                yield document.problem(QUESTION, here, first=document.place(there).line)
    for question in subject.questionnaire.questions.values():
        for here, there in repeated(_options(question, locs[question.id])):
            yield document.problem(OPTION, here, id=question.id, first=document.place(there).line)


def _options(question: Question, loc: Loc) -> Iterator[tuple[Loc, Text]]:
    if isinstance(question, YesNoQuestion):
        yield (*loc, "yes"), question.yes
        yield (*loc, "no"), question.no
        return
    for i, option in enumerate(question.choices):
        yield (*loc, "options", i, "text"), option.text
