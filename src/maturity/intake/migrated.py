"""Carries files of answers over to another version of their questionnaire: read, migrated, not yet written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from maturity.checks.by_rules import rule_problems
from maturity.intake.migrated_rivals import rivals
from maturity.intake.reading import OTHER_FORMAT, read_assessment
from maturity.models.assessment import Assessment
from maturity.models.migration import Migration
from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Register
from maturity.sources.files import read_bytes
from maturity.sources.load import Loaded, load
from maturity.sources.search import TABLE_SUFFIXES, TEXT_SUFFIXES, WORKBOOK_SUFFIXES, find_files
from maturity.sources.shelf import open_questionnaire
from maturity.sources.structure import to_model
from maturity.sources.write_assessment import to_json, to_yaml
from maturity.sources.yaml_reader import MAX_BYTES, read_yaml
from maturity.versions.route import AtHand, Journey, travel

NOTHING_TO_USE = Kind(
    "M003",
    "error",
    "Neither a questionnaire nor a migration is in here.",
    "Name files that start with 'format: maturity-questionnaire/1' or 'format: maturity-migration/1', or their folder.",
)
NO_TABLES = Kind(
    "M040",
    "error",
    "Answers in a table are not migrated: it has no place for what is kept aside.",
    "Score it by the version that it answers. What is to be migrated belongs into files of answers, or workbooks that "
    "'maturity template' made.",
)
NOT_READ_BACK = Kind(
    "M007",
    "error",
    "What would be written of this file could not be read again: {why}",
    "Take out of kept_aside what nobody needs any longer, or shorten notes. The original stays as it was.",
)


@dataclass(frozen=True, slots=True)
class FileMigrated:
    """A file of answers, from which version it comes, and where it has come; `journey` is None where `problems` stand
    in the way. A journey of no steps is one that was not needed. `raw` is what was in the file before it was read.
    """

    path: Path
    start: str = ""
    journey: Journey | None = None
    problems: tuple[Problem, ...] = ()
    raw: bytes = b""

    @property
    def is_workbook(self) -> bool:
        return self.path.suffix.lower() in WORKBOOK_SUFFIXES


@dataclass(slots=True)
class FilesMigrated:
    """All files of answers, what is wrong with paths, and the files in folders that are no answers."""

    files: list[FileMigrated] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_aside: list[Path] = field(default_factory=list)


def at_hand(paths: Sequence[Path], register: Register) -> AtHand:
    """The questionnaires and migrations in these files and folders.

    Raises MaturityError with all that is wrong, by the rules too: by a broken migration answers would get lost.
    """
    found = find_files(paths)
    opened: list[Loaded] = []
    problems = list(found.problems)
    questionnaires: list[Questionnaire] = []
    files: dict[str, Path] = {}
    migrations: list[Migration] = []
    for path in found.files:
        loaded = load(path) if path.suffix.lower() in TEXT_SUFFIXES else None
        if loaded and isinstance(loaded.model, Questionnaire | Migration):
            opened.append(loaded)
        if loaded and isinstance(loaded.model, Questionnaire):
            questionnaires.append(loaded.model)
            files[f"{loaded.model.id}@{loaded.model.version}"] = path
        elif loaded and isinstance(loaded.model, Migration):
            migrations.append(loaded.model)
        elif path in found.named or (loaded and _meant(loaded)):
            problems += (
                loaded.problems if loaded and loaded.problems else [Problem(NOTHING_TO_USE, Place(str(path)))]
            )
    problems += rivals(
        [(one.path, one.model) for one in opened if isinstance(one.model, Questionnaire | Migration)]
    )
    if paths and not (questionnaires or migrations or problems):
        problems = [Problem(NOTHING_TO_USE, Place(str(path))) for path in paths]
    for one in opened:
        problems += rule_problems(one, questionnaires, register)
    if any(problem.kind.severity == "error" for problem in problems):
        raise MaturityError(*(p for p in problems if p.kind.severity == "error"))
    return AtHand(tuple(questionnaires), tuple(migrations), files)


def _meant(loaded: Loaded) -> bool:
    data = loaded.document.data
    return isinstance(data, dict) and str(data.get("format")).startswith(
        ("maturity-questionnaire/", "maturity-migration/")
    )


def migrate_files(
    paths: Sequence[Path],
    to: str | None,
    shelf: AtHand,
    register: Register,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> FilesMigrated:
    """Every file of answers under `paths`, carried over to version `to` (else to the newest at hand). Nothing raises;
    a file with errors stays where it is."""
    found = find_files(paths)
    migrated = FilesMigrated(problems=list(found.problems), left_aside=list(found.left_aside))
    for done, path in enumerate(found.files, 1):
        one = migrate_file(path, to, shelf, register)
        if path not in found.named and (
            any(p.kind is OTHER_FORMAT for p in one.problems) or _is_other_table(path, register)
        ):
            migrated.left_aside.append(path)
        else:
            migrated.files.append(one)
        progress(done, len(found.files))
    return migrated


def _is_other_table(path: Path, register: Register) -> bool:
    """Whether it is a table of something else than answers."""
    if path.suffix.lower() not in TABLE_SUFFIXES:
        return False
    from maturity.intake.tables import read_file

    return read_file(path, str(path), register).no_answers


def migrate_file(path: Path, to: str | None, shelf: AtHand, register: Register) -> FileMigrated:
    """One file of answers, or filled-in workbook, carried over to version `to`."""
    if path.suffix.lower() in TABLE_SUFFIXES:
        return FileMigrated(path, problems=(Problem(NO_TABLES, Place(str(path))),))
    try:
        raw = read_bytes(path, at_most=MAX_BYTES)
    except MaturityError as error:
        return FileMigrated(path, problems=error.problems)
    assessment, problems = _read(path, shelf, register)
    if assessment is None or any(problem.kind.severity == "error" for problem in problems):
        return FileMigrated(path, problems=tuple(problems))
    asked = assessment.questionnaire
    try:
        steps = shelf.route(asked.id, asked.version, to or shelf.versions(asked.id)[-1])
    except MaturityError as error:
        told = [Problem(p.kind, Place(str(path)), p.details) for p in error.problems]
        return FileMigrated(path, asked.version, problems=(*problems, *told))
    organisation = register.find(assessment.organisation)
    journey = travel(assessment, steps, organisation.attributes if organisation else None)
    return FileMigrated(path, asked.version, journey, tuple(problems), raw)


def _read(path: Path, shelf: AtHand, register: Register) -> tuple[Assessment | None, list[Problem]]:
    """The answers in a file, checked against the questionnaire that was named, or the bundled one."""

    def open_by_name(name: str) -> tuple[Questionnaire, Loaded]:
        return open_questionnaire(str(shelf.files.get(name, name)))

    if path.suffix.lower() in WORKBOOK_SUFFIXES:
        from maturity.intake.workbook import read_template

        return read_template(path, str(path), register=register, open_by_name=open_by_name)
    assessment, problems = read_assessment(path, register)
    asked = assessment.questionnaire if assessment else None
    if asked and f"{asked.id}@{asked.version}" in shelf.files:
        return read_assessment(path, register, shelf.questionnaire(asked.id, asked.version))
    return assessment, problems


def text_of(file: FileMigrated, suffix: str) -> str:
    """What is to be written of a file that was migrated, as JSON where `suffix` says so, else as YAML.

    Raises MaturityError where our reader would not read it as the same answers.
    """
    assert file.journey is not None
    to_text = to_json if suffix.lower() == ".json" else to_yaml
    text = to_text(file.journey.assessment)
    document = read_yaml(text.encode("utf-8"), str(file.path))
    problems = list(document.problems)
    read = None
    if not problems:
        read, problems = to_model(Assessment, document)
    if read is None or to_text(read) != text:
        why = problems[0].as_phrase() if problems else Phrase("the answers would be others.")
        raise MaturityError(Problem(NOT_READ_BACK, Place(str(file.path)), {"why": why}))
    return text
