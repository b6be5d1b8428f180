"""Parquet, through DuckDB, which is only asked for where somebody has such a file."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maturity.intake.table import MOST_COLUMNS, Cells
from maturity.intake.table_csv import MAX_BYTES, MAX_ROWS
from maturity.intake.table_findings import BROKEN, NO_PARQUET, NOT_A_TABLE, TABLE_TOO_LARGE
from maturity.intake.table_marks import Marks
from maturity.models.problem import MaturityError, Phrase, Place, Problem, Said
from maturity.sources.files import problem_with, reason_of

if TYPE_CHECKING:
    import duckdb

MEMORY = "512MB"
_AT_ONCE = 10_000


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
        count = self._ask("select count(*) from read_parquet(?)").fetchone()
        names = [d[0] for d in self._ask("select * from read_parquet(?) limit 0").description or ()]
        if count is None or count[0] > MAX_ROWS or len(names) > MOST_COLUMNS:
            what = Phrase(
                "{rows} rows of {columns} columns",
                rows=f"{count[0] if count else 0:,}",
                columns=f"{len(names):,}",
            )
            raise self._large(what)
        self.names: list[str] = names

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
        answer = self._ask("select * from read_parquet(?)")
        number = 2
        while True:
            try:
                some = answer.fetchmany(_AT_ONCE)
            except duckdb.Error as error:
                raise self._broken(error) from None
            if not some:
                return
            for cells in some:
                yield number, [_plain(cell) for cell in cells]
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
        reason = " ".join(str(error).split())[:120].rstrip(".")
        return MaturityError(Problem(BROKEN, Place(self.file), {"reason": reason}))

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


def _plain(cell: Any) -> Any:
    """A list is its members with semicolons; what is missing is nothing."""
    if isinstance(cell, list):
        return ";".join(str(one) for one in cell if one is not None)
    if isinstance(cell, float) and math.isnan(cell):
        return None
    if isinstance(cell, dict | bytes) or (isinstance(cell, float) and math.isinf(cell)):
        return str(cell)
    return float(cell) if type(cell).__name__ == "Decimal" else cell
