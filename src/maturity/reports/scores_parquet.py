"""Scores as Parquet, through DuckDB, which is only asked for where somebody wants such a file."""

from __future__ import annotations

import tempfile
from importlib import import_module
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


def check_parquet(path: Path) -> None:
    """Raises MaturityError where no Parquet file can be written."""
    try:
        import_module("duckdb")
    except ImportError:
        raise MaturityError(Problem(NO_DUCKDB, Place(str(path)))) from None


def scores_parquet(rows: Rows) -> bytes:
    """The rows as a Parquet file, with types; what is empty is null. The same rows always give the same bytes."""
    import duckdb

    columns = [(_quoted(name), _TYPES[type_]) for name, type_ in rows.columns]
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(":memory:") as connection:
        path = Path(folder) / "scores.parquet"
        connection.execute("set threads = 1")
        connection.execute(f"create table scores ({', '.join(f'{name} {type_}' for name, type_ in columns)})")
        insert = f"insert into scores select {', '.join(f'unnest(?::{type_}[])' for _, type_ in columns)}"
        for start in range(0, len(rows.rows), _AT_ONCE):
            some = rows.rows[start : start + _AT_ONCE]
            connection.execute(insert, [list(cells) for cells in zip(*some, strict=True)])
        target = "'" + str(path).replace("'", "''") + "'"
        notes = f"kv_metadata {{format: '{PARQUET_FORMAT}', layout: '{rows.name}'}}"
        connection.execute(f"copy scores to {target} (format parquet, compression zstd, {notes})")
        return path.read_bytes()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
