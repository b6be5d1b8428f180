"""The bundled model from version to version: what 1.1.0 moves and what 2.0.0 asks, worked out by hand."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from maturity.intake.collect import collect
from maturity.intake.scored import Scored, score_all, scorer_of
from maturity.locale.words import Words
from maturity.models.assessment import Answer, Assessment, QuestionnaireRef
from maturity.models.questionnaire import Question
from maturity.models.scorecard import Scorecard
from maturity.models.text import Language
from maturity.scoring.compile import scale_of
from maturity.scoring.score import Scorer
from maturity.sources.registers import wales
from maturity.versions.difference import Sides, diff, open_sides
from maturity.versions.markdown import changelog
from maturity.versions.replay import Stored

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "wales-2026"
MERTHYR, NEWPORT = "W06000024", "W06000022"


def councils(version: str) -> dict[str, Scored]:
    """The examples' answers of 2026, scored with this version of the rubric."""
    found = score_all(
        scorer_of(f"socitm@{version}", "socitm@1.0.0"), collect([EXAMPLES], wales()).assessments
    )
    return {one.organisation.code: one for one in found}


@pytest.fixture(scope="module")
def before() -> dict[str, Scored]:
    return councils("1.0.0")


@pytest.fixture(scope="module")
def after() -> dict[str, Scored]:
    return councils("1.1.0")


def test_the_weights_of_1_1_0(before: dict[str, Scored], after: dict[str, Scored]) -> None:
    """Merthyr Tydfil's requests: most 3, all-in 3, fee no 0; the first now counts double: (2 × 3 + 3 + 0) ÷ 4."""
    theme = ("theme", "transactions", "end-to-end")
    assert published(before[MERTHYR].scorecard, *theme) == 2.0
    assert published(after[MERTHYR].scorecard, *theme) == 2.25
    # Newport's access: Wi-Fi 37% 1, whole-area 3, reported 4; Wi-Fi now counts half: (½ × 1 + 3 + 4) ÷ 2½.
    theme = ("theme", "inclusion", "access")
    assert published(before[NEWPORT].scorecard, *theme) == 2.67
    assert published(after[NEWPORT].scorecard, *theme) == 3.0


def test_the_limit_of_1_1_0(before: dict[str, Scored], after: dict[str, Scored]) -> None:
    """Newport's themes are 3 ÷ 3, 7½ ÷ 2½, 8 ÷ 3 and 8 ÷ 3, whose mean is 2.33; its actions are listed, not owned."""
    assert published(before[NEWPORT].scorecard, "dimension", "inclusion") == 2.25
    score = after[NEWPORT].scorecard.score("dimension", "inclusion")
    assert score is not None
    assert (score.published, score.level) == (1.59, "in-pockets")
    assert score.uncapped == 2.33
    limited = {
        code
        for code, one in after.items()
        if (found := one.scorecard.score("dimension", "inclusion")) is not None
        and found.capped == "no-plan-without-actions"
    }
    assert len(limited) == 3


@pytest.fixture(scope="module")
def newest() -> Scorer:
    return scorer_of("socitm@2.0.0")


def extreme(scorer: Scorer, question: Question, best: bool) -> Answer:
    """The answer that is worth most, or least."""
    item = scorer.rubric.items.get(question.id)
    if question.type == "number":
        return Answer(value=100 if best else 0)
    if question.type == "several":
        wanted = tuple(o.id for o in question.choices if o.exclusive is not best)
        return Answer(value=wanted[:1] if not best else wanted)
    if item is None:
        return Answer(value=question.choices[0].id)
    scale = scale_of(scorer.rubric, item)
    assert scale is not None
    return Answer(value=(max if best else min)(scale, key=lambda option: scale[option]))


def card(scorer: Scorer, best: bool, **chosen: str) -> Scorecard:
    """Scored as if all were answered with the best, or the worst, save what was `chosen`."""
    answers = {q.id: extreme(scorer, q, best) for q in scorer.questionnaire.questions.values()}
    answers |= {question: Answer(value=option) for question, option in chosen.items()}
    return scorer.score(
        Assessment(
            format="maturity-assessment/1",
            questionnaire=QuestionnaireRef(id="socitm", version="2.0.0"),
            organisation="Cardiff",
            period="2026",
            answers=answers,
        )
    )


def published(scorecard: Scorecard, measure: str, *group: str) -> float | None:
    score = scorecard.score(measure, *group)
    assert score is not None
    return score.published


def test_2_0_0_runs_from_nothing_to_four_everywhere(newest: Scorer) -> None:
    for best, expected in ((True, 4.0), (False, 0.0)):
        assert {score.published for score in card(newest, best).scores} == {expected}
    items, asked = set(newest.rubric.items), set(newest.questionnaire.questions)
    assert (len(asked), len(items)) == (77, 74)
    assert asked - items == set(newest.rubric.not_scored)


def test_data_of_2_0_0_is_not_joined_up_without_a_tested_recovery(newest: Scorer) -> None:
    """Safeguards is (4 + 0 + 4) ÷ 3, data (4 × 4 + 8 ÷ 3) ÷ 5 = 3.73, which the limit holds below 2.4."""
    untested = card(newest, True, **{"data.safeguards.recovery": "not-tested"})
    score = untested.score("dimension", "data")
    assert score is not None
    assert (score.published, score.level, score.capped) == (2.39, "by-plan", "not-joined-up-without-recovery")
    assert score.uncapped == 3.73
    talked = card(newest, True, **{"data.safeguards.recovery": "talked-through"})
    assert published(talked, "dimension", "data") == 3.8  # (4 × 4 + 9 ÷ 3) ÷ 5


def test_every_theme_of_2_0_0_has_a_step_from_each_level(newest: Scorer) -> None:
    themes = {f"{d.id}.{t.id}" for d in newest.questionnaire.dimensions for t in d.themes}
    levels = [band.id for band in newest.rubric.bands["levels"]]
    steps = {(step.theme, step.from_, step.to) for step in newest.rubric.recommendations}
    assert steps == {(theme, *pair) for theme in themes for pair in pairwise(levels)}


@pytest.fixture(scope="module")
def steps() -> list[Sides]:
    """From each version to the next, the newest first."""
    return [
        open_sides(f"socitm@{old}", f"socitm@{new}")
        for old, new in (("2.0.0", "2.0.1"), ("1.1.0", "2.0.0"), ("1.0.0", "1.1.0"))
    ]


@pytest.mark.parametrize(
    ("language", "name", "head"),
    [
        ("en", "CHANGELOG.md", "# What changed in socitm\n\n[Cymraeg](CHANGELOG.cy.md)\n"),
        ("cy", "CHANGELOG.cy.md", "# Beth a newidiodd yn socitm\n\n[English](CHANGELOG.md)\n"),
    ],
    ids=["en", "cy"],
)
def test_the_changelog_is_what_diff_writes(
    language: Language, name: str, head: str, steps: list[Sides]
) -> None:
    """``make changelog`` renews both."""
    kept = (ROOT / "questionnaires" / "socitm" / name).read_text(encoding="utf-8")
    stored = [
        Stored(given.organisation.name.to(language), given.assessment, given.source)
        for given in collect([EXAMPLES], wales()).assessments
    ]
    words = Words(language)
    assert kept == "\n".join([head, *(changelog(diff(sides, stored, wales()), words) for sides in steps)])
