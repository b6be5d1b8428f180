"""What people read in both languages is one: the same parts, commands, links and words of the program.

The READMEs' sample of a problem is true.
"""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENGLISH, WELSH = (ROOT / name for name in ("README.md", "README.cy.md"))
MADE = {"checks.cy.md", "reference.cy.md"}
"""Made from the program's own words, in which other tests keep both languages equal."""
PAIRS = [
    (welsh.with_name(welsh.name.replace(".cy.", ".")), welsh)
    for welsh in (WELSH, ROOT / "CONTRIBUTING.cy.md", *sorted((ROOT / "docs").glob("*.cy.md")))
    if welsh.name not in MADE
]
in_both = pytest.mark.parametrize(("english", "welsh"), PAIRS, ids=[english.stem for english, _ in PAIRS])
SAMPLE = re.compile(r"^    returns/cardiff\.yaml:.*\n(?:    .*\n)+", re.MULTILINE)


def text(path: Path) -> str:
    return SAMPLE.sub("    SAMPLE\n", path.read_text(encoding="utf-8"))


def shape(path: Path) -> list[str]:
    """A line of Markdown each: level of a heading, start of a list's item, row of a table, a command without its remark.

    Of other indented or fenced lines (what the program says, a file's words, a sum) that they are there.
    """
    found, fenced = [], False
    for line in text(path).splitlines():
        if line.startswith("```"):
            fenced = not fenced
            found.append(line)
        elif fenced or line.startswith("    "):
            found.append(line.split("  # ")[0] if line.strip().startswith("maturity ") else "    ...")
        elif start := re.match(r"#+ |- |\||!\[", line):
            found.append(start[0])
    return found


@in_both
def test_the_same_parts_in_the_same_order(english: Path, welsh: Path) -> None:
    assert shape(welsh) == shape(english)


def in_welsh(link: str, page: Path) -> str:
    """A page's or a picture's Welsh counterpart, where there is one: docs/assess.cy.md, images/assess-cy.png."""
    name = Path(link)
    counterparts = [name.with_name(f"{name.stem}{mark}cy{name.suffix}") for mark in ".-"]
    return next((str(one) for one in counterparts if (page.parent / one).is_file()), link)


@in_both
def test_the_same_links_and_pictures(english: Path, welsh: Path) -> None:
    """Each leads to the other language first; in Welsh, on to what is in Welsh."""
    links, theirs = (re.findall(r"\]\(([^)]+)\)", text(path)) for path in (english, welsh))
    assert (links.pop(0), theirs.pop(0)) == (welsh.name, english.name)
    assert theirs == [in_welsh(link, english) for link in links]
    assert all((welsh.parent / link).exists() for link in theirs if not re.match(r"\w+:", link))


@in_both
def test_the_same_words_of_the_program(english: Path, welsh: Path) -> None:
    """Commands, options and files that stand within sentences; their order is the language's."""
    ours, theirs = (set(re.findall(r"`([^`\n]+)`", text(path))) for path in (english, welsh))
    assert theirs == ours


@in_both
def test_the_same_numbers(english: Path, welsh: Path) -> None:
    """Paragraph by paragraph; how often a number is said is the language's."""
    ours, theirs = (
        [set(re.findall(r"\d[\d,.]*\d|\d", one)) for one in re.split(r"\n{2,}", text(path))]
        for path in (english, welsh)
    )
    assert theirs == ours


@in_both
def test_as_many_paragraphs(english: Path, welsh: Path) -> None:
    ours, theirs = (
        [len(part.strip().split("\n\n")) for part in re.split(r"^#+ .*$", text(path), flags=re.MULTILINE)]
        for path in (english, welsh)
    )
    assert theirs == ours


@pytest.mark.parametrize("path", [ENGLISH, WELSH], ids=["en", "cy"])
def test_the_sample_of_a_problem(path: Path, tmp_path: Path) -> None:
    answers = tmp_path / "returns" / "cardiff.yaml"
    answers.parent.mkdir()
    answers.write_text(
        "format: maturity-assessment/1\nquestionnaire: {id: socitm, version: 1.0.0}\norganisation: Cardif\n"
        "period: '2026'\nstatus: draft\nanswers: {}\n",
        encoding="utf-8",
    )
    language = "cy" if path is WELSH else "en"
    command = [sys.executable, "-m", "maturity", "validate", "returns/cardiff.yaml", "--lang", language]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8").stdout
    sample = SAMPLE.search(path.read_text(encoding="utf-8"))
    assert sample
    assert textwrap.dedent(sample[0]).strip() in said
