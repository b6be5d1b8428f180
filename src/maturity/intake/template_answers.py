"""From a question's rows in a workbook to its answer, or to what is wrong with them, cell by cell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, cast

from maturity.checks.answers import misfits
from maturity.intake import findings as f
from maturity.intake.empty_cells import is_error as is_error
from maturity.intake.grid import Row
from maturity.intake.layout import OPTION_MARK
from maturity.intake.matching import (
    Cell,
    Choices,
    day,
    is_dont_know,
    is_only_a_number,
    mark,
    number,
    number_shown,
    one_of,
    plain,
    short,
)
from maturity.models.assessment import DONT_KNOW, Answer, Evidence
from maturity.models.problem import Kind, Phrase, Problem
from maturity.models.questionnaire import NumberQuestion, Question, TextQuestion

Sure = Literal["sure", "fairly", "unsure"]
LONGEST = 20_000
AROUND = ("evidence", "evidence_date", "note", "not_applicable", "reason", "sure")
_DATED = re.compile(r"(.*\S)\s*\[(\d{4}-\d{2}-\d{2})\]", re.DOTALL)


@dataclass(slots=True)
class Reader:
    """Reads answers, and keeps what is wrong with them. `own` are the workbook's own words.

    `same` says that the questionnaire is in the very state in which the template was made: only then does a number
    in the list of choices mean what it meant there. `welsh` says that the template may be filled in in Welsh.
    """

    own: Mapping[str, str]
    same: bool
    welsh: bool
    problems: list[Problem] = field(default_factory=list)

    def answer(self, question: Question, row: Row, options: Sequence[Row]) -> Answer | None:
        """The question's answer; None where nothing stands there, or nothing that is sound."""
        before = len(self.problems)
        value = (
            self._several(question, row, options)
            if question.type == "several"
            else self._value(question, row)
        )
        applies_not, reason, note, sure = False, None, None, None
        evidence: tuple[Evidence, ...] = ()
        if not row.blank(AROUND):
            applies_not = self._mark(row, "not_applicable") or False
            reason, note = self._text(row, "reason"), self._text(row, "note")
            evidence, sure = self._evidence(row), self._sure(row)
            if reason and not applies_not and value is None:
                self._say(f.REASON_ALONE, row, "reason", question=question.id)
        if len(self.problems) > before:
            return None
        answer = Answer(
            value=value, not_applicable=applies_not, reason=reason, note=note, evidence=evidence, sure=sure
        )
        key = "not_applicable" if applies_not else "answer"
        found = [
            row.grid.problem(kind, row.number, key, **details) for kind, details in misfits(question, answer)
        ]
        self.problems += found
        return None if found or answer == Answer() else answer

    def _say(self, kind: Kind, row: Row, key: str, **details: object) -> None:
        self.problems.append(row.problem(kind, key, **details))

    def _value(self, question: Question, row: Row) -> str | float | None:
        value = row.value("answer")
        if value is None:
            return None
        if is_error(plain(value)):
            self._say(f.CELL_ERROR, row, "answer", found=plain(value))
        elif isinstance(question, NumberQuestion):
            return self._number(question, row)
        elif isinstance(question, TextQuestion):
            return self._text(row, "answer")
        elif isinstance(value, dt.date | dt.time | dt.timedelta):
            self._say(f.DATE_FOR_ANSWER, row, "answer", found=short(value))
        else:
            return self._choice(question, row)
        return None

    def _choice(self, question: Question, row: Row) -> str | None:
        value = row.value("answer")
        choices = Choices.of(question, welsh=self.welsh)
        found = choices.find(value)
        about = {"found": short(value), "question": question.id}
        if len(found) == 1 and (self.same or not is_only_a_number(value)):
            return next(iter(found))
        if len(found) == 1:
            self._say(f.NUMBER_OF_OTHER, row, "answer", **about)
        elif found:
            self._say(f.AMBIGUOUS_CHOICE, row, "answer", **about)
        else:
            near = choices.nearest(value)
            hint = Phrase(" Did you mean '{close}'?", close=near) if near else ""
            self._say(f.UNKNOWN_CHOICE, row, "answer", hint=hint, **about)
        return None

    def _number(self, question: NumberQuestion, row: Row) -> float | str | None:
        value = row.value("answer")
        if question.number.dont_know and is_dont_know(value, self.own):
            return DONT_KNOW
        found = number(value, question)
        if isinstance(found, float):
            return found
        if isinstance(value, dt.date | dt.time | dt.timedelta):
            self._say(f.DATE_FOR_ANSWER, row, "answer", found=short(value))
        elif found == "two_ways":
            self._say(f.TWO_WAYS, row, "answer", found=short(value))
        elif found == "share":
            percent = number_shown(
                float(plain(value).replace(",", ".").replace("−", "-").replace("–", "-")) * 100
            )
            self._say(f.NUMBER_UNSURE, row, "answer", found=short(value), percent=percent)
        else:
            dont_know = Phrase(", or that nobody knows") if question.number.dont_know else ""
            details = {"unit": question.number.unit, "dont_know": dont_know}
            self._say(f.NO_NUMBER, row, "answer", found=short(value), question=question.id, **details)
        return None

    def _several(self, question: Question, row: Row, options: Sequence[Row]) -> tuple[str, ...] | None:
        above = row.value("answer")
        if above is not None and plain(above) != plain(self.own.get("below")):
            self._say(f.ANSWER_ABOVE, row, "answer", found=short(above))
        by_option = {r.id.partition(OPTION_MARK)[2]: r for r in options}
        marks = {option: self._mark(r, "answer") for option, r in by_option.items()}
        for option_row in options:
            for key in () if option_row.blank(AROUND) else AROUND:
                if option_row.value(key) is not None:
                    what = Phrase("'{value}' in the row of a choice", value=short(option_row.value(key)))
                    self._say(f.NOT_READ, option_row, key, what=what)
        if all(m is None for m in marks.values()):
            return None
        for choice in question.choices:
            if choice.id not in marks:
                self._say(f.OPTION_ROW_GONE, row, "id", option=choice.id, question=question.id)
        chosen = tuple(choice.id for choice in question.choices if marks.get(choice.id))
        if not chosen:
            exclusive = next(
                (Phrase(", or '{option}'", option=c.text) for c in question.choices if c.exclusive), ""
            )
            first = next(iter(by_option.values()))
            self._say(f.NONE_CHOSEN, first, "answer", question=question.id, exclusive=exclusive)
            return None
        return chosen

    def _mark(self, row: Row, key: str) -> bool | None:
        value = row.value(key)
        if value is None:
            return None
        found = mark(value, self.own, welsh=self.welsh)
        if is_error(plain(value)):
            self._say(f.CELL_ERROR, row, key, found=plain(value))
        elif found is None:
            self._say(wrong_mark(value), row, key, found=short(value))
        return found

    def _sure(self, row: Row) -> Sure | None:
        value = row.value("sure")
        if value is None:
            return None
        found = one_of(value, "sure.", self.own)
        if found is None:
            options = ", ".join(self.own.get(f"sure.{s}", s) for s in ("sure", "fairly", "unsure"))
            self._say(f.NOT_A_CHOICE, row, "sure", found=short(value), options=options)
        return cast("Sure | None", found)

    def _text(self, row: Row, key: str) -> str | None:
        text = plain(row.value(key))
        if is_error(text):
            self._say(f.CELL_ERROR, row, key, found=text)
        elif len(text) > LONGEST:
            self._say(f.TOO_LONG, row, key, length=len(text), limit=LONGEST)
        else:
            return text or None
        return None

    def _evidence(self, row: Row) -> tuple[Evidence, ...]:
        text, value = self._text(row, "evidence"), row.value("evidence_date")
        date = day(value)
        if value is not None and date is None:
            self._say(f.NOT_A_DATE, row, "evidence_date", found=short(value))
        elif value is not None and row.value("evidence") is None:
            self._say(f.DATE_ALONE, row, "evidence_date")
        return tuple(pieces(text or "", date))


def wrong_mark(cell: Cell) -> Kind:
    """What is wrong with a cell that is no mark: 'NA' is Welsh for No and short for 'not applicable'."""
    return f.DOUBTFUL_MARK if plain(cell) in ("NA", "na") else f.NOT_A_MARK


def pieces(whole: str, date: dt.date | None) -> Iterator[Evidence]:
    """Evidence in paragraphs; each piece has the date in its own brackets, else the cell's."""
    for text in (p.strip() for p in re.split(r"\n[ \t]*\n\s*", whole) if p.strip()):
        dated = _DATED.fullmatch(text)
        own = day(dated[2]) if dated else None
        if dated and own:
            yield Evidence(text=dated[1], date=own)
        else:
            yield Evidence(text=text, date=date)
