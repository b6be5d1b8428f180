"""Somebody who types line after line, in this process: the prompts of `--plain` without a terminal or a wait."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest

from maturity.assess.keyboard import Repeats
from maturity.assess.menu import Menu, Picked
from maturity.assess.plain import PlainTerminal, Waiting
from maturity.assess.plain_choice import HARD_SPACE
from maturity.assess.talks import Check
from maturity.locale.words import Words
from maturity.models.register import Register
from maturity.models.text import Language


class Terminal(io.StringIO):
    """What a stream of a terminal is taken for."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class _Keyboard:
    typing = ""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines

    @contextmanager
    def held(self) -> Iterator[None]:
        yield

    def more(self, _seconds: float) -> bool:
        return False

    def line(self) -> str:
        line = next(self._lines, None)
        if line is None:
            raise EOFError
        return line


class Typist(PlainTerminal):
    """Types these lines at the prompts in turn; Ctrl-D is behind the last.

    `prompts` are what is asked and `shape` with what is said between, neither in words: both are the same in every
    language. `said` are the lines, by the language that was spoken then, which is another after each choice of "l". Who is
    `restless` chooses it once at every menu that has it.
    """

    def __init__(self, *lines: str, language: Language = "en", restless: bool = False) -> None:
        super().__init__(Waiting())
        self.keyboard = _Keyboard(iter("\n".join(lines).split("\n") if lines else ()))  # type: ignore[assignment]
        self.repeats = Repeats(count().__next__)
        self.language, self.restless, self._turned = language, restless, False
        self.prompts: list[object] = []
        self.shape: list[object] = []
        self.said: dict[Language, list[str]] = {"en": [], "cy": []}

    def say(self, text: str = "", style: str = "", /, *, indent: str = "") -> int:
        # Without its first sign, a sentence is one in any language; an empty line stays one.
        self.shape.append((bool(text), style, bool(indent), text[:1] if text[:1] in "!*-" else ""))
        return super().say(text, style, indent=indent)

    def command(self, line: str) -> None:
        self.shape.append("command")
        super().command(line)

    def pick(self, menu: Menu) -> Picked:
        if self.restless and not self._turned and any(a.value == "language" for a in menu.actions):
            self._turned = True
            self.language = "cy" if self.language == "en" else "en"
            return Picked(action="language")
        self._turned = False
        self._asked(
            tuple((e.value, e.exclusive, e.key, bool(e.under)) for e in menu.entries),
            tuple((a.key, a.value) for a in menu.actions),
            (sorted(menu.chosen), sorted(menu.earlier), menu.several, menu.types, menu.default, menu.nowhere),
        )
        picked = super().pick(menu)
        if picked.action == "language":
            self.language = "cy" if self.language == "en" else "en"
        return picked

    def line(
        self, label: str, words: Words, default: str = "", check: Check | None = None, *, many: bool = False
    ) -> str | None:
        self._asked("line", bool(default), check is not None, many)
        return super().line(label, words, default, check, many=many)

    def council(self, register: Register, language: Language) -> str:
        self._asked("council")
        return super().council(register, language)

    def _asked(self, *what: object) -> None:
        self.prompts.append(what)
        self.shape.append(what)

    def _print(self, text: str) -> None:
        # Menus are listed in the language of the question, which is asked again where that changes.
        self.said[self.language] += text.replace(HARD_SPACE, " ").split("\n")

    def _prompt(self) -> None:
        pass


@contextmanager
def seated(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Terminal, Terminal]]:
    """Before a terminal of 200 columns: what is written to stdout and stderr while the block runs."""
    out, error = Terminal(), Terminal()
    with monkeypatch.context() as patched:
        for name, value in (("COLUMNS", "200"), ("LINES", "400"), ("TERM", "dumb"), ("NO_COLOR", "1")):
            patched.setenv(name, value)
        for name, stream in (("stdin", Terminal()), ("stdout", out), ("stderr", error)):
            patched.setattr(sys, name, stream)
        yield out, error
