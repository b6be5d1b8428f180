"""A register's own columns: ``attribute_area`` of numbers or words, ``attribute_type_en`` and ``attribute_type_cy``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from maturity.models.text import Text

RESERVED = ("code", "name", "region", "population", "nearest", "register")
"""What an attribute cannot be called: conditions and peer groups know these already."""

_COLUMN = re.compile("attribute_([a-z][a-z0-9]*(?:_[a-z0-9]+)*?)(?:_(en|cy))?")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?")


def attribute_of(column: str) -> tuple[str, str] | None:
    """The attribute that a column is of and its language ('' for none): ``attribute_type_cy`` → ('type', 'cy')."""
    found = _COLUMN.fullmatch(column)
    return (found[1], found[2] or "") if found else None


def attribute_columns(columns: Iterable[str]) -> dict[str, dict[str, str]]:
    """Attribute → language → column, in the columns' order."""
    found: dict[str, dict[str, str]] = {}
    for column in columns:
        if meant := attribute_of(column):
            found.setdefault(meant[0], {})[meant[1]] = column
    return found


def as_number(cell: str) -> float | None:
    """The number in a cell, written with a point and without spaces; None where it holds something else."""
    return float(cell) if _NUMBER.fullmatch(cell) else None


def are_numbers(cells: Sequence[str]) -> bool:
    """Whether a column is one of numbers: more than half of the cells that are filled hold one."""
    filled = [cell for cell in cells if cell]
    return sum(as_number(cell) is not None for cell in filled) * 2 > len(filled)


def further(rows: Sequence[Mapping[str, str]]) -> list[dict[str, Text | float]]:
    """For each row of a sound register: attribute → what it says; an empty cell says nothing."""
    found: list[dict[str, Text | float]] = [{} for _ in rows]
    for name, columns in attribute_columns(rows[0] if rows else ()).items():
        plain = columns.get("")
        numbers = plain is not None and are_numbers([row[plain] for row in rows])
        for row, said in zip(rows, found, strict=True):
            cells = {language: row[column] for language, column in columns.items() if row[column]}
            if not cells:
                continue
            number = as_number(cells.get("", "")) if numbers else None
            if number is not None:
                said[name] = number
            else:
                said[name] = Text.model_validate({"en": cells[""], "cy": cells[""]} if plain else cells)
    return found
