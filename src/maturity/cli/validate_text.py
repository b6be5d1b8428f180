"""Problems as people read them: place, wording, the line of the file with a caret under it, and the remedy."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

from maturity.cli.errors import SEVERITIES
from maturity.cli.safe import folded, printable
from maturity.locale.words import N_, Words
from maturity.models.problem import MaturityError, Place, Problem
from maturity.sources.files import read_bytes
from maturity.sources.yaml_reader import MAX_BYTES

PIPED = 100
"""Columns of a source line where nobody watches."""
TAB = "    "
BLANK = "\0"
"""Stands for a blank at which no line is broken."""
RED, YELLOW, BOLD, DIM, PLAIN = "\x1b[1;31m", "\x1b[1;33m", "\x1b[1m", "\x1b[2m", "\x1b[0m"


MORE = N_("{file}: More may be found once these are corrected.")
REST = N_(
    "{file}: All else was checked; what hangs on the errors in keys and values is told once they are corrected."
)


def write(
    problems: list[Problem], incomplete: Collection[str], rest_checked: Collection[str], words: Words
) -> None:
    """Each problem to stdout, in the order given; in colour where a person watches and has not refused it.

    After those of a file that is `incomplete` it is said that there may be more; of one that is `rest_checked`, only of
    what hangs on the errors.
    """
    watched = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if watched else PIPED
    paint = watched and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    file, lines = "", list[str]()
    for number, problem in enumerate(problems, 1):
        if problem.place.file != file:
            file = problem.place.file
            lines = _lines(file)
        told = "\n".join(_told(problem, lines, width, words, paint=paint, fold=watched)) + "\n"
        is_last = number == len(problems) or problems[number].place.file != file
        if is_last and file in incomplete:
            more = printable(words(REST if file in rest_checked else MORE, file=file))
            told += "\n".join(folded(more, width) if watched else [more]) + "\n"
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(told.encode(encoding, "replace").decode(encoding))


def _told(
    problem: Problem, lines: list[str], width: int, words: Words, *, paint: bool, fold: bool
) -> Iterator[str]:
    severity = problem.kind.severity
    hue = RED if severity == "error" else YELLOW

    def painted(text: str, colour: str) -> str:
        return f"{colour}{text}{PLAIN}" if paint else text

    # A path stays whole, so that it can be copied and clicked on; colours, which take no room, come last.
    place = printable(f"{problem.place}:").replace(" ", BLANK)
    said, code = f"{words(SEVERITIES[severity])}:", f"[{problem.kind.code}]"
    message = f"{place} {said} {printable(problem.message(words))} {code}"
    rest = "\n".join(folded(message, width) if fold else [message]).removeprefix(place).removesuffix(code)
    rest = rest.replace(said, painted(said, hue), 1)
    yield f"{painted(place.replace(BLANK, ' '), BOLD)}{rest}{painted(code, DIM)}"
    shown = source_line(problem.place, lines, width)
    if shown is not None:
        source, caret = shown
        yield source
        yield painted(caret, hue)
    remedy = printable(problem.remedy(words))
    yield from folded(TAB + remedy, width) if fold else [TAB + remedy]


def source_line(place: Place, lines: list[str], width: int) -> tuple[str, str] | None:
    """The line of a place with a caret line under it, no wider than `width` columns; None where there is none.

    Tabs and what could steer a terminal are written out first, so that the caret stands under the right character
    whatever its neighbours' widths. Of a long line the part around the place is shown, between dots.
    """
    from rich.cells import cell_len

    if place.line is None or place.column is None or not 0 < place.line <= len(lines):
        return None
    line = lines[place.line - 1]
    at = min(place.column - 1, len(line))
    # No more than can be seen is looked at: a line may be megabytes long.
    first, last = max(0, at - 4 * width), min(len(line), at + 4 * width)
    shown = [TAB if c == "\t" else printable(c) for c in line[first:last]]
    widths = [cell_len(one) for one in shown]
    at -= first
    room = max(width - len(TAB) - 1, 10)
    start, end = 0, len(shown)
    if sum(widths) > room or len(shown) < len(line):
        room -= len("...") * 2
        start = end = at
        # Two thirds of what fits stand before the place: what leads up to it says most.
        while start and sum(widths[start - 1 : at]) <= room * 2 // 3:
            start -= 1
        while end < len(shown) and sum(widths[start : end + 1]) <= room:
            end += 1
        while start and sum(widths[start - 1 : end]) <= room:
            start -= 1
    before = "..." if start or first else ""
    after = "..." if end < len(shown) or last < len(line) else ""
    indent = " " * (len(before) + sum(widths[start:at]))
    return f"{TAB}{before}{''.join(shown[start:end])}{after}".rstrip(), f"{TAB}{indent}^"


def _lines(file: str) -> list[str]:
    """The file's lines as YAML and editors count them; none where it cannot be read, or is a workbook."""
    try:
        raw = read_bytes(Path(file), at_most=MAX_BYTES)
    except MaturityError:
        return []
    return re.split("\r\n|\r|\n", raw.decode("utf-8-sig", "replace"))
