"""Publishes versions: what is right and new in a folder of questionnaires goes into its lock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from maturity.checks.validate import validate
from maturity.models.problem import Place, Problem
from maturity.models.register import Register
from maturity.sources.files import IS_FOLDER, NOT_A_FOLDER, FileError, problem_with, write_atomically
from maturity.sources.load import load
from maturity.sources.published import LOCK_NAME, Entry, Lock, lock_over, lock_text, published_name, read_lock
from maturity.sources.search import TEXT_SUFFIXES


@dataclass(frozen=True, slots=True)
class Publication:
    """The lock, the versions that it does not hold yet, all that is wrong in its folder, and whether it was written."""

    lock: Lock
    new: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    written: bool


def publish(folder: Path, register: Register, *, check: bool = False) -> Publication:
    """Adds to the folder's lock what it does not hold yet, unless anything there has an error; `check` only looks.

    The lock is ``published.lock`` in the folder, or the one above that the folder lies under. Entries that it has are
    never changed or removed. Raises FileError where there is no such folder, or the lock cannot be written.
    """
    problem = problem_with(folder)
    if problem is None:
        problem = Problem(NOT_A_FOLDER, Place(str(folder)), {"folder": folder})
    if problem.kind is not IS_FOLDER:
        raise FileError(problem)
    path = folder / LOCK_NAME
    over = lock_over(folder)
    if over is not None and not (path.exists() and over.samefile(path)):
        path = over
    lock = read_lock(path)
    validation = validate([path.parent], register)
    new = tuple(_new(validation.checked, lock))
    refused = any(problem.kind.severity == "error" for problem in validation.problems)
    written = bool(new) and not refused and not check
    if written:
        write_atomically(path, lock_text(lock, new))
    return Publication(lock, new, tuple(validation.problems), written)


def _new(paths: Sequence[Path], lock: Lock) -> Iterator[Entry]:
    """The questionnaires, rubrics and migrations that are right as files, and that the lock does not hold."""
    for path in paths:
        name = lock.name_of(path)
        if path.suffix.lower() in TEXT_SUFFIXES and name not in lock.entries:
            loaded = load(path)
            if published_name(loaded) == name:
                yield Entry(name, loaded.digest, 0)
