"""`--plain`: what a typed line chooses, and how it behaves on terminals of every kind."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from maturity.assess.keyboard import Repeats
from maturity.assess.menu import Action, Entry, Menu, Picked
from maturity.assess.plain_choice import choose, listed
from maturity.assess.wording import columns, spelt, wrapped
from maturity.locale.words import Words
from pseudo_terminal import CTRL_C, CTRL_D, Person, held, people

EN = Words("en")
VISITS = str(Path(__file__).parent / "data" / "visits" / "questionnaire.yaml")
ACTIONS = [Action("b", "back", "Back"), Action("q", "leave", "Save and leave")]

needs_terminal = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")


def menu(**more: object) -> Menu:
    entries = [Entry("low", "Low"), Entry("high", "High"), Entry("none", "None", exclusive=True)]
    return Menu(entries, ACTIONS, EN, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "picked"),
    [
        ("1", Picked(values=("low",))),
        ("2.", "'2.' is none of these; an empty line lists them again."),
        ("4", "'4' is none of these; an empty line lists them again."),
        ("0", "'0' is none of these; an empty line lists them again."),
        ("1 2", "Type one number only."),
        ("B", Picked(action="back")),
        ("Nôl", Picked(action="back")),
        ("quit", Picked(action="leave")),
        ("gadael", Picked(action="leave")),
        ("note", "'note' is none of these; an empty line lists them again."),
        ("", ""),
    ],
)
def test_what_a_line_chooses_of_one(typed: str, picked: Picked | str) -> None:
    assert choose(menu(), typed) == picked


@pytest.mark.parametrize(
    ("typed", "picked"),
    [
        ("2 1", Picked(values=("low", "high"))),
        ("1,2;", Picked(values=("low", "high"))),
        ("1 1", Picked(values=("low",))),
        ("1 3", "'None' cannot be chosen together with others."),
        ("3", Picked(values=("none",))),
        ("1 x", "'1 x' is none of these; an empty line lists them again."),
    ],
)
def test_what_a_line_chooses_of_several(typed: str, picked: Picked | str) -> None:
    assert choose(menu(several=True), typed) == picked


def test_an_empty_line_keeps_what_is_chosen() -> None:
    assert choose(menu(chosen=frozenset(["high"])), "") == Picked(values=("high",))
    assert choose(menu(several=True, chosen=frozenset(["high", "low"])), "") == Picked(values=("low", "high"))
    assert choose(menu(several=True), "") == ""


def test_typed_answers_have_letters_beside_them() -> None:
    entries = [Entry(":keep", "Keep: 5 %", key="k"), Entry(":type", "Type another number")]
    number = Menu(entries, ACTIONS, EN, types="digits")
    assert choose(number, "12,5 %") == Picked(typed="12,5 %")
    assert choose(number, "K") == Picked(values=(":keep",))
    assert choose(number, "lots") == "'lots' is not a number."
    text = Menu(entries, ACTIONS, EN, types="anything")
    assert choose(text, "back to basics") == Picked(typed="back to basics")
    assert choose(text, "back") == Picked(action="back")
    assert [line for line, _ in listed(number)] == [
        "k Keep: 5 %",
        "Type the number itself, or a letter:",
        "b\u00a0Back; q\u00a0Save\u00a0and\u00a0leave",
    ]


@pytest.mark.parametrize(
    ("typed", "action"),
    [("nol", "back"), ("Yn ôl", "back"), ("neidio heibio", "skip"), ("ddim yn berthnasol", "not_applicable")],
)
def test_the_words_that_are_shown_are_commands_too(typed: str, action: str) -> None:
    """With or without accents, as "sgor" and "siwr" are: many keyboards have none."""
    shown = [Action("b", "back", "Yn ôl"), Action("s", "skip", ""), Action("x", "not_applicable", "")]
    assert choose(Menu([Entry("one", "1"), Entry("two", "2")], shown, EN), typed) == Picked(action=action)


@pytest.mark.parametrize("typed", ["", "nôl", "b", "2"])
def test_where_one_can_only_go_on_any_line_does(typed: str) -> None:
    help_read = Menu([Entry("stay", "Back to the question")], [], EN, marked=False)
    assert choose(help_read, typed) == Picked(values=("stay",))


def test_text_is_spelt_with_what_a_console_has() -> None:
    assert spelt("tŷ ŵyl – ›", "utf-8") == "tŷ ŵyl – ›"
    assert spelt("tŷ ŵyl, Môn – › →", "cp1252") == "ty wyl, Môn – › ->"
    assert spelt("“Môn” – 日", "ascii") == '"Mon" - ?'


def test_wide_letters_take_two_columns() -> None:
    assert wrapped("one two 日本語字 three four", 14) == ("one two 日本語", "字 three four")
    assert wrapped("Ŵyl", 12) == ("Ŵyl",)
    assert all(columns(line) <= 20 for line in wrapped("日本語の長い文, and words besides " * 9, 20))
    assert wrapped("日本語" * 10, 30) == ("日本語" * 5, "日本語" * 5)
    assert wrapped("", 30) == ("",)
    assert wrapped("abc def", 3) == ("abc def",)  # never narrower than 12


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Callable[..., Person]]:
    with people(tmp_path, "a.yaml", "-q", VISITS) as start:
        yield start


def begun(sit: Callable[..., Person], *arguments: str, **more: object) -> Person:
    return sit("--council", "Cardiff", "--period", "2026", *arguments, **more).sees("Save and leave")


@needs_terminal
def test_a_council_is_found_by_a_part_of_its_name(sit: Callable[..., Person]) -> None:
    person = sit("--plain", rows=60).sees("Which council?").press("mon\n")
    person.sees("! Several councils have that: Isle of Anglesey, Monmouthshire.").press("Atlantis\n")
    person.sees("! No council has that name.").press("Cardif\n").sees("Which period are the answers about?")
    person.press("\n").sees("Your role")
    before = len(person.raw)
    person.press("b\n").hears(before, "Which period").press("2027\n").hears(before, "Your role").press("\n")
    person.sees("Your name").press("\n").sees("Visits 1.0.0: Cardiff, 2027")


@needs_terminal
@pytest.mark.parametrize("name", ["MATURITY_PLAIN", "TERM"])
def test_it_is_plain_where_the_surroundings_say_so(sit: Callable[..., Person], name: str) -> None:
    person = begun(sit, **{name: {"MATURITY_PLAIN": "1", "TERM": "dumb"}[name]})
    person.press("q\n").sees("go on:")
    assert person.ends() == 0
    assert "\x1b" not in person.raw


@needs_terminal
@pytest.mark.parametrize("key", [CTRL_C, CTRL_D, signal.SIGTERM, signal.SIGHUP])
def test_breaking_off_says_what_is_saved(sit: Callable[..., Person], tmp_path: Path, key: str | int) -> None:
    person = begun(sit, "--plain", rows=60).press("2\n").sees("Question 2 of 5")
    if isinstance(key, str):
        person.press(key)
    else:
        os.kill(person.child.pid, key)
    person.sees("Stopped; everything so far is saved in a.yaml. To go on:").hears(0, "--plain")
    assert person.ends() == 130
    assert "Traceback" not in person.raw
    assert held(tmp_path / "a.yaml").endswith("answers:\n  online.forms: some\n")


@needs_terminal
def test_long_and_many_lines_are_pasted_as_one_answer(sit: Callable[..., Person], tmp_path: Path) -> None:
    """Each longer than a terminal takes in a line, with an empty line between, and the last without its end."""
    begun(sit, "--plain", "--dimension", "people", rows=60).press("q\n").ends()
    person = (
        sit("--plain", "--dimension", "people", rows=60).sees("Who has").press("1\n").sees("Is there a desk")
    )
    person.press("1\n").sees("What went well?", "Save and leave")
    lines = [f"Line {n}: " + "tŷ " * 1500 for n in range(1, 3)]
    before = len(person.raw)
    pasted = "\n\n".join(lines)
    for start in range(0, len(pasted), 1000):
        person.press(pasted[start : start + 1000]).hears(before, pasted[start : start + 1000].split("\n")[-1])
    person.hears(before, "Line 2", "tŷ " * 1500)
    assert "Nothing is left open." not in person.raw
    person.press("\n").press("\n").sees("Nothing is left open.").press("q\n")
    assert person.ends() == 0
    text = (tmp_path / "a.yaml").read_text(encoding="utf-8")
    assert all(f"Line {n}: tŷ tŷ" in text for n in range(1, 3))
    assert text.count("tŷ") == 3000


@needs_terminal
def test_the_end_of_a_pasted_note_does_not_answer_the_question(
    sit: Callable[..., Person], tmp_path: Path
) -> None:
    person = begun(sit, "--plain", rows=60).press("n\n").sees("an empty line ends it")
    person.press("Forms: three of\nfive, and lines are\n2").sees("lines are\n2").press("\n").press("\n")
    person.sees("Note: Forms: three of five, and lines are 2").press("q\n")
    assert person.ends() == 0
    text = held(tmp_path / "a.yaml")
    assert "value" not in text
    assert "online.forms:" in text


@needs_terminal
def test_lines_pasted_into_a_menu_choose_nothing(sit: Callable[..., Person], tmp_path: Path) -> None:
    person = begun(sit, "--plain", rows=60).press("1\n2\n").sees("! Several lines came at once").press("q\n")
    assert person.ends() == 0
    assert held(tmp_path / "a.yaml").endswith("answers: {}\n")


@needs_terminal
def test_a_line_is_corrected_as_on_any_terminal(sit: Callable[..., Person], tmp_path: Path) -> None:
    person = begun(sit, "--plain", rows=60).press("n\n").sees("an empty line ends it")
    person.press("gone\x15Tŷ gwny\x7f\x7fyn\x1b[D a thri\x17dau\n").press("\n")
    person.sees("Note: Tŷ gwyn a dau").press("q\n")
    assert person.ends() == 0
    assert "{note: Tŷ gwyn a dau}" in held(tmp_path / "a.yaml")


@needs_terminal
def test_after_a_complaint_an_empty_line_only_lists(sit: Callable[..., Person]) -> None:
    person = begun(sit, "--plain", rows=60).press("2\n").sees("Question 2 of 5").press("b\n")
    person.sees("Enter alone chooses 2").press("9\n").sees("an empty line lists them again.")
    before = len(person.raw)
    person.press("\n").hears(before, "2 Some of them. (chosen)", "Save and leave")
    assert "Question 2" not in person.raw[before:]
    person.press("\n").hears(before, "Question 2 of 5").press("q\n")
    assert person.ends() == 0


@needs_terminal
def test_what_was_being_typed_is_said_to_be_lost(sit: Callable[..., Person]) -> None:
    person = begun(sit, "--plain", rows=60).press("n\n").sees("an empty line ends it").press("Half a")
    person.sees("> Half a").press(CTRL_C).sees(
        "What you were typing is not saved.", "Stopped; everything so far"
    )
    assert person.ends() == 130


def test_enter_that_comes_at_once_after_enter_is_a_key_held_down() -> None:
    times = iter([0, 0.03, 0.06, 0.3, 0.33, 0.34])
    repeats = Repeats(lambda: next(times))
    assert [repeats.enter() for _ in range(4)] == [False, True, True, False]
    repeats.other()
    assert not repeats.enter()


@needs_terminal
@pytest.mark.parametrize("plain", [True, False])
def test_a_console_in_cp1252(sit: Callable[..., Person], *, plain: bool) -> None:
    arguments = ["--plain"] if plain else []
    person = sit(
        "--council", "ynys mon", "--lang", "cy", *arguments, encoding="cp1252", PYTHONIOENCODING="cp1252"
    )
    # The circumflex that the code page has stays, the one that it lacks is left out.
    person.sees("Ynys Môn", "Rhai ohonynt, fel dwr.").press("q\n" if plain else "q")
    assert person.ends() == 0
    assert "Traceback" not in person.raw
