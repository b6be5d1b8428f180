"""A workbook's sheets as grids: which columns are which, and which row answers what, wherever they were moved to."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from maturity.intake.findings import (
    COLUMN_GONE,
    COLUMN_TWICE,
    MERGED,
    NO_ID,
    NOT_A_WORKBOOK,
    NOT_READ,
    PASSWORD,
)
from maturity.intake.layout import ABOUT_SHEET, COLUMNS, LISTS_SHEET, TEMPLATE_FORMAT
from maturity.intake.matching import Cell, fold, plain, short
from maturity.intake.xlsx import letters
from maturity.models.problem import Kind, MaturityError, Place, Problem

HEADINGS_WITHIN = 40
WRITTEN = tuple(c.key for c in COLUMNS if c.written)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was read: rows of cells from A1 on, and its merged ranges (where the format tells)."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()

    @property
    def empty(self) -> bool:
        return not any(plain(value) for row in self.rows for value in row)


@dataclass(slots=True)
class Grid:
    """A sheet with a row of headings: `columns` is heading's key → column, counted from 0."""

    file: str
    sheet: Sheet
    head: int
    columns: dict[str, int]
    problems: list[Problem] = field(default_factory=list)

    def value(self, row: int, key: str) -> Cell:
        """What stands there; None where the column is gone or the cell is empty."""
        column = self.columns.get(key)
        cells = self.sheet.rows[row]
        if column is None or column >= len(cells):
            return None
        value = cells[column]
        return None if isinstance(value, str) and not plain(value) else value

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

    def problem(self, kind: Kind, key: str, **details: object) -> Problem:
        return self.grid.problem(kind, self.number, key, **details)

    @property
    def written(self) -> bool:
        """Whether a person wrote something into it."""
        return any(self.value(key) is not None for key in WRITTEN)


def open_sheets(content: bytes, name: str) -> list[Sheet]:
    """All sheets' values. Raises MaturityError where the parser finds no workbook in it."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            return [_read(workbook.get_sheet_by_name(title)) for title in workbook.sheet_names]
    except PasswordError:
        raise MaturityError(Problem(PASSWORD, Place(name))) from None
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        raise _unreadable(name, str(error) or type(error).__name__) from None
    except BaseException as error:
        # A panic of the parser, which is written in Rust, is no Exception; it is the file's fault all the same.
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable(name, "its inside is broken") from None


def _read(sheet: object) -> Sheet:
    rows = sheet.to_python(skip_empty_area=False)  # type: ignore[attr-defined]
    merged = sheet.merged_cell_ranges or ()  # type: ignore[attr-defined]
    return Sheet(sheet.name, rows, merged)  # type: ignore[attr-defined]


def _unreadable(name: str, reason: str) -> MaturityError:
    return MaturityError(Problem(NOT_A_WORKBOOK, Place(name), {"reason": " ".join(reason.split())[:120]}))


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


def grids(sheets: Sequence[Sheet], own: Mapping[str, str], file: str) -> tuple[list[Grid], list[Problem]]:
    """The sheets that hold answers, and what is wrong with the others and with their columns."""
    names = {c.key: {fold(own.get(f"heading.{c.key}", c.heading)), fold(c.heading)} - {""} for c in COLUMNS}
    found: list[Grid] = []
    problems: list[Problem] = []
    for sheet in sheets:
        if sheet.name in (ABOUT_SHEET, LISTS_SHEET):
            continue
        grid = _grid(sheet, names, own, file, problems)
        if grid is not None:
            found.append(grid)
            problems += _unread_columns(grid)
            problems += _merged(grid)
        elif not sheet.empty and not any(p.place.sheet == sheet.name for p in problems):
            what = f"the sheet '{sheet.name}', which has no row of headings"
            problems.append(Problem(NOT_READ, Place(file, sheet=sheet.name), {"what": what}))
    return found, problems


def _grid(
    sheet: Sheet, names: dict[str, set[str]], own: Mapping[str, str], file: str, problems: list[Problem]
) -> Grid | None:
    best: dict[str, list[int]] = {}
    head = 0
    for number, row in enumerate(sheet.rows[:HEADINGS_WITHIN]):
        headings = [fold(value) if isinstance(value, str) and len(value) <= 120 else "" for value in row]
        at = {key: [n for n, h in enumerate(headings) if h in wanted] for key, wanted in names.items()}
        at = {key: places for key, places in at.items() if places}
        if len(at) > len(best) and ("answer" in at or len(at) > 2):
            best, head = at, number
    if not best or (len(best) < 2 and "id" not in best):
        return None
    grid = Grid(file, sheet, head, {key: places[0] for key, places in best.items()})
    on_questions = len(best) > 2
    usable = True
    for column in COLUMNS:
        heading = own.get(f"heading.{column.key}", column.heading)
        places = best.get(column.key, [])
        if len(places) > 1 and (column.written or column.key == "id"):
            place = Place(file, sheet=sheet.name, cell=f"{letters(places[1] + 1)}{head + 1}")
            problems.append(Problem(COLUMN_TWICE, place, {"heading": heading}))
            usable = usable and column.key not in ("id", "answer")
        elif not places and (column.key in ("id", "answer") or (column.written and on_questions)):
            place = Place(file, sheet=sheet.name, cell=f"A{head + 1}")
            problems.append(Problem(COLUMN_GONE, place, {"heading": heading}))
            usable = usable and column.key not in ("id", "answer")
    return grid if usable else None


def _unread_columns(grid: Grid) -> Iterator[Problem]:
    """Columns that people added: their content is not an answer, and is not passed over in silence."""
    known = set(grid.columns.values())
    seen: set[int] = set()
    on_questions = len(grid.columns) > 2
    for number, row in enumerate(grid.sheet.rows[grid.head :] if on_questions else (), grid.head):
        for column, value in enumerate(row):
            if column not in known and column not in seen and plain(value):
                seen.add(column)
                place = Place(grid.file, sheet=grid.sheet.name, cell=f"{letters(column + 1)}{number + 1}")
                what = f"column {letters(column + 1)}, which has no heading of the template"
                yield Problem(NOT_READ, place, {"what": what})


def _merged(grid: Grid) -> Iterator[Problem]:
    columns = {grid.columns[key] for key in (*WRITTEN, "id") if key in grid.columns}
    for (top, left), (bottom, right) in grid.sheet.merged:
        touched = [c for c in range(left, min(right, left + 200) + 1) if c in columns]
        if len(grid.columns) > 2 and bottom > grid.head and touched:
            place = Place(grid.file, sheet=grid.sheet.name, cell=f"{letters(left + 1)}{top + 1}")
            area = f"{letters(left + 1)}{top + 1}:{letters(right + 1)}{bottom + 1}"
            yield Problem(MERGED, place, {"range": area})


def rows(found: Sequence[Grid]) -> tuple[list[Row], list[Problem]]:
    """All rows with an id, and answers that stand in rows without one."""
    carrying: list[Row] = []
    problems: list[Problem] = []
    for grid in found:
        for number in range(grid.head + 1, len(grid.sheet.rows)):
            name = plain(grid.value(number, "id"))
            if name:
                carrying.append(Row(grid, number, name))
                continue
            strays = [key for key in WRITTEN if grid.value(number, key) is not None]
            if strays and len(grid.columns) > 2:
                details = {"found": short(grid.value(number, strays[0]))}
                problems.append(grid.problem(NO_ID, number, strays[0], **details))
    return carrying, problems
