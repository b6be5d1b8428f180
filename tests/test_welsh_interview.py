"""The whole interview in Welsh and in English by the same keys: no word of the other language, and the same prompts in turn."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from languages import strange
from pseudo_terminal import CLEAR, DOWN, ENTER, Person, people

VISITS = Path(__file__).parent / "data" / "visits"
OWN = {"Nodyn: tŷ", "Rhesymau da", "Stori dda", "31 Maw", "Mair", "Swyddog", "lots"}
"""What is typed, and said again."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")

# One answer and key after the other, through every kind of question and everything beside it, wrong ones too.
LINES = (
    *("2", "b", "3", "b", "u", "2", "n", "Nodyn: tŷ\n", "e", "https://x.cymru/s", "31 Maw", "31/2/2026", "31.3.2096", "1"),
    *("31/3/2026", "h", "", "s", "5", "1", "lots", "101", "12,5", "b", "b", "2", "s", "j", "2", "1 3", "1 2", "p", ""),
    *("x", "", "Rhesymau da\n", "s", "1", "Stori dda", "", "7", "1", "2", "", "2", "1", "2"),
)  # fmt: skip
MARK = re.compile(r"\s*([*!-])(?= )")
"""What a line begins with that tells what sort it is: kept, refused, or said beside."""


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Callable[..., Person]]:
    known = ("--council", "Conwy", "--period", "2026", "--name", "Mair", "--role", "Swyddog")
    files = ("-q", str(VISITS / "questionnaire.yaml"), "--rubric", str(VISITS / "rubric.yaml"))
    with people(tmp_path, *files, *known) as start:
        yield start


def lines_of(person: Person) -> list[str]:
    """What was written, without what was typed, what is to be copied, and the name of the other language, which is in that."""
    said = re.sub(r"(\bl\]?) (Cymraeg|English)\b", r"\1", person.raw.replace("\r\n", "\n"))
    return [line for line in said.split("\n") if not line.startswith((">", "    maturity "))]


def asked(person: Person, since: int) -> None:
    """Waits for a prompt after the first `since` characters."""
    person._until(lambda: bool(re.search(r"\n> ?$", person.raw[since:])), "a prompt")


def test_in_plain_lines(sit: Callable[..., Person]) -> None:
    marks = {}
    for language in ("en", "cy"):
        person = sit(f"{language}.yaml", "--plain", "--lang", language, columns=200, rows=400)
        since = 0
        for line in LINES:
            asked(person, since)
            since = len(person.raw)
            person.press(f"{line}\n")
        asked(person, since)
        person.press("2\n")
        assert person.ends() == 0
        said = lines_of(person)
        assert strange(said, language, OWN) == []
        marks[language] = [found[1] for line in said if (found := MARK.match(line))]
    assert len(marks["cy"]) > 20
    assert marks["en"] == marks["cy"]


def test_on_the_screen(sit: Callable[..., Person]) -> None:
    """Every kind of screen; each told by what Welsh says on it, and read whole."""
    person = sit("a.yaml", "--lang", "cy", columns=100, rows=60)
    seen: list[str] = []

    def sees(*texts: str) -> Person:
        person.sees(*texts)
        seen.extend(re.sub(r"\[l\] \w+", "", person.still()).splitlines())
        return person

    sees("Cwestiwn 1 o 5").press("h")
    sees("Enter").press(ENTER).sees("[q]").press("u")
    sees("Pa mor siŵr").press("2", ENTER).sees("[q]").press("n")
    sees("Nodyn").press("Nodyn: tŷ", ENTER).sees("Nodyn: tŷ", "[q]").press("e")
    sees("Dolen").press("https://x.cymru/s", ENTER).sees("Ei dyddiad").press("31 Maw", ENTER)
    sees("'31 Maw'").press(CLEAR, "2026-03-31", ENTER).sees("(31 Mawrth 2026)", "[q]").press("3", ENTER)
    sees("Cwestiwn 2 o 5").press("1", ENTER)
    sees("Cwestiwn 3 o 6").press("1", "0", "1", ENTER)
    sees("101").press(CLEAR, "12,5", ENTER)
    sees("Cwestiwn 4 o 6").press(ENTER)
    sees("[q]").press("1", "2", ENTER)
    sees("Cwestiwn 5 o 6").press("j")
    sees("[b]").press("b").sees("Cwestiwn 5 o 6", "[q]").press("p")
    sees("Cyfanswm").press(ENTER).sees("A oes desg", "[q]").press("x")
    sees("Pam").press("Rhesymau da", ENTER)
    sees("Cwestiwn 6 o 6").press("Stori dda", ENTER)
    sees("Adolygu", "[q]").press(DOWN)
    # Another language in the middle, and back.
    person.press("l").sees("Review", "[l] Cymraeg").press("l").sees("[l] English").press("q")
    assert person.ends() == 0
    seen += person.seen.rstrip().splitlines()[-3:]
    assert len(seen) > 100
    assert strange(seen, "cy", OWN) == []
