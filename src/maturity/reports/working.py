"""How a score was worked out, as a calculation that a reader can redo by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

from maturity.locale.words import N_
from maturity.models.rubric import Limit
from maturity.models.scorecard import Input, Score
from maturity.reports.speech import Speech, exact
from maturity.reports.why_not import why_not
from maturity.scoring.numbers import settle
from maturity.scoring.plan import PlannedMeasure
from maturity.scoring.reduce import OPERATORS

DECIMALS = 9
"""All that is kept of a value: with them every printed calculation holds to its last digit."""
OTHERS = {
    "min": N_("lowest of {values} = {result}"),
    "max": N_("highest of {values} = {result}"),
    "range": N_("highest less lowest of {values} = {result}"),
    "geometric_mean": N_("geometric mean of {values} = {result}"),
    "share": N_("share at or above {bar} of {values} = {result}"),
}
LEFT_OUT = {
    "unanswered": N_("not answered"),
    "dont_know": N_("don't know"),
    "not_applicable": N_("not applicable"),
    "not_asked": N_("not asked"),
    "answered": N_("answered"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a score was built of. `left_out` says why it does not count, or why it counts as it does."""

    name: str
    value: str
    weight: str
    counted: bool
    note: str


@dataclass(frozen=True, slots=True)
class Working:
    """One group's calculation, its result and what was made of it."""

    name: str
    calculation: str
    told: str
    published: str
    level: str
    not_scored: str
    limit: str
    coverage: str
    parts: tuple[Part, ...]


def working(say: Speech, score: Score, name: str, source_name: Callable[[str], str], notes: Mapping[str, str]) -> Working:  # fmt: skip
    """The working of one group; `notes` are own words on what does not apply, by the source's id."""
    plan = next(m for m in say.scorer.plan.measures if m.name == score.measure)
    return Working(
        name=name,
        calculation=calculation(say, plan, score.inputs) if score.value is not None else "",
        told=told(say, plan, score),
        published=say.score(score.published) if score.published is not None else "",
        level=say.level_words(score.measure, score.level),
        not_scored="" if score.reason is None else why_not(say, score),
        limit=_limited(say, plan, score),
        coverage=_coverage(say, plan, score),
        parts=tuple(_part(say, plan.of == "items", i, source_name(i.source), notes) for i in score.inputs),
    )


def calculation(say: Speech, measure: PlannedMeasure, inputs: Sequence[Input]) -> str:
    """``(3 × 1 + 2 × 2 + 4 × 1) ÷ 4 = 2.75``: values and weights of what counts, and the result.

    Empty for a ladder and a distribution, which `told` puts into words.
    """
    counted: list[tuple[float, float]] = [(i.value, i.weight) for i in inputs if i.value is not None]
    values, weights = [v for v, _ in counted], [w for _, w in counted]
    if measure.reduce not in OPERATORS:
        return ""
    reduced = OPERATORS[measure.reduce](measure, values, weights)
    result = _write(settle(reduced or 0.0))
    terms = _terms(values, weights)
    if measure.reduce == "sum":
        return f"{_write(measure.base)} + {terms} = {result}" if measure.base else f"{terms} = {result}"
    if measure.reduce == "mean":
        return f"({terms}) ÷ {_write(settle(fsum(weights)))} = {result}"
    weighed = measure.reduce in ("geometric_mean", "share") and any(weight != 1 for weight in weights)
    listed = [_weighed(say, v, w) for v, w in counted] if weighed else [_write(v) for v in values]
    bar = _write(measure.at_least or 0.0)
    return say.words(OTHERS[measure.reduce], values="; ".join(listed), bar=bar, result=result)


def told(say: Speech, measure: PlannedMeasure, score: Score) -> str:
    """What a ladder or a distribution found, in words."""
    if measure.reduce == "distribution":
        counts = [say.words("{n} worth {value}", n=n, value=_write(value)) for value, n in score.counts]
        return say.words("Of its parts: {counts}.", counts="; ".join(counts)) if counts else ""
    if measure.reduce != "ladder" or measure.ladder is None or score.value is None:
        return ""
    ladder = measure.ladder
    planned = next(g for g in measure.groups if g.group == score.group)
    place = {source: step for (source, _), step in zip(planned.inputs, planned.steps, strict=True)}
    lines = []
    for number, name in enumerate(ladder.steps):
        here = [i for i in score.inputs if place[i.source] == number]
        worth = ", ".join("–" if i.value is None else _write(i.value) for i in here)
        lines.append(f"{name}: {worth or '–'}")
    return say.words(
        "Steps are counted from the bottom while everything in them that applies is worth at least {passes}. Values by step: {steps}. Steps passed: {n}.",
        passes=_write(ladder.passes),
        steps="; ".join(lines),
        n=_write(score.value if score.capped is None or score.uncapped is None else score.uncapped),
    )


def _write(value: float) -> str:
    return exact(value, DECIMALS)


def _weighed(say: Speech, value: float, weight: float) -> str:
    return say.words("{value} (weight {weight})", value=_write(value), weight=_write(weight))


def _terms(values: Sequence[float], weights: Sequence[float]) -> str:
    if all(weight == 1 for weight in weights):
        return " + ".join(map(_write, values))
    return " + ".join(f"{_write(v)} × {_write(w)}" for v, w in zip(values, weights, strict=True))


def _part(say: Speech, items: bool, found: Input, name: str, notes: Mapping[str, str]) -> Part:
    note = ""
    if found.state != "answered":
        note = say.words(LEFT_OUT[found.state]) if items else say.words("not scored")
        if found.source in notes:
            note = say.words("{what}: {why}", what=note, why=notes[found.source])
        if found.value is not None:
            note = say.words("{what}, counted as {value}", what=note, value=_write(found.value))
    value = "–" if found.value is None else _write(found.value)
    return Part(name, value, _write(found.weight), found.value is not None, note)


def _limited(say: Speech, plan: PlannedMeasure, score: Score) -> str:
    if score.capped is None:
        return ""
    limit: Limit = next(limit for limit in plan.limits if limit.id == score.capped)
    return say.words(
        "Limited to at most {most}; without the limit it would be {uncapped}. Why: {because}",
        most=exact(limit.at_most),
        uncapped=say.score(score.uncapped),
        because=say.to(limit.because),
    )


def _coverage(say: Speech, plan: PlannedMeasure, score: Score) -> str:
    """How many questions are answered, and what of the group counts: a sentence each."""
    if score.coverage is None:
        return say.words("None of its questions applies.")
    places: dict[str, Any] = {"answered": score.answered, "applicable": score.applicable}
    unsure = sum(i.state == "dont_know" for i in score.inputs)
    if unsure:
        first = say.words(
            "{answered} of {applicable} questions that apply are answered; {unsure} with “don't know”.",
            **places,
            unsure=unsure,
        )
    else:
        first = say.words("{answered} of {applicable} questions that apply are answered.", **places)
    return f"{first} {_counting(say, plan, score.coverage)}"


def _counting(say: Speech, plan: PlannedMeasure, coverage: float) -> str:
    if plan.of != "items" and coverage == 1:
        return say.words("All of its parts that apply are scored.")
    share, least = say.percent(coverage), say.percent(plan.min_coverage)
    if plan.of != "items":
        return say.words(
            "Parts with {coverage} of the weight are scored; at least {least} is needed.",
            coverage=share,
            least=least,
        )
    if coverage == 1 or not plan.min_coverage:
        return say.words("Coverage {coverage}.", coverage=share)
    return say.words("Coverage {coverage}; at least {least} is needed.", coverage=share, least=least)
