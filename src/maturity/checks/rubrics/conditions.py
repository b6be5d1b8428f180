"""Conditions of limits and outcomes look at what there is, and at what is known by then."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.atoms import ATTRIBUTES, atoms, impossible_test, kind_of, misfit, tested_by
from maturity.checks.groups import groups_of, tags_carried
from maturity.checks.subjects import ValuedSubject
from maturity.checks.wording import did_you_mean, listed
from maturity.checks.worth import Worth
from maturity.models.condition import (
    Condition,
    OfEvery,
    OfItem,
    OfMeasure,
    OfOrganisation,
    OfOutcome,
    OfQuestion,
    OfSome,
)
from maturity.models.problem import Kind, Problem
from maturity.models.rubric import Outcome
from maturity.sources.yaml_reader import Loc

UNKNOWN_QUESTION = Kind(
    "R070",
    "error",
    "This looks at the answer to '{question}', which is not asked.",
    "Correct the question's id.{hint}",
)
IMPOSSIBLE_TEST = Kind(
    "R071", "error", "This test does not fit the answers to '{question}': {why}.", "Correct the test."
)
UNKNOWN_ITEM = Kind(
    "R051",
    "error",
    "This looks at the value of '{item}', which is not under 'items'.",
    "Correct the item's id, or add it under 'items'.",
)
NEVER = Kind(
    "R055",
    "error",
    "No answer to '{item}' is worth what this looks for.",
    "Choose from what its answers are worth: {values}.",
)
UNKNOWN_MEASURE = Kind(
    "R072",
    "error",
    "This looks at '{measure}', which is not a measure with that group.",
    "Choose from: {known}.",
)
NOT_YET = Kind(
    "R073",
    "error",
    "The limit on '{limited}' looks at '{measure}', which is not worked out before it.",
    "Choose a measure that neither is built of '{limited}' nor has a limit that looks at it.",
)
NOT_OF_LIMITS = Kind(
    "R074",
    "error",
    "'{kind}' belongs into the rules of an outcome, and this is a limit.",
    "Write 'item', 'question' or 'measure'.",
)
NO_SUCH_TAG = Kind("R075", "error", "No input of '{outcome}' has {tag} '{value}'.", "Choose from: {known}.")
NO_ATTRIBUTE = Kind(
    "R076", "error", "A register knows no '{attribute}' of an organisation.", "Choose from: {attributes}."
)
MISFIT = Kind("R077", "error", "This test does not fit '{kind}'.", "Write {fitting}.")
OUT_OF_REACH = Kind(
    "R078",
    "error",
    "'{measure}' is never what this looks for.",
    "Correct the number: the measure lies between {least} and {most}.",
)
NO_NUMBER = Kind(
    "R079",
    "error",
    "'{measure}' is a distribution and has no number to test.",
    "Choose another measure, or test items by 'some' and 'every'.",
)
UNKNOWN_OUTCOME = Kind(
    "R085",
    "error",
    "This looks at '{outcome}', which is not an outcome with that group.",
    "Choose from: {known}.",
)
NO_LABEL = Kind(
    "R086", "error", "The outcome '{outcome}' has no verdict '{label}'.", "Choose from: {labels}."
)
CIRCLE = Kind(
    "R087",
    "error",
    "'{name}' looks, by way of others, at its own verdict.",
    "Replace this test by one of 'item', 'question' or 'measure', so that the circle is broken.",
)


def check(subject: ValuedSubject) -> Iterator[Problem]:
    for i in range(len(subject.rubric.limits)):
        yield from of_limit(subject, i)
    for name, outcome in subject.rubric.outcomes.items():
        for i in range(len(outcome.rules)):
            yield from of_rule(subject, name, i)


def of_limit(subject: ValuedSubject, i: int) -> Iterator[Problem]:
    """What is wrong with the condition of the limit at `i`."""
    limit, loc = subject.rubric.limits[i], ("limits", i, "when")
    yield from _anywhere(subject, limit.when, loc)
    for here, atom in atoms(limit.when, loc):
        if isinstance(atom, OfEvery | OfSome | OfOutcome):
            kind = kind_of(atom)
            yield subject.document.key_problem(NOT_OF_LIMITS, (*here, kind), kind=kind)
        elif isinstance(atom, OfMeasure) and {atom.measure, limit.measure} <= subject.held_up:
            details = {"limited": limit.measure, "measure": atom.measure}
            yield subject.document.problem(NOT_YET, (*here, "measure"), **details)


def of_rule(subject: ValuedSubject, name: str, i: int) -> Iterator[Problem]:
    """What is wrong with the condition of an outcome's rule at `i`."""
    outcome, loc = subject.rubric.outcomes[name], ("outcomes", name, "rules", i, "when")
    condition = outcome.rules[i].when
    if condition is not None:
        yield from _anywhere(subject, condition, loc)
        yield from _inputs(subject, name, outcome, condition, loc)
        yield from _verdicts(subject, name, condition, loc)


def _anywhere(subject: ValuedSubject, condition: Condition, loc: Loc) -> Iterator[Problem]:
    document = subject.document
    for here, atom in atoms(condition, loc):
        kind = kind_of(atom)
        if isinstance(atom, OfOrganisation) and atom.organisation not in ATTRIBUTES:
            known = ", ".join(ATTRIBUTES)
            yield document.problem(NO_ATTRIBUTE, (*here, kind), attribute=atom.organisation, attributes=known)
        elif fitting := misfit(atom):
            yield document.problem(MISFIT, here, kind=kind, fitting=fitting)
        elif isinstance(atom, OfQuestion) and subject.questionnaire is not None:
            question = subject.questionnaire.questions.get(atom.question)
            if question is None:
                hint = did_you_mean(atom.question, subject.questionnaire.questions)
                yield document.problem(UNKNOWN_QUESTION, (*here, kind), question=atom.question, hint=hint)
            elif why := impossible_test(question, atom):
                yield document.problem(IMPOSSIBLE_TEST, here, question=atom.question, why=why)
        elif isinstance(atom, OfItem):
            yield from _item(subject, atom, here)
        elif isinstance(atom, OfMeasure):
            yield from _measure(subject, atom, here)


def _item(subject: ValuedSubject, atom: OfItem, here: Loc) -> Iterator[Problem]:
    if atom.item not in subject.rubric.items:
        yield subject.document.problem(UNKNOWN_ITEM, (*here, "item"), item=atom.item)
        return
    worth = subject.worths.of.get("items", {}).get(atom.item)
    if worth is not None and not _reached(atom, worth):
        about = {"item": atom.item, "values": worth.shown()}
        yield subject.document.problem(NEVER, (*here, tested_by(atom)), **about)


def _measure(subject: ValuedSubject, atom: OfMeasure, here: Loc) -> Iterator[Problem]:
    document, measure = subject.document, subject.rubric.measures.get(atom.measure)
    name, groups = ".".join((atom.measure, *atom.group)), groups_of(subject, atom.measure)
    there = measure is not None and (".".join(atom.group) in groups or bool(measure.by) is bool(atom.group))
    group = ".".join(atom.group) or "all"
    if measure is None or not there or (groups and group not in groups):
        known = listed(subject.rubric.measures if measure is None else groups)
        yield document.problem(UNKNOWN_MEASURE, (*here, "measure"), measure=name, known=known)
    elif measure.reduce == "distribution":
        yield document.problem(NO_NUMBER, (*here, "measure"), measure=name)
    else:
        worth = subject.worths.of.get(atom.measure, {}).get(group)
        if worth is not None and not _reached(atom, worth):
            about = {"measure": name, "least": f"{worth.least:g}", "most": f"{worth.most:g}"}
            yield document.problem(OUT_OF_REACH, (*here, tested_by(atom)), **about)


def _reached(atom: OfItem | OfMeasure, worth: Worth) -> bool:
    """Whether one of the values passes the test."""
    edges = [
        v for v in (atom.equals, atom.at_least, atom.below, *(atom.in_ or ())) if isinstance(v, int | float)
    ]
    return any(atom.passes(value) for value in worth.passed_by(edges))


def _inputs(
    subject: ValuedSubject, name: str, outcome: Outcome, condition: Condition, loc: Loc
) -> Iterator[Problem]:
    carried = tags_carried(subject, outcome.of)
    for here, atom in atoms(condition, loc):
        if not isinstance(atom, OfEvery | OfSome) or carried is None:
            continue
        kind, wanted = kind_of(atom), atom.every if isinstance(atom, OfEvery) else atom.some
        for tag, value in wanted.items():
            if value not in carried.get(tag, ()):
                known = listed(carried.get(tag) or carried)
                details = {"outcome": name, "tag": tag, "value": value, "known": known}
                yield subject.document.key_problem(NO_SUCH_TAG, (*here, kind, tag), **details)


def _verdicts(subject: ValuedSubject, name: str, condition: Condition, loc: Loc) -> Iterator[Problem]:
    document, outcomes = subject.document, subject.rubric.outcomes
    groups = {o.name: [g.name for g in o.groups] for o in subject.plan.outcomes} if subject.plan else {}
    for here, atom in atoms(condition, loc):
        if not isinstance(atom, OfOutcome):
            continue
        other, known = outcomes.get(atom.outcome), groups.get(atom.outcome)
        if other is None or (known and (".".join(atom.group) or "all") not in known):
            about = ".".join((atom.outcome, *atom.group))
            there = listed(outcomes if other is None else known or ())
            yield document.problem(UNKNOWN_OUTCOME, (*here, "outcome"), outcome=about, known=there)
            continue
        if {name, atom.outcome} <= subject.circling:
            yield document.problem(CIRCLE, (*here, "outcome"), name=name)
        labels = dict.fromkeys(rule.label for rule in other.rules)
        wanted = [atom.equals] if atom.equals is not None else list(atom.in_ or ())
        for label in wanted:
            if isinstance(label, str) and label not in labels:
                details = {"outcome": atom.outcome, "label": label, "labels": listed(labels)}
                yield document.problem(NO_LABEL, (*here, tested_by(atom)), **details)
