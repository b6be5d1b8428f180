"""Which cells of a workbook hold formulas: the parser gives only what they last came to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from xml.parsers import expat

from maturity.intake.layout import Seen

_FORMULA = re.compile(
    rb"""<(?:[^\s<>/:"'=]++:)?+c\s[^<>]*?\br\s*+=\s*+["']([A-Za-z]{1,3}+)([0-9]{1,7}+)["'][^<>]*+>\s*+<(?:[^\s<>/:"'=]++:)?+f[\s/>]"""
)
Cells = frozenset[tuple[int, int]]


def formulas(parts: Mapping[str, bytes], seen: Mapping[str, Seen]) -> dict[str, Cells]:
    """Sheet's name → (row, column) of each cell with a formula, counted from 0. `parts` were found to be sound;
    `seen` is what was seen in some of them already."""
    if "content.xml" in parts:
        return _of_ods(parts["content.xml"])
    found = {}
    for title, part in sheet_parts(parts).items():
        if part in seen:
            found[title] = seen[part].formulas
        else:
            cells = _FORMULA.findall(parts.get(part, b""))
            found[title] = frozenset((int(row) - 1, number(letters)) for letters, row in cells)
    return found


def number(letters: bytes) -> int:
    """A column's number, counted from 0: ``AB`` → 27."""
    found = 0
    for letter in letters.upper():
        found = found * 26 + letter - 64
    return found - 1


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Sheet's name → the part of the archive that holds it."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            target = posixpath.normpath(
                posixpath.join("/xl", attributes.get("Target", "").replace("\\", "/"))
            )
            targets[attributes.get("Id", "")] = target.lstrip("/")

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet" and "name" in attributes:
            ids = [value for key, value in attributes.items() if key.endswith(":id")]
            sheets[attributes["name"]] = targets.get(ids[0], "") if ids else ""

    walk(parts.get("xl/_rels/workbook.xml.rels", b"<a/>"), relation)
    walk(parts.get("xl/workbook.xml", b"<a/>"), sheet)
    return sheets


def walk(content: bytes, start: Callable[[str, dict[str, str]], None]) -> None:
    """Calls `start` with name and attributes of each element of a part that was found to be sound."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(content, True)


def _of_ods(content: bytes) -> dict[str, Cells]:
    """Cells that are repeated are counted, and the formula is the first one's."""
    found: dict[str, set[tuple[int, int]]] = {}
    title, row, height, column = "", 0, 0, 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal title, row, height, column
        name = tag.rpartition(":")[2]
        if name in ("table-cell", "covered-table-cell"):
            if any(key.endswith(":formula") for key in attributes):
                found.setdefault(title, set()).add((row, column))
            column += _times(attributes, ":number-columns-repeated")
        elif name == "table-row":
            row, column = row + height, 0
            height = _times(attributes, ":number-rows-repeated")
        elif name == "table":
            title = next((value for key, value in attributes.items() if key.endswith(":name")), "")
            row = height = 0

    walk(content, start)
    return {name: frozenset(cells) for name, cells in found.items()}


def _times(attributes: Mapping[str, str], what: str) -> int:
    said = next((value for key, value in attributes.items() if key.endswith(what)), "1")
    return int(said) if said.isdigit() else 1
