"""A benchmark on the terminal: figures, levels, change and findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from maturity.cli.benchmark_firm import show_firmness
from maturity.cli.benchmark_peers import listed_names
from maturity.cli.blocks import Column, draw
from maturity.cli.drawings import marks, painted_strip, strip
from maturity.cli.learning_table import show_learning
from maturity.cli.terminal import can_draw, number, room
from maturity.models.disclosure import NOT_SCORED, SUPPRESSED

if TYPE_CHECKING:
    from rich.console import Console

    from maturity.locale.words import Words
    from maturity.models.benchmark import Benchmark, Comparison
    from maturity.models.summary import Change
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

    submitted, everyone = benchmark.n_submitted, benchmark.n_members
    out.print(words("{n} of {of} councils, {period}", n=submitted, of=everyone, period=benchmark.period))
    for line in _who(benchmark, words, council):
        out.print(line)
    shown = [c for c in benchmark.comparisons if c.by in ((), ("dimension",))] or list(benchmark.comparisons)
    explained = False
    if shown:
        table = _Table(scorer, shown, words, benchmark, council)
        key = [Column(words("Measure"), [c.name.to(words.language) for c in shown], right=False)]
        groups = [table.figures(), table.own(), table.levels(), table.change()]
        how = draw(out, key, groups, room(out))
        if how.spare:
            out.print(table.drawn())
        elif how.listed:
            out.print()
        explained = _legend(out, table, benchmark, words, council, numbered=not how.listed)
    found = benchmark.series
    if found and (series or found.broken or len(found.periods) > 2):
        left_out = show_series(out, found, benchmark, words, scorer.plan.places, council)
        if left_out and not explained:
            out.print(_too_few(words))
    show_learning(out, scorer, benchmark, words, council)
    show_firmness(out, scorer, benchmark, words, council)
    _findings(out, scorer, benchmark, words)


class _Table:
    def __init__(
        self,
        scorer: Scorer,
        shown: Sequence[Comparison],
        words: Words,
        benchmark: Benchmark,
        council: str | None,
    ) -> None:
        self.scorer, self.shown, self.words, self.council = scorer, shown, words, council
        self.named = benchmark.named
        self.places = scorer.plan.places
        told = benchmark.disclosure.places if benchmark.disclosure else None
        self.told = self.places if told is None else max(0, told)

    def figures(self) -> list[Column]:
        """How many are scored, quartiles and median, and these drawn."""
        words, found = self.words, [c.summary for c in self.shown]
        return [
            Column("n", [str(s.n) for s in found]),
            Column("Q1", [self._number(s.q1) for s in found]),
            Column(words("Median"), [self._number(s.median) for s in found]),
            Column("Q3", [self._number(s.q3) for s in found]),
            *self._strips(),
        ]

    def _strips(self) -> list[Column]:
        """Nothing where there is not one median to draw."""
        from maturity.reports.figures import axis_for

        if all(c.summary.median is None for c in self.shown):
            return []
        axis = axis_for(self.scorer.plan, self.shown, self.council)
        owns = [c.of(self.council).published if self.council else None for c in self.shown]
        strips = [strip(c.summary, own, axis.low, axis.high) for c, own in zip(self.shown, owns, strict=True)]
        ends = f"{axis.low:g}{axis.high:>{len(strips[0]) - len(f'{axis.low:g}')}g}"
        return [Column(ends, strips, right=False, spare=True, paint=painted_strip)]

    def drawn(self) -> str:
        """What the signs of a strip mean."""
        _, half, median, mine = marks()
        words = self.words
        said = [f"{half} {words('middle half of councils')}", f"{median} {words('median')}"]
        return "; ".join([*said, f"{mine} {words('own council')}"] if self.council else said) + "."

    def own(self) -> list[Column]:
        """One council's score and rank."""
        from maturity.benchmark.statistics import LEAST_FOR_MEDIAN

        if self.council is None:
            return []
        words, scores, ranks = self.words, [], []
        for comparison in self.shown:
            own = comparison.of(self.council)
            if own.published is None:
                scores.append(words("not scored") if own.reason else words("not submitted"))
            else:
                scores.append(number(own.published, self.places))
            rank = f"{'=' if own.tied else ''}{own.rank}"
            n = comparison.summary.n
            if own.rank is None:
                ranks.append("" if self.named or own.published is None else SUPPRESSED)
            else:
                ranks.append(words("{rank} of {n}", rank=rank, n=n) if n >= LEAST_FOR_MEDIAN else NOT_SCORED)
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

        if comparison.summary.n < LEAST_FOR_MEDIAN and self.named:
            return NOT_SCORED
        count = dict(comparison.levels).get(band, 0)
        return SUPPRESSED if count is None else str(count or ("·" if can_draw("·") else "-"))

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
            Column(words("up"), [self._moved(c, c.up) for c in known], name=words("Up")),
            Column(words("down"), [self._moved(c, c.down) for c in known], name=words("Down")),
        ]

    def _moved(self, change: Change, n: int | None) -> str:
        """How many moved clearly, which is not told of fewer than a median wants."""
        if n is None:
            return SUPPRESSED
        return NOT_SCORED if change.median_difference is None and self.named else str(n)

    def _number(self, value: float | None, *, signed: bool = False) -> str:
        if value is None:
            return NOT_SCORED if self.named else SUPPRESSED
        return number(value, self.told, signed=signed)


def _who(benchmark: Benchmark, words: Words, council: str | None) -> Iterator[str]:
    """Whose own figures are shown, who did not submit, and whose answers are still a draft; as far as they are named."""
    names = {m.organisation.code: m.organisation.name.to(words.language) for m in benchmark.members}
    if council in names:
        yield words("Own: {council}", council=names[council])
    missing = [m.organisation.code for m in benchmark.members if m.scorecard is None]
    if missing and benchmark.named:
        yield words("Not submitted: {names}", names=listed_names(missing, names, words))
    if benchmark.drafts and not benchmark.named:
        yield words("These answers are a draft and may still change.")
    elif benchmark.drafts:
        drafts = words.count(
            "{n} of those who submitted sent a draft",
            "{n} of those who submitted sent drafts",
            len(benchmark.drafts),
        )
        yield f"{drafts}: {listed_names(benchmark.drafts, names, words)}"


def _too_few(words: Words) -> str:
    """What [x] means."""
    from maturity.benchmark.statistics import LEAST_FOR_MEDIAN, LEAST_FOR_QUARTILES

    return words(
        "[x]: too few councils; a median wants {median}, quartiles want {quartiles}.",
        median=LEAST_FOR_MEDIAN,
        quartiles=LEAST_FOR_QUARTILES,
    )


def _legend(
    out: Console,
    table: _Table,
    benchmark: Benchmark,
    words: Words,
    council: str | None,
    *,
    numbered: bool,
) -> bool:
    """What the columns' short names mean, and whether [x] was among that. A list has the levels' names (not `numbered`)."""
    if numbered and (levels := table.bands()):
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
    if not benchmark.named:
        from maturity.reports.said import suppressed_said
        from maturity.reports.speech import Speech

        out.print(suppressed_said(Speech(table.scorer, words.language)))
    if left_out := NOT_SCORED in cells:
        out.print(_too_few(words))
    member = next((m for m in benchmark.members if m.organisation.code == council), None)
    if member is not None and member.scorecard is None:
        name = member.organisation.name.to(words.language)
        out.print(words("{council} did not submit for {period}.", council=name, period=benchmark.period))
    return left_out


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
