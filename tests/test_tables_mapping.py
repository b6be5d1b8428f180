"""Mappings: drafted, confirmed by a person, and at work; what is wrong with them is told with line and column."""

from __future__ import annotations

import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

import program
from languages import strange
from maturity.intake import table_findings
from maturity.intake.collect import collect
from maturity.intake.mapping import open_mapping
from maturity.intake.mapping_draft import draft
from maturity.intake.tables import How, Taken, read_file
from maturity.locale.words import Words
from maturity.models.problem import Kind, MaturityError
from maturity.models.text import LANGUAGES, Language
from maturity.sources.load import load
from maturity.sources.registers import wales
from maturity.sources.shelf import open_questionnaire
from table_data import (
    ROOT,
    Rows,
    csv_bytes,
    errors,
    in_words,
    long,
    socitm,
    taken,
    told,
    truth,
    wide,
    xlsx_bytes,
)
from workbook_data import small

START = "format: maturity-mapping/1\nquestionnaire: {id: small, version: 1.0.0}\n"


def mapped(folder: Path, text: str, content: bytes, name: str = "t.csv") -> Taken:
    """What is read of a table with this mapping."""
    (folder / "map.yaml").write_text(START + text, encoding="utf-8")
    (folder / name).write_bytes(content)
    mapping = open_mapping(folder / "map.yaml", wales(), small()[0])
    return read_file(folder / name, name, wales(), How(small()[0], None, mapping))


def test_a_wide_table_of_somebody_s_own(tmp_path: Path) -> None:
    text = """
organisation: Cardiff
period: '2026'
heading_row: 2
columns:
  Plan so far: {question: lead.plan.place}
  Plan, remarks: {question: lead.plan.place, part: note}
  Ways (phone): {question: serve.online.ways, option: phone}
  Ways (desk): {question: serve.online.ways, option: desk}
  Colour: ignore
answers:
  lead.plan.place: {"0": none, "1": drafted, Done!: agreed}
"""
    rows: Rows = [
        ["Our returns", "", "", "", "", ""],
        ["Plan so far", "plan remarks", "Ways (phone)", "Ways (desk)", "Colour", "lead.plan.named"],
        ["DONE!", "at last", "y", "", "red", "Ie"],
    ]
    found = mapped(tmp_path, text, csv_bytes(rows))
    (one, _) = found.answers[0]
    values = {name: answer.value for name, answer in one.answers.items()}
    assert values == {"lead.plan.place": "agreed", "lead.plan.named": "yes", "serve.online.ways": ("phone",)}
    assert one.answers["lead.plan.place"].note == "at last"
    assert errors(found.problems) == []


def test_a_long_table_of_somebody_s_own(tmp_path: Path) -> None:
    text = """
sheet: Data
columns: {Body: organisation, When: period, Item no: question, Score: answer}
questions: {"1": lead.plan.place, "2": lead.plan.named}
answers:
  lead.plan.named: {"1": yes, "0": no}
"""
    rows: Rows = [["Body", "When", "Item no", "Score"], ["Cardiff", 2026, 1, 3], ["Cardiff", 2026, 2, 0]]

    def change(workbook: object) -> None:
        workbook["Answers"].title = "Data"  # type: ignore[index]
        workbook.create_sheet("Other").append(["question", "answer"])  # type: ignore[attr-defined]

    found = mapped(tmp_path, text, xlsx_bytes(rows, change), "t.xlsx")
    (one, _) = found.answers[0]
    assert {n: a.value for n, a in one.answers.items()} == {
        "lead.plan.place": "agreed",
        "lead.plan.named": "no",
    }


LEVELS = """
organisation: Cardiff
period: '2026'
answers:
  lead.plan.place: {"0": none, "1": drafted, "C+": agreed, "C-": drafted, N/A: none}
"""
PLACES: Rows = [["lead.plan.place", "lead.plan.named"]]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("0", "none"), ("1", "drafted"), ("1.0", "drafted"), ("0.00", "none"), (" c+ ", "agreed"),
        ("C–", "drafted"), ("n/a", "none"), ("agreed", "agreed"),
    ],
)  # fmt: skip
def test_mapped_answers_mean_what_the_mapping_says(tmp_path: Path, cell: str, value: str) -> None:
    found = mapped(tmp_path, LEVELS, csv_bytes([*PLACES, [cell, "yes"]]))
    assert errors(found.problems) == []
    assert found.answers[0][0].answers["lead.plan.place"].value == value


@pytest.mark.parametrize(
    "cell",
    [
        "2",
        "2.0",
        "3.",
        "3)",
        "5",
        "-1",
        "1?",
        "<1",
        ">0",
        "¹",
        "1%",
        "£1",
        "(1)",
        "~0",
        "0!",
        "C",
        "C*",
        "1.5",
        "01",
    ],
)
def test_what_a_mapping_does_not_name_is_no_number_counted_from_one(tmp_path: Path, cell: str) -> None:
    found = mapped(tmp_path, LEVELS, csv_bytes([*PLACES, [cell, "yes"]]))
    assert found.answers == []
    assert ("W095", "t.csv:2:1") in told(found.problems)
    assert errors(found.problems) == ["W095"]
    if cell == "C":
        assert "Did you mean 'c+'?" in found.problems[0].remedy()


def test_a_gap_in_a_mapped_column_of_a_workbook_changes_nothing(tmp_path: Path) -> None:
    found = mapped(tmp_path, LEVELS, xlsx_bytes([*PLACES, [1.0, "yes"]]), "t.xlsx")
    assert found.answers[0][0].answers["lead.plan.place"].value == "drafted"


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("columns: {A: {question: lead.plan.plaice}}", "W102", 3, 25),
        ("questions: {A: lead.plan.plaice}", "W102", 3, 16),
        ("answers: {lead.plan.plaice: {A: none}}", "W102", 3, 29),
        ("columns: {A: {question: serve.online.ways, option: pigeon}}", "W103", 3, 52),
        ("answers: {lead.plan.place: {A: nothing}}", "W103", 3, 32),
        ("organisation: Atlantis", "W104", 3, 15),
        ("columns: {A b: ignore, 'a  B': period}", "W107", 3, 32),
        ("answers: {lead.plan.place: {'1': none, '1.0': agreed}}", "W107", 3, 47),
        ("columns: {A: nothing}", "S004", 3, 14),
        ("colums: {A: ignore}", "S002", 3, 1),
    ],
)
def test_what_is_wrong_with_a_mapping(tmp_path: Path, text: str, code: str, line: int, column: int) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(START + text + "\n", encoding="utf-8")
    with pytest.raises(MaturityError) as raised:
        open_mapping(path, wales(), small()[0])
    found = {(p.kind.code, p.place.line) for p in raised.value.problems}
    assert (code, line) in found
    assert any(p.place.column == column for p in raised.value.problems), raised.value.problems
    for problem in raised.value.problems:
        assert problem.message() and problem.remedy()


def test_a_mapping_for_another_questionnaire_and_for_columns_that_are_gone(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(START, encoding="utf-8")
    with pytest.raises(MaturityError) as raised:
        open_mapping(tmp_path / "map.yaml", wales(), socitm())
    assert [p.kind.code for p in raised.value.problems] == ["W106"]
    rows: Rows = [["council", "period", "lead.plan.place"], ["Cardiff", "2026", "none"]]
    found = mapped(tmp_path, "columns: {Colour: ignore}\n", csv_bytes(rows))
    assert ("W105", f"{tmp_path}/map.yaml:3:19") in told(found.problems)
    assert len(found.answers) == 1


def test_what_exactly_matches_is_sure_and_scores_as_without_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = wide(list(truth().values()), socitm(), in_words("cy"), lambda q: q.text.to("cy"))
    path.write_bytes(csv_bytes(rows))
    made = draft(path, "t.csv", socitm())
    assert (made.alike, made.unknown) == (0, 0) and made.sure == len(rows[0])
    (tmp_path / "map.yaml").write_text(made.text, encoding="utf-8")
    plain = collect([path], wales(), open_questionnaire("socitm@1.0.0")).assessments
    again = collect([path], wales(), mapping=tmp_path / "map.yaml").assessments
    assert len(plain) == 21 and [c.digest for c in plain] == [c.digest for c in again]


@pytest.mark.parametrize("form", ["wide", "long"])
def test_suggestions_do_not_count_until_a_person_confirms_them(tmp_path: Path, form: str) -> None:
    """Of a table whose headings and labels are a little off; the suggestions happen to be right, so that confirming
    them all must give the council's own answers."""
    one = truth()["Bridgend"]
    show, question = in_words("en"), socitm().questions["leadership.strategy.in-place"]
    make = wide if form == "wide" else long
    rows = make([one], socitm(), show, lambda q: q.text.to("en"))
    label, text = show(question, one.answers[question.id]), question.text.to("en")
    rows = [
        [{label: f"{label[:-9]} anyway", text: f"{text[:-6]} now?"}.get(c, c) for c in row] for row in rows
    ]
    path = tmp_path / "t.csv"
    path.write_bytes(csv_bytes(rows))

    def read() -> Taken:
        made = draft(path, "t.csv", socitm()).text
        return confirmed(made)

    def confirmed(text: str) -> Taken:
        (tmp_path / "map.yaml").write_text(text, encoding="utf-8")
        assert load(tmp_path / "map.yaml").problems == []
        mapping = open_mapping(tmp_path / "map.yaml", wales())
        return read_file(path, "t.csv", wales(), How(None, None, mapping))

    made = draft(path, "t.csv", socitm())
    assert made.alike == 1 and re.search(r"# \d\d% alike", made.text)
    assert read().answers == []
    assert errors(read().problems)
    with_heading = re.sub(r"^( *)# (\".*)$", r"\1\2", made.text, flags=re.MULTILINE)
    # Now that the question is sure, its answer is looked at; a second draft would say so.
    assert "W095" in errors(confirmed(with_heading).problems)
    answered = one.answers[question.id].value
    found = confirmed(with_heading + f'answers:\n  {question.id}:\n    "{label[:-9]} anyway": {answered}\n')
    assert errors(found.problems) == []
    assert found.answers[0][0].answers == one.answers


def test_what_a_draft_says_is_in_the_language_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows: Rows = [
        ["Zz", "Is there a plan now?", "lead.plan.place"],
        ["a", "b", "Councillors have agreed the plan."],
    ]
    path.write_bytes(csv_bytes(rows))
    english, welsh = (
        draft(path, "t.csv", small()[0], Words(language)).text.splitlines() for language in LANGUAGES
    )
    said = [(one, other) for one, other in zip(english, welsh, strict=True) if one != other]
    # No council, no period, a heading like nothing, a heading and an answer that are like one. All else is the same.
    assert len(said) == 5
    assert all(line.lstrip().startswith("# ") for pair in said for line in pair)
    assert strange([other.strip(" #") for _, other in said], "cy") == []


@pytest.mark.parametrize(("guide", "language"), [("spreadsheets.md", "en"), ("spreadsheets.cy.md", "cy")])
def test_the_sample_of_a_draft_in_the_guide(tmp_path: Path, guide: str, language: Language) -> None:
    sample = (ROOT / "docs" / guide).read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    heading = re.search(r'# "(.*)": {question', sample)
    assert heading
    rows: Rows = [["Authority", "Period", heading[1]], ["Cardiff", "2026", "most"]]
    (tmp_path / "t.csv").write_bytes(csv_bytes(rows))
    made = draft(tmp_path / "t.csv", "t.csv", socitm(), Words(language)).text
    assert set(sample.splitlines()) <= set(made.splitlines())


def test_a_draft_of_nothing_alike_still_is_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(csv_bytes([["Zz", 'Q"1'], ["a", "b"]]))
    made = draft(path, "t.csv", socitm())
    (tmp_path / "map.yaml").write_text(made.text, encoding="utf-8")
    assert open_mapping(tmp_path / "map.yaml", wales()).mapping.columns == {}
    with pytest.raises(MaturityError):
        draft(path, "t.csv")


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return program.run(*words)


def test_the_commands(tmp_path: Path) -> None:
    table = tmp_path / "tabl â.csv"
    table.write_bytes((ROOT / "examples" / "tables" / "own-headings.csv").read_bytes())
    asked = run("mapping", table, "-q", "socitm@1.0.0")
    assert asked.returncode == 1 and asked.stdout.startswith("format: maturity-mapping/1\n")
    written = run("mapping", table, "-q", "socitm@1.0.0", "-o", tmp_path / "m.yaml")
    assert written.returncode == 1 and (tmp_path / "m.yaml").read_text(encoding="utf-8") == asked.stdout
    assert run("mapping", table, "-q", "socitm@1.0.0", "-o", tmp_path / "m.yaml").returncode == 2
    # Nothing is confirmed: no question is read.
    assert run("score", table, "--mapping", tmp_path / "m.yaml", "-o", "-").returncode == 2
    good = ROOT / "examples" / "tables" / "own-headings.yaml"
    scored = run("score", table, "--mapping", good, "-o", "-")
    assert scored.returncode == 0 and scored.stdout.count("\n") == 4
    table.write_text(table.read_text(encoding="utf-8-sig") + "Atlantis,yes,,1,1,1\n", encoding="utf-8")
    assert run("score", table, "--mapping", good, "-o", "-").returncode == 1
    assert run("score", table, "--mapping", good, "-o", "-", "--strict").stdout == ""
    assert run("score", table, "-q", "socitm@1.0.0", "--period", "soon").returncode == 2
    assert run("validate", ROOT / "examples" / "tables").returncode == 0


# Hostile workbooks, which the parts' checks stop before anything else looks at them


def inflated(sheet: bytes) -> bytes:
    """A workbook whose one sheet is this."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(xlsx_bytes([["council", "x"]]))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return out.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (inflated(SHEET % (b'<row s="1"/>' * 10_000_000)), "W004"),
        (inflated(SHEET % b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "W004"),
        (xlsx_bytes([["council", *["x"] * 16_383], ["Cardiff"]]), "W062"),
        (inflated(b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + SHEET % b""), "W005"),
        (b"council,period,lead.plan.place\nCardiff,2026,none\n", "W001"),
        (xlsx_bytes([["council", "x"]])[:-300], "W001"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "W002"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "W003"),
        (xlsx_bytes([["a", "b"], [1, 2]]), "W006"),
    ],
    ids=["rows", "far", "columns", "entities", "csv", "cut", "xls", "password", "no table"],
)  # fmt: skip
def test_hostile_workbooks(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(content)
    found = read_file(path, "t.xlsx", wales(), How(small()[0]))
    assert [p.kind.code for p in found.problems] == [code]
    assert found.problems[0].message() and found.problems[0].remedy()


def test_every_finding_of_tables_has_a_test() -> None:
    here = Path(__file__).parent
    tests = "".join(path.read_text(encoding="utf-8") for path in here.glob("test_tables*.py"))
    kinds = {kind.code for kind in vars(table_findings).values() if isinstance(kind, Kind)}
    assert {code for code in kinds if f'"{code}"' not in tests} == set()


def test_a_sheet_that_is_not_there_and_a_workbook_with_nothing_in_it_are_told(tmp_path: Path) -> None:
    questionnaire, register = socitm(), wales()
    path = tmp_path / "map.yaml"
    path.write_text(
        "format: maturity-mapping/1\nquestionnaire: {id: socitm, version: 1.0.0}\nsheet: Atebion\n"
        "columns: {Cyngor: organisation}\n",
        encoding="utf-8",
    )
    how = How(questionnaire, "2026", open_mapping(path, register, questionnaire))
    content = xlsx_bytes(wide(list(truth().values())[:1], questionnaire))
    (problem,) = taken(tmp_path, content, "t.xlsx", how).problems
    assert problem.kind.code == "W276" and "Answers" in problem.remedy()
    empty = taken(tmp_path, xlsx_bytes([]), "t.xlsx", How(questionnaire, "2026"))
    assert errors(empty.problems) == ["W006"]


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        ("Council: organisaton", "S004", "organisation"),
        ("Council: reson", "S004", "reason"),
        ("Council: {question: lead.plan.place, prt: note}", "S002", "part"),
    ],
)
def test_a_typo_in_a_role_is_one_finding(tmp_path: Path, line: str, code: str, hint: str) -> None:
    (tmp_path / "map.yaml").write_text(f"{START}columns:\n  {line}\n", encoding="utf-8")
    (problem,) = load(tmp_path / "map.yaml").problems
    assert (problem.kind.code, problem.place.line) == (code, 4)
    assert f"'{hint}'" in problem.remedy() or not hint
