"""What a template looks like inside: known to what writes it and to what reads it.

Every row that can be answered carries its id in the first column: a question's id, ``question:option`` for each
option of a "choose several" question, or the name of a fact about the assessment. Columns are known by their
headings. Both are written down on the hidden sheet ``_maturity`` in the words that this very workbook uses, so a
template stays readable when rows are sorted, columns moved, sheets renamed, or our wording changes later.
"""

from __future__ import annotations

from dataclasses import dataclass

from maturity.locale.words import N_
from maturity.models.questionnaire import Option, Question
from maturity.models.text import Language

TEMPLATE_FORMAT = "maturity-template/1"
ABOUT_SHEET = "_maturity"
LISTS_SHEET = "_lists"
DEFINED_NAME = "maturity_template"
OPTION_MARK = ":"
LONGEST_CHOICE = 250


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a dimension's sheet; `written` is what people fill in."""

    key: str
    heading: str
    width: float
    written: bool = False


COLUMNS = (
    Column("id", N_("Id"), 5),
    Column("done", N_("Done"), 7),
    Column("theme", N_("Theme"), 14),
    Column("question", N_("Question"), 34),
    Column("choices", N_("What to choose from"), 58),
    Column("answer", N_("Your answer"), 38, True),
    Column("help", N_("Help"), 46),
    Column("asked", N_("What counts as evidence"), 40),
    Column("evidence", N_("Evidence: a link, or a paper and where it is"), 34, True),
    Column("evidence_date", N_("Date of the evidence"), 14, True),
    Column("note", N_("Note"), 30, True),
    Column("not_applicable", N_("Does not apply"), 11, True),
    Column("reason", N_("Why it does not apply"), 30, True),
    Column("sure", N_("How sure are you?"), 13, True),
)
NUMBER_OF = {column.key: number for number, column in enumerate(COLUMNS, 1)}

FACTS = {
    "organisation": N_("Council"),
    "period": N_("Period that the answers describe, as in 2026"),
    "respondent.name": N_("Who answers: name"),
    "respondent.role": N_("Who answers: role"),
    "status": N_("Are these the council's final answers?"),
}

VOCABULARY = {
    "yes": N_("Yes"),
    "no": N_("No"),
    "dont_know": N_("Don't know"),
    "below": N_("Mark each line below with Yes or No"),
    "sure.sure": N_("Sure"),
    "sure.fairly": N_("Fairly sure"),
    "sure.unsure": N_("Not sure"),
    "status.draft": N_("Not yet: a draft"),
    "status.submitted": N_("Yes: final"),
}
"""The words that answer a cell, besides a question's own options."""


def choice(question: Question, option: Option, language: Language) -> str:
    """What stands in the cell when that option is chosen: its number and its sentence."""
    number = question.choices.index(option) + 1
    sentence = option.text.to(language)
    if question.type == "yes_no":
        return sentence
    text = f"{number}. {sentence}"
    return text if len(text) <= LONGEST_CHOICE else text[: LONGEST_CHOICE - 1] + "…"


def option_row_id(question: Question, option: Option) -> str:
    """The id in the first column of an option's own row."""
    return f"{question.id}{OPTION_MARK}{option.id}"
