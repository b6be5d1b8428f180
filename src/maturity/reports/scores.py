"""Scorecards as plain tables and as JSON, for analysts."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from maturity.intake.scored import Scored
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.models.scorecard_file import FiledScorecard, ScorecardFile
from maturity.models.text import Language
from maturity.reports.scores_rows import Cell, Rows, long_rows, wide_rows
from maturity.reports.tables import guarded
from maturity.scoring.score import Scorer
from maturity.sources.scorecards import SCORECARDS_FORMAT, load_scorecards

NOT_SCORECARDS = Kind(
    "C005",
    "error",
    "This is not a file of scorecards: its 'format' is not '{format}'.",
    "Name a .json file that 'maturity score -o' wrote.",
)


def scores_rows(scorer: Scorer, scored: Sequence[Scored], language: Language, *, long: bool = False) -> Rows:
    """The scores as a table: one row an organisation and period; or, `long`, one row a measure."""
    return (long_rows if long else wide_rows)(scorer, scored, language)


def scores_csv(rows: Rows) -> str:
    """The rows as CSV; what is empty is empty, and text that a spreadsheet would take for a formula is guarded."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    write([name for name, _ in rows.columns])
    texts = [n for n, (_, type_) in enumerate(rows.columns) if type_ == "text"]
    flags = [n for n, (_, type_) in enumerate(rows.columns) if type_ == "flag"]
    for row in rows.rows:
        cells: list[Cell] = list(row)
        for n in texts:
            text = cells[n]
            if isinstance(text, str) and text and not text[0].isalnum():
                cells[n] = guarded(text)
        for n in flags:
            cells[n] = "true" if cells[n] else "false"
        write(cells)
    return out.getvalue()


def scores_json(scored: Sequence[Scored]) -> str:
    """All scorecards whole: every measure with its unrounded value, coverage, inputs, versions and digests."""
    file = ScorecardFile("maturity-scorecards/1", filed_of(scored))
    return _adapter().dump_json(file, indent=1).decode() + "\n"


def filed_of(scored: Sequence[Scored]) -> tuple[FiledScorecard, ...]:
    """Scorecards with whose they are, as they are filed."""
    return tuple(
        FiledScorecard(s.organisation.code, s.organisation.name, s.assessment.status, s.scorecard)
        for s in scored
    )


def as_read(filed: Sequence[FiledScorecard]) -> tuple[FiledScorecard, ...]:
    """Scorecards as they come back from a file: what is not filed of them is gone."""
    written = _adapter().dump_json(ScorecardFile("maturity-scorecards/1", tuple(filed)))
    return _adapter().validate_json(written).scorecards


def read_scores_json(path: Path) -> ScorecardFile:
    """Scorecards as `scores_json` wrote them. Raises MaturityError with what is wrong."""
    filed = load_scorecards(path)
    if filed.model is not None:
        return filed.model
    data = filed.document.data
    if data is not None and not (isinstance(data, dict) and data.get("format") == SCORECARDS_FORMAT):
        raise MaturityError(Problem(NOT_SCORECARDS, Place(str(path)), {"format": SCORECARDS_FORMAT}))
    raise MaturityError(*filed.problems)


@cache
def _adapter() -> TypeAdapter[ScorecardFile]:
    return TypeAdapter(ScorecardFile)
