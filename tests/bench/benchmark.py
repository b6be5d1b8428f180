"""Comparing thousands of organisations over three periods, and drawing for how firm the figures are, against what an
analyst would write with NumPy."""

from __future__ import annotations

import random
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
from timing import ROOT, many, ratio

from maturity.benchmark.analysis import analysis
from maturity.benchmark.compare import Scored, compare
from maturity.benchmark.firm import firmness
from maturity.intake.collect import collect
from maturity.intake.scored import score_all, scorer_for
from maturity.models.assessment import Answer, Assessment
from maturity.models.benchmark import Benchmark
from maturity.models.register import Organisation, Register
from maturity.models.scorecard import Scorecard
from maturity.models.text import Text
from maturity.scoring.score import Scorer
from maturity.sources.registers import wales

FEW, MANY = 22, 2_200
PERIODS = ("2024", "2025", "2026")
DRAWS = 2_000


def rows() -> list[tuple[str, float, float]]:
    """The draws against NumPy; then time per organisation, where 1 is no more among thousands than among 22."""
    few, half, full = Setting(FEW), Setting(MANY // 2), Setting(MANY)
    theirs = Script(few.scorer, [card for _, card in few.periods[-1].values()])
    theirs.agrees(few)
    drawing = ratio(many(partial(few.firm, DRAWS), 2), many(theirs.run, 2), rounds=7)
    what = f"{MANY:,} organisations × {len(PERIODS)} periods"
    return [
        (
            f"{DRAWS:,} draws for {FEW} councils, and what levels hang on, against a NumPy script's draws",
            drawing,
            3,
        ),
        (f"comparing {what}, per organisation, against {FEW}", per_one(full, few, 20), 1.5),
        (f"the same, against {MANY // 2:,}", per_one(full, half, 1), 1.5),
        (
            f"how firm {MANY:,} are (100 draws), per organisation, against {FEW}",
            per_one(full, few, 5, draws=100),
            1.5,
        ),
    ]


def per_one(large: Setting, small: Setting, times: int, draws: int = 0) -> float:
    """Time an organisation among many over time an organisation among few; making the answers is not counted."""
    ours, theirs = [partial(s.firm, draws) if draws else s.compared for s in (large, small)]
    return ratio(ours, many(theirs, times), rounds=3) * small.size * times / large.size


@dataclass(frozen=True)
class Setting:
    """So many organisations, each with the answers of one of the examples, some of them changed. Seeded."""

    size: int

    @cached_property
    def scorer(self) -> Scorer:
        return scorer_for(collect([ROOT / "examples" / "wales-2026"], wales()).assessments, None, None)

    @cached_property
    def register(self) -> Register:
        plain = wales().organisations[0]
        return Register("made-up", tuple(self._organisation(plain, n) for n in range(self.size)))

    def _organisation(self, plain: Organisation, number: int) -> Organisation:
        name = Text({"en": f"Place {number}", "cy": f"Lle {number}"})
        return replace(plain, code=f"X{number:05}", name=name, title=name, aliases=())

    @cached_property
    def periods(self) -> list[dict[str, Scored]]:
        """Code → answers and scorecard, of every period."""
        rng = random.Random(self.size)
        examples = score_all(self.scorer, collect([ROOT / "examples" / "wales-2026"], wales()).assessments)
        given = [one.assessment for one in examples]
        found = []
        for period in PERIODS:
            filled = {
                o.code: self._assessment(given[n % len(given)], o.code, period, rng)
                for n, o in enumerate(self.register.organisations)
            }
            found.append({code: (one, self.scorer.score(one)) for code, one in filled.items()})
        return found

    def _assessment(self, like: Assessment, code: str, period: str, rng: random.Random) -> Assessment:
        answers = dict(like.answers)
        levels = [i for i in self.scorer.plan.items if i.type == "level" and i.id in answers]
        for item in rng.sample(levels, 10):
            answers[item.id] = Answer(value=rng.choice(sorted(item.values)))
        return like.model_copy(update={"organisation": code, "period": period, "answers": answers})

    def compared(self) -> Benchmark:
        """The last period, compared with those before it, one after the other; with the statistics for analysts."""
        before, earlier, now = self.periods
        compare(self.scorer, self.register, earlier, before)
        found = compare(self.scorer, self.register, now, earlier)
        return replace(found, analysis=analysis(self.scorer, found))

    @cached_property
    def newest(self) -> Benchmark:
        return compare(self.scorer, self.register, self.periods[-1])

    def firm(self, draws: int) -> Benchmark:
        return replace(self.newest, firm=firmness(self.scorer, self.newest, self.periods[-1], draws=draws))


class Script:
    """What an analyst would write for this rubric alone: arrays of values and weights, and NumPy's own percentiles."""

    def __init__(self, scorer: Scorer, cards: Sequence[Scorecard]) -> None:
        plan = scorer.plan
        self.values = np.array(
            [[np.nan if i.value is None else i.value for i in card.items] for card in cards]
        )
        self.applies = np.array(
            [[i.state not in ("not_applicable", "not_asked") for i in card.items] for card in cards]
        )
        self.ladders = [sorted({*i.values.values(), *(v for _, v in i.bands)}) for i in plan.items]
        self.weights = np.array([i.weight for i in plan.items])
        place = {item.id: n for n, item in enumerate(plan.items)}
        theme, dimension, overall = plan.measures
        self.themes = [[place[s] for s, _ in g.inputs] for g in theme.groups]
        names = {g.name: n for n, g in enumerate(theme.groups)}
        self.dimensions = [[names[s] for s, _ in g.inputs] for g in dimension.groups]
        self.least = (theme.min_coverage, dimension.min_coverage, overall.min_coverage)
        # The rubric's limits: the item, below what, and the cap, by dimension.
        dims = {g.name: n for n, g in enumerate(dimension.groups)}
        self.limits = [
            (dims[g.name], place[limit.when.item], limit.when.below, limit.at_most)  # type: ignore[union-attr]
            for g in dimension.groups
            for limit in g.limits
        ]
        steps = [{v: n for n, v in enumerate(ladder)} for ladder in self.ladders]
        self.width = max(len(ladder) for ladder in self.ladders)
        self.table = np.array([ladder + [ladder[-1]] * (self.width - len(ladder)) for ladder in self.ladders])
        self.tops = np.array([len(ladder) - 1 for ladder in self.ladders])
        self.steps = np.array([[steps[n].get(v, 0) for n, v in enumerate(row)] for row in self.values])

    def mean(self, values: np.ndarray, weights: np.ndarray, least: float, applies: np.ndarray) -> np.ndarray:
        """Over the last axis, where enough of the weight that applies has a value."""
        there = ~np.isnan(values)
        held = (weights * there).sum(axis=-1)
        with np.errstate(invalid="ignore", divide="ignore"):
            found = (np.where(there, values, 0) * weights).sum(axis=-1) / held
            found[held / (weights * applies).sum(axis=-1) < least] = np.nan
        return found

    def scores(
        self, values: np.ndarray, items: np.ndarray, themes: np.ndarray, dims: np.ndarray
    ) -> np.ndarray:
        """(draws, councils, 1 + dimensions), rounded."""
        applies = self.applies
        by_theme = np.stack(
            [self.mean(values[..., i], items[..., i], self.least[0], applies[:, i]) for i in self.themes],
            axis=-1,
        )
        applies = np.stack([applies[:, i].any(axis=-1) for i in self.themes], axis=-1)
        by_dimension = np.stack(
            [
                self.mean(by_theme[..., i], themes[..., i], self.least[1], applies[:, i])
                for i in self.dimensions
            ],
            axis=-1,
        )
        applies = np.stack([applies[:, i].any(axis=-1) for i in self.dimensions], axis=-1)
        for dimension, item, below, cap in self.limits:
            column = by_dimension[..., dimension]
            bites = (values[..., item] < below) & (column > cap)
            by_dimension[..., dimension] = np.where(bites, cap, column)
        overall = self.mean(by_dimension, dims, self.least[2], applies)
        found = np.concatenate([overall[..., None], by_dimension], axis=-1)
        rounded: np.ndarray = np.floor(np.round(found, 9) * 100 + 0.5) / 100
        return rounded

    def run(self) -> list[np.ndarray]:
        """Percentiles of scores and ranks under drawn weights, then under drawn answers."""
        rng = np.random.default_rng(1)
        n, (councils, items) = DRAWS, self.values.shape
        drawn = [
            rng.uniform(0.75, 1.25, (n, 1, size)) for size in (items, len(self.themes), len(self.dimensions))
        ]
        found = [self.scores(self.values[None], drawn[0] * self.weights, drawn[1], drawn[2])]
        u = rng.random((n, councils, items))
        step = self.steps + np.where(u < 0.05, -1, np.where(u < 0.1, 1, 0))
        moved = self.table[np.arange(items), np.clip(step, 0, self.tops)]
        moved = np.where(np.isnan(self.values), np.nan, moved)
        ones = [np.ones((1, 1, size)) for size in (len(self.themes), len(self.dimensions))]
        found.append(self.scores(moved, self.weights[None, None], *ones))
        ranks = [1.0 + (s[:, None, :, :] > s[:, :, None, :]).sum(axis=2) for s in found]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # who is never scored has no percentile
            return [np.nanpercentile(s, (5, 95), axis=0, method="inverted_cdf") for s in (*found, *ranks)]

    def agrees(self, setting: Setting) -> None:
        """It scores as we do, and its ranges are ours but for chance: else it would be no comparison."""
        ones = [np.ones((1, 1, size)) for size in (len(self.themes), len(self.dimensions))]
        scores = self.scores(self.values[None], self.weights[None, None], *ones)[0]
        benchmark = setting.firm(DRAWS)
        assert benchmark.firm is not None
        low, high = self.run()[0]
        apart = []
        for n, measure in enumerate(benchmark.firm.measures):
            standings = {o.organisation: o for o in measure.organisations}
            for row, organisation in enumerate(setting.register.organisations):
                ours = standings.get(organisation.code)
                assert (ours is None) == bool(np.isnan(scores[row, n]))
                if ours is not None:
                    assert ours.published == scores[row, n]
                    apart += [
                        (ours.weights.score_low or 0) - low[row, n],
                        (ours.weights.score_high or 0) - high[row, n],
                    ]
        # Where a theme is scored in nearly 5 of 100 draws only, chance decides on which side the percentile lies.
        assert (np.abs(apart) <= 0.02).mean() > 0.95
