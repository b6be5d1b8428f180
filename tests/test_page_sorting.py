"""Every heading of every table that sorts, against an order of our own, up and down, in both languages."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from browser_pages import LANGUAGES, opened

pytestmark = pytest.mark.system
WELSH = re.findall(r"\S+", "a b c ch d dd e f ff g ng h i j k l ll m n o p ph q r rh s t th u v w x y z")

# All cells of a table's first body as [number, text, whether it is missing] in the order in which they stand.
CELLS = """t => [...t.tBodies[0].rows].map(r => [...r.cells].map(c =>
  [c.dataset.v === undefined ? null : Number(c.dataset.v), c.textContent.trim(), c.classList.contains('n')]))"""
# Presses each heading twice and tells the order after each, as places in the table as it was.
PRESSED = """t => {
  const start = [...t.tBodies[0].rows];
  const told = [];
  for (const heading of t.tHead.rows[0].cells) {
    start.forEach(r => t.tBodies[0].append(r));
    for (let n = 0; n < 2; n++) {
      heading.querySelector('button').click();
      told.push([heading.getAttribute('aria-sort'), [...t.tBodies[0].rows].map(r => start.indexOf(r)),
        t.tHead.querySelectorAll('[aria-sort]').length]);
    }
  }
  start.forEach(r => t.tBodies[0].append(r));
  return told;
}"""


def spelled(name: str, language: str) -> list[int]:
    """A name as places in its language's alphabet; accents, spaces and capitals don't count."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if c.isascii() and c.isalpha())
    letters = WELSH if language == "cy" else [c for c in WELSH if len(c) == 1]
    found = re.findall("|".join(sorted(letters, key=len, reverse=True)), plain)
    return [letters.index(letter) for letter in found]


def words(text: str) -> list[Any]:
    """Text as words and numbers, so that 4 comes before 10."""
    return [
        (0, int(p)) if p.isdigit() else (1, p.strip()) for p in re.split(r"(\d+)", text.lower()) if p.strip()
    ]


def ours(cells: list[list[list[Any]]], column: int, order: list[int], downward: bool) -> list[int]:
    """The order from this order, equals left as they stand, what is missing last."""

    def missing(row: int) -> bool:
        number, text, numeric = cells[row][column]
        return number is None and (numeric or text in ("", "–"))

    def key(row: int) -> Any:
        number, text, _ = cells[row][column]
        return number if number is not None else words(text)

    there = [row for row in order if not missing(row)]
    there = sorted(there, key=key, reverse=downward)
    return there + [row for row in order if missing(row)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["benchmark", "council"])
def test_every_heading_sorts_up_and_down(
    browser: Browser, pages_folder: Path, name: str, language: str
) -> None:
    page = opened(browser, pages_folder, (name, language, "light", 1280))
    tables = page.query_selector_all("table[data-sortable]")
    assert len(tables) >= 3
    numbers = texts = 0
    for table in tables:
        cells = table.evaluate(CELLS)
        told = iter(table.evaluate(PRESSED))
        for column in range(len(cells[0])):
            numbers += sum(row[column][0] is not None for row in cells)
            texts += sum(row[column][0] is None for row in cells)
            order = list(range(len(cells)))
            for state in ("ascending", "descending"):
                order = ours(cells, column, order, state == "descending")
                assert next(told) == [state, order, 1], (cells[0], column)
    assert numbers > 100 and texts > 10
    page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_councils_stand_in_their_languages_alphabet(
    browser: Browser, pages_folder: Path, language: str
) -> None:
    page = opened(browser, pages_folder, ("benchmark", language, "light", 1280))
    names = page.locator("table[data-sortable]:has(#t-scores) tbody:first-of-type th").all_inner_texts()
    names = [name.removeprefix("◆").strip() for name in names]
    assert len(names) > 15 and names == sorted(names, key=lambda n: spelled(n, language))
    page.context.close()


def test_the_alphabet_of_this_test() -> None:
    """Ch after c, dd after d, ng after g, ll after l, rh after r, th after t: not what a computer's letters give."""
    names = [
        "Ceredigion",
        "Cymru",
        "Chwilog",
        "Dyfed",
        "Ddôl",
        "Lôn",
        "Llan",
        "Rwsia",
        "Rhyl",
        "Tywyn",
        "Thomas",
    ]
    assert sorted(names, key=lambda n: spelled(n, "cy")) == names
    assert sorted(names, key=lambda n: spelled(n, "en")) != names
