"""Whether conditions can be met at all: a search through all answers that make a difference, within a budget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import floor

from maturity.checks.atoms import ATTRIBUTES, atoms
from maturity.checks.worth import Worth, Worths
from maturity.models.assessment import DONT_KNOW
from maturity.models.condition import (
    All,
    AnyOf,
    Condition,
    Not,
    OfEvery,
    OfItem,
    OfMeasure,
    OfOrganisation,
    OfOutcome,
    OfQuestion,
    OfRespondent,
    OfSome,
    Test,
)
from maturity.models.questionnaire import NumberQuestion, Question, SeveralQuestion

MOST_STEPS = 400_000
MOST_STEPS_AT_ONCE = 100_000
MOST_OPEN = 100
MOST_TOGETHER = 8

Key = tuple[object, ...]
Goal = tuple[Condition, bool]
"""A condition, and whether it shall hold."""
Class = tuple[tuple[bool, ...], tuple[bool, ...]]
"""Inputs of an outcome that no test tells apart: which tests look at them, and which of the tests they pass."""


class _TooMuchError(Exception):
    """The search was given up, so that everything counts as possible."""


@dataclass
class Search:
    """What conditions are about: questions, and for a rubric what items, measures and outcomes can be.

    Everything that the search takes for independent makes more possible than there is, never less: what it calls
    impossible cannot be.
    """

    questions: Mapping[str, Question]
    worths: Worths = field(default_factory=Worths)
    verdicts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    left: int = MOST_STEPS

    def possible(
        self, goals: Iterable[Goal], inputs: Sequence[tuple[Mapping[str, str], Worth | None]] = ()
    ) -> bool:
        """Whether the conditions can all be as wanted at once; True where that is too much to find out.

        `inputs` are those that an outcome looks at: their tags and what they can be worth.
        """
        if self.left <= 0:
            return True
        run = _Run(self, list(goals), inputs, min(self.left, MOST_STEPS_AT_ONCE))
        before = run.left
        try:
            run.prepare()
            return run.search({})
        except _TooMuchError:
            return True
        finally:
            self.left -= before - max(run.left, 0) + 1


@dataclass
class _Run:
    about: Search
    goals: list[Goal]
    inputs: Sequence[tuple[Mapping[str, str], Worth | None]]
    left: int
    tests: dict[Key, list[Test]] = field(default_factory=dict)
    looks: dict[int, int] = field(default_factory=dict)
    classes: list[Class] = field(default_factory=list)
    domains: dict[Key, Sequence[object]] = field(default_factory=dict)
    open: list[Key] = field(default_factory=list)

    def prepare(self) -> None:
        """Collects all tests, those of the questions' own conditions too, and sorts the inputs into classes."""
        waiting = [condition for condition, _ in self.goals]
        seen: set[str] = set()
        looking: list[OfEvery | OfSome] = []
        while waiting:
            for _, atom in atoms(waiting.pop(), ()):
                self._spend()
                if isinstance(atom, OfEvery | OfSome):
                    self.looks[id(atom)] = len(looking)
                    looking.append(atom)
                    continue
                assert isinstance(atom, Test)
                self.tests.setdefault(_key(atom), []).append(atom)
                if isinstance(atom, OfQuestion) and atom.question not in seen:
                    seen.add(atom.question)
                    if atom.question not in self.about.questions:
                        raise _TooMuchError
                    when = self.about.questions[atom.question].asked_when
                    if when is not None:
                        waiting.append(when)
        edges = {v for test in looking for v in _numbers(test)}
        found: dict[Class, None] = {}
        for tags, worth in self.inputs if looking else ():
            self._spend(len(looking))
            chosen = tuple(_chooses(test, tags) for test in looking)
            for value in (None, *(worth.passed_by(edges) if worth else ())):
                self._spend(len(looking))
                found[chosen, tuple(test.passes(value) for test in looking)] = None
        self.classes = list(found)

    def search(self, given: dict[Key, object]) -> bool:
        """Whether what is still open can be chosen so that every goal is met."""
        self.open.clear()
        met = True
        for condition, wanted in self._wanted(given):
            truth = self._truth(condition, given)
            if truth is (not wanted):
                return False
            met = met and truth is wanted
        if met:
            return True
        if not self.open or len(given) >= MOST_OPEN:
            raise _TooMuchError
        key = self.open[0]
        return any(self.search(given | {key: value}) for value in self._domain(key))

    def _wanted(self, given: Mapping[Key, object]) -> Iterable[Goal]:
        """The goals; and who has answered a question was asked it."""
        yield from self.goals
        for key, value in given.items():
            if key[0] == "question" and value is not None:
                when = self.about.questions[str(key[1])].asked_when
                if when is not None:
                    yield when, True

    def _truth(self, condition: Condition, given: Mapping[Key, object]) -> bool | None:
        """True, False, or None where that is open still."""
        if isinstance(condition, Not):
            inner = self._truth(condition.not_, given)
            return None if inner is None else not inner
        if isinstance(condition, All | AnyOf):
            decides = isinstance(condition, AnyOf)
            parts = condition.all if isinstance(condition, All) else condition.any
            unsure = False
            for part in parts:
                truth = self._truth(part, given)
                if truth is decides:
                    return decides
                unsure = unsure or truth is None
            return None if unsure else not decides
        if isinstance(condition, OfEvery | OfSome):
            return self._inputs(condition, given)
        self._spend()
        key = _key(condition)
        if key in given:
            return condition.passes(given[key])
        if not self._domain(key):
            raise _TooMuchError
        self.open.append(key)
        return None

    def _inputs(self, test: OfEvery | OfSome, given: Mapping[Key, object]) -> bool | None:
        """What the classes of inputs that are there say to a test of some or every one of them."""
        mine, every = self.looks[id(test)], isinstance(test, OfEvery)
        there = unsure = False
        for one in self.classes:
            self._spend()
            if not one[0][mine]:
                continue
            passes, key = one[1][mine], ("class", one)
            present = given.get(key)
            if present and passes is not every:
                return not every
            there = there or bool(present)
            if present is None:
                unsure = True
                self.open.append(key)
        if unsure:
            return None
        return there if every else False

    def _domain(self, key: Key) -> Sequence[object]:
        if key not in self.domains:
            self.domains[key] = self._values(key, self.tests.get(key, []))
            self._spend(len(self.domains[key]))
        return self.domains[key]

    def _values(self, key: Key, tests: Sequence[Test]) -> Sequence[object]:
        about, kind = self.about, key[0]
        if kind == "class":
            return [True, False]
        if kind == "question":
            return [*_answers(about.questions[str(key[1])], tests), None]
        if kind == "organisation" and ATTRIBUTES.get(str(key[1])) == "number":
            edges = {floor(v) + d for test in tests for v in _numbers(test) for d in (-1, 0, 1)}
            return [None, *sorted(v for v in edges if v >= 0)]
        if kind in ("organisation", "role"):
            named = [v for test in tests for v in (test.equals, *(test.in_ or ())) if isinstance(v, str)]
            return [None, *dict.fromkeys(named), "\0"]
        if kind == "outcome":
            labels = about.verdicts.get(str(key[1]), ())
            return [None, *labels] if labels else []
        of, source = ("items", str(key[1])) if kind == "item" else (str(key[1]), str(key[2]))
        worth = about.worths.of.get(of, {}).get(source)
        edges_of = {v for test in tests for v in _numbers(test)}
        return [None, *worth.passed_by(edges_of)] if worth else []

    def _spend(self, steps: int = 1) -> None:
        self.left -= steps
        if self.left < 0:
            raise _TooMuchError


def _key(test: Condition) -> Key:
    """What a test looks at: all tests of the same thing have the same key."""
    if isinstance(test, OfQuestion):
        return "question", test.question
    if isinstance(test, OfItem):
        return "item", test.item
    if isinstance(test, OfOrganisation):
        return "organisation", test.organisation
    if isinstance(test, OfMeasure):
        return "measure", test.measure, ".".join(test.group) or "all"
    if isinstance(test, OfOutcome):
        return "outcome", test.outcome, ".".join(test.group) or "all"
    assert isinstance(test, OfRespondent)
    return ("role",)


def _chooses(test: OfEvery | OfSome, tags: Mapping[str, str]) -> bool:
    wanted = test.every if isinstance(test, OfEvery) else test.some
    return all(tags.get(tag) == value for tag, value in wanted.items())


def _numbers(test: Test) -> list[float]:
    """The numbers that a test compares with."""
    given = (test.equals, test.at_least, test.below, *(test.in_ or ()))
    return [float(v) for v in given if isinstance(v, int | float)]


def _answers(question: Question, tests: Sequence[Test]) -> Sequence[object]:
    """Answers that differ in some test: options, sets of them, or numbers on and about the thresholds."""
    if isinstance(question, SeveralQuestion):
        return _choices(question, {t.includes for t in tests if t.includes is not None})
    if not isinstance(question, NumberQuestion):
        return [o.id for o in question.choices] or [""]
    low, high, digits = question.number.min, question.number.max, question.number.decimals
    about = [v for test in tests for v in _numbers(test)] + [v for v in (low, high) if v is not None]
    unit = 10.0**-digits
    tried = {round(v + d * unit, digits) for v in about or [0.0] for d in (-1, 0, 1)}
    fitting = [v for v in sorted(tried) if (low is None or v >= low) and (high is None or v <= high)]
    return [*fitting, DONT_KNOW] if question.number.dont_know else fitting


def _choices(question: SeveralQuestion, tested: set[str]) -> Sequence[object]:
    """Sets of the options that tests look for; another option stands for all others."""
    together = [o.id for o in question.options if o.id in tested and not o.exclusive]
    if len(together) > MOST_TOGETHER:
        raise _TooMuchError
    alone: list[tuple[str, ...]] = [(o.id,) for o in question.options if o.id in tested and o.exclusive]
    others = [o.id for o in question.options if o.id not in tested]
    sets: list[tuple[str, ...]] = [
        tuple(option for option, chosen in zip(together, kept, strict=True) if chosen)
        for kept in product((True, False), repeat=len(together))
    ]
    return [*(one or tuple(others[:1]) for one in sets if one or others), *alone]
