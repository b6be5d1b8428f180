"""The agenda on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from maturity.assess.wording import brief
from maturity.cli.blocks import Column, draw_words
from maturity.intake.merge import Item, open_questions
from maturity.intake.merge_words import OPEN, SETTLED, answer_text, how_text, share_text, spread_text
from maturity.locale.words import Words
from maturity.models.assessment import Assessment
from maturity.models.questionnaire import Questionnaire

if TYPE_CHECKING:
    from rich.console import Console


def show_agenda(out: Console, items: Sequence[Item], words: Words) -> None:
    """A row a question on which respondents differ, the least agreement first."""
    agreed = [brief(answer_text(item.question, item.agreed, words)) for item in items]
    columns = [
        Column(words("Question"), [item.question.id for item in items], right=False),
        Column(words("Most frequent answer"), [share_text(item.found, words) for item in items]),
        Column(words("Spread"), [spread_text(item.found, words) for item in items], right=False, words=True),
        Column(words("State"), [how_text(item, words) for item in items], right=False, words=True),
        *([Column(words("Agreed answer"), agreed, right=False, words=True)] if any(agreed) else []),
    ]
    draw_words(out, columns)


def summary(questionnaire: Questionnaire, assessment: Assessment, words: Words) -> str:
    """How many answered, and how many questions each rule settled."""
    assert assessment.merged is not None
    how: Counter[str] = Counter(
        assessment.merged.settled[q] for q in questionnaire.questions if q in assessment.merged.settled
    )
    still_open = len(open_questions(questionnaire, assessment))
    parts = [f"{words(label)} {how[name]}" for name, label in SETTLED.items() if name in how]
    parts += [f"{words(OPEN)} {still_open}"] if still_open else []
    people = words.count("{n} respondent", "{n} respondents", len(assessment.merged.respondents))
    questions = words.count("{n} question answered", "{n} questions answered", how.total() + still_open)
    return words(
        "{people}, {questions}: {parts}.", people=people, questions=questions, parts=", ".join(parts)
    )
