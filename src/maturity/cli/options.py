"""Options and look-ups that several commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from maturity.cli.errors import WrongOption
from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from maturity.intake.collect import Collection
    from maturity.intake.reading import Asked
    from maturity.locale.words import Words
    from maturity.models.register import Register


NO_STDIN = Kind(
    "G023",
    "error",
    "Answers are not read from stdin.",
    "Save them as a file, and name that: what kind it is shows in its name.",
)
STDIN = ("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0")
LanguageCode = Literal["en", "cy"]


class Lang(StrEnum):
    """The two languages, as Typer offers them."""

    en = "en"
    cy = "cy"


def language(chosen: Lang) -> LanguageCode:
    """The language chosen, as the library calls it."""
    return "cy" if chosen is Lang.cy else "en"


Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH", help="Files and folders of answers.", show_default=False, readable=False),
]
Previous = Annotated[
    list[Path] | None,
    typer.Option(
        "--previous",
        metavar="PATH",
        help="Files and folders of an earlier period.",
        show_default=False,
        readable=False,
    ),
]
RubricOf = Annotated[
    list[str] | None,
    typer.Option(
        "--rubric-of",
        metavar="PERIOD=RUBRIC",
        help="The rubric that a period was published with, as 2017=socitm@1.0.0; else --rubric or the newest that fits.",
        show_default=False,
    ),
]
Language = Annotated[
    Lang,
    typer.Option(
        "--lang",
        envvar="MATURITY_LANG",
        help="Language of what is shown: English or Welsh; else your system's.",
        show_default=False,
    ),
]
RubricName = Annotated[
    str | None,
    typer.Option(
        "--rubric",
        metavar="ID[@VERSION]|FILE",
        help="A rubric by ID, ID@VERSION or file; else the newest that fits.",
        show_default=False,
    ),
]
QuestionnaireName = Annotated[
    str | None,
    typer.Option(
        "--questionnaire",
        "-q",
        metavar="ID[@VERSION]|FILE",
        help="The questionnaire answered, by ID, ID@VERSION or file, where the answers do not say or it is not bundled.",
        show_default=False,
    ),
]


MappingFile = Annotated[
    Path | None,
    typer.Option(
        "--mapping",
        metavar="FILE",
        help="A file that says how to read tables; 'maturity mapping' drafts one.",
        show_default=False,
        readable=False,
    ),
]
TablePeriod = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="PERIOD",
        help="What tables without a column of periods describe, as in 2026.",
        show_default=False,
    ),
]
RegisterFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--register",
        metavar="FILE",
        help="A register (.csv) of places beyond Wales, whose answers are read too; may be given again.",
        show_default=False,
        readable=False,
    ),
]
Force = Annotated[
    bool,
    typer.Option(
        "--force", help="Write over a file that is there already, even if it is none of our reports."
    ),
]


def made_on() -> date:
    """Today, or the day that SOURCE_DATE_EPOCH names, so that output can be reproduced.

    Raises typer.BadParameter where it names none.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return date.today()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise WrongOption(
            Phrase("'{found}' is no number of seconds since 1970.", found=epoch), "SOURCE_DATE_EPOCH"
        ) from None


def check_period(period: str) -> None:
    """Raises MaturityError where it is no period, as in 2026 or 2026-Q1."""
    from maturity.models.assessment import is_period
    from maturity.models.problem import MaturityError, Place, Problem
    from maturity.sources.structure import NOT_A_PERIOD

    if not is_period(period.strip()):
        raise MaturityError(Problem(NOT_A_PERIOD, Place("--period"), {"found": period[:60]}))


def collect_with_progress(
    paths: Sequence[Path],
    questionnaire_name: str | None,
    language: LanguageCode = "en",
    *,
    asked: Asked | None = None,
    mapping: Path | None = None,
    period: str | None = None,
    register: Register | None = None,
    texts: bool = True,
) -> Collection:
    """Reads all answers, with a progress bar on a terminal when it takes a while. Raises MaturityError for stdin.

    They are to the questionnaire of that name, or to `asked`, or to a bundled one; of Wales's councils, or of `register`;
    without `texts` as `collect` says.
    """
    from maturity.intake.collect import collect
    from maturity.locale.words import Words
    from maturity.sources.registers import wales
    from maturity.sources.shelf import open_questionnaire

    if any(str(path) in STDIN for path in paths):
        raise MaturityError(Problem(NO_STDIN, Place("-")))
    if period is not None:
        check_period(period)
    asked = open_questionnaire(questionnaire_name) if questionnaire_name else asked
    with progress(Words(language)("Reading answers")) as step:
        return collect(paths, register or wales(), asked, step, mapping=mapping, period=period, texts=texts)


def everywhere(files: Sequence[Path] | None) -> Register:
    """The organisations of the bundled register and of those in the files, as one. Raises MaturityError."""
    from maturity.checks.open_register import open_registers
    from maturity.models.register import joined
    from maturity.sources.registers import wales

    return joined(open_registers(files)) if files else wales()


def listed(paths: Sequence[Path], words: Words) -> str:
    """The first few paths, and how many more there are."""
    shown = ", ".join(map(str, paths[:5]))
    more = len(paths) - 5
    return shown if more <= 0 else words("{shown} and {n} more", shown=shown, n=more)


SHORTEST_BAR = 4
"""Columns: a shorter one shows nothing."""


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A callback (done, total) that draws a bar on stderr if that is a terminal, with how many of how many are done and
    the time that is left, as far as there is room: the words and the count always; it vanishes when done."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    room = console.width - len(f"{what} 9999/9999 ")
    columns: list[ProgressColumn] = [TextColumn("{task.description}"), MofNCompleteColumn()]
    if room > len("0:00:00 "):
        columns.append(TimeRemainingColumn())
        room -= len(" 0:00:00")
    if room > SHORTEST_BAR:
        columns.insert(1, BarColumn(bar_width=min(40, room)))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
