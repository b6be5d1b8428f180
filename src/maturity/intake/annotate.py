"""Copies of workbooks to send back: each wrong cell marked, what is wrong as a comment on it, and a list of all."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maturity.intake.copies import Copied, has_drawings, refilled, reopened, rewritten
from maturity.intake.grid import grids
from maturity.intake.layout import ABOUT_SHEET, FINDINGS_MARK, LISTS_SHEET
from maturity.intake.row_words import RowWords
from maturity.intake.workbook import Opened, Opener, asked_by, open_workbook
from maturity.intake.xlsx import (
    HEADER,
    LINE,
    LINK,
    PLAIN,
    SUBTITLE,
    TITLE,
    Look,
    clean,
    fit_row,
    put,
    quoted,
    sheet_name,
    to_bytes,
)
from maturity.locale.words import N_, SideBySide, Words
from maturity.models.problem import MaturityError, Problem
from maturity.models.register import Register
from maturity.models.text import Language
from maturity.sources.registers import wales
from maturity.sources.shelf import open_questionnaire

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

AUTHOR = "maturity"
_WRONG, _ODD = "F9D5D2", "FFF2CC"
_COLUMNS = (
    (N_("Where"), 34.0),
    (N_("What is wrong"), 60.0),
    (N_("What to do"), 60.0),
    (N_("Code"), 9.0),
)
_CELL = Look(edge=LINE)


def annotated(
    path: Path,
    problems: Sequence[Problem],
    made_on: dt.date,
    *,
    register: Register | None = None,
    open_by_name: Opener = open_questionnaire,
    language: Language = "en",
) -> bytes | None:
    """A copy of the workbook, as xlsx, with what is wrong with it; None where it cannot be copied.

    `problems` are the workbook's own. The copy of a template speaks the template's language, that of a table speaks
    `language`. The file itself is only read.
    """
    try:
        opened = open_workbook(path, str(path))
        words = Words(language) if opened.says is None else _words(opened)
        copied = reopened(opened.parts)
        if copied is None and opened.says is None:
            copied = rewritten(opened.sheets)
        elif copied is None:
            copied = _refilled(opened, words, register or wales(), open_by_name, made_on)
    except MaturityError:
        return None
    if copied is None or (opened.says is None and not any(p.place.cell for p in problems)):
        return None
    _mark(copied, problems, words)
    title = _list(copied, problems, words)
    if has_drawings(opened.parts):
        note = words("Pictures, charts and shapes of the original are not in this copy.")
        put(copied.workbook[title], 4, 1, note, replace(SUBTITLE, wrap=False))
    workbook = copied.workbook
    workbook.active = 0
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == title
    return to_bytes(
        workbook,
        title=workbook.properties.title or title,
        language=words.language,
        made_on=made_on,
        is_table=opened.says is None,
    )


def _words(opened: Opened) -> Words:
    language = (opened.says or {}).get("language")
    return SideBySide() if language == "en+cy" else Words("cy" if language == "cy" else "en")


def _refilled(
    opened: Opened, words: Words, register: Register, open_by_name: Opener, made_on: dt.date
) -> Copied:
    questionnaire, digest = asked_by(opened, open_by_name)
    ids = RowWords.of(questionnaire).rows
    found, _ = grids(opened.sheets, opened.says or {}, opened.name, ids)
    return refilled(questionnaire, digest, words, found, register, made_on)


def _mark(copied: Copied, problems: Sequence[Problem], words: Words) -> None:
    """Comments and colours, all that is wrong with a cell in one comment."""
    by_cell: defaultdict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        place = copied.place(problem.place)
        if place is not None and place[1] and place[0] not in (ABOUT_SHEET, LISTS_SHEET):
            by_cell[place].append(problem)
    for (title, address), found in by_cell.items():
        sheet = copied.workbook[title]
        _comment(_first_of_merged(sheet, address), found, words)


def _first_of_merged(sheet: Worksheet, address: str) -> Any:
    """The cell; of a merged range its first, the only one that can carry anything."""
    for merged in sheet.merged_cells.ranges:
        if address in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet[address]


def _comment(cell: Any, problems: Sequence[Problem], words: Words) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    said = [f"{p.message(words)} [{p.kind.code}]\n{p.remedy(words)}" for p in problems]
    if cell.comment is not None:
        said.append(f"{words('Comment that stood here before:')}\n{cell.comment.text}")
    text = clean("\n\n".join(said))
    comment = Comment(text, AUTHOR)
    comment.width, comment.height = 360, min(400, 40 + 17 * (text.count("\n") + len(text) // 52 + 1))
    cell.comment = comment
    wrong = any(p.kind.severity == "error" for p in problems)
    style = copy(cell.protection)
    cell.fill = PatternFill("solid", fgColor=_WRONG if wrong else _ODD)
    cell.protection = style


def _list(copied: Copied, problems: Sequence[Problem], words: Words) -> str:
    """The first sheet: every problem, with a link to its cell. Returns the sheet's title."""
    workbook = copied.workbook
    title = sheet_name(words("To put right").replace(" / ", " · "), workbook.sheetnames)
    sheet = workbook.create_sheet(title, 0)
    put(sheet, 1, 1, words("To put right"), TITLE)
    # By this word the sheet is known when the copy comes back, and is not taken for something that was left unread.
    put(sheet, 2, 1, FINDINGS_MARK, replace(SUBTITLE, size=7, ink=LINE, wrap=False))
    hint = words(
        "Each cell named here is coloured, and has a comment that says the same. Mend it and send this copy back."
    )
    put(sheet, 3, 1, hint, SUBTITLE)
    sheet.merge_cells("A3:D3")
    fit_row(sheet, 3, [(hint, sum(width for _, width in _COLUMNS), SUBTITLE)])
    sheet.row_dimensions[1].height = 30
    for number, (heading, width) in enumerate(_COLUMNS, 1):
        put(sheet, 5, number, words(heading), HEADER)
        sheet.column_dimensions["ABCD"[number - 1]].width = width
    fit_row(sheet, 5, [(words(heading), width, HEADER) for heading, width in _COLUMNS])
    for row, problem in enumerate(problems, 6):
        _line(sheet, row, copied, problem, words)
    sheet.freeze_panes = "A6"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return title


def _line(sheet: Worksheet, row: int, copied: Copied, problem: Problem, words: Words) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink

    place = copied.place(problem.place)
    where = (
        f"{place[0]}!{place[1]}".rstrip("!") if place else problem.place.sheet or words("The whole workbook")
    )
    said = (where, problem.message(words), problem.remedy(words), problem.kind.code)
    for number, text in enumerate(said, 1):
        put(sheet, row, number, text, _CELL)
    if place and copied.workbook[place[0]].sheet_state == "visible":
        cell = put(sheet, row, 1, where, replace(LINK, edge=LINE))
        target = f"{quoted(place[0])}!{place[1] or 'A1'}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target, display=where)
    fit_row(sheet, row, [(t, w, PLAIN) for t, (_, w) in zip(said, _COLUMNS, strict=True)])
