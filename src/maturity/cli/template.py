"""`maturity template`: a workbook to fill in, for those who have no Python."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import ExitCode, command, say


@command
def template(
    file: Annotated[Path, typer.Argument(help="The .xlsx file to write.")],
    questionnaire: Annotated[
        str, typer.Option("--questionnaire", "-q", help="A questionnaire by ID, ID@VERSION or file.")
    ] = "socitm",
    council: Annotated[
        str | None, typer.Option("--council", help="Fill in the council.", show_default=False)
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", help="Fill in the period, as in 2026.", show_default=False)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")] = False,
    lang: options.Language = options.Lang.en,
) -> int:
    """Write a workbook that a council fills in with Excel or LibreOffice and sends back for scoring.

    Examples:

        maturity template cardiff.xlsx --council Cardiff --period 2026

        maturity template holiadur.xlsx --lang cy
    """
    from maturity.cli.options import check_period
    from maturity.cli.overwrite import check_ending, check_new
    from maturity.intake.template import template_workbook
    from maturity.locale.words import Words
    from maturity.sources.files import write_atomically
    from maturity.sources.registers import find_council, wales
    from maturity.sources.shelf import open_questionnaire

    words = Words(options.language(lang))
    check_ending(file, (".xlsx",), "FILE", words)
    check_new(file, force=force)
    if period is not None:
        check_period(period)
    organisation = find_council(council) if council else None
    asked, loaded = open_questionnaire(questionnaire)
    content = template_workbook(
        asked,
        loaded.digest,
        words.language,
        organisation=organisation,
        period=period,
        register=wales(),
        made_on=options.made_on(),
    )
    write_atomically(file, content)
    command = shlex.join(["maturity", "score", str(file)])
    say(words("Wrote {file}. When it is filled in: {command}", file=file, command=command))
    return ExitCode.DONE
