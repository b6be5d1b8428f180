"""Bands ascend from a lowest that every score reaches, without two that start at the same number."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import ValuedSubject
from maturity.checks.wording import listed
from maturity.models.problem import Kind, Problem

ORDER = Kind(
    "R040",
    "error",
    "This band starts at {start}, which is not above the one before it ({before}).",
    "Order the bands by 'from', each greater than the one before: bands neither overlap nor leave holes.",
)
TWICE = Kind("R041", "error", "A band before this one has the id '{id}' too.", "Give each band its own id.")
UNUSED = Kind(
    "R042",
    "warning",
    "No measure uses the bands '{bands}'.",
    "Delete them, or write 'bands: {bands}' in a measure.",
)
UNREACHED = Kind(
    "R043",
    "error",
    "The lowest band starts at {start}, and scores can be as low as {least}.",
    "Start the lowest band at {least} or below.",
)
EMPTY = Kind("R044", "error", "There is no band in '{bands}'.", "Add one, or delete '{bands}'.")
UNKNOWN_DIMENSION = Kind(
    "R045",
    "error",
    "The questionnaire has no dimension '{dimension}'.",
    "Choose from: {dimensions}; or delete this description.",
)


NOT_DESCRIBED = Kind(
    "R046",
    "warning",
    "'{band}' is described for other dimensions, and not for '{dimension}'.",
    "Add '{dimension}:' here, or check that the file was not cut off.",
)


def check(subject: ValuedSubject) -> Iterator[Problem]:
    document, rubric = subject.document, subject.rubric
    bound_to = {m: measure.bands for m, measure in rubric.measures.items() if measure.bands}
    used, low = set(bound_to.values()), subject.worths.lowest
    for name, bands in rubric.bands.items():
        loc = ("bands", name)
        if name not in used:
            yield document.key_problem(UNUSED, loc, bands=name)
        if not bands:
            yield document.problem(EMPTY, loc, bands=name)
        least = min((low[m] for m, bound in bound_to.items() if bound == name and m in low), default=None)
        if bands and least is not None and bands[0].from_ > least:
            yield document.problem(
                UNREACHED, (*loc, 0, "from"), start=f"{bands[0].from_:g}", least=f"{least:g}"
            )
        yield from _dimensions(subject, name)
        seen = {bands[0].id} if bands else set()
        for i in range(1, len(bands)):
            before, start = bands[i - 1].from_, bands[i].from_
            if start <= before:
                yield document.problem(ORDER, (*loc, i, "from"), start=f"{start:g}", before=f"{before:g}")
            if bands[i].id in seen:
                yield document.problem(TWICE, (*loc, i, "id"), id=bands[i].id)
            seen.add(bands[i].id)


def _dimensions(subject: ValuedSubject, name: str) -> Iterator[Problem]:
    if subject.questionnaire is None:
        return
    document, known = subject.document, [dimension.id for dimension in subject.questionnaire.dimensions]
    for i, band in enumerate(subject.rubric.bands[name]):
        loc = ("bands", name, i, "for_dimension")
        for dimension in known if band.for_dimension else ():
            if dimension not in band.for_dimension:
                yield document.key_problem(NOT_DESCRIBED, loc, band=band.id, dimension=dimension)
        for dimension in band.for_dimension:
            if dimension not in known:
                about = {"dimension": dimension, "dimensions": listed(known)}
                yield document.key_problem(UNKNOWN_DIMENSION, (*loc, dimension), **about)
