"""Rows that came up before: a folder of workbooks holds the same few answers to each question again and again.

What a question's rows hold decides what its answer is and whether anything is wrong with them, whatever the file.
Where nothing was wrong, the same rows need not be looked at again; and the same answer is one thing in memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from maturity.intake.grid import Row
from maturity.models.assessment import Answer
from maturity.models.questionnaire import Question, Questionnaire

MOST_KEPT = 4_000
"""So many questions' rows are kept at most, of a few kilobytes each; then all are forgotten."""
Content = tuple[object, ...]


@dataclass(slots=True)
class KnownRows:
    """What the rows of a question held → its answer, where nothing was wrong with them; and the rows beside whose
    answers something new stood, in which nothing was doubtful."""

    questionnaire: Questionnaire
    answers: dict[Content, Answer | None] = field(default_factory=dict)
    quiet: set[object] = field(default_factory=set)

    @classmethod
    def of(cls, questionnaire: Questionnaire, own: Mapping[str, str], *state: object) -> KnownRows:
        """Those of workbooks that ask the same, with the same words of their `own`, in the same `state`."""
        key = (id(questionnaire), frozenset(own.items()), *state)
        held = _HELD.get(key)
        if held is None:
            if len(_HELD) >= MOST_WAYS:
                _HELD.clear()
            # The questionnaire is held so that its id is not given to another.
            held = _HELD[key] = cls(questionnaire)
        if len(held.quiet) > MOST_KEPT:
            held.quiet.clear()
        return held

    def keep(self, content: Content, answer: Answer | None) -> None:
        if len(self.answers) >= MOST_KEPT:
            self.answers.clear()
            self.quiet.clear()
        self.answers[content] = answer


MOST_WAYS = 4
_HELD: dict[Content, KnownRows] = {}


def content(question: Question, row: Row, options: Sequence[Row]) -> Content:
    """All that a question's rows hold."""
    return (question.id, row.content, *[option.content for option in options])
