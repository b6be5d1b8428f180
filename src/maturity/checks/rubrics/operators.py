"""Each reduce operator has what it needs, and nothing that means nothing to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maturity.checks.groups import tags_carried
from maturity.checks.subjects import ValuedSubject
from maturity.checks.wording import listed
from maturity.models.problem import Kind, Phrase, Problem
from maturity.models.rubric import Ladder
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
    "Choose 'mean', or give '{item}' no value below 0.",
)
NO_TAG = Kind("R095", "error", "'{of}' carries no tag '{tag}'.", "Choose from: {tags}.")
NO_VALUE = Kind("R096", "error", "Nothing in '{of}' has {tag} '{value}'.", "Choose from: {values}.")
STEP_TWICE = Kind("R097", "error", "The step '{step}' stands twice in the ladder.", "Delete one of the two.")
PART = Kind("R098", "error", "'part' and 'begun' belong together.", "Add the other, or delete this.")

NOTHING = Kind(
    "R099",
    "error",
    "Nothing in '{of}' has all the tags that 'where' asks for.",
    "Delete one of them: each is there, but never together.",
)
NO_STEP = Kind(
    "R100",
    "warning",
    "'{of}' has {tag} '{value}', which is no step of this ladder, so that it counts for nothing.",
    "Add '{value}' to the steps, or choose by 'where' what is on the ladder.",
)
BY_STEP = Kind(
    "R101",
    "error",
    "'{measure}' groups by '{tag}', along which its ladder climbs, so that each group has one step alone.",
    "Delete '{tag}' under 'by'.",
)
ALL_ALIKE = Kind(
    "R102",
    "error",
    "'{key}' tells nothing apart: what '{measure}' is built of is worth between {least} and {most}.",
    "Choose a number above {least}, and {most} or below.",
)

NONE = Phrase("none, for it is the whole")
OWN = {"share": "at_least", "ladder": "ladder", "sum": "base"}


def check(subject: ValuedSubject) -> Iterator[Problem]:
    document, rubric = subject.document, subject.rubric
    for name, measure in rubric.measures.items():
        loc: Loc = ("measures", name)
        for reduce, key in OWN.items():
            given = key in measure.model_fields_set and getattr(measure, key) is not None
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
        if measure.reduce == "geometric_mean":
            for item, worth in subject.worths.of.get(measure.of, {}).items():
                if worth is not None and worth.least < 0:
                    about = {"item": item, "least": f"{worth.least:g}"}
                    yield document.problem(NEGATIVE, (*loc, "reduce"), **about)
                    break
        yield from where_problems(subject, measure.of, measure.where, loc)
        if measure.reduce == "share" and measure.at_least is not None:
            yield from _bar(subject, name, measure.at_least, (*loc, "at_least"))
        if measure.ladder is not None and measure.reduce == "ladder":
            yield from _ladder(subject, name, measure.ladder, (*loc, "ladder"))


def where_problems(subject: ValuedSubject, of: str, where: Mapping[str, str], loc: Loc) -> Iterator[Problem]:
    """Tags under 'where', of a measure or an outcome, that nothing has that it is built `of`."""
    carried = tags_carried(subject, of)
    if carried is None:
        return
    sound = True
    for tag, value in where.items():
        if tag not in carried:
            details = {"of": of, "tag": tag, "tags": listed(sorted(carried), NONE)}
            yield subject.document.key_problem(NO_TAG, (*loc, "where", tag), **details)
            sound = False
        elif value not in carried[tag]:
            details = {"of": of, "tag": tag, "value": value, "values": listed(carried[tag])}
            yield subject.document.problem(NO_VALUE, (*loc, "where", tag), **details)
            sound = False
    there = subject.members[of].values()
    if sound and not any(all(own.get(tag) == v for tag, v in where.items()) for own in there):
        yield subject.document.key_problem(NOTHING, (*loc, "where"), of=of)


def _bar(subject: ValuedSubject, name: str, bar: float, loc: Loc) -> Iterator[Problem]:
    """A bar that all values are above, or all below, tells none from the others."""
    measure = subject.rubric.measures[name]
    there = subject.members.get(measure.of, {})
    worths = [
        worth
        for source, worth in subject.worths.of.get(measure.of, {}).items()
        if worth is not None and all(there[source].get(tag) == v for tag, v in measure.where.items())
    ]
    if not worths:
        return
    least, most = min(worth.least for worth in worths), max(worth.most for worth in worths)
    # An answer that is missing passes no step, whatever the bar.
    if bar > most or (bar <= least and loc[-1] == "at_least"):
        about = {"measure": name, "key": loc[-1], "least": f"{least:g}", "most": f"{most:g}"}
        yield subject.document.problem(ALL_ALIKE, loc, **about)


def _ladder(subject: ValuedSubject, name: str, ladder: Ladder, loc: Loc) -> Iterator[Problem]:
    document, measure = subject.document, subject.rubric.measures[name]
    carried, along = tags_carried(subject, measure.of), ladder.along
    if (ladder.part > 0) != (ladder.begun is not None):
        yield document.key_problem(PART, (*loc, "part" if ladder.part > 0 else "begun"))
    yield from _bar(subject, name, ladder.passes, (*loc, "passes"))
    if along in measure.by:
        there = ("measures", name, "by", measure.by.index(along))
        yield document.problem(BY_STEP, there, measure=name, tag=along)
    if carried is not None and along not in carried:
        details = {"of": measure.of, "tag": along, "tags": listed(sorted(carried), NONE)}
        yield document.problem(NO_TAG, (*loc, "along"), **details)
        return
    seen: set[str] = set()
    for i, step in enumerate(ladder.steps):
        if step in seen:
            yield document.problem(STEP_TWICE, (*loc, "steps", i), step=step)
        elif carried is not None and step not in carried[along]:
            values = listed(carried[along])
            details = {"of": measure.of, "tag": along, "value": step, "values": values}
            yield document.problem(NO_VALUE, (*loc, "steps", i), **details)
        seen.add(step)
    for own in subject.members.get(measure.of, {}).values():
        value = own.get(along)
        here = all(own.get(tag) == wanted for tag, wanted in measure.where.items())
        if here and value is not None and value not in seen:
            yield document.problem(NO_STEP, (*loc, "steps"), of=measure.of, tag=along, value=value)
            seen.add(value)
