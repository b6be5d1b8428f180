"""Copies to send back: the wrong cells marked and commented, a list with links, and nothing else of the workbook lost."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import program
from maturity.intake.annotate import annotated
from maturity.intake.workbook import read_template
from maturity.locale.words import Words
from maturity.models.problem import Problem
from table_data import socitm, truth, wide, xlsx_bytes
from workbook_data import (
    MADE_ON,
    SPEECHES,
    Speech,
    assessment,
    cell_of,
    edited,
    open_small,
    rezipped,
    template,
    through_libreoffice,
)

HEADINGS = {"en": "Your answer", "cy": "Eich ateb", "both": "Eich ateb / Your answer"}


def spoilt(workbook: Any, heading: str = "Your answer") -> None:
    cell_of(workbook, "lead.plan.place", heading).value = "2. A plan is draughted"
    cell_of(workbook, "serve.online.share", heading).value = 0.45
    cell_of(workbook, "serve.online.ways:phone", heading).value = '=HYPERLINK("http://x")'


def read(path: Path) -> list[Problem]:
    return read_template(path, str(path), open_by_name=open_small)[1]


def copied(path: Path) -> tuple[Any, list[Problem]]:
    problems = read(path)
    content = annotated(path, problems, MADE_ON, open_by_name=open_small)
    assert content is not None
    return openpyxl.load_workbook(io.BytesIO(content)), problems


def comments(workbook: Any) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }


@pytest.mark.parametrize("language", SPEECHES)
def test_comments_sit_on_the_wrong_cells_and_on_no_others(tmp_path: Path, language: Speech) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(edited(template(language, assessment()), lambda w: spoilt(w, HEADINGS[language])))
    before = path.read_bytes()
    workbook, problems = copied(path)
    assert path.read_bytes() == before
    assert {p.kind.code for p in problems} == {"W040", "W043", "W052"}
    found = comments(workbook)
    assert found.keys() == {(p.place.sheet, p.place.cell) for p in problems}
    for problem in problems:
        text = found[problem.place.sheet, problem.place.cell]
        words = Words("cy" if language == "cy" else "en")
        assert problem.kind.code in text and problem.remedy(words) in text
        cell = workbook[problem.place.sheet][problem.place.cell]
        assert cell.fill.fgColor.rgb == "00F9D5D2"
        assert cell.comment.author == "maturity"
        assert not cell.protection.locked
    listed = workbook.worksheets[0]
    rows = [row for row in listed.iter_rows(min_row=6) if row[0].value]
    assert [(r[0].value, r[3].value) for r in rows] == [
        (f"{p.place.sheet}!{p.place.cell}", p.kind.code) for p in problems
    ]
    for row, problem in zip(rows, problems, strict=True):
        assert row[0].hyperlink.location == f"'{problem.place.sheet}'!{problem.place.cell}"
        assert not any(cell.data_type == "f" for cell in row)


def survey(workbook: Any) -> dict[str, object]:
    """What a template lives by: its drop-downs, what is locked, hidden sheets, formulas, and what it says it is."""
    found: dict[str, object] = {}
    for sheet in workbook.worksheets:
        if sheet.title == "To put right":
            continue
        validations = sheet.data_validations.dataValidation
        found[sheet.title] = (
            sheet.sheet_state,
            sheet.protection.sheet,
            sorted((str(v.sqref), v.type, v.formula1, v.error, v.errorStyle) for v in validations),
            sorted(c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked),
            {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None},
            sorted(map(str, sheet.merged_cells.ranges)),
            sheet.freeze_panes,
            sheet.print_title_rows,
        )
    found["names"] = {name: defined.attr_text for name, defined in workbook.defined_names.items()}
    found["properties"] = {p.name: p.value for p in workbook.custom_doc_props.props}
    found["structure"] = workbook.security.lockStructure
    return found


def test_nothing_else_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(edited(template("en", assessment()), spoilt))
    workbook, _ = copied(path)
    assert survey(workbook) == survey(openpyxl.load_workbook(path))
    assert len(survey(workbook)["Serving"][2]) > 3  # type: ignore[index]


def test_drop_downs_in_the_form_of_excel_are_put_back(tmp_path: Path) -> None:
    """Excel may save a drop-down over another sheet's cells as an extension, which openpyxl does not know."""
    extension = (
        b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        b'<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        b'<x14:dataValidation type="list" allowBlank="1" showErrorMessage="1" errorTitle="a &amp; b" error="e">'
        b"<x14:formula1><xm:f>'_lists'!$E$2:$E$4</xm:f></x14:formula1><xm:sqref>F5 F6</xm:sqref>"
        b"</x14:dataValidation></x14:dataValidations></ext></extLst>"
    )

    def change(name: str, part: bytes) -> bytes:
        if name != "xl/worksheets/sheet2.xml":
            return part
        part = re.sub(rb"<dataValidations.*</dataValidations>", b"", part, flags=re.DOTALL)
        return part.replace(b"</worksheet>", extension + b"</worksheet>")

    path = tmp_path / "a.xlsx"
    path.write_bytes(rezipped(edited(template("en", assessment()), spoilt), change))
    workbook, _ = copied(path)
    (validation,) = workbook.worksheets[2].data_validations.dataValidation
    assert (str(validation.sqref), validation.formula1) == ("F5 F6", "'_lists'!$E$2:$E$4")
    assert (validation.type, validation.errorTitle, validation.allow_blank) == ("list", "a & b", True)


def test_a_copy_that_is_mended_comes_back_clean(tmp_path: Path) -> None:
    path, again = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(edited(template("en", assessment()), spoilt))
    workbook, _ = copied(path)
    cell_of(workbook, "lead.plan.place").value = "agreed"
    cell_of(workbook, "serve.online.share").value = "45.5%"
    cell_of(workbook, "serve.online.ways:phone").value = "Yes"
    workbook.save(again)
    found, problems = read_template(again, "b", open_by_name=open_small)
    assert problems == []
    assert found is not None and found.answers == assessment().answers


def test_somebody_elses_comment_is_kept(tmp_path: Path) -> None:
    from openpyxl.comments import Comment

    def change(workbook: Any) -> None:
        spoilt(workbook)
        cell_of(workbook, "lead.plan.place").comment = Comment("Ask Siân first", "A colleague")
        cell_of(workbook, "lead.plan.named").comment = Comment("As last year", "A colleague")

    path = tmp_path / "a.xlsx"
    path.write_bytes(edited(template("en", assessment()), change))
    found = {text for text in comments(copied(path)[0]).values() if "Siân" in text or "last year" in text}
    assert len(found) == 2 and "As last year" in found
    assert any("W040" in text and text.endswith("Ask Siân first") for text in found)


def test_merged_cells_and_whole_sheets(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        workbook["Serving"].merge_cells("F5:F6")
        workbook["Leading  a b  test"].delete_cols(6)

    path = tmp_path / "a.xlsx"
    path.write_bytes(edited(template("en", assessment()), change))
    workbook, problems = copied(path)
    assert "W028" in comments(workbook)["Serving", "F5"]
    assert "W025" in comments(workbook)["Leading  a b  test", "A4"]
    assert workbook.worksheets[0].max_row == 5 + len(problems)


@pytest.mark.parametrize(
    "part",
    [
        b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>',
    ],
)
def test_what_openpyxl_must_not_open_gets_a_fresh_template(tmp_path: Path, part: bytes) -> None:
    """A range over a whole sheet is a few bytes, and thousands of millions of cells to openpyxl."""

    def change(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet2.xml":
            return content
        return content.replace(b"</sheetData>", b"</sheetData>" + part, 1)

    path = tmp_path / "a.xlsx"
    content = edited(template("en", assessment()), spoilt)
    content = rezipped(content, lambda n, p: re.sub(rb"<sheetProtection[^>]*/>", b"", p))
    path.write_bytes(rezipped(content, change))
    workbook, problems = copied(path)
    assert workbook["Start"].protection.sheet
    assert {"W043", "W052"} <= {p.kind.code for p in problems}
    assert cell_of(workbook, "serve.online.share").value == 0.45
    assert "W043" in cell_of(workbook, "serve.online.share").comment.text


def test_macros_and_links_to_elsewhere_are_left_behind(tmp_path: Path) -> None:
    content = edited(template("en", assessment()), spoilt)
    link = b'<Relationship Id="rX" Type="http://x/externalLink" Target="http://evil.example/x" TargetMode="External"/>'

    def change(name: str, part: bytes) -> bytes:
        if name == "xl/_rels/workbook.xml.rels":
            return part.replace(b"</Relationships>", link + b"</Relationships>")
        return part

    path = tmp_path / "a.xlsx"
    path.write_bytes(
        rezipped(content, change, **{"xl/vbaProject.bin": b"macro", "xl/media/image1.png": b"png"})
    )
    raw = annotated(path, read(path), MADE_ON, open_by_name=open_small)
    assert raw is not None and b"evil" not in raw and b"vbaProject" not in raw
    workbook = openpyxl.load_workbook(io.BytesIO(raw))
    assert len(comments(workbook)) == 3


def test_what_is_no_template_has_no_copy(tmp_path: Path) -> None:
    for name, content in {"a.xlsx": b"PK nothing", "b.xlsx": b"", "c.xlsx": b"\xd0\xcf\x11\xe0"}.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert annotated(path, read(path), MADE_ON, open_by_name=open_small) is None
    other = openpyxl.Workbook()
    other.save(tmp_path / "d.xlsx")
    path = tmp_path / "d.xlsx"
    assert annotated(path, read(path), MADE_ON, open_by_name=open_small) is None


@pytest.mark.system
def test_an_ods_gets_an_xlsx_with_the_same_answers(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    content = edited(template("cy", assessment()), lambda w: spoilt(w, HEADINGS["cy"]))
    path.write_bytes(through_libreoffice(content, tmp_path / "office", "ods"))
    workbook, problems = copied(path)
    assert {"W040", "W043"} <= {p.kind.code for p in problems}
    assert comments(workbook).keys() == {(p.place.sheet, p.place.cell) for p in problems}
    assert cell_of(workbook, "lead.plan.place", HEADINGS["cy"]).value == "2. A plan is draughted"
    again = tmp_path / "b.xlsx"
    workbook.save(again)
    before, after = (read_template(p, "x", open_by_name=open_small)[0] for p in (path, again))
    assert before is not None and after is not None
    assert after.answers == before.answers and after.respondent == before.respondent


@pytest.mark.system
def test_the_copy_opens_in_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(edited(template("en", assessment()), spoilt))
    problems = read(path)
    content = annotated(path, problems, MADE_ON, open_by_name=open_small)
    assert content is not None
    office = through_libreoffice(content, tmp_path / "office", "xlsx")
    workbook = openpyxl.load_workbook(io.BytesIO(office))
    assert comments(workbook).keys() == {(p.place.sheet, p.place.cell) for p in problems}
    assert workbook.sheetnames[0] == "To put right"
    through_libreoffice(content, tmp_path / "pdf", "pdf")


# The command


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return program.run(*command)


EXAMPLE = Path(__file__).parent.parent / "examples" / "workbooks-2026"


def spoil(path: Path, source: str) -> bytes:
    workbook = openpyxl.load_workbook(EXAMPLE / source)
    sheet = workbook.worksheets[1]
    sheet["F5"].value = "2. Something of our own"
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)
    return path.read_bytes()


def test_files_of_one_name_do_not_clash_and_nothing_is_overwritten(tmp_path: Path) -> None:
    north, south = tmp_path / "in" / "gogledd â bwlch" / "a.xlsx", tmp_path / "in" / "south" / "A.xlsx"
    before = {north: spoil(north, "powys.xlsx"), south: spoil(south, "swansea.xlsx")}
    out = tmp_path / "allan"
    done = run("score", tmp_path / "in", "--annotate", out)
    assert done.returncode in (1, 2), done.stderr
    assert sorted(p.name for p in out.iterdir()) == ["A (2).xlsx", "a.xlsx"]
    assert {path: path.read_bytes() for path in before} == before
    written = {p: p.read_bytes() for p in out.iterdir()}
    again = run("score", tmp_path / "in", "--annotate", out)
    assert again.returncode == 2 and again.stderr.count("G021") == 2
    assert {p: p.read_bytes() for p in out.iterdir()} == written
    assert run("score", tmp_path / "in", "--annotate", out, "--force").returncode in (1, 2)


def test_copies_never_lie_among_the_answers(tmp_path: Path) -> None:
    spoil(tmp_path / "in" / "a.xlsx", "powys.xlsx")
    done = run("score", tmp_path / "in", "--annotate", tmp_path / "in" / "copies")
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert sorted(p.name for p in (tmp_path / "in").iterdir()) == ["a.xlsx"]


def test_without_findings_nothing_is_written(tmp_path: Path) -> None:
    done = run("score", EXAMPLE / "powys.xlsx", "--annotate", tmp_path / "out", "-o", "-")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "out").exists()
    assert "nothing was copied" in done.stderr


def table(folder: Path, suffix: str) -> Path:
    """Three councils' answers as a table, of which two cells and a heading are wrong."""
    rows = wide(list(truth().values())[:3], socitm())
    rows[1][6], rows[3][8] = "lots", "=1+1"
    content = xlsx_bytes(rows, lambda workbook: setattr(workbook.worksheets[0], "title", "Ein hatebion"))
    path = folder / f"survey.{suffix}"
    path.write_bytes(content if suffix == "xlsx" else through_libreoffice(content, folder / "ods", "ods"))
    return path


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_tables_are_copied_too_and_can_come_back(tmp_path: Path, suffix: str) -> None:
    path = table(tmp_path, suffix)
    before = path.read_bytes()
    done = run("score", path, "-q", "socitm@1.0.0", "--annotate", tmp_path / "out")
    assert done.returncode == 1, done.stderr
    assert path.read_bytes() == before
    copy = tmp_path / "out" / "survey.xlsx"
    workbook = openpyxl.load_workbook(copy)
    assert workbook.sheetnames == ["To put right", "Ein hatebion"]
    found = comments(workbook)
    assert "'lots'" in found["Ein hatebion", "G2"]
    assert ("Ein hatebion", "I4") in found
    assert workbook["Ein hatebion"]["G2"].fill.fgColor.rgb.endswith("F9D5D2")
    listed = {row[0].value for row in workbook["To put right"].iter_rows(min_row=6)}
    assert {"Ein hatebion!G2", "Ein hatebion!I4"} <= listed
    workbook["Ein hatebion"]["G2"].value = workbook["Ein hatebion"]["I4"].value = None
    workbook.save(copy)
    again = run("score", copy, "-q", "socitm@1.0.0")
    assert again.returncode == 0, again.stderr
    assert "To put right" not in again.stderr


def test_a_copy_says_that_pictures_are_not_in_it(tmp_path: Path) -> None:
    of_office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{of_office}/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    ).encode()
    plain = edited(template(), spoilt)
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        rezipped(plain, lambda _name, part: part, **{"xl/worksheets/_rels/sheet2.xml.rels": relations})
    )
    first = copied(path)[0].worksheets[0]
    assert first["A4"].value == "Pictures, charts and shapes of the original are not in this copy."
    path.write_bytes(plain)
    assert copied(path)[0].worksheets[0]["A4"].value is None
