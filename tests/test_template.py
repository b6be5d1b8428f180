"""Templates: what a person finds in them, and that answers come back as they went in."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import program
from maturity.intake.layout import LONGEST_CHOICE, choice
from maturity.intake.template import _sheet_names, template_workbook
from maturity.intake.workbook import read_template
from maturity.intake.xlsx import LONGEST, clean, sheet_name
from maturity.locale.words import SideBySide
from maturity.models.assessment import Assessment
from maturity.models.problem import Kind, Phrase, Place, Problem
from maturity.models.text import Text
from maturity.sources.bundled import bundled
from maturity.sources.load import load
from maturity.sources.registers import wales
from maturity.sources.shelf import open_questionnaire
from workbook_data import (
    MADE_ON,
    SPEECHES,
    Speech,
    all_through_libreoffice,
    assessment,
    cell_of,
    column,
    edited,
    open_small,
    row_of,
    small,
    speech,
    template,
)


def read(tmp_path: Path, content: bytes, suffix: str = ".xlsx") -> tuple[Assessment | None, list[Problem]]:
    path = tmp_path / f"answers{suffix}"
    path.write_bytes(content)
    return read_template(path, path.name, open_by_name=open_small)


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("language", SPEECHES)
def test_answers_come_back_as_they_went_in(tmp_path: Path, language: Speech) -> None:
    given = assessment()
    found, problems = read(tmp_path, template(language, given))
    assert problems == []
    assert found == given.model_copy(update={"organisation": "Isle of Anglesey"})


@pytest.mark.system
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_answers_survive_libreoffice(tmp_path: Path, kind: str) -> None:
    made = [template(language, assessment()) for language in SPEECHES]
    saved = all_through_libreoffice(made, tmp_path / "lo", kind)
    for language, content in zip(SPEECHES, saved, strict=True):
        found, problems = read(tmp_path, content, f".{kind}")
        assert problems == [], language
        assert found is not None, language
        assert found.answers == assessment().answers, language
        assert (found.period, found.status, found.made_up) == ("2026", "submitted", True)
        assert found.respondent == assessment().respondent


@pytest.mark.parametrize("language", SPEECHES)
def test_the_bundled_questionnaire_comes_back_whole(tmp_path: Path, language: Speech) -> None:
    questionnaire, loaded = open_questionnaire("socitm@1.0.0")
    for path in sorted((bundled("examples") / "wales-2026").glob("*.yaml"))[:4]:
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
        file = tmp_path / "filled.xlsx"
        file.write_bytes(content)
        found, problems = read_template(file, file.name)
        assert problems == []
        assert found is not None
        assert found.answers == given.answers


def test_the_same_template_is_the_same_bytes() -> None:
    assert template("en", assessment()) == template("en", assessment())
    with zipfile.ZipFile(io.BytesIO(template())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-10-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_an_empty_template_has_nothing_to_say_but_what_is_missing(tmp_path: Path) -> None:
    found, problems = read(tmp_path, template())
    assert found is None
    assert [(p.place.cell, p.kind.code) for p in problems] == [(None, "W030"), ("C5", "W010"), ("C6", "W012")]


def test_what_it_is_stands_in_three_places() -> None:
    workbook = opened(template())
    digest = small()[1].digest
    line = f"maturity-template/1 small 1.0.0 {digest} en"
    assert workbook.defined_names["maturity_template"].attr_text == f'"{line}"'
    assert workbook.custom_doc_props["maturity_template"].value == line
    pairs = {row[0]: row[1] for row in workbook["_maturity"].iter_rows(max_col=2, values_only=True)}
    assert [pairs[k] for k in ("format", "questionnaire", "version", "digest", "language")] == line.split()
    assert workbook["_maturity"].sheet_state == workbook["_lists"].sheet_state == "hidden"
    assert workbook.properties.title == "=A small questionnaire"
    assert workbook.properties.language == "en-GB"


def test_only_cells_for_answers_can_be_changed() -> None:
    workbook = opened(template())
    free = {}
    for sheet in workbook.worksheets:
        if not sheet.title.startswith("_"):
            assert sheet.protection.sheet and not sheet.protection.password, sheet.title
        free[sheet.title] = {
            c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked
        }
    assert workbook.security.lockStructure
    assert free["Start"] == {"C5", "C6", "C7", "C8", "C9"}
    sheet = workbook["Serving"]
    ways, phone = row_of(sheet, "serve.online.ways"), row_of(sheet, "serve.online.ways:phone")
    answer = column(sheet, "Your answer")
    assert sheet.cell(ways, answer).protection.locked
    assert not sheet.cell(phone, answer).protection.locked
    assert not any(sheet.cell(r, 1).protection.locked is False for r in range(1, sheet.max_row + 1))


@pytest.mark.parametrize("language", SPEECHES)
def test_every_choice_has_a_drop_down_over_the_hidden_lists(language: Speech) -> None:
    workbook = opened(template(language))
    offered = {}
    for sheet in workbook.worksheets:
        for validation in sheet.data_validations.dataValidation:
            match = re.fullmatch(r"'_lists'!\$(\w+)\$2:\$\w+\$(\d+)", validation.formula1 or "")
            if validation.type == "list":
                assert match, validation.formula1
                column_letter, last = match.groups()
                entries = [workbook["_lists"][f"{column_letter}{n}"].value for n in range(2, int(last) + 1)]
                for area in validation.sqref.ranges:
                    for row, number in area.cells:
                        offered[sheet.title, row, number] = entries
    questionnaire, _ = small()
    for question in questionnaire.questions.values():
        if question.type in ("level", "yes_no"):
            sheet = next(s for s in workbook.worksheets[1:] if question.id in [c.value for c in s["A"]])
            entries = offered[sheet.title, row_of(sheet, question.id), 6]
            assert entries == [choice(question, o, speech(language)) for o in question.choices]
    councils = [e for (sheet, _, _), e in offered.items() if len(e) == 22]
    assert len(councils) == 1
    assert all(wales().find(half) for name in councils[0] for half in name.split(" / "))


@pytest.mark.parametrize("version", ["1.0.0", "2.0.0"])
def test_choices_that_excel_would_cut_stay_apart(version: str) -> None:
    questionnaire, _ = open_questionnaire(f"socitm@{version}")
    for question in questionnaire.questions.values():
        for language in SPEECHES:
            shown = [choice(question, option, speech(language)) for option in question.choices]
            assert len(set(shown)) == len(shown)
            assert all(len(text) <= LONGEST_CHOICE for text in shown)


def test_formulas_stay_within_excel_limits() -> None:
    for sheet in opened(template()).worksheets:
        for validation in sheet.data_validations.dataValidation:
            assert len(validation.formula1 or "") <= 255
            assert len(validation.prompt or "") <= 255 and len(validation.error or "") <= 225
            assert len(validation.promptTitle or "") <= 32 and len(validation.errorTitle or "") <= 32


def test_text_is_never_a_formula() -> None:
    """Formulas of ours begin in known ways; nothing that a person or a questionnaire wrote is among them."""
    ours = re.compile(r"=(IF\(OR\(|COUNTIF\('|REPT\(|SUM\(|[A-Z]+\d+/)")
    workbook = opened(template("en", assessment()))
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert ours.match(cell.value), (sheet.title, cell.coordinate, cell.value)
    note = cell_of(workbook, "lead.plan.place", "Note")
    assert (note.value, note.data_type, note.quotePrefix) == ("=1+1 is a note,\nof two lines", "s", True)


def test_what_xml_forbids_is_left_out(tmp_path: Path) -> None:
    from maturity.models.assessment import Answer

    dirty = "a\x00b\x0bc\ufffedd _x0041_ f"
    given = assessment(lead__plan__named=Answer(value="yes", note=dirty))
    found, problems = read(tmp_path, template("en", given))
    assert problems == []
    assert found is not None
    assert found.answers["lead.plan.named"].note == "abcdd _x0041_ f"


def test_long_text_is_cut_with_a_mark() -> None:
    assert len(clean("x" * 40_000)) == LONGEST
    assert clean("x" * 40_000).endswith("[…]")


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("Plain", [], "Plain"),
        ("a/b\\c[d]:e*?", [], "a b c d  e"),
        ("'quoted'", [], "quoted"),
        ("x" * 40, [], "x" * 31),
        ("x" * 40, ["X" * 31], "x" * 27 + " (2)"),
        ("History", [], "History (2)"),
        ("//", [], "Sheet"),
    ],
)
def test_sheet_names(wanted: str, taken: list[str], name: str) -> None:
    assert sheet_name(wanted, taken) == name


@pytest.mark.system
def test_progress_is_counted_however_rows_are_sorted(tmp_path: Path) -> None:
    def reverse(workbook: Any) -> None:
        sheet = workbook["Serving"]
        rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=5)]
        for number, row in enumerate(reversed(rows), 5):
            for position, value in enumerate(row, 1):
                # Excel moves a formula's references to its own row along with the row.
                if position != 2:
                    sheet.cell(number, position).value = value
        for number in range(5, sheet.max_row + 1):
            name = sheet.cell(number, 1).value
            formula = (
                None
                if ":" in name
                else f'=IF(OR(COUNTIFS($A$5:$A$11,A{number}&":*",$F$5:$F$11,"?*")>0,F{number}<>"",L{number}<>""),"✓","")'
            )
            sheet.cell(number, 2).value = formula

    given = assessment()
    made = [template("en", given), template("en"), edited(template("en", given), reverse)]
    filled, empty, turned = all_through_libreoffice(made, tmp_path / "lo", "xlsx")
    for content, done in ((filled, 4), (empty, 0)):
        office = opened_values(content)
        start = office["Start"]
        rows = {row[1]: row for row in start.iter_rows(values_only=True) if row[1]}
        assert rows["Serving"][3:5] == (done, 4)
        assert rows["Together"][3:5] == (2 * done, 8)
    found, _ = read(tmp_path, turned)
    assert found is not None
    assert found.answers["serve.online.ways"].value == ("phone", "desk")


def opened_values(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


@pytest.mark.parametrize("language", SPEECHES)
def test_a_dimension_by_itself_comes_back_whole(tmp_path: Path, language: Speech) -> None:
    questionnaire, loaded = open_questionnaire("socitm@1.0.0")
    given = load(bundled("examples") / "wales-2026" / "cardiff.yaml").model
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
        dimensions=("leadership", "data"),
    )
    path = tmp_path / "part.xlsx"
    path.write_bytes(content)
    found, problems = read_template(path, "part.xlsx")
    own = {k: a for k, a in given.answers.items() if k.split(".")[0] in ("leadership", "data")}
    assert problems == []
    assert found is not None
    assert found.organisation == "Cardiff"
    assert dict(found.answers) == own
    visible = [s.title for s in openpyxl.load_workbook(path).worksheets if s.sheet_state == "visible"]
    assert len(visible) == 3


def test_a_question_of_another_dimension_in_a_part_is_told(tmp_path: Path) -> None:
    questionnaire, loaded = small()
    asked = questionnaire.dimensions[0].id
    content = template_workbook(
        questionnaire,
        loaded.digest,
        speech("en"),
        organisation=wales().find("Powys"),
        period="2026",
        register=wales(),
        made_on=MADE_ON,
        dimensions=(asked,),
    )
    stranger = next(q.id for d, _, q in questionnaire.walk() if d.id != asked)

    def add(workbook: Any) -> None:
        sheet = workbook.worksheets[1]
        sheet.cell(sheet.max_row + 1, 1).value = stranger

    _, problems = read(tmp_path, edited(content, add))
    assert stranger in {p.details.get("found") for p in problems}


@pytest.mark.parametrize(
    ("welsh", "english", "tab"),
    [
        ("Staff digidol", "Digital staff", "Staff digidol · Digital staff"),
        ("Trafodion digidol", "Digital transactions", "Trafodion dig… · Digital trans…"),
        ("Arweinyddiaeth ddigidol", "Data", "Arweinyddiaeth ddigidol · Data"),
        ("Data", "Designed around the citizen, all of it", "Data · Designed around the cit…"),
        ("Data", "Data", "Data"),
    ],
)
def test_both_names_share_a_tab(welsh: str, english: str, tab: str) -> None:
    dimension = small()[0].dimensions[0].model_copy(update={"name": Text({"en": english, "cy": welsh})})
    assert list(_sheet_names([dimension], SideBySide(), "Start").values()) == [tab]


def test_a_problem_side_by_side_is_whole_in_each_language() -> None:
    what = Phrase("'{value}' in the row of a choice", value="Papur")
    problem = Problem(Kind("W027", "warning", "This was not read: {what}.", ""), Place("x"), {"what": what})
    welsh, english = problem.message(SideBySide()).split(" / ")
    assert (welsh, english) == (
        "Ni ddarllenwyd hyn: 'Papur' yn rhes dewis.",
        "This was not read: 'Papur' in the row of a choice.",
    )


def test_both_languages_stand_in_a_template_side_by_side() -> None:
    workbook = opened(template("both"))
    questionnaire, _ = small()
    texts = {str(c.value) for s in workbook.worksheets for r in s.iter_rows() for c in r if c.value}
    for question in questionnaire.questions.values():
        shown = [t for t in texts if question.text.to("cy") in t and question.text.to("en") in t]
        assert shown, question.id
    for sheet in workbook.worksheets:
        for validation in sheet.data_validations.dataValidation:
            assert len(validation.errorTitle or "") <= 32
            assert len(validation.promptTitle or "") <= 32
            assert len(validation.error or "") <= 255
            assert len(validation.prompt or "") <= 255


def test_every_council_gets_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "ffurflenni â bwlch"
    (folder / "x").mkdir(parents=True)
    command = ["template", str(folder), "--all-councils", "--period", "2026", "--dimension", "data"]
    command += ["-q", "socitm@1.0.0", "--lang", "both"]
    done = run(command)
    assert done.returncode == 0, done.stderr
    assert "22 workbooks" in done.stderr and "22 llyfr" in done.stderr
    written = sorted(folder.glob("*.xlsx"))
    assert len(written) == 22
    found, problems = read_template(folder / "isle-of-anglesey-2026.xlsx", "x")
    assert found is not None and (found.organisation, found.period) == ("Isle of Anglesey", "2026")
    assert {p.kind.severity for p in problems} <= {"warning"}
    before = {path: path.read_bytes() for path in written[:3]}
    for path in written[3:]:
        path.unlink()
    again = run(command)
    assert again.returncode == 2
    assert again.stderr.count("G021") == 3
    assert {path: path.read_bytes() for path in sorted(folder.glob("*.xlsx"))} == before
    # In Welsh they have Welsh names, but for those that are there by their English ones.
    welsh = [*command[:-1], "cy"]
    again = run(welsh)
    assert again.returncode == 2 and again.stderr.count("G021") == 3
    assert run([*welsh, "--force"]).returncode == 0
    names = {path.name for path in folder.glob("*.xlsx")}
    assert len(names) == 22
    assert {path.name for path in before} | {"ynys-mon-2026.xlsx", "caerdydd-2026.xlsx"} < names
    (folder / "cardiff-2026.xlsx").touch()
    for language in ("en", "cy"):
        refused = run([*command[:-1], language, "--force"])
        assert refused.returncode == 2 and refused.stderr.count("G400") == 1
    assert (folder / "cardiff-2026.xlsx").stat().st_size == 0


def test_what_cannot_be_made_is_said(tmp_path: Path) -> None:
    for wrong in (["--dimension", "money"], ["--all-councils", "--council", "Powys"]):
        done = run(["template", str(tmp_path / "x.xlsx"), *wrong])
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert list(tmp_path.iterdir()) == []


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return program.run(*command)


@pytest.mark.parametrize("where", ["file.xlsx", "file.xlsx/sub", "no/where", "a" * 300])
def test_where_no_folder_can_be_nothing_is_written(tmp_path: Path, where: str) -> None:
    (tmp_path / "file.xlsx").write_text("kept", encoding="utf-8")
    done = run(["template", str(tmp_path / where), "--all-councils", "-q", "socitm@1.0.0"])
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr and "fault" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["file.xlsx"]
