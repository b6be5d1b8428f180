"""Parquet, through DuckDB, which is only asked for where somebody has such a file."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maturity.intake.table import MOST_COLUMNS, Cells
from maturity.intake.table_csv import LONGEST_CELL, MAX_BYTES, MAX_ROWS
from maturity.intake.table_findings import BROKEN, NO_PARQUET, NOT_A_TABLE, TABLE_TOO_LARGE
from maturity.intake.table_marks import Marks
from maturity.models.problem import MaturityError, Phrase, Place, Problem, Said, quoted
from maturity.sources.files import problem_with, reason_of

if TYPE_CHECKING:
    import duckdb

MEMORY = "512MB"
_AT_ONCE = 10_000
_SMALL = {
    *("BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DATE", "TIME"),
    *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
    *("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "UUID", "INTERVAL"),
}
# Older writers do not say of texts that they are text.
_FILE = "read_parquet(?, binary_as_string = true)"


class ParquetTable:
    """A Parquet file: its columns' names are row 1, as if it were CSV."""

    sheet: str | None = None
    marks: Marks | None = None
    separator: str | None = None

    def __init__(self, path: Path, file: str) -> None:
        """Opens it and looks at its size. Raises MaturityError."""
        self.path, self.file = path, file
        problem = problem_with(path)
        if problem is not None:
            raise MaturityError(problem)
        self._check_file()
        count = self._ask(f"select count(*) from {_FILE}").fetchone()
        described = self._ask(f"describe select * from {_FILE}").fetchall()
        names = [str(name) for name, *_ in described]
        if count is None or count[0] > MAX_ROWS or len(names) > MOST_COLUMNS:
            what = Phrase(
                "{rows} rows of {columns} columns",
                rows=f"{count[0] if count else 0:,}",
                columns=f"{len(names):,}",
            )
            raise self._large(what)
        self.names: list[str] = names
        self._query = (
            f"select {', '.join(_column(name, type_) for name, type_, *_ in described)} from {_FILE}"
        )

    def _check_file(self) -> None:
        try:
            size = self.path.stat().st_size
            with self.path.open("rb") as file:
                start = file.read(4)
                file.seek(-min(size, 4), 2)
                end = file.read(4)
        except OSError as error:
            reason = reason_of(error)
            raise MaturityError(Problem(BROKEN, Place(self.file), {"reason": reason})) from None
        if size > MAX_BYTES:
            raise self._large(Phrase("more than {limit}", limit=f"{MAX_BYTES // 1_000_000} MB"))
        if start == b"PARE":
            raise self._none(Phrase("it is Parquet with a password"))
        if start != b"PAR1":
            raise self._none(Phrase("it is no Parquet file"))
        if end != b"PAR1":
            raise self._none(Phrase("the file is damaged or was cut off"))

    def _ask(self, query: str) -> duckdb.DuckDBPyConnection:
        try:
            import duckdb
        except ImportError:
            raise MaturityError(Problem(NO_PARQUET, Place(self.file))) from None
        path = str(self.path.resolve())
        # Letters that stand for others in names of files stand for themselves in brackets.
        pattern = re.sub(r"([\[*?])", r"[\1]", path)
        connection = duckdb.connect(":memory:")
        try:
            # Of this one file nothing can make it read another, fetch anything, or fill disk and memory.
            connection.execute("set allowed_paths = [?, ?]", [path, pattern])
            connection.execute("set enable_external_access = false")
            connection.execute(f"set memory_limit = '{MEMORY}'")
            connection.execute("set threads = 2")
            return connection.execute(query, [pattern])
        except duckdb.Error as error:
            raise self._broken(error) from None

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """The names of the columns, then every row."""
        import duckdb

        yield 1, self.names
        answer = self._ask(self._query)
        number = 2
        while True:
            try:
                some = answer.fetchmany(_AT_ONCE)
            except duckdb.Error as error:
                raise self._broken(error) from None
            if not some:
                return
            for cells in some:
                yield number, [self._plain(number, column, cell) for column, cell in enumerate(cells)]
                number += 1

    def tall(self) -> bool:
        """Rows have no lines here."""
        return False

    def place(self, row: int, column: int | None = None) -> Place:
        """Row and column, counted from 1; the names stand in row 1."""
        return Place(self.file, row, 1 if column is None else column + 1)

    def notes(self) -> tuple[Problem, ...]:
        """Nothing: what can be wrong with the file as a whole stands in the way of reading it."""
        return ()

    def _broken(self, error: Exception) -> MaturityError:
        # Behind the first line stands our own question to DuckDB, and before the colon what kind of error it is.
        said = str(error).partition("\n")[0].replace(str(self.path.resolve()), self.path.name)
        reason = " ".join(said.partition(" Error: ")[2].split())[:120]
        details = {"reason": quoted(reason) if reason else Phrase("the file is damaged or was cut off")}
        return MaturityError(Problem(BROKEN, Place(self.file), details))

    def _none(self, what: Said) -> MaturityError:
        return MaturityError(Problem(NOT_A_TABLE, Place(self.file), {"what": what}))

    def _large(self, what: Said) -> MaturityError:
        limit = Phrase(
            "{size}, {rows} rows and {columns} columns",
            size=f"{MAX_BYTES // 1_000_000} MB",
            rows=f"{MAX_ROWS:,}",
            columns=f"{MOST_COLUMNS:,}",
        )
        return MaturityError(Problem(TABLE_TOO_LARGE, Place(self.file), {"what": what, "limit": limit}))

    def _plain(self, row: int, column: int, cell: Any) -> Any:
        """A cell as CSV would have it; what is missing is nothing. Raises MaturityError for a text beyond all measure."""
        if isinstance(cell, str):
            if len(cell) > LONGEST_CELL:
                details = {
                    "what": Phrase("a cell of more text"),
                    "limit": Phrase("{n} characters a cell", n=f"{LONGEST_CELL:,}"),
                }
                raise MaturityError(Problem(TABLE_TOO_LARGE, self.place(row, column), details))
            return cell
        if isinstance(cell, float) and not math.isfinite(cell):
            return None if math.isnan(cell) else str(cell)
        return float(cell) if type(cell).__name__ == "Decimal" else cell


def _column(name: str, type_: str) -> str:
    """What to ask DuckDB for, so that no cell takes more memory than it may, and none needs a package more.

    A list becomes its members with semicolons, a time with a zone the same time in UTC.
    """
    quoted = '"' + name.replace('"', '""') + '"'
    if type_ == "TIMESTAMP WITH TIME ZONE":
        return f"make_timestamp(epoch_us({quoted}))"
    if type_ in _SMALL or type_.startswith("DECIMAL("):
        return quoted
    text = f"array_to_string({quoted}, ';')" if type_ == "VARCHAR[]" else f"{quoted}::varchar"
    return f"if(strlen({text}) > {LONGEST_CELL}, left({text}, {LONGEST_CELL + 1}), {text})"
