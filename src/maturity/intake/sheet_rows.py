"""Rows of a long table, written straight as XML: several times as fast as openpyxl's cells.

openpyxl writes all the rest of such a workbook: looks, headings, links, tables and charts. Rows written here say what it
would have written for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from maturity.intake.xlsx import Look, Value, clean, dress, finish, letters

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_END = b"</sheetData>"
_SIZE = re.compile(rb'(<dimension ref="[A-Z]+[0-9]+:[A-Z]+)[0-9]+"')


class SheetRows:
    """Rows below those that a sheet holds in cells, and no wider; the sheet has several cells already, in two columns."""

    def __init__(self, sheet: Worksheet, first: int) -> None:
        """`first` is the number of the first row, from 1."""
        self._rows: list[str] = []
        self._first = first
        finish(sheet, self._put_into)

    @property
    def next(self) -> int:
        """The number of the row that comes next."""
        return self._first + len(self._rows)

    def add(self, height: float, cells: Iterable[tuple[Value, int]]) -> None:
        """A row: its height in points, and of each cell the value and the number of its style. Raises TypeError for a
        value that is neither text nor a number."""
        row = self.next
        written = (_cell(f"{letters(column)}{row}", *cell) for column, cell in enumerate(cells, 1))
        self._rows.append(f'<row r="{row}" ht="{height:g}" customHeight="1">{"".join(written)}</row>')

    def _put_into(self, xml: bytes) -> bytes:
        """The sheet as openpyxl wrote it, with these rows too."""
        if not self._rows:
            return xml
        xml = _SIZE.sub(rb'\g<1>%d"' % (self.next - 1), xml, count=1)
        before, end, after = xml.rpartition(_END)
        return b"".join((before, "".join(self._rows).encode(), end, after))


def style_number(sheet: Worksheet, look: Look, *, quoted: bool) -> int:
    """The number that a look has among the workbook's styles; `quoted` is for text that starts like a formula."""
    from openpyxl.cell.cell import Cell

    cell = Cell(sheet, row=1, column=1)
    dress(cell, look)
    if quoted:
        cell.quotePrefix = True
    return cell.style_id


def _cell(place: str, value: Value, style: int) -> str:
    if value is None:
        return f'<c r="{place}" s="{style}" t="n" />'
    if isinstance(value, str):
        return f'<c r="{place}" s="{style}" t="inlineStr"{_text(value)}'
    if isinstance(value, int | float):
        return f'<c r="{place}" s="{style}" t="n"><v>{value:.16g}</v></c>'
    raise TypeError(f"{value!r} is neither text nor a number")


@lru_cache(maxsize=4096)
def _text(value: str) -> str:
    """The rest of a cell with text; most texts stand in many rows."""
    text = clean(value)
    if not text:
        return " />"
    stripped = text.strip()
    space = ' xml:space="preserve"' if stripped and stripped != text else ""
    return f"><is><t{space}>{escape(text)}</t></is></c>"
