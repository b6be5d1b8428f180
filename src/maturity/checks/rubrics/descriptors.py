"""No level is named or described like another of its bands: a council could not tell what it has yet to reach."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import ValuedSubject
from maturity.checks.texts import repeated
from maturity.models.problem import Kind, Problem
from maturity.models.rubric import Band
from maturity.models.text import Text
from maturity.sources.yaml_reader import Loc

REPEATED = Kind(
    "R047",
    "warning",
    "The level '{level}' reads here like the one on line {first}.",
    "Say what sets the two levels apart.",
)


def check(subject: ValuedSubject) -> Iterator[Problem]:
    document = subject.document
    for name, bands in subject.rubric.bands.items():
        for wordings in _kinds_of_words(subject, name):
            for here, there in repeated(wordings):
                level = bands[int(here[2])].id
                yield document.problem(REPEATED, here, level=level, first=document.place(there).line)


def _kinds_of_words(subject: ValuedSubject, name: str) -> Iterator[list[tuple[Loc, Text]]]:
    """Names, descriptions, and the descriptions for each dimension: each sort is compared with itself."""
    of_name = subject.rubric.bands[name]
    levels: list[tuple[Loc, Band]] = [(("bands", name, i), band) for i, band in enumerate(of_name)]
    yield [((*loc, "name"), band.name) for loc, band in levels]
    yield [((*loc, "description"), band.description) for loc, band in levels if band.description]
    for dimension in dict.fromkeys(d for _, band in levels for d in band.for_dimension):
        yield [
            ((*loc, "for_dimension", dimension), band.for_dimension[dimension])
            for loc, band in levels
            if dimension in band.for_dimension
        ]
