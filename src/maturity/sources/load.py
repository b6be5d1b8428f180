"""Opens one of our files: what kind it is, its model, and what is wrong with it as a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from maturity.models.assessment import ASSESSMENT_FORMAT, Assessment
from maturity.models.judgements import JUDGEMENTS_FORMAT, Judgements
from maturity.models.mapping import MAPPING_FORMAT, Mapping
from maturity.models.migration import MIGRATION_FORMAT, Migration
from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem, quoted
from maturity.models.questionnaire import QUESTIONNAIRE_FORMAT, Questionnaire
from maturity.models.rubric import RUBRIC_FORMAT, Rubric
from maturity.sources.digest import digest
from maturity.sources.files import FileError, read_bytes
from maturity.sources.meant import quoted_in_file
from maturity.sources.structure import to_model
from maturity.sources.yaml_reader import MAX_BYTES, NOT_A_MAPPING, Document, read_yaml

Opened = Questionnaire | Rubric | Migration | Judgements | Assessment | Mapping

FORMATS: dict[str, type[Opened]] = {
    QUESTIONNAIRE_FORMAT: Questionnaire,
    RUBRIC_FORMAT: Rubric,
    MIGRATION_FORMAT: Migration,
    JUDGEMENTS_FORMAT: Judgements,
    ASSESSMENT_FORMAT: Assessment,
    MAPPING_FORMAT: Mapping,
}

M = TypeVar("M", Questionnaire, Rubric, Migration, Judgements, Assessment, Mapping)

NO_FORMAT = Kind(
    "F012",
    "error",
    "The file does not say what it is: 'format:' is missing.",
    "Start it with 'format:' and one of: {formats}.",
)
UNKNOWN_FORMAT = Kind(
    "F013",
    "error",
    "'{found}' is not a format that this version reads.",
    "Write one of: {formats}. If the file was made for a newer version of this program, upgrade.",
)
NOT_EXPECTED = Kind(
    "F014",
    "error",
    "This file holds: {found}. Wanted here: {wanted}.",
    "Name a file with 'format: {format}'.",
)
NOT_JSON = Kind(
    "F043",
    "error",
    "This is not JSON, as the file's name says it is: {reason}.",
    "Correct it here or just before: other programs refuse it. Or call the file .yaml, which allows more.",
)
OURS = (
    "maturity-scorecards/",
    "maturity-benchmark/",
    "maturity-findings/",
    "maturity-explanation/",
    "maturity-plan/",
    "maturity-diff/",
    "maturity-migrated/",
)
"""What the program itself writes as JSON; in a folder of answers it is left aside."""


@dataclass(frozen=True)
class Loaded:
    """A file that was opened; `model` is None where `problems` stood in the way."""

    path: Path
    document: Document
    model: Opened | None
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_output(self) -> bool:
        """Whether the program itself wrote it as a result."""
        data = self.document.data
        return isinstance(data, dict) and str(data.get("format", "")).startswith(OURS)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file's meaning."""
        return digest(self.document.data)


def load(path: Path, name: str | None = None) -> Loaded:
    """Opens a questionnaire, rubric or assessment; every problem is in the result, none is raised.

    `name` is how problems call the file, where that is not its path.
    """
    name = name or str(path)
    try:
        raw = read_bytes(path, at_most=MAX_BYTES)
    except FileError as error:
        return Loaded(path, Document(name), None, list(error.problems))
    document = read_yaml(raw, name)
    problems = list(document.problems)
    if document.data is None and problems:
        return Loaded(path, document, None, problems + _salvaged_misfits(document))
    if path.suffix.lower() == ".json" and not problems:
        problems += _as_json(raw, name)
    model_type = format_of(document.data)
    if model_type is None:
        return Loaded(path, document, None, problems + list(_of_no_format(document)))
    model, misfits = to_model(model_type, document)
    problems += _untold(misfits, problems)
    return Loaded(path, document, None if problems else model, problems)


def _of_no_format(document: Document) -> Iterator[Problem]:
    formats = ", ".join(FORMATS)
    if not isinstance(document.data, dict):
        yield document.problem(NOT_A_MAPPING, example=ASSESSMENT_FORMAT)
    elif "format" in document.data:
        found = quoted_in_file(document.data["format"])
        problem = document.problem(UNKNOWN_FORMAT, ("format",), found=found, formats=formats)
        yield from _untold([problem], document.problems)
    elif () not in document.unread:
        yield document.problem(NO_FORMAT, formats=formats)


def _untold(misfits: Iterable[Problem], problems: Iterable[Problem]) -> list[Problem]:
    told = {problem.place for problem in problems}
    return [misfit for misfit in misfits if misfit.place not in told]


def _salvaged_misfits(document: Document) -> list[Problem]:
    """What is wrong with keys and values before the place where a file stops being YAML."""
    model_type = format_of(document.salvaged)
    if model_type is None:
        return []
    return _untold(to_model(model_type, replace(document, data=document.salvaged))[1], document.problems)


def format_of(data: object) -> type[Opened] | None:
    """What a file's data says that it is; None where that is nothing of ours."""
    said = data.get("format") if isinstance(data, dict) else None
    return FORMATS.get(said) if isinstance(said, str) else None


def _as_json(raw: bytes, name: str) -> list[Problem]:
    """What keeps other programs from reading a file as JSON; our reader takes commas at the end, and comments."""
    try:
        json.loads(raw.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        reason = _OF_JSON.get(error.msg) or quoted(error.msg)
        return [Problem(NOT_JSON, Place(name, error.lineno, error.colno), {"reason": reason})]
    except ValueError:
        return [Problem(NOT_JSON, Place(name), {"reason": Phrase("a number has too many digits")})]
    return []


_OF_JSON: dict[str, Phrase] = {
    "Expecting value": Phrase("a value is missing"),
    "Expecting property name enclosed in double quotes": Phrase("a key in double quotes is missing"),
    "Illegal trailing comma before end of object": Phrase("there is a comma behind the last entry"),
    "Illegal trailing comma before end of array": Phrase("there is a comma behind the last entry"),
    "Expecting ':' delimiter": Phrase("a colon is missing"),
    "Expecting ',' delimiter": Phrase("a comma is missing"),
    "Unterminated string starting at": Phrase("a text that begins here never ends"),
    "Invalid control character at": Phrase("a text holds a character that must be written with a backslash"),
    "Extra data": Phrase("something stands behind the end"),
}
"""What Python says of JSON, in our words."""


def expect(loaded: Loaded, model_type: type[M]) -> M:
    """The file's model, if it is one of that type. Raises MaturityError with what stands in the way."""
    if loaded.problems:
        raise MaturityError(*loaded.problems)
    if isinstance(loaded.model, model_type):
        return loaded.model
    wanted = next(f for f, m in FORMATS.items() if m is model_type)
    found, name = type(loaded.model).__name__.lower(), model_type.__name__.lower()
    raise MaturityError(
        loaded.document.problem(NOT_EXPECTED, ("format",), found=found, wanted=name, format=wanted)
    )
