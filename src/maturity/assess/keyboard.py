"""Lines from a terminal, of any length, without drawing: what `--plain` reads.

A terminal that hands over whole lines cuts each at 4,095 bytes without a word. So it is told to hand over characters,
and what it did for a line is done here: echo, backspace, and Ctrl-U and Ctrl-W, which take away a line and a word.
"""

from __future__ import annotations

import codecs
import os
import select
import signal
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import TypeVar

from maturity.assess.wording import columns, spelt

T = TypeVar("T")
HELD_DOWN = 0.1
"""Seconds: Enter that comes sooner after Enter is a key held down, not a choice."""
_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_ERASE, _ERASE_WORD, _ERASE_LINE, _END, _ESCAPE = "\x7f\b", "\x17", "\x15", "\x04", "\x1b"


class Repeats:
    """Tells an Enter that is pressed from one that a held key repeats. `clock` is in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: float | None = None

    def enter(self) -> bool:
        """Takes note of an Enter; whether it only repeats the one before."""
        before, self._last = self._last, self._clock()
        return before is not None and self._last - before < HELD_DOWN

    def other(self) -> None:
        """Takes note of another key, after which Enter is meant."""
        self._last = None


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


class Keyboard:
    """Reads stdin line by line; `typing` is what stands in the line that is not ended yet."""

    def __init__(self, signals: Waiting) -> None:
        self.signals = signals
        self.typing = ""
        self._waiting: str = ""
        self._by_character = False
        self._decode = codecs.getincrementaldecoder(getattr(sys.stdin, "encoding", None) or "utf-8")(
            "replace"
        )
        reconfigure = getattr(sys.stdin, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Has the terminal hand over characters while the block runs; Windows has no such limit and needs none."""
        if sys.platform == "win32" or not sys.stdin.isatty():
            yield
            return
        import termios

        before = termios.tcgetattr(sys.stdin)
        now = termios.tcgetattr(sys.stdin)
        now[3] &= ~(termios.ICANON | termios.ECHO)
        now[6][termios.VMIN], now[6][termios.VTIME] = 1, 0
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, now)
        self._by_character = True
        try:
            yield
        finally:
            self._by_character = False
            # A terminal that was closed has nothing to be put back.
            with suppress(termios.error):
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)

    def more(self, seconds: float) -> bool:
        """Whether something further has come in, or does so within that time."""
        if self._waiting:
            return True
        if sys.platform == "win32":
            import msvcrt

            return bool(msvcrt.kbhit())
        return bool(select.select([sys.stdin], [], [], seconds)[0])

    def line(self) -> str:
        """A line without its end. Raises KeyboardInterrupt after a signal, EOFError at the end of the input."""
        self.typing = ""
        if not self._by_character:
            line: str = self._wait(sys.stdin.readline)
            if not line:
                raise EOFError
            return line.removesuffix("\n")
        while True:
            key = self._key()
            if key in "\r\n":
                self._echo("\n")
                line, self.typing = self.typing, ""
                return line
            if key == _END and not self.typing:
                raise EOFError
            self._typed(key)

    def _typed(self, key: str) -> None:
        if key in _ERASE:
            self._take_away(1)
        elif key == _ERASE_LINE:
            self._take_away(len(self.typing))
        elif key == _ERASE_WORD:
            before, space, _ = self.typing.rstrip().rpartition(" ")
            self._take_away(len(self.typing) - len(before + space))
        elif key == _ESCAPE:
            self._pass_over()
        elif key == "\t" or unicodedata.category(key) != "Cc":
            self.typing += key
            self._echo(" " if key == "\t" else key)

    def _take_away(self, count: int) -> None:
        if not (count and self.typing):
            return
        gone = self.typing[-count:]
        self.typing = self.typing[:-count]
        width = columns(gone)
        self._echo("\b" * width + " " * width + "\b" * width)

    def _pass_over(self) -> None:
        """The rest of an arrow's or a function key's code; Esc by itself does nothing."""
        if not self.more(0) or self._key() not in "[O":
            return
        while self.more(0) and not "@" <= self._key() <= "~":
            pass

    def _key(self) -> str:
        while not self._waiting:
            sys.stdout.flush()
            read = self._wait(lambda: os.read(sys.stdin.fileno(), 65536))
            if not read:
                raise EOFError
            self._waiting = self._decode.decode(read)
        key, self._waiting = self._waiting[0], self._waiting[1:]
        return key

    def _wait(self, read: Callable[[], T]) -> T:
        self.signals.waits = True
        try:
            if self.signals.pending:
                raise KeyboardInterrupt
            return read()
        finally:
            self.signals.waits = False

    def _echo(self, text: str) -> None:
        sys.stdout.write(spelt(text, sys.stdout.encoding))
        if not self._waiting:
            sys.stdout.flush()
