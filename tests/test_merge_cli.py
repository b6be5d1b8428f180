"""`maturity merge` as a person runs it: in folders with spaces and accents, in pipes, and on a pseudo-terminal."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
import yaml

import program
from pseudo_terminal import ENTER, Person, people
from workbook_data import cell_of

SMALL = Path(__file__).parent / "data" / "small" / "questionnaire.yaml"
STRATEGY, OFFICER, BUDGET = "leadership.strategy", "leadership.officer", "leadership.budget"

ANSWERS = {
    "arweinydd": (
        "Digital lead",
        f"{STRATEGY}: draft, {OFFICER}: yes, {BUDGET}: 12, services.research: [residents, staff]",
    ),
    "adnoddau": (
        "Head of HR",
        f"{STRATEGY}: steering, {OFFICER}: yes, {BUDGET}: dont_know, services.research: [residents]",
    ),
    "gwefan": ("Web team", f"{STRATEGY}: draft, {BUDGET}: 20, services.requests: 100"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three people's answers below it."""
    here = tmp_path / "Ynys Môn (2026)"
    (here / "atebion pawb").mkdir(parents=True)
    for name, (role, answers) in ANSWERS.items():
        write(here / "atebion pawb" / f"{name}.yaml", role, answers)
    return here


def write(path: Path, role: str, answers: str) -> None:
    path.write_text(
        "format: maturity-assessment/1\nquestionnaire: {id: small, version: 1.0.0}\norganisation: Ynys Môn\nperiod: 2026\n"
        f"respondent: {{role: {role}}}\nstatus: submitted\nanswers: {{{answers}}}\n",
        encoding="utf-8",
    )


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    plain = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "MATURITY_LANG")}
    environment = plain | {"SOURCE_DATE_EPOCH": "1790000000"} | environment
    return program.run("merge", *arguments, "-q", SMALL, cwd=folder, env=environment)


def held(folder: Path, name: str = "cytûn.yaml") -> dict[str, object]:
    found = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def settled(folder: Path) -> dict[str, str]:
    merged = held(folder)["merged"]
    assert isinstance(merged, dict)
    return dict(merged["settled"])


def test_open_questions_are_listed_and_said_with_the_exit_code(folder: Path) -> None:
    done = run(folder, "atebion pawb", "-o", "cytûn.yaml")
    assert done.returncode == 1, done.stderr
    rows = [
        line.split()[0]
        for line in done.stdout.splitlines()
        if line.strip().startswith(("leadership.", "services."))
    ]
    # One of three agrees on the budget, one of two on research, two of three on the strategy.
    assert rows == [BUDGET, "services.research", STRATEGY]
    assert "2 of 3   option 2 to 4 of 4" in done.stdout
    assert "12 to 20, median 16" in done.stdout
    assert "3 respondents, 5 questions answered: all agree 1, only one answered 1, open 3." in done.stderr
    assert settled(folder) == {OFFICER: "unanimous", "services.requests": "only_one"}
    assert "status" not in held(folder)
    assert sorted(p.name for p in folder.iterdir()) == ["atebion pawb", "cytûn.yaml"]


def test_rules_in_the_order_in_which_they_hold(folder: Path) -> None:
    done = run(folder, "atebion pawb", "-o", "cytûn.yaml", "--rule", "mode", "--decides", "digital LEAD")
    assert done.returncode == 0, done.stderr
    assert settled(folder) == {
        STRATEGY: "mode",
        OFFICER: "unanimous",
        BUDGET: "role",
        "services.research": "role",
        "services.requests": "only_one",
    }
    assert held(folder)["status"] == "submitted"
    assert program.run("validate", "cytûn.yaml", SMALL, cwd=folder).returncode == 0


def test_a_role_that_nobody_has(folder: Path) -> None:
    done = run(folder, "atebion pawb", "-o", "cytûn.yaml", "--decides", "Digital leed")
    assert done.returncode == 2
    assert "[J007]" in done.stderr and "Digital lead, Head of HR, Web team" in done.stderr
    assert "Did you mean 'Digital lead'?" in done.stderr
    assert not (folder / "cytûn.yaml").exists()


def test_the_same_again_writes_the_same_and_nothing_more(folder: Path) -> None:
    run(folder, "atebion pawb", "-o", "cytûn.yaml")
    before = (folder / "cytûn.yaml").read_bytes(), (folder / "cytûn.yaml").stat().st_mtime_ns
    again = run(
        folder, *(f"atebion pawb/{name}.yaml" for name in sorted(ANSWERS, reverse=True)), "-o", "cytûn.yaml"
    )
    assert again.returncode == 1
    assert "Wrote" not in again.stderr
    assert ((folder / "cytûn.yaml").read_bytes(), (folder / "cytûn.yaml").stat().st_mtime_ns) == before


def test_nothing_is_written_over(folder: Path) -> None:
    other = folder / "other.yaml"
    write(other, "Somebody", f"{STRATEGY}: draft")
    before = other.read_bytes()
    done = run(folder, "atebion pawb", "-o", "other.yaml")
    assert (done.returncode, other.read_bytes()) == (2, before)
    assert "[G021]" in done.stderr
    done = run(folder, "atebion pawb", "other.yaml", "-o", "other.yaml", "--force")
    assert (done.returncode, other.read_bytes()) == (2, before)
    assert "[G020]" in done.stderr
    assert run(folder, "atebion pawb", "-o", "other.yaml", "--force").returncode == 1
    assert b"merged:" in other.read_bytes()
    assert run(folder, "atebion pawb", "-o", "agreed.txt").returncode == 2


def test_what_is_nobodys_answers_is_left_aside(folder: Path) -> None:
    (folder / "atebion pawb" / "rhestr.csv").write_text("council,question,answer\n", encoding="utf-8")
    (folder / "atebion pawb" / "nodiadau.txt").write_text("?", encoding="utf-8")
    done = run(folder, "atebion pawb", "-o", "cytûn.yaml")
    assert done.returncode == 1
    assert "Left aside" in done.stderr and "rhestr.csv" in done.stderr and "nodiadau.txt" in done.stderr
    named = run(folder, "atebion pawb", "atebion pawb/rhestr.csv", "-o", "cytûn.yaml")
    assert named.returncode == 1 and "[I009]" in named.stderr


def test_a_table_with_a_row_a_respondent_is_merged_as_files_are(folder: Path) -> None:
    """As an online form yields it; who has two rows in it, or none can be told from another, stops the merge."""
    assert run(folder, "atebion pawb", "-o", "ffeiliau.yaml").returncode == 1
    rows = [f"council,role,status,{STRATEGY},{OFFICER},{BUDGET},services.research,services.requests"]
    rows += ["Ynys Môn,Digital lead,submitted,draft,yes,12,residents;staff,"]
    rows += [
        "Ynys Mon,Head of HR,submitted,steering,yes,dont_know,residents,",
        "Anglesey,Web team,submitted,draft,,20,,100",
    ]
    table = folder / "ffurflen.csv"
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    missing = run(folder, "ffurflen.csv", "-o", "tabl.yaml")
    assert missing.returncode == 2 and "--period" in missing.stderr and not (folder / "tabl.yaml").exists()
    done = run(folder, "ffurflen.csv", "--period", "2026", "-o", "tabl.yaml")
    assert done.returncode == 1, done.stderr
    assert held(folder, "tabl.yaml") | {"organisation": "Ynys Môn"} == held(folder, "ffeiliau.yaml")
    table.write_text("\n".join([*rows, rows[1]]) + "\n", encoding="utf-8")
    twice = run(folder, "ffurflen.csv", "--period", "2026", "-o", "dau.yaml")
    assert twice.returncode == 2 and "[W077]" in twice.stderr and "Nothing was merged" in twice.stderr
    table.write_text("\n".join([*rows, rows[1].replace("Ynys Môn", "Powys")]) + "\n", encoding="utf-8")
    other = run(folder, "ffurflen.csv", "--period", "2026", "-o", "dau.yaml")
    assert other.returncode == 2 and "[J001]" in other.stderr and "ffurflen.csv:5:1" in other.stderr
    # Of a whole table's other councils it is said once, with how many there are.
    names = ["Powys", "Cardiff", "Conwy", "Gwynedd", "Wrexham", "Swansea", "Torfaen"]
    others = [rows[1].replace("Ynys Môn", name) for name in [*names, "Powys"]]
    others[-1] = others[-1].replace("Digital lead", "Somebody else")
    table.write_text("\n".join([*rows, *others]) + "\n", encoding="utf-8")
    many = run(folder, "ffurflen.csv", "--period", "2026", "-o", "dau.yaml")
    said = " ".join(many.stderr.split())
    assert many.returncode == 2 and said.count("[J310]") == 1 and "[J001]" not in said
    assert (
        "ffurflen.csv:5:1: " in said and ": 8, of Powys, Cardiff, Conwy, Gwynedd, Wrexham and 2 more." in said
    )


def test_the_guide_shows_what_is_printed(tmp_path: Path) -> None:
    docs = Path(__file__).parent.parent / "docs"
    done = program.run("merge", docs / "merging", "-o", "agreed.yaml", cwd=tmp_path)
    rows = [line.strip() for line in done.stdout.splitlines() if " of " in line]
    guide = (docs / "merging.md").read_text(encoding="utf-8")
    assert len(rows) == 4
    assert rows == [line.strip() for line in guide.splitlines() if line.strip().endswith("   open")]


def test_the_agreed_file_may_lie_beside_the_answers(folder: Path) -> None:
    for code in (1, 1):
        assert run(folder, "atebion pawb", "-o", "atebion pawb/cytûn.yaml").returncode == code


def test_a_respondent_less_is_not_written_over(folder: Path) -> None:
    run(folder, "atebion pawb", "-o", "cytûn.yaml")
    before = (folder / "cytûn.yaml").read_bytes()
    done = run(folder, "atebion pawb/gwefan.yaml", "-o", "cytûn.yaml")
    assert (done.returncode, (folder / "cytûn.yaml").read_bytes()) == (2, before)
    assert done.stderr.count("[J008]") == 2 and "Head of HR" in done.stderr
    assert run(folder, "atebion pawb/gwefan.yaml", "-o", "cytûn.yaml", "--force").returncode == 0


def test_wrong_files_are_all_told_and_nothing_is_merged(folder: Path) -> None:
    write(folder / "atebion pawb" / "x.yaml", "Clerk", f"{STRATEGY}: drafft")
    cardiff = folder / "atebion pawb" / "y.yaml"
    write(cardiff, "Clerk", f"{STRATEGY}: draft")
    cardiff.write_text(cardiff.read_text(encoding="utf-8").replace("Ynys Môn", "Cardiff"), encoding="utf-8")
    done = run(folder, "atebion pawb", "nowhere.yaml", "-o", "cytûn.yaml")
    assert done.returncode == 2
    for code in ("A010", "J001", "F020"):
        assert f"[{code}]" in done.stderr
    assert "Nothing was merged." in done.stderr
    assert not (folder / "cytûn.yaml").exists()


def test_the_agenda_goes_out_and_comes_back(folder: Path) -> None:
    out = ["-o", "cytûn.yaml"]
    done = run(folder, "atebion pawb", *out, "--agenda", "y cyfarfod.xlsx", "--html", "y cyfarfod.html")
    assert done.returncode == 1, done.stderr
    page = (folder / "y cyfarfod.html").read_text(encoding="utf-8")
    assert "Isle of Anglesey" in page and "3 questions are not agreed yet." in page
    again = run(folder, "atebion pawb", *out, "--agenda", "y cyfarfod.xlsx")
    assert again.returncode == 2 and "[G021]" in again.stderr
    book = openpyxl.load_workbook(folder / "y cyfarfod.xlsx")
    cell_of(
        book, STRATEGY
    ).value = "3. The council has adopted a strategy with named owners, and reports against it at least once a year."
    cell_of(book, BUDGET).value = "lots"
    book.save(folder / "y cyfarfod.xlsx")
    back = run(folder, "atebion pawb", *out, "--agreed", "y cyfarfod.xlsx")
    assert back.returncode == 1
    assert re.search(r"y cyfarfod\.xlsx\[Agenda\]!F\d+: .*\[W044\]", back.stderr), back.stderr
    assert settled(folder)[STRATEGY] == "chosen"
    assert BUDGET not in settled(folder)
    # What was chosen outlives the rules of a later run, and an answer that comes late.
    write(folder / "atebion pawb" / "hwyr.yaml", "Late", f"{STRATEGY}: none")
    later = run(folder, "atebion pawb", *out, "--rule", "mode", "--decides", "Digital lead")
    assert later.returncode == 0, later.stderr
    assert "[J009]" in later.stderr
    answers = held(folder)["answers"]
    assert isinstance(answers, dict) and answers[STRATEGY] == "adopted"


def test_a_workbook_that_is_no_agenda_of_these_answers(folder: Path) -> None:
    for name, code in (("nowhere.xlsx", "F020"), ("list.xlsx", "W001")):
        if name == "list.xlsx":
            (folder / name).write_bytes(b"PK")
        done = run(folder, "atebion pawb", "-o", "cytûn.yaml", "--agreed", name)
        assert done.returncode == 2 and f"[{code}]" in done.stderr, done.stderr
        assert not (folder / "cytûn.yaml").exists()


def test_only_what_was_agreed_is_scored(tmp_path: Path) -> None:
    docs = Path(__file__).parent.parent / "docs" / "merging"

    def maturity(*arguments: str) -> str:
        return program.run(*arguments, cwd=tmp_path).stdout

    maturity("merge", str(docs), "-o", "agreed.yaml", "--decides", "Digital lead")
    text = (tmp_path / "agreed.yaml").read_text(encoding="utf-8")
    (tmp_path / "bare.yaml").write_text(text[: text.index("\nmerged:") + 1], encoding="utf-8")
    scores = []
    for name in ("agreed.yaml", "bare.yaml"):
        maturity("score", name, "-o", f"{name}.csv")
        scores.append((tmp_path / f"{name}.csv").read_text(encoding="utf-8").replace(name, ""))
    assert scores[0] == scores[1]
    assert len(scores[0].splitlines()) > 1


# On a terminal

posix = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")


@pytest.fixture
def sit(folder: Path) -> Iterator[Callable[..., Person]]:
    with people(folder, "-q", str(SMALL)) as start:
        yield lambda *more, **how: start(
            "atebion pawb", "-o", "cytûn.yaml", *more, command="merge", rows=40, **how
        )


@posix
@pytest.mark.parametrize("columns", ["40", "80"])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_table_fits_a_narrow_terminal(sit: Callable[..., Person], columns: str, language: str) -> None:
    person = sit("--lang", language, columns=int(columns))
    assert person.ends() == 1
    lines = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", person.raw).splitlines()
    shown = "\n".join(line for line in lines if not line.startswith(("Wrote", "3 ", "Ysgrif")))
    assert all(
        len(line.rstrip()) <= int(columns)
        for line in shown.splitlines()
        if "leadership" in line or "…" in line
    )
    assert all(name in shown for name in (BUDGET, "services.research", STRATEGY))


@posix
def test_choosing_goes_by_disagreement_and_is_saved_at_once(sit: Callable[..., Person], folder: Path) -> None:
    person = sit("--choose")
    person.sees(
        "What share of the revenue budget", "12% (Digital lead)", "1 × Don't know (Head of HR)", "[q]"
    )
    person.press("15", ENTER).sees("With whom was a service tested", "staff who deliver it".capitalize())
    assert settled(folder)[BUDGET] == "chosen"
    person.press("s").sees(
        "How far has the council a digital strategy", "2 × A draft exists", "lead, Web team)"
    )
    person.press("b").sees("With whom was a service tested").press("q")
    assert person.ends() == 1
    assert settled(folder) == {OFFICER: "unanimous", "services.requests": "only_one", BUDGET: "chosen"}
    # It goes on where it was left: what was chosen is not asked again.
    again = sit("--choose")
    again.sees("With whom was a service tested", "[q]").press("1", ENTER)
    again.sees("How far has the council a digital strategy", "[q]").press("3", ENTER)
    assert again.ends() == 0
    answers = held(folder)["answers"]
    assert isinstance(answers, dict)
    assert (answers[BUDGET], answers["services.research"], answers[STRATEGY]) == (
        15,
        ["residents"],
        "adopted",
    )
    assert settled(folder)[STRATEGY] == "chosen"
    assert held(folder)["status"] == "submitted"
    assert run(folder, "atebion pawb", "-o", "cytûn.yaml").returncode == 0


def test_somebody_elses_change_is_not_written_over_while_choosing(folder: Path) -> None:
    from maturity.assess.record import ChangedElsewhereError
    from maturity.cli.merge_choose import AgreedRecord
    from maturity.models.assessment import Answer, Assessment
    from maturity.sources.load import expect, load
    from maturity.sources.shelf import open_questionnaire

    run(folder, "atebion pawb", "-o", "cytûn.yaml")
    path = folder / "cytûn.yaml"
    assessment = expect(load(path), Assessment)
    seen = hashlib.sha256(path.read_bytes()).hexdigest()
    record = AgreedRecord(path, assessment, seen, open_questionnaire(str(SMALL))[0], submitted=True)
    record.save({**assessment.answers, STRATEGY: Answer(value="none")})
    assert settled(folder)[STRATEGY] == "chosen"
    theirs = path.read_text(encoding="utf-8").replace("services.requests: 100", "services.requests: 99")
    path.write_text(theirs, encoding="utf-8")
    with pytest.raises(ChangedElsewhereError):
        record.save({**record.assessment.answers, BUDGET: Answer(value=3.0)})
    assert path.read_text(encoding="utf-8") == theirs


@posix
def test_breaking_off_says_how_to_go_on(sit: Callable[..., Person], folder: Path) -> None:
    person = sit("--choose")
    person.sees("What share of the revenue budget", "[q]").press("\x03")
    assert person.ends() == 130
    assert "To go on:" in person.raw
    assert "maturity merge 'atebion pawb' -o 'cytûn.yaml' --rule unanimous --choose -q" in person.raw.replace(
        "\r\n", ""
    )


def test_choosing_needs_a_terminal(folder: Path) -> None:
    done = run(folder, "atebion pawb", "-o", "cytûn.yaml", "--choose")
    assert done.returncode == 2
    assert "[J006]" in done.stderr and "--agenda" in done.stderr
    assert not (folder / "cytûn.yaml").exists()
