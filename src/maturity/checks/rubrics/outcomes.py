"""Outcomes are built of what there is, and each of their rules can be the first that holds."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.groups import tags_carried, values_of
from maturity.checks.subjects import ValuedSubject
from maturity.checks.wording import listed
from maturity.models.condition import Condition, OfEvery, OfSome
from maturity.models.problem import Kind, Problem

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
NEVER = Kind(
    "R083",
    "error",
    "The rule for '{label}' can never hold: no input of '{outcome}' can pass its test.",
    "Test a value that answers can be worth: {values}.",
)
SAME = Kind(
    "R084",
    "error",
    "The rule for '{label}' never counts: a rule before it has the same condition.",
    "Delete one of the two.",
)


def check(subject: ValuedSubject) -> Iterator[Problem]:
    document, rubric = subject.document, subject.rubric
    for name, outcome in rubric.outcomes.items():
        loc = ("outcomes", name)
        if outcome.of != "items" and outcome.of not in rubric.measures:
            yield document.problem(
                UNKNOWN, (*loc, "of"), outcome=name, of=outcome.of, measures=listed(rubric.measures)
            )
            continue
        carried = tags_carried(subject, outcome.of)
        for i, tag in enumerate(outcome.by):
            if carried is not None and tag not in carried:
                details = {"outcome": name, "tag": tag, "of": outcome.of, "tags": listed(sorted(carried))}
                yield document.problem(NO_TAG, (*loc, "by", i), **details)
        conditions: list[Condition | None] = []
        for i, rule in enumerate(outcome.rules):
            here = (*loc, "rules", i)
            if None in conditions:
                yield document.problem(AFTER_ALL, here, label=rule.label)
            elif rule.when is not None and rule.when in conditions:
                yield document.problem(SAME, here, label=rule.label)
            elif isinstance(rule.when, OfEvery | OfSome) and outcome.of == "items":
                values = values_of(subject)
                if values and not any(rule.when.passes(value) for value in values):
                    details = {
                        "label": rule.label,
                        "outcome": name,
                        "values": ", ".join(f"{v:g}" for v in values),
                    }
                    yield document.problem(NEVER, (*here, "when"), **details)
            conditions.append(rule.when)
