"""`maturity validate`: is this file right, and if not, where and what to do."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import ExitCode, command, say

if TYPE_CHECKING:
    from maturity.checks.validate import Validation
    from maturity.locale.words import Words
    from maturity.models.problem import Problem
    from maturity.models.register import Register


class Format(StrEnum):
    """How problems are written."""

    text = "text"
    json = "json"
    github = "github"
    sarif = "sarif"


class FailOn(StrEnum):
    """What makes the exit code 1."""

    error = "error"
    warning = "warning"


@command
def validate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH",
            help="Questionnaires, rubrics, answers, registers, scorecards, or folders of them; else this folder.",
            show_default=False,
            readable=False,
        ),
    ] = None,
    output_format: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="How problems are written: text, or github where GITHUB_ACTIONS is true.",
            show_default=False,
        ),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="The least severity that makes the exit code 1.")
    ] = FailOn.error,
    register: options.RegisterFiles = None,
    lang: options.Language = options.Lang.en,
) -> int:
    """Check questionnaires, rubrics, answers, registers and scorecards: every problem with file, line, column and remedy.

    The exit code is 0 when nothing is wrong, 1 when there are errors, 2 when nothing could be checked.

    Examples:

        maturity validate questionnaires/

        maturity validate my-rubric.yaml my-questionnaire.yaml

        maturity validate returns/ --format json

        maturity validate --fail-on warning --format sarif > maturity.sarif

        maturity validate returns/ --register elsewhere.csv
    """
    from maturity.checks.validate import validate as check_all
    from maturity.locale.words import Words

    validation = check_all(paths or [Path()], options.everywhere(register), _read_other)
    _write(validation, output_format or _usual_format(), Words(options.language(lang)))
    errors, warnings = _counted(validation)
    if errors and not validation.checked:
        return ExitCode.CANNOT
    return ExitCode.FINDINGS if errors or (warnings and fail_on is FailOn.warning) else ExitCode.DONE


def _read_other(path: Path, name: str, register: Register) -> tuple[bool, list[Problem]]:
    """Reads a workbook or table: whether it can be one of answers; what it takes is imported only where there is one."""
    from maturity.intake.tables import read_file

    taken = read_file(path, name, register)
    return not taken.no_answers, taken.problems


def _usual_format() -> Format:
    return Format.github if os.environ.get("GITHUB_ACTIONS") == "true" else Format.text


def _write(validation: Validation, output_format: Format, words: Words) -> None:
    """Problems to stdout; what was checked, for a person, to stderr."""
    from maturity.cli.validate_machine import write_github, write_json
    from maturity.cli.validate_sarif import write_sarif
    from maturity.cli.validate_text import write

    if output_format is Format.json:
        write_json(validation, words)
        return
    if output_format is Format.sarif:
        write_sarif(validation.problems, words)
        return
    if output_format is Format.github:
        write_github(validation.problems, words)
    else:
        incomplete, rest_checked = validation.incomplete, validation.rest_checked
        write(validation.problems, set(map(str, incomplete)), set(map(str, rest_checked)), words)
    errors, warnings = _counted(validation)
    say(
        words(
            "{checked}: {errors}, {warnings}.",
            checked=words.count("{n} file checked", "{n} files checked", len(validation.checked)),
            errors=words.count("{n} error", "{n} errors", errors),
            warnings=words.count("{n} warning", "{n} warnings", warnings),
        )
    )
    if validation.left_aside:
        say(
            words.count(
                "{n} other file left aside.", "{n} other files left aside.", len(validation.left_aside)
            )
        )


def _counted(validation: Validation) -> tuple[int, int]:
    errors = sum(p.kind.severity == "error" for p in validation.problems)
    return errors, len(validation.problems) - errors
