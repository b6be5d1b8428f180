"""Finds files under paths: files named, and folders searched through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from maturity.models.problem import Kind, Place, Problem
from maturity.sources.files import NOT_THERE

TEXT_SUFFIXES = (".yaml", ".yml", ".json")
WORKBOOK_SUFFIXES = (".xlsx", ".ods", ".xlsm", ".xls", ".xlsb")
SUFFIXES = (*TEXT_SUFFIXES, *WORKBOOK_SUFFIXES)
NOT_SEARCHED = ("node_modules", "__pycache__")

NOTHING_FOUND = Kind(
    "F024",
    "error",
    "No file in this folder can be one of ours.",
    "Ours are .yaml, .yml, .json, .xlsx and .ods files: check the folder's name.",
)
OTHER_FILE = Kind(
    "F025", "error", "This file cannot be one of ours.", "Ours are .yaml, .yml, .json, .xlsx and .ods files."
)


@dataclass(slots=True)
class Found:
    """Files in the order of the paths (folders by name), those that were named themselves, and the rest."""

    files: list[Path] = field(default_factory=list)
    named: set[Path] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    left_aside: list[Path] = field(default_factory=list)


def find_files(paths: Sequence[Path]) -> Found:
    """All files under `paths` that can be ours, each once. Hidden files and folders are not searched."""
    found = Found()
    for path in paths:
        if path.is_dir():
            _search(path, found)
        elif not path.exists():
            found.problems.append(Problem(NOT_THERE, Place(str(path))))
        elif path.suffix.lower() not in SUFFIXES:
            found.problems.append(Problem(OTHER_FILE, Place(str(path))))
        else:
            found.files.append(path)
            found.named.add(path)
    found.files = list(dict.fromkeys(found.files))
    return found


def _search(folder: Path, found: Found) -> None:
    inside = sorted(p for p in folder.rglob("*") if not _skipped(p.relative_to(folder)) and p.is_file())
    ours = [p for p in inside if p.suffix.lower() in SUFFIXES]
    found.files += ours
    found.left_aside += [p for p in inside if p.suffix.lower() not in SUFFIXES]
    if not ours:
        found.problems.append(Problem(NOTHING_FOUND, Place(str(folder))))


def _skipped(path: Path) -> bool:
    """Hidden files, spreadsheet programs' lock files ('~$name.xlsx') and others' folders are nobody's answers."""
    return any(part.startswith((".", "~$")) or part in NOT_SEARCHED for part in path.parts)
