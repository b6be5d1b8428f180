"""Only one entry leads to a question: what was merged stands in one entry."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import MovedSubject
from maturity.models.problem import Kind, Problem

TWICE = Kind(
    "M019",
    "error",
    "An entry before this one leads to '{question}' too.",
    "Put all questions that were merged into one entry: 'from: [{both}]'.",
)
BY_ITSELF = Kind(
    "M020",
    "error",
    "'{question}' is asked in both versions, and its answer goes there by itself.",
    "Add it under 'from' if the two were merged, or give it an entry of its own.",
)


def check(subject: MovedSubject) -> Iterator[Problem]:
    document, changes = subject.document, subject.migration.changes
    named = {question for change in changes for question in change.from_}
    first: dict[str, tuple[str, ...]] = {}
    for i, change in enumerate(changes):
        if change.to is None:
            continue
        loc = ("changes", i, "to")
        if change.to in first:
            both = ", ".join(dict.fromkeys((*first[change.to], *change.from_)))
            yield document.problem(TWICE, loc, question=change.to, both=both)
        elif change.to in subject.asked and change.to not in named:
            yield document.problem(BY_ITSELF, loc, question=change.to)
        first.setdefault(change.to, change.from_)
