"""Data tables with a row a council: overall, dimensions, themes, one council beside the others."""

from __future__ import annotations

from maturity.benchmark.council import against_peers
from maturity.intake.xlsx import Value
from maturity.models.benchmark import Comparison
from maturity.models.register import Organisation
from maturity.reports.drawn import Drawn
from maturity.reports.sheets import NOT_APPLICABLE, NOT_SCORED, Field, Table


def own_position(drawn: Drawn) -> Table | None:
    if drawn.council is None:
        return None
    w, speech = drawn.words, drawn.speech
    rows: list[tuple[Value, ...]] = []
    for a in against_peers(drawn.scorer, drawn.benchmark, drawn.council):
        c = a.comparison
        missing = drawn.score(a.own)
        rows.append(
            (
                drawn.kind(c),
                *drawn.pair(c),
                missing,
                drawn.number(a.peers.median),
                drawn.number(a.difference),
                a.peers.n,
                speech.rank(a.own, c.summary.n) if a.own.rank is not None else missing,
                speech.others(a.own) if a.own.rank is not None else missing,
            )
        )
    form = drawn.score_format
    return Table(
        w("Own position"),
        "Own_position",
        w(
            "{council} beside the other councils, {period}",
            council=drawn.name(drawn.council),
            period=drawn.benchmark.period,
        ),
        w("The peers' median leaves {council} out.", council=drawn.name(drawn.council)),
        (
            Field(w("Measure"), 16),
            Field(w("Dimension"), 28),
            Field(w("Theme"), 28),
            Field(w("Own score"), 12, form),
            Field(w("Peers' median"), 12, "0.00"),
            Field(w("Difference"), 12, f"+{form};-{form};{form}"),
            Field(w("Peers scored (n)"), 12),
            Field(w("Rank"), 14),
            Field(w("Other councils"), 34),
        ),
        tuple(rows),
    )


def overall(drawn: Drawn) -> Table | None:
    overall = drawn.benchmark.overall
    if overall is None:
        return None
    rows = tuple(_standing_row(drawn, overall, o) for o in drawn.organisations)
    w = drawn.words
    return Table(
        w("Overall"),
        "Overall",
        w("Overall scores, {period}", period=drawn.benchmark.period),
        w("One row a council, in alphabetical order. Equal scores share a rank."),
        _standing_fields(drawn),
        rows,
        drawn.strong(rows),
    )


def dimensions(drawn: Drawn) -> Table | None:
    w = drawn.words
    rows = tuple(
        _standing_row(drawn, c, o, drawn.speech.name(c))
        for c in drawn.benchmark.dimensions
        for o in drawn.organisations
    )
    if not rows:
        return None
    return Table(
        w("Dimensions"),
        "Dimensions",
        w("Scores by dimension, {period}", period=drawn.benchmark.period),
        w("One row a council and dimension. Filter by either."),
        _standing_fields(drawn, Field(w("Dimension"), 26)),
        rows,
        drawn.strong(rows),
    )


def themes(drawn: Drawn) -> Table | None:
    w = drawn.words
    rows = tuple(
        _standing_row(drawn, c, o, *drawn.pair(c))
        for c in drawn.benchmark.themes
        for o in drawn.organisations
    )
    if not rows:
        return None
    return Table(
        w("Themes"),
        "Themes",
        w("Scores by theme, {period}", period=drawn.benchmark.period),
        w("One row a council and theme. A theme has few questions: read its scores with care."),
        _standing_fields(drawn, Field(w("Dimension"), 26), Field(w("Theme"), 26)),
        rows,
        drawn.strong(rows),
    )


def _standing_fields(drawn: Drawn, *first: Field) -> tuple[Field, ...]:
    w = drawn.words
    return (
        Field(w("Council"), 24),
        *first,
        Field(w("Score"), 14, drawn.score_format),
        Field(w("Level"), 24),
        Field(w("Rank"), 14),
        Field(w("Position"), 16),
        Field(w("Coverage"), 12, "0%"),
        Field(w("Questions answered"), 14),
        Field(w("Questions that apply"), 14),
        Field(w("Limited by"), 40),
    )


def _standing_row(
    drawn: Drawn, comparison: Comparison, organisation: Organisation, *first: str
) -> tuple[Value, ...]:
    speech = drawn.speech
    standing = comparison.of(organisation.code)
    member = next(m for m in drawn.benchmark.members if m.organisation.code == organisation.code)
    score = member.scorecard.score(comparison.measure, *comparison.group) if member.scorecard else None
    absent = drawn.words("not submitted") if score is None else NOT_SCORED
    level = speech.level(comparison.measure, standing.level)
    # A measure without levels has none for anybody; that is no gap in a council's answers.
    level_words: Value = (
        level.name if level else absent if standing.published is None else drawn.words("no level")
    )
    rank = speech.rank(standing, comparison.summary.n) if standing.rank is not None else absent
    unplaced = drawn.words("not assigned") if standing.published is not None else absent
    position = speech.position(standing.position) if standing.position else unplaced
    coverage: Value = (
        absent if score is None else NOT_APPLICABLE if score.coverage is None else score.coverage
    )
    counts: tuple[Value, Value] = (score.answered, score.applicable) if score else (absent, absent)
    limit = next((x for x in drawn.scorer.rubric.limits if x.id == standing.capped), None)
    because = speech.to(limit.because) if limit else drawn.words("no limit")
    if standing.published is None:
        because = absent
    name = speech.to(organisation.name)
    return (name, *first, drawn.score(standing), level_words, rank, position, coverage, *counts, because)
