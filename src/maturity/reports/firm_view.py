"""How firm the measure is that stands for all: every council's score with its sensitivity ranges, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass

from maturity.locale.words import N_
from maturity.models.benchmark import Comparison
from maturity.models.firm import Firm, FirmMeasure, Firmness, SensitivityRange
from maturity.models.register import sort_key
from maturity.reports.benchmark_view import BenchmarkView
from maturity.reports.firm_said import drawn_said, no_interval_said, share_said
from maturity.reports.speech import Speech
from maturity.reports.tables import RANGE, Cell, Table


@dataclass(frozen=True, slots=True)
class FirmRow:
    """One score with its two ranges; `name` is of a council, or of a measure."""

    name: str
    firm: Firm
    mine: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class FirmPart:
    """The figure of the headline measure, the highest first, and how many levels hang on a single answer."""

    name: str
    said: str
    rows: tuple[FirmRow, ...]
    table: Table
    fragile: Table | None


def firm_part(view: BenchmarkView) -> FirmPart | None:
    """None where nothing was drawn, or nobody is scored."""
    firm = view.benchmark.firm
    pair = _headline(view, firm) if firm else None
    if firm is None or pair is None:
        return None
    comparison, measure = pair
    rows = [
        FirmRow(view.named(one.organisation), one, one.organisation == view.council)
        for one in measure.organisations
    ]
    rows.sort(key=lambda row: (-row.firm.published, sort_key(row.name, view.say.language)))
    return FirmPart(
        view.label(comparison),
        f"{drawn_said(view.say.words, firm)} {no_interval_said(view.say.words)}",
        tuple(rows),
        _table(view, firm, comparison, rows),
        _fragile(view, firm),
    )


def _headline(view: BenchmarkView, firm: Firmness) -> tuple[Comparison, FirmMeasure] | None:
    """The measure that stands for all, else the first of which anything was drawn."""
    named = [(c, m) for c in view.mains if (m := firm.of(c.measure, c.group)) and m.organisations]
    return named[0] if named else None


def range_text(say: Speech, low: float | None, high: float | None) -> str:
    """A number where both ends print the same, a dash where there is none."""
    if low is None or high is None:
        return "–"
    return RANGE.join(dict.fromkeys((say.score(low), say.score(high))))


def rank_text(found: SensitivityRange) -> str:
    if found.rank_low is None or found.rank_high is None:
        return "–"
    return RANGE.join(dict.fromkeys((str(found.rank_low), str(found.rank_high))))


def same_level(firm: Firmness, found: SensitivityRange) -> Cell:
    """In how many of the draws the level is the same."""
    if found.same_level is None:
        return Cell("–")
    return Cell(share_said(found.same_level, firm.draws), found.same_level)


def range_cells(say: Speech, firm: Firmness, found: SensitivityRange) -> tuple[Cell, ...]:
    """Score from and to, rank, share at the same level."""
    ends = (found.score_low, found.score_high)
    return (
        *(Cell(say.score(end), end) for end in ends),
        Cell(rank_text(found), found.rank_low),
        same_level(firm, found),
    )


def range_headings(say: Speech) -> list[str]:
    """Of the cells of both ranges."""
    _ = say.words
    return [
        _(heading, kind=kind)
        for kind in (_("Other weights"), _("Other answers"))
        for heading in (
            N_("{kind}: score from"),
            N_("{kind}: score to"),
            N_("{kind}: rank"),
            N_("{kind}: same level"),
        )
    ]


def _table(view: BenchmarkView, firm: Firmness, comparison: Comparison, rows: list[FirmRow]) -> Table:
    say, _ = view.say, view.say.words
    found = [
        (
            Cell(row.name, mine=row.mine),
            Cell(say.score(row.firm.published), row.firm.published),
            *range_cells(say, firm, row.firm.weights),
            *range_cells(say, firm, row.firm.answers),
        )
        for row in rows
    ]
    caption = _("{name}: scores with their sensitivity ranges", name=view.label(comparison))
    return view.table("firm", caption, [_("Council"), _("Score"), *range_headings(say)], found)


def _fragile(view: BenchmarkView, firm: Firmness) -> Table | None:
    """How many councils' levels hang on one answer, by measure."""
    _, rows = view.say.words, []
    for comparison in view.mains:
        measure = firm.of(comparison.measure, comparison.group)
        if measure is None or not comparison.levels:
            continue
        n, fragile = len(measure.organisations), sum(one.fragile for one in measure.organisations)
        rows.append((Cell(view.label(comparison)), Cell(str(n), n), Cell(str(fragile), fragile)))
    if not rows or not view.benchmark.named:
        return None
    caption = _("Levels that one answer, one option off, would change")
    return view.table("fragile", caption, [_("Measure"), _("Councils scored"), _("Level would change")], rows)
