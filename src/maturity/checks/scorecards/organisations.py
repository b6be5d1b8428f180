"""A scorecard is a council's of the register, under its code and name."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import FiledSubject
from maturity.models.problem import Kind, Problem
from maturity.sources.yaml_reader import short

NO_CODE = Kind(
    "C030",
    "error",
    "No council of the register has the code '{code}'.",
    "Score the answers anew, or correct the code.",
)
OTHER_NAME = Kind(
    "C031",
    "error",
    "{code} is {name} in the register, and '{found}' here.",
    "Score the answers anew, or correct the code or the name.",
)


def check(subject: FiledSubject) -> Iterator[Problem]:
    document = subject.document
    for i, one in enumerate(subject.filed):
        loc = ("scorecards", i)
        known = subject.register.by_code.get(one.code)
        if known is None:
            yield document.problem(NO_CODE, (*loc, "code"), code=short(one.code))
            continue
        for language, name in one.name.root.items():
            if name != known.name.to(language):
                about = {"code": one.code, "name": known.name.to(language), "found": short(name)}
                yield document.problem(OTHER_NAME, (*loc, "name", language), **about)
