"""A difference on the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from maturity.cli.blocks import Column, draw
from maturity.cli.errors import SEVERITIES
from maturity.cli.terminal import room
from maturity.versions.markdown import ONLY_NEW, ONLY_OLD
from maturity.versions.told import (
    HEADINGS,
    are_councils,
    both,
    farthest,
    heading,
    movement,
    named,
    not_scored,
    place_of,
    replay_sentences,
    summary,
    undecided,
    what_happened,
)

if TYPE_CHECKING:
    from rich.console import Console

    from maturity.locale.words import Words
    from maturity.models.problem import Problem
    from maturity.versions.changes import Change, Compared
    from maturity.versions.difference import Difference
    from maturity.versions.replay import Replay


def show_difference(out: Console, found: Difference, words: Words) -> None:
    """What is owed, every change by class, whom it moves, and what is wrong."""
    for one in found.compared:
        _compared(out, one, words)
    for replayed in found.replays:
        _replayed(out, replayed, words)
    for why in found.not_replayed:
        _line(out, why.said(words))
    for form, names in ((ONLY_OLD, found.only_old), (ONLY_NEW, found.only_new)):
        if names:
            _line(out, words(form, names=", ".join(names)))
    for problem in found.problems:
        _problem(out, problem, words)


def _compared(out: Console, one: Compared, words: Words) -> None:
    _line(out, heading(one, words), style="bold")
    _line(out, summary(one, words))
    if undecided(one, words):
        _line(out, undecided(one, words))
    for effect, title in HEADINGS.items():
        changes = [change for change in one.changes if change.effect is effect]
        if changes:
            out.print()
            _line(out, words(title), style="bold underline")
        for change in changes:
            _change(out, change, words)
    out.print()


def _change(out: Console, change: Change, words: Words) -> None:
    address = change.address.partition("/")[2] or change.subject
    _line(out, address, 2, style="bold")
    _line(out, what_happened(change, words), 4)
    for sign, said, place in zip(
        "-+", both(change, words), (change.old_place, change.new_place), strict=True
    ):
        if said:
            _line(out, f"{sign} {said}", 4, style="red" if sign == "-" else "green")
        if place:
            _line(out, str(place), 6, style="dim")


def _replayed(out: Console, one: Replay, words: Words) -> None:
    for sentence in replay_sentences(one, words):
        _line(out, sentence)
    if one.groups:
        key = [Column(words("Measure"), [place_of(group, words) for group in one.groups], right=False)]
        of = words("of councils") if are_councils(one) else words("of assessments")
        columns = [
            Column(words("Moved"), [str(len(g.moved)) for g in one.groups]),
            Column(of, [str(g.of) for g in one.groups], short=words("of")),
        ]
        far = [Column(words("Farthest"), [farthest(g, words) for g in one.groups], right=False)]
        draw(out, key, [columns, far], room(out))
    for group, movements, more in named(one):
        _line(out, place_of(group, words), style="bold")
        for m in movements:
            _line(out, f"{m.organisation} {m.period}: {movement(m, words)}", 2)
        if more:
            _line(out, words("and {n} more that keep their level", n=more), 2)
        out.print()
    for sentence in not_scored(one, words):
        _line(out, sentence)


def _problem(out: Console, problem: Problem, words: Words) -> None:
    style = "bold" if problem.kind.severity == "error" else ""
    _line(
        out,
        f"{problem.place}: {words(SEVERITIES[problem.kind.severity])}: {problem.message(words)} [{problem.kind.code}]",
        style=style,
    )
    _line(out, problem.remedy(words), 4)


def _line(out: Console, said: str, indent: int = 0, style: str = "") -> None:
    """A paragraph, indented where it is broken too; whole in a pipe."""
    from rich.padding import Padding
    from rich.text import Text

    if out.is_terminal:
        broken = " ".join(part for word in said.split() for part in _parts(word, out.width - indent))
        text = Text(broken, style=style, overflow="fold")
        out.print(Padding(text, (0, 0, 0, indent)))
    else:
        out.print(Text(" " * indent).append(" ".join(said.split()), style=style), soft_wrap=True)


def _parts(word: str, width: int) -> Iterator[str]:
    """A word, or one that no line can hold in pieces that end where an address has a joint; each but the last is so long
    that what follows stands on the next line."""
    line = ""
    for piece in re.findall(r"[^/.:-]*[/.:-]*", word) if len(word) > width else [word]:
        if line and len(line) + len(piece) > width:
            yield line
            line = ""
        line += piece
    if line:
        yield line
