"""What the interview looks like: screens as text under data/screens, remade with ``MATURITY_SCREENS=1``."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pseudo_terminal import DOWN, ENTER, Person, people

HERE = Path(__file__).parent
SCREENS = HERE / "data" / "screens"
VISITS = HERE / "data" / "visits"
SMALL = HERE / "data" / "small" / "questionnaire.yaml"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")


def looks_like(name: str, person: Person) -> None:
    """Compares the screen with the one on file."""
    path = SCREENS / f"{name}.txt"
    wanted = path.read_text(encoding="utf-8") if path.exists() else ""
    for _ in range(30):
        # Where the file lies differs from machine to machine, and so does how its path is broken into lines.
        seen = person.still().split("\nSubmitted. ")[0]
        if seen == wanted:
            break  # else a slow machine may not be done with it
    if os.environ.get("MATURITY_SCREENS") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(seen, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == seen


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Callable[..., Person]]:
    with people(tmp_path, "a.yaml", "--council", "Cardiff", "--period", "2026") as start:
        yield start


@pytest.mark.parametrize(
    ("name", "columns", "arguments", "environment"),
    [
        ("80", 80, [], {}),
        ("40", 40, [], {"NO_COLOR": "1"}),
        ("80-ascii", 80, [], {"PYTHONIOENCODING": "ascii"}),
        ("80-plain", 80, ["--plain"], {}),
    ],
)
def test_every_kind_of_question(
    sit: Callable[..., Person],
    name: str,
    columns: int,
    arguments: list[str],
    environment: dict[str, str],
) -> None:
    enter = "\n" if "--plain" in arguments else ENTER
    person = sit("-q", str(SMALL), *arguments, columns=columns, **environment).sees("Save and leave")
    looks_like(f"{name}/1-level", person)
    person.press("2", enter).sees("Question 2 of 7", "Not applicable", "Save and leave")
    looks_like(f"{name}/2-yes-no", person)
    person.press("1", enter).sees("Question 3 of 7", "Save and leave")
    looks_like(f"{name}/3-number", person)
    person.press("12", enter).sees("Question 4 of 7", "None of these", "Save and leave")
    looks_like(f"{name}/4-several", person)
    person.press("1 3" if arguments else "13", enter).sees("Question 5 of 7").press("1250", enter)
    person.sees("Question 6 of 7, 5 answered", "Save and leave")
    looks_like(f"{name}/5-text", person)
    if not arguments:
        person.press("Libraries", ENTER).sees("Question 7 of 7", "Save and leave").press("r")
        person.sees("6 of 7 questions are answered.", "Save as a draft and leave")
        looks_like(f"{name}/6-review", person)


@pytest.mark.parametrize(("name", "columns"), [("80", 80), ("40", 40)])
def test_help_and_the_end(sit: Callable[..., Person], name: str, columns: int) -> None:
    visits = (
        "-q",
        str(VISITS / "questionnaire.yaml"),
        "--rubric",
        str(VISITS / "rubric.yaml"),
        "--name",
        "Mair",
    )
    # So many rows that the length of the path at the end moves nothing out of sight.
    person = sit(*visits, columns=columns, rows=200).sees("Save and leave").press("h").sees("Enter goes on.")
    looks_like(f"{name}/7-help", person)
    person.press(ENTER).sees("1 ○ None", "Save and leave").press("2", ENTER).sees("Question 2 of 5")
    person.press("2", ENTER).sees("Who has tried", "Save and leave").press("2", ENTER).sees("Question 4 of 5")
    person.press("1", ENTER).sees("What went well?", "Save and leave").press("Waste", ENTER)
    person.sees("All 5 questions are answered.", "Save as a draft and leave").press("3", ENTER)
    person.sees("Submit these answers as Mair?").press("2", ENTER).sees("Submitted.")
    looks_like(f"{name}/8-end", person)
    assert person.ends() == 0


def test_a_window_that_changes_its_size(sit: Callable[..., Person]) -> None:
    person = sit("-q", str(SMALL)).sees(
        "1 ○ There is no digital strategy, and nobody has been asked to write one."
    )
    # Narrower: the options are broken anew, and none is cut.
    person.resize(44).sees("[q] Save and leave", "1 ○ There is no digital").press(DOWN, DOWN)
    person.sees("» 2 ○ A draft exists", "no committee of", "3 ○")
    shown = " ".join(person.still().split("» 2 ○")[1].split("3 ○")[0].split())
    assert shown.startswith(
        "A draft exists and has been discussed by the management team, but no committee of"
    )
    # Wider, and a few lines only: the pointer stays in sight, and it goes on.
    person.resize(100, 14).press(DOWN, DOWN).sees("» 4 ○ Budgets").resize(80).press(ENTER)
    person.sees("Question 2 of 7", "[q] Save and leave").press("q")
    assert person.ends() == 0


def test_no_colour_is_used_anywhere(sit: Callable[..., Person]) -> None:
    """Weight and slant alone, so that it can be read on dark and on light ground."""
    person = sit("-q", str(SMALL)).sees("[q] Save and leave").press("h").sees("Enter goes on.").press(ENTER)
    person.sees("[q] Save and leave").press("n").sees("Note (Esc").press("x", ENTER).sees("Note: x")
    person.press("j").sees("Services (0/4)").press("b").sees("[q] Save and leave").press("r").sees(
        "Review"
    ).press("q")
    assert person.ends() == 0
    colours = re.findall(r"\x1b\[[0-9;]*?\b(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])m", person.raw)
    assert colours == []
