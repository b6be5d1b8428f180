"""Copies of filled-in workbooks that can be written into: the workbook itself where that is safe, else a fresh one.

openpyxl is only given parts that were found safe and that are small; what those refer to and is not among them is
left out. A workbook of another format, or one that openpyxl cannot open, is copied cell by cell into a fresh template.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import unescape

from maturity.intake.formulas import sheet_parts
from maturity.intake.grid import WRITTEN, Grid, Sheet, rows
from maturity.intake.layout import NUMBER_OF
from maturity.intake.matching import Cell
from maturity.intake.template import template_workbook
from maturity.intake.xlsx import FORMULA_STARTS, clean, letters, sheet_name
from maturity.locale.words import Words
from maturity.models.problem import Place
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Register

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

LARGEST = 10_000_000
MOST_TAGS = 400_000
MOST_IN_RANGES = 200_000
MOST_CELLS = 200_000
_RELATION = re.compile(rb"<(?:[^\s<>/:]++:)?+Relationship\s[^<>]*+>")
_TARGET = re.compile(rb"""\sTarget\s*+=\s*+["']([^"']*+)["']""")
_REF = re.compile(rb"""\sref\s*+=\s*+["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})["']""")
_DROP_DOWN = re.compile(
    rb"<x14:dataValidation\s([^<>]*+)>.*?<xm:f>([^<]*+)</xm:f>.*?<xm:sqref>([^<]*+)</xm:sqref>.*?</x14:dataValidation>",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy, and where in it the cells of the original are; a cell that is not there stays where it was."""

    workbook: Workbook
    moved: Mapping[tuple[str, str], tuple[str, str]]
    renamed: Mapping[str, str] = field(default_factory=dict)

    def place(self, place: Place) -> tuple[str, str] | None:
        """Sheet and cell in the copy; None where the copy has no such sheet."""
        if place.sheet is None:
            return None
        stays = (self.renamed.get(place.sheet, place.sheet), place.cell or "")
        sheet, cell = self.moved.get((place.sheet, place.cell or ""), stays)
        return (sheet, cell) if sheet in self.workbook.sheetnames else None


def reopened(parts: Mapping[str, bytes]) -> Copied | None:
    """The workbook itself, with everything in it that was looked at; None where openpyxl cannot or must not open it."""
    if "xl/workbook.xml" not in parts or not _small(parts):
        return None
    import openpyxl

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(
                part, _known_relations(part, content, parts) if part.endswith(".rels") else content
            )
    try:
        with warnings.catch_warnings():
            # It says that it does not know drop-downs of the newer form; they are put back below.
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
        _put_back_drop_downs(workbook, parts)
    except Exception:
        # A stranger's file may be odd in any way that openpyxl did not think of: a fresh template takes its place.
        return None
    return Copied(workbook, {})


def _small(parts: Mapping[str, bytes]) -> bool:
    """openpyxl makes an object of every cell of a merged or linked range."""
    if sum(map(len, parts.values())) > LARGEST or sum(c.count(b"<") for c in parts.values()) > MOST_TAGS:
        return False
    area = 0
    for content in parts.values():
        for left, top, right, bottom in _REF.findall(content):
            tall, wide = abs(int(bottom) - int(top)) + 1, abs(_number(right) - _number(left)) + 1
            # A sheet says by such a range how far it reaches, and filters, tables and dimensions span all questions.
            area += tall * wide
    return area <= MOST_IN_RANGES


def _number(column: bytes) -> int:
    found = 0
    for letter in column:
        found = found * 26 + letter - 64
    return found


def _known_relations(name: str, content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Without what leads out of the workbook, or to a part that was not looked at, such as a picture."""
    folder = name.replace("_rels/", "").rpartition("/")[0]

    def keep(match: re.Match[bytes]) -> bytes:
        target = _TARGET.search(match[0])
        if target is None or b'"External"' in match[0] or b"'External'" in match[0]:
            return b""
        path = target[1].decode("utf-8", "replace")
        steps: list[str] = [] if path.startswith("/") else [s for s in folder.split("/") if s]
        for step in path.split("/"):
            steps = steps[:-1] if step == ".." else [*steps, step] if step not in ("", ".") else steps
        return match[0] if "/".join(steps) in parts else b""

    # Paired tags would leave their end behind; programs write empty ones.
    return content if b"</Relationship>" in content else _RELATION.sub(keep, content)


def _put_back_drop_downs(workbook: Workbook, parts: Mapping[str, bytes]) -> None:
    """Excel keeps drop-downs over another sheet's cells in a newer form, which openpyxl drops."""
    from openpyxl.worksheet.datavalidation import DataValidation

    for title, part in sheet_parts(parts).items():
        for attributes, formula, cells in _DROP_DOWN.findall(parts.get(part, b"")):
            said = dict(re.findall(r'(\w+)="([^"]*)"', attributes.decode()))
            validation = DataValidation(
                type=said.get("type", "list"),
                formula1=unescape(formula.decode()),
                allow_blank=said.get("allowBlank") == "1",
                showErrorMessage=said.get("showErrorMessage") == "1",
                errorStyle=said.get("errorStyle", "stop"),
                errorTitle=unescape(said.get("errorTitle", "")) or None,
                error=unescape(said.get("error", "")) or None,
                sqref=cells.decode(),
            )
            workbook[title].add_data_validation(validation)


def refilled(
    questionnaire: Questionnaire,
    digest: str,
    words: Words,
    grids: list[Grid],
    register: Register,
    made_on: dt.date,
) -> Copied:
    """A fresh template, into which everything is written that stood in the rows of its ids, right or wrong."""
    import openpyxl

    content = template_workbook(
        questionnaire, digest, words, organisation=None, period=None, register=register, made_on=made_on
    )
    workbook: Workbook = openpyxl.load_workbook(io.BytesIO(content))
    at = {
        str(value): (sheet.title, number)
        for sheet in workbook.worksheets
        if not sheet.title.startswith("_")
        for number, (value,) in enumerate(sheet.iter_rows(max_col=1, values_only=True), 1)
        if value
    }
    moved: dict[tuple[str, str], tuple[str, str]] = {}
    for row in rows(grids)[0]:
        if row.id not in at:
            continue
        title, number = at[row.id]
        is_fact = title == workbook.worksheets[0].title
        for key in ("id", *WRITTEN):
            column = 3 if is_fact and key == "answer" else NUMBER_OF[key]
            if is_fact and key not in ("id", "answer"):
                continue
            place = row.grid.place(row.number, key)
            moved[place.sheet or "", place.cell or ""] = (title, f"{letters(column)}{number}")
            if key != "id" and row.value(key) is not None:
                _put_value(workbook[title].cell(number, column), row.value(key))
    return Copied(workbook, moved)


def rewritten(sheets: Sequence[Sheet]) -> Copied | None:
    """A fresh workbook of what stood in the cells of a table; None where those are too many."""
    if sum(len(row) for sheet in sheets for row in sheet.rows) > MOST_CELLS:
        return None
    import openpyxl

    workbook = openpyxl.Workbook()
    for first in workbook.worksheets:
        workbook.remove(first)
    renamed: dict[str, str] = {}
    for sheet in sheets:
        copy = workbook.create_sheet(sheet_name(sheet.name, workbook.sheetnames))
        renamed[sheet.name] = copy.title
        for number, row in enumerate(sheet.rows, 1):
            for column, value in enumerate(row, 1):
                if value not in ("", None):
                    _put_value(copy.cell(number, column), value)
    return Copied(workbook, {}, renamed)


def has_drawings(parts: Mapping[str, bytes]) -> bool:
    """Whether something lies on the sheets that a copy does not have."""
    return any(
        b"/relationships/drawing" in content for part, content in parts.items() if part.endswith(".rels")
    )


def _put_value(cell: Any, value: Cell) -> None:
    """As it was written, and never a formula."""
    cell.value = clean(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_STARTS)
