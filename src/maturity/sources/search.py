"""Finds files under paths: files named, and folders searched through."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from maturity.models.problem import Kind, Place, Problem
from maturity.sources.files import IS_FOLDER, UNREADABLE, problem_with, reason_of

TEXT_SUFFIXES = (".yaml", ".yml", ".json")
WORKBOOK_SUFFIXES = (".xlsx", ".ods", ".xlsm", ".xls", ".xlsb")
TABLE_SUFFIXES = (".csv", ".tsv", ".parquet")
SUFFIXES = (*TEXT_SUFFIXES, *WORKBOOK_SUFFIXES, *TABLE_SUFFIXES)
NOT_SEARCHED = ("node_modules", "__pycache__")

NOTHING_FOUND = Kind(
    "F024",
    "error",
    "No file in this folder can be one of ours.",
    "Ours are .yaml, .yml, .json, .xlsx, .ods, .csv, .tsv and .parquet files: check the folder's name.",
)
OTHER_FILE = Kind(
    "F025",
    "error",
    "This file cannot be one of ours.",
    "Ours are .yaml, .yml, .json, .xlsx, .ods, .csv, .tsv and .parquet files.",
)


@dataclass(slots=True)
class Found:
    """Files in the order of the paths (folders by name), those that were named themselves, and the rest."""

    files: list[Path] = field(default_factory=list)
    named: set[Path] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    left_aside: list[Path] = field(default_factory=list)


def find_files(paths: Sequence[Path]) -> Found:
    """All files under `paths` that can be ours, each once.

    Hidden files and folders are not searched.
    """
    found = Found()
    for path in paths:
        problem = problem_with(path)
        if problem is not None and problem.kind is IS_FOLDER:
            _search(path, found, SUFFIXES)
        elif problem is not None:
            found.problems.append(problem)
        elif path.suffix.lower() not in SUFFIXES:
            found.problems.append(Problem(OTHER_FILE, Place(str(path))))
        else:
            found.files.append(path)
            found.named.add(path)
    found.files = list(dict.fromkeys(found.files))
    return found


def _search(folder: Path, found: Found, endings: tuple[str, ...]) -> None:
    """Links to files are followed; links to folders are left aside, for they can lead round in a circle."""
    ours: list[Path] = []
    aside: list[Path] = []
    problems: list[Problem] = []
    for at, folders, files in os.walk(folder, onerror=lambda error: problems.append(_unreadable(error))):
        here = Path(at)
        aside += [here / name for name in folders if not _skipped(name) and (here / name).is_symlink()]
        folders[:] = [name for name in folders if not _skipped(name)]
        for path in (here / name for name in files if not _skipped(name)):
            problem = problem_with(path) if path.suffix.lower() in endings else None
            if problem is not None:
                problems.append(problem)
            else:
                (ours if path.suffix.lower() in endings else aside).append(path)
    found.files += sorted(ours)
    found.left_aside += sorted(aside)
    found.problems += problems or ([] if ours else [Problem(NOTHING_FOUND, Place(str(folder)))])


def _unreadable(error: OSError) -> Problem:
    reason = reason_of(error)
    return Problem(UNREADABLE, Place(str(error.filename)), {"reason": reason})


def _skipped(name: str) -> bool:
    """Hidden files, spreadsheet programs' lock files ('~$name.xlsx') and others' folders are nobody's answers."""
    return name.startswith((".", "~$")) or name in NOT_SEARCHED
