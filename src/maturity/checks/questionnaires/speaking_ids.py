"""Ids have a letter: '2026', '1-2' and '2026-03-31' become numbers and dates in spreadsheets and in other YAML readers."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import AskedSubject
from maturity.models.problem import Kind, Problem
from maturity.sources.yaml_reader import Loc

NO_LETTER = Kind(
    "Q006",
    "warning",
    "The id '{id}' has no letter, so that spreadsheets take it for a number or a date.",
    "Give it a word that says what it stands for, as in 'year-2026'.",
)


def check(subject: AskedSubject) -> Iterator[Problem]:
    for name, loc in _ids(subject):
        if not any(character.isalpha() for character in name):
            yield subject.document.problem(NO_LETTER, (*loc, "id"), id=name)


def _ids(subject: AskedSubject) -> Iterator[tuple[str, Loc]]:
    questionnaire = subject.questionnaire
    yield questionnaire.id, ()
    for d, dimension in enumerate(questionnaire.dimensions):
        yield dimension.id, ("dimensions", d)
        for t, theme in enumerate(dimension.themes):
            yield theme.id, ("dimensions", d, "themes", t)
    for question, loc in subject.question_locs().items():
        yield question, loc
        for i, option in enumerate(questionnaire.questions[question].choices):
            yield option.id, (*loc, "options", i)
    for i, finding in enumerate(questionnaire.findings):
        yield finding.id, ("findings", i)
