"""Statistics for analysts: "For analysts" in docs/statistics.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import fsum, sqrt

from maturity.benchmark.firm import main_comparisons
from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.models.analysis import Alpha, Analysis, Correlation, Difficulty, WeightShare
from maturity.models.benchmark import Benchmark, Comparison
from maturity.models.questionnaire import Questionnaire
from maturity.models.scorecard import Scorecard
from maturity.scoring.many import Key
from maturity.scoring.numbers import settle
from maturity.scoring.plan import Plan
from maturity.scoring.score import Scorer
from maturity.scoring.steps import item_shares

LEAST = LEAST_FOR_MEDIAN
"""Nothing is told of fewer organisations."""
TIMES_EVEN = 2
"""What has so many times its even share of the weight, or more, dominates."""


def analysis(scorer: Scorer, benchmark: Benchmark) -> Analysis:
    """What analysts ask of a benchmark, for the measure that stands for all and the dimensions."""
    shown = main_comparisons(benchmark)
    cards = [m.scorecard for m in benchmark.submitted if m.scorecard]
    return Analysis(
        shares=tuple(_shares(scorer, shown)),
        difficulties=tuple(_difficulties(scorer.plan, cards)),
        alphas=tuple(_alphas(scorer.plan, shown, cards)),
        correlations=tuple(_correlations(benchmark.dimensions)),
    )


def _shares(scorer: Scorer, shown: Sequence[Comparison]) -> Iterator[WeightShare]:
    found = item_shares(scorer.plan)
    for c in shown:
        items = found.get((c.measure, c.group), {})
        for kind, shares in (("theme", by_theme(scorer.questionnaire, items)), ("item", items)):
            even = settle(1 / len(shares)) if shares else 0.0
            for name, share in shares.items():
                dominates = len(shares) > 1 and settle(share) >= settle(TIMES_EVEN / len(shares))
                yield WeightShare(c.measure, c.group, kind, name, settle(share), even, dominates)


def by_theme(questionnaire: Questionnaire, shares: dict[str, float]) -> dict[str, float]:
    """Items' shares added up by theme (``dimension.theme``)."""
    found: dict[str, list[float]] = {}
    for item, share in shares.items():
        tags = questionnaire.tags[item]
        found.setdefault(f"{tags.dimension}.{tags.theme}", []).append(share)
    return {theme: fsum(each) for theme, each in found.items()}


def _difficulties(plan: Plan, cards: Sequence[Scorecard]) -> Iterator[Difficulty]:
    attained: dict[str, list[float]] = {item.id: [] for item in plan.items}
    for card in cards:
        for one in card.items:
            if one.state == "answered" and one.value is not None and one.most > one.least:
                attained[one.item].append((one.value - one.least) / (one.most - one.least))
    for item, each in attained.items():
        mean = settle(fsum(each) / len(each)) if len(each) >= LEAST else None
        yield Difficulty(item, len(each), mean)


def _alphas(plan: Plan, shown: Sequence[Comparison], cards: Sequence[Scorecard]) -> Iterator[Alpha]:
    below = items_below(plan)
    worth = [{one.item: one.value for one in card.items if one.state == "answered"} for card in cards]
    for c in shown:
        items = below[c.measure, c.group]
        rows = [[each.get(item) for item in items] for each in worth]
        complete = [[v for v in row if v is not None] for row in rows if None not in row]
        value = cronbach(complete) if len(complete) >= LEAST else None
        yield Alpha(c.measure, c.group, len(items), len(complete), value)


def items_below(plan: Plan) -> dict[Key, tuple[str, ...]]:
    """For every group of every measure the items that it is built of, however far down."""
    known: dict[tuple[str, str], tuple[str, ...]] = {("items", item.id): (item.id,) for item in plan.items}
    found: dict[Key, tuple[str, ...]] = {}
    for measure in plan.measures:
        for group in measure.groups:
            items = tuple(dict.fromkeys(i for source, _ in group.inputs for i in known[measure.of, source]))
            known[measure.name, group.name] = found[measure.name, group.group] = items
    return found


def cronbach(rows: Sequence[Sequence[float]]) -> float | None:
    """Cronbach's alpha, k/(k-1) · (1 - Σ s²ᵢ / s²), of complete cases: a row each, a column an item.

    s²ᵢ are the variances of the k items, s² that of the rows' sums, all over n - 1. None where there are fewer than two
    items or rows, or where all sums are the same. Cronbach, "Coefficient alpha and the internal structure of tests"
    (Psychometrika 16, 1951).
    """
    items = len(rows[0]) if rows else 0
    if items < 2 or len(rows) < 2:
        return None
    whole = _variance([fsum(row) for row in rows])
    if settle(whole) == 0:
        return None
    parts = fsum(_variance([row[n] for row in rows]) for n in range(items))
    return settle(items / (items - 1) * (1 - parts / whole))


def _variance(values: Sequence[float]) -> float:
    mean = fsum(values) / len(values)
    return fsum((v - mean) ** 2 for v in values) / (len(values) - 1)


def _correlations(dimensions: Sequence[Comparison]) -> Iterator[Correlation]:
    for one, other in combinations(dimensions, 2):
        if one.measure != other.measure:
            continue
        pairs = [
            (a.published, b.published)
            for a, b in zip(one.standings, other.standings, strict=True)
            if a.published is not None and b.published is not None
        ]
        rho = spearman([a for a, _ in pairs], [b for _, b in pairs]) if len(pairs) >= LEAST else None
        yield Correlation(one.measure, one.group, other.group, len(pairs), rho)


def spearman(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Spearman's rho: Pearson's correlation of the mid-ranks of as many values on both sides.

    None where fewer than two, or where all on one side are the same. Spearman, "The proof and measurement of association
    between two things" (American Journal of Psychology 15, 1904); ties by mid-ranks, after Kendall.
    """
    if len(one) < 2:
        return None
    x, y = mid_ranks(one), mid_ranks(other)
    middle = (len(one) + 1) / 2
    xy = fsum((a - middle) * (b - middle) for a, b in zip(x, y, strict=True))
    xx, yy = (fsum((a - middle) ** 2 for a in side) for side in (x, y))
    return settle(xy / sqrt(xx * yy)) if xx and yy else None


def mid_ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1 at the least; equal values share the mean of their ranks."""
    order = sorted(range(len(values)), key=lambda n: values[n])
    found = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for n in order[start:end]:
            found[n] = (start + 1 + end) / 2
        start = end
    return found
