"""Filled-in templates scored end to end, against what an analyst would write instead, and against merely reading them.

Each side is a whole command, from its start to its last line, on the same files in the same run. People wait for the
clock on the wall, and there we may use all of the machine's processors; so each ratio by the wall has that by the
processors' time beside it, which says what it costs. The files are all different.

It fills 2,000 templates and takes some minutes. ``MATURITY_BENCH=all`` fills 10,000, for how time and memory grow.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from filled import fill
from timing import ROOT

FILES = 1_000
FEW, MANY = (1_000, 10_000) if os.environ.get("MATURITY_BENCH") == "all" else (500, 2_000)
# The straightforward script: every sheet, the answers' column, the number before each sentence, summed.
SCRIPT = """
import sys
from pathlib import Path
import pandas as pd

for path in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    total = 0
    for name, sheet in pd.read_excel(path, sheet_name=None, header=3, engine="openpyxl").items():
        if "Your answer" in sheet.columns:
            numbers = sheet["Your answer"].astype(str).str.extract(r"^(\\d+)[.]")[0]
            total += pd.to_numeric(numbers).sum()
    print(path.stem, total)
"""
# Every cell of every sheet, as calamine gives them.
READ = """
import sys
from pathlib import Path
from python_calamine import CalamineWorkbook

for path in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    workbook = CalamineWorkbook.from_path(str(path))
    for name in workbook.sheet_names:
        workbook.get_sheet_by_name(name).to_python()
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the wall and of all processors, and megabytes at most in one process, of a whole command."""

    wall: float
    processors: float
    memory: float


def rows() -> list[tuple[str, float, float]]:
    """What is compared, the ratio and its bound."""
    with tempfile.TemporaryDirectory() as name:
        every = Path(name, "every")
        fill(every, max(FILES, MANY))
        warm, some, few, many = (_first(every, n) for n in (20, FILES, FEW, MANY))
        for command in (ours, script, reading):
            command(warm)
        scored, summed = ours(some), script(some)
        pairs = [(ours(some), reading(some)) for _ in range(3)]
        grown = [(ours(few), ours(many)) for _ in range(1 if MANY > 5_000 else 2)]
    wall = statistics.median(one.wall / other.wall for one, other in pairs)
    cost = statistics.median(one.processors / other.processors for one, other in pairs)
    times = MANY / FEW
    linear = min(most.processors / least.processors for least, most in grown) / times
    each = 1000 * min(most.memory - least.memory for least, most in grown) / (MANY - FEW)
    flat = min(most.memory / least.memory for least, most in grown)
    what = f"{FILES:,} filled-in templates scored"
    return [
        (f"{what}, against pandas and openpyxl summing them: on the wall", scored.wall / summed.wall, 1 / 8),
        ("the same, in processors' time", scored.processors / summed.processors, 1 / 4),
        ("the same, against calamine merely reading them: on the wall", wall, 3),
        ("the same, in processors' time", cost, 5.5),
        (f"{MANY:,} templates against {FEW:,}: processors' time, over {times:g} times as much", linear, 1.15),
        (f"the same: memory at its peak ({each:.0f} KB more for each file)", flat, 1.5),
    ]


def ours(folder: Path) -> Spent:
    """`maturity score FOLDER -o -`."""
    return _spent([sys.executable, "-m", "maturity", "score", str(folder), "-o", "-"])


def script(folder: Path) -> Spent:
    """What an analyst would write."""
    return _spent([sys.executable, "-c", SCRIPT, str(folder)])


def reading(folder: Path) -> Spent:
    """The parser alone."""
    return _spent([sys.executable, "-c", READ, str(folder)])


def _first(every: Path, files: int) -> Path:
    """The first so many, as links: read once, a file is in the system's cache for all sides."""
    folder = every.with_name(f"first-{files}")
    if not folder.exists():
        folder.mkdir()
        for path in sorted(every.iterdir())[:files]:
            os.link(path, folder / path.name)
    return folder


def _spent(command: Sequence[str]) -> Spent:
    """It must end well. Processes that it starts itself count too."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT, env=env)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, said[-2000:]
    return Spent(wall, used.ru_utime + used.ru_stime, _megabytes(used))


def _megabytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)
