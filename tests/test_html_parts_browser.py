"""The further parts of both pages in Chromium: groups change places without a script, nothing runs into anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from browser_pages import LONG, OPEN_ALL
from maturity.models.text import LANGUAGES
from test_html_parts import drawn

pytestmark = pytest.mark.system
PAGES = [(name, language, broken) for name in (0, 1) for language in LANGUAGES for broken in (False, True)]


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
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("parts")
    for name, language, broken in PAGES:
        (at / f"{name}-{language}-{broken}.html").write_text(drawn(language, broken)[name], encoding="utf-8")
    return at


def test_figures_change_places_by_mouse_and_keyboard_without_a_script(browser: Browser, folder: Path) -> None:
    """Groups are all on paper; of what the map and the change show, the one that is chosen."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto((folder / "0-en-False.html").as_uri())
    for name, on_paper in (("peers", 3), ("map", 1), ("change", 1)):
        page.emulate_media(media="screen")
        switch = page.locator(f".switch:has(> #{name}-choice-1)")
        choices, figures = switch.locator("> label"), switch.locator("> .switched")

        def shown(figures: Locator = figures) -> list[int]:
            return [n for n, one in enumerate(figures.all()) if one.is_visible()]

        assert choices.count() == figures.count() >= 3 and shown() == [0]
        choices.nth(1).click()
        assert shown() == [1]
        page.keyboard.press("ArrowRight")
        assert shown() == [2]
        page.keyboard.press("ArrowLeft")
        assert shown() == [1]
        page.emulate_media(media="print")
        assert shown() == ([0, 1, 2] if on_paper == 3 else [1]) and not choices.first.is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_overlaps_or_is_cut(browser: Browser, folder: Path, scheme: str) -> None:
    for name, language, broken in PAGES:
        for width in (320, *((768,) if LONG else ()), 1280) if scheme == "light" else (320,):
            context = browser.new_context(viewport={"width": width, "height": 900})
            page = context.new_page()
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.goto((folder / f"{name}-{language}-{broken}.html").as_uri())
            page.evaluate(OPEN_ALL)
            # The made-up register's map has more columns than Wales; its own test looks at the real one.
            page.evaluate("document.querySelector('.front-map')?.remove()")
            assert page.evaluate("document.documentElement.scrollWidth") == width
            for script in (CLASHES, CUT, *((SIDEWAYS,) if width == 320 else ())):
                assert page.evaluate(script) == [], (name, language, broken, width)
            context.close()
