"""`maturity mapping`: how to read a table whose headings or answers are its own."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import ExitCode, command, say


@command
def mapping(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="The table: .csv, .tsv, .xlsx, .ods or .parquet.", readable=False
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to this .yaml file, not to stdout.",
            show_default=False,
            readable=False,
        ),
    ] = None,
    questionnaire: options.QuestionnaireName = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")] = False,
    lang: options.Language = options.Lang.en,
) -> int:
    """Draft how to read a table of answers: what matches exactly, and what is alike, for a person to confirm.

    What is merely alike stands in comments, with how alike it is in percent, and does not count until confirmed.
    The exit code is 1 while something is left to confirm.

    Examples:

        maturity mapping survey.xlsx -q socitm@1.0.0 -o map.yaml

        maturity score survey.xlsx --mapping map.yaml
    """
    from maturity.cli.overwrite import check_ending, check_new
    from maturity.intake.mapping_draft import draft
    from maturity.locale.words import Words
    from maturity.sources.files import write_atomically
    from maturity.sources.shelf import open_questionnaire

    words = Words(options.language(lang))
    if output is not None:
        check_ending(output, (".yaml", ".yml"), "--output", words)
        check_new(output, force=force)
    asked = open_questionnaire(questionnaire)[0] if questionnaire else None
    drafted = draft(file, str(file), asked, words)
    if output is None:
        sys.stdout.write(drafted.text)
    else:
        write_atomically(output, drafted.text)
    counted = {"sure": drafted.sure, "alike": drafted.alike, "unknown": drafted.unknown}
    say(words("{sure} match exactly, {alike} are alike, {unknown} are like nothing.", **counted))
    if output is not None:
        then = shlex.join(["maturity", "score", str(file), "--mapping", str(output)])
        say(words("Wrote {file}. Confirm what it suggests; then:", file=output))
        say(f"    {then}", whole=True)
    return ExitCode.FINDINGS if drafted.alike or drafted.unknown else ExitCode.DONE
