"""How long a long table takes: the whole of `maturity score` against a program that only reads the file."""

from __future__ import annotations

import csv
import random
import sys
import tempfile
from pathlib import Path

from timing import process, ratio

ROWS = 300_000
ROUNDS = 5
THEIRS = "import pandas, sys; print(len(pandas.read_csv(sys.argv[1])))"
READ_ONLY = """
import sys
from pathlib import Path
from maturity.intake.collect import collect
from maturity.sources.registers import wales
from maturity.sources.shelf import open_questionnaire
print(len(collect([Path(sys.argv[1])], wales(), open_questionnaire("socitm@1.0.0")).assessments))
"""


def rows() -> list[tuple[str, float, float]]:
    """Name, ratio and bound of what is measured."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.csv"
        write_long(path)
        out = Path(folder) / "scores.csv"
        score = [
            sys.executable,
            "-m",
            "maturity",
            "score",
            str(path),
            "-q",
            "socitm@1.0.0",
            "-o",
            str(out),
            "--force",
        ]
        read = [sys.executable, "-c", READ_ONLY, str(path)]
        theirs = [sys.executable, "-c", THEIRS, str(path)]
        what = f"a CSV of {ROWS:,} answers, against pandas reading it"
        return [
            (f"reading and checking {what}", ratio(process(*read), process(*theirs), ROUNDS), 4),
            (f"maturity score of {what}", ratio(process(*score), process(*theirs), ROUNDS), 4),
        ]


def write_long(path: Path, n: int = ROWS) -> None:
    """Made-up answers of as many councils and periods as it takes, in words as survey tools export them."""
    from maturity.sources.registers import wales
    from maturity.sources.shelf import open_questionnaire

    rng = random.Random(22)
    questions = open_questionnaire("socitm@1.0.0")[0].questions.values()
    councils = [o.name.to("en") for o in wales().organisations]
    periods = (f"{year}-{month:02}" for year in range(1990, 2100) for month in range(1, 13))
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["council", "period", "question", "answer"])
        for period in periods:
            for council in councils:
                for question in questions:
                    if written == n:
                        return
                    out.writerow([council, period, question.text.to("en"), _answer(question, rng)])
                    written += 1


def _answer(question: object, rng: random.Random) -> str:
    from maturity.models.questionnaire import Question

    asked: Question = question  # type: ignore[assignment]
    if asked.choices:
        return rng.choice(asked.choices).text.to("en")
    return str(rng.randrange(2, 90)) if asked.type == "number" else "Made up"
