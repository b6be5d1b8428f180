"""How firm scores, ranks and levels are: "How firm it is" in docs/statistics.md.

After M. Saisana, A. Saltelli and S. Tarantola, "Uncertainty and sensitivity analysis techniques as tools for the quality
assessment of composite indicators" (Journal of the Royal Statistical Society A 168, 2005): weights and values are drawn
anew, and what is told is how far scores and ranks move.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from maturity.benchmark.draws import ANSWERS, WEIGHTS, numbers, percentiles, ranks
from maturity.benchmark.fragile import fragile
from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.models.assessment import Assessment
from maturity.models.benchmark import Benchmark, Comparison, Standing
from maturity.models.firm import Firm, FirmMeasure, Firmness, OtherAnswer, OtherWeight, SensitivityRange
from maturity.models.rubric import Band
from maturity.models.scorecard import Scorecard
from maturity.scoring.many import Key, Many, Near, weights_of
from maturity.scoring.names import bands_of
from maturity.scoring.score import Scorer, sheet_of

if TYPE_CHECKING:
    from maturity.scoring.many_reduce import Array

DRAWS = 2_000
SEED = 1
LEAST_WEIGHT, MOST_WEIGHT = 0.75, 1.25
ANSWER_ERROR = 0.1
"""The probability that an answer is one option off, half of it each way."""
LOW, HIGH = 5, 95
AT_ONCE = 24
"""Organisations drawn for together: so few that the numbers stay in the processor's cache."""
TRIED_AT_ONCE = 240
"""Organisations tried together for what their levels hang on, which takes fewer numbers each."""
PASSES = 3
"""Weights, answers, and what levels hang on."""

Progress = Callable[[int, int], None]
Hanging = tuple[tuple[OtherAnswer, ...], tuple[OtherWeight, ...]]


def firmness(
    scorer: Scorer,
    benchmark: Benchmark,
    current: Mapping[str, tuple[Assessment, Scorecard]],
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    answer_error: float = ANSWER_ERROR,
    progress: Progress = lambda _done, _total: None,
) -> Firmness:
    """The sensitivity ranges of a benchmark of `current`, and what each organisation's level hangs on.

    Of the measure that stands for all and of the dimensions, or of all measures where there are none such. `progress` is
    told how much is done of how much. Raises ValueError unless there are draws, the seed is 0 or more, and the
    probability from 0 to 1.
    """
    if draws < 1 or seed < 0 or not 0 <= answer_error <= 1:
        raise ValueError("draws from 1, a seed from 0 and a probability from 0 to 1 belong here")
    shown = main_comparisons(benchmark)
    codes = [m.organisation.code for m in benchmark.submitted if m.organisation.code in current]
    found: tuple[FirmMeasure, ...] = ()
    if codes and shown:
        assessments = {code: current[code][0] for code in codes}
        drawing = _Drawing(scorer, assessments, draws, seed, answer_error, progress)
        found = tuple(_measures(drawing, shown))
    return Firmness(seed, draws, LEAST_WEIGHT, MOST_WEIGHT, answer_error, LOW, HIGH, found)


def _measures(drawing: _Drawing, shown: Sequence[Comparison]) -> Iterator[FirmMeasure]:
    keys = [(c.measure, c.group) for c in shown]
    bands = {key: bands_of(drawing.scorer.rubric, key[0]) for key in keys}

    def ranges(scores: dict[Key, Array]) -> list[list[SensitivityRange]]:
        return [_ranges(drawing, c, scores[key], bands[key]) for c, key in zip(shown, keys, strict=True)]

    # One after the other: the scores of all draws take much room.
    by_weights = ranges(drawing.under_weights(keys))
    by_answers = ranges(drawing.under_answers(keys))
    hanging = drawing.hanging({key: each for key, each in bands.items() if each})
    nothing: list[Hanging] = [((), ())] * len(drawing.assessments)
    for c, key, weights, answers in zip(shown, keys, by_weights, by_answers, strict=True):
        rows = zip(drawing.assessments, weights, answers, hanging.get(key, nothing), strict=True)
        firm = (_firm(c.of(code), one, other, hangs) for code, one, other, hangs in rows)
        yield FirmMeasure(*key, tuple(one for one in firm if one))


def _firm(
    standing: Standing, weights: SensitivityRange, answers: SensitivityRange, hangs: Hanging
) -> Firm | None:
    if standing.published is None:
        return None
    return Firm(standing.organisation, standing.published, standing.level, weights, answers, *hangs)


def main_comparisons(benchmark: Benchmark) -> tuple[Comparison, ...]:
    """The measure that stands for all and the dimensions; all that is compared where there are none such."""
    overall = (benchmark.overall,) if benchmark.overall else ()
    return (*overall, *benchmark.dimensions) or benchmark.comparisons


class _Drawing:
    """Scores the same organisations under drawn weights, under drawn answers, and with one thing changed at a time."""

    def __init__(
        self,
        scorer: Scorer,
        assessments: Mapping[str, Assessment],
        draws: int,
        seed: int,
        answer_error: float,
        progress: Progress,
    ) -> None:
        self.scorer, self.assessments, self.progress = scorer, assessments, progress
        self.draws, self.seed, self.answer_error = draws, seed, answer_error
        self._done = 0
        self._near: Near = {}

    def under_weights(self, keys: Sequence[Key]) -> dict[Key, Array]:
        """Published scores (organisations, draws): one draw has the same weights for everybody."""
        names = list(weights_of(self.scorer.plan))
        drawn = numbers(self.seed, WEIGHTS, "", (len(names), self.draws))
        drawn = LEAST_WEIGHT + (MOST_WEIGHT - LEAST_WEIGHT) * drawn
        weights = {name: drawn[n : n + 1] for n, name in enumerate(names)}
        return self._scored(keys, lambda many, _, wanted: many.published(weights, {}, wanted))

    def under_answers(self, keys: Sequence[Key]) -> dict[Key, Array]:
        """The same, each organisation's answers being off on their own."""

        def scored(many: Many, codes: Sequence[str], wanted: set[str]) -> dict[Key, Array]:
            return many.published({}, self._moves(many, codes), wanted)

        return self._scored(keys, scored)

    def _moves(self, many: Many, codes: Sequence[str]) -> dict[str, tuple[Array, Array]]:
        """Where each answer is one option down, and up; at an end it can only go inwards."""
        import numpy as np

        size = (len(many.asked), self.draws)
        drawn = np.stack([numbers(self.seed, ANSWERS, code, size) for code in codes], axis=1)
        half = self.answer_error / 2
        return {
            question: (each < half, (each >= half) & (each < self.answer_error))
            for question, each in zip(many.asked, drawn, strict=True)
        }

    def _scored(
        self, keys: Sequence[Key], score: Callable[[Many, Sequence[str], set[str]], dict[Key, Array]]
    ) -> dict[Key, Array]:
        import numpy as np

        found = {key: np.empty((len(self.assessments), self.draws)) for key in keys}
        wanted, start = {measure for measure, _ in keys}, 0
        for codes, many in self._batches(max(1, AT_ONCE * DRAWS // self.draws)):
            scores = score(many, codes, wanted)
            for key in keys:
                found[key][start : start + len(codes)] = scores[key]
            start += len(codes)
        return found

    def hanging(self, bands: Mapping[Key, Sequence[Band]]) -> dict[Key, list[Hanging]]:
        """What each organisation's level hangs on."""
        found: dict[Key, list[Hanging]] = {key: [] for key in bands}
        if bands:
            for _, many in self._batches(TRIED_AT_ONCE):
                for key, each in fragile(many, bands).items():
                    found[key] += each
        return found

    def _batches(self, size: int) -> Iterator[tuple[Sequence[str], Many]]:
        codes, scorer = list(self.assessments), self.scorer
        for start in range(0, len(codes), size):
            some = codes[start : start + size]
            sheets = [sheet_of(self.assessments[code]) for code in some]
            yield some, Many(scorer.plan, scorer.questionnaire, sheets, self._near)
            self._done += len(some)
            self.progress(self._done, PASSES * len(codes))


def _ranges(
    drawing: _Drawing, comparison: Comparison, published: Array, bands: Sequence[Band]
) -> list[SensitivityRange]:
    """Each organisation's range in one measure, from its published scores in all draws."""
    import numpy as np

    scored = np.count_nonzero(~np.isnan(published), axis=1)
    scores = percentiles(published, (LOW, HIGH))
    ranked = comparison.summary.n >= LEAST_FOR_MEDIAN
    places = percentiles(ranks(published), (LOW, HIGH)) if ranked else None
    found = []
    for row, code in enumerate(drawing.assessments):
        some = bool(scored[row])
        found.append(
            SensitivityRange(
                scored=int(scored[row]),
                score_low=float(scores[0][row]) if some else None,
                score_high=float(scores[1][row]) if some else None,
                rank_low=int(places[0][row]) if places and some else None,
                rank_high=int(places[1][row]) if places and some else None,
                same_level=_at_level(published[row], comparison.of(code), bands),
            )
        )
    return found


def _at_level(published: Array, standing: Standing, bands: Sequence[Band]) -> int | None:
    """In how many draws it is at its published level."""
    import numpy as np

    place = next((n for n, band in enumerate(bands) if band.id == standing.level), None)
    if place is None:
        return None
    above = bands[place + 1].from_ if place + 1 < len(bands) else np.inf
    return int(np.count_nonzero((published >= bands[place].from_) & (published < above)))
