"""`--plain`: what a typed line chooses, and how it behaves on terminals of every kind."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from maturity.assess.menu import Action, Entry, Menu, Picked
from maturity.assess.plain_choice import choose, listed
from maturity.assess.wording import spelt, wrapped
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


def test_text_is_spelt_with_what_a_console_has() -> None:
    assert spelt("tŷ ŵyl – ›", "utf-8") == "tŷ ŵyl – ›"
    assert spelt("tŷ ŵyl, Môn – › →", "cp1252") == "ty wyl, Môn – › ->"
    assert spelt("“Môn” – 日", "ascii") == '"Mon" - ?'


def test_wide_letters_take_two_columns() -> None:
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
    person.press("\n").sees("Your role").press("b\n").press("2027\n").sees("Your role").press("\n").sees(
        "Your name"
    )
    person.press("\n").sees("Visits 1.0.0: Cardiff, 2027")


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
    begun(sit, "--plain", "--dimension", "people", rows=60).press("q\n").ends()
    person = (
        sit("--plain", "--dimension", "people", rows=60).sees("Who has").press("1\n").sees("Is there a desk")
    )
    person.press("1\n").sees("What went well?", "Save and leave")
    lines = [f"Line {n}: " + "tŷ " * 300 for n in range(1, 6)]
    person.press("\n".join(lines) + "\n").sees("Nothing is left open.").press("q\n")
    assert person.ends() == 0
    text = (tmp_path / "a.yaml").read_text(encoding="utf-8")
    assert all(f"Line {n}: tŷ tŷ" in text for n in range(1, 6))
    assert text.count("tŷ") == 1500
    assert "was cut there" not in person.raw


@needs_terminal
def test_a_line_that_the_terminal_cut_is_told(sit: Callable[..., Person], tmp_path: Path) -> None:
    person = begun(sit, "--plain", rows=200).press("n\n").sees("Enter leaves it out").press("x" * 5000 + "\n")
    person.sees("! A terminal takes 4095 bytes in a line").press("q\n")
    assert person.ends() == 0
    assert "x" * 4000 in (tmp_path / "a.yaml").read_text(encoding="utf-8").replace("\n", "").replace(" ", "")


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
