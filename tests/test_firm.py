"""How firm scores, ranks and levels are: by hand, against the engine one by one, and against NumPy's own percentiles."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from maturity.benchmark.analysis import analysis
from maturity.benchmark.compare import Scored as Pair
from maturity.benchmark.compare import compare
from maturity.benchmark.draws import ANSWERS, WEIGHTS, numbers, percentiles, ranks
from maturity.benchmark.firm import firmness, main_comparisons
from maturity.benchmark.fragile import PER_CENT
from maturity.intake.scored import Scored
from maturity.models.assessment import Answer, Assessment
from maturity.models.benchmark import Benchmark
from maturity.models.firm import Firm, Firmness
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Register
from maturity.models.rubric import Rubric
from maturity.models.scorecard import Reference
from maturity.scoring.compile import compile_plan
from maturity.scoring.many import weights_of
from maturity.scoring.nearby import nearby
from maturity.scoring.run import run_plan
from maturity.scoring.score import Scorer, sheet_of
from maturity.sources.load import expect, load
from maturity.sources.registers import wales
from test_forms import FORMS, HEAD, text
from test_many import written

ROOT = Path(__file__).parent.parent


# What is read off the draws.


def test_percentiles_are_the_nearest_ranks() -> None:
    # Of 1 to 20 the 5th percentile is the ⌈1⌉st, the 95th the ⌈19⌉th; of 7 the ⌈0.35⌉st and the ⌈6.65⌉th.
    values = np.array(
        [[*range(20, 0, -1)], [3, 9, 1, 7, 5, 11, 13, *[np.nan] * 13], [np.nan] * 20], dtype=float
    )
    low, high = percentiles(values, (5, 95))
    assert low.tolist()[:2] == [1, 1]
    assert high.tolist()[:2] == [19, 13]
    assert np.isnan([low[2], high[2]]).all()


@pytest.mark.parametrize("n", [1, 2, 19, 20, 21, 100, 101, 2000])
def test_percentiles_agree_with_numpy(n: int) -> None:
    values = np.random.default_rng(n).integers(0, 40, (5, n)).astype(float)
    for percent, found in zip((5, 95), percentiles(values, (5, 95)), strict=True):
        assert found.tolist() == np.percentile(values, percent, axis=1, method="inverted_cdf").tolist()
        assert found.tolist() == [sorted(row)[ceil(percent * n / 100) - 1] for row in values.tolist()]


def test_ranks_of_every_draw() -> None:
    # Of three draws (columns): no ties; two share the first rank; all the same, and one is not scored.
    nan = np.nan
    published = np.array([[3, 2, 1], [2, 2, 1], [1, 1, 1], [0, 0, nan]], dtype=float)
    assert ranks(published).tolist()[:3] == [[1, 1, 1], [2, 1, 1], [3, 3, 1]]
    assert ranks(published)[3].tolist()[:2] == [4, 4]
    assert np.isnan(ranks(published)[3, 2])


def test_ranks_agree_with_counting() -> None:
    published = np.random.default_rng(5).integers(0, 6, (9, 50)).astype(float)
    published[published == 5] = np.nan
    expected = 1 + (published[None, :, :] > published[:, None, :]).sum(axis=1)
    found = ranks(published)
    assert (np.isnan(found) == np.isnan(published)).all()
    assert (found[~np.isnan(found)] == expected[~np.isnan(published)]).all()


def test_numbers_are_pcg64_s_upper_bits() -> None:
    # NumPy's own doubles are made of the same bits today; ours stay so whatever NumPy makes of them later.
    bits = np.random.PCG64(np.random.SeedSequence([7, ANSWERS, *b"W06000015"]))
    assert (
        numbers(7, ANSWERS, "W06000015", (3, 4)).tolist() == np.random.Generator(bits).random((3, 4)).tolist()
    )
    assert numbers(7, WEIGHTS, "", (1, 2)).tolist() == [[0.625095466604667, 0.8972138009695755]]


# A toy: two questions of one theme, worth 0 to 4, and four levels.


def toy(limits: Sequence[dict[str, Any]] = (), starts: Sequence[float] = (0, 1, 2, 3)) -> Scorer:
    options = [{"id": f"o{n}", "text": text(f"o{n}")} for n in range(5)]
    questions = [{"id": q, "type": "level", "text": text(q), "options": options} for q in ("q0", "q1")]
    theme = {"id": "t", "name": text("t"), "questions": questions}
    dimensions = [{"id": "a", "name": text("a"), "themes": [theme]}]
    asked = {**HEAD, "format": "maturity-questionnaire/1", "dimensions": dimensions}
    scale = {f"o{n}": n for n in range(5)}
    whole = {"name": text("all"), "of": "items", "bands": "levels"}
    valued = {
        **HEAD,
        "format": "maturity-rubric/1",
        "questionnaire": {"id": "toy", "versions": ">=1.0.0"},
        "items": {"q0": {"scale": scale}, "q1": {"scale": scale}},
        "measures": {"overall": whole},
        "limits": list(limits),
        "bands": {
            "levels": [
                {"from": start, "id": f"l{n}", "name": text(f"l{n}")} for n, start in enumerate(starts)
            ]
        },
    }
    questionnaire, rubric = Questionnaire.model_validate(asked), Rubric.model_validate(valued)
    reference = Reference("toy", "1.0.0", "0" * 64)
    return Scorer(questionnaire, rubric, compile_plan(rubric, questionnaire), (reference, reference))


def given(
    scorer: Scorer, answers: Mapping[str, tuple[int | None, int | None]]
) -> tuple[Benchmark, dict[str, Pair]]:
    """Of councils' codes with the options chosen, the benchmark and what it is made of."""
    current: dict[str, Pair] = {}
    for code, chosen in answers.items():
        filled = {f"q{n}": Answer(value=f"o{o}") for n, o in enumerate(chosen) if o is not None}
        one = Assessment.model_validate(
            {
                "format": "maturity-assessment/1",
                "questionnaire": {"id": "toy", "version": "1.0.0"},
                "organisation": code,
                "period": "2026",
                "answers": filled,
            }
        )
        current[code] = (one, scorer.score(one))
    return compare(scorer, wales(), current), current


CODES = [o.code for o in wales().organisations]


def firm_of(
    answers: Sequence[tuple[int | None, int | None]], scorer: Scorer | None = None, **more: Any
) -> list[Firm]:
    """What the only measure of the toy says of the first councils of Wales."""
    scorer = scorer or toy()
    benchmark, current = given(scorer, dict(zip(CODES, answers, strict=False)))
    found = firmness(scorer, benchmark, current, **more)
    return list(found.measures[0].organisations)


def test_ranges_by_hand() -> None:
    draws = 40
    one, *_ = firm_of([(4, 1), (2, 2), (2, 2), (2, 2), (2, 2)], draws=draws, seed=3, answer_error=0.4)
    # Weights: (4 w + 1 v) ÷ (w + v), w and v evenly from 0.75 to 1.25.
    u = numbers(3, WEIGHTS, "", (2, draws)).tolist()
    w, v = ([0.75 + 0.5 * x for x in row] for row in u)
    scores = sorted(round((4 * a + b) / (a + b) + 1e-9, 2) for a, b in zip(w, v, strict=True))
    # Of 40 the ⌈2⌉nd and the ⌈38⌉th.
    assert (one.weights.score_low, one.weights.score_high) == (scores[1], scores[37])
    assert one.weights.same_level == sum(2 <= s < 3 for s in scores)
    assert (one.weights.rank_low, one.weights.rank_high) == (1, 1)
    # Answers: below 0.2 an option down, below 0.4 one up; the first is at the top and only goes down.
    first, second = numbers(3, ANSWERS, CODES[0], (2, draws)).tolist()
    scores = sorted(
        (4 - (a < 0.2) + 1 - (b < 0.2) + (0.2 <= b < 0.4)) / 2 for a, b in zip(first, second, strict=True)
    )
    assert len(set(scores)) > 3
    assert (one.answers.score_low, one.answers.score_high) == (scores[1], scores[37])
    assert one.answers.same_level == sum(2 <= s < 3 for s in scores)


def test_without_error_and_with_equal_answers_nothing_moves() -> None:
    for one in firm_of([(2, 2)] * 8, draws=30, answer_error=0):
        for found in (one.weights, one.answers):
            assert (found.score_low, found.score_high, found.rank_low, found.rank_high) == (2, 2, 1, 1)
            assert (found.scored, found.same_level) == (30, 30)


@pytest.mark.parametrize("n", [1, 4, 5, 7, 8])
def test_ranks_are_told_from_5_councils_on(n: int) -> None:
    found = firm_of([(1, 3)] * n, draws=10)
    assert len(found) == n
    assert all((one.weights.rank_low is not None) == (n >= 5) for one in found)
    assert all((one.answers.rank_high is not None) == (n >= 5) for one in found)
    assert all(one.answers.score_low is not None for one in found)


def test_nobody_and_nothing_answered() -> None:
    scorer = toy()
    benchmark, _ = given(scorer, {CODES[0]: (1, 1)})
    nobody = replace(benchmark, members=tuple(replace(m, scorecard=None) for m in benchmark.members))
    assert firmness(scorer, nobody, {}).measures == ()
    # Who is not scored has no range; the others have theirs.
    assert [one.organisation for one in firm_of([(None, None), (1, None)])] == [CODES[1]]
    assert firm_of([(None, None)]) == []


@pytest.mark.parametrize("wrong", [{"draws": 0}, {"seed": -1}, {"answer_error": 1.5}])
def test_what_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="draws from 1"):
        firm_of([(1, 1)], **wrong)


def test_levels_that_hang_on_one_answer_by_hand() -> None:
    # 2 and 2 make 2.0, the start of level 2: one option down in either gives 1.5, so level 1; up gives 2.5, still level 2.
    (two,) = firm_of([(2, 2)])
    assert [(o.question, o.answer, o.other, o.published, o.level) for o in two.other_answers] == [
        ("q0", "o2", "o1", 1.5, "l1"),
        ("q1", "o2", "o1", 1.5, "l1"),
    ]
    assert two.fragile
    # 3 and 2 make 2.5: down gives 2.0, still level 2; up gives 3.0, level 3.
    (three,) = firm_of([(3, 2)])
    assert [(o.question, o.other, o.level) for o in three.other_answers] == [
        ("q0", "o4", "l3"),
        ("q1", "o3", "l3"),
    ]
    # 4 and 4 are at the top of the highest level.
    (four,) = firm_of([(4, 4)])
    assert not four.fragile
    # One answer alone, and no coverage demanded: 1 down is 0.0.
    (alone,) = firm_of([(1, None)])
    assert [(o.question, o.other, o.level) for o in alone.other_answers] == [
        ("q0", "o0", "l0"),
        ("q0", "o2", "l2"),
    ]


def test_levels_that_hang_on_a_weight_by_hand() -> None:
    # (4 w + 0) ÷ (w + 1) is 2.0 at w = 1: at 0.99 it is 1.9899, printed 1.99. For the other 0 · v + 4 at v = 1.01: 4 ÷ 2.01 = 1.990.
    (even,) = firm_of([(4, 0)])
    assert [(o.of, o.source, o.factor, o.published, o.level) for o in even.other_weights] == [
        ("items", "q0", 0.99, 1.99, "l1"),
        ("items", "q1", 1.01, 1.99, "l1"),
    ]
    # 4 and 1 make 2.5. (4 w + 1) ÷ (w + 1) is at most 6 ÷ 2.25 = 2.67, (4 + v) ÷ (1 + v) at most 4.75 ÷ 1.75 = 2.71.
    (firm,) = firm_of([(4, 1)])
    assert firm.other_weights == ()


def test_without_a_level_nothing_hangs_on_anything() -> None:
    # The lowest level starts at 0.55: 0 and 1 make 0.5, no level. One option up makes 1.0, and 1.25 times the weight of
    # the second 1.25 ÷ 2.25 = 0.56: both have one.
    scorer = toy(starts=(0.55, 2))
    (none,) = firm_of([(0, 1)], scorer)
    assert (none.published, none.level, none.other_answers, none.other_weights) == (0.5, None, (), ())
    assert (none.weights.same_level, none.answers.same_level) == (None, None)
    # 1 and 1 make 1.0; one option down makes none.
    (one,) = firm_of([(1, 1)], scorer)
    assert [(o.question, o.published, o.level) for o in one.other_answers] == [
        ("q0", 0.5, None),
        ("q1", 0.5, None),
    ]


def test_a_limit_that_one_answer_lifts() -> None:
    # 1 and 4 make 2.5, capped at 1.99 while the first is below 2. One option up there gives 3.0, level 3.
    limit = {
        "id": "cap",
        "measure": "overall",
        "at_most": 1.99,
        "when": {"item": "q0", "below": 2},
        "because": text("-"),
    }
    (one,) = firm_of([(1, 4)], toy([limit]), draws=20, answer_error=0)
    assert (one.published, one.level) == (1.99, "l1")
    assert [(o.question, o.other, o.published, o.level) for o in one.other_answers] == [
        ("q0", "o2", 3.0, "l3")
    ]
    assert (one.weights.score_low, one.weights.score_high, one.weights.same_level) == (1.99, 1.99, 20)


# The examples, 22 councils.


def pairs(scored: Sequence[Scored]) -> dict[str, Pair]:
    return {s.organisation.code: (s.assessment, s.scorecard) for s in scored}


@pytest.fixture(scope="module")
def firm_2026(scorer: Scorer, benchmark_2026: Benchmark, scored_2026: list[Scored]) -> Firmness:
    return firmness(scorer, benchmark_2026, pairs(scored_2026), draws=200, seed=11)


def digest(found: object) -> str:
    return sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


FIGURES_2026 = "74f4c3436a68f5f296b408aa72e3808f8cb60233b02d2d1aae0d9e1b2b9276f8"


def test_the_same_seed_gives_the_same_figures_on_any_machine(firm_2026: Firmness) -> None:
    assert digest(asdict(firm_2026)) == FIGURES_2026


OTHER_MACHINE = """
import json, sys
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from maturity.benchmark.compare import compare
from maturity.benchmark.firm import firmness
from maturity.intake.collect import collect
from maturity.intake.scored import by_period, score_all, scorer_for
from maturity.sources.load import expect, load
from maturity.sources.registers import wales

collected = collect([Path(sys.argv[1])], wales()).assessments
scorer = scorer_for(collected, None, None)
current = by_period(score_all(scorer, collected))["2026"]
found = firmness(scorer, compare(scorer, wales(), current), current, draws=200, seed=11)
print(sha256(json.dumps(asdict(found), sort_keys=True).encode()).hexdigest())
"""


def test_a_processor_without_wide_registers_gives_the_same() -> None:
    """NumPy without all that it found beyond the least that it needs: what an older processor would run."""
    found = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    result = subprocess.run(
        [sys.executable, "-c", OTHER_MACHINE, ROOT / "examples" / "wales-2026"],
        env={**os.environ, "NPY_DISABLE_CPU_FEATURES": " ".join(found)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == FIGURES_2026


def test_another_seed_gives_others(
    scorer: Scorer, benchmark_2026: Benchmark, scored_2026: list[Scored], firm_2026: Firmness
) -> None:
    other = firmness(scorer, benchmark_2026, pairs(scored_2026), draws=200, seed=12)
    assert digest(asdict(other)["measures"]) != digest(asdict(firm_2026)["measures"])
    # What levels hang on is not drawn.
    for one, two in zip(firm_2026.measures, other.measures, strict=True):
        assert [o.other_answers for o in one.organisations] == [o.other_answers for o in two.organisations]


def test_ranges_do_not_depend_on_who_else_is_there(
    scorer: Scorer, scored_2026: list[Scored], firm_2026: Firmness
) -> None:
    some = dict(reversed(list(pairs(scored_2026).items())[3:9]))
    register = Register("wales", tuple(reversed(wales().organisations)))
    found = firmness(scorer, compare(scorer, register, some), some, draws=200, seed=11)
    for measure in found.measures:
        everyone = firm_2026.of(measure.measure, measure.group)
        assert everyone is not None
        for one in measure.organisations:
            same = everyone.of(one.organisation)
            assert same is not None
            for ours, theirs in ((one.weights, same.weights), (one.answers, same.answers)):
                assert (ours.score_low, ours.score_high) == (theirs.score_low, theirs.score_high)
            assert (one.other_answers, one.other_weights) == (same.other_answers, same.other_weights)


def test_ranges_are_of_the_headline_and_the_dimensions(
    benchmark_2026: Benchmark, firm_2026: Firmness
) -> None:
    names = [(m.measure, m.group) for m in firm_2026.measures]
    assert names == [(c.measure, c.group) for c in main_comparisons(benchmark_2026)]
    assert [name for name, _ in names] == ["overall"] + ["dimension"] * 6
    for measure, comparison in zip(firm_2026.measures, main_comparisons(benchmark_2026), strict=True):
        assert len(measure.organisations) == comparison.summary.n
        for one in measure.organisations:
            assert one.published == comparison.of(one.organisation).published


def test_every_single_answer_was_tried(
    scorer: Scorer, scored_2026: list[Scored], firm_2026: Firmness
) -> None:
    """Against the engine, one changed answer after the other."""
    items = {item.id: item for item in scorer.plan.items}
    for one in scored_2026[::5]:
        sheet = sheet_of(one.assessment)
        expected: dict[tuple[str, tuple[str, ...]], set[tuple[object, ...]]] = {}
        for question in items:
            answer = one.assessment.answers.get(question, Answer())
            for other in nearby(scorer.questionnaire.questions[question], items[question], answer):
                if other is None:
                    continue
                changed = replace(sheet, answers={**sheet.answers, question: other})
                for score in run_plan(scorer.plan, [changed]).scores:
                    before = one.scorecard.score(score.measure, *score.group)
                    if before and before.level and before.level != score.level:
                        found = (question, answer.value, other.value, score.published, score.level)
                        expected.setdefault((score.measure, score.group), set()).add(found)
        for measure in firm_2026.measures:
            firm = measure.of(one.organisation.code)
            if firm is not None:
                told = {(o.question, o.answer, o.other, o.published, o.level) for o in firm.other_answers}
                assert told == expected.get((measure.measure, measure.group), set())


def test_no_smaller_change_of_a_weight_was_missed(
    scorer: Scorer, scored_2026: list[Scored], firm_2026: Firmness
) -> None:
    """Against the engine with the weights written in: all of the smallest change, none of a smaller one."""
    measure = next(m for m in firm_2026.measures if any(o.other_weights for o in m.organisations))
    firm = min(
        (o for o in measure.organisations if o.other_weights),
        key=lambda o: abs(o.other_weights[0].factor - 1),
    )
    sheet = sheet_of(next(s.assessment for s in scored_2026 if s.organisation.code == firm.organisation))
    least = round(abs(firm.other_weights[0].factor - 1) * 100)
    changing: dict[int, set[tuple[object, ...]]] = {}
    for of, source in weights_of(scorer.plan):
        for percent in (p for p in PER_CENT if abs(p - 100) <= least):
            rubric = written(scorer.rubric, scorer.plan, {(of, source): percent / 100})
            result = run_plan(compile_plan(rubric, scorer.questionnaire), [sheet])
            score = next(s for s in result.scores if (s.measure, s.group) == (measure.measure, measure.group))
            if score.level != firm.level:
                found = (of, source, percent / 100, score.published, score.level)
                changing.setdefault(abs(percent - 100), set()).add(found)
    told = {(o.of, o.source, o.factor, o.published, o.level) for o in firm.other_weights}
    assert changing == {least: told}


# The examples' ranges again, from the definitions in docs/statistics.md.


def evenly(entropy: list[int], shape: tuple[int, int]) -> np.ndarray:
    raw = np.random.PCG64(np.random.SeedSequence(entropy)).random_raw(shape[0] * shape[1])
    return (raw >> np.uint64(11)).reshape(shape) / 2**53


def test_ranges_under_other_weights_recomputed_with_numpy_alone(
    monkeypatch: pytest.MonkeyPatch, scorer: Scorer, benchmark_2026: Benchmark, scored_2026: list[Scored]
) -> None:
    """The analyst's script of the bench, given the same weights: every score, rank and percentile to the last digit."""
    monkeypatch.syspath_prepend(str(ROOT / "tests" / "bench"))
    script = importlib.import_module("benchmark").Script(scorer, [s.scorecard for s in scored_2026])
    draws, sizes = 500, (71, 23, 6)
    factors = 0.75 + 0.5 * evenly([9, 0], (sum(sizes), draws)).T[:, None, :]
    items, themes, dims = np.split(factors, np.cumsum(sizes)[:-1], axis=2)
    scores = script.scores(script.values[None], items * script.weights, themes, dims)
    places = 1.0 + (scores[:, None, :, :] > scores[:, :, None, :]).sum(axis=2)
    places[np.isnan(scores)] = np.nan
    firm = firmness(scorer, benchmark_2026, pairs(scored_2026), draws=draws, seed=9)
    for n, measure in enumerate(firm.measures):
        for row, one in enumerate(scored_2026):
            found, values = measure.of(one.organisation.code), scores[:, row, n]
            scored = values[~np.isnan(values)]
            if found is None:
                assert one.scorecard.score(measure.measure, *measure.group).published is None  # type: ignore[union-attr]
                continue
            assert found.weights.scored == len(scored)
            expected = np.percentile(scored, (5, 95), method="inverted_cdf").tolist()
            assert [found.weights.score_low, found.weights.score_high] == expected
            ranked = places[:, row, n][~np.isnan(values)]
            expected = np.percentile(ranked, (5, 95), method="inverted_cdf").tolist()
            assert [found.weights.rank_low, found.weights.rank_high] == expected


def test_ranges_under_other_answers_recomputed_one_by_one(
    scorer: Scorer, benchmark_2026: Benchmark, scored_2026: list[Scored]
) -> None:
    """Every draw of every council scored by the engine, with the answers moved."""
    draws, items = 40, {item.id: item for item in scorer.plan.items}
    published: dict[tuple[str, tuple[str, ...]], list[list[float | None]]] = {}
    for one in scored_2026:
        sheet, rows = (
            sheet_of(one.assessment),
            evenly([9, 1, *one.organisation.code.encode()], (len(items), draws)),
        )
        near = {
            q: nearby(scorer.questionnaire.questions[q], items[q], sheet.answers.get(q, Answer()))
            for q in items
        }
        trials = []
        for draw in range(draws):
            given = dict(sheet.answers)
            for question, u in zip(items, rows[:, draw], strict=True):
                down, up = near[question]
                other = down if u < 0.05 else up if u < 0.1 else None
                if other is not None:
                    given[question] = other
            trials.append(run_plan(scorer.plan, [replace(sheet, answers=given)]).scores)
        for scores in zip(*trials, strict=True):
            published.setdefault((scores[0].measure, scores[0].group), []).append(
                [s.published for s in scores]
            )
    firm = firmness(scorer, benchmark_2026, pairs(scored_2026), draws=draws, seed=9)
    for measure in firm.measures:
        table = published[measure.measure, measure.group]
        for row, one in zip(table, scored_2026, strict=True):
            found, scored = measure.of(one.organisation.code), sorted(v for v in row if v is not None)
            if found is None:
                assert scored == []
                continue
            n = len(scored)
            assert found.answers.scored == n
            ends = ceil(n * 5 / 100) - 1, ceil(n * 95 / 100) - 1
            assert (found.answers.score_low, found.answers.score_high) == tuple(scored[e] for e in ends)
            places = sorted(
                1 + sum(other[draw] is not None and other[draw] > v for other in table)  # type: ignore[operator]
                for draw, v in enumerate(row)
                if v is not None
            )
            assert (found.answers.rank_low, found.answers.rank_high) == tuple(places[e] for e in ends)


@pytest.mark.parametrize("form", sorted(path.name for path in FORMS.iterdir()))
def test_every_form_has_its_ranges_and_nothing_moves_without_a_cause(form: str) -> None:
    rubric, asked = load(FORMS / form / "rubric.yaml"), load(FORMS / form / "questionnaire.yaml")
    scorer = Scorer.of(expect(asked, Questionnaire), asked, expect(rubric, Rubric), rubric)
    given = [expect(load(path), Assessment) for path in sorted((FORMS / form).glob("answers-*.yaml"))]
    current = {wales().find(one.organisation).code: (one, scorer.score(one)) for one in given}  # type: ignore[union-attr]
    benchmark = compare(scorer, wales(), current)
    found = firmness(scorer, benchmark, current, draws=20, answer_error=0)
    assert len(found.measures) == len(main_comparisons(benchmark))
    for measure in found.measures:
        for one in measure.organisations:
            still = one.answers
            assert (still.score_low, still.score_high, still.scored) == (one.published, one.published, 20)
            assert still.same_level == (None if one.level is None else 20)
            moved = one.weights
            assert moved.scored == 0 or (moved.score_low or 0) <= (moved.score_high or 0)
    told = analysis(scorer, benchmark)
    assert {d.item for d in told.difficulties} == {item.id for item in scorer.plan.items}
    assert all(0 < share.share <= 1 for share in told.shares)
