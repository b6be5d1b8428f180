"""Measures are built of items or of other measures, without circles, by tags that are still there."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import ValuedSubject
from maturity.models.problem import Kind, Problem
from maturity.models.rubric import Rubric
from maturity.scoring.compile import in_order

NAME = Kind("R030", "error", "A measure cannot be called 'items': that is what measures are built of.", "Give it another name.")
UNKNOWN = Kind("R031", "error", "There is no measure '{of}'.", "Build it of 'items' or of one of: {measures}.")
CIRCLE = Kind("R032", "error", "'{measure}' is built, by way of others, of itself.", "Break the circle: build one of them of 'items'.")
LOST_TAG = Kind("R033", "error", "'{measure}' groups by '{tag}', which '{of}' no longer carries.", "Choose from: {tags}.")
NO_TAG = Kind("R034", "error", "No item has the tag '{tag}'.", "Give items that tag, or group by one of: {tags}.")
UNKNOWN_BANDS = Kind("R035", "error", "There are no bands '{bands}'.", "Define them under 'bands', or choose from: {known}.")
NO_SUCH_GROUP = Kind("R036", "error", "'{of}' has no group '{group}' to weigh.", "Choose from: {groups}.")


def check(subject: ValuedSubject) -> Iterator[Problem]:
    rubric, document = subject.rubric, subject.document
    ordered = in_order(rubric.measures)
    tags = _item_tags(subject)
    for name, measure in rubric.measures.items():
        loc = ("measures", name)
        if name == "items":
            yield document.problem(NAME, loc, at_key=True)
        if measure.of != "items" and measure.of not in rubric.measures:
            others = ", ".join(m for m in rubric.measures if m != name)
            yield document.problem(UNKNOWN, (*loc, "of"), of=measure.of, measures=others)
        elif name not in ordered and _in_circle(rubric, name):
            yield document.problem(CIRCLE, (*loc, "of"), measure=name)
        carried = tags if measure.of == "items" else _carried(rubric, measure.of)
        for i, tag in enumerate(measure.by):
            if carried is None or tag in carried:
                continue
            details = {"measure": name, "tag": tag, "of": measure.of, "tags": ", ".join(sorted(carried)) or "none"}
            yield document.problem(NO_TAG if measure.of == "items" else LOST_TAG, (*loc, "by", i), **details)
        if measure.bands and measure.bands not in rubric.bands:
            known = ", ".join(rubric.bands) or "none is defined"
            yield document.problem(UNKNOWN_BANDS, (*loc, "bands"), bands=measure.bands, known=known)
        yield from _weights(subject, name)


def _weights(subject: ValuedSubject, name: str) -> Iterator[Problem]:
    measure = subject.rubric.measures[name]
    if not measure.weights or subject.questionnaire is None:
        return
    if measure.of == "items":
        groups = set(subject.rubric.items)
    else:
        of = subject.rubric.measures.get(measure.of)
        if of is None:
            return
        own = {q: {**subject.questionnaire.tags[q].model_dump(), **item.tags} for q, item in subject.rubric.items.items() if q in subject.questionnaire.tags}
        groups = {".".join(t[tag] for tag in of.by) for t in own.values() if all(tag in t for tag in of.by)}
    for group in measure.weights:
        if group not in groups:
            details = {"of": measure.of, "group": group, "groups": ", ".join(sorted(groups))}
            yield subject.document.problem(NO_SUCH_GROUP, ("measures", name, "weights", group), at_key=True, **details)


def _item_tags(subject: ValuedSubject) -> set[str]:
    own = {tag for item in subject.rubric.items.values() for tag in item.tags}
    return own | {"dimension", "theme"}


def _carried(rubric: Rubric, of: str) -> set[str] | None:
    measure = rubric.measures.get(of)
    return None if measure is None else set(measure.by)


def _in_circle(rubric: Rubric, name: str) -> bool:
    seen: set[str] = set()
    here = name
    while here in rubric.measures and here not in seen:
        seen.add(here)
        here = rubric.measures[here].of
    return here == name
