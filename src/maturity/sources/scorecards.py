"""Reads scorecards that ``maturity score`` wrote, as a file that something may have changed since."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from maturity.models.problem import Problem
from maturity.sources.files import FileError, read_bytes
from maturity.sources.structure import misfits
from maturity.sources.yaml_reader import MAX_BYTES, Document, read_yaml

if TYPE_CHECKING:
    from maturity.models.scorecard_file import ScorecardFile

MOST_NODES = 1_000_000
"""A council's scorecard has some 3,000 values; every council's of several years are more than any file of people's."""
_MARK = b'"maturity-scorecards/1"'


@dataclass(frozen=True, slots=True)
class Filed:
    """A file of scorecards; `model` is None where `problems` stood in the way."""

    document: Document
    model: ScorecardFile | None
    problems: list[Problem] = field(default_factory=list)


def is_scorecards(path: Path) -> bool:
    """Whether a JSON file says at its beginning that it holds scorecards."""
    try:
        return path.suffix.lower() == ".json" and _MARK in read_bytes(path, at_most=200)
    except FileError:
        return False


def load_scorecards(path: Path) -> Filed:
    """The file's scorecards; every problem with its form is in the result, none is raised."""
    name = str(path)
    try:
        raw = read_bytes(path, at_most=MAX_BYTES)
    except FileError as error:
        return Filed(Document(name), None, list(error.problems))
    document = read_yaml(raw, name, MOST_NODES)
    if document.problems:
        return Filed(document, None, document.problems)
    try:
        return Filed(document, _adapter().validate_json(raw.removeprefix(b"\xef\xbb\xbf"), strict=True))
    except ValidationError as error:
        return Filed(document, None, misfits(document, error))


@cache
def _adapter() -> TypeAdapter[ScorecardFile]:
    from maturity.models.scorecard_file import ScorecardFile

    return TypeAdapter(ScorecardFile)
