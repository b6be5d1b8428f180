"""A questionnaire in one language: sound as long as it says so, and shown as what it is to who reads the other."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from languages import in_workbook, strange
from maturity.assess.interview import Interview
from maturity.assess.opening import begin
from maturity.benchmark.compare import compare
from maturity.checks.validate import validate
from maturity.cli.assess_words import welcome
from maturity.intake.scored import scorer_of
from maturity.intake.template import template_workbook
from maturity.locale.words import SideBySide, Words
from maturity.models.assessment import Answer, Assessment, QuestionnaireRef
from maturity.reports.html import benchmark_page, council_page
from maturity.reports.other_language import marked
from maturity.reports.workbook import benchmark_workbook
from maturity.scoring.score import Scorer
from maturity.sources.registers import wales
from test_html import VOID, Page

HERE = Path(__file__).parent / "data" / "one-language"
QUESTIONNAIRE, RUBRIC = HERE / "questionnaire.yaml", HERE / "rubric.yaml"
TOLD = "Saesneg yn unig yw'r holiadur hwn: dangosir ei eiriau ei hun yn Saesneg."
DAY = dt.date(2026, 11, 22)


class Spoken(Page):
    """A page whose texts are kept with the language that stands nearest above them."""

    def __init__(self, text: str) -> None:
        self.languages: list[str] = []
        self.said: list[tuple[str, str]] = []
        super().__init__(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag not in VOID:
            self.languages.append(dict(attrs).get("lang") or (self.languages or [""])[-1])

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        self.languages.pop()

    def handle_data(self, found: str) -> None:
        if found.strip() and not {"style", "script", "title"} & set(self.open):
            self.said.append((self.languages[-1], found))


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return scorer_of(str(RUBRIC), str(QUESTIONNAIRE))


def pages(scorer: Scorer, language: str) -> list[str]:
    answers = {}
    for number, organisation in enumerate(wales().organisations[:9]):
        given = {"a.t.one": ("own", "cloud")[number % 2], "a.t.two": ("no", "yes")[number // 2 % 2]}
        one = Assessment(
            format="maturity-assessment/1",
            questionnaire=QuestionnaireRef(id="cloud", version="1.0.0"),
            organisation=organisation.name.to("en"),
            period="2026",
            answers={name: Answer(value=value) for name, value in given.items()},
        )
        answers[organisation.code] = (one, scorer.score(one))
    benchmark = compare(scorer, wales(), answers)
    own = next(iter(answers))
    return [
        benchmark_page(scorer, benchmark, language, made_on=DAY, council=own),
        council_page(scorer, benchmark, own, language, assessment=answers[own][0], made_on=DAY),
        "\n".join(in_workbook(benchmark_workbook(scorer, benchmark, language, made_on=DAY))),
    ]


def test_validate_takes_it_at_its_word(tmp_path: Path) -> None:
    assert validate([QUESTIONNAIRE, RUBRIC], wales()).problems == []
    both = tmp_path / "questionnaire.yaml"
    both.write_text(
        QUESTIONNAIRE.read_text(encoding="utf-8").replace("languages: [en]\n", ""), encoding="utf-8"
    )
    found = validate([both, RUBRIC], wales()).problems
    # Title, names and wordings of the one, and what the rubric says of it, wait for their Welsh: each of them is told.
    assert {p.kind.code for p in found} == {"T001"}
    texts = sum(path.read_text(encoding="utf-8").count("{en: ") for path in (QUESTIONNAIRE, RUBRIC))
    assert len(found) == texts


def test_a_welsh_page_marks_what_is_english(scorer: Scorer) -> None:
    for text in pages(scorer, "cy")[:2]:
        page = Spoken(text)
        assert page.languages == []
        told = [said for language, said in page.said if language == "cy"]
        assert TOLD in told
        assert strange(told, "cy") == []
        english = {said for language, said in page.said if language == "en"}
        assert {"Hosting", "Overall", "Is there a plan, <with> dates & 'owners'?"} <= english
        assert not any("<span" in (value or "") for _, a in page.elements for value in a.values())


def test_an_english_page_of_it_says_nothing_of_languages(scorer: Scorer) -> None:
    for text in pages(scorer, "en")[:2]:
        assert text.count(' lang="') == 1 and "in English only" not in text


def test_workbooks_and_the_interview_say_so(scorer: Scorer, tmp_path: Path) -> None:
    assert TOLD in pages(scorer, "cy")[2] and TOLD not in pages(scorer, "en")[2]
    for words, told in ((Words("cy"), True), (Words("en"), False), (SideBySide(), True)):
        content = template_workbook(
            scorer.questionnaire,
            "0" * 64,
            words,
            organisation=None,
            period=None,
            register=wales(),
            assessment=None,
            made_on=DAY,
        )
        assert any(TOLD in one for one in in_workbook(content)) is told
    record = begin(tmp_path / "a.yaml", scorer.questionnaire, "Swansea", "2026", None)
    said = welcome(record, Interview.resume(scorer.questionnaire, {}, "cy"), Words("cy"))
    assert TOLD in said
    assert said[0].endswith(": Abertawe, 2026")  # as it is called in Welsh, whoever began the file


def test_marking_leaves_the_rest_alone() -> None:
    page = '<title>Plan</title><p title="Plan">A <b>Plan</b>: Plans, Plan &amp; I; I</p><td> I </td><svg><text>Plan</text></svg>'
    assert marked(page, {"Plan", "Plan & I", "I"}, "en") == (
        '<title>Plan</title><p title="Plan">A <b><span lang="en">Plan</span></b>: Plans, <span lang="en">Plan &amp; I</span>; I</p>'
        '<td> <span lang="en">I</span> </td><svg><text>Plan</text></svg>'
    )
    assert marked(page, set(), "en") == page
