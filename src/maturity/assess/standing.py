"""Where a council stands: scores as bars, and which single answers would reach the next level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from maturity.assess.talks import Talks
from maturity.assess.wording import in_words
from maturity.locale.words import Words
from maturity.models.assessment import Answer, Assessment
from maturity.models.questionnaire import NumberQuestion, Question
from maturity.models.scorecard import Group, Score, Scorecard
from maturity.models.text import Text
from maturity.scoring.explain import Explanation, Reaching, explain, reaching
from maturity.scoring.names import bands_of, group_text
from maturity.scoring.numbers import half_up
from maturity.scoring.plan import PlannedMeasure
from maturity.scoring.run import APART
from maturity.scoring.score import Scorer, in_display_order, sheet_of

BAR = 10
MOST_REACHING = 3
"""Single answers that are shown, of all that would reach the next level."""


@dataclass(frozen=True, slots=True)
class Row:
    """One score: what it is of, its number where there is one, its level, and its part (0 to 1) of its range.

    `least` and `most` are the ends of that range; `missing` is how far `above`, the next level, is, where there is one.
    """

    name: Text
    number: str | None
    level: Text | None
    part: float
    least: str = "0"
    most: str = ""
    missing: str | None = None
    above: Text | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """One answer that, changed alone, would reach the next level."""

    question: Question
    answer: Answer


@dataclass(frozen=True, slots=True)
class Next:
    """What is above one score: its level, and some single answers that would reach it."""

    name: Text
    level: Text
    reach: tuple[Reach, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The dimensions first, the whole last; or one dimension alone. `counted` of `of` questions have an answer that
    counts.

    `above` has the whole's next level; where no single answer reaches that, also the nearest that one does reach.
    """

    rows: tuple[Row, ...]
    counted: int
    of: int
    above: tuple[Next, ...] = ()


Ends = Mapping[tuple[str, Group], tuple[float, float]]
"""Measure and group → the least and the most that it can be."""


def standing(scorer: Scorer, assessment: Assessment, ends: Ends, only: str | None = None) -> Standing:
    """What the answers so far score; `only` that dimension's, where one is named."""
    card = scorer.score(assessment)
    shown = [m for m in in_display_order(scorer) if m.by == ("dimension",) or not (m.by or only)]
    scores = [
        (measure, score)
        for measure in sorted(shown, key=lambda m: not m.by)
        for score in card.of(measure.name)
        if only is None or score.group == (only,)
    ]
    rows = tuple(
        _row(scorer, card, measure, score, ends[measure.name, score.group])
        for measure, score in scores
        if not score.counts
    )
    asked = {q.id for d, _, q in scorer.questionnaire.walk() if only in (None, d.id)}
    items = [item for item in card.items if item.item in asked]
    counted = sum(item.state == "answered" for item in items)
    of = sum(item.state not in APART for item in items)
    levels = _above(scorer, assessment, card, [one for one in scores if one[0].bands])
    return Standing(rows, counted, of, levels)


def _above(
    scorer: Scorer, assessment: Assessment, card: Scorecard, scores: Sequence[tuple[PlannedMeasure, Score]]
) -> tuple[Next, ...]:
    whole: list[tuple[float, Explanation]] = []
    parts: list[tuple[float, Explanation]] = []
    for measure, score in scores:
        explained = explain(scorer.plan, card, measure.name, score.group)
        if explained.missing is not None:
            (parts if measure.by else whole).append((explained.missing, explained))
    if not any(not measure.by for measure, _ in scores):
        whole = parts  # one dimension alone is a whole of its own
    if not whole:
        return ()
    first = _next(scorer, assessment, whole[0][1])
    if first.reach:
        return (first,)
    nearest = (_next(scorer, assessment, one) for _, one in sorted(parts, key=lambda part: part[0]))
    return (first, *islice((one for one in nearest if one.reach), 1))


def _next(scorer: Scorer, assessment: Assessment, explained: Explanation) -> Next:
    measure, group = explained.score.measure, explained.score.group
    names = {band.id: band.name for band in bands_of(scorer.rubric, measure)}
    found = reaching(scorer.plan, scorer.questionnaire, sheet_of(assessment, scorer.register), measure, group)
    return Next(
        group_text(scorer.questionnaire, scorer.rubric.measures[measure], group),
        names[explained.next_level or ""],
        tuple(_reach(scorer, one) for one in found[:MOST_REACHING]),
    )


def _row(
    scorer: Scorer, card: Scorecard, measure: PlannedMeasure, score: Score, ends: tuple[float, float]
) -> Row:
    name = group_text(scorer.questionnaire, scorer.rubric.measures[measure.name], score.group)
    if score.published is None:
        return Row(name, None, None, 0)
    bands = bands_of(scorer.rubric, measure.name)
    level = next((band.name for band in bands if band.id == score.level), None)
    low, high = ends
    part = (score.published - low) / (high - low) if high > low else 1.0
    places = scorer.plan.places
    explained = explain(scorer.plan, card, measure.name, score.group)
    missing = explained.missing and f"{half_up(explained.missing, places):.{places}f}"
    return Row(
        name,
        f"{score.published:.{places}f}",
        level,
        min(max(part, 0.0), 1.0),
        least=f"{half_up(low, places):g}",
        most=f"{half_up(high, places):g}",
        missing=missing or None,
        above=next((band.name for band in bands if band.id == explained.next_level), None),
    )


def _reach(scorer: Scorer, one: Reaching) -> Reach:
    return Reach(scorer.questionnaire.questions[one.item], Answer.model_validate({"value": one.answer}))


def standing_lines(standing: Standing, words: Words, terminal: Talks) -> Iterator[str]:
    """The standing as lines: what counts, single answers that would reach a next level, then a bar a row where the
    terminal draws any. The whole comes last, where it is seen however small the window."""
    language = words.language
    if not any(row.number for row in standing.rows):
        yield words(
            "Too little is answered for a score: {counted} of {n} questions count.",
            counted=standing.counted,
            n=standing.of,
        )
        return
    if standing.counted < standing.of:
        yield words(
            "{counted} of {n} questions count; those that are open or answered with 'don't know' do not.",
            counted=standing.counted,
            n=standing.of,
        )
    for above in standing.above:
        names = {"name": above.name.to(language), "level": above.level.to(language)}
        if not above.reach:
            yield words("{name}: no single answer would reach {level}.", **names)
            continue
        yield words("{name}: any one of these answers would reach {level}:", **names)
        for one in above.reach:
            answer = in_words(one.question, one.answer, words)
            if isinstance(one.question, NumberQuestion):
                answer = words("{number} or more", number=answer)
            yield f"- {one.question.text.to(language)} {terminal.sign('→', '->')} {answer}"
    for row in standing.rows:
        yield f"{terminal.bar(row.part, BAR)} {row.name.to(language)}: {_said(row, words)}".strip()


def _said(row: Row, words: Words) -> str:
    """'1.72 of 4, Developing; 0.28 more reaches Established'."""
    if row.number is None:
        return words("not scored")
    if row.least == "0":
        said = words("{score} of {most}", score=row.number, most=row.most)
    else:
        said = words("{score} from {least} to {most}", score=row.number, least=row.least, most=row.most)
    if row.level:
        said = f"{said}, {row.level.to(words.language)}"
    if row.missing and row.above:
        above = words(
            "{missing} more reaches {level}", missing=row.missing, level=row.above.to(words.language)
        )
        said = f"{said}; {above}"
    return said
