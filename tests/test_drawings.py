"""What the terminal draws: bars, strips and the colours of levels, with and without colours and block characters."""

from __future__ import annotations

import io
import sys

import pytest
from rich.console import Console

from maturity.cli.blocks import Column, draw
from maturity.cli.drawings import LEVELS, bar, level_colours, painted_strip, strip
from maturity.models.summary import Summary


def summary(q1: float | None, median: float | None, q3: float | None) -> Summary:
    return Summary(n=20, median=median, q1=q1, q3=q3)


@pytest.mark.parametrize(
    ("value", "drawn"),
    [(0, ""), (4, "━━━━━━━━━━"), (2, "━━━━━"), (0.2, "╸"), (1.2, "━━━"), (1.4, "━━━╸"), (None, "")],
)
def test_a_bar(value: float | None, drawn: str) -> None:
    assert bar(value, 4) == drawn


def test_a_strip() -> None:
    """Nine places from 0 to 4: a half each."""
    assert strip(summary(1, 2, 3), 0.5, 0, 4, 9) == "─◆██┃██──"
    assert strip(summary(1, 2, 3), 2, 0, 4, 9) == "──██◆██──"
    assert strip(summary(None, 4, None), None, 0, 4, 9) == "────────┃"
    assert strip(summary(None, None, None), 9, 0, 4, 9) == "────────◆"


def test_without_block_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), "ascii"))
    assert strip(summary(1, 2, 3), 0.5, 0, 4, 9) == "-*==|==--"
    assert bar(1.4, 4) == "###"


def drawn(colours: bool, width: int) -> str:
    out = Console(
        file=io.StringIO(), width=width, force_terminal=colours, color_system="truecolor" if colours else None
    )
    key = [Column("Name", ["one", "other"], right=False)]
    score = Column("A score", ["1.00", "–"], paint=level_colours([1, None]))
    line = Column("0  4", ["─█┃◆", "────"], right=False, spare=True, paint=painted_strip)
    told = draw(out, key, [[score, line]], width)
    assert told.spare == (width > 20) and not told.short
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def test_a_level_fills_its_cell_with_its_colour() -> None:
    found = drawn(colours=True, width=60)
    assert "\x1b[38;2;24;34;44;48;2;230;240;249m   1.00\x1b[0m" in found and LEVELS[0] == "#18222c on #e6f0f9"
    assert "      –" in found


def test_the_same_without_colours_and_without_room() -> None:
    assert [line.rstrip() for line in drawn(colours=False, width=60).splitlines() if line.strip()] == [
        " Name    A score   0  4",
        " ──────────────────────",
        " one        1.00   ─█┃◆",
        " other         –   ────",
    ]
    assert "◆" not in drawn(colours=False, width=20)
