"""A template's first sheet: who answers, for which period, how it is filled in, and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from maturity.intake.layout import COLUMNS, FACTS, VOCABULARY
from maturity.intake.template_sheets import DONE, DimensionSheet, Lists, protect
from maturity.intake.xlsx import (
    BANNER,
    BLUE,
    HEADER,
    LABEL,
    LINE,
    LINK,
    MIST,
    NAVY,
    PAPER,
    PLAIN,
    QUIET,
    SUBTITLE,
    TITLE,
    WASH,
    Look,
    fit_row,
    put,
    put_formula,
    quoted,
)
from maturity.locale.one_language import only_in
from maturity.locale.words import N_

if TYPE_CHECKING:
    from openpyxl.worksheet.hyperlink import Hyperlink
    from openpyxl.worksheet.worksheet import Worksheet

    from maturity.intake.made import Made

_INPUT = Look(fill=WASH, edge=LINE, locked=False, format="@", up="center")
_FIXED = Look(fill=MIST, edge=LINE, bold=True, up="center")
_ID = Look(size=7, ink=LINE, fill=MIST, edge="D5D8DB", wrap=False)
_CELL = Look(edge="D5D8DB", up="center")
_WIDTHS = {"A": 5, "B": 44, "C": 34, "D": 12, "E": 12, "F": 16}

GUIDANCE = (
    N_(
        "Fill in the council, the period and who answers in the blue cells above, then go through the sheets, one for each dimension."
    ),
    N_(
        "Answer only in blue cells. For most questions the cell has an arrow that shows the choices; read their full wording in the column beside it."
    ),
    N_("Where you can choose several, every choice has a line of its own: mark each with Yes or No."),
    N_(
        "Leave empty what you cannot answer yet: an empty cell is never counted as zero. 'Does not apply' is offered where a council may truly not have the thing; say why."
    ),
    N_(
        "Give evidence that would convince a colleague from another council: a link, or a paper and where it is kept, with its date as day/month/year. Leave an empty line between two pieces of evidence."
    ),
    N_("Use the note for anything that those who read your answers should know."),
    N_(
        "Sheets are protected against slips, without a password. Please leave the small grey ids in the first column as they are: they say which question a row answers."
    ),
)


def write_start(sheet: Worksheet, made: Made, dimensions: Sequence[DimensionSheet], lists: Lists) -> None:
    """Writes the sheet; its table of facts is read back like the questions' rows."""
    words = made.words
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    put(sheet, 1, 2, made.words.of(made.questionnaire.title), TITLE)
    sheet.row_dimensions[1].height = 34
    about = words(
        "Questionnaire {id}, version {version}", id=made.questionnaire.id, version=made.questionnaire.version
    )
    put(sheet, 2, 2, about, replace(SUBTITLE, wrap=False))
    row = 3
    if made.made_up:
        put(sheet, row, 2, words("Example: these answers are made up."), replace(BANNER, wrap=False))
        put(sheet, row, 3, None, BANNER)
        sheet.row_dimensions[row].height = 24
        row += 1
    if only := only_in(made.questionnaire, words):
        put(sheet, row, 2, only, replace(SUBTITLE, wrap=False))
        sheet.row_dimensions[row].height = 24
        row += 1
    row = _facts(sheet, made, lists, row + 1)
    row = _progress(sheet, made, dimensions, row + 1)
    _guidance(sheet, made, row + 1)
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = BLUE
    protect(sheet)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _facts(sheet: Worksheet, made: Made, lists: Lists, row: int) -> int:
    headings = {c.key: made.words(c.heading) for c in COLUMNS}
    put(sheet, row, 1, headings["id"], replace(HEADER, size=7, wrap=False))
    put(sheet, row, 2, made.words("About this assessment"), HEADER)
    put(sheet, row, 3, headings["answer"], HEADER)
    sheet.row_dimensions[row].height = 24
    values = _known(made)
    for key, label in FACTS.items():
        row += 1
        put(sheet, row, 1, key, _ID)
        put(sheet, row, 2, made.words(label), replace(_CELL, bold=True))
        given = key == "organisation" and made.organisation is not None
        put(sheet, row, 3, values.get(key), _FIXED if given else _INPUT)
        fit_row(sheet, row, [(made.words(label), _WIDTHS["B"], replace(_CELL, bold=True))], least=24)
        if key in ("organisation", "status") and not given:
            validation = lists.validation(key, made.words)
            validation.add(f"C{row}")
            sheet.add_data_validation(validation)
    return row + 1


def _known(made: Made) -> dict[str, str | None]:
    """What is filled in already."""
    assessment, words = made.assessment, made.words
    respondent = assessment.respondent if assessment else None
    return {
        "organisation": made.words.of(made.organisation.name) if made.organisation else None,
        "period": made.period,
        "respondent.name": respondent.name if respondent else None,
        "respondent.role": respondent.role if respondent else None,
        "status": words(VOCABULARY[f"status.{assessment.status if assessment else 'draft'}"]),
    }


def _progress(sheet: Worksheet, made: Made, dimensions: Sequence[DimensionSheet], row: int) -> int:
    """Counts ticks, so it is right however rows are sorted."""
    words = made.words
    headings = (words("Dimension"), "", words("Answered"), words("Questions"), words("Progress"))
    for column, heading in enumerate(headings, 2):
        put(sheet, row, column, heading, HEADER)
    sheet.row_dimensions[row].height = 24
    first = row + 1
    for dimension in dimensions:
        row += 1
        cell = put(sheet, row, 2, dimension.name, replace(LINK, edge="D5D8DB", up="center"))
        cell.hyperlink = _link(dimension, cell.coordinate)
        put_formula(sheet, row, 3, f'=REPT("█",ROUND(20*F{row},0))', replace(_CELL, ink="28A197", size=10))
        put_formula(sheet, row, 4, f'=COUNTIF({dimension.done},"{DONE}")', replace(_CELL, across="right"))
        put(sheet, row, 5, dimension.questions, replace(_CELL, across="right"))
        put_formula(sheet, row, 6, f"=D{row}/E{row}", replace(_CELL, across="right", format="0%"))
        sheet.row_dimensions[row].height = 22
    last, total = row, row + 1
    strong = replace(_CELL, bold=True, fill=MIST)
    put(sheet, total, 2, words("Together"), strong)
    put(sheet, total, 3, "", strong)
    for column, letter in ((4, "D"), (5, "E")):
        put_formula(
            sheet, total, column, f"=SUM({letter}{first}:{letter}{last})", replace(strong, across="right")
        )
    put_formula(sheet, total, 6, f"=D{total}/E{total}", replace(strong, across="right", format="0%"))
    sheet.row_dimensions[total].height = 22
    return total + 1


def _link(dimension: DimensionSheet, ref: str) -> Hyperlink:
    from openpyxl.worksheet.hyperlink import Hyperlink

    return Hyperlink(ref=ref, location=f"{quoted(dimension.title)}!A1", display=dimension.name)


def _guidance(sheet: Worksheet, made: Made, row: int) -> None:
    put(sheet, row, 2, made.words("How to fill this in"), replace(LABEL, size=14, ink=NAVY))
    sheet.row_dimensions[row].height = 26
    for number, sentence in enumerate(GUIDANCE, 1):
        row += 1
        text = f"{number}. {made.words(sentence)}"
        put(sheet, row, 2, text, replace(PLAIN, fill=PAPER))
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=6)
        fit_row(sheet, row, [(text, 112, PLAIN)])
    row += 2
    line = f"{made.questionnaire.id}@{made.questionnaire.version} · SHA-256 {made.digest}"
    put(sheet, row, 2, line, replace(SUBTITLE, size=8, ink=QUIET, wrap=False))
