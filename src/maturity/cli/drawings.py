"""Bars, strips and the colours of levels, drawn with characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maturity.cli.terminal import can_draw

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.text import Text

    from maturity.models.summary import Summary

LEVELS = (
    "#18222c on #e6f0f9",
    "#18222c on #aed3f3",
    "#18222c on #6bace6",
    "#ffffff on #2073bc",
    "#ffffff on #12436d",
)
"""The pages' colours of levels, from the lowest of five steps; their ink is named too, for light and dark terminals."""
STRIP = 25


def bar(value: float | None, most: float, width: int = 10) -> str:
    """A bar of `width` characters; plain ASCII where the console has no block characters."""
    if value is None:
        return ""
    full, half = ("━", "╸") if can_draw("━╸") else ("#", "")
    units = round(max(value, 0) / most * width * 2) if most > 0 else 0
    return full * (units // 2) + (half if units % 2 else "")


def strip(summary: Summary, own: float | None, low: float, high: float, width: int = STRIP) -> str:
    """The middle half of councils, their median and one council's score on a line from `low` to `high`.

    What stands on the same place hides the other: the council the median, the median the middle half.
    """
    line, half, median, mine = marks()

    def at(value: float) -> int:
        return min(max(round((value - low) / (high - low) * (width - 1)), 0), width - 1)

    cells = [line] * width
    if summary.q1 is not None and summary.q3 is not None:
        for place in range(at(summary.q1), at(summary.q3) + 1):
            cells[place] = half
    if summary.median is not None:
        cells[at(summary.median)] = median
    if own is not None:
        cells[at(own)] = mine
    return "".join(cells)


def marks() -> tuple[str, str, str, str]:
    """The line, the middle half, the median and the council's own score of a strip."""
    return ("─", "█", "┃", "◆") if can_draw("─█┃◆") else ("-", "=", "|", "*")


def painted_strip(_row: int, cells: str) -> Text:
    """A strip in its colours."""
    from rich.text import Text

    line, half, median, mine = marks()
    styles = {
        line: "dim",
        half: "#6bace6",
        median: "bold reverse" if median == "|" else "bold",
        mine: "bold magenta",
    }
    text = Text()
    for character in cells:
        text.append(character, styles.get(character, ""))
    return text


def level_colours(steps: Sequence[int | None]) -> Callable[[int, str], Text]:
    """Paints the cells of a column by the level of each row, 1 to 5; None has no colour."""
    from rich.text import Text

    def paint(row: int, cell: str) -> Text:
        step = steps[row]
        return Text(cell, LEVELS[step - 1] if step else "")

    return paint
