"""Outcomes are built of what there is, and a rule without condition comes last."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.groups import tags_carried
from maturity.checks.rubrics.measures import TAG_TWICE
from maturity.checks.rubrics.operators import NO_NUMBER, NONE, where_problems
from maturity.checks.sound import MOST_MEASURES
from maturity.checks.subjects import ValuedSubject
from maturity.checks.wording import listed
from maturity.models.problem import Kind, Problem
from maturity.models.rubric import Outcome

UNKNOWN = Kind(
    "R080",
    "error",
    "There is no measure '{of}' for '{outcome}' to be built of.",
    "Write 'items' or one of: {measures}.",
)
NO_TAG = Kind(
    "R081", "error", "'{outcome}' groups by '{tag}', which '{of}' does not carry.", "Choose from: {tags}."
)
AFTER_ALL = Kind(
    "R082",
    "error",
    "The rule for '{label}' never counts: a rule before it always holds.",
    "Put the rule without 'when' last.",
)
TOO_MANY = Kind(
    "R088",
    "error",
    "There are {found} outcomes, and at most {most} can be worked out.",
    "Delete outcomes: one for each verdict that is shown is enough.",
)


def check(subject: ValuedSubject) -> Iterator[Problem]:
    if len(subject.rubric.outcomes) > MOST_MEASURES:
        about = {"found": len(subject.rubric.outcomes), "most": MOST_MEASURES}
        yield subject.document.key_problem(TOO_MANY, ("outcomes",), **about)
        return
    for name, outcome in subject.rubric.outcomes.items():
        yield from _built(subject, name, outcome)


def _built(subject: ValuedSubject, name: str, outcome: Outcome) -> Iterator[Problem]:
    document, measures, loc = subject.document, subject.rubric.measures, ("outcomes", name)
    if outcome.of != "items" and outcome.of not in measures:
        known = listed(measures)
        yield document.problem(UNKNOWN, (*loc, "of"), outcome=name, of=outcome.of, measures=known)
        return
    if outcome.of != "items" and measures[outcome.of].reduce == "distribution":
        yield document.problem(NO_NUMBER, (*loc, "of"), of=outcome.of, measure=name)
    carried = tags_carried(subject, outcome.of)
    seen: set[str] = set()
    for i, tag in enumerate(outcome.by):
        if tag in seen:
            yield document.problem(TAG_TWICE, (*loc, "by", i), measure=name, tag=tag)
        elif carried is not None and tag not in carried:
            details = {"outcome": name, "tag": tag, "of": outcome.of, "tags": listed(sorted(carried), NONE)}
            yield document.problem(NO_TAG, (*loc, "by", i), **details)
        seen.add(tag)
    yield from where_problems(subject, outcome.of, outcome.where, loc)
    final = next((i for i, rule in enumerate(outcome.rules) if rule.when is None), len(outcome.rules))
    for i in range(final + 1, len(outcome.rules)):
        yield document.problem(AFTER_ALL, (*loc, "rules", i), label=outcome.rules[i].label)
