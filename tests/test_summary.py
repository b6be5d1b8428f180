"""The two pages for a committee: what they say, and that they are two, in every look and on paper."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from browser_pages import LONG, LONGEST, PAPER, Seen, opened
from maturity.benchmark.compare import compare
from maturity.benchmark.disclosure import disclose
from maturity.intake.scored import Scored
from maturity.models.assessment import Assessment
from maturity.models.benchmark import Benchmark
from maturity.models.firm import Firm, FirmMeasure, Firmness, OtherAnswer, SensitivityRange
from maturity.models.text import LANGUAGES, Language
from maturity.reports.council_view import CouncilView
from maturity.reports.pack import PackJob, pack_council
from maturity.reports.speech import Speech
from maturity.reports.summary import council_summary
from maturity.reports.summary_view import SummaryView
from maturity.scoring.score import Scorer
from maturity.sources.registers import wales
from report_data import HOSTILE, benchmark_of, questionnaire, register, rubric, scorer_of
from test_page_access import AXE, RUN

DAY = dt.date(2026, 11, 22)
# The longest names in one language or the other; in the long run, everybody.
NAMED = tuple(o.code for o in wales().organisations) if LONG else (LONGEST,)
LOOKS: list[Seen] = [
    ("summary", "cy", "light", 320),
    ("summary", "en", "light", 768),
    ("summary", "cy", "dark", 1280),
    ("summary", "en", "print", PAPER),
]


def drawn(
    scorer: Scorer, benchmark: Benchmark, code: str, answers: Assessment, language: Language = "en"
) -> str:
    seen = disclose(benchmark, "own", code)
    return council_summary(scorer, seen, code, language, assessment=answers, made_on=DAY)


def less_answered(scorer: Scorer, scored: list[Scored], share: int) -> tuple[Benchmark, Assessment]:
    """The benchmark in which one council answered every `share`-th question alone; none where it is 0."""
    found = {s.organisation.code: (s.assessment, s.scorecard) for s in scored}
    whole, _ = found[LONGEST]
    kept = {q: a for n, (q, a) in enumerate(whole.answers.items()) if share and n % share == 0}
    less = whole.model_copy(update={"answers": kept, "status": "draft"})
    found[LONGEST] = (less, scorer.score(less))
    return compare(scorer, wales(), found, None), less


@pytest.mark.system
def test_it_is_two_sheets_of_paper(
    browser: Browser, scorer: Scorer, benchmark_2026: Benchmark, scored_2026: list[Scored]
) -> None:
    answers = {s.organisation.code: s.assessment for s in scored_2026}
    wanted = [(benchmark_2026, code, answers[code]) for code in NAMED if code in answers]
    for share in (0, 2):
        benchmark, less = less_answered(scorer, scored_2026, share)
        wanted.append((benchmark, LONGEST, less))
    page = browser.new_page()
    for benchmark, code, assessment in wanted:
        for language in LANGUAGES:
            page.set_content(drawn(scorer, benchmark, code, assessment, language))
            # A little larger, for machines whose letters are wider.
            paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, tagged=True, scale=1.03)))
            assert len(paper.pages) == 2, (code, language)
            root: Any = paper.trailer["/Root"]
            assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == language
            first, second = (sheet.extract_text() for sheet in paper.pages)
            name = wales().by_code[code].name.to(language)
            assert name in first and name in second
    page.close()


@pytest.mark.system
@pytest.mark.parametrize("seen", LOOKS, ids=str)
def test_everybody_can_read_it(browser: Browser, pages_folder: Path, seen: Seen) -> None:
    page = opened(browser, pages_folder, seen)
    assert page.evaluate("document.documentElement.scrollWidth") <= seen[3]
    for check in ("contrast()", "names()", "clashes()", "cut(false)"):
        assert page.evaluate(f"checks.{check}") == [], check
    page.evaluate(AXE)
    found = page.evaluate(RUN)
    assert found["violations"] == []
    assert {rule for rule, _, _ in found["incomplete"]} <= {"color-contrast"}
    assert page.evaluate("s => checks.unseen(s)", [target for _, target, _ in found["incomplete"]]) == []
    page.context.close()


def view_of(scorer: Scorer, benchmark: Benchmark, answers: Assessment) -> SummaryView:
    say = Speech(scorer, "en", benchmark)
    return SummaryView(say, CouncilView(say, benchmark, LONGEST), answers)


def test_it_says_what_the_answers_say(
    scorer: Scorer, benchmark_2026: Benchmark, scored_2026: list[Scored]
) -> None:
    one = next(s for s in scored_2026 if s.organisation.code == LONGEST)
    seen = disclose(benchmark_2026, "own", LONGEST)
    view = view_of(scorer, seen, one.assessment)
    given = [a for a in one.assessment.answers.values() if a.given]
    proven = [a for a in given if a.evidence]
    assert f"{len(given)} of {len(scorer.questionnaire.questions)} questions" in view.firmness[0]
    assert f"{len(proven)} of them with evidence" in view.firmness[0]
    assert any(f"{len(given) - len(proven)} of our {len(given)} answers" in q for q in view.questions)
    assert f"{len(benchmark_2026.submitted)} of 22 councils" in view.firmness[1]
    # 2.32 lies 0.72 above 1.6 and 0.08 below 2.4, where the levels of the bundled rubric begin.
    assert "0.72 above" in view.firmness[3] and "0.08 below" in view.firmness[3]
    differences = [
        next(d for d in c.change.differences if d.organisation == LONGEST)
        for c in benchmark_2026.dimensions
        if c.change
    ]
    up = sum(d.clear and d.difference > 0 for d in differences)
    down = sum(d.clear and d.difference < 0 for d in differences)
    assert f"{up} of 6 clearly up, {down} clearly down, {6 - up - down} without" in view.changed
    fallen = min(differences, key=lambda d: d.difference)
    assert fallen.difference < 0 and any("fell since 2017" in q for q in view.questions)
    assert len(view.questions) == 7 and len(view.lines) == 7
    for digest in (seen.questionnaire.digest, seen.rubric.digest, one.scorecard.answers_digest):
        assert digest[:16] in view.made_from and digest not in view.made_from


def test_ranges_are_told_where_they_were_drawn(
    scorer: Scorer, benchmark_2026: Benchmark, scored_2026: list[Scored]
) -> None:
    from dataclasses import replace

    one = next(s for s in scored_2026 if s.organisation.code == LONGEST)
    overall = benchmark_2026.overall
    assert overall is not None
    weights = SensitivityRange(500, 2.21, 2.4, None, None, 400)
    answers = SensitivityRange(500, 2.1, 2.52, None, None, 300)
    other = OtherAnswer("a.b.c", "x", "y", 2.41, "joined-up")
    firm = Firm(LONGEST, 2.32, "by-plan", weights, answers, (other,), ())
    seen = replace(
        disclose(benchmark_2026, "own", LONGEST),
        firm=Firmness(
            draws=500,
            seed=1,
            low=5,
            high=95,
            weight_low=0.5,
            weight_high=2,
            answer_error=0.2,
            measures=(FirmMeasure(overall.measure, overall.group, (firm,)),),
        ),
    )
    told = " ".join(view_of(scorer, seen, one.assessment).firmness)
    assert "from 2.21 to 2.40" in told and "from 2.10 to 2.52" in told
    assert "hangs on 1 single answer" in told and "One answer moved" not in told


def test_nobody_else_is_named_and_the_same_numbers_stand_on_the_page(
    scorer: Scorer, benchmark_2026: Benchmark, scored_2026: list[Scored]
) -> None:
    one = next(s for s in scored_2026 if s.organisation.code == LONGEST)
    seen = disclose(benchmark_2026, "own", LONGEST)
    files = pack_council(PackJob(scorer, seen, one.organisation, one.assessment, ("en", "cy"), DAY))
    page, _, summary = list(files)[:3]
    assert summary == "neath-port-talbot/neath-port-talbot-2026-summary-en.html"
    text = str(files[summary])
    others = [o.name.to(lang) for o in wales().organisations for lang in LANGUAGES if o.code != LONGEST]
    assert [name for name in others if name in text] == []
    for row in CouncilView(Speech(scorer, "en", seen), seen, LONGEST).rows:
        label = re.escape(f"{row.name}: {row.against.own.published:.2f}")
        assert re.search(label, text) and re.search(label, str(files[page]))


@pytest.mark.parametrize("extra", ["", HOSTILE])
@pytest.mark.parametrize("n", [1, 6])
def test_any_questionnaire_has_one(n: int, extra: str) -> None:
    scorer = scorer_of(questionnaire(extra), rubric(extra))
    benchmark, answers = benchmark_of(scorer, register(n, extra or "Place"), leave_out=0, previous=n > 1)
    for code in list(answers)[:2]:
        page = drawn(scorer, benchmark, code, answers[code][0], "cy")
        assert page.startswith("<!doctype html>") and "<script>alert" not in page and "<img" not in page


def test_nothing_is_summarised_of_one_that_did_not_submit(scorer: Scorer, benchmark_2026: Benchmark) -> None:
    missing = benchmark_2026.missing[0].organisation.code
    seen = disclose(benchmark_2026, "own", missing)
    with pytest.raises(KeyError):
        CouncilView(Speech(scorer, "en", seen), seen, missing)
