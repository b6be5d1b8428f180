"""The terminal: Rich draws what stays on the screen, questionary asks. What is asked stands in `asking`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import questionary
from prompt_toolkit.application.current import get_app_session
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from rich.console import Console
from rich.text import Text

from maturity.assess.councils import Councils
from maturity.assess.interrupts import Interrupts
from maturity.assess.keyboard import Repeats
from maturity.assess.menu import WIDEST, Menu, Picked
from maturity.assess.menu_screen import application
from maturity.assess.talks import Check
from maturity.assess.wording import clean, spelt, words_in, wrapped
from maturity.locale.words import Words
from maturity.models.register import Register
from maturity.models.text import Language

PLAIN = questionary.Style(
    [("qmark", "bold"), ("question", "bold"), ("answer", ""), ("instruction", "italic")]
)
"""Questionary's look without its colours, which are faint on one ground or the other."""


class Terminal:
    """Draws and asks on the terminal that `console` writes to.

    Ctrl-C and the signals of `signals` raise KeyboardInterrupt, and Ctrl-D EOFError, out of everything that asks.
    """

    def __init__(self, signals: Interrupts, console: Console | None = None) -> None:
        self.signals, self.repeats = signals, Repeats()
        self.console = console or Console(highlight=False, markup=False, emoji=False)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keeps the terminal from echoing, and from reading Enter as something else, between two prompts.

        Whoever types faster than the next question comes has every key read by it. Ctrl-C is such a key.
        """
        with get_app_session().input.raw_mode():
            yield

    @property
    def width(self) -> int:
        """How wide lines get: short enough to be read easily, and never as far as the last column."""
        return min(self.console.width, WIDEST) - 1

    def say(self, text: str = "", style: str = "", /, *, indent: str = "") -> int:
        """Prints text wrapped between words, later lines behind `indent`, and returns how many lines it took."""
        room = self.width - len(indent)
        lines = [line for paragraph in clean(text).split("\n") for line in wrapped(paragraph, room)]
        self._print(f"\n{indent}".join(lines), style)
        return len(lines)

    def done(self, text: str) -> None:
        """Says that something was done."""
        self.say(f"{self.sign('✓', '*')} {text}", indent="  ")

    def headline(self, left: str, right: str, part: float) -> int:
        """A line of which `part` is drawn heavy, and two texts under it, side by side where there is room."""
        self._print(self.bar(part, self.width), "dim")
        left, right = clean(left), clean(right)
        gap = self.width - len(left) - len(right)
        if gap < 2:
            return 1 + self.say(left) + self.say(right)
        self._print(f"{left}{' ' * gap}{right}")
        return 2

    def bar(self, part: float, width: int) -> str:
        """A bar of which `part` is full."""
        full = round(min(max(part, 0), 1) * width)
        return self.sign("━", "=") * full + self.sign("─", "-") * (width - full)

    def command(self, line: str) -> None:
        """A command to copy, unbroken."""
        self._print(f"    {line}")

    def pick(self, menu: Menu) -> Picked:
        """What is chosen from a menu, which is wiped then."""
        if not self.can_show("●○»"):
            menu.simple = True
            coding = self.console.encoding
            menu.entries = [
                replace(e, text=spelt(e.text, coding), under=spelt(e.under, coding)) for e in menu.entries
            ]
            menu.actions = [replace(a, text=spelt(a.text, self.console.encoding)) for a in menu.actions]
        picked: Picked = self._run(questionary.Question(application(menu, self.repeats)))
        return picked

    def line(
        self, label: str, words: Words, default: str = "", check: Check | None = None, *, many: bool = False
    ) -> str | None:
        """A line of text, cleaned; None after Esc. Asks again, with what was typed, until `check` finds no fault.

        A paste of `many` lines stays as it is; elsewhere they become one.
        """
        while True:
            self.say(f"{label} ({words('Esc goes back')})", "dim")
            asked = questionary.text(">", default=default, qmark="", style=PLAIN)
            _make_escapable(asked)
            try:
                typed: str | None = self._run(asked)
            except (KeyboardInterrupt, EOFError):
                if asked.application.current_buffer.text not in ("", default):
                    self.say(words("What you were typing is not saved."))
                raise
            self.repeats.enter()
            if typed is None:
                return None
            default = clean(typed).strip() if many else " ".join(clean(typed).split())
            fault = check(default) if check else None
            if fault is None:
                return default
            self.say(f"! {fault}", "bold", indent="  ")

    def council(self, register: Register, language: Language) -> str | None:
        """Which council, typed or chosen from those whose name in either language has the letters; None after Esc."""
        words = words_in(language)

        def fault(typed: str) -> bool | str:
            if register.find(typed):
                return True
            close = register.suggest(typed)
            if close:
                return words("No council has that name. Did you mean {names}?", names=", ".join(close))
            return words("No council has that name.")

        self.say(
            words("Which council? Type a few letters of its name; Tab or the arrow keys choose."), "bold"
        )
        asked = questionary.autocomplete(
            ">",
            choices=[],
            completer=Councils(register, language),
            validate=fault,
            qmark="",
            style=PLAIN,
            validate_while_typing=False,
        )
        _make_escapable(asked)
        typed = self._run(asked)
        return None if typed is None else str(typed)

    def _run(self, asked: questionary.Question) -> Any:
        return self.signals.run(asked.application)

    def sign(self, fancy: str, plain: str) -> str:
        """The sign, or what a console can show that knows no such thing (cp1252)."""
        return fancy if self.can_show(fancy) else plain

    def can_show(self, text: str) -> bool:
        """Whether the console's encoding has these characters."""
        return spelt(text, self.console.encoding) == text

    def _print(self, text: str, style: str = "") -> None:
        self.console.print(Text(spelt(text, self.console.encoding), style), soft_wrap=True)


def _make_escapable(asked: questionary.Question) -> None:
    escape = KeyBindings()

    @escape.add("escape", eager=True)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=None)

    app = asked.application
    app.key_bindings = merge_key_bindings([app.key_bindings or KeyBindings(), escape])
    app.ttimeoutlen = 0.05  # how long an Esc may turn out to be the start of an arrow key
