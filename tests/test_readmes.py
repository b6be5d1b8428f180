"""The two READMEs are one: the same parts, commands, links and words of the program, and the sample of a problem is true."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENGLISH, WELSH = (ROOT / name for name in ("README.md", "README.cy.md"))
SAMPLE = re.compile(r"^    returns/cardiff\.yaml:.*\n(?:    .*\n)+", re.MULTILINE)


def text(path: Path) -> str:
    return SAMPLE.sub("    SAMPLE\n", path.read_text(encoding="utf-8"))


def shape(path: Path) -> list[str]:
    """A line of Markdown each: level of a heading, start of a list's item, row of a table, a command without its remark."""
    found = []
    for line in text(path).splitlines():
        if line.startswith("    "):
            found.append(line.split("  # ")[0])
        elif start := re.match(r"#+ |- |\||!\[", line):
            found.append(start[0])
    return found


def test_the_same_parts_in_the_same_order() -> None:
    assert shape(WELSH) == shape(ENGLISH)


def test_the_same_links_and_pictures() -> None:
    english, welsh = (re.findall(r"\]\(([^)]+)\)", text(path)) for path in (ENGLISH, WELSH))
    assert (english.pop(0), welsh.pop(0)) == (WELSH.name, ENGLISH.name)
    assert welsh == english


def test_the_same_words_of_the_program() -> None:
    """Commands, options and files that stand within sentences; their order is the language's."""
    english, welsh = (Counter(re.findall(r"`([^`\n]+)`", text(path))) for path in (ENGLISH, WELSH))
    assert set(welsh) == set(english)


def test_as_many_paragraphs() -> None:
    english, welsh = (
        [len(part.strip().split("\n\n")) for part in re.split(r"^#+ .*$", text(path), flags=re.MULTILINE)]
        for path in (ENGLISH, WELSH)
    )
    assert welsh == english


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
