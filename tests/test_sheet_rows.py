"""Rows of long tables are written as openpyxl would write them."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from xml.etree.ElementTree import canonicalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook

from maturity.intake.sheet_rows import SheetRows, style_number
from maturity.intake.xlsx import PLAIN, TITLE, Look, Value, new_workbook, put, starts_like_formula, to_bytes

DAY = dt.date(2026, 11, 22)
LOOKS = (PLAIN, Look(bold=True, fill="E8F1F8", edge="D5D8DB", across="right", format="0.00"))
ODD: list[list[Value]] = [
    ["a", 1, 2.5, None],
    ["=1+1", "-5", "+x", "@SUM(A1)"],
    ["\tx", " two  spaces ", "  ", ""],
    ["a\nb", "a\r\nb", "\x00\x1f", "_x0041_"],
    ["<&>\"']]>", "ŵ😀\u202e", "1", "#N/A"],
    [0, -0.0, 1e-7, 1 / 3],
    [10**15, 123456789.123456789, 1e300, None],
    ["x" * 40_000, None, None, None],
]
VALUES = some.one_of(
    some.none(), some.text(max_size=12), some.integers(-(10**9), 10**9), some.floats(-1e9, 1e9)
)


def sheets(rows: list[list[Value]], *, straight: bool) -> tuple[str, bytes]:
    """The sheet's XML with styles instead of their numbers, and the workbook; row 1 has headings in cells."""
    workbook = new_workbook()
    sheet = workbook.create_sheet("Data")
    for column in range(1, 5):
        put(sheet, 1, column, f"Heading {column}", TITLE)
    below = SheetRows(sheet, 2) if straight else None
    for number, row in enumerate(rows):
        looks = [LOOKS[(number + n) % 2] for n in range(4)]
        if below is not None:
            styles = [
                style_number(sheet, look, quoted=starts_like_formula(value))
                for look, value in zip(looks, row, strict=True)
            ]
            below.add(19.5 + number, zip(row, styles, strict=True))
            continue
        for column, (value, look) in enumerate(zip(row, looks, strict=True), 1):
            put(sheet, number + 2, column, value, look)
        sheet.row_dimensions[number + 2].height = 19.5 + number
    content = to_bytes(workbook, title="T", language="en", made_on=DAY)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml, styles_xml = (
            parts.read("xl/worksheets/sheet1.xml").decode(),
            parts.read("xl/styles.xml").decode(),
        )
    formats = re.search("<cellXfs.*?</cellXfs>", styles_xml, re.DOTALL)
    assert formats is not None
    known = re.findall(r"<xf [^>]*/>|<xf [^>]*[^/]>.*?</xf>", formats[0])
    return canonicalize(re.sub(r' s="([0-9]+)"', lambda m: f" s={quoted(known[int(m[1])])}", xml)), content


def quoted(text: str) -> str:
    return '"' + text.replace('"', "'").replace("<", "(") + '"'


def test_odd_values_are_written_as_openpyxl_writes_them() -> None:
    ours, content = sheets(ODD, straight=True)
    assert ours == sheets(ODD, straight=False)[0]
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.dimensions == f"A1:D{len(ODD) + 1}"
    # Nothing became a formula.
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert sheet["A3"].value == "=1+1" and sheet["A3"].quotePrefix


@settings(max_examples=25)
@given(some.lists(some.lists(VALUES, min_size=4, max_size=4), max_size=5))
def test_any_values_are_written_as_openpyxl_writes_them(rows: list[list[Value]]) -> None:
    assert sheets(rows, straight=True)[0] == sheets(rows, straight=False)[0]


def test_neither_text_nor_number() -> None:
    sheet = new_workbook().create_sheet("Data")
    with pytest.raises(TypeError):
        SheetRows(sheet, 2).add(19, [(DAY, 0)])
