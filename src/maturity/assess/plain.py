"""Lines instead of a screen (``--plain``): options are numbered, nothing is redrawn, no escape code is written.

For screen readers, for terminals that cannot be drawn on, and for whoever likes it better.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from maturity.assess.keyboard import Keyboard, Repeats, Waiting, waiting
from maturity.assess.menu import WIDEST, Menu, Picked
from maturity.assess.plain_choice import HARD_SPACE, choose, listed
from maturity.assess.talks import Check
from maturity.assess.wording import clean, spelt, words_in, wrapped
from maturity.locale.words import Words
from maturity.models.register import Register, fold, sort_key
from maturity.models.text import Language

__all__ = ["PlainTerminal", "Waiting", "waiting"]

TOGETHER = 0.05
"""Seconds within which further lines belong to the same paste."""
AFTER_AN_EMPTY_LINE = 0.3
"""Seconds within which what follows an empty line is the next paragraph of a paste, and not meant for what comes."""
MOST_LISTED = 9


class PlainTerminal:
    """Writes lines to stdout and reads lines from stdin."""

    def __init__(self, signals: Waiting) -> None:
        self.keyboard, self.repeats = Keyboard(signals), Repeats()
        self._typed = ""

    @contextmanager
    def held(self) -> Iterator[None]:
        """Lines of any length can be read while the block runs."""
        with self.keyboard.held():
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
        wrong = False
        while True:
            typed = self._choice()
            # After a complaint, which says that an empty line lists, it does nothing else.
            found = "" if wrong and not typed else choose(menu, typed)
            if typed and "\n" in typed and menu.types != "anything":
                found = menu.words("Several lines came at once, and none of them was taken. Type one line.")
            if isinstance(found, Picked):
                self._typed = found.typed
                return found
            wrong = bool(found)
            if found:
                self.say(f"! {found}", indent="  ")
            else:
                self._list(menu)

    def line(
        self, label: str, words: Words, default: str = "", check: Check | None = None, *, many: bool = False
    ) -> str | None:
        """A line of text, or `many`, which an empty one ends; None where the person goes back."""
        typed, self._typed = self._typed, ""
        if typed:
            default = ""  # it is what was typed already
            if many:
                self.say(words("Go on in further lines; an empty line ends it."))
                typed = self._read(words, many=True, begun=typed)
        while True:
            if not typed:
                self._explain(label, words, default, many=many)
                typed = self._read(words, many=many)
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
            names = sorted((o.name.to(language) for o in having), key=lambda name: sort_key(name, language))
            names = names or list(register.suggest(typed))
            said = words("No council has that name.")
            if having:
                said = words("Several councils have that: {names}.", names=", ".join(names[:MOST_LISTED]))
            elif names:
                said = words("No council has that name. Did you mean {names}?", names=", ".join(names))
            self.say(f"! {said}", indent="  ")

    def _list(self, menu: Menu) -> None:
        for line, indent in listed(menu):
            self.say(line, indent=indent)

    def _explain(self, label: str, words: Words, default: str, *, many: bool) -> None:
        self.say(label)
        if default:
            self.say(words("So far: {text}", text=default))
            self.say(words("Enter keeps it; a hyphen takes it away; b goes back."))
        else:
            self.say(words("Enter leaves it out; b goes back."))
        if many:
            self.say(words("It may have several lines; an empty line ends it."))

    def _choice(self) -> str:
        """What is typed at a menu, with what was pasted with it. Enter that a held key repeats is passed over."""
        while True:
            self._prompt()
            lines = [self.keyboard.line()]
            while lines[0].strip() and self.keyboard.more(TOGETHER):
                lines.append(self.keyboard.line())
            typed = clean("\n".join(lines)).strip()
            repeated = self.repeats.enter()
            if typed or not repeated:
                return typed

    def _read(self, words: Words, *, many: bool = False, begun: str = "") -> str:
        """A line, cleaned, or `many` up to an empty one. What was pasted together stays together."""
        lines = [begun] if begun else []
        try:
            while True:
                if not self.keyboard.more(0):
                    self._prompt()
                lines.append(self.keyboard.line())
                if self._ends(lines, many=many):
                    break
        except (KeyboardInterrupt, EOFError):
            if self.keyboard.typing.strip() or any(lines):
                self.say()
                self.say(words("What you were typing is not saved."))
            raise
        self.repeats.enter()
        return clean("\n".join(lines)).strip() if many else " ".join(clean(" ".join(lines)).split())

    def _ends(self, lines: list[str], *, many: bool) -> bool:
        """Whether the last line was the last one."""
        empty = not lines[-1].strip()
        if self.keyboard.more(AFTER_AN_EMPTY_LINE if many and empty and len(lines) > 1 else TOGETHER):
            return False
        return not many or empty or (len(lines) == 1 and lines[0].strip().casefold() in ("b", "-"))

    def _prompt(self) -> None:
        sys.stdout.write("> ")
        sys.stdout.flush()

    def _print(self, text: str) -> None:
        sys.stdout.write(spelt(text.replace(HARD_SPACE, " "), sys.stdout.encoding) + "\n")
        sys.stdout.flush()
