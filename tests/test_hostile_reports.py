"""Pages, workbooks, downloads and the terminal with words that mean harm, for nobody, for one and for crowds."""

from __future__ import annotations

import csv
import io
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from playwright.sync_api import Browser

import hostile_data as hostile
from browser_pages import CHECKS, LONG, OPEN_ALL, PAPER
from hostile_data import CASES, OWN, SIZES, Case
from maturity.benchmark.compare import Scored
from maturity.benchmark.disclosure import disclose
from maturity.cli.safe import printable
from maturity.intake.annotate import annotated
from maturity.intake.merge import merge
from maturity.intake.merge_read import Sheet
from maturity.intake.scored import Scored as ScoredOne
from maturity.intake.workbook import read_template
from maturity.locale.words import Words
from maturity.models.assessment import Assessment
from maturity.models.benchmark import Benchmark
from maturity.models.direction import isolated, without_controls
from maturity.models.text import LANGUAGES, Language, Text
from maturity.reports.agenda import agenda_page
from maturity.reports.figures import short_name
from maturity.reports.html import benchmark_page, council_page
from maturity.reports.open_package import open_data
from maturity.reports.pack import paths_of
from maturity.reports.scores import scores_csv, scores_rows
from maturity.reports.tables import FORMULA_STARTERS, guarded
from maturity.reports.workbook import benchmark_workbook
from maturity.scoring.score import Scorer
from test_html import DAY, Page
from test_html_parts import downloads
from workbook_data import MADE_ON, assessment, cell_of, open_small, template, through_libreoffice

ROOT = Path(__file__).parent.parent
Look = tuple[Case, str, Language, int]
SAMPLE: list[Look] = [("one", "council", "cy", 320), ("nothing", "benchmark", "en", 320)]
LOOKS: list[Look] = (
    [
        (case, name, language, width)
        for case, name, language, width in product(
            CASES, ("benchmark", "council"), LANGUAGES, (320, 1280, PAPER)
        )
    ]
    if LONG
    else SAMPLE
)


class Cases:
    """Benchmarks and pages of the cases, each made once."""

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer
        self.made = cache(self._made)
        self.drawn = cache(self._drawn)

    def _made(self, case: Case, tame: bool) -> tuple[Benchmark, dict[str, Scored]]:
        return hostile.whole(self.scorer, case, tame=tame)

    def _drawn(self, case: Case, name: str, language: Language, tame: bool) -> str:
        benchmark, now = self.made(case, tame)
        if name == "benchmark":
            return benchmark_page(self.scorer, benchmark, language, made_on=DAY, council=OWN)
        return council_page(self.scorer, benchmark, OWN, language, assessment=now[OWN][0], made_on=DAY)


@pytest.fixture(scope="module")
def cases(scorer: Scorer) -> Cases:
    return Cases(scorer)


# Every element with what it stands in, its class and its attributes' names, and how often; a tile's small letters aside.
SHAPE = """() => {
  const found = {};
  for (const e of document.querySelectorAll('*')) {
    let path = '';
    for (let at = e; at; at = at.parentElement) path = at.localName + '>' + path;
    const kind = (e.getAttribute('class') ?? '').replace('short long', 'short');
    const key = `${path} ${kind} ${[...e.attributes].map(a => a.name).sort()}`;
    found[key] = (found[key] ?? 0) + 1;
  }
  return found;
}"""
# Text beside an isolated piece that the piece has carried off: what comes later in a line stands further right. A text of a
# person's own, which turns as its first letter does, is left alone.
CARRIED = """() => {
  const wrong = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent;
    if (!/[\\u0590-\\u08ff]/.test(text) || node.parentElement.closest('[dir=auto], script, style, title') || !node.parentElement.checkVisibility()) continue;
    let depth = 0, last = null;
    for (let n = 0; n < text.length; n++) {
      if (text[n] === '\\u2068') depth++;
      else if (text[n] === '\\u2069') depth--;
      else if (depth === 0 && text[n].trim()) {
        range.setStart(node, n); range.setEnd(node, n + 1);
        const box = range.getBoundingClientRect();
        if (/[\\u0590-\\u08ff]/.test(text[n])) wrong.push('alone: ' + text.slice(0, 60));
        if (last && Math.abs(last.top - box.top) < 2 && box.left < last.left - 0.5) wrong.push(text.slice(0, 60));
        last = box;
      }
    }
  }
  return [...new Set(wrong)];
}"""


def looked_at(browser: Browser, path: Path, width: int, *, checked: bool = True) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: told.append(dialog.message))
    page.on("request", lambda request: told.append(request.url) if request.url != path.as_uri() else None)
    page.goto(path.as_uri())
    if width == PAPER:
        page.emulate_media(media="print")
    page.evaluate(OPEN_ALL)
    page.evaluate(CHECKS)
    found = {"told": told, "title": page.title(), "shape": page.evaluate(SHAPE)}
    if not checked:
        context.close()
        return found
    found |= {
        "room": page.evaluate("document.documentElement.scrollWidth") <= width,
        "clashes": page.evaluate("checks.clashes()"),
        "cut": page.evaluate("sideways => checks.cut(sideways)", width != PAPER),
        "carried": page.evaluate(CARRIED),
    }
    context.close()
    return found


@pytest.mark.system
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_hostile_page_is_its_tame_twin_with_other_words(
    browser: Browser, cases: Cases, tmp_path: Path, look: Look
) -> None:
    """Nothing runs, no element is added, nothing is asked for; everything fits, and no name moves what stands beside it."""
    case, name, language, width = look
    found = []
    for tame in (False, True):
        path = tmp_path / f"{tame}.html"
        path.write_text(cases.drawn(case, name, language, tame), encoding="utf-8")
        found.append(looked_at(browser, path, width, checked=LONG or not tame))
    one, twin = found
    assert one["shape"] == twin["shape"]
    assert one["title"] not in ("ran", "1")
    for each in found if LONG else found[:1]:
        assert each["told"] == []
        assert each["room"] and each["clashes"] == [] and each["cut"] == [] and each["carried"] == []


@pytest.mark.system
def test_what_these_checks_are_for_they_find(browser: Browser, cases: Cases, tmp_path: Path) -> None:
    """A name that is let in as markup, and one that is not isolated."""
    text = cases.drawn("nothing", "council", "en", False)
    path = tmp_path / "page.html"
    path.write_text(text, encoding="utf-8")
    sound = looked_at(browser, path, 1280)
    path.write_text(
        re.sub("&lt;(?=[a-z])", "<", text).replace("\u2068", "").replace("\u2069", ""), encoding="utf-8"
    )
    broken = looked_at(browser, path, 1280)
    assert sound["shape"] != broken["shape"]
    assert sound["carried"] == [] and broken["carried"] != []


def agenda(scorer: Scorer, *, tame: bool) -> str:
    places = hostile.register("nothing", tame=tame)
    answers = list(
        hostile.assessments(scorer, places, "crowd", "2026", tame=tame, n=6 if LONG else 3).values()
    )
    sheets = [
        Sheet(one.model_copy(update={"organisation": places.organisations[0].code}), f"{n}.yaml")
        for n, one in enumerate(answers)
    ]
    agreed = merge(scorer.questionnaire, sheets).assessment
    return agenda_page(scorer.questionnaire, agreed, "en", register=places, made_on=DAY)


@pytest.mark.system
def test_an_agenda_of_hostile_respondents(browser: Browser, scorer: Scorer, tmp_path: Path) -> None:
    for tame in (False, True) if LONG else (False,):
        path = tmp_path / f"{tame}.html"
        path.write_text(agenda(scorer, tame=tame), encoding="utf-8")
        found = looked_at(browser, path, 320)
        assert found["told"] == [] and found["room"] and found["clashes"] == [] and found["cut"] == []
        assert {key.split("> ")[0].rpartition(">")[2] for key in found["shape"]} <= {
            "html", "head", "meta", "title", "style", "body", "a", "header", "svg", "rect", "div", "p", "span", "main",
            "h1", "h2", "h3", "h4", "ul", "ol", "li", "strong", "table", "caption", "thead", "tbody", "tr", "th", "td",
            "footer", "script", "small", "section", "details", "summary", "code", "dl", "dt", "dd", "nav", "button",
        }  # fmt: skip


# Workbooks and downloads


def formulas(content: bytes) -> list[tuple[str, str, str]]:
    """Every cell with a formula or an error: its sheet, place and what it is."""
    return [
        (sheet.title, cell.coordinate, str(cell.value))
        for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type in "fe"
    ]


@pytest.mark.parametrize("case", CASES if LONG else ("nothing",))
def test_workbooks_hold_no_formula_but_ours(cases: Cases, case: Case, tmp_path: Path) -> None:
    books = [
        benchmark_workbook(cases.scorer, cases.made(case, tame)[0], "en", made_on=DAY, council=OWN)
        for tame in (False, True)
    ]
    found = [formulas(book) for book in books]
    assert {sheet for sheet, _, _ in found[0]} <= {"Explore weights"}
    # The order of names differs, so do the rows; of each formula there are as many.
    shapes = [sorted(re.sub(r"\d+", "", formula) for _, _, formula in some) for some in found]
    assert shapes[0] == shapes[1]
    if LONG:
        saved = formulas(through_libreoffice(books[0], tmp_path, "xlsx"))
        assert len(saved) == len(found[0])
        assert not [f for f in saved if re.search(r"HYPERLINK|cmd|#REF|#NAME|Err:", f[2])]


def test_copies_that_go_back_hold_no_formula_of_theirs(tmp_path: Path) -> None:
    """An annotated copy of a workbook whose notes, evidence and problems are formulas and markup."""
    chance = random.Random(5)
    content = {}
    for tame in (False, True):
        said = hostile.tamed if tame else str
        answers = {
            q.replace(".", "__"): a.model_copy(
                update={"note": said(chance.choice(hostile.TEXTS)).strip(), "evidence": ()}
            )
            for q, a in assessment().answers.items()
        }
        filled: Assessment = assessment(**answers)

        path = tmp_path / f"{tame}.xlsx"
        book = openpyxl.load_workbook(io.BytesIO(template("en", filled)))
        for question, text in (("serve.online.share", "@SUM(1)<b>"), ("lead.plan.money", '=HYPERLINK("x")')):
            cell = cell_of(book, question)
            cell.value, cell.data_type = said(text), "s"
        book.save(path)
        _, problems = read_template(path, path.name, open_by_name=open_small)
        copy = annotated(path, problems, MADE_ON, open_by_name=open_small)
        assert problems and copy is not None
        content[tame] = copy
    hostile_ones, tame_ones = formulas(content[False]), formulas(content[True])
    assert hostile_ones == tame_ones


def cells(text: str) -> Iterator[str]:
    for row in csv.reader(io.StringIO(text)):
        yield from row


@pytest.mark.parametrize("case", CASES if LONG else ("nothing",))
def test_no_download_starts_a_formula(cases: Cases, case: Case) -> None:
    benchmark, now = cases.made(case, False)
    texts = [
        ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row)
        for name in ("benchmark", "council")
        for rows in downloads(cases.drawn(case, name, "en", False)).values()
        for row in rows
    ]
    files = open_data(cases.scorer, disclose(benchmark, "public"), "en", made_on=DAY)
    texts += [content.decode("utf-8-sig") for name, content in files.items() if name.endswith(".csv")]
    places = hostile.register(case).by_code
    scored = [ScoredOne(places[code], one, card) for code, (one, card) in now.items()]
    texts.append("".join(scores_csv(scores_rows(cases.scorer, scored, "en"))))
    seen = 0
    for text in texts:
        for cell in cells(text):
            seen += 1
            if not re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell):
                assert not cell.lstrip().startswith(FORMULA_STARTERS), cell
    assert seen > 500


def test_guarding() -> None:
    for text in (
        "=1",
        "+1",
        "-1",
        "@x",
        "\tx",
        "\rx",
        "\nx",
        "  =1",
        "\u00a0=1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff20x",
    ):
        assert guarded(text) == f"'{text}"
    assert [guarded(text) for text in ("", "1", "a=1", "\u2212 1")] == ["", "1", "a=1", "\u2212 1"]


# Words


def test_what_runs_to_the_left_stands_by_itself() -> None:
    name = "\u05e2\u05d9\u05e8 (1)"
    assert isolated(name) == f"\u2068{name}\u2069"
    assert [isolated(text) for text in ("Gwynedd", "Ynys Môn \u2013 1", "\u202eevil\u202c")] == [
        "Gwynedd",
        "Ynys Môn \u2013 1",
        "evil",
    ]
    assert without_controls("\u2067a \u2068b\u2069 c") == "a \u2068b\u2069 c"
    # A name that closes what it stands in opens nothing for those beside it.
    assert isolated("\u05d0\u2069\u2069 x") == "\u2068\u05d0 x\u2069"
    said = Words("en")("Wrote {file}", file=name)
    assert said == f"Wrote \u2068{name}\u2069" and printable(said) == said
    assert Words("cy").count("{n} of {x}", "{n} of {x}", 2, x="\u05d0").count("\u2068") == 1
    # Nobody hides anything between isolates, or opens one.
    assert printable("\u2068plain\u2069") == "\\u2068plain\\u2069"
    assert printable("\u2068\u05d0\x1b[1m\u202e\u2069") == "\\u2068\u05d0\\x1b[1m\\u202e\\u2069"


def test_names_of_files_are_ones_that_a_disk_takes() -> None:
    (first, *_) = hostile.register("one").organisations
    for name in ("W" * 195, "\u5e02" * 195, "\U0001f44d", "...", "../../etc/passwd", "con"):
        place = replace(first, name=Text({"en": name}))
        for path in paths_of(place, "2026", "en"):
            folder, _, file = path.partition("/")
            assert folder and not path.startswith(("/", ".")) and ".." not in path
            assert len(file.encode()) <= 200 and "/" not in file
    assert paths_of(replace(first, name=Text({"en": "\U0001f44d"})), "2026", "en")[0].startswith("h00000000/")


def test_short_names_fit_their_tiles() -> None:
    assert [
        short_name(text)
        for text in ("CDF", "MWM", "Abcd", "\u5e02\u6703", "\u5e02\u6703\u5e02", "e\u0301\u0301\u0301")
    ] == [
        ("CDF", False),
        ("MWM", False),
        ("Abcd", False),
        ("\u5e02\u6703", False),
        ("\u5e02\u6703\u2026", True),
        ("e\u0301\u0301\u0301", False),
    ]
    assert short_name("") == ("", False)


# The program


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "maturity", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066\u2067\ufeff]")


@pytest.mark.system
@pytest.mark.parametrize("case", CASES if LONG else ("one",))
def test_a_register_of_ones_own_goes_through_every_command(
    scorer: Scorer, case: Case, tmp_path: Path
) -> None:
    hostile.write_files(tmp_path, scorer, case)
    shared = ("2026", "2017", "--register", "register.csv")
    asked = [("pack", *shared, "-o", "pack")]
    if LONG:
        asked += [
            ("benchmark", *shared),
            ("validate", "register.csv", "2026"),
            ("score", *shared),
            ("score", *shared, "-o", "scores.csv"),
            ("score", *shared, "-o", "scores.xlsx"),
            ("benchmark", *shared, "--for", OWN, "--peers", "region", "--lang", "cy"),
            (
                "benchmark",
                *shared,
                "--html",
                "b.html",
                "--excel",
                "b.xlsx",
                "--json",
                "b.json",
                "--csv",
                "open",
            ),
            ("findings", *shared),
            ("explain", f"2026/{OWN}.yaml", "--register", "register.csv"),
        ]
    for arguments in asked:
        done = run(tmp_path, *arguments, COLUMNS="80")
        assert done.returncode in (0, 1), (arguments, done.stderr)
        for text in (done.stdout, done.stderr):
            assert not STEERING.search(text), arguments
            assert text.count("\u2068") == text.count("\u2069")
    made_here = [
        path
        for path in (tmp_path / "pack").rglob("*.html")
        if path.name != "index.html" and "summary" not in path.name
    ]
    assert len(made_here) == SIZES[case]
    index = Page((tmp_path / "pack" / "index.html").read_text(encoding="utf-8"))
    links = [str(a["href"]) for a in index.every("a") if not str(a["href"]).startswith("#")]
    assert len(links) == 3 * SIZES[case]
    assert all((tmp_path / "pack" / unquote(link)).is_file() for link in links)
