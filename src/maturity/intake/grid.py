"""A workbook's sheets as grids: which columns are which, and which row answers what, wherever they were moved to."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from maturity.intake.empty_cells import is_error, tell_all
from maturity.intake.findings import (
    COLUMN_GONE,
    COLUMN_TWICE,
    FORMULA,
    MERGED,
    NO_ID,
    NOT_A_WORKBOOK,
    NOT_READ,
    PASSWORD,
)
from maturity.intake.formulas import formulas
from maturity.intake.layout import (
    ABOUT_SHEET,
    COLUMNS,
    FINDINGS_MARK,
    LISTS_SHEET,
    TEMPLATE_FORMAT,
    Budget,
    Seen,
)
from maturity.intake.matching import Cell, fold, plain, short
from maturity.intake.packing import packed
from maturity.intake.xlsx import letters
from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem, Said, quoted

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

HEADINGS_WITHIN = 40
WRITTEN = tuple(c.key for c in COLUMNS if c.written)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was read: rows of cells from A1 on, its merged ranges (where the format tells), and which cells
    hold formulas, by row and column from 0."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()

    @property
    def empty(self) -> bool:
        return not any(plain(value) for row in self.rows for value in row)


@dataclass(slots=True)
class Grid:
    """A sheet with a row of headings: `columns` is heading's key → column, counted from 0; `merged` are the rows in
    which cells for answers are merged with others."""

    file: str
    sheet: Sheet
    head: int
    columns: dict[str, int]
    merged: set[int] = field(default_factory=set)
    getters: dict[tuple[str, ...], Callable[[Sequence[Cell]], object] | None] = field(default_factory=dict)
    layout: tuple[tuple[str, int], ...] = field(init=False)
    beside: set[int | None] = field(init=False)

    def __post_init__(self) -> None:
        self.layout = tuple(self.columns.items())
        self.beside = {self.columns.get(key) for key in WRITTEN if key != "answer"}

    def value(self, row: int, key: str) -> Cell:
        """What stands there; None where the column is gone or the cell is empty."""
        column = self.columns.get(key)
        cells = self.sheet.rows[row]
        if column is None or column >= len(cells):
            return None
        value = cells[column]
        return None if value == "" or (isinstance(value, str) and value.isspace()) else value

    def together(self, row: int, keys: tuple[str, ...]) -> tuple[Cell, ...]:
        """What stands in several columns, "" where a cell is empty; quicker than one by one."""
        if keys not in self.getters:
            at = [self.columns.get(key) for key in keys]
            shortest = min(map(len, self.sheet.rows))
            found = [column for column in at if column is not None and column < shortest]
            self.getters[keys] = itemgetter(*found) if len(found) == len(keys) else None
        getter = self.getters[keys]
        if getter is None:
            return tuple("" if (value := self.value(row, key)) is None else value for key in keys)
        return cast("tuple[Cell, ...]", getter(self.sheet.rows[row]))

    def place(self, row: int, key: str) -> Place:
        return Place(
            self.file, sheet=self.sheet.name, cell=f"{letters(self.columns.get(key, 0) + 1)}{row + 1}"
        )

    def problem(self, kind: Kind, row: int, key: str, **details: object) -> Problem:
        return Problem(kind, self.place(row, key), details)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that carries an id."""

    grid: Grid
    number: int
    id: str

    def value(self, key: str) -> Cell:
        return self.grid.value(self.number, key)

    def blank(self, keys: tuple[str, ...]) -> bool:
        """Whether nothing stands in any of these columns."""
        return self.grid.together(self.number, keys) == ("",) * len(keys)

    def problem(self, kind: Kind, key: str, **details: object) -> Problem:
        return self.grid.problem(kind, self.number, key, **details)

    @property
    def content(self) -> tuple[object, ...]:
        """All that the row holds, by which it is known again: its columns, its cells and their types, for 1 is True."""
        cells = self.grid.sheet.rows[self.number]
        return self.grid.layout, tuple(cells), tuple(map(type, cells))

    @property
    def core(self) -> tuple[object, ...]:
        """The same without what is written beside an answer, where there is one."""
        if self.value("answer") is None:
            return self.content
        beside = self.grid.beside
        cells = [cell for n, cell in enumerate(self.grid.sheet.rows[self.number]) if n not in beside]
        return self.grid.layout, tuple(cells), tuple(map(type, cells)), "core"

    @property
    def written(self) -> bool:
        """Whether a person wrote something into it."""
        return any(self.value(key) is not None for key in WRITTEN)


def open_sheets(
    parts: Mapping[str, bytes], name: str, seen: Mapping[str, Seen] = MappingProxyType({})
) -> list[Sheet]:
    """All sheets' values; `seen` is what was seen in some of the parts when they were measured.

    Raises MaturityError where the parser finds no workbook in it.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    # The parts were measured one by one; should the parser see more in them, it is stopped after the sheet.
    budget = Budget(name)
    told = {
        part: seen[part].told if part in seen else tell_all(part, content) for part, content in parts.items()
    }
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(packed(told)))
        calculated = formulas(parts, seen)
        return [
            _read(workbook.get_sheet_by_name(title), budget, calculated.get(title, frozenset()))
            for title in workbook.sheet_names
            # What the drop-downs offer is nobody's answer.
            if title != LISTS_SHEET or ABOUT_SHEET not in workbook.sheet_names
        ]
    except PasswordError:
        raise MaturityError(Problem(PASSWORD, Place(name))) from None
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        raise _unreadable(name, quoted(" ".join(str(error).split())[:120] or type(error).__name__)) from None
    except BaseException as error:
        # A panic of the parser, which is written in Rust, is no Exception; it is the file's fault all the same.
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable(name, Phrase("its inside is broken")) from None


def _read(sheet: CalamineSheet, budget: Budget, calculated: frozenset[tuple[int, int]]) -> Sheet:
    budget.sheet(sheet.name)
    budget.extent(sheet.total_height, sheet.total_width)
    rows = sheet.to_python(skip_empty_area=False)
    merged = sheet.merged_cell_ranges or ()
    return Sheet(sheet.name, rows, merged, calculated)


def _unreadable(name: str, reason: Said) -> MaturityError:
    return MaturityError(Problem(NOT_A_WORKBOOK, Place(name), {"reason": reason}))


def about(sheets: Sequence[Sheet]) -> dict[str, str] | None:
    """What the template says of itself, or None where no sheet says it."""
    named = [s for s in sheets if s.name == ABOUT_SHEET] or list(sheets)
    for sheet in named:
        pairs = [(plain(row[0]), plain(row[1])) for row in sheet.rows if len(row) >= 2]
        if any(
            key == "format" and value.startswith(TEMPLATE_FORMAT.partition("/")[0]) for key, value in pairs
        ):
            return {key: value for key, value in reversed(pairs) if key}
    return None


def grids(
    sheets: Sequence[Sheet], own: Mapping[str, str], file: str, ids: Collection[str]
) -> tuple[list[Grid], list[Problem]]:
    """The sheets that hold answers, and what is wrong with the others and with their columns. `ids` are the rows that
    the questionnaire has: a sheet on which they stand holds answers, even when its headings are gone."""
    names: dict[str, set[str]] = {}
    for column in COLUMNS:
        for heading in {fold(own.get(f"heading.{column.key}", column.heading)), fold(column.heading)} - {""}:
            names.setdefault(heading, set()).add(column.key)
    found: list[Grid] = []
    problems: list[Problem] = []
    for sheet in sheets:
        if sheet.name in (ABOUT_SHEET, LISTS_SHEET) or is_ours(sheet):
            continue
        grid = _grid(sheet, names, own, file, problems)
        if grid is not None:
            found.append(grid)
            problems += _unread_columns(grid)
            problems += _merged(grid)
        elif not sheet.empty and not any(p.place.sheet == sheet.name for p in problems):
            if any(value in ids for row in sheet.rows for value in row if isinstance(value, str)):
                heading = own.get("heading.answer", "Your answer")
                place = Place(file, sheet=sheet.name, cell="A1")
                problems.append(Problem(COLUMN_GONE, place, {"heading": heading}))
                continue
            what = Phrase("the sheet '{sheet}', which has no row of headings", sheet=sheet.name)
            problems.append(Problem(NOT_READ, Place(file, sheet=sheet.name), {"what": what}))
    return found, problems


def is_ours(sheet: Sheet) -> bool:
    """Whether maturity wrote the sheet into a copy, to list what was wrong."""
    return len(sheet.rows) > 1 and sheet.rows[1][:1] == [FINDINGS_MARK]


def _grid(
    sheet: Sheet, names: dict[str, set[str]], own: Mapping[str, str], file: str, problems: list[Problem]
) -> Grid | None:
    best: dict[str, list[int]] = {}
    head = 0
    for number, row in enumerate(sheet.rows[:HEADINGS_WITHIN]):
        at: dict[str, list[int]] = {}
        for column, value in enumerate(row):
            if value and isinstance(value, str) and len(value) <= 120:
                for key in names.get(fold(value), ()):
                    at.setdefault(key, []).append(column)
        if len(at) > len(best) and ("answer" in at or len(at) > 2):
            best, head = at, number
        if len(best) == len(COLUMNS):
            break
    if not best or (len(best) < 2 and "id" not in best):
        return None
    grid = Grid(file, sheet, head, {key: places[0] for key, places in best.items()})
    on_questions = len(best) > 2
    usable = True
    for asked in COLUMNS:
        heading = own.get(f"heading.{asked.key}", asked.heading)
        places = best.get(asked.key, [])
        if len(places) > 1 and (asked.written or asked.key == "id"):
            place = Place(file, sheet=sheet.name, cell=f"{letters(places[1] + 1)}{head + 1}")
            problems.append(Problem(COLUMN_TWICE, place, {"heading": heading}))
            usable = usable and asked.key not in ("id", "answer")
        elif not places and (asked.key in ("id", "answer") or (asked.written and on_questions)):
            place = Place(file, sheet=sheet.name, cell=f"A{head + 1}")
            problems.append(Problem(COLUMN_GONE, place, {"heading": heading}))
            usable = usable and asked.key not in ("id", "answer")
    return grid if usable else None


def _unread_columns(grid: Grid) -> Iterator[Problem]:
    """Columns that people added: their content is not an answer, and is not passed over in silence."""
    known = set(grid.columns.values())
    seen: set[int] = set()
    width = max(map(len, grid.sheet.rows))
    others = [column for column in range(width) if column not in known] if len(grid.columns) > 2 else []
    for number, row in enumerate(grid.sheet.rows[grid.head :] if others else (), grid.head):
        for column in others:
            if column < len(row) and column not in seen and plain(row[column]):
                seen.add(column)
                place = Place(grid.file, sheet=grid.sheet.name, cell=f"{letters(column + 1)}{number + 1}")
                what = Phrase(
                    "column {column}, which has no heading of the template", column=letters(column + 1)
                )
                yield Problem(NOT_READ, place, {"what": what})


def _merged(grid: Grid) -> Iterator[Problem]:
    columns = {grid.columns[key] for key in (*WRITTEN, "id") if key in grid.columns}
    for (top, left), (bottom, right) in grid.sheet.merged:
        touched = [c for c in range(left, min(right, left + 200) + 1) if c in columns]
        if len(grid.columns) > 2 and bottom > grid.head and touched:
            place = Place(grid.file, sheet=grid.sheet.name, cell=f"{letters(left + 1)}{top + 1}")
            grid.merged |= set(range(top, min(bottom, len(grid.sheet.rows)) + 1))
            area = f"{letters(left + 1)}{top + 1}:{letters(right + 1)}{bottom + 1}"
            yield Problem(MERGED, place, {"range": area})


def rows(found: Sequence[Grid]) -> tuple[list[Row], list[Problem]]:
    """All rows with an id, and answers that stand in rows without one."""
    carrying: list[Row] = []
    problems: list[Problem] = []
    for grid in found:
        written = {grid.columns[key] for key in WRITTEN if key in grid.columns}
        calculated = {row for row, column in grid.sheet.formulas if column in written}
        for number in range(grid.head + 1, len(grid.sheet.rows)):
            name = plain(grid.value(number, "id"))
            if name:
                carrying.append(Row(grid, number, name))
                problems += _calculated(grid, number) if number in calculated else ()
                continue
            strays = [key for key in WRITTEN if grid.value(number, key) is not None]
            if strays and len(grid.columns) > 2:
                details = {"found": short(grid.value(number, strays[0]))}
                problems.append(grid.problem(NO_ID, number, strays[0], **details))
    return carrying, problems


def _calculated(grid: Grid, number: int) -> Iterator[Problem]:
    """Answers that are formulas with a result."""
    for key in WRITTEN:
        value = grid.value(number, key)
        if (
            (number, grid.columns.get(key)) in grid.sheet.formulas
            and value is not None
            and not is_error(plain(value))
        ):
            yield grid.problem(FORMULA, number, key, found=short(value))
