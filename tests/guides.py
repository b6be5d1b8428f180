"""The READMEs and the guides under docs: which there are in both languages, and their prose."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
MADE = {"checks.cy.md", "reference.cy.md"}
"""Made from the program's own words, in which other tests keep both languages equal."""
PAIRS = [
    (welsh.with_name(welsh.name.replace(".cy.", ".")), welsh)
    for welsh in (*sorted(ROOT.glob("*.cy.md")), *sorted((ROOT / "docs").glob("*.cy.md")))
    if welsh.name not in MADE
]
_PART = re.compile(r"#+ |- |\d+\. |\||> |!\[")
_LINK = re.compile(r"\]\([^)]*\)")


def prose(page: Path) -> list[str]:
    """Headings, paragraphs, items of lists and rows of tables, each as one line; neither code nor where links lead."""
    parts: list[str] = []
    fenced = open_ = False
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            fenced = not fenced
        if fenced or not line.strip(" `|-") or line.startswith("    "):
            open_ = False
            continue
        new = _PART.match(line)
        # Lines of a quotation go on as lines of a paragraph do.
        if open_ and (not new or new[0] == "> "):
            parts[-1] += " " + line.removeprefix("> ").strip()
        else:
            parts.append(line.lstrip("|!> ").removeprefix("- "))
        open_ = True
    return [_LINK.sub("]", part) for part in parts]
