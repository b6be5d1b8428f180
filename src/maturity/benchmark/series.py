"""Any number of periods in a row: each by its own rubric, the change between neighbours, and where the series breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from maturity.benchmark.compare import change_between, compare
from maturity.benchmark.passage import Passage, ScoredPeriod
from maturity.benchmark.split import split_change
from maturity.benchmark.spread import spread
from maturity.benchmark.statistics import summarise
from maturity.models.assessment import Answer
from maturity.models.benchmark import Benchmark
from maturity.models.migration import Migration
from maturity.models.register import Register
from maturity.models.scorecard import Group, Scorecard
from maturity.models.series import Line, Move, OwnAnswers, OwnScore, Point, Series, SeriesPeriod, Transition
from maturity.scoring.names import bands_of, group_text
from maturity.scoring.score import Scorer, in_display_order

Key = tuple[str, Group]


def series_of(
    register: Register, periods: Sequence[ScoredPeriod], migrations: Sequence[Migration] = ()
) -> Series:
    """The series of these periods, at least one, which come in any order; all of versions of one questionnaire.

    Two neighbours break the series where their questionnaires or rubrics are not the same. Then each change is split, for which answers
    are carried over by the `migrations` given and those that are bundled.
    """
    ordered = sorted(periods, key=lambda p: p.period)
    codes = [o.code for o in register.organisations]
    points = [_points(one, codes) for one in ordered]
    passages = [Passage.between(*pair, codes, migrations) for pair in pairwise(ordered)]
    lines = []
    for key, scorer in _groups(ordered).items():
        found = [of_period.get(key) for of_period in points]
        moves = [_move(key, passage, pair) for passage, pair in zip(passages, pairwise(found), strict=True)]
        lines.append(_line(key, scorer, found, moves))
    return Series(
        tuple(_period(one, codes) for one in ordered),
        tuple(Transition(p.before, p.after, p.entered, p.left, p.series_break) for p in passages),
        tuple(lines),
        tuple(answers for one in ordered for answers in _answers(one, codes)),
    )


def compare_periods(
    register: Register,
    periods: Mapping[str, ScoredPeriod],
    period: str,
    previous: str | None = None,
    migrations: Sequence[Migration] = (),
) -> Benchmark:
    """The benchmark of one `period` of several, with the change since the `previous` one and the series of all.

    Where another rubric or questionnaire lies between those two, printed scores do not compare: the change is in the series alone.
    Answers that are made up in any period make it made up.
    """
    now = periods[period]
    before = periods[previous] if previous is not None else None
    same = before is not None and before.scorer.references == now.scorer.references
    compared = compare(now.scorer, register, now.scored, before.scored if before and same else None)
    if len(periods) == 1:
        return compared
    series = series_of(register, list(periods.values()), migrations)
    made_up = compared.made_up or any(p.made_up for p in series.periods)
    return replace(compared, series=series, made_up=made_up)


def _groups(ordered: Sequence[ScoredPeriod]) -> dict[Key, Scorer]:
    """Every group that has a number in some period, as the latest such period shows it, with that period's scorer."""
    found: dict[Key, Scorer] = {}
    for one in reversed(ordered):
        for measure in in_display_order(one.scorer):
            for group in measure.groups:
                if measure.reduce != "distribution":
                    found.setdefault((measure.name, group.group), one.scorer)
    return found


def _period(one: ScoredPeriod, codes: Sequence[str]) -> SeriesPeriod:
    return SeriesPeriod(
        one.period,
        *one.scorer.references,
        made_up=any(card.made_up for _, card in one.scored.values()),
        submitted=tuple(code for code in codes if code in one.scored),
    )


def _answers(one: ScoredPeriod, codes: Sequence[str]) -> Iterator[OwnAnswers]:
    """What everybody answered in a period, in the register's order."""
    questions = one.scorer.questionnaire.questions
    told = [q for q, question in questions.items() if question.type != "text"]
    for code in codes:
        if code in one.scored:
            given = one.scored[code][0].answers
            found = ((q, _said(given[q])) for q in told if q in given)
            answers = tuple((q, value) for q, value in found if value is not None)
            yield OwnAnswers(code, one.period, answers)


def _said(answer: Answer) -> str | float | tuple[str, ...] | None:
    return "not_applicable" if answer.not_applicable else answer.value


def _points(one: ScoredPeriod, codes: Sequence[str]) -> dict[Key, Point]:
    cards = [(code, one.scored[code][1]) for code in codes if code in one.scored]
    return {
        (measure.name, group.group): _point(one.scorer, measure.name, group.group, cards)
        for measure in one.scorer.plan.measures
        for group in measure.groups
        if measure.reduce != "distribution"
    }


def _point(scorer: Scorer, measure: str, group: Group, cards: Sequence[tuple[str, Scorecard]]) -> Point:
    scores = []
    for code, card in cards:
        score = card.score(measure, *group)
        if score is not None and score.published is not None:
            scores.append(OwnScore(code, score.published, score.level))
    levels = Counter(s.level for s in scores)
    return Point(
        summarise([s.published for s in scores]),
        tuple((band.id, levels[band.id]) for band in bands_of(scorer.rubric, measure)),
        tuple(scores),
    )


def _line(key: Key, scorer: Scorer, points: Sequence[Point | None], moves: Sequence[Move | None]) -> Line:
    measure, group = key
    rule = scorer.rubric.measures[measure]
    name = group_text(scorer.questionnaire, rule, group)
    return Line(measure, rule.by, group, name, tuple(points), tuple(moves))


def _move(key: Key, passage: Passage, points: tuple[Point | None, Point | None]) -> Move | None:
    """One measure between two neighbours; over a break on shared items, and its spread by the later rubric alone."""
    before, after = points
    if before is None or after is None:
        return None
    earlier = {s.organisation: s.published for s in before.scores}
    later = {s.organisation: s.published for s in after.scores}
    step = passage.steps.get(key)
    change = split = None
    pairs = [(earlier[code], later[code]) for code in later if code in earlier]
    if passage.series_break is None:
        change = change_between(later, earlier, step, passage.places)
    elif passage.series_break.why is None:
        split = split_change(passage.splits(key, earlier, later), step)
        pairs = [(s.before_anew, s.after) for s in split.splits]
    comparable = change is not None or split is not None
    return Move(
        change,
        split,
        spread([a for a, _ in pairs], [b for _, b in pairs], step, passage.places) if comparable else None,
        entered=tuple(code for code in later if code not in earlier),
        left=tuple(code for code in earlier if code not in later),
    )
