"""A template's sheets of questions, one a dimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from maturity.intake.answer_cells import (
    evidence_date,
    evidence_text,
    number_as_text,
    number_prompt,
    number_rule,
)
from maturity.intake.layout import COLUMNS, NUMBER_OF, VOCABULARY, choice, option_row_id
from maturity.intake.matching import is_percentage
from maturity.intake.row_words import option_words, question_words
from maturity.intake.xlsx import (
    HEADER,
    INK,
    LINE,
    MIST,
    NAVY,
    PAPER,
    QUIET,
    SUBTITLE,
    TITLE,
    WASH,
    Look,
    fit_row,
    letters,
    put,
    put_formula,
    quoted,
    short_title,
)
from maturity.locale.words import Words
from maturity.models.assessment import DONT_KNOW, Answer, Assessment
from maturity.models.questionnaire import Dimension, NumberQuestion, Option, Question, Theme

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

HEADING_ROW = 4
DONE = "✓"

_FIXED = Look(fill=PAPER, edge="D5D8DB")
_LOOKS = {
    "id": replace(_FIXED, size=7, ink=LINE, fill=MIST, wrap=False),
    "done": replace(_FIXED, bold=True, ink="00703C", across="center", size=14),
    "theme": replace(_FIXED, ink=QUIET),
    "question": replace(_FIXED, bold=True),
    "choices": replace(_FIXED, size=10),
    "help": replace(_FIXED, size=10, ink="383F43"),
    "asked": replace(_FIXED, size=10, ink="383F43"),
}
_INPUT = Look(fill=WASH, edge=LINE, locked=False, format="@")
_CLOSED = Look(fill=MIST, edge="D5D8DB", ink=QUIET, italic=True, size=10)


@dataclass(slots=True)
class Lists:
    """The hidden sheet of what drop-downs offer, a column each."""

    sheet: Worksheet
    _ranges: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, entries: Sequence[str]) -> None:
        """A further column."""
        column = len(self._ranges) + 1
        put(self.sheet, 1, column, name)
        for row, entry in enumerate(entries, 2):
            put(self.sheet, row, column, entry, Look(wrap=False))
        letter = letters(column)
        self._ranges[name] = f"{quoted(self.sheet.title)}!${letter}$2:${letter}${len(entries) + 1}"

    def validation(self, name: str, words: Words, *, only_warn: bool = False) -> DataValidation:
        """A drop-down of that list's entries."""
        from openpyxl.worksheet.datavalidation import DataValidation

        return DataValidation(
            type="list",
            formula1=self._ranges[name],
            allow_blank=True,
            showErrorMessage=True,
            errorStyle="warning" if only_warn else "stop",
            errorTitle=short_title(words("Please choose from the list")),
            error=words("Choose one of the lines that the arrow beside the cell shows, or leave it empty."),
        )


@dataclass(frozen=True, slots=True)
class DimensionSheet:
    """A sheet that is written: what the Start sheet counts, and which cells hold answers."""

    title: str
    name: str
    questions: int
    answers: str
    done: str


@dataclass(slots=True)
class _Writer:
    """The sheet that is being written, and where."""

    sheet: Worksheet
    words: Words
    lists: Lists
    answers: dict[str, Answer]
    row: int
    last: int
    validations: dict[str, DataValidation] = field(default_factory=dict)

    def put(self, key: str, value: str | None, look: Look) -> None:
        put(self.sheet, self.row, NUMBER_OF[key], value, look)

    def at(self, key: str) -> str:
        """The address of that column's cell in this row."""
        return str(self.sheet.cell(self.row, NUMBER_OF[key]).coordinate)

    def column(self, key: str) -> str:
        """All cells of that column, as formulas want them."""
        letter = letters(NUMBER_OF[key])
        return f"${letter}${HEADING_ROW + 1}:${letter}${self.last}"

    def fit(self, least: float) -> None:
        """Makes the row as high as what stands in it needs."""
        cells = [
            (str(self.sheet.cell(self.row, n).value or ""), c.width, _LOOKS.get(c.key, _INPUT))
            for n, c in enumerate(COLUMNS, 1)
            if c.key not in ("id", "done")
        ]
        fit_row(self.sheet, self.row, cells, least=least)

    def choose(self, key: str, entries: str) -> None:
        """Gives the cell the drop-down of that list."""
        if entries not in self.validations:
            self.validations[entries] = self.lists.validation(entries, self.words)
            self.sheet.add_data_validation(self.validations[entries])
        self.validations[entries].add(self.at(key))


def write_dimension(
    sheet: Worksheet, dimension: Dimension, words: Words, lists: Lists, assessment: Assessment | None
) -> DimensionSheet:
    """Writes all of a dimension's questions, answered where `assessment` answers them."""
    questions = [q for theme in dimension.themes for q in theme.questions]
    rows = sum(1 + (len(q.choices) if q.type == "several" else 0) for q in questions)
    answers = dict(assessment.answers) if assessment else {}
    writer = _Writer(sheet, words, lists, answers, HEADING_ROW + 1, HEADING_ROW + rows)
    name = words.of(dimension.name)
    _top(writer, dimension, name)
    for theme in dimension.themes:
        for question in theme.questions:
            _question(writer, theme, question)
    _set_up(writer, name)
    done = f"{quoted(sheet.title)}!{writer.column('done')}"
    return DimensionSheet(sheet.title, name, len(questions), writer.column("answer").replace("$", ""), done)


def _top(writer: _Writer, dimension: Dimension, name: str) -> None:
    sheet, words = writer.sheet, writer.words
    put(sheet, 1, 1, name, TITLE)
    sheet.row_dimensions[1].height = 30
    description = words.of(dimension.description) if dimension.description else ""
    put(sheet, 2, 1, " ".join(description.split()), replace(SUBTITLE, wrap=False))
    hint = words("Fill in the blue cells. A tick in the column 'Done' shows that a question is answered.")
    put(sheet, 3, 1, hint, replace(SUBTITLE, wrap=False))
    for number, column in enumerate(COLUMNS, 1):
        look = replace(HEADER, size=7, wrap=False) if column.key == "id" else HEADER
        put(sheet, HEADING_ROW, number, words(column.heading), look)
        sheet.column_dimensions[letters(number)].width = column.width
    headings = [(words(c.heading), c.width, HEADER) for c in COLUMNS if c.key != "id"]
    fit_row(sheet, HEADING_ROW, headings, least=48)


def _question(writer: _Writer, theme: Theme, question: Question) -> None:
    words = writer.words
    texts = {
        "id": question.id,
        "choices": _choices(writer, question),
        **question_words(theme, question, words),
    }
    for key, text in texts.items():
        writer.put(key, text, _LOOKS[key])
    _tick(writer, question)
    answer = writer.answers.get(question.id, Answer())
    _answer(writer, question, answer)
    _around(writer, question, answer)
    writer.fit(34)
    writer.row += 1
    if question.type == "several":
        for option in question.choices:
            _option(writer, theme, question, option, answer)


def _choices(writer: _Writer, question: Question) -> str:
    """What the program says of a question whose choices are not told there by the questionnaire."""
    words = writer.words
    if isinstance(question, NumberQuestion):
        return number_prompt(question, words)
    if question.type == "several":
        return words("Choose all that apply: each has a line of its own below.")
    return words("A few words of your own.")


def _tick(writer: _Writer, question: Question) -> None:
    """Shows whether the row is answered; a question of several lines counts the marks, wherever they were sorted to."""
    answered = f'{writer.at("answer")}<>""'
    if question.type == "several":
        ids, marks = writer.column("id"), writer.column("answer")
        answered = f'COUNTIFS({ids},{writer.at("id")}&":*",{marks},"?*")>0'
    formula = f'=IF(OR({answered},{writer.at("not_applicable")}<>""),"{DONE}","")'
    put_formula(writer.sheet, writer.row, NUMBER_OF["done"], formula, _LOOKS["done"])


def _answer(writer: _Writer, question: Question, answer: Answer) -> None:
    words = writer.words
    if question.type == "several":
        writer.put("answer", words(VOCABULARY["below"]), _CLOSED)
        return
    value = answer.value
    text = None if value is None else str(value)
    if isinstance(question, NumberQuestion):
        text = words(VOCABULARY["dont_know"]) if value == DONT_KNOW else number_as_text(value)
        # Without its sign, a part of one per cent could be taken for a share of one.
        is_share = isinstance(value, float) and 0 < abs(value) < 1 and is_percentage(question)
        text = f"{text}%" if is_share else text
    else:
        chosen = [o for o in question.choices if o.id == value]
        text = choice(question, chosen[0], words) if chosen else text
    writer.put("answer", text, _INPUT)
    if isinstance(question, NumberQuestion):
        validation = number_rule(question, writer.at("answer"), words)
        validation.add(writer.at("answer"))
        writer.sheet.add_data_validation(validation)
    elif question.choices:
        writer.choose("answer", question.id)


def _around(writer: _Writer, question: Question, answer: Answer) -> None:
    """Evidence, note, not applicable, and how sure the answer is."""
    words = writer.words
    writer.put("evidence", evidence_text(answer.evidence), _INPUT)
    date_look = replace(_INPUT, format="dd/mm/yyyy", across="left")
    put(writer.sheet, writer.row, NUMBER_OF["evidence_date"], evidence_date(answer.evidence), date_look)
    writer.put("note", answer.note, _INPUT)
    if question.not_applicable or answer.not_applicable:
        mark = words(VOCABULARY["yes"]) if answer.not_applicable else None
        writer.put("not_applicable", mark, _INPUT)
        writer.choose("not_applicable", "only_yes")
        writer.put("reason", answer.reason, _INPUT)
    else:
        writer.put("not_applicable", None, _CLOSED)
        writer.put("reason", answer.reason, _CLOSED)
    writer.put("sure", words(VOCABULARY[f"sure.{answer.sure}"]) if answer.sure else None, _INPUT)
    writer.choose("sure", "sure")


def _option(writer: _Writer, theme: Theme, question: Question, option: Option, answer: Answer) -> None:
    words = writer.words
    for column in COLUMNS:
        writer.put(column.key, None, _CLOSED)
    writer.put("id", option_row_id(question, option), _LOOKS["id"])
    writer.put("done", None, _LOOKS["done"])
    beside = option_words(theme, option, words)
    writer.put("theme", beside["theme"], _LOOKS["theme"])
    writer.put("choices", beside["choices"], replace(_FIXED, indent=1, ink=INK, size=10))
    mark = None
    if isinstance(answer.value, tuple):
        mark = words(VOCABULARY["yes" if option.id in answer.value else "no"])
    writer.put("answer", mark, _INPUT)
    writer.choose("answer", "mark")
    writer.fit(18)
    writer.row += 1


def _set_up(writer: _Writer, name: str) -> None:
    """What stays in view, what may be changed, how it prints."""
    sheet = writer.sheet
    sheet.freeze_panes = sheet.cell(HEADING_ROW + 1, NUMBER_OF["choices"]).coordinate
    sheet.sheet_view.zoomScale = 90
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = NAVY
    protect(sheet)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    sheet.print_area = f"A1:{sheet.cell(writer.last, len(COLUMNS)).coordinate}"
    if sheet.oddFooter is not None:
        sheet.oddFooter.left.text, sheet.oddFooter.right.text = name.replace("&", "&&"), "&P / &N"


def protect(sheet: Worksheet) -> None:
    """Guards against slips, without a password; sizes, sorting by hand and filters stay allowed."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.formatCells = False
