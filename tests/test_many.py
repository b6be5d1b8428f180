"""Scoring in bulk, with other weights and other answers, yields what scoring one by one does: for every form of the
language, for the bundled rubrics, and for rubrics with the weights written in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from test_forms import FORMS

from maturity.models.assessment import Answer, Assessment
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.scoring.compile import compile_plan
from maturity.scoring.items import Sheet
from maturity.scoring.many import Many, Weight, weights_of
from maturity.scoring.nearby import nearby
from maturity.scoring.plan import Plan
from maturity.scoring.run import run_plan
from maturity.scoring.score import sheet_of
from maturity.sources.load import expect, load

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "rubrics"
SOCITM = ROOT / "questionnaires" / "socitm"
SEED = 230


def cases() -> Iterator[tuple[str, Path, Path, list[Path]]]:
    """Every rubric that the tests know: a name, its questionnaire, itself, and answers."""
    for form in sorted(FORMS.iterdir()):
        yield form.name, form / "questionnaire.yaml", form / "rubric.yaml", sorted(form.glob("answers-*.yaml"))
    for step in sorted(GUIDE.glob("step-*.yaml")):
        yield step.stem, GUIDE / "questionnaire-1.0.0.yaml", step, [GUIDE / "answers.yaml"]
    for rubric, period in (("1.0.0", "2017"), ("1.1.0", "2026"), ("1.1.0", "2017")):
        answers = sorted((ROOT / "examples" / f"wales-{period}").glob("*.yaml"))
        yield f"socitm-{rubric}-{period}", SOCITM / "questionnaire-1.0.0.yaml", SOCITM / f"rubric-{rubric}.yaml", answers


CASES = list(cases())
each_case = pytest.mark.parametrize(("asked", "valued", "answers"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])


def opened(asked: Path, valued: Path, answers: list[Path]) -> tuple[Rubric, Questionnaire, list[Sheet]]:
    """The three, with damaged copies of the answers: every third and every fourth left out, which coverage must show."""
    sheets = [sheet_of(expect(load(path), Assessment)) for path in answers[:8]]
    for one in list(sheets):
        for step in (3, 4):
            gone = set(islice(one.answers, 0, None, step))
            sheets.append(Sheet({q: a for q, a in one.answers.items() if q not in gone}, one.role, one.organisation))
    sheets.append(Sheet({}))
    return expect(load(valued), Rubric), expect(load(asked), Questionnaire), sheets


def one_by_one(plan: Plan, sheet: Sheet) -> dict[tuple[str, tuple[str, ...]], float | None]:
    return {(s.measure, s.group): s.published for s in run_plan(plan, [sheet]).scores}


def same(many: dict[tuple[str, tuple[str, ...]], np.ndarray], row: int, trial: int, expected: dict[tuple[str, tuple[str, ...]], float | None]) -> None:
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
def test_drawn_weights_score_as_if_they_were_written_in(asked: Path, valued: Path, answers: list[Path]) -> None:
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
        near = {q: nearby(questionnaire.questions[q], items.get(q), sheet.answers.get(q, Answer())) for q in drawn}
        for trial in range(trials):
            given = dict(sheet.answers)
            for question, which in drawn.items():
                other = (None, *near[question])[which[row, trial]]
                if other is not None:
                    given[question] = other
            same(found, row, trial, one_by_one(plan, Sheet(given, sheet.role, sheet.organisation)))
