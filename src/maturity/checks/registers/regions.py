"""A region, and the register itself, is called the same in every row, in either language: else its councils fall into
two groups."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.registers.names import LANGUAGES, MISSING
from maturity.checks.subjects import ListedSubject
from maturity.models.problem import Kind, Phrase, Problem
from maturity.sources.register_file import OPTIONAL

OTHERWISE = Kind(
    "N050",
    "error",
    "'{region}' is '{found}' here, and '{other}' on line {first}.",
    "Write the same in both rows.",
)
OTHER_NAME = Kind(
    "N205",
    "error",
    "The register is called '{found}' here, and '{other}' on line {first}.",
    "Write the same in every row: it is what its councils are called together.",
)


def check(subject: ListedSubject) -> Iterator[Problem]:
    yield from otherwise(subject, "region_en", "region_cy")
    named = any(column in row for row in subject.rows[:1] for column in OPTIONAL)
    for column in OPTIONAL:
        if named and not subject.rows[0].get(column):
            language = LANGUAGES[column[-2:]]
            yield subject.document.problem(
                MISSING, (0, column), language=language, what=Phrase("name of the register")
            )
        for i, row in enumerate(subject.rows):
            if column in row and row[column] != subject.rows[0][column]:
                other, line = subject.rows[0][column], subject.document.place((0, column)).line
                yield subject.document.problem(
                    OTHER_NAME, (i, column), found=row[column], other=other, first=line
                )


def otherwise(subject: ListedSubject, english: str, welsh: str) -> Iterator[Problem]:
    """Where the same words of one column stand beside different ones of the other."""
    for one, other in ((english, welsh), (welsh, english)):
        first: dict[str, int] = {}
        for i, row in enumerate(subject.rows):
            if not row.get(one) or not row.get(other):
                continue
            j = first.setdefault(row[one], i)
            if subject.rows[j][other] != row[other]:
                about = {"region": row[one], "found": row[other], "other": subject.rows[j][other]}
                line = subject.document.place((j, other)).line
                yield subject.document.problem(OTHERWISE, (i, other), first=line, **about)
