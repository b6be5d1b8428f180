"""Any number of periods: breaks, the split of a change into its two parts, entries and exits, and the spread."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import report_data as data
from maturity.benchmark.passage import ScoredPeriod
from maturity.benchmark.series import compare_periods, series_of
from maturity.benchmark.shared import Crossing, connected
from maturity.benchmark.split import Four, parts, split, split_change
from maturity.benchmark.spread import spread
from maturity.intake.collect import Collected, collect
from maturity.intake.periods import score_periods
from maturity.intake.scored import scorer_of
from maturity.models.benchmark import Benchmark
from maturity.models.migration import Migration
from maturity.models.problem import MaturityError
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.models.series import Line, Series, SplitChange
from maturity.reports.figures_json import benchmark_json
from maturity.scoring.compile import compile_plan
from maturity.scoring.items import Sheet
from maturity.scoring.numbers import half_up
from maturity.scoring.run import run_plan
from maturity.scoring.score import Scorer
from maturity.sources.registers import wales
from maturity.versions.route import AtHand, travel
from test_cli import assert_explained, maturity, on_terminal

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
RUBRIC_1 = (ROOT / "questionnaires" / "socitm" / "rubric-1.1.0.yaml").read_text(encoding="utf-8")

# The formula of the split.

HAND = [
    # before, before anew, after as before, after → total, council, rubric
    ((1.75, 1.38, 3.50, 3.75), (2.00, 2.06, -0.06)),
    # Half of 0.23 lies between 0.11 and 0.12: it is rounded half up, and the rubric's part is what is left (0.085 → 0.08).
    ((1.00, 1.07, 1.10, 1.20), (0.20, 0.12, 0.08)),
    # The same downwards: halves go away from nought.
    ((1.20, 1.10, 1.07, 1.00), (-0.20, -0.12, -0.08)),
    ((2.00, 2.00, 2.50, 2.50), (0.50, 0.50, 0.00)),  # one rubric in both
    ((2.00, 1.40, 2.00, 1.40), (-0.60, 0.00, -0.60)),  # one set of answers in both
    ((2.00, 2.00, 2.00, 2.00), (0.00, 0.00, 0.00)),
    # The two cancel each other out.
    ((2.00, 1.50, 2.50, 2.00), (0.00, 0.50, -0.50)),
]  # fmt: skip


@pytest.mark.parametrize(("four", "expected"), HAND)
def test_parts_by_hand(four: tuple[float, float, float, float], expected: tuple[float, float, float]) -> None:
    assert parts(Four("X", *four), 2) == expected


scores = st.integers(0, 400)


@given(scores, scores, scores, scores, st.integers(0, 4))
def test_parts_add_up_as_printed_and_are_the_shapley_value(
    a: int, b: int, c: int, d: int, places: int
) -> None:
    """Against every order of the two factors, counted in whole units of the last place."""
    value = {(0, 0): a, (0, 1): b, (1, 0): c, (1, 1): d}  # (whose answers, whose rubric)
    printed = [half_up(v / 10**places, places) for v in (a, b, c, d)]
    total, council, rubric = (round(part * 10**places) for part in parts(Four("X", *printed), places))
    assert parts(Four("X", *printed), places) == tuple(
        half_up(n / 10**places, places) for n in (total, council, rubric)
    )
    assert total == d - a == council + rubric
    marginal = {"council": Fraction(0), "rubric": Fraction(0)}
    for order in permutations(("council", "rubric")):
        at = [0, 0]
        for factor in order:
            before = value[at[0], at[1]]
            at[["council", "rubric"].index(factor)] = 1
            marginal[factor] += Fraction(value[at[0], at[1]] - before, 2)
    assert abs(council - marginal["council"]) <= Fraction(1, 2)
    assert abs(rubric - marginal["rubric"]) <= Fraction(1, 2)
    if marginal["council"].denominator == 1:
        assert (council, rubric) == (marginal["council"], marginal["rubric"])
    if (a, c) == (b, d):
        assert rubric == 0
    if (a, b) == (c, d):
        assert council == 0


def test_what_is_clear_and_what_is_not_shared() -> None:
    four = Four("X", 1.00, 1.07, 1.10, 1.20)
    assert split(four, 0.5, 0.12, 2).clear
    assert split(four, 0.5, 0.1249, 2).clear, "a step is rounded as scores are"
    assert not split(four, 0.5, 0.126, 2).clear
    assert split(four, 0.5, None, 2).not_shared == 0.3
    assert split(four, None, None, 2).not_shared is None
    assert not split(Four("X", 2.0, 1.0, 2.0, 1.0), -1.0, None, 2).clear, (
        "no part of the council's is never clear"
    )


@pytest.mark.parametrize("n", [0, 1, 4, 5, 8])
def test_counts_and_medians_of_splits(n: int) -> None:
    fours = [Four(f"X{i}", 1.0, 1.1, 1.0 + i / 10, 1.2 + i / 10) for i in range(n)]
    found = split_change([split(four, None, 0.1, 2) for four in fours], 0.1)
    assert found.n == n == found.up + found.down + found.no_clear_change
    if n < 5:
        assert (found.median_total, found.median_council, found.median_rubric) == (None, None, None)
        return
    # Council's parts by hand: ½ [i/10 + (0.1 + i/10)] = 0.05 + i/10, in whole hundredths; totals 0.2 + i/10.
    middle = (n - 1) / 2 / 10
    assert found.median_total == pytest.approx(0.2 + middle)
    assert found.median_council == pytest.approx(0.05 + middle)
    assert found.median_rubric == pytest.approx(0.15)
    assert (found.up, found.no_clear_change) == (n - 1, 1), "0.05 is below the step of 0.1"


# The spread.


def test_spread_by_hand() -> None:
    wide, narrow = [1.0, 2, 3, 4, 5, 6, 7, 8], [3.0, 3, 4, 4, 5, 5, 6, 6]
    # 2.75 and 6.25; 3.75 and 5.25.
    found = spread(wide, narrow, 0.5, 2)
    assert (found.n, found.before, found.after, found.difference, found.verdict) == (
        8,
        3.5,
        1.5,
        -2.0,
        "narrower",
    )
    assert spread(narrow, wide, 2.0, 2).verdict == "wider", "a whole step is enough"
    assert spread(narrow, wide, 2.01, 2).verdict == "no_clear_difference"
    same = spread([2.0] * 9, [3.0] * 9, 0.1, 2)
    assert (same.before, same.after, same.difference, same.verdict) == (0, 0, 0, "no_clear_difference")
    assert spread(wide, wide, None, 2).verdict == "no_clear_difference"
    assert spread(narrow, wide, None, 2).verdict == "wider"
    with pytest.raises(ValueError, match="same organisations"):
        spread(wide, narrow[1:], None, 2)


@pytest.mark.parametrize("n", [0, 1, 4, 5, 7])
def test_no_spread_below_eight(n: int) -> None:
    found = spread([1.0] * n, [2.0] * n, 0.1, 2)
    assert (found.n, found.before, found.after, found.difference, found.verdict) == (n, *[None] * 4)


@given(st.lists(st.tuples(scores, scores), min_size=8, max_size=40))
def test_spread_against_numpy(pairs: list[tuple[int, int]]) -> None:
    before, after = ([pair[side] / 100 for pair in pairs] for side in (0, 1))
    found = spread(before, after, 0.25, 2)
    ranges = [float(np.subtract(*np.percentile(values, [75, 25]))) for values in (before, after)]
    assert found.before == pytest.approx(ranges[0], abs=1e-9)
    assert found.after == pytest.approx(ranges[1], abs=1e-9)
    difference = half_up(ranges[1] - ranges[0], 2)
    assert found.difference == difference
    wanted = "no_clear_difference" if abs(difference) < 0.25 else "narrower" if difference < 0 else "wider"
    assert found.verdict == wanted


# What belongs together.


def test_connected() -> None:
    links = {"same": ["same"], "gone": [], "whole": ["half", "other"], "one": ["both"], "two": ["both"]}
    assert connected(links) == [
        (["same"], ["same"]),
        (["gone"], []),
        (["whole"], ["half", "other"]),
        (["one", "two"], ["both"]),
    ]
    assert connected({"a": ["x"], "b": ["y"], "c": ["x", "y"]}) == [(["a", "b", "c"], ["x", "y"])]


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("uvwxyz"), max_size=3)))
def test_connected_against_walking(links: dict[str, list[str]]) -> None:
    def walk(start: str) -> tuple[set[str], set[str]]:
        olds, news = {start}, set(links[start])
        while True:
            more = {old for old, found in links.items() if news & set(found)} | olds
            if more == olds:
                return olds, news
            olds = more
            news = {new for old in olds for new in links[old]}

    found = connected(links)
    assert sorted(old for olds, _ in found for old in olds) == sorted(links)
    for olds, news in found:
        assert (set(olds), set(news)) == walk(olds[0])
        assert len(news) == len(set(news))


# Small questionnaires: 1.0.0 and 2.0.0, where one question has another id, one is gone, one is new, and one answer of one
# more can be told no longer. The later rubric weighs a.v.two 6 and not 2.


def later_questionnaire() -> Questionnaire:
    content = data.questionnaire().model_dump(by_alias=True, exclude_none=True, mode="json")
    content["version"] = "2.0.0"
    (v, w), _ = (dimension["themes"] for dimension in content["dimensions"])
    v["questions"][2]["id"] = "a.v.third"
    w["questions"][1] = {**v["questions"][0], "id": "a.w.new"}
    content["findings"] = []
    return Questionnaire.model_validate(content)


def later_rubric() -> Rubric:
    content = data.rubric().model_dump(by_alias=True, exclude_none=True, mode="json")
    items = content["items"]
    items["a.v.third"] = items.pop("a.v.three")
    del items["a.w.yes"]
    items["a.w.new"] = {"scale": "five"}
    items["a.v.two"]["weight"] = 6
    content |= {
        "version": "2.0.0",
        "questionnaire": {"id": "small", "versions": ">=2.0.0,<3.0.0"},
        "limits": [],
    }
    return Rubric.model_validate(content)


MIGRATION = Migration.model_validate(
    {
        "format": "maturity-migration/1",
        "questionnaire": "small",
        "from": ">=1.0.0,<2.0.0",
        "to": "2.0.0",
        "changes": [
            {"from": ["a.v.three"], "to": "a.v.third"},
            {"from": ["a.w.yes"], "dropped": True},
            {"from": ["a.w.one"], "to": "a.w.one", "options": {"l0": ["l0", "l1"]}},
        ],
    }
)


def scorer_of_small(rubric: Rubric | None = None, questionnaire: Questionnaire | None = None) -> Scorer:
    """Its digests tell rubrics apart."""
    made = data.scorer_of(questionnaire or data.questionnaire(), rubric or data.rubric(limits=[]))
    valued = made.references[1]
    return replace(
        made,
        references=(
            made.references[0],
            replace(valued, digest=sha256(str(made.rubric).encode()).hexdigest()),
        ),
    )


def earlier() -> Scorer:
    return scorer_of_small()


def later() -> Scorer:
    return scorer_of_small(later_rubric(), later_questionnaire())


def period(scorer: Scorer, name: str, answers: Mapping[int, Mapping[str, Any]]) -> ScoredPeriod:
    """Answers by the number of the organisation."""
    found = {
        f"X{n:08d}": data.scored(scorer, data.assessment(scorer, f"X{n:08d}", given, name))
        for n, given in answers.items()
    }
    return ScoredPeriod(name, scorer, found)


def line(series: Series, *key: str) -> Line:
    return next(one for one in series.lines if (one.measure, *one.group) == key)


def v(*levels: int, third: str = "a.v.three") -> dict[str, Any]:
    return {q: f"l{n}" for q, n in zip(("a.v.one", "a.v.two", third), levels, strict=True)}


def test_a_break_by_hand() -> None:
    before = period(
        earlier(),
        "2020",
        {
            0: {**v(1, 1, 4), "a.w.one": "l2", "a.w.yes": "yes"},
            1: {**v(2, 2, 2), "a.w.one": "l0", "a.w.yes": "no"},
            2: v(1, 1, 1),
        },
    )
    after = period(
        later(),
        "2021",
        {
            0: {**v(2, 4, 4, third="a.v.third"), "a.w.one": "l4", "a.w.new": "l1"},
            1: {**v(2, 2, 2, third="a.v.third"), "a.w.one": "l4", "a.w.new": "l1"},
            3: v(3, 3, 3, third="a.v.third"),
        },
    )
    series = series_of(data.register(5), [after, before], [MIGRATION])
    assert [p.period for p in series.periods] == ["2020", "2021"]
    (passage,) = series.transitions
    assert (passage.entered, passage.left) == (("X00000003",), ("X00000002",))
    found = passage.series_break
    assert found is not None
    assert [(d.what, d.before.version, d.after.version) for d in found.differs] == [
        ("questionnaire", "1.0.0", "2.0.0"),
        ("rubric", "1.0.0", "2.0.0"),
    ]
    # a.v.one, a.v.two, a.v.three → a.v.third, a.w.one, b.y.several, b.y.number.
    assert (found.shared, found.only_before, found.only_after) == (6, ("a.w.yes",), ("a.w.new",))
    assert [(n.before, n.after, n.organisations) for n in found.not_carried] == [
        (("a.w.one",), ("a.w.one",), 1)
    ]
    theme = line(series, "theme", "a", "v")
    (move,) = theme.moves
    assert move is not None
    assert move.change is None
    assert move.split is not None
    one, other = move.split.splits
    # (1 + 2·1 + 4)/4 and (1 + 6·1 + 4)/8; (2 + 2·4 + 4)/4 and (2 + 6·4 + 4)/8.
    assert (one.before, one.before_anew, one.after_as_before, one.after) == (1.75, 1.38, 3.5, 3.75)
    assert (one.total, one.council, one.rubric, one.not_shared, one.clear) == (2.0, 2.06, -0.06, 0.0, True)
    assert (other.total, other.council, other.rubric, other.clear) == (0.0, 0.0, 0.0, False)
    assert (move.split.n, move.split.up, move.split.down, move.split.no_clear_change) == (2, 1, 0, 1)
    assert move.split.median_total is None
    assert (move.entered, move.left) == (("X00000003",), ("X00000002",))
    # Of theme w only a.w.one is shared: 2 → 4 by both. Printed were (2 + 4)/2 = 3 and (4 + 1)/2 = 2.5. The other council's
    # answer of 2020 cannot be carried over, so that it has nothing there.
    (move,) = line(series, "theme", "a", "w").moves
    assert move is not None and move.split is not None
    (only,) = move.split.splits
    assert only.organisation == "X00000000"
    assert (only.total, only.council, only.rubric, only.not_shared) == (2.0, 2.0, 0.0, -2.5)
    # Nobody answered anything in dimension b.
    nobody = line(series, "dimension", "b")
    assert [p and p.summary.n for p in nobody.points] == [0, 0]
    assert nobody.moves[0] is not None
    assert nobody.moves[0].split == SplitChange(0, None, None, None, nobody.moves[0].split.step, 0, 0, 0, ())  # type: ignore[union-attr]


def test_without_a_way_there_is_a_break_and_no_split() -> None:
    before, after = (
        period(earlier(), "2020", {0: v(1, 1, 1)}),
        period(later(), "2021", {0: v(1, 1, 1, third="a.v.third")}),
    )
    (passage,) = series_of(data.register(1), [before, after]).transitions
    assert passage.series_break is not None
    assert passage.series_break.why == "no_migration"
    items = {"a.v.one": {"scale": "five"}}, {"a.v.two": {"scale": "five"}}
    questions = data.questionnaire().questions
    one, two = (
        scorer_of_small(data.rubric(items=i, limits=[], not_scored=[q for q in questions if q not in i]))
        for i in items
    )
    series = series_of(
        data.register(1), [period(one, "2020", {0: v(1, 2, 3)}), period(two, "2021", {0: v(1, 2, 3)})]
    )
    (passage,) = series.transitions
    assert passage.series_break is not None
    assert passage.series_break.why == "nothing_shared"
    (move,) = line(series, "overall").moves
    assert move is not None
    assert (move.change, move.split, move.spread) == (None, None, None)


def test_a_group_that_only_one_rubric_has() -> None:
    measures = data.rubric().model_dump(by_alias=True, exclude_none=True, mode="json")["measures"]
    whole = {"best": {"name": data.both("Best"), "of": "items", "reduce": "max"}}
    other = scorer_of_small(data.rubric(limits=[], measures={**measures, **whole}))
    series = series_of(
        data.register(1), [period(earlier(), "2020", {0: v(1, 2, 3)}), period(other, "2021", {0: v(1, 2, 3)})]
    )
    best = line(series, "best")
    assert best.points[0] is None
    assert best.points[1] is not None
    assert best.moves == (None,)


# Many periods, one rubric.


def test_three_periods_with_other_members() -> None:
    scorer = earlier()
    levels = {
        "2020": {n: v(1, 1, 1) for n in range(4)},
        "2022": {n: v(2, 2, 2) if n else v(1, 1, 1) for n in range(8)},
        "2021": {n: v(*[n % 5] * 3) for n in range(1, 9)},
    }
    series = series_of(data.register(9), [period(scorer, name, given) for name, given in levels.items()])
    assert [p.period for p in series.periods] == ["2020", "2021", "2022"]
    assert not series.broken
    assert [(t.entered, t.left) for t in series.transitions] == [
        (tuple(f"X{n:08d}" for n in range(4, 9)), ("X00000000",)),
        (("X00000000",), ("X00000008",)),
    ]
    theme = line(series, "theme", "a", "v")
    # 2021: 1 2 3 4 0 1 2 3, so quartiles 1 and 3 and the median 2.
    summaries = [p.summary for p in theme.points if p]
    assert [(s.n, s.median, s.q1, s.q3) for s in summaries] == [
        (4, None, None, None), (8, 2.0, 1.0, 3.0), (8, 2.0, 2.0, 2.0),
    ]  # fmt: skip
    first, second = theme.moves
    assert first is not None and first.change is not None and second is not None and second.change is not None
    # Of 1, 2, 3 the differences are 0, 1, 2.
    assert (
        first.change.n,
        first.change.up,
        first.change.no_clear_change,
        first.change.median_difference,
    ) == (3, 2, 1, None)
    # Of 1 to 7: 2 less 1, 2, 3, 4, 0, 1, 2.
    assert [d.difference for d in second.change.differences] == [1, 0, -1, -2, 2, 1, 0]
    assert (second.change.n, second.change.median_difference, second.change.up, second.change.down) == (
        7,
        0.0,
        3,
        2,
    )
    assert second.spread is not None
    assert (second.spread.n, second.spread.verdict) == (7, None)
    own = theme.points[1].of("X00000003") if theme.points[1] else None
    assert own is not None
    assert (own.published, own.level) == (3.0, "level-3")
    assert theme.points[1] and theme.points[1].of("X00000000") is None
    assert theme.points[1].levels == (
        ("level-0", 1), ("level-1", 2), ("level-2", 2), ("level-3", 2), ("level-4", 1),
    )  # fmt: skip


@pytest.mark.parametrize("n", [1, 4, 5, 7, 8])
def test_how_many_are_enough(n: int) -> None:
    scorer = earlier()
    given = {i: v(i % 5, i % 5, i % 5) for i in range(n)}
    series = series_of(data.register(n), [period(scorer, "2020", given), period(scorer, "2021", given)])
    for one in (line(series, "theme", "a", "v"), line(series, "dimension", "a")):
        (move,) = one.moves
        assert (
            move is not None
            and move.change is not None
            and move.spread is not None
            and one.points[0] is not None
        )
        assert (one.points[0].summary.median is None) == (n < 5) == (move.change.median_difference is None)
        assert (one.points[0].summary.q1 is None) == (n < 8) == (move.spread.verdict is None)
        assert (move.change.n, move.change.no_clear_change) == (n, n)


def test_two_periods_say_what_the_benchmark_says(benchmark_2026: Benchmark) -> None:
    found = compare_periods(wales(), score_periods(collected(), "2026"), "2026", "2017")
    assert found.series is not None
    assert replace(found, series=None) == benchmark_2026
    lines = {one.key: one for one in found.series.lines}
    for comparison in benchmark_2026.comparisons:
        one = lines[comparison.key]
        assert one.points[1] is not None and one.moves[0] is not None
        assert one.points[1].summary == comparison.summary
        assert one.points[1].levels == comparison.levels
        assert one.moves[0].change is not None and comparison.change is not None
        assert replace(one.moves[0].change, differences=()) == replace(comparison.change, differences=())
        assert set(one.moves[0].change.differences) == set(comparison.change.differences)
    assert len(lines) == len(benchmark_2026.comparisons)


def test_one_period_is_no_series() -> None:
    scored = score_periods({"2017": collected()["2017"]}, "2017")
    assert compare_periods(wales(), scored, "2017").series is None


# The bundled examples, by the bundled rubrics.


def collected() -> dict[str, list[Collected]]:
    return {name: collect([EXAMPLES / f"wales-{name}"], wales()).assessments for name in ("2017", "2026")}


def migrated(answers: Sequence[Collected], name: str) -> list[Collected]:
    """The same answers, carried over to 2.0.0, as those of another period."""
    steps = AtHand().route("socitm", "1.0.0", "2.0.0")
    return [
        replace(c, held=travel(c.assessment, steps).assessment.model_copy(update={"period": name}))
        for c in answers
    ]


def splits_of(series: Series) -> list[SplitChange]:
    return [m.split for one in series.lines for m in one.moves if m is not None and m.split is not None]


def test_the_same_answers_by_a_new_version_are_the_rubrics_part_alone() -> None:
    answers = collected()
    scored = score_periods({"2026": answers["2026"], "2027": migrated(answers["2026"], "2027")}, "2027")
    found = compare_periods(wales(), scored, "2027", "2026")
    assert found.series is not None
    assert found.previous is None, "printed scores of two versions do not compare"
    assert all(c.change is None for c in found.comparisons)
    (passage,) = found.series.transitions
    assert passage.series_break is not None
    # As the migration says: what is dropped and was scored, and what is new.
    assert passage.series_break.only_before == ("inclusion.access.wifi",)
    assert set(passage.series_break.only_after) == {
        "data.safeguards.recovery", "data.safeguards.artificial-intelligence", "inclusion.access.affordable",
        "staff.tools.support",
    }  # fmt: skip
    found_splits = splits_of(found.series)
    assert sum(s.n for s in found_splits) > 500
    assert {split.council for s in found_splits for split in s.splits} == {0.0}
    assert all(split.rubric == split.total for s in found_splits for split in s.splits)
    assert any(split.rubric != 0 for s in found_splits for split in s.splits)


def test_one_rubric_under_two_versions_has_no_part(tmp_path: Path) -> None:
    same = tmp_path / "rubric.yaml"
    same.write_text(RUBRIC_1.replace("version: 1.1.0", "version: 1.1.1", 1), encoding="utf-8")
    scored = score_periods(collected(), "2026", rubrics={"2017": str(same)})
    series = series_of(wales(), list(scored.values()))
    assert series.broken
    found = splits_of(series)
    assert sum(s.n for s in found) > 500
    for s in found:
        assert all((one.rubric, one.council, one.not_shared) == (0.0, one.total, 0.0) for one in s.splits)
    plain = series_of(wales(), list(score_periods(collected(), "2026").values()))
    for one, other in zip(series.lines, plain.lines, strict=True):
        (broken,), (whole,) = one.moves, other.moves
        assert (
            broken is not None and whole is not None and broken.split is not None and whole.change is not None
        )
        assert (broken.split.n, broken.split.up, broken.split.down) == (
            whole.change.n,
            whole.change.up,
            whole.change.down,
        )
        assert broken.split.median_council == whole.change.median_difference
        assert broken.spread == whole.spread


def test_every_figure_of_a_break_recomputed() -> None:
    """Two rubrics of one questionnaire share all items: scoring with each as usual gives the four scores."""
    answers = collected()
    series = series_of(
        wales(), list(score_periods(answers, "2026", rubrics={"2017": "socitm@1.0.0"}).values())
    )
    scorers = [scorer_of(f"socitm@{version}", "socitm@1.0.0") for version in ("1.0.0", "1.1.0")]
    cards = {
        (name, n): {c.organisation.code: scorer.score(c.assessment) for c in found}
        for name, found in answers.items()
        for n, scorer in enumerate(scorers)
    }
    for one in series.lines:
        table = []
        for code in cards["2017", 0].keys() & cards["2026", 0].keys():
            four = [
                cards[key][code].score(one.measure, *one.group)
                for key in (("2017", 0), ("2017", 1), ("2026", 0), ("2026", 1))
            ]
            values = [score.published if score else None for score in four]
            if None not in values:
                table.append(np.array([round(value * 100) for value in values if value is not None]))
        matrix = np.array(table)
        total = matrix[:, 3] - matrix[:, 0]
        exact = (matrix[:, 2] - matrix[:, 0] + matrix[:, 3] - matrix[:, 1]) / 2
        council = np.sign(exact) * np.floor(np.abs(exact) + 0.5)
        (move,) = one.moves
        assert move is not None and move.split is not None and move.spread is not None
        assert move.split.n == len(matrix)
        assert move.split.median_total == pytest.approx(np.median(total) / 100)
        assert move.split.median_council == pytest.approx(np.median(council) / 100)
        assert move.split.median_rubric == pytest.approx(np.median(total - council) / 100)
        assert sorted(s.council for s in move.split.splits) == pytest.approx(sorted(council / 100))
        ranges = [float(np.subtract(*np.percentile(matrix[:, at] / 100, [75, 25]))) for at in (1, 3)]
        assert [move.spread.before, move.spread.after] == pytest.approx(ranges)


def test_parts_add_up_in_the_examples() -> None:
    answers = collected()
    scored = score_periods({"2017": answers["2017"], "2026": migrated(answers["2026"], "2026")}, "2026")
    series = series_of(wales(), list(scored.values()))
    found = splits_of(series)
    assert sum(s.n for s in found) > 500
    for s in found:
        for one in s.splits:
            assert f"{one.council + one.rubric:.2f}".replace("-0.00", "0.00") == f"{one.total:.2f}"
            assert one.total == half_up(one.after - one.before, 2)
    lines = {one.key: one for one in series.lines}
    for one in lines.values():
        (move,) = one.moves
        for s in move.split.splits if move and move.split else ():
            printed = [p.of(s.organisation) if p else None for p in one.points]
            if None in printed:
                assert s.not_shared is None
            else:
                change = printed[1].published - printed[0].published  # type: ignore[union-attr]
                assert half_up(s.council + s.rubric + (s.not_shared or 0), 2) == half_up(change, 2)


# Questions left out.


@pytest.mark.parametrize("seed", range(8))
def test_leaving_a_question_out_is_a_rubric_without_it(seed: int) -> None:
    """What is left out counts nowhere: neither in scores nor in coverage nor in conditions."""
    chance = random.Random(seed)
    scorer = scorer_of_small(data.rubric())
    answers = {q.id: data.random_answer(q, chance) for q in scorer.questionnaire.questions.values()}
    gone = set(chance.sample([i.id for i in scorer.plan.items], 3)) - {"a.v.one"}
    rubric = scorer.rubric.model_copy(
        update={"items": {q: item for q, item in scorer.rubric.items.items() if q not in gone}}
    )
    expected = run_plan(compile_plan(rubric, scorer.questionnaire), [Sheet(answers)])
    found = run_plan(scorer.plan, [Sheet(answers, without=gone)], scorer.seen)
    whole = run_plan(scorer.plan, [Sheet(answers)], scorer.seen)
    wanted = {(s.measure, s.group): (s.published, s.answered, s.capped) for s in expected.scores}
    got = {
        (s.measure, s.group): (s.published, s.answered, s.capped)
        for s in found.scores
        if s.published is not None
    }
    assert got == {key: one for key, one in wanted.items() if one[0] is not None}
    assert whole == run_plan(scorer.plan, [Sheet(answers)]), "what is left out leaves nothing behind"


def test_an_order_of_councils_or_periods_moves_nothing() -> None:
    answers = collected()
    other = {name: list(reversed(found)) for name, found in reversed(answers.items())}
    one, two = (
        series_of(wales(), list(score_periods(found, "2026", rubrics={"2017": "socitm@1.0.0"}).values()))
        for found in (answers, other)
    )
    assert one == two


# Which rubric scores which period.


def test_rubrics_of_periods() -> None:
    answers = collected()
    later_answers = {"2017": answers["2017"], "2026": migrated(answers["2026"], "2026")}

    def versions(found: dict[str, ScoredPeriod]) -> list[str]:
        return [one.scorer.references[1].version for one in found.values()]

    assert versions(score_periods(answers, "2026")) == ["1.1.0", "1.1.0"]
    assert versions(score_periods(answers, "2026", "socitm@1.0.0")) == ["1.0.0", "1.0.0"]
    assert versions(score_periods(answers, "2026", rubrics={"2017": "socitm@1.0.0"})) == ["1.0.0", "1.1.0"]
    assert versions(score_periods(answers, "2026", "socitm@1.0.0", rubrics={"2026": "socitm@1.1.0"})) == [
        "1.0.0",
        "1.1.0",
    ]
    assert versions(score_periods(later_answers, "2026")) == ["1.1.0", "2.0.1"]
    assert versions(score_periods(later_answers, "2026", "socitm@2.0.0", "socitm@2.0.0")) == [
        "1.1.0",
        "2.0.0",
    ]
    for wrong, code in (
        ({"compared": "2026", "rubric": "socitm@1.0.0"}, "I006"),
        ({"compared": "2026", "questionnaire": "socitm@1.0.0"}, "I007"),
        ({"compared": "2026", "rubrics": {"2017": "socitm@2.0.0"}}, "I006"),
        ({"compared": "2026", "rubrics": {"2018": "socitm@1.0.0"}}, "G220"),
    ):
        with pytest.raises(MaturityError) as raised:
            score_periods(later_answers, **wrong)  # type: ignore[arg-type]
        assert [p.kind.code for p in raised.value.problems] == [code]
    mixed = {"2026": [*answers["2026"][:3], *later_answers["2026"][3:]]}
    with pytest.raises(MaturityError, match="several questionnaires"):
        score_periods(mixed, "2026")
    stranger = replace(answers["2017"][0], held=answers["2017"][0].assessment.model_copy(
        update={"questionnaire": answers["2017"][0].assessment.questionnaire.model_copy(update={"id": "other"})}))  # fmt: skip
    with pytest.raises(MaturityError, match="several questionnaires"):
        score_periods({"2016": [stranger], **answers}, "2026")


def test_scored_once_where_versions_are_the_same() -> None:
    first, second = score_periods(collected(), "2026").values()
    assert first.scorer is second.scorer


# The command.


def test_the_series_on_the_terminal_and_as_json(tmp_path: Path) -> None:
    out = tmp_path / "b.json"
    middle = tmp_path / "2020"
    middle.mkdir()
    for path in sorted((EXAMPLES / "wales-2026").glob("*.yaml"))[:9]:
        text = path.read_text(encoding="utf-8").replace("period: '2026'", "period: '2020'")
        (middle / path.name).write_text(text, encoding="utf-8")
    answers = (EXAMPLES / "wales-2026", EXAMPLES / "wales-2017", middle)
    shown = maturity("benchmark", *answers, "--for", "Cardiff")
    assert_explained(
        shown, 0, "In the series of all periods besides: 2017.", "From 2017 to 2020", "From 2020 to 2026"
    )
    for words in (
        "Left: .*Isle of Anglesey",
        "Joined: .*Isle of Anglesey",
        "no clear difference",
        "Own change",
    ):
        assert re.search(words, shown.stdout)
    assert "*" not in shown.stdout
    assert_explained(maturity("benchmark", *answers, "--json", out), 0, "Wrote")
    written = json.loads(out.read_text(encoding="utf-8"))["series"]
    assert [p["period"] for p in written["periods"]] == ["2017", "2020", "2026"]
    assert [len(p["submitted"]) for p in written["periods"]] == [22, 9, 21]
    assert [(len(t["entered"]), len(t["left"])) for t in written["transitions"]] == [(0, 13), (12, 0)]
    overall = next(one for one in written["lines"] if one["measure"] == "overall")
    assert overall["points"][0]["summary"]["n"] == 22
    assert "From 2017" not in maturity("benchmark", *answers[:2]).stdout
    assert "From 2017 to 2026" in maturity("benchmark", *answers[:2], "--series").stdout


def test_a_break_on_the_terminal(tmp_path: Path) -> None:
    words = ("benchmark", EXAMPLES / "wales-2026", "--previous", EXAMPLES / "wales-2017")
    shown = maturity(*words, "--rubric-of", "2017=socitm@1.0.0", "--for", "Cardiff")
    assert_explained(
        shown, 0, "2026*", "The series breaks: rubric socitm@1.0.0, then socitm@1.1.0.", "Councils' part", "Own part",
        "Change counts 71 questions, which both score.",
        "2017 and 2026 were scored by other versions: their change is in the series.",
    )  # fmt: skip
    narrow = on_terminal(40, *words, "--rubric-of", "2017=socitm@1.0.0")
    assert all(
        len(one) <= 40
        for one in narrow[narrow.index("All periods") :].splitlines()
        if one not in shown.stderr
    )
    assert_explained(maturity(*words, "--rubric-of", "2018=socitm@1.0.0"), 2, "G220", "2017, 2026")
    assert_explained(maturity(*words, "--rubric-of", "socitm@1.0.0"), 2, "--rubric-of")
    twice = ("--rubric-of", "2017=socitm@1.0.0", "--rubric-of", "2017=socitm@1.1.0")
    assert_explained(maturity(*words, *twice), 2, "two rubrics")
    page = tmp_path / "b.html"
    assert_explained(
        maturity(*words, "--rubric-of", "2017=socitm@1.0.0", "--html", page, "--excel", tmp_path / "b.xlsx"),
        0,
    )
    assert page.stat().st_size > 10_000


def test_a_benchmark_with_a_series_is_plain_data() -> None:
    found = compare_periods(
        wales(), score_periods(collected(), "2026", rubrics={"2017": "socitm@1.0.0"}), "2026", "2017"
    )
    written = json.loads(benchmark_json(found))
    (passage,) = written["series"]["transitions"]
    assert passage["series_break"]["differs"][0]["after"]["version"] == "1.1.0"
    assert passage["left"] == ["W06000019"]


def test_a_crossing_of_one_version_carries_nothing() -> None:
    scorer = earlier()
    found = Crossing.between(scorer, scorer)
    assert (found.forth, found.back, found.only_before, found.only_after) == ((), (), (), ())
    assert len(found.shared) == len(scorer.plan.items)


@pytest.mark.parametrize("seed", range(12))
def test_random_answers_over_a_migration(seed: int) -> None:
    """Parts add up; answers that were only carried over are no work of a council's; no council depends on another."""
    chance = random.Random(seed)
    old, new = earlier(), later()
    steps = AtHand((old.questionnaire, new.questionnaire), (MIGRATION,)).route("small", "1.0.0", "2.0.0")
    register = data.register(9)

    def answers(scorer: Scorer) -> dict[int, dict[str, Any]]:
        questions = scorer.questionnaire.questions.values()
        return {n: {q.id: data.random_answer(q, chance) for q in questions} for n in range(9)}

    before, after = period(old, "2020", answers(old)), period(new, "2021", answers(new))
    carried = {
        code: travel(one.model_copy(update={"period": "2021"}), steps).assessment
        for code, (one, _) in before.scored.items()
    }
    same = ScoredPeriod("2021", new, {code: data.scored(new, one) for code, one in carried.items()})
    moved = splits_of(series_of(register, [before, after], [MIGRATION]))
    assert sum(s.n for s in moved) > 20
    for s in moved:
        for one in s.splits:
            assert half_up(one.council + one.rubric, 2) == one.total == half_up(one.after - one.before, 2)
    still = splits_of(series_of(register, [before, same], [MIGRATION]))
    assert sum(s.n for s in still) > 20
    assert {one.council for s in still for one in s.splits} == {0.0}
    alone = [
        replace(one, scored={code: found for code, found in one.scored.items() if code == "X00000004"})
        for one in (before, after)
    ]
    assert [s.of("X00000004") for s in moved] == [
        s.of("X00000004") for s in splits_of(series_of(register, alone, [MIGRATION]))
    ]


@pytest.mark.parametrize("coarse_first", [True, False])
def test_two_rubrics_that_round_to_other_places(coarse_first: bool) -> None:
    """Parts are told in the finer of the two, so that they still add up."""
    coarse = scorer_of_small(data.rubric(limits=[], policy={"min_coverage": 0.5, "round": {"places": 1}}))
    fine = scorer_of_small()
    pair = (coarse, fine) if coarse_first else (fine, coarse)
    before, after = (
        period(scorer, name, {0: v(*levels)})
        for scorer, name, levels in zip(pair, ("2020", "2021"), ((1, 1, 4), (2, 3, 3)), strict=True)
    )
    (move,) = line(series_of(data.register(1), [before, after]), "theme", "a", "v").moves
    assert move is not None and move.split is not None
    (one,) = move.split.splits
    # 1.75 is 1.8 with one place, and 2.75 is 2.8.
    four = (1.8, 1.75, 2.8, 2.75) if coarse_first else (1.75, 1.8, 2.75, 2.8)
    assert (one.before, one.before_anew, one.after_as_before, one.after) == four
    assert (one.total, one.council, one.rubric) == ((0.95, 1.0, -0.05) if coarse_first else (1.05, 1.0, 0.05))
