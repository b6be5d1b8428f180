"""A register's own columns say each thing in one way: numbers in numbers, words in both languages, each translated once."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.registers.names import LANGUAGES
from maturity.checks.registers.regions import otherwise
from maturity.checks.subjects import ListedSubject
from maturity.models.problem import Kind, Problem
from maturity.sources.attributes import RESERVED, are_numbers, as_number, attribute_columns
from maturity.sources.yaml_reader import short

TAKEN = Kind(
    "N200",
    "error",
    "An attribute cannot be called '{name}'.",
    "Choose another name: {reserved} have a meaning of their own.",
)
ONE_LANGUAGE = Kind(
    "N201",
    "error",
    "The attribute '{name}' has the column '{column}' and no '{other}'.",
    "Add '{other}', or call the column '{plain}' if what it says is the same in both languages.",
)
TWO_WAYS = Kind(
    "N202",
    "error",
    "The attribute '{name}' has a column of its own and one by language.",
    "Keep '{column}' alone, or the two that end in _en and _cy.",
)
NO_NUMBER = Kind(
    "N203",
    "error",
    "'{found}' is no number, and most of the column '{column}' are.",
    "Write it with a point and without spaces or units, as in 12.5; leave the cell empty where it is not known.",
)
HALF = Kind(
    "N204",
    "error",
    "The {language} is missing of what the other language says here.",
    "Write it, or empty both cells where it is not known.",
)


def check(subject: ListedSubject) -> Iterator[Problem]:
    rows, document = subject.rows, subject.document
    for name, columns in attribute_columns(rows[0] if rows else ()).items():
        column = next(iter(columns.values()))
        if name in RESERVED:
            yield document.problem(TAKEN, (0, column), name=name, reserved=", ".join(RESERVED))
        if "" in columns and len(columns) > 1:
            yield document.problem(TWO_WAYS, (0, columns[""]), name=name, column=columns[""])
        elif "" in columns:
            yield from _numbers(subject, columns[""])
        elif len(columns) == 1:
            plain = f"attribute_{name}"
            other = f"{plain}_cy" if "en" in columns else f"{plain}_en"
            yield document.problem(
                ONE_LANGUAGE, (0, column), name=name, column=column, other=other, plain=plain
            )
        else:
            yield from _halves(subject, columns)
            yield from otherwise(subject, columns["en"], columns["cy"])


def _numbers(subject: ListedSubject, column: str) -> Iterator[Problem]:
    if not are_numbers([row[column] for row in subject.rows]):
        return
    for i, row in enumerate(subject.rows):
        if row[column] and as_number(row[column]) is None:
            yield subject.document.problem(NO_NUMBER, (i, column), found=short(row[column]), column=column)


def _halves(subject: ListedSubject, columns: dict[str, str]) -> Iterator[Problem]:
    for i, row in enumerate(subject.rows):
        empty = [language for language, column in columns.items() if not row[column]]
        if len(empty) == 1:
            language = LANGUAGES[empty[0]]
            yield subject.document.problem(HALF, (i, columns[empty[0]]), language=language)
