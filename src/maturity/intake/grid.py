"""A workbook's sheets as grids: which columns are which, and which row answers what, wherever they were moved to."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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
from maturity.intake.layout import ABOUT_SHEET, COLUMNS, LISTS_SHEET, TEMPLATE_FORMAT, Budget
from maturity.intake.matching import Cell, fold, plain, short
from maturity.intake.xlsx import letters
from maturity.models.problem import Kind, MaturityError, Place, Problem

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

HEADINGS_WITHIN = 40
NO_RESULT = "#FORMULA!"
WRITTEN = tuple(c.key for c in COLUMNS if c.written)
# Tags as XML writes them: a quoted value may hold '>'. Possessive, so that no text makes the search slow.
_PREFIX = rb"(?:[^\s<>/:\"'=]++:)?+"
_ATTRIBUTES = rb"""((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)"""
_ROW_OR_CELL = re.compile(rb"<" + _PREFIX + rb"(row|c)(?=[\s/>])" + _ATTRIBUTES + rb">")
_TYPE = re.compile(rb"""([\s"']t\s*+=\s*+)["'](\w*+)["']""")
_FORMULA_ALONE = re.compile(
    rb"<(%(prefix)s)c(?=[\s>])%(attributes)s>\s*+<%(prefix)sf(?=[\s/>])%(attributes)s>(?:[^<]*+</%(prefix)sf>)?+\s*+"
    rb"(?:<%(prefix)sv\s*+/>|<%(prefix)sv>\s*+</%(prefix)sv>)?+\s*+</%(prefix)sc>"
    % {b"prefix": _PREFIX, b"attributes": _ATTRIBUTES}
)
_ODS_CELL = re.compile(rb"<" + _PREFIX + rb"(?:covered-)?table-cell(?=[\s/>])" + _ATTRIBUTES + rb">")


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


def open_sheets(parts: Mapping[str, bytes], name: str) -> list[Sheet]:
    """All sheets' values. Raises MaturityError where the parser finds no workbook in it."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    # The parts were measured one by one; should the parser see more in them, it is stopped after the sheet.
    budget = Budget(name)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(_pack(parts)))
        calculated = formulas(parts)
        return [
            _read(workbook.get_sheet_by_name(title), budget, calculated.get(title, frozenset()))
            for title in workbook.sheet_names
        ]
    except PasswordError:
        raise MaturityError(Problem(PASSWORD, Place(name))) from None
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        raise _unreadable(name, str(error) or type(error).__name__) from None
    except BaseException as error:
        # A panic of the parser, which is written in Rust, is no Exception; it is the file's fault all the same.
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable(name, "its inside is broken") from None


def _read(sheet: CalamineSheet, budget: Budget, calculated: frozenset[tuple[int, int]]) -> Sheet:
    budget.sheet(sheet.name)
    budget.extent(sheet.total_height, sheet.total_width)
    rows = sheet.to_python(skip_empty_area=False)
    merged = sheet.merged_cell_ranges or ()
    return Sheet(sheet.name, rows, merged, calculated)


def _tell_all(part: str, content: bytes) -> bytes:
    """Makes text of what the parser takes for an empty cell: errors, and formulas that were never calculated."""
    if part == "content.xml":
        return _ODS_CELL.sub(_ods_as_text, content)
    if not part.startswith("xl/") or not part.endswith(".xml"):
        return content
    content = _ROW_OR_CELL.sub(_error_as_text, content) if b"#" in content else content
    return _FORMULA_ALONE.sub(_formula_as_text, content)


def _error_as_text(match: re.Match[bytes]) -> bytes:
    type_ = _TYPE.search(match[2])
    if type_ is None or type_[2] != b"e":
        return match[0]
    return match[0].replace(type_[0], type_[1] + b'"str"')


def _formula_as_text(match: re.Match[bytes]) -> bytes:
    type_ = _TYPE.search(match[2])
    if type_ is not None and type_[2] == b"str":
        # Calculated, and the result is no text at all.
        return match[0]
    attributes = match[2].replace(type_[0], b" ") if type_ else match[2]
    start, value = b"<" + match[1] + b"c" + attributes, match[1] + b"v>"
    return start + b' t="str"><' + value + NO_RESULT.encode() + b"</" + value + b"</" + match[1] + b"c>"


def _ods_as_text(match: re.Match[bytes]) -> bytes:
    """The text beside an error is its name, while the value is empty."""
    if b'value-type="error"' in match[1]:
        return re.sub(rb'\s[\w-]+:string-value="[^"]*+"', b"", match[0])
    if b":formula=" not in match[1] or b":value-type=" in match[1]:
        return match[0]
    value = b' office:value-type="string" office:string-value="%s"' % NO_RESULT.encode()
    end = b"/>" if match[0].endswith(b"/>") else b">"
    return match[0][: -len(end)] + value + end


def _pack(parts: Mapping[str, bytes]) -> bytes:
    """A plain archive, without compression: it is read once, at once."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(part, _tell_all(part, content))
    return out.getvalue()


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


def grids(
    sheets: Sequence[Sheet], own: Mapping[str, str], file: str, ids: Collection[str]
) -> tuple[list[Grid], list[Problem]]:
    """The sheets that hold answers, and what is wrong with the others and with their columns. `ids` are the rows that
    the questionnaire has: a sheet on which they stand holds answers, even when its headings are gone."""
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
            if any(value in ids for row in sheet.rows for value in row if isinstance(value, str)):
                heading = own.get("heading.answer", "Your answer")
                place = Place(file, sheet=sheet.name, cell="A1")
                problems.append(Problem(COLUMN_GONE, place, {"heading": heading}))
                continue
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
            grid.merged |= set(range(top, min(bottom, len(grid.sheet.rows)) + 1))
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
                problems += _calculated(grid, number)
                continue
            strays = [key for key in WRITTEN if grid.value(number, key) is not None]
            if strays and len(grid.columns) > 2:
                details = {"found": short(grid.value(number, strays[0]))}
                problems.append(grid.problem(NO_ID, number, strays[0], **details))
    return carrying, problems


def _calculated(grid: Grid, number: int) -> Iterator[Problem]:
    """Answers that are formulas with a result."""
    for key in WRITTEN:
        column = grid.columns.get(key)
        value = grid.value(number, key)
        if (number, column) in grid.sheet.formulas and value is not None and plain(value) != NO_RESULT:
            yield grid.problem(FORMULA, number, key, found=short(value))
