"""Compiles a rubric against a questionnaire into a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from maturity.models.condition import OfMeasure, OfOutcome, tests_in
from maturity.models.questionnaire import Question, Questionnaire
from maturity.models.rubric import Item, Limit, Measure, Outcome, Rubric
from maturity.models.scorecard import Group, ItemScore
from maturity.scoring.numbers import settle
from maturity.scoring.plan import (
    Plan,
    PlannedFilter,
    PlannedGroup,
    PlannedItem,
    PlannedMeasure,
    PlannedOutcome,
    group_name,
)

Tags = dict[str, str]
Member = tuple[str, Tags, float]
"""What a measure can be built of: its name, tags and weight."""


def compile_plan(rubric: Rubric, questionnaire: Questionnaire) -> Plan:
    """The plan that scores answers to `questionnaire` with `rubric`.

    Both must have passed the checks of ``maturity validate``. Items and groups come in the questionnaire's order,
    whatever the order in the rubric; measures and outcomes so that each follows what it is built of or looks at.
    """
    items = tuple(
        _item(rubric, question, tags_of(questionnaire, rubric, question.id))
        for question in questionnaire.questions.values()
        if question.id in rubric.items
    )
    members: dict[str, list[Member]] = {"items": [(item.id, item.tags, item.weight) for item in items]}
    measures = []
    tags = {item.id: item.tags for item in items}
    for name in in_order(rubric.measures, rubric.limits):
        measure = rubric.measures[name]
        planned = _measure(rubric, name, measure, members[measure.of])
        members[name] = [(g.name, _carried(measure.by, g.group, tags), 1.0) for g in planned.groups]
        measures.append(planned)
    outcomes = tuple(
        _outcome(name, rubric.outcomes[name], members[rubric.outcomes[name].of])
        for name in outcomes_in_order(rubric.outcomes)
    )
    filters = tuple(
        PlannedFilter(question.id, question.asked_when)
        for question in questionnaire.questions.values()
        if question.asked_when is not None
    )
    return Plan(filters, items, tuple(measures), outcomes, rubric.policy.round.places)


def in_order(measures: Mapping[str, Measure], limits: Iterable[Limit] = ()) -> list[str]:
    """Names of measures, each after the one it is `of` and after those that its limits look at.

    Those in a circle, or of nothing known, are left out.
    """
    needs = {name: {measure.of} - {"items"} for name, measure in measures.items()}
    for limit in limits:
        looked_at = {test.measure for test in tests_in(limit.when) if isinstance(test, OfMeasure)}
        needs.setdefault(limit.measure, set()).update(looked_at & measures.keys())
    return [name for name in _ordered(needs) if name in measures]


def outcomes_in_order(outcomes: Mapping[str, Outcome]) -> list[str]:
    """Names of outcomes, each after those whose verdicts it looks at; those in a circle are left out."""
    needs: dict[str, set[str]] = {}
    for name, outcome in outcomes.items():
        tests = (test for rule in outcome.rules if rule.when for test in tests_in(rule.when))
        needs[name] = {test.outcome for test in tests if isinstance(test, OfOutcome)} & outcomes.keys()
    return _ordered(needs)


def _ordered(needs: Mapping[str, set[str]]) -> list[str]:
    """Names, each after all that it needs; those that never can be are left out."""
    order: list[str] = []
    left = list(needs)
    while True:
        ready = [name for name in left if needs[name] <= set(order)]
        if not ready:
            return order
        order += ready
        left = [name for name in left if name not in ready]


def tags_of(questionnaire: Questionnaire, rubric: Rubric, question_id: str) -> Tags:
    """An item's tags: its own id, its dimension and theme, and what the rubric adds."""
    place = questionnaire.tags[question_id]
    own = {"item": question_id, "dimension": place.dimension, "theme": place.theme}
    return own | rubric.items[question_id].tags


def scale_of(rubric: Rubric, item: Item) -> dict[str, float]:
    """Option id → value of an item that has a scale, by name or written out; else empty."""
    if isinstance(item.scale, str):
        return rubric.scales.get(item.scale, {})
    return item.scale or {}


def _carried(by: tuple[str, ...], group: Group, items: Mapping[str, Tags]) -> Tags:
    """The tags that a group still carries: those it is grouped by, and, grouped by `item`, all of that item's."""
    own = dict(zip(by, group, strict=True))
    return items[own["item"]] if "item" in own else own


def _measure(rubric: Rubric, name: str, measure: Measure, members: list[Member]) -> PlannedMeasure:
    minimum = rubric.policy.min_coverage if measure.min_coverage is None else measure.min_coverage
    weighed = [
        (s, tags, weight * measure.weights.get(s, 1.0)) for s, tags, weight in _where(members, measure.where)
    ]
    steps = list(measure.ladder.steps) if measure.ladder else []
    along = measure.ladder.along if measure.ladder else ""
    if along:
        weighed = [(source, tags, weight) for source, tags, weight in weighed if tags.get(along) in steps]
    limits = tuple(limit for limit in rubric.limits if limit.measure == name)
    return PlannedMeasure(
        name=name,
        of=measure.of,
        by=measure.by,
        reduce=measure.reduce,
        base=measure.base,
        at_least=measure.at_least,
        ladder=measure.ladder,
        min_coverage=settle(minimum),
        bands=tuple(sorted(rubric.bands[measure.bands], key=lambda b: b.from_)) if measure.bands else (),
        limits=limits,
        groups=tuple(
            PlannedGroup(
                group,
                group_name(group),
                tuple((source, weight) for source, _, weight in inputs),
                tuple(steps.index(tags[along]) for _, tags, _ in inputs) if along else (),
                tuple(limit for limit in limits if _is_for(limit, dict(zip(measure.by, group, strict=True)))),
            )
            for group, inputs in _groups(measure.by, weighed).items()
        ),
    )


def _is_for(limit: Limit, tags: Tags) -> bool:
    return all(tags.get(tag) == wanted for tag, wanted in limit.where.items())


def _outcome(name: str, outcome: Outcome, members: list[Member]) -> PlannedOutcome:
    chosen = list(_where(members, outcome.where))
    groups = tuple(
        PlannedGroup(group, group_name(group), tuple((source, weight) for source, _, weight in inputs))
        for group, inputs in _groups(outcome.by, chosen).items()
    )
    return PlannedOutcome(
        name, outcome.of, outcome.by, outcome.rules, groups, {source: tags for source, tags, _ in chosen}
    )


def _where(members: Iterable[Member], where: Mapping[str, str]) -> Iterable[Member]:
    return (m for m in members if all(m[1].get(tag) == wanted for tag, wanted in where.items()))


def _groups(by: tuple[str, ...], members: Iterable[Member]) -> dict[Group, list[Member]]:
    """Members by their tags' values; one that lacks a tag is in no group. The whole is always there, even if empty."""
    groups: dict[Group, list[Member]] = {} if by else {(): []}
    for member in members:
        tags = member[1]
        if all(tag in tags for tag in by):
            groups.setdefault(tuple(tags[tag] for tag in by), []).append(member)
    return groups


def _item(rubric: Rubric, question: Question, tags: Tags) -> PlannedItem:
    item, policy = rubric.items[question.id], rubric.policy
    values = scale_of(rubric, item) if item.per_choice is None else item.per_choice
    bands = tuple(sorted((band.from_, band.value) for band in item.bands or ()))
    possible = list(values.values()) + [value for _, value in bands]
    least, most = min(possible), max(possible)
    if item.per_choice is not None:
        most = sum(v for v in possible if v > 0)
        most = most if item.at_most is None else min(most, item.at_most)
        least = min(0.0, sum(v for v in possible if v < 0))
    single = values if item.per_choice is None else {}
    return PlannedItem(
        id=question.id,
        type=question.type,
        weight=item.weight,
        values=values,
        scored={
            o: ItemScore(question.id, v, item.weight, "answered", 0, least, most) for o, v in single.items()
        },
        bands=bands,
        at_most=item.at_most,
        least=least,
        most=most,
        tags=tags,
        unanswered=item.policy.unanswered or policy.unanswered,
        dont_know=item.policy.dont_know or policy.dont_know,
        not_applicable=item.policy.not_applicable or policy.not_applicable,
    )
