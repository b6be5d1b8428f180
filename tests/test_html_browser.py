"""The pages of the bundled example in Chromium: without script, in order, downloaded, on paper, under their policy."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Request

from browser_pages import NAMES

pytestmark = pytest.mark.system
STOPPED = [f"{kind}-src" for kind in ("script", "style", "img", "frame", "object", "connect")] + [
    "form-action"
]
STOPPED[:2] = ["script-src-elem", "script-src-attr", "style-src-elem"]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context()
    yield opened
    opened.close()


@pytest.mark.parametrize("name", NAMES)
def test_readable_without_script(browser: Browser, pages_folder: Path, name: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((pages_folder / f"{name}-en.html").as_uri())
    assert page.locator("h1").is_visible()
    assert page.locator("button").count() == page.locator("button[hidden]").count()
    assert page.locator(".scripted:visible").count() == 0
    page.locator("summary").first.click()
    assert page.locator("details[open] :is(table, p)").first.is_visible()
    context.close()


def test_a_link_into_a_closed_section_opens_it(context: BrowserContext, pages_folder: Path) -> None:
    page = context.new_page()
    page.goto((pages_folder / "benchmark-en.html").as_uri() + "#t-levels")
    assert page.locator("#t-levels").is_visible()


@pytest.mark.parametrize("name", NAMES)
def test_the_policy_stops_what_is_not_the_pages_own(
    context: BrowserContext, pages_folder: Path, name: str
) -> None:
    """Scripts, handlers, styles, pictures, frames, forms, fetching: nothing runs, nothing leaves."""
    page = context.new_page()
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    address = (pages_folder / f"{name}-en.html").as_uri()
    page.goto(address)
    stopped = page.evaluate(
        """async (expected) => {
          const stopped = [];
          addEventListener('securitypolicyviolation', e => stopped.push(e.effectiveDirective));
          const add = (tag, more) => document.body.append(Object.assign(document.createElement(tag), more));
          add('script', {textContent: 'window.ran = 1'});
          add('script', {src: 'https://example.org/x.js'});
          document.body.insertAdjacentHTML('beforeend', '<p onclick="window.ran = 2">x</p>');
          document.body.lastChild.click();
          add('style', {textContent: 'body { display: none }'});
          add('link', {rel: 'stylesheet', href: 'https://example.org/x.css'});
          add('img', {src: 'https://example.org/x.png'});
          add('iframe', {src: 'https://example.org/'});
          add('object', {data: 'https://example.org/'});
          add('form', {action: 'https://example.org/', id: 'posted'});
          document.getElementById('posted').submit();
          await fetch('https://example.org/').catch(() => {});
          for (let n = 0; n < 200 && !expected.every(kind => stopped.includes(kind)); n++)
            await new Promise(done => setTimeout(done, 50));
          return stopped;
        }""",
        STOPPED,
    )
    assert page.evaluate("window.ran === undefined")
    assert page.evaluate("getComputedStyle(document.body).display") == "block"
    assert set(STOPPED) <= set(stopped)
    assert [r.url for r in requests if r.failure != "csp"] == [address]


@pytest.mark.parametrize("name", ["benchmark", "council"])
def test_paper_has_what_is_in_closed_sections(
    browser: Browser, pages_folder: Path, tmp_path: Path, name: str
) -> None:
    """Without a script too: whoever gets a page on paper cannot open anything."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((pages_folder / f"{name}-en.html").as_uri())
    assert page.locator("details").count() > 3 and page.locator("details[open]").count() == 0
    # But for what repeats, which test_page_print has.
    source = re.sub(r'<details class="screen-only">.*?</details>', "", page.content(), flags=re.DOTALL)
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


def test_a_download_is_a_file_of_that_name(
    context: BrowserContext, pages_folder: Path, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto((pages_folder / "benchmark-en.html").as_uri())
    with page.expect_download() as waiting:
        page.locator("#t-scores").locator("../../..").locator("a[download]").click()
    saved = tmp_path / "scores.csv"
    waiting.value.save_as(saved)
    assert waiting.value.suggested_filename == "benchmark-2026-scores-by-council-and-dimension-2026.csv"
    assert saved.read_text(encoding="utf-8-sig").startswith("Council,Overall,")
