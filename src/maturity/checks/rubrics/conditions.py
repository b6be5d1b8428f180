"""Conditions of limits and outcomes look at what there is, and at what is known by then."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.conditions import ATTRIBUTES, atoms, impossible_test
from maturity.checks.groups import groups_by, least_of, tags_carried
from maturity.checks.subjects import ValuedSubject
from maturity.checks.wording import listed
from maturity.models.condition import (
    Condition,
    OfEvery,
    OfItem,
    OfMeasure,
    OfOrganisation,
    OfQuestion,
    OfSome,
)
from maturity.models.problem import Kind, Problem
from maturity.models.rubric import Outcome
from maturity.scoring.compile import in_order
from maturity.sources.yaml_reader import Loc

UNKNOWN_QUESTION = Kind(
    "R070",
    "error",
    "This looks at the answer to '{question}', which is not asked.",
    "Correct the question's id.",
)
IMPOSSIBLE_TEST = Kind(
    "R071", "error", "No answer to '{question}' can pass this test: {why}.", "Correct the test."
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
    "This never holds: no answer to '{item}' is worth less than {below}.",
    "Raise 'below' above {least}, which is the least that an answer is worth, or delete this.",
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
    "Look at a measure that '{limited}' is built of, or that stands before it.",
)
NO_INPUTS = Kind(
    "R074",
    "error",
    "'{kind}' looks at the inputs of an outcome, and this is a limit.",
    "Write 'item', 'question' or 'measure'.",
)
NO_SUCH_TAG = Kind("R075", "error", "No input of '{outcome}' has {tag} '{value}'.", "Choose from: {known}.")
NO_ATTRIBUTE = Kind(
    "R076", "error", "A register knows no '{attribute}' of an organisation.", "Choose from: {attributes}."
)


def check(subject: ValuedSubject) -> Iterator[Problem]:
    rubric = subject.rubric
    order = in_order(rubric.measures)
    for i, limit in enumerate(rubric.limits):
        loc: Loc = ("limits", i, "when")
        yield from _anywhere(subject, limit.when, loc)
        for here, atom in atoms(limit.when, loc):
            if isinstance(atom, OfEvery | OfSome):
                kind = "every" if isinstance(atom, OfEvery) else "some"
                yield subject.document.key_problem(NO_INPUTS, (*here, kind), kind=kind)
            if not isinstance(atom, OfMeasure) or not {atom.measure, limit.measure} <= set(order):
                continue
            if order.index(atom.measure) >= order.index(limit.measure):
                details = {"limited": limit.measure, "measure": atom.measure}
                yield subject.document.problem(NOT_YET, (*here, "measure"), **details)
    for name, outcome in rubric.outcomes.items():
        for i, rule in enumerate(outcome.rules):
            if rule.when is not None:
                loc = ("outcomes", name, "rules", i, "when")
                yield from _anywhere(subject, rule.when, loc)
                yield from _inputs(subject, name, outcome, rule.when, loc)


def _anywhere(subject: ValuedSubject, condition: Condition, loc: Loc) -> Iterator[Problem]:
    document, rubric = subject.document, subject.rubric
    for here, atom in atoms(condition, loc):
        if isinstance(atom, OfQuestion) and subject.questionnaire is not None:
            question = subject.questionnaire.questions.get(atom.question)
            if question is None:
                yield document.problem(UNKNOWN_QUESTION, (*here, "question"), question=atom.question)
            elif why := impossible_test(question, atom):
                yield document.problem(IMPOSSIBLE_TEST, here, question=atom.question, why=why)
        elif isinstance(atom, OfItem):
            yield from _item(subject, atom, here)
        elif isinstance(atom, OfMeasure):
            measure = rubric.measures.get(atom.measure)
            groups = groups_by(subject, *measure.by) if measure else []
            whole = measure is not None and not measure.by and not atom.group
            if measure is None or not (whole or ".".join(atom.group) in groups or not groups):
                known = listed(groups or rubric.measures)
                yield document.problem(
                    UNKNOWN_MEASURE, here, measure=".".join((atom.measure, *atom.group)), known=known
                )
        elif isinstance(atom, OfOrganisation) and atom.organisation not in ATTRIBUTES:
            attributes = ", ".join(ATTRIBUTES)
            yield document.problem(
                NO_ATTRIBUTE, (*here, "organisation"), attribute=atom.organisation, attributes=attributes
            )


def _item(subject: ValuedSubject, atom: OfItem, here: Loc) -> Iterator[Problem]:
    if atom.item not in subject.rubric.items:
        yield subject.document.problem(UNKNOWN_ITEM, (*here, "item"), item=atom.item)
        return
    least = least_of(subject.rubric, atom.item)
    if atom.below is not None and least is not None and least >= atom.below:
        about = {"item": atom.item, "below": f"{atom.below:g}", "least": f"{least:g}"}
        yield subject.document.problem(NEVER, (*here, "below"), **about)


def _inputs(
    subject: ValuedSubject, name: str, outcome: Outcome, condition: Condition, loc: Loc
) -> Iterator[Problem]:
    carried = tags_carried(subject, outcome.of)
    for here, atom in atoms(condition, loc):
        if not isinstance(atom, OfEvery | OfSome) or carried is None:
            continue
        kind, wanted = ("every", atom.every) if isinstance(atom, OfEvery) else ("some", atom.some)
        for tag, value in wanted.items():
            if value not in carried.get(tag, ()):
                known = listed(carried.get(tag) or carried)
                details = {"outcome": name, "tag": tag, "value": value, "known": known}
                yield subject.document.key_problem(NO_SUCH_TAG, (*here, kind, tag), **details)
