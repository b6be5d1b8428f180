"""How far several respondents of one organisation agree, and what their answers settle to by simple rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from maturity.models.assessment import DONT_KNOW, Answer, How, Merged, MergedRespondent
from maturity.models.questionnaire import (
    LevelQuestion,
    NumberQuestion,
    Question,
    SeveralQuestion,
    TextQuestion,
)
from maturity.models.register import fold

LEAST_OF_A_ROLE = 5
"""Results by role are shown only where so many answered in it."""

Said = tuple[str, ...]
"""What was said, so that two who said the same are equal: the option, all options in their order, the number or the
words; or one of the three below, each of which is a kind of its own. Empty where nothing was answered."""
NOT_APPLICABLE: Said = (":not_applicable",)
NOBODY_KNOWS: Said = (":dont_know",)
UNANSWERED: Said = ()


def said(question: Question, answer: Answer | None) -> Said:
    """What an answer says, apart from its notes, evidence, reason and certainty."""
    if answer is None or not answer.given:
        return UNANSWERED
    if answer.not_applicable:
        return NOT_APPLICABLE
    value = answer.value
    if isinstance(question, NumberQuestion):
        return NOBODY_KNOWS if value == DONT_KNOW else (repr(float(str(value))),)
    if isinstance(value, tuple):
        order = {option.id: place for place, option in enumerate(question.choices)}
        return tuple(sorted(set(value), key=lambda option: (order.get(option, len(order)), option)))
    return (" ".join(str(value).split()),)


@dataclass(frozen=True)
class Agreement:
    """How a question was answered by several people: `answers` is what each said, `UNANSWERED` where nothing."""

    question: Question
    answers: tuple[Said, ...]

    @cached_property
    def given(self) -> tuple[Said, ...]:
        """What those said who answered; 'not applicable' and 'don't know' are answers."""
        return tuple(one for one in self.answers if one != UNANSWERED)

    @property
    def n(self) -> int:
        """How many answered."""
        return len(self.given)

    @property
    def unanswered(self) -> int:
        return len(self.answers) - self.n

    @cached_property
    def counts(self) -> tuple[tuple[Said, int], ...]:
        """Each answer and how many gave it: most first, then in the order of the options."""
        found = Counter(self.given)
        return tuple(sorted(found.items(), key=lambda item: (-item[1], self._order(item[0]))))

    @property
    def agreeing(self) -> int:
        """How many gave the most frequent answer, or one of them where several are."""
        return self.counts[0][1] if self.counts else 0

    @property
    def share(self) -> float:
        """The share of those who answered that agrees with the most frequent answer, from 0 to 1."""
        return self.agreeing / self.n if self.n else 1.0

    @property
    def mode(self) -> Said | None:
        """The most frequent answer; None where several are equally frequent, or nobody answered."""
        most = [one for one, count in self.counts if count == self.agreeing]
        return most[0] if len(most) == 1 else None

    @property
    def differ(self) -> bool:
        return len(self.counts) > 1

    @cached_property
    def options(self) -> tuple[tuple[str, int], ...]:
        """Each option of the question and how many chose it, in order."""
        return tuple((o.id, sum(o.id in one for one in self.given)) for o in self.question.choices)

    @cached_property
    def values(self) -> tuple[float, ...]:
        """What the spread is taken of, in order: of levels their places from 1, of numbers the numbers."""
        if isinstance(self.question, LevelQuestion):
            places = {(o.id,): float(place) for place, o in enumerate(self.question.choices, 1)}
            return tuple(sorted(places[one] for one in self.given if one in places))
        if isinstance(self.question, NumberQuestion):
            return tuple(
                sorted(float(one[0]) for one in self.given if one not in (NOBODY_KNOWS, NOT_APPLICABLE))
            )
        return ()

    @property
    def range(self) -> float | None:
        """The highest less the lowest of `values`; None where there are none."""
        return self.values[-1] - self.values[0] if self.values else None

    @property
    def median(self) -> float | None:
        """Of numbers: the middle one, or half-way between the two in the middle."""
        return median(self.values) if self.values and isinstance(self.question, NumberQuestion) else None

    @property
    def disputed(self) -> tuple[str, ...]:
        """Of 'choose several': the options that some chose and others, who chose any, did not."""
        chose = sum(one != NOT_APPLICABLE for one in self.given)
        wanted = self.options if isinstance(self.question, SeveralQuestion) else ()
        return tuple(option for option, count in wanted if 0 < count < chose)

    @property
    def width(self) -> float:
        """How wide the spread is for its question, from 0 to 1; 0 where the question has no width of its own.

        Of levels the range by the longest there can be, of numbers by what the question's bounds allow, of 'choose
        several' the share of options that are disputed.
        """
        question, found = self.question, self.range or 0.0
        if isinstance(question, LevelQuestion):
            return found / (len(question.choices) - 1)
        if isinstance(question, NumberQuestion):
            low, high = question.number.min, question.number.max
            return found / (high - low) if low is not None and high is not None and high > low else 0.0
        return len(self.disputed) / len(question.choices) if question.choices else 0.0

    def _order(self, one: Said) -> tuple[object, ...]:
        kinds = {NOT_APPLICABLE: 1, NOBODY_KNOWS: 2}
        if one in kinds:
            return (kinds[one], 0.0, ())
        if isinstance(self.question, NumberQuestion):
            return (0, float(one[0]), ())
        places = {o.id: place for place, o in enumerate(self.question.choices)}
        return (0, 0.0, tuple((places.get(part, len(places)), part) for part in one))


def agreement(question: Question, respondents: Iterable[MergedRespondent]) -> Agreement:
    """How these respondents answered a question."""
    return Agreement(
        question, tuple(said(question, person.answers.get(question.id)) for person in respondents)
    )


def by_role(question: Question, respondents: Sequence[MergedRespondent]) -> tuple[tuple[str, Agreement], ...]:
    """The same for each role in which at least LEAST_OF_A_ROLE answered the question, roles by their names."""
    groups: dict[str, list[MergedRespondent]] = {}
    for person in respondents:
        if person.role is not None:
            groups.setdefault(fold(person.role), []).append(person)
    found = [
        (min(str(p.role) for p in groups[key]), agreement(question, groups[key])) for key in sorted(groups)
    ]
    return tuple((role, one) for role, one in found if one.n >= LEAST_OF_A_ROLE)


def settled_by_rule(question: Question, merged: Merged) -> tuple[How, Said] | None:
    """What the respondents' answers settle to, and by which rule; None where no rule settles it.

    Rules in order: only one answered; all who answered said the same; of words, all are kept; the most frequent answer,
    where that is a rule and there is one; what the role that decides said, where those in it said the same.
    """
    found = agreement(question, merged.respondents)
    if not found.n:
        return None
    if found.n == 1:
        return "only_one", found.given[0]
    if not found.differ:
        return "unanimous", found.given[0]
    if isinstance(question, TextQuestion):
        return "united", found.given[0]
    if merged.rule == "mode" and found.mode is not None:
        return "mode", found.mode
    deciding = agreement(question, in_role(merged.respondents, merged.decides))
    return ("role", deciding.given[0]) if len(deciding.counts) == 1 else None


def in_role(respondents: Iterable[MergedRespondent], role: str | None) -> list[MergedRespondent]:
    """Those in a role, in whichever case it is written."""
    return [p for p in respondents if role is not None and p.role is not None and fold(p.role) == fold(role)]
