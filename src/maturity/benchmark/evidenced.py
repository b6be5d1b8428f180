"""Claimed against evidenced: answers above a level count only where something proves them (docs/statistics.md).

The second score is the first rubric's, of other answers: each answer above the level that nothing proves is replaced by
the best that is not above it, and the whole is scored again, limits included.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from statistics import median

from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.models.assessment import Answer, Assessment
from maturity.models.benchmark import Benchmark, Comparison
from maturity.models.evidenced import Evidenced, EvidencedMeasure, EvidenceGap, Proofs
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.models.questionnaire import Question
from maturity.models.register import fold
from maturity.models.scorecard import Scorecard
from maturity.scoring.names import bands_of, headline
from maturity.scoring.numbers import half_up, settle
from maturity.scoring.plan import PlannedItem
from maturity.scoring.score import Scorer

UNKNOWN_LEVEL = Kind("G240", "error", "There is no level '{found}'.", "Choose from: {known}.")
NOTHING_ABOVE = Kind(
    "G241",
    "error",
    "No answer can be above the level '{found}': nothing would want evidence.",
    "Choose a lower level.",
)
NO_LEVELS = Kind(
    "G242",
    "error",
    "The rubric {rubric} has no levels for the measure that stands for all.",
    "Choose a rubric with levels.",
)
FINANCIAL_YEAR_ENDS = (3, 31)


def level_bar(scorer: Scorer, wanted: str) -> tuple[str, float]:
    """A level's id, and the worth from which an answer is above it: where the next level begins.

    `wanted` is a level's id, its name in either language, or its number from 1 for the lowest. Raises MaturityError.
    """
    place = Place("--evidence-above")
    top = headline(scorer.rubric)
    bands = bands_of(scorer.rubric, top) if top else ()
    if not bands:
        rubric = f"{scorer.rubric.id}@{scorer.rubric.version}"
        raise MaturityError(Problem(NO_LEVELS, place, {"rubric": rubric}))
    names = [{str(n), fold(b.id), *map(fold, b.name.root.values())} for n, b in enumerate(bands, 1)]
    found = [n for n, known in enumerate(names) if fold(wanted) in known]
    if not found:
        known = ", ".join(band.id for band in bands)
        raise MaturityError(Problem(UNKNOWN_LEVEL, place, {"found": wanted[:60], "known": known}))
    level = found[0]
    bar = bands[level + 1].from_ if level + 1 < len(bands) else None
    if bar is None or all(item.most < bar for item in scorer.plan.items):
        raise MaturityError(Problem(NOTHING_ABOVE, place, {"found": bands[level].id}))
    return bands[level].id, settle(float(bar))


def period_end(period: str) -> dt.date:
    """The last day of a period. A year with the year after it is a financial year, to 31 March.

    >>> [str(period_end(p)) for p in ("2026", "2026-Q1", "2026-H1", "2026-02", "2025-26")]
    ['2026-12-31', '2026-03-31', '2026-06-30', '2026-02-28', '2026-03-31']
    """
    year, _, part = period.partition("-")
    if part.isdigit() and int(part) > 12:
        return dt.date(int(year) + 1, *FINANCIAL_YEAR_ENDS)
    month = int(part[1]) * (3 if part[0] == "Q" else 6) if part[:1] in ("Q", "H") else int(part or 12)
    return dt.date(int(year), month, calendar.monthrange(int(year), month)[1])


def oldest_day(period: str, years: int) -> dt.date:
    """The first day whose evidence is no older than `years` at the period's end."""
    end = period_end(period)
    day = min(end.day, calendar.monthrange(end.year - years, end.month)[1])
    return dt.date(end.year - years, end.month, day)


def proves(answer: Answer, since: dt.date | None) -> bool:
    """Whether there is evidence, dated on that day or later where there is one."""
    return any(since is None or (one.date is not None and one.date >= since) for one in answer.evidence)


def wanting_evidence(scorer: Scorer, card: Scorecard, assessment: Assessment, bar: float) -> list[str]:
    """The scored answers worth `bar` or more whose questions ask for evidence, whether or not they have any."""
    asked = scorer.questionnaire.questions
    return [
        one.item
        for one in card.items
        if one.state == "answered" and one.value is not None and one.value >= bar
        if asked[one.item].evidence is not None and one.item in assessment.answers
    ]


def reduced(
    scorer: Scorer, card: Scorecard, assessment: Assessment, bar: float, since: dt.date | None = None
) -> Assessment:
    """The assessment with every answer that wants evidence and has none replaced by the best answer below `bar`.

    `card` is what it scores as it is. Where a question has no answer below `bar`, its answer stays.
    """
    items = {item.id: item for item in scorer.plan.items}
    answers = dict(assessment.answers)
    for name in wanting_evidence(scorer, card, assessment, bar):
        if not proves(answers[name], since):
            value = _below(items[name], scorer.questionnaire.questions[name], answers[name].value, bar)
            answers[name] = answers[name].model_copy(update={"value": value})
    return assessment.model_copy(update={"answers": answers})


def _below(item: PlannedItem, question: Question, value: object, bar: float) -> object:
    """The best answer worth less than `bar`; of several choices as many as stay below it, in their order."""
    if isinstance(value, tuple):
        kept: list[str] = []
        for choice in value:
            if settle(sum(item.values[one] for one in (*kept, choice))) < bar:
                kept.append(choice)
        nothing = next((o.id for o in question.choices if o.exclusive), None)
        return tuple(kept) or ((nothing,) if nothing else ())
    choices = list(item.values.items()) if isinstance(value, str) else [(start, v) for start, v in item.bands]
    below = [(answer, worth) for answer, worth in choices if worth < bar]
    return max(below, key=lambda one: one[1])[0] if below else value


def evidenced(
    scorer: Scorer,
    benchmark: Benchmark,
    answers: Mapping[str, tuple[Assessment, Scorecard]],
    level: str,
    years: int | None = None,
) -> Evidenced:
    """The second score of every organisation in `answers` (code → its answers, scored), for the whole and each dimension.

    `level` as in `level_bar`; evidence older than `years` at the end of the period does not count, nor does undated
    evidence then. Raises MaturityError where there is no such level.
    """
    name, bar = level_bar(scorer, level)
    proofs, cards = [], {}
    earliest: set[dt.date] = set()
    for code, (assessment, card) in answers.items():
        since = None if years is None else oldest_day(assessment.period, years)
        earliest |= {since} if since else set()
        proofs.append(_proofs(code, assessment, wanting_evidence(scorer, card, assessment, bar), since))
        # Nobody keeps this scorecard, so that the digest of answers that nobody gave need not be made.
        cards[code] = scorer.score(reduced(scorer, card, assessment, bar, since), digest=card.answers_digest)
    shown = [c for c in benchmark.comparisons if c.by in ((), ("dimension",))]
    places = scorer.rubric.policy.round.places
    return Evidenced(
        level=name,
        bar=bar,
        years=years,
        since=str(max(earliest)) if earliest else None,
        proofs=tuple(proofs),
        measures=tuple(_measure(comparison, answers, cards, places) for comparison in shown),
    )


def _proofs(code: str, assessment: Assessment, above: Sequence[str], since: dt.date | None) -> Proofs:
    open_ = [a for name in above if not proves(a := assessment.answers[name], since)]
    dated = sum(any(one.date is not None for one in answer.evidence) for answer in open_)
    undated = sum(bool(answer.evidence) for answer in open_) - dated
    return Proofs(code, len(above), len(above) - len(open_), dated, undated)


def _measure(
    comparison: Comparison,
    answers: Mapping[str, tuple[Assessment, Scorecard]],
    cards: Mapping[str, Scorecard],
    places: int,
) -> EvidencedMeasure:
    gaps = []
    for code, (_, card) in answers.items():
        old, new = (one.score(comparison.measure, *comparison.group) for one in (card, cards[code]))
        claimed, proven = (score.published if score else None for score in (old, new))
        gap = None if claimed is None or proven is None else half_up(claimed - proven, places)
        gaps.append(EvidenceGap(code, claimed, proven, gap))
    both = [(g.claimed, g.evidenced, g.gap) for g in gaps if g.gap is not None]
    claims, proofs, differences = (_middle([one[n] or 0.0 for one in both]) for n in range(3))
    return EvidencedMeasure(
        comparison.measure, comparison.group, len(both), claims, proofs, differences, tuple(gaps)
    )


def _middle(values: Sequence[float]) -> float | None:
    return settle(median(values)) if len(values) >= LEAST_FOR_MEDIAN else None
