"""Compiles a rubric against a questionnaire into a plan."""

from __future__ import annotations

from maturity.models.questionnaire import Question, Questionnaire
from maturity.models.rubric import Item, Measure, Rubric
from maturity.models.scorecard import Group
from maturity.scoring.plan import Plan, PlannedGroup, PlannedItem, PlannedMeasure, group_name


def compile_plan(rubric: Rubric, questionnaire: Questionnaire) -> Plan:
    """The plan that scores answers to `questionnaire` with `rubric`.

    Both must have passed the checks of ``maturity validate``. Items and groups come in the questionnaire's order,
    whatever the order in the rubric; measures so that each follows what it is built of.
    """
    items = tuple(
        _item(rubric, question, _tags(questionnaire, rubric, question.id))
        for question in questionnaire.questions.values()
        if question.id in rubric.items
    )
    members: dict[str, list[tuple[str, dict[str, str], float]]] = {
        "items": [(item.id, item.tags, item.weight) for item in items]
    }
    measures = []
    for name in in_order(rubric.measures):
        measure = rubric.measures[name]
        groups = _groups(measure, members[measure.of])
        members[name] = [
            (group_name(g.group), dict(zip(measure.by, g.group, strict=True)), 1.0) for g in groups
        ]
        minimum = rubric.policy.min_coverage if measure.min_coverage is None else measure.min_coverage
        bands = rubric.bands[measure.bands] if measure.bands else ()
        limits = tuple(limit for limit in rubric.limits if limit.measure == name)
        measures.append(
            PlannedMeasure(name, measure.of, measure.by, measure.reduce, minimum, bands, limits, groups)
        )
    return Plan(items, tuple(measures), rubric.policy)


def in_order(measures: dict[str, Measure]) -> list[str]:
    """Names of measures, each after the one it is `of`; those in a circle, or of nothing known, are left out."""
    order: list[str] = []
    left = list(measures)
    while True:
        ready = [name for name in left if measures[name].of == "items" or measures[name].of in order]
        if not ready:
            return order
        order += ready
        left = [name for name in left if name not in ready]


def _tags(questionnaire: Questionnaire, rubric: Rubric, question_id: str) -> dict[str, str]:
    own = questionnaire.tags[question_id]
    return {"dimension": own.dimension, "theme": own.theme, **rubric.items[question_id].tags}


def _groups(measure: Measure, members: list[tuple[str, dict[str, str], float]]) -> tuple[PlannedGroup, ...]:
    groups: dict[Group, list[tuple[str, float]]] = {}
    for source, tags, weight in members:
        if all(tag in tags for tag in measure.by):
            group = tuple(tags[tag] for tag in measure.by)
            groups.setdefault(group, []).append((source, weight * measure.weights.get(source, 1.0)))
    return tuple(PlannedGroup(group, tuple(inputs)) for group, inputs in groups.items())


def _item(rubric: Rubric, question: Question, tags: dict[str, str]) -> PlannedItem:
    item = rubric.items[question.id]
    values = scale_of(rubric, item) if item.per_choice is None else item.per_choice
    bands = tuple(sorted((band.from_, band.value) for band in item.bands or ()))
    possible = list(values.values()) + [value for _, value in bands]
    least, most = min(possible), max(possible)
    if item.per_choice is not None:
        most = sum(v for v in possible if v > 0)
        most = most if item.at_most is None else min(most, item.at_most)
        least = min(0.0, sum(v for v in possible if v < 0))
    return PlannedItem(
        question.id, question.type, item.weight, values, bands, item.at_most, least, most, tags
    )


def scale_of(rubric: Rubric, item: Item) -> dict[str, float]:
    """Option id → value of an item that has a scale, by name or written out; else empty."""
    if isinstance(item.scale, str):
        return rubric.scales.get(item.scale, {})
    return item.scale or {}
