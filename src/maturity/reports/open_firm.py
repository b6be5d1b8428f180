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
    Column,
    OpenTable,
    answer_ids,
    joined,
    or_symbol,
    symbol,
    table_of,
)
from maturity.scoring.score import Scorer

_OF_BOTH = (OF_ORGANISATION, OF_MEASURE)
_OTHER_SCORE = Column("score", "number", N_("The published score then."))
_OTHER_LEVEL = Column("level", "string", N_("The level's id then; empty where it is not scored."))
_ABOVE = Column("above", "string", N_("The level above which answers want evidence."))
_SINCE = Column("since", "string", N_("The first day of evidence that counts; empty where any age will do."))


def _firm(benchmark: Benchmark) -> Iterator[tuple[str, Firm]]:
    for measure in benchmark.firm.measures if benchmark.firm else ():
        for one in measure.organisations:
            yield joined(measure.measure, measure.group), one


def ranges(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    firm, gap = benchmark.firm, symbol(benchmark)
    drawn = (
        (firm, one.organisation, key, cause, found)
        for key, one in _firm(benchmark)
        for cause, found in (("weights", one.weights), ("answers", one.answers))
        if firm
    )
    return table_of(
        "ranges",
        N_("Where the score and rank of each organisation that is named would lie with other weights, or other answers."),
        drawn,
        (
            (CODE, lambda one: one[1]),
            (KEY, lambda one: one[2]),
            (Column("cause", "string", N_("'weights' or 'answers': what was drawn.")), lambda one: one[3]),
            (Column("seed", "integer", N_("What the draws start from.")), lambda one: one[0].seed),
            (Column("draws", "integer", N_("How many draws.")), lambda one: one[0].draws),
            (Column("scored", "integer", N_("In how many draws it is scored.")), lambda one: one[4].scored),
            (Column("score_low", "number", N_("The score at the lower percentile.")), lambda one: or_symbol(one[4].score_low, NOT_SCORED)),
            (Column("score_high", "number", N_("The score at the upper percentile.")), lambda one: or_symbol(one[4].score_high, NOT_SCORED)),
            (Column("rank_low", "integer", N_("The best rank, at the lower percentile.")), lambda one: or_symbol(one[4].rank_low, gap)),
            (Column("rank_high", "integer", N_("The worst rank, at the upper percentile.")), lambda one: or_symbol(one[4].rank_high, gap)),
            (Column("same_level", "integer", N_("In how many draws it is at its published level.")), lambda one: or_symbol(one[4].same_level, NOT_APPLICABLE)),
        ),
        ("code", "key", "cause"),
        *_OF_BOTH,
    )  # fmt: skip


def fragile_answers(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "fragile-answers",
        N_("Single answers that, one option off, give another level."),
        ((one.organisation, key, other) for key, one in _firm(benchmark) for other in one.other_answers),
        (
            (CODE, lambda one: one[0]),
            (KEY, lambda one: one[1]),
            (QUESTION, lambda one: one[2].question),
            (ANSWER, lambda one: answer_ids(one[2].answer)),
            (Column("other", "string", N_("The option next to it.")), lambda one: answer_ids(one[2].other)),
            (_OTHER_SCORE, lambda one: or_symbol(one[2].published, NOT_SCORED)),
            (_OTHER_LEVEL, lambda one: one[2].level),
        ),
        ("code", "key", "question", "other"),
        *_OF_BOTH,
    )


def fragile_weights(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "fragile-weights",
        N_("The single weights whose change is the smallest that gives another level."),
        ((one.organisation, key, other) for key, one in _firm(benchmark) for other in one.other_weights),
        (
            (CODE, lambda one: one[0]),
            (KEY, lambda one: one[1]),
            (Column("of", "string", N_("The measure in which it is a weight; 'items' where it is a question's.")), lambda one: one[2].of),
            (Column("source", "string", N_("The question, or the group that it is the weight of.")), lambda one: one[2].source),
            (Column("factor", "number", N_("What the weight is multiplied by.")), lambda one: one[2].factor),
            (_OTHER_SCORE, lambda one: or_symbol(one[2].published, NOT_SCORED)),
            (_OTHER_LEVEL, lambda one: one[2].level),
        ),
        ("code", "key", "of", "source", "factor"),
        *_OF_BOTH,
    )  # fmt: skip


def evidenced(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    found = benchmark.evidenced if benchmark.named else None
    return table_of(
        "evidenced",
        N_("Medians of the scores as claimed, and as they are where high answers count only with evidence."),
        ((found, m) for m in (found.measures if found else ()) if found),
        (
            (KEY, lambda one: joined(one[1].measure, one[1].group)),
            (_ABOVE, lambda one: one[0].level),
            (_SINCE, lambda one: one[0].since),
            (Column("n", "integer", N_("How many have both scores.")), lambda one: one[1].n),
            (Column("median_claimed", "number", N_("The median of the claimed scores.")), lambda one: or_symbol(one[1].median_claimed, NOT_SCORED)),
            (Column("median_evidenced", "number", N_("The median of the evidenced scores.")), lambda one: or_symbol(one[1].median_evidenced, NOT_SCORED)),
            (Column("median_gap", "number", N_("The median of the gaps.")), lambda one: or_symbol(one[1].median_gap, NOT_SCORED)),
        ),
        ("key",),
        OF_MEASURE,
    )  # fmt: skip


def evidence_gaps(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    measures = benchmark.evidenced.measures if benchmark.evidenced else ()
    return table_of(
        "evidence-gaps",
        N_("What each organisation that is named claims, and what of that is evidenced."),
        ((joined(m.measure, m.group), gap) for m in measures for gap in m.gaps),
        (
            (CODE, lambda one: one[1].organisation),
            (KEY, lambda one: one[0]),
            (Column("claimed", "number", N_("The published score.")), lambda one: or_symbol(one[1].claimed, NOT_SCORED)),
            (Column("evidenced", "number", N_("The score that counts high answers only with evidence.")), lambda one: or_symbol(one[1].evidenced, NOT_SCORED)),
            (Column("gap", "number", N_("The former less the latter.")), lambda one: or_symbol(one[1].gap, NOT_SCORED)),
        ),
        ("code", "key"),
        *_OF_BOTH,
    )  # fmt: skip


def evidence(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    found = benchmark.evidenced
    return table_of(
        "evidence",
        N_("For how many of its high answers each organisation that is named has evidence."),
        ((found, proof) for proof in (found.proofs if found else ()) if found),
        (
            (CODE, lambda one: one[1].organisation),
            (_ABOVE, lambda one: one[0].level),
            (_SINCE, lambda one: one[0].since),
            (Column("answers", "integer", N_("How many scored answers are above the level.")), lambda one: one[1].above),
            (Column("evidenced", "integer", N_("How many of them have evidence that counts.")), lambda one: one[1].evidenced),
            (Column("too_old", "integer", N_("How many of the others have dated evidence, all of it too old.")), lambda one: one[1].too_old),
            (Column("undated", "integer", N_("How many of the others have evidence without a date.")), lambda one: one[1].undated),
        ),
        ("code",),
        OF_ORGANISATION,
    )  # fmt: skip
