"""Lines instead of a screen (``--plain``): options are numbered, nothing is redrawn, no escape code is written.

For screen readers, for terminals that cannot be drawn on, and for whoever likes it better.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from maturity.assess.menu import WIDEST, Menu, Picked
from maturity.assess.plain_choice import HARD_SPACE, choose, listed
from maturity.assess.talks import Check
from maturity.assess.wording import clean, spelt, words_in, wrapped
from maturity.locale.words import Words
from maturity.models.register import Register, fold
from maturity.models.text import Language

LONGEST_LINE = 4095
"""Bytes: what a terminal takes in one line; it drops the rest."""
TOGETHER = 0.05
"""Seconds within which further lines belong to the same paste."""
MOST_LISTED = 9
_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@dataclass
class Waiting:
    """Whether a line is waited for, and whether an interrupt has come in.

    A handler that raised anywhere else could do so in the middle of a save.
    """

    waits: bool = False
    pending: bool = False

    def come(self, _number: int, _frame: FrameType | None) -> None:
        self.pending = True
        if self.waits:
            raise KeyboardInterrupt


@contextmanager
def waiting() -> Iterator[Waiting]:
    """Turns Ctrl-C, a closed terminal and a polite kill into KeyboardInterrupt, while a line is waited for."""
    state = Waiting()
    before = {number: signal.signal(number, state.come) for number in _SIGNALS}
    try:
        yield state
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class PlainTerminal:
    """Writes lines to stdout and reads lines from stdin."""

    def __init__(self, signals: Waiting) -> None:
        self.signals = signals
        self._typed = ""
        reconfigure = getattr(sys.stdin, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nothing is to be kept from a terminal that is only read by lines."""
        yield

    def say(self, text: str = "", _style: str = "", /, *, indent: str = "") -> int:
        """Prints text wrapped between words; a style would be an escape code."""
        room = min(shutil.get_terminal_size().columns, WIDEST) - 1 - len(indent)
        lines = [line for paragraph in clean(text).split("\n") for line in wrapped(paragraph, room)]
        self._print(f"\n{indent}".join(lines))
        return len(lines)

    def done(self, text: str) -> None:
        """Says that something was done."""
        self.say(f"* {text}", indent="  ")

    def headline(self, left: str, right: str, _part: float, /) -> int:
        """Where we are, as a line."""
        return self.say(f"{right}. {left}")

    def sign(self, _fancy: str, plain: str, /) -> str:
        """What a reader can speak."""
        return plain

    def bar(self, _part: float, _width: int, /) -> str:
        """Nothing: a reader would spell it out, and the number stands beside it."""
        return ""

    def command(self, line: str) -> None:
        """A command to copy, unbroken."""
        self._print(f"    {line}")

    def pick(self, menu: Menu) -> Picked:
        """What is chosen from a menu, by its number or letter or by a word."""
        self._list(menu)
        while True:
            typed = self._read(menu.words, pasted=menu.types == "anything")
            found = choose(menu, typed)
            if isinstance(found, Picked):
                self._typed = found.typed
                return found
            if found:
                self.say(f"! {found}", indent="  ")
            else:
                self._list(menu)

    def line(
        self, label: str, words: Words, default: str = "", check: Check | None = None, *, many: bool = False
    ) -> str | None:
        """A line of text, or `many` that are pasted together; None where the person goes back."""
        typed, self._typed = self._typed, ""
        if typed:
            default = ""  # it is what was typed already
        while True:
            if not typed:
                self.say(label)
                if default:
                    self.say(words("So far: {text}", text=default))
                    self.say(words("Enter keeps it; a hyphen takes it away; b goes back."))
                else:
                    self.say(words("Enter leaves it out; b goes back."))
                typed = self._read(words, pasted=many)
            if typed.casefold() == "b":
                return None
            text = "" if typed == "-" and default else typed or default
            fault = check(text) if check else None
            if fault is None:
                return text
            self.say(f"! {fault}", indent="  ")
            typed = ""

    def council(self, register: Register, language: Language) -> str:
        """Which council: by its name, or a part of it that only one has."""
        words = words_in(language)
        self.say(words("Which council? Type its name in either language, or a part of it."))
        while True:
            typed = self._read(words)
            if register.find(typed):
                return typed
            part = fold(typed)
            having = [o for o in register.organisations if part and any(part in fold(s) for s in o.spellings)]
            if len(having) == 1:
                return having[0].code
            names = [o.name.to(language) for o in having] or list(register.suggest(typed, language))
            said = words("No council has that name.")
            if having:
                said = words("Several councils have that: {names}.", names=", ".join(names[:MOST_LISTED]))
            elif names:
                said = words("No council has that name. Did you mean {names}?", names=", ".join(names))
            self.say(f"! {said}", indent="  ")

    def _list(self, menu: Menu) -> None:
        for line, indent in listed(menu):
            self.say(line, indent=indent)

    def _read(self, words: Words, *, pasted: bool = False) -> str:
        """A line, cleaned; with `pasted`, together with further lines that came with it."""
        sys.stdout.write("> ")
        sys.stdout.flush()
        lines = [self._line()]
        while pasted and lines[0].strip() and _more_waits():
            lines.append(self._line())
        if any(len(line.encode("utf-8", "replace")) >= LONGEST_LINE for line in lines):
            cut = words(
                "A terminal takes {n} bytes in a line; what was longer was cut there.", n=LONGEST_LINE
            )
            self.say(f"! {cut}", indent="  ")
        return clean("\n".join(lines)).strip()

    def _line(self) -> str:
        self.signals.waits = True
        try:
            if self.signals.pending:
                raise KeyboardInterrupt
            line = sys.stdin.readline()
        finally:
            self.signals.waits = False
        if not line:
            raise EOFError
        return line.removesuffix("\n")

    def _print(self, text: str) -> None:
        sys.stdout.write(spelt(text.replace(HARD_SPACE, " "), sys.stdout.encoding) + "\n")
        sys.stdout.flush()


def _more_waits() -> bool:
    """Whether a further line has come in already."""
    if os.name == "nt":
        import msvcrt

        return bool(getattr(msvcrt, "kbhit")())  # noqa: B009 - it exists on Windows only
    return bool(select.select([sys.stdin], [], [], TOGETHER)[0])
