"""Data tables of what changed, and of who did not submit."""

from __future__ import annotations

from maturity.intake.xlsx import Value
from maturity.models.disclosure import NOT_APPLICABLE, NOT_SCORED
from maturity.reports.drawn import Drawn
from maturity.reports.sheets import Field, Table, signed


def change(drawn: Drawn) -> Table | None:
    w, b = drawn.words, drawn.benchmark
    rows: list[tuple[Value, ...]] = []
    for c in b.comparisons:
        if (change := c.change) is not None:
            step: Value = NOT_SCORED if change.step is None else change.step
            median = drawn.number(change.median_difference)
            counts = (change.up, change.no_clear_change, change.down)
            moved: tuple[Value, ...] = tuple(drawn.count(n) for n in counts)
            if not drawn.tells(change.n):
                moved = (NOT_SCORED,) * 3
            rows.append((*drawn.measure(c), change.n, median, step, *moved))
    if not rows:
        return None
    return Table(
        w("Change"),
        w("Change from {previous} to {period}", previous=b.previous, period=b.period),
        w(
            "Only councils scored in both periods. A difference smaller than one answer moved by one option is no clear change."
        ),
        (
            *drawn.measure_fields,
            Field(w("Councils in both (n)"), 12),
            Field(w("Median difference"), 12, signed(drawn.told_format)),
            Field(w("Smallest clear difference"), 12, "0.000"),
            Field(w("Clearly up"), 10),
            Field(w("No clear change"), 10),
            Field(w("Clearly down"), 10),
        ),
        tuple(rows),
    )


def change_by_council(drawn: Drawn) -> Table | None:
    w, b = drawn.words, drawn.benchmark
    order = {o.code: n for n, o in enumerate(drawn.organisations)}
    rows: list[tuple[Value, ...]] = []
    for c in b.comparisons:
        if c.change is None or not drawn.tells(c.change.n) or len(c.by) > 1:
            continue
        for d in sorted(c.change.differences, key=lambda d: order[d.organisation]):
            clear = w("yes") if d.clear else w("no clear change")
            rows.append(
                (drawn.name(d.organisation), drawn.speech.name(c), d.before, d.after, d.difference, clear)
            )
    if not rows:
        return None
    form = drawn.score_format
    return Table(
        w("Change by council"),
        w("Change of each council from {previous} to {period}", previous=b.previous, period=b.period),
        w("Overall and by dimension, for councils scored in both periods."),
        (
            Field(w("Council"), 24),
            Field(w("Measure"), 28),
            Field(w("Score in {period}", period=b.previous), 14, form),
            Field(w("Score in {period}", period=b.period), 14, form),
            Field(w("Difference"), 14, signed(form)),
            Field(w("Clear change"), 18),
        ),
        tuple(rows),
        drawn.strong(rows),
    )


def not_submitted(drawn: Drawn) -> Table | None:
    w, b = drawn.words, drawn.benchmark
    if not b.named:
        return None
    missing = [o for o in drawn.organisations if any(m.organisation.code == o.code for m in b.missing)]
    rows: list[tuple[Value, ...]] = [
        (drawn.speech.to(o.name), drawn.speech.to(o.title), drawn.speech.to(o.region), o.code)
        for o in missing
    ]
    none = (w("All councils submitted"), NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE)
    return Table(
        w("Not submitted"),
        w("Councils that did not submit answers for {period}", period=b.period),
        w("They are part of no figure in this workbook."),
        (Field(w("Council"), 26), Field(w("Full name"), 44), Field(w("Region"), 26), Field(w("Code"), 14)),
        tuple(rows) or (none,),
    )
