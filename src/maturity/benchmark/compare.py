"""Compares scorecards: from many, one Benchmark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

import maturity
from maturity.benchmark.counts import answer_counts, finding_counts, forms
from maturity.benchmark.statistics import LEAST_FOR_MEDIAN, position, rank, summarise
from maturity.models.assessment import Assessment
from maturity.models.benchmark import Benchmark, Change, Comparison, Difference, Member, Standing, Summary
from maturity.models.register import Register
from maturity.models.scorecard import Group, Score, Scorecard
from maturity.scoring.names import bands_of, group_text, headline
from maturity.scoring.numbers import half_up, settle
from maturity.scoring.plan import PlannedMeasure
from maturity.scoring.score import Scorer, in_display_order
from maturity.scoring.steps import steps

Scored = tuple[Assessment, Scorecard]


def compare(
    scorer: Scorer,
    register: Register,
    current: Mapping[str, Scored],
    previous: Mapping[str, Scored] | None = None,
) -> Benchmark:
    """The benchmark of `current` (organisation's code → its answers, scored), with the change since `previous`.

    Every scorecard must come from this scorer. There must be at least one; all of one period.
    """
    cards = {code: card for code, (_, card) in current.items()}
    before = {code: card for code, (_, card) in (previous or {}).items()}
    periods = sorted({card.period for card in cards.values()})
    earlier = sorted({card.period for card in before.values()})
    everyone = [card for found in (cards, before) for card in found.values()]
    filled = forms(scorer.plan, [assessment for assessment, _ in current.values()], scorer.register)
    smallest = steps(scorer.plan)
    return Benchmark(
        period=", ".join(periods),
        previous=", ".join(earlier) or None,
        questionnaire=scorer.references[0],
        rubric=scorer.references[1],
        tool_version=maturity.__version__,
        made_up=any(card.made_up for card in everyone),
        members=tuple(Member(o, cards.get(o.code)) for o in register.organisations),
        headline=headline(scorer.rubric),
        drafts=tuple(code for code, (assessment, _) in current.items() if assessment.status == "draft"),
        comparisons=tuple(
            _comparison(scorer, register, measure, group.group, cards, before, smallest)
            for measure in in_display_order(scorer)
            for group in measure.groups
            # A distribution has no number to compare.
            if measure.reduce != "distribution"
        ),
        answers=answer_counts(scorer.questionnaire, filled),
        findings=finding_counts(scorer.questionnaire, filled),
    )


def _comparison(
    scorer: Scorer,
    register: Register,
    measure: PlannedMeasure,
    group: Group,
    cards: Mapping[str, Scorecard],
    before: Mapping[str, Scorecard],
    smallest: Mapping[tuple[str, Group], float],
) -> Comparison:
    scores = {code: card.score(measure.name, *group) for code, card in cards.items()}
    published = {code: s.published for code, s in scores.items() if s and s.published is not None}
    values = list(published.values())
    summary = summarise(values)
    standings = []
    for organisation in register.organisations:
        standings.append(_standing(organisation.code, scores.get(organisation.code), values, summary))
    levels = Counter(s.level for s in standings if s.level)
    change = None
    if before:
        old = {code: s.published for code, c in before.items() if (s := c.score(measure.name, *group))}
        change = change_between(
            published, old, smallest.get((measure.name, group)), scorer.rubric.policy.round.places
        )
    rule = scorer.rubric.measures[measure.name]
    return Comparison(
        measure=measure.name,
        by=measure.by,
        group=group,
        name=group_text(scorer.questionnaire, rule, group),
        summary=summary,
        standings=tuple(standings),
        levels=tuple((band.id, levels[band.id]) for band in bands_of(scorer.rubric, measure.name)),
        change=change,
    )


def _standing(code: str, score: Score | None, values: Sequence[float], summary: Summary) -> Standing:
    if score is None or score.published is None:
        return Standing(code, None, None, score.reason if score else None, score.coverage if score else None)
    own = score.published
    same = sum(v == own for v in values) - 1
    higher = sum(v > own for v in values)
    return Standing(
        organisation=code,
        published=own,
        level=score.level,
        reason=None,
        coverage=score.coverage,
        rank=rank(own, values),
        lower=len(values) - same - higher - 1,
        same=same,
        higher=higher,
        position=position(own, summary),
        capped=score.capped,
    )


def change_between(
    now: Mapping[str, float], before: Mapping[str, float | None], step: float | None, places: int
) -> Change:
    """The paired differences of published scores, over the organisations in both (definition 9)."""
    differences = []
    for code, after in now.items():
        old = before.get(code)
        if old is not None:
            moved = half_up(after - old, places)
            # Published scores are rounded: a step of 0.3333 shows as 0.33 and is still one step.
            clear = moved != 0 and (step is None or abs(moved) >= settle(half_up(step, places)))
            differences.append(Difference(code, old, after, moved, clear))
    moves = [d.difference for d in differences]
    return Change(
        n=len(moves),
        median_difference=settle(median(moves)) if len(moves) >= LEAST_FOR_MEDIAN else None,
        step=step,
        up=sum(d.clear and d.difference > 0 for d in differences),
        down=sum(d.clear and d.difference < 0 for d in differences),
        no_clear_change=sum(not d.clear for d in differences),
        differences=tuple(differences),
    )
