"""Scoring in bulk, with other weights and other answers, yields what scoring one by one does: for every form of the
language, for the bundled rubrics, and for rubrics with the weights written in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.models.assessment import Answer, Assessment
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.scoring.compile import compile_plan
from maturity.scoring.items import Sheet
from maturity.scoring.many import Many, Weight, weights_of
from maturity.scoring.many_reduce import rounded, settled
from maturity.scoring.nearby import nearby
from maturity.scoring.numbers import half_up, settle
from maturity.scoring.plan import Plan
from maturity.scoring.run import run_plan
from maturity.scoring.score import sheet_of
from maturity.sources.load import expect, load
from test_forms import (
    AWAY,
    FORMS,
    MISSING,
    PAIR,
    PAIR_ITEMS,
    REDUCES,
    VALUES,
    Toy,
    answered,
    asked,
    compiled,
    level,
    measure,
    questions_of,
    text,
    toys,
)

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "rubrics"
SOCITM = ROOT / "questionnaires" / "socitm"
SEED = 230


def cases() -> Iterator[tuple[str, Path, Path, list[Path]]]:
    """Every rubric that the tests know: a name, its questionnaire, itself, and answers."""
    for form in sorted(FORMS.iterdir()):
        yield (
            form.name,
            form / "questionnaire.yaml",
            form / "rubric.yaml",
            sorted(form.glob("answers-*.yaml")),
        )
    for step in sorted(GUIDE.glob("step-*.yaml")):
        yield step.stem, GUIDE / "questionnaire-1.0.0.yaml", step, [GUIDE / "answers.yaml"]
    for rubric, period in (("1.0.0", "2017"), ("1.1.0", "2026"), ("1.1.0", "2017")):
        answers = sorted((ROOT / "examples" / f"wales-{period}").glob("*.yaml"))
        yield (
            f"socitm-{rubric}-{period}",
            SOCITM / "questionnaire-1.0.0.yaml",
            SOCITM / f"rubric-{rubric}.yaml",
            answers,
        )


CASES = list(cases())
each_case = pytest.mark.parametrize(
    ("asked", "valued", "answers"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)


def opened(asked: Path, valued: Path, answers: list[Path]) -> tuple[Rubric, Questionnaire, list[Sheet]]:
    """The three, with damaged copies of the answers: every third and every fourth left out, which coverage must show."""
    sheets = [sheet_of(expect(load(path), Assessment)) for path in answers[:8]]
    for one in list(sheets):
        for step in (3, 4):
            gone = set(islice(one.answers, 0, None, step))
            sheets.append(
                Sheet({q: a for q, a in one.answers.items() if q not in gone}, one.role, one.organisation)
            )
    sheets.append(Sheet({}))
    return expect(load(valued), Rubric), expect(load(asked), Questionnaire), sheets


def one_by_one(plan: Plan, sheet: Sheet) -> dict[tuple[str, tuple[str, ...]], float | None]:
    return {(s.measure, s.group): s.published for s in run_plan(plan, [sheet]).scores}


def same(
    many: dict[tuple[str, tuple[str, ...]], np.ndarray],
    row: int,
    trial: int,
    expected: dict[tuple[str, tuple[str, ...]], float | None],
) -> None:
    found = {}
    for key, values in many.items():
        value = values[min(row, values.shape[0] - 1), min(trial, values.shape[1] - 1)]
        found[key] = None if np.isnan(value) else float(value)
    assert found == expected


@each_case
def test_as_answered_it_is_what_one_by_one_gives(asked: Path, valued: Path, answers: list[Path]) -> None:
    rubric, questionnaire, sheets = opened(asked, valued, answers)
    plan = compile_plan(rubric, questionnaire)
    found = Many(plan, questionnaire, sheets).published({}, {}, {m.name for m in plan.measures})
    for row, sheet in enumerate(sheets):
        same(found, row, 0, one_by_one(plan, sheet))


def written(rubric: Rubric, plan: Plan, factors: dict[Weight, float]) -> Rubric:
    """The rubric with every weight times its factor, written in."""
    items = {
        name: item.model_copy(update={"weight": item.weight * factors.get(("items", name), 1.0)})
        for name, item in rubric.items.items()
    }
    measures = {}
    for m in plan.measures:
        rule = rubric.measures[m.name]
        names = [s for g in m.groups for s, _ in g.inputs if (m.name, s) in factors]
        weights = {**rule.weights, **{s: rule.weights.get(s, 1.0) * factors[m.name, s] for s in names}}
        measures[m.name] = rule.model_copy(update={"weights": weights})
    return rubric.model_copy(update={"items": items, "measures": measures})


@each_case
def test_drawn_weights_score_as_if_they_were_written_in(
    asked: Path, valued: Path, answers: list[Path]
) -> None:
    rubric, questionnaire, sheets = opened(asked, valued, answers)
    plan = compile_plan(rubric, questionnaire)
    rng, trials = np.random.default_rng(SEED), 3
    drawn = {weight: rng.uniform(0.75, 1.25, (1, trials)) for weight in weights_of(plan)}
    found = Many(plan, questionnaire, sheets).published(drawn, {}, {m.name for m in plan.measures})
    for trial in range(trials):
        factors = {weight: float(values[0, trial]) for weight, values in drawn.items()}
        other = compile_plan(written(rubric, plan, factors), questionnaire)
        for row, sheet in enumerate(sheets):
            same(found, row, trial, one_by_one(other, sheet))


@each_case
def test_drawn_answers_score_as_if_they_were_given(asked: Path, valued: Path, answers: list[Path]) -> None:
    rubric, questionnaire, sheets = opened(asked, valued, answers)
    plan = compile_plan(rubric, questionnaire)
    rng, trials = np.random.default_rng(SEED), 6
    many = Many(plan, questionnaire, sheets)
    drawn = {q: rng.choice(3, (len(sheets), trials), p=[0.5, 0.25, 0.25]) for q in many.asked}
    moves = {q: (which == 1, which == 2) for q, which in drawn.items()}
    found = many.published({}, moves, {m.name for m in plan.measures})
    items = {item.id: item for item in plan.items}
    for row, sheet in enumerate(sheets):
        near = {
            q: nearby(questionnaire.questions[q], items.get(q), sheet.answers.get(q, Answer())) for q in drawn
        }
        for trial in range(trials):
            given = dict(sheet.answers)
            for question, which in drawn.items():
                other = (None, *near[question])[which[row, trial]]
                if other is not None:
                    given[question] = other
            same(found, row, trial, one_by_one(plan, Sheet(given, sheet.role, sheet.organisation)))


# The language whole: random rubrics, with limits and filters that look at all that they can.


@st.composite
def conditions(draw: st.DrawFn, toy: Toy, depth: int = 2) -> dict[str, Any]:
    """A random condition about what a questionnaire asks, an item is worth, a measure printed, or who answers."""
    if depth and draw(st.booleans()):
        inner = conditions(toy, depth - 1)
        kind = draw(st.sampled_from(("all", "any", "not")))
        return {kind: draw(inner) if kind == "not" else [draw(inner), draw(inner)]}
    kind = draw(
        st.sampled_from(("question", "item", "measure", "organisation", "respondent", "some", "outcome"))
    )
    bars = st.sampled_from((0, 0.7, 1, 2, 3.5))
    number = draw(
        st.sampled_from(
            ({"at_least": draw(bars)}, {"below": draw(bars)}, {"equals": draw(bars)}, {"in": [0, draw(bars)]})
        )
    )
    if kind == "question":
        question = draw(st.sampled_from(list(questions_of(toy).values())))
        tests: list[dict[str, Any]] = [{"at_least": 30}, {"below": 30}, {"equals": 10}]
        if question["type"] != "number":
            option = draw(st.sampled_from(("o0", "o1", "yes")))
            tests = [{"includes": option}, {"equals": option}, {"in": ["o1", option]}]
        return {"question": question["id"], **draw(st.sampled_from(tests))}
    if kind == "item":
        return {"item": draw(st.sampled_from(list(toy[1]["items"]))), **number}
    if kind == "measure":
        measure = draw(st.sampled_from(list(toy[1]["measures"])))
        return {"measure": measure, "group": draw(st.sampled_from(([], ["a"], ["p"], ["q0"]))), **number}
    if kind == "organisation":
        return {"organisation": "size", **number}
    others = {
        "respondent": {"respondent": "role", "equals": "head"},
        "some": {"some": {}, **number},
        "outcome": {"outcome": "first", "equals": "all"},
    }
    return others[kind]


@st.composite
def whole(draw: st.DrawFn) -> Toy:
    """A toy with more limits, and with questions that are asked of some only; negative values too."""
    toy = draw(toys(values=(*VALUES, -1)))
    for number in range(draw(st.integers(0, 3))):
        target, at_most = draw(st.sampled_from(list(toy[1]["measures"]))), draw(st.sampled_from((0.1, 1, 2)))
        limit = {"id": f"l{number}", "measure": target, "at_most": at_most, "because": text("-")}
        toy[1].setdefault("limits", []).append({**limit, "when": draw(conditions(toy))})
    for question in questions_of(toy).values():
        if draw(st.sampled_from((False, False, True))):
            question["asked_when"] = draw(conditions(toy))
    return toy


@given(st.data())
def test_random_rubrics_score_the_same_in_bulk(data: st.DataObject) -> None:
    toy = data.draw(whole())
    rubric, questionnaire = Rubric.model_validate(toy[1]), Questionnaire.model_validate(toy[0])
    plan = compile_plan(rubric, questionnaire)
    sheets = []
    for role, size in (("head", 1), (None, 0.7), ("clerk", 3)):
        sheets.append(Sheet(data.draw(answered(toy)), role, {"size": size}))
    rng = np.random.default_rng(data.draw(st.integers(0, 999)))
    many, trials = Many(plan, questionnaire, sheets), 4
    weights = {w: rng.uniform(0.75, 1.25, (1, trials)) for w in weights_of(plan)}
    which = {q: rng.choice(3, (len(sheets), trials)) for q in many.asked}
    moves = {q: (drawn == 1, drawn == 2) for q, drawn in which.items()}
    found = many.published(weights, moves, {m.name for m in plan.measures})
    for trial in range(trials):
        factors = {weight: float(values[0, trial]) for weight, values in weights.items()}
        other = compile_plan(written(rubric, plan, factors), questionnaire)
        for row, sheet in enumerate(sheets):
            answers = {q: moved(many, q, row, int(drawn[row, trial])) for q, drawn in which.items()}
            kept = {q: a for q, a in answers.items() if q in sheet.answers}
            expected = one_by_one(other, Sheet(kept, sheet.role, sheet.organisation))
            same(found, row, trial, expected)


def moved(many: Many, question: str, row: int, which: int) -> Answer:
    """An answer as it is (0), one option down (1) or up (2), where there is such an option."""
    item = next((i for i in many.plan.items if i.id == question), None)
    answer = many.sheets[row].answers.get(question, Answer())
    other = (None, *nearby(many.questionnaire.questions[question], item, answer))[which]
    return other or answer


# What is one option away.


def test_nearby_answers_of_socitm() -> None:
    questionnaire = expect(load(SOCITM / "questionnaire-1.0.0.yaml"), Questionnaire)
    plan = compile_plan(expect(load(SOCITM / "rubric-1.1.0.yaml"), Rubric), questionnaire)
    items = {item.id: item for item in plan.items}

    def near(question: str, value: Any, **more: Any) -> list[Any]:
        found = nearby(questionnaire.questions[question], items.get(question), Answer(value=value, **more))
        return [None if one is None else one.value for one in found]

    # Worth 0, 1, 2, 3, 4 in this order; at the ends only inwards.
    assert near("leadership.strategy.in-place", "agreed") == ["drafted", "resourced"]
    assert near("leadership.strategy.in-place", "none") == [None, "drafted"]
    assert near("leadership.strategy.in-place", "reviewed") == ["resourced", None]
    # Written from the best down: up is still what is worth more.
    assert near("transactions.online.welsh", "replies") == ["messages", "choice-kept"]
    # Yes and no are neighbours, however much lies between them.
    assert near("transactions.end-to-end.fee", "no") == [None, "yes"]
    # Bands from 0, 20, 40, 60, 80: the greatest whole per cent of the band below, the least of that above.
    assert near("transactions.online.share-of-requests", 45) == [39, 60]
    assert near("transactions.online.share-of-requests", 5) == [None, 20]
    assert near("transactions.online.share-of-requests", 80) == [79, None]
    assert near("transactions.online.share-of-requests", "dont_know") == [None, None]
    # One choice more or fewer; without any left it is 'none'; above the cap nothing is gained.
    ways = "inclusion.trust.ways-to-get-help"
    assert near(ways, ("by-phone",)) == [("none",), ("by-phone", "in-person")]
    assert near(ways, ("none",)) == [None, ("by-phone",)]
    assert near(ways, ("by-phone", "at-home")) == [("at-home",), ("by-phone", "in-person", "at-home")]
    # Five choices are worth 4 at most, and so are four: one fewer changes nothing, and one more neither.
    five = ("by-phone", "in-person", "at-home", "live-online", "through-someone-trusted")
    assert near(ways, five) == [None, None]
    assert near(ways, None) == [None, None]
    assert near(ways, None, not_applicable=True, reason="None here.") == [None, None]


def test_every_nearby_answer_is_worth_something_else(scorer: Any) -> None:
    for item in scorer.plan.items:
        question = scorer.questionnaire.questions[item.id]
        for value in [o.id for o in question.choices] if question.type != "several" else []:
            down, up = nearby(question, item, Answer(value=value))
            assert down is None or item.values[str(down.value)] < item.values[value]
            assert up is None or item.values[str(up.value)] > item.values[value]
            assert down or up


# What random rubrics seldom meet.


def agrees(
    questionnaire: dict[str, Any], rubric: dict[str, Any], *given: dict[str, Any]
) -> list[dict[Any, float | None]]:
    """What all of these answers score in bulk, which is what they score one by one."""
    sheets = [
        Sheet({q: a if isinstance(a, Answer) else Answer(value=a) for q, a in one.items()}) for one in given
    ]
    plan, asked = compiled(questionnaire, **rubric), Questionnaire.model_validate(questionnaire)
    found = Many(plan, asked, sheets).published({}, {}, {m.name for m in plan.measures})
    expected = [one_by_one(plan, sheet) for sheet in sheets]
    for row, one in enumerate(expected):
        same(found, row, 0, one)
    return expected


@pytest.mark.parametrize("operator", sorted(REDUCES))
@pytest.mark.parametrize("policy", MISSING)
@pytest.mark.parametrize("kind", ["unanswered", "dont_know", "not_applicable"])
def test_missing_answers_under_every_policy(operator: str, policy: str, kind: str) -> None:
    gone: dict[str, Any] = {
        "unanswered": {},
        "dont_know": {"q1": "dont_know"},
        "not_applicable": {"q1": AWAY},
    }[kind]
    for least in (0, 0.5, 1):
        rubric = {
            "items": PAIR_ITEMS,
            "policy": {kind: policy, "min_coverage": least},
            "measures": {
                "each": measure(by=["item"], **REDUCES[operator]),
                "all": measure(**REDUCES[operator]),
                "of": measure("each"),
            },
        }
        scores = agrees(PAIR, rubric, {"q0": "o1", **gone}, gone, {"q0": "o2", "q1": 80})
    if (policy, kind) in (("fail", "unanswered"), ("fail", "dont_know")):
        assert scores[0]["all", ()] is None
        assert scores[2]["all", ()] is not None or operator == "distribution"


def test_a_share_at_or_above_nothing_counts_no_gap() -> None:
    # Of one answer, worth 0, and one that is missing, all that is answered is worth 0 or more: 1.0, not 2.0.
    (scores,) = agrees(
        PAIR, {"items": PAIR_ITEMS, "measures": {"all": measure(reduce="share", at_least=0)}}, {"q0": "o0"}
    )
    assert scores == {("all", ()): 1}


def test_what_is_not_asked_opens_nothing_and_lifts_no_limit() -> None:
    questions = [level("q0"), level("q1"), level("q2")]
    questions[1]["asked_when"] = {"question": "q0", "equals": "o2"}
    questions[2]["asked_when"] = {"question": "q1", "equals": "o1"}
    items = {q["id"]: {"scale": {"o0": 0, "o1": 1, "o2": 2}} for q in questions}
    limits = [
        {"id": f"l{n}", "measure": "all", "at_most": at_most, "because": text("-"), "when": when}
        for n, (at_most, when) in enumerate(
            (
                (0.1, {"question": "q1", "equals": "o1"}),
                (0.2, {"item": "q1", "at_least": 0}),
                (0.3, {"not": {"item": "q2", "below": 3}}),
            )
        )
    ]
    answers = {"q1": "o1", "q2": "o2"}
    scores = agrees(
        asked(*questions),
        {"items": items, "limits": limits},
        {"q0": "o2", **answers},
        {"q0": "o1", **answers},
    )
    # Asked, the second answer holds the first limit; not asked, neither it nor what hangs on it is there.
    assert [one["all", ()] for one in scores] == [0.1, 0.3]


def test_numbers_too_large_for_billionths_are_rounded_as_one_by_one() -> None:
    scale = {"o0": 999_999.123456, "o1": 123_456.789123, "o2": -987_654.321987}
    items = {
        "q0": {"scale": scale, "weight": 999_999.5},
        "q1": {"bands": [{"from": 0, "value": 0.3}], "weight": 0.7},
    }
    more = {"measures": {"all": measure(reduce="sum"), "mean": measure()}, "policy": {"round": {"places": 6}}}
    agrees(PAIR, {"items": items, **more}, {"q0": "o0", "q1": 3}, {"q0": "o1", "q1": 1}, {"q0": "o2"})


@given(st.floats(-1e9, 1e9), st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_whole_arrays_are_rounded_as_single_numbers(value: float, tenths: int, places: int) -> None:
    # Among them what lies in the middle between two billionths, where a product decides otherwise than the decimals do.
    middle = (10 * tenths + 5) / 1e10
    values = np.array(
        [[value, value / 1e6, value / 1e9, middle, middle / 1e2, middle / 1e3, tenths / 10 ** (places + 1)]]
    )
    assert settled(values.copy())[0].tolist() == [settle(v) for v in values[0].tolist()]
    assert rounded(values.copy(), places)[0].tolist() == [half_up(v, places) for v in values[0].tolist()]
