"""Measures are built of items or of other measures, without circles, by tags that are still there."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.groups import groups_of
from maturity.checks.sound import MOST_MEASURES, OWN_TAGS
from maturity.checks.subjects import ValuedSubject
from maturity.checks.wording import listed
from maturity.models.problem import Kind, Phrase, Problem
from maturity.models.rubric import Rubric
from maturity.scoring.compile import in_order
from maturity.sources.yaml_reader import short

NAME = Kind(
    "R030",
    "error",
    "A measure cannot be called 'items': that is what measures are built of.",
    "Give it another name.",
)
UNKNOWN = Kind(
    "R031", "error", "There is no measure '{of}'.", "Build it of 'items' or of one of: {measures}."
)
CIRCLE = Kind(
    "R032",
    "error",
    "'{measure}' is built, by way of others, of itself.",
    "Write 'of: items' in one of them, so that the circle is broken.",
)
LOST_TAG = Kind(
    "R033", "error", "'{measure}' groups by '{tag}', which '{of}' no longer carries.", "Choose from: {tags}."
)
NO_TAG = Kind(
    "R034", "error", "No item has the tag '{tag}'.", "Give items that tag, or group by one of: {tags}."
)
UNKNOWN_BANDS = Kind(
    "R035", "error", "There are no bands '{bands}'.", "Define them under 'bands', or choose from: {known}."
)
TAG_TWICE = Kind("R037", "error", "'{measure}' groups by '{tag}' twice.", "Delete one of the two.")
TOO_MANY = Kind(
    "R038",
    "error",
    "There are {found} measures, and at most {most} can be worked out.",
    "Delete measures: one for each table or figure that is shown is enough.",
)
NO_SUCH_GROUP = Kind("R036", "error", "'{of}' has no group '{group}' to weigh.", "Choose from: {groups}.")


def check(subject: ValuedSubject) -> Iterator[Problem]:
    rubric, document = subject.rubric, subject.document
    if len(rubric.measures) > MOST_MEASURES:
        about = {"found": len(rubric.measures), "most": MOST_MEASURES}
        yield document.key_problem(TOO_MANY, ("measures",), **about)
        return
    ordered = in_order(rubric.measures)
    tags = _item_tags(subject)
    for name, measure in rubric.measures.items():
        loc = ("measures", name)
        if name == "items":
            yield document.key_problem(NAME, loc)
        if measure.of != "items" and measure.of not in rubric.measures:
            others = listed((m for m in rubric.measures if m != name), "items")
            yield document.problem(UNKNOWN, (*loc, "of"), of=measure.of, measures=others)
        elif name not in ordered and _in_circle(rubric, name):
            yield document.problem(CIRCLE, (*loc, "of"), measure=name)
        carried = tags if measure.of == "items" else _carried(rubric, measure.of, tags)
        for i, tag in enumerate(measure.by[:MOST_MEASURES]):
            if tag in measure.by[:i]:
                yield document.problem(TAG_TWICE, (*loc, "by", i), measure=name, tag=tag)
                continue
            if carried is None or tag in carried:
                continue
            details = {
                "measure": name,
                "tag": tag,
                "of": measure.of,
                "tags": listed(sorted(carried), Phrase("none, for it is the whole: delete 'by'")),
            }
            yield document.problem(NO_TAG if measure.of == "items" else LOST_TAG, (*loc, "by", i), **details)
        if measure.bands and measure.bands not in rubric.bands:
            known = listed(rubric.bands)
            yield document.problem(UNKNOWN_BANDS, (*loc, "bands"), bands=measure.bands, known=known)
        yield from _weights(subject, name)


def _weights(subject: ValuedSubject, name: str) -> Iterator[Problem]:
    measure = subject.rubric.measures[name]
    if not measure.weights or subject.questionnaire is None:
        return
    groups = set(groups_of(subject, measure.of))
    if measure.of == "items":
        groups |= set(subject.rubric.items)
    elif not groups:
        return
    for group in measure.weights:
        if group not in groups:
            details = {"of": measure.of, "group": short(group), "groups": listed(sorted(groups))}
            yield subject.document.key_problem(NO_SUCH_GROUP, ("measures", name, "weights", group), **details)


def _item_tags(subject: ValuedSubject) -> set[str]:
    own = {tag for item in subject.rubric.items.values() for tag in item.tags}
    return own | set(OWN_TAGS)


def _carried(rubric: Rubric, of: str, tags: set[str]) -> set[str] | None:
    """What a measure's groups still carry: the tags that it groups by; grouped by item, all of that item's."""
    measure = rubric.measures.get(of)
    if measure is None:
        return None
    return tags if "item" in measure.by else set(measure.by)


def _in_circle(rubric: Rubric, name: str) -> bool:
    seen: set[str] = set()
    here = name
    while here in rubric.measures and here not in seen:
        seen.add(here)
        here = rubric.measures[here].of
    return here == name
