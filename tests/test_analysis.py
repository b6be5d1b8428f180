"""Statistics for analysts: by hand, and against NumPy and pandas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from maturity.benchmark.analysis import analysis, by_theme, cronbach, items_below, mid_ranks, spearman
from maturity.models.analysis import Analysis
from maturity.models.benchmark import Benchmark
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.scoring.compile import compile_plan
from maturity.scoring.score import Scorer
from maturity.scoring.steps import item_shares
from maturity.sources.load import expect, load
from test_firm import CODES, given, toy

FORMS = Path(__file__).parent / "forms"


@pytest.fixture(scope="module")
def found(scorer: Scorer, benchmark_2026: Benchmark) -> Analysis:
    return analysis(scorer, benchmark_2026)


def test_alpha_by_hand() -> None:
    # Items 1, 2, 3 and 2, 2, 5: variances 1 and 3. Sums 3, 4, 8: mean 5, variance (4 + 1 + 9) ÷ 2 = 7.
    # 2 ÷ 1 · (1 - 4 ÷ 7) = 6/7
    assert cronbach([[1, 2], [2, 2], [3, 5]]) == pytest.approx(6 / 7, abs=1e-9)
    # The same twice is as consistent as can be: variances 1 and 1, of the sums 4. 2 · (1 - 2 ÷ 4) = 1.
    assert cronbach([[1, 1], [2, 2], [3, 3]]) == 1
    # One against the other: all sums are the same.
    assert cronbach([[1, 3], [2, 2], [3, 1]]) is None
    assert [cronbach(rows) for rows in ([], [[1, 2]], [[1], [2], [3]])] == [None, None, None]


def test_alpha_agrees_with_numpy(scorer: Scorer, benchmark_2026: Benchmark, found: Analysis) -> None:
    below = items_below(scorer.plan)
    cards = [m.scorecard for m in benchmark_2026.submitted if m.scorecard]
    values = pd.DataFrame([{i.item: i.value for i in card.items if i.state == "answered"} for card in cards])
    assert len(found.alphas) == 7
    for one in found.alphas:
        complete = values[list(below[one.measure, one.group])].dropna().to_numpy(dtype=float)
        assert (len(complete), complete.shape[1]) == (one.n, one.items)
        if one.n < 5:
            assert one.alpha is None
            continue
        covariances = np.cov(complete, rowvar=False, ddof=1)
        expected = one.items / (one.items - 1) * (1 - np.trace(covariances) / covariances.sum())
        assert one.alpha == pytest.approx(expected, abs=1e-9)
    assert sum(one.alpha is not None for one in found.alphas) == 6


def test_mid_ranks_and_spearman_by_hand() -> None:
    # The two 2s share ranks 2 and 3, so 2.5 each.
    assert mid_ranks([5, 2, 2, 1]) == [4, 2.5, 2.5, 1]
    # Ranks 1, 2, 3, 4 and 2, 1, 4, 3: 1 - 6 · (1 + 1 + 1 + 1) ÷ (4 · 15) = 0.6
    assert spearman([1, 2, 3, 4], [20, 10, 40, 30]) == 0.6
    assert spearman([1, 2, 3], [9, 8, 1]) == -1
    # Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4, less 2.5: 2.25 + 0 + 0 + 2.25 over √(4.5 · 5).
    assert spearman([1, 2, 2, 3], [1, 2, 3, 4]) == pytest.approx(4.5 / 22.5**0.5, abs=1e-9)
    assert spearman([1, 1, 1], [1, 2, 3]) is None
    assert spearman([1], [1]) is None


def test_spearman_agrees_with_pandas(benchmark_2026: Benchmark, found: Analysis) -> None:
    published = pd.DataFrame(
        {c.group: [s.published for s in c.standings] for c in benchmark_2026.dimensions}, dtype=float
    )
    matrix = published.corr(method="spearman")
    assert len(found.correlations) == 15
    for one in found.correlations:
        pair = published[[one.one, one.other]].dropna()
        assert one.n == len(pair)
        assert one.rho == pytest.approx(matrix.loc[[one.one], [one.other]].to_numpy()[0, 0], abs=1e-9)


def test_difficulty_agrees_with_a_plain_mean(benchmark_2026: Benchmark, found: Analysis) -> None:
    worth: dict[str, list[float]] = {}
    for member in benchmark_2026.submitted:
        assert member.scorecard
        for item in member.scorecard.items:
            if item.state == "answered" and item.value is not None:
                worth.setdefault(item.item, []).append(item.value / 4)
    for one in found.difficulties:
        assert one.n == len(worth[one.item])
        assert one.mean == pytest.approx(np.mean(worth[one.item]), abs=1e-9)


def test_difficulty_and_alpha_by_hand() -> None:
    # Worth 0 to 4: (4 + 2 + 2 + 0 + 2) ÷ 5 ÷ 4 = 0.5; of the second only four answered.
    answers: Sequence[tuple[int | None, int | None]] = [(4, 4), (2, 1), (2, None), (0, 0), (2, 3)]
    scorer = toy()
    benchmark, _ = given(scorer, dict(zip(CODES, answers, strict=False)))
    told = analysis(scorer, benchmark)
    assert [(d.item, d.n, d.mean) for d in told.difficulties] == [("q0", 5, 0.5), ("q1", 4, None)]
    assert [(a.items, a.n, a.alpha) for a in told.alphas] == [(2, 4, None)]
    assert told.correlations == ()


def test_shares_of_weight() -> None:
    questionnaire = expect(load(FORMS / "01-weighted-index" / "questionnaire.yaml"), Questionnaire)
    plan = compile_plan(expect(load(FORMS / "01-weighted-index" / "rubric.yaml"), Rubric), questionnaire)
    whole = item_shares(plan)["overall", ()]
    # Services 1.5 of 2.5, online 2 of 3 in it, the range 2 of 3 in that: 0.6 · 2/3 · 2/3.
    assert whole["services.online.range"] == pytest.approx(0.6 * 4 / 9)
    themes = by_theme(questionnaire, whole)
    assert themes == pytest.approx(
        {"services.online": 0.4, "services.welsh": 0.2, "people.skills": 0.2, "people.leadership": 0.2}
    )


def test_what_has_twice_its_even_share_dominates(
    scorer: Scorer, benchmark_2026: Benchmark, found: Analysis
) -> None:
    for comparison in [c for c in benchmark_2026.comparisons if c.by in ((), ("dimension",))]:
        for kind in ("theme", "item"):
            shares = [
                s
                for s in found.shares
                if (s.measure, s.group, s.kind) == (comparison.measure, comparison.group, kind)
            ]
            assert sum(s.share for s in shares) == pytest.approx(1)
            assert all(s.even == pytest.approx(1 / len(shares)) for s in shares)
    assert not any(s.dominates for s in found.shares)
    # A theme that weighs 9 of 12 of its dimension, one of four: 0.75 where 0.25 would be even.
    measures = dict(scorer.rubric.measures)
    measures["dimension"] = measures["dimension"].model_copy(update={"weights": {"data.silos": 9.0}})
    rubric = scorer.rubric.model_copy(update={"measures": measures})
    heavy = replace(scorer, rubric=rubric, plan=compile_plan(rubric, scorer.questionnaire))
    told = [
        (s.group, s.name, s.share)
        for s in analysis(heavy, benchmark_2026).shares
        if s.dominates and s.kind == "theme"
    ]
    # In the whole it has a sixth of that, where one of 23 would be even.
    assert told == [((), "data.silos", 0.125), (("data",), "data.silos", 0.75)]


@pytest.mark.parametrize("n", [0, 1, 4, 5])
def test_nothing_is_told_of_fewer_than_5(n: int, scorer: Scorer, benchmark_2026: Benchmark) -> None:
    kept = [m.organisation.code for m in benchmark_2026.submitted][:n]
    members = tuple(
        m if m.organisation.code in kept else replace(m, scorecard=None) for m in benchmark_2026.members
    )
    comparisons = tuple(
        replace(
            c,
            standings=tuple(s if s.organisation in kept else replace(s, published=None) for s in c.standings),
        )
        for c in benchmark_2026.comparisons
    )
    told = analysis(scorer, replace(benchmark_2026, members=members, comparisons=comparisons))
    assert all((d.mean is not None) == (d.n >= 5) for d in told.difficulties)
    assert all(a.alpha is None or a.n >= 5 for a in told.alphas)
    assert all((c.rho is not None) == (c.n >= 5) for c in told.correlations)
    assert max(d.n for d in told.difficulties) <= n


def test_a_rubric_without_a_whole_has_its_groups() -> None:
    """A matrix of distributions, and no number for anybody: nothing to tell, and nothing breaks."""
    scorer = toy()
    benchmark, _ = given(scorer, dict.fromkeys(CODES[:6], (2, 2)))
    none = replace(benchmark, headline=None, comparisons=())
    told = analysis(scorer, none)
    assert (told.shares, told.alphas, told.correlations) == ((), (), ())
