"""Where migrated answers are written: looked at before anything is written, and again when it is."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from maturity.cli.overwrite import ALREADY_THERE, IS_INPUT
from maturity.intake.migrated import FileMigrated, text_of
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.sources.files import make_folder, read_bytes, write_atomically

CHANGED = Kind(
    "M005",
    "error",
    "The file was changed while it was being read: nothing was written over it.",
    "Start again when nobody is writing to it.",
)
READ_ONLY = Kind(
    "M006",
    "error",
    "The file may be read only: nothing was written over it.",
    "Write elsewhere with -o, or over it with --force.",
)


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be written where, and what was `there` when it was looked at: None where there was nothing."""

    target: Path
    content: bytes
    there: bytes | None


def plan(file: FileMigrated, target: Path, inputs: Sequence[Path], *, in_place: bool, force: bool) -> Planned:
    """Raises MaturityError where writing to `target` would destroy an input, or what is not to be written over."""
    content = text_of(file, target.suffix).encode("utf-8")
    if not target.exists():
        return Planned(target, content, None)
    there = read_bytes(target)
    if there == content:
        return Planned(target, content, there)
    place = Place(str(target))
    if in_place and there != file.raw:
        raise MaturityError(Problem(CHANGED, place))
    if in_place and not force and _is_read_only(target):
        raise MaturityError(Problem(READ_ONLY, place))
    if not in_place and any(target.samefile(one) for one in inputs if one.exists()):
        raise MaturityError(Problem(IS_INPUT, place))
    if not in_place and not force:
        raise MaturityError(Problem(ALREADY_THERE, place))
    return Planned(target, content, there)


def same_targets(targets: Sequence[Path]) -> set[Path]:
    """Those that are one file with another of them."""
    counted = Counter(target.resolve() for target in targets)
    return {target for target in targets if counted[target.resolve()] > 1}


def write(planned: Planned) -> bool:
    """Whether there was anything to write. Raises MaturityError, also where the target is another since the look."""
    target, there = planned.target, planned.there
    if there == planned.content:
        return False
    make_folder(target.parent, above=True)

    def check() -> None:
        if there is not None and read_bytes(target) != there:
            raise MaturityError(Problem(CHANGED, Place(str(target))))

    try:
        write_atomically(target, planned.content, new=there is None, check=check)
    except FileExistsError:
        raise MaturityError(Problem(ALREADY_THERE, Place(str(target)))) from None
    return True


def _is_read_only(path: Path) -> bool:
    """Whether its owner has said so; root may write all the same, and a rename asks nobody."""
    return not path.stat().st_mode & 0o222 or not os.access(path, os.W_OK)
