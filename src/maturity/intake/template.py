"""Makes the workbook in which a council's services answer a questionnaire.

One sheet a dimension, one row a question. A choice is made from a drop-down whose lines are an option's number and
its sentence, ``2. A strategy is drafted …``, so a printed or copied cell still says what was meant, and either half
is enough to read it back. A "choose several" question has a row of its own for every option below it, each answered
Yes or No: marks survive sorting and copying, which a list in one cell does not. Answer cells hold text, numbers too:
a cell that Excel takes for a number turns 45% into 0.45 and 3-4 into the third of April.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from maturity.intake.layout import (
    ABOUT_SHEET,
    COLUMNS,
    DEFINED_NAME,
    FACTS,
    LISTS_SHEET,
    TEMPLATE_FORMAT,
    VOCABULARY,
    choice,
)
from maturity.intake.made import Made
from maturity.intake.template_sheets import Lists, write_dimension
from maturity.intake.template_start import write_start
from maturity.intake.xlsx import PLAIN, new_workbook, put, sheet_name, to_bytes
from maturity.locale.words import SideBySide, Words
from maturity.models.assessment import Assessment
from maturity.models.questionnaire import Dimension, Questionnaire
from maturity.models.register import Organisation, Register, sort_key

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def template_workbook(
    questionnaire: Questionnaire,
    digest: str,
    words: Words,
    *,
    organisation: Organisation | None,
    period: str | None,
    register: Register,
    assessment: Assessment | None = None,
    made_on: dt.date,
    dimensions: Sequence[str] = (),
) -> bytes:
    """The template as an xlsx file, in one language or both; the same arguments always give the same bytes.

    `digest` is the questionnaire's file's. `organisation` and `period` are filled in where they are given, the
    answers where `assessment` is; its organisation and period count where those arguments are None. `dimensions` are
    the ids of those that are asked about, all where none is named; raises ValueError for one that is not there.
    """
    if assessment is not None:
        organisation = organisation or register.find(assessment.organisation)
        period = period or assessment.period
    if dimensions:
        questionnaire = questionnaire.only(dimensions)
    made = Made(questionnaire, digest, words, organisation, period, register, assessment)
    return template_of(made, questionnaire.dimensions, made_on)


def template_of(
    made: Made,
    dimensions: Sequence[Dimension],
    made_on: dt.date,
    *,
    facts: Mapping[str, str] | None = None,
    change: Callable[[Worksheet], None] | None = None,
) -> bytes:
    """A template with a sheet for each of `dimensions`, which need not be the questionnaire's own.

    `facts` stand on the hidden sheet besides the usual ones, or instead of them; `change` is called with each sheet of
    questions.
    """
    workbook = new_workbook()
    start = workbook.create_sheet(sheet_name(made.words("Start").replace(" / ", " · "), []))
    names = _sheet_names(dimensions, made.words, start.title)
    lists = _lists(workbook, made)
    sheets = []
    for dimension in dimensions:
        sheet = workbook.create_sheet(names[dimension.id])
        sheets.append(write_dimension(sheet, dimension, made.words, lists, made.assessment))
        if change is not None:
            change(sheet)
    write_start(start, made, sheets, lists)
    workbook.move_sheet(lists.sheet, len(workbook.worksheets))
    _about(workbook, made, facts or {})
    workbook.active = 0
    if workbook.security is not None:
        workbook.security.lockStructure = True
    numbers = {s.title: s.answers for s in sheets}
    return to_bytes(
        workbook, title=made.title, language=made.language, made_on=made_on, numbers_as_text=numbers
    )


def _sheet_names(dimensions: Sequence[Dimension], words: Words, start: str) -> dict[str, str]:
    taken = [start, LISTS_SHEET, ABOUT_SHEET]
    names: dict[str, str] = {}
    for dimension in dimensions:
        names[dimension.id] = sheet_name(_short(dimension, words), taken)
        taken.append(names[dimension.id])
    return names


def _short(dimension: Dimension, words: Words) -> str:
    """The dimension's name for a sheet's tab, where Excel has room for 31 characters; side by side, both names share it."""
    if not isinstance(words, SideBySide):
        return _cut(words.of(dimension.name), 31)
    first, second = dimension.name.to("cy"), dimension.name.to("en")
    if first == second:
        return _cut(first, 31)
    first = _cut(first, max(14, 28 - len(second)))
    return f"{first} · {_cut(second, 28 - len(first))}"


def _cut(name: str, room: int) -> str:
    return name if len(name) <= room else name[: room - 1].rstrip() + "…"


def _lists(workbook: Workbook, made: Made) -> Lists:
    """The hidden sheet with what the drop-downs offer: a formula would hold only 255 characters."""
    words = made.words
    lists = Lists(workbook.create_sheet(LISTS_SHEET))
    councils = [words.of(o.name) for o in made.register.organisations]
    lists.add("organisation", sorted(councils, key=lambda name: sort_key(name, made.language)))
    lists.add("mark", [words(VOCABULARY["yes"]), words(VOCABULARY["no"])])
    lists.add("only_yes", [words(VOCABULARY["yes"])])
    lists.add("status", [words(VOCABULARY["status.draft"]), words(VOCABULARY["status.submitted"])])
    lists.add("sure", [words(VOCABULARY[f"sure.{s}"]) for s in ("sure", "fairly", "unsure")])
    for question in made.questionnaire.questions.values():
        if question.type in ("level", "yes_no"):
            lists.add(question.id, [choice(question, option, words) for option in question.choices])
    lists.sheet.sheet_state = "hidden"
    return lists


def _about(workbook: Workbook, made: Made, more: Mapping[str, str]) -> None:
    """What the workbook is, in three places: spreadsheet programs keep some of them and lose others."""
    from openpyxl.packaging.custom import StringProperty
    from openpyxl.workbook.defined_name import DefinedName

    questionnaire, words = made.questionnaire, made.words
    identity = {
        "format": TEMPLATE_FORMAT,
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        "digest": made.digest,
        "language": "en+cy" if isinstance(words, SideBySide) else made.language,
    }
    facts = identity | {"dimensions": " ".join(d.id for d in questionnaire.dimensions)}
    if made.made_up:
        facts["made_up"] = "true"
    facts |= {f"heading.{c.key}": words(c.heading) for c in COLUMNS}
    facts |= {f"fact.{key}": words(label) for key, label in FACTS.items()}
    facts |= {f"word.{key}": words(word) for key, word in VOCABULARY.items()}
    facts |= more
    sheet = workbook.create_sheet(ABOUT_SHEET)
    for row, (key, value) in enumerate(facts.items(), 1):
        put(sheet, row, 1, key, PLAIN)
        put(sheet, row, 2, value, PLAIN)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 80
    sheet.protection.sheet = True
    sheet.sheet_state = "hidden"
    line = " ".join(identity.values())
    workbook.defined_names[DEFINED_NAME] = DefinedName(DEFINED_NAME, attr_text=f'"{line}"')
    properties: Any = workbook
    properties.custom_doc_props.append(StringProperty(name=DEFINED_NAME, value=line))
