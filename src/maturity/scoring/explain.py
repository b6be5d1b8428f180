"""Unfolds a score to the items it came from, and finds the single answers that would reach the next level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from math import fsum

from maturity.models.assessment import Answer
from maturity.models.questionnaire import NumberQuestion, Question, Questionnaire, SeveralQuestion
from maturity.models.scorecard import Group, Input, Score, Scorecard, State
from maturity.scoring.items import Sheet
from maturity.scoring.numbers import settle
from maturity.scoring.plan import Plan, PlannedItem, PlannedMeasure
from maturity.scoring.run import run_plan

MOST_TRIED = 250_000
"""Items below a group times items in all, beyond which no answers are tried: it would take many seconds."""


@dataclass(frozen=True, slots=True)
class Part:
    """One input of a group.

    `share` is its part of the weight that counts, 0 to 1; `adds` what it adds to the group's value, where the
    operator adds up (mean, sum, share), so that the parts' `adds` and the base make the value. Both are None for an
    input that does not count, and `state` says why. `of` unfolds it where it is a group of another measure.
    """

    source: str
    value: float | None
    weight: float
    state: State
    respondent: int
    share: float | None
    adds: float | None
    of: Explanation | None


@dataclass(frozen=True, slots=True)
class Reaching:
    """One answer that, changed alone, takes a group to a higher level."""

    item: str
    answer: object
    published: float
    level: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A score with all that it came from. `next_at` is where the next level starts, `missing` how far that is."""

    score: Score
    reduce: str
    base: float
    min_coverage: float
    parts: tuple[Part, ...]
    next_level: str | None
    next_at: float | None
    missing: float | None


def explain(plan: Plan, scorecard: Scorecard, measure: str, group: Group) -> Explanation:
    """The score of that measure and group, unfolded. Raises KeyError where there is none."""
    rule = next((m for m in plan.measures if m.name == measure), None)
    score = scorecard.score(measure, *group)
    if rule is None or score is None:
        raise KeyError(".".join((measure, *group)))
    below = {m.name: m for m in plan.measures}.get(rule.of)
    groups = {g.name: g.group for g in below.groups} if below else {}
    counted = _counted(rule, score)
    total = fsum(i.weight for i in counted)
    parts = []
    for i in score.inputs:
        counts = any(i is c for c in counted)
        unfolded = explain(plan, scorecard, below.name, groups[i.source]) if below else None
        share = settle(i.weight / total) if counts else None
        adds = _adds(rule, i, total) if counts else None
        parts.append(Part(i.source, i.value, i.weight, i.state, i.respondent, share, adds, unfolded))
    level, start, missing = _next(rule, score)
    return Explanation(score, rule.reduce, rule.base, rule.min_coverage, tuple(parts), level, start, missing)


def items_of(explanation: Explanation, share: float = 1.0) -> Iterator[tuple[Part, float]]:
    """Every item under an explanation of means, with its share of the whole."""
    for part in explanation.parts:
        if part.share is None:
            continue
        if part.of is None:
            yield part, share * part.share
        else:
            yield from items_of(part.of, share * part.share)


def reaching(
    plan: Plan, questionnaire: Questionnaire, sheet: Sheet, measure: str, group: Group
) -> tuple[Reaching, ...]:
    """The single answers that would take a group to a higher level than it has, nearest option first per item.

    Found by trying: every option of every item below the group, one at a time, with all else as answered.
    """
    now = _level_of(plan, sheet, measure, group)
    if now is None:
        return ()
    order = [band.id for band in next(m for m in plan.measures if m.name == measure).bands]
    found = []
    below = _items_below(plan, measure, group)
    if len(below) * len(plan.items) > MOST_TRIED:
        return ()
    for item in plan.items:
        if item.id not in below:
            continue
        for answer in _better(item, questionnaire.questions[item.id], sheet.answers.get(item.id)):
            tried = replace(sheet, answers={**sheet.answers, item.id: answer})
            then = _level_of(plan, tried, measure, group)
            if then and order.index(then[1]) > order.index(now[1]):
                found.append(Reaching(item.id, answer.value, then[0], then[1]))
                break
    return tuple(found)


def _counted(rule: PlannedMeasure, score: Score) -> list[Input]:
    if score.value is None:
        return []
    counted = [i for i in score.inputs if i.value is not None]
    if rule.reduce in ("min", "max"):
        pick = min if rule.reduce == "min" else max
        deciding = pick(i.value for i in counted if i.value is not None)
        return [i for i in counted if i.value == deciding]
    return counted


def _adds(rule: PlannedMeasure, i: Input, total: float) -> float | None:
    value = i.value or 0.0
    if rule.reduce == "mean":
        return settle(value * i.weight / total)
    if rule.reduce == "sum":
        return settle(value * i.weight)
    if rule.reduce == "share":
        return settle(i.weight / total) if value >= (rule.at_least or 0.0) else 0.0
    return None


def _next(rule: PlannedMeasure, score: Score) -> tuple[str | None, float | None, float | None]:
    if score.published is None:
        return None, None, None
    above = [band for band in rule.bands if band.from_ > score.published]
    if not above:
        return None, None, None
    return above[0].id, above[0].from_, settle(above[0].from_ - score.published)


def _level_of(plan: Plan, sheet: Sheet, measure: str, group: Group) -> tuple[float, str] | None:
    for score in run_plan(plan, [sheet]).scores:
        if (score.measure, score.group) == (measure, group) and score.published is not None and score.level:
            return score.published, score.level
    return None


def _items_below(plan: Plan, measure: str, group: Group) -> set[str]:
    """The items that a group is built of, however far down."""
    if measure == "items":
        return set()
    rule = next(m for m in plan.measures if m.name == measure)
    sources = [source for g in rule.groups if g.group == group for source, _ in g.inputs]
    if rule.of == "items":
        return set(sources)
    below = next(m for m in plan.measures if m.name == rule.of)
    names = {g.name: g.group for g in below.groups}
    return {item for source in sources for item in _items_below(plan, rule.of, names[source])}


def _better(item: PlannedItem, question: Question, answer: Answer | None) -> Sequence[Answer]:
    """Answers worth more than the one given, least first; none where the item does not apply."""
    if answer is not None and answer.not_applicable:
        return ()
    worth = _worth(item, answer)
    if isinstance(question, NumberQuestion):
        return [Answer(value=start) for start, value in item.bands if worth is None or value > worth]
    if isinstance(question, SeveralQuestion):
        exclusive = {o.id for o in question.options if o.exclusive}
        chosen = answer.value if answer is not None and isinstance(answer.value, tuple) else ()
        kept = tuple(choice for choice in chosen if choice not in exclusive)
        more = [o.id for o in question.options if o.id not in (*kept, *exclusive)]
        return [Answer(value=(*kept, option)) for option in sorted(more, key=lambda o: item.values[o])]
    options = [o for o in item.values if o in {c.id for c in question.choices}]
    better = [o for o in options if worth is None or item.values[o] > worth]
    return [Answer(value=option) for option in sorted(better, key=lambda o: item.values[o])]


def _worth(item: PlannedItem, answer: Answer | None) -> float | None:
    if answer is None or answer.value is None or isinstance(answer.value, tuple):
        return None
    if isinstance(answer.value, str):
        return item.values.get(answer.value)
    return [value for start, value in item.bands if answer.value >= start][-1]


def plain(scorecard: Scorecard, explanation: Explanation, reach: Sequence[Reaching]) -> dict[str, object]:
    """The explanation as plain data for JSON, with what it explains."""
    about = {
        "organisation": scorecard.organisation,
        "period": scorecard.period,
        "questionnaire": asdict(scorecard.questionnaire),
        "rubric": asdict(scorecard.rubric),
        "made_up": scorecard.made_up,
    }
    return {
        "format": "maturity-explanation/1",
        **about,
        **asdict(explanation),
        "reaching": [asdict(r) for r in reach],
    }
