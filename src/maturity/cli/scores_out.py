"""Where `maturity score` writes, and as what: the terminal, stdout or a file."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from maturity.cli import options
from maturity.cli.errors import say

if TYPE_CHECKING:
    from maturity.intake.scored import Scored
    from maturity.locale.words import Words
    from maturity.models.many import Many
    from maturity.reports.scores_rows import Rows
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


def write_scores(scorer: Scorer, scored: Many[Scored], target: Target, words: Words) -> None:
    """Writes the scores to where they were wanted."""
    from maturity.sources.files import write_atomically

    if not target.form:
        from maturity.cli.score_table import show_scores
        from maturity.cli.terminal import console

        show_scores(console(), scorer, list(islice(scored, MOST_SHOWN)), words)
        if len(scored) > MOST_SHOWN:
            told = {"shown": f"{MOST_SHOWN:,}", "all": f"{len(scored):,}"}
            say(words("The first {shown} of {all} are shown; -o FILE.csv writes them all.", **told))
        return
    if target.path is None:
        for part in _text(scorer, scored, target, words):
            sys.stdout.write(part.replace("\r\n", "\n"))
        return
    write_atomically(target.path, _content(scorer, scored, target, words))
    say(words("Wrote {file}", file=target.path))


def _content(scorer: Scorer, scored: Many[Scored], target: Target, words: Words) -> Iterable[bytes]:
    if target.form == "xlsx":
        return (_workbook(scorer, scored, target, words),)
    if target.form == "parquet":
        from maturity.reports.scores import scores_rows
        from maturity.reports.scores_parquet import scores_parquet

        return scores_parquet(scores_rows(scorer, scored, words.language, long=target.long))
    content = map(str.encode, _text(scorer, scored, target, words))
    # The mark at the start is how spreadsheet programs know UTF-8.
    return chain((BOM_UTF8,), content) if target.form == "csv" else content


def _text(scorer: Scorer, scored: Many[Scored], target: Target, words: Words) -> Iterator[str]:
    """CSV or JSON, in parts of whole lines."""
    from maturity.reports.scores import scores_csv, scores_json, scores_rows

    if target.form == "json":
        return scores_json(scored)
    return scores_csv(scores_rows(scorer, scored, words.language, long=target.long))


def _workbook(scorer: Scorer, scored: Many[Scored], target: Target, words: Words) -> bytes:
    """A workbook is made whole; so it is seen first that it does not hold too much."""
    from maturity.reports.scores import scores_rows
    from maturity.reports.scores_table import check_cells
    from maturity.reports.workbook import scores_workbook

    def data(of: Many[Scored]) -> list[Rows]:
        return [scores_rows(scorer, of, words.language, long=long) for long in (False, True)]

    assert target.path is not None
    check_cells(target.path, data(scored))
    kept = list(scored)
    cards = [one.scorecard for one in kept]
    return scores_workbook(scorer, cards, scorer.register, words.language, options.made_on(), data(kept))
