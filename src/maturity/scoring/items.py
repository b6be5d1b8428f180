"""What each answer is worth: of one respondent, or of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from math import fsum

from maturity.models.assessment import DONT_KNOW, Answer
from maturity.models.scorecard import Input, ItemScore, Score, State
from maturity.scoring.conditions import left_out
from maturity.scoring.numbers import settle
from maturity.scoring.plan import Plan, PlannedItem

NO_ANSWER = Answer()
MOST_KEPT = 2_000
"""How many results of an item or a group are kept to be given again."""

Kept = tuple[Score, tuple[Input], tuple[int, int]]
"""A group's score, the same as an input of what is built of it, and how many items are answered and apply."""
_Worth = tuple[State, float | None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One respondent's answers, with the respondent's role and the organisation's attributes.

    Questions that are to be left `without` count as not asked.
    """

    answers: Mapping[str, Answer]
    role: str | None = None
    organisation: Mapping[str, object] = field(default_factory=dict)
    without: Set[str] = frozenset()


@dataclass(slots=True)
class Seen:
    """What came up while a plan ran, to be given again: scorecards share it, and nobody changes it.

    `items` has an item's result by the answer's value and by what it is worth (state and value), `groups` a group's by the results of its items: few
    items with few options come out the same for many councils. It belongs to one plan.
    """

    items: dict[str, dict[object, tuple[ItemScore]]]
    groups: dict[tuple[str, str], dict[tuple[int, ...], Kept]] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan) -> Seen:
        """With what the plan itself knows."""
        return cls({item.id: {option: (one,) for option, one in item.scored.items()} for item in plan.items})


def not_asked(plan: Plan, sheet: Sheet) -> Set[str]:
    """The questions that are not asked of this respondent; their answers count as not there."""
    if not plan.filters:
        return sheet.without
    filters = [(one.question, one.when) for one in plan.filters]
    answers = {question: answer.value for question, answer in sheet.answers.items()}
    return left_out(filters, answers, sheet.organisation, sheet.role) | sheet.without


def answers_of_one(plan: Plan, sheet: Sheet, seen: Seen, failing: set[str]) -> dict[str, tuple[ItemScore]]:
    """What the only respondent's answers are worth; those that are missing though demanded are added to `failing`."""
    silent, answers = not_asked(plan, sheet), sheet.answers
    found: dict[str, tuple[ItemScore]] = {}
    for item in plan.items:
        name = item.id
        known = seen.items[name]
        answer = answers.get(name, NO_ANSWER)
        value = answer.value
        scored = known.get(value) if value is not None else None
        if scored is None or name in silent:
            worth = _worth(item, answer, name in silent, failing)
            scored = known.get(worth)
            if scored is None:
                scored = known[worth] = (_item_score(item, worth, 0),)
            if value is not None and worth[0] == "answered" and len(known) < MOST_KEPT:
                known[value] = scored
        found[name] = scored
    return found


def answers_of_several(
    plan: Plan, sheets: Sequence[Sheet], failing: set[str]
) -> tuple[tuple[ItemScore, ...], dict[str, list[ItemScore]]]:
    """The same of several respondents: all in their order, and by item."""
    items: list[ItemScore] = []
    found: dict[str, list[ItemScore]] = {item.id: [] for item in plan.items}
    for number, sheet in enumerate(sheets, 1):
        silent = not_asked(plan, sheet)
        for item in plan.items:
            worth = _worth(item, sheet.answers.get(item.id, NO_ANSWER), item.id in silent, failing)
            items.append(_item_score(item, worth, number))
            found[item.id].append(items[-1])
    return tuple(items), found


def _worth(item: PlannedItem, answer: Answer, silent: bool, failing: set[str]) -> _Worth:
    state, value = ("not_asked", None) if silent else worth_of(item, answer)
    if value is None and state != "not_asked" and getattr(item, state) == "fail":
        failing.add(item.id)
    return state, value


def _item_score(item: PlannedItem, worth: _Worth, number: int) -> ItemScore:
    return ItemScore(item.id, worth[1], item.weight, worth[0], number, item.least, item.most)


def worth_of(item: PlannedItem, answer: Answer) -> tuple[State, float | None]:
    """What an answer to a question that is asked counts as, and what it is worth; None where nothing countable."""
    value = answer.value
    if answer.not_applicable:
        return "not_applicable", _instead(item, item.not_applicable)
    if value is None:
        return "unanswered", _instead(item, item.unanswered)
    if type(value) is str:
        if value == DONT_KNOW and item.bands:
            return "dont_know", _instead(item, item.dont_know)
        return "answered", item.values[value]
    if type(value) is tuple:
        total = settle(fsum([item.values[choice] for choice in value]))
        return "answered", total if item.at_most is None else min(total, item.at_most)
    assert isinstance(value, float | int)
    number = settle(float(value))
    return "answered", [worth for start, worth in item.bands if number >= start][-1]


def _instead(item: PlannedItem, policy: str) -> float | None:
    if policy == "exclude":
        return None
    return {"zero": 0.0, "least": item.least, "full": item.most}.get(policy)
