"""Limits cap a measure that there is, on an item that can be below the threshold."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import ValuedSubject
from maturity.models.problem import Kind, Problem

UNKNOWN_MEASURE = Kind("R050", "error", "The limit '{limit}' caps '{measure}', which is not a measure.", "Choose from: {measures}.")
UNKNOWN_ITEM = Kind("R051", "error", "The limit '{limit}' looks at '{item}', which is not under 'items'.", "Correct the item's id.")
LOST_TAG = Kind("R052", "error", "The limit '{limit}' is for a '{tag}', and '{measure}' is not grouped by that.", "Choose from: {tags}.")
TWICE = Kind("R053", "error", "Two limits have the id '{limit}'.", "Give each its own id.")


def check(subject: ValuedSubject) -> Iterator[Problem]:
    rubric, document = subject.rubric, subject.document
    for i, limit in enumerate(rubric.limits):
        loc, about = ("limits", i), {"limit": limit.id, "measure": limit.measure}
        if limit.id in [other.id for other in rubric.limits[:i]]:
            yield document.problem(TWICE, (*loc, "id"), **about)
        if limit.when.item not in rubric.items:
            yield document.problem(UNKNOWN_ITEM, (*loc, "when", "item"), item=limit.when.item, **about)
        measure = rubric.measures.get(limit.measure)
        if measure is None:
            yield document.problem(UNKNOWN_MEASURE, (*loc, "measure"), measures=", ".join(rubric.measures), **about)
            continue
        for tag in limit.where:
            if tag not in measure.by:
                tags = ", ".join(measure.by) or "none: it is the whole"
                yield document.problem(LOST_TAG, (*loc, "where", tag), at_key=True, tag=tag, tags=tags, **about)
