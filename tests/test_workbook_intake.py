"""Templates as people send them back: every answer read right or reported with its cell, never read wrong."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from maturity.intake import findings
from maturity.intake.matching import Choices, day, fold, number
from maturity.intake.workbook import read_template
from maturity.models.assessment import Answer, Assessment
from maturity.models.problem import Kind, Problem
from maturity.models.questionnaire import NumberQuestion
from workbook_data import (
    assessment,
    cell_of,
    column,
    edited,
    open_small,
    row_of,
    small,
    template,
)

Change = Callable[[Any], None]


def read(
    tmp_path: Path, content: bytes, name: str = "answers.xlsx"
) -> tuple[Assessment | None, list[Problem]]:
    path = tmp_path / name
    path.write_bytes(content)
    return read_template(path, name, open_by_name=open_small)


def after(
    tmp_path: Path, change: Change, **answers: Answer
) -> tuple[dict[str, Answer], list[tuple[str | None, str]]]:
    """The answers, and (cell, code) of every problem, after a change to a filled-in template."""
    found, problems = read(tmp_path, edited(template("en", assessment(**answers)), change))
    for problem in problems:
        assert problem.message() and problem.remedy()
    answers_found = found.answers if found else {}
    return answers_found, [(p.place.cell, p.kind.code) for p in problems]


def writing(name: str, value: object, heading: str = "Your answer") -> Change:
    """Somebody writes into a question's row."""

    def change(workbook: Any) -> None:
        cell = cell_of(workbook, name, heading)
        cell.value = value

    return change


# What may stand in a cell


@pytest.mark.parametrize(
    "value",
    [
        "drafted",
        "DRAFTED ",
        "2",
        2,
        2.0,
        "2.",
        "2. A plan is drafted, and councillors haven't agreed it.",
        "A plan is drafted, and councillors haven't agreed it.",
        "  a plan  is DRAFTED – and councillors haven’t agreed it ",
        "Mae cynllun wedi'i ddrafftio, heb ei gytuno.",
        "Mae cynllun wedi’i ddrafftio heb ei gytuno",
        "2. Mae cynllun wedi'i ddrafftio, heb ei gytuno.",
    ],
)
def test_a_choice_in_any_of_its_spellings(tmp_path: Path, value: object) -> None:
    answers, problems = after(tmp_path, writing("lead.plan.place", value))
    assert problems == []
    assert answers["lead.plan.place"].value == "drafted"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("A plan is drafted", "W040"),
        ("A plan is drafted, and councillors have agreed it.", "W040"),
        ("1. A plan is drafted, and councillors haven't agreed it.", "W040"),
        ("4", "W040"),
        (0, "W040"),
        (2.5, "W040"),
        ("draft", "W040"),
        ("Yes", "W040"),
        (dt.datetime(2026, 4, 3), "W042"),
        (dt.date(2026, 2, 1), "W042"),
        (True, "W040"),
        ("#REF!", "W052"),
        ("=1+1", "W052"),
    ],
)
def test_what_is_no_choice_is_reported_at_its_cell(tmp_path: Path, value: object, code: str) -> None:
    answers, problems = after(tmp_path, writing("lead.plan.place", value))
    assert problems == [("F5", code)]
    assert "lead.plan.place" not in answers
    assert {k: v for k, v in assessment().answers.items() if k != "lead.plan.place"} == answers


def test_a_near_miss_gets_a_suggestion(tmp_path: Path) -> None:
    content = edited(
        template("en", assessment()),
        writing("lead.plan.place", "2. A plan is draughted, and councillors haven't agreed it."),
    )
    _, (problem,) = read(tmp_path, content)
    assert problem.kind is findings.UNKNOWN_CHOICE
    assert problem.place.sheet == "Leading  a b  test"
    assert "Did you mean 'A plan is drafted, and councillors haven't agreed it.'?" in problem.remedy()
    assert str(problem.place) == "answers.xlsx[Leading  a b  test]!F5"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Yes", "yes"),
        ("yes ", "yes"),
        ("Oes", "yes"),
        ("Ydy", "yes"),
        ("Nac oes", "no"),
        ("No", "no"),
        ("nac ydy", "no"),
        (True, "yes"),
        (False, "no"),
        ("x", "yes"),
        (1, "yes"),
        ("2", "no"),
    ],
)
def test_yes_and_no(tmp_path: Path, value: object, expected: str) -> None:
    answers, problems = after(tmp_path, writing("lead.plan.named", value))
    assert problems == []
    assert answers["lead.plan.named"].value == expected


@pytest.mark.parametrize("value", ["Perhaps", "0", 0, 3, "yes no"])
def test_neither_yes_nor_no(tmp_path: Path, value: object) -> None:
    answers, problems = after(tmp_path, writing("lead.plan.named", value))
    assert problems == [("F7", "W040")]
    assert "lead.plan.named" not in answers


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("45", 45.0),
        (45, 45.0),
        (45.5, 45.5),
        ("45,5", 45.5),
        ("45.5%", 45.5),
        (" 45 % ", 45.0),
        ("100%", 100.0),
        ("1%", 1.0),
        ("1", 1.0),
        (0, 0.0),
        ("Don't know", "dont_know"),
        ("don’t know", "dont_know"),
        ("Ddim yn gwybod", "dont_know"),
        ("dont_know", "dont_know"),
    ],
)
def test_a_percentage(tmp_path: Path, value: object, expected: float | str) -> None:
    answers, problems = after(tmp_path, writing("serve.online.share", value))
    assert problems == []
    assert answers["serve.online.share"].value == expected


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (0.45, "W043"),
        (1, "W043"),
        (1.0, "W043"),
        ("about 40", "W044"),
        ("40-50", "W044"),
        ("101", "A016"),
        ("-1", "A016"),
        ("45.55", "A017"),
        ("4e1", "W044"),
        ("nan", "W044"),
        ("inf", "W044"),
        (True, "W044"),
        (dt.datetime(2026, 4, 3), "W042"),
        ("=", "W044"),
    ],
)
def test_what_is_no_percentage(tmp_path: Path, value: object, code: str) -> None:
    def change(workbook: Any) -> None:
        cell = cell_of(workbook, "serve.online.share")
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"

    answers, problems = after(tmp_path, change)
    assert problems == [("F5", code)]
    assert "serve.online.share" not in answers


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1,250", 1250.0), ("1 250", 1250.0), ("12 days", 12.0), ("12 diwrnod", 12.0), (1, 1.0)],
)
def test_a_number_of_days(tmp_path: Path, value: object, expected: float) -> None:
    answers, problems = after(tmp_path, writing("serve.online.days", value))
    assert problems == []
    assert answers["serve.online.days"].value == expected


def test_a_comma_of_two_meanings_is_not_guessed() -> None:
    question = small()[0].questions["serve.online.days"]
    assert isinstance(question, NumberQuestion)
    exact = question.model_copy(update={"number": question.number.model_copy(update={"decimals": 3})})
    assert number("1,250", exact) == "two_ways"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (dt.datetime(2026, 3, 31), dt.date(2026, 3, 31)),
        (46112.0, dt.date(2026, 3, 31)),
        ("2026-03-31", dt.date(2026, 3, 31)),
        ("31/03/2026", dt.date(2026, 3, 31)),
        ("31.3.2026", dt.date(2026, 3, 31)),
        ("31 March 2026", dt.date(2026, 3, 31)),
        ("31 Mawrth 2026", dt.date(2026, 3, 31)),
        ("3/4/2026", dt.date(2026, 4, 3)),
        # Ordinals, "of" and the mutation after it, in either language; the Welsh ordinals end in eight ways.
        ("31st of March 2026", dt.date(2026, 3, 31)),
        ("31ain o Fawrth 2026", dt.date(2026, 3, 31)),
        ("1af Mai 2026", dt.date(2026, 5, 1)),
        ("2il o Fai 2026", dt.date(2026, 5, 2)),
        ("3ydd Mehefin 2026", dt.date(2026, 6, 3)),
        ("4edd o Fehefin 2026", dt.date(2026, 6, 4)),
        ("5ed o Orffennaf 2026", dt.date(2026, 7, 5)),
        ("7fed o Fedi 2026", dt.date(2026, 9, 7)),
        ("11eg o Dachwedd 2026", dt.date(2026, 11, 11)),
        ("12 o Ragfyr 2026", dt.date(2026, 12, 12)),
        ("9 Gorff. 2025", dt.date(2025, 7, 9)),
        ("31ain o Chwefror 2026", None),
        ("5x Mai 2026", None),
        ("03/31/2026", None),
        ("31/03/26", None),
        ("March 2026", None),
        (2026.0, None),
        (True, None),
        ("30/02/2026", None),
        ("31/03/1826", None),
        (dt.timedelta(days=3), None),
    ],
)
def test_dates(value: Any, expected: dt.date | None) -> None:
    assert day(value) == expected


def test_a_date_that_is_none_is_reported_at_its_cell(tmp_path: Path) -> None:
    answers, problems = after(tmp_path, writing("lead.plan.money", "last spring", "Date of the evidence"))
    assert problems == [("J6", "W049")]
    assert "lead.plan.money" not in answers


def test_folding_keeps_letters_and_digits_only() -> None:
    assert fold("  Yn ÔL–cynllun: “da”!") == fold("yn ol cynllun 'da'") == "yn ol cynllun da"
    assert fold("Cafe\u0301") == fold("CAFÉ")


def test_choices_that_fold_alike_are_never_mistaken_for_one_another() -> None:
    question = small()[0].questions["lead.plan.money"]
    options = (
        question.choices[0].model_copy(update={"id": "2"}),
        question.choices[1].model_copy(update={"id": "1"}),
    )
    twisted = question.model_copy(update={"options": options})
    assert Choices.of(twisted).find("1") == {"1", "2"}
    assert Choices.of(twisted).find("There is no money for the plan.") == {"2"}


# Several


def test_marks_in_many_hands(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        cell_of(workbook, "serve.online.ways:phone").value = "x"
        cell_of(workbook, "serve.online.ways:desk").value = None
        cell_of(workbook, "serve.online.ways:none").value = "Nac ydy"

    answers, problems = after(tmp_path, change)
    assert problems == []
    assert answers["serve.online.ways"].value == ("phone",)


@pytest.mark.parametrize(
    ("marks", "problem"),
    [
        (("Yes", "Yes", "Yes"), ("F7", "A014")),
        (("No", "No", "No"), ("F8", "W047")),
        (("maybe", "Yes", None), ("F8", "W046")),
        (("Yes", None, 7), ("F10", "W046")),
    ],
)
def test_marks_that_make_no_answer(
    tmp_path: Path, marks: tuple[object, ...], problem: tuple[str, str]
) -> None:
    def change(workbook: Any) -> None:
        for option, value in zip(("phone", "desk", "none"), marks, strict=True):
            cell_of(workbook, f"serve.online.ways:{option}").value = value

    answers, problems = after(tmp_path, change)
    assert problems == [problem]
    assert "serve.online.ways" not in answers


def test_a_choice_whose_row_was_deleted(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        workbook["Serving"].delete_rows(row_of(workbook["Serving"], "serve.online.ways:desk"))

    answers, problems = after(tmp_path, change)
    assert problems == [("A7", "W024")]
    assert "serve.online.ways" not in answers


def test_an_answer_beside_a_question_of_several_choices(tmp_path: Path) -> None:
    answers, problems = after(tmp_path, writing("serve.online.ways", "By telephone"))
    assert problems == [("F7", "W048")]
    assert "serve.online.ways" not in answers


# Structure


def test_rows_columns_and_sheets_may_be_moved_and_renamed(tmp_path: Path) -> None:
    shuffler = random.Random(7)

    def change(workbook: Any) -> None:
        for position, sheet in enumerate(workbook.worksheets[1:3]):
            sheet.data_validations.dataValidation = []
            rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=4)]
            order = list(range(len(rows[0])))
            shuffler.shuffle(order)
            body = rows[1:]
            shuffler.shuffle(body)
            for r, row in enumerate([rows[0], *body], 4):
                for c, source in enumerate(order, 1):
                    sheet.cell(r, c).value = row[source]
                    if isinstance(row[source], str):
                        sheet.cell(r, c).data_type = "s"
            sheet.insert_rows(4, 3)
            sheet.title = f"Renamed {position}"
        workbook.move_sheet("Renamed 1", -2)

    found, problems = read(tmp_path, edited(template("en", assessment()), change))
    assert [p.message() for p in problems] == []
    assert found is not None
    assert found.answers == assessment().answers


def test_an_inserted_column_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Serving"]
        sheet.insert_cols(3)
        sheet["C6"] = "ask Jo"

    answers, problems = after(tmp_path, change)
    assert problems == [("C6", "W027")]
    assert answers == assessment().answers


@pytest.mark.parametrize("heading", ["Id", "Your answer"])
def test_a_deleted_column_that_answers_hang_on(tmp_path: Path, heading: str) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Serving"]
        sheet.delete_cols(column(sheet, heading))

    answers, problems = after(tmp_path, change)
    assert ("A4", "W025") in problems
    assert not [name for name in answers if name.startswith("serve")]


def test_a_deleted_column_of_notes(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        workbook["Serving"].delete_cols(column(workbook["Serving"], "Note"))

    answers, problems = after(tmp_path, change)
    assert problems == [("A4", "W025")]
    assert answers["serve.online.days"] == Answer(value=12.0)


def test_a_column_twice(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Serving"]
        sheet.cell(4, 20).value = "Your answer"

    answers, problems = after(tmp_path, change)
    assert ("T4", "W026") in problems
    assert not [name for name in answers if name.startswith("serve")]


def test_the_same_question_twice(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Serving"]
        for n in range(1, 15):
            sheet.cell(14, n).value = sheet.cell(row_of(sheet, "serve.online.days"), n).value
        sheet["F14"] = "13"

    answers, problems = after(tmp_path, change)
    assert problems == [("A14", "W021")]
    assert "serve.online.days" not in answers


def test_an_unknown_question(tmp_path: Path) -> None:
    content = edited(
        template("en", assessment()),
        lambda w: cell_of(w, "serve.online.days", "Id").__setattr__("value", "serve.online.dayz"),
    )
    found, problems = read(tmp_path, content)
    assert [(p.place.cell, p.kind.code) for p in problems] == [(None, "W023"), ("A6", "W020")]
    assert "Did you mean 'serve.online.days'?" in problems[1].remedy()
    assert found is not None and "serve.online.days" not in found.answers


def test_an_answer_in_a_row_without_an_id(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Serving"]
        sheet.insert_rows(6)
        sheet["F6"] = "99"

    answers, problems = after(tmp_path, change)
    assert problems == [("F6", "W022")]
    assert answers == assessment().answers


def test_a_deleted_row_and_a_deleted_sheet_are_said(tmp_path: Path) -> None:
    answers, problems = after(tmp_path, lambda w: w["Serving"].delete_rows(6))
    assert problems == [(None, "W023")]
    assert "serve.online.days" not in answers

    def drop(workbook: Any) -> None:
        workbook.remove(workbook["Serving"])

    answers, problems = after(tmp_path, drop)
    assert problems == [(None, "W023")]
    assert set(answers) == {k for k in assessment().answers if k.startswith("lead")}


def test_answers_sorted_without_their_questions(tmp_path: Path) -> None:
    """Yes, No and numbers fit anywhere: beside sentences that have moved they are not believed."""

    def change(workbook: Any) -> None:
        sheet = workbook.worksheets[1]
        values = [sheet.cell(r, 6).value for r in range(5, 9)]
        for row, value in enumerate(sorted(values, key=str), 5):
            sheet.cell(row, 6).value = value

    answers, problems = after(tmp_path, change, lead__plan__read=Answer(value="yes"))
    lead = {k for k in answers if k.startswith("lead")}
    assert lead <= {
        k for k in answers if answers[k] == assessment(lead__plan__read=Answer(value="yes")).answers[k]
    }
    assert {code for _, code in problems} <= {"W040", "W029"}
    assert "lead.plan.named" not in answers and "lead.plan.read" not in answers


def test_merged_cells_are_reported(tmp_path: Path) -> None:
    _, problems = after(tmp_path, lambda w: w["Serving"].merge_cells("F5:F6"))
    assert ("F5", "W028") in problems


def test_a_sheet_of_ones_own_is_said_to_be_left_out(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        workbook.create_sheet("My workings")["B2"] = "secret"

    answers, problems = after(tmp_path, change)
    assert problems == [(None, "W027")]
    assert answers == assessment().answers


# Council, period, status


@pytest.mark.parametrize("name", ["Ynys Mon", "ISLE OF ANGLESEY", "W06000001", "Anglesey", "Sir Fôn"])
def test_a_council_by_any_of_its_names(tmp_path: Path, name: str) -> None:
    found, problems = read(tmp_path, edited(template("en", assessment()), writing("organisation", name)))
    assert problems == []
    assert found is not None and found.organisation == "Isle of Anglesey"


def test_an_unknown_council(tmp_path: Path) -> None:
    found, (problem,) = read(
        tmp_path, edited(template("en", assessment()), writing("organisation", "Cardif"))
    )
    assert found is None
    assert (str(problem.place), problem.kind.code) == ("answers.xlsx[Start]!C6", "W011")
    assert "Cardiff" in problem.remedy()


@pytest.mark.parametrize(("value", "period"), [("2026", "2026"), (2026, "2026"), (" 2026-Q1 ", "2026-Q1")])
def test_a_period(tmp_path: Path, value: object, period: str) -> None:
    found, problems = read(tmp_path, edited(template("en", assessment()), writing("period", value)))
    assert problems == []
    assert found is not None and found.period == period


@pytest.mark.parametrize(
    ("value", "code"),
    [(None, "W012"), ("  ", "W012"), (dt.datetime(2026, 1, 1), "W013"), (True, "W013"), ("x" * 301, "W013")],
)
def test_no_period(tmp_path: Path, value: object, code: str) -> None:
    found, problems = read(tmp_path, edited(template("en", assessment()), writing("period", value)))
    assert found is None
    assert [(p.place.cell, p.kind.code) for p in problems] == [("C7", code)]


def test_a_status_that_is_none(tmp_path: Path) -> None:
    _, problems = after(tmp_path, writing("status", "nearly"))
    assert problems == [("C10", "W014")]


def test_the_row_of_the_council_is_gone(tmp_path: Path) -> None:
    _, problems = after(tmp_path, lambda w: w["Start"].delete_rows(6))
    assert problems == [(None, "W015")]


# Not applicable, evidence


def test_not_applicable(tmp_path: Path) -> None:
    def no_reason(workbook: Any) -> None:
        cell_of(workbook, "lead.plan.read", "Why it does not apply").value = None

    assert after(tmp_path, no_reason)[1] == [("L8", "A019")]
    assert after(tmp_path, writing("lead.plan.read", None, "Does not apply"))[1] == [("M8", "W051")]
    assert after(tmp_path, writing("lead.plan.read", "Yes"))[1] == [("L8", "A020")]
    assert after(tmp_path, writing("lead.plan.money", "Yes", "Does not apply"))[1] == [
        ("L6", "A018"),
        ("L6", "A020"),
    ]
    assert after(tmp_path, writing("lead.plan.read", "perhaps", "Does not apply"))[1] == [
        ("L8", "W046"),
        ("M8", "W051"),
    ]


def test_a_date_without_evidence(tmp_path: Path) -> None:
    assert after(tmp_path, writing("lead.plan.named", dt.date(2026, 1, 1), "Date of the evidence"))[1] == [
        ("J7", "W050")
    ]


# Which questionnaire


def about(key: str, value: str | None) -> Change:
    def change(workbook: Any) -> None:
        for row in workbook["_maturity"].iter_rows(max_col=2):
            if row[0].value == key:
                row[1].value = value

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (about("format", "maturity-template/2"), "W007"),
        (about("format", "something"), "W006"),
        (about("questionnaire", "other"), "W008"),
        (about("questionnaire", "../../etc/passwd"), "W008"),
        (about("version", "9.9.9"), "W008"),
        (about("version", None), "W008"),
        (lambda w: w.remove(w["_maturity"]), "W006"),
    ],
)
def test_another_template(tmp_path: Path, change: Change, code: str) -> None:
    found, problems = read(tmp_path, edited(template("en", assessment()), change))
    assert found is None
    assert [p.kind.code for p in problems] == [code]


def test_another_state_of_the_questionnaire(tmp_path: Path) -> None:
    """Sentences still say what was meant; a bare number in the list no longer does."""
    content = edited(template("en", assessment(), digest="0" * 64), writing("lead.plan.place", "3"))
    found, problems = read(tmp_path, content)
    assert [(p.kind.code, p.kind.severity, p.place.cell) for p in problems] == [
        ("W054", "error", "F5"),
        ("W009", "warning", None),
    ]
    assert found is not None
    assert found.answers == {k: v for k, v in assessment().answers.items() if k != "lead.plan.place"}


def test_a_renamed_hidden_sheet_still_tells(tmp_path: Path) -> None:
    answers, problems = after(tmp_path, lambda w: setattr(w["_maturity"], "title", "Sheet9"))
    assert answers == assessment().answers
    assert [code for _, code in problems] == ["W027"]


def test_every_kind_has_its_own_code_and_words() -> None:
    kinds = [kind for kind in vars(findings).values() if isinstance(kind, Kind)]
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert all(kind.wording.endswith(".") and kind.remedy for kind in kinds)
