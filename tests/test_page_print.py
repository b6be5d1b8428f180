"""The pages on paper, read from the PDF's own structure: tagged, in one language, and with nothing torn apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from browser_pages import LANGUAGES, LONG, NAMES, opened

pytestmark = pytest.mark.system
# Sheets of A4 that the example's pages may take; what stands in closed sections is printed too.
SHEETS = {"benchmark": 26, "council": 20, "agenda": 38}
HEADINGS = {"/H1", "/H2", "/H3", "/H4", "/Caption"}
BOTH = [(name, language) for name in NAMES for language in LANGUAGES]
PRINTED = BOTH if LONG else [("benchmark", "en"), ("council", "cy"), ("agenda", "en")]


@dataclass(frozen=True)
class Leaf:
    """A piece of content: the elements around it, as tag and number, and the sheet that it is on."""

    trail: tuple[tuple[str, int], ...]
    sheet: int


class Paper:
    """A tagged PDF and its content in the order in which it is read."""

    def __init__(self, pdf: Path) -> None:
        self.reader = PdfReader(pdf)
        self.root: Any = self.reader.trailer["/Root"]
        self.sheets = {
            p.indirect_reference.idnum: n for n, p in enumerate(self.reader.pages, 1) if p.indirect_reference
        }
        self.elements: list[Any] = []
        self.leaves = list(self._walk(self.root["/StructTreeRoot"]["/K"], (), 0))

    def _walk(self, found: Any, trail: tuple[tuple[str, int], ...], sheet: int) -> Iterator[Leaf]:
        found = found.get_object() if isinstance(found, IndirectObject) else found
        if isinstance(found, list):
            for one in found:
                yield from self._walk(one, trail, sheet)
        elif isinstance(found, int):
            yield Leaf(trail, sheet)
        else:
            if "/Pg" in found:
                sheet = self.sheets[found.raw_get("/Pg").idnum]
            if found.get("/Type") == "/MCR":
                yield Leaf(trail, sheet)
            elif "/K" in found:
                self.elements.append(found)
                yield from self._walk(found["/K"], (*trail, (found["/S"], len(self.elements))), sheet)

    def sheets_of(self, tag: str) -> dict[int, set[int]]:
        """The sheets on which each element of that kind lies."""
        found: dict[int, set[int]] = defaultdict(set)
        for leaf in self.leaves:
            for kind, number in leaf.trail:
                if kind == tag:
                    found[number].add(leaf.sheet)
        return found


@pytest.fixture(scope="module")
def papers(browser: Browser, pages_folder: Path) -> dict[tuple[str, str], Paper]:
    made = {}
    for name, language in PRINTED:
        page = opened(browser, pages_folder, (name, language, "light", 1280), sections=False)
        path = pages_folder / f"{name}-{language}.pdf"
        page.pdf(path=path, prefer_css_page_size=True, tagged=True)
        page.context.close()
        made[name, language] = Paper(path)
    return made


@pytest.mark.parametrize("printed", PRINTED, ids=str)
def test_paper_is_tagged_titled_and_in_its_language(
    papers: dict[tuple[str, str], Paper], printed: tuple[str, str]
) -> None:
    paper = papers[printed]
    assert paper.root["/MarkInfo"]["/Marked"]
    assert paper.root["/Lang"] == printed[1]
    assert paper.reader.metadata is not None and "2026" in str(paper.reader.metadata.title)
    tags = {element["/S"] for element in paper.elements}
    assert tags >= {"/Document", "/H1", "/H2", "/P", "/Table", "/TR", "/TH", "/TD", "/Caption"}
    figures = [e for e in paper.elements if e["/S"] == "/Figure"]
    drawn = [f for f in figures if not isinstance(f["/K"], list) or len(f["/K"]) == 1]
    if printed[0] != "agenda":
        assert len(drawn) > 10
    assert [f for f in drawn if not str(f.get("/Alt", "")).strip()] == []


@pytest.mark.parametrize("printed", PRINTED, ids=str)
def test_nothing_is_torn_apart(papers: dict[tuple[str, str], Paper], printed: tuple[str, str]) -> None:
    paper = papers[printed]
    assert len(paper.reader.pages) <= SHEETS[printed[0]]
    for box in paper.reader.pages:
        assert [round(float(v) / 72 * 25.4) for v in box.mediabox[2:]] == [210, 297]
    for tag in ("/Figure", "/H1", "/H2", "/H3", "/H4", "/Caption", "/TR"):
        torn = {n for n, sheets in paper.sheets_of(tag).items() if len(sheets) > 1}
        # The heads of tables that go on are printed on every sheet.
        torn -= {n for n in torn if all(k.get_object()["/S"] == "/TH" for k in paper.elements[n - 1]["/K"])}
        assert torn == set(), tag
    for a, b in pairwise(paper.leaves):
        heading = {e for e in a.trail if e[0] in HEADINGS}
        assert a.sheet == b.sheet or not heading or heading & set(b.trail), f"{a} is parted from {b}"


def test_a_long_tables_headings_stand_on_every_sheet(
    browser: Browser, pages_folder: Path, tmp_path: Path
) -> None:
    page = opened(browser, pages_folder, ("benchmark", "en", "print", 688), sections=False)
    assert page.locator("#scores ~ .heatmap th button").count() > 3
    page.evaluate("""() => {
      document.body.replaceChildren(document.querySelector('.heatmap'));
      const rows = document.querySelector('tbody');
      for (let n = 0; n < 5; n++) rows.append(...[...rows.rows].slice(0, 20).map(row => row.cloneNode(true)));
    }""")
    page.pdf(path=tmp_path / "long.pdf", prefer_css_page_size=True)
    page.context.close()
    sheets = [sheet.extract_text() for sheet in PdfReader(tmp_path / "long.pdf").pages]
    assert len(sheets) > 2 and all("Smart with data" in text for text in sheets)


def test_paper_leaves_out_what_repeats_and_says_so(browser: Browser, pages_folder: Path) -> None:
    page = opened(browser, pages_folder, ("benchmark", "en", "print", 688), sections=False)
    left_out = page.locator("details.screen-only")
    assert left_out.count() == 2
    for section in left_out.all():
        assert section.locator(".on-paper").is_visible()
        assert not section.locator("table").first.is_visible()
    page.emulate_media(media="screen")
    assert page.locator(".on-paper:visible").count() == 0
    page.context.close()
