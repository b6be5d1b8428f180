"""Where things stand on the pages: everything fits, nothing lies on anything, and the main blocks are where they were."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from browser_pages import CHECKS, LANGUAGES, LONG, LOOKS, NAMES, OPEN_ALL, PAPER, WIDTHS, Seen, opened

pytestmark = pytest.mark.system
# Remade by MATURITY_REMAKE=1 where a change of the layout is meant.
STORED = Path(__file__).parent / "data" / "page_blocks.json"


@pytest.mark.parametrize("seen", LOOKS, ids=str)
def test_everything_fits_and_nothing_lies_on_anything(
    browser: Browser, pages_folder: Path, seen: Seen
) -> None:
    name, language, _, width = seen
    page = opened(browser, pages_folder, seen, sections=False)
    messages: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.reload()
    page.evaluate(CHECKS)
    for sections in (False, True):
        if sections:
            page.evaluate(OPEN_ALL)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("checks.clashes()") == []
        assert page.evaluate("sideways => checks.cut(sideways)", width != PAPER) == []
    if width == 320:
        sideways = page.evaluate(
            "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.parentElement.parentElement.className)"
        )
        # Only the table of all councils in all dimensions is read across.
        assert sideways == (["heatmap"] if name == "benchmark" else [])
    assert messages == []
    assert requests == [(pages_folder / f"{name}-{language}.html").as_uri()]
    page.context.close()


# The main blocks in their order: what each is, how deep, and its box as shares of the page's width and in pixels.
BLOCKS = """() => {
  const wanted = 'header, footer, h1, .banner, .front, .front > *, main section, .key, figure, .strips, svg.plot.map, .strip:nth-child(2) > *,'
    + ' .figure-table, .two, .two > *, .multiples, .multiple:first-child, .findings, .steps, .descriptions, main > section > details';
  const all = [...document.querySelectorAll(wanted)].filter(e => e.checkVisibility() && !e.matches('section:nth-of-type(n+12)') && !e.closest('section:nth-of-type(n+12)'));
  const page = document.documentElement.clientWidth;
  return all.map(e => {
    const box = e.getBoundingClientRect();
    let inside = e.parentElement;
    while (inside && !all.includes(inside)) inside = inside.parentElement;
    const outer = inside?.getBoundingClientRect();
    const beside = all.filter(o => o !== e && !o.contains(e) && !e.contains(o) && o.parentElement === e.parentElement).some(o => {
      const other = o.getBoundingClientRect();
      return other.top < box.bottom - 1 && box.top < other.bottom - 1;
    });
    const kind = e.localName + (e.getAttribute('class') ? '.' + e.getAttribute('class').split(' ').join('.') : '');
    const fits = !outer || (box.left >= outer.left - 1 && box.right <= outer.right + 1 && box.top >= outer.top - 1 && box.bottom <= outer.bottom + 1);
    return {kind, inside: inside ? all.indexOf(inside) : -1, beside, fits,
      left: Math.round(100 * box.left / page), width: Math.round(100 * box.width / page), height: Math.round(box.height / 10) * 10};
  });
}"""
Block = dict[str, Any]


def blocks(browser: Browser, folder: Path, seen: Seen) -> list[Block]:
    page = opened(browser, folder, seen, sections=False)
    found: list[Block] = page.evaluate(BLOCKS)
    page.context.close()
    return found


def moved(was: list[Block], now: list[Block], *, heights: bool) -> list[str]:
    """What differs more than another machine's letters explain."""
    kinds = [[b["kind"] for b in some] for some in (was, now)]
    if kinds[0] != kinds[1]:
        first = next((a, b) for a, b in zip([*kinds[0], None], [*kinds[1], None], strict=False) if a != b)
        return [f"other blocks, from {first[0]} and {first[1]} on"]
    told = []
    for a, b in zip(was, now, strict=True):
        told += [
            f"{a['kind']}: {what} {a[what]} → {b[what]}"
            for what in ("inside", "beside", "fits")
            if a[what] != b[what]
        ]
        told += [
            f"{a['kind']}: {what} {a[what]}% → {b[what]}%"
            for what in ("left", "width")
            if abs(a[what] - b[what]) > 4
        ]
        if heights and abs(a["height"] - b["height"]) > 60 + 0.35 * a["height"]:
            told.append(f"{a['kind']}: {a['height']} → {b['height']} pixels high")
    return told


@pytest.mark.parametrize("name", NAMES)
def test_the_main_blocks_are_where_they_were(browser: Browser, pages_folder: Path, name: str) -> None:
    stored = json.loads(STORED.read_text(encoding="utf-8")) if STORED.exists() else {}
    for medium, width in [("light", width) for width in WIDTHS] + [("print", PAPER)]:
        spoken = LANGUAGES if width == 320 or LONG else ("en",)
        found = {
            language: blocks(browser, pages_folder, (name, language, medium, width)) for language in spoken
        }
        assert len(found["en"]) >= (8 if name == "agenda" else 30)
        assert [b["kind"] for b in found["en"] if not b["fits"]] == []
        key = f"{name} {width}"
        if os.environ.get("MATURITY_REMAKE"):
            stored[key] = found["en"]
        for language in spoken:
            assert moved(stored[key], found[language], heights=language == "en") == []
    if os.environ.get("MATURITY_REMAKE"):
        lines = (
            f"{json.dumps(k)}: [\n" + ",\n".join(json.dumps(b) for b in v) + "\n]"
            for k, v in sorted(stored.items())
        )
        STORED.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def test_a_block_that_moves_is_found(browser: Browser, pages_folder: Path) -> None:
    seen = ("council", "en", "light", 1280)
    was = blocks(browser, pages_folder, seen)
    page = opened(browser, pages_folder, seen, sections=False)
    for style in (
        ".front { display: block }",
        ".two { grid-template-columns: 1fr }",
        ".key { display: none }",
        ".wrap { max-width: 40rem }",
        "figure { width: 130% }",
        ".strips { min-height: 90rem }",
    ):
        page.evaluate(
            "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s] }",
            style,
        )
        assert moved(was, page.evaluate(BLOCKS), heights=True) != [], style
    page.context.close()
