"""The bundled questionnaire's templates, filled in and then damaged: each answer is read right, or reported.

What nobody can know from the file is left out of the damages: two Yes/No cells exchanged, a percentage typed wrong.
Everything that leaves a trace must be found by it. ``MATURITY_ATTACK=1`` damages every template in every way.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import random
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest

from maturity.intake.layout import NUMBER_OF, OPTION_MARK, choice
from maturity.intake.template import template_workbook
from maturity.intake.workbook import read_template
from maturity.locale.words import Words
from maturity.models.assessment import Answer, Assessment
from maturity.models.problem import Problem
from maturity.models.questionnaire import Questionnaire
from maturity.sources.bundled import bundled
from maturity.sources.load import load
from maturity.sources.registers import wales
from maturity.sources.shelf import open_questionnaire
from workbook_data import MADE_ON, SPEECHES, Speech, all_through_libreoffice, rezipped, speech

COUNCILS = sorted((bundled("examples") / "wales-2026").glob("*.yaml"))
ID, ANSWER, HELP, NOTE = (NUMBER_OF[key] for key in ("id", "answer", "help", "note"))
FIRST = 5
Damage = Callable[[Any, random.Random], None]
DAMAGES: dict[str, Damage] = {}


def damage(function: Damage) -> Damage:
    DAMAGES[function.__name__] = function
    return function


@cache
def asked() -> Questionnaire:
    return open_questionnaire("socitm@1.0.0")[0]


def filled(path: Path, language: Speech) -> tuple[Assessment, bytes]:
    questionnaire, loaded = open_questionnaire("socitm@1.0.0")
    given = load(path).model
    assert isinstance(given, Assessment)
    content = template_workbook(
        questionnaire,
        loaded.digest,
        speech(language),
        organisation=None,
        period=None,
        register=wales(),
        assessment=given,
        made_on=MADE_ON,
    )
    return given, content


@pytest.fixture(scope="session")
def templates() -> list[tuple[Assessment, bytes]]:
    """One of each council, in English, Welsh and both in turn."""
    return [filled(path, SPEECHES[n % 3]) for n, path in enumerate(COUNCILS)]


# What a damage needs


def answering(workbook: Any) -> list[Any]:
    return [s for s in workbook.worksheets if not s.title.startswith("_")][1:]


def any_sheet(workbook: Any, rng: random.Random) -> Any:
    return rng.choice(answering(workbook))


def rows_of(sheet: Any) -> list[int]:
    return [n for n in range(FIRST, sheet.max_row + 1) if sheet.cell(n, ID).value]


def kind_of(sheet: Any, row: int) -> str:
    name = str(sheet.cell(row, ID).value)
    question = asked().questions.get(name)
    return question.type if question else "mark"


def cells(sheet: Any, *kinds: str) -> list[Any]:
    """Filled-in cells of answers to questions of these types."""
    found = [sheet.cell(n, ANSWER) for n in rows_of(sheet) if kind_of(sheet, n) in kinds]
    return [cell for cell in found if cell.value is not None]


def all_cells(workbook: Any, *kinds: str) -> list[Any]:
    return [cell for sheet in answering(workbook) for cell in cells(sheet, *kinds)]


def sort_columns(sheet: Any, columns: list[int], by: int) -> None:
    """Sorts these columns of the questions' rows by one of them, and leaves the others where they are."""
    rows = [{c: sheet.cell(n, c).value for c in columns} for n in range(FIRST, sheet.max_row + 1)]
    rows.sort(key=lambda row: str(row[by] or ""))
    for number, row in enumerate(rows, FIRST):
        for column, value in row.items():
            sheet.cell(number, column).value = value


def rewrite(workbook: Any, change: Callable[[str], object], *kinds: str) -> None:
    for cell in all_cells(workbook, *(kinds or ("level", "yes_no", "number", "mark"))):
        cell.value = change(str(cell.value))


# Sorted and moved


@damage
def whole_rows_are_sorted(workbook: Any, rng: random.Random) -> None:
    for sheet in answering(workbook):
        sort_columns(
            sheet, [c for c in range(1, sheet.max_column + 1) if c != 2], rng.choice([ID, ANSWER, NOTE])
        )


@damage
def ids_are_sorted_alone(workbook: Any, rng: random.Random) -> None:
    sort_columns(any_sheet(workbook, rng), [ID], ID)


@damage
def ids_are_shuffled_everywhere(workbook: Any, rng: random.Random) -> None:
    for sheet in answering(workbook):
        names = [sheet.cell(n, ID).value for n in rows_of(sheet)]
        rng.shuffle(names)
        for number, name in zip(rows_of(sheet), names, strict=True):
            sheet.cell(number, ID).value = name


@damage
def ids_slipped_by_one(workbook: Any, rng: random.Random) -> None:
    sheet = any_sheet(workbook, rng)
    names = [sheet.cell(n, ID).value for n in rows_of(sheet)]
    for number, name in zip(rows_of(sheet), [*names[1:], names[0]], strict=True):
        sheet.cell(number, ID).value = name


@damage
def answers_are_sorted_alone(workbook: Any, rng: random.Random) -> None:
    sort_columns(any_sheet(workbook, rng), [ANSWER], ANSWER)


@damage
def all_that_was_written_is_sorted_alone(workbook: Any, rng: random.Random) -> None:
    sheet = any_sheet(workbook, rng)
    sort_columns(sheet, [ANSWER, *range(HELP + 2, sheet.max_column + 1)], ANSWER)


@damage
def ids_and_answers_are_sorted_without_the_questions(workbook: Any, rng: random.Random) -> None:
    sheet = any_sheet(workbook, rng)
    sort_columns(sheet, [c for c in range(1, sheet.max_column + 1) if c not in (3, 4, 5, 7, 8)], ANSWER)


@damage
def a_cell_is_inserted_among_answers(workbook: Any, rng: random.Random) -> None:
    sheet = any_sheet(workbook, rng)
    start = rng.choice(rows_of(sheet)[: len(rows_of(sheet)) // 2])
    for number in range(sheet.max_row + 1, start, -1):
        sheet.cell(number, ANSWER).value = sheet.cell(number - 1, ANSWER).value
    sheet.cell(start, ANSWER).value = None


@damage
def a_cell_is_deleted_among_answers(workbook: Any, rng: random.Random) -> None:
    sheet = any_sheet(workbook, rng)
    start = rng.choice(cells(sheet, "level")[: len(cells(sheet, "level")) // 2]).row
    for number in range(start, sheet.max_row + 1):
        sheet.cell(number, ANSWER).value = sheet.cell(number + 1, ANSWER).value


@damage
def two_cells_are_exchanged(workbook: Any, rng: random.Random) -> None:
    sheet = any_sheet(workbook, rng)
    one = rng.choice(cells(sheet, "level"))
    other = rng.choice([c for c in cells(sheet, "level", "yes_no", "number", "mark") if c.row != one.row])
    one.value, other.value = other.value, one.value


@damage
def answers_are_pasted_over_others(workbook: Any, rng: random.Random) -> None:
    """A block of answers lands some rows lower, over answers that are lost."""
    sheet = any_sheet(workbook, rng)
    start = rng.choice(cells(sheet, "level")[:-6]).row
    block = [sheet.cell(start + n, ANSWER).value for n in range(6)]
    for number, value in enumerate(block, start + rng.randint(1, 3)):
        sheet.cell(number, ANSWER).value = value or "-"


@damage
def an_answer_is_dragged_down(workbook: Any, rng: random.Random) -> None:
    """As spreadsheet programs fill a series: "2. …" becomes "3. …"."""
    sheet = any_sheet(workbook, rng)
    cell = rng.choice(cells(sheet, "level")[:-5])
    number, dot, words = str(cell.value).partition(".")
    for more in range(1, 5):
        sheet.cell(cell.row + more, ANSWER).value = f"{int(number) + more}{dot}{words}"


@damage
def answers_are_pasted_one_column_beside(workbook: Any, rng: random.Random) -> None:
    sheet = any_sheet(workbook, rng)
    for number in rows_of(sheet):
        sheet.cell(number, HELP).value = sheet.cell(number, ANSWER).value
        sheet.cell(number, ANSWER).value = None


@damage
def rows_are_moved_to_another_sheet(workbook: Any, rng: random.Random) -> None:
    one, other = rng.sample(answering(workbook), 2)
    for number in rows_of(one)[-4:]:
        below = other.max_row + 1
        for column in range(1, one.max_column + 1):
            other.cell(below, column).value = one.cell(number, column).value
            one.cell(number, column).value = None


@damage
def blank_rows_are_put_between(workbook: Any, rng: random.Random) -> None:
    for sheet in answering(workbook):
        for number in sorted(rng.sample(rows_of(sheet), 5), reverse=True):
            sheet.insert_rows(number)


@damage
def a_column_is_inserted(workbook: Any, rng: random.Random) -> None:
    sheet = any_sheet(workbook, rng)
    at = rng.randint(1, 14)
    sheet.insert_cols(at)
    sheet.cell(FIRST + 2, at).value = "our own remark"


@damage
def columns_are_moved(workbook: Any, rng: random.Random) -> None:
    sheet = any_sheet(workbook, rng)
    order = list(range(1, sheet.max_column + 1))
    rng.shuffle(order)
    for number in range(4, sheet.max_row + 1):
        values = [sheet.cell(number, column).value for column in order]
        for column, value in enumerate(values, 1):
            sheet.cell(number, column).value = value


# Deleted and doubled


@damage
def the_answers_column_is_deleted(workbook: Any, rng: random.Random) -> None:
    any_sheet(workbook, rng).delete_cols(ANSWER)


@damage
def the_ids_column_is_deleted(workbook: Any, rng: random.Random) -> None:
    any_sheet(workbook, rng).delete_cols(ID)


@damage
def a_column_of_words_is_deleted(workbook: Any, rng: random.Random) -> None:
    any_sheet(workbook, rng).delete_cols(rng.choice([NUMBER_OF["evidence"], NOTE, NUMBER_OF["sure"]]))


@damage
def rows_are_deleted(workbook: Any, rng: random.Random) -> None:
    sheet = any_sheet(workbook, rng)
    for number in sorted(rng.sample(rows_of(sheet), 4), reverse=True):
        sheet.delete_rows(number)


@damage
def the_row_of_headings_is_deleted(workbook: Any, rng: random.Random) -> None:
    any_sheet(workbook, rng).delete_rows(4)


@damage
def a_sheet_is_deleted(workbook: Any, rng: random.Random) -> None:
    workbook.remove(any_sheet(workbook, rng))


@damage
def a_sheet_is_doubled(workbook: Any, rng: random.Random) -> None:
    sheet = any_sheet(workbook, rng)
    sheet.title = "Gwreiddiol"
    copy = workbook.copy_worksheet(sheet)
    copy.title = "Copi"
    rng.choice(cells(copy, "level")).value = "1"


@damage
def rows_are_doubled(workbook: Any, rng: random.Random) -> None:
    sheet = any_sheet(workbook, rng)
    number, below = rng.choice(rows_of(sheet)), sheet.max_row + 1
    for column in range(1, sheet.max_column + 1):
        sheet.cell(below, column).value = sheet.cell(number, column).value


@damage
def sheets_are_renamed_moved_and_hidden(workbook: Any, rng: random.Random) -> None:
    for number, sheet in enumerate(answering(workbook)):
        sheet.title = f"Taflen {number} – fersiwn â'r atebion"
        sheet.sheet_state = rng.choice(["visible", "hidden", "veryHidden"])
        for row in rng.sample(rows_of(sheet), 4):
            sheet.row_dimensions[row].hidden = True
        sheet.column_dimensions["A"].hidden = True
    workbook.move_sheet(answering(workbook)[0], rng.randint(1, 4))


@damage
def the_lists_are_deleted(workbook: Any, rng: random.Random) -> None:
    workbook.remove(workbook["_lists"])


@damage
def answers_are_merged(workbook: Any, rng: random.Random) -> None:
    sheet = any_sheet(workbook, rng)
    number = rng.choice(rows_of(sheet)[:-3])
    sheet.merge_cells(
        start_row=number, end_row=number + rng.randint(1, 3), start_column=ANSWER, end_column=ANSWER
    )


@damage
def an_answer_is_merged_with_its_choices(workbook: Any, rng: random.Random) -> None:
    sheet = any_sheet(workbook, rng)
    number = rng.choice(rows_of(sheet))
    sheet.merge_cells(start_row=number, end_row=number, start_column=ANSWER - 1, end_column=ANSWER)


@damage
def a_heading_is_changed(workbook: Any, rng: random.Random) -> None:
    any_sheet(workbook, rng).cell(4, rng.choice([ID, ANSWER, NOTE])).value = "Our version"


@damage
def two_headings_are_exchanged(workbook: Any, rng: random.Random) -> None:
    sheet = any_sheet(workbook, rng)
    one, other = sheet.cell(4, ANSWER), sheet.cell(4, rng.choice([HELP, NOTE, NUMBER_OF["sure"], ID, 5]))
    one.value, other.value = other.value, one.value


@damage
def ids_are_autocorrected(workbook: Any, rng: random.Random) -> None:
    sheet = any_sheet(workbook, rng)
    for number in rng.sample(rows_of(sheet), 5):
        cell = sheet.cell(number, ID)
        cell.value = rng.choice([str(cell.value).capitalize(), str(cell.value).replace("-", "–") + " "])


# Written otherwise


@damage
def answers_are_in_the_other_language(workbook: Any, rng: random.Random) -> None:
    for sheet in answering(workbook):
        for cell in cells(sheet, "level", "yes_no"):
            question = asked().questions[str(sheet.cell(cell.row, ID).value)]
            spoken = [choice(question, o, Words("cy")) for o in question.choices]
            number = next(
                n
                for n, option in enumerate(question.choices)
                if any(choice(question, option, speech(s)) == cell.value for s in SPEECHES)
            )
            cell.value = rng.choice([spoken[number], spoken[number].partition(". ")[2] or spoken[number]])


@damage
def spaces_are_added(workbook: Any, rng: random.Random) -> None:
    rewrite(workbook, lambda text: f"\u00a0 {text}{rng.choice([' ', '  ', chr(9), chr(0xA0), chr(10)])}")


@damage
def accents_are_lost(workbook: Any, rng: random.Random) -> None:
    table = str.maketrans("âêîôûŵŷáéíóúïöÂÊÎÔÛŴŶ", "aeiouwyaeiouioAEIOUWY")
    rewrite(workbook, lambda text: text.translate(table))


@damage
def accents_are_taken_apart(workbook: Any, rng: random.Random) -> None:
    import unicodedata

    rewrite(workbook, lambda text: unicodedata.normalize("NFD", text))


@damage
def dashes_and_quotes_are_autocorrected(workbook: Any, rng: random.Random) -> None:
    table = str.maketrans({"'": "’", '"': "”", "-": "–", "–": "—"})
    rewrite(workbook, lambda text: text.translate(table).replace("...", "…"), "level", "yes_no", "mark")


@damage
def letters_are_read_in_another_encoding(workbook: Any, rng: random.Random) -> None:
    rewrite(workbook, lambda text: text.encode().decode("cp1252", "replace"))


@damage
def letters_become_question_marks(workbook: Any, rng: random.Random) -> None:
    rewrite(workbook, lambda text: text.encode("ascii", "replace").decode())


@damage
def signs_that_nobody_sees_are_added(workbook: Any, rng: random.Random) -> None:
    signs = ["\u200b", "\u00ad", "\ufeff", "\u202e"]
    rewrite(workbook, lambda text: text[:3] + rng.choice(signs) + text[3:])


@damage
def answers_are_cut_off(workbook: Any, rng: random.Random) -> None:
    rewrite(workbook, lambda text: text[: rng.randint(8, 60)], "level")


@damage
def answers_become_upper_case(workbook: Any, rng: random.Random) -> None:
    rewrite(workbook, str.upper)


@damage
def another_number_stands_before_the_sentence(workbook: Any, rng: random.Random) -> None:
    for cell in rng.sample(all_cells(workbook, "level"), 8):
        number, dot, words = str(cell.value).partition(".")
        cell.value = f"{int(number) % 4 + 1}{dot}{words}"


@damage
def dates_are_made_of_answers(workbook: Any, rng: random.Random) -> None:
    for cell in rng.sample(all_cells(workbook, "level", "number", "yes_no", "mark"), 12):
        found = rng.choice([dt.datetime(2026, 4, 3), dt.time(3, 4), 46115])
        cell.number_format = "d-mmm" if isinstance(found, dt.datetime) else "General"
        cell.value = found


@damage
def percentages_become_shares(workbook: Any, rng: random.Random) -> None:
    for cell in all_cells(workbook, "number"):
        text = str(cell.value).rstrip("%")
        if text.replace(".", "").isdigit() and float(text):
            share = float(text) / 100
            cell.value, cell.number_format = rng.choice([(share, "0%"), (f"{share:.15g}", "@")])
            if share == 1:
                cell.value = 1


@damage
def text_becomes_numbers_and_marks_truths(workbook: Any, rng: random.Random) -> None:
    for cell in all_cells(workbook, "number"):
        text = str(cell.value)
        cell.value = float(text) if text.replace(".", "").isdigit() else text
    for cell in all_cells(workbook, "mark"):
        cell.value = str(cell.value).startswith(("Y", "I"))


@damage
def answers_are_doubted_in_the_cell(workbook: Any, rng: random.Random) -> None:
    for cell in rng.sample(all_cells(workbook, "level", "yes_no", "mark"), 12):
        text = str(cell.value)
        cell.value = rng.choice(
            [f"{text} or the next", f"not: {text}", "<2", "2+", "-3", "2?", "Yes?", "1-2", "²"]
        )


@damage
def errors_stand_for_answers(workbook: Any, rng: random.Random) -> None:
    for cell in rng.sample(all_cells(workbook, "level", "yes_no", "number", "mark"), 10):
        cell.value = rng.choice(["#REF!", "#N/A", "#VALUE!"])
        cell.data_type = "e"


@damage
def formulas_were_never_calculated(workbook: Any, rng: random.Random) -> None:
    for cell in rng.sample(all_cells(workbook, "level", "yes_no", "number", "mark"), 10):
        cell.value = rng.choice(["=F6", "='[1]old.xlsx'!F6", "=IF(1,2,3)"])


# Is every answer read right, or reported?


def places(workbook: Any) -> dict[str, set[tuple[str, int]]]:
    """Question → the sheets and rows where its id stands, and those of its choices."""
    found: dict[str, set[tuple[str, int]]] = {name: set() for name in asked().questions}
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                name = str(cell.value).partition(OPTION_MARK)[0]
                if name in found and " " not in str(cell.value):
                    found[name].add((sheet.title, cell.row))
    return found


@cache
def answers_at(content: bytes) -> dict[str, set[tuple[str, str]]]:
    """Question → the sheet and text of what answers it: where a cell was moved away, that is what must be reported."""
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    found: dict[str, set[tuple[str, str]]] = {name: set() for name in asked().questions}
    for sheet in answering(workbook):
        for number in rows_of(sheet):
            name, value = str(sheet.cell(number, ID).value), sheet.cell(number, ANSWER).value
            if value is not None and (OPTION_MARK in name or asked().questions[name].type != "several"):
                found[name.partition(OPTION_MARK)[0]].add((sheet.title, str(value)))
    return found


WHOLE_SHEET = {"W025", "W026"}


def told(name: str, where: set[tuple[str, int]], problems: list[Problem]) -> bool:
    """Whether a problem names the question, one of its rows, or its sheet where that could not be read at all."""
    dimension = f"{name.partition('.')[0]}.*"
    for problem in problems:
        row = int("".join(c for c in problem.place.cell or "" if c.isdigit()) or 0)
        named = str(problem.details.get("questions", ""))
        if (problem.place.sheet, row) in where or {name, dimension} & set(named.split(", ")):
            return True
        if problem.kind.code in WHOLE_SHEET and problem.place.sheet in {sheet for sheet, _ in where}:
            return True
        if name in (problem.details.get("question"), problem.details.get("other")):
            return True
        low, _, high = str(problem.details.get("range", "")).partition(":")
        if high and any(
            sheet == problem.place.sheet and int(low.lstrip("ABCDEFGH")) <= r <= int(high.lstrip("ABCDEFGH"))
            for sheet, r in where
        ):
            return True
    return False


def verdict(given: Assessment, original: bytes, content: bytes, tmp_path: Path) -> tuple[list[str], int]:
    """What was read wrong or lost without a word, and how many answers were read right."""
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(content)
    found, problems = read_template(path, path.name)
    for problem in problems:
        assert problem.message() and problem.remedy()
    if found is None:
        return (
            [] if any(p.kind.severity == "error" for p in problems) else ["nothing read, nothing said"]
        ), 0
    after_it = openpyxl.load_workbook(io.BytesIO(content))
    where, stands = places(after_it), answers_at(original)
    reported = {
        (p.place.sheet, str(after_it[p.place.sheet][p.place.cell].value))
        for p in problems
        if p.place.sheet and p.place.cell
    }
    wrong, right = [], 0
    for name in asked().questions:
        before, after = given.answers.get(name, Answer()), found.answers.get(name, Answer())
        if before == after:
            right += 1
            continue
        if after.value not in (None, before.value) or (after.not_applicable and not before.not_applicable):
            wrong.append(f"{name}: {before.value!r} was read as {after.value!r}")
        elif not told(name, where[name], problems) and not (stands[name] and stands[name] <= reported):
            wrong.append(f"{name}: {before!r} became {after!r}, and nothing was said")
        elif (
            after != Answer()
            and after.value == before.value
            and not any(p.kind.code in WHOLE_SHEET for p in problems)
        ):
            wrong.append(f"{name}: the words around {before!r} became {after!r}")
    return wrong, right


def damaged(content: bytes, change: Damage, rng: random.Random) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    change(workbook, rng)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


SAMPLE = range(len(COUNCILS)) if os.environ.get("MATURITY_ATTACK") else range(2)


@pytest.mark.parametrize("name", DAMAGES)
def test_every_answer_is_read_right_or_reported(
    name: str, templates: list[tuple[Assessment, bytes]], tmp_path: Path
) -> None:
    chosen = random.Random(name).sample(range(len(COUNCILS)), len(COUNCILS))
    for number in (chosen[n] for n in SAMPLE):
        given, content = templates[number]
        after = damaged(content, DAMAGES[name], random.Random(f"{name} {number}"))
        wrong, _ = verdict(given, content, after, tmp_path)
        assert wrong == [], (COUNCILS[number].stem, wrong)


HARMLESS = (
    "whole_rows_are_sorted",
    "blank_rows_are_put_between",
    "sheets_are_renamed_moved_and_hidden",
    "the_lists_are_deleted",
    "answers_are_in_the_other_language",
    "spaces_are_added",
    "accents_are_lost",
    "accents_are_taken_apart",
    "dashes_and_quotes_are_autocorrected",
    "answers_become_upper_case",
    "text_becomes_numbers_and_marks_truths",
    "rows_are_moved_to_another_sheet",
    "columns_are_moved",
)


@pytest.mark.parametrize("name", HARMLESS)
def test_what_loses_nothing_is_read_whole(
    name: str, templates: list[tuple[Assessment, bytes]], tmp_path: Path
) -> None:
    """Answers must not be reported where they can be read: that would be right, and useless."""
    for number in (1, 2):
        given, content = templates[number]
        content = damaged(content, DAMAGES[name], random.Random(f"{name} {number}"))
        path = tmp_path / "damaged.xlsx"
        path.write_bytes(content)
        found, problems = read_template(path, path.name)
        assert [p.message() for p in problems if p.kind.severity == "error"] == []
        assert found is not None and found.answers == given.answers


def test_undamaged_templates_are_read_whole(
    templates: list[tuple[Assessment, bytes]], tmp_path: Path
) -> None:
    for given, content in templates:
        path = tmp_path / "whole.xlsx"
        path.write_bytes(content)
        found, problems = read_template(path, path.name)
        assert problems == []
        assert found is not None and found.answers == given.answers


def calculated(content: bytes, rng: random.Random) -> tuple[bytes, set[str]]:
    """Some answers become formulas whose last result is the answer; and their cells."""
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    sheet = answering(workbook)[0]
    chosen = {c.coordinate: str(c.value) for c in rng.sample(cells(sheet, "level", "yes_no", "mark"), 6)}
    position = workbook.worksheets.index(sheet) + 1

    def change(name: str, part: bytes) -> bytes:
        if name != f"xl/worksheets/sheet{position}.xml":
            return part
        for cell, text in chosen.items():
            value = escape(text).encode()
            new = rb'<c r="%s" t="str"><f>Z1</f><v>%s</v></c>' % (
                cell.encode(),
                value.replace(b"\\", b"\\\\"),
            )
            part, count = re.subn(
                rb'<c r="%s"[^>]*><is><t[^>]*>[^<]*</t></is></c>' % cell.encode(), new, part
            )
            assert count == 1
        return part

    return rezipped(content, change), set(chosen)


def test_formulas_with_a_result_are_read_and_told(
    templates: list[tuple[Assessment, bytes]], tmp_path: Path
) -> None:
    given, content = templates[3]
    content, cells_of_formulas = calculated(content, random.Random(7))
    path = tmp_path / "formulas.xlsx"
    path.write_bytes(content)
    found, problems = read_template(path, path.name)
    assert {p.place.cell for p in problems} == cells_of_formulas
    assert {(p.kind.code, p.kind.severity) for p in problems} == {("W059", "warning")}
    assert found is not None and found.answers == given.answers


@pytest.mark.system
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_libreoffice_saves_scores_as_the_yaml_does(tmp_path: Path, kind: str) -> None:
    """One council's file in each language."""
    from maturity.intake.collect import collect
    from maturity.intake.scored import score_all, scorer_for

    sources = COUNCILS[: len(SPEECHES)]
    made = [filled(source, language) for source, language in zip(sources, SPEECHES, strict=True)]
    saved = all_through_libreoffice([content for _, content in made], tmp_path / "office", kind)
    for source, (given, _), content in zip(sources, made, saved, strict=True):
        path = tmp_path / f"filled.{kind}"
        path.write_bytes(content)
        cards = []
        for file in (source, path):
            collection = collect([file], wales())
            assert [p.message() for p in collection.problems] == [], source.stem
            scored = score_all(scorer_for(collection.assessments, None, None), collection.assessments)
            assert scored[0].assessment.answers == given.answers, source.stem
            cards.append(replace(scored[0].scorecard, source=""))
        assert cards[0] == cards[1], source.stem


# Questions that are not asked, and other versions


def test_answers_to_questions_that_are_not_asked_are_told(tmp_path: Path) -> None:
    from maturity.models.condition import OfQuestion
    from workbook_data import assessment, open_small, small, template

    questionnaire, _ = small()
    when = OfQuestion.model_validate({"question": "lead.plan.named", "in": ["yes"]})
    dimensions = [
        d.model_copy(
            update={
                "themes": tuple(
                    t.model_copy(
                        update={
                            "questions": tuple(
                                q.model_copy(update={"asked_when": when})
                                if q.id == "serve.online.days"
                                else q
                                for q in t.questions
                            )
                        }
                    )
                    for t in d.themes
                )
            }
        )
        for d in questionnaire.dimensions
    ]
    asking = Questionnaire.model_validate(
        questionnaire.model_copy(update={"dimensions": tuple(dimensions)}).model_dump(by_alias=True)
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(template("en", assessment()))
    found, problems = read_template(path, "a.xlsx", open_by_name=lambda name: (asking, open_small(name)[1]))
    assert [(p.kind.code, p.place.sheet, p.place.cell) for p in problems] == [("A024", "Serving", "F6")]
    assert found is not None and found.answers["serve.online.days"].value == 12.0


def test_a_version_that_is_gone_says_how_to_go_on(tmp_path: Path) -> None:
    _, content = filled(COUNCILS[0], "en")

    def older(workbook: Any, _: random.Random) -> None:
        workbook["_maturity"]["B3"].value = "0.9.0"

    path = tmp_path / "a.xlsx"
    path.write_bytes(damaged(content, older, random.Random(1)))
    found, (problem,) = read_template(path, "a.xlsx")
    assert found is None and problem.kind.code == "W008"
    assert "'maturity migrate' carries the answers over to version 2.0.0" in problem.remedy()


def test_two_versions_together_are_told_to_migrate(tmp_path: Path) -> None:
    from maturity.intake.collect import collect
    from maturity.intake.scored import scorer_for
    from maturity.models.problem import MaturityError

    newer = tmp_path / "newer.yaml"
    text = COUNCILS[0].read_text(encoding="utf-8").partition("answers:")[0].replace("1.0.0", "2.0.0")
    newer.write_text(
        text + "answers:\n  data.accounts.prove-identity: yes\n".replace("yes", "'yes'"), encoding="utf-8"
    )
    collected = collect([newer, COUNCILS[1]], wales()).assessments
    assert len(collected) == 2
    with pytest.raises(MaturityError) as error:
        scorer_for(collected, None, None)
    assert "maturity migrate PATH --to 2.0.0" in error.value.problems[0].remedy()
    with pytest.raises(MaturityError) as error:
        scorer_for(collected[1:], None, "socitm@2.0.0")
    assert error.value.problems[0].kind.code == "I007" and "--to 2.0.0" in error.value.problems[0].remedy()
