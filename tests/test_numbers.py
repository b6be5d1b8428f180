"""Rounding and small statistics, against values worked out by hand and against NumPy."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.benchmark.statistics import position, quantile, rank, summarise
from maturity.models.benchmark import Benchmark
from maturity.models.summary import Summary
from maturity.scoring.numbers import half_up, settle


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (2.25, 1, 2.3),  # Python's round gives 2.2
        (2.65, 1, 2.7),  # and 2.6
        (0.125, 2, 0.13),
        (2.675, 2, 2.68),
        (1.0049999999999, 2, 1.01),  # float noise under 1.005: settled first
        (89.96, 1, 90.0),
        (-0.125, 2, -0.13),
        (-0.0001, 2, 0.0),
        (3, 0, 3.0),
    ],
)
def test_half_up(value: float, places: int, expected: float) -> None:
    assert half_up(value, places) == expected
    assert str(half_up(value, places)) == str(expected)


@given(st.integers(-(10**7), 10**7), st.integers(0, 4))
def test_half_up_agrees_with_decimals(thousandths: int, places: int) -> None:
    exact = Decimal(thousandths) / 1000
    wanted = float(exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))
    assert half_up(float(exact), places) == wanted


def test_settling_takes_float_noise_away() -> None:
    assert 0.1 + 0.2 != 0.3
    assert settle(0.1 + 0.2) == settle(0.3)


def test_quantiles_by_hand() -> None:
    # n = 9: h = 8p, so that the quartiles fall on the third and seventh value.
    assert quantile([1, 2, 3, 4, 5, 6, 7, 8, 9], 0.25) == 3
    # n = 8: h = 7 × 0.25 = 1.75, so 2 + 0.75 × (3 - 2).
    assert quantile([1, 2, 3, 4, 5, 6, 7, 8], 0.25) == 2.75
    assert quantile([5], 0.75) == 5


@given(st.lists(st.floats(0, 4), min_size=1, max_size=40), st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]))
def test_quantiles_agree_with_numpy(values: list[float], p: float) -> None:
    assert quantile(values, p) == pytest.approx(float(np.quantile(values, p)), abs=1e-8)


@pytest.mark.parametrize(
    ("n", "median", "quartiles"),
    [
        (0, False, False),
        (1, False, False),
        (4, False, False),
        (5, True, False),
        (7, True, False),
        (8, True, True),
    ],
)
def test_nothing_is_told_of_too_few(n: int, median: bool, quartiles: bool) -> None:
    summary = summarise([float(v) for v in range(n)])
    assert summary.n == n
    assert (summary.median is not None) is median
    assert (summary.q1 is not None) is quartiles
    assert (summary.q3 is not None) is quartiles


def test_standings_are_what_counting_gives(benchmark_2026: Benchmark) -> None:
    for comparison in benchmark_2026.comparisons:
        published = [s.published for s in comparison.standings if s.published is not None]
        for s in comparison.standings:
            own = s.published
            if own is None:
                assert (s.rank, s.lower, s.same, s.higher) == (None, 0, 0, 0)
                continue
            lower, higher = sum(v < own for v in published), sum(v > own for v in published)
            same = len(published) - lower - higher - 1
            assert (s.rank, s.lower, s.same, s.higher) == (1 + higher, lower, same, higher)
            assert comparison.of(s.organisation) is s
    with pytest.raises(KeyError):
        benchmark_2026.comparisons[0].of("nobody")


def test_ties_share_a_rank() -> None:
    values = [3.0, 2.0, 2.0, 1.0]
    assert [rank(v, sorted(values)) for v in values] == [1, 2, 2, 4]


def test_position() -> None:
    quartered = Summary(9, 5, 3, 7)
    assert [position(v, quartered) for v in (7, 6.99, 3.01, 3)] == ["upper", "middle", "middle", "lower"]
    assert position(5, Summary(9, 5, 5, 5)) is None
    assert position(5, Summary(5, 5, None, None)) is None
