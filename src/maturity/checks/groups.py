"""Which groups a rubric's tags make, and the least that an item's answers can be worth."""

from __future__ import annotations

from maturity.checks.subjects import ValuedSubject
from maturity.models.rubric import Rubric
from maturity.scoring.compile import scale_of, tags_of


def item_tags(subject: ValuedSubject) -> dict[str, dict[str, str]]:
    """Item → its tags, those from the questionnaire too; empty where that is not at hand."""
    if subject.questionnaire is None:
        return {}
    own = subject.questionnaire.tags
    return {
        item: tags_of(subject.questionnaire, subject.rubric, item)
        for item in subject.rubric.items
        if item in own
    }


def tags_carried(subject: ValuedSubject, of: str) -> dict[str, list[str]] | None:
    """Tag → its values, of what a measure or outcome is built `of`; None where that is not known."""
    items = item_tags(subject)
    if not items or (of != "items" and of not in subject.rubric.measures):
        return None
    tags = None if of == "items" else subject.rubric.measures[of].by
    carried: dict[str, list[str]] = {tag: [] for tag in tags or ()}
    for own in items.values():
        for tag, value in own.items():
            if (tags is None or tag in tags) and value not in carried.setdefault(tag, []):
                carried[tag].append(value)
    return carried


def values_of(subject: ValuedSubject) -> list[float]:
    """Every value that some answer can be worth, least first; empty where several choices add up."""
    values: set[float] = set()
    for item in subject.rubric.items.values():
        if item.per_choice is not None:
            return []
        values.update(scale_of(subject.rubric, item).values(), (band.value for band in item.bands or ()))
        values.update((0.0,) if "zero" in _policies(subject.rubric) else ())
    return sorted(values)


def _policies(rubric: Rubric) -> set[str]:
    policy = rubric.policy
    return {policy.unanswered, policy.dont_know, policy.not_applicable}


def groups_by(subject: ValuedSubject, *tags: str) -> list[str]:
    """Names of the groups that items make by `tags`, in order; empty where the questionnaire is not at hand."""
    found = [
        ".".join(own[tag] for tag in tags)
        for own in item_tags(subject).values()
        if all(tag in own for tag in tags)
    ]
    return list(dict.fromkeys(found))


def least_of(rubric: Rubric, item: str) -> float | None:
    """The least that an answer to `item` is worth, where the rubric says what answers are worth."""
    valued = rubric.items.get(item)
    if valued is None:
        return None
    if valued.per_choice is not None:
        # Choosing nothing is no answer, so that the least is one choice, or all that take away together.
        values = list(valued.per_choice.values())
        taken = sum(value for value in values if value < 0)
        return taken if taken < 0 else min(values, default=None)
    values = [band.value for band in valued.bands or ()] or list(scale_of(rubric, valued).values())
    return min(values, default=None)
