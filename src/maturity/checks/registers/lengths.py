"""A register's cells fit into tables and headings, where they are shown."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import ListedSubject
from maturity.models.problem import Kind, Problem

TOO_LONG = Kind(
    "N207",
    "error",
    "This cell of '{column}' holds {found} characters, and {most} is the most.",
    "Shorten it: it stands in tables and headings, a row an organisation.",
)
MOST = 200
MOST_IN_ALIASES = 2000


def check(subject: ListedSubject) -> Iterator[Problem]:
    for i, row in enumerate(subject.rows):
        for column, cell in row.items():
            most = MOST_IN_ALIASES if column == "aliases" else MOST
            if len(cell) > most:
                about = {"column": column, "found": len(cell), "most": most}
                yield subject.document.problem(TOO_LONG, (i, column), **about)
