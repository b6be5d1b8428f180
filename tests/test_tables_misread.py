"""Cells that look like something else: each is a finding at its place, and nothing is read of them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from maturity.intake.collect import Collection, collect
from maturity.intake.tables import How
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


def collected(folder: Path, **files: bytes) -> Collection:
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    return collect([folder], wales(), small())


GOOD = ["Cardiff", "2026", "none", "yes"]
ELSE = ["Powys", "2026", "none", "yes"]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("head", "bad", "good"),
    [
        ([*H, "name"], ["Cardiff", "2026", "nothing", "yes", "Ann"], [*GOOD, "Bob"]),
        ([*H, "status"], ["Cardiff", "2026", "none", "yes", "finished"], [*GOOD, "draft"]),
        (H, ["Cardiff", "last year", "none", "yes"], GOOD),
        (H, ["Caerdydd", "2026", "none"], GOOD),
        (H, ["Caerdydd", "2026", "nothing", "yes"], GOOD),
    ],
    ids=["two people", "facts", "period", "ragged", "same row"],
)
def test_of_two_sets_in_a_table_none_counts_where_one_has_errors(
    tmp_path: Path, head: list[str], bad: list[str], good: list[str], turned: bool
) -> None:
    extra = [""] * (len(head) - 4)
    rows: Rows = [head, *([good, bad] if turned else [bad, good]), [*ELSE, *extra]]
    found = collected(tmp_path, t_csv=csv_bytes(rows))
    assert [one.assessment.organisation for one in found.assessments] == ["Powys"]
    lines = {p.place.line for p in found.problems if p.kind.severity == "error"}
    assert lines >= {2, 3} or {"W077", "W085"} & set(errors(found.problems))


@pytest.mark.parametrize(("first", "second"), [("a", "b"), ("b", "a")])
def test_of_two_files_none_counts_where_one_has_errors(tmp_path: Path, first: str, second: str) -> None:
    bad = csv_bytes([H, ["Cardiff", "2026", "nothing", "yes"]])
    found = collected(tmp_path, **{f"{first}_csv": bad, f"{second}_csv": csv_bytes([H, GOOD, ELSE])})
    assert [one.assessment.organisation for one in found.assessments] == ["Powys"]
    assert ("W110", f"{tmp_path}/{second}.csv:2") in {
        (c, p.removesuffix(":1")) for c, p in told(found.problems)
    }
    assert f"{first}.csv:2" in next(p for p in found.problems if p.kind.code == "W110").message()


@pytest.mark.parametrize("answer", ["{lead.plan.place: nothing}", "[]"])
def test_a_file_with_errors_beside_a_table(tmp_path: Path, answer: str) -> None:
    text = "format: maturity-assessment/1\nquestionnaire: {id: small, version: 1.0.0}\n"
    text += f"organisation: Caerdydd\nperiod: 2026\nanswers: {answer}\n"
    found = collected(tmp_path, a_yaml=text.encode(), t_csv=csv_bytes([H, GOOD, ELSE]))
    assert [one.assessment.organisation for one in found.assessments] == ["Powys"]
    assert "W110" in errors(found.problems)


def test_another_sheet_and_another_period(tmp_path: Path) -> None:
    def change(workbook: object) -> None:
        sheet = workbook.create_sheet("More")  # type: ignore[attr-defined]
        for row in [H, GOOD, ["Cardiff", "2025", "none", "yes"]]:
            sheet.append(row)

    content = xlsx_bytes([H, ["Cardiff", "2026", "nothing", "yes"], ELSE], change)
    found = collected(tmp_path, t_xlsx=content)
    kept = {(one.assessment.organisation, one.assessment.period) for one in found.assessments}
    assert kept == {("Powys", "2026"), ("Cardiff", "2025")}
    assert ("W110", f"{tmp_path}/t.xlsx[More]!A2") in told(found.problems)


def test_a_third_set_beside_two_people_who_disagree(tmp_path: Path) -> None:
    two = csv_bytes([[*H, "name"], [*GOOD, "Ann"], [*GOOD, "Bob"]])
    found = collected(tmp_path, a_csv=two, b_csv=csv_bytes([H, GOOD, ELSE]))
    assert [one.assessment.organisation for one in found.assessments] == ["Powys"]
    assert {"W078", "W110"} <= set(errors(found.problems))


NOTED = ["council", "period", "lead.plan.place", "lead.plan.place note", "lead.plan.named"]
SWALLOWING = [
    (NOTED, ['Cardiff,2026,none,"fine,yes', "Powys,2026,none,,yes", 'Swansea,2026,none,well",yes', "Newport,2026,none,,no"]),
    ([*NOTED, "Colour"], ['Cardiff,2026,none,,yes,"red', "Powys,2026,none,,yes,red", 'Swansea,2026,none,,yes,red"', "Newport,2026,none,,no,red"]),
    (["ID", *NOTED], ['1,Cardiff,2026,none,"fine,yes', "2,Powys,2026,none,a, b,yes", '3,Swansea,2026,none,",yes', "4,Newport,2026,none,,no"]),
]  # fmt: skip


@pytest.mark.parametrize(("head", "lines"), SWALLOWING, ids=["note", "ignored", "numbered"])
def test_a_stray_quote_that_swallows_rows_is_told(tmp_path: Path, head: list[str], lines: list[str]) -> None:
    found = taken(tmp_path, "\n".join([",".join(head), *lines, ""]).encode(), how=SMALL)
    assert ("W111", "t.csv:2:1") in told(found.problems)
    assert "from line 3:" in next(p for p in found.problems if p.kind.code == "W111").message()
    assert [one.organisation for one, _ in found.answers] == ["Newport"]


def test_lines_of_prose_in_a_note_are_no_rows(tmp_path: Path) -> None:
    note = "First, the plan.\nCardiff, Swansea, Powys, Newport, Torfaen\nPowys\nagreed, in part"
    rows: Rows = [NOTED, ["Cardiff", "2026", "none", note, "yes"], ["Powys", "2026", "none", "", "no"]]
    found = taken(tmp_path, csv_bytes(rows), how=SMALL)
    assert errors(found.problems) == [] and len(found.answers) == 2
    assert found.answers[0][0].answers["lead.plan.place"].note == note


def test_who_was_swallowed_does_not_count_elsewhere(tmp_path: Path) -> None:
    lines = [",".join(NOTED), *SWALLOWING[0][1], ""]
    found = collected(tmp_path, a_csv="\n".join(lines).encode(), b_csv=csv_bytes([H, ELSE, GOOD]))
    kept = {one.assessment.organisation for one in found.assessments}
    assert kept == {"Newport"}
