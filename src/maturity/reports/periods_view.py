"""What became of every dimension from a period to the next, ready to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.models.series import Line, Series, SplitChange
from maturity.models.summary import Change, Summary
from maturity.reports.benchmark_view import BenchmarkView
from maturity.reports.figures import Axis, ticks
from maturity.reports.series_said import break_said, members_said
from maturity.reports.tables import Cell, Table


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One measure in two neighbouring periods. Over no break it has a `change`, else perhaps a `split`."""

    name: str
    whole: bool
    before: Summary
    after: Summary
    change: Change | None
    split: SplitChange | None

    @property
    def counts(self) -> tuple[int | None, int | None, int | None]:
        """How many went clearly up, not clearly anywhere, and clearly down; None where they are too few to tell."""
        found = self.change or self.split
        if found is None or found.n < LEAST_FOR_MEDIAN:
            return None, None, None
        return found.up, found.no_clear_change, found.down


@dataclass(frozen=True, slots=True)
class Passage:
    """From a period to the next. `axis` is of the parts of the change, where a break parts them."""

    before: str
    after: str
    broken: bool
    said: tuple[str, ...]
    rows: tuple[MoveRow, ...]
    axis: Axis
    table: Table

    @property
    def parted(self) -> bool:
        """Whether it breaks, and the change can be told in its parts."""
        return any(row.split and row.split.median_council is not None for row in self.rows)


def passages(view: BenchmarkView) -> tuple[Passage, ...]:
    """All passages between neighbouring periods, the latest first; none where others stay unnamed, of whom there is nothing."""
    series = view.benchmark.series
    if series is None or not view.benchmark.named:
        return ()
    return tuple(_passage(view, series, n) for n in reversed(range(len(series.transitions))))


def _passage(view: BenchmarkView, series: Series, n: int) -> Passage:
    transition, words = series.transitions[n], view.say.words
    names = {code: view.name(organisation) for code, organisation in view.organisations.items()}
    rows = tuple(row for line in shown_lines(series) if (row := _row(view, line, n)) is not None)
    broken = transition.series_break is not None
    said = (*members_said(words, transition, names), *break_said(words, transition.series_break))
    make = _split_table if broken else _change_table
    table = make(view, transition.before, transition.after, rows)
    return Passage(transition.before, transition.after, broken, said, rows, _axis(rows), table)


def shown_lines(series: Series) -> list[Line]:
    """The whole and each dimension, else everything."""
    found = [line for line in series.lines if line.by in ((), ("dimension",))] or list(series.lines)
    return sorted(found, key=lambda line: line.by != ())


def _row(view: BenchmarkView, line: Line, n: int) -> MoveRow | None:
    before, after, move = line.points[n], line.points[n + 1], line.moves[n]
    if before is None or after is None or move is None:
        return None
    name = view.say.to(line.name)
    return MoveRow(name, not line.by, before.summary, after.summary, move.change, move.split)


def _axis(rows: Sequence[MoveRow]) -> Axis:
    """As far to either side of no change as any part goes."""
    found = [
        abs(part)
        for row in rows
        if row.split
        for part in (row.split.median_council, row.split.median_rubric)
        if part is not None
    ]
    most = max(found, default=0.0) or 1.0
    return Axis(-most, most, ticks(-most, most))


def _counts(view: BenchmarkView, row: MoveRow) -> tuple[Cell, ...]:
    return tuple(Cell("–" if n is None else view.say.count(n), n) for n in row.counts)


def _change_table(view: BenchmarkView, before: str, after: str, rows: Sequence[MoveRow]) -> Table:
    say, _ = view.say, view.say.words
    found = []
    for row in rows:
        median = row.change.median_difference if row.change else None
        n = row.change.n if row.change else 0
        found.append(
            (
                Cell(row.name),
                *(Cell(say.told(s.median), s.median) for s in (row.before, row.after)),
                *(Cell(str(s.n), s.n) for s in (row.before, row.after)),
                Cell(str(n), n),
                Cell(say.told(median, signed=True), median),
                *_counts(view, row),
            )
        )
    headings = [
        _("Measure"), _("Median in {period}", period=before), _("Median in {period}", period=after),
        _("n in {period}", period=before), _("n in {period}", period=after), _("n in both"),
        _("Median difference"), _("Up"), _("No clear change"), _("Down"),
    ]  # fmt: skip
    caption = _("Medians in {before} and {after}", before=before, after=after)
    return view.table(f"periods-{before}-{after}", caption, headings, found)


def _split_table(view: BenchmarkView, before: str, after: str, rows: Sequence[MoveRow]) -> Table:
    say, _ = view.say, view.say.words
    found = []
    for row in rows:
        s = row.split
        parts = (s.median_total, s.median_council, s.median_rubric) if s else (None, None, None)
        n = s.n if s else 0
        found.append(
            (
                Cell(row.name),
                Cell(str(n), n),
                *(Cell(say.told(part, signed=True), part) for part in parts),
                *_counts(view, row),
            )
        )
    headings = [
        _("Measure"), _("n in both"), _("Median difference"), _("Councils' part"), _("Rubric's part"),
        _("Up"), _("No clear change"), _("Down"),
    ]  # fmt: skip
    caption = _("Change from {before} to {after} in its parts", before=before, after=after)
    return view.table(f"parts-{before}-{after}", caption, headings, found)
