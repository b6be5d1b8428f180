"""Workbooks that are broken, or meant to do harm: each is a problem, within stated limits, and none raises."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from effort import plain, spent
from maturity.intake import hostile
from maturity.intake.workbook import read_template
from maturity.models.assessment import Assessment
from maturity.models.problem import Problem
from workbook_data import assessment, open_small, rezipped, template, through_libreoffice


def read(
    tmp_path: Path, content: bytes, name: str = "answers.xlsx"
) -> tuple[Assessment | None, list[Problem]]:
    path = tmp_path / name
    path.write_bytes(content)
    return read_template(path, name, open_by_name=open_small)


def codes(tmp_path: Path, content: bytes, name: str = "answers.xlsx") -> list[str]:
    found, problems = read(tmp_path, content, name)
    assert found is None
    for problem in problems:
        assert problem.place.file == name
        assert problem.message() and problem.remedy()
    return [p.kind.code for p in problems]


MOST_WORK = 60
"""How many times as much work a hostile workbook of some ten megabytes may be as reading fifty thousand numbers."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "W001"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "W001"),
        (b"%PDF-1.7", "W001"),
        (b"question,answer\n1,2\n", "W001"),
        (b"<html></html>", "W001"),
        (b"PK\x03\x04 and nothing more", "W001"),
        (OLE, "W002"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "W003"),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, content: bytes, code: str) -> None:
    assert codes(tmp_path, content) == [code]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    found, problems = read_template(tmp_path / "gone.xlsx", "gone.xlsx")
    assert found is None and [p.kind.code for p in problems] == ["F020"]
    found, problems = read_template(tmp_path, "folder")
    assert found is None and [p.kind.code for p in problems] == ["F021"]


def test_cut_off_at_any_point(tmp_path: Path) -> None:
    whole = template("en", assessment())
    for share in range(0, 100, 7):
        assert codes(tmp_path, whole[: len(whole) * share // 100]) == ["W001"]


def test_bytes_changed_at_random_never_raise_and_never_read_wrong(tmp_path: Path) -> None:
    whole, right = template("en", assessment()), assessment().answers
    chance = random.Random(2026)
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        found, problems = read(tmp_path, bytes(damaged))
        assert found is not None or problems
        if found is not None:
            assert all(right[name] == answer for name, answer in found.answers.items())


def test_parts_that_are_damaged_inside_never_raise(tmp_path: Path) -> None:
    whole = template("en", assessment())
    chance = random.Random(7)
    parts = [n for n in zipfile.ZipFile(io.BytesIO(whole)).namelist() if n.endswith(".xml")]
    for turn in range(60):
        chosen = parts[turn % len(parts)]

        def change(name: str, part: bytes, chosen: str = chosen) -> bytes:
            if name != chosen:
                return part
            start = chance.randrange(len(part))
            return part[:start] + part[start + chance.randint(1, 40) :]

        found, problems = read(tmp_path, rezipped(whole, change))
        assert found is not None or problems


def test_other_archives(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert codes(tmp_path, out.getvalue()) == ["W001"]
    binary = rezipped(
        template(), lambda n, p: None if n == "xl/workbook.xml" else p, **{"xl/workbook.bin": b"x"}
    )
    assert codes(tmp_path, binary) == ["W002"]


def test_a_part_that_unfolds_to_gigabytes(tmp_path: Path) -> None:
    """Ten million empty rows, which zip to little."""
    rows = b"<row/>" * 9_000_000

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"<sheetData>", b"<sheetData>" + rows) if name.endswith("sheet2.xml") else part

    bomb = rezipped(template(), change)
    assert len(bomb) < 1_000_000
    assert codes(tmp_path, bomb) == ["W004"]


def test_a_part_that_lies_about_its_size(tmp_path: Path) -> None:
    """The directory says 10 bytes; nothing beyond what was said is ever unpacked."""
    content = bytearray(
        rezipped(template(), lambda n, p: p, **{"xl/worksheets/sheet99.xml": b"<a>" + b" " * 40_000_000})
    )
    at = content.rfind(b"xl/worksheets/sheet99.xml") - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    tracemalloc.start()
    assert codes(tmp_path, bytes(content)) == ["W001"]
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()


def test_too_many_parts_and_too_many_bytes(tmp_path: Path) -> None:
    many = {f"xl/part{n}.xml": b"<a/>" for n in range(hostile.MAX_ENTRIES)}
    assert codes(tmp_path, rezipped(template(), lambda n, p: p, **many)) == ["W004"]
    assert codes(tmp_path, b"PK" + bytes(hostile.MAX_FILE)) == ["W004"]


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>',
        b'<row r="1048576"><c t="n"><v>1</v></c></row><row r="1"><c r="XFD1"><v>1</v></c></row>',
        b"<row r='9999999'><c r='A9999999'><v>1</v></c></row>",
        b'<row><c\nr="ZZZZZ5"><v>1</v></c></row>',
        b'<row><c x=">" r="XFD1048576"><v>1</v></c></row>',
        b'<a-b:row xmlns:a-b="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><a-b:c r="XFD1048576"><a-b:v>1</a-b:v></a-b:c></a-b:row>',
    ],
)
def test_one_cell_far_away(tmp_path: Path, cell: bytes) -> None:
    """A dense reader would allocate a thousand million cells for it."""

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheetData>", cell + b"</sheetData>") if name.endswith("sheet2.xml") else part

    assert codes(tmp_path, rezipped(template("en", assessment()), change)) == ["W004"]


def test_an_empty_cell_far_away_does_no_harm(tmp_path: Path) -> None:
    cell = b'<row r="1048576"><c r="XFD1048576" s="1"/></row>'

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheetData>", cell + b"</sheetData>") if name.endswith("sheet2.xml") else part

    tracemalloc.start()
    found, problems = read(tmp_path, rezipped(template("en", assessment()), change))
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()
    assert problems == []
    assert found is not None and found.answers == assessment().answers


def test_xml_bombs_and_entities(tmp_path: Path) -> None:
    def change(name: str, part: bytes) -> bytes:
        bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        return part.replace(b"<workbook ", bomb + b"<workbook ") if name == "xl/workbook.xml" else part

    assert codes(tmp_path, rezipped(template("en", assessment()), change)) == ["W005"]


def test_the_same_part_twice(tmp_path: Path) -> None:
    out = io.BytesIO(template())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
    assert codes(tmp_path, out.getvalue()) == ["W005"]


@pytest.mark.system
def test_hostile_ods(tmp_path: Path) -> None:
    sound = through_libreoffice(template("en", assessment()), tmp_path / "lo", "ods")
    cell = (
        b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000" '
        b'office:value-type="float" office:value="1"/></table:table-row></table:table>'
    )

    def far(name: str, part: bytes) -> bytes:
        return part.replace(b"</table:table>", cell, 1) if name == "content.xml" else part

    def locked(name: str, part: bytes) -> bytes:
        if name != "META-INF/manifest.xml":
            return part
        return part.replace(b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>")

    assert codes(tmp_path, rezipped(sound, far), "a.ods") == ["W004"]
    assert codes(tmp_path, rezipped(sound, locked), "a.ods") == ["W003"]


@pytest.mark.parametrize(
    "text",
    [
        b"<c " * 3_000_000,
        b'<c r="' * 2_000_000,
        b"<row r" + b" " * 20_000_000,
        b"<c t" + b"='e' t" * 1_500_000,
        b"<c><f " * 1_500_000,
    ],
)
def test_text_that_would_make_a_search_slow(tmp_path: Path, text: bytes) -> None:
    def change(name: str, part: bytes) -> bytes:
        return (
            part.replace(b"</sheetData>", b"#" + text + b"</sheetData>")
            if name.endswith("sheet2.xml")
            else part
        )

    content = rezipped(template("en", assessment()), change)
    (found, problems), took = spent(lambda: read(tmp_path, content))
    assert found is not None or problems
    assert took < MOST_WORK * plain()


def test_a_cell_as_long_as_a_library(tmp_path: Path) -> None:
    """An answer, an id, a council and a heading of ten million letters each."""
    whole = template("en", assessment())
    for words in (
        b">45.5<",
        b">lead.plan.named<",
        b">Isle of Anglesey<",
        b">Your answer<",
        b">Budget<",
        b">Fairly sure<",
    ):
        content = rezipped(whole, lambda n, p, w=words: p.replace(w, b">" + b"x " * 5_000_000 + w[1:]))
        (found, problems), took = spent(lambda c=content: read(tmp_path, c))  # type: ignore[misc]
        assert problems
        assert took < MOST_WORK * plain()
        assert found is None or all(assessment().answers[k] == a for k, a in found.answers.items())
