"""What was published does not change: the lock keeps the digest of every published questionnaire, rubric and migration.

`published.lock` lies at the top of a folder of questionnaires and has a line for each file beneath it, such as
``socitm/rubric-1.0.0.yaml sha256:9f86…``, sorted, so that git can merge it. The digest is that of the file's meaning.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from maturity.models.base import version_key
from maturity.models.migration import Migration
from maturity.models.problem import Kind, Phrase, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.sources.files import IS_FOLDER, FileError, is_there, problem_with, read_bytes
from maturity.sources.load import Loaded
from maturity.sources.yaml_reader import MAX_PROBLEMS, STOPPED, TOO_BIG
from maturity.sources.yaml_text import decode

LOCK_NAME = "published.lock"
MAX_LOCK_BYTES = 1_000_000
HEAD = (
    "# Yr hyn a gyhoeddwyd ac na fydd byth yn newid eto, a SHA-256 ystyr pob ffeil.",
    "# Mae 'maturity lock' yn ychwanegu fersiynau; mae 'maturity validate' yn cymharu.",
    "# What is published and never changes again, and the SHA-256 of what each file means.",
    "# 'maturity lock' adds versions; 'maturity validate' compares.",
)

CHANGED = Kind(
    "K001",
    "error",
    "This version is published, and something in the file is no longer as it was published.",
    "Put it back as it was. Give the change a version of its own: copy the file to '{suggested}', change it there, and "
    "publish that with 'maturity lock'. 'maturity diff' with both files tells what changed.",
)
GONE = Kind(
    "K002",
    "error",
    "'{name}' is published, and the file is no longer there.",
    "Put it back under that name: scores that were given with it cannot be checked without it.",
)
MISNAMED = Kind(
    "K003",
    "error",
    "The file is called '{found}', but what stands in it makes it '{wanted}'.",
    "Give it that name, or correct the id and version in it, so that both say the same.",
)
BAD_LINE = Kind(
    "K004",
    "error",
    "This line of the lock is not a file's name and its digest.",
    "Put the line back as it was in the last commit; only 'maturity lock' writes lines.",
)
TWICE = Kind(
    "K005",
    "error",
    "'{name}' stands here a second time; the first is on line {first}.",
    "Delete the line that was added last; where the digests differ, give the other file a version of its own.",
)
CONFLICT = Kind(
    "K006",
    "error",
    "The lock was not merged to the end: a conflict of git starts here.",
    "Keep the lines of both sides, delete the three lines that git put around them, and check again.",
)

_LINE = re.compile(
    r"([a-z0-9]+(?:[-_][a-z0-9]+)*/(?:questionnaire|rubric|migration)-[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}\.yaml) sha256:([0-9a-f]{64})"
)
_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_PARTS = re.compile(r"(.+)/([a-z]+)-([0-9.]+)\.yaml")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a lock: a file's name beneath the lock, the digest it was published with, and where that stands."""

    name: str
    digest: str
    line: int


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock as it was read; `problems` are those of the lock itself."""

    path: Path
    entries: dict[str, Entry] = field(default_factory=dict)
    comments: tuple[str, ...] = HEAD
    problems: tuple[Problem, ...] = ()

    def name_of(self, path: Path) -> str:
        """What the lock calls a file beneath it."""
        return PurePosixPath(Path(os.path.relpath(path, self.path.parent))).as_posix()


def read_lock(path: Path) -> Lock:
    """Reads a lock; one that is not there is empty. Every problem is in the result, none is raised."""
    if not is_there(path):
        return Lock(path)
    try:
        raw = read_bytes(path, at_most=MAX_LOCK_BYTES)
    except FileError as error:
        return Lock(path, problems=error.problems)
    if len(raw) > MAX_LOCK_BYTES:
        limit = f"{MAX_LOCK_BYTES // 1_000_000} MB"
        details = {"what": Phrase("over {limit}", limit=limit), "limit": limit}
        return Lock(path, problems=(Problem(TOO_BIG, Place(str(path)), details),))
    text = decode(raw, str(path))
    return Lock(path, problems=(text,)) if isinstance(text, Problem) else _parsed(path, text)


def _parsed(path: Path, text: str) -> Lock:
    entries: dict[str, Entry] = {}
    comments: list[str] = []
    problems: list[Problem] = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        place = Place(str(path), number, 1)
        found = _LINE.fullmatch(line.rstrip())
        if line.startswith("#"):
            comments.append(line.rstrip())
        elif line.startswith(_MARKERS):
            problems += [Problem(CONFLICT, place)] if line.startswith(_MARKERS[0]) else []
        elif found and found[1] in entries:
            problems.append(Problem(TWICE, place, {"name": found[1], "first": entries[found[1]].line}))
        elif found:
            entries[found[1]] = Entry(found[1], found[2], number)
        elif line.strip():
            problems.append(Problem(BAD_LINE, place))
        if len(problems) >= MAX_PROBLEMS:
            problems.append(Problem(STOPPED, place, {"limit": MAX_PROBLEMS}))
            break
    return Lock(path, entries, tuple(comments) or HEAD, tuple(problems))


def lock_text(lock: Lock, added: Iterable[Entry] = ()) -> str:
    """The lock as text with entries `added`: comments first, then a line for each file, oldest version first."""
    entries = [*lock.entries.values(), *added]
    lines = [f"{entry.name} sha256:{entry.digest}" for entry in sorted(entries, key=_order)]
    return "\n".join([*lock.comments, *lines]) + "\n"


def lock_over(path: Path) -> Path | None:
    """The lock that a file or folder lies under, as the path was typed: in its folder, or in the one above, as files
    lie in ``<id>/``."""
    problem = problem_with(path)
    is_folder = problem is not None and problem.kind is IS_FOLDER
    folder = path if is_folder else path.parent
    return next((one / LOCK_NAME for one in (folder, _above(folder)) if is_there(one / LOCK_NAME)), None)


def _above(folder: Path) -> Path:
    """The folder above: that of '.' has no name that could be taken away."""
    above = Path(os.path.normpath(folder / ".."))
    return above if folder.name != ".." else folder / ".."


def published_name(loaded: Loaded) -> str | None:
    """What a questionnaire, rubric or migration is called by what stands in it; None for anything else."""
    model = loaded.model
    if isinstance(model, Questionnaire | Rubric):
        return f"{model.id}/{type(model).__name__.lower()}-{model.version}.yaml"
    if isinstance(model, Migration):
        return f"{model.questionnaire}/migration-{model.to}.yaml"
    return None


def check_published(paths: Sequence[Path], opened: Sequence[Loaded]) -> Iterator[Problem]:
    """What is wrong with locks and what they keep: `paths` were to be checked, `opened` are the files found there."""
    # One lock may be reached by several spellings; problems call it by the first.
    spelled: dict[str, Path] = {}

    def lock_of(path: Path) -> Path | None:
        found = lock_over(path)
        return found and spelled.setdefault(os.path.abspath(found), found)  # noqa: PTH100 - resolve() follows links

    asked = [lock_of(path) for path in paths]
    over = {one.path: lock_of(one.path) for one in opened if _can_be_published(one)}
    locks = {path: read_lock(path) for path in [*asked, *over.values()] if path is not None}
    for lock in locks.values():
        yield from lock.problems
        for entry in lock.entries.values():
            if not is_there(lock.path.parent / entry.name):
                yield Problem(GONE, Place(str(lock.path), entry.line, 1), {"name": entry.name})
    for one in opened:
        path = over.get(one.path)
        if path is not None:
            yield from compared(one, locks[path])


def _can_be_published(loaded: Loaded) -> bool:
    """Whether it is a questionnaire, rubric or migration, or so broken that nobody can tell."""
    return loaded.model is None or published_name(loaded) is not None


def compared(loaded: Loaded, lock: Lock) -> Iterator[Problem]:
    """What a file has against the lock that it lies under: another name than it says, or another meaning."""
    name, wanted = lock.name_of(loaded.path), published_name(loaded)
    entry = lock.entries.get(name)
    if wanted is not None and wanted != name:
        yield loaded.document.key_problem(MISNAMED, _version_key(loaded), found=name, wanted=wanted)
    elif entry is not None and loaded.document.data is not None and loaded.digest != entry.digest:
        yield loaded.document.key_problem(
            CHANGED, _version_key(loaded), suggested=_beside(loaded.path, _next(name, lock))
        )


def _version_key(loaded: Loaded) -> tuple[str]:
    """Where a file says which version it is."""
    return ("to" if isinstance(loaded.model, Migration) else "version",)


def _beside(path: Path, name: str) -> Path:
    """Where a file that the lock calls `name` stands, next to `path` as it was typed."""
    return path.with_name(PurePosixPath(name).name)


def _next(name: str, lock: Lock) -> str:
    """The name that the next minor version would have, of the same major one: later ones may ask something else."""
    folder, kind, (major, _, _) = _split(name)
    alike = [_split(other)[2] for other in (*lock.entries, name) if _split(other)[:2] == (folder, kind)]
    newest = max(version for version in alike if version[0] == major)
    return f"{folder}/{kind}-{newest[0]}.{newest[1] + 1}.0.yaml"


def _order(entry: Entry) -> tuple[str, str, tuple[int, int, int]]:
    return _split(entry.name)


def _split(name: str) -> tuple[str, str, tuple[int, int, int]]:
    """``socitm/rubric-1.10.0.yaml`` → ``("socitm", "rubric", (1, 10, 0))``."""
    parts = _PARTS.fullmatch(name)
    assert parts is not None, name
    return parts[1], parts[2], version_key(parts[3])
