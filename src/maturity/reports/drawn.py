"""What a benchmark workbook draws from, and the words for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.intake.xlsx import Value
from maturity.locale.words import N_
from maturity.models.benchmark import Benchmark, Comparison, Standing
from maturity.models.disclosure import NOT_APPLICABLE, NOT_SCORED, SUPPRESSED
from maturity.models.register import Organisation, sort_key
from maturity.models.summary import Summary
from maturity.reports.figures import axis_for
from maturity.reports.sheets import Field
from maturity.reports.speech import Speech
from maturity.scoring.score import Scorer


@dataclass(frozen=True)
class Drawn:
    """What is drawn, and the words for it."""

    scorer: Scorer
    benchmark: Benchmark
    speech: Speech
    council: str | None = None

    def words(self, message: str, /, **places: object) -> str:
        return self.speech.words(message, **places)

    @property
    def score_format(self) -> str:
        """The number format of published scores."""
        places = self.speech.places
        return "0." + "0" * places if places else "0"

    @cached_property
    def organisations(self) -> tuple[Organisation, ...]:
        """The register's organisations by their names, in the order of the reader's alphabet."""
        language = self.speech.language
        found = [m.organisation for m in self.benchmark.members]
        return tuple(sorted(found, key=lambda o: sort_key(o.name.to(language), language)))

    def name(self, code: str) -> str:
        """An organisation's name by its code. Raises KeyError."""
        return self._names[code]

    @cached_property
    def _names(self) -> dict[str, str]:
        return {o.code: self.speech.to(o.name) for o in self.organisations}

    def score(self, standing: Standing) -> Value:
        """The published score, or the symbol or words that say why there is none."""
        if standing.published is not None:
            return standing.published
        if standing.reason is None:
            return self.words("not submitted")
        return NOT_APPLICABLE if standing.reason == "nothing_applies" else NOT_SCORED

    def number(self, value: float | None) -> Value:
        """A statistic, or the symbol where too few were scored for it or it is suppressed."""
        if value is None:
            return SUPPRESSED if self.speech.unnamed else NOT_SCORED
        return value

    def count(self, n: int | None) -> Value:
        """How many, or the symbol where that is suppressed."""
        return SUPPRESSED if n is None else n

    def tells(self, n: int) -> bool:
        """Whether counts over `n` are told, or suppressed one by one where nobody is named."""
        return n >= LEAST_FOR_MEDIAN or self.speech.unnamed

    @property
    def told_format(self) -> str:
        """The number format of medians and quartiles: two decimals at least, or as few as may be shown."""
        places = self.speech.shown_places if self.speech.unnamed else max(2, self.speech.places)
        return "0." + "0" * places if places else "0"

    def kind(self, comparison: Comparison) -> str:
        """What sort of measure: the whole, a dimension, a theme, or the rubric's own name for it."""
        if not comparison.by:
            return self.words("Overall")
        names = {("dimension",): N_("Dimension"), ("dimension", "theme"): N_("Theme")}
        if comparison.by in names:
            return self.words(names[comparison.by])
        return self.speech.to(self.scorer.rubric.measures[comparison.measure].name)

    @property
    def measure_fields(self) -> tuple[Field, ...]:
        """The columns of `measure`."""
        return Field(self.words("Measure"), 15), *self.pair_fields

    def measure(self, comparison: Comparison) -> tuple[str, ...]:
        """What sort of measure, and of which dimension and theme."""
        return self.kind(comparison), *self.pair(comparison)

    @property
    def quartile_fields(self) -> tuple[Field, ...]:
        """The columns of `quartiles`."""
        w, form = self.words, self.told_format
        lower, upper = w("Lower quartile (Q1)"), w("Upper quartile (Q3)")
        return Field(w("Median"), 12, form), Field(lower, 14, form), Field(upper, 14, form)

    def quartiles(self, summary: Summary) -> tuple[Value, ...]:
        """Median and quartiles, or symbols."""
        return self.number(summary.median), self.number(summary.q1), self.number(summary.q3)

    @property
    def pair_fields(self) -> tuple[Field, Field]:
        """The columns of `pair`."""
        return Field(self.words("Dimension"), 28), Field(self.words("Theme"), 32)

    def pair(self, comparison: Comparison) -> tuple[str, str]:
        """A comparison's dimension and theme, as far as it has them."""
        by = dict(zip(comparison.by, comparison.group, strict=True))
        dimension = (
            self.speech.dimension(by["dimension"]) if "dimension" in by else self.words("All dimensions")
        )
        theme = (
            self.speech.name(comparison)
            if comparison.by == ("dimension", "theme")
            else self.words("All themes")
        )
        return dimension, theme

    @property
    def scale(self) -> tuple[float, float]:
        """The least and the most that the overall score and the dimensions' can be."""
        wanted = [c for c in (self.benchmark.overall, *self.benchmark.dimensions) if c is not None]
        axis = axis_for(self.scorer.plan, wanted)
        return axis.low, axis.high

    def strong(self, rows: Sequence[tuple[Value, ...]]) -> frozenset[int]:
        """The rows of the council whose report it is; councils' names stand first in a row."""
        own = self.name(self.council) if self.council else None
        return frozenset(n for n, row in enumerate(rows) if own is not None and row[0] == own)
