"""A table as rows of cells that know where they stand, whatever file it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol

from maturity.intake.grid import Sheet
from maturity.intake.matching import Cell, plain
from maturity.intake.table_marks import Marks
from maturity.intake.xlsx import letters
from maturity.models.problem import Place, Problem

MOST_COLUMNS = 2_000
HEADINGS_WITHIN = 40
Cells = Sequence[Cell]


class Table(Protocol):
    """Rows with their numbers, first to last; a row's number is that of its first line in the file."""

    @property
    def file(self) -> str:
        """How problems call the file."""

    @property
    def sheet(self) -> str | None:
        """The sheet's name, in a workbook."""

    @property
    def marks(self) -> Marks | None:
        """What a spreadsheet knows beside the values; None where all is text or typed by column."""

    @property
    def separator(self) -> str | None:
        """What stands between cells that are text; None where cells are typed."""

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Every row. Raises MaturityError where the file cannot be read on."""

    def tall(self) -> bool:
        """Whether the row that is being read has several lines of a file of text."""

    def place(self, row: int, column: int | None = None) -> Place:
        """Where a cell stands; columns count from 0."""

    def notes(self) -> Iterable[Problem]:
        """What should be told of the file as a whole, once its rows are read."""


class SheetTable:
    """A sheet of a workbook."""

    separator: str | None = None

    def __init__(self, file: str, sheet: Sheet, marks: Marks) -> None:
        self.file, self._sheet = file, sheet
        self.sheet: str | None = sheet.name
        self.marks: Marks | None = marks

    def rows(self) -> Iterator[tuple[int, Cells]]:
        yield from enumerate(self._sheet.rows, 1)

    def tall(self) -> bool:
        return False

    def place(self, row: int, column: int | None = None) -> Place:
        return Place(self.file, sheet=self.sheet, cell=f"{letters((column or 0) + 1)}{row}")

    def notes(self) -> Iterable[Problem]:
        return ()

    @property
    def merged(self) -> Sequence[tuple[tuple[int, int], tuple[int, int]]]:
        """Ranges of cells that are one, from 0: ((top, left), (bottom, right))."""
        return self._sheet.merged


def first_rows(table: Table) -> list[tuple[int, Cells]]:
    """The rows among which the headings are looked for."""
    return list(islice(table.rows(), HEADINGS_WITHIN))


def is_blank(cells: Cells) -> bool:
    """Whether nothing stands in any of the cells."""
    return not any(plain(cell) for cell in cells)
