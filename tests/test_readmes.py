"""What people read in both languages is one: the same parts, commands, links and words of the program.

Every guide is in both. The Welsh has no English words in it. The READMEs' sample of a problem is true.
"""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from guides import MADE, PAIRS, prose
from languages import strange
from maturity.locale.words import Words

ROOT = Path(__file__).parent.parent
ENGLISH, WELSH = (ROOT / name for name in ("README.md", "README.cy.md"))
in_both = pytest.mark.parametrize(("english", "welsh"), PAIRS, ids=[english.stem for english, _ in PAIRS])
IN_ONE = {
    "dependencies.md": "for who builds the program: packages, versions and licences",
    "termau.md": "the glossary is itself in both languages",
}
"""Pages under docs without a Welsh counterpart, and why."""
WELSH_WORDS = {"far": "bar, softened", "led": "lled, softened"}
"""Words of the Welsh that look English."""
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


OTHERWISE = {
    "Who was asked? (note)": "Pwy a holwyd? (nodyn)",
    "Which ways? [By telephone]": "Pa ffyrdd? [Dros y ffôn]",
    "file[sheet]!cell": "ffeil[taflen]!cell",
    "file:line:column": "ffeil:llinell:colofn",
}
"""Words that stand for what a reader would have there, and are no program's: English → Welsh."""


def in_help(span: str) -> str:
    """Code with the names of arguments as Welsh help has them."""
    if span in OTHERWISE:
        return OTHERWISE[span]
    capitals = r"(?<![A-Z])[A-Z]{3,}(?![A-Z])"
    return re.sub(capitals, lambda name: {"REVISION": "DIWYGIAD"}.get(name[0]) or Words("cy")(name[0]), span)


@in_both
def test_the_same_words_of_the_program(english: Path, welsh: Path) -> None:
    """Commands, options and files that stand within sentences; their order is the language's, as are names of arguments."""
    ours, theirs = (set(re.findall(r"`([^`\n]+)`", text(path))) for path in (english, welsh))
    assert theirs == {in_help(span) for span in ours}


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


def test_every_guide_is_in_welsh() -> None:
    guides = {page.name for page in (ROOT / "docs").glob("*.md") if not page.name.endswith(".cy.md")}
    alone = {name for name in guides if not (ROOT / "docs" / name.replace(".md", ".cy.md")).is_file()}
    assert alone == set(IN_ONE)


def english_in(page: Path) -> list[tuple[str, set[str]]]:
    """The paragraphs with English words. In pages that are made, keys of files stand in quotes: 'from: [...]'."""
    said = [re.sub(r"'\w+: \[", " ", part) if page.name in MADE else part for part in prose(page)]
    found = [(part, words - set(WELSH_WORDS)) for part, words in strange(said, "cy")]
    return [(part, words) for part, words in found if words]


@pytest.mark.parametrize(
    "page", [WELSH, *sorted((ROOT / "docs").glob("*.cy.md"))], ids=lambda page: page.name
)
def test_no_english_in_the_welsh(page: Path) -> None:
    """None of the commonest English words, outside of code, quotation marks and names of files."""
    assert len(prose(page)) > 5
    assert english_in(page) == []


def test_english_is_found(tmp_path: Path) -> None:
    page = tmp_path / "x.cy.md"
    page.write_text(
        "# Pennod\n\nMae hwn yn iawn,\n`the code` a [dolen](the.md).\n\n    the code\n\n- Eitem y\n  people yma\n\n"
        "```yaml\nwhich: one\n```\n\n| gair | because |\n|---|---|\n| “people” | dim |\n\n> Nid yw\n> without yn Gymraeg.\n",
        encoding="utf-8",
    )
    assert [words for _, words in english_in(page)] == [{"people"}, {"because"}, {"without"}]


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
