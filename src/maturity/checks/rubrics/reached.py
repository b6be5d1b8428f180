"""Every limit can cap, and every rule of an outcome can be the first that holds."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.rubrics.conditions import of_limit, of_rule
from maturity.checks.satisfy import Goal, Search
from maturity.checks.subjects import ValuedSubject
from maturity.models.problem import Kind, Problem
from maturity.models.rubric import Outcome
from maturity.scoring.plan import PlannedOutcome

NEVER_CAPS = Kind(
    "R056",
    "error",
    "The limit '{limit}' never caps: its condition cannot hold.",
    "Correct the condition, or delete the limit.",
)
TOO_HIGH = Kind(
    "R057",
    "warning",
    "The limit '{limit}' never caps: '{measure}' is {most} at most.",
    "Correct 'at_most', or delete the limit.",
)
NO_NUMBER = Kind(
    "R058",
    "error",
    "The limit '{limit}' caps '{measure}', which is a distribution and has no number.",
    "Choose another measure, or delete the limit.",
)
NEVER = Kind(
    "R083",
    "error",
    "The rule for '{label}' can never hold: nothing that '{outcome}' looks at can be so.",
    "Correct the condition, or delete the rule.",
)
SHADOWED = Kind(
    "R084",
    "error",
    "The rule for '{label}' never counts: wherever it holds, a rule before it holds already.",
    "Put it before that rule, correct its condition, or delete it.",
)

MOST_RULES = 30


def check(subject: ValuedSubject) -> Iterator[Problem]:
    rubric = subject.rubric
    verdicts = {name: [rule.label for rule in outcome.rules] for name, outcome in rubric.outcomes.items()}
    questions = subject.questionnaire.questions if subject.questionnaire else {}
    search = Search(questions, subject.worths, verdicts)
    yield from _limits(subject, search)
    if subject.plan is None:
        return
    for planned in subject.plan.outcomes:
        yield from _rules(subject, search, planned, rubric.outcomes[planned.name])


def _limits(subject: ValuedSubject, search: Search) -> Iterator[Problem]:
    document, measures = subject.document, subject.rubric.measures
    for i, limit in enumerate(subject.rubric.limits):
        about = {"limit": limit.id, "measure": limit.measure}
        if limit.measure not in measures:
            continue
        if measures[limit.measure].reduce == "distribution":
            yield document.problem(NO_NUMBER, ("limits", i, "measure"), **about)
            continue
        if next(of_limit(subject, i), None) is None and not search.possible([(limit.when, True)]):
            yield document.problem(NEVER_CAPS, ("limits", i, "when"), **about)
        tops = [worth.most for worth in subject.worths.of.get(limit.measure, {}).values() if worth]
        if tops and max(tops) <= limit.at_most:
            yield document.problem(TOO_HIGH, ("limits", i, "at_most"), most=f"{max(tops):g}", **about)


def _rules(
    subject: ValuedSubject, search: Search, planned: PlannedOutcome, outcome: Outcome
) -> Iterator[Problem]:
    """The first of equal rules counts; rules after one without condition are another rule's."""
    document, name = subject.document, planned.name
    worth = subject.worths.of[planned.of]
    inputs = [(planned.tags[source], worth[source]) for group in planned.groups for source, _ in group.inputs]
    before: list[Goal] = []
    seen: set[str] = set()
    for i, rule in enumerate(outcome.rules):
        if rule.when is None:
            return
        loc = ("outcomes", name, "rules", i)
        if next(of_rule(subject, name, i), None) is not None:
            continue
        wanted, written = (rule.when, True), repr(rule.when)
        if not search.possible([wanted], inputs):
            yield document.problem(NEVER, (*loc, "when"), label=rule.label, outcome=name)
        elif written in seen or not search.possible([wanted, *before[-MOST_RULES:]], inputs):
            yield document.problem(SHADOWED, loc, label=rule.label)
        else:
            before.append((rule.when, False))
        seen.add(written)
