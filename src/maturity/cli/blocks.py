"""Tables that keep their numbers and words whole on any width: one, or several below each other, or a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from maturity.cli.safe import folded

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and the cells below it; `short` stands for the heading where there is little room, `name` in a list.

    `spare` columns are left out where there is no room for them. `paint` colours a row's cell as it stands in the table,
    filled to the column's width. Cells that are sentences break between `words`.
    """

    heading: str
    cells: Sequence[str]
    right: bool = True
    short: str | None = None
    spare: bool = False
    name: str | None = None
    paint: Callable[[int, str], Text] | None = None
    words: bool = False


def words_under(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """Columns of words, from the rows of a table."""
    return [
        Column(heading, [row[n] for row in rows], right=False, words=True)
        for n, heading in enumerate(headings)
    ]


def draw_words(out: Console, columns: Sequence[Column], key: int = 1) -> None:
    """Draws rows of words, which break between words; where even the longest do not fit, a list whose entries are
    called what their first `key` columns say."""
    left = out.width - _least(out, columns)
    if left < 0:
        _list(out, columns[:key], columns[key:])
        return
    widths = [_narrowest(column) for column in columns]
    # Cells before headings, and who needs the least first; what is left is for the long ones.
    for wanted in ([_widest_cell(column) for column in columns], [_widest(column) for column in columns]):
        for n in sorted(range(len(columns)), key=wanted.__getitem__):
            more = min(max(0, wanted[n] - widths[n]), left)
            widths[n] += more
            left -= more
    out.print(_drawn(columns, widths))


class Drawn(NamedTuple):
    """What a table was drawn with: short headings want a legend, and so may spare columns; a list has whole names."""

    short: bool
    spare: bool
    listed: bool = False


def draw(out: Console, key: Sequence[Column], groups: Sequence[Sequence[Column]], width: int) -> Drawn:
    """Draws rows with what they are called (`key`) and their groups of columns, as wide as fits.

    The cells of a column are never broken or cut, its heading only between words.
    """
    groups = [group for group in groups if group]
    whole = [*key, *(column for group in groups for column in group)]
    if _least(out, whole) <= width:
        out.print(_table(out, whole, width))
        return Drawn(False, any(c.spare for c in whole))
    bare = [[column for column in group if not column.spare] for group in groups]
    for chosen in (groups, bare):
        if blocks := list(_blocks(out, key, chosen, width)):
            for block in blocks:
                out.print(_table(out, block, width))
            columns = [column for group in chosen for column in group]
            return Drawn(any(c.short for c in columns), any(c.spare for c in columns))
    _list(out, key, [column for group in bare for column in group])
    return Drawn(False, False, listed=True)


def _blocks(
    out: Console, key: Sequence[Column], groups: Sequence[Sequence[Column]], width: int
) -> Iterator[list[Column]]:
    """Groups, with short headings, put into as few tables as fit; none where a group alone is too wide."""
    short = [[replace(c, heading=c.short or c.heading) for c in group] for group in groups]
    if any(_least(out, [*key, *group]) > width for group in short):
        return
    block: list[Column] = [*key]
    for group in short:
        if len(block) > len(key) and _least(out, [*block, *group]) > width:
            yield block
            block = [*key]
        block += group
    yield block


def _table(out: Console, columns: Sequence[Column], width: int) -> Table:
    """The table, its headings in as few lines as there is room for."""
    left = width - _least(out, columns)
    widths = []
    for column in columns:
        least, most = _narrowest(column), _widest(column)
        more = min(most - least, left)
        widths.append(least + more)
        left -= more
    return _drawn(columns, widths)


def _drawn(columns: Sequence[Column], widths: Sequence[int]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column, width in zip(columns, widths, strict=True):
        table.add_column(column.heading, justify="right" if column.right else "left", width=width)
    cells = [_filled(column, width) for column, width in zip(columns, widths, strict=True)]
    for row in zip(*cells, strict=True):
        table.add_row(*row)
    return table


def _filled(column: Column, width: int) -> Iterator[str | Text]:
    from rich.cells import cell_len

    for row, cell in enumerate(column.cells):
        blank = " " * (width - cell_len(cell))
        yield column.paint(row, blank + cell if column.right else cell + blank) if column.paint else cell


def _least(out: Console, columns: Sequence[Column]) -> int:
    table = _drawn(columns, [_narrowest(column) for column in columns])
    return out.measure(table, options=out.options.update(width=99_999)).minimum


def _narrowest(column: Column) -> int:
    """As wide as its widest cell, or the longest word of its cells, and the longest word of its heading."""
    from rich.cells import cell_len

    cells = " ".join(column.cells).split() if column.words else column.cells
    return max(cell_len(text) for text in (*cells, *column.heading.split(), " "))


def _widest(column: Column) -> int:
    from rich.cells import cell_len

    return max(_widest_cell(column), cell_len(column.heading))


def _widest_cell(column: Column) -> int:
    from rich.cells import cell_len

    return max(cell_len(text) for text in (*column.cells, " "))


def _list(out: Console, key: Sequence[Column], columns: Sequence[Column]) -> None:
    for row in range(len(key[0].cells)):
        out.print("\n" + " ".join(column.cells[row] for column in key).strip(), style="bold")
        for column in columns:
            if column.cells[row]:
                for line in folded(
                    f"  {column.name or column.heading}: {column.cells[row]}", out.width, "  "
                ):
                    out.print(line, soft_wrap=True)
