"""The what-if sheet against the engine: LibreOffice recalculates its formulas, and a rubric with those weights scores anew."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import report_data as data
from maturity.benchmark.compare import Scored, compare
from maturity.benchmark.disclosure import disclose
from maturity.models.assessment import Answer
from maturity.models.benchmark import Benchmark
from maturity.reports.workbook import benchmark_workbook
from maturity.scoring.compile import compile_plan
from maturity.scoring.score import Scorer
from maturity.sources.registers import wales
from workbook_data import MADE_ON, office_profile

SEED = 88
TOLERANCE = 1e-9
TURNS = ("first", "second", "third", "alone")
"""Three drawn weightings, and the last part alone: 0 leaves the others out."""


def answers(scorer: Scorer) -> dict[str, Scored]:
    """Everybody's random answers, of which some leave whole dimensions out."""
    chance = random.Random(SEED)
    found = {}
    for n, (code, (one, card)) in enumerate(data.everyone(scorer, wales(), seed=SEED, period="2026").items()):
        if n % 4 == 0:
            gone = {d.id for d in scorer.questionnaire.dimensions if chance.random() < 0.4}
            kept = {q: a for q, a in one.answers.items() if q.split(".")[0] not in gone}
            one = one.model_copy(update={"answers": kept})
            card = scorer.score(one)
        found[code] = (one, card)
    assert any(a == Answer() or a.not_applicable for one, _ in found.values() for a in one.answers.values())
    return found


def weighted(scorer: Scorer, weights: Mapping[str, float]) -> Scorer:
    """The same rubric but for the weights of what its headline is made of."""
    name = headline(scorer)
    measure = scorer.rubric.measures[name].model_copy(update={"weights": dict(weights)})
    rubric = scorer.rubric.model_copy(update={"measures": {**scorer.rubric.measures, name: measure}})
    return replace(scorer, rubric=rubric, plan=compile_plan(rubric, scorer.questionnaire))


def headline(scorer: Scorer) -> str:
    overall = compare(scorer, wales(), {}).overall
    assert overall is not None
    return overall.measure


def recalculated(books: Mapping[str, bytes], folder: Path) -> dict[str, Any]:
    """The last sheet of each workbook as LibreOffice computes it, all in one run."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "LibreOffice is needed for this test: install libreoffice-calc"
    for name, content in books.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    files = [str(folder / f"{name}.xlsx") for name in books]
    command = [
        *(office, office_profile(), "--headless", "--convert-to", "xlsx"),
        *("--outdir", str(folder / "out"), *files),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert all((folder / "out" / f"{name}.xlsx").exists() for name in books), done.stdout + done.stderr
    return {
        name: openpyxl.load_workbook(folder / "out" / f"{name}.xlsx", data_only=True).worksheets[-1]
        for name in books
    }


def differing(sheet: Any, expected: Benchmark, parts: int) -> list[str]:
    """Councils whose score, level or rank on the sheet is not the engine's."""
    overall = expected.overall
    assert overall is not None
    wrong, seen = [], set()
    by_name = {m.organisation.name.to("en"): m.organisation.code for m in expected.members}
    levels = [name for name, _ in overall.levels]
    for row in sheet.iter_rows(min_row=7, max_row=6 + len(by_name), values_only=True):
        standing = overall.of(by_name[row[0]])
        seen.add(row[0])
        score, level, rank = row[parts + 2 : parts + 5]
        if standing.published is None:
            same = (score, rank) == ("[x]", "[x]")
        else:
            same = isinstance(score, int | float) and abs(score - standing.published) <= TOLERANCE
            same = (
                same
                and rank == standing.rank
                and str(level).startswith(str(1 + levels.index(str(standing.level))))
            )
        if not same:
            wrong.append(f"{row[0]}: {(score, level, rank)}, not {standing}")
    assert seen == set(by_name)
    return wrong


@pytest.mark.system
def test_libreoffice_and_the_engine_agree_at_every_weight(tmp_path: Path, scorer: Scorer) -> None:
    """At the weights as shipped, and at three drawn ones, of which LibreOffice sees nothing but the cells changed."""
    given = answers(scorer)
    shipped = compare(scorer, wales(), given)
    content = benchmark_workbook(scorer, shipped, "en", made_on=MADE_ON)
    (group,) = next(m for m in scorer.plan.measures if m.name == headline(scorer)).groups
    parts = [name for name, _ in group.inputs]
    chance = random.Random(SEED)
    books, expected = {"shipped": content}, {"shipped": shipped}
    for turn in TURNS:
        weights = {part: round(chance.uniform(0.05, 20), 3) for part in parts}
        if turn == "alone":
            weights = dict.fromkeys(parts[:-1], 0.0) | {parts[-1]: 1.0}
        book = openpyxl.load_workbook(io.BytesIO(content))
        sheet = book.worksheets[-1]
        for column, part in enumerate(parts, 2):
            sheet.cell(5, column).value = weights[part]
        out = io.BytesIO()
        book.save(out)
        books[turn] = out.getvalue()
        other = weighted(scorer, weights)
        expected[turn] = compare(
            other, wales(), {code: (a, other.score(a)) for code, (a, _) in given.items()}
        )
    # A council's own workbook has the sheet for its own score alone, and no rank to give others away.
    own = next(s.organisation for s in shipped.overall.standings if s.published) if shipped.overall else ""
    alone = disclose(shipped, "own", own)
    books["own"] = benchmark_workbook(scorer, alone, "en", made_on=MADE_ON, council=own)
    found = recalculated(books, tmp_path)
    assert {name: differing(found[name], expected[name], len(parts)) for name in expected} == {
        name: [] for name in expected
    }
    heads = [cell.value for cell in found["own"][6]]
    values = dict(zip(heads, (cell.value for cell in found["own"][7]), strict=True))
    assert alone.overall is not None and "Rank at these weights" not in heads
    assert abs(values["Score at these weights"] - alone.overall.of(own).published) <= TOLERANCE
    assert (values["Difference"], found["own"]["A8"].value) == (0, None)
    # The check sees what it is there to see: no two weightings are alike, and some councils are not scored.
    assert all(differing(found["shipped"], expected[turn], len(parts)) for turn in TURNS)
    assert shipped.overall is not None and shipped.overall.summary.n < 22
