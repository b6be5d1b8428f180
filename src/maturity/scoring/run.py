"""Runs a plan in memory: over one respondent's answers, or over those of several of one organisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum

from maturity.models.rubric import Band
from maturity.models.scorecard import Group, Input, ItemScore, Reason, Score, Scorecard, State, Verdict
from maturity.scoring.conditions import Facts, holds
from maturity.scoring.items import (
    MOST_KEPT,
    NO_ANSWER,
    Kept,
    Seen,
    Sheet,
    answers_of_one,
    answers_of_several,
    not_asked,
)
from maturity.scoring.numbers import half_up, settle
from maturity.scoring.plan import Plan, PlannedGroup, PlannedMeasure, PlannedOutcome
from maturity.scoring.reduce import OPERATORS, climb

APART: tuple[State, State] = ("not_applicable", "not_asked")

FEW = 8
"""Of groups with how many inputs at most scores are kept to be given again."""

Known = dict[str, dict[str, Sequence[Input]]]
"""Measure (or 'items') → source → its inputs: one, or one a respondent."""
Counts = dict[str, dict[str, tuple[int, int]]]
"""Measure (or 'items') → source → how many items are answered, and how many apply."""


@dataclass(slots=True)
class Result:
    """Every item's, measure's and outcome's result, in the plan's order."""

    items: tuple[ItemScore, ...]
    scores: tuple[Score, ...]
    verdicts: tuple[Verdict, ...]


def run_plan(plan: Plan, sheets: Sequence[Sheet], seen: Seen | None = None) -> Result:
    """Scores the answers of one organisation's respondents (at least one, usually one).

    The answers must have passed the checks of ``maturity validate``; questions that the plan does not know are
    no part of the result. `seen` is what came up before with this plan: it is added to, and spares work.
    """
    seen = Seen.of(plan) if seen is None else seen
    failing: set[str] = set()
    known: Known
    answered: dict[str, tuple[ItemScore]] | None = None
    if len(sheets) == 1:
        answered = answers_of_one(plan, sheets[0], seen, failing)
        items = tuple([answered[item.id][0] for item in plan.items])
        known = {"items": {**answered}}
    else:
        items, several = answers_of_several(plan, sheets, failing)
        known = {"items": {**several}}
    counts: Counts = {}
    scores: dict[tuple[str, Group], Score] = {}
    verdicts: dict[tuple[str, Group], Verdict] = {}
    facts = _facts(plan, sheets, known, scores, verdicts)
    for measure in plan.measures:
        known[measure.name], counts[measure.name] = {}, {}
        known_here, counts_here = known[measure.name], counts[measure.name]
        for group in measure.groups:
            if (
                answered is not None
                and measure.of == "items"
                and not group.limits
                and len(group.inputs) <= FEW
            ):
                kept = _kept(plan, measure, group, answered, seen, failing)
            else:
                kept = _as_input(
                    _score(plan, measure, group, known[measure.of], counts.get(measure.of), failing, facts),
                    group.name,
                )
            scores[measure.name, group.group], known_here[group.name], counts_here[group.name] = kept
    for outcome in plan.outcomes:
        for group in outcome.groups:
            verdicts[outcome.name, group.group] = _verdict(plan, outcome, group, known[outcome.of], facts)
    return Result(items, tuple(scores.values()), tuple(verdicts.values()))


def rescored(plan: Plan, card: Scorecard) -> Iterator[Score]:
    """Every group's score anew, before limits, of what the scorecard itself says of its items and groups.

    The card must have all of the plan's items and groups.
    """
    failing: set[str] = set()
    policies = {item.id: item for item in plan.items}
    answered: dict[str, list[Input]] = {}
    for one in card.items:
        plain = Input(one.source, one.value, one.weight, one.state, one.respondent)
        answered.setdefault(one.source, []).append(plain)
        silent = one.value is None and one.state not in ("answered", "not_asked")
        if silent and getattr(policies[one.source], one.state) == "fail":
            failing.add(one.source)
    known: Known = {"items": {**answered}}
    counts: Counts = {}
    for measure in plan.measures:
        known[measure.name], counts[measure.name] = {}, {}
        for group in measure.groups:
            yield _score(plan, measure, group, known[measure.of], counts.get(measure.of), failing, None)
            filed = card.score(measure.name, *group.group)
            assert filed is not None
            _, known[measure.name][group.name], counts[measure.name][group.name] = _as_input(
                filed, group.name
            )


def _as_input(score: Score, name: str) -> Kept:
    """A group's score with what it is as an input of what is built of it."""
    state: State = "answered"
    if score.value is None:
        state = "not_applicable" if score.reason == "nothing_applies" else "unanswered"
    return score, (Input(name, score.value, 1.0, state, 0),), (score.answered, score.applicable)


def _kept(
    plan: Plan,
    measure: PlannedMeasure,
    group: PlannedGroup,
    answered: Mapping[str, tuple[ItemScore]],
    seen: Seen,
    failing: set[str],
) -> Kept:
    """What a group of items without limits scores, which depends on nothing but what its items are worth.

    `seen` holds every result of an item and never lets it go, so that its place in memory stands for it.
    """
    known = seen.groups.setdefault((measure.name, group.name), {})
    key = tuple([id(answered[source]) for source, _ in group.inputs])
    kept = known.get(key)
    if kept is None:
        kept = _as_input(_score(plan, measure, group, answered, None, failing, None), group.name)
        if len(known) < MOST_KEPT:
            known[key] = kept
    return kept


def band_of(bands: Sequence[Band], published: float) -> Band | None:
    """The band that a published number lies in; `bands` ascend."""
    found = None
    for band in bands:
        if published < band.from_:
            break
        found = band
    return found


def _facts(
    plan: Plan,
    sheets: Sequence[Sheet],
    known: Known,
    scores: Mapping[tuple[str, Group], Score],
    verdicts: Mapping[tuple[str, Group], Verdict],
) -> Facts:
    """What limits and outcomes can look at. Of several respondents, no single one's answers or role."""

    def published(measure: str, group: Group) -> float | None:
        score = scores.get((measure, group))
        return score.published if score else None

    def verdict(outcome: str, group: Group) -> str | None:
        found = verdicts.get((outcome, group))
        return found.label if found else None

    first = sheets[0]
    if len(sheets) > 1:
        return Facts(organisation=first.organisation, published=published, verdict=verdict)
    silent = not_asked(plan, first)
    return Facts(
        answer=lambda q: None if q in silent else first.answers.get(q, NO_ANSWER).value,
        value=lambda item: known["items"][item][0].value if item in known["items"] else None,
        organisation=first.organisation,
        role=first.role,
        published=published,
        verdict=verdict,
    )


def _inputs(group: PlannedGroup, known: Mapping[str, Sequence[Input]]) -> tuple[Input, ...]:
    return tuple(
        [
            i if i.weight == weight else Input(source, i.value, weight, i.state, i.respondent)
            for source, weight in group.inputs
            for i in known[source]
        ]
    )


def _score(
    plan: Plan,
    measure: PlannedMeasure,
    group: PlannedGroup,
    known: Mapping[str, Sequence[Input]],
    counts: Mapping[str, tuple[int, int]] | None,
    failing: set[str],
    facts: Facts | None,
) -> Score:
    inputs = _inputs(group, known)
    states = [i.state for i in inputs]
    answered = applicable = len(states)
    coverage, applying = 1.0, inputs
    if states.count("answered") < len(states):
        applying = tuple([i for i in inputs if i.value is not None or i.state not in APART])
        coverage = _coverage(applying)
        answered = states.count("answered")
        applicable = len(states) - states.count("not_applicable") - states.count("not_asked")
    if counts is not None:
        answered = sum([counts[source][0] for source, _ in group.inputs])
        applicable = sum([counts[source][1] for source, _ in group.inputs])
    score = Score(measure.name, group.group, None, None, None, coverage, answered, applicable, inputs)
    values = [i.value for i in applying if i.value is not None]
    if not applying:
        score.coverage, score.reason = None, "nothing_applies"
    elif failing and counts is None and any(i.source in failing for i in applying):
        score.reason = "answer_missing"
    elif not values:
        score.reason = "nothing_answered"
    elif coverage < measure.min_coverage:
        score.reason = "low_coverage"
    elif measure.reduce == "distribution":
        score.counts = tuple(sorted(Counter(map(settle, values)).items()))
    else:
        _reduce(plan, measure, group, applying, values, score)
        if group.limits and facts is not None:
            _limit(group, score, facts)
        if measure.bands and score.published is not None:
            band = band_of(measure.bands, score.published)
            score.level = band.id if band else None
    return score


def _coverage(applying: Sequence[Input]) -> float:
    """Answered weight over applicable weight; what a policy gave a value though it does not apply is answered."""
    covered = [i.weight for i in applying if i.state == "answered" or i.state in APART]
    return settle(fsum(covered) / fsum([i.weight for i in applying])) if applying else 0.0


def _reduce(
    plan: Plan,
    measure: PlannedMeasure,
    group: PlannedGroup,
    applying: Sequence[Input],
    values: list[float],
    score: Score,
) -> None:
    value: float | None
    if measure.reduce == "ladder":
        step = {source: step for (source, _), step in zip(group.inputs, group.steps, strict=True)}
        value = climb(measure, [step[i.source] for i in applying], [i.value for i in applying])
    else:
        weights = [i.weight for i in applying if i.value is not None]
        value = OPERATORS[measure.reduce](measure, values, weights)
    if value is None:
        score.reason = "undefined"
    else:
        score.value = settle(value)
        score.published = half_up(score.value, plan.places)


def _limit(group: PlannedGroup, score: Score, facts: Facts) -> None:
    """Of the limits that hold, the lowest caps the score; the capped number is what flows on.

    The lowest, and not the first: so the order of limits does not matter, and a better answer never lowers a score.
    """
    held = [limit for limit in group.limits if holds(limit.when, facts)]
    if not held or score.published is None:
        return
    lowest = min(held, key=lambda limit: limit.at_most)
    score.limit = lowest.id
    if score.published > lowest.at_most:
        score.capped, score.uncapped = lowest.id, score.published
        score.value = score.published = lowest.at_most


def _verdict(
    plan: Plan,
    outcome: PlannedOutcome,
    group: PlannedGroup,
    known: Mapping[str, Sequence[Input]],
    facts: Facts,
) -> Verdict:
    """The first rule that holds decides. Of a measure, rules look at published numbers: what is printed decides."""
    inputs = _inputs(group, known)
    if outcome.of != "items":
        inputs = tuple(
            i if i.value is None else replace(i, value=half_up(i.value, plan.places)) for i in inputs
        )
    if not any(i.value is not None for i in inputs):
        applies = any(i.state not in APART for i in inputs)
        reason: Reason = "nothing_answered" if applies else "nothing_applies"
        return Verdict(outcome.name, group.group, None, inputs, reason)
    facts.inputs, facts.tags = inputs, outcome.tags
    for rule in outcome.rules:
        if rule.when is None or holds(rule.when, facts):
            return Verdict(outcome.name, group.group, rule.label, facts.inputs)
    return Verdict(outcome.name, group.group, None, facts.inputs)
