"""The measure that stands for all, where a rubric names one, is a number about the whole."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import ValuedSubject
from maturity.checks.wording import listed
from maturity.models.problem import Kind, Phrase, Problem

NO_HEADLINE = Kind(
    "R104",
    "error",
    "'{headline}' cannot stand for all: it is no measure of the whole with a number.",
    "Name a measure without 'by' that is not a distribution: {known}.",
)


def check(subject: ValuedSubject) -> Iterator[Problem]:
    rubric = subject.rubric
    whole = [name for name, m in rubric.measures.items() if not m.by and m.reduce != "distribution"]
    if rubric.headline is not None and rubric.headline not in whole:
        details = {"headline": rubric.headline, "known": listed(whole, Phrase("there is none"))}
        yield subject.document.problem(NO_HEADLINE, ("headline",), **details)
