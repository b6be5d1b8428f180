"""What a migration makes of answers, one way and the other: values alone, without a look at what was kept aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from maturity.checks.answers import misfits
from maturity.models.assessment import Answer, Evidence
from maturity.models.migration import Carried, Migration
from maturity.models.problem import Phrase, Said
from maturity.models.questionnaire import Questionnaire, SeveralQuestion
from maturity.models.text import Text
from maturity.scoring.conditions import Facts, holds

Answers = Mapping[str, Answer]
Value = float | str | tuple[str, ...] | None
Trouble = Literal["dropped", "choose", "differ", "no_rule", "misfit", "no_way_back", "taken", "unknown"]
Certainty = Literal["sure", "fairly", "unsure"]
LONGEST = 20_000
"""Characters that a note can have."""
LEAST_FIRST: tuple[Certainty, ...] = ("unsure", "fairly", "sure")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of the answers to `sources` at one question: an answer, or the trouble with it.

    `candidates` are options of the question between which a person must choose; `told` says more of the trouble.
    """

    target: str
    sources: tuple[str, ...]
    answer: Answer | None = None
    trouble: Trouble | None = None
    candidates: tuple[str, ...] = ()
    told: Said = ""
    why: Text | None = None


class _TroubleError(Exception):
    def __init__(self, trouble: Trouble, candidates: Iterable[str] = (), told: Said = "") -> None:
        self.trouble, self.candidates, self.told = trouble, tuple(candidates), told


@dataclass(frozen=True)
class Way:
    """From one version's answers to another's: `over` goes it, and `links` are the questions that belong together."""

    old: Questionnaire
    new: Questionnaire
    changes: tuple[Carried, ...] = ()
    backwards: bool = False

    @classmethod
    def of(cls, old: Questionnaire, new: Questionnaire, migration: Migration | None) -> Way:
        """The way that a migration describes; without one, questions keep their ids."""
        return cls(old, new, migration.changes if migration else ())

    @cached_property
    def back(self) -> Way:
        """The same way in the other direction."""
        return Way(self.old, self.new, self.changes, not self.backwards)

    @property
    def start(self) -> Questionnaire:
        return self.new if self.backwards else self.old

    @property
    def end(self) -> Questionnaire:
        return self.old if self.backwards else self.new

    @cached_property
    def links(self) -> dict[str, tuple[str, ...]]:
        """Question of the start → the questions of the end that its answer goes to, whatever the answer is."""
        pairs = [(q, c.to) for c in self.changes if c.to is not None for q in c.from_]
        named = {q for c in self.changes for q in c.from_}
        pairs += [(q, q) for q in self.old.questions if q not in named and q in self.new.questions]
        found: dict[str, dict[str, None]] = {}
        for earlier, later in pairs:
            here, there = (later, earlier) if self.backwards else (earlier, later)
            found.setdefault(here, {})[there] = None
        return {here: tuple(there) for here, there in found.items()}

    @cached_property
    def _unnamed(self) -> set[str]:
        """Old questions that go by themselves."""
        named = {q for c in self.changes for q in c.from_}
        return {q for q in self.old.questions if q not in named and q in self.new.questions}

    def over(self, answers: Answers) -> tuple[dict[str, Answer], list[Outcome]]:
        """The answers at the end, in its order, and what became of each question's."""
        outcomes = self._back_again(answers) if self.backwards else list(self._carried(answers))
        found: dict[str, Answer] = {}
        settled: list[Outcome] = []
        for outcome in outcomes:
            if outcome.answer is not None and outcome.target in found:
                outcome = Outcome(outcome.target, outcome.sources, None, "taken", why=outcome.why)
            elif outcome.answer is not None:
                found[outcome.target] = outcome.answer
            settled.append(outcome)
        return {q: found[q] for q in self.end.questions if q in found}, settled

    def _carried(self, answers: Answers) -> Iterable[Outcome]:
        for question, answer in answers.items():
            if question in self._unnamed:
                yield self._checked(Outcome(question, (question,), answer))
        for change in self.changes:
            given = tuple(q for q in dict.fromkeys(change.from_) if q in answers)
            if change.to is None or not given:
                continue
            try:
                answer = self._made(change, given, answers)
            except _TroubleError as error:
                yield Outcome(change.to, given, None, error.trouble, error.candidates, error.told, change.why)
            else:
                yield self._checked(Outcome(change.to, given, answer, why=change.why))

    def _made(self, change: Carried, given: tuple[str, ...], answers: Answers) -> Answer:
        """The answer to `change.to`. Raises _TroubleError where there is none."""
        sources = [answers[q] for q in given]
        joined = _joined(sources)
        if joined.not_applicable or all(s.value is None for s in sources):
            return joined
        return joined.model_copy(update={"value": self._value(change, sources, answers)})

    def _value(self, change: Carried, sources: list[Answer], answers: Answers) -> Value:
        if change.rules is not None:
            facts = Facts(lambda q: answers[q].value if q in answers else None)
            for rule in change.rules:
                if holds(rule.when, facts):
                    return rule.value
            raise _TroubleError("no_rule")
        values = [_mapped(change, s.value) for s in sources if s.value is not None]
        if len({repr(value) for value in values}) == 1:
            return values[0]
        several = isinstance(self.new.questions.get(change.to or ""), SeveralQuestion)
        if several and all(isinstance(value, tuple) for value in values):
            return tuple(dict.fromkeys(o for value in values if isinstance(value, tuple) for o in value))
        raise _TroubleError("differ", dict.fromkeys(v for v in values if isinstance(v, str)))

    def _back_again(self, answers: Answers) -> list[Outcome]:
        """The way back, without the answers from which the way forth would answer questions that nobody did: of a
        question that was split, one half's answer or note alone does not tell what was said of the whole."""
        outcomes = list(self._inverted(answers))
        while True:
            made = {o.target: o.answer for o in outcomes if o.answer is not None}
            extra = [o for o in self.back._carried(made) if o.answer and o.target not in answers]
            if not extra:
                return outcomes
            unsure = {source: outcome.target for outcome in extra for source in outcome.sources}
            outcomes = [_without_rest(o, unsure.get(o.target)) for o in outcomes]

    def _inverted(self, answers: Answers) -> Iterable[Outcome]:
        """Of a question whose answer went to several, all must lead back to the same answer."""
        for question in self.old.questions:
            here = [t for t in self.back.links.get(question, ()) if t in answers]
            led: dict[str, tuple[Answer | None, Said]] = {
                later: self._led_back(question, later, answers[later]) for later in here
            }
            found = [answer for answer, _ in led.values() if answer is not None]
            agreed = bool(found) and all(answer == found[0] for answer in found)
            for later in here:
                answer, told = led[later]
                if answer is None or not agreed:
                    yield Outcome(question, (later,), None, "no_way_back", told=told)
            if agreed:
                sources = tuple(t for t in here if led[t][0] is not None)
                yield self._checked(Outcome(question, sources, found[0]))

    def _led_back(self, question: str, later: str, answer: Answer) -> tuple[Answer | None, Said]:
        """The answer to the old `question` that alone becomes this answer to `later`."""
        change = next((c for c in self.changes if c.to == later and question in c.from_), None)
        if change is None:
            return answer, ""
        if len(set(change.from_)) > 1:
            return None, Phrase("several questions were merged into it")
        if answer.not_applicable or answer.value is None:
            return answer, ""
        if change.bands is not None or change.rules is not None:
            return None, Phrase("the earlier answer cannot be told from this one")
        options = [o.id for o in self.old.questions[question].choices]
        if not isinstance(answer.value, str | tuple) or not (options or change.options):
            return answer, ""
        before: list[str] = []
        for option in answer.value if isinstance(answer.value, tuple) else (answer.value,):
            leading = _leading_to(change, options, option)
            if len(leading) != 1:
                if leading:
                    return None, Phrase("more than one earlier answer leads to '{option}'", option=option)
                return None, Phrase("no earlier answer leads to '{option}'", option=option)
            before += leading
        value = tuple(before) if isinstance(answer.value, tuple) else before[0]
        return answer.model_copy(update={"value": value}), ""

    def _checked(self, outcome: Outcome) -> Outcome:
        """The outcome, if its answer is one that the question can have."""
        question = self.end.questions.get(outcome.target)
        if question is None or outcome.answer is None:
            return Outcome(outcome.target, outcome.sources, None, "unknown", why=outcome.why)
        for kind, details in misfits(question, outcome.answer):
            told = Phrase(kind.wording, **details)
            return Outcome(outcome.target, outcome.sources, None, "misfit", told=told, why=outcome.why)
        return outcome


def _without_rest(outcome: Outcome, rest: str | None) -> Outcome:
    """The outcome, which is none where the question `rest` belongs to it and nobody answered that."""
    if outcome.answer is None or rest is None:
        return outcome
    told = Phrase("'{question}', which belongs to it as well, has no answer", question=rest)
    return replace(outcome, answer=None, trouble="no_way_back", told=told)


def _leading_to(change: Carried, options: list[str], option: str) -> list[str]:
    """The earlier options that become `option`, perhaps by a person's choice."""
    mapping = change.options or {}
    found: list[str] = []
    for earlier in dict.fromkeys((*options, *mapping)):
        later = mapping.get(earlier, earlier)
        if option == later or (isinstance(later, tuple) and option in later):
            found.append(earlier)
    return found


def _mapped(change: Carried, value: Value) -> Value:
    """One value by the entry's bands or options. Raises _TroubleError."""
    if change.bands is not None and isinstance(value, int | float):
        reached = [band for band in change.bands if value >= band.from_]
        if not reached:
            raise _TroubleError("no_rule")
        return max(reached, key=lambda band: band.from_).option
    if change.options is None or isinstance(value, int | float):
        return value
    chosen = value if isinstance(value, tuple) else (value,)
    mapped = [change.options.get(option, option) for option in chosen if option is not None]
    open_ = [one for one in mapped if isinstance(one, tuple)]
    if open_:
        raise _TroubleError("choose", dict.fromkeys(o for one in open_ for o in one))
    plain = tuple(dict.fromkeys(one for one in mapped if isinstance(one, str)))
    return plain if isinstance(value, tuple) else plain[0]


def _joined(sources: list[Answer]) -> Answer:
    """Notes below each other, evidence once, as sure as the least sure; not applicable if all that was said is."""
    if len(sources) == 1:
        return sources[0]
    said = [s for s in sources if s.given]
    not_applicable = bool(said) and all(s.not_applicable for s in said)
    evidence: dict[Evidence, None] = dict.fromkeys(e for s in sources for e in s.evidence)
    sure = [s.sure for s in sources if s.sure is not None]
    return Answer(
        not_applicable=not_applicable,
        reason=_lines(s.reason for s in sources) if not_applicable else None,
        note=_lines(s.note for s in sources),
        evidence=tuple(evidence),
        sure=min(sure, key=LEAST_FIRST.index) if sure else None,
    )


def _lines(texts: Iterable[str | None]) -> str | None:
    joined = "\n".join(dict.fromkeys(text for text in texts if text))
    if len(joined) > LONGEST:
        raise _TroubleError(
            "misfit", told=Phrase("The notes are longer than {n} characters together.", n=LONGEST)
        )
    return joined or None
