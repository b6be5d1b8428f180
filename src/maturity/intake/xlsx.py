"""Writes workbooks safely: text that can never become a formula, one set of looks, and the same bytes every time.

Shared by the templates and by the reports. Three things are done here and nowhere else. Text goes into cells as
text, whatever it starts with, without the characters that XML forbids. The finished archive gets fixed times, since
openpyxl stamps the clock into it. And the archive's XML gets what openpyxl has no call for: charts' text
alternatives, and no green triangles on numbers that are text on purpose.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary
from xml.sax.saxutils import quoteattr

from maturity.intake.layout import DEFINED_NAME
from maturity.models.text import Language
from maturity.sources.archives import DAMAGED

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

NAVY, TEAL, PLUM, ORANGE = "12436D", "28A197", "801650", "F46A25"
SKY, BLUE = "6BACE6", "2073BC"
INK, QUIET, LINE = "0B0C0C", "595959", "949494"
PAPER, MIST, WASH = "FFFFFF", "F3F4F5", "E8F1F8"

FONT = "Arial"
LONGEST = 32_767
CUT = " […]"
TAGS: Mapping[Language, str] = {"en": "en-GB", "cy": "cy-GB"}

# What XML 1.0 forbids: control characters, lone surrogates and the two non-characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ as the letter A: text that happens to look so is escaped.
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
REPORT_FORMAT = "maturity-report/1"
_REPORT = re.compile(rb">\s*maturity-report/\d+\s*<")
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)

_WORN: WeakKeyDictionary[Any, dict[Look, Any]] = WeakKeyDictionary()
_FINISHED_BY: WeakKeyDictionary[Any, Callable[[bytes], bytes]] = WeakKeyDictionary()

Value = str | float | int | dt.date | None


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks and whether it may be changed."""

    bold: bool = False
    italic: bool = False
    size: float = 11
    ink: str = INK
    fill: str | None = None
    edge: str | None = None
    wrap: bool = True
    across: str = "left"
    up: str = "top"
    indent: int = 0
    locked: bool = True
    format: str = "General"
    underline: bool = False


PLAIN = Look()
TITLE = Look(bold=True, size=18, ink=NAVY, wrap=False, up="center")
SUBTITLE = Look(size=11, ink=QUIET)
HEADER = Look(bold=True, ink=PAPER, fill=NAVY, edge=NAVY, up="center")
LABEL = Look(bold=True)
LINK = Look(ink="1D5C91", underline=True)
BANNER = Look(bold=True, ink=PAPER, fill=PLUM, up="center")


def clean(text: str) -> str:
    """Text that a cell can hold: without forbidden characters, cut at Excel's limit with a mark."""
    text = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _ESCAPE_LIKE.sub("_x005F_", text)
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    # Never a merged one, which would swallow the value: cells are merged after they are written.
    return cast("Cell", sheet.cell(row, column))


def put(sheet: Worksheet, row: int, column: int, value: Value, look: Look = PLAIN) -> Cell:
    """Writes a value, never a formula: text that starts like one stays text, also when it is edited."""
    cell = _cell(sheet, row, column)
    if isinstance(value, str):
        cell.value = clean(value)
        cell.data_type = "s"
        dress(cell, look)
        if starts_like_formula(value):
            cell.quotePrefix = True
    else:
        cell.value = value
        dress(cell, look)
    return cell


def starts_like_formula(value: Value) -> bool:
    """Whether it is text that a spreadsheet program would take for a formula when it is edited."""
    return isinstance(value, str) and value.startswith(FORMULA_STARTS)


def put_formula(sheet: Worksheet, row: int, column: int, formula: str, look: Look = PLAIN) -> Cell:
    """Writes a formula of our own; nothing that a person wrote may stand in it."""
    cell = _cell(sheet, row, column)
    cell.value = formula
    dress(cell, look)
    return cell


def dress(cell: Cell, look: Look) -> None:
    """Gives the cell its look.

    openpyxl compares every new style with all it knows, which takes most of the time of a large workbook: a look
    that was worn before is copied by its numbers.
    """
    styled: Any = cell
    worn = _WORN.setdefault(styled.parent.parent, {})
    if look not in worn:
        _dress_anew(cell, look)
        worn[look] = copy(styled._style)
    styled._style = copy(worn[look])


def _dress_anew(cell: Cell, look: Look) -> None:
    font, fill, border, alignment, protection = _styles(look)
    cell.font, cell.alignment, cell.number_format = font, alignment, look.format
    if fill is not None:
        cell.fill = fill
    if border is not None:
        cell.border = border
    if not look.locked:
        cell.protection = protection


@cache
def _styles(look: Look) -> tuple[Any, Any, Any, Any, Any]:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    font = Font(
        name=FONT,
        size=look.size,
        bold=look.bold,
        italic=look.italic,
        color=look.ink,
        underline="single" if look.underline else None,
    )
    fill = PatternFill("solid", fgColor=look.fill) if look.fill else None
    side = Side(style="thin", color=look.edge)
    border = Border(left=side, right=side, top=side, bottom=side) if look.edge else None
    alignment = Alignment(horizontal=look.across, vertical=look.up, wrap_text=look.wrap, indent=look.indent)
    return font, fill, border, alignment, Protection(locked=look.locked)


def lines(text: str, width: float, *, size: float = 11, bold: bool = False) -> int:
    """About how many lines the text takes in a column that wide.

    A column's width counts digits at 11 points; letters are a little narrower, words do not fill a line.
    """
    room = max(1.0, (width - 1) * 11 / size * (1.0 if bold else 1.08))
    if "\n" not in text:
        return max(1, ceil(len(text) / room + 0.15))
    return sum(max(1, ceil(len(part) / room + 0.15)) for part in text.split("\n"))


def fit_row(
    sheet: Worksheet, row: int, cells: Iterable[tuple[str, float, Look]], *, least: float = 18
) -> None:
    """Makes the row as high as its longest text needs; `cells` are (text, column's width, look).

    Spreadsheet programs do it by themselves only where a row has no height yet, and differ in it.
    """
    sheet.row_dimensions[row].height = height_of(cells, least)


def height_of(cells: Iterable[tuple[str, float, Look]], least: float) -> float:
    """How high a row of such cells must be, in points."""
    heights = [
        lines(text, width, size=look.size, bold=look.bold) * (look.size * 1.28) + 6
        for text, width, look in cells
        if text
    ]
    return round(min(409.0, max(least, *heights, 0)), 1)


def finish(sheet: Worksheet, how: Callable[[bytes], bytes]) -> None:
    """Has `to_bytes` change the sheet's XML once openpyxl wrote it."""
    _FINISHED_BY[sheet] = how


def wide_enough(heading: str, width: float) -> float:
    """The column's width, or what the longest word of its bold heading needs beside a filter's arrow."""
    return max(width, round(1.2 * max(map(len, heading.split()), default=0) + 3))


def new_workbook() -> Workbook:
    """An empty workbook without a sheet, whose plain text is in our font."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    # openpyxl has no public way to change the style that cells have by themselves, and adding a second is refused.
    workbook._named_styles["Normal"].font = _styles(PLAIN)[0]  # type: ignore[attr-defined]  # the stubs leave it out
    return workbook


def short_title(words: str) -> str:
    """A title of a drop-down's message, of which Excel shows 32 characters: side by side only the first half then."""
    return words if len(words) <= 32 else words.partition(" / ")[0][:32]


def sheet_name(wanted: str, taken: Sequence[str]) -> str:
    """A name that a sheet can have: at most 31 characters, none of []:*?/\\, unlike those taken."""
    name = re.sub(r"[\[\]:*?/\\]", " ", clean(wanted)).strip(" '")[:31].strip(" '") or "Sheet"
    lower = {t.casefold() for t in taken}
    number = 2
    candidate = name
    while candidate.casefold() in lower or candidate.casefold() == "history":
        ending = f" ({number})"
        candidate, number = name[: 31 - len(ending)] + ending, number + 1
    return candidate


@cache
def letters(column: int) -> str:
    """A column's name, counted from 1: 28 → ``AB``."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def quoted(name: str) -> str:
    """A sheet's name as formulas want it."""
    return "'" + name.replace("'", "''") + "'"


def to_bytes(
    workbook: Workbook,
    *,
    title: str,
    language: Language,
    made_on: dt.date,
    alternatives: Sequence[Sequence[str]] = (),
    numbers_as_text: Mapping[str, str] | None = None,
    is_table: bool = False,
) -> bytes:
    """The workbook as a file: the same workbook always as the same bytes. `is_table` says that answers are in it.

    `alternatives` are the charts' texts, a list for each sheet that has charts, in order; `numbers_as_text` says
    for a sheet's title which cells hold numbers as text on purpose.
    """
    moment = dt.datetime.combine(made_on, dt.time())
    properties = workbook.properties
    properties.title, properties.language = clean(title), TAGS[language]
    if DEFINED_NAME not in workbook.defined_names and not is_table:
        # What is no template is a report: it may lie among answers, and says that it is none.
        properties.keywords = REPORT_FORMAT
    properties.creator = properties.lastModifiedBy = "maturity"
    properties.created = properties.modified = moment
    if workbook.calculation is not None:
        workbook.calculation.fullCalcOnLoad = True
    parts = {f"xl/worksheets/sheet{n}.xml": s for n, s in enumerate(workbook.worksheets, 1)}
    marked = {name: ref for name, s in parts.items() if (ref := (numbers_as_text or {}).get(s.title))}
    described = {f"xl/drawings/drawing{n}.xml": texts for n, texts in enumerate(alternatives, 1)}
    final = io.BytesIO()
    with _drafted(workbook) as old, zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in marked:
                content = _allow_numbers_as_text(content, marked[name])
            if name in described:
                content = _describe_charts(content, described[name])
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, content)
    return final.getvalue()


def _drafted(workbook: Workbook) -> zipfile.ZipFile:
    """What openpyxl writes. Its own save() would stamp the clock into `modified`, and lay every sheet down in a file,
    which takes as long as writing it and leaves answers on the disk where the program is killed."""
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    draft = io.BytesIO()
    archive = zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED, allowZip64=True)

    class InMemory(ExcelWriter):
        def write_worksheet(self, ws: Any) -> None:
            ws._drawing = SpreadsheetDrawing()
            ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
            writer: Any = WorksheetWriter(ws, io.BytesIO())
            writer.write()
            ws._rels = writer._rels
            finished = _FINISHED_BY.get(ws, bytes)
            archive.writestr(ws.path[1:], finished(writer.read()))
            self.manifest.append(ws)

    InMemory(workbook, archive).save()
    return zipfile.ZipFile(draft)


def is_report(raw: bytes) -> bool:
    """Whether a workbook that was found safe says that maturity wrote it as a report."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = {"docProps/core.xml", "meta.xml"} & set(archive.namelist())
            return any(_REPORT.search(archive.open(part).read(100_000)) for part in names)
    except DAMAGED:
        return False


def _allow_numbers_as_text(xml: bytes, cells: str) -> bytes:
    """Tells Excel not to mark these cells with a green triangle; the schema wants it before drawings and tables."""
    note = f'<ignoredErrors><ignoredError sqref="{cells}" numberStoredAsText="1" /></ignoredErrors>'.encode()
    place = re.search(rb"<(?:drawing|legacyDrawing|tableParts|extLst)\b|</worksheet>", xml)
    return xml if place is None else xml[: place.start()] + note + xml[place.start() :]


def _describe_charts(xml: bytes, texts: Sequence[str]) -> bytes:
    """Gives each chart of a drawing its text alternative."""
    left = list(texts)

    def describe(match: re.Match[bytes]) -> bytes:
        return match[0] + f" descr={quoteattr(left.pop(0))}".encode() if left else match[0]

    return re.sub(rb"<(?:xdr:)?cNvPr\b(?=[^>]*name=\"Chart)", describe, xml)
