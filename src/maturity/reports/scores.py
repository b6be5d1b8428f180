"""Scorecards as plain tables and as JSON, for analysts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from maturity.intake.scored import Scored
from maturity.models.many import Many
from maturity.models.text import Language
from maturity.reports.scores_rows import Cell, Rows, long_rows, wide_rows
from maturity.reports.tables import guarded
from maturity.scoring.score import Scorer
from maturity.sources.scorecards import SCORECARDS_FORMAT, written

PART = 100_000
"""Characters of a table that are written at once, or a few more."""


def scores_rows(scorer: Scorer, scored: Many[Scored], language: Language, *, long: bool = False) -> Rows:
    """The scores as a table: one row an organisation and period; or, `long`, one row a measure."""
    return (long_rows if long else wide_rows)(scorer, scored, language)


def scores_csv(rows: Rows) -> Iterator[str]:
    """The rows as CSV, in parts of whole rows, so that only one part is in memory at a time; what is empty is empty,
    and text that a spreadsheet would take for a formula is guarded."""
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
        if out.tell() > PART:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def scores_json(scored: Iterable[Scored]) -> Iterator[str]:
    """All scorecards whole: every measure with its unrounded value, coverage, inputs, versions and digests. In parts, so
    that only one scorecard is in memory at a time."""
    yield f'{{\n "format": "{SCORECARDS_FORMAT}",\n "scorecards": ['
    between = "\n  "
    for one in scored:
        # No line break stands in a text of JSON, so that each one begins a line.
        yield between + written(one.filed).decode().replace("\n", "\n  ")
        between = ",\n  "
    yield ("]" if between == "\n  " else "\n ]") + "\n}\n"
