"""Publishes versions: what is right and new in a folder of questionnaires goes into its lock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from maturity.checks.validate import validate
from maturity.models.problem import Kind, Place, Problem
from maturity.models.register import Register
from maturity.sources.files import IS_FOLDER, NOT_A_FOLDER, FileError, problem_with, write_atomically
from maturity.sources.load import Loaded, load
from maturity.sources.published import (
    LOCK_NAME,
    Entry,
    Lock,
    compared,
    lock_over,
    lock_text,
    published_name,
    read_lock,
)
from maturity.sources.search import TEXT_SUFFIXES

NOTHING_TO_PUBLISH = Kind(
    "K270",
    "error",
    "No questionnaire, rubric or migration lies in this folder.",
    "Name the folder in which they lie, each in a folder called after its id, as in 'libraries/rubric-1.0.0.yaml'.",
)


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
    held = {path: load(path) for path in validation.checked if path.suffix.lower() in TEXT_SUFFIXES}
    new = tuple(_new(held, lock))
    problems = validation.problems if over is not None else [*validation.problems, *_misnamed(held, lock)]
    refused = any(problem.kind.severity == "error" for problem in problems)
    if not new and not lock.entries and not refused:
        problems, refused = [*problems, Problem(NOTHING_TO_PUBLISH, Place(str(path.parent)))], True
    written = bool(new) and not refused and not check
    if written:
        write_atomically(path, lock_text(lock, new))
    return Publication(lock, new, tuple(problems), written)


def _new(held: Mapping[Path, Loaded], lock: Lock) -> Iterator[Entry]:
    """The questionnaires, rubrics and migrations that are right as files, and that the lock does not hold."""
    for path, loaded in held.items():
        name = lock.name_of(path)
        if name not in lock.entries and published_name(loaded) == name:
            yield Entry(name, loaded.digest, 0)


def _misnamed(held: Mapping[Path, Loaded], lock: Lock) -> Iterator[Problem]:
    """What the first lock could not hold: where there is one, validating tells it. Deeper lie drafts, which it leaves."""
    for path, loaded in held.items():
        if lock.name_of(path).count("/") <= 1:
            yield from compared(loaded, lock)
