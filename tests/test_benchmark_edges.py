"""Benchmarks at their edges, made from the example: few scored, all equal, ties, nobody answered, others, a new rubric.

Each is run as a person runs it, to all formats, and recounted. Nothing may be told of fewer than it takes.
"""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import recount_edit as made
from recount import Recount, differences
from recount_scores import ROOT, loaded, register, summary
from test_cli import maturity

NOW, BEFORE = ROOT / "examples" / "wales-2026", ROOT / "examples" / "wales-2017"
# Of the example's councils only Ceredigion is not scored as a whole.
TEN = tuple(sorted(path.stem for path in NOW.glob("*.yaml") if path.stem != "ceredigion")[:10])
BRIDGEND = "W06000013"

INSIDE = re.compile(r"\bNone\b(?! of)|\b(nan|NaN|inf|Traceback)\b|#DIV/0!|#NUM!|#N/A")
"""What no person should read. "None of the 10 councils" is a sentence."""


@cache
def app() -> Any:
    from maturity.cli import commands
    from maturity.cli.main import app

    commands.add_to(app)
    return app


def run(*words: object) -> tuple[int, str]:
    """The command in this process, which spares starting one, and what it put on both streams."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        try:
            app()([str(word) for word in words], prog_name="maturity")
            code: Any = 0
        except SystemExit as end:
            code = end.code
    return int(code or 0), out.getvalue()


@dataclass
class Made:
    """What was made of one case: the document, what the terminal said in both languages, page and workbook."""

    document: dict[str, Any]
    english: str
    welsh: str
    page: str
    cells: dict[str, list[list[Any]]]

    def sheet(self, title: str) -> list[dict[str, Any]]:
        """The rows of a sheet by its headings, which stand in its fourth row."""
        headings, *rows = self.cells[title][3:]
        return [dict(zip(headings, row, strict=True)) for row in rows]


@dataclass
class Case:
    """Files of answers, and what the command and the recount are asked for."""

    paths: Sequence[Path]
    previous: Sequence[Path] = ()
    council: str = BRIDGEND
    rubrics: dict[str, str] = field(default_factory=dict)

    def words(self) -> list[object]:
        before = [word for path in self.previous for word in ("--previous", path)]
        rubrics = [w for p, r in self.rubrics.items() for w in ("--rubric-of", f"{p}=socitm@{r}")]
        further = ["--peers", "region", "--together", "--evidence-above", "by-plan", "--for", self.council]
        return ["benchmark", *self.paths, *before, *rubrics, *further]

    def made(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
        """Runs it to every format; recounts every figure, and looks for what must be nowhere."""
        monkeypatch.setenv("COLUMNS", "200")
        folder.mkdir(parents=True, exist_ok=True)
        files = {"--json": folder / "b.json", "--html": folder / "b.html", "--excel": folder / "b.xlsx"}
        code, said = run(
            *self.words(), *(w for pair in files.items() for w in pair), "--draws", "0", "--force"
        )
        assert code == 0, said
        document = json.loads(files["--json"].read_text("utf-8"))
        asked = Recount(
            self.paths,
            self.previous,
            self.council,
            ["region"],
            (),
            "by-plan",
            None,
            True,
            rubrics=self.rubrics,
        )
        found = differences(document, asked.benchmark())
        assert not found, "\n".join(found[:20])
        texts = []
        for language in ("en", "cy"):
            code, text = run(*self.words(), "--series", "--lang", language)
            assert code == 0, text
            texts.append(text)
        book = openpyxl.load_workbook(files["--excel"], read_only=True)
        cells = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}
        one = Made(document, texts[0], texts[1], files["--html"].read_text("utf-8"), cells)
        assert_sound(one)
        return one


def assert_sound(one: Made) -> None:
    """No value of a program's inside, and nothing told of fewer than it takes, in any format."""
    visible = re.sub(r"(?s)<(style|script).*?</\1>|<[^>]*>", " ", one.page)
    for text in (
        one.english,
        one.welsh,
        visible,
        *(str(c) for rows in one.cells.values() for r in rows for c in r if c),
    ):
        found = INSIDE.search(text)
        assert not found, text[max(0, found.start() - 60) : found.end() + 60]
    assert_few_are_untold(one.document)
    for row in one.sheet("Statistics"):
        n = row["Councils scored (n)"]
        assert isinstance(row["Median"], float | int) == (n >= 5)
        assert isinstance(row["Lower quartile (Q1)"], float | int) == (n >= 8)
        assert isinstance(row["Upper quartile (Q3)"], float | int) == (n >= 8)
    scored = {row["Dimension"]: row["Councils scored (n)"] for row in one.sheet("Statistics")}
    for row in one.sheet("Overall"):
        assert not isinstance(row["Rank"], int | float) or scored["All dimensions"] >= 5
    for table in csv_of(one.page):
        assert_table_tells_nothing(table)
    for text, few in ((one.english, "[x]: too few councils"), (one.welsh, "[x]: rhy ychydig o gynghorau")):
        assert ("[x]" in text) == (few in text)


def assert_few_are_untold(document: Any) -> None:
    """In every summary, change and spread of the JSON: a median from 5 on, quartiles from 8 on."""
    for one in dictionaries(document):
        n = one.get("n")
        if "changed" in one:
            # A question's change; only numbers have a median difference.
            assert n is not None
            assert n >= 5, one
            continue
        for key, value in one.items():
            if n is not None and key.startswith("median"):
                assert (value is None) == (n < 5), one
            if n is not None and key in ("q1", "q3"):
                assert (value is None) == (n < 8), one
        if "verdict" in one:
            assert (one["verdict"] is None) == (n < 8), one
        if "answered" in one and "split" in one and one["answered"] < 5:
            assert (one["options"], one["split"], one["moved"]) == ([], None, None)


def dictionaries(document: Any) -> Iterator[dict[str, Any]]:
    if isinstance(document, dict):
        yield document
    values = (
        document.values() if isinstance(document, dict) else document if isinstance(document, list) else ()
    )
    for value in values:
        yield from dictionaries(value)


def csv_of(page: str) -> list[list[list[str]]]:
    """The tables that the page offers as downloads."""
    import csv

    found = re.findall(r'href="data:text/csv;charset=utf-8;base64,([^"]+)"', page)
    assert found
    return [list(csv.reader(io.StringIO(base64.b64decode(one).decode("utf-8-sig")))) for one in found]


def assert_table_tells_nothing(table: list[list[str]]) -> None:
    """Ranks and statistics only of enough; the n is that of the table's own rows."""
    headings, *rows = table
    if "Rank" in headings:
        at = headings.index("Score")
        n = sum(bool(re.fullmatch(r"-?[\d.]+", row[at])) for row in rows if len(row) == len(headings))
        for row in rows:
            if len(row) == len(headings) and n < 5:
                assert row[headings.index("Rank")] in ("–", "not scored", "not submitted"), row
    if "Median" in headings and "n" in headings:
        for row in rows:
            n = int(row[headings.index("n")])
            assert bool(re.fullmatch(r"-?[\d.]+", row[headings.index("Median")])) == (n >= 5), row


def cells_of(text: str, heading: str, name: str) -> list[str]:
    """A row's cells of the first table whose heading has these words."""
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if re.search(heading, line))
    row = next(line for line in lines[start:] if line.strip().startswith(name))
    return [c for c in re.split(r"\s{2,}", row.strip())[1:] if not set(c) <= set("━╸╺#")]


def code_of(raw: dict[str, Any]) -> str:
    name = raw["organisation"].casefold()
    return next(place.code for place in register().values() if name in place.spellings)


def only(kept: Callable[[dict[str, Any], str], bool]) -> made.Edit:
    """Leaves the answers to questions for which that is so."""

    def edit(raw: dict[str, Any]) -> None:
        raw["answers"] = {name: answer for name, answer in raw["answers"].items() if kept(raw, name)}

    return edit


def like(*stems: str) -> made.Edit:
    """Everybody answers as one of these do, turn by turn in the order of the codes."""
    codes = sorted(register())

    def edit(raw: dict[str, Any]) -> None:
        stem = stems[codes.index(code_of(raw)) % len(stems)]
        folder = NOW if raw["period"] == "2026" else BEFORE
        raw["answers"] = loaded(folder / f"{stem}.yaml")["answers"]

    return edit


@pytest.mark.parametrize("n", [0, 1, 4, 5, 7, 8])
def test_so_many_are_scored(n: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten submit; all but n of them answer one question, which scores nothing."""
    full = {code_of(loaded(NOW / f"{stem}.yaml")) for stem in TEN[:n]}
    edit = only(lambda raw, name: code_of(raw) in full or name == "staff.capacity.enough")
    case = Case(
        [made.written(tmp_path / "now", NOW, edit, TEN)],
        [made.written(tmp_path / "before", BEFORE, None, TEN)],
    )
    one = case.made(tmp_path / "out", monkeypatch)
    overall = one.document["comparisons"][0]
    assert overall["summary"]["n"] == overall["change"]["n"] == n
    assert [s["reason"] for s in overall["standings"] if s["reason"]] == ["nothing_answered"] * (10 - n)
    cells = cells_of(one.english, "Measure.*Rank", "Overall")
    assert cells[0] == str(n)
    assert [cell == "[x]" for cell in cells[1:4]] == [n < 8, n < 5, n < 8]
    own, rank = cells[4:6] if n == 0 else cells[-11:-9]
    if n == 0:
        assert own == "not scored"
        assert "heb sgôr" in " ".join(cells_of(one.welsh, "Mesur.*Safle", "Sgôr gyffredinol"))
    else:
        assert rank == "[x]" if n < 5 else re.fullmatch(f"=?\\d of {n}", rank)
    levels, change = cells[-9:-4], cells[-4:]
    assert (levels == ["[x]"] * 5) == (n < 5)
    assert change[1] == str(n)
    assert [cell == "[x]" for cell in (change[0], *change[2:])] == [n < 5] * 3
    behind = "Too little is scored to set Bridgend against its peers."
    assert (behind in one.english) == (n < 6)


def test_all_are_equal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = Case(
        [made.written(tmp_path / "now", NOW, like("cardiff"), TEN)],
        [made.written(tmp_path / "before", BEFORE, like("cardiff"), TEN)],
    )
    one = case.made(tmp_path / "out", monkeypatch)
    for comparison in one.document["comparisons"]:
        found = comparison["summary"]
        assert found["q1"] == found["median"] == found["q3"]
        scored = [s for s in comparison["standings"] if s["published"] is not None]
        assert {(s["rank"], s["lower"], s["same"], s["higher"], s["position"]) for s in scored} == {
            (1, 0, 9, 0, None)
        }
        assert [count for _, count in comparison["levels"] if count] == [10]
        assert len({d["difference"] for d in comparison["change"]["differences"]}) == 1
    assert {q["split"] for q in one.document["questions"] if q["answered"]} == {0}
    assert not one.document["pairs"]
    assert "=1 of 10" in one.english
    assert "=1 o 10" in one.welsh
    moves = [line["moves"][0]["spread"] for line in one.document["series"]["lines"]]
    assert {(m["before"], m["after"], m["verdict"]) for m in moves} == {(0, 0, "no_clear_difference")}
    assert "There is no theme in which Bridgend is clearly behind its peers." in one.english


def test_ties_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two kinds of councils: half answer as one, half as the other."""
    edit = like("cardiff", "swansea")
    now, before = (made.written(tmp_path / of.name, of, edit, TEN) for of in (NOW, BEFORE))
    case = Case([now], [before])
    one = case.made(tmp_path / "out", monkeypatch)
    for comparison in one.document["comparisons"]:
        scored = [s for s in comparison["standings"] if s["published"] is not None]
        values = {s["published"] for s in scored}
        assert len(values) <= 2
        best = [s for s in scored if s["published"] == max(values)]
        assert {(s["rank"], s["same"], s["lower"]) for s in best} == {
            (1, len(best) - 1, len(scored) - len(best))
        }
        rest = [s for s in scored if s["published"] < max(values)]
        assert {s["rank"] for s in rest} <= {len(best) + 1}
    for council in one.document["learning"]["lessons"]:
        distances = [t["distance"] for t in council["teachers"]]
        assert distances == sorted(distances)


def test_one_council_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = Case(
        [made.written(tmp_path / "now", NOW, None, ["bridgend"])],
        [made.written(tmp_path / "before", BEFORE, None, ["bridgend"])],
    )
    one = case.made(tmp_path / "out", monkeypatch)
    assert {c["summary"]["n"] for c in one.document["comparisons"]} == {1}
    assert not one.document["pairs"]
    assert not one.document["wanted"]
    assert not one.document["shared_steps"]
    assert "1 of 22 councils, 2026" in one.english
    assert "1 o'r 22 o gynghorau, 2026" in one.welsh
    # No sentence counts one council's answers.
    assert " of 1 councils" not in one.english
    assert "o'r 1 o gynghorau" not in one.welsh and "o'r 1 cyngor" not in one.welsh


def test_a_dimension_that_nobody_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit = only(lambda _, name: not name.startswith("data."))
    before = made.written(tmp_path / "before", BEFORE, None, TEN)
    case = Case([made.written(tmp_path / "now", NOW, edit, TEN)], [before])
    one = case.made(tmp_path / "out", monkeypatch)
    by_key = {".".join((c["measure"], *c["group"])): c for c in one.document["comparisons"]}
    for key in ("overall", "dimension.data", "theme.data.silos"):
        assert by_key[key]["summary"] == {"n": 0, "median": None, "q1": None, "q3": None}
    assert {s["reason"] for s in by_key["dimension.data"]["standings"]} == {"nothing_answered", None}
    assert {s["reason"] for s in by_key["overall"]["standings"]} == {"low_coverage", None}
    assert by_key["dimension.staff"]["summary"] == summary(
        [s["published"] for s in by_key["dimension.staff"]["standings"] if s["published"] is not None]
    )
    for question in one.document["questions"]:
        if question["dimension"] == "data":
            assert (question["answered"], question["options"], question["moved"]) == (0, [], None)
    for text, headings, name, words in (
        (one.english, "Measure.*Rank", "Smart with data", "not scored"),
        (one.welsh, "Mesur.*Safle", "Craff gyda data", "heb sgôr"),
    ):
        cells = cells_of(text, headings, name)
        assert cells[:4] == ["0", "[x]", "[x]", "[x]"]
        assert words in cells
        # No sentence is told of nobody.
        assert not re.search(r"\b0 of 0\b|\bo'r 0\b", text)


def test_periods_of_other_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is in both of the first two; of the last two, six."""
    stems = sorted(path.stem for path in BEFORE.glob("*.yaml") if path.stem != "blaenau-gwent")
    first, second = stems[1:9], [stems[0], *stems[9:17]]
    middle = made.written(tmp_path / "2022", BEFORE, made.of_period("2022", seed=1), second)
    case = Case([made.written(tmp_path / "2017", BEFORE, None, first), middle, made.written(tmp_path / "now", NOW, None, [*stems[:1], *stems[12:]])])  # fmt: skip
    one = case.made(tmp_path / "out", monkeypatch)
    earlier, later = one.document["series"]["transitions"]
    assert (len(earlier["entered"]), len(earlier["left"])) == (9, 8)
    assert (len(later["entered"]), len(later["left"])) == (4, 3)
    line = one.document["series"]["lines"][0]
    nobody, some = (move["change"] for move in line["moves"])
    assert (nobody["n"], nobody["median_difference"], nobody["differences"]) == (0, None, [])
    assert 5 <= some["n"] <= 6
    assert line["moves"][1]["spread"]["verdict"] is None
    assert "Joined: " in one.english
    assert "Ymunodd: " in one.welsh or "Wedi ymuno" in one.welsh


def test_a_new_rubric(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same answers in both periods, of seven, by 1.0.0 and then by 1.1.0: all change is the rubric's."""
    now = made.written(tmp_path / "now", NOW, None, TEN[:7])
    before = made.written(tmp_path / "before", NOW, lambda raw: raw.update(period="2025"), TEN[:7])
    case = Case([now], [before], rubrics={"2025": "1.0.0", "2026": "1.1.0"})
    one = case.made(tmp_path / "out", monkeypatch)
    assert one.document["previous"] is None
    assert all(c["change"] is None for c in one.document["comparisons"])
    assert (one.document["series"]["transitions"][0]["series_break"]["shared"]) == 71
    moved = 0
    for line in one.document["series"]["lines"]:
        for split in line["moves"][0]["split"]["splits"]:
            assert (split["council"], split["rubric"], split["clear"]) == (0, split["total"], False)
            moved += split["rubric"] != 0
    assert moved
    assert "The series breaks: rubric socitm@1.0.0, then socitm@1.1.0." in one.english
    assert "socitm@1.0.0" in one.welsh


def test_a_new_questionnaire_after_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Carried over to 2.0.0 and not yet completed: what is new or waits for a person has no answer."""
    plain = made.written(tmp_path / "plain", NOW, lambda raw: raw.update(period="2028"), TEN)
    carried = made.migrated(plain, tmp_path / "carried", maturity)
    one = Case([carried], [NOW]).made(tmp_path / "out", monkeypatch)
    broken = one.document["series"]["transitions"][0]["series_break"]
    assert (broken["why"], len(broken["only_after"]) > 0) == (None, True)
    for line in one.document["series"]["lines"]:
        move = line["moves"][0]
        for split in (move["split"] or {"splits": []})["splits"] if move else ():
            assert split["council"] == 0
    assert "The series breaks: questionnaire socitm@1.0.0, then socitm@2.0.0." in one.english
    assert "questionnaire" not in one.welsh
