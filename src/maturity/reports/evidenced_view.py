"""What is claimed beside what is evidenced, ready to be drawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maturity.models.evidenced import Evidenced, EvidencedMeasure
from maturity.reports.benchmark_view import BenchmarkView
from maturity.reports.speech import Speech
from maturity.reports.tables import Cell, Table


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One measure: medians of those that have both scores."""

    name: str
    whole: bool
    figures: EvidencedMeasure


@dataclass(frozen=True, slots=True)
class EvidencedPart:
    """Both medians by measure, and, where councils are named, each council's two scores of the headline measure."""

    said: tuple[str, ...]
    rows: tuple[EvidenceRow, ...]
    table: Table
    councils: Table | None


def evidenced_part(view: BenchmarkView) -> EvidencedPart | None:
    """None where nobody asked for the second score, or no median may be told."""
    found = view.benchmark.evidenced
    if found is None:
        return None
    figures = {(m.measure, m.group): m for m in found.measures}
    rows = tuple(
        EvidenceRow(view.label(c), not c.by, figures[c.measure, c.group])
        for c in view.mains
        if (c.measure, c.group) in figures
    )
    if not rows or all(row.figures.median_gap is None for row in rows):
        return None
    said = (rule_said(view.say, found), proofs_said(view.say, found.evidenced, found.above))
    return EvidencedPart(said, rows, _table(view, rows), _councils(view, found, rows[0]))


def rule_said(say: Speech, found: Evidenced) -> str:
    """Which answers count only with evidence."""
    bands = (band for bands in say.scorer.rubric.bands.values() for band in bands)
    level = next((say.to(band.name) for band in bands if band.id == found.level), found.level)
    if found.since is None:
        return say.words("Answers above “{level}” count only with evidence.", level=level)
    day = say.date(dt.date.fromisoformat(found.since))
    return say.words(
        "Answers above “{level}” count only with evidence dated {day} or later.", level=level, day=day
    )


def proofs_said(say: Speech, evidenced: int, above: int) -> str:
    return say.words("{n} of {of} such answers have it.", n=evidenced, of=above)


def _table(view: BenchmarkView, rows: tuple[EvidenceRow, ...]) -> Table:
    say, _ = view.say, view.say.words
    found = []
    for row in rows:
        f = row.figures
        medians = [Cell(say.told(v), v) for v in (f.median_claimed, f.median_evidenced, f.median_gap)]
        found.append((Cell(row.name), Cell(str(f.n), f.n), *medians))
    headings = [_("Measure"), _("n"), _("Claimed"), _("Evidenced"), _("Gap")]
    caption = _("Claimed, evidenced, and the gap between them: medians")
    return view.table("evidenced", caption, headings, found)


def _councils(view: BenchmarkView, found: Evidenced, first: EvidenceRow) -> Table | None:
    if not view.benchmark.named:
        return None
    say, _ = view.say, view.say.words
    proofs = {one.organisation: one for one in found.proofs}

    def cells(code: str) -> tuple[Cell, ...]:
        gap, proof = first.figures.of(code), proofs.get(code)
        scores = (gap.claimed, gap.evidenced, gap.gap) if gap else (None, None, None)
        counts = (proof.above, proof.evidenced) if proof else (None, None)
        return (
            *(Cell(say.score(value), value) for value in scores),
            *(Cell("–" if n is None else str(n), n) for n in counts),
        )

    headings = [_("Claimed"), _("Evidenced"), _("Gap"), _("Answers above the level"), _("With evidence")]
    caption = _("{name}: claimed and evidenced, by council", name=first.name)
    return view.by_council("evidenced-councils", caption, headings, cells)
