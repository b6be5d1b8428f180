"""`maturity diff`: what a new version changes, which bump it owes, and whom it moves."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import ExitCode, command, print_problems, say

if TYPE_CHECKING:
    from maturity.locale.words import Words
    from maturity.versions.difference import Difference, Sides
    from maturity.versions.replay import Stored


class DiffFormat(StrEnum):
    """How the difference is written."""

    text = "text"
    json = "json"
    markdown = "markdown"
    changelog = "changelog"


@command
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="What was: see below.", show_default=False)],
    new: Annotated[str, typer.Argument(metavar="NEW", help="What is to be.", show_default=False)],
    responses: Annotated[
        list[Path] | None,
        typer.Option(
            "--responses",
            metavar="PATH",
            help="Score these files and folders of answers with both: who moves, who changes level.",
            show_default=False,
            readable=False,
        ),
    ] = None,
    output_format: Annotated[
        DiffFormat,
        typer.Option("--format", help="How it is written: markdown is a comment for a pull request."),
    ] = DiffFormat.text,
    lang: options.Language = options.Lang.en,
) -> int:
    """Compare two versions of a questionnaire or rubric: each change with its class, and the version bump owed.

    OLD and NEW are files, folders, ID@VERSION of what is bundled, or git revisions: REVISION:PATH, or REVISION alone
    for all folders called 'questionnaires'. A file or folder of that name comes first.

    The exit code is 1 when the bump is too small or a needed migration is missing, 2 when they cannot be compared.

    Examples:

        maturity diff rubric-1.0.0.yaml rubric-1.1.0.yaml

        maturity diff socitm@1.0.0 my-socitm/ --responses returns/

        maturity diff origin/main HEAD --format markdown
    """
    from maturity.locale.words import Words
    from maturity.models.problem import in_language
    from maturity.sources.registers import wales
    from maturity.versions.difference import diff as compare
    from maturity.versions.difference import open_sides

    sides = open_sides(old, new)
    words = Words(options.language(lang))
    stored, wrong = _stored(responses, sides, words) if responses else (None, False)
    found = compare(sides, stored, wales())
    _write(found, output_format, words)
    for note in found.notes:
        say(str(in_language(note, words)))
    return ExitCode.FINDINGS if found.findings or wrong else ExitCode.DONE


def _stored(paths: list[Path], sides: Sides, words: Words) -> tuple[list[Stored], bool]:
    """The answers, and whether something was wrong with them, which is said. Raises MaturityError for stdin."""
    from maturity.models.problem import MaturityError
    from maturity.sources.files import NOT_THERE, problem_with
    from maturity.versions.replay import Stored

    unreadable = [problem_with(path) for path in paths if str(path) != "-"]
    missing = [problem for problem in unreadable if problem and problem.kind is NOT_THERE]
    if missing:
        raise MaturityError(*missing)
    collection = options.collect_with_progress(paths, None, words.language, asked=sides.asked)
    print_problems(sorted(collection.problems, key=lambda p: p.order), words)
    if collection.left_aside:
        names = options.listed(collection.left_aside, words)
        say(words("Left aside, because they are no files of answers: {files}", files=names))
    stored = [
        Stored(c.organisation.name.to(words.language), c.assessment, c.source) for c in collection.assessments
    ]
    return stored, any(p.kind.severity == "error" for p in collection.problems)


def _write(found: Difference, output_format: DiffFormat, words: Words) -> None:
    if output_format is DiffFormat.json:
        from maturity.versions.plain import difference_data

        json.dump(difference_data(found, words), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    elif output_format is DiffFormat.text:
        from maturity.cli.diff_text import show_difference
        from maturity.cli.terminal import console

        show_difference(console(), found, words)
    else:
        from maturity.versions.markdown import changelog, comment

        write = comment if output_format is DiffFormat.markdown else changelog
        sys.stdout.write(write(found, words))
