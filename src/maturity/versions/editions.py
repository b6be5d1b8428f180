"""One side of a comparison: the questionnaires, rubrics, migrations and judgements that OLD or NEW names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from maturity.checks.registry import rules
from maturity.checks.subjects import AskedSubject, ValuedSubject
from maturity.models.base import version_key
from maturity.models.judgements import JUDGEMENTS_FORMAT, Judgements
from maturity.models.migration import MIGRATION_FORMAT, Migration
from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem, Said
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.sources.files import is_there
from maturity.sources.load import NO_FORMAT, UNKNOWN_FORMAT, Loaded, load
from maturity.sources.search import TEXT_SUFFIXES, find_files
from maturity.sources.shelf import OnShelf, fits, on_shelf
from maturity.sources.yaml_reader import NOT_A_MAPPING
from maturity.versions.changes import Subject
from maturity.versions.revisions import looks_like_revision, read_revision, why_no_revision

NOTHING_HERE = Kind(
    "D010",
    "error",
    "There is no questionnaire and no rubric in this.",
    "Name a questionnaire, a rubric, or a folder with either.",
)
NOT_NAMED = Kind(
    "D011",
    "error",
    "'{name}' is no file, no folder, nothing that is bundled ({known}), and no git revision: {reason}.",
    "Name a git revision as REVISION:PATH, or check the spelling.",
)
TWICE = Kind(
    "D012",
    "error",
    "{what} is here a second time, with something else in it; the first is {other}.",
    "Keep one of the two, or name the one that you mean.",
)
Key = tuple[Subject, str]
Version = tuple[int, int, int]


@dataclass
class Edition:
    """All that one side holds. `files` has every version by subject, id and version.

    `beside` are the files around one that was named, where what goes with it is looked for, and then
    `elsewhere`, on the other side. `revision` says that
    it is a git revision without a file's name, which holds all versions that were published; `folder` that it is that
    or a folder, in which every version counts and not the newest alone.
    """

    name: str
    files: dict[Key, dict[Version, Loaded]] = field(default_factory=dict)
    migrations: list[Migration] = field(default_factory=list)
    judgements: list[Loaded] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    beside: list[Loaded] = field(default_factory=list)
    elsewhere: list[Loaded] = field(default_factory=list)
    migrations_elsewhere: list[Migration] = field(default_factory=list)
    note: Said = ""
    revision: bool = False
    folder: bool = False

    @property
    def all_files(self) -> list[Loaded]:
        """What was named and what lies beside it."""
        return [file for versions in self.files.values() for file in versions.values()] + self.beside

    def newest(self, key: Key) -> Loaded | None:
        """The file of the newest version, or None."""
        versions = self.files.get(key)
        return versions[max(versions)] if versions else None


def edition(name: str, folder: Path | None = None) -> Edition:
    """What `name` stands for: a file or folder, else ``ID`` or ``ID@VERSION`` of what is bundled, else a git revision.

    `folder` is where git is asked, by default the current one. Raises MaturityError with everything that is wrong.
    """
    path = Path(name)
    bundled = [entry for kind in ("questionnaire", "rubric") for entry in on_shelf(kind)]
    if is_there(path):
        found = _of_files(name, _opened(path))
        found.folder = path.is_dir()
        found.beside = [] if found.folder else _in_folder(path.parent)
        if looks_like_revision(name, folder):
            found.note = Phrase(
                "'{name}' is a file or folder here, and a git revision too: the file is compared.", name=name
            )
    elif any(name in (entry.id, str(entry)) for entry in bundled):
        found = _of_shelf(name)
    elif ":" in name or looks_like_revision(name, folder):
        files, beside, is_file = read_revision(name, folder)
        found = _of_files(name, files)
        found.beside, found.revision = beside, not is_file
        found.folder = found.revision
    else:
        known = sorted(bundled, key=lambda entry: (entry.id, version_key(entry.version)))
        details: dict[str, object] = {"name": name, "known": ", ".join(dict.fromkeys(map(str, known)))}
        details["reason"] = why_no_revision(folder)
        raise MaturityError(Problem(NOT_NAMED, Place(name), details))
    _add_notes(found)
    if found.problems:
        raise MaturityError(*sorted(found.problems, key=lambda problem: problem.order))
    if not found.files:
        raise MaturityError(Problem(NOTHING_HERE, Place(name)))
    return found


def errors_in(loaded: Loaded, questionnaire: Questionnaire | None) -> list[Problem]:
    """The errors of a questionnaire or of a rubric, by the rules."""
    model, document = loaded.model, loaded.document
    found: list[Problem] = []
    if isinstance(model, Questionnaire):
        subject = AskedSubject(document, model)
        found = [p for rule in rules("questionnaires") for p in rule.check(subject)]
    elif isinstance(model, Rubric):
        valued = ValuedSubject(document, model, questionnaire)
        found = [p for rule in rules("rubrics") for p in rule.check(valued)]
    return [problem for problem in found if problem.kind.severity == "error"]


def asked_file(loaded: Loaded, one: Edition) -> Loaded | None:
    """The file of the newest questionnaire that a rubric scores: on its own side, beside it, or bundled."""
    rubric = loaded.model
    if not isinstance(rubric, Rubric):
        return None
    here = list(one.files.get(("questionnaire", rubric.questionnaire.id), {}).values())
    for choice in (here, one.beside, one.elsewhere, _bundled(rubric)):
        fitting = [
            f
            for f in choice
            if isinstance(f.model, Questionnaire) and fits(rubric, f.model.id, f.model.version)
        ]
        if fitting:
            return max(fitting, key=_version_of)
    return None


def rubric_file(loaded: Loaded, one: Edition) -> Loaded | None:
    """The file of the newest rubric that scores a questionnaire: on its own side, beside it, or bundled."""
    asked = loaded.model
    if not isinstance(asked, Questionnaire):
        return None
    here = [f for (kind, _), files in one.files.items() if kind == "rubric" for f in files.values()]
    shelf = [_from_shelf(entry) for entry in on_shelf("rubric")]
    for choice in (here, one.beside, one.elsewhere, shelf):
        fitting = [
            f for f in choice if isinstance(f.model, Rubric) and fits(f.model, asked.id, asked.version)
        ]
        if fitting:
            return max(fitting, key=_version_of)
    return None


def _of_files(name: str, files: Iterable[Loaded]) -> Edition:
    found = Edition(name)
    for loaded in files:
        model = loaded.model
        found.problems += loaded.problems
        if isinstance(model, Migration):
            found.migrations.append(model)
        elif isinstance(model, Judgements):
            found.judgements.append(loaded)
        elif isinstance(model, Questionnaire | Rubric):
            _add(found, loaded, model)
    return found


def _add(found: Edition, loaded: Loaded, model: Questionnaire | Rubric) -> None:
    subject: Subject = "questionnaire" if isinstance(model, Questionnaire) else "rubric"
    versions = found.files.setdefault((subject, model.id), {})
    first = versions.setdefault(version_key(model.version), loaded)
    if first.digest != loaded.digest:
        details = {"what": f"{subject} {model.id}@{model.version}", "other": first.document.file}
        found.problems.append(loaded.document.problem(TWICE, ("version",), **details))


def _opened(path: Path) -> list[Loaded]:
    """The files under a path; what others wrote into a folder, workbooks and answers are left aside."""
    if not path.is_dir():
        return [load(path)]
    found = find_files([path])
    if found.problems:
        raise MaturityError(*found.problems)
    opened = [load(file) for file in found.files if file.suffix.lower() in TEXT_SUFFIXES]
    return [one for one in opened if not _is_other(one)]


def _is_other(loaded: Loaded) -> bool:
    data = loaded.document.data
    ours = isinstance(data, dict) and any(key in data for key in ("dimensions", "measures"))
    strange = any(p.kind in (NO_FORMAT, UNKNOWN_FORMAT, NOT_A_MAPPING) for p in loaded.problems)
    answers = isinstance(data, dict) and str(data.get("format", "")).startswith("maturity-assessment/")
    return answers or (strange and not ours)


def _add_notes(found: Edition) -> None:
    """Migrations and judgements that lie beside what was named; one that is damaged is told, and not passed over."""
    known = {file.path for file in found.judgements}
    for file in found.beside:
        data = file.document.data
        format_ = str(data.get("format", "")) if isinstance(data, dict) else ""
        if isinstance(file.model, Migration) and file.model not in found.migrations:
            found.migrations.append(file.model)
        elif isinstance(file.model, Judgements) and file.path not in known:
            found.judgements.append(file)
        elif format_ in (MIGRATION_FORMAT, JUDGEMENTS_FORMAT):
            found.problems += file.problems


def _in_folder(folder: Path) -> list[Loaded]:
    return [load(file) for file in sorted(folder.glob("*.yaml"))]


def _of_shelf(name: str) -> Edition:
    """That version's questionnaire and rubric, and, where there is only one of them, what it fits."""
    wanted, _, version = name.partition("@")
    kinds = ("questionnaire", "rubric")
    entries = [[e for e in on_shelf(kind) if name in (e.id, str(e))][-1:] for kind in kinds]
    found = _of_files(name, [_from_shelf(entry) for kind in entries for entry in kind])
    folder = next(entry.path.parent for kind in entries for entry in kind)
    found.beside = [_load_bundled(file) for file in sorted(folder.glob("*.yaml"))]
    rubric, asked = found.newest(("rubric", wanted)), found.newest(("questionnaire", wanted))
    missing = asked_file(rubric, found) if rubric and not asked else None
    missing = rubric_file(asked, found) if asked and not rubric else missing
    if version and missing is not None and isinstance(missing.model, Questionnaire | Rubric):
        _add(found, missing, missing.model)
    return found


def _from_shelf(entry: OnShelf) -> Loaded:
    return _load_bundled(entry.path)


@cache
def _load_bundled(path: Path) -> Loaded:
    return load(path, _name_of(path))


def _name_of(bundled_file: Path) -> str:
    """What a bundled file is called wherever the program lies: as in a folder of one's own."""
    return f"questionnaires/{bundled_file.parent.name}/{bundled_file.name}"


def _bundled(rubric: Rubric) -> list[Loaded]:
    return [_from_shelf(e) for e in on_shelf("questionnaire") if fits(rubric, e.id, e.version)]


def _version_of(loaded: Loaded) -> Version:
    assert isinstance(loaded.model, Questionnaire | Rubric)
    return version_key(loaded.model.version)
