"""Verdicts of all councils, tabulated."""

from __future__ import annotations

from maturity.reports.benchmark_view import BenchmarkView
from maturity.reports.said import outcome_name, verdict_said
from maturity.reports.tables import Cell, Table


def verdict_table(view: BenchmarkView) -> Table:
    """A row a council, a column for each group of each outcome."""
    say = view.say
    wanted = [(o.name, g.group) for o in say.scorer.plan.outcomes for g in o.groups]

    def cells(code: str) -> tuple[Cell, ...]:
        found = {(v.outcome, v.group): v for v in view.cards[code].verdicts}
        return tuple(Cell(verdict_said(say, found[key]), missing=found[key].label is None) for key in wanted)

    headings = [outcome_name(say, *key) for key in wanted]
    caption = say.words("Verdicts by council, {period}", period=view.benchmark.period)
    return view.by_council("verdicts", caption, headings, cells)
