"""Nothing that a person wrote is overwritten: a file to write to is looked at before anything is done."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import typer

from maturity.locale.words import N_, Words
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.sources.archives import DAMAGED
from maturity.sources.files import is_there
from maturity.sources.search import SUFFIXES

IS_INPUT = Kind(
    "G020",
    "error",
    "This file is among those to be read: nothing was written over it.",
    "Name another file to write to.",
)
ALREADY_THERE = Kind(
    "G021",
    "error",
    "There is a file of this name already, with something else in it: nothing was written over it.",
    "Name another file to write to, or overwrite it with --force.",
)
SAME_TARGET = Kind("G022", "error", "Two outputs have this one name.", "Name a file for each.")
AMONG_INPUTS = Kind(
    "G340",
    "error",
    "This folder is among those to be read: what is written to it would be taken for answers.",
    "Name a folder that does not lie in '{folder}'.",
)
ENDING = N_("'{file}' must end in {endings}.")


def check_ending(path: Path, endings: Sequence[str], option: str, words: Words) -> None:
    """Raises BadParameter where a file's name does not say what will be in it."""
    if path.suffix.lower() not in endings:
        listed = words(" or ").join(endings)
        raise typer.BadParameter(words(ENDING, file=path, endings=listed), param_hint=option)


def check_target(path: Path, inputs: Sequence[Path], *, figures: str = "", force: bool = False) -> None:
    """Raises MaturityError where writing to `path` would destroy one of the `inputs`, or what maturity did not
    write as a report (JSON: in the format `figures`); `force` allows the latter."""
    if any(_same(path, one) for one in inputs if one.is_file()):
        raise MaturityError(Problem(IS_INPUT, Place(str(path))))
    if not path.is_file() or _is_report(path, figures):
        return
    if path.suffix.lower() in SUFFIXES and any(_lies_in(path, one) for one in inputs if one.is_dir()):
        raise MaturityError(Problem(IS_INPUT, Place(str(path))))
    if not force:
        raise MaturityError(Problem(ALREADY_THERE, Place(str(path))))


def check_targets(
    paths: Sequence[Path], inputs: Sequence[Path], *, figures: str = "", force: bool = False
) -> None:
    """The same for several outputs, which must not be one file."""
    for number, path in enumerate(paths):
        if any(path.resolve() == other.resolve() for other in paths[:number]):
            raise MaturityError(Problem(SAME_TARGET, Place(str(path))))
        check_target(path, inputs, figures=figures, force=force)


def check_outside(folder: Path, inputs: Sequence[Path]) -> None:
    """Raises MaturityError where a folder to write to is one of the `inputs` or lies in one."""
    if above := next((one for one in inputs if one.is_dir() and _lies_in(folder, one)), None):
        raise MaturityError(Problem(AMONG_INPUTS, Place(str(folder)), {"folder": str(above)}))


def check_new(*paths: Path, force: bool = False) -> None:
    """Raises MaturityError where there are files already, whatever is in them, and `force` does not allow it."""
    there = [path for path in paths if is_there(path) and path.is_file()]
    if there and not force:
        raise MaturityError(*(Problem(ALREADY_THERE, Place(str(path))) for path in there))


def _same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _lies_in(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _is_report(path: Path, figures: str) -> bool:
    """Whether maturity wrote this file as a report of the kind that its name says."""
    try:
        if path.stat().st_size == 0:
            return True
        if path.suffix.lower() == ".json":
            return bool(figures) and f'"{figures}"'.encode() in _starts(path, 64)
        test = _SIGNS.get(path.suffix.lower())
        return test is not None and test(path)
    except DAMAGED:
        return False


def _starts(path: Path, size: int = 4096) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def _is_page(path: Path) -> bool:
    return b'<meta name="generator" content="maturity ' in _starts(path)


def _is_table(path: Path) -> bool:
    return _starts(path, 64).removeprefix(b"\xef\xbb\xbf").startswith(b"code,name,period,status,made_up,")


def _is_parquet(path: Path) -> bool:
    """Whether the notes at the end of the file, whose length stands before the last four bytes, say so."""
    from maturity.reports.scores_parquet import PARQUET_FORMAT

    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 8))
        length = int.from_bytes(file.read(4), "little")
        if file.read() != b"PAR1" or length > min(size, 1_000_000):
            return False
        file.seek(size - 8 - length)
        return PARQUET_FORMAT.encode() in file.read(length)


def _is_workbook(path: Path) -> bool:
    """One of our reports, and no workbook to fill in, nor one that was saved again by a person's program."""
    with zipfile.ZipFile(path) as parts:
        if any(
            parts.getinfo(name).file_size > 1_000_000 for name in ("docProps/core.xml", "xl/workbook.xml")
        ):
            return False
        about, sheets = parts.read("docProps/core.xml"), parts.read("xl/workbook.xml")
    # A workbook to fill in has a hidden sheet that says what it is.
    return about.count(b">maturity<") == 2 and b'name="_maturity"' not in sheets


_SIGNS: dict[str, Callable[[Path], bool]] = {
    ".html": _is_page,
    ".csv": _is_table,
    ".xlsx": _is_workbook,
    ".parquet": _is_parquet,
}
