"""`maturity migrate` as people use and misuse it: what is written where, what is told, and what is left alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import program
from languages import said_otherwise, strange
from maturity.intake.template import template_workbook
from maturity.locale.words import Words
from maturity.models.assessment import Assessment
from maturity.sources.load import expect, load
from maturity.sources.registers import wales
from maturity.sources.shelf import open_questionnaire

DATA = Path(__file__).parent / "data" / "migrations"
HEAD = "format: maturity-assessment/1\nquestionnaire: {id: moved, version: 1.0.0}\norganisation: %s\nperiod: 2026\n"
WAITS = HEAD % "Cardiff" + "answers:\n  plan.pace: slow\n  plan.owner: yes  # she is\n"
DONE = (HEAD % "Swansea").replace("1.0.0", "2.1.0") + "answers:\n  plan.there: some\n  plan.reach: part\n"


def migrate(*words: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return maturity("migrate", *words, "--with", DATA, cwd=cwd)


def maturity(*words: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return program.run(*words, cwd=cwd, env={**os.environ, "PYTHONIOENCODING": "utf-8"})


def opened(path: Path) -> Assessment:
    return expect(load(path), Assessment)


def told(result: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    said = " ".join((result.stdout + result.stderr).split())
    assert "Traceback" not in said
    assert result.returncode == code, said
    for word in words:
        assert word in said


def test_beside_the_original_which_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "Ynys Môn 2026.yaml"
    path.write_text(WAITS, encoding="utf-8")
    result = migrate(path, "--to", "2.0.0")
    told(
        result,
        1,
        "plan.pace: a person must choose.",
        "- halting: With breaks",
        "- steady: Slowly and without breaks",
    )
    told(
        result,
        1,
        "plan.owner -> plan.lead",
        "people.remote: it was not asked before.",
        "1 renamed",
        "1 kept aside",
    )
    assert path.read_text(encoding="utf-8") == WAITS
    after = opened(tmp_path / "Ynys Môn 2026-v2.0.0.yaml")
    assert after.questionnaire.version == "2.0.0"
    assert (set(after.answers), set(after.kept_aside)) == ({"plan.lead"}, {"plan.pace"})
    # The new file goes back under the old name with the old version, beside the original.
    told(migrate(tmp_path / "Ynys Môn 2026-v2.0.0.yaml", "--to", "1.0.0"), 0, "Brought back")
    assert opened(tmp_path / "Ynys Môn 2026-v1.0.0.yaml") == opened(path)


def test_again_there_is_nothing_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(WAITS, encoding="utf-8")
    migrate(tmp_path / "a.yaml", "--to", "2.0.0")
    new = tmp_path / "a-v2.0.0.yaml"
    before = new.stat().st_mtime_ns
    told(migrate(new, "--to", "2.0.0"), 0, "answers 2.0.0 already", "1 with nothing to write")
    migrate(tmp_path / "a.yaml", "--to", "2.0.0")
    assert new.stat().st_mtime_ns == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a-v2.0.0.yaml", "a.yaml"]
    # What somebody has gone on with is not written over, but with --force.
    new.write_text(
        new.read_text(encoding="utf-8").replace("plan.lead: 'yes'", "plan.lead: 'no'"), encoding="utf-8"
    )
    told(migrate(tmp_path / "a.yaml", "--to", "2.0.0"), 2, "G021")
    assert "plan.lead: 'no'" in new.read_text(encoding="utf-8")
    told(migrate(tmp_path / "a.yaml", "--to", "2.0.0", "--force"), 1)
    assert "plan.lead: 'yes'" in new.read_text(encoding="utf-8")


def test_a_folder_with_damaged_files(tmp_path: Path) -> None:
    folder = tmp_path / "atebion ŷ"
    (folder / "de").mkdir(parents=True)
    (folder / "good.yaml").write_text(DONE, encoding="utf-8")
    (folder / "de" / "json.json").write_text(
        json.dumps({"format": "maturity-assessment/1", "questionnaire": {"id": "moved", "version": "2.1.0"},
                    "organisation": "Gwynedd", "period": "2026", "answers": {"plan.lead": "yes"}}), encoding="utf-8")  # fmt: skip
    (folder / "broken.yaml").write_text("answers: [", encoding="utf-8")
    (folder / "wrong.yaml").write_text(WAITS.replace("slow", "slwo"), encoding="utf-8")
    (folder / "unknown.yaml").write_text(WAITS.replace("1.0.0", "7.0.0"), encoding="utf-8")
    (folder / "report.json").write_text('{"format": "maturity-migrated/1"}', encoding="utf-8")
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    out = tmp_path / "new" / "ones"
    result = migrate(folder, "--to", "3.0.0", "-o", out, "--format", "json")
    told(result, 1, "A010", "A001")
    report = json.loads(result.stdout)
    assert report["format"] == "maturity-migrated/1"
    files = {Path(f["file"]).name: f for f in report["files"]}
    assert set(files) == {"good.yaml", "json.json", "broken.yaml", "wrong.yaml", "unknown.yaml"}
    assert {name: f["to"] for name, f in files.items() if f["to"]} == {
        "good.yaml": "3.0.0",
        "json.json": "3.0.0",
    }
    assert [Path(p).name for p in report["left_aside"]] == ["notes.txt", "report.json"]
    assert [p["code"] for p in files["wrong.yaml"]["problems"]] == ["A010"]
    (step,) = files["good.yaml"]["steps"]
    assert step["fates"][1] == {
        "question": "plan.reach",
        "answer": {"value": "part"},
        "fate": "transformed",
        "to": {"plan.reach": {"value": "short"}},
        "kept_aside": True,
        "why": None,
        "told": None,
        "note": None,
    }
    assert sorted(str(p.relative_to(out)) for p in out.rglob("*.*")) == ["de/json.json", "good.yaml"]
    assert json.loads((out / "de" / "json.json").read_text(encoding="utf-8"))["answers"] == {
        "plan.owner": {"value": "yes"}
    }
    assert opened(out / "de" / "json.json").questionnaire.version == "3.0.0"


def test_json_says_its_sentences_in_the_language_asked_for(tmp_path: Path) -> None:
    (tmp_path / "waits.yaml").write_text(WAITS, encoding="utf-8")
    (tmp_path / "wrong.yaml").write_text(WAITS.replace("slow", "slwo"), encoding="utf-8")
    (tmp_path / "long.yaml").write_text(
        DONE.replace("{id: moved, version: 2.1.0}", "{id: moved, version: 2.0.0}"), encoding="utf-8"
    )
    options = (tmp_path, "--to", "3.0.0", "--dry-run", "--format", "json")
    said = [json.loads(migrate(*options, "--lang", language).stdout) for language in ("en", "cy")]
    assert [one["language"] for one in said] == ["en", "cy"]
    told = list(said_otherwise(*said))
    assert {"message", "remedy"} <= {key for key, _, _ in told} <= {"language", "message", "remedy", "told"}
    assert strange([text for key, _, text in told if key != "language"], "cy") == []


def test_in_place(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(DONE, encoding="utf-8")
    told(migrate(path, "--to", "3.0.0", "--in-place"), 0)
    assert opened(path).questionnaire.version == "3.0.0"
    told(migrate(path, "--to", "2.1.0", "--in-place"), 0)
    assert opened(path).answers == expect_answers(DONE, tmp_path)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("a")] == ["a.yaml"]


def expect_answers(text: str, folder: Path) -> object:
    (folder / "expected.yaml").write_text(text, encoding="utf-8")
    return opened(folder / "expected.yaml").answers


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(WAITS, encoding="utf-8")
    told(migrate(tmp_path / "a.yaml", "--dry-run", "-o", tmp_path / "new"), 1, "1.0.0 -> 3.0.0")
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]


# Root may write everywhere, so the system's refusal is played: nothing can be made in the folder.
REFUSING = """
import errno, os, sys, tempfile
from maturity.cli.main import main
def refuse(*args, **more):
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
tempfile.mkstemp = refuse
sys.argv[0] = "maturity"
main()
"""


@pytest.mark.parametrize("words", [[], ["--in-place"]])
def test_a_folder_that_may_not_be_written_to(words: list[str], tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(WAITS, encoding="utf-8")
    command = [sys.executable, "-c", REFUSING, "migrate", path, "--to", "2.0.0", *words, "--with", DATA]
    told(subprocess.run(command, capture_output=True, encoding="utf-8", check=False), 2, "F023")
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]
    assert path.read_text(encoding="utf-8") == WAITS


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder here refuses even root")
def test_a_folder_that_takes_nothing_stops_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(DONE, encoding="utf-8")
    told(migrate(tmp_path / "a.yaml", "--to", "3.0.0", "-o", "/proc/self/new"), 2, "F023", "1 not migrated")


def test_what_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(DONE, encoding="utf-8")
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "a.yaml").write_text(DONE, encoding="utf-8")
    told(migrate(tmp_path / "a.yaml", "--to", "3.0.0", "-o", tmp_path / "out"), 2, "F028")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "a file"
    # The original is not written over by way of -o.
    told(migrate(tmp_path / "a.yaml", "--to", "3.0.0", "-o", tmp_path), 2, "G020")
    told(migrate(tmp_path / "a.yaml", "--to", "3.0.0", "-o", tmp_path, "--force"), 2, "G020")
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == DONE


def test_a_filled_in_workbook_becomes_yaml(tmp_path: Path) -> None:
    import openpyxl

    questionnaire, loaded = open_questionnaire(str(DATA / "questionnaire-1.0.0.yaml"))
    path = tmp_path / "Caerdydd.xlsx"
    path.write_bytes(
        template_workbook(
            questionnaire,
            loaded.digest,
            Words("en"),
            organisation=wales().find("Cardiff"),
            period="2026",
            register=wales(),
            made_on=__import__("datetime").date(2026, 1, 1),
        )
    )
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "people.story":
                    header = next(r for r in sheet.iter_rows() if any(c.value == "Your answer" for c in r))
                    column = next(c.column for c in header if c.value == "Your answer")
                    sheet.cell(cell.row, column).value = "We went on."
    book.save(path)
    raw = path.read_bytes()
    told(migrate(path, "--to", "2.0.0", "--in-place"), 2, "M004")
    told(migrate(path, "--to", "2.0.0"), 1, "Carried as they are: people.story")
    assert opened(tmp_path / "Caerdydd-v2.0.0.yaml").answers["people.story"].value == "We went on."
    assert path.read_bytes() == raw


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--to", "two"], 2, "is no version"),
        (["--to", "9.0.0"], 2, "M001"),
        (["--in-place", "-o", "x"], 2, "Choose --in-place or --out"),
        (["--with", "nowhere"], 2, "F020"),
        (["-"], 2, "G023"),
        (["nowhere.yaml"], 1, "F020"),
    ],
)
def test_what_cannot_be_done(words: list[str], code: int, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(DONE, encoding="utf-8")
    told(migrate(tmp_path / "a.yaml", *words, cwd=tmp_path), code, said)


def test_nothing_that_migrates_is_named(tmp_path: Path) -> None:
    told(migrate(DATA / "questionnaire-1.0.0.yaml"), 2, "I002")
    (tmp_path / "x.yaml").write_text("services: {}", encoding="utf-8")
    told(migrate(tmp_path, "--with", tmp_path), 2, "F012")


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("to: plan.lead", "to: plan.nowhere", ["M0"]),
        (", to: plan.lead", "", ["M0"]),
        ("some: part", "some: much", ["M0"]),
        ("few: part", "several: part", ["M0"]),
    ],
)
def test_a_broken_migration_is_refused(old: str, new: str, codes: list[str], tmp_path: Path) -> None:
    (tmp_path / "with").mkdir()
    for path in DATA.glob("*-*.yaml"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / "with" / path.name).write_text(text, encoding="utf-8")
    broken = tmp_path / "with" / "migration-2.0.0.yaml"
    text = broken.read_text(encoding="utf-8")
    assert old in text
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    path = tmp_path / "a.yaml"
    path.write_text(WAITS, encoding="utf-8")
    result = maturity("migrate", path, "--to", "2.0.0", "--with", tmp_path / "with")
    told(result, 2, str(broken), *codes)
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["a.yaml"]


def test_tables_are_refused(tmp_path: Path) -> None:
    examples = Path(__file__).parent.parent / "examples" / "tables"
    told(migrate(examples / "long.csv", examples / "wide.csv", "--to", "2.0.0", "-o", tmp_path), 2, "M040")
    (tmp_path / "list.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text(WAITS, encoding="utf-8")
    told(migrate(tmp_path, "--to", "2.0.0"), 1, "1 other file left aside")
    assert not list(tmp_path.glob("*.csv-*"))


def test_a_dry_run_of_what_was_migrated_before(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(WAITS, encoding="utf-8")
    (tmp_path / "a-v1.0.0.yaml").write_text(WAITS, encoding="utf-8")
    dry = migrate(tmp_path, "--to", "2.0.0", "--dry-run")
    # Both would be written to one name: a dry run says so as the other does.
    told(dry, 2, "G022", "a.yaml", "a-v1.0.0.yaml")
    told(migrate(tmp_path, "--to", "2.0.0"), 2, "G022", "a.yaml", "a-v1.0.0.yaml")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a-v1.0.0.yaml", "a.yaml"]


def test_a_file_is_called_by_the_version_that_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(WAITS, encoding="utf-8")
    migrate(tmp_path / "a.yaml", "--to", "2.0.0")
    told(migrate(tmp_path / "a-v2.0.0.yaml", "--to", "1.0.0", "-o", tmp_path / "back"), 0)
    assert [p.name for p in (tmp_path / "back").iterdir()] == ["a-v1.0.0.yaml"]
    assert opened(tmp_path / "back" / "a-v1.0.0.yaml") == opened(tmp_path / "a.yaml")
