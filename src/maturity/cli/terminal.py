"""Tables and bars on the terminal."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.table import Table

    from maturity.intake.scored import Scored
    from maturity.locale.words import Words
    from maturity.models.benchmark import Benchmark
    from maturity.scoring.score import Scorer

PIPED = 220
"""Columns where nobody watches: enough for any table of ours, so that a pipe gets whole lines."""


def console() -> Console:
    """Writes to stdout: as wide as the terminal, or wide enough for any table in a pipe."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else max(shutil.get_terminal_size((PIPED, 24)).columns, PIPED)
    return Console(width=width, highlight=False, emoji=False, markup=False)


def bar(value: float | None, most: float, width: int = 10) -> str:
    """A bar of `width` characters; plain ASCII where the console has no block characters."""
    if value is None:
        return ""
    full, half = ("━", "╸") if _can_draw("━╸") else ("#", "")
    units = round(value / most * width * 2)
    return full * (units // 2) + (half if units % 2 else "")


def scores_table(scorer: Scorer, scored: Sequence[Scored], words: Words) -> Table:
    """A row an assessment: overall with level, then each dimension; councils by the language's alphabet."""
    from maturity.models.register import sort_key
    from maturity.scoring.names import bands_of, group_text
    from maturity.scoring.run import APART
    from maturity.scoring.score import in_display_order

    shown = [(m, g.group) for m in in_display_order(scorer) for g in m.groups if m.by in ((), ("dimension",))]
    shown = shown or [(m, g.group) for m in in_display_order(scorer) for g in m.groups][:8]
    table = _table()
    table.add_column(words("Council"), no_wrap=True)
    table.add_column(words("Period"))
    for measure, group in shown:
        name = group_text(scorer.questionnaire, scorer.rubric.measures[measure.name], group)
        table.add_column(name.to(words.language), justify="right", overflow="fold")
    table.add_column(words("Level"), no_wrap=True)
    table.add_column(words("Answered"), justify="right")
    first, whole = shown[0]
    levels = {band.id: band.name.to(words.language) for band in bands_of(scorer.rubric, first.name)}
    places = scorer.rubric.policy.round.places
    for one in sorted(
        scored,
        key=lambda s: (sort_key(s.organisation.name.to(words.language), words.language), s.assessment.period),
    ):
        cells = [one.organisation.name.to(words.language), one.assessment.period]
        for measure, group in shown:
            score = one.scorecard.score(measure.name, *group)
            known = score is not None and score.published is not None
            cells.append(f"{score.published:.{places}f}" if score and known else words("not scored"))
        top = one.scorecard.score(first.name, *whole)
        cells.append(levels.get(top.level, "") if top and top.level else "")
        answered = sum(i.state == "answered" for i in one.scorecard.items)
        applicable = sum(i.state not in APART for i in one.scorecard.items)
        table.add_row(*cells, f"{answered}/{applicable}")
    return table


def benchmark_table(scorer: Scorer, benchmark: Benchmark, words: Words, council: str | None = None) -> Table:
    """A row a measure: n, quartiles and median, and the councils at each level; with one council's own standing."""
    from maturity.scoring.names import bands_of

    table = _table()
    for heading in (words("Measure"), "n", "Q1", words("Median"), "Q3", ""):
        table.add_column(heading, justify="left" if heading in (words("Measure"), "") else "right")
    bands = bands_of(scorer.rubric, benchmark.comparisons[0].measure)
    for band in bands:
        table.add_column(band.name.to(words.language), justify="right", overflow="fold")
    if council:
        table.add_column(words("Own"), justify="right")
        table.add_column(words("Rank"), justify="right")
    most = max((item.most for item in scorer.plan.items), default=1.0)
    places = scorer.rubric.policy.round.places
    for comparison in benchmark.comparisons:
        if comparison.by not in ((), ("dimension",)):
            continue
        s = comparison.summary
        figures = [f"{v:.{places}f}" if v is not None else "[x]" for v in (s.q1, s.median, s.q3)]
        counts = dict(comparison.levels)
        cells = [comparison.name.to(words.language), str(s.n), *figures, bar(s.median, most)]
        cells += [
            str(counts.get(band.id) or "·" if _can_draw("·") else counts.get(band.id, 0)) for band in bands
        ]
        if council:
            own = comparison.of(council)
            cells.append(words("not scored") if own.published is None else f"{own.published:.{places}f}")
            sign = "=" if own.tied else ""
            cells.append("" if own.rank is None else words("{rank} of {n}", rank=f"{sign}{own.rank}", n=s.n))
        table.add_row(*cells)
    return table


def plain_table(*headings: str) -> Table:
    """A table with these headings, for words."""
    table = _table()
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _table() -> Table:
    from rich import box
    from rich.table import Table

    return Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")


def _can_draw(characters: str) -> bool:
    try:
        characters.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
