"""How a score was worked out, as a calculation that a reader can redo by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maturity.locale.words import N_
from maturity.models.rubric import Limit
from maturity.models.scorecard import Input, Score
from maturity.reports.speech import Speech, exact, fixed
from maturity.scoring.numbers import settle
from maturity.scoring.plan import PlannedMeasure
from maturity.scoring.reduce import OPERATORS

DECIMALS = 4
OTHERS = {
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
        published=say.score(score.published) if score.published is not None else "",
        level=say.level_words(score.measure, score.level),
        not_scored="" if score.reason is None else say.reason(score.measure, score.reason),
        limit=_limited(say, plan, score),
        coverage=_coverage(say, plan, score),
        parts=tuple(_part(say, plan.of == "items", i, source_name(i.source), notes) for i in score.inputs),
    )


def calculation(say: Speech, measure: PlannedMeasure, inputs: Sequence[Input]) -> str:
    """``(3 × 1 + 2 × 2 + 4 × 1) ÷ 4 = 2.75``: values and weights of what counts, and the result to 4 decimals.

    Values of other measures are their unrounded values, to 4 decimals.
    """
    counted: list[tuple[float, float]] = [(i.value, i.weight) for i in inputs if i.value is not None]
    values, weights = [v for v, _ in counted], [w for _, w in counted]
    if measure.reduce not in OPERATORS:
        return ""
    reduced = OPERATORS[measure.reduce](measure, values, weights)
    result = exact(settle(reduced or 0.0), DECIMALS)
    write: Callable[[float], str] = exact if measure.of == "items" else lambda v: fixed(v, DECIMALS)
    if measure.reduce in ("min", "max"):
        wording = (
            N_("lowest of {values} = {result}")
            if measure.reduce == "min"
            else N_("highest of {values} = {result}")
        )
        return say.words(wording, values="; ".join(map(write, values)), result=result)
    terms = _terms([write(v) for v in values], weights)
    if measure.reduce == "sum":
        return f"{exact(measure.base)} + {terms} = {result}" if measure.base else f"{terms} = {result}"
    if measure.reduce != "mean":
        return say.words(
            OTHERS[measure.reduce],
            values="; ".join(map(write, values)),
            bar=exact(measure.at_least or 0.0),
            result=result,
        )
    return f"({terms}) ÷ {exact(settle(sum(weights)))} = {result}"


def _terms(values: Sequence[str], weights: Sequence[float]) -> str:
    if all(weight == 1 for weight in weights):
        return " + ".join(values)
    return " + ".join(f"{v} × {exact(w)}" for v, w in zip(values, weights, strict=True))


def _part(say: Speech, items: bool, found: Input, name: str, notes: Mapping[str, str]) -> Part:
    note = ""
    if found.state != "answered":
        note = say.words(LEFT_OUT[found.state]) if items else say.words("not scored")
        if found.source in notes:
            note = say.words("{what}: {why}", what=note, why=notes[found.source])
        if found.value is not None:
            note = say.words("{what}, counted as {value}", what=note, value=exact(found.value))
    value = "–" if found.value is None else exact(found.value) if items else fixed(found.value, DECIMALS)
    return Part(name, value, exact(found.weight), found.value is not None, note)


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
    places: dict[str, Any] = {"answered": score.answered, "applicable": score.applicable}
    if score.coverage is None:
        return say.words("None of its questions applies.")
    places["coverage"] = say.percent(score.coverage)
    if plan.of != "items" and score.coverage < 1:
        return say.words(
            "{answered} of {applicable} questions that apply are answered. Parts with {coverage} of the weight are scored; at least {least} is needed.",
            **places,
            least=say.percent(plan.min_coverage),
        )
    unsure = sum(i.state == "dont_know" for i in score.inputs)
    if unsure:
        return say.words(
            "{answered} of {applicable} questions that apply are answered, {unsure} with “don't know” (coverage {coverage}; at least {least} is needed).",
            **places,
            unsure=unsure,
            least=say.percent(plan.min_coverage),
        )
    if not plan.min_coverage or score.coverage == 1:
        return say.words(
            "{answered} of {applicable} questions that apply are answered (coverage {coverage}).", **places
        )
    return say.words(
        "{answered} of {applicable} questions that apply are answered (coverage {coverage}; at least {least} is needed).",
        **places,
        least=say.percent(plan.min_coverage),
    )
