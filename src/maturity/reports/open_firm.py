"""Open data of how firm scores are: sensitivity ranges, what levels hang on, and what is evidenced."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.locale.words import N_
from maturity.models.benchmark import Benchmark
from maturity.models.disclosure import NOT_APPLICABLE, NOT_SCORED
from maturity.models.firm import Firm
from maturity.reports.open_table import (
    ANSWER,
    CODE,
    KEY,
    OF_MEASURE,
    OF_ORGANISATION,
    QUESTION,
    Cell,
    Column,
    OpenTable,
    answer_ids,
    joined,
    or_symbol,
    symbol,
)
from maturity.scoring.score import Scorer

_OF_BOTH = (OF_ORGANISATION, OF_MEASURE)
_THEN = (
    Column("score", "number", N_("The published score then.")),
    Column("level", "string", N_("The level's id then; empty where it is not scored.")),
)


def _firm(benchmark: Benchmark) -> Iterator[tuple[str, Firm]]:
    for measure in benchmark.firm.measures if benchmark.firm else ():
        for one in measure.organisations:
            yield joined(measure.measure, measure.group), one


def ranges(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    firm, gap = benchmark.firm, symbol(benchmark)
    return OpenTable(
        "ranges",
        N_("Where the score and rank of each organisation that is named would lie with other weights, or other answers."),
        (
            CODE,
            KEY,
            Column("cause", "string", N_("'weights' or 'answers': what was drawn.")),
            Column("seed", "integer", N_("What the draws start from.")),
            Column("draws", "integer", N_("How many draws.")),
            Column("scored", "integer", N_("In how many draws it is scored.")),
            Column("score_low", "number", N_("The score at the lower percentile.")),
            Column("score_high", "number", N_("The score at the upper percentile.")),
            Column("rank_low", "integer", N_("The best rank, at the lower percentile.")),
            Column("rank_high", "integer", N_("The worst rank, at the upper percentile.")),
            Column("same_level", "integer", N_("In how many draws it is at its published level.")),
        ),
        tuple(
            (
                one.organisation, key, cause, firm.seed, firm.draws, r.scored,
                *(or_symbol(v, NOT_SCORED) for v in (r.score_low, r.score_high)),
                *(or_symbol(v, gap) for v in (r.rank_low, r.rank_high)),
                or_symbol(r.same_level, NOT_APPLICABLE),
            )
            for key, one in _firm(benchmark)
            for cause, r in (("weights", one.weights), ("answers", one.answers))
            if firm
        ),
        ("code", "key", "cause"),
        _OF_BOTH,
    )  # fmt: skip


def fragile_answers(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return OpenTable(
        "fragile-answers",
        N_("Single answers that, one option off, give another level."),
        (
            CODE,
            KEY,
            QUESTION,
            ANSWER,
            Column("other", "string", N_("The option next to it.")),
            *_THEN,
        ),
        tuple(
            (
                one.organisation, key, other.question, answer_ids(other.answer), answer_ids(other.other),
                or_symbol(other.published, NOT_SCORED), other.level,
            )
            for key, one in _firm(benchmark)
            for other in one.other_answers
        ),
        ("code", "key", "question", "other"),
        _OF_BOTH,
    )  # fmt: skip


def fragile_weights(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return OpenTable(
        "fragile-weights",
        N_("The single weights whose change is the smallest that gives another level."),
        (
            CODE,
            KEY,
            Column("of", "string", N_("The measure in which it is a weight; 'items' where it is a question's.")),
            Column("source", "string", N_("The question, or the group that it is the weight of.")),
            Column("factor", "number", N_("What the weight is multiplied by.")),
            *_THEN,
        ),
        tuple(
            (
                one.organisation, key, other.of, other.source, other.factor,
                or_symbol(other.published, NOT_SCORED), other.level,
            )
            for key, one in _firm(benchmark)
            for other in one.other_weights
        ),
        ("code", "key", "of", "source", "factor"),
        _OF_BOTH,
    )  # fmt: skip


def evidenced(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    found = benchmark.evidenced if benchmark.named else None
    return OpenTable(
        "evidenced",
        N_("Medians of the scores as claimed, and as they are where high answers count only with evidence."),
        (
            KEY,
            Column("above", "string", N_("The level above which answers want evidence.")),
            Column("since", "string", N_("The first day of evidence that counts; empty where any age will do.")),
            Column("n", "integer", N_("How many have both scores.")),
            Column("median_claimed", "number", N_("The median of the claimed scores.")),
            Column("median_evidenced", "number", N_("The median of the evidenced scores.")),
            Column("median_gap", "number", N_("The median of the gaps.")),
        ),
        tuple(
            (
                joined(m.measure, m.group), found.level, found.since, m.n,
                *(or_symbol(v, NOT_SCORED) for v in (m.median_claimed, m.median_evidenced, m.median_gap)),
            )
            for m in (found.measures if found else ())
            if found
        ),
        ("key",),
        (OF_MEASURE,),
    )  # fmt: skip


def evidence_gaps(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    found = benchmark.evidenced
    return OpenTable(
        "evidence-gaps",
        N_("What each organisation that is named claims, and what of that is evidenced."),
        (
            CODE,
            KEY,
            Column("claimed", "number", N_("The published score.")),
            Column("evidenced", "number", N_("The score that counts high answers only with evidence.")),
            Column("gap", "number", N_("The former less the latter.")),
        ),
        tuple(
            (g.organisation, joined(m.measure, m.group), *(or_symbol(v, NOT_SCORED) for v in (g.claimed, g.evidenced, g.gap)))
            for m in (found.measures if found else ())
            for g in m.gaps
        ),
        ("code", "key"),
        _OF_BOTH,
    )  # fmt: skip


def evidence(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    found = benchmark.evidenced
    rows: list[tuple[Cell, ...]] = [
        (p.organisation, found.level, found.since, p.above, p.evidenced, p.too_old, p.undated)
        for p in (found.proofs if found else ())
        if found
    ]
    return OpenTable(
        "evidence",
        N_("For how many of its high answers each organisation that is named has evidence."),
        (
            CODE,
            Column("above", "string", N_("The level above which answers want evidence.")),
            Column(
                "since", "string", N_("The first day of evidence that counts; empty where any age will do.")
            ),
            Column("answers", "integer", N_("How many scored answers are above the level.")),
            Column("evidenced", "integer", N_("How many of them have evidence that counts.")),
            Column(
                "too_old", "integer", N_("How many of the others have dated evidence, all of it too old.")
            ),
            Column("undated", "integer", N_("How many of the others have evidence without a date.")),
        ),
        tuple(rows),
        ("code",),
        (OF_ORGANISATION,),
    )
