"""Ids of dimensions, themes in a dimension, questions, options in a question and findings are each used once.

Ids that differ only in case, or in '-' and '_', count as the same: people mix them up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maturity.checks.subjects import AskedSubject
from maturity.models.problem import Kind, Problem
from maturity.sources.yaml_reader import Loc

TWICE = Kind(
    "Q001",
    "error",
    "The id '{id}' is used a second time; the first is on line {first}.",
    "Give one of the two another id.",
)


def check(subject: AskedSubject) -> Iterator[Problem]:
    questionnaire = subject.questionnaire
    questions: list[tuple[str, Loc]] = []
    yield from _twice(subject, ((d.id, ("dimensions", i)) for i, d in enumerate(questionnaire.dimensions)))
    yield from _twice(subject, ((f.id, ("findings", i)) for i, f in enumerate(questionnaire.findings)))
    for d, dimension in enumerate(questionnaire.dimensions):
        themes: Loc = ("dimensions", d, "themes")
        yield from _twice(subject, ((t.id, (*themes, i)) for i, t in enumerate(dimension.themes)))
        for t, theme in enumerate(dimension.themes):
            for q, question in enumerate(theme.questions):
                here: Loc = (*themes, t, "questions", q)
                questions.append((question.id, here))
                yield from _twice(
                    subject, ((o.id, (*here, "options", i)) for i, o in enumerate(question.choices))
                )
    yield from _twice(subject, questions)


def _twice(subject: AskedSubject, ids: Iterable[tuple[str, Loc]]) -> Iterator[Problem]:
    seen: dict[str, Loc] = {}
    for name, loc in ids:
        first = seen.setdefault(name.replace("_", "-"), loc)
        if first != loc:
            line = subject.document.place((*first, "id")).line
            yield subject.document.problem(TWICE, (*loc, "id"), id=name, first=line)
