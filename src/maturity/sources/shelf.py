"""The questionnaires and rubrics at hand: those that are bundled, and files that a user names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from maturity.models.base import version_key, within
from maturity.models.migration import Migration
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.sources.bundled import bundled
from maturity.sources.files import is_there
from maturity.sources.load import Loaded, expect, load

NO_QUESTIONNAIRE = Kind(
    "L001",
    "error",
    "There is no questionnaire '{wanted}' here.",
    "These are at hand: {known}. 'maturity list' shows them.",
)
NO_RUBRIC = Kind(
    "L002",
    "error",
    "There is no rubric '{wanted}' here.",
    "These are at hand: {known}. Or give a rubric's file.",
)
NO_FITTING_RUBRIC = Kind(
    "L003",
    "error",
    "No rubric at hand scores questionnaire {questionnaire}.",
    "These are at hand: {known}. Or give a rubric's file with --rubric.",
)
NO_MIGRATION = Kind(
    "L004",
    "error",
    "There is no migration to '{wanted}' here.",
    "These are at hand: {known}. Or give a migration's file.",
)


@dataclass(frozen=True)
class OnShelf:
    """A file whose name says what it is: <id>/questionnaire-<version>.yaml, <id>/rubric-<version>.yaml, or
    <id>/migration-<version>.yaml, which leads to that version of the questionnaire."""

    id: str
    version: str
    path: Path

    def __str__(self) -> str:
        return f"{self.id}@{self.version}"


@cache
def on_shelf(kind: str) -> tuple[OnShelf, ...]:
    """What is bundled of a `kind` ('questionnaire', 'rubric' or 'migration'), oldest version first."""
    found = [
        OnShelf(path.parent.name, path.stem.removeprefix(f"{kind}-"), path)
        for path in bundled("questionnaires").glob(f"*/{kind}-*.yaml")
    ]
    return tuple(sorted(found, key=lambda e: (e.id, version_key(e.version))))


@cache
def open_questionnaire(wanted: str) -> tuple[Questionnaire, Loaded]:
    """By ``id`` (its newest version), ``id@version``, or a file's path. Raises MaturityError."""
    loaded = _open("questionnaire", wanted, NO_QUESTIONNAIRE)
    return expect(loaded, Questionnaire), loaded


@cache
def open_rubric(wanted: str) -> tuple[Rubric, Loaded]:
    """By ``id`` (its newest version), ``id@version``, or a file's path. Raises MaturityError."""
    loaded = _open("rubric", wanted, NO_RUBRIC)
    return expect(loaded, Rubric), loaded


@cache
def open_migration(questionnaire_id: str, to: str) -> tuple[Migration, Loaded]:
    """The bundled one that leads to that version of the questionnaire. Raises MaturityError."""
    loaded = _open("migration", f"{questionnaire_id}@{to}", NO_MIGRATION)
    return expect(loaded, Migration), loaded


@cache
def rubric_for(questionnaire_id: str, version: str) -> tuple[Rubric, Loaded]:
    """The newest bundled rubric that scores this version of the questionnaire. Raises MaturityError."""
    for entry in reversed(on_shelf("rubric")):
        rubric, loaded = open_rubric(str(entry))
        if fits(rubric, questionnaire_id, version):
            return rubric, loaded
    known = ", ".join(map(str, on_shelf("rubric")))
    details = {"questionnaire": f"{questionnaire_id}@{version}", "known": known}
    raise MaturityError(Problem(NO_FITTING_RUBRIC, Place(questionnaire_id), details))


def fits(rubric: Rubric, questionnaire_id: str, version: str) -> bool:
    """Whether the rubric scores that version of that questionnaire."""
    if rubric.questionnaire.id != questionnaire_id:
        return False
    return within(version, rubric.questionnaire.versions)


def _open(kind: str, wanted: str, missing: Kind) -> Loaded:
    entries = on_shelf(kind)
    matching = [e for e in entries if wanted in (e.id, str(e))]
    if matching:
        entry = matching[-1]
        return load(entry.path, f"{entry.id}/{entry.path.name}")
    path = Path(wanted)
    if path.suffix.lower() in (".yaml", ".yml", ".json") or is_there(path):
        return load(path)
    raise MaturityError(
        Problem(missing, Place(wanted), {"wanted": wanted, "known": ", ".join(map(str, entries))})
    )
