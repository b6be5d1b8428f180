"""What the rules about conditions share: walking through one, and whether it can hold at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product

from maturity.models.condition import (
    All,
    AnyOf,
    Condition,
    Not,
    OfOrganisation,
    OfQuestion,
    OfRespondent,
    Test,
)
from maturity.models.questionnaire import NumberQuestion, Question, SeveralQuestion
from maturity.scoring.conditions import Facts, holds
from maturity.sources.yaml_reader import Loc

Atom = Condition
ATTRIBUTES = {"code": "text", "region": "text", "population": "number"}
"""What a register knows of an organisation."""

MOST_TRIED = 20_000


def atoms(condition: Condition, loc: Loc) -> Iterator[tuple[Loc, Atom]]:
    """Every test in a condition with where it stands."""
    if isinstance(condition, All | AnyOf):
        key, inner = ("all", condition.all) if isinstance(condition, All) else ("any", condition.any)
        for i, one in enumerate(inner):
            yield from atoms(one, (*loc, key, i))
    elif isinstance(condition, Not):
        yield from atoms(condition.not_, (*loc, "not"))
    else:
        yield loc, condition


def impossible_test(question: Question, test: Test) -> str | None:
    """Why no answer to `question` can pass `test`, or None where one can."""
    options = [o.id for o in question.choices]
    wanted = [test.equals] if test.equals is not None else list(test.in_ or ())
    if isinstance(question, SeveralQuestion):
        if test.includes is None:
            return f"several can be chosen in it: write 'includes' with one of {', '.join(options)}"
        return None if test.includes in options else f"its options are {', '.join(options)}"
    if test.includes is not None:
        return "only one can be chosen in it: write 'equals' or 'in'"
    if isinstance(question, NumberQuestion):
        return _impossible_number(question, test, wanted)
    if question.type == "text":
        return "it is answered in words"
    if test.at_least is not None or test.below is not None:
        return "it is answered by an option, not by a number"
    strange = [str(w) for w in wanted if w not in options]
    return f"its options are {', '.join(options)}" if strange else None


def _impossible_number(question: NumberQuestion, test: Test, wanted: list[str | float]) -> str | None:
    low, high = question.number.min, question.number.max
    if any(isinstance(w, str) for w in wanted):
        return "it is answered by a number"
    if test.at_least is not None and high is not None and test.at_least > high:
        return f"it can be {high:g} at most"
    if test.below is not None and low is not None and test.below <= low:
        return f"it is {low:g} at least"
    outside = [w for w in wanted if (low is not None and w < low) or (high is not None and w > high)]  # type: ignore[operator]
    return "it cannot be that number" if outside else None


def can_hold(condition: Condition, questions: Mapping[str, Question]) -> tuple[bool, bool]:
    """Whether a condition on answers holds for some answers, and whether for all.

    Tries all that could make a difference, up to a bound; what is not tried counts as possible and not certain.
    A question that is itself asked only of some is answered only where its own condition holds.
    """
    involved = _involved(condition, questions)
    domains = [[None, *_answers(questions[name], _tests(condition, questions, name))] for name in involved]
    organisations, roles = _others(condition, questions, involved)
    size = len(organisations) * len(roles)
    for domain in domains:
        size *= len(domain)
    ever, always = False, True
    tried: Iterator[tuple[tuple[dict[str, object], str | None], tuple[object, ...]]] = product(
        product(organisations, roles), product(*domains)
    )
    for (organisation, role), answers in islice(tried, MOST_TRIED):
        given = dict(zip(involved, answers, strict=True))
        facts = Facts(given.get, organisation=organisation, role=role)
        if any(
            given[name] is not None and when is not None and not holds(when, facts)
            for name in involved
            for when in (questions[name].asked_when,)
        ):
            continue
        true = holds(condition, facts)
        ever, always = ever or true, always and true
    return (ever, always) if size <= MOST_TRIED else (True, False)


def _involved(condition: Condition, questions: Mapping[str, Question]) -> list[str]:
    found: list[str] = []
    waiting = [condition]
    while waiting:
        for _, atom in atoms(waiting.pop(), ()):
            if isinstance(atom, OfQuestion) and atom.question in questions and atom.question not in found:
                found.append(atom.question)
                when = questions[atom.question].asked_when
                if when is not None:
                    waiting.append(when)
    return found


def _all_atoms(condition: Condition, questions: Mapping[str, Question], involved: list[str]) -> list[Atom]:
    conditions = [condition, *(w for name in involved if (w := questions[name].asked_when) is not None)]
    return [atom for one in conditions for _, atom in atoms(one, ())]


def _tests(condition: Condition, questions: Mapping[str, Question], name: str) -> list[Test]:
    found = _all_atoms(condition, questions, _involved(condition, questions))
    return [atom for atom in found if isinstance(atom, OfQuestion) and atom.question == name]


def _answers(question: Question, tests: list[Test]) -> list[object]:
    """Answers that differ in some test: every option, or numbers on, below and between the thresholds."""
    if isinstance(question, SeveralQuestion):
        named = sorted({t.includes for t in tests if t.includes is not None})[:6]
        return [
            tuple(n for n, keep in zip(named, kept, strict=True) if keep) or ("",)
            for kept in product((0, 1), repeat=len(named))
        ]
    if not isinstance(question, NumberQuestion):
        return [o.id for o in question.choices]
    edges = sorted(
        {
            float(v)
            for t in tests
            for v in (t.equals, t.at_least, t.below, *(t.in_ or ()))
            if isinstance(v, int | float)
        }
    )
    low, high = question.number.min, question.number.max
    tried = [*edges, *(e - 1e-6 for e in edges), *(e + 1e-6 for e in edges), low, high, 0.0]
    return [v for v in tried if v is not None and (low is None or v >= low) and (high is None or v <= high)]


def _others(
    condition: Condition, questions: Mapping[str, Question], involved: list[str]
) -> tuple[list[dict[str, object]], list[str | None]]:
    """Organisations and roles that differ in some test."""
    found = _all_atoms(condition, questions, involved)
    values: dict[str, set[object]] = {}
    roles: list[str | None] = [None]
    for atom in found:
        named = [atom.equals, *(atom.in_ or ())] if isinstance(atom, OfOrganisation | OfRespondent) else []
        if isinstance(atom, OfRespondent):
            roles += [str(v) for v in named if v is not None]
        if isinstance(atom, OfOrganisation):
            edges = [v + d for v in (atom.at_least, atom.below) if v is not None for d in (-1, 0, 1)]
            values.setdefault(atom.organisation, {None}).update([v for v in named if v is not None], edges)
    names = list(values)
    organisations = [dict(zip(names, chosen, strict=True)) for chosen in product(*(values[n] for n in names))]
    return organisations, list(dict.fromkeys(roles))
