"""Data tables with a row a council: overall, dimensions, themes, one council beside the others."""

from __future__ import annotations

from maturity.benchmark.council import against_peers
from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.intake.xlsx import Value
from maturity.models.benchmark import Comparison
from maturity.models.disclosure import NOT_APPLICABLE, NOT_SCORED, SUPPRESSED
from maturity.models.register import Organisation
from maturity.reports.drawn import Drawn
from maturity.reports.said import outcome_name, verdict_said
from maturity.reports.sheets import Field, Table, signed


def own_position(drawn: Drawn) -> Table | None:
    if drawn.council is None:
        return None
    w, speech = drawn.words, drawn.speech
    rows: list[tuple[Value, ...]] = []
    for a in against_peers(drawn.scorer, drawn.benchmark, drawn.council):
        c = a.comparison
        told = a.own.rank is not None and c.summary.n >= LEAST_FOR_MEDIAN
        untold = SUPPRESSED if speech.unnamed and a.own.published is not None else NOT_SCORED
        rows.append(
            (
                *drawn.measure(c),
                drawn.score(a.own),
                drawn.number(a.peers.median),
                drawn.number(a.difference),
                a.peers.n,
                speech.rank(a.own, c.summary.n) if told else untold,
                speech.others(a.own) if told else untold,
            )
        )
    form = drawn.score_format
    return Table(
        w("Own position"),
        w(
            "{council} beside the other councils, {period}",
            council=drawn.name(drawn.council),
            period=drawn.benchmark.period,
        ),
        w("The median is of all councils, {council} too.", council=drawn.name(drawn.council))
        if speech.unnamed
        else w("The peers' median leaves {council} out.", council=drawn.name(drawn.council)),
        (
            Field(w("Measure"), 16),
            *drawn.pair_fields,
            Field(w("Own score"), 12, form),
            Field(w("Median of all") if speech.unnamed else w("Peers' median"), 12, drawn.told_format),
            Field(w("Difference"), 12, signed(form)),
            Field(w("All scored (n)") if speech.unnamed else w("Peers scored (n)"), 12),
            Field(w("Rank"), 13),
            Field(w("Other councils"), 34),
        ),
        tuple(rows),
    )


def overall(drawn: Drawn) -> Table | None:
    overall = drawn.benchmark.overall
    if overall is None or not drawn.organisations:
        return None
    rows = tuple(_standing_row(drawn, overall, o) for o in drawn.organisations)
    w = drawn.words
    return Table(
        w("Overall"),
        w("Overall scores, {period}", period=drawn.benchmark.period),
        w("One row a council, in alphabetical order. Equal scores share a rank.") + _blank(drawn),
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
        w("Scores by dimension, {period}", period=drawn.benchmark.period),
        w("One row a council and dimension. Filter by either.") + _blank(drawn),
        _standing_fields(drawn, Field(w("Dimension"), 28)),
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
        w("Scores by theme, {period}", period=drawn.benchmark.period),
        w("One row a council and theme. A theme has few questions: read its scores with care.")
        + _blank(drawn),
        _standing_fields(drawn, Field(w("Dimension"), 28), Field(w("Theme"), 31)),
        rows,
        drawn.strong(rows),
    )


def verdicts(drawn: Drawn) -> Table | None:
    """What every outcome decided for every council that submitted."""
    w, speech = drawn.words, drawn.speech
    cards = {m.organisation.code: m.scorecard for m in drawn.benchmark.submitted if m.scorecard}
    rows: list[tuple[Value, ...]] = [
        (speech.to(o.name), outcome_name(speech, v.outcome, v.group), verdict_said(speech, v))
        for o in drawn.organisations
        if o.code in cards
        for v in cards[o.code].verdicts
    ]
    if not rows:
        return None
    fields = (Field(w("Council"), 26), Field(w("What is decided"), 40), Field(w("Verdict"), 40))
    title = w("Verdicts by council, {period}", period=drawn.benchmark.period)
    about = w("One row a council and verdict, of councils that submitted.")
    return Table(w("Verdicts"), title, about, fields, tuple(rows), drawn.strong(rows))


def _blank(drawn: Drawn) -> str:
    """What an otherwise empty row means, where there is one."""
    if not drawn.benchmark.missing:
        return ""
    return " " + drawn.words("Where a council did not submit, the rest of its row is blank.")


def _standing_fields(drawn: Drawn, *first: Field) -> tuple[Field, ...]:
    w = drawn.words
    return (
        Field(w("Council"), 28),
        *first,
        Field(w("Score"), 18, drawn.score_format),
        Field(w("Level"), 24),
        Field(w("Rank"), 13),
        Field(w("Position"), 20),
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
    name = speech.to(organisation.name)
    if score is None:
        # Said once: the rest of the row is left blank, and the sheet's line of explanation says so.
        return (name, *first, drawn.score(standing), *([None] * 7))
    absent = NOT_SCORED
    level = speech.level(comparison.measure, standing.level)
    # A measure without levels has none for anybody; that is no gap in a council's answers.
    level_words: Value = (
        level.name if level else absent if standing.published is None else drawn.words("no level")
    )
    told = standing.rank is not None and comparison.summary.n >= LEAST_FOR_MEDIAN
    rank = speech.rank(standing, comparison.summary.n) if told else absent
    if speech.unnamed and standing.published is not None:
        rank = SUPPRESSED
    unplaced = drawn.words("not assigned") if standing.published is not None else absent
    position = speech.position(standing.position) if standing.position else unplaced
    coverage: Value = NOT_APPLICABLE if score.coverage is None else score.coverage
    counts: tuple[Value, Value] = (score.answered, score.applicable)
    limit = next((x for x in drawn.scorer.rubric.limits if x.id == standing.capped), None)
    because = speech.to(limit.because) if limit else drawn.words("no limit")
    if standing.published is None:
        because = absent
    return (name, *first, drawn.score(standing), level_words, rank, position, coverage, *counts, because)
