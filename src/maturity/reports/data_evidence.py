"""Data tables of how divided answers are, and of what is claimed beside what is evidenced."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.intake.xlsx import Value
from maturity.models.disclosure import NOT_APPLICABLE, NOT_SCORED
from maturity.models.evidenced import Evidenced
from maturity.reports.drawn import Drawn
from maturity.reports.evidenced_view import rule_said
from maturity.reports.sheets import Field, Table


def divided(drawn: Drawn) -> Table | None:
    """A row for each question of which enough is known: how many answered, and how divided they are."""
    w, questions = drawn.words, drawn.scorer.questionnaire.questions
    found = [f for f in drawn.benchmark.questions if f.told]
    rows: list[tuple[Value, ...]] = []
    for f in found:
        split: Value = NOT_APPLICABLE if f.split is None else f.split
        moved: tuple[Value, ...] = (f.moved.n, f.moved.changed) if f.moved else (NOT_APPLICABLE,) * 2
        text, dimension = drawn.speech.to(questions[f.question].text), drawn.speech.dimension(f.dimension)
        rows.append((text, f.question, dimension, f.answered, split, *moved))
    if not rows:
        return None
    return Table(
        w("Divided answers"),
        w("How divided the answers to every question are"),
        w(
            "The split is 0 where all answer the same and 1 where half stand at either end; compare questions of one kind."
        ),
        (
            Field(w("Question"), 60),
            Field(w("Question's id"), 34),
            Field(w("Dimension"), 28),
            Field(w("Councils that answered (n)"), 14),
            Field(w("Split"), 10, "0.00"),
            Field(w("Councils in both (n)"), 12),
            Field(w("Answered otherwise"), 12),
        ),
        tuple(rows),
    )


def evidence(drawn: Drawn) -> Table | None:
    """A row for each measure: medians of both scores and of the gap."""
    w, found = drawn.words, drawn.benchmark.evidenced
    if found is None:
        return None
    comparisons = {(c.measure, c.group): c for c in drawn.benchmark.comparisons}
    rows = []
    for m in found.measures:
        c = comparisons[m.measure, m.group]
        medians = (m.median_claimed, m.median_evidenced, m.median_gap)
        rows.append((*drawn.measure(c), m.n, *(drawn.number(v) for v in medians)))
    form = drawn.told_format
    return Table(
        w("Claimed and evidenced"),
        w("Claimed, evidenced, and the gap between them: medians"),
        rule_said(drawn.speech, found),
        (
            *drawn.measure_fields,
            Field(w("Councils with both (n)"), 14),
            Field(w("Claimed"), 12, form),
            Field(w("Evidenced"), 12, form),
            Field(w("Gap"), 12, form),
        ),
        tuple(rows),
    )


def evidence_by_council(drawn: Drawn) -> Table | None:
    """A row for each council in each measure that is no theme."""
    w, found = drawn.words, drawn.benchmark.evidenced
    rows = tuple(_gaps(drawn, found)) if found else ()
    if found is None or not rows:
        return None
    form = drawn.score_format
    return Table(
        w("Evidenced by council"),
        w("Claimed and evidenced, by council"),
        rule_said(drawn.speech, found),
        (
            Field(w("Council"), 24),
            Field(w("Measure"), 32),
            Field(w("Claimed"), 12, form),
            Field(w("Evidenced"), 12, form),
            Field(w("Gap"), 12, form),
            Field(w("Answers above the level"), 14),
            Field(w("With evidence"), 14),
        ),
        rows,
        drawn.strong(rows),
    )


def _gaps(drawn: Drawn, found: Evidenced) -> Iterator[tuple[Value, ...]]:
    order = {o.code: n for n, o in enumerate(drawn.organisations)}
    proofs = {p.organisation: p for p in found.proofs}
    names = {(c.measure, c.group): drawn.speech.name(c) for c in drawn.benchmark.comparisons if len(c.by) < 2}
    for m in found.measures:
        name = names.get((m.measure, m.group))
        for gap in sorted(m.gaps, key=lambda g: order[g.organisation]) if name else ():
            scores = (gap.claimed, gap.evidenced, gap.gap)
            proof = proofs.get(gap.organisation)
            counts = (proof.above, proof.evidenced) if proof else (NOT_APPLICABLE, NOT_APPLICABLE)
            told = (NOT_SCORED if value is None else value for value in scores)
            yield drawn.name(gap.organisation), name, *told, *counts
