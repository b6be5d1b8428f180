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
    """One score: what it is of, its number where there is one, its level, and its part (0 to 1) of its range."""

    name: Text
    number: str | None
    level: Text | None
    part: float


@dataclass(frozen=True, slots=True)
class Reach:
    """One answer that, changed alone, would reach the next level."""

    question: Question
    answer: Answer


@dataclass(frozen=True, slots=True)
class Next:
    """What is above one score: its level, how far it is, and some single answers that would reach it."""

    name: Text
    level: Text
    missing: str
    reach: tuple[Reach, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The whole first, then the dimensions. `counted` of `of` questions have an answer that counts.

    `above` has the whole's next level; where no single answer reaches that, also the nearest that one does reach.
    """

    rows: tuple[Row, ...]
    counted: int
    of: int
    above: tuple[Next, ...] = ()


Ends = Mapping[tuple[str, Group], tuple[float, float]]
"""Measure and group → the least and the most that it can be."""


def standing(scorer: Scorer, assessment: Assessment, ends: Ends) -> Standing:
    """What the answers so far score."""
    card = scorer.score(assessment)
    shown = [m for m in in_display_order(scorer) if m.by in ((), ("dimension",))]
    rows = tuple(
        _row(scorer, measure, score, ends[measure.name, score.group])
        for measure in shown
        for score in card.of(measure.name)
        if not score.counts
    )
    counted = sum(item.state == "answered" for item in card.items)
    of = sum(item.state not in APART for item in card.items)
    levels = _above(scorer, assessment, card, [m for m in shown if m.bands])
    return Standing(rows, counted, of, levels)


def _above(
    scorer: Scorer, assessment: Assessment, card: Scorecard, shown: Sequence[PlannedMeasure]
) -> tuple[Next, ...]:
    whole: list[tuple[float, Explanation]] = []
    parts: list[tuple[float, Explanation]] = []
    for measure in shown:
        for score in card.of(measure.name):
            explained = explain(scorer.plan, card, measure.name, score.group)
            if explained.missing is not None:
                (parts if measure.by else whole).append((explained.missing, explained))
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
    found = reaching(scorer.plan, scorer.questionnaire, sheet_of(assessment), measure, group)
    places = scorer.plan.places
    return Next(
        group_text(scorer.questionnaire, scorer.rubric.measures[measure], group),
        names[explained.next_level or ""],
        f"{half_up(explained.missing or 0, places):.{places}f}",
        tuple(_reach(scorer, one) for one in found[:MOST_REACHING]),
    )


def _row(scorer: Scorer, measure: PlannedMeasure, score: Score, ends: tuple[float, float]) -> Row:
    name = group_text(scorer.questionnaire, scorer.rubric.measures[measure.name], score.group)
    if score.published is None:
        return Row(name, None, None, 0)
    bands = bands_of(scorer.rubric, measure.name)
    level = next((band.name for band in bands if band.id == score.level), None)
    low, high = ends
    part = (score.published - low) / (high - low) if high > low else 1.0
    return Row(name, f"{score.published:.{scorer.plan.places}f}", level, min(max(part, 0.0), 1.0))


def _reach(scorer: Scorer, one: Reaching) -> Reach:
    return Reach(scorer.questionnaire.questions[one.item], Answer.model_validate({"value": one.answer}))


def standing_lines(standing: Standing, words: Words, terminal: Talks) -> Iterator[str]:
    """The standing as lines: a bar a row where the terminal draws any, then what would reach the next level."""
    language = words.language
    if not any(row.number for row in standing.rows):
        yield words(
            "Too little is answered for a score: {counted} of {n} questions count.",
            counted=standing.counted,
            n=standing.of,
        )
        return
    yield words("{counted} of {n} questions count.", counted=standing.counted, n=standing.of)
    for row in standing.rows:
        drawn = terminal.bar(row.part, BAR)
        level = f" {row.level.to(language)}" if row.level else ""
        said = f"{row.number}{level}" if row.number else words("not scored")
        yield f"{drawn} {row.name.to(language)}: {said}".strip()
    for above in standing.above:
        yield words(
            "{name}: {missing} more would reach {level}.",
            name=above.name.to(language),
            missing=above.missing,
            level=above.level.to(language),
        )
        yield words("Any one of these answers would:") if above.reach else words("No single answer would.")
        for one in above.reach:
            answer = in_words(one.question, one.answer, words)
            if isinstance(one.question, NumberQuestion):
                answer = words("{number} or more", number=answer)
            yield f"- {one.question.text.to(language)} {terminal.sign('→', '->')} {answer}"
