"""Every organisation has a code of its own."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import ListedSubject
from maturity.models.problem import Kind, Problem

MISSING = Kind("N020", "error", "This organisation has no code.", "Write its code, as in W06000015.")
TWICE = Kind(
    "N021",
    "error",
    "The code '{code}' is used a second time; the first is on line {first}.",
    "Correct one of the two.",
)


def check(subject: ListedSubject) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for i, row in enumerate(subject.rows):
        code = row.get("gss_code")
        if code == "":
            yield subject.document.problem(MISSING, (i, "gss_code"))
        elif code is not None and (first := seen.setdefault(code.casefold(), i)) != i:
            line = subject.document.place((first, "gss_code")).line
            yield subject.document.problem(TWICE, (i, "gss_code"), code=code, first=line)
