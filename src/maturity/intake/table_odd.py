"""What is odd about rows that are read all the same: blank rows between them, hidden ones, formulas, numbers as text."""

from __future__ import annotations

from maturity.intake.matching import plain, short
from maturity.intake.table import Cells, Table, is_blank
from maturity.intake.table_findings import BESIDE, BLANK_ROWS, FORMULAS, HIDDEN_ROWS, NUMBERS_AS_TEXT, Told
from maturity.intake.table_layout import Layout
from maturity.models.problem import Phrase


class Blank:
    """Counts blank rows; those at the end are nobody's business."""

    def __init__(self, table: Table, told: Told) -> None:
        self.table, self.told = table, told
        self.first = self.count = 0

    def row(self, number: int, cells: Cells) -> None:
        if is_blank(cells):
            self.first = self.first if self.count else number
            self.count += 1

    def end(self) -> None:
        """A row with something in it follows."""
        self.told.add(BLANK_ROWS, self.table.place(self.first), n=self.count)
        self.count = 0


class Marked:
    """Counts, column by column, what a spreadsheet knows beside the values."""

    def __init__(self, table: Table, layout: Layout, told: Told) -> None:
        self.table, self.layout, self.told = table, layout, told
        self.marks = table.marks
        self.hidden: list[int] = []
        self.formulas: dict[int, list[int]] = {}
        self.texts: dict[int, list[int]] = {}
        self.numbers = [
            n
            for n, role in enumerate(layout.roles)
            if role and role.part == "answer" and self._is_number(role.question)
        ]
        self.unnamed = {n for n, name in enumerate(layout.names) if not plain(name)}
        self.read = [n for n, role in enumerate(layout.roles) if role is not None]

    def _is_number(self, question: str | None) -> bool:
        return question is not None and self.layout.questionnaire.questions[question].type == "number"

    @property
    def needed(self) -> bool:
        """Whether there is anything to look for in a row."""
        return self.marks is not None or bool(self.unnamed)

    def row(self, number: int, cells: Cells) -> None:
        for column in [n for n in self.unnamed if n < len(cells) and plain(cells[n])]:
            self.unnamed.discard(column)
            place = self.table.place(number, column)
            self.told.add(
                BESIDE,
                place,
                what=Phrase("'{cell}', in a column without a heading", cell=short(cells[column])),
            )
        if self.marks is None:
            return
        if number in self.marks.hidden_rows:
            self.hidden.append(number)
        for column in self.read if self.marks.formulas else ():
            if (number, column) in self.marks.formulas:
                self.formulas.setdefault(column, []).append(number)
        for column in self.numbers:
            cell = cells[column] if column < len(cells) else None
            if isinstance(cell, str) and plain(cell).replace(",", ".").replace(".", "", 1).isdigit():
                self.texts.setdefault(column, []).append(number)

    def end(self) -> None:
        if self.hidden:
            self.told.add(HIDDEN_ROWS, self.table.place(self.hidden[0]), n=len(self.hidden))
        for kind, found in ((FORMULAS, self.formulas), (NUMBERS_AS_TEXT, self.texts)):
            for column, rows in found.items():
                place = self.table.place(rows[0], column)
                self.told.add(kind, place, n=len(rows), found=self.layout.name(column))
