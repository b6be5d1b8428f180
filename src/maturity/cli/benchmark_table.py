"""A benchmark on the terminal: figures, levels, change and findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maturity.cli.blocks import Column, draw
from maturity.cli.learning_table import show_learning
from maturity.cli.terminal import bar, can_draw, number, room

if TYPE_CHECKING:
    from rich.console import Console

    from maturity.locale.words import Words
    from maturity.models.benchmark import Benchmark, Comparison
    from maturity.scoring.score import Scorer


def show_benchmark(
    out: Console,
    scorer: Scorer,
    benchmark: Benchmark,
    words: Words,
    council: str | None = None,
    *,
    series: bool = False,
) -> None:
    """A row a measure, with one council's own standing; what abbreviations mean; all periods, where there are more than
    two, or versions between them, or `series` says so; findings by dimension."""
    from maturity.cli.benchmark_series import show_series

    submitted, everyone = len(benchmark.submitted), len(benchmark.members)
    out.print(words("{n} of {of} councils, {period}", n=submitted, of=everyone, period=benchmark.period))
    shown = [c for c in benchmark.comparisons if c.by in ((), ("dimension",))] or list(benchmark.comparisons)
    if shown:
        table = _Table(scorer, shown, words)
        key = [Column(words("Measure"), [c.name.to(words.language) for c in shown], right=False)]
        own = table.own(council) if council else []
        draw(out, key, [table.figures(), own, table.levels(), table.change()], room(out))
        _legend(out, table, benchmark, words, council)
    found = benchmark.series
    if found and (series or found.broken or len(found.periods) > 2):
        show_series(out, found, benchmark, words, scorer.plan.places, council)
    show_learning(out, scorer, benchmark, words, council)
    _findings(out, scorer, benchmark, words)


class _Table:
    def __init__(self, scorer: Scorer, shown: Sequence[Comparison], words: Words) -> None:
        self.scorer, self.shown, self.words = scorer, shown, words
        self.places = scorer.plan.places

    def figures(self) -> list[Column]:
        """How many are scored, quartiles and median."""
        words, found = self.words, [c.summary for c in self.shown]
        most = max((item.most for item in self.scorer.plan.items), default=1.0)
        return [
            Column("n", [str(s.n) for s in found]),
            Column("Q1", [self._number(s.q1) for s in found]),
            Column(words("Median"), [self._number(s.median) for s in found]),
            Column("Q3", [self._number(s.q3) for s in found]),
            Column("", [bar(s.median, most) for s in found], right=False, spare=True),
        ]

    def own(self, council: str) -> list[Column]:
        """One council's score and rank."""
        words, scores, ranks = self.words, [], []
        for comparison in self.shown:
            own = comparison.of(council)
            if own.published is None:
                scores.append(words("not scored") if own.reason else words("not submitted"))
            else:
                scores.append(number(own.published, self.places))
            rank = f"{'=' if own.tied else ''}{own.rank}"
            ranks.append(
                "" if own.rank is None else words("{rank} of {n}", rank=rank, n=comparison.summary.n)
            )
        return [Column(words("Own"), scores), Column(words("Rank"), ranks)]

    def bands(self) -> dict[str, str]:
        """Level → its name, of all measures shown, from the lowest."""
        from maturity.scoring.names import bands_of

        language, rubric = self.words.language, self.scorer.rubric
        measures = dict.fromkeys(c.measure for c in self.shown)
        return {band.id: band.name.to(language) for name in measures for band in bands_of(rubric, name)}

    def levels(self) -> list[Column]:
        """How many are at each level; a level's number is its heading."""
        return [
            Column(str(n), [self._at(c, band) for c in self.shown], name=f"{n} {name}")
            for n, (band, name) in enumerate(self.bands().items(), 1)
        ]

    def _at(self, comparison: Comparison, band: str) -> str:
        """How many are at a level, which is not told of fewer than a median wants."""
        from maturity.benchmark.statistics import LEAST_FOR_MEDIAN

        if comparison.summary.n < LEAST_FOR_MEDIAN:
            return "[x]"
        return str(dict(comparison.levels).get(band) or ("·" if can_draw("·") else "-"))

    def change(self) -> list[Column]:
        """The median difference since the earlier period, and how many moved."""
        words, found = self.words, [c.change for c in self.shown]
        if not any(found):
            return []
        known = [c for c in found if c is not None]
        differences = [self._number(c.median_difference, signed=True) for c in known]
        return [
            Column(words("Change"), differences),
            Column(words("of"), [str(c.n) for c in known], name=words("Scored in both")),
            Column(words("up"), [str(c.up) for c in known], name=words("Up")),
            Column(words("down"), [str(c.down) for c in known], name=words("Down")),
        ]

    def _number(self, value: float | None, *, signed: bool = False) -> str:
        return "[x]" if value is None else number(value, self.places, signed=signed)


def _legend(out: Console, table: _Table, benchmark: Benchmark, words: Words, council: str | None) -> None:
    """What the columns' short names mean."""
    from maturity.benchmark.statistics import LEAST_FOR_MEDIAN, LEAST_FOR_QUARTILES

    if levels := table.bands():
        listed = ", ".join(f"{n} {name}" for n, name in enumerate(levels.values(), 1))
        out.print(words("Columns with numbers: councils at each level. {levels}.", levels=listed))
    if benchmark.previous:
        out.print(
            words(
                "Change: the median difference since {period} of the councils scored in both; up and down where it is clear.",
                period=benchmark.previous,
            )
        )
    cells = [cell for column in (*table.figures(), *table.change()) for cell in column.cells]
    if "[x]" in cells:
        out.print(
            words(
                "[x]: too few councils; a median wants {median}, quartiles want {quartiles}.",
                median=LEAST_FOR_MEDIAN,
                quartiles=LEAST_FOR_QUARTILES,
            )
        )
    member = next((m for m in benchmark.members if m.organisation.code == council), None)
    if member is not None and member.scorecard is None:
        name = member.organisation.name.to(words.language)
        out.print(words("{council} did not submit for {period}.", council=name, period=benchmark.period))


def _findings(out: Console, scorer: Scorer, benchmark: Benchmark, words: Words) -> None:
    """The sentences that count answers, under their dimensions; none over fewer answers than a median wants."""
    from maturity.benchmark.statistics import LEAST_FOR_MEDIAN

    for dimension in scorer.questionnaire.dimensions:
        found = [
            f for f in benchmark.findings if f.dimension == dimension.id and f.answered >= LEAST_FOR_MEDIAN
        ]
        if found:
            out.print(f"\n{dimension.name.to(words.language)}", style="bold")
        for finding in found:
            out.print(f"- {finding.sentence(words.language)}")
