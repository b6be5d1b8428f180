"""Scores worked out by hand, and what must hold for any answers."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.models.assessment import DONT_KNOW, Answer, Assessment
from maturity.models.questionnaire import NumberQuestion, Questionnaire, SeveralQuestion
from maturity.models.rubric import Rubric
from maturity.models.scorecard import Score
from maturity.scoring.compile import compile_plan
from maturity.scoring.items import Seen, Sheet
from maturity.scoring.plan import Plan
from maturity.scoring.run import run_plan
from maturity.scoring.score import Scorer, answers_digest
from maturity.scoring.steps import item_shares, steps


def text(words: str) -> dict[str, str]:
    return {"en": words, "cy": words + " (cy)"}


def level(name: str, **more: object) -> dict[str, object]:
    options = [{"id": f"l{i}", "text": text(f"Level {i}")} for i in range(5)]
    return {"id": name, "type": "level", "text": text(name), "options": options, **more}


QUESTIONNAIRE = Questionnaire.model_validate(
    {
        "format": "maturity-questionnaire/1",
        "id": "toy",
        "version": "1.0.0",
        "title": text("Toy"),
        "dimensions": [
            {
                "id": "a",
                "name": text("A"),
                "themes": [
                    {
                        "id": "t",
                        "name": text("T"),
                        "questions": [
                            level("a.t.one"),
                            level("a.t.two", not_applicable=True),
                            level("a.t.three"),
                        ],
                    },
                    {
                        "id": "u",
                        "name": text("U"),
                        "questions": [
                            {"id": "a.u.flag", "type": "yes_no", "text": text("Flag")},
                            {
                                "id": "a.u.share",
                                "type": "number",
                                "text": text("Share"),
                                "number": {"unit": text("%"), "min": 0, "max": 100, "dont_know": True},
                            },
                        ],
                    },
                ],
            },
            {
                "id": "b",
                "name": text("B"),
                "themes": [
                    {
                        "id": "v",
                        "name": text("V"),
                        "questions": [
                            {
                                "id": "b.v.several",
                                "type": "several",
                                "text": text("Several"),
                                "options": [{"id": i, "text": text(i)} for i in ("x", "y", "z")]
                                + [{"id": "none", "text": text("None"), "exclusive": True}],
                            }
                        ],
                    }
                ],
            },
        ],
    }
)
SCALE = {f"l{i}": i for i in range(5)}
RUBRIC = {
    "format": "maturity-rubric/1",
    "id": "toy",
    "version": "1.0.0",
    "title": text("Toy"),
    "questionnaire": {"id": "toy", "versions": ">=1.0.0"},
    "policy": {"min_coverage": 0.5},
    "scales": {"levels": SCALE},
    "items": {
        # In another order than the questionnaire's on purpose.
        "b.v.several": {"per_choice": {"x": 1, "y": 2, "z": 3, "none": 0}, "at_most": 4},
        "a.t.one": {"scale": "levels", "weight": 2},
        "a.t.two": {"scale": SCALE},
        "a.t.three": {"scale": SCALE},
        "a.u.flag": {"scale": {"yes": 4, "no": 0}},
        "a.u.share": {"bands": [{"from": 0, "value": 0}, {"from": 25, "value": 1}, {"from": 75, "value": 4}]},
    },
    "measures": {
        "overall": {
            "name": text("Overall"),
            "of": "dimension",
            "weights": {"a": 3},
            "min_coverage": 1,
            "bands": "levels",
        },
        "dimension": {"name": text("Dimension"), "of": "theme", "by": ["dimension"], "bands": "levels"},
        "theme": {"name": text("Theme"), "of": "items", "by": ["dimension", "theme"], "bands": "levels"},
    },
    "bands": {
        "levels": [{"from": s, "id": i, "name": text(i)} for s, i in ((0, "low"), (2, "mid"), (3, "high"))]
    },
    "limits": [
        {
            "id": "flag",
            "measure": "dimension",
            "where": {"dimension": "a"},
            "at_most": 1.99,
            "when": {"item": "a.u.flag", "below": 4},
            "because": text("No flag."),
        }
    ],
}


def plan_of(**changes: object) -> Plan:
    return compile_plan(Rubric.model_validate({**RUBRIC, **changes}), QUESTIONNAIRE)


def run(answers: dict[str, object], plan: Plan | None = None) -> dict[tuple[str, ...], Score]:
    given = {q: a if isinstance(a, Answer) else Answer(value=a) for q, a in answers.items()}
    return {(s.measure, *s.group): s for s in run_plan(plan or plan_of(), [Sheet(given)]).scores}


FULL = {
    "a.t.one": "l3",
    "a.t.two": "l1",
    "a.t.three": "l4",
    "a.u.flag": "yes",
    "a.u.share": 30,
    "b.v.several": ("y", "z"),
}


def test_weighted_means_by_hand() -> None:
    scores = run(FULL)
    # Theme t: (3 × 2 + 1 × 1 + 4 × 1) / 4 = 11 / 4
    assert scores["theme", "a", "t"].value == 2.75
    # Theme u: yes is 4, 30% reaches the band from 25: 1. (4 + 1) / 2
    assert scores["theme", "a", "u"].value == 2.5
    # Theme v: 2 + 3 = 5, at most 4
    assert scores["theme", "b", "v"].value == 4
    # Dimension a: (2.75 + 2.5) / 2 = 2.625, printed half up: 2.63
    assert scores["dimension", "a"].value == 2.625
    assert scores["dimension", "a"].published == 2.63
    assert scores["dimension", "a"].level == "mid"
    # Overall: (3 × 2.625 + 1 × 4) / 4 = 11.875 / 4 = 2.96875 → 2.97
    assert scores["overall",].value == 2.96875
    assert scores["overall",].published == 2.97
    assert scores["overall",].level == "mid"


def test_measures_run_after_what_they_are_built_of() -> None:
    assert [m.name for m in plan_of().measures] == ["theme", "dimension", "overall"]
    assert [i.id for i in plan_of().items] == list(QUESTIONNAIRE.questions)


def test_what_is_left_out_and_why() -> None:
    answers = {**FULL, "a.t.two": Answer(not_applicable=True, reason="none here"), "a.u.share": DONT_KNOW}
    answers.pop("a.t.three")
    scores = run(answers)
    theme = scores["theme", "a", "t"]
    # Left: one (weight 2). three is unanswered (1), two does not apply: coverage 2 / 3.
    assert theme.value == 3
    assert theme.coverage == pytest.approx(2 / 3)
    assert (theme.answered, theme.applicable) == (1, 2)
    assert [i.state for i in theme.inputs] == ["answered", "not_applicable", "unanswered"]
    share = scores["theme", "a", "u"]
    assert share.value == 4
    assert share.coverage == 0.5
    assert [i.state for i in share.inputs] == ["answered", "dont_know"]


def test_too_little_answered_is_not_scored_and_not_zero() -> None:
    scores = run({"a.t.two": "l4", "a.u.flag": "yes", "a.u.share": 80, "b.v.several": ("x",)})
    theme = scores["theme", "a", "t"]
    # 1 of 4 by weight is under 0.5.
    assert (theme.value, theme.published, theme.level, theme.reason) == (None, None, None, "low_coverage")
    assert theme.coverage == 0.25
    # Dimension a: one of its two themes has a score, which is 0.5 and enough; overall has both dimensions.
    assert scores["dimension", "a"].value == 4
    assert scores["overall",].value == (3 * 4 + 1) / 4


def test_an_overall_score_may_demand_everything() -> None:
    scores = run({k: v for k, v in FULL.items() if not k.startswith("b.")})
    assert scores["dimension", "b"].reason == "nothing_answered"
    assert scores["overall",].reason == "low_coverage"
    assert scores["overall",].published is None


@pytest.mark.parametrize("answers", [{}, {"a.t.one": Answer(note="thinking")}])
def test_nothing_answered(answers: dict[str, object]) -> None:
    for score in run(answers).values():
        assert (score.value, score.reason) == (None, "nothing_answered")


def test_nothing_applies() -> None:
    away = Answer(not_applicable=True, reason="no")
    scores = run({**FULL, "b.v.several": away})
    assert scores["dimension", "b"].reason == "nothing_applies"
    # What does not apply leaves numerator and denominator.
    assert scores["overall",].value == 2.625
    assert scores["overall",].coverage == 1


def test_a_limit_caps_the_published_number_and_flows_on() -> None:
    scores = run({**FULL, "a.u.flag": "no", "a.t.one": "l4", "a.t.two": "l4", "a.u.share": 80})
    # t: 4, u: (0 + 4) / 2 = 2, so dimension a would be 3.
    capped = scores["dimension", "a"]
    assert (capped.uncapped, capped.published, capped.value, capped.capped) == (3, 1.99, 1.99, "flag")
    assert capped.level == "low"
    assert scores["overall",].value == pytest.approx((3 * 1.99 + 4) / 4)


def test_a_limit_that_changes_nothing_is_not_named() -> None:
    scores = run({**FULL, "a.u.flag": "no", "a.t.one": "l1", "a.t.two": "l0", "a.t.three": "l0"})
    assert scores["dimension", "a"].capped is None


@pytest.mark.parametrize(
    ("policy", "reason", "value"),
    [
        ({"unanswered": "zero"}, None, 2.0),
        ({"unanswered": "fail"}, "answer_missing", None),
        ({"unanswered": "exclude"}, None, 4.0),
    ],
)
def test_policies_for_unanswered(policy: dict[str, str], reason: str | None, value: float | None) -> None:
    scores = run({"a.t.one": "l4"}, plan_of(policy={"min_coverage": 0.5, **policy}))
    theme = scores["theme", "a", "t"]
    # one is 4 with weight 2 of 4; zero makes it 8 / 4.
    assert (theme.value, theme.reason) == (value, reason)
    assert theme.coverage == 0.5


def test_not_applicable_can_count_in_full() -> None:
    away = Answer(not_applicable=True, reason="no")
    theme = run({**FULL, "a.t.two": away}, plan_of(policy={"not_applicable": "full"}))["theme", "a", "t"]
    assert theme.value == (3 * 2 + 4 + 4) / 4
    assert theme.coverage == 1


@pytest.mark.parametrize(("reduce", "expected"), [("mean", 2.75), ("sum", 11), ("min", 1), ("max", 4)])
def test_operators(reduce: str, expected: float) -> None:
    measures = {**RUBRIC["measures"], "theme": {**RUBRIC["measures"]["theme"], "reduce": reduce}}
    assert run(FULL, plan_of(measures=measures))["theme", "a", "t"].value == expected


def test_what_is_printed_decides_the_level() -> None:
    bands = {"levels": [{"from": s, "id": i, "name": text(i)} for s, i in ((0, "low"), (2.63, "exact"))]}
    score = run(FULL, plan_of(bands=bands))["dimension", "a"]
    # The value is 2.625 and prints as 2.63.
    assert (score.value, score.published, score.level) == (2.625, 2.63, "exact")


def test_float_noise_does_not_miss_a_number_band() -> None:
    rubric = {
        **RUBRIC,
        "items": {
            **RUBRIC["items"],
            "a.u.share": {"bands": [{"from": 0, "value": 0}, {"from": 0.3, "value": 1}]},
        },
    }
    plan = compile_plan(Rubric.model_validate(rubric), QUESTIONNAIRE)
    assert run({**FULL, "a.u.share": 0.1 + 0.1 + 0.1}, plan)["theme", "a", "u"].value == 2.5


def test_shares_and_steps_by_hand() -> None:
    shares = item_shares(plan_of())
    # Dimension a is half theme t, of which `one` is 2 / 4, and half theme u.
    assert shares["dimension", ("a",)] == pytest.approx(
        {"a.t.one": 0.25, "a.t.two": 0.125, "a.t.three": 0.125, "a.u.flag": 0.25, "a.u.share": 0.25}
    )
    assert all(sum(found.values()) == pytest.approx(1) for found in shares.values())
    # The least move: two or three, by one level.
    assert steps(plan_of())["dimension", ("a",)] == 0.125


# What must hold whatever is answered.


def answers_to(scorer_questionnaire: Questionnaire) -> st.SearchStrategy[dict[str, Answer]]:
    def one(question: object) -> st.SearchStrategy[Answer | None]:
        if isinstance(question, NumberQuestion):
            values: st.SearchStrategy[object] = st.integers(0, 100) | st.just(DONT_KNOW)
        elif isinstance(question, SeveralQuestion):
            plain = [o.id for o in question.options if not o.exclusive]
            values = st.sets(st.sampled_from(plain), min_size=1).map(lambda chosen: tuple(sorted(chosen)))
        else:
            values = st.sampled_from([o.id for o in question.choices])
        return st.none() | values.map(lambda value: Answer(value=value))

    found = st.fixed_dictionaries({q.id: one(q) for q in scorer_questionnaire.questions.values()})
    return found.map(lambda answers: {q: a for q, a in answers.items() if a})


@given(answers_to(QUESTIONNAIRE))
def test_means_lie_between_their_inputs_and_coverage_between_0_and_1(answers: dict[str, Answer]) -> None:
    scores = run_plan(plan_of(limits=[]), [Sheet(answers)]).scores
    for score in scores:
        assert score.coverage is None or 0 <= score.coverage <= 1
        assert 0 <= score.answered <= score.applicable
        assert (score.value is None) == (score.published is None) == (score.reason is not None)
        if score.value is not None:
            values = [i.value for i in score.inputs if i.value is not None]
            assert min(values) - 1e-9 <= score.value <= max(values) + 1e-9


@given(answers_to(QUESTIONNAIRE), st.randoms(use_true_random=False))
def test_order_changes_nothing(answers: dict[str, Answer], random: object) -> None:
    keys, items, measures = list(answers), list(RUBRIC["items"].items()), list(RUBRIC["measures"].items())
    for things in (keys, items, measures):
        random.shuffle(things)
    shuffled = plan_of(items=dict(items), measures=dict(measures))
    assert sorted(run_plan(shuffled, [Sheet({k: answers[k] for k in keys})]).scores, key=str) == sorted(
        run_plan(plan_of(), [Sheet(answers)]).scores, key=str
    )


@given(
    st.lists(answers_to(QUESTIONNAIRE), min_size=2, max_size=5), st.sampled_from(["fail", "exclude", "zero"])
)
def test_what_came_up_before_changes_nothing(several: list[dict[str, Answer]], policy: str) -> None:
    plan = plan_of(policy={"unanswered": policy})
    seen = Seen.of(plan)
    for answers in [*several, *several]:
        assert run_plan(plan, [Sheet(answers)], seen) == run_plan(plan, [Sheet(answers)])
    assert any(seen.groups.values())


@given(answers_to(QUESTIONNAIRE), st.sampled_from([0.5, 3.0, 10.0]))
def test_scaling_all_weights_changes_nothing(answers: dict[str, Answer], factor: float) -> None:
    items = {k: {**v, "weight": v.get("weight", 1) * factor} for k, v in RUBRIC["items"].items()}
    scaled, plain = (
        run_plan(plan_of(items=items), [Sheet(answers)]).scores,
        run_plan(plan_of(), [Sheet(answers)]).scores,
    )
    assert [(s.published, s.coverage, s.level) for s in scaled] == [
        (s.published, s.coverage, s.level) for s in plain
    ]


@given(answers_to(QUESTIONNAIRE), st.sampled_from(["a.t.one", "a.t.two", "a.t.three"]))
def test_a_better_answer_never_lowers_a_score(answers: dict[str, Answer], item: str) -> None:
    if item not in answers or answers[item].value == "l4":
        return
    better = {**answers, item: Answer(value=f"l{int(str(answers[item].value)[1]) + 1}")}
    for before, after in zip(
        run_plan(plan_of(), [Sheet(answers)]).scores, run_plan(plan_of(), [Sheet(better)]).scores, strict=True
    ):
        assert (before.published is None) == (after.published is None)
        if before.published is not None and after.published is not None:
            assert after.published >= before.published


def test_the_bundled_rubric_scores_all_of_its_questionnaire(scorer: Scorer) -> None:
    plan = scorer.plan
    assert {i.id for i in plan.items} | set(scorer.rubric.not_scored) == set(scorer.questionnaire.questions)
    assert all((item.least, item.most) == (0, 4) for item in plan.items)
    best: dict[str, Answer] = {}
    for item in plan.items:
        question = scorer.questionnaire.questions[item.id]
        if isinstance(question, NumberQuestion):
            best[item.id] = Answer(value=question.number.max)
        elif isinstance(question, SeveralQuestion):
            best[item.id] = Answer(value=tuple(o.id for o in question.options if not o.exclusive))
        else:
            best[item.id] = Answer(value=max(item.values, key=lambda option: item.values[option]))
    scores = run_plan(plan, [Sheet(best)]).scores
    assert all(s.published == 4 and s.level == "way-of-working" and s.coverage == 1 for s in scores)


def test_a_scorecard_carries_what_it_came_from(scorer: Scorer, scored_2017: list[object]) -> None:
    card = scored_2017[0].scorecard
    assert len(card.answers_digest) == len(card.rubric.digest) == len(card.questionnaire.digest) == 64
    assert card.made_up
    again = scorer.score(scored_2017[0].assessment, card.source)
    assert again == card
    changed = scored_2017[0].assessment.model_copy(update={"answers": {}})
    assert replace(scorer.score(changed, card.source), source="").answers_digest != card.answers_digest


@given(st.lists(answers_to(QUESTIONNAIRE), min_size=1, max_size=3))
def test_the_digest_is_that_of_the_json_that_it_is_said_to_be_of(several: list[dict[str, Answer]]) -> None:
    several = [a | {"b.words": Answer(value='Dŵr "yn"\n', note="é", sure="unsure")} for a in several]
    sheets = [
        Assessment(
            format="maturity-assessment/1",
            questionnaire={"id": "q", "version": "1.0.0"},
            organisation="Cardiff",
            period="2026",
            answers=answers,
        )
        for answers in several
    ]
    plain = [
        {q: a.model_dump(mode="json", exclude_defaults=True) for q, a in sorted(one.items())}
        for one in several
    ]
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    assert answers_digest(sheets) == sha256(text.encode()).hexdigest()
