"""How numbers, levels and absences are said on a page, in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.locale.dates import day_said
from maturity.locale.words import N_, Words
from maturity.models.benchmark import Benchmark, Comparison, Standing
from maturity.models.direction import isolated
from maturity.models.disclosure import SUPPRESSED
from maturity.models.rubric import Band
from maturity.models.scorecard import Reason
from maturity.models.text import Language, Text
from maturity.scoring.names import bands_of
from maturity.scoring.numbers import half_up
from maturity.scoring.score import Scorer

STEPS = 5
MINUS = "−"
REASONS: dict[Reason, str] = {
    "nothing_applies": N_("nothing in it applies"),
    "nothing_answered": N_("none of its questions is answered"),
    "low_coverage": N_("too few of its questions are answered"),
    "answer_missing": N_("an answer that the rubric demands is missing"),
    "undefined": N_("a geometric mean of negative values is not defined"),
}
PARTS: dict[Reason, str] = {
    "nothing_answered": N_("none of its parts is scored"),
    "low_coverage": N_("too few of its parts are scored"),
}
"""What a reason means for a measure that is built of other measures."""
POSITIONS = {
    "upper": N_("upper quarter"),
    "middle": N_("middle half"),
    "lower": N_("lower quarter"),
}


@dataclass(frozen=True, slots=True)
class Level:
    """A band as it is drawn: `number` counts from 1 at the bottom, `step` is its colour of five."""

    band: Band
    number: int
    of: int
    name: str

    @property
    def step(self) -> int:
        return 3 if self.of == 1 else 1 + round((self.number - 1) * (STEPS - 1) / (self.of - 1))


class Speech:
    """Words and numbers for one language and one rubric; of a `benchmark` that is drawn, to the decimals it may show."""

    def __init__(self, scorer: Scorer, language: Language, benchmark: Benchmark | None = None) -> None:
        self.scorer = scorer
        self.language = language
        self.words = Words(language)
        self.places = scorer.rubric.policy.round.places
        self.unnamed = benchmark is not None and not benchmark.named
        shown = benchmark.disclosure.places if benchmark and benchmark.disclosure else None
        self.shown_places = self.places if shown is None else max(0, shown)
        self._levels: dict[str, tuple[Level, ...]] = {}

    def to(self, text: Text) -> str:
        return text.to(self.language)

    # Numbers

    def score(self, value: float | None) -> str:
        """A score to the rubric's places, rounded half up; a dash where there is none."""
        return "–" if value is None else fixed(value, self.places)

    def signed(self, value: float | None) -> str:
        """A difference with its sign."""
        if value is None:
            return "–"
        rounded = half_up(value, self.places)
        return ("+" if rounded > 0 else "") + fixed(rounded, self.places)

    def told(self, value: float | None, *, signed: bool = False) -> str:
        """A statistic of several organisations, to the decimals that may be shown; ``[c]`` where it is suppressed."""
        if value is None:
            return SUPPRESSED if self.unnamed else "–"
        return ("+" if signed and value > 0 else "") + fixed(value, self.shown_places)

    def count(self, n: int | None) -> str:
        """How many; ``[c]`` where that is suppressed."""
        return SUPPRESSED if n is None else str(n)

    def percent(self, share: float | None) -> str:
        """A share of 1 as a whole percentage."""
        return "–" if share is None else f"{fixed(share * 100, 0)}%"

    def date(self, day: dt.date) -> str:
        return day_said(day, self.words)

    # Levels

    def levels(self, measure: str) -> tuple[Level, ...]:
        """A measure's levels from the lowest up; empty where it has none."""
        if measure not in self._levels:
            bands = bands_of(self.scorer.rubric, measure)
            self._levels[measure] = tuple(
                Level(band, number, len(bands), self.to(band.name)) for number, band in enumerate(bands, 1)
            )
        return self._levels[measure]

    def level(self, measure: str, band: str | None) -> Level | None:
        return next((level for level in self.levels(measure) if level.band.id == band), None)

    def level_words(self, measure: str, band: str | None) -> str:
        """``level 3, Established``; empty where there is no level."""
        level = self.level(measure, band)
        return self.words("level {number}, {name}", number=level.number, name=level.name) if level else ""

    def next_level(self, measure: str, published: float | None) -> Level | None:
        """The first level above a published score; None at the top."""
        if published is None:
            return None
        return next((level for level in self.levels(measure) if level.band.from_ > published), None)

    # Standings

    def name(self, comparison: Comparison) -> str:
        return self.to(comparison.name)

    def dimension(self, identifier: str) -> str:
        """A dimension's name."""
        found = (d for d in self.scorer.questionnaire.dimensions if d.id == identifier)
        return next((self.to(d.name) for d in found), identifier)

    def full_name(self, comparison: Comparison) -> str:
        """A theme's name with its dimension's; any other group's own name."""
        if comparison.by == ("dimension", "theme"):
            dimension = self.dimension(comparison.group[0])
            return self.words("{theme} ({dimension})", theme=self.name(comparison), dimension=dimension)
        return self.name(comparison)

    def label(self, comparison: Comparison, among: Sequence[Comparison]) -> str:
        """The full name, with its measure's where another measure has a group of that name."""
        name = self.full_name(comparison)
        same = [c for c in among if (c.by, c.group) == (comparison.by, comparison.group)]
        if len(same) < 2 or not comparison.by:
            return name
        measure = self.to(self.scorer.rubric.measures[comparison.measure].name)
        return self.words("{name}, {measure}", name=name, measure=measure)

    def reason(self, measure: str, reason: Reason) -> str:
        """Why a group of that measure has no score."""
        return self.cause(reason, of_items=self.scorer.rubric.measures[measure].of == "items")

    def cause(self, reason: Reason, *, of_items: bool) -> str:
        """Why there is nothing, of what is built of items or of other measures."""
        return self.words(REASONS[reason] if of_items else PARTS.get(reason, REASONS[reason]))

    def absence(self, standing: Standing) -> str:
        """``not scored`` or ``not submitted``: never a nought."""
        return self.words("not scored") if standing.reason else self.words("not submitted")

    def rank(self, standing: Standing, n: int) -> str:
        """``=4 of 22``."""
        if standing.rank is None or n < LEAST_FOR_MEDIAN:
            return "–"
        tie = "=" if standing.tied else ""
        return self.words("{rank} of {n}", rank=f"{tie}{standing.rank}", n=n)

    def others(self, standing: Standing) -> str:
        """``9 lower, 3 the same, 9 higher``."""
        if standing.rank is None or standing.lower + standing.same + standing.higher + 1 < LEAST_FOR_MEDIAN:
            return "–"
        return self.words(
            "{lower} lower, {same} the same, {higher} higher",
            lower=standing.lower,
            same=standing.same,
            higher=standing.higher,
        )

    def position(self, position: str | None) -> str:
        return self.words(POSITIONS[position]) if position else "–"

    def listing(self, names: Sequence[str]) -> str:
        """``a, b and c``."""
        names = [isolated(name) for name in names]
        if len(names) < 2:
            return "".join(names)
        return self.words("{first} and {last}", first=", ".join(names[:-1]), last=names[-1])


def fixed(value: float, places: int) -> str:
    """The value with exactly that many decimals, rounded half up, with a real minus sign."""
    return f"{half_up(value, places):.{places}f}".replace("-", MINUS)


def exact(value: float, places: int = 4) -> str:
    """The value with as many decimals as it needs, at most `places`: 3, 2.5, 1.3333."""
    text = fixed(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text
