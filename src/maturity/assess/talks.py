"""What the interview needs of whatever it talks through: the screen of `prompts`, or the lines of `plain`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from maturity.assess.menu import Entry, Menu, Picked
from maturity.locale.words import Words
from maturity.models.register import Register
from maturity.models.text import Language

Check = Callable[[str], str | None]
"""What is wrong with something typed; None where nothing is."""


class Talks(Protocol):
    """Says and asks. What asks raises KeyboardInterrupt after Ctrl-C or a signal, EOFError after Ctrl-D."""

    def held(self) -> AbstractContextManager[None]:
        """The block in which questions are asked."""

    def say(self, text: str = "", style: str = "", /, *, indent: str = "") -> int:
        """Says it, later lines behind `indent`, and returns how many lines that took."""

    def done(self, text: str) -> None:
        """Says that something was done."""

    def headline(self, left: str, right: str, part: float, /) -> int:
        """Begins a question: where we are, how far, and what `part` is done; returns how many lines that took."""

    def sign(self, fancy: str, plain: str, /) -> str:
        """The sign, or what can be shown or spoken instead of it."""

    def bar(self, part: float, width: int, /) -> str:
        """A bar of which `part` is full; empty where none is drawn."""

    def command(self, line: str) -> None:
        """Shows a command to run, whole and in a line of its own."""

    def pick(self, menu: Menu) -> Picked:
        """What is chosen from a menu."""

    def line(
        self, label: str, words: Words, default: str = "", check: Check | None = None, *, many: bool = False
    ) -> str | None:
        """Something typed, cleaned; None where the person goes back. Asks again until `check` finds no fault.

        `many` lines may be pasted.
        """

    def council(self, register: Register, language: Language) -> str | None:
        """Which council: a spelling that the register has; None where the person goes back."""


def yes(terminal: Talks, question: str, words: Words) -> bool:
    """A yes or no; no is what Enter gives."""
    terminal.say()
    terminal.say(question, "bold")
    menu = Menu([Entry("no", words("No")), Entry("yes", words("Yes"))], [], words, marked=False)
    menu.point_at("no")
    return terminal.pick(menu).values == ("yes",)
