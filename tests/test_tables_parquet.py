"""Parquet of any kind: nested, large, typed in odd ways, damaged; each answer read right or reported, nothing loud."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest

from maturity.intake import table_parquet
from maturity.intake.collect import collect
from maturity.intake.table_csv import LONGEST_CELL
from maturity.intake.tables import Taken, read_file
from maturity.sources.registers import wales
from table_data import ROOT, csv_bytes, errors, socitm, truth, wide

duckdb = pytest.importorskip("duckdb")
RANGE, WAYS, FEE, SHARE = (
    '"transactions.online.range"',
    '"transactions.experience.conveniences"',
    '"transactions.end-to-end.fee"',
    '"transactions.online.share-of-requests"',
)


def parquet(folder: Path, replaced: str = "", query: str = "") -> Path:
    """Two councils' answers as Parquet, with columns replaced by what SQL says; or what a query of its own yields."""
    rows = wide(list(truth().values())[:2], socitm())
    (folder / "t.csv").write_bytes(csv_bytes(rows))
    path = folder / "t.parquet"
    source = f"from read_csv('{folder}/t.csv', all_varchar = true)"
    wanted = query or f"select * {f'replace ({replaced})' if replaced else ''} {source}"
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    connection.execute(f"copy ({wanted}) to '{path}' (format parquet)")
    return path


def read(path: Path) -> Taken:
    from maturity.intake.tables import How

    return read_file(path, path.name, wales(), How(asked=socitm()))


@pytest.mark.parametrize(
    "replaced",
    [
        f"{RANGE}::enum('few', 'some', 'over-half', 'most', 'every', 'dont_know') as {RANGE}",
        f"string_split({WAYS}, ';') as {WAYS}",
        f"{FEE} = 'yes' as {FEE}",
        "2026 as period",
        "council::blob as council",
    ],
)
def test_types_that_hold_the_same_answers(tmp_path: Path, replaced: str) -> None:
    found = read(parquet(tmp_path, replaced))
    assert errors(found.problems) == []
    for assessment, _ in found.answers:
        wanted = truth()[assessment.organisation].answers
        assert {q: a.value for q, a in assessment.answers.items()} == {q: a.value for q, a in wanted.items()}


@pytest.mark.parametrize(
    "value, code",
    [
        ("{'a': 1, 'b': '=cmd()'}", "W095"),
        ("map(['few'], [1])", "W095"),
        ("[['few'], ['some']]", "W095"),
        ("['few', 'some']", "W095"),
        ("true", "W095"),
        ("date '2026-04-03'", "W097"),
        ("timestamptz '2026-04-03 00:00:00+00'", "W097"),
    ],
)
def test_types_that_can_hold_no_answer_are_reported_with_their_row(
    tmp_path: Path, value: str, code: str
) -> None:
    found = read(parquet(tmp_path, f"{value} as {RANGE}"))
    assert found.answers == []
    assert errors(found.problems) == [code, code]
    column = 6
    assert [str(p.place) for p in found.problems if p.kind.code == code] == [
        f"t.parquet:2:{column}",
        f"t.parquet:3:{column}",
    ]


def test_a_time_with_a_zone_needs_no_package_more(tmp_path: Path) -> None:
    query = (
        f"select *, timestamptz '2026-03-04 09:14:00+00' as \"Start time\" "
        f"from read_csv('{tmp_path}/t.csv', all_varchar = true)"
    )
    found = read(parquet(tmp_path, query=query))
    assert errors(found.problems) == []
    assert [a.started for a, _ in found.answers] == [dt.datetime(2026, 3, 4, 9, 14)] * 2


@pytest.mark.parametrize(
    "value", ["repeat('x', {n})", "['x', repeat('x', {n})]", "{{'a': repeat('x', {n})}}"]
)
def test_a_cell_beyond_all_measure_is_not_taken_into_memory(
    tmp_path: Path, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int] = []
    plain = table_parquet.ParquetTable._plain

    def watched(self: table_parquet.ParquetTable, row: int, column: int, cell: object) -> object:
        given.append(len(cell) if isinstance(cell, str) else 0)
        return plain(self, row, column, cell)

    monkeypatch.setattr(table_parquet.ParquetTable, "_plain", watched)
    found = read(parquet(tmp_path, f"{value.format(n=3_000_000)} as {RANGE}"))
    assert errors(found.problems) == ["W062"] and found.answers == []
    assert "131,072 characters" in found.problems[0].remedy() + found.problems[0].message()
    assert max(given) == LONGEST_CELL + 1


def test_columns_beyond_all_measure(tmp_path: Path) -> None:
    found = read(parquet(tmp_path, query="select " + ", ".join(f"{n} as c{n}" for n in range(2_001))))
    assert errors(found.problems) == ["W062"]


def test_what_is_wrong_with_a_file_is_said_in_a_few_words(tmp_path: Path) -> None:
    path = parquet(tmp_path)
    content = bytearray(path.read_bytes())
    content[-8:-4] = (2**31 - 1).to_bytes(4, "little")
    path.write_bytes(bytes(content))
    (problem,) = read(path).problems
    assert problem.kind.code == "W063"
    assert "LINE 1" not in problem.message() and str(tmp_path) not in problem.message()


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_table_of_headings_alone_is_not_passed_over_in_silence(tmp_path: Path, suffix: str) -> None:
    path = parquet(tmp_path, query=f"select * from read_csv('{tmp_path}/t.csv', all_varchar = true) limit 0")
    if suffix == "csv":
        path = tmp_path / "t.csv"
        path.write_text(path.read_text(encoding="utf-8-sig").splitlines()[0] + "\n", encoding="utf-8")
    collection = collect([path], wales(), None)
    assert [(p.kind.code, p.place.file) for p in collection.problems] == [("I009", str(path))]


def test_nothing_but_what_we_say_stands_on_the_terminal(tmp_path: Path) -> None:
    path = parquet(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "maturity", "score", path, "-q", "socitm@1.0.0", "-o", tmp_path / "s.parquet"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [f"Wrote {tmp_path / 's.parquet'}", "These answers are made up."]
