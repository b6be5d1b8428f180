"""An entry either says where answers go, and how, or that they have nowhere to go."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import MovedSubject
from maturity.models.problem import Kind, Problem

NOWHERE = Kind(
    "M015",
    "error",
    "The entry does not say where the answer goes.",
    "Add 'to:' with the later question, or 'dropped: true' if there is none.",
)
DROPPED = Kind(
    "M016",
    "error",
    "'{key}' means nothing beside 'dropped'.",
    "Delete one of the two: what is dropped goes nowhere, and is kept aside as it was.",
)
SEVERAL_WAYS = Kind(
    "M017",
    "error",
    "'{key}' stands beside '{other}', and only one of them can say what becomes of the answer.",
    "Keep one; 'rules' can say all that the others can.",
)
BOTH = Kind(
    "M018",
    "error",
    "'{question}' is said to be dropped, and another entry carries it over.",
    "Delete one of the two.",
)
WAYS = ("options", "bands", "rules")


def check(subject: MovedSubject) -> Iterator[Problem]:
    document, changes = subject.document, subject.migration.changes
    carried = {question for change in changes if change.to is not None for question in change.from_}
    for i, change in enumerate(changes):
        loc = ("changes", i)
        ways = [key for key in WAYS if getattr(change, key) is not None]
        if change.dropped:
            beside = ["to"] * (change.to is not None) + ways
            for key in beside:
                yield document.key_problem(DROPPED, (*loc, key), key=key)
            for j, question in enumerate(change.from_):
                if question in carried and not beside:
                    yield document.problem(BOTH, (*loc, "from", j), question=question)
            continue
        if change.to is None:
            yield document.problem(NOWHERE, loc)
        for key in ways[1:]:
            yield document.key_problem(SEVERAL_WAYS, (*loc, key), key=key, other=ways[0])
