"""Where a council stands at the end of an interview, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from maturity.assess.standing import Standing, standing, standing_lines
from maturity.intake.scored import scorer_of
from maturity.locale.words import Words
from maturity.models.assessment import Assessment
from maturity.reports.figures import bounds
from maturity.scoring.score import Scorer
from test_assess_start import Scripted

VISITS = Path(__file__).parent / "data" / "visits"


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return scorer_of(str(VISITS / "rubric.yaml"), str(VISITS / "questionnaire.yaml"))


def stands(scorer: Scorer, only: str | None = None, **answers: object) -> Standing:
    assessment = Assessment.model_validate(
        {
            "format": "maturity-assessment/1",
            "questionnaire": {"id": "visits", "version": "1.0.0"},
            "organisation": "Cardiff",
            "period": "2026",
            "answers": {question.replace("_", "."): value for question, value in answers.items()},
        }
    )
    return standing(scorer, assessment, bounds(scorer.plan), only)


def lines(scorer: Scorer, only: str | None = None, **answers: object) -> list[str]:
    return list(standing_lines(stands(scorer, only, **answers), Words("en"), Scripted()))


ONLINE_LOW = "0.250 of 10 Online: 1.00 of 4, Low; 1.00 more reaches Middle"


def test_the_whole_comes_last_with_its_scale_and_what_is_above(scorer: Scorer) -> None:
    # Online: (2 + 0) / 2 = 1. People: (2 + 4) / 2 = 3. The whole: 2, the start of its level; the next starts at 3.
    # One answer that adds 2 to the whole's sum of dimensions, 4 to one dimension's: only paying online (with its
    # share unanswered, which counts for nothing) does.
    said = lines(scorer, online_forms="some", online_pay="no", people_tested=["staff"], people_desk="yes")
    assert said == [
        "Overall: any one of these answers would reach High:",
        "- Can fees be paid online? -> Yes",
        ONLINE_LOW,
        "0.750 of 10 People: 3.00 of 4, High",
        "0.500 of 10 Overall: 2.00 of 4, Middle; 1.00 more reaches High",
    ]


def test_one_dimension_alone_has_only_its_own_rows_and_answers(scorer: Scorer) -> None:
    # Online as above: 1, and 1 more reaches Middle at 2; in one of two answers that is 2 more: all forms, or paying.
    answers = {"online_forms": "some", "online_pay": "no", "people_desk": "yes"}
    assert lines(scorer, "online", **answers) == [
        "Online: any one of these answers would reach Middle:",
        "- How many services can be asked for online? -> All of them.",
        "- Can fees be paid online? -> Yes",
        ONLINE_LOW,
    ]
    said = lines(scorer, "people", **answers)
    assert said[0] == ("1 of 2 questions count; those that are open or answered with 'don't know' do not.")
    assert said[-1] == "1.000 of 10 People: 4.00 of 4, High"
    assert not any("Online" in line or "Overall" in line for line in said)


def test_where_no_single_answer_lifts_the_whole_the_nearest_dimension_is_named(scorer: Scorer) -> None:
    # Online: (0 + 0) / 2 = 0. People: (0 + 4) / 2 = 2. The whole is 1 and needs 1 more: 4 in one of two answers of
    # one dimension add 2 to it and 1 to the whole, so that even all forms online would reach Middle.
    said = lines(scorer, online_forms="none", online_pay="no", people_tested=["none"], people_desk="yes")
    assert said[-3:] == [
        "0.000 of 10 Online: 0.00 of 4, Low; 2.00 more reaches Middle",
        "0.500 of 10 People: 2.00 of 4, Middle; 1.00 more reaches High",
        "0.250 of 10 Overall: 1.00 of 4, Low; 1.00 more reaches Middle",
    ]
    assert "- How many services can be asked for online? -> All of them." in said
    # All at the bottom: no single answer lifts the whole by 2, but each dimension can be lifted by one answer.
    said = lines(scorer, online_forms="none", online_pay="no", people_tested=["none"], people_desk="no")
    assert said[:4] == [
        "Overall: no single answer would reach Middle.",
        "Online: any one of these answers would reach Middle:",
        "- How many services can be asked for online? -> All of them.",
        "- Can fees be paid online? -> Yes",
    ]


def test_at_the_top_there_is_nothing_above(scorer: Scorer) -> None:
    said = lines(
        scorer,
        online_forms="all",
        online_pay="yes",
        online_share=50.0,
        people_tested=["residents", "staff"],
        people_desk="yes",
    )
    assert said == [
        "1.000 of 10 Online: 4.00 of 4, High",
        "1.000 of 10 People: 4.00 of 4, High",
        "1.000 of 10 Overall: 4.00 of 4, High",
    ]


def test_without_an_answer_nothing_is_pretended(scorer: Scorer) -> None:
    assert lines(scorer) == ["Too little is answered for a score: 0 of 4 questions count."]
    said = lines(scorer, online_forms="some")
    assert said[0] == "1 of 4 questions count; those that are open or answered with 'don't know' do not."
    assert [line.partition(";")[0] for line in said[-3:]] == [
        "0.500 of 10 Online: 2.00 of 4, Middle",
        "0.000 of 10 People: not scored",
        "0.500 of 10 Overall: 2.00 of 4, Middle",
    ]
