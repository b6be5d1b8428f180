"""`maturity lock`: publishes versions, which from then on never change."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import ExitCode, command, say
from maturity.cli.safe import folded, printable


@command
def lock(
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="The folder of questionnaires and rubrics.", readable=False),
    ] = Path("questionnaires"),
    check: Annotated[
        bool, typer.Option("--check", help="Only say what is not published yet; write nothing.")
    ] = False,
    lang: options.Language = options.Lang.en,
) -> int:
    """Publish new versions: keep what each file means in published.lock, so that it never changes unseen.

    Every file is checked first, and nothing is published while there is an error. What is in the lock stays as it
    is: a published file that has changed needs a version of its own. 'maturity validate' compares.

    The exit code is 0 when everything is published, 1 when there are errors, or new versions with --check, 2 when
    there is no such folder.

    Examples:

        maturity lock questionnaires/

        maturity lock questionnaires/ --check
    """
    from maturity.checks.publish import publish
    from maturity.locale.words import Words
    from maturity.sources.registers import wales

    words = Words(options.language(lang))
    done = publish(folder, wales(), check=check)
    errors = [problem for problem in done.problems if problem.kind.severity == "error"]
    for problem in errors:
        _line(f"{problem.place}: {words('error')}: {problem.message(words)} [{problem.kind.code}]")
        _line(f"    {problem.remedy(words)}")
    for entry in done.new:
        _line(f"{words('published') if done.written else words('not published')}: {entry.name}")
    held = len(done.lock.entries) + (len(done.new) if done.written else 0)
    if held:
        say(words.count("{file} holds {n} version.", "{file} holds {n} versions.", held, file=done.lock.path))
    if errors:
        say(
            words.count(
                "Nothing was published: {n} error stands in the way.",
                "Nothing was published: {n} errors stand in the way.",
                len(errors),
            )
        )
    return ExitCode.FINDINGS if errors or (done.new and not done.written) else ExitCode.DONE


def _line(said: str) -> None:
    """A line on stdout; broken between words on a terminal."""
    said = printable(said)
    lines = folded(said, shutil.get_terminal_size().columns) if sys.stdout.isatty() else [said]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
