"""Each reduce operator has what it needs, and nothing that means nothing to it."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.groups import least_of, tags_carried
from maturity.checks.subjects import ValuedSubject
from maturity.checks.wording import listed
from maturity.models.problem import Kind, Problem
from maturity.models.rubric import Ladder, Measure
from maturity.sources.yaml_reader import Loc

NEEDS = Kind("R090", "error", "'{measure}' reduces by '{reduce}', which needs '{key}'.", "Add '{key}'.")
MEANS_NOTHING = Kind(
    "R091",
    "error",
    "'{key}' means nothing to '{reduce}', by which '{measure}' reduces.",
    "Delete '{key}', or reduce by '{wanted}'.",
)
NO_NUMBER = Kind(
    "R092",
    "error",
    "'{of}' is a distribution and has no number to build '{measure}' of.",
    "Build it of 'items', or of another measure.",
)
NO_LEVELS = Kind(
    "R093", "error", "A distribution has no number, so that no band can hold it.", "Delete 'bands'."
)
NEGATIVE = Kind(
    "R094",
    "error",
    "A geometric mean has no meaning for values below 0, and '{item}' can be worth {least}.",
    "Reduce by 'mean', or give '{item}' no value below 0.",
)
NO_TAG = Kind("R095", "error", "'{of}' carries no tag '{tag}'.", "Choose from: {tags}.")
NO_VALUE = Kind("R096", "error", "Nothing in '{of}' has {tag} '{value}'.", "Choose from: {values}.")
STEP_TWICE = Kind("R097", "error", "The step '{step}' stands twice in the ladder.", "Delete one of the two.")
PART = Kind("R098", "error", "'part' and 'begun' belong together.", "Add the other, or delete this.")

OWN = {"share": "at_least", "ladder": "ladder", "sum": "base"}


def check(subject: ValuedSubject) -> Iterator[Problem]:
    document, rubric = subject.document, subject.rubric
    for name, measure in rubric.measures.items():
        loc: Loc = ("measures", name)
        for reduce, key in OWN.items():
            given = getattr(measure, key) not in (None, 0)
            if given and measure.reduce != reduce:
                details = {"measure": name, "key": key, "reduce": measure.reduce, "wanted": reduce}
                yield document.key_problem(MEANS_NOTHING, (*loc, key), **details)
            elif not given and measure.reduce == reduce and key != "base":
                yield document.problem(NEEDS, (*loc, "reduce"), measure=name, reduce=reduce, key=key)
        below = rubric.measures.get(measure.of)
        if below is not None and below.reduce == "distribution":
            yield document.problem(NO_NUMBER, (*loc, "of"), of=measure.of, measure=name)
        if measure.reduce == "distribution" and measure.bands:
            yield document.problem(NO_LEVELS, (*loc, "bands"))
        if measure.reduce == "geometric_mean" and measure.of == "items":
            for item in rubric.items:
                least = least_of(rubric, item)
                if least is not None and least < 0:
                    yield document.problem(NEGATIVE, (*loc, "reduce"), item=item, least=f"{least:g}")
                    break
        yield from _tags(subject, measure, loc)
        if measure.ladder is not None:
            yield from _ladder(subject, measure, measure.ladder, (*loc, "ladder"))


def _tags(subject: ValuedSubject, measure: Measure, loc: Loc) -> Iterator[Problem]:
    carried = tags_carried(subject, measure.of)
    for tag, value in measure.where.items():
        if carried is None:
            return
        if tag not in carried:
            details = {"of": measure.of, "tag": tag, "tags": listed(sorted(carried))}
            yield subject.document.key_problem(NO_TAG, (*loc, "where", tag), **details)
        elif value not in carried[tag]:
            details = {"of": measure.of, "tag": tag, "value": value, "values": listed(carried[tag])}
            yield subject.document.problem(NO_VALUE, (*loc, "where", tag), **details)


def _ladder(subject: ValuedSubject, measure: Measure, ladder: Ladder, loc: Loc) -> Iterator[Problem]:
    document, carried = subject.document, tags_carried(subject, measure.of)
    if (ladder.part > 0) != (ladder.begun is not None):
        yield document.key_problem(PART, (*loc, "part" if ladder.part > 0 else "begun"))
    if carried is not None and ladder.along not in carried:
        details = {"of": measure.of, "tag": ladder.along, "tags": listed(sorted(carried))}
        yield document.problem(NO_TAG, (*loc, "along"), **details)
        return
    for i, step in enumerate(ladder.steps):
        if step in ladder.steps[:i]:
            yield document.problem(STEP_TWICE, (*loc, "steps", i), step=step)
        elif carried is not None and step not in carried[ladder.along]:
            values = listed(carried[ladder.along])
            details = {"of": measure.of, "tag": ladder.along, "value": step, "values": values}
            yield document.problem(NO_VALUE, (*loc, "steps", i), **details)
