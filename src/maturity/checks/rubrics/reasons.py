"""A weight other than 1 says why: whoever reads the score must be able to judge it."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import ValuedSubject
from maturity.models.problem import Kind, Problem

NO_REASON = Kind(
    "R103",
    "warning",
    "'{item}' weighs {weight}, and nothing says why.",
    "Add 'why:' with the reason in a sentence, or delete the weight.",
)


def check(subject: ValuedSubject) -> Iterator[Problem]:
    for name, item in subject.rubric.items.items():
        if item.weight != 1 and item.why is None:
            details = {"item": name, "weight": f"{item.weight:g}"}
            yield subject.document.problem(NO_REASON, ("items", name, "weight"), **details)
