"""Rows of another length than the headings, and rows that a stray quote made of several: whose answers are lost?"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from maturity.intake.matching import plain
from maturity.intake.table import Cells, Table, is_blank
from maturity.intake.table_findings import RAGGED, Told
from maturity.intake.table_groups import Groups
from maturity.intake.table_layout import Layout
from maturity.models.assessment import is_period
from maturity.models.problem import Kind
from maturity.models.register import Organisation, Register

SWALLOWED = Kind(
    "W111",
    "error",
    "A quote runs on over lines that look like rows of their own, from line {line}: these were not read, nor was this row.",
    "Check the quotation marks: double one that belongs to a text, or delete it; or export the table again.",
)


@dataclass(frozen=True, slots=True)
class Misshapen:
    """Looks at the rows of one table that are odd in shape."""

    table: Table
    layout: Layout
    groups: Groups
    told: Told

    def fits(self, number: int, cells: Cells, width: int) -> bool:
        """Whether a row of another length can be read. One that cannot be is told, and whose it may be is doubted."""
        if is_blank(cells):
            return False
        if self.table.separator is None or (len(cells) > width and is_blank(cells[width:])):
            return True
        self.told.add(RAGGED, self.table.place(number, 0), found=len(cells), wanted=width)
        self._lost(number, cells)
        return False

    def swallows(self, number: int, cells: Cells) -> bool:
        """Whether rows of their own stand in the row's cells; whose they are is doubted like whose the row is."""
        groups = self.groups
        found = list(_swallowed(cells, self.layout, groups.register, self.table.separator or ","))
        if found:
            self.told.add(SWALLOWED, self.table.place(number, 0), line=number + found[0][0])
            self._lost(number, cells)
        for line, council in found:
            if council is not None:
                groups.doubted.add(council.code)
                groups.not_placed(council, None, number + line)
        return bool(found)

    def _lost(self, number: int, cells: Cells) -> None:
        """A row that cannot be read: whose it may be is doubted, and everybody where that cannot be told."""
        columns = self.layout.columns("organisation", "code")
        named = [self.groups.register.find(plain(cells[n])) for n in columns if n < len(cells)]
        councils = {one.code: one for one in named if one is not None}
        period = next((plain(cells[n]) for n in self.layout.columns("period") if n < len(cells)), "")
        for one in councils.values():
            self.groups.not_placed(one, period if is_period(period) else None, number)
        self.groups.doubted |= councils.keys()
        self.groups.refused = self.groups.refused or not councils


def _swallowed(
    cells: Cells, layout: Layout, register: Register, separator: str
) -> Iterator[tuple[int, Organisation | None]]:
    """The lines within cells that look like rows, counted from 1 after the row's own first, and whose they are.

    Such a line has a council where the table has councils, or at its beginning, or as many cells as the headings. A
    separator with a space after it is prose.
    """
    columns = [0, *layout.columns("organisation", "code")]
    line = 0
    for cell in cells:
        for n, text in enumerate(str(cell).splitlines()):
            line += n > 0
            if n == 0 or separator not in text:
                continue
            pieces = next(csv.reader([text], delimiter=separator), [])
            named = [
                register.find(pieces[c]) for c in columns if c + 1 < len(pieces) and not _prose(pieces[c + 1])
            ]
            council = next((one for one in named if one is not None), None)
            whole = len(pieces) == len(layout.names) and not any(map(_prose, pieces[1:]))
            if council is not None or whole:
                yield line, council


def _prose(piece: str) -> bool:
    return piece.startswith(" ")
