"""Bands ascend from a lowest that every score reaches, without two that start at the same number."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import ValuedSubject
from maturity.models.problem import Kind, Problem

ORDER = Kind("R040", "error", "This band starts at {start}, which is not above the one before it ({before}).", "Order the bands by 'from', each greater than the one before: bands neither overlap nor leave holes.")
TWICE = Kind("R041", "error", "Two bands have the id '{id}'.", "Give each its own id.")
UNUSED = Kind("R042", "warning", "No measure uses the bands '{bands}'.", "Delete them, or use them.")
UNREACHED = Kind("R043", "error", "The lowest band starts at {start}, and scores can be as low as {least}.", "Start the lowest band at {least} or below.")


def check(subject: ValuedSubject) -> Iterator[Problem]:
    document, rubric = subject.document, subject.rubric
    used = {measure.bands for measure in rubric.measures.values()}
    least = _least(subject)
    for name, bands in rubric.bands.items():
        loc = ("bands", name)
        if name not in used:
            yield document.problem(UNUSED, loc, at_key=True, bands=name)
        if bands and least is not None and bands[0].from_ > least:
            yield document.problem(UNREACHED, (*loc, 0, "from"), start=f"{bands[0].from_:g}", least=f"{least:g}")
        for i in range(1, len(bands)):
            before, start = bands[i - 1].from_, bands[i].from_
            if start <= before:
                yield document.problem(ORDER, (*loc, i, "from"), start=f"{start:g}", before=f"{before:g}")
            if bands[i].id in [band.id for band in bands[:i]]:
                yield document.problem(TWICE, (*loc, i, "id"), id=bands[i].id)


def _least(subject: ValuedSubject) -> float | None:
    """The least value that any answer has; bands of means, minima and maxima must reach down to it."""
    rubric = subject.rubric
    if any(measure.reduce == "sum" for measure in rubric.measures.values()):
        return None
    values = [value for scale in rubric.scales.values() for value in scale.values()]
    for item in rubric.items.values():
        if isinstance(item.scale, dict):
            values += item.scale.values()
        values += (band.value for band in item.bands or ())
        values += (item.per_choice or {}).values()
    return min(values, default=None)
