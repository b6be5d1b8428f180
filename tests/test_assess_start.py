"""How `maturity assess` begins: what it asks, going on, last period's answers, one dimension, and where it cannot."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

import pytest

import program
from maturity.assess.earlier import carried, read_earlier
from maturity.assess.menu import Menu, Picked
from maturity.assess.opening import named_in_either, open_again
from maturity.assess.pace import time_left
from maturity.assess.starting import Start, ask_start, choose_questionnaire, drafts, versions_beside
from maturity.assess.talks import Check
from maturity.cli.assess_words import how_they_come_together
from maturity.locale.words import Words
from maturity.models.register import Register
from maturity.models.text import Language
from maturity.sources.registers import find_council
from maturity.sources.shelf import OnShelf, open_questionnaire
from pseudo_terminal import CTRL_C, DOWN, ENTER, ESCAPE, Person, held, people

ROOT = Path(__file__).parent.parent
VISITS = str(Path(__file__).parent / "data" / "visits" / "questionnaire.yaml")
LAST_YEAR = """\
format: maturity-assessment/1
questionnaire: {id: visits, version: 1.0.0}
organisation: Cardiff
period: '2025'
status: submitted
answers:
  online.forms:
    value: some
    note: Waste and parking
    evidence:
    - {text: Minutes, date: '2025-02-01'}
    sure: unsure
  online.pay: {not_applicable: true, reason: No fees are taken}
  people.tested: [residents, staff]
  people.story: The new forms
"""

needs_terminal = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Callable[..., Person]]:
    with people(tmp_path, "-q", VISITS) as start:
        yield start


@needs_terminal
def test_what_is_not_given_is_asked_and_can_be_gone_back_to(
    sit: Callable[..., Person], tmp_path: Path
) -> None:
    person = sit().sees("Which council?").press("ynys mon", ENTER).sees("Which period are the answers about?")
    person.press("\x15", "next year", ENTER).sees("! 'next year' is not a period as in 2026")
    person.press("\x15", "2026-Q1", ENTER).sees("Your role").press("HR", ENTER).sees("Your name")
    person.press(ESCAPE).sees("> HR").press("\x15", "Head of HR", ENTER).sees("Your name, or nothing").press(
        ENTER
    )
    person.sees("Isle of Anglesey, 2026-Q1", "isle-of-anglesey-2026-q1-head-of-hr.yaml").press("q")
    assert person.ends() == 0
    assert "respondent: {role: Head of HR}" in held(tmp_path / "isle-of-anglesey-2026-q1-head-of-hr.yaml")


@needs_terminal
def test_with_file_and_council_nothing_is_asked(sit: Callable[..., Person]) -> None:
    person = sit("a.yaml", "--council", "Cardiff").sees("Question 1 of 5").press(CTRL_C)
    assert person.ends() == 130
    assert "What time" not in person.raw


@needs_terminal
def test_drafts_in_the_folder_are_offered(sit: Callable[..., Person], tmp_path: Path) -> None:
    draft = LAST_YEAR.replace("status: submitted\n", "")
    (tmp_path / "mine.yaml").write_text(draft, encoding="utf-8")
    (tmp_path / "last.yaml").write_text(LAST_YEAR, encoding="utf-8")
    (tmp_path / "other.yaml").write_text("services: {}\n", encoding="utf-8")
    assert [path.name for path in drafts(tmp_path)] == ["mine.yaml"]
    person = sit().sees(
        "Go on with answers that are here", "» 1 mine.yaml: Cardiff, 2025, 4 answers", "2 Begin new answers"
    )
    person.press(ENTER).sees("4 of 5 questions are answered in mine.yaml.").press("q")
    assert person.ends() == 0
    # Whichever language the file was begun in, the council is named in the reader's.
    person = sit("--lang", "cy").sees("» 1 mine.yaml: Caerdydd, 2025, 4 ateb")
    person.press(DOWN, ENTER).sees("Pa gyngor?").press(CTRL_C)
    assert person.ends() == 130


@needs_terminal
def test_last_periods_answers_are_each_confirmed(sit: Callable[..., Person], tmp_path: Path) -> None:
    (tmp_path / "last.yaml").write_text(LAST_YEAR, encoding="utf-8")
    person = sit("a.yaml", "--from", "last.yaml", "--period", "2026")
    person.sees("Cardiff, 2026", "0 answered", "Last period (2025): Some of them.")
    person.sees(
        "- Note: Waste and parking",
        "- Evidence: Minutes (1 February 2025)",
        "» 2 ○ Some of them. (last period)",
    ).press(ENTER)
    # Not applicable last year; several options; text: each is there to be confirmed, none is an answer before.
    person.sees(
        "Question 2 of 5, 1 answered", "» 1 ○ As last period: Not applicable: No fees are taken"
    ).press(ENTER)
    person.sees("✓ Not applicable", "Question 3 of 5, 2 answered", "[x] 1 Residents", "[x] 2 Staff").press(
        "1", ENTER
    )
    person.sees("✓ Staff", "Question 4 of 5, 3 answered").press("1", ENTER)
    person.sees("Question 5 of 5, 4 answered", "» As last period: The new forms").press(ENTER)
    person.sees("All 5 questions are answered.").press("q")
    person.hears(0, "--from last.yaml")
    assert person.ends() == 0
    assert held(tmp_path / "a.yaml").split("answers:\n")[1] == (
        "  online.forms:\n"
        "    value: some\n"
        "    note: Waste and parking\n"
        "    evidence:\n"
        "    - {text: Minutes, date: '2025-02-01'}\n"
        "  online.pay: {not_applicable: true, reason: No fees are taken}\n"
        "  people.tested: [staff]\n"
        "  people.desk: 'yes'\n"
        "  people.story: The new forms\n"
    )


@needs_terminal
def test_what_begins_from_made_up_answers_is_made_up(sit: Callable[..., Person], tmp_path: Path) -> None:
    (tmp_path / "last.yaml").write_text(
        LAST_YEAR.replace("status: submitted\n", "made_up: true\n"), encoding="utf-8"
    )
    person = sit("a.yaml", "--from", "last.yaml", "--period", "2026").sees("0 answered").press("q")
    assert person.ends() == 0
    assert "made_up: true\n" in held(tmp_path / "a.yaml")
    sit("b.yaml", "--council", "Cardiff", "--period", "2026").sees("0 answered").press("q").ends()
    assert "made_up" not in held(tmp_path / "b.yaml")
    assert sit("b.yaml", "--from", "last.yaml").sees("0 answered").press("1", ENTER).press("q").ends() == 0
    assert "made_up: true\n" in held(tmp_path / "b.yaml")


@needs_terminal
def test_one_dimension_for_a_colleague(sit: Callable[..., Person], tmp_path: Path) -> None:
    person = sit(
        "--council", "Cardiff", "--period", "2026", "--dimension", "people", "--role", "HR", "--name", "Mair"
    )
    person.sees("3 questions.", "cardiff-2026-people-hr.yaml", "Question 1 of 3", "Who has tried the forms?")
    assert "Jump" not in person.seen
    person.press("3", ENTER).sees("✓ Nobody", "Question 2 of 3").press("q")
    person.hears(0, "maturity assess cardiff-2026-people-hr.yaml")
    assert person.ends() == 0
    path = tmp_path / "cardiff-2026-people-hr.yaml"
    assert "part: people\n" in held(path)
    assert held(path).endswith("answers:\n  people.tested: [none]\n")
    # The file knows that it is a part, also where it is chosen from the list; another part belongs into another file.
    person = sit().sees("cardiff-2026-people-hr.yaml: Cardiff, 2026, People, HR, 1 answer").press(ENTER)
    person.sees("1 of 3 questions", "Question 2 of 3", "Save and leave").press("q")
    assert person.ends() == 0
    person = sit(path.name, "--dimension", "online").sees("[G005]", "for people, not for", "online. [G005]")
    assert person.ends() == 2


SHARED_LAST_YEAR = """\
format: maturity-assessment/1
questionnaire: {id: socitm, version: 1.0.0}
organisation: Cardiff
period: '2025'
answers:
  transactions.online.range: most
  data.accounts.identity-pilot: 'yes'
  data.openness.sharing: full-list
"""


@needs_terminal
def test_last_periods_answers_to_an_earlier_version_are_carried_over(tmp_path: Path) -> None:
    """By hand, of the migration to 2.0.0: one stays, one has a new id; one was split into two that a person must answer."""
    last = tmp_path / "last.yaml"
    last.write_text(SHARED_LAST_YEAR, encoding="utf-8")
    loaded, assessment = read_earlier(last)
    questionnaire = open_questionnaire("socitm@2.0.0")[0]
    there = carried(loaded, assessment, questionnaire, "Caerdydd").assessment.answers
    assert list(there) == ["transactions.online.range", "data.accounts.prove-identity"]
    assert there["transactions.online.range"].value == "most"
    assert there["data.accounts.prove-identity"].value == "yes"
    with people(tmp_path) as sit:
        person = (
            sit("--from", "last.yaml", "--role", "", "--name", "").sees("Which period", "2026").press(ENTER)
        )
        person.sees("answers are to version 1.0.0. Carried over to 2.0.0", "2. To be answered anew: 75.")
        person.sees("last.yaml", "stays as it is.", "Last period (2025)").press("q")
        assert person.ends() == 0
    assert last.read_text(encoding="utf-8") == SHARED_LAST_YEAR
    assert "answers: {}" in held(tmp_path / "cardiff-2026.yaml")


@needs_terminal
def test_a_folder_that_is_not_there_is_not_made(sit: Callable[..., Person], tmp_path: Path) -> None:
    person = sit("nope/x.yaml", "--council", "Cardiff").sees("There is no folder", "[F027]")
    assert person.ends() == 2
    assert list(tmp_path.iterdir()) == []


@needs_terminal
def test_escape_at_the_first_prompt_leaves(sit: Callable[..., Person], tmp_path: Path) -> None:
    person = sit().sees("Which council?").press(ESCAPE).sees("Nothing was begun, and no file was written.")
    assert person.ends() == 0
    assert list(tmp_path.iterdir()) == []


@needs_terminal
def test_questionnaires_in_the_folder_are_offered_with_their_drafts(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(LAST_YEAR.replace("status: submitted\n", ""), encoding="utf-8")
    with people(tmp_path) as sit:
        person = sit().sees("mine.yaml is not offered: what it answers, visits@1.0.0, is not here.")
        person.sees("Which council?").press(ESCAPE)
        assert person.ends() == 0
        (tmp_path / "visits.yaml").write_bytes(Path(VISITS).read_bytes())
        person = sit().sees("» 1 mine.yaml: Cardiff, 2025, 4 answers").press(ENTER).sees("Question 4 of 5")
        person.press("q").hears(0, "-q visits.yaml")
        assert person.ends() == 0
        person = (
            sit()
            .sees("» 1 mine.yaml")
            .press(DOWN, ENTER)
            .sees("Which questionnaire?", "» 1 socitm", "2 visits.yaml")
        )
        person.press("2", ENTER).sees("Which council?").press("W06000015", ENTER).sees(
            "Cardiff / Caerdydd", "Which period"
        )
        person.press(ENTER).sees("Your role").press("HR", ENTER).sees("Your name").press(ENTER)
        person.sees("Question 1 of 5", "Save and leave").press("q")
        assert person.ends() == 0


@needs_terminal
def test_submitted_answers_that_are_opened_again(sit: Callable[..., Person], tmp_path: Path) -> None:
    path = tmp_path / "last.yaml"
    path.write_text(LAST_YEAR, encoding="utf-8")
    person = (
        sit("last.yaml").sees("Reopen them as a draft?").press("2", ENTER).sees("Question 4 of 5", "leave")
    )
    person.press("q").hears(0, "Nothing was changed: the answers stay submitted.")
    assert person.ends() == 0
    assert path.read_text(encoding="utf-8") == LAST_YEAR
    person = (
        sit("last.yaml").sees("Reopen them as a draft?").press("2", ENTER).sees("Question 4 of 5", "leave")
    )
    person.press("1", ENTER).sees("Reopened: these answers are a draft now").sees("All 5 questions").press(
        "q"
    )
    assert person.ends() == 0
    assert person.raw.count("Reopened:") == 1
    assert "submitted" not in held(path)


def test_the_files_of_several_people_are_named_for_merging(tmp_path: Path) -> None:
    for who in ("hr", "finance"):
        text = LAST_YEAR.replace("period:", f"respondent: {{role: {who}}}\nperiod:")
        (tmp_path / f"cardiff-2025-{who}.yaml").write_text(text, encoding="utf-8")
    record, _ = open_again(tmp_path / "cardiff-2025-hr.yaml", VISITS)
    talks = Scripted()
    how_they_come_together(record, Words("en"), talks)
    names = [tmp_path / f"cardiff-2025{end}.yaml" for end in ("-hr", "-finance", "")]
    assert talks.said[-1] == shlex.join(["maturity", "merge", *map(str, names[:2]), "-o", str(names[2])])
    how_they_come_together(record, Words("cy"), talks)
    assert talks.said[-1].endswith(f"{tmp_path}/caerdydd-2025.yaml --lang cy")
    (tmp_path / "cardiff-2025.yaml").write_text(LAST_YEAR, encoding="utf-8")
    alone, _ = open_again(tmp_path / "cardiff-2025.yaml", VISITS)
    talks = Scripted()
    how_they_come_together(alone, Words("en"), talks)
    assert talks.said == []
    how_they_come_together(record, Words("en"), talks)
    assert talks.said[-1].endswith("cardiff-2025-agreed.yaml")
    how_they_come_together(record, Words("cy"), talks)
    assert talks.said[-1].endswith("caerdydd-2025-cytunwyd.yaml --lang cy")
    (tmp_path / "cardiff-2025-agreed.yaml").touch()
    (tmp_path / "caerdydd-2025-libraries.yaml").write_text(LAST_YEAR, encoding="utf-8")
    how_they_come_together(record, Words("cy"), talks)
    both = [str(tmp_path / name) for name in ("caerdydd-2025-libraries.yaml", "cardiff-2025-finance.yaml")]
    assert shlex.join(both) in talks.said[-1]
    assert talks.said[-1].endswith("cardiff-2025-agreed.yaml --lang cy")


@needs_terminal
def test_a_file_has_the_councils_name_in_the_language_and_is_found_in_either(
    sit: Callable[..., Person], tmp_path: Path
) -> None:
    asked = ("--council", "Ynys Môn", "--period", "2026")
    person = sit(*asked, "--lang", "cy").sees("Eich rôl").press(ENTER).sees("Eich enw").press(ENTER)
    person.sees("ynys-mon-2026.yaml", "Cwestiwn 1 o 5").press(CTRL_C).ends()
    sit(*asked).sees("ynys-mon-2026.yaml", "Question 1 of 5").press(CTRL_C).ends()
    assert [path.name for path in tmp_path.iterdir()] == ["ynys-mon-2026.yaml"]
    (tmp_path / "isle-of-anglesey-2026.yaml").write_bytes((tmp_path / "ynys-mon-2026.yaml").read_bytes())
    for language, first in (("en", "isle-of-anglesey"), ("cy", "ynys-mon")):
        refused = program.run("assess", "-q", VISITS, *asked, "--lang", language, cwd=tmp_path)
        assert refused.returncode == 2
        assert refused.stderr.startswith(f"{first}-2026.yaml: ") and "[G400]" in refused.stderr
    # Named, one of them can be gone on with.
    assert "G006" in program.run("assess", "-q", VISITS, "ynys-mon-2026.yaml", cwd=tmp_path).stderr


def test_earlier_answers_come_over_by_a_migration_beside_the_questionnaire(tmp_path: Path) -> None:
    """With -q FILE, of a questionnaire that is not bundled; elsewhere than in this folder."""
    folder, here = tmp_path / "holiadur â bwlch", tmp_path / "here"
    folder.mkdir()
    here.mkdir()
    for path in sorted((ROOT / "docs" / "migrations").iterdir()):
        (folder / path.name).write_bytes(path.read_bytes())
    newest, answers = folder / "questionnaire-2.0.0.yaml", folder / "answers.yaml"
    (folder / "notes.yaml").write_text("a: [", encoding="utf-8")
    assert "G006" in cannot(here, "--from", str(answers), "-q", str(newest))
    asked = open_questionnaire(str(newest))[0]
    earlier = carried(*read_earlier(answers), asked, "Gwynedd", versions_beside(str(newest)))
    assert earlier.assessment.questionnaire.version == "2.0.0" and earlier.version == "1.0.0"
    assert earlier.journey is not None and len(earlier.journey.steps) == 1
    assert earlier.assessment.answers.keys() <= asked.questions.keys()
    (folder / "migration-2.0.0.yaml").unlink()
    assert "G014" in cannot(here, "--from", str(answers), "-q", str(newest))


def test_one_file_by_two_names_is_one(tmp_path: Path) -> None:
    anglesey = find_council("Ynys Môn")
    assert named_in_either(tmp_path, anglesey, "cy", "2026", "", "HR").name == "ynys-mon-2026-hr.yaml"
    begun = tmp_path / "isle-of-anglesey-2026.yaml"
    begun.touch()
    assert named_in_either(tmp_path, anglesey, "cy", "2026") == begun
    (tmp_path / "ynys-mon-2026.yaml").symlink_to(begun)
    assert named_in_either(tmp_path, anglesey, "en", "2026") == begun
    # A council whose name is the same in both languages has one name.
    assert named_in_either(tmp_path, find_council("Conwy"), "cy", "2026").name == "conwy-2026.yaml"


@needs_terminal
def test_somebody_elses_file_is_gone_on_with_only_when_that_is_meant(
    sit: Callable[..., Person], tmp_path: Path
) -> None:
    path = tmp_path / "a.yaml"
    person = (
        sit("a.yaml", "--council", "Cardiff", "--role", "HR")
        .sees("Question 1 of 5", "Save and leave")
        .press("q")
    )
    assert person.ends() == 0
    before = path.read_bytes()
    person = sit("a.yaml", "--role", "Libraries").sees(
        "a.yaml has the answers of HR. Go on with them as Libraries?"
    )
    person.press(ENTER)
    assert person.ends() == 0
    assert path.read_bytes() == before
    person = sit("a.yaml", "--role", "Libraries").sees("Go on with them").press("2", ENTER)
    person.sees("Question 1 of 5", "Save and leave").press("1", ENTER).sees(
        "Question 2 of 5", "Save and leave"
    ).press("q")
    assert person.ends() == 0
    assert "respondent: {role: Libraries}" in held(path)
    # A name that is only added tells of the same person.
    person = sit("a.yaml", "--role", "Libraries", "--name", "Mair")
    person.sees("Question 2 of 5", "Answers by Mair, Libraries.").press(CTRL_C)
    assert person.ends() == 130


def cannot(folder: Path, *arguments: str) -> str:
    """What it says where it cannot begin; nothing is written then."""
    before = {path: path.read_bytes() for path in folder.iterdir()}
    done = program.run("assess", *arguments, cwd=folder)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    return done.stderr


def test_what_last_periods_answers_must_be(tmp_path: Path) -> None:
    last = tmp_path / "last.yaml"
    last.write_text(LAST_YEAR, encoding="utf-8")
    other = ("--from", "last.yaml", "--council", "Newport", "-q", VISITS)
    assert "are those of Cardiff, not of Newport" in (said := cannot(tmp_path, *other)) and "G016" in said
    assert "Atebion Caerdydd yw'r atebion cynharach, nid rhai Casnewydd" in cannot(
        tmp_path, *other, "--lang", "cy"
    )
    assert "There is no terminal" in cannot(tmp_path, "--from", "last.yaml", "-q", VISITS)
    assert "G015" in cannot(tmp_path, "--from", "last.yaml", "-q", "socitm@1.0.0")
    last.write_text(LAST_YEAR.replace("1.0.0", "0.9.0"), encoding="utf-8")
    said = cannot(tmp_path, "--from", "last.yaml", "-q", VISITS)
    assert (
        "last.yaml:2:16: The earlier answers are to visits@0.9.0, and visits@1.0.0 is asked here. [G014]"
        in said
    )
    assert "maturity migrate last.yaml --to 1.0.0 --with FOLDER" in " ".join(said.split())
    last.write_text(LAST_YEAR.replace("some", "a-few"), encoding="utf-8")
    assert "last.yaml:8:12: 'a-few' is not an option" in cannot(tmp_path, "--from", "last.yaml", "-q", VISITS)
    assert "There is no such" in cannot(tmp_path, "--from", "nowhere.yaml", "-q", VISITS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--dimension", "nothing"], "--dimension: The questionnaire has no dimension 'nothing'. [G011]"),
        (["--rubric", "socitm@1.0.0"], "There is no terminal"),
        (["--period", "soon"], "--period: 'soon'"),
        (["--plain"], "There is no terminal here to ask questions on."),
    ],
)
def test_what_cannot_work_is_said_first(tmp_path: Path, arguments: Sequence[str], said: str) -> None:
    assert said in cannot(tmp_path, "a.yaml", "--council", "Cardiff", "-q", VISITS, *arguments)


@needs_terminal
def test_a_rubric_that_does_not_fit_is_said_before_anything_is_asked(sit: Callable[..., Person]) -> None:
    person = sit("a.yaml", "--council", "Cardiff", "--rubric", "socitm@1.0.0").sees("[I006]")
    assert person.ends() == 2
    assert "Question 1" not in person.raw


# Without a terminal


class Scripted:
    """Talks by a script: what is picked and typed, in order; `said` is what it was told."""

    def __init__(self, *answers: str | None) -> None:
        self.answers, self.said = list(answers), []  # type: ignore[var-annotated]

    def held(self) -> nullcontext[None]:
        return nullcontext()

    def say(self, text: str = "", _style: str = "", /, *, indent: str = "") -> int:
        self.said.append(indent + text)
        return 1

    def done(self, text: str) -> None:
        self.said.append(text)

    def headline(self, left: str, right: str, _part: float, /) -> int:
        return self.say(f"{left} {right}")

    def sign(self, _fancy: str, plain: str, /) -> str:
        return plain

    def bar(self, part: float, width: int, /) -> str:
        return f"{part:.3f} of {width}"

    def command(self, line: str) -> None:
        self.said.append(line)

    def pick(self, menu: Menu) -> Picked:
        chosen = self.answers.pop(0)
        self.said += [entry.text for entry in menu.entries]
        return Picked(values=(chosen,)) if chosen is not None else Picked(action="back")

    def line(
        self, label: str, _words: Words, default: str = "", check: Check | None = None, *, many: bool = False
    ) -> str | None:
        self.said.append(f"{label} [{default}]")
        typed = self.answers.pop(0)
        fault = check(typed) if check and typed is not None else None
        if fault is None:
            return typed
        self.said.append(fault)
        return self.line(label, _words, default, check, many=many)

    def council(self, _register: Register, _language: Language) -> str | None:
        return self.answers.pop(0)


def test_going_back_asks_for_what_was_asked_before() -> None:
    talks = Scripted("Newport", "2026", None, "2027", None, None, "Cardiff", "2027", "HR", "")
    start = ask_start(talks, Start(None, None, None, None), "2026", "en")
    assert start == Start("Cardiff", "2027", "HR", "")
    assert "Casnewydd" not in " ".join(talks.said)
    talks = Scripted(None)
    assert ask_start(talks, Start(None, "2026", "HR", "Mair"), "2026", "en") is None
    talks = Scripted("x" * 301, "HR\n lead")
    start = ask_start(talks, Start("Cardiff", "2026", None, "Mair"), "2026", "en")
    assert start is not None
    assert start.role == "HR lead"
    assert "That is too long: 300 characters at most." in talks.said


def test_the_time_left_is_told_roughly_and_not_at_the_end() -> None:
    moments = [0.0, 50, 100, 150, 200, 250]
    assert time_left(moments, 24) == 1200
    assert time_left(moments, 28) == 1500  # 1400 seconds, in steps of five minutes
    assert time_left(moments, 0) is None


def test_the_questionnaire_is_asked_for_only_where_there_are_several() -> None:
    one = [OnShelf("socitm", "1.0.0", Path("a")), OnShelf("socitm", "2.0.0", Path("b"))]
    assert choose_questionnaire(Scripted(), one, "socitm", "en") == "socitm"
    talks = Scripted("schools")
    several = [*one, OnShelf("schools", "1.0.0", Path("c"))]
    assert choose_questionnaire(talks, several, "socitm", "en") == "schools"
    assert talks.said[-2:] == ["socitm", "schools"]
