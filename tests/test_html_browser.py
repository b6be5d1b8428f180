"""The two pages of the bundled example in Chromium: layout, keyboard, sorting, paper, and nothing but themselves."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from maturity.benchmark.compare import Scored
from maturity.intake.scored import Scored as Found
from maturity.models.benchmark import Benchmark
from maturity.models.text import LANGUAGES
from maturity.reports.html import benchmark_page, council_page
from maturity.scoring.score import Scorer

pytestmark = pytest.mark.system
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LONGEST = "W06000012"  # Neath Port Talbot, Castell-nedd Port Talbot
DAY = dt.date(2026, 11, 22)
NAMES = ("benchmark", "council")

OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true; })"
# Text of figures that leaves its figure, or runs into other text of the same figure.
CLASHES = """() => {
  const found = [];
  for (const plot of document.querySelectorAll('svg.plot')) {
    const frame = plot.getBoundingClientRect();
    const boxes = [...plot.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
    boxes.forEach(([text, a], i) => {
      if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.bottom > frame.bottom + 1) found.push('out: ' + text);
      for (const [other, b] of boxes.slice(i + 1))
        if (a.left < b.right - .5 && b.left < a.right - .5 && a.top < b.bottom - 3 && b.top < a.bottom - 3)
          found.push('over: ' + text + ' / ' + other);
    });
  }
  for (const tile of document.querySelectorAll('.tile')) {
    const frame = tile.querySelector('rect').getBoundingClientRect();
    for (const t of tile.querySelectorAll('text')) {
      const a = t.getBoundingClientRect();
      if (a.left < frame.left || a.right > frame.right) found.push('tile: ' + t.textContent);
    }
  }
  return found;
}"""
# HTML that is wider than the box it stands in and is cut off there.
CUT = """() => [...document.querySelectorAll('main *')]
  .filter(e => !(e instanceof SVGElement) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1
    && getComputedStyle(e).overflowX === 'hidden' && !e.classList.contains('hidden'))
  .map(e => e.className + ': ' + e.textContent.slice(0, 40))"""


# Tables that stack where it is narrow, and still need scrolling sideways.
SIDEWAYS = """() => [...document.querySelectorAll('.stacks .scroll')]
  .filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent.trim().slice(0, 40))"""


@pytest.fixture(scope="module")
def folder(
    tmp_path_factory: pytest.TempPathFactory,
    scorer: Scorer,
    benchmark_2026: Benchmark,
    scored_2026: list[Found],
) -> Path:
    """Both pages in both languages as files."""
    at = tmp_path_factory.mktemp("pages")
    now: dict[str, Scored] = {s.organisation.code: (s.assessment, s.scorecard) for s in scored_2026}
    for language in LANGUAGES:
        whole = benchmark_page(scorer, benchmark_2026, language, made_on=DAY, council=LONGEST)
        own = council_page(scorer, benchmark_2026, LONGEST, language, assessment=now[LONGEST][0], made_on=DAY)
        (at / f"benchmark-{language}.html").write_text(whole, encoding="utf-8")
        (at / f"council-{language}.html").write_text(own, encoding="utf-8")
    return at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; that it is missing is a failure."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context()
    yield opened
    opened.close()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_every_screen_and_load_nothing(
    browser: Browser, folder: Path, name: str, language: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    messages: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    address = (folder / f"{name}-{language}.html").as_uri()
    page.goto(address)
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for opened in (False, True):
            if opened:
                page.evaluate(OPEN_ALL)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{wide} px at {width} px"
            assert page.evaluate(CLASHES) == []
            assert page.evaluate(CUT) == []
            if width == 320:
                assert page.evaluate(SIDEWAYS) == []
    assert messages == []
    assert requests == [address]
    context.close()


@pytest.mark.parametrize("name", NAMES)
def test_readable_without_script(browser: Browser, folder: Path, name: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / f"{name}-en.html").as_uri())
    assert page.locator("h1").is_visible()
    assert page.locator("button").count() == page.locator("button[hidden]").count()
    assert not page.locator(".scripted").first.is_visible() if name == "benchmark" else True
    page.locator("summary").first.click()
    assert page.locator("details[open] table").first.is_visible()
    context.close()


def test_tables_sort_both_ways_with_what_is_missing_last(context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    page.goto((folder / "benchmark-en.html").as_uri())
    table = page.locator("#t-scores").locator("..")
    heading = table.locator("thead th").nth(1)

    def column() -> list[str]:
        cells = table.locator("tbody").first.locator("tr td:nth-child(2)").all_inner_texts()
        return [cell.split("\n")[0].strip() for cell in cells]

    def names() -> list[str]:
        return table.locator("tbody").first.locator("tr th").all_inner_texts()

    before = names()
    for order in ("ascending", "descending"):
        heading.locator("button").press("Enter")
        assert heading.get_attribute("aria-sort") == order
        scored = [float(c) for c in column() if c[0].isdigit()]
        assert scored == sorted(scored, reverse=order == "descending") and len(scored) > 15
        assert not column()[-1][0].isdigit()
    table.locator("thead th").first.locator("button").press("Enter")
    assert names() == before
    assert table.locator("tbody.absent tr").count() == 1


def test_keyboard_reaches_the_content_first_and_every_wide_table(
    context: BrowserContext, folder: Path
) -> None:
    page = context.new_page()
    page.goto((folder / "council-en.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("button[data-sections=open]").press("Enter")
    assert page.locator("details:not([open])").count() == 0
    reached = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('aria-labelledby')"))
    regions = page.locator("[role=region]").evaluate_all(
        "rs => rs.map(r => r.getAttribute('aria-labelledby'))"
    )
    assert set(regions) <= reached


def test_a_link_into_a_closed_section_opens_it(context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    page.goto((folder / "benchmark-en.html").as_uri() + "#t-levels")
    assert page.locator("#t-levels").is_visible()


def test_the_policy_stops_other_scripts(context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    page.goto((folder / "benchmark-en.html").as_uri())
    page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s)"
    )
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 2\">')")
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran === undefined")


@pytest.mark.parametrize("name", NAMES)
def test_prints_to_tagged_pdf(context: BrowserContext, folder: Path, name: str) -> None:
    page = context.new_page()
    page.goto((folder / f"{name}-cy.html").as_uri())
    paper = page.pdf(prefer_css_page_size=True, tagged=True)
    assert paper.startswith(b"%PDF-") and b"/MarkInfo" in paper and b"/StructTreeRoot" in paper
    assert paper.count(b"/Type /Page\n") in range(3, 45)


@pytest.mark.parametrize("name", NAMES)
def test_paper_has_what_is_in_closed_sections(
    browser: Browser, folder: Path, tmp_path: Path, name: str
) -> None:
    """Without a script too: whoever gets a page on paper cannot open anything."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / f"{name}-en.html").as_uri())
    assert page.locator("details").count() > 3 and page.locator("details[open]").count() == 0
    source = page.content()
    (tmp_path / "page.pdf").write_bytes(page.pdf(prefer_css_page_size=True, tagged=True))
    context.close()
    done = subprocess.run(
        ["pdftotext", "-raw", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
    )
    paper = re.sub(r"\s+", "", done.stdout)
    wanted = re.findall(r"<code>([^<]+)</code>", source)
    wanted += re.findall(r"<h4>([^<]+)</h4>", source)
    wanted += re.findall(r"<caption[^>]*>(?:<span>)?([^<]+)", source)
    wanted += re.findall(r"<summary>([^<]+)", source)
    assert len(wanted) > 80
    missing = [w for w in wanted if re.sub(r"\s+", "", unescape(w)) not in paper]
    assert missing == []


def test_a_download_is_a_file_of_that_name(context: BrowserContext, folder: Path, tmp_path: Path) -> None:
    page = context.new_page()
    page.goto((folder / "benchmark-en.html").as_uri())
    with page.expect_download() as waiting:
        page.locator("#t-scores").locator("../../..").locator("a[download]").click()
    saved = tmp_path / "scores.csv"
    waiting.value.save_as(saved)
    assert waiting.value.suggested_filename == "benchmark-2026-scores.csv"
    assert saved.read_text(encoding="utf-8-sig").startswith("Council,Overall,")
