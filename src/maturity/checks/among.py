"""What the files that are checked together say of each other: two that claim to be the same version, and those that
could not be read, on which others wait."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from maturity.checks.rubrics.versions import readable
from maturity.models.assessment import Assessment
from maturity.models.base import within
from maturity.models.migration import Migration
from maturity.models.problem import Kind, MaturityError, Phrase, Problem
from maturity.models.questionnaire import QUESTIONNAIRE_FORMAT, Questionnaire
from maturity.models.rubric import Rubric
from maturity.sources.files import read_bytes
from maturity.sources.load import Loaded
from maturity.sources.yaml_reader import MAX_BYTES, Loc

SAME_VERSION = Kind(
    "F040",
    "error",
    "{other} is {what} too, and says something else.",
    "Give one of the two a version of its own, or delete the one that does not count.",
)
WAITS = Kind(
    "F041",
    "warning",
    "The questionnaire {file} has errors of its own: what hangs on them is not checked here until they are corrected.",
    "Correct that file first, then check again.",
)

_FORMAT = re.compile(rf"^[\"']?format[\"']?:\s*[\"']?{re.escape(QUESTIONNAIRE_FORMAT)}", re.MULTILINE)
_ID = re.compile(r"^[\"']?id[\"']?:\s*[\"']?([a-z0-9_-]+)", re.MULTILINE)
_VERSION = re.compile(r"^[\"']?version[\"']?:\s*[\"']?(\d{1,6}\.\d{1,6}\.\d{1,6})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Broken:
    """A questionnaire with errors as a file, and what it is called, as far as its text tells."""

    path: Path
    id: str
    version: str | None


def same_version(opened: Iterable[Loaded]) -> Iterator[Problem]:
    """Questionnaires, rubrics and migrations that claim to be what another is, and mean something else: at both."""
    firsts: dict[str, Loaded] = {}
    for one in opened:
        what = _claim(one)
        if what is None:
            continue
        first = firsts.setdefault(str(what), one)
        if first.digest != one.digest:
            for here, other in ((first, one), (one, first)):
                yield here.document.problem(SAME_VERSION, _version_loc(here), other=other.path, what=what)


def _claim(loaded: Loaded) -> Phrase | None:
    model = loaded.model
    if isinstance(model, Migration):
        return Phrase(
            "the migration of '{questionnaire}' from {old} to {new}",
            questionnaire=model.questionnaire,
            old=model.from_,
            new=model.to,
        )
    name = f"{model.id}@{model.version}" if isinstance(model, Questionnaire | Rubric) else ""
    if isinstance(model, Questionnaire):
        return Phrase("questionnaire {name}", name=name)
    if isinstance(model, Rubric):
        return Phrase("rubric {name}", name=name)
    return None


def _version_loc(loaded: Loaded) -> Loc:
    return ("to",) if isinstance(loaded.model, Migration) else ("version",)


def broken_questionnaires(opened: Iterable[Loaded]) -> list[Broken]:
    """Those files that are questionnaires by their text, and could not be read as such."""
    return [found for one in opened if one.model is None for found in _broken(one)]


def _broken(loaded: Loaded) -> Iterator[Broken]:
    try:
        text = read_bytes(loaded.path, at_most=MAX_BYTES).decode("utf-8-sig", "replace")
    except MaturityError:
        return
    name, version = _ID.search(text), _VERSION.search(text)
    if name and (_FORMAT.search(text) or loaded.path.name.startswith("questionnaire-")):
        yield Broken(loaded.path, name[1], version[1] if version else None)


def waits(loaded: Loaded, broken: Sequence[Broken]) -> Problem | None:
    """Where a file is about a broken questionnaire: that not all can be checked."""
    model, loc = loaded.model, ("questionnaire",)
    if isinstance(model, Rubric):
        name, versions = model.questionnaire.id, model.questionnaire.versions
        if not readable(versions):
            return None
    elif isinstance(model, Migration):
        name, versions = model.questionnaire, f"<={model.to}"
    elif isinstance(model, Assessment):
        name, versions = model.questionnaire.id, f"=={model.questionnaire.version}"
    else:
        return None
    for one in broken:
        if one.id == name and (one.version is None or within(one.version, versions)):
            return loaded.document.problem(WAITS, loc, file=one.path)
    return None
