"""Every scale that is defined is used."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import ValuedSubject
from maturity.models.problem import Kind, Problem

UNUSED = Kind(
    "R020", "warning", "No item uses the scale '{scale}'.", "Delete it, or write 'scale: {scale}' in an item."
)


def check(subject: ValuedSubject) -> Iterator[Problem]:
    used = {item.scale for item in subject.rubric.items.values() if isinstance(item.scale, str)}
    for scale in subject.rubric.scales:
        if scale not in used:
            yield subject.document.key_problem(UNUSED, ("scales", scale), scale=scale)
