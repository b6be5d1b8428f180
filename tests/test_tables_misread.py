"""Cells that look like something else: each is a finding at its place, and nothing is read of them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from maturity.intake.collect import collect
from maturity.intake.tables import How, read_file
from maturity.models.assessment import is_period
from maturity.sources.registers import wales
from table_data import Rows, csv_bytes, errors, taken, told, xlsx_bytes
from workbook_data import small

SMALL = How(small()[0])
H = ["council", "period", "lead.plan.place", "lead.plan.named"]
SHARE = "serve.online.share"


def numbers() -> list[str]:
    return [q.id for q in small()[0].questions.values() if q.type == "number"]


def with_infinity(content: bytes) -> bytes:
    """A workbook with 1e999 in the place of 9."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>9</v>", b"<v>1e999</v>"))
    return out.getvalue()


@pytest.mark.parametrize("question", numbers())
def test_a_number_without_end_is_a_finding_with_its_cell(tmp_path: Path, question: str) -> None:
    rows: Rows = [["council", "period", question], ["Cardiff", "2026", 9], ["Powys", "2026", 2]]
    found = taken(tmp_path, with_infinity(xlsx_bytes(rows)), "t.xlsx", SMALL)
    assert ("W044", "t.xlsx[Answers]!C2") in told(found.problems)
    assert [one.organisation for one, _ in found.answers] == ["Powys"]


@pytest.mark.parametrize("cell", ["inf", "-inf", "Infinity", "nan", "1e999", "-1e999", "9" * 400])
def test_a_text_that_only_programs_call_a_number(tmp_path: Path, cell: str) -> None:
    for question in numbers():
        found = taken(
            tmp_path, csv_bytes([["council", "period", question], ["Cardiff", "2026", cell]]), how=SMALL
        )
        assert errors(found.problems) == ["W044"] and found.answers == []


@pytest.mark.parametrize("sign", ["#", "# ", "//", "// "])
def test_a_row_behind_a_comment_s_sign_is_nobody_s(tmp_path: Path, sign: str) -> None:
    rows: Rows = [H, [f"{sign}Cardiff", "2026", "none", "yes"], ["Powys", "2026", "none", "yes"]]
    found = taken(tmp_path, csv_bytes(rows), how=SMALL)
    assert ("W072", "t.csv:2:1") in told(found.problems)
    assert [one.organisation for one, _ in found.answers] == ["Powys"]


def test_a_second_year_follows_the_first() -> None:
    good = ["1999-00", "2025-26", "2026-01", "2026-12", "2011-12", "2026-Q4", "2026-H2", "2099-00", "2026"]
    assert [one for one in good if not is_period(one)] == []
    bad = [
        "2026-99",
        "2026-00",
        "2026-13",
        "2025-27",
        "2026-25",
        "2026-26",
        "1999-01x",
        "2026-0",
        " 2026",
        "2026\n",
    ]
    assert [one for one in bad if is_period(one)] == []


def test_no_second_year_in_a_table(tmp_path: Path) -> None:
    found = taken(tmp_path, csv_bytes([H, ["Cardiff", "2026-99", "none", "yes"]]), how=SMALL)
    assert ("W074", "t.csv:2:9") in told(found.problems) and found.answers == []


@pytest.mark.parametrize("sign", ["✓", "✔", "✔\ufe0f", "☑", "✗", "✘"])
def test_an_x_beside_ticks_is_no_yes(tmp_path: Path, sign: str) -> None:
    rows: Rows = [
        H,
        ["Cardiff", "2026", "none", "x"],
        ["Powys", "2026", "none", sign],
        ["Swansea", "2026", "", "X"],
    ]
    found = taken(tmp_path, csv_bytes(rows), how=SMALL)
    assert ("W109", "t.csv:2:19") in told(found.problems)
    readable = sign != "✔\ufe0f"
    assert [one.organisation for one, _ in found.answers] == (["Powys"] if readable else [])
    of_x = next(p for p in found.problems if p.kind.code == "W109")
    assert "none of the 2 answers" in of_x.message() and "line 3, column 17" in of_x.message()


def test_an_x_alone_is_a_yes_and_ticks_elsewhere_do_not_matter(tmp_path: Path) -> None:
    rows: Rows = [
        [*H, "lead.plan.read"],
        ["Cardiff", "2026", "none", "x", "✓"],
        ["Powys", "2026", "none", "x", "✗"],
    ]
    found = taken(tmp_path, csv_bytes(rows), how=SMALL)
    assert errors(found.problems) == []
    assert [one.answers["lead.plan.named"].value for one, _ in found.answers] == ["yes", "yes"]


def test_an_x_beside_ticks_in_a_long_table_and_among_options(tmp_path: Path) -> None:
    long: Rows = [["council", "period", "question", "answer"]]
    long += [["Cardiff", "2026", "lead.plan.named", "x"], ["Powys", "2026", "lead.plan.read", "✗"]]
    found = taken(tmp_path, csv_bytes(long), how=SMALL)
    assert ("W109", "t.csv:2:30") in told(found.problems)
    assert [one.organisation for one, _ in found.answers] == ["Powys"]
    ways: Rows = [
        ["council", "period", "lead.plan.place", "serve.online.ways: phone", "serve.online.ways: desk"]
    ]
    ways += [
        ["Cardiff", "2026", "", "x", ""],
        ["Powys", "2026", "", "✗", "✗"],
        ["Swansea", "2026", "", "yes", ""],
    ]
    found = taken(tmp_path, csv_bytes(ways), how=SMALL)
    assert "W109" in errors(found.problems)
    assert [one.organisation for one, _ in found.answers] == ["Swansea"]
