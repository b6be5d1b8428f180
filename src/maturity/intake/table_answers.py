"""An answer that several cells make up: its value, note, evidence, reason, or a column for each option."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, cast

from maturity.checks.answers import misfits
from maturity.intake.findings import (
    CELL_ERROR,
    DATE_ALONE,
    NONE_CHOSEN,
    NOT_A_CHOICE,
    NOT_A_DATE,
    REASON_ALONE,
    TOO_LONG,
)
from maturity.intake.matching import Cell, day, mark_in_table, one_of, plain, short
from maturity.intake.table_values import Read
from maturity.intake.template_answers import LONGEST, is_error, pieces, wrong_mark
from maturity.models.assessment import Answer, Evidence
from maturity.models.problem import Kind, Phrase
from maturity.models.questionnaire import Question

Sure = Literal["sure", "fairly", "unsure"]


@dataclass(frozen=True, slots=True)
class Parts:
    """Part (or ``:option``) → its cell, of those that hold something; and part → its column."""

    cells: Mapping[str, Cell]
    columns: Mapping[str, int]


class Tell(Protocol):
    """Tells what is wrong with a part."""

    def __call__(self, kind: Kind, part: str, /, **details: object) -> None: ...


def whole_answer(
    question: Question, parts: Parts, value_of: Callable[[Question, Cell], Read], tell: Tell
) -> Read | None:
    """The answer; None where something is wrong with a part, which is told."""
    return _Whole(question, parts, value_of, tell).read()


class _Whole:
    def __init__(
        self, question: Question, parts: Parts, value_of: Callable[[Question, Cell], Read], tell: Tell
    ) -> None:
        self.question, self.parts, self.value_of = question, parts, value_of
        self._tell = tell
        self.wrong = False

    def read(self) -> Read | None:
        read = self._value()
        if read.wrong is not None:
            return read
        given = read.answer or Answer()
        applies_not = given.not_applicable or bool(self._mark("not_applicable"))
        reason, note = self._text("reason"), self._text("note")
        if reason and not applies_not:
            self.tell(REASON_ALONE, "reason", question=self.question.id)
        answer = Answer(
            value=given.value,
            not_applicable=applies_not,
            reason=reason,
            note=note,
            evidence=self._evidence(),
            sure=self._sure(),
        )
        if self.wrong:
            return None
        for kind, details in misfits(self.question, answer):
            self.tell(kind, "not_applicable" if applies_not else "answer", **details)
        return (
            None
            if self.wrong
            else Read(answer if answer != Answer() else None, numbered=read.numbered, sign=read.sign)
        )

    def tell(self, kind: Kind, part: str, **details: object) -> None:
        self.wrong = True
        self._tell(kind, part, **details)

    def _value(self) -> Read:
        options = {part[1:]: cell for part, cell in self.parts.cells.items() if part.startswith(":")}
        if "answer" in self.parts.cells:
            return self.value_of(self.question, self.parts.cells["answer"])
        if not options:
            return Read()
        marks = {option: self._option(option) for option in options}
        chosen = tuple(o.id for o in self.question.choices if marks.get(o.id))
        if not chosen and not self.wrong:
            exclusive = next(
                (Phrase(", or '{option}'", option=o.text) for o in self.question.choices if o.exclusive), ""
            )
            self.tell(NONE_CHOSEN, f":{next(iter(options))}", question=self.question.id, exclusive=exclusive)
        return Read(Answer(value=chosen) if chosen else None)

    def _option(self, option: str) -> bool | None:
        """A mark; the option's own words in its own column are one too, as survey tools write them."""
        cell = self.parts.cells[f":{option}"]
        said = mark_in_table(cell)
        if said is not None:
            return said
        if self.value_of(self.question, cell).answer == Answer(value=(option,)):
            return True
        self.tell(wrong_mark(cell), f":{option}", found=short(cell))
        return None

    def _mark(self, part: str) -> bool | None:
        cell = self.parts.cells.get(part)
        if cell is None:
            return None
        said = mark_in_table(cell)
        if said is None:
            self.tell(wrong_mark(cell), part, found=short(cell))
        return said

    def _text(self, part: str) -> str | None:
        text = plain(self.parts.cells.get(part))
        if is_error(text):
            self.tell(CELL_ERROR, part, found=text)
        elif len(text) > LONGEST:
            self.tell(TOO_LONG, part, length=len(text), limit=LONGEST)
        else:
            return text or None
        return None

    def _evidence(self) -> tuple[Evidence, ...]:
        text, cell = self._text("evidence"), self.parts.cells.get("evidence_date")
        date = day(cell)
        if cell is not None and date is None:
            self.tell(NOT_A_DATE, "evidence_date", found=short(cell))
        elif cell is not None and text is None:
            self.tell(DATE_ALONE, "evidence_date")
        return tuple(pieces(text or "", date))

    def _sure(self) -> Sure | None:
        cell = self.parts.cells.get("sure")
        if cell is None:
            return None
        found = one_of(cell, "sure.", {})
        if found is None:
            self.tell(NOT_A_CHOICE, "sure", found=short(cell), options=Phrase("sure, fairly, unsure"))
        return cast("Sure | None", found)
