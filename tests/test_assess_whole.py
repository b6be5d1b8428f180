"""Whole interviews in a real pseudo-terminal with real keys, on the screen and in plain lines: the file at the end."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from maturity.models.assessment import Assessment
from maturity.scoring.score import answers_digest
from maturity.sources.load import expect, load
from pseudo_terminal import CLEAR, DOWN, ENTER, Person, held, people

VISITS = Path(__file__).parent / "data" / "visits"
WANTED = ("--council", "Cardiff", "--period", "2026", "--name", "Mair", "--role", "Digital lead")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")

# What both interviews below make: the same answers, by keys and by lines.
MADE = """\
format: maturity-assessment/1
questionnaire: {id: visits, version: 1.0.0}
organisation: Cardiff
period: '2026'
respondent: {name: Mair, role: Digital lead}
status: submitted
started: TIME
updated: TIME
submission: {at: TIME, name: Mair, digest: DIGEST}
answers:
  online.forms:
    value: all
    note: 'Gofyn i Siân: tŷ'
    evidence:
    - {text: 'https://x.cymru/s', date: '2026-03-31'}
    sure: fairly
  online.pay: 'no'
  online.share: 12.5
  people.tested: [residents, staff]
  people.desk: {not_applicable: true, reason: Shared with Newport}
  people.story: 日本語 and Ελληνικά
"""


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Callable[..., Person]]:
    questionnaire, rubric = str(VISITS / "questionnaire.yaml"), str(VISITS / "rubric.yaml")
    with people(tmp_path, "-q", questionnaire, "--rubric", rubric) as start:
        yield start


def made(path: Path) -> str:
    """The file, having checked that its digest is that of its answers."""
    assessment = expect(load(path), Assessment)
    assert assessment.submission is not None
    assert assessment.submission.digest == answers_digest([assessment])
    return re.sub("[0-9a-f]{64}", "DIGEST", held(path))


def test_on_the_screen(sit: Callable[..., Person], tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    person = sit("a.yaml", *WANTED).sees("Visits 1.0.0: Cardiff, 2026", "Question 1 of 5, 0 answered")
    # Answer, go back, change it.
    person.press(DOWN, DOWN, ENTER).sees("Question 2 of 5, 1 answered").press("b").sees("» 2 ● Some of them.")
    person.press("3", ENTER).sees("✓ All of them.", "Question 2 of 5")
    # How sure, note, evidence, help: each stays at the question.
    person.press("b").sees("» 3 ● All").press("u").sees("How sure are you").press("2", ENTER).sees(
        "How sure: fairly"
    )
    person.press("n").sees("Note (Esc").press("Gofyn i Siân: tŷ", ENTER).sees("Note: Gofyn i Siân: tŷ")
    person.press("e").sees("A link, or").press("https://x.cymru/s", ENTER).sees("Its date").press(
        "31 March", ENTER
    )
    person.sees("'31 March' is not a date").press(CLEAR, "2026-03-31", ENTER)
    person.sees("Evidence: https://x.cymru/s (31 March 2026)").press("h").sees(
        "A list of them with its date."
    )
    person.press(ENTER).sees("» 3 ● All", "Save and leave").press("s").sees(
        "✓ All of them.", "Question 2 of 5"
    )
    # Yes: a question more is asked. No: its answer does not count, and is kept.
    person.press("1", ENTER).sees("Question 3 of 6", "What percentage")
    person.press("12,5", ENTER).sees("✓ 12.5%", "Question 4 of 6").press("b").sees("» Keep: 12.5%")
    person.press("b").sees("Can fees be paid", "» 1 ● Yes").press("2", ENTER)
    person.sees("✓ No", "1 earlier answer does not count now", "Question 3 of 5, 2 answered")
    # Skip; jump; another language in the middle.
    person.press("s").sees("- Left open for now.", "Question 4 of 5").press("j").sees(
        "Online (2/2)", "People (0/3)"
    )
    person.press("2", ENTER).sees("Who has tried the forms?").press("l").sees("Trigolion", "[l] English")
    person.press("1", "2", ENTER).sees("✓ Trigolion; Staff", "A oes desg")
    person.press("l").sees("Is there a desk", "[l] Cymraeg")
    # The score so far: the whole is the mean of 2 (4 and 0) and 4.
    person.press("p").sees(
        "Overall: 3.00 of 4, High", "Online: 2.00 of 4, Middle", "People: 4.00 of 4, High"
    ).press(ENTER)
    # Not applicable, with its reason.
    person.sees("Is there a desk", "Not applicable").press("x").sees("Why does it not apply?")
    person.press("Shared with Newport", ENTER).sees(
        "✓ Not applicable: Shared with Newport", "What went well?"
    )
    # Review with one open question; go to it; text in other alphabets.
    person.press("\t", "\t").press(ENTER).sees(
        "- Left open for now.", "Review", "4 of 5 questions are answered."
    )
    person.sees("1 answer is kept and does not count", "» 1 1 unanswered question", "Submit all the same")
    person.press(ENTER).sees("What went well?").press("日本語 and Ελληνικά").sees("> 日本語 and").press(ENTER)
    person.sees("Nothing is left open.", "» 1 Change any answer")
    assert "status" not in held(path)
    # Change any answer leads back to the review.
    person.press("1", ENTER).sees("Which question?", "Can fees be paid online? | No").press("2", ENTER)
    person.sees("Can fees be paid", "» 2 ● No").press(ENTER).sees("Review", "2 Submit").press("2", ENTER)
    person.sees("Submit these answers as Mair?", "» 1 No").press(ENTER).sees("2 Submit").press("2", ENTER)
    person.sees("Submit these", "2 Yes").press("2", ENTER)
    person.sees(
        "Overall: 3.00 of 4, High",
        "Online: 2.00 of 4, Middle",
        "Submitted. The answers are in",
        "maturity explain a.yaml",
    )
    assert person.ends() == 0
    assert made(path) == MADE
    assert sorted(p.name for p in tmp_path.iterdir() if not p.name.startswith(".")) == ["a.yaml"]


def test_in_plain_lines(sit: Callable[..., Person], tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    person = sit("a.yaml", *WANTED, "--plain", rows=200).sees(
        "Question 1 of 5, 0 answered. Online › Forms", "Save and leave\n>"
    )

    def types(line: str, *seen: str) -> None:
        before = len(person.raw)
        person.press(f"{line}\n").hears(before, *seen)

    types("2", "* Some of them.", "Question 2 of 5, 1 answered.")
    types("back", "2 Some of them. (chosen)", "Enter alone chooses 2.")
    types("3", "* All of them.")
    types("yn ôl", "3 All of them. (chosen)")
    types("sure", "2 Fairly sure")
    types("2", "* Kept.")
    types("note", "Enter leaves it out; b goes back.")
    types("Gofyn i Siân: tŷ\n", "Note: Gofyn i Siân: tŷ")
    types("e", "A link, or the paper's name")
    types("https://x.cymru/s", "Its date as in 2026-03-31 or 31 March 2026")
    types("31 March", "! '31 March' is not a date")
    types("31/2/2026", "! There is no day '31/2/2026'.")
    types("31.3.2096", "31 March 2096 is still to come")
    types("1", "Its date as")
    types("31/3/2026", "Evidence: https://x.cymru/s (31 March 2026)")
    types("?", "A list of them with its date.")
    types("", "s Next, keep this answer")
    types("s", "Question 2 of 5, 1 answered")
    types("5", "! '5' is none of these; an empty line lists them again.")
    types("1", "Question 3 of 6, 2 answered", "d Don't know")
    types("lots", "! 'lots' is not a number.")
    types("101", "! 101 is out of range.", "A number from 0 to 100 (%)")
    types("12,5", "* 12.5%", "Question 4 of 6")
    types("b", "Enter or k: Keep: 12.5%")
    types("b", "1 Yes (chosen)")
    types("2", "- 1 earlier answer does not count now", "Question 3 of 5, 2 answered")
    types("skip", "- Left open for now.")
    types("jump", "2 People (0/3)")
    types("2", "Who has tried the forms?")
    types("iaith", "1 Trigolion", "l English")
    types("1 3", "! ", "Neb")
    types("1, 2", "* Trigolion; Staff")
    types("english", "Is there a desk")
    types("score", "Overall: 3.00 of 4, High", "Online: 2.00 of 4, Middle")
    types("", "x Not applicable")
    types("n/a", "Why does it not apply?")
    types("", "! A reason is needed.")
    types("Shared with Newport\n", "* Not applicable: Shared with Newport", "What went well?")
    types("s", "Review", "1 1 unanswered question", "2 Change any answer")
    types("1", "Type the answer itself")
    types("日本語 and Ελληνικά", "an empty line ends it")
    types("", "Nothing is left open.", "2 Submit", "Type a number or a letter:")
    types("7", "! '7' is none of these; an empty line lists them again.")
    types("", "2 Submit", "Type a number or a letter:")
    types("1", "2 Can fees be paid online? | No")
    types("2", "2 No (chosen)")
    types("", "* No")
    types("2", "Submit these answers as Mair?")
    types("", "2 Submit")
    types("2", "Submit these answers as Mair?")
    types("2", "Overall: 3.00 of 4, High", "Submitted. The answers are in", "maturity explain a.yaml")
    assert person.ends() == 0
    assert made(path) == MADE
    # No escape code at all; and nothing but Enter's own carriage returns.
    assert "\x1b" not in person.raw
    assert "\r" not in person.raw.replace("\r\n", "")
