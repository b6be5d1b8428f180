"""A menu: entries that wrap, actions with keys in rows below, everything reachable by arrow keys; no terminal here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from maturity.assess.wording import wrapped
from maturity.locale.words import Words

WIDEST = 96
"""Columns: longer lines are hard to read."""

Part = tuple[str, str]
"""A style and a piece of text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to choose; `key` is a letter for it where digits are part of an answer that is typed.

    `under` is the heading that it belongs to, shown above the first entry of each.
    """

    value: str
    text: str
    exclusive: bool = False
    key: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do instead of choosing; `key` is one lower-case letter."""

    key: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Picked:
    """What came of a menu: an action, or the values chosen, or the first character of something being typed."""

    action: str | None = None
    values: tuple[str, ...] = ()
    typed: str = ""


@dataclass
class Menu:
    """The state of one menu, and how it draws itself.

    `lines_above` is how many lines on the screen belong to the question, and must not be scrolled away.
    With `several`, entries are ticked with the space bar. What `types` starts an answer that is typed: digits, or any
    character, in which case the actions have no keys. `default` is the value pointed at from the start, where one was
    wanted there; `nowhere` has the pointer start on nothing, so that Enter alone chooses nothing. `earlier` is what was
    answered last period: pointed at or ticked, and shown as not chosen yet. `simple` keeps to signs that every console has.
    """

    entries: Sequence[Entry]
    actions: Sequence[Action]
    words: Words
    chosen: frozenset[str] = frozenset()
    several: bool = False
    types: Literal["nothing", "digits", "anything"] = "nothing"
    marked: bool = True
    lines_above: int = 0
    pointer: int = 0
    default: str | None = None
    nowhere: bool = False
    earlier: frozenset[str] = frozenset()
    complaint: str = ""
    simple: bool = False
    ticked: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.ticked = set(self.chosen | self.earlier)
        if self.nowhere:
            self.pointer = -1
        for entry in reversed(self.entries):
            if entry.value in self.ticked:
                self.point_at(entry.value)

    # What it does

    def point_at(self, value: str) -> None:
        """Moves the pointer to an entry, if there is one of that value."""
        for position, entry in enumerate(self.entries):
            if entry.value == value:
                self.pointer, self.default = position, value

    def move(self, by: int) -> None:
        self.complaint = ""
        start = 0 if self.pointer < 0 > by else self.pointer
        self.pointer = (start + by) % (len(self.entries) + len(self.actions))

    def leap(self, by: int) -> None:
        """Moves the pointer over several entries, and stops at the first and the last."""
        self.complaint = ""
        self.pointer = min(max(0, self.pointer + by), len(self.entries) - 1)

    def toggle(self) -> None:
        """Ticks or unticks where the pointer is; an exclusive entry and the others push each other out."""
        self.complaint = ""
        if not self.several or not 0 <= self.pointer < len(self.entries):
            return
        entry = self.entries[self.pointer]
        if entry.value in self.ticked:
            self.ticked.discard(entry.value)
            return
        pushed = self.entries if entry.exclusive else [e for e in self.entries if e.exclusive]
        self.ticked -= {e.value for e in pushed}
        self.ticked.add(entry.value)

    def enter(self) -> Picked | None:
        """What the Enter key gives here; None where there is something to do first."""
        if self.pointer >= len(self.entries):
            return Picked(action=self.actions[self.pointer - len(self.entries)].value)
        if not self.several:
            if self.pointer < 0:
                self.complaint = self.words("Choose first, with the arrow keys or a digit.")
                return None
            return Picked(values=(self.entries[self.pointer].value,))
        if not self.ticked:
            self.complaint = self.words("Tick at least one with the space bar, or skip the question.")
            return None
        return Picked(values=tuple(e.value for e in self.entries if e.value in self.ticked))

    # How it looks

    def entry_lines(self, width: int) -> tuple[list[Part], int, int]:
        """The entries' text, the line on which the pointer is, and how many lines there are."""
        shown: list[Part] = []
        line = pointed = 0
        for position in range(len(self.entries)):
            here = position == self.pointer
            if heading := self.heading(position):
                lines = wrapped(heading, min(width, WIDEST) - 4)
                shown.append(("class:hint", "".join(f"{text}\n" for text in lines)))
                line += len(lines)
            if here:
                pointed = line
            lead = (self._pointer if here else "  ") + self._lead(position)
            lines = self._wrapped(position, width)
            style = "class:pointed" if here else ""
            text = f"\n{' ' * len(lead)}".join(lines)
            shown.append((style, f"{lead}{text}\n"))
            line += len(lines)
        if shown:
            style, text = shown[-1]
            shown[-1] = (style, text.removesuffix("\n"))
        return shown, pointed, line

    def heading(self, position: int) -> str:
        """What stands above an entry: the heading it belongs to, where the one before belongs to another."""
        under = self.entries[position].under
        return under if position == 0 or under != self.entries[position - 1].under else ""

    def pointed_lines(self, width: int) -> int:
        """How many lines the entry under the pointer takes."""
        return len(self._wrapped(self.pointer, width)) if 0 <= self.pointer < len(self.entries) else 1

    def action_rows(self, width: int) -> tuple[list[Part], int]:
        """The actions in as many rows as they need, and how many these are."""
        shown: list[Part] = []
        used, rows = 0, 1
        for position, action in enumerate(self.actions, len(self.entries)):
            key = f"[{action.key}] "
            room = len(key) + len(action.text) + 2
            if used and used + room > min(width, WIDEST) - 1:
                shown.append(("", "\n"))
                used, rows = 0, rows + 1
            here = position == self.pointer
            shown.append(("class:pointed" if here else "", self._pointer[::-1] if here else "  "))
            shown.append(("class:key", key))
            shown.append(("class:pointed" if here else "", action.text))
            used += room
        return shown, rows

    @property
    def hint(self) -> str:
        """How to use it with keys, in a sentence."""
        words = self.words
        if self.types == "digits":
            return words("Type the number; or arrow keys and Enter; or a letter:")
        if self.types == "anything":
            return words("Type the answer; or Esc and then a letter; or arrow keys and Enter:")
        if self.several:
            return words("Tick with the space bar or a digit, then Enter; or a letter:")
        if not self.actions:
            only = len(self.entries) == 1
            return words("Enter goes on.") if only else words("Arrow keys and Enter choose.")
        return words("Arrow keys or a digit, then Enter; or a letter:")

    def shown(self, entry: Entry) -> str:
        """An entry's text, and whether it was last period's answer."""
        if entry.value in self.earlier and not entry.key:
            return self.words("{option} (last period)", option=entry.text)
        return entry.text

    @property
    def _pointer(self) -> str:
        return "> " if self.simple else "» "

    def _wrapped(self, position: int, width: int) -> tuple[str, ...]:
        return wrapped(self.shown(self.entries[position]), min(width, WIDEST) - len(self._lead(position)) - 4)

    def _lead(self, position: int) -> str:
        value = self.entries[position].value
        number = "" if self.types != "nothing" else f"{position + 1} " if position < 9 else "  "
        if self.several:
            return ("[x] " if value in self.ticked else "[ ] ") + number
        chosen, not_chosen = ("* ", "- ") if self.simple else ("● ", "○ ")
        return number + (chosen if value in self.chosen else not_chosen) if self.marked else number
