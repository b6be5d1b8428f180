"""Every organisation has its names in both languages, and no name stands for two.

Names are compared as they are looked up: without case, accents, punctuation or a leading article.
"""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import ListedSubject
from maturity.models.problem import Kind, Phrase, Problem
from maturity.models.register import fold
from maturity.models.text import NAMES

MISSING = Kind(
    "N030", "error", "The {language} {what} is missing.", "Write it; where both are the same, write it twice."
)
TAKEN = Kind(
    "N031",
    "error",
    "'{name}' stands for another organisation too, on line {first}.",
    "Give each a name of its own, or delete it from one's aliases.",
)
WHAT = {
    "name": Phrase("name"),
    "authority": Phrase("full title"),
    "short": Phrase("short form"),
    "region": Phrase("region"),
}
LANGUAGES: dict[str, Phrase] = {str(code): name for code, name in NAMES.items()}


def check(subject: ListedSubject) -> Iterator[Problem]:
    taken: dict[str, int] = {}
    for i, row in enumerate(subject.rows):
        for part, what in WHAT.items():
            for code, language in LANGUAGES.items():
                column = f"{part}_{code}"
                if row.get(column) == "":
                    yield subject.document.problem(MISSING, (i, column), language=language, what=what)
        told: set[str] = set()
        for column, name in _spellings(row):
            folded = fold(name)
            first = taken.setdefault(folded, i)
            if first != i and folded not in told:
                told.add(folded)
                line = subject.document.place((first,)).line
                yield subject.document.problem(TAKEN, (i, column), name=name, first=line)


def _spellings(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Everything that an organisation may be called but its code, with the column that says so."""
    for column in ("name_en", "name_cy", "authority_en", "authority_cy"):
        if row.get(column):
            yield column, row[column]
    for alias in row.get("aliases", "").split(";"):
        if alias.strip():
            yield "aliases", alias.strip()
