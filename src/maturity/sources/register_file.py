"""Reads a register as a file that people edit: CSV, with the line and column of every cell."""

from __future__ import annotations

import re
from pathlib import Path

from maturity.models.problem import Kind, Phrase, Place, Problem, Said
from maturity.sources.attributes import attribute_of
from maturity.sources.branches import Position
from maturity.sources.files import FileError, read_bytes
from maturity.sources.yaml_reader import MAX_BYTES, MAX_PROBLEMS, STOPPED, TOO_BIG, Document, short
from maturity.sources.yaml_text import decode

COLUMNS = (
    "gss_code",
    "name_en",
    "name_cy",
    "authority_en",
    "authority_cy",
    "short_en",
    "short_cy",
    "region_en",
    "region_cy",
    "population_2021",
    "tile_column",
    "tile_row",
    "aliases",
)
OPTIONAL = ("register_en", "register_cy")
"""What the register as a whole is called: the same in every row."""
MOST_ROWS = 5000
MOST_CELLS = 100_000

NO_REGISTER = Kind(
    "N002",
    "error",
    "This is no register: its first line has none of a register's columns.",
    "Start with a line of these, with commas between them: {columns}.",
)
NO_COLUMN = Kind(
    "N003", "error", "The column '{column}' is missing.", "Add it to the first line and every row."
)
NOT_A_COLUMN = Kind(
    "N004",
    "error",
    "A register has no column '{column}'.",
    "Correct or delete it; the columns are: {columns}. What else there is to say goes under 'attribute_NAME'.",
)
COLUMN_TWICE = Kind("N005", "error", "The column '{column}' stands here twice.", "Delete one of the two.")
CELLS = Kind(
    "N006",
    "error",
    "This row has {found} cells, and the first line has {wanted}.",
    "Put a comma between two cells, and a cell that holds a comma in double quotes.",
)
NO_ROWS = Kind("N007", "error", "The register lists no organisation.", "Add a row for each.")
OPEN_QUOTE = Kind(
    "N008",
    "error",
    "The quotation mark that opens here is never closed.",
    "Close it at the cell's end; a quotation mark inside a cell is written twice.",
)

Cell = tuple[str, Position]
_LINE_BREAK = re.compile("\r\n|\r|\n")


def is_register(path: Path) -> bool:
    """Whether a CSV file says in its first line that it is a register: with three of the columns, or more."""
    try:
        first = _LINE_BREAK.split(
            read_bytes(path, at_most=10_000).decode("utf-8-sig", "replace"), maxsplit=1
        )[0]
    except FileError:
        return False
    return len({cell.strip().strip('"') for cell in re.split("[,;\t]", first)} & set(COLUMNS)) >= 3


def read_register(path: Path) -> Document:
    """The register's rows as data (column → cell), by position; what is wrong with its form in `problems`.

    A row's position is its first cell's. Rows with too few or too many cells are problems and no data.
    """
    document = Document(str(path))
    try:
        raw = read_bytes(path, at_most=MAX_BYTES)
    except FileError as error:
        document.problems += error.problems
        return document
    if len(raw) > MAX_BYTES:
        _too_big(document, f"{MAX_BYTES // 1_000_000} MB")
        return document
    text = decode(raw, str(path))
    if isinstance(text, Problem):
        document.problems.append(text)
        return document
    rows = _rows(text, document)
    if len(rows) > MOST_ROWS:
        _too_big(document, Phrase("{n} rows", n=MOST_ROWS))
    elif not document.problems:
        _fill(document, rows)
    if len(document.problems) > MAX_PROBLEMS:
        stopped = Problem(STOPPED, document.problems[MAX_PROBLEMS - 1].place, {"limit": MAX_PROBLEMS})
        document.problems[MAX_PROBLEMS:] = [stopped]
    return document


def _too_big(document: Document, limit: Said) -> None:
    document.problems.append(
        Problem(TOO_BIG, Place(document.file), {"what": Phrase("over {limit}", limit=limit), "limit": limit})
    )


def _fill(document: Document, rows: list[list[Cell]]) -> None:
    columns = ", ".join(COLUMNS)
    header = [(name.strip(), position) for name, position in rows[0]] if rows else []
    names = [name for name, _ in header]
    if not set(names) & set(COLUMNS):
        document.problems.append(Problem(NO_REGISTER, Place(document.file, 1, 1), {"columns": columns}))
        return
    before: set[str] = set()
    for name, position in header:
        place = Place(document.file, *position)
        if name not in (*COLUMNS, *OPTIONAL) and attribute_of(name) is None:
            about = {"column": short(name), "columns": columns}
            document.problems.append(Problem(NOT_A_COLUMN, place, about))
        elif name in before:
            document.problems.append(Problem(COLUMN_TWICE, place, {"column": name}))
        before.add(name)
    for name in COLUMNS:
        if name not in names:
            document.problems.append(Problem(NO_COLUMN, Place(document.file, 1, 1), {"column": name}))
    document.data = []
    for row in rows[1:]:
        if len(row) != len(names):
            wrong = {"found": len(row), "wanted": len(names)}
            document.problems.append(Problem(CELLS, Place(document.file, *row[0][1]), wrong))
            continue
        number = len(document.data)
        # Of a column that stands there twice the first counts.
        cells = dict(reversed(list(zip(names, row, strict=True))))
        document.data.append({name: cells[name][0].strip() for name in dict.fromkeys(names)})
        document.positions[(number,)] = row[0][1]
        document.positions.update({(number, name): position for name, (_, position) in cells.items()})
    if len(rows) == 1:
        document.problems.append(Problem(NO_ROWS, Place(document.file, 1, 1)))


def _rows(text: str, document: Document) -> list[list[Cell]]:
    """The cells of every row that is not blank, each with the line and column at which it starts."""
    rows: list[list[Cell]] = []
    row: list[Cell] = []
    at, line, start = 0, 1, 0
    cells = 0
    while at <= len(text):
        position = (line, at - start + 1)
        cell, end = _cell(text, at)
        if end < 0:
            document.problems.append(Problem(OPEN_QUOTE, Place(document.file, *position)))
            return rows
        for broken in _LINE_BREAK.finditer(text, at, end):
            line, start = line + 1, broken.end()
        row.append((cell, position))
        cells += 1
        if cells > MOST_CELLS:
            _too_big(document, Phrase("{n} cells", n=MOST_CELLS))
            return rows
        closing = _LINE_BREAK.match(text, end)
        at = closing.end() if closing else end + 1
        if closing or end >= len(text):
            if any(content.strip() for content, _ in row):
                rows.append(row)
            row = []
            line, start = line + 1, at
    return rows


_PLAIN = re.compile("[^,\r\n]*")
_QUOTED = re.compile('"((?:[^"]|"")*)"')


def _cell(text: str, at: int) -> tuple[str, int]:
    """The cell that starts at `at`, and where it ends; -1 where its quotation mark is never closed."""
    if text[at : at + 1] == '"':
        quoted = _QUOTED.match(text, at)
        if quoted is None:
            return "", -1
        rest = _PLAIN.match(text, quoted.end())
        assert rest is not None
        return quoted[1].replace('""', '"') + rest[0], rest.end()
    plain = _PLAIN.match(text, at)
    assert plain is not None
    return plain[0], plain.end()
