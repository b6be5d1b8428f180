"""Populations are counts of people, and every organisation has a place of its own on the tile map."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maturity.checks.subjects import ListedSubject
from maturity.models.problem import Kind, Problem
from maturity.sources.yaml_reader import short

POPULATION = Kind(
    "N040",
    "error",
    "'{found}' is no number of residents.",
    "Write a whole number above 0, without commas or spaces, as in 68877.",
)
TILE = Kind("N041", "error", "'{found}' is no place on the tile map.", "Write a whole number, 0 or more.")
TILE_TAKEN = Kind(
    "N042",
    "error",
    "Another organisation stands on this tile, from line {first}.",
    "Give each its own 'tile_column' and 'tile_row'.",
)
_COUNT = re.compile("[1-9][0-9]{0,9}")
_STEP = re.compile("0|[1-9][0-9]?")


def check(subject: ListedSubject) -> Iterator[Problem]:
    taken: dict[tuple[int, int], int] = {}
    for i, row in enumerate(subject.rows):
        population = row.get("population_2021")
        if population is not None and not _COUNT.fullmatch(population):
            yield subject.document.problem(POPULATION, (i, "population_2021"), found=short(population))
        wrong = [c for c in ("tile_column", "tile_row") if c in row and not _STEP.fullmatch(row[c])]
        for column in wrong:
            yield subject.document.problem(TILE, (i, column), found=short(row[column]))
        if not wrong and "tile_column" in row and "tile_row" in row:
            first = taken.setdefault((int(row["tile_column"]), int(row["tile_row"])), i)
            if first != i:
                line = subject.document.place((first,)).line
                yield subject.document.problem(TILE_TAKEN, (i, "tile_column"), first=line)
