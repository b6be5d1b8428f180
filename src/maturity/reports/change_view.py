"""What changed since the previous period, tabulated."""

from __future__ import annotations

from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.models.benchmark import Comparison
from maturity.models.register import sort_key
from maturity.models.summary import Difference
from maturity.reports.benchmark_view import BenchmarkView
from maturity.reports.speech import Speech
from maturity.reports.tables import Cell, Table


def verdict(say: Speech, difference: Difference) -> str:
    """Up, down, or no clear change."""
    if not difference.clear:
        return say.words("no clear change")
    return say.words("up") if difference.difference > 0 else say.words("down")


def summary_of_change(view: BenchmarkView) -> Table:
    """For each dimension: over how many, the median difference, and how many went which way."""
    say, _ = view.say, view.say.words
    rows = []
    for c in view.mains:
        if c.change is None:
            continue
        told = c.change.n >= LEAST_FOR_MEDIAN or say.unnamed
        counts = (c.change.up, c.change.no_clear_change, c.change.down)
        rows.append(
            (
                Cell(view.label(c)),
                Cell(str(c.change.n), c.change.n),
                Cell(say.told(c.change.median_difference, signed=True), c.change.median_difference),
                *(Cell(say.count(n), n) if told else Cell("–") for n in counts),
                Cell(say.score(c.change.step), c.change.step),
            )
        )
    headings = [
        _("Measure"),
        _("n in both"),
        _("Median difference"),
        _("Up"),
        _("No clear change"),
        _("Down"),
        _("Least clear difference"),
    ]
    caption = _(
        "Change from {previous} to {period}", previous=view.benchmark.previous, period=view.benchmark.period
    )
    return view.table("change", caption, headings, rows)


def changes_of(view: BenchmarkView, comparison: Comparison) -> Table:
    """Every council's change in one comparison."""
    say, _ = view.say, view.say.words
    before, after = view.benchmark.previous or "", view.benchmark.period
    rows = [
        (
            Cell(view.named(d.organisation), mine=d.organisation == view.council),
            Cell(say.score(d.before), d.before),
            Cell(say.score(d.after), d.after),
            Cell(say.signed(d.difference), d.difference),
            Cell(verdict(say, d)),
        )
        for d in sorted_differences(view, comparison)
    ]
    headings = [_("Council"), before, after, _("Difference"), _("Change")]
    caption = _("{name}: change by council", name=view.label(comparison))
    return view.table(f"change-{comparison.key}", caption, headings, rows)


def sorted_differences(view: BenchmarkView, comparison: Comparison) -> list[Difference]:
    """By council's name."""
    found = comparison.change.differences if comparison.change else ()
    return sorted(found, key=lambda d: sort_key(view.named(d.organisation), view.say.language))
