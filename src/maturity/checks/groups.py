"""Which groups a rubric's tags make, and the least that an item's answers can be worth."""

from __future__ import annotations

from maturity.checks.subjects import ValuedSubject
from maturity.models.rubric import Rubric
from maturity.scoring.compile import scale_of


def item_tags(subject: ValuedSubject) -> dict[str, dict[str, str]]:
    """Item → its tags, those from the questionnaire too; empty where that is not at hand."""
    if subject.questionnaire is None:
        return {}
    own = subject.questionnaire.tags
    return {
        item: {"dimension": own[item].dimension, "theme": own[item].theme, **valued.tags}
        for item, valued in subject.rubric.items.items()
        if item in own
    }


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
