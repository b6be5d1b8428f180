"""Claimed against evidenced: which answers want evidence, what stands in their place, and the gap."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from maturity.benchmark.compare import compare
from maturity.benchmark.evidenced import (
    evidenced,
    level_bar,
    oldest_day,
    period_end,
    proves,
    reduced,
    wanting_evidence,
)
from maturity.intake.scored import Scored
from maturity.intake.scored import scorer_of as bundled_scorer
from maturity.models.assessment import Answer, Evidence
from maturity.models.benchmark import Benchmark
from maturity.models.problem import MaturityError
from maturity.models.questionnaire import Questionnaire
from maturity.scoring.score import Scorer
from report_data import (
    assessment,
    counted_rubric,
    general_questionnaire,
    odd_rubric,
    questionnaire,
    register,
    rubric,
    scorer_of,
)
from test_cli import EXAMPLES, assert_explained, maturity


def asking(asked: Questionnaire, *without: str) -> Questionnaire:
    """The same, asking for evidence of every answer but these."""
    content = asked.model_dump(by_alias=True, exclude_none=True, mode="json")
    for dimension in content["dimensions"]:
        for theme in dimension["themes"]:
            for question in theme["questions"]:
                if question["id"] not in without:
                    question["evidence"] = {"en": "A paper", "cy": "Papur"}
    return Questionnaire.model_validate(content)


def proven(value: Any, *days: str | None) -> Answer:
    evidence = tuple(Evidence(text="A paper", date=dt.date.fromisoformat(d) if d else None) for d in days)
    return Answer(value=value, evidence=evidence)


SMALL = scorer_of(asking(questionnaire()), rubric())
BAR = level_bar(SMALL, "level-2")[1]
TOP = {"a.v.one": "l4", "a.v.two": "l4", "a.v.three": "l4", "a.w.one": "l4", "a.w.yes": "yes"}


def values(
    scorer: Scorer, answers: dict[str, Any], bar: float = BAR, since: dt.date | None = None
) -> dict[str, Any]:
    """What stands in the reduced assessment."""
    one = assessment(scorer, "X00000000", answers)
    return {q: a.value for q, a in reduced(scorer, scorer.score(one), one, bar, since).answers.items()}


@pytest.mark.parametrize(
    ("period", "end"),
    [
        ("2026", "2026-12-31"),
        ("2026-Q1", "2026-03-31"),
        ("2026-Q3", "2026-09-30"),
        ("2026-H2", "2026-12-31"),
        ("2024-02", "2024-02-29"),
        ("2025-26", "2026-03-31"),
        ("2011-12", "2011-12-31"),
    ],
)
def test_when_a_period_ends(period: str, end: str) -> None:
    assert str(period_end(period)) == end


def test_the_oldest_day_that_counts() -> None:
    assert str(oldest_day("2026", 2)) == "2024-12-31"
    assert str(oldest_day("2024-02", 1)) == "2023-02-28"
    assert str(oldest_day("2024-02", 4)) == "2020-02-29"
    since = oldest_day("2026", 1)
    assert proves(proven("x", "2025-12-31"), since)
    assert not proves(proven("x", "2025-12-30"), since)
    assert proves(proven("x", "2019-01-01", "2026-05-01"), since)
    assert proves(proven("x", "2027-02-01"), since)
    assert not proves(proven("x", None), since)
    assert proves(proven("x", None), None)
    assert not proves(proven("x"), None)


def test_levels_by_id_name_and_number() -> None:
    assert (
        level_bar(SMALL, "level-2") == level_bar(SMALL, "3") == level_bar(SMALL, "middle") == ("level-2", 2.4)
    )
    assert level_bar(SMALL, "1") == ("level-0", 0.8)


@pytest.mark.parametrize(
    ("scorer", "level", "code"),
    [
        (SMALL, "level-9", "G240"),
        (SMALL, "0", "G240"),
        (SMALL, "level-4", "G241"),
        (SMALL, "5", "G241"),
        (scorer_of(questionnaire(), odd_rubric()), "1", "G242"),
        (scorer_of(general_questionnaire(), counted_rubric()), "1", "G242"),
    ],
)
def test_levels_that_cannot_be(scorer: Scorer, level: str, code: str) -> None:
    with pytest.raises(MaturityError) as caught:
        level_bar(scorer, level)
    assert [p.kind.code for p in caught.value.problems] == [code]
    assert caught.value.problems[0].message()
    assert caught.value.problems[0].remedy()


def test_levels_that_no_answer_is_above() -> None:
    bands = rubric().model_dump(by_alias=True, exclude_none=True, mode="json")["bands"]
    bands["levels"][-1]["from"] = 4.5
    with pytest.raises(MaturityError) as caught:
        level_bar(scorer_of(questionnaire(), rubric(bands=bands)), "level-3")
    assert caught.value.problems[0].kind.code == "G241"


def test_what_stands_in_the_place_of_what_nothing_proves() -> None:
    # Worth below 2.4: of five levels worth 0 to 4 the third; of yes worth 4 and no worth 0, no.
    found = values(SMALL, {"a.v.one": "l4", "a.v.two": "l3", "a.v.three": "l2", "a.w.yes": "yes"})
    assert found == {"a.v.one": "l2", "a.v.two": "l2", "a.v.three": "l2", "a.w.yes": "no"}


def test_evidence_keeps_an_answer() -> None:
    assert values(SMALL, {"a.v.one": proven("l4", None)}) == {"a.v.one": "l4"}
    since = oldest_day("2026", 1)
    assert values(SMALL, {"a.v.one": proven("l4", None)}, since=since) == {"a.v.one": "l2"}
    assert values(SMALL, {"a.v.one": proven("l4", "2026-03-01")}, since=since) == {"a.v.one": "l4"}


def test_several_choices_and_numbers() -> None:
    # c0 adds 1 and c1 and c2 1.5 each, to 3 at most: the first two come to 2.5, c0 alone to 1.
    assert values(SMALL, {"b.y.several": ("c0", "c1", "c2")}) == {"b.y.several": ("c0",)}
    assert values(SMALL, {"b.y.several": ("c1", "c0")}) == {"b.y.several": ("c1",)}
    low = level_bar(SMALL, "1")[1]
    assert values(SMALL, {"b.y.several": ("c1", "c2")}, bar=low) == {"b.y.several": ("none",)}
    # From 75 on worth 4, from 25 on 2: below 2.4 the band from 25 on is the best.
    assert values(SMALL, {"b.y.number": 90.0}) == {"b.y.number": 25.0}
    assert values(SMALL, {"b.y.number": 74.0}) == {"b.y.number": 74.0}


def test_questions_that_ask_for_no_evidence_need_none() -> None:
    scorer = scorer_of(asking(questionnaire(), "a.v.one"), rubric())
    assert values(scorer, {"a.v.one": "l4", "a.v.two": "l4"}) == {"a.v.one": "l4", "a.v.two": "l2"}


def test_an_answer_worth_just_the_next_level_is_above() -> None:
    scorer = bundled_scorer("socitm@2.0.0")
    # Over half of the requests end to end is worth 2.4, where the next level begins; up to half is worth 1.6.
    assert level_bar(scorer, "by-plan") == ("by-plan", 2.4)
    question = "transactions.end-to-end.every-service"
    assert values(scorer, {question: "over-half"}, 2.4) == {question: "up-to-half"}


def test_missing_answers_stay_missing() -> None:
    given = {
        "a.v.one": Answer(not_applicable=True, reason="No"),
        "a.v.two": Answer(),
        "b.y.number": "dont_know",
    }
    assert values(SMALL, given) == {"a.v.one": None, "a.v.two": None, "b.y.number": "dont_know"}
    assert values(SMALL, {}) == {}


def test_answers_that_are_not_asked_for_want_nothing() -> None:
    asked = asking(general_questionnaire())
    scorer = scorer_of(asked, rubric())
    one = assessment(scorer, "X00000000", {"a.v.one": "l0", "a.w.one": "l4"})
    assert wanting_evidence(scorer, scorer.score(one), one, BAR) == []


def test_the_original_is_untouched() -> None:
    one = assessment(SMALL, "X00000000", TOP)
    before = one.model_dump()
    reduced(SMALL, SMALL.score(one), one, BAR)
    assert one.model_dump() == before


def compared(given: list[dict[str, Any]], years: int | None = None) -> Any:
    places = register(max(len(given), 1))
    answers = {}
    for place, one in zip(places.organisations, given, strict=False):
        found = assessment(SMALL, place.code, one)
        answers[place.code] = (found, SMALL.score(found))
    return evidenced(SMALL, compare(SMALL, places, answers), answers, "level-2", years)


def test_scores_and_gap_by_hand() -> None:
    some = TOP | {"a.v.one": proven("l4", "2026-01-01"), "a.v.two": proven("l4", "2014-01-01")}
    found = compared([some] * 5)
    # a.v: one stays 4, two (weight 2) stays 4, three becomes 2: (4 + 8 + 2) / 4 = 3.5. a.w: 2 and 0: 1. Together 2.25.
    a = next(m for m in found.measures if m.group == ("a",))
    assert (a.n, a.median_claimed, a.median_evidenced, a.median_gap) == (5, 4, 2.25, 1.75)
    assert a.of("X00000000").gap == 1.75
    assert (found.above, found.evidenced) == (25, 10)
    # Only evidence of the last two years: two becomes 2 as well: (4 + 4 + 2) / 4 = 2.5, with 1 it is 1.75.
    found = compared([some] * 5, years=2)
    a = next(m for m in found.measures if m.group == ("a",))
    assert (a.median_evidenced, a.median_gap) == (1.75, 2.25)
    assert found.since == "2024-12-31"
    assert [(p.above, p.evidenced, p.too_old, p.undated) for p in found.proofs] == [(5, 1, 1, 0)] * 5


def test_undated_evidence_is_counted_as_such() -> None:
    found = compared([{"a.v.one": proven("l4", None)}] * 2, years=3)
    assert [(p.above, p.evidenced, p.too_old, p.undated) for p in found.proofs] == [(1, 0, 0, 1)] * 2


@pytest.mark.parametrize(("n", "told"), [(1, False), (4, False), (5, True)])
def test_medians_from_five_on(n: int, told: bool) -> None:
    a = next(m for m in compared([TOP] * n).measures if m.group == ("a",))
    assert a.n == n
    assert (a.median_gap is not None) is told
    assert a.of("X00000000").gap is not None


def test_a_dimension_that_nobody_answered() -> None:
    b = next(m for m in compared([TOP] * 6).measures if m.group == ("b",))
    assert (b.n, b.median_gap) == (0, None)
    assert b.of("X00000000").claimed is None


def test_no_score_rises_for_want_of_evidence(
    scorer: Scorer, scored_2026: list[Scored], benchmark_2026: Benchmark
) -> None:
    answers = {s.organisation.code: (s.assessment, s.scorecard) for s in scored_2026}
    found = evidenced(scorer, benchmark_2026, answers, "by-plan", 2)
    gaps = [g.gap for m in found.measures for g in m.gaps if g.gap is not None]
    assert len(gaps) > 100
    assert min(gaps) >= 0
    assert max(gaps) > 0
    # Counted again another way: every scored answer worth 2.4 or more; all questions ask for evidence.
    since = dt.date(2024, 12, 31)
    high = [
        s.assessment.answers[i.item]
        for s in scored_2026
        for i in s.scorecard.items
        if i.state == "answered" and (i.value or 0) >= 2.4
    ]
    assert found.above == len(high)
    assert found.evidenced == sum(any(e.date and e.date >= since for e in a.evidence) for a in high)


def test_where_everything_is_proven_there_is_no_gap(
    scorer: Scorer, scored_2026: list[Scored], benchmark_2026: Benchmark
) -> None:
    answers = {}
    for s in scored_2026[:6]:
        full = {
            q: a.model_copy(update={"evidence": (Evidence(text="A paper"),)})
            for q, a in s.assessment.answers.items()
        }
        one = s.assessment.model_copy(update={"answers": full})
        answers[s.organisation.code] = (one, scorer.score(one))
    found = evidenced(scorer, benchmark_2026, answers, "by-chance")
    assert {g.gap for m in found.measures for g in m.gaps} <= {0, None}


def test_on_the_terminal() -> None:
    path = EXAMPLES / "wales-2026"
    shown = maturity(
        "benchmark", path, "--for", "Powys", "--evidence-above", "By plan", "--evidence-years", "2"
    )
    assert_explained(shown, 0, "Claimed and evidenced", "dated 31 December 2024 or later", "Own gap")
    assert_explained(maturity("benchmark", path, "--evidence-above", "best"), 2, "G240", "by-plan")
    result = maturity("benchmark", path, "--evidence-years", "2")
    assert result.returncode == 2
    assert "--evidence-above" in result.stderr
