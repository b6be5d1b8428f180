"""Reads a file of any number of scorecards, as ``maturity score`` wrote it: one scorecard after another.

A file of thousands is too large to be held whole. As it is written, each scorecard begins and ends with a line of its
own, by which it can be cut out; what is laid out otherwise is read whole, within the limits of a whole file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem
from maturity.models.scorecard_file import FiledScorecard
from maturity.sources.scorecards import (
    MAX_FILED,
    NO_JSON,
    SCORECARDS_FORMAT,
    Filed,
    load_scorecards,
    read_scorecards,
)
from maturity.sources.yaml_reader import MAX_PROBLEMS, STOPPED, TOO_BIG, Document

NOT_SCORECARDS = Kind(
    "C005",
    "error",
    "This is not a file of scorecards: its 'format' is not '{format}'.",
    "Name a .json file that 'maturity score -o' wrote.",
)
WHOLE = 2_000_000
"""Bytes of a file that is read whole, and of the text of one scorecard in a larger file."""
_HEAD = f'{{\n "format": "{SCORECARDS_FORMAT}",\n "scorecards": [\n'.encode()
_FIRST = _HEAD.count(b"\n") + 1
"""The line on which a scorecard begins."""
_TAIL = b" ]\n}\n"
_ENDS = (b"  },\n", b"  }\n")


def each_scorecard(path: Path) -> Iterator[FiledScorecard]:
    """The scorecards of a file, however many. Raises MaturityError with all that is wrong with their form: of a small
    file before the first is given, of a large one when it is come to."""
    if _large(path):
        return _parts(path)
    filed = load_scorecards(path)
    if filed.model is not None:
        return iter(filed.model.scorecards)
    data = filed.document.data
    if data is not None and not (isinstance(data, dict) and data.get("format") == SCORECARDS_FORMAT):
        raise MaturityError(Problem(NOT_SCORECARDS, Place(str(path)), {"format": SCORECARDS_FORMAT}))
    raise MaturityError(*filed.problems)


def _large(path: Path) -> bool:
    """Whether it is too large to be read whole, and begins as such a file is written."""
    try:
        if not path.is_file() or path.stat().st_size <= WHOLE:
            return False
        with path.open("rb") as file:
            return file.read(len(_HEAD)) == _HEAD
    except (OSError, ValueError):
        return False


def _parts(path: Path) -> Iterator[FiledScorecard]:
    problems: list[Problem] = []
    wrong = 0
    with path.open("rb") as file:
        for filed, before in _read(file, str(path)):
            problems += [_moved(problem, before) for problem in filed.problems]
            wrong += filed.document.nodes if filed.problems else 0
            if len(problems) > MAX_PROBLEMS or wrong > MAX_FILED:
                last = problems[:MAX_PROBLEMS][-1]
                limit = {"limit": min(len(problems), MAX_PROBLEMS)}
                raise MaturityError(*problems[:MAX_PROBLEMS], Problem(STOPPED, last.place, limit))
            if filed.model is not None and not problems:
                yield from filed.model.scorecards
    if problems:
        raise MaturityError(*problems)


def _read(file: BinaryIO, name: str) -> Iterator[tuple[Filed, int]]:
    """Each scorecard as a file of its own, and how many lines stand before it; at last what is not laid out so."""
    before = 0
    file.seek(len(_HEAD))
    while True:
        card, lines = _card(file)
        last = not card.endswith(_ENDS[0])
        # The end, or what is no end: it is read with the card before it.
        rest = file.read(WHOLE + 1) if last else _TAIL
        if max(len(card), len(rest)) > WHOLE:
            yield Filed(Document(name), None, [_too_large(name)]), before
            return
        filed = read_scorecards(_HEAD + (card if last else card.removesuffix(b",\n") + b"\n") + rest, name)
        if before and last and not card.startswith(b"  {") and not filed.problems:
            # A comma, and no scorecard after it.
            column = len(card) - len(card.lstrip()) + 1
            filed = Filed(filed.document, None, [Problem(NO_JSON, Place(name, _FIRST, column))])
        yield filed, before
        if last:
            return
        before += lines


def _too_large(name: str) -> Problem:
    """Of the scorecard that is read, wherever it stands."""
    limit = Phrase("{n} MB in a scorecard", n=WHOLE // 1_000_000)
    details = {"what": Phrase("over {limit}", limit=limit), "limit": limit}
    return Problem(TOO_BIG, Place(name, _FIRST), details)


def _card(file: BinaryIO) -> tuple[bytes, int]:
    """The next scorecard with its last line, and how many lines it has."""
    lines: list[bytes] = []
    size = 0
    while size <= WHOLE:
        line = file.readline(WHOLE + 1)
        lines.append(line)
        size += len(line)
        if not line or line in _ENDS:
            break
    return b"".join(lines), len(lines)


def _moved(problem: Problem, lines: int) -> Problem:
    """Where it stands in the whole file."""
    place = problem.place
    if place.line is None or place.line < _FIRST:
        return problem
    return replace(problem, place=replace(place, line=place.line + lines))
