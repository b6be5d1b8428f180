"""Two people's changes to one file of answers, brought together; no files and no terminal here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from maturity.assess.interview import Interview
from maturity.models.assessment import Answer, Assessment

Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Merge:
    """Both sides' answers in one.

    `taken` are the questions where theirs was taken in, since we had not touched them; `both` those that both changed,
    each in another way: `answers` has ours there, and somebody has to choose.
    """

    answers: Answers
    taken: tuple[str, ...]
    both: tuple[str, ...]


def merge(base: Answers, ours: Answers, theirs: Answers) -> Merge:
    """What became of `base` on two sides, question by question; an answer taken away is a change like any other."""
    taken = tuple(q for q in _union(base, theirs) if theirs.get(q) != base.get(q) == ours.get(q))
    both = tuple(
        q for q in _union(base, ours, theirs) if base.get(q) != theirs.get(q) != ours.get(q) != base.get(q)
    )
    answers = {**ours, **{q: theirs[q] for q in taken if q in theirs}}
    return Merge({q: a for q, a in answers.items() if q not in taken or q in theirs}, taken, both)


def differ_only_in_answers(one: Assessment, other: Assessment) -> bool:
    """Whether all but the answers, and when they were last saved, is the same in both."""
    aside: dict[str, object] = {"answers": {}, "updated": None}
    return one.model_copy(update=aside) == other.model_copy(update=aside)


def in_order(answers: Answers, questions: Iterable[str]) -> Answers:
    """Answers in the questionnaire's order, as files have them, however they came together."""
    order = {question: place for place, question in enumerate(questions)}
    return dict(sorted(answers.items(), key=lambda item: order.get(item[0], len(order))))


def go_on_with(interview: Interview, answers: Answers) -> Interview:
    """The interview with answers from elsewhere; past its question, if that is one that they answer."""
    before, question = interview.current, interview.question
    after = replace(interview, answers=in_order(answers, interview.questionnaire.questions))
    if question is None or before.given or not after.current.given:
        return after
    return replace(after, position=after.next_unanswered(after.position))


def _union(*sides: Answers) -> Iterable[str]:
    return dict.fromkeys(question for side in sides for question in side)
