"""A menu on the terminal: entries that wrap, actions with keys in rows below, everything reachable by arrow keys.

questionary's own select cuts long choices at the terminal's width and lists one action a line, which leaves no
room for five sentences at 80x24; this is its look and its keys with room for both. prompt_toolkit is what
questionary is built on; `prompts` runs the menu as a questionary question.
"""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

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
    ScrollOffsets,
    Window,
)
from prompt_toolkit.styles import Style

from maturity.assess.wording import clean

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
    With `several`, entries are ticked with the space bar. What `types` starts an answer that is typed: digits, or any
    character, in which case the actions have no keys.
    """

    entries: Sequence[Entry]
    actions: Sequence[Action]
    hint: str
    chosen: frozenset[str] = frozenset()
    several: bool = False
    nothing_ticked: str = ""
    types: Literal["nothing", "digits", "anything"] = "nothing"
    marked: bool = True
    lines_above: int = 0
    pointer: int = 0
    complaint: str = ""
    ticked: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.ticked = set(self.chosen)
        for entry in reversed(self.entries):
            if entry.value in self.chosen:
                self.point_at(entry.value)

    # What it does

    def point_at(self, value: str) -> None:
        """Moves the pointer to an entry, if there is one of that value."""
        self.pointer = next((p for p, e in enumerate(self.entries) if e.value == value), self.pointer)

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
        for position in range(len(self.entries)):
            here = position == self.pointer
            if here:
                pointed = line
            lead = ("» " if here else "  ") + self._lead(position)
            wrapped = self._wrapped(position, width)
            style = "class:pointed" if here else ""
            text = f"\n{' ' * len(lead)}".join(wrapped)
            shown.append((style, f"{lead}{text}\n"))
            line += len(wrapped)
        if shown:
            style, text, *_ = shown[-1]
            shown[-1] = (style, text.removesuffix("\n"))
        return shown, pointed, line

    def pointed_lines(self, width: int) -> int:
        """How many lines the entry under the pointer takes."""
        return len(self._wrapped(self.pointer, width)) if self.pointer < len(self.entries) else 1

    def action_rows(self, width: int) -> tuple[StyleAndTextTuples, int]:
        """The actions in as many rows as they need, and how many these are."""
        shown: StyleAndTextTuples = []
        used, rows = 0, 1
        for position, action in enumerate(self.actions, len(self.entries)):
            key = "" if self.types == "anything" else f"[{action.key}] "
            room = len(key) + len(action.text) + 4
            if used and used + room > min(width, WIDEST) - 1:
                shown.append(("", "\n"))
                used, rows = 0, rows + 1
            here = position == self.pointer
            shown.append(("class:pointed" if here else "", "» " if here else "  "))
            shown.append(("class:key", key))
            shown.append(("class:pointed" if here else "", f"{action.text}  "))
            used += room
        return shown, rows

    def _wrapped(self, position: int, width: int) -> list[str]:
        room = min(width, WIDEST) - len(self._lead(position)) - 4
        return textwrap.wrap(self.entries[position].text, max(12, room), break_on_hyphens=False) or [""]

    def _lead(self, position: int) -> str:
        value = self.entries[position].value
        number = "" if self.types != "nothing" else f"{position + 1} " if position < 9 else "  "
        if self.several:
            return ("[x] " if value in self.ticked else "[ ] ") + number
        return number + ("● " if value in self.chosen else "○ ") if self.marked else number


def application(menu: Menu) -> Application[Picked]:
    """The menu as a prompt_toolkit application that is wiped when it is done.

    Ctrl-C raises KeyboardInterrupt and Ctrl-D EOFError out of it.
    """
    return Application(
        layout=_Screen(menu).layout(), key_bindings=_keys(menu), style=STYLE, erase_when_done=True
    )


@dataclass(frozen=True, slots=True)
class _Screen:
    """Where the parts of a menu stand, measured anew at every drawing, so that a resized window is drawn right."""

    menu: Menu

    @property
    def columns(self) -> int:
        return get_app().output.get_size().columns

    @property
    def hint(self) -> list[str]:
        return textwrap.wrap(self.menu.hint, max(12, min(self.columns, WIDEST) - 3))

    @property
    def room(self) -> int:
        """Lines for the entries: what the question and the actions leave of the screen."""
        taken = self.menu.lines_above + self.menu.action_rows(self.columns)[1] + len(self.hint) + 2
        return max(3, get_app().output.get_size().rows - taken)

    @property
    def needed(self) -> int:
        return self.menu.entry_lines(self.columns)[2]

    def _entries(self) -> Window:
        def position() -> Point:
            return Point(0, self.menu.entry_lines(self.columns)[1])

        control = FormattedTextControl(
            lambda: self.menu.entry_lines(self.columns)[0],
            focusable=True,
            show_cursor=False,
            get_cursor_position=position,
        )
        bar = ConditionalMargin(
            ScrollbarMargin(display_arrows=True), Condition(lambda: self.needed > self.room)
        )
        return Window(
            control,
            height=lambda: _lines(min(self.needed, self.room)),
            right_margins=[bar],
            scroll_offsets=ScrollOffsets(bottom=lambda: self.menu.pointed_lines(self.columns) - 1),
            always_hide_cursor=True,
        )

    def layout(self) -> Layout:
        menu = self.menu
        hint = FormattedTextControl(lambda: [("class:hint", "\n".join(f"  {line}" for line in self.hint))])
        actions = FormattedTextControl(lambda: menu.action_rows(self.columns)[0])
        complaint = FormattedTextControl(lambda: [("class:complaint", f"! {menu.complaint}")])
        return Layout(
            HSplit(
                [
                    self._entries(),
                    Window(height=1),
                    Window(hint, height=lambda: _lines(len(self.hint))),
                    Window(actions, height=lambda: _lines(menu.action_rows(self.columns)[1])),
                    ConditionalContainer(
                        Window(complaint, wrap_lines=True, dont_extend_height=True),
                        Condition(lambda: bool(menu.complaint)),
                    ),
                ]
            )
        )


def _lines(count: int) -> Dimension:
    return Dimension(min=1, max=max(1, count), preferred=max(1, count))


def _keys(menu: Menu) -> KeyBindings:
    keys = KeyBindings()

    def on(names: Iterable[str | Keys], act: Callable[[KeyPressEvent], None]) -> None:
        for name in names:
            keys.add(name, eager=name is not Keys.Any)(act)

    def finish(event: KeyPressEvent, picked: Picked | None) -> None:
        if picked is not None:
            event.app.exit(result=picked)

    def typed(event: KeyPressEvent) -> None:
        if clean(event.data):  # not the code of a function key
            finish(event, Picked(typed=clean(event.data)))

    def digit(event: KeyPressEvent) -> None:
        if int(event.data) <= len(menu.entries):
            menu.pointer = int(event.data) - 1
            menu.toggle()

    on(["down", "right", "c-n", "tab"], lambda _: menu.move(1))
    on(["up", "left", "c-p", "s-tab"], lambda _: menu.move(-1))
    on(["enter", "c-j"], lambda event: finish(event, menu.enter()))
    if menu.types == "anything":
        on([Keys.Any, Keys.BracketedPaste], typed)
    elif menu.types == "digits":
        on([*"0123456789-−.,", Keys.BracketedPaste], typed)
    else:
        on(" ", lambda _: menu.toggle())
        on("123456789", digit)
    for action in menu.actions if menu.types != "anything" else ():
        pick = Picked(action=action.value)
        on([action.key, action.key.upper()], functools.partial(finish, picked=pick))
    on(["c-c", "<sigint>"], lambda event: event.app.exit(exception=KeyboardInterrupt))
    on(["c-d"], lambda event: event.app.exit(exception=EOFError))
    return keys
