"""Limits cap a measure that there is; what they look at is the rule about conditions."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.groups import tags_carried
from maturity.checks.subjects import ValuedSubject
from maturity.checks.wording import listed
from maturity.models.problem import Kind, Phrase, Problem

UNKNOWN_MEASURE = Kind(
    "R050",
    "error",
    "The limit '{limit}' caps '{measure}', which is not a measure.",
    "Choose from: {measures}.",
)
LOST_TAG = Kind(
    "R052",
    "error",
    "The limit '{limit}' is for a '{tag}', and '{measure}' is not grouped by that.",
    "Choose from: {tags}.",
)
TWICE = Kind(
    "R053", "error", "A limit before this one has the id '{limit}' too.", "Give each limit its own id."
)
NO_SUCH_GROUP = Kind(
    "R054",
    "error",
    "The limit '{limit}' is for {tag} '{value}', which '{measure}' does not have.",
    "Choose from: {values}.",
)


def check(subject: ValuedSubject) -> Iterator[Problem]:
    rubric, document = subject.rubric, subject.document
    seen: set[str] = set()
    groups = {name: tags_carried(subject, name) or {} for name in {limit.measure for limit in rubric.limits}}
    for i, limit in enumerate(rubric.limits):
        loc, about = ("limits", i), {"limit": limit.id, "measure": limit.measure}
        if limit.id in seen:
            yield document.problem(TWICE, (*loc, "id"), **about)
        seen.add(limit.id)
        measure = rubric.measures.get(limit.measure)
        if measure is None:
            yield document.problem(
                UNKNOWN_MEASURE, (*loc, "measure"), measures=listed(rubric.measures), **about
            )
            continue
        for tag, value in limit.where.items():
            known = groups[limit.measure].get(tag)
            if tag not in measure.by:
                tags = listed(measure.by, Phrase("none, for it is the whole: delete 'where'"))
                yield document.key_problem(LOST_TAG, (*loc, "where", tag), tag=tag, tags=tags, **about)
            elif known and value not in known:
                about_it = {"tag": tag, "value": value, "values": listed(known)}
                yield document.problem(NO_SUCH_GROUP, (*loc, "where", tag), **about_it, **about)
