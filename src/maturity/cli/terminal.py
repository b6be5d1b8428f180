"""What is written to stdout for people, on any console and in a pipe."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from maturity.cli.safe import folded, printable
from maturity.models.direction import isolated

if TYPE_CHECKING:
    from rich.console import Console

    from maturity.locale.words import Words
    from maturity.scoring.score import Scorer

PIPED = 220
"""Columns where nobody watches: enough for most tables of ours, so that a pipe gets whole lines."""


def console() -> Console:
    """Writes to stdout: as wide as the terminal, or wide enough for any table in a pipe.

    Nothing from a file steers the terminal; lines have no blanks at their end in a pipe; a reader that stops
    reading is told apart from a fault.
    """
    from rich.console import Console
    from rich.segment import Segment

    class Out(Console):
        def render(self, renderable: Any, options: Any = None) -> Iterable[Segment]:
            for text, style, control in super().render(renderable, options):
                shown = text if control else isolated(printable(text, one_line=False))
                yield Segment(shown, style, control)

        def print(self, *things: Any, **settings: Any) -> None:
            if self.is_terminal:
                if len(things) == 1 and isinstance(things[0], str) and not settings.get("soft_wrap"):
                    things = (hanging(things[0], self.width),)
                super().print(*things, **settings)
                return
            with self.capture() as captured:
                super().print(*things, **settings)
            self.file.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    width = None if sys.stdout.isatty() else max(shutil.get_terminal_size((PIPED, 24)).columns, PIPED)
    return Out(width=width, highlight=False, emoji=False, markup=False)


_ENTRY = re.compile(" *- | {2,}(?=[^\\W\\d])")


def hanging(line: str, width: int) -> str:
    """An entry of a list, or a line below one, broken so that what goes on is set in by two columns more.

    >>> print(hanging("- 3 of 21 councils said that it is done online.", 30))
    - 3 of 21 councils said that
      it is done online.
    """
    if not _ENTRY.match(line) or len(line) <= width or "\n" in line:
        return line
    return "\n".join(folded(line, width, "  "))


def room(out: Console) -> int:
    """How many columns a table may have; in a pipe, as many as it wants."""
    return out.width if out.is_terminal else 9_999


def number(value: float, places: int, *, signed: bool = False) -> str:
    """A number as reports print it: rounded half up."""
    from maturity.scoring.numbers import half_up

    return f"{half_up(value, places):{'+' if signed else ''}.{places}f}"


def label_of(scorer: Scorer, outcome: str, label: str | None, words: Words) -> str:
    """What a verdict is called; without a name, its id says it."""
    if label is None:
        return words("no verdict")
    rules = scorer.rubric.outcomes[outcome].rules
    name = next((rule.name for rule in rules if rule.label == label and rule.name), None)
    return name.to(words.language) if name else label


def can_draw(characters: str) -> bool:
    """Whether stdout's encoding has these characters."""
    try:
        characters.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
