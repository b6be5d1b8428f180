"""Writes open data to a folder, over nothing but what an earlier run wrote there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.cli import options
from maturity.cli.overwrite import check_new, check_outside, check_target

if TYPE_CHECKING:
    from maturity.models.benchmark import Benchmark
    from maturity.models.text import Language
    from maturity.scoring.score import Scorer

TABLES = (
    "measures", "levels", "answers", "numbers", "findings", "changes", "organisations", "scores", "score-changes",
    "ranges", "fragile-answers", "fragile-weights", "evidenced", "evidence-gaps", "evidence",
    "peer-groups", "peer-members", "peer-measures", "peer-levels", "periods", "series", "series-scores",
    "series-answers", "moves", "splits",
    "questions", "answer-changes", "wanted", "wanted-by", "shared-steps", "shared-steps-by", "lessons", "teachers",
    "pairs", "pair-themes", "weight-shares", "difficulties", "alphas", "correlations",
)  # fmt: skip
"""Every table that there may be; a test keeps them equal to those that are made."""


def check_folder(folder: Path, inputs: Sequence[Path], *, force: bool) -> None:
    """Raises MaturityError where a file in `folder` would be lost that no earlier run wrote."""
    from maturity.reports.open_package import DICTIONARY, OPEN_DATA_FORMAT

    check_outside(folder, inputs)
    check_target(folder / DICTIONARY, inputs, figures=OPEN_DATA_FORMAT, force=force)
    ours = _written(folder)
    there = [folder / f"{name}.csv" for name in TABLES]
    check_new(*(path for path in there if not _same(path, ours)), force=force)
    for path in there:
        check_target(path, inputs, force=True)


def write_folder(folder: Path, scorer: Scorer, benchmark: Benchmark, language: Language) -> list[Path]:
    """Writes each table and the dictionary; what an earlier run wrote and this one does not is taken away, so that no
    table of named organisations stays beside unnamed ones."""
    from maturity.reports.open_package import open_data
    from maturity.sources.files import make_folder, write_atomically

    files = open_data(scorer, benchmark, language, made_on=options.made_on())
    make_folder(folder, above=True)
    for name in TABLES:
        if f"{name}.csv" not in files:
            (folder / f"{name}.csv").unlink(missing_ok=True)
    for name, content in files.items():
        write_atomically(folder / name, content)
    return [folder / name for name in files]


def _written(folder: Path) -> dict[str, str]:
    """What the dictionary of an earlier run lists: file → its SHA-256."""
    from maturity.reports.open_package import DICTIONARY

    try:
        listed = json.loads((folder / DICTIONARY).read_bytes())["resources"]
        return {str(one["path"]): str(one["hash"]).removeprefix("sha256:") for one in listed}
    except (OSError, ValueError, LookupError, TypeError):
        return {}


def _same(path: Path, ours: dict[str, str]) -> bool:
    """Whether a file is as an earlier run left it."""
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == ours.get(path.name)
