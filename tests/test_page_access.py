"""What the pages owe everybody: axe-core's rules, our own checks of what axe leaves undecided, and the keyboard."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser_pages import LONG, LOOKS, NAMES, Seen, opened

pytestmark = pytest.mark.system
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
# axe takes ten seconds and more for a page of 2,000 cells that are all alike. The suite shows it each table's first rows and
# each section's first questions; the long run shows it everything, and our own checks always see everything.
SHORTEN = """() => {
  for (const e of document.querySelectorAll('tbody tr:nth-child(n+4), details > :nth-child(n+6), section:nth-of-type(n+12)')) e.remove();
}"""
RUN = """async () => {
  const found = await axe.run({resultTypes: ['violations', 'incomplete']});
  const told = (rules) => rules.flatMap(r => r.nodes.map(n => [r.id, n.target.flat().at(-1), n.html.slice(0, 90)]));
  return {violations: told(found.violations), incomplete: told(found.incomplete), passes: found.passes.map(r => r.id)};
}"""


# axe is slow: in the suite it sees every page in every medium, and every width, once.
AXED = [seen for n, seen in enumerate(LOOKS) if LONG or n % 4 != min(n // 4, 1)]


@pytest.mark.parametrize("seen", AXED, ids=str)
def test_axe_finds_nothing_and_what_it_leaves_open_is_decided(
    browser: Browser, pages_folder: Path, seen: Seen
) -> None:
    page = opened(browser, pages_folder, seen)
    assert page.evaluate("checks.contrast()") == []
    assert page.evaluate("checks.names()") == []
    if not LONG:
        page.evaluate(SHORTEN)
    page.evaluate(AXE)
    found = page.evaluate(RUN)
    assert found["violations"] == []
    assert {"color-contrast", "landmark-unique", "heading-order"} <= set(found["passes"])
    # All that axe could not decide is the contrast of texts that contrast() looked at.
    assert {rule for rule, _, _ in found["incomplete"]} <= {"color-contrast"}
    assert page.evaluate("s => checks.unseen(s)", [target for _, target, _ in found["incomplete"]]) == []
    page.context.close()


FAULTS = {
    "contrast()": (
        ".soft { color: #999 }",
        ".dot { fill: #ddd }",
        ".tile .level-3 { fill: #333 }",
        ".swatch { border-color: #eee !important }",
        "p { opacity: .6 }",
        ".steps h3::before, .stacks td::before { content: 'x'; color: #ccc }",
    ),
    "clashes()": (
        "h1 { height: 1rem }",
        "h2 { height: 0 }",
        "td:nth-child(2) { position: relative; left: 5rem }",
    ),
    "cut(false)": (
        "h1 { white-space: nowrap; font-size: 9rem }",
        ".panel, .headline { width: 3rem; overflow: hidden }",
        ".tile .short { font-size: 60px }",
        "td { white-space: nowrap }",
        ".glyph { overflow: hidden; height: 4px }",
    ),
}


def test_our_checks_find_what_is_planted(browser: Browser, pages_folder: Path) -> None:
    """Each fault on at least one of the two pages; without it, nothing."""
    for check, styles in FAULTS.items():
        found: dict[str, list[str]] = {style: [] for style in ("", *styles)}
        for name in ("benchmark", "council"):
            page = opened(browser, pages_folder, (name, "en", "light", 1280), sections=False)
            for style in found:
                page.evaluate(
                    "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s] }",
                    style,
                )
                found[style] += page.evaluate(f"checks.{check}")
            page.context.close()
        assert found.pop("") == []
        assert [style for style, wrong in found.items() if not wrong] == []
    page = opened(browser, pages_folder, ("benchmark", "en", "light", 1280), sections=False)
    for spoil in (
        "removeAttribute('aria-label')",
        "removeAttribute('role')",
        "setAttribute('aria-label', ' ')",
    ):
        page.evaluate(f"document.querySelector('.strip:not(.axis) svg.plot').{spoil}")
        assert page.evaluate("checks.names()") != []
    page.context.close()


FOCUSABLE = """() => {
  const all = [...document.querySelectorAll('a[href], button, summary, [tabindex="0"], input, select, textarea')];
  // Of a group of radio buttons Tab reaches the one that is chosen, and its label shows where one is.
  globalThis.reachable = all.filter(e => !e.hidden && e.checkVisibility() && (e.type !== 'radio' || e.checked));
  globalThis.walked = [];
  addEventListener('focusin', ({target}) => {
    const seenBy = target.type === 'radio' ? target.labels[0] : target;
    const style = getComputedStyle(seenBy);
    const box = seenBy.getBoundingClientRect();
    const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
      && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    walked.push([reachable.indexOf(target), seen, target.outerHTML.slice(0, 60)]);
  });
  return reachable.length;
}"""


@pytest.mark.parametrize("name", NAMES)
def test_the_keyboard_reaches_everything_in_order_and_one_sees_where_it_is(
    browser: Browser, pages_folder: Path, name: str
) -> None:
    page = opened(browser, pages_folder, (name, "en", "light", 1280 if name == "benchmark" else 320))
    count = page.evaluate(FOCUSABLE)
    for _ in range(count):
        page.keyboard.press("Tab")
    walked = page.evaluate("walked")
    assert [place for place, _, _ in walked] == list(range(count))
    assert [what for _, seen, what in walked if not seen] == []
    scrolling = page.evaluate(
        "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth && !reachable.includes(e)).length"
    )
    assert scrolling == 0
    page.context.close()


@pytest.mark.parametrize("name", NAMES)
def test_the_first_key_skips_to_the_content_and_sections_open_by_key(
    browser: Browser, pages_folder: Path, name: str
) -> None:
    page = opened(browser, pages_folder, (name, "cy", "light", 768), sections=False)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    summary = page.locator("summary").first
    summary.press("Enter")
    assert page.locator("details[open]").count() == 1
    summary.press("Space")
    assert page.locator("details[open]").count() == 0
    buttons = page.locator("button[data-sections]")
    if name != "agenda":
        buttons.first.press("Enter")
        assert page.locator("details:not([open])").count() == 0
        buttons.last.press("Enter")
        assert page.locator("details[open]").count() == 0
    page.context.close()
