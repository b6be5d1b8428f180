"""Every page and workbook, read in Welsh for English words and in English for Welsh ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from browser_pages import PAGES, respondents
from languages import cut_in_workbook, in_workbook, on_page, strange, told_by
from maturity.benchmark.disclosure import Mode, disclose
from maturity.intake.annotate import annotated
from maturity.intake.merge import merge
from maturity.intake.merge_agenda import agenda_workbook
from maturity.intake.scored import Scored
from maturity.intake.template import template_workbook
from maturity.intake.workbook import read_template
from maturity.locale.words import Words
from maturity.models.assessment import Assessment
from maturity.models.benchmark import Benchmark
from maturity.models.text import LANGUAGES, Language
from maturity.reports.html import benchmark_page, council_page
from maturity.reports.pack import Pack, pack_index
from maturity.reports.workbook import benchmark_workbook, scores_workbook
from maturity.scoring.score import Scorer
from maturity.sources.registers import wales
from parts_data import OWN, whole
from test_annotate import HEADINGS, spoilt
from workbook_data import MADE_ON, assessment, edited, open_small, template

DAY = dt.date(2026, 11, 22)
OURS = {
    "small",
    "Agreed in cabinet",
    "As we said",
    "It is done elsewhere",
    "https://example.org/strategy page 3",
}
"""What made-up people of the parts' benchmark say."""

both = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="session")
def told(scored_2017: list[Scored], scored_2026: list[Scored]) -> set[str]:
    answers = [s.assessment for s in (*scored_2017, *scored_2026)]
    people = [sheet.assessment for sheet in respondents([s.assessment for s in scored_2026])]
    return told_by([*answers, *people])


@both
@pytest.mark.parametrize("name", PAGES)
def test_pages_of_the_examples(pages_folder: Path, told: set[str], name: str, language: Language) -> None:
    text = (pages_folder / f"{name}-{language}.html").read_text(encoding="utf-8")
    said = list(on_page(text))
    assert len(said) > (60 if name == "summary" else 300)
    assert strange(said, language, told) == []


@both
def test_the_workbook_of_the_examples(
    scorer: Scorer, benchmark_2026: Benchmark, told: set[str], language: Language
) -> None:
    content = benchmark_workbook(scorer, benchmark_2026, language, made_on=DAY)
    assert cut_in_workbook(content) == []
    said = list(in_workbook(content))
    assert len(said) > 3000
    assert strange(said, language, told) == []


@cache
def parts(mode: Mode, broken: bool) -> tuple[Scorer, Benchmark, Assessment]:
    scorer, benchmark, now = whole(broken=broken, council=None if mode == "public" else OWN)
    if mode != "named":
        benchmark = disclose(benchmark, mode, None if mode == "public" else OWN)
    return scorer, benchmark, now[OWN][0]


@both
@pytest.mark.parametrize(("mode", "broken"), [("named", True), ("own", True), ("public", False)])
def test_pages_and_workbooks_with_every_part(mode: Mode, broken: bool, language: Language) -> None:
    scorer, benchmark, answers = parts(mode, broken)
    own = None if mode == "public" else OWN
    said = list(on_page(benchmark_page(scorer, benchmark, language, made_on=DAY, council=own)))
    workbook = benchmark_workbook(scorer, benchmark, language, made_on=DAY, council=own)
    assert cut_in_workbook(workbook) == []
    said += in_workbook(workbook)
    if own:
        said += on_page(council_page(scorer, benchmark, OWN, language, assessment=answers, made_on=DAY))
    if mode == "named":
        said += on_page(pack_index(Pack(scorer, benchmark, {}, (language,), DAY), language))
    assert len(said) > 1000
    assert strange(said, language, OURS) == []


def templates(scorer: Scorer, language: Language) -> Sequence[bytes]:
    of_all = template_workbook(
        scorer.questionnaire,
        "0" * 64,
        Words(language),
        organisation=None,
        period=None,
        register=wales(),
        assessment=None,
        made_on=DAY,
    )
    return of_all, template(language, assessment())


@both
def test_templates(scorer: Scorer, language: Language) -> None:
    for content in templates(scorer, language):
        assert cut_in_workbook(content) == []
        assert strange(in_workbook(content), language, told_by([assessment()]) | {"small"}) == []


@both
def test_a_copy_to_send_back(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(edited(template(language, assessment()), lambda w: spoilt(w, HEADINGS[language])))
    problems = read_template(path, str(path), open_by_name=open_small)[1]
    content = annotated(path, problems, MADE_ON, open_by_name=open_small)
    assert content is not None
    assert cut_in_workbook(content) == []
    said = list(in_workbook(content))
    assert any(problems[0].kind.code in one for one in said)
    assert strange(said, language, told_by([assessment()]) | {"small", "2. A plan is draughted"}) == []


@both
def test_the_workbook_of_an_agenda(
    scorer: Scorer, scored_2026: list[Scored], told: set[str], language: Language
) -> None:
    agreed = merge(scorer.questionnaire, respondents([s.assessment for s in scored_2026])).assessment
    content = agenda_workbook(
        scorer.questionnaire, "0" * 64, agreed, Words(language), register=wales(), made_on=DAY
    )
    assert cut_in_workbook(content) == []
    assert strange(in_workbook(content), language, told) == []


@both
def test_the_workbook_of_scores(scorer: Scorer, scored_2026: list[Scored], language: Language) -> None:
    cards = [s.scorecard for s in scored_2026]
    content = scores_workbook(scorer, cards, wales(), language, DAY)
    # Digests are compared, not read.
    assert [one for one in cut_in_workbook(content) if len(one[2]) != 64 or " " in one[2]] == []
    assert strange(in_workbook(content), language) == []
