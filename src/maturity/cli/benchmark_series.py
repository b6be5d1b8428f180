"""The series of all periods on the terminal: medians, change between neighbours, breaks, who joined and who left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from maturity.cli.blocks import Column, draw
from maturity.cli.terminal import can_draw, number, room

if TYPE_CHECKING:
    from rich.console import Console

    from maturity.locale.words import Words
    from maturity.models.benchmark import Benchmark
    from maturity.models.series import Break, Move, Series, Spread


def show_series(
    out: Console, series: Series, benchmark: Benchmark, words: Words, places: int, council: str | None = None
) -> bool:
    """A table of medians by period, then a section for each passage from a period to the next. Of a benchmark that names nobody
    but the council, the council's own alone.

    Returns whether something was left out because too few councils were scored: [x].
    """
    from maturity.reports.series_said import break_said, members_said

    table = _Tables(series, benchmark, words, places, council)
    out.print("\n" + words("All periods"), style="bold")
    key = [Column(words("Measure"), [line.name.to(words.language) for line in table.shown], right=False)]
    groups = [table.period(n) for n in range(len(series.periods))]
    draw(out, key, groups, room(out))
    if series.broken:
        told = words(
            "*: scored by other versions than the period before; medians on its two sides do not compare."
        )
        if not benchmark.named:
            told = words(
                "*: scored by other versions than the period before; scores on its two sides do not compare."
            )
        out.print(told)
    for n, transition in enumerate(series.transitions):
        title = words("From {before} to {after}", before=transition.before, after=transition.after)
        out.print(f"\n{title}" if n or series.broken else title, style="bold")
        said = members_said(words, transition, table.names, named=benchmark.named)
        for sentence in (*said, *break_said(words, transition.series_break)):
            out.print(sentence)
        found = [*table.change(n), table.spread(n)]
        draw(out, key, found, room(out))
        if benchmark.named:
            out.print(table.legend(transition.series_break))
        groups += found
    return any("[x]" in column.cells for group in groups for column in group)


class _Tables:
    def __init__(
        self, series: Series, benchmark: Benchmark, words: Words, places: int, council: str | None
    ) -> None:
        lines = series.lines
        self.series, self.words, self.places, self.council = series, words, places, council
        self.named = benchmark.named
        self.shown = [line for line in lines if line.by in ((), ("dimension",))] or list(lines)
        self.names = {m.organisation.code: m.organisation.name.to(words.language) for m in benchmark.members}

    def period(self, n: int) -> list[Column]:
        """One period's medians with their n, and one council's own scores."""
        words, period = self.words, self.series.periods[n].period
        points = [line.points[n] for line in self.shown]
        broken = n > 0 and self.series.transitions[n - 1].series_break is not None
        columns = [
            Column(f"{period}*" if broken else period, [self._number(p.summary.median) if p else self._none for p in points],
                   name=words("Median in {period}", period=period)),
            Column("n", [str(p.summary.n) if p else "" for p in points], name=words("Scored in {period}", period=period)),
        ]  # fmt: skip
        if self.council is None:
            return columns
        own = [p.of(self.council) if p else None for p in points]
        cells = [number(score.published, self.places) if score else self._none for score in own]
        if not self.named:
            title = f"{period}*" if broken else period
            return [Column(title, cells, name=words("Own in {period}", period=period))]
        return [*columns, Column(words("Own"), cells, name=words("Own in {period}", period=period))]

    def change(self, n: int) -> list[list[Column]]:
        """The paired change; over a break, its parts. Then one council's own."""
        if (found := self.series.transitions[n].series_break) is not None:
            shown = [self._split(n), self._own_split(n)] if self.named else [self._own_split(n)]
            return [] if found.why else shown
        words, changes = self.words, [m.change if m else None for m in self._moves(n)]
        own = [
            next((d for d in c.differences if d.organisation == self.council), None) if c else None
            for c in changes
        ]
        columns = [
            Column(
                words("Change"), [self._signed(c.median_difference) if c else self._none for c in changes]
            ),
            *self._counts([(c.n, c.up, c.down) if c else None for c in changes]),
        ]
        if self.council is None:
            return [columns]
        cells = [self._signed(d.difference) if d else self._none for d in own]
        mine = [Column(words("Own change"), cells)]
        return [columns, mine] if self.named else [mine]

    def _split(self, n: int) -> list[Column]:
        words, splits = self.words, [m.split if m else None for m in self._moves(n)]
        told: list[tuple[str, Callable[..., float | None]]] = [
            (words("Change"), lambda s: s.median_total),
            (words("Councils' part"), lambda s: s.median_council),
            (words("Rubric's part"), lambda s: s.median_rubric),
        ]
        return [
            *(
                Column(title, [self._signed(of(s)) if s else self._none for s in splits])
                for title, of in told
            ),
            *self._counts([(s.n, s.up, s.down) if s else None for s in splits]),
        ]

    def _own_split(self, n: int) -> list[Column]:
        if self.council is None:
            return []
        words = self.words
        own = [m.split.of(self.council) if m and m.split else None for m in self._moves(n)]
        told: list[tuple[str, Callable[..., float]]] = [
            (words("Own change"), lambda s: s.total),
            (words("Own part"), lambda s: s.council),
            (words("Rubric's part in it"), lambda s: s.rubric),
        ]
        return [Column(title, [self._signed(of(s)) if s else self._none for s in own]) for title, of in told]

    def _counts(self, counted: Sequence[tuple[int | None, ...] | None]) -> list[Column]:
        """How many are scored in both, and how many moved clearly; which is not told of fewer than a median wants."""
        from maturity.benchmark.statistics import LEAST_FOR_MEDIAN

        words = self.words

        def cells(at: int) -> list[str]:
            return [
                "" if one is None else "[x]" if at and (one[0] or 0) < LEAST_FOR_MEDIAN else str(one[at])
                for one in counted
            ]

        return [
            Column(words("of"), cells(0), name=words("Scored in both")),
            Column(words("up"), cells(1), name=words("Up")),
            Column(words("down"), cells(2), name=words("Down")),
        ]

    def spread(self, n: int) -> list[Column]:
        """The interquartile ranges of those in both, and whether they drew together."""
        spreads = [m.spread if m else None for m in self._moves(n)]
        if not any(spreads):
            return []
        return [Column(self.words("Spread"), [self._spread(s) if s else self._none for s in spreads])]

    def _spread(self, spread: Spread) -> str:
        if spread.before is None or spread.after is None:
            return "[x]"
        ends = {"before": self._number(spread.before), "after": self._number(spread.after)}
        if spread.verdict == "narrower":
            return self.words("{before} to {after}, narrower", **ends)
        if spread.verdict == "wider":
            return self.words("{before} to {after}, wider", **ends)
        return self.words("{before} to {after}, no clear difference", **ends)

    def legend(self, found: Break | None) -> str:
        """What the columns mean."""
        words = self.words
        if found is None:
            return words(
                "Change: the median difference of the councils scored in both; up and down where it is clear. Spread: the distance between their quartiles."
            )
        if found.why:
            return ""
        return words(
            "Change: the median of each council's difference, which is its own part and the rubric's together; medians of parts need not add up. Up and down: by the councils' part. Spread: both periods by the later rubric."
        )

    @property
    def _none(self) -> str:
        return "–" if can_draw("–") else "-"

    def _moves(self, n: int) -> list[Move | None]:
        return [line.moves[n] for line in self.shown]

    def _number(self, value: float | None) -> str:
        return "[x]" if value is None else number(value, self.places)

    def _signed(self, value: float | None) -> str:
        return "[x]" if value is None else number(value, self.places, signed=True)
