"""A table of open data: its columns, each with a stable name, a type and what it says; and its rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from maturity.locale.words import N_
from maturity.models.benchmark import Benchmark, Comparison
from maturity.models.disclosure import NOT_SCORED, SUPPRESSED
from maturity.models.summary import Summary
from maturity.models.text import Language, Text
from maturity.reports.tables import guarded

Kind = Literal["string", "number", "integer", "boolean"]
Cell = str | float | int | bool | None
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its stable name, what type its values are that are no symbols, and what they say, a message of the catalogue."""

    name: str
    type: Kind
    says: str


Taken = tuple[Column, Callable[[Any], Cell]]
"""A column beside what it takes from an item."""


@dataclass(frozen=True, slots=True)
class OpenTable:
    """One table. `says` is a message of the catalogue; `key` are the columns that tell rows apart; `refers` are (column, table, its column)."""

    name: str
    says: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: tuple[str, ...]
    refers: tuple[tuple[str, str, str], ...] = ()

    @property
    def csv(self) -> bytes:
        """The table as CSV in UTF-8, as RFC 4180 has it; words are guarded against being read as formulas."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([column.name for column in self.columns])
        writer.writerows([_plain(cell) for cell in row] for row in self.rows)
        return out.getvalue().encode("utf-8")


def table_of(
    name: str,
    says: str,
    items: Iterable[Item],
    columns: Sequence[tuple[Column, Callable[[Item], Cell]]],
    key: tuple[str, ...],
    *refers: tuple[str, str, str],
) -> OpenTable:
    """A row an item; every column beside what it takes from one."""
    rows = tuple(tuple(of(item) for _, of in columns) for item in items)
    return OpenTable(name, says, tuple(column for column, _ in columns), rows, key, refers)


def _plain(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return f"{cell:.10g}"
    return guarded(cell or "")


KEY = Column("key", "string", N_("The measure and its group, joined by dots."))
QUESTION = Column("question", "string", N_("The question's id."))
CODE = Column("code", "string", N_("The organisation's code in the register."))
ANSWER = Column(
    "answer", "string", N_("What was answered: ids of options, with blanks between, or a number.")
)
N = Column("n", "integer", N_("How many it is of."))
OF_MEASURE = ("key", "measures", "key")
OF_ORGANISATION = ("code", "organisations", "code")


def both(name: str, english: str, welsh: str, of: Callable[[Any], Text | None]) -> tuple[Taken, Taken]:
    """The columns of words in both languages, with what each says, beside the words; empty where there are none."""
    return _said(Column(f"{name}_en", "string", english), "en", of), _said(Column(f"{name}_cy", "string", welsh), "cy", of)  # fmt: skip


def _said(column: Column, language: Language, of: Callable[[Any], Text | None]) -> Taken:
    return column, lambda item: text.to(language) if (text := of(item)) else ""


def statistics(says: str, of: Callable[[Any], Summary], gap: str) -> tuple[Taken, ...]:
    """How many a summary is of, then median and quartiles, or `gap` where they are not given."""
    return (
        (Column("n", "integer", says), lambda item: of(item).n),
        (Column("median", "number", N_("The median.")), lambda item: or_symbol(of(item).median, gap)),
        (Column("q1", "number", N_("The lower quartile.")), lambda item: or_symbol(of(item).q1, gap)),
        (Column("q3", "number", N_("The upper quartile.")), lambda item: or_symbol(of(item).q3, gap)),
    )


def joined(measure: str, group: Sequence[str]) -> str:
    """A measure and its group as in KEY."""
    return ".".join((measure, *group))


def symbol(benchmark: Benchmark) -> str:
    """What stands where a statistic is not given."""
    return NOT_SCORED if benchmark.named else SUPPRESSED


def answer_ids(value: str | float | tuple[str, ...]) -> str:
    """An answer as in ANSWER."""
    if isinstance(value, tuple):
        return " ".join(value)
    return value if isinstance(value, str) else f"{value:.10g}"


def or_symbol(value: float | None, symbol: str) -> Cell:
    return symbol if value is None else value


def tags(comparison: Comparison) -> tuple[str, str]:
    by = dict(zip(comparison.by, comparison.group, strict=True))
    return by.get("dimension", ""), by.get("theme", "")
