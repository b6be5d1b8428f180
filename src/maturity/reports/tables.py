"""A table of a report: drawn as HTML and offered as CSV from the same cells, so that the two cannot differ."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from maturity.models.disclosure import SUPPRESSED
from maturity.models.register import fold
from maturity.reports.speech import MINUS

RANGE = " – "
# Also as wide as East Asian letters are, which some spreadsheets take for the same.
FORMULA_STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell. `number` is what it sorts by and what CSV gets; `small` stands below the text.

    `step` is the colour of its level, of five. A cell that is `missing` prints why, and sorts last;
    one that is `mine` heads the row of the council that the page marks; `href` leads to a page about it.
    """

    text: str
    number: float | None = None
    small: str = ""
    step: int | None = None
    missing: bool = False
    mine: bool = False
    href: str = ""

    @property
    def plain(self) -> str:
        """The cell in CSV: a number as a number, words and ranges guarded against being read as a formula."""
        if self.number is not None and RANGE not in self.text:
            text = self.text.replace(MINUS, "-").removeprefix("+")
            return text if re.fullmatch(r"-?\d+(\.\d+)?", text) else f"{self.number:.10g}"
        return guarded(f"{self.text}: {self.small}" if self.missing and self.small else self.text)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under headings. The first cell of each row names it.

    `absent` are rows that have a name and, instead of cells, words that say why, and perhaps an address that the name leads to.
    """

    id: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    absent: tuple[tuple[str, str, str], ...] = ()
    file: str = ""

    @property
    def numeric(self) -> tuple[bool, ...]:
        """For each column, whether its numbers line up at the right, also where all of them are kept back."""
        columns = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.headings)
        return tuple(_of_numbers(column) for column in columns)

    @property
    def link(self) -> str:
        """The table as a ``data:`` address of a CSV file."""
        lines: list[Sequence[str]] = [[guarded(heading) for heading in self.headings]]
        lines += [[cell.plain for cell in row] for row in self.rows]
        lines += [[guarded(name), guarded(words)] for name, words, _ in self.absent]
        return csv_link(lines)


def _of_numbers(column: Sequence[Cell]) -> bool:
    return any(cell.number is not None for cell in column) or (
        bool(column) and all(cell.text == SUPPRESSED for cell in column)
    )


def csv_link(lines: Sequence[Sequence[str]]) -> str:
    """A ``data:`` address of a CSV file in UTF-8, marked so that spreadsheets read its accents."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return (
        "data:text/csv;charset=utf-8;base64," + base64.b64encode(out.getvalue().encode("utf-8-sig")).decode()
    )


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    formula = text.startswith(FORMULA_STARTERS) or text.lstrip().startswith(FORMULA_STARTERS)
    return f"'{text}" if formula else text


def file_name(*parts: str) -> str:
    """A file name of plain letters and digits, in the language of its parts: ``meincnod-2026-pob-sgor.csv``."""
    return "-".join(word for part in parts for word in fold(part).split())[:100].rstrip("-") + ".csv"
