"""A region is called the same in every row, in either language: else its councils fall into two groups."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import ListedSubject
from maturity.models.problem import Kind, Problem

OTHERWISE = Kind(
    "N050",
    "error",
    "'{region}' is '{found}' here, and '{other}' on line {first}.",
    "Write the same in both rows.",
)


def check(subject: ListedSubject) -> Iterator[Problem]:
    for one, other in (("region_en", "region_cy"), ("region_cy", "region_en")):
        first: dict[str, int] = {}
        for i, row in enumerate(subject.rows):
            if not row.get(one) or not row.get(other):
                continue
            j = first.setdefault(row[one], i)
            if subject.rows[j][other] != row[other]:
                about = {"region": row[one], "found": row[other], "other": subject.rows[j][other]}
                line = subject.document.place((j, other)).line
                yield subject.document.problem(OTHERWISE, (i, other), first=line, **about)
