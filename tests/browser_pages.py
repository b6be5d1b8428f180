"""The kinds of page as files, and the installed Chromium to look at them with."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from maturity.benchmark.disclosure import disclose
from maturity.intake.merge import merge
from maturity.intake.merge_read import Sheet
from maturity.intake.scored import Scored
from maturity.models.assessment import Assessment, Respondent
from maturity.models.benchmark import Benchmark
from maturity.models.text import LANGUAGES
from maturity.reports.agenda import agenda_page
from maturity.reports.html import benchmark_page, council_page
from maturity.reports.summary import council_summary
from maturity.scoring.score import Scorer
from maturity.sources.registers import wales

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
NAMES = ("benchmark", "council", "agenda")
PAGES = (*NAMES, "summary")
WIDTHS = (320, 768, 1280)
MEDIA = ("light", "dark", "print")
# A4 between the style's margins, in CSS pixels.
PAPER = round((210 - 2 * 14) / 25.4 * 96)
LONG = bool(os.environ.get("MATURITY_ATTACK"))

# What is seen of a page: its name, language, medium and width. In the sample every page is seen in every medium and at
# every width, in both languages; paper has one width.
Seen = tuple[str, str, str, int]
EVERY: list[Seen] = [
    seen
    for seen in product(NAMES, LANGUAGES, MEDIA, (*WIDTHS, PAPER))
    if (seen[2] == "print") == (seen[3] == PAPER)
]
SAMPLE: list[Seen] = [
    look
    for n, name in enumerate(NAMES)
    for look in (
        (name, LANGUAGES[n % 2], "light", 320),
        (name, LANGUAGES[(n + 1) % 2], "light", 768),
        (name, LANGUAGES[(n + 1) % 2], "dark", 1280),
        (name, LANGUAGES[n % 2], "print", PAPER),
    )
]
LOOKS = EVERY if LONG else SAMPLE
CHECKS = (Path(__file__).parent / "page_checks.js").read_text(encoding="utf-8")

OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true; })"


def write_pages(at: Path, scorer: Scorer, benchmark: Benchmark, scored: list[Scored]) -> None:
    """The benchmark's page, a council's, its summary and its agenda, in both languages, as ``name-language.html``."""
    answers = {s.organisation.code: s.assessment for s in scored}
    agreed = merge(scorer.questionnaire, respondents(list(answers.values()))).assessment
    for language in LANGUAGES:
        made: dict[str, Any] = {
            "benchmark": benchmark_page(scorer, benchmark, language, made_on=DAY, council=LONGEST),
            "council": council_page(
                scorer, benchmark, LONGEST, language, assessment=answers[LONGEST], made_on=DAY
            ),
            "summary": council_summary(
                scorer,
                disclose(benchmark, "own", LONGEST),
                LONGEST,
                language,
                assessment=answers[LONGEST],
                made_on=DAY,
            ),
            "agenda": agenda_page(scorer.questionnaire, agreed, language, register=wales(), made_on=DAY),
        }
        for name, text in made.items():
            (at / f"{name}-{language}.html").write_text(text, encoding="utf-8")


def respondents(assessments: list[Assessment]) -> list[Sheet]:
    """Eight people of one council, who answer what eight councils did; six of them in one role."""
    made = []
    for n, whole in enumerate(assessments[:8]):
        person = Respondent(role="Gwasanaethau cymdeithasol ac addysg" if n < 6 else f"Role {n}")
        answers = {
            q: a.model_copy(update={"note": f"What person {n} noted."}) if n < 2 else a
            for q, a in whole.answers.items()
        }
        change = {"organisation": LONGEST, "respondent": person, "answers": answers}
        made.append(Sheet(whole.model_copy(update=change), f"{n}.yaml"))
    return made


@contextmanager
def launched() -> Iterator[Browser]:
    """Chromium; that it is missing is a failure."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


def opened(browser: Browser, folder: Path, seen: Seen, *, sections: bool = True) -> Page:
    """A page in its own context, as that medium and width show it, with our checks in it.

    All that opens is open, unless asked otherwise. Whoever opens it closes its context.
    """
    name, language, medium, width = seen
    context = browser.new_context(
        color_scheme="dark" if medium == "dark" else "light", viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    page.goto((folder / f"{name}-{language}.html").as_uri())
    if medium == "print":
        page.emulate_media(media="print")
    if sections:
        page.evaluate(OPEN_ALL)
    page.evaluate(CHECKS)
    return page
