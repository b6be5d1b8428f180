"""A menu on the screen: drawn anew at every key and every new size of the window, wiped when it is done.

questionary's own select cuts long choices at the terminal's width and lists one action a line, which leaves no
room for five sentences at 80x24; this is its look and its keys with room for both. prompt_toolkit is what
questionary is built on; `prompts` runs the menu as a questionary question.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.data_structures import Point
from prompt_toolkit.filters import Condition
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

from maturity.assess.keyboard import Repeats
from maturity.assess.menu import WIDEST, Menu, Picked
from maturity.assess.wording import clean, wrapped

PAGE = 8
"""Entries that PageUp and PageDown pass over."""
ESCAPED = 0.05
"""Seconds within which an Esc may turn out to be the start of an arrow key."""
AFTER_ESCAPE = 3600.0
"""Seconds that an Esc waits for its letter: as long as it takes."""
STYLE = Style.from_dict({"pointed": "bold", "key": "bold", "hint": "italic", "complaint": "bold"})
"""Weight instead of colour: readable on dark and light ground, and the same with NO_COLOR."""


def application(menu: Menu, repeats: Repeats) -> Application[Picked]:
    """The menu as a prompt_toolkit application that is wiped when it is done.

    Enter that `repeats` takes for a key held down does nothing. Ctrl-C raises KeyboardInterrupt and Ctrl-D EOFError out of it.
    """
    app: Application[Picked] = Application(
        layout=_Screen(menu).layout(), key_bindings=_keys(menu, repeats), style=STYLE, erase_when_done=True
    )
    app.ttimeoutlen, app.timeoutlen = ESCAPED, AFTER_ESCAPE
    return app


@dataclass(frozen=True, slots=True)
class _Screen:
    """Where the parts of a menu stand, measured anew at every drawing, so that a resized window is drawn right."""

    menu: Menu

    @property
    def columns(self) -> int:
        return get_app().output.get_size().columns

    @property
    def hint(self) -> tuple[str, ...]:
        """How to use the menu, in lines; none where they would only take room from the entries."""
        lines = wrapped(self.menu.hint, min(self.columns, WIDEST) - 3)
        fits = self.needed <= self._left - len(lines)
        return lines if fits or self.menu.several else ()

    @property
    def room(self) -> int:
        """Lines for the entries: what the question, the hint and the actions leave of the screen."""
        return max(3, self._left - len(self.hint))

    @property
    def _left(self) -> int:
        taken = self.menu.lines_above + self.menu.action_rows(self.columns)[1] + 2
        return get_app().output.get_size().rows - taken

    @property
    def needed(self) -> int:
        return self.menu.entry_lines(self.columns)[2]

    def _entries(self) -> Window:
        def position() -> Point:
            return Point(0, self.menu.entry_lines(self.columns)[1])

        control = FormattedTextControl(
            lambda: [*self.menu.entry_lines(self.columns)[0]],
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
        actions = FormattedTextControl(lambda: [*menu.action_rows(self.columns)[0]])
        complaint = FormattedTextControl(lambda: [("class:complaint", f"! {menu.complaint}")])
        return Layout(
            HSplit(
                [
                    self._entries(),
                    Window(height=1),
                    ConditionalContainer(
                        Window(hint, height=lambda: _lines(len(self.hint))),
                        Condition(lambda: bool(self.hint)),
                    ),
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


def _keys(menu: Menu, repeats: Repeats) -> KeyBindings:
    keys = KeyBindings()

    def on(names: Iterable[str | Keys], act: Callable[[KeyPressEvent], None]) -> None:
        for name in names:
            keys.add(name, eager=name is not Keys.Any)(functools.partial(noted, act=act))

    def noted(event: KeyPressEvent, act: Callable[[KeyPressEvent], None]) -> None:
        repeats.other()
        act(event)

    def enter(event: KeyPressEvent) -> None:
        if not repeats.enter():
            finish(event, menu.enter())

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
    on(["pagedown"], lambda _: menu.leap(PAGE))
    on(["pageup"], lambda _: menu.leap(-PAGE))
    for name in ("enter", "c-j"):
        keys.add(name, eager=True)(enter)
    if menu.types == "anything":
        on([Keys.Any, Keys.BracketedPaste], typed)
    elif menu.types == "digits":
        on([*"0123456789-−.,", Keys.BracketedPaste], typed)
    else:
        on(" ", lambda _: menu.toggle())
        on("123456789", digit)
    for action in menu.actions:
        act = functools.partial(finish, picked=Picked(action=action.value))
        for letter in (action.key, action.key.upper()):
            # Where any letter starts an answer, one behind Esc (or with Alt, which is sent the same) is a command.
            keys.add("escape", letter)(functools.partial(noted, act=act))
            if menu.types != "anything":
                on([letter], act)
    on(["c-c", "<sigint>"], lambda event: event.app.exit(exception=KeyboardInterrupt))
    on(["c-d"], lambda event: event.app.exit(exception=EOFError))
    return keys
