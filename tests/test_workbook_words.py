"""What stands in cells and must not be taken for an answer: other languages' words, errors, slips, reports."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from maturity.intake.matching import number
from maturity.intake.workbook import read_template
from maturity.intake.xlsx import is_report
from maturity.models.assessment import Assessment
from maturity.models.problem import Problem
from maturity.models.questionnaire import NumberQuestion
from maturity.models.text import Language
from maturity.reports.workbook import benchmark_workbook, scores_workbook
from maturity.sources.registers import wales
from workbook_data import (
    MADE_ON,
    all_through_libreoffice,
    assessment,
    benchmark,
    cell_of,
    edited,
    open_small,
    rezipped,
    scorer,
    small,
    template,
)


def read(tmp_path: Path, content: bytes) -> tuple[Assessment | None, list[Problem]]:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    return read_template(path, "a.xlsx", open_by_name=open_small)


def written(
    tmp_path: Path, name: str, value: object, language: Language = "en"
) -> tuple[Assessment | None, list[str]]:
    heading = "Your answer" if language == "en" else "Eich ateb"

    def change(workbook: Any) -> None:
        cell = cell_of(workbook, name, heading)
        cell.value = value
        if isinstance(value, str) and value.startswith("#"):
            cell.data_type = "e" if value != "#FORMULA!" else "s"

    found, problems = read(tmp_path, edited(template(language, assessment()), change))
    assert all(p.message() and p.remedy() for p in problems)
    return found, [p.kind.code for p in problems]


@pytest.mark.parametrize("value", ["NA", "na", "N.A.", "-", "–", "do", "Do"])
def test_words_of_the_other_language_are_no_answers(tmp_path: Path, value: str) -> None:
    found, codes = written(tmp_path, "lead.plan.named", value)
    assert codes == ["W040"]
    assert found is not None and "lead.plan.named" not in found.answers
    found, codes = written(tmp_path, "serve.online.ways:desk", value)
    # In Welsh it is No, which this English template does not take for it.
    assert codes == ["W400" if value in ("NA", "na") else "W046"]
    assert found is not None and "serve.online.ways" not in found.answers


@pytest.mark.parametrize(("value", "expected"), [("do", "yes"), ("Ie", "yes"), ("NA", "no"), ("naddo", "no")])
def test_welsh_words_in_a_welsh_template(tmp_path: Path, value: str, expected: str) -> None:
    found, codes = written(tmp_path, "lead.plan.named", value, "cy")
    assert codes == []
    assert found is not None and found.answers["lead.plan.named"].value == expected


@pytest.mark.parametrize("value", ["-", "–", "perhaps"])
def test_a_dash_is_never_a_no(tmp_path: Path, value: str) -> None:
    assert written(tmp_path, "lead.plan.named", value, "cy")[1] == ["W040"]


@pytest.mark.parametrize("name", ["organisation", "period", "respondent.name", "respondent.role"])
@pytest.mark.parametrize("value", ["#REF!", "#N/A", "#DIV/0!", "=1+1"])
def test_errors_and_formulas_without_a_result_are_no_facts(tmp_path: Path, name: str, value: str) -> None:
    found, codes = written(tmp_path, name, value)
    assert codes == ["W052"]
    if found is not None and found.respondent is not None:
        assert "#" not in f"{found.respondent.name}{found.respondent.role}"


@pytest.mark.parametrize("value", ["2026", "2026-Q1", "2026-H2", "2026-03", "2025-26", " 2026 ", 2026])
def test_periods(tmp_path: Path, value: object) -> None:
    found, codes = written(tmp_path, "period", value)
    assert codes == []
    assert found is not None and found.period == str(value).strip()


@pytest.mark.parametrize(
    "value",
    [
        "this year",
        "2026 Q1",
        "2026-Q5",
        "26",
        "2026\u200b",
        "\u200b2026",
        "20\u00ad26",
        "2026\u202e",
        "２０２６",
        2026.5,
        46112,
        True,
        dt.datetime(2026, 1, 1),
    ],
)
def test_what_is_no_period(tmp_path: Path, value: object) -> None:
    found, codes = written(tmp_path, "period", value)
    assert found is None
    assert codes == ["W013"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1 250", 1250.0),
        ("12 345 678", 12345678.0),
        ("1\u00a0250", 1250.0),
        ("1\u202f250,5", 1250.5),
        ("£ 1 250", 1250.0),
        ("-0", 0.0),
        ("-0,0", 0.0),
        (-0.0, 0.0),
        ("1 2", None),
        ("12 5", None),
        ("1 25", None),
        ("1 2500", None),
        ("1250 000", None),
        ("1 250 5", None),
        ("1 . 5", None),
        ("12 days days", None),
        ("12 days diwrnod", None),
        ("12 days", 12.0),
    ],
)
def test_blanks_in_numbers(value: str | float, expected: float | None) -> None:
    question = small()[0].questions["serve.online.days"]
    assert isinstance(question, NumberQuestion)
    found = number(value, question)
    assert found == expected
    assert str(found) != "-0.0"


def test_two_percent_signs() -> None:
    question = small()[0].questions["serve.online.share"]
    assert isinstance(question, NumberQuestion)
    assert [
        number(text, question)
        for text in ("45 %", "45 y cant", "45 Per cent", "45%%", "45 %%", "45 % %", "45 cant")
    ] == [
        45.0,
        45.0,
        45.0,
        None,
        None,
        None,
        None,
    ]


def reports() -> list[bytes]:
    scoring, compared = benchmark()
    return [
        benchmark_workbook(scoring, compared, "en", made_on=MADE_ON),
        scores_workbook(scorer(), [], wales(), "cy", MADE_ON),
    ]


def test_our_own_reports_are_told_from_answers(tmp_path: Path) -> None:
    for report in reports():
        for content in (report, edited(report, lambda w: None)):
            found, problems = read(tmp_path, content)
            assert found is None
            assert [(p.kind.code, p.kind.severity) for p in problems] == [("W056", "warning")]


def test_a_template_never_passes_for_a_report(tmp_path: Path) -> None:
    filled = template("en", assessment())
    assert not is_report(filled)
    found, problems = read(tmp_path, edited(filled, lambda w: w.remove(w["_maturity"])))
    assert found is None and [p.kind.code for p in problems] == ["W006"]
    broken = rezipped(reports()[0], lambda n, p: None if n == "docProps/core.xml" else p)
    assert not is_report(broken) and not is_report(b"PK")


@pytest.mark.system
def test_through_libreoffice(tmp_path: Path) -> None:
    def errors(workbook: Any) -> None:
        cell_of(workbook, "respondent.role").value = "=NA()"
        cell_of(workbook, "lead.plan.named").value = "=1/0"

    filled = edited(template("en", assessment()), errors)
    as_xlsx = all_through_libreoffice(reports(), tmp_path / "xlsx", "xlsx")
    *as_ods, content = all_through_libreoffice([*reports(), filled], tmp_path / "ods", "ods")
    assert len(as_xlsx) == len(as_ods) == 2 and all(map(is_report, (*as_xlsx, *as_ods)))
    found, problems = read(tmp_path, content)
    assert [p.kind.code for p in problems] == ["W052", "W052"]
    assert found is not None and "lead.plan.named" not in found.answers
