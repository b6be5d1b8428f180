"""The command line as people use and misuse it."""

from __future__ import annotations

import csv
import inspect
import io
import itertools
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

import program
from maturity.cli.commands import add_to
from maturity.cli.safe import printable
from maturity.cli.speaking import command_in
from maturity.locale.words import Words

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
GOOD = EXAMPLES / "wales-2026" / "cardiff.yaml"


def maturity(
    *words: object, env: dict[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs the program as a person in a pipe would."""
    return program.run(
        *words, cwd=cwd, env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200", **(env or {})}
    )


def assert_explained(result: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """That exit code, those words, and nothing like a traceback."""
    said = result.stdout + result.stderr
    assert "Traceback" not in said
    assert "Error:" not in said
    assert result.returncode == code, said
    for word in words:
        assert word in said


# Ten kinds of wrong input, each scored and validated: what is wrong, where, and what to do.

SOUND = """format: maturity-assessment/1
questionnaire: {id: socitm, version: 1.0.0}
organisation: Cardiff
period: "2026"
answers:
  transactions.online.welsh: forms
  staff.capacity.enough: no
"""

WRONG = {
    "not-yaml": ("organisation: [Cardiff\n", "F032", ":1:15"),
    "wrong-version": (SOUND.replace("1.0.0", "9.9.9"), "A001", ":2:16"),
    "unknown-question": (SOUND.replace("online.welsh", "online.welch"), "A002", ":6:3"),
    "unknown-option": (SOUND.replace("forms", "form"), "A010", ":6:30"),
    "duplicate-key": (SOUND + "  staff.capacity.enough: yes\n", "F004", ":8:3"),
    "empty-file": ("", "F002", ":1"),
    "unknown-council": (SOUND.replace("Cardiff", "Cardif"), "G001", "Did you mean 'Cardiff'?"),
    "no-format": ("hello: world\n", "F012", ":1:1"),
    "unknown-key": (SOUND.replace("period:", "perod:"), "S002", "Did you mean 'period'?"),
    "several-for-one": (SOUND.replace("forms", "[forms, messages]"), "A011", ":6:30"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_wrong_input_is_explained(tmp_path: Path, kind: str) -> None:
    text, code, words = WRONG[kind]
    path = tmp_path / f"{kind}.yaml"
    path.write_text(text, encoding="utf-8")
    assert_explained(maturity("score", path), 2, code, words, str(path))
    assert_explained(maturity("validate", path), 1, code, words, str(path))


def test_a_folder_where_a_file_belongs(tmp_path: Path) -> None:
    assert_explained(
        maturity("template", tmp_path / "folder.xlsx" / "..", "--council", "Cardiff"), 2, ".xlsx"
    )
    (tmp_path / "folder.xlsx").mkdir()
    assert_explained(maturity("template", tmp_path / "folder.xlsx"), 2, "F021", "folder")
    (tmp_path / "empty").mkdir()
    assert_explained(maturity("score", tmp_path / "empty"), 2, "F024")


def test_an_image(tmp_path: Path) -> None:
    image = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    (tmp_path / "photo.png").write_bytes(image)
    (tmp_path / "photo.yaml").write_bytes(image)
    (tmp_path / "photo.xlsx").write_bytes(image)
    assert_explained(maturity("score", tmp_path / "photo.png"), 2, "F025")
    assert_explained(maturity("score", tmp_path / "photo.yaml"), 2, "F001")
    assert_explained(maturity("score", tmp_path / "photo.xlsx"), 2, "photo.xlsx")


def test_no_such_file(tmp_path: Path) -> None:
    assert_explained(maturity("score", tmp_path / "nobody.yaml"), 2, "F020")
    assert_explained(maturity("validate", tmp_path / "nobody.yaml"), 2, "F020")


def test_an_empty_path_is_not_this_folder(tmp_path: Path) -> None:
    """As of a script's variable that is not set: refused by every command, as argument and as option, and nothing is done."""
    app = typer.Typer()
    add_to(app)
    whole = command_in(app, Words("en"))
    assert isinstance(whole, TyperGroup)
    refused = set()
    for name, command in whole.commands.items():
        for one in command.params:
            takes_file = one.metavar and any(what in one.metavar for what in ("FILE", "FOLDER", "PATH"))
            if one.param_type_name == "argument" or takes_file:
                typed = (
                    [""] * 3
                    if one.nargs == -1
                    else [""]
                    if one.param_type_name == "argument"
                    else [one.opts[0], ""]
                )
                with pytest.raises(typer.BadParameter, match="It is empty"):
                    command.main(typed, standalone_mode=False)
                refused.add(name)
    assert refused >= {
        "assess",
        "score",
        "merge",
        "benchmark",
        "pack",
        "validate",
        "lock",
        "migrate",
        "template",
    }
    result = maturity("score", "", cwd=tmp_path)
    assert_explained(result, 2, "Invalid value for PATH: It is empty", "Usage: maturity score")
    assert maturity("score", "", "--lang", "cy", cwd=tmp_path).stderr.count("LLWYBR: ") == 1


def test_the_likest_option_is_suggested_first() -> None:
    assert "Did you mean --help, --check?" in maturity("score", "--hel").stderr
    assert "Choose either --council" in maturity("template", "x", "--council", "a", "--all-councils").stderr


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert_explained(
        maturity("score", GOOD, "-o", tmp_path / "file" / "scores.csv"), 2, "F028", "is a file, not a folder"
    )
    assert_explained(maturity("score", GOOD, "-o", tmp_path / "no" / "such" / "scores.csv"), 2, "F027")
    assert not (tmp_path / "no").exists()
    assert_explained(maturity("demo", "--out", tmp_path / "file"), 2, "F028")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "in the way"
    assert_explained(maturity("score", GOOD, "-o", tmp_path / "scores.doc"), 2, ".csv")


def test_a_council_that_does_not_exist() -> None:
    assert_explained(maturity("benchmark", GOOD, "--for", "Cardif"), 2, "G001", "Did you mean 'Cardiff'?")


def test_all_wrong_files_are_reported_in_one_run_and_sound_ones_scored(tmp_path: Path) -> None:
    for kind, (text, _, _) in WRONG.items():
        (tmp_path / f"{kind}.yaml").write_text(text, encoding="utf-8")
    # Cardiff's sound answers do not count beside its own with errors; another council's do.
    (tmp_path / "good.yaml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "powys.yaml").write_bytes((GOOD.parent / "powys.yaml").read_bytes())
    (tmp_path / "notes.txt").write_text("not answers", encoding="utf-8")
    result = maturity("score", tmp_path)
    assert_explained(result, 1, *(code for _, code, _ in WRONG.values()), "notes.txt", "W110")
    assert "Powys" in result.stdout and "Cardiff" not in result.stdout
    strict = maturity("score", tmp_path, "--strict")
    assert_explained(strict, 1, "Nothing was scored.")
    assert strict.stdout == ""


def test_two_files_of_one_council_and_period(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_bytes(GOOD.read_bytes())
    assert_explained(maturity("score", tmp_path), 1, "I004", "a.yaml", "b.yaml")


# What commands write.


def test_scores_as_csv_on_stdout_and_nothing_else() -> None:
    result = maturity("score", EXAMPLES / "wales-2026", "-o", "-")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert len(rows) == 21
    assert [r["overall"] for r in rows if r["name"] == "Ceredigion"] == [""]
    assert (rows[0]["questionnaire"], rows[0]["rubric"]) == ("socitm@1.0.0", "socitm@1.1.0")
    assert rows[0]["made_up"] == "true"


def test_scores_as_files(tmp_path: Path) -> None:
    folder = tmp_path / "Sgorau â lle"
    for name in ("scores.csv", "scores.json", "scores.xlsx"):
        result = maturity("score", GOOD, "-o", folder / name, "--lang", "cy")
        assert_explained(result, 0)
        assert result.stdout == ""
    assert "Caerdydd" in (folder / "scores.csv").read_text(encoding="utf-8-sig")
    card = json.loads((folder / "scores.json").read_text(encoding="utf-8"))["scorecards"][0]
    overall = next(s for s in card["scorecard"]["scores"] if s["measure"] == "overall")
    assert overall["published"] == round(overall["value"], 2)
    assert card["code"] == "W06000015"


def test_long_csv_has_a_row_a_measure() -> None:
    rows = list(csv.DictReader(io.StringIO(maturity("score", GOOD, "-o", "-", "--long").stdout)))
    assert {r["measure"] for r in rows} == {"overall", "dimension", "theme"}
    assert [r["group"] for r in rows if r["measure"] == "overall"] == ["all"]


def test_benchmark_on_the_terminal_and_as_json(tmp_path: Path) -> None:
    shown = maturity("benchmark", EXAMPLES / "wales-2017", "--for", "ynys mon")
    assert_explained(shown, 0, "5 of 22 councils said that they have no digital strategy.", "made up")
    result = maturity("benchmark", EXAMPLES, "--json", tmp_path / "b.json")
    assert_explained(result, 1, "I004")  # the workbooks repeat four councils of 2026
    found = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert (found["period"], found["previous"]) == ("2026", "2017")


def test_validate_passes_on_all_that_is_bundled() -> None:
    result = maturity("validate", ROOT / "questionnaires", EXAMPLES)
    assert_explained(result, 0, "0 errors, 0 warnings")
    found = json.loads(maturity("validate", GOOD, "--format", "json").stdout)
    assert found["problems"] == []


def test_list_and_show() -> None:
    assert_explained(maturity("list"), 0, "socitm", "1.0.0", "1.1.0", "2.0.0", "2.0.1", "wales")
    assert_explained(maturity("show", "socitm"), 0, "socitm@2.0.0", "leadership.strategy.in-place")
    assert_explained(maturity("show", "socitm@1.0.0"), 0, "socitm@1.0.0", "inclusion.access.wifi")
    assert_explained(
        maturity("show", "socitm@2.0.1"), 0, "socitm@2.0.1", "Scores questionnaire socitm >=2.0.0"
    )
    assert_explained(maturity("show", "socitm", "--rubric", "--lang", "cy"), 0, "Ar hap")
    assert_explained(maturity("show", "wales", "--lang", "cy"), 0, "Ynys Môn")
    assert_explained(maturity("show", "nothing"), 2, "L001", "socitm@1.0.0")


def test_demo_writes_the_pages_it_names(tmp_path: Path) -> None:
    """In Welsh by Welsh names, downloads too; of the English ones those that are reproduced below tell."""
    out = tmp_path / "demo lle â gofod"
    result = maturity("demo", "--out", out, "--lang", "cy")
    assert_explained(result, 0)
    paths = [Path(line) for line in result.stdout.splitlines()]
    names = [path.relative_to(out).as_posix() for path in paths]
    assert names[:2] == ["meincnod.html", "meincnod.xlsx"] and "cynghorau/ynys-mon.html" in names
    assert len(paths) == 24
    assert sorted(paths) == sorted(p for p in out.rglob("*") if p.is_file())
    assert all("ffug" in p.read_text(encoding="utf-8") for p in paths if p.suffix == ".html")
    page = paths[0].read_text(encoding="utf-8")
    assert 'href="cynghorau/ynys-mon.html"' in page
    assert 'href="../meincnod.html"' in paths[-1].read_text(encoding="utf-8")
    downloads = re.findall(r'download="([^"]*)"', page)
    assert len(downloads) == len(set(downloads)) > 30
    assert {"meincnod-2026-atebion.csv", "meincnod-2026-newid-o-2017-i-2026.csv"} < set(downloads)


def test_demo_is_reproducible(demo: Path, tmp_path: Path) -> None:
    """In a process of its own, which goes through sets in another order than the one that made the other."""
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    env = {"SOURCE_DATE_EPOCH": "1790000000", "PYTHONHASHSEED": seed}
    assert_explained(maturity("demo", "--out", tmp_path, env=env), 0)
    found = [
        {p.relative_to(at): p.read_bytes() for p in at.rglob("*") if p.is_file()} for at in (demo, tmp_path)
    ]
    assert found[0].keys() == found[1].keys()
    assert len(found[0]) == 24
    assert {"benchmark.html", "benchmark.xlsx", "councils/cardiff.html"} < {k.as_posix() for k in found[0]}
    assert [str(k) for k in found[0] if found[0][k] != found[1][k]] == []


# Nothing that people wrote is overwritten.


def test_answers_are_not_overwritten_by_what_comes_of_them(tmp_path: Path) -> None:
    workbook, answers, other = tmp_path / "filled.xlsx", tmp_path / "in.yaml", tmp_path / "in.json"
    assert_explained(maturity("template", workbook, "--council", "Cardiff"), 0)
    kept = workbook.read_bytes()
    assert_explained(maturity("template", workbook), 2, "G021", "--force")
    for path in (answers, other):
        path.write_bytes(GOOD.read_bytes())
    assert_explained(maturity("score", other, "-o", other), 2, "G020")
    assert_explained(maturity("score", other, "-o", other, "--force"), 2, "G020")
    assert_explained(maturity("score", answers, "-o", other), 2, "G021")
    assert_explained(maturity("score", tmp_path, "-o", workbook, "--force"), 2, "G020")
    assert_explained(maturity("benchmark", answers, "--excel", workbook), 2, "G021")
    assert_explained(maturity("benchmark", answers, "--html", answers), 2, ".html")
    for command in (("benchmark", tmp_path, "--csv"), ("pack", tmp_path, "-o")):
        assert_explained(maturity(*command, tmp_path / "below"), 2, "G340", str(tmp_path))
    assert_explained(maturity("pack", tmp_path, "-o", tmp_path, "--force"), 2, "G340")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["filled.xlsx", "in.json", "in.yaml"]
    assert other.read_bytes() == answers.read_bytes() == GOOD.read_bytes()
    assert workbook.read_bytes() == kept
    assert_explained(maturity("template", workbook, "--force", "--lang", "cy"), 0)
    assert workbook.read_bytes() != kept
    assert_explained(maturity("score", answers, "-o", workbook, "--force"), 0)


@pytest.mark.parametrize("name", ["scores.csv", "scores.json", "scores.xlsx"])
def test_a_report_is_written_anew_and_nothing_else_is(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    for _ in range(2):
        assert_explained(maturity("score", GOOD, "-o", path), 0, "Wrote", "made up")
    path.write_text("What I found out about it: nothing yet.", encoding="utf-8")
    assert_explained(maturity("score", GOOD, "-o", path), 2, "G021")
    assert_explained(maturity("score", GOOD, "-o", path, "--force"), 0)


def test_a_benchmark_is_written_anew_but_not_over_scorecards(tmp_path: Path) -> None:
    html, excel, figures = (tmp_path / name for name in ("b.html", "b.xlsx", "b.json"))
    words = ("benchmark", GOOD, "--html", html, "--excel", excel, "--json", figures)
    for _ in range(2):
        assert_explained(maturity(*words), 0, "made up")
    assert_explained(maturity("score", GOOD, "-o", figures), 2, "G021")
    assert_explained(maturity("benchmark", GOOD, "--html", excel), 2, ".html")
    assert_explained(maturity("benchmark", GOOD, "--json", tmp_path / "b.yaml"), 2, ".json")


# Streams that end, are full or closed.


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("score {good} > /dev/full", 2),
        ("score {good} -o - > /dev/full", 2),
        ("--help > /dev/full", 2),
        ("score {good} >&-", 2),
        ("score {good} -o {out}/scores.csv >&- 2>&-", 0),
        ("score {good} > /dev/null 2>&-", 0),
        ("score no-such-file.yaml 2>&-", 2),
        ("score no-such-file.yaml 2> /dev/full", 2),
        ("show socitm | head -1", 0),
        ("score {good} -o - | true", 0),
        ("score --help | true", 0),
        ("--version | true", 0),
    ],
)
def test_streams_that_take_nothing(tmp_path: Path, line: str, code: int) -> None:
    program = f'"{sys.executable}" -m maturity ' + line.format(good=f'"{GOOD}"', out=tmp_path)
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", program], capture_output=True, text=True, timeout=60
    )
    assert_explained(result, code)
    assert "BrokenPipe" not in result.stderr
    assert "fault in maturity" not in result.stderr


def test_stdin_is_not_read() -> None:
    assert_explained(maturity("score", "-"), 2, "G023", "stdin")
    assert_explained(maturity("benchmark", GOOD, "--previous", "/dev/stdin"), 2, "G023")


# Nothing from a file steers the terminal.


def test_escape_sequences_are_written_out(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\u202eb.yaml"
    path.write_text(SOUND.replace('"2026"', '"2026\\e[2J\\u202E"') + "made_up: true\n", encoding="utf-8")
    unknown = tmp_path / "unknown.yaml"
    unknown.write_text(SOUND.replace("Cardiff", '"C\\e]0;x\\a\\nall is well"'), encoding="utf-8")
    for words in (("score", path), ("score", unknown), ("validate", tmp_path), ("explain", path)):
        result = maturity(*words)
        said = result.stdout + result.stderr
        assert result.returncode in (0, 1, 2)
        assert not set(said) & set("\x1b\x07\u202e"), words
        assert "\nall is well" not in said


def test_what_is_printable() -> None:
    assert printable("Ynys Môn, ŵ, 22%") == "Ynys Môn, ŵ, 22%"
    assert printable("a\x1b[1mb\u202ec\x9b") == "a\\x1b[1mb\\u202ec\\x9b"
    assert printable("a\nb\tc") == "a b c"
    assert printable("a\nb", one_line=False) == "a\nb"


# On a terminal of any width numbers stay whole.


def on_terminal(columns: int, *words: object) -> str:
    """What the program shows on a terminal of so many columns."""
    env = {**os.environ, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": str(columns), "LINES": "2000"}
    code, shown = program.shown(*words, columns=columns, rows=2000, env=env)
    assert code == 0, shown
    return shown


@pytest.mark.parametrize(
    ("columns", "language"),
    [(30, "en"), (40, "cy"), (60, "en"), (80, "cy"), (80, "en"), (100, "cy"), (200, "cy")],
)
def test_scores_on_any_width(columns: int, language: str) -> None:
    shown = on_terminal(columns, "score", EXAMPLES / "wales-2026", "--lang", language)
    rows = csv.DictReader(io.StringIO(maturity("score", EXAMPLES / "wales-2026", "-o", "-").stdout))
    numbers = re.findall(r"(?<![\d.])\d\.\d\d(?![\d.])", shown)
    expected = [row[column] for row in rows for column in row if column == "overall" or column in DIMENSIONS]
    assert sorted(numbers) == sorted(f"{float(number):.2f}" for number in expected if number)
    assert len(re.findall(r"\b\d+/\d+\b", shown)) == 21
    assert "…" not in shown
    assert all(len(line) <= columns for line in shown.splitlines())


DIMENSIONS = [
    f"dimension.{name}" for name in ("transactions", "leadership", "data", "design", "inclusion", "staff")
]


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_benchmark_on_any_width(columns: int) -> None:
    words = (
        "benchmark",
        EXAMPLES / "wales-2026",
        "--previous",
        EXAMPLES / "wales-2017",
        "--for",
        "Ceredigion",
        "--rubric",
        "socitm@1.0.0",
    )
    shown = on_terminal(columns, *words)
    assert "2.51" in shown  # Q3 is 2.505, and rounds half up as on the page
    assert "+0.94" in shown
    assert "not scored" in shown
    lines = shown.splitlines()
    assert all(len(line) <= columns for line in lines)
    # What goes on of an entry of a list stands below its words.
    entries = shown.split("Who to learn from")[1].split("\n\n")[0].split("gap:")[1].splitlines()[1:]
    assert entries and all(re.match(r"(- |  )\S", line) for line in entries)
    assert columns == 120 or any(line.startswith("  ") for line in entries)


def test_what_a_benchmark_on_the_terminal_explains() -> None:
    shown = maturity("benchmark", EXAMPLES / "wales-2026", "--for", "Neath Port Talbot").stdout
    assert "1 By chance" in shown
    few = maturity("benchmark", GOOD, "--for", "Conwy")
    assert_explained(few, 0, "not submitted", "[x]: too few councils", "Conwy did not submit for 2026.")
    headings = [line for line in shown.splitlines() if line in ("Digital leadership", "Digital staff")]
    assert headings == ["Digital leadership", "Digital staff"]


def test_a_pipe_gets_whole_lines_and_no_padding() -> None:
    lines = maturity("score", EXAMPLES / "wales-2026").stdout.splitlines()
    assert all(line == line.rstrip() for line in lines)
    assert "Citizen-oriented design" in lines[1]


# Periods: nothing is swapped, and nothing left out in silence.


def test_periods_under_previous(tmp_path: Path) -> None:
    new, old = EXAMPLES / "wales-2026", EXAMPLES / "wales-2017"
    out = tmp_path / "b.json"
    found = maturity("benchmark", old, "--previous", new, "--json", out)
    assert_explained(found, 0, "2026, under --previous, is later than 2017.")
    assert json.loads(out.read_text(encoding="utf-8"))["period"] == "2017"
    assert_explained(maturity("benchmark", new, "--previous", new), 2, "G024", "2026")
    assert_explained(maturity("benchmark", new, old, "--json", out), 0, "2026 is compared with 2017.")
    middle = tmp_path / "2019.yaml"
    middle.write_bytes(GOOD.read_bytes().replace(b"'2026'", b"'2019'"))
    assert "2019" in middle.read_text(encoding="utf-8")
    three = maturity("benchmark", new, middle, "--previous", old)
    assert_explained(three, 0, "In the series of all periods besides: 2019.", "From 2017 to 2019")
    # A period in both counts once: that under --previous.
    both = maturity("benchmark", new, old, middle, "--previous", old, "--json", out)
    assert_explained(both, 0, "Left aside: 22 files of 2017.", "besides: 2019.")
    periods = json.loads(out.read_text(encoding="utf-8"))["series"]["periods"]
    assert [(one["period"], len(one["submitted"])) for one in periods] == [
        ("2017", 22),
        ("2019", 1),
        ("2026", 21),
    ]
    assert_explained(maturity("benchmark", new, "--previous", tmp_path / "no"), 2, "F020", "G025")


# Rubrics' verdicts, and showing what is not bundled.

GUIDE = ROOT / "docs" / "rubrics"
OWN = ("--rubric", GUIDE / "step-6-outcome.yaml", "-q", GUIDE / "questionnaire-1.0.0.yaml")


def test_verdicts_are_shown_and_written() -> None:
    assert_explained(maturity("score", GUIDE / "answers.yaml", *OWN), 0, "A digital welcome", "missing")
    wide = list(
        csv.DictReader(io.StringIO(maturity("score", GUIDE / "answers.yaml", *OWN, "-o", "-").stdout))
    )
    assert [row["welcome"] for row in wide] == ["missing"]
    long = maturity("score", GUIDE / "answers.yaml", *OWN, "-o", "-", "--long").stdout
    assert ["welcome", "all", "", "", "missing"] in [row[5:10] for row in csv.reader(io.StringIO(long))]


def test_long_is_for_csv() -> None:
    assert_explained(maturity("score", GOOD, "--long"), 2, "CSV")
    assert_explained(maturity("score", GOOD, "--long", "-o", "scores.json"), 2, "CSV")


def test_show_what_is_not_bundled() -> None:
    rubric, asked = OWN[1], OWN[3]
    assert_explained(
        maturity("show", rubric),
        0,
        "dimension.people is 1.99 at most when the value of “people.help.trained” is below 4",
        "4 at most",
        "missing: when at least one part is 0",
        "Unanswered: left out",
    )
    assert_explained(
        maturity("show", asked), 0, "asked when the answer to “catalogue.borrowing.reserve” is yes"
    )
    assert_explained(maturity("show", rubric, "--plan", "-q", asked), 0, "decide welcome")
    assert_explained(maturity("show", "wale"), 2, "Did you mean 'wales'?")
    assert_explained(maturity("show", "socitm", "--json"), 2, "--plan")


def test_what_is_said_is_in_welsh_too(tmp_path: Path) -> None:
    result = maturity("score", EXAMPLES / "wales-2026", "-o", tmp_path / "s.csv", "--lang", "cy")
    assert "Mae'r atebion hyn yn ffug." in result.stderr


# Where it runs.


def test_help_is_there_for_every_command_and_has_examples() -> None:
    commands = ["demo", "assess", "template", "score", "benchmark", "validate", "list", "show"]
    top = maturity("--help")
    assert_explained(top, 0, *commands)
    for name in commands:
        assert_explained(maturity(name, "--help"), 0, f"maturity {name}", "Examples")


@pytest.mark.parametrize("name", ["lock", "merge", "diff"])
def test_paragraphs_of_help_fill_the_width(name: str) -> None:
    said = maturity(name, "--help", env={"COLUMNS": "80"}).stdout.split("Examples:")[0]
    lines = [line.strip() for line in said.splitlines()]
    for line, following in itertools.pairwise(lines):
        if line and following:
            assert len(line) + 1 + len(following.split()[0]) > 78, line


@pytest.mark.parametrize(
    "words",
    [("score", GOOD), ("list",), ("show", "wales", "--lang", "cy"), ("benchmark", EXAMPLES / "wales-2026")],
)
def test_a_cp1252_console(words: tuple[object, ...]) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "maturity", *map(str, words)],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        timeout=60,
    )
    assert result.returncode == 0, result.stderr.decode("cp1252")
    assert b"Traceback" not in result.stderr


def test_a_reader_that_stops_reading() -> None:
    program = f'"{sys.executable}" -m maturity show socitm | head -1'
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", program], capture_output=True, text=True, timeout=60
    )
    assert "Traceback" not in result.stderr
    assert "BrokenPipe" not in result.stderr


def test_no_colour_codes_in_a_pipe() -> None:
    assert "\x1b" not in maturity("score", GOOD).stdout


def test_a_fault_of_ours_is_one_line_and_a_log(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import maturity.intake.collect as c\nc.collect = None\n", encoding="utf-8"
    )
    result = maturity("score", GOOD, env={"PYTHONPATH": str(tmp_path), "TMPDIR": str(tmp_path)})
    assert result.returncode == 3
    assert "Traceback" not in result.stderr
    assert "Traceback" in next(tmp_path.glob("maturity-*.log")).read_text(encoding="utf-8")


def test_the_start_imports_nothing_slow() -> None:
    slow = [
        "openpyxl",
        "jinja2",
        "questionary",
        "prompt_toolkit",
        "pydantic",
        "yaml",
        "rich",
        "python_calamine",
        "babel",
        "numpy",
    ]
    program = f"import sys\nsys.argv = ['maturity', '--version']\nfrom maturity.cli.main import main\ntry:\n    main()\nexcept SystemExit:\n    pass\nprint(*[m for m in {slow!r} if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    version, slow_ones = result.stdout.splitlines()
    assert version.startswith("maturity ")
    assert slow_ones == ""


def test_outputs_that_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    assert_explained(maturity("score", GOOD, "-o", tmp_path / "pipe.csv"), 2, "pipe.csv")
    assert (tmp_path / "pipe.csv").is_fifo()
    assert_explained(maturity("score", GOOD, "-o", tmp_path / "loop.csv"), 2, "loop.csv")
    long = tmp_path / ("x" * 250 + ".csv")
    assert_explained(maturity("score", GOOD, "-o", long), 0)
    assert long.exists()


@pytest.mark.parametrize("epoch", ["99999999999999", "²", "abc"])
def test_a_time_that_is_none(epoch: str, tmp_path: Path) -> None:
    result = maturity("score", GOOD, "-o", tmp_path / "o.xlsx", env={"SOURCE_DATE_EPOCH": epoch})
    assert_explained(result, 2, "SOURCE_DATE_EPOCH")


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.yaml")).write_bytes(GOOD.read_bytes())
    assert_explained(maturity("score", tmp_path, "-o", tmp_path / "o.json"), 0)


def test_demo_destroys_nobodys_answers(tmp_path: Path) -> None:
    theirs = (EXAMPLES / "workbooks-2026" / "cardiff.xlsx").read_bytes()
    (tmp_path / "benchmark.xlsx").write_bytes(theirs)
    assert_explained(maturity("demo", "--out", tmp_path), 2, "benchmark.xlsx", "G021")
    assert (tmp_path / "benchmark.xlsx").read_bytes() == theirs
    assert [p.name for p in tmp_path.rglob("*")] == ["benchmark.xlsx"]


def test_a_template_for_no_period_is_not_written(tmp_path: Path) -> None:
    assert_explained(maturity("template", tmp_path / "t.xlsx", "--period", "summer"), 2, "S022", "2026-Q1")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_may_hold_what_was_made_of_it(tmp_path: Path) -> None:
    (tmp_path / "cardiff.yaml").write_bytes(GOOD.read_bytes())
    for _ in range(2):
        assert_explained(maturity("score", tmp_path, "-o", tmp_path / "scores.json"), 0)
    assert_explained(maturity("validate", tmp_path), 0, "0 errors")


def test_nothing_is_told_of_too_few() -> None:
    result = maturity("benchmark", GOOD)
    assert_explained(result, 0, "[x]: too few councils")
    assert "councils said that" not in result.stdout


def test_files_that_may_not_be_read_are_found_by_us_and_not_by_the_parser_of_words() -> None:
    """With code and remedy, which Typer has none of."""
    from maturity.cli.commands import add_to

    app = typer.Typer()
    add_to(app)
    files = 0
    for command in app.registered_commands:
        assert command.callback is not None
        for one in inspect.signature(command.callback, eval_str=True).parameters.values():
            if "Path" in str(getattr(one.annotation, "__origin__", one.annotation)):
                assert not one.annotation.__metadata__[0].readable, f"{command.callback.__name__}: {one.name}"
                files += 1
    assert files > 20
