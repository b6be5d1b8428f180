"""A scorecard's numbers follow from one another: items lie within their bounds, and every score and level is what the
rubric makes of the scores and items below it. That needs no answers; whether the items are what was answered is for
``maturity score --recheck``."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.scorecards.parts import whole
from maturity.checks.subjects import FiledSubject
from maturity.models.problem import Kind, Phrase, Problem, Said
from maturity.models.scorecard import Score, Scorecard
from maturity.scoring.plan import Plan, group_name
from maturity.scoring.run import band_of, rescored
from maturity.sources.yaml_reader import Loc

DIFFERS = Kind(
    "C036",
    "error",
    "{organisation}, {part}, {what}: the scorecard says {filed}, and by its own figures it is {found}.",
    "Score the answers anew: somebody or something changed the scorecard.",
)
BEYOND = Kind(
    "C037",
    "error",
    "{organisation}, {part}: {value} is not between {least} and {most}, which is all that it can be worth.",
    "Score the answers anew: somebody or something changed the scorecard.",
)
NOTHING = Phrase("nothing")


def check(subject: FiledSubject) -> Iterator[Problem]:
    for i, one in enumerate(subject.filed):
        card = one.scorecard
        plan = subject.rules[card.questionnaire, card.rubric].plan
        if plan is None or not whole(card, plan):
            continue
        loc: Loc = ("scorecards", i, "scorecard")
        about: dict[str, object] = {"organisation": one.name}
        yield from _items(subject, (*loc, "items"), card, plan, about)
        place = {(score.measure, score.group): j for j, score in enumerate(card.scores)}
        for found in rescored(plan, card):
            j = place[found.measure, found.group]
            part = f"{found.measure} {group_name(found.group)}"
            for path, was, wanted in _different(card.scores[j], found, plan):
                what = " ".join(map(str, path))
                details = {**about, "part": part, "what": what, "filed": _said(was), "found": _said(wanted)}
                yield subject.document.problem(DIFFERS, (*loc, "scores", j, *path), **details)


def _items(
    subject: FiledSubject, loc: Loc, card: Scorecard, plan: Plan, about: dict[str, object]
) -> Iterator[Problem]:
    planned = {item.id: item for item in plan.items}
    for j, item in enumerate(card.items):
        wanted = planned[item.source]
        for what in ("weight", "least", "most"):
            if getattr(item, what) != getattr(wanted, what):
                said = {"filed": _said(getattr(item, what)), "found": _said(getattr(wanted, what))}
                details = {**about, "part": item.source, "what": what, **said}
                yield subject.document.problem(DIFFERS, (*loc, j, what), **details)
        if item.value is not None and not wanted.least <= item.value <= wanted.most:
            bounds = {"value": _said(item.value), "least": _said(wanted.least), "most": _said(wanted.most)}
            yield subject.document.problem(BEYOND, (*loc, j, "value"), **about, part=item.source, **bounds)


def _different(filed: Score, found: Score, plan: Plan) -> Iterator[tuple[Loc, object, object]]:
    """What is otherwise than its inputs make it: (where, filed, found). That a limit held is taken at the card's word."""
    measure = next(m for m in plan.measures if m.name == filed.measure)
    limits = {limit.id: limit.at_most for limit in measure.limits}
    yield from _other_inputs(filed, found)
    wanted: dict[str, object] = {
        what: getattr(found, what) for what in ("coverage", "answered", "applicable", "reason", "counts")
    }
    wanted |= {"value": found.value, "published": found.published, "capped": None, "uncapped": None}
    if filed.capped in limits:
        capped = limits[filed.capped]
        wanted |= {"value": capped, "published": capped, "capped": filed.capped, "uncapped": found.published}
    band = band_of(measure.bands, filed.published) if filed.published is not None else None
    wanted["level"] = band.id if band else None
    for what, right in wanted.items():
        if getattr(filed, what) != right:
            yield (what,), getattr(filed, what), right


def _other_inputs(filed: Score, found: Score) -> Iterator[tuple[Loc, object, object]]:
    if len(filed.inputs) != len(found.inputs):
        yield ("inputs",), len(filed.inputs), len(found.inputs)
        return
    for i, (one, other) in enumerate(zip(filed.inputs, found.inputs, strict=True)):
        for what in ("source", "value", "weight", "state", "respondent"):
            if getattr(one, what) != getattr(other, what):
                yield ("inputs", i, what), getattr(one, what), getattr(other, what)


def _said(value: object) -> Said:
    if value is None:
        return NOTHING
    text = f"{value:.10g}" if isinstance(value, float) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
