"""How `maturity validate` writes what it finds: for people, for GitHub, as JSON and as SARIF; and what it exits with."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
import yaml
from jsonschema import Draft4Validator, FormatChecker
from rich.cells import cell_len

import program
from effort import spent_by_others
from languages import said_otherwise, strange
from maturity.cli.validate_machine import annotation
from maturity.cli.validate_sarif import sarif
from maturity.cli.validate_text import source_line
from maturity.locale.words import Words
from maturity.models.problem import Kind, Place, Problem

ENGLISH = Words("en")
ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data" / "checks"
BASE = DATA / "base" / "questionnaire.yaml"
SCHEMA = json.loads((ROOT / "tests" / "data" / "sarif" / "sarif-schema-2.1.0-rtm.5.json").read_text("utf-8"))
WRONG = "format: maturity-assessment/1\nquestionnaire: {id: base, version: 1.0.0}\norganisation: Cardif\nperiod: 2026\n"
HARMLESS = Kind("X001", "warning", "It is {found}.", "Write {{other}}, not {found}.")


def maturity(*words: object, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    usual = {k: v for k, v in os.environ.items() if k not in ("GITHUB_ACTIONS", "NO_COLOR")}
    return program.run("validate", *words, env=usual | {"PYTHONIOENCODING": "utf-8"} | env, cwd=cwd)


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    """A folder with a space and an accent in its name, and a file with an error and one with a warning."""
    folder = tmp_path / "y ffurflenni tŷ"
    folder.mkdir()
    shutil.copy(BASE, folder / "questionnaire.yaml")
    (folder / "answers #1.yaml").write_text(WRONG, encoding="utf-8")
    shutil.copy(DATA / "negative" / "rubric" / "T002-measure.yaml", folder / "rubric.yaml")
    return folder


def test_text_is_place_message_line_caret_and_remedy(returns: Path) -> None:
    done = maturity(returns.name, cwd=returns.parent)
    lines = done.stdout.splitlines()
    place = f"{returns.name}/answers #1.yaml:3:15: error: "
    assert lines[:4] == [
        f"{place}There is no council 'Cardif' in the register. [G001]",
        "    organisation: Cardif",
        "                  ^",
        "    Write its name in either language, or its code. Did you mean 'Cardiff'?",
    ]
    assert [
        line for line in lines if re.search(r":\d+:\d+: (error|warning): .* \[[A-Z]\d{3}\]$", line)
    ] == lines[::4]
    assert done.stderr == "3 files checked: 1 error, 1 warning.\n"
    assert "\x1b" not in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize(("fail_on", "code"), [(None, 0), ("error", 0), ("warning", 1)])
def test_what_fails_can_be_chosen(returns: Path, fail_on: str | None, code: int) -> None:
    (returns / "answers #1.yaml").unlink()
    chosen = ["--fail-on", fail_on] if fail_on else []
    assert maturity(returns, *chosen).returncode == code
    assert maturity(returns / "questionnaire.yaml", *chosen).returncode == 0
    assert maturity(returns / "nowhere.yaml", *chosen).returncode == 2


@pytest.mark.parametrize(
    ("line", "column", "width", "source", "caret"),
    [
        ("id: Plan", 5, 80, "id: Plan", "    ^"),
        ("tŷ: gwâr X", 10, 80, "tŷ: gwâr X", "         ^"),
        ("ty\u0302: X", 6, 80, "ty\u0302: X", "    ^"),
        ("名前: X", 5, 80, "名前: X", "      ^"),
        ("🙂: X", 4, 80, "🙂: X", "    ^"),
        ("\tid: X", 6, 80, "    id: X", "        ^"),
        ("a: \x1b[31m", 4, 80, "a: \\x1b[31m", "   ^"),
        ("id: X", 6, 80, "id: X", "     ^"),
        ("", 1, 80, "", "^"),
    ],
)
def test_the_caret_stands_under_the_character(
    line: str, column: int, width: int, source: str, caret: str
) -> None:
    shown = source_line(Place("x", 2, column), ["", line], width)
    assert shown == (f"    {source}".rstrip(), f"    {caret}")


@pytest.mark.parametrize("column", [1, 2, 17, 250, 251, 480, 499, 500, 501])
@pytest.mark.parametrize("filling", ["abcdefghij", "ŵŷâêîôûïöä", "名前名前名前名前名前"])
@pytest.mark.parametrize("width", [20, 40, 80])
def test_of_a_long_line_what_is_around_the_place_is_shown(column: int, filling: str, width: int) -> None:
    line = filling * 50
    shown = source_line(Place("x", 1, column), [line], width)
    assert shown is not None
    source, caret = shown
    assert cell_len(source) <= width
    assert cell_len(caret) <= width
    before, after = source.startswith("    ..."), source.endswith("...")
    body = source[7 if before else 4 : -3 if after else None]
    ahead = cell_len(caret) - 1 - (7 if before else 4)
    shown_ahead = next(i for i in range(len(body) + 1) if cell_len(body[:i]) == ahead)
    start = column - 1 - shown_ahead
    assert body == line[start : start + len(body)]
    assert before == (start > 0)
    assert after == (start + len(body) < len(line))
    assert cell_len(source) > width - 12


def test_there_is_no_line_to_show_where_there_is_none() -> None:
    assert source_line(Place("x"), ["a"], 80) is None
    assert source_line(Place("x", 3, 1), ["a"], 80) is None
    assert source_line(Place("x", sheet="Answers", cell="B2"), [], 80) is None


def test_cells_are_told_as_one_goes_down_a_sheet() -> None:
    cells = ["A1", "B9", "F9", "AA9", "B10", "F37", "F100"]
    places = [Place("x.xlsx", sheet="Staff", cell=cell) for cell in reversed(cells)]
    assert [place.cell for place in sorted(places, key=lambda place: place.order)] == cells


def on_a_terminal(columns: int, *words: object, **env: str) -> str:
    """What the command writes to a terminal that is so many columns wide."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    usual = {
        k: v for k, v in os.environ.items() if k not in ("GITHUB_ACTIONS", "NO_COLOR", "COLUMNS", "LINES")
    }
    usual |= {"PYTHONPATH": str(ROOT / "src"), "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"} | env
    command = [sys.executable, "-m", "maturity", "validate", *map(str, words)]
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=subprocess.DEVNULL, env=usual):
        os.close(slave)
        out = b""
        try:
            while more := os.read(master, 65536):
                out += more
        except OSError:
            pass
    os.close(master)
    return out.decode("utf-8").replace("\r\n", "\n")


def test_a_terminal_has_colours_and_its_width(returns: Path) -> None:
    plain = on_a_terminal(40, returns, NO_COLOR="1")
    assert "\x1b" not in plain
    assert "\x1b" not in on_a_terminal(40, returns, TERM="dumb")
    coloured = on_a_terminal(40, returns)
    assert "\x1b[1;31merror:\x1b[0m" in coloured
    assert "\x1b[1;33mwarning:\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert all(
        cell_len(line) <= 40
        for line in plain.splitlines()
        # A place stays whole, alone on its line.
        if not (line.startswith(str(returns)) and re.search(r":\d+:\d+:$", line))
    )


def test_json_is_json_and_nothing_else(returns: Path) -> None:
    done = maturity(returns, "--format", "json")
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert [p["code"] for p in told["problems"]] == ["G001", "T002"]
    assert told["problems"][0] | {"message": "", "remedy": ""} == {
        "file": str(returns / "answers #1.yaml"),
        "line": 3,
        "column": 15,
        "sheet": None,
        "cell": None,
        "severity": "error",
        "code": "G001",
        "message": "",
        "remedy": "",
    }


def test_where_more_may_follow_that_is_said(returns: Path) -> None:
    more, rest = (
        "More may be found once these are corrected.",
        "All else was checked; what hangs on the errors",
    )
    broken = returns / "questionnaire.yaml"
    assert json.loads(maturity(returns, "--format", "json").stdout)["complete"] is True
    assert more not in maturity(returns).stdout
    broken.write_text(
        BASE.read_text(encoding="utf-8").replace("type: level", "type: levle", 1), encoding="utf-8"
    )
    told = json.loads(maturity(returns, "--format", "json").stdout)
    assert told["complete"] is False
    assert str(broken) in told["incomplete"]
    assert told["rest_checked"] == [str(broken)]
    done = maturity(returns)
    # The two that wait for the questionnaire.
    assert done.stdout.count(more) == 2
    after = done.stdout.split(f"{broken}: {rest}")[0]
    assert "Did you mean 'level'?" in after.rpartition("questionnaire.yaml:")[2]
    assert done.returncode == 1


def test_where_nothing_is_checked_the_exit_code_says_so(tmp_path: Path) -> None:
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: []\n", encoding="utf-8")
    (tmp_path / "workflow.yaml").write_text("name: CI\n", encoding="utf-8")
    done = maturity(tmp_path)
    assert done.returncode == 2
    assert "Nothing was checked" in done.stdout
    assert "1 other file left aside" in done.stderr


def test_json_is_json_as_its_name_says(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    answers = {"format": "maturity-assessment/1", "questionnaire": {"id": "socitm", "version": "1.0.0"}}
    right = json.dumps({**answers, "organisation": "Cardiff", "period": "2026"})
    path.write_text(right, encoding="utf-8")
    assert maturity(path).returncode == 0
    path.write_text(right[:-1] + ",\n}", encoding="utf-8")
    assert f"{path}:" in maturity(path).stdout
    assert "[F043]" in maturity(path).stdout
    path.rename(tmp_path / "a.yaml")
    assert maturity(tmp_path / "a.yaml").returncode == 0


def test_github_is_chosen_where_it_runs(returns: Path) -> None:
    done = maturity(returns.name, cwd=returns.parent, GITHUB_ACTIONS="true")
    assert done.stdout.splitlines()[0] == (
        f"::error file={returns.name}/answers #1.yaml,line=3,col=15,title=G001 error::There is no council 'Cardif' in "
        "the register.%0AWrite its name in either language, or its code. Did you mean 'Cardiff'?"
    )
    assert done.stdout == maturity(returns.name, "--format", "github", cwd=returns.parent).stdout
    assert maturity(returns, "--format", "text", GITHUB_ACTIONS="true").stdout == maturity(returns).stdout
    assert maturity(returns, GITHUB_ACTIONS="false").stdout == maturity(returns).stdout


def test_nothing_in_a_file_starts_a_command_of_github() -> None:
    sly = Problem(HARMLESS, Place("a,b:c%\n::error::x.yaml", 1, 2), {"found": "50%\r\n::set-env name=x::y"})
    written = annotation(sly, ENGLISH)
    assert len(written.splitlines()) == 1
    assert written.startswith("::warning file=")
    assert "a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax.yaml,line=1,col=2," in written
    assert "::It is 50%25%0D%0A::set-env name=x::y.%0A" in written
    cell = Problem(HARMLESS, Place("w.xlsx", sheet="Answers", cell="B2"), {"found": 1})
    assert annotation(cell, ENGLISH).endswith("::Answers!B2: It is 1.%0AWrite {other}, not 1.")
    assert "line=" not in annotation(cell, ENGLISH)


def validated(log: object) -> None:
    Draft4Validator.check_schema(SCHEMA)
    Draft4Validator(SCHEMA, format_checker=FormatChecker()).validate(log)


def test_sarif_is_what_the_schema_asks(returns: Path) -> None:
    done = maturity(returns.name, "--format", "sarif", cwd=returns.parent)
    assert done.stderr == ""
    log = json.loads(done.stdout)
    validated(log)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["G001", "T002"]
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9._~/%'()!$&*+,;=@-]+", uri)
        assert (returns.parent / unquote(uri)).is_file()
        # Resolved against the top of a checkout it is the file's address, and no fragment is cut from it.
        assert unquote(urljoin(returns.parent.as_uri() + "/", uri)) == unquote(
            (returns.parent / unquote(uri)).as_uri()
        )
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 3,
        "startColumn": 15,
    }
    assert [result["level"] for result in run["results"]] == ["error", "warning"]


def test_sentences_for_other_programs_are_in_the_language_asked_for(returns: Path) -> None:
    """Of JSON, SARIF and annotations; codes, places and severities that programs read are the same."""
    logs = {
        (form, language): maturity(returns, "--format", form, "--lang", language).stdout
        for form in ("json", "sarif", "github")
        for language in ("en", "cy")
    }
    found = {
        form: list(said_otherwise(*(json.loads(logs[form, one]) for one in ("en", "cy"))))
        for form in ("json", "sarif")
    }
    assert {key for key, _, _ in found["json"]} == {"language", "message", "remedy"}
    assert {key for key, _, _ in found["sarif"]} == {"language", "text"}
    assert [said[1:] for said in found["sarif"] if said[0] == "language"] == [("en", "cy")] * 2
    validated(json.loads(logs["sarif", "cy"]))
    texts = [text for form in found.values() for key, _, text in form if key != "language"]
    annotations = logs["github", "cy"].splitlines()
    titles = [re.fullmatch(r"::(\w+) .*,title=([^,]*)::(.*)", line) for line in annotations]
    assert [title and title.groups()[:2] for title in titles] == [
        ("error", "G001 gwall"),
        ("warning", "T002 rhybudd"),
    ]
    assert strange([*texts, *(title[3] for title in titles if title)], "cy") == []


def test_every_problem_that_has_an_example_is_sound_sarif() -> None:
    files = [p for p in (DATA / "negative").rglob("*") if p.suffix in (".yaml", ".csv", ".json")]
    log = json.loads(maturity(*sorted(files), BASE, "--format", "sarif").stdout)
    validated(log)
    assert len(log["runs"][0]["tool"]["driver"]["rules"]) > 150


def test_the_schema_refuses_what_is_no_sarif() -> None:
    problem = Problem(HARMLESS, Place("a.yaml", 1, 1), {"found": 1})
    good = sarif([problem], ENGLISH)
    validated(good)
    for change in ({"level": "fatal"}, {"ruleIndex": -2}, {"message": {}}, {"colour": "red"}):
        bad = sarif([problem], ENGLISH)
        bad["runs"][0]["results"][0] |= change
        assert list(Draft4Validator(SCHEMA).iter_errors(bad)), change
    for line in (0, "1"):
        assert list(
            Draft4Validator(SCHEMA).iter_errors(
                sarif([Problem(HARMLESS, Place("a", line, 1), {"found": 1})], ENGLISH)
            )
        )  # type: ignore[arg-type]


def test_sarif_says_where_in_a_workbook_and_outside_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cell = Problem(HARMLESS, Place("in/w 1.xlsx", sheet="Answers", cell="B2"), {"found": 1})
    outside = Problem(HARMLESS, Place(str(tmp_path.parent / "é.yaml"), 1, 1), {"found": 1})
    log = sarif([cell, outside], ENGLISH)
    validated(log)
    first, second = (result["locations"][0] for result in log["runs"][0]["results"])
    assert first["physicalLocation"] == {
        "artifactLocation": {"uri": "in/w%201.xlsx", "uriBaseId": "%SRCROOT%"}
    }
    assert first["logicalLocations"] == [{"fullyQualifiedName": "Answers!B2"}]
    assert second["physicalLocation"]["artifactLocation"] == {"uri": (tmp_path.parent / "é.yaml").as_uri()}
    rule = log["runs"][0]["tool"]["driver"]["rules"][0]
    assert (rule["shortDescription"]["text"], rule["help"]["text"]) == (
        "It is ….",
        "Write {other}, not ….",
    )


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty files with fifty unknown answers each."""
    folder = tmp_path_factory.mktemp("thousand")
    shutil.copy(BASE, folder / "questionnaire.yaml")
    for i in range(20):
        answers = "".join(f"  nobody.asked{j}: some\n" for j in range(50))
        head = WRONG.replace("Cardif", "Cardiff").replace("2026\n", f"{2000 + i}\n")
        (folder / f"{i:02}.yaml").write_text(f"{head}answers:\n{answers}", encoding="utf-8")
    return folder


def test_a_thousand_findings_stand_in_order_and_come_quickly(thousand: Path) -> None:
    _, plain = spent_by_others(lambda: program.afresh("validate", BASE))
    told, took = spent_by_others(
        lambda: json.loads(program.afresh("validate", thousand, "--format", "json").stdout)
    )
    assert took < 10 * plain
    text = maturity(thousand)
    places = [(p["file"], p["line"], p["column"]) for p in told["problems"]]
    assert len(places) == 1000
    assert places == sorted(places)
    assert [line.split(": error:")[0] for line in text.stdout.splitlines()[::4]] == [
        f"{file}:{line}:{column}" for file, line, column in places
    ]
    assert text.stderr == "21 files checked: 1000 errors, 0 warnings.\n"
    validated(json.loads(maturity(thousand, "--format", "sarif").stdout))


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_a_reader_that_stops_reading_is_no_fault(thousand: Path, form: str) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "maturity", "validate", str(thousand), "--format", form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read().decode()
        assert running.wait(60) in (0, 1)
    assert "Traceback" not in said
    assert "Broken" not in said


def test_what_cannot_be_encoded_is_written_out(returns: Path) -> None:
    for form in ("text", "json", "github", "sarif"):
        done = maturity(returns, "--format", form, PYTHONIOENCODING="ascii")
        assert done.returncode == 1, done.stderr
        assert "G001" in done.stdout
    assert json.loads(maturity(returns, "--format", "json", PYTHONIOENCODING="ascii").stdout)["problems"][0][
        "file"
    ].endswith("tŷ/answers #1.yaml")


def test_an_id_with_a_capital_is_told_how_to_be_written(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text(BASE.read_text("utf-8").replace("id: plan\n", "id: Plân y tŷ\n"), encoding="utf-8")
    [told] = json.loads(maturity(path, "--format", "json").stdout)["problems"]
    assert told["code"] == "S005"
    assert told["remedy"].startswith("Did you mean 'plan-y-ty'? Write lower case letters")
    assert told["remedy"].endswith("so no two ids differ only in case.")


def test_the_examples_for_ci_say_what_there_is() -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert (hook["entry"], hook["language"], hook["pass_filenames"]) == ("maturity validate", "python", False)
    wanted = ["a.yaml", "b/c.yml", "d.json", "e.csv", "f.xlsx", "g.ods"]
    assert all(re.search(hook["files"], name) for name in wanted)
    config = yaml.safe_load((ROOT / "examples" / "ci" / "pre-commit-config.yaml").read_text("utf-8"))
    [used] = config["repos"][0]["hooks"]
    assert used["id"] == hook["id"]
    workflow = yaml.safe_load((ROOT / "examples" / "ci" / "github-actions.yaml").read_text("utf-8"))
    steps = [step.get("run", "") for job in workflow["jobs"].values() for step in job["steps"]]
    commands = [re.sub(r" >.*", "", step) for step in steps if step.startswith("maturity validate ")]
    commands.append(" ".join([hook["entry"], *used["args"]]))
    assert len(commands) == 3
    for line in commands:
        words = line.split()[2:]
        # The folders are the reader's; the options must be the program's.
        options = [w for w in words if w not in ("questionnaires", "returns")]
        assert maturity(*options, BASE).returncode == 0, line


def test_a_file_name_cannot_steer_what_shows_an_annotation() -> None:
    said = annotation(Problem(HARMLESS, Place("x\x1b[31m\u202e.yaml", 1, 1), {"found": 1}), ENGLISH)
    assert "\x1b" not in said and "\u202e" not in said


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity"])
def test_scorecards_hold_numbers_only(tmp_path: Path, number: str) -> None:
    made = tmp_path / "x.json"
    answers = ROOT / "examples" / "wales-2026" / "cardiff.yaml"
    assert program.run("score", answers, "-o", made).returncode == 0
    text = re.sub(r'"value": ?[0-9.]+', f'"value": {number}', made.read_text(encoding="utf-8"), count=1)
    made.write_text(text, encoding="utf-8")
    done = maturity(made)
    assert done.returncode in (1, 2)
    assert "[" in done.stdout and "Traceback" not in done.stderr
