"""Whatever is made in English is made of the same parts in Welsh: pages, workbooks, tables on the terminal, data.

tests/structure.py says what a part is. Words are not looked at here, other tests do that; that there are some is.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import typer

import report_data as data
from browser_pages import PAGES, respondents
from maturity.benchmark.disclosure import Mode
from maturity.cli.commands import add_to
from maturity.intake.annotate import annotated
from maturity.intake.merge import merge
from maturity.intake.merge_agenda import agenda_workbook
from maturity.intake.scored import Scored
from maturity.intake.template import template_workbook
from maturity.intake.workbook import read_template
from maturity.locale.words import SideBySide, Words
from maturity.models.register import Register
from maturity.models.text import LANGUAGES, Language
from maturity.reports.html import benchmark_page, council_page
from maturity.reports.pack import Pack, pack_index
from maturity.reports.scores import scores_rows
from maturity.reports.summary import council_summary
from maturity.reports.theme import open_theme
from maturity.reports.workbook import benchmark_workbook, scores_workbook
from maturity.scoring.score import Scorer
from maturity.sources.registers import wales
from structure import Book, Node, Reader, Said, differences, page_tree, workbook_tree
from test_annotate import HEADINGS, spoilt
from test_welsh_terminal import COMMANDS, ROOT, Terminal
from test_welsh_walk import DAY, OWN, parts
from workbook_data import (
    MADE_ON,
    SPEECHES,
    Speech,
    assessment,
    edited,
    open_small,
    rezipped,
    template,
)
from workbook_data import benchmark as small_benchmark

MADE_UP = data.register(22)
"""Where the councils of the benchmark with every part are."""


def compared(make: Callable[[Language], str | bytes], places: Register) -> list[str]:
    """How what is made in English and in Welsh differ."""
    english, welsh = (tree(make(language), language, places) for language in LANGUAGES)
    assert sum(1 for _ in walk(english)) > 100
    return differences(english, welsh)


def tree(made: str | bytes, language: Language | None, places: Register) -> Node:
    if isinstance(made, bytes):
        return workbook_tree(made, language, places)
    assert language is not None
    return page_tree(made, language, places)


def walk(node: Node) -> Iterator[Node]:
    yield node
    for one in node.inside:
        if isinstance(one, Node):
            yield from walk(one)


# Pages


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_the_examples(pages_folder: Path, name: str) -> None:
    def page(language: Language) -> str:
        return (pages_folder / f"{name}-{language}.html").read_text(encoding="utf-8")

    assert compared(page, wales()) == []


SEEN: list[tuple[Mode, bool]] = [("named", False), ("named", True), ("own", True), ("public", False)]
"""For whom, and whether the last period was scored by another rubric."""


@pytest.mark.parametrize(("mode", "broken"), SEEN)
def test_pages_and_workbooks_with_every_part(mode: Mode, broken: bool) -> None:
    scorer, benchmark, answers = parts(mode, broken)
    own = None if mode == "public" else OWN

    def page(language: Language) -> str:
        return benchmark_page(scorer, benchmark, language, made_on=DAY, council=own)

    def workbook(language: Language) -> bytes:
        return benchmark_workbook(scorer, benchmark, language, made_on=DAY, council=own)

    def council(language: Language) -> str:
        return council_page(scorer, benchmark, OWN, language, assessment=answers, made_on=DAY)

    def summary(language: Language) -> str:
        return council_summary(scorer, benchmark, OWN, language, assessment=answers, made_on=DAY)

    made = [page, workbook, *([council] if own else []), *([summary] if mode == "own" else [])]
    assert [compared(one, MADE_UP) for one in made] == [[]] * len(made)


def test_a_packs_list_of_reports() -> None:
    scorer, benchmark, answers = parts("named", False)
    pack = Pack(scorer, benchmark, {OWN: answers}, LANGUAGES, DAY)
    # Each leads to the other, and lists the reports in both languages.
    places = {"index-cy.html": "the other", "index.html": "the other"}

    def index(language: Language) -> str:
        text = pack_index(pack, language)
        return re.sub("|".join(places), lambda found: places[found[0]], text)

    assert compared(index, MADE_UP) == []


def test_pages_in_a_theme() -> None:
    scorer, benchmark, answers = parts("own", True)
    theme = open_theme(ROOT / "examples" / "theme")[0]

    def page(language: Language) -> str:
        return council_page(scorer, benchmark, OWN, language, assessment=answers, made_on=DAY, theme=theme)

    assert compared(page, MADE_UP) == []


# Workbooks


@pytest.fixture(scope="module")
def books() -> dict[str, dict[Speech, bytes]]:
    """Small workbooks: a template with answers, that which is sent back, and a benchmark."""
    templates = {speech: template(speech, assessment()) for speech in SPEECHES}
    compared = small_benchmark()
    return {
        "template": templates,
        "empty": {speech: template(speech) for speech in SPEECHES},
        "copy": {speech: sent_back(content, speech) for speech, content in templates.items()},
        "benchmark": {one: benchmark_workbook(*compared, one, made_on=MADE_ON) for one in LANGUAGES},
    }


def sent_back(content: bytes, speech: Speech) -> bytes:
    """A template with mistakes in it, as it goes back to who filled it in."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.xlsx")
        path.write_bytes(edited(content, lambda workbook: spoilt(workbook, HEADINGS[speech])))
        problems = read_template(path, "a.xlsx", open_by_name=open_small)[1]
        copy = annotated(path, problems, MADE_ON, open_by_name=open_small)
    assert copy is not None
    return copy


@pytest.mark.parametrize("name", ["template", "empty", "copy", "benchmark"])
def test_workbooks(books: dict[str, dict[Speech, bytes]], name: str) -> None:
    assert compared(lambda language: books[name][language], wales()) == []


@pytest.mark.parametrize("name", ["template", "empty", "copy"])
def test_workbooks_side_by_side(books: dict[str, dict[Speech, bytes]], name: str) -> None:
    """Where both are said, what is said in English is taken twice too: only what is said once is looked at."""
    english, both = (workbook_tree(books[name][speech], None, wales()) for speech in ("en", "both"))
    found = differences(english, both)
    assert found == []


def template_of(scorer: Scorer, words: Words) -> bytes:
    return template_workbook(
        scorer.questionnaire,
        "0" * 64,
        words,
        organisation=None,
        period=None,
        register=wales(),
        made_on=DAY,
    )


def test_the_template_of_the_bundled_questionnaire(scorer: Scorer) -> None:
    assert compared(lambda language: template_of(scorer, Words(language)), wales()) == []
    english, both = (
        workbook_tree(template_of(scorer, words), None, wales()) for words in (Words("en"), SideBySide())
    )
    assert differences(english, both) == []


def test_the_workbook_of_an_agenda(scorer: Scorer, scored_2026: list[Scored]) -> None:
    agreed = merge(scorer.questionnaire, respondents([s.assessment for s in scored_2026])).assessment

    def made(language: Language) -> bytes:
        return agenda_workbook(
            scorer.questionnaire, "0" * 64, agreed, Words(language), register=wales(), made_on=DAY
        )

    assert compared(made, wales()) == []


def test_the_workbook_of_scores(scorer: Scorer, scored_2026: list[Scored]) -> None:
    some = scored_2026[:7]
    cards = [s.scorecard for s in some]

    def made(language: Language) -> bytes:
        rows = [scores_rows(scorer, some, language, long=long) for long in (False, True)]
        return scores_workbook(scorer, cards, wales(), language, DAY, rows)

    assert compared(made, wales()) == []


# On the terminal and as data


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What a command writes to stdout, or if there is nothing to stderr; lines never end for want of room."""
    app = typer.Typer()
    add_to(app)
    monkeypatch.chdir(ROOT)
    for name, value in {"COLUMNS": "4000", "LINES": "2000", "TERM": "dumb", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)

    def tell(*arguments: str) -> str:
        out, error = Terminal(), Terminal()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", out)
            patched.setattr(sys, "stderr", error)
            app(arguments, prog_name="maturity", standalone_mode=False)
        return out.getvalue() or error.getvalue()

    return tell


TWICE = {"rubric": ("60",)}
"""Numbers that Welsh says once more: of a share that two things need it says so for each, *ohoni* and *ohono*."""


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "validate"])
def test_tables_on_the_terminal(told: Callable[..., str], name: str) -> None:
    english, welsh = (lines(told(*COMMANDS[name], "--lang", language), language) for language in LANGUAGES)
    assert english
    more, less = Counter(welsh), Counter(english)
    more.subtract(less)
    differ = {line: n for line, n in more.items() if n}
    numbers = Counter(number for line, n in differ.items() for number in line.numbers if n > 0)
    numbers.subtract(number for line, n in differ.items() for number in line.numbers if n < 0)
    assert len(english) == len(welsh)
    assert (len(differ), sorted(numbers.elements())) == (2 if name in TWICE else 0, [*TWICE.get(name, ())])


def lines(text: str, language: Language) -> list[Said]:
    read = Reader(language, wales())
    return [read(line) for line in text.splitlines() if line.strip()]


JSON = {
    "score": ("score", "examples/wales-2026", "--format", "json"),
    "explain": ("explain", "examples/wales-2026/cardiff.yaml", "--format", "json"),
    "findings": ("findings", "examples/wales-2026", "--format", "json"),
    "plan": ("show", "socitm", "--plan", "--json"),
}


@pytest.mark.parametrize("name", JSON)
def test_data_is_the_same_to_the_letter(told: Callable[..., str], name: str) -> None:
    english, welsh = (told(*JSON[name], "--lang", language) for language in LANGUAGES)
    assert json.loads(english) and english == welsh


CSV = {
    "score": ("score", "examples/wales-2026", "--format", "csv"),
    "long": ("score", "examples/wales-2026", "--format", "csv", "--long"),
    "findings": ("findings", "examples/wales-2026", "--previous", "examples/wales-2017", "--format", "csv"),
}


@pytest.mark.parametrize("name", CSV)
def test_tables_as_csv(told: Callable[..., str], name: str) -> None:
    """The same columns, and the same rows but for words."""
    found = []
    for language in LANGUAGES:
        head, *rows = csv.reader(io.StringIO(told(*CSV[name], "--lang", language)))
        read = Reader(language, wales())
        found.append((head, Counter(tuple(read(cell) if cell else "" for cell in row) for row in rows)))
    assert found[0] == found[1] and len(found[0][1]) > 20


def test_problems_as_data(told: Callable[..., str]) -> None:
    """Of every file with a mistake: the same places, codes and facts; messages and remedies with the same numbers and names."""
    found = []
    for language in LANGUAGES:
        answer = json.loads(
            told("validate", "tests/data/checks/negative", "--format", "json", "--lang", language)
        )
        for problem in answer["problems"]:
            # A scorecard calls one council by two councils' names: each message has that of its own language.
            if "C031-name" in problem["file"]:
                problem["message"] = problem["remedy"] = "a name of the file's"
        found.append(without_words(answer, language))
    assert len(found[0]["problems"]) > 500
    assert [
        pair for pair in zip(*(one["problems"] for one in found), strict=True) if pair[0] != pair[1]
    ] == []
    assert found[0] == found[1]


def test_what_migrating_does_as_data(told: Callable[..., str]) -> None:
    command = ("migrate", "examples/wales-2017/cardiff.yaml", "--dry-run", "--format", "json", "--lang")
    english, welsh = (without_words(json.loads(told(*command, one)), one) for one in LANGUAGES)
    assert english == welsh and english["files"]


def without_words(answer: dict[str, Any], language: Language) -> dict[str, Any]:
    """Data that says in which language its sentences are; of those, only what both languages share."""
    assert answer.pop("language") == language
    return sentences(answer, Reader(None, wales()))


def sentences(node: Any, read: Callable[[str], Said], key: str = "") -> Any:
    if isinstance(node, dict):
        return {name: sentences(value, read, name) for name, value in node.items()}
    if isinstance(node, list):
        return [sentences(value, read, key) for value in node]
    return read(node) if isinstance(node, str) and key in ("message", "remedy", "told") else node


# That what is missing is seen


def listed(*items: str) -> str:
    return f"<ul>{''.join(f'<li>{one}</li>' for one in items)}</ul>"


@pytest.mark.parametrize(
    ("english", "welsh", "same"),
    [
        (listed("Cardiff 1", "Swansea 2"), listed("Abertawe 2", "Caerdydd 1"), True),
        (listed("Cardiff 1", "Swansea 2"), listed("Abertawe 1", "Caerdydd 2"), False),
        (listed("Cardiff 1", "Swansea 2"), listed("Abertawe 2", "Abertawe 1"), False),
        (listed("One 1", "Two 2"), listed("Dau 2", "Un 1"), False),
        ("<p>Cardiff and Swansea: 1,250</p>", "<p>1250 yn Abertawe a Chaerdydd (Caerdydd)</p>", True),
        ("<p>Cardiff has 2</p>", "<p>Dau sydd gan Gaerdydd</p>", False),
        ("<p>Some words</p>", "<p></p>", False),
        ('<html lang="en"><p lang="cy">a</p></html>', '<html lang="cy"><p lang="en">a</p></html>', True),
        ('<html lang="en"><p>a</p></html>', '<html lang="en"><p>a</p></html>', False),
    ],
)
def test_what_may_differ(english: str, welsh: str, same: bool) -> None:
    trees = (page_tree(text, one, wales()) for text, one in zip((english, welsh), LANGUAGES, strict=True))
    assert (differences(*trees) == []) is same


PAGE_LOSSES = {
    "a row": (r"<tr>.*?</tr>", ""),
    "a column": (r'<th scope="col.*?</th>', ""),
    "a cell": (r"<td[ >].*?</td>", ""),
    "what a cell sorts by": (r' data-v="[^"]*"', ' data-v="9999"'),
    "a caption": (r"<caption.*?</caption>", ""),
    "a section": (r"<section.*?</section>", ""),
    "a heading": (r"<h3.*?</h3>", ""),
    "a heading's level": (r"<h3(.*?)</h3>", r"<h4\1</h4>"),
    "an anchor": (r'(<main.*?) id="[^"]+"', r"\1"),
    "where a link leads": (r'href="#(?!main)[^"]+"', 'href="#elsewhere"'),
    "a link": (r'<a href="#(?!main).*?</a>', ""),
    "a figure": (r"<figure.*?</figure>", ""),
    "a drawing's name": (r' aria-label="[^"]+"', ""),
    "a role": (r' role="[^"]+"', ""),
    "a bar": (r'(<main.*?)<rect class="iqr".*?/>', r"\1"),
    "a bar's length": (r'(<main.*?<rect [^>]*width=")[^"]+', r"\g<1>1%"),
    "a drawing's words": (r"<text.*?</text>", ""),
    "a definition": (r"<dd.*?</dd>", ""),
    "a line of a list": (r"<li>.*?</li>", ""),
    "words": (r"<p>[^<]+</p>", "<p></p>"),
    "a number": (r"(<td[^<]*<span[^>]*>)\d\.\d\d", r"\g<1>9.99"),
    "a class": (r'(<main.*?) class="[^"]+"', r"\1"),
    "a download": (r'<a [^>]*download="[^"]*".*?</a>', ""),
    "a line of a download": (r"(?<=;base64,)[^\"]{400,}", "TG93bg=="),
    "what is hidden": (r' aria-hidden="true"', ""),
    "a button": (r"<button.*?</button>", ""),
    "a footer": (r"<footer.*?</footer>", ""),
}


@pytest.mark.parametrize("lost", PAGE_LOSSES)
def test_what_a_page_lacks_is_seen(council_pages: tuple[Node, str], lost: str) -> None:
    english, welsh = council_pages
    pattern, instead = PAGE_LOSSES[lost]
    changed, times = re.subn(pattern, instead, welsh, count=1, flags=re.DOTALL)
    assert times == 1 and changed != welsh
    assert differences(english, page_tree(changed, "cy", MADE_UP))


@pytest.fixture(scope="module")
def council_pages() -> tuple[Node, str]:
    """A council's own page: in English as a tree, in Welsh as it is written."""
    scorer, benchmark, answers = parts("own", True)
    english, welsh = (
        council_page(scorer, benchmark, OWN, language, assessment=answers, made_on=DAY)
        for language in LANGUAGES
    )
    return page_tree(english, "en", MADE_UP), welsh


SHEET = r"xl/worksheets/sheet\d+\.xml"
WORKBOOK_LOSSES = {
    ("benchmark", "a sheet"): (r"xl/workbook\.xml", r"<sheet [^>]*/>", ""),
    ("benchmark", "a row"): (SHEET, r'<row r="6".*?</row>', ""),
    ("benchmark", "a cell"): (SHEET, r'<c r="B6".*?</c>', ""),
    ("benchmark", "a number"): (SHEET, r"<v>\d+\.\d+</v>", "<v>9.99</v>"),
    ("benchmark", "a number's format or a cell's looks"): (SHEET, r'(<c r="B6"[^>]* s=)"\d+"', r'\1"0"'),
    ("benchmark", "a formula"): (SHEET, r"<f>[^<]*</f>", "<f>1+1</f>"),
    ("benchmark", "a table's column"): (r"xl/tables/", r"<tableColumn [^>]*/>", ""),
    ("benchmark", "a table's reach"): (r"xl/tables/", r'ref="A4:([A-Z])\d+"', r'ref="A4:\g<1>5"'),
    ("benchmark", "a chart"): (r"xl/drawings/", r"<oneCellAnchor>.*?</oneCellAnchor>", ""),
    ("benchmark", "a chart's alternative"): (r"xl/drawings/", r'descr="[^"]*"', ""),
    ("benchmark", "a series of a chart"): (r"xl/charts/", r"<ser>.*?</ser>", ""),
    ("benchmark", "where a series lies"): (r"xl/charts/", r"(<f>[^<]*!)\$A\$5", r"\1$A$6"),
    ("benchmark", "a condition"): (SHEET, r"<cfRule.*?</cfRule>", ""),
    ("benchmark", "how a condition looks"): (
        r"xl/styles\.xml",
        "</styleSheet>",
        "<dxfs><dxf/></dxfs></styleSheet>",
    ),
    ("benchmark", "a width"): (SHEET, r"<col [^>]*/>", ""),
    ("benchmark", "rows that every printed page repeats"): (r"xl/workbook\.xml", r"\$4:\$4", "$5:$5"),
    ("benchmark", "how it is printed"): (SHEET, r"<pageSetup [^>]*/>", ""),
    ("benchmark", "what stands below a printed page"): (SHEET, r"<oddFooter>.*?</oddFooter>", ""),
    ("benchmark", "a way back"): (SHEET, r"<hyperlink [^>]*/>", ""),
    ("benchmark", "where a link leads"): (SHEET, r'(<hyperlink [^>]*location=")[^"]*"', r'\1x!A1"'),
    ("benchmark", "a title"): (r"docProps/core", r"<dc:title>.*?</dc:title>", ""),
    ("benchmark", "its language"): (r"docProps/core", "cy-GB", "en-GB"),
    ("template", "a rule of a cell"): (SHEET, r"<dataValidation .*?</dataValidation>", ""),
    ("template", "where a rule holds"): (SHEET, r'(<dataValidation sqref=")[^"]*"', r'\1Z99"'),
    ("template", "what a rule says"): (SHEET, r' prompt="[^"]*"', ""),
    ("template", "protection"): (SHEET, r"<sheetProtection [^>]*/>", ""),
    ("template", "a locked workbook"): (r"xl/workbook\.xml", r' lockStructure="1"', ""),
    ("template", "what stays in sight"): (SHEET, r"<pane [^>]*/>", ""),
    ("template", "a name"): (r"xl/workbook\.xml", r"<definedName .*?</definedName>", ""),
    ("template", "a hidden sheet"): (r"xl/workbook\.xml", r'state="hidden"', 'state="visible"'),
    ("template", "a line of a list"): (SHEET, r'(<c r="B3".*?<t>)[^<]*', r"\1"),
    ("copy", "a comment"): (r"xl/comments", r"<comment .*?</comment>", ""),
    ("copy", "a link to what is wrong"): (SHEET, r"<hyperlink [^>]*/>", ""),
}


@pytest.mark.parametrize(("name", "lost"), WORKBOOK_LOSSES)
def test_what_a_workbook_lacks_is_seen(
    books: dict[str, dict[Speech, bytes]], english_books: dict[str, Book], name: str, lost: str
) -> None:
    part, pattern, instead = WORKBOOK_LOSSES[name, lost]
    where = ""

    def lose(path: str, content: bytes) -> bytes:
        nonlocal where
        if where or not re.match(part, path):
            return content
        text, times = re.subn(pattern, instead, content.decode(), count=1, flags=re.DOTALL)
        where = path if times else ""
        return text.encode()

    changed = Book(rezipped(books[name]["cy"], lose), "cy", wales())
    assert where
    # Only where it was lost is looked for it, which is quicker.
    assert differences(english_books[name].tree(where), changed.tree(where))


@pytest.fixture(scope="module")
def english_books(books: dict[str, dict[Speech, bytes]]) -> dict[str, Book]:
    return {name: Book(made["en"], "en", wales()) for name, made in books.items()}
