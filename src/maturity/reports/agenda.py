"""Draws the agenda of an agreed assessment as one self-contained page: what respondents differ on, least agreement first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING

import maturity
from maturity.intake.merge import Item, agenda, open_questions
from maturity.intake.merge_words import answer_text, counts_lines, how_text, share_text, spread_text
from maturity.locale.dates import day_said
from maturity.locale.words import Words
from maturity.models.assessment import Assessment
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Register
from maturity.models.text import Language, Text
from maturity.reports.html import render
from maturity.scoring.agreement import Agreement

if TYPE_CHECKING:
    from maturity.reports.theme import Theme


@dataclass(frozen=True, slots=True)
class Line:
    """One answer, how many gave it, and the share of the bar that it takes, from 0 to 100."""

    text: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Point:
    """A question on the agenda."""

    number: int
    id: str
    dimension: str
    text: str
    state: str
    open: bool
    agreed: str
    note: tuple[str, ...]
    evidence: tuple[str, ...]
    share: str
    spread: str
    lines: tuple[Line, ...]
    roles: tuple[tuple[str, str, str], ...]


class Said:
    """Words and dates in the reader's language."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def to(self, text: Text) -> str:
        return self.words.of(text)

    def date(self, day: dt.date) -> str:
        return day_said(day, self.words)


def agenda_page(
    questionnaire: Questionnaire,
    assessment: Assessment,
    language: Language,
    *,
    register: Register,
    made_on: dt.date,
    theme: Theme | None = None,
) -> str:
    """The page of an agreed assessment. Nobody's name is on it; roles only where enough answered in one."""
    words = Words(language)
    assert assessment.merged is not None
    found = register.find(assessment.organisation)
    return render(
        "agenda.html.j2",
        language,
        theme=theme,
        say=Said(words),
        scorer=SimpleNamespace(questionnaire=questionnaire),
        benchmark=SimpleNamespace(tool_version=maturity.__version__, made_up=assessment.made_up),
        council=words.of(found.name) if found else assessment.organisation,
        period=assessment.period,
        respondents=len(assessment.merged.respondents),
        still_open=len(open_questions(questionnaire, assessment)),
        points=[_point(n, item, words) for n, item in enumerate(agenda(questionnaire, assessment), 1)],
        made_on=made_on,
    )


def _point(number: int, item: Item, words: Words) -> Point:
    return Point(
        number=number,
        id=item.question.id,
        dimension=words.of(item.dimension.name),
        text=words.of(item.question.text),
        state=how_text(item, words),
        open=item.how is None,
        agreed=answer_text(item.question, item.agreed, words),
        note=tuple((item.agreed.note or "").split("\n\n")) if item.agreed.note else (),
        evidence=tuple(
            f"{e.text} [{day_said(e.date, words)}]" if e.date else e.text for e in item.agreed.evidence
        ),
        share=share_text(item.found, words),
        spread=spread_text(item.found, words),
        lines=tuple(_lines(item.found, words)),
        roles=tuple((role, share_text(own, words), spread_text(own, words)) for role, own in item.roles),
    )


def _lines(found: Agreement, words: Words) -> list[Line]:
    everybody = len(found.answers)
    return [Line(text, n, round(100 * n / everybody, 2)) for text, n in counts_lines(found, words)]
