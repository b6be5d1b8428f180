"""A menu as lines, and what a typed line chooses from it; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maturity.assess.menu import Entry, Menu, Picked

COMMANDS = {
    "back": ("back", "yn ôl", "nôl", "yn ol", "nol"),
    "stay": ("back", "yn ôl", "nôl", "yn ol", "nol"),
    "skip": ("skip", "next", "hepgor", "neidio heibio", "nesaf"),
    "not_applicable": ("n/a", "not applicable", "amherthnasol", "ddim yn berthnasol"),
    "help": ("?", "help", "cymorth"),
    "note": ("note", "nodyn"),
    "evidence": ("evidence", "tystiolaeth"),
    "sure": ("sure", "siŵr", "siwr", "sicr"),
    "language": ("lang", "language", "iaith", "english", "cymraeg"),
    "jump": ("jump", "neidio", "dimensiwn"),
    "score": ("score", "sgôr", "sgor"),
    "review": ("review", "adolygu"),
    "leave": ("leave", "quit", "gadael"),
}
"""What an action is called besides its letter, in both languages whichever is spoken."""

HARD_SPACE = "\u00a0"
_NUMBER_STARTS = tuple("0123456789-−.,")


def listed(menu: Menu) -> Iterator[tuple[str, str]]:
    """The menu's lines, each with the indent of what is broken over further lines."""
    words = menu.words
    if len(menu.entries) == 1 and not menu.actions:
        yield words("Enter goes on."), ""
        return
    for position, entry in enumerate(menu.entries, 1):
        if heading := menu.heading(position - 1):
            yield heading, ""
        if not _key(menu, entry, position):
            continue
        key = f"{_key(menu, entry, position)} "
        chosen = entry.value in menu.chosen
        text = words("{option} (chosen)", option=entry.text) if chosen else menu.shown(entry)
        if menu.types != "nothing" and entry.value == menu.default:
            key = words("Enter or {key}:", key=entry.key) + " "
        yield f"{key}{text}", " " * len(key)
    if menu.types == "digits":
        yield words("Type the number itself, or a letter:"), ""
    elif menu.types == "anything":
        yield words("Type the answer itself, or a letter:"), ""
    elif menu.several:
        yield words("Type all the numbers that apply, as in 1 3; or a letter:"), ""
    elif menu.default is not None or len(menu.entries) == 1:
        yield words("Type a number or a letter; Enter alone chooses {n}.", n=_default(menu)), ""
    else:
        yield words("Type a number or a letter:"), ""
    if menu.actions:
        # A letter and what it does are not parted at the end of a line.
        named = (f"{action.key} {action.text}".replace(" ", HARD_SPACE) for action in menu.actions)
        yield "; ".join(named), "  "


def choose(menu: Menu, typed: str) -> Picked | str:
    """What a line chooses, or what is wrong with it; an empty complaint where the menu is to be listed again."""
    words, wanted = menu.words, typed.casefold()
    for action in menu.actions:
        if wanted in (action.key, *COMMANDS.get(action.value, ())):
            return Picked(action=action.value)
    if not typed:
        return _enter(menu)
    if len(menu.entries) == 1 and not menu.actions:
        # There is nothing but to go on, as after help: whatever is typed does.
        return Picked(values=(menu.entries[0].value,))
    if menu.types != "nothing":
        for entry in menu.entries:
            if wanted == entry.key:
                return Picked(values=(entry.value,))
        if menu.types == "anything" or typed.startswith(_NUMBER_STARTS):
            return Picked(typed=typed)
        return words("'{typed}' is not a number.", typed=typed)
    numbers = re.split(r"[\s,;]+", typed.strip(" ,;"))
    if not all(number.isdecimal() and 1 <= int(number) <= len(menu.entries) for number in numbers):
        return words("'{typed}' is none of these; an empty line lists them again.", typed=typed)
    if not menu.several:
        if len(numbers) > 1:
            return words("Type one number only.")
        return Picked(values=(menu.entries[int(numbers[0]) - 1].value,))
    return _ticked(menu, {int(number) - 1 for number in numbers})


def _enter(menu: Menu) -> Picked | str:
    there = menu.chosen | menu.earlier
    if menu.several and there:
        return Picked(values=tuple(e.value for e in menu.entries if e.value in there))
    if len(menu.entries) == 1 or (menu.default is not None and not menu.several):
        return Picked(values=(menu.entries[menu.pointer].value,))
    return ""


def _ticked(menu: Menu, positions: set[int]) -> Picked | str:
    chosen = [entry for position, entry in enumerate(menu.entries) if position in positions]
    alone = [entry for entry in chosen if entry.exclusive]
    if alone and len(chosen) > 1:
        return menu.words("'{option}' cannot be chosen together with others.", option=alone[0].text)
    return Picked(values=tuple(entry.value for entry in chosen))


def _default(menu: Menu) -> str:
    return _key(menu, menu.entries[menu.pointer], menu.pointer + 1)


def _key(menu: Menu, entry: Entry, position: int) -> str:
    return entry.key if menu.types != "nothing" else str(position)
