"""Walking through a condition: each test in it with where it stands, and whether a test fits what it looks at."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.models.assessment import DONT_KNOW
from maturity.models.condition import (
    All,
    AnyOf,
    Condition,
    Not,
    OfItem,
    OfMeasure,
    OfOrganisation,
    OfOutcome,
    OfQuestion,
    OfRespondent,
    OfSome,
    Test,
)
from maturity.models.problem import Phrase
from maturity.models.questionnaire import NumberQuestion, Question, SeveralQuestion
from maturity.sources.yaml_reader import Loc, short

ATTRIBUTES = {"code": "text", "region": "text", "population": "number", "rurality": "text"}
"""What the bundled register knows of a council."""

KEYS = {"equals": "equals", "in_": "in", "at_least": "at_least", "below": "below", "includes": "includes"}


def atoms(condition: Condition, loc: Loc) -> Iterator[tuple[Loc, Condition]]:
    """Every test in a condition with where it stands."""
    if isinstance(condition, All | AnyOf):
        key, inner = ("all", condition.all) if isinstance(condition, All) else ("any", condition.any)
        for i, one in enumerate(inner):
            yield from atoms(one, (*loc, key, i))
    elif isinstance(condition, Not):
        yield from atoms(condition.not_, (*loc, "not"))
    else:
        yield loc, condition


def kind_of(atom: Condition) -> str:
    """The key that says what a test looks at."""
    kinds = {
        OfQuestion: "question",
        OfItem: "item",
        OfOrganisation: "organisation",
        OfRespondent: "respondent",
        OfMeasure: "measure",
        OfOutcome: "outcome",
        OfSome: "some",
    }
    return next((kind for model, kind in kinds.items() if isinstance(atom, model)), "every")


def tested_by(test: Test) -> str:
    """Which of the tests it is, as it stands in the file."""
    return next(key for name, key in KEYS.items() if getattr(test, name) is not None)


def misfit(atom: Condition) -> Phrase | None:
    """How a test must be written where it does not fit what it looks at; None where it does, and for questions."""
    if isinstance(atom, OfQuestion | All | AnyOf | Not):
        return None
    words = isinstance(atom, OfRespondent | OfOutcome)
    if isinstance(atom, OfOrganisation):
        words = ATTRIBUTES.get(atom.organisation) == "text"
    given = [atom.equals] if atom.equals is not None else list(atom.in_ or ())
    if words:
        fits = bool(given) and all(isinstance(v, str) for v in given)
        return None if fits else Phrase("'equals' or 'in' with words")
    fits = atom.includes is None and not any(isinstance(v, str) for v in given)
    return None if fits else Phrase("'equals', 'in', 'at_least' or 'below' with a number, without quotes")


def impossible_test(question: Question, test: Test) -> Phrase | None:
    """Why a test of the answer to `question` cannot be right, or None where it can."""
    options = [o.id for o in question.choices]
    known = ", ".join(options)
    wanted = [test.equals] if test.equals is not None else list(test.in_ or ())
    if isinstance(question, SeveralQuestion):
        if test.includes is None:
            return Phrase(
                "several can be chosen in it: write 'includes' with one of {options}", options=known
            )
        return None if test.includes in options else Phrase("its options are {options}", options=known)
    if question.type == "text":
        return Phrase("it is answered in words")
    if test.includes is not None:
        return Phrase("only one answer can be given to it: write 'equals' or 'in'")
    if isinstance(question, NumberQuestion):
        return _impossible_number(question, test, wanted)
    if test.at_least is not None or test.below is not None:
        return Phrase("it is answered by an option, not by a number")
    return (
        Phrase("its options are {options}", options=known) if any(w not in options for w in wanted) else None
    )


def _impossible_number(question: NumberQuestion, test: Test, wanted: list[str | float]) -> Phrase | None:
    low, high, decimals = question.number.min, question.number.max, question.number.decimals
    for value in wanted:
        if isinstance(value, str):
            if value != DONT_KNOW or not question.number.dont_know:
                return Phrase("it is answered by a number, and '{value}' is none", value=short(value))
        elif (low is not None and value < low) or (high is not None and value > high):
            return Phrase("it cannot be {value}", value=f"{value:g}")
        elif round(value, decimals) != value:
            return Phrase("{value} has more than {decimals} decimals", value=f"{value:g}", decimals=decimals)
    if test.at_least is not None and high is not None and test.at_least > high:
        return Phrase("it can be {high} at most", high=f"{high:g}")
    if test.below is not None and low is not None and test.below <= low:
        return Phrase("it is {low} at least", low=f"{low:g}")
    return None
