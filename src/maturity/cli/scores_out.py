"""Where `maturity score` writes, and as what: the terminal, stdout or a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from maturity.cli import options
from maturity.cli.errors import say

if TYPE_CHECKING:
    from maturity.intake.scored import Scored
    from maturity.locale.words import Words
    from maturity.scoring.score import Scorer

WRITERS = (".csv", ".json", ".xlsx", ".parquet")
MOST_SHOWN = 500
"""Nobody reads more rows than that on a terminal, and laying them out takes longer than scoring them."""


class OnStdout(StrEnum):
    """What can be written to stdout."""

    csv = "csv"
    json = "json"


@dataclass(frozen=True, slots=True)
class Target:
    """A file, or, without `path`, stdout. `form` is as in a file's ending; without it people read a terminal."""

    path: Path | None
    form: str
    long: bool

    @classmethod
    def of(
        cls,
        output: str | None,
        asked: OnStdout | None,
        inputs: Sequence[Path],
        words: Words,
        *,
        long: bool,
        force: bool,
    ) -> Target:
        """Raises where the output's name does not say what it is, it would overwrite what people wrote, or cannot be."""
        from maturity.cli.overwrite import check_ending, check_target

        path = Path(output) if output not in (None, "-") else None
        if path is not None and asked is not None:
            raise typer.BadParameter(
                words("This is for stdout; a file's ending says what it is."), param_hint="--format"
            )
        form = str(asked or OnStdout.csv) if asked or output == "-" else ""
        if path is not None:
            check_ending(path, WRITERS, "--output", words)
            check_target(path, inputs, figures="maturity-scorecards/1", force=force)
            form = path.suffix.lower().removeprefix(".")
        if long and form not in ("csv", "parquet"):
            raise typer.BadParameter(
                words(
                    "This is for CSV and Parquet: add -o FILE.csv, or -o - for stdout. JSON and workbooks hold every measure anyway."
                ),
                param_hint="--long",
            )
        if path is not None and form == "parquet":
            from maturity.reports.scores_parquet import check_parquet

            check_parquet(path)
        return cls(path, form, long)


def write_scores(scorer: Scorer, scored: list[Scored], target: Target, words: Words) -> None:
    """Writes the scores to where they were wanted."""
    from maturity.sources.files import write_atomically

    if not target.form:
        from maturity.cli.score_table import show_scores
        from maturity.cli.terminal import console

        show_scores(console(), scorer, scored[:MOST_SHOWN], words)
        if len(scored) > MOST_SHOWN:
            told = {"shown": f"{MOST_SHOWN:,}", "all": f"{len(scored):,}"}
            say(words("The first {shown} of {all} are shown; -o FILE.csv writes them all.", **told))
        return
    content = _content(scorer, scored, target, words)
    if target.path is not None:
        write_atomically(target.path, content)
        say(words("Wrote {file}", file=target.path))
        return
    sys.stdout.write(content.decode("utf-8-sig").replace("\r\n", "\n"))


def _content(scorer: Scorer, scored: list[Scored], target: Target, words: Words) -> bytes:
    from maturity.reports.scores import scores_csv, scores_json, scores_rows

    if target.form == "json":
        return scores_json(scored).encode()
    if target.form == "xlsx":
        return _workbook(scorer, scored, target, words)
    rows = scores_rows(scorer, scored, words.language, long=target.long)
    if target.form == "csv":
        # The mark at the start is how spreadsheet programs know UTF-8.
        return scores_csv(rows).encode("utf-8-sig")
    from maturity.reports.scores_parquet import scores_parquet

    return scores_parquet(rows)


def _workbook(scorer: Scorer, scored: list[Scored], target: Target, words: Words) -> bytes:
    from maturity.reports.scores import scores_rows
    from maturity.reports.scores_table import check_cells
    from maturity.reports.workbook import scores_workbook

    data = [scores_rows(scorer, scored, words.language, long=long) for long in (False, True)]
    assert target.path is not None
    check_cells(target.path, data)
    cards = [one.scorecard for one in scored]
    return scores_workbook(scorer, cards, scorer.register, words.language, options.made_on(), data)
