"""A scorecard has every item and every group of its rubric, and no other."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import FiledSubject
from maturity.models.problem import Kind, Problem
from maturity.models.scorecard import Scorecard
from maturity.models.text import Text
from maturity.scoring.plan import Plan, group_name
from maturity.sources.yaml_reader import Loc, short

LACKS = Kind(
    "C033",
    "error",
    "The scorecard of {organisation} lacks {part}.",
    "Score the answers anew: something was cut from the scorecard.",
)
NO_PART = Kind(
    "C034",
    "error",
    "{part} is no part of the scorecard of {organisation}: its rubric has none.",
    "Score the answers anew: something was added to the scorecard.",
)
TWICE = Kind(
    "C035",
    "error",
    "{part} stands a second time in the scorecard of {organisation}.",
    "Score the answers anew: something was added to the scorecard.",
)


def check(subject: FiledSubject) -> Iterator[Problem]:
    for i, one in enumerate(subject.filed):
        card = one.scorecard
        plan = subject.rules[card.questionnaire, card.rubric].plan
        if plan is not None:
            yield from _parts(subject, i, one.name, card, plan)


def whole(card: Scorecard, plan: Plan) -> bool:
    """Whether the card has just the parts that the plan has."""
    lists = list(_lists(card, plan))
    return all(set(wanted) == set(found) and len(found) == len(set(found)) for _, wanted, found in lists)


def _parts(
    subject: FiledSubject, i: int, organisation: Text, card: Scorecard, plan: Plan
) -> Iterator[Problem]:
    loc: Loc = ("scorecards", i, "scorecard")
    for key, wanted, found in _lists(card, plan):
        for part in wanted:
            if part not in found:
                about = {"organisation": organisation, "part": part}
                yield subject.document.key_problem(LACKS, (*loc, key), **about)
        seen: set[str] = set()
        for j, part in enumerate(found):
            kind = NO_PART if part not in wanted else TWICE if part in seen else None
            if kind is not None:
                about = {"organisation": organisation, "part": short(part)}
                yield subject.document.problem(kind, (*loc, key, j), **about)
            seen.add(part)


def _lists(card: Scorecard, plan: Plan) -> Iterator[tuple[str, dict[str, None], list[str]]]:
    """Key → the parts that belong there, and those that stand there."""
    respondents = sorted({item.respondent for item in card.items}) or [0]
    items = [_item(item.id, n) for n in respondents for item in plan.items]
    yield "items", dict.fromkeys(items), [_item(item.source, item.respondent) for item in card.items]
    groups = [f"'{m.name}' {group_name(g.group)}" for m in plan.measures for g in m.groups]
    yield "scores", dict.fromkeys(groups), [f"'{s.measure}' {group_name(s.group)}" for s in card.scores]
    groups = [f"'{o.name}' {group_name(g.group)}" for o in plan.outcomes for g in o.groups]
    yield "verdicts", dict.fromkeys(groups), [f"'{v.outcome}' {group_name(v.group)}" for v in card.verdicts]


def _item(name: str, respondent: int) -> str:
    return f"'{name}' ({respondent})" if respondent else f"'{name}'"
