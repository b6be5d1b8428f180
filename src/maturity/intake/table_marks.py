"""What a spreadsheet knows beside its values: hidden sheets, rows and columns, and which cells are formulas.

The parser gives values alone, so the parts, which were measured before, are looked through once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from maturity.intake.formulas import number, sheet_parts, walk

_Attributes = dict[str, str]
MOST_REPEATED = 20_000


@dataclass(slots=True)
class Marks:
    """Of one sheet; rows count from 1, columns from 0."""

    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: set[tuple[int, int]] = field(default_factory=set)


def marks_of(parts: Mapping[str, bytes]) -> dict[str, Marks]:
    """Sheet's name → its marks. The parts were checked before."""
    if "content.xml" in parts:
        return _ods(parts["content.xml"])
    found: dict[str, Marks] = {}
    hidden = _hidden(parts.get("xl/workbook.xml", b"<a/>"))
    for name, part in sheet_parts(parts).items():
        marks = found[name] = Marks(hidden=name in hidden)
        if part in parts:
            _xlsx(parts[part], marks)
    return found


def _hidden(content: bytes) -> set[str]:
    """The names of the sheets that are not shown."""
    found: set[str] = set()

    def start(tag: str, attributes: _Attributes) -> None:
        if tag.rpartition(":")[2] == "sheet" and attributes.get("state", "visible") != "visible":
            found.add(attributes.get("name", ""))

    walk(content, start)
    return found


def _xlsx(content: bytes, marks: Marks) -> None:
    row = column = 0

    def start(tag: str, attributes: _Attributes) -> None:
        nonlocal row, column
        tag = tag.rpartition(":")[2]
        if tag == "c":
            reference = attributes.get("r", "")
            letters = reference.rstrip("0123456789")
            column = number(letters.encode()) if letters else column + 1
        elif tag == "f":
            marks.formulas.add((row, column))
        elif tag == "row":
            row = _whole(attributes.get("r")) or row + 1
            column = -1
            if attributes.get("hidden") in ("1", "true"):
                marks.hidden_rows.add(row)
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = _whole(attributes.get("min")), _whole(attributes.get("max"))
            marks.hidden_columns |= set(range(first - 1, min(last, first + MOST_REPEATED)))

    walk(content, start)


def _ods(content: bytes) -> dict[str, Marks]:
    found: dict[str, Marks] = {}
    unseen: set[str] = set()
    style = ""
    marks = Marks()
    row = column = at = high = 0

    def start(tag: str, attributes: _Attributes) -> None:
        nonlocal style, marks, row, column, at, high
        tag = tag.rpartition(":")[2]
        own = {k.rpartition(":")[2]: v for k, v in attributes.items()}
        if tag == "style":
            style = own.get("name", "")
        elif tag == "table-properties" and own.get("display") == "false":
            unseen.add(style)
        elif tag == "table":
            marks = found.setdefault(
                own.get("name", ""), Marks(hidden=own.get("style-name") in unseen and bool(unseen))
            )
            row = at = high = 0
        elif tag == "table-column":
            wide = _whole(own.get("number-columns-repeated")) or 1
            if own.get("visibility", "visible") != "visible":
                marks.hidden_columns |= set(range(at, at + min(wide, MOST_REPEATED)))
            at += wide
        elif tag == "table-row":
            row, column = row + high + 1 if high else row + 1, 0
            high = (_whole(own.get("number-rows-repeated")) or 1) - 1
            if own.get("visibility", "visible") != "visible":
                marks.hidden_rows |= set(range(row, row + min(high + 1, MOST_REPEATED)))
        elif tag in ("table-cell", "covered-table-cell"):
            if "formula" in own:
                marks.formulas.add((row, column))
            column += _whole(own.get("number-columns-repeated")) or 1

    walk(content, start)
    return found


def _whole(text: str | None) -> int:
    digits = (text or "").strip()[:10]
    return int(digits) if digits.isascii() and digits.isdigit() else 0
