"""A rubric compiled as far as it is sound, so that rules about groups and values see what scoring sees."""

from __future__ import annotations

from maturity.models.questionnaire import Questionnaire, TextQuestion
from maturity.models.rubric import Item, Rubric
from maturity.scoring.compile import Tags, compile_plan, in_order, scale_of
from maturity.scoring.plan import Plan

OWN_TAGS = ("item", "dimension", "theme")
"""Tags that every item has from the questionnaire."""

MOST_MEASURES = 100
MOST_STEPS = 100
MOST_WORK = 1_000_000


def sound_plan(rubric: Rubric, questionnaire: Questionnaire) -> Plan | None:
    """The plan of all items and measures that can be compiled, without limits, bands and rules.

    What is left out (an item without values, a measure of nothing known or in a circle) is reported by the rules
    about that. None where the rubric is too large to be worked out while it is checked.
    """
    items: dict[str, Item] = {}
    for name, item in rubric.items.items():
        question = questionnaire.questions.get(name)
        values = scale_of(rubric, item) if item.per_choice is None else item.per_choice
        if question is not None and not isinstance(question, TextQuestion) and (values or item.bands):
            tags = {tag: value for tag, value in item.tags.items() if tag not in OWN_TAGS}
            items[name] = item.model_copy(update={"tags": tags})
    if len(rubric.measures) > MOST_MEASURES or len(items) * (1 + len(rubric.measures)) > MOST_WORK:
        return None
    measures = {
        name: rubric.measures[name].model_copy(update={"bands": None})
        for name in in_order(rubric.measures)
        if name != "items" and not _long(rubric, name)
    }
    known = in_order(measures)
    outcomes = {
        name: outcome.model_copy(update={"rules": ()})
        for name, outcome in list(rubric.outcomes.items())[:MOST_MEASURES]
        if outcome.of == "items" or outcome.of in known
    }
    sound = {"items": items, "measures": measures, "outcomes": outcomes, "limits": ()}
    return compile_plan(rubric.model_copy(update=sound), questionnaire)


def members(plan: Plan) -> dict[str, dict[str, Tags]]:
    """'items' or measure → what it has: an item or group by name, with the tags that it carries."""
    items = {item.id: item.tags for item in plan.items}
    found: dict[str, dict[str, Tags]] = {"items": items}
    for measure in plan.measures:
        found[measure.name] = {}
        for group in measure.groups:
            own = dict(zip(measure.by, group.group, strict=True))
            found[measure.name][group.name] = items[own["item"]] if "item" in own else own
    return found


def _long(rubric: Rubric, name: str) -> bool:
    ladder = rubric.measures[name].ladder
    return ladder is not None and len(ladder.steps) > MOST_STEPS
