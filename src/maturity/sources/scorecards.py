"""Reads scorecards that ``maturity score`` wrote, as a file that something may have changed since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from maturity.models.problem import Kind, Phrase, Place, Problem
from maturity.sources.files import FileError, read_bytes
from maturity.sources.parts import count, growing
from maturity.sources.structure import misfits
from maturity.sources.yaml_reader import MAX_BYTES, MAX_PROBLEMS, STOPPED, TOO_BIG, Document, read_yaml

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from maturity.models.scorecard_file import FiledScorecard, ScorecardFile

NO_JSON = Kind(
    "F310",
    "error",
    "This is no JSON: a comma, a bracket or a quotation mark is missing before this place, or there is one too many.",
    "Scorecards are not to be written by hand: make them anew with 'maturity score -o'.",
)
MAX_FILED = 400_000
"""A council's scorecard has some 3,000 values: those of every council for five years and a half, read whole."""
MAX_CARD = 20_000
SCORECARDS_FORMAT = "maturity-scorecards/1"
_MARK = f'"{SCORECARDS_FORMAT}"'.encode()
_PART = 5_000
"""Of a wrong card the values by which what is checked grows: one that is wrong can bring nine errors."""


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
    return read_scorecards(raw, name)


def read_scorecards(raw: bytes, name: str) -> Filed:
    """The same of a file's bytes."""
    document = read_yaml(raw, name, MAX_FILED)
    problems = document.problems or list(_too_large(document))
    if problems:
        return Filed(document, None, problems)
    try:
        return Filed(document, _adapter().validate_json(raw.removeprefix(b"\xef\xbb\xbf"), strict=True))
    except ValidationError:
        pass  # It tells of the first card that is wrong, and at any length.
    problems = _misfits(document) or misfits(document, _errors(document.data))
    return Filed(document, None, problems or [_no_json(raw, name)])


def _no_json(raw: bytes, name: str) -> Problem:
    """What is YAML can be no JSON all the same."""
    try:
        json.loads(raw)
    except json.JSONDecodeError as error:
        return Problem(NO_JSON, Place(name, error.lineno, error.colno))
    return Problem(NO_JSON, Place(name))


def written(one: FiledScorecard) -> bytes:
    """A scorecard as JSON, a line a value."""
    return _card_adapter().dump_json(one, indent=1)


def as_read(one: FiledScorecard) -> FiledScorecard:
    """A scorecard as it comes back from a file: what is not filed of it is gone."""
    return _card_adapter().validate_json(_card_adapter().dump_json(one))


def _cards(document: Document) -> list[Any]:
    cards = document.data.get("scorecards") if isinstance(document.data, dict) else None
    return cards if isinstance(cards, list) else []


def _too_large(document: Document) -> Iterator[Problem]:
    limit = Phrase("{n} values in a scorecard", n=MAX_CARD)
    for i, card in enumerate(_cards(document)):
        if count(card) > MAX_CARD:
            yield document.problem(
                TOO_BIG, ("scorecards", i), what=Phrase("over {limit}", limit=limit), limit=limit
            )


def _misfits(document: Document) -> list[Problem]:
    """What is wrong with each scorecard's form, and with what stands around them (MAX_PROBLEMS and a note, at most)."""
    cards = _cards(document)
    if not cards:
        return []
    problems = misfits(document, _errors({**document.data, "scorecards": []}))
    for i, card in enumerate(cards):
        for data, cut in growing(card, count(card), _PART):
            errors = _errors({"format": SCORECARDS_FORMAT, "scorecards": [data]})
            for error in errors:
                error["loc"] = ("scorecards", i, *error["loc"][2:])
            found = misfits(document, errors, None if cut is None else ("scorecards", i, *cut))
            if cut is None or len(found) > MAX_PROBLEMS:
                problems += found
                break
        if len(problems) > MAX_PROBLEMS:
            last = problems[MAX_PROBLEMS - 1]
            return [*problems[:MAX_PROBLEMS], Problem(STOPPED, last.place, {"limit": MAX_PROBLEMS})]
    return problems


def _errors(data: Any) -> list[ErrorDetails]:
    try:
        _adapter().validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


@cache
def _adapter() -> TypeAdapter[ScorecardFile]:
    from maturity.models.scorecard_file import ScorecardFile

    return TypeAdapter(ScorecardFile)


@cache
def _card_adapter() -> TypeAdapter[FiledScorecard]:
    from maturity.models.scorecard_file import FiledScorecard

    return TypeAdapter(FiledScorecard)
