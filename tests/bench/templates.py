"""Filled-in templates scored end to end, against what an analyst would write instead, and against merely reading them."""

from __future__ import annotations

import datetime as dt
import functools
import random
import sys
import tempfile
from pathlib import Path

from python_calamine import CalamineWorkbook
from timing import ROOT, process, ratio, seconds

from maturity.intake.collect import collect
from maturity.intake.scored import score_all, scorer_for
from maturity.intake.template import template_workbook
from maturity.locale.words import Words
from maturity.models.assessment import Assessment
from maturity.models.register import Register
from maturity.sources.load import load
from maturity.sources.registers import wales
from maturity.sources.shelf import open_questionnaire

FILES = 110
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


def rows() -> list[tuple[str, float, float]]:
    """Whole processes for the script; reading alone is compared in one process, for starting it is no reading."""
    with tempfile.TemporaryDirectory() as folder:
        full, half = Path(folder, "full"), Path(folder, "half")
        fill(full, FILES)
        fill(half, FILES // 2)
        ours = process(sys.executable, "-m", "maturity", "score", full, "-o", "-")
        script = process(sys.executable, "-c", SCRIPT, full)
        reading = functools.partial(read, full)
        scoring, fewer = functools.partial(score, full), functools.partial(score, half)
        score(full)
        linear = min(seconds(scoring) / (2 * seconds(fewer)) for _ in range(3))
        return [
            (
                f"{FILES} filled-in templates scored, against pandas summing them",
                ratio(ours, script, 3),
                1 / 8,
            ),
            ("the same, against calamine merely reading them", ratio(scoring, reading, 7), 3),
            ("the same, against twice the time of half as many", linear, 1.15),
        ]


def fill(folder: Path, files: int) -> None:
    """Each of the examples' councils several times, for other periods and with other answers. Seeded."""
    folder.mkdir()
    questionnaire, loaded = open_questionnaire("socitm@1.0.0")
    rng = random.Random(files)
    given = [load(path).model for path in sorted((ROOT / "examples" / "wales-2026").glob("*.yaml"))]
    for number in range(files):
        one = given[number % len(given)]
        assert isinstance(one, Assessment)
        answers = dict(one.answers)
        for name in rng.sample(sorted(answers), 5):
            del answers[name]
        period = str(1990 + number // len(given))
        content = template_workbook(
            questionnaire,
            loaded.digest,
            Words("en"),
            organisation=None,
            period=period,
            register=wales(),
            assessment=one.model_copy(update={"answers": answers, "period": period}),
            made_on=dt.date(2026, 10, 1),
        )
        (folder / f"{number:04}.xlsx").write_bytes(content)


def score(folder: Path) -> None:
    """All of it, as the command does, without starting Python and drawing a table."""
    register: Register = wales()
    collection = collect([folder], register)
    assert not collection.problems, collection.problems[0].message()
    score_all(scorer_for(collection.assessments, None, None), collection.assessments)


def read(folder: Path) -> None:
    """Every cell of every sheet, as calamine gives them."""
    for path in sorted(folder.glob("*.xlsx")):
        workbook = CalamineWorkbook.from_path(str(path))
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name).to_python()
