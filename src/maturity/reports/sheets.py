"""A report's data sheets: a title, a line of explanation, one named table, nothing else; by the rules for accessible spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from maturity.intake.sheet_rows import SheetRows, style_number
from maturity.intake.xlsx import (
    HEADER,
    LINK,
    PLAIN,
    QUIET,
    SUBTITLE,
    TITLE,
    WASH,
    Look,
    Value,
    clean,
    fit_row,
    height_of,
    letters,
    put,
    quoted,
    sheet_name,
    starts_like_formula,
    wide_enough,
)
from maturity.locale.words import Words
from maturity.models.disclosure import NOT_APPLICABLE, NOT_SCORED, SUPPRESSED

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

HEAD = 4
_EDGE = "D5D8DB"


@dataclass(frozen=True, slots=True)
class Field:
    """A table's column. `format` is a number format; text columns wrap."""

    heading: str
    width: float
    format: str = "General"


def signed(form: str) -> str:
    """The number format of a difference: as `form`, with its sign."""
    return f"+{form};-{form};{form}"


@dataclass(frozen=True, slots=True)
class Table:
    """What one data sheet holds: `tab` is the sheet's name and the table's, `about` says what the rows are.

    `strong` are numbers of rows (from 0) that stand out: those of the council whose report it is.
    """

    tab: str
    title: str
    about: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]
    strong: frozenset[int] = frozenset()
    group: str = "data"


def write_table(workbook: Workbook, table: Table, back: str, contents: str) -> Worksheet:
    """Writes a sheet with its table; `back` are the words of the link to the sheet `contents`."""
    from openpyxl.worksheet.table import Table as Marked
    from openpyxl.worksheet.table import TableStyleInfo

    sheet: Worksheet = workbook.create_sheet(sheet_name(table.tab, workbook.sheetnames))
    head(sheet, table.title, table.about, back, contents)
    right = [any(isinstance(row[n], int | float) for row in table.rows) for n in range(len(table.fields))]
    headings = _unlike(field.heading for field in table.fields)
    for column, (field, heading) in enumerate(zip(table.fields, headings, strict=True), 1):
        look = replace(HEADER, across="right" if right[column - 1] else "left", indent=int(column > 1))
        put(sheet, HEAD, column, heading, look)
        sheet.column_dimensions[letters(column)].width = wide_enough(heading, field.width)
    # A filter's arrow takes room from a heading.
    fit_row(sheet, HEAD, [(f.heading, f.width - 3, HEADER) for f in table.fields], least=24)
    _Body(sheet, table, right).write()
    last = f"{letters(len(table.fields))}{HEAD + len(table.rows)}"
    name = table_name(sheet.title)
    marked = Marked(displayName=name, name=name, ref=f"A{HEAD}:{last}")
    _name_columns(marked, headings)
    marked.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(marked)
    sheet.freeze_panes = f"B{HEAD + 1}"
    to_print(sheet, wide=sum(f.width for f in table.fields) > 125)
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
    return sheet


def _name_columns(marked: Any, headings: Sequence[str]) -> None:
    """openpyxl would look for the headings itself, and make a cell of every row for that."""
    marked._initialise_columns()
    for column, heading in zip(marked.tableColumns, headings, strict=True):
        column.name = clean(heading)


def head(sheet: Worksheet, title: str, about: str, back: str, contents: str) -> None:
    """The rows above a table: title, what it shows, and the way back."""
    put(sheet, 1, 1, title, TITLE)
    sheet.row_dimensions[1].height = 30
    put(sheet, 2, 1, about, replace(SUBTITLE, wrap=False))
    link(put(sheet, 3, 1, back, replace(LINK, wrap=False, size=10)), contents, back)
    sheet.sheet_view.showGridLines = False


def link(cell: Cell, sheet: str, words: str) -> None:
    """Makes a cell lead to another sheet of the workbook."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    where = f"{quoted(sheet)}!A1"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=where, display=words)


def to_print(sheet: Worksheet, *, wide: bool, pages: int = 0) -> None:
    """On A4, one page wide and as many long as it needs, or at most `pages`."""
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top = 0.6
    margins.header = margins.footer = 0.3
    margins.bottom = 0.7
    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, pages
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if sheet.oddFooter is not None:
        sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P / &N"


def mark_made_up(sheets: Sequence[Worksheet], words: Words, *, titled: Sequence[Worksheet]) -> None:
    """Says on every printed page of `sheets`, and in the titles of `titled`, that the answers are made up."""
    for sheet in sheets:
        if sheet.oddHeader is not None:
            said = words("Made-up answers: they say nothing about any council.")
            sheet.oddHeader.center.text = said.replace("&", "&&")
    for sheet in titled:
        put(sheet, 1, 1, words("{title} (made-up answers)", title=sheet["A1"].value), TITLE)


def table_name(words: str) -> str:
    """A name that a table can have: letters, digits and underscores."""
    return re.sub(r"\W+", "_", words).strip("_") or "Table"


def _format(field: Field, value: Value) -> str:
    """Counts need a format of their own: LibreOffice pushes plain numbers to the very edge."""
    if isinstance(value, int) and field.format == "General":
        return "0"
    return field.format if isinstance(value, int | float) else "General"


def _unlike(headings: Iterable[str]) -> list[str]:
    """Headings without doubles, which Excel calls a broken table and repairs."""
    seen: list[str] = []
    for heading in headings:
        number, unlike = 2, heading
        while unlike.casefold() in (s.casefold() for s in seen):
            unlike, number = f"{heading} ({number})", number + 1
        seen.append(unlike)
    return seen


class _Body:
    """Writes a table's rows: columns with numbers line up at the right, words in them too."""

    def __init__(self, sheet: Worksheet, table: Table, right: Sequence[bool]) -> None:
        self.sheet, self.table, self.right = sheet, table, right
        # Most cells of a column look alike: by column, kind of value, and what else makes them look otherwise.
        self._known: dict[tuple[object, ...], tuple[Look, int]] = {}

    def write(self) -> None:
        rows, fields = SheetRows(self.sheet, HEAD + 1), self.table.fields
        for number, row in enumerate(self.table.rows):
            looks = [self._look(n, value, number in self.table.strong) for n, value in enumerate(row)]
            texts = [
                (value, field.width - look.indent, look)
                for value, field, (look, _) in zip(row, fields, looks, strict=True)
                if isinstance(value, str)
            ]
            rows.add(height_of(texts, least=19), zip(row, (style for _, style in looks), strict=True))

    def _look(self, column: int, value: Value, strong: bool) -> tuple[Look, int]:
        """How a cell looks, and the number of that style."""
        quiet, quoted = value in (NOT_SCORED, NOT_APPLICABLE, SUPPRESSED), starts_like_formula(value)
        key = (column, type(value), quiet, quoted, strong)
        if key not in self._known:
            look = Look(
                edge=_EDGE,
                bold=strong,
                fill=WASH if strong else None,
                across="right" if self.right[column] else "left",
                indent=int(column > 0),
                format=_format(self.table.fields[column], value),
                ink=QUIET if quiet else PLAIN.ink,
                up="center",
            )
            self._known[key] = look, style_number(self.sheet, look, quoted=quoted)
        return self._known[key]
