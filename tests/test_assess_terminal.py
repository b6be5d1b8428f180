"""`maturity assess` in a real pseudo-terminal, with real keys."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import program
from maturity.models.assessment import Assessment
from maturity.sources.load import expect, load
from pseudo_terminal import CTRL_C, CTRL_D, DOWN, ENTER, ESCAPE, UP, Person, held, people

SMALL = Path(__file__).parent / "data" / "small" / "questionnaire.yaml"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Callable[..., Person]]:
    """Starts `maturity assess` on the small questionnaire."""
    with people(tmp_path, "-q", str(SMALL)) as start:
        yield start


FIRST_FIVE = """\
format: maturity-assessment/1
questionnaire: {id: small, version: 1.0.0}
organisation: Cardiff
period: '2026'
started: TIME
updated: TIME
answers:
  leadership.strategy: draft
  leadership.officer: 'yes'
  leadership.budget: 12.5
  services.research: [residents, staff]
  services.requests: 1250
"""


def answer_five(person: Person) -> Person:
    person.sees("Question 1 of 7", "[q] Save and leave").press(DOWN, DOWN, ENTER)
    person.sees("Question 2 of 7").press("1", ENTER)
    person.sees("Question 3 of 7", "[q] Save and leave").press("12,5", ENTER)
    person.sees("Question 4 of 7", "None of these").press(" ", "3", ENTER)
    person.sees("Question 5 of 7").press(ENTER).sees("without decimals").press("1250", ENTER)
    return person.sees("Question 6 of 7", "Save and leave")


def test_a_whole_interview(sit: Callable[..., Person], tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    person = sit(
        "a.yaml", "--council", "CAERDYDD", "--period", "2026", "--name", "Mair", "--role", "Digital lead"
    )
    # Level, by arrow key; back, where the earlier answer is preselected, and changed.
    person.sees(
        "Small questionnaire 1.0.0: Cardiff, 2026", "Leadership › Strategy", "Question 1 of 7, 0 answered"
    )
    # Enter alone chooses nothing.
    person.press(ENTER).sees("! Choose first, with the arrow keys or a digit.")
    person.press(DOWN, DOWN, ENTER).sees("Question 2 of 7, 1 answered").press("b")
    person.sees("» 2 ● A draft exists").press(DOWN, ENTER)
    person.sees("✓ The council has adopted a strategy", "Question 2 of 7, 1 answered")
    # Help, note, evidence; not applicable with its reason.
    person.press("b").sees("» 3 ● The council").press("h")
    person.sees(
        "A strategy says what will be different", "A draft is not enough.", "» 1 Back to the question"
    ).press(ENTER)
    person.sees("Question 1 of 7").press("e").sees("A link, or the paper's name").press(
        "https://x.cymru/s", ENTER
    )
    person.sees("Its date").press("31 March", ENTER).sees("'31 March' is not a date")
    person.press("\x15", "31 Mawrth 2026", ENTER).sees("Evidence: https://x.cymru/s (31 March 2026)").press(
        ENTER
    )
    person.sees("Question 2 of 7, 1 answered").press("n").sees("Note (Esc goes back)").press(
        "Gofyn i Siân: tŷ", ENTER
    )
    person.sees("Note: Gofyn i Siân: tŷ", "[n] Change note").press("x").sees("Why does it not apply?")
    person.press("Shared with Newport", ENTER).sees(
        "✓ Not applicable: Shared with Newport", "Question 3 of 7"
    )
    # Numbers: bad input is said and asked again.
    person.press(ENTER).sees("A number from 0 to 100 (%)").press("lots", ENTER)
    person.sees("! 'lots' is not a number.").press("\x15", "101", ENTER).sees("! 101 is out of range.")
    person.press("\x15", "0,25", ENTER).sees("! 0.25 has too many decimals.").press("\x15", "12,5", ENTER)
    person.sees("✓ 12.5%", "Question 4 of 7, 3 answered")
    # Several: nothing ticked is said; an exclusive option pushes the others out, and they it.
    person.press(ENTER).sees("! Tick at least one").press("1", "4").sees(
        "[ ] 1 Residents", "[x] 4 None of these"
    )
    person.press("2", "3").sees("[x] 2 Disabled", "[x] 3 Staff", "[ ] 4 None").press(ENTER)
    # Welsh in the middle.
    person.sees("✓ Disabled people; Staff who deliver it", "Question 5 of 7").press("l")
    person.sees("Gwasanaethau › Dylunio", "Sawl cais am wasanaeth", "[l] English").press("1250", ENTER)
    # Esc goes back from a line; text is typed at once; skipping; the end.
    person.sees("Pa wasanaeth", "English").press(ENTER).sees_no("English").press(ESCAPE).sees("English")
    person.press(UP, UP, UP, UP).sees(" »[l] English").press(ENTER).sees(
        "Which service are", "Save and leave"
    )
    person.press("Libraries: 'ŵyl'").sees("Your answer", "> Libraries").press(ENTER)
    person.sees("Question 7 of 7").press("s")
    person.sees("- Left open for now.", "1 unanswered question", "Submit all the same").press(ENTER)
    person.sees("1 ○ None of the ten.").press(UP).sees("»[q] Save and leave").press(DOWN, "3", ENTER)
    person.sees(
        "✓ All ten.",
        "All 7 questions are answered.",
        "Nothing is left open.",
        "» 1 Change any answer",
        "2 Submit",
    )
    assert "status" not in held(path)
    person.press("2", ENTER).sees("Submit these answers as Mair?", "» 1 No").press("2", ENTER).sees(
        "No rubric that is at hand", "Submitted. The answers are in", "maturity merge a.yaml"
    )
    assert person.ends() == 0
    assert re.sub("[0-9a-f]{64}", "DIGEST", held(path)) == (
        "format: maturity-assessment/1\n"
        "questionnaire: {id: small, version: 1.0.0}\n"
        "organisation: Cardiff\n"
        "period: '2026'\n"
        "respondent: {name: Mair, role: Digital lead}\n"
        "status: submitted\n"
        "started: TIME\n"
        "updated: TIME\n"
        "submission: {at: TIME, name: Mair, digest: DIGEST}\n"
        "answers:\n"
        "  leadership.strategy:\n"
        "    value: adopted\n"
        "    evidence:\n"
        "    - {text: 'https://x.cymru/s', date: '2026-03-31'}\n"
        "  leadership.officer: {not_applicable: true, reason: Shared with Newport, note: 'Gofyn i Siân: tŷ'}\n"
        "  leadership.budget: 12.5\n"
        "  services.research: [disabled, staff]\n"
        "  services.requests: 1250\n"
        "  services.example: 'Libraries: ''ŵyl'''\n"
        "  services.end-to-end: all\n"
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.yaml"]


def test_a_kill_after_the_fifth_answer_goes_on_at_the_sixth(
    sit: Callable[..., Person], tmp_path: Path
) -> None:
    person = answer_five(sit("a.yaml", "--council", "Cardiff", "--period", "2026"))
    os.kill(person.child.pid, signal.SIGKILL)
    assert person.ends() == -signal.SIGKILL
    assert held(tmp_path / "a.yaml") == FIRST_FIVE
    again = sit("a.yaml").sees(
        "5 of 7 questions are answered in a.yaml. Last saved ", "Question 6 of 7, 5 answered"
    )
    again.press(UP).sees("»[q] Save and leave").press(ENTER).sees(
        "Everything so far is saved in a.yaml. To go on:"
    )
    assert again.ends() == 0
    assert held(tmp_path / "a.yaml") == FIRST_FIVE


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("inside", ["", ENTER])
def test_breaking_off_says_what_is_saved_and_how_to_go_on(
    sit: Callable[..., Person], tmp_path: Path, key: str, inside: str
) -> None:
    person = answer_five(sit("my answers.yaml", "--council", "Cardiff", "--period", "2026"))
    if inside:
        person.press(inside).sees("Your answer (Esc")
    person.press(key).sees("Stopped; everything so far is saved in my answers.yaml. To go on:")
    assert person.ends() == 130
    assert f"maturity assess 'my answers.yaml' -q {SMALL}" in person.raw
    assert "Traceback" not in person.raw
    assert held(tmp_path / "my answers.yaml") == FIRST_FIVE


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("inside", ["", ENTER])
def test_signals_break_off_in_the_same_way(
    sit: Callable[..., Person], tmp_path: Path, number: signal.Signals, inside: str
) -> None:
    person = answer_five(sit("a.yaml", "--council", "Cardiff", "--period", "2026"))
    if inside:
        person.press(inside).sees("Your answer (Esc")
    os.kill(person.child.pid, number)
    person.sees("Stopped; everything so far is saved in a.yaml. To go on:")
    assert person.ends() == 130
    assert held(tmp_path / "a.yaml") == FIRST_FIVE


def test_a_closed_terminal_ends_it_and_loses_nothing(sit: Callable[..., Person], tmp_path: Path) -> None:
    person = answer_five(sit("a.yaml", "--council", "Cardiff", "--period", "2026"))
    assert person.hang_up().ends() == 130
    assert held(tmp_path / "a.yaml") == FIRST_FIVE
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.yaml"]


def test_without_a_file_the_council_is_asked_for_and_the_name_is_said(
    sit: Callable[..., Person], tmp_path: Path
) -> None:
    person = sit("--period", "2026-Q1").sees("Which council?")
    person.press("Cardif", ENTER).sees("Did you mean Cardiff").press("\x15", "mon mam cymru", ENTER).sees(
        "No council has that name."
    )
    person.press("\x15", "ynys mon", ENTER).sees("Your role").press(ENTER).sees("Your name").press(ENTER)
    person.sees("Isle of Anglesey, 2026-Q1", "saved at once in isle-of-anglesey-2026-q1.yaml")
    person.sees("Question 1 of 7").press(CTRL_C)
    assert person.ends() == 130
    assert "organisation: Isle of Anglesey" in held(tmp_path / "isle-of-anglesey-2026-q1.yaml")
    again = (
        sit("--council", "W06000001", "--period", "2026-Q1", "--lang", "cy")
        .sees("Arweinyddiaeth › Strategaeth")
        .press("q")
    )
    again.hears(0, "--lang cy")
    assert again.ends() == 0


def test_submitted_answers_are_reopened_only_when_asked(sit: Callable[..., Person], tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    text = FIRST_FIVE.replace("started: TIME\nupdated: TIME\n", "status: submitted\n")
    path.write_text(text, encoding="utf-8")
    person = sit("a.yaml").sees("These answers were submitted.", "» 1 No").press(ENTER)
    assert person.ends() == 0
    assert path.read_text(encoding="utf-8") == text
    person = (
        sit("a.yaml")
        .sees("» 1 No")
        .press("2", ENTER)
        .sees("Question 6 of 7", "Save and leave")
        .press("Libraries", ENTER)
        .sees("Question 7 of 7", "Save and leave")
        .press("q")
    )
    assert person.ends() == 0
    assert "status" not in held(path)


@pytest.mark.parametrize("columns", [40, 80])
def test_no_colour_and_narrow_terminals(sit: Callable[..., Person], columns: int) -> None:
    person = sit("a.yaml", "--council", "Cardiff", columns=columns, NO_COLOR="1").sees(
        "Question 1 of 7", "[q] Save and leave"
    )
    person.press(DOWN, DOWN, DOWN, DOWN).sees("» 4 ○", "projects that do").press("q").sees("go on:")
    assert person.ends() == 0
    assert not re.search(r"\x1b\[[0-9;]*(3[0-8]|9[0-7])m", person.raw)


# No terminal needed


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return program.run("assess", *arguments, cwd=folder)


def test_without_a_terminal_it_says_what_to_use_instead(tmp_path: Path) -> None:
    done = run(tmp_path, "a.yaml", "--council", "Cardiff", "-q", str(SMALL))
    assert done.returncode == 2
    assert "There is no terminal here" in done.stderr
    assert "maturity template" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_file_is_said_before_anything_is_asked(
    sit: Callable[..., Person], tmp_path: Path
) -> None:
    (tmp_path / "blocked").write_text("a file, not a folder")
    person = sit("blocked/a.yaml", "--council", "Cardiff").sees("[F028]")
    assert person.ends() == 2
    assert "Question 1" not in person.raw


@pytest.mark.parametrize(
    ("arguments", "content", "said"),
    [
        (["--council", "Cardif"], None, "Did you mean 'Cardiff'"),
        (["-q", "nothing-like-it"], None, "There is no questionnaire 'nothing-like-it' here"),
        (["-q", str(SMALL)], "a: [", "This is not YAML"),
        (["-q", str(SMALL)], FIRST_FIVE.replace("draft", "drafft"), "a.yaml:8:24: 'drafft' is not an option"),
        (
            ["-q", str(SMALL)],
            FIRST_FIVE.replace("officer", "oficer"),
            "a.yaml:9:3: 'leadership.oficer' is not a question",
        ),
        (
            ["-q", str(SMALL)],
            FIRST_FIVE.replace("Cardiff", "Cardif"),
            "a.yaml:3:15: There is no council 'Cardif'",
        ),
        (
            ["-q", str(SMALL)],
            FIRST_FIVE.replace("1.0.0", "1.1.0"),
            "This file answers small@1.1.0, not small@1.0.0",
        ),
        ([], FIRST_FIVE, "Questionnaire 'small@1.0.0' is not at hand"),
        (["-q", str(SMALL), "--council", "Newport"], FIRST_FIVE, "for Cardiff, not for Newport"),
        (["-q", str(SMALL), "--period", "2027"], FIRST_FIVE, "for 2026, not for 2027"),
        (["-q", str(SMALL), "--name", " "], FIRST_FIVE, "--name: ' ' cannot be used here"),
    ],
)
def test_what_cannot_work_is_a_sentence_and_leaves_the_file_alone(
    tmp_path: Path, arguments: list[str], content: str | None, said: str
) -> None:
    path = tmp_path / "a.yaml"
    if content is not None:
        content = content.replace(
            "started: TIME\nupdated: TIME\n", "started: '2026-01-01T10:00:00Z'\nmade_up: true\n"
        )
        path.write_text(content, encoding="utf-8")
    done = run(tmp_path, "a.yaml", *arguments)
    assert said in done.stderr
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert (path.read_text(encoding="utf-8") if path.exists() else None) == content


def test_a_long_paste_of_many_lines_is_one_answer(sit: Callable[..., Person], tmp_path: Path) -> None:
    """As terminals paste: between brackets, with Enter's own code for each line's end."""
    person = answer_five(sit("a.yaml", "--council", "Cardiff", "--period", "2026"))
    lines = [f"Line {n}: Ŵyl, 日本語, Ελληνικά " + "word " * 200 for n in range(1, 6)]
    person.press("\x1b[200~" + "\r".join(lines) + "\x1b[201~").sees("Your answer").press(ENTER)
    # Shown in part, kept whole.
    person.sees("✓ Line 1: Ŵyl, 日本語, Ελληνικά", "...", "Question 7 of 7", "[q] Save and leave").press("q")
    assert person.ends() == 0
    saved = expect(load(tmp_path / "a.yaml"), Assessment)
    assert saved.answers["services.example"].value == "\n".join(lines).strip()
    assert person.seen.count("Line 5") == 0


def test_what_is_pasted_into_a_menu_does_nothing(sit: Callable[..., Person], tmp_path: Path) -> None:
    """Its letters are no commands: 'q' would leave."""
    person = sit("a.yaml", "--council", "Cardiff", "--period", "2026").sees(
        "Question 1 of 7", "[q] Save and leave"
    )
    person.press("\x1b[200~quite a long text, skip it\r\x1b[201~", DOWN, DOWN).sees(
        "» 2 ○ A draft exists"
    ).press("q")
    person.sees("go on:")
    assert person.ends() == 0
    assert held(tmp_path / "a.yaml").endswith("answers: {}\n")


def test_a_written_answer_is_gone_on_with_and_commands_are_behind_esc(
    sit: Callable[..., Person], tmp_path: Path
) -> None:
    person = answer_five(sit("a.yaml", "--council", "Cardiff", "--period", "2026"))
    person.press("Libraries", ENTER).sees("Question 7 of 7", "[q] Save and leave").press("b")
    person.sees("» Keep: Libraries", "Esc and then a letter").press("!").sees("> Libraries!").press(ENTER)
    person.sees("✓ Libraries!", "Question 7 of 7", "[q] Save and leave").press("b").sees("» Keep: Libraries!")
    person.press("and", CTRL_C).sees("What you were typing is not saved.")
    assert person.ends() == 130
    person = (
        sit("a.yaml").sees("Question 7 of 7", "[q] Save and leave").press("b").sees("Esc and then a letter")
    )
    person.press(ESCAPE, "e").sees("A link, or").press("Lsit", ENTER).sees("Its date").press(ENTER)
    person.sees("Evidence: Lsit").press(ESCAPE, "e").sees("» 1 Add evidence", "2 Change or remove: Lsit")
    person.press("2", ENTER).sees("2 Remove it").press("1", ENTER).sees("> Lsit").press("\x15", "List", ENTER)
    person.sees("Its date").press(ENTER).sees("Evidence: List").press(ESCAPE, "e").sees("remove: List")
    person.press("2", ENTER).sees("2 Remove it").press("2", ENTER).sees_no("remove: List")
    person.sees("Esc and then a letter").press(ESCAPE, "q")
    assert person.ends() == 0
    text = held(tmp_path / "a.yaml")
    assert text.endswith("services.example: Libraries!\n")


def test_a_key_held_down_confirms_nothing(sit: Callable[..., Person], tmp_path: Path) -> None:
    person = answer_five(sit("a.yaml", "--council", "Cardiff", "--period", "2026"))
    person.press("Libraries", ENTER).sees("Question 7 of 7", "[q] Save and leave").press("b")
    person.sees("» Keep: Libraries").press(ENTER + ENTER * 20).sees("Question 7 of 7", "[q] Save")
    assert "Choose first" not in person.still()
    person.press("q")
    assert person.ends() == 0
    assert "services.end-to-end" not in held(tmp_path / "a.yaml")
