"""What the benchmark page says and tabulates, ready to be drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.models.benchmark import Benchmark, Comparison, FindingCount, Member, Standing
from maturity.models.register import Organisation, sort_key
from maturity.models.text import Text
from maturity.reports.figures import Axis, Dot, axis_for, depth, swarm
from maturity.reports.speech import Level, Speech
from maturity.reports.tables import Cell, Table, file_name
from maturity.reports.why_not import why_not

ROWS_IN_A_FIGURE = 60
"""With more organisations than that, a figure with a row for each is folded away."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One row of the strip chart."""

    comparison: Comparison
    dots: tuple[Dot, ...]
    own: Standing | None


class BenchmarkView:
    """The benchmark, in one language, with perhaps one council of it to mark."""

    def __init__(
        self,
        say: Speech,
        benchmark: Benchmark,
        council: str | None,
        links: Mapping[str, str] | None = None,
    ) -> None:
        self.say = say
        self.benchmark = benchmark
        self.council = council
        self.links = links or {}
        self.cards = {m.organisation.code: m.scorecard for m in benchmark.members if m.scorecard}
        self.organisations = {m.organisation.code: m.organisation for m in benchmark.members}
        if council is not None and council not in self.organisations:
            raise KeyError(council)

    # Which comparisons stand where

    @cached_property
    def mains(self) -> tuple[Comparison, ...]:
        """What most pictures show: the whole, then each dimension; else every group that is no theme."""
        overall = (self.benchmark.overall,) if self.benchmark.overall else ()
        themes = ("dimension", "theme")
        rest = self.benchmark.dimensions or tuple(
            c for c in self.benchmark.comparisons if c.by and c.by != themes
        )
        return overall + rest or self.benchmark.comparisons

    @cached_property
    def parts(self) -> tuple[Comparison, ...]:
        """The dimensions, or what stands for them."""
        return tuple(c for c in self.mains if c is not self.benchmark.overall) or self.mains

    @cached_property
    def others(self) -> tuple[Comparison, ...]:
        """Comparisons that are in no other table."""
        shown = {id(c) for c in (*self.mains, *self.benchmark.themes)}
        return tuple(c for c in self.benchmark.comparisons if id(c) not in shown)

    @cached_property
    def mapped(self) -> tuple[tuple[str, Comparison], ...]:
        """What the map can show, each with its name, the whole first; nothing where nobody is named."""
        if not self.benchmark.named:
            return ()
        return tuple((self.label(c), c) for c in self.mains)

    @cached_property
    def moved(self) -> tuple[tuple[str, Comparison], ...]:
        """Of what each council's change can be shown."""
        return tuple((name, c) for name, c in self.mapped if c.change and c.change.n >= LEAST_FOR_MEDIAN)

    @cached_property
    def listed(self) -> bool:
        """Whether there is anybody to show by name."""
        return bool(self.mains and self.benchmark.members)

    # What may be told of how many

    def tells(self, comparison: Comparison) -> bool:
        """Whether enough are scored to tell anything of them together."""
        return comparison.summary.n >= LEAST_FOR_MEDIAN

    def too_few(self, n: int) -> str:
        return self.say.words(
            "Too few councils are scored (n = {n}): at least {least} are needed.", n=n, least=LEAST_FOR_MEDIAN
        )

    @cached_property
    def changed(self) -> bool:
        """Whether any change has enough councils to be told."""
        return any(c.change and c.change.n >= LEAST_FOR_MEDIAN for c in self.mains)

    @cached_property
    def drafts(self) -> list[str]:
        """Who submitted a draft, by name."""
        codes = self.benchmark.drafts
        return [self.name(o) for o in self.sorted(self.benchmark.submitted) if o.code in codes]

    # Names

    def name(self, organisation: Organisation) -> str:
        return self.say.to(organisation.name)

    def named(self, code: str) -> str:
        return self.name(self.organisations[code])

    def sorted(self, members: Sequence[Member]) -> list[Organisation]:
        """By name, in the order of the page's alphabet."""
        found = [m.organisation for m in members]
        return sorted(found, key=lambda o: sort_key(self.name(o), self.say.language))

    def label(self, comparison: Comparison) -> str:
        """What a row or column of this comparison is called."""
        return self.say.label(comparison, self.benchmark.comparisons)

    @cached_property
    def missing(self) -> list[str]:
        return [self.name(o) for o in self.sorted(self.benchmark.missing)]

    # Figures

    @cached_property
    def axis(self) -> Axis:
        return axis_for(self.say.scorer.plan, self.mains)

    @cached_property
    def axis_levels(self) -> tuple[Level, ...]:
        """The levels on the axis: none where its rows differ in them."""
        kinds = {self.say.scorer.rubric.measures[c.measure].bands for c in self.mains}
        return self.say.levels(self.mains[0].measure) if len(kinds) == 1 else ()

    @cached_property
    def strips(self) -> tuple[Strip, ...]:
        return tuple(self._strip(c) for c in self.mains)

    def _strip(self, comparison: Comparison) -> Strip:
        others = [
            (s.organisation, s.published)
            for s in comparison.standings
            if s.published is not None and s.organisation != self.council and self.tells(comparison)
        ]
        own = comparison.of(self.council) if self.council else None
        return Strip(comparison, swarm(self.axis, others, own.published if own else None), own)

    @cached_property
    def lanes(self) -> int:
        return depth(strip.dots for strip in self.strips)

    @property
    def lane_gap(self) -> float:
        """Pixels between two lanes: dots stand apart, but for crowds that would make a strip taller than a screen."""
        return min(9, round(126 / max(self.lanes, 1), 2))

    @property
    def crowded(self) -> bool:
        """Whether figures with a row for every organisation are too long to stand open."""
        return len(self.benchmark.members) > ROWS_IN_A_FIGURE

    @cached_property
    def most_at_a_level(self) -> int:
        """The tallest column of all small multiples, which share their scale."""
        return max((n or 0 for c in self.mains for _, n in c.levels), default=0) or 1

    @property
    def tells_levels(self) -> bool:
        """Whether any level's count may be told."""
        return any(n is not None for c in self.mains for _, n in c.levels)

    # Tables

    def table(self, identifier: str, caption: str, headings: Sequence[str], rows: Sequence[tuple[Cell, ...]], *, absent: bool = False) -> Table:  # fmt: skip
        words = self.say.words("not submitted")
        return Table(
            id=identifier,
            caption=caption,
            headings=tuple(headings),
            rows=tuple(rows),
            absent=tuple(
                (self.name(o), words, self.links.get(o.code, "")) for o in self.sorted(self.benchmark.missing)
            )
            if absent
            else (),
            file=file_name(self.say.words("benchmark"), self.benchmark.period, caption),
        )

    def by_council(
        self, identifier: str, caption: str, headings: Sequence[str], cells: Callable[[str], tuple[Cell, ...]]
    ) -> Table:
        """A row for each council that submitted, then those that did not."""
        rows = [(self._council(o), *cells(o.code)) for o in self.sorted(self.benchmark.submitted)]
        return self.table(identifier, caption, (self.say.words("Council"), *headings), rows, absent=True)

    def _council(self, organisation: Organisation) -> Cell:
        code = organisation.code
        return Cell(self.name(organisation), mine=code == self.council, href=self.links.get(code, ""))

    @cached_property
    def scores(self) -> Table:
        """The heatmap."""
        return self.by_council(
            "scores",
            self.say.words("Scores by council and dimension, {period}", period=self.benchmark.period),
            [self.label(c) for c in self.mains],
            lambda code: tuple(self.score_cell(c, c.of(code)) for c in self.mains),
        )

    def score_cell(self, comparison: Comparison, standing: Standing) -> Cell:
        if standing.published is None:
            card = self.cards.get(standing.organisation)
            score = card.score(comparison.measure, *comparison.group) if card else None
            reason = why_not(self.say, score) if score else ""
            return Cell(self.say.absence(standing), small=reason, missing=True)
        level = self.say.level(comparison.measure, standing.level)
        limited = self.say.words("held down by a limit") if standing.capped else ""
        step = level.step if level else None
        return Cell(self.say.score(standing.published), standing.published, small=limited, step=step)

    def standings(self, comparison: Comparison) -> Table:
        """Every council's position in one comparison: alphabetical, no league table."""
        say, _ = self.say, self.say.words

        def cells(code: str) -> tuple[Cell, ...]:
            standing = comparison.of(code)
            level = say.level(comparison.measure, standing.level)
            return (
                self.score_cell(comparison, standing),
                Cell(f"{level.number} {level.name}" if level else "–", level.number if level else None),
                # The number is what a download of the table gets: none where no rank is told.
                Cell(
                    say.rank(standing, comparison.summary.n),
                    standing.rank if self.tells(comparison) else None,
                ),
                Cell(say.others(standing)),
                Cell(say.position(standing.position)),
                Cell(say.percent(standing.coverage), standing.coverage),
            )

        headings = [_("Score"), _("Level"), _("Rank"), _("Other councils"), _("Position"), _("Coverage")]
        caption = _("{name}: every council's position", name=self.label(comparison))
        return self.by_council(f"position-{comparison.key}", caption, headings, cells)

    def summaries(self, identifier: str, caption: str, comparisons: Sequence[Comparison]) -> Table:
        """n, quartiles and median of each comparison."""
        say, _ = self.say, self.say.words
        rows = [
            (
                Cell(self.label(c)),
                Cell(str(c.summary.n), c.summary.n),
                *(Cell(say.told(v), v) for v in (c.summary.q1, c.summary.median, c.summary.q3)),
            )
            for c in comparisons
        ]
        headings = [_("Measure"), _("n"), _("Lower quartile"), _("Median"), _("Upper quartile")]
        return self.table(identifier, caption, headings, rows)

    def levels(self) -> Table:
        """How many councils are at each level, by dimension."""
        _ = self.say.words
        levels = self.axis_levels
        rows = []
        for c in self.mains:
            counts = dict(c.levels)
            unscored = self.benchmark.unscored(c)
            numbers = [counts.get(level.band.id, 0) for level in levels]
            told = self.tells(c) or self.say.unnamed
            cells = [Cell(self.say.count(n), n) if told else Cell("–") for n in numbers]
            rows.append((Cell(self.label(c)), *cells, Cell(str(unscored), unscored)))
        headings = [_("Measure"), *(f"{level.number} {level.name}" for level in levels), _("Not scored")]
        return self.table("levels", _("Number of councils at each level"), headings, rows)

    @cached_property
    def findings(self) -> list[tuple[str, list[FindingCount]]]:
        """The findings under their dimensions' names."""
        grouped: dict[str, list[FindingCount]] = {}
        for finding in self.benchmark.findings:
            if finding.answered < LEAST_FOR_MEDIAN:
                continue
            grouped.setdefault(finding.dimension, []).append(finding)
        return [(self.say.dimension(dimension), found) for dimension, found in grouped.items()]

    def to(self, text: Text) -> str:
        return self.say.to(text)
