"""Problems as other programs read them: JSON, and the annotations of GitHub Actions."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from maturity.cli.errors import SEVERITIES
from maturity.cli.paths import from_here
from maturity.cli.safe import printable
from maturity.models.problem import Problem

if TYPE_CHECKING:
    from maturity.checks.validate import Validation
    from maturity.locale.words import Words


def write_json(validation: Validation, words: Words) -> None:
    """One JSON object, and nothing else, to stdout: codes as they are, sentences in the language that it names."""
    found = {
        "language": words.language,
        "checked": [_text(str(path)) for path in validation.checked],
        "left_aside": [_text(str(path)) for path in validation.left_aside],
        "complete": not validation.incomplete,
        "incomplete": [_text(str(path)) for path in validation.incomplete],
        "rest_checked": [_text(str(path)) for path in validation.rest_checked],
        "problems": [_plain(problem, words) for problem in validation.problems],
    }
    # Escapes instead of letters only where the stream could not hold the letters.
    plain = (sys.stdout.encoding or "utf-8").lower().replace("-", "") not in ("utf8", "utf8sig")
    sys.stdout.write(json.dumps(found, ensure_ascii=plain, indent=1) + "\n")


def write_github(problems: list[Problem], words: Words) -> None:
    """Each problem as a workflow command, which GitHub shows beside the line of the file."""
    for problem in problems:
        sys.stdout.write(annotation(problem, words) + "\n")


def annotation(problem: Problem, words: Words) -> str:
    """The workflow command for one problem: ``::error file=...,line=...,col=...,title=...::...``.

    A workbook's problem has no line; its sheet and cell stand in the words.
    """
    place = problem.place
    settings = {
        "file": printable(from_here(place.file), one_line=False),
        "line": place.line,
        "col": place.column,
        "title": f"{problem.kind.code} {words(SEVERITIES[problem.kind.severity])}",
    }
    given = ",".join(f"{key}={_setting(str(value))}" for key, value in settings.items() if value is not None)
    return f"::{problem.kind.severity} {given}::{_data(chr(10).join(_said(problem, words)))}"


def _said(problem: Problem, words: Words) -> Iterator[str]:
    place = problem.place
    where = f"{place.sheet}!{place.cell}: " if place.cell else f"{place.sheet}: " if place.sheet else ""
    yield where + problem.message(words)
    yield problem.remedy(words)


def _data(text: str) -> str:
    """As GitHub's own toolkit escapes: a line break would end the command, and start one of the file's choosing."""
    return _text(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _setting(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _plain(problem: Problem, words: Words) -> dict[str, object]:
    place = problem.place
    where = {
        "file": _text(place.file),
        "line": place.line,
        "column": place.column,
        "sheet": place.sheet,
        "cell": place.cell,
    }
    what = {"severity": problem.kind.severity, "code": problem.kind.code}
    return {**where, **what, "message": _text(problem.message(words)), "remedy": _text(problem.remedy(words))}


def _text(text: str) -> str:
    """File names may hold bytes that are no text, which no JSON can."""
    return text.encode("utf-8", "backslashreplace").decode()
