"""Scores as Parquet, through DuckDB, which is only asked for where somebody wants such a file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path

from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.reports.scores_rows import Rows, Type

NO_DUCKDB = Kind(
    "C008",
    "error",
    "Writing Parquet takes DuckDB, which is not installed.",
    "Write: pip install 'maturity[parquet]'; or name a .csv file.",
)
PARQUET_FORMAT = "maturity-scores/1"
"""Stands under `format` in the file's own notes, by which maturity knows what it wrote."""

_TYPES: dict[Type, str] = {"text": "VARCHAR", "number": "DOUBLE", "count": "INTEGER", "flag": "BOOLEAN"}
_AT_ONCE = 10_000
_MEMORY = "200MB"
_PART = 1_000_000


def check_parquet(path: Path) -> None:
    """Raises MaturityError where no Parquet file can be written."""
    try:
        import_module("duckdb")
    except ImportError:
        raise MaturityError(Problem(NO_DUCKDB, Place(str(path)))) from None


def scores_parquet(rows: Rows) -> Iterator[bytes]:
    """The rows as a Parquet file, with types, in parts; what is empty is null. The same rows always give the same bytes.

    What DuckDB gathers lies in a temporary file of our own where there is much of it, not in memory.
    """
    import duckdb

    columns = [(_quoted(name), _TYPES[type_]) for name, type_ in rows.columns]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scores.parquet"
        with duckdb.connect(str(Path(folder) / "scores.duckdb")) as connection:
            connection.execute("set threads = 1")
            connection.execute(f"set memory_limit = '{_MEMORY}'")
            connection.execute(
                f"create table scores ({', '.join(f'{name} {type_}' for name, type_ in columns)})"
            )
            insert = f"insert into scores select {', '.join(f'unnest(?::{type_}[])' for _, type_ in columns)}"
            left = iter(rows.rows)
            while some := list(islice(left, _AT_ONCE)):
                connection.execute(insert, [list(cells) for cells in zip(*some, strict=True)])
            target = "'" + str(path).replace("'", "''") + "'"
            notes = f"kv_metadata {{format: '{PARQUET_FORMAT}', layout: '{rows.name}'}}"
            connection.execute(f"copy scores to {target} (format parquet, compression zstd, {notes})")
        with path.open("rb") as file:
            while part := file.read(_PART):
                yield part


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
