"""Pages, workbooks and a whole pack, against openpyxl writing the cells of those workbooks and nothing else.

The other side is what a plain script would do: openpyxl's usual way, values without looks, tables, links or charts, in one
process. A benchmark's page and workbook are drawn within this process, from figures that are there: of the example's
councils, with everything that a benchmark can have. The pack is a whole command, from its start to its last line, which
reads answers of two periods, compares them, draws 2,000 times for how firm they are, and writes all reports; against a
whole script that is given the cells and saves the workbooks. People wait for the clock on the wall, and there the pack may
use all of the machine's processors; the ratio of the processors' time stands beside it.
"""

from __future__ import annotations

import datetime as dt
import io
import pickle
import statistics
import sys
import tempfile
import time
from pathlib import Path

from openpyxl import Workbook, load_workbook
from timing import ROOT, Action, process, ratio, seconds

from maturity.cli.demo import _with_all_parts
from maturity.intake.collect import collect
from maturity.intake.scored import by_period, score_all, scorer_for
from maturity.locale.words import Words
from maturity.reports.html import benchmark_page
from maturity.reports.workbook import benchmark_workbook
from maturity.sources.registers import wales

NOW, BEFORE = ROOT / "examples" / "wales-2026", ROOT / "examples" / "wales-2017"
ROUNDS = 5
LARGEST = 300_000
"""Bytes that a council's page may have."""
Cells = list[tuple[str, list[list[object]]]]
"""A workbook's sheets: title and rows of values."""
SCRIPT = """
import pickle, sys
from pathlib import Path
from openpyxl import Workbook

for number, sheets in enumerate(pickle.loads(Path(sys.argv[1]).read_bytes())):
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets:
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.save(Path(sys.argv[2], f"{number}.xlsx"))
"""


DAY = dt.date(2026, 1, 1)


def rows() -> list[tuple[str, float, float]]:
    """What is compared, the ratio and its bound."""
    drawing = Drawing()
    what = (
        "of a benchmark of 22 councils with everything, against openpyxl writing its workbook's cells alone"
    )
    return [
        (f"the page {what}", ratio(drawing.page, drawing.plain, ROUNDS), 3),
        (f"the workbook {what}", ratio(drawing.workbook, drawing.plain, ROUNDS), 3),
        *packing(),
    ]


class Drawing:
    """The benchmark of the example's 22 councils, with every part, in English."""

    def __init__(self) -> None:
        found = collect([BEFORE, NOW], wales())
        self.scorer = scorer_for(found.assessments, None, None)
        periods = by_period(score_all(self.scorer, found.assessments))
        self.benchmark = _with_all_parts(self.scorer, periods, Words("en"))
        self.cells = cells_of(self.workbook())

    def page(self) -> str:
        return benchmark_page(self.scorer, self.benchmark, "en", made_on=DAY)

    def workbook(self) -> bytes:
        return benchmark_workbook(self.scorer, self.benchmark, "en", made_on=DAY)

    def plain(self) -> None:
        workbook = Workbook()
        workbook.remove(workbook.worksheets[0])
        for title, rows in self.cells:
            sheet = workbook.create_sheet(title)
            for row in rows:
                sheet.append(row)
        workbook.save(io.BytesIO())


def cells_of(workbook: bytes | Path) -> Cells:
    """Every cell's value; a formula is one too."""
    source = workbook if isinstance(workbook, Path) else io.BytesIO(workbook)
    return [
        (sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)])
        for sheet in load_workbook(source).worksheets
    ]


def packing() -> list[tuple[str, float, float]]:
    """A pack in both languages, with all that one can have."""
    with tempfile.TemporaryDirectory() as name:
        out, theirs, cells = Path(name, "pack"), Path(name, "plain"), Path(name, "cells")
        options = ("--previous", BEFORE, "--out", out, "--lang", "both", "--evidence-above", "2")
        ours = process(sys.executable, "-m", "maturity", "pack", NOW, *options)
        ours()
        workbooks = sorted(out.glob("*/*.xlsx"))
        cells.write_bytes(pickle.dumps([cells_of(path) for path in workbooks]))
        theirs.mkdir()
        plain = process(sys.executable, "-c", SCRIPT, cells, theirs)
        plain()
        wall, cost = both_clocks(ours, plain)
        pages = [p.stat().st_size for p in out.glob("*/*.html") if "-summary-" not in p.name]
    assert len(pages) == len(workbooks)
    what = f"maturity pack: {len(pages)} pages and {len(workbooks)} workbooks"
    return [
        (f"{what}, against openpyxl writing their cells alone: on the wall", wall, 1.5),
        ("the same, in processors' time", cost, 2.5),
        (f"the largest council's page of {LARGEST:,} bytes", max(pages) / LARGEST, 1),
    ]


def both_clocks(ours: Action, theirs: Action) -> tuple[float, float]:
    """The medians of the ratios of runs made in turn: on the wall, and in processors' time."""
    found = []
    for _ in range(ROUNDS):
        (wall, cost), (other_wall, other_cost) = timed(ours), timed(theirs)
        found.append((wall / other_wall, cost / other_cost))
    walls, costs = zip(*found, strict=True)
    return statistics.median(walls), statistics.median(costs)


def timed(action: Action) -> tuple[float, float]:
    """Seconds on the wall, and of all processors."""
    began = time.perf_counter()
    cost = seconds(action)
    return time.perf_counter() - began, cost
