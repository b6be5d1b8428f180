"""`maturity validate`: is this file right, and if not, where and what to do."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli.errors import ExitCode, command, say
from maturity.cli.safe import printable

if TYPE_CHECKING:
    from maturity.checks.validate import Validation
    from maturity.models.problem import Problem


class Format(StrEnum):
    """How problems are written."""

    text = "text"
    json = "json"


@command
def validate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Questionnaires, rubrics, answers, or folders of them; else this folder.", show_default=False
        ),
    ] = None,
    output_format: Annotated[
        Format, typer.Option("--format", help="How problems are written.")
    ] = Format.text,
) -> int:
    """Check questionnaires, rubrics and answers: every problem with file, line, column and remedy.

    The exit code is 0 when nothing is wrong, 1 when there are errors, 2 when nothing could be checked.

    Examples:

        maturity validate questionnaires/

        maturity validate my-rubric.yaml my-questionnaire.yaml

        maturity validate returns/ --format json
    """
    from maturity.checks.validate import validate as check_all
    from maturity.intake.tables import read_file
    from maturity.sources.registers import wales

    register = wales()

    def read(path: Path, name: str) -> tuple[bool, list[Problem]]:
        taken = read_file(path, name, register)
        return not taken.no_answers, taken.problems

    validation = check_all(paths or [Path()], register, read)
    if output_format is Format.json:
        _as_json(validation)
    else:
        _as_text(validation)
    errors = sum(p.kind.severity == "error" for p in validation.problems)
    if errors and not validation.checked:
        return ExitCode.CANNOT
    return ExitCode.FINDINGS if errors else ExitCode.DONE


def _as_text(validation: Validation) -> None:
    for problem in validation.problems:
        sys.stdout.write(
            printable(f"{problem.place}: {problem.kind.severity}: {problem.message()} [{problem.kind.code}]")
            + "\n"
        )
        sys.stdout.write(f"    {printable(problem.remedy())}\n")
    errors = sum(p.kind.severity == "error" for p in validation.problems)
    warnings = len(validation.problems) - errors
    say(
        f"{_count(len(validation.checked), 'file')} checked: {_count(errors, 'error')}, {_count(warnings, 'warning')}."
    )
    if validation.left_aside:
        say(f"{_count(len(validation.left_aside), 'other file')} left aside.")


def _as_json(validation: Validation) -> None:
    found = {
        "checked": [str(path) for path in validation.checked],
        "left_aside": [str(path) for path in validation.left_aside],
        "problems": [_plain(problem) for problem in validation.problems],
    }
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def _plain(problem: Problem) -> dict[str, object]:
    place = problem.place
    where = {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "sheet": place.sheet,
        "cell": place.cell,
    }
    what = {"severity": problem.kind.severity, "code": problem.kind.code}
    return {**where, **what, "message": problem.message(), "remedy": problem.remedy()}


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
