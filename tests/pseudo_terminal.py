"""Somebody before a real pseudo-terminal, who sees the screen and presses keys."""

from __future__ import annotations

import codecs
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyte

import program
from program import PATIENCE

QUIET = 0.4
"""Seconds without a word after which a screen is taken as drawn."""
A_FINGER = 0.15
"""Seconds that somebody takes to press Enter once more; a key held down is quicker."""
ENTER, UP, DOWN, ESCAPE, CTRL_C, CTRL_D = "\r", "\x1b[A", "\x1b[B", "\x1b", "\x03", "\x04"
CLEAR = "\x15"
KEPT_OUT = ("NO_COLOR", "COLUMNS", "LINES", "MATURITY_LANG", "MATURITY_PLAIN")
TIME = re.compile(r"'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ'")


class Person:
    """Somebody before a terminal: sees the screen, presses keys."""

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
        encoding: str = "utf-8",
        command: str = "assess",
        anew: bool = False,
        **environment: str,
    ) -> None:
        # A terminal answers where its cursor is; here nobody would, so prompt_toolkit is told not to ask.
        known = {
            "TERM": "xterm-256color",
            "PROMPT_TOOLKIT_NO_CPR": "1",
            "LANG": "C.UTF-8",
            "PYTHONWARNINGS": "error",
        }
        plain = {k: v for k, v in os.environ.items() if k not in KEPT_OUT}
        self.child = program.on_terminal(
            command,
            *arguments,
            cwd=folder,
            env=plain | known | environment,
            columns=columns,
            rows=rows,
            anew=anew,
        )
        self.encoding = encoding
        self.decoder = codecs.getincrementaldecoder(encoding)()
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.Stream(self.screen)
        self.raw = ""
        self.entered: int | None = None
        self._seen: str | None = None

    @property
    def seen(self) -> str:
        if self._seen is None:
            self._seen = "\n".join(line.rstrip() for line in self.screen.display)
        return self._seen

    def sees(self, *texts: str) -> Person:
        """Waits until all of it stands on the screen."""
        return self._until(lambda: all(text in self.seen for text in texts), repr(texts))

    def sees_no(self, text: str) -> Person:
        return self._until(lambda: text not in self.seen, f"no {text!r}")

    def still(self) -> str:
        """The screen once nothing has been written for a while, without empty lines at its end."""
        quiet = time.monotonic()
        while time.monotonic() - quiet < QUIET:
            if self._read():
                quiet = time.monotonic()
        return self.seen.rstrip("\n") + "\n"

    def resize(self, columns: int, rows: int = 24) -> Person:
        """Makes the window another size, which the program is told."""
        self.screen.resize(rows, columns)
        self._seen = None
        self.child.resize(columns, rows)
        return self

    def hears(self, since: int, *texts: str) -> Person:
        """Waits until all of it was written after the first `since` characters; for what is never redrawn."""
        return self._until(lambda: all(text in self.raw[since:] for text in texts), repr(texts))

    def press(self, *keys: str) -> Person:
        for key in keys:
            if key in (ENTER, "\n"):
                if self.entered is not None:
                    self._await_word(self.entered)
                    time.sleep(A_FINGER)
                self.entered = len(self.raw)
            else:
                self.entered = len(self.raw) if key.endswith("\n") else None
            self.child.send(key.encode(self.encoding))
        return self

    def _await_word(self, since: int) -> None:
        """Waits for what the last Enter brought, if it brings anything: a slow program must not read two at once."""
        for _ in range(40):
            if len(self.raw) > since:
                return
            self._read()

    def hang_up(self) -> Person:
        """Closes the terminal's window."""
        self.child.hang_up()
        return self

    def ends(self) -> int:
        """The exit code, once it has ended; the negative signal where one ended it."""
        self._until(lambda: self.child.ended() is not None and not self._read(), "the end")
        return self.child.ends()

    def _until(self, done: Callable[[], bool], what: str) -> Person:
        deadline = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited for {what}, and saw:\n{self.seen}")
            self._read()
        return self

    def _read(self) -> bool:
        data = self.child.read(0.05)
        if not data:
            if data is not None:
                time.sleep(0.01)  # it has closed its end; whoever waits goes on asking
            return False
        text = self.decoder.decode(data)
        self.raw += text
        self.stream.feed(text)
        self._seen = None
        return True


@contextmanager
def people(folder: Path, *always: str) -> Iterator[Callable[..., Person]]:
    """Starts `maturity assess` (or another `command`) with arguments, `always` among them, as often as wanted, and clears up."""
    started: list[Person] = []

    def start(*arguments: str, **more: object) -> Person:
        person = Person(folder, *arguments, *always, **more)  # type: ignore[arg-type]
        started.append(person)
        return person

    try:
        yield start
    finally:
        for person in started:
            person.child.close()


def held(path: Path) -> str:
    """A file's text, with TIME for every time in it."""
    return TIME.sub("TIME", path.read_text(encoding="utf-8"))
