"""Tables that keep their numbers whole on any width: one, or several below each other, or a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and the cells below it; `short` stands for the heading where there is little room, `name` in a list.

    `spare` columns are only shown where there is room for everything.
    """

    heading: str
    cells: Sequence[str]
    right: bool = True
    short: str | None = None
    spare: bool = False
    name: str | None = None


def draw(out: Console, key: Sequence[Column], groups: Sequence[Sequence[Column]], width: int) -> bool:
    """Draws rows with what they are called (`key`) and their groups of columns, as wide as fits.

    The cells of a column are never broken or cut, its heading only between words. Returns whether short headings
    were used, which want a legend.
    """
    groups = [group for group in groups if group]
    whole = _table([*key, *(column for group in groups for column in group)])
    if _least(out, whole) <= width:
        out.print(whole)
        return False
    groups = [[column for column in group if not column.spare] for group in groups]
    blocks = list(_blocks(out, key, groups, width))
    if blocks:
        for block in blocks:
            out.print(_table(block, short=True))
        return any(c.short for group in groups for c in group)
    _list(out, key, [column for group in groups for column in group])
    return False


def _blocks(
    out: Console, key: Sequence[Column], groups: Sequence[Sequence[Column]], width: int
) -> Iterator[list[Column]]:
    """Groups put into as few tables as fit; none where a group alone is too wide."""
    if any(_least(out, _table([*key, *group], short=True)) > width for group in groups):
        return
    block: list[Column] = [*key]
    for group in groups:
        if len(block) > len(key) and _least(out, _table([*block, *group], short=True)) > width:
            yield block
            block = [*key]
        block += group
    yield block


def _table(columns: Sequence[Column], *, short: bool = False) -> Table:
    from rich import box
    from rich.cells import cell_len
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in columns:
        heading = column.short if short and column.short else column.heading
        # A narrow column's heading breaks between words, never within one.
        least = max(cell_len(text) for text in (*column.cells, *heading.split(), ""))
        table.add_column(heading, justify="right" if column.right else "left", min_width=least)
    for row in zip(*(column.cells for column in columns), strict=True):
        table.add_row(*row)
    return table


def _least(out: Console, table: Table) -> int:
    return out.measure(table, options=out.options.update(width=9_999)).minimum


def _list(out: Console, key: Sequence[Column], columns: Sequence[Column]) -> None:
    for row in range(len(key[0].cells)):
        out.print("\n" + " ".join(column.cells[row] for column in key), style="bold")
        for column in columns:
            if column.cells[row]:
                out.print(f"  {column.name or column.heading}: {column.cells[row]}")
