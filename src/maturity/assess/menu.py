"""A menu on the terminal: entries that wrap, actions with keys in rows below, everything reachable by arrow keys.

questionary's own select cuts long choices at the terminal's width and lists one action a line, which leaves no
room for five sentences at 80x24; this is its look and its keys with room for both. prompt_toolkit is what
questionary is built on; `prompts` runs the menu as a questionary question.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.data_structures import Point
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import (
    ConditionalContainer,
    ConditionalMargin,
    Dimension,
    FormattedTextControl,
    HSplit,
    Layout,
    ScrollbarMargin,
    Window,
)
from prompt_toolkit.styles import Style

WIDEST = 96
STYLE = Style.from_dict({"pointed": "bold", "key": "bold", "hint": "italic", "complaint": "bold"})
"""Weight instead of colour: readable on dark and light ground, and the same with NO_COLOR."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to choose."""

    value: str
    text: str
    exclusive: bool = False


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
    With `several`, entries are ticked with the space bar; with `digits_type`, a digit is the start of an answer.
    """

    entries: Sequence[Entry]
    actions: Sequence[Action]
    hint: str
    chosen: frozenset[str] = frozenset()
    several: bool = False
    nothing_ticked: str = ""
    digits_type: bool = False
    marked: bool = True
    lines_above: int = 0
    pointer: int = 0
    complaint: str = ""
    ticked: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.ticked = set(self.chosen)
        at = [p for p, entry in enumerate(self.entries) if entry.value in self.chosen]
        if at:
            self.pointer = at[0]

    # What it does

    def move(self, by: int) -> None:
        self.complaint = ""
        self.pointer = (self.pointer + by) % (len(self.entries) + len(self.actions))

    def toggle(self) -> None:
        """Ticks or unticks where the pointer is; an exclusive entry and the others push each other out."""
        self.complaint = ""
        if not self.several or self.pointer >= len(self.entries):
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
            return Picked(values=(self.entries[self.pointer].value,))
        if not self.ticked:
            self.complaint = self.nothing_ticked
            return None
        return Picked(values=tuple(e.value for e in self.entries if e.value in self.ticked))

    # How it looks

    def entry_lines(self, width: int) -> tuple[StyleAndTextTuples, int, int]:
        """The entries' text, the line on which the pointer is, and how many lines there are."""
        shown: StyleAndTextTuples = []
        line = pointed = 0
        for position, entry in enumerate(self.entries):
            here = position == self.pointer
            if here:
                pointed = line
            lead = ("» " if here else "  ") + self._mark(entry) + self._number(position)
            wrapped = textwrap.wrap(entry.text, max(12, min(width, WIDEST) - len(lead) - 2)) or [""]
            style = "class:pointed" if here else ""
            text = f"\n{' ' * len(lead)}".join(wrapped)
            shown.append((style, f"{lead}{text}\n"))
            line += len(wrapped)
        if shown:
            style, text, *_ = shown[-1]
            shown[-1] = (style, text.removesuffix("\n"))
        return shown, pointed, line

    def action_rows(self, width: int) -> tuple[StyleAndTextTuples, int]:
        """The actions in as many rows as they need, and how many these are."""
        shown: StyleAndTextTuples = []
        used, rows = 0, 1
        for position, action in enumerate(self.actions, len(self.entries)):
            room = len(action.text) + 6
            if used and used + room > min(width, WIDEST) - 1:
                shown.append(("", "\n"))
                used, rows = 0, rows + 1
            here = position == self.pointer
            shown.append(("class:pointed" if here else "", "» " if here else "  "))
            shown.append(("class:key", f"{action.key} "))
            shown.append(("class:pointed" if here else "", f"{action.text}  "))
            used += room
        return shown, rows

    def _mark(self, entry: Entry) -> str:
        if self.several:
            return "[x] " if entry.value in self.ticked else "[ ] "
        if not self.marked:
            return ""
        return "● " if entry.value in self.chosen else "○ "

    def _number(self, position: int) -> str:
        if self.digits_type:
            return ""
        return f"{position + 1} " if position < 9 else "  "


def application(menu: Menu) -> Application[Picked]:
    """The menu as a prompt_toolkit application that is wiped when it is done.

    Ctrl-C raises KeyboardInterrupt and Ctrl-D EOFError out of it.
    """
    return Application(
        layout=_layout(menu), key_bindings=_keys(menu), style=STYLE, erase_when_done=True, include_default_pygments_style=False
    )


def _layout(menu: Menu) -> Layout:
    def columns() -> int:
        return get_app().output.get_size().columns

    def hint_lines() -> list[str]:
        return textwrap.wrap(menu.hint, max(12, min(columns(), WIDEST) - 3))

    def room() -> int:
        """Lines for the entries: what they need, or what the question and the actions leave of the screen."""
        taken = menu.lines_above + menu.action_rows(columns())[1] + len(hint_lines()) + 2
        return max(3, get_app().output.get_size().rows - taken - 1)

    def needed() -> int:
        return menu.entry_lines(columns())[2]

    def exactly(lines: int) -> Dimension:
        return Dimension(min=1, max=max(1, lines), preferred=max(1, lines))

    entries = FormattedTextControl(
        lambda: menu.entry_lines(columns())[0],
        focusable=True,
        show_cursor=False,
        get_cursor_position=lambda: Point(0, menu.entry_lines(columns())[1]),
    )
    bar = ConditionalMargin(ScrollbarMargin(display_arrows=True), Condition(lambda: needed() > room()))
    parts = [
        Window(
            entries,
            height=lambda: exactly(min(needed(), room())),
            right_margins=[bar],
            always_hide_cursor=True,
            wrap_lines=False,
        ),
        Window(height=1),
        Window(
            FormattedTextControl(lambda: [("class:hint", "\n".join(f"  {line}" for line in hint_lines()))]),
            height=lambda: exactly(len(hint_lines())),
        ),
        Window(
            FormattedTextControl(lambda: menu.action_rows(columns())[0]),
            height=lambda: exactly(menu.action_rows(columns())[1]),
        ),
        ConditionalContainer(
            Window(FormattedTextControl(lambda: [("class:complaint", f"  ! {menu.complaint}")]), wrap_lines=True, dont_extend_height=True),
            Condition(lambda: bool(menu.complaint)),
        ),
    ]
    return Layout(HSplit(parts))


def _keys(menu: Menu) -> KeyBindings:
    keys = KeyBindings()

    def on(*names: str | Keys) -> object:
        """Registers a handler for each of several keys."""

        def register(handler: object) -> object:
            for name in names:
                keys.add(name, eager=True)(handler)  # type: ignore[type-var]
            return handler

        return register

    def down(event: KeyPressEvent) -> None:
        menu.move(1)

    return keys
