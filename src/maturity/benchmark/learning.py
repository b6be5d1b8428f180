"""Who to learn from, and pairs that could help each other both ways (docs/statistics.md)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log2

from maturity.benchmark.council import Against, gaps, rounded_step
from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.models.assessment import DONT_KNOW, Answer, Assessment
from maturity.models.benchmark import Benchmark, Comparison, Standing
from maturity.models.learning import Learning, Lesson, Near, Pair, Teacher
from maturity.models.register import Organisation
from maturity.models.scorecard import Group, Scorecard
from maturity.models.summary import Summary
from maturity.scoring.numbers import half_up, settle
from maturity.scoring.score import Scorer
from maturity.scoring.steps import steps

Answers = Mapping[str, tuple[Assessment, Scorecard]]
Closeness = Callable[[Organisation, Organisation], float]
"""How unlike two organisations are: 0 for alike, more for less alike."""
Key = tuple[str, Group]
LEAST = LEAST_FOR_MEDIAN
MOST_NAMED = 3


def apart(own: Organisation, other: Organisation) -> float:
    """Another region counts as much as twice, or half, the population: 1 each, added up."""
    elsewhere = own.region.to("en") != other.region.to("en")
    sizes = abs(log2(own.population / other.population)) if own.population and other.population else 0.0
    return settle(elsewhere + sizes)


@dataclass(frozen=True)
class Field:
    """All that is asked of a benchmark again and again here, looked up once: linear in the organisations.

    `gaps` are every organisation's, as `benchmark.council.gaps` finds them.
    """

    organisations: Mapping[str, Organisation]
    comparisons: Mapping[Key, Comparison]
    standings: Mapping[Key, Mapping[str, Standing]]
    gaps: Mapping[str, tuple[Against, ...]]
    places: int

    @classmethod
    def of(cls, scorer: Scorer, benchmark: Benchmark) -> Field:
        places = scorer.rubric.policy.round.places
        smallest = steps(scorer.plan)
        themes = {(c.measure, c.group): c for c in benchmark.themes}
        rows: dict[str, list[Against]] = {m.organisation.code: [] for m in benchmark.members}
        for key, comparison in themes.items():
            step = rounded_step(smallest.get(key), places)
            for row in _against_others(comparison, step, places):
                rows[row.own.organisation].append(row)
        return cls(
            organisations={m.organisation.code: m.organisation for m in benchmark.members},
            comparisons=themes,
            standings={key: {s.organisation: s for s in c.standings} for key, c in themes.items()},
            gaps={code: gaps(found) for code, found in rows.items()},
            places=places,
        )

    def difference(self, key: Key, teacher: str, learner: str) -> float | None:
        """By how much the first scores more, in published scores; None where the first is not strong for the second.

        Strong is who stands in the upper quarter; where no quarter is assigned, who is at least one level above the
        other.
        """
        first, second = self.standings[key][teacher], self.standings[key][learner]
        if first.published is None or second.published is None:
            return None
        more = half_up(first.published - second.published, self.places)
        if more <= 0:
            return None
        summary = self.comparisons[key].summary
        if summary.q1 is None or summary.q1 == summary.q3:
            levels = [band for band, _ in self.comparisons[key].levels]
            if first.level is None or second.level is None:
                return None
            return more if levels.index(first.level) > levels.index(second.level) else None
        return more if first.position == "upper" else None


def learn_from(
    scorer: Scorer,
    benchmark: Benchmark,
    answers: Answers,
    code: str,
    *,
    closeness: Closeness = apart,
    field: Field | None = None,
) -> Learning:
    """For each gap of the organisation of that code: who is strong there, most alike first; and its pairs.

    `field` spares looking it all up again for each of many. Where others may not be named, `disclose` puts counts in its place.
    """
    field = field or Field.of(scorer, benchmark)
    lessons = tuple(_lesson(scorer, field, answers, code, gap, closeness) for gap in field.gaps[code])
    pairs = mutual_pairs(scorer, benchmark, of=code, closeness=closeness, field=field)
    return Learning(code, True, lessons, pairs)


def mutual_pairs(
    scorer: Scorer,
    benchmark: Benchmark,
    *,
    of: str | None = None,
    closeness: Closeness = apart,
    field: Field | None = None,
) -> tuple[Pair, ...]:
    """All pairs in which each is strong where the other has a gap; `of` wants those with one organisation, as `one`.

    Those with most to exchange first (the lesser of the two sides, then both together), then the most alike. For one
    organisation the work is linear, for all pairs it is quadratic.
    """
    field = field or Field.of(scorer, benchmark)
    learners = [code for code, found in field.gaps.items() if found]
    both = ((of, other) for other in learners if other != of) if of else combinations(learners, 2)
    pairs = []
    for one, other in both:
        takes = tuple(_taught(field, other, one))
        gives = tuple(_taught(field, one, other)) if takes else ()
        if gives:
            distance = closeness(field.organisations[one], field.organisations[other])
            pairs.append(Pair(one, other, gives, takes, distance))
    return tuple(
        sorted(
            pairs,
            key=lambda p: (
                -min(len(p.gives), len(p.takes)),
                -len(p.gives) - len(p.takes),
                p.distance,
                p.one,
                p.other,
            ),
        )
    )


def _taught(field: Field, teacher: str, learner: str) -> Iterator[Key]:
    """The gaps of the second in which the first is strong."""
    for gap in field.gaps[learner]:
        key = (gap.comparison.measure, gap.comparison.group)
        if field.difference(key, teacher, learner) is not None:
            yield key


def _against_others(comparison: Comparison, step: float | None, places: int) -> Iterator[Against]:
    """Everybody scored against the median of the others, found without sorting again for each."""
    ordered = sorted(s.published for s in comparison.standings if s.published is not None)
    peers = len(ordered) - 1
    if peers < LEAST:
        return
    for standing in comparison.standings:
        if standing.published is not None:
            at = bisect_left(ordered, standing.published)
            # The two in the middle of the others: whoever stands at or after the own place moves down by one.
            low, high = (ordered[n if n < at else n + 1] for n in ((peers - 1) // 2, peers // 2))
            middle = settle((low + high) / 2)
            difference = half_up(standing.published - middle, places)
            yield Against(comparison, standing, Summary(peers, middle, None, None), difference, step)


def _lesson(
    scorer: Scorer,
    field: Field,
    answers: Answers,
    code: str,
    gap: Against,
    closeness: Closeness,
) -> Lesson:
    comparison, own = gap.comparison, field.organisations[code]
    key = (comparison.measure, comparison.group)
    questions = [
        q for q, tags in scorer.questionnaire.tags.items() if (tags.dimension, tags.theme) == comparison.group
    ]
    others = [
        s.organisation for s in comparison.standings if s.published is not None and s.organisation != code
    ]
    strong = {other: more for other in others if (more := field.difference(key, other, code)) is not None}
    teachers = []
    for other, more in strong.items():
        given = [a for q in questions if (a := answers[other][0].answers.get(q)) and _told(a)]
        published = field.standings[key][other].published or 0.0
        distance = closeness(own, field.organisations[other])
        proven = sum(bool(answer.evidence) for answer in given)
        teachers.append(Teacher(other, published, more, distance, len(given), proven))
    teachers.sort(key=lambda t: (t.distance, -t.published, t.organisation))
    region = [o for o in others if field.organisations[o].region == own.region]
    # The rest can be had by taking the region from all: it must be as safe to tell.
    rest = _near([o for o in others if field.organisations[o].region != own.region], strong)
    return Lesson(
        measure=comparison.measure,
        group=comparison.group,
        name=comparison.name,
        own=gap.own.published or 0.0,
        strong=len(strong),
        teachers=tuple(teachers[:MOST_NAMED]),
        region=_near(region, strong) if rest else None,
        everywhere=_near(others, strong),
    )


def _told(answer: Answer) -> bool:
    """Whether it is an answer: "don't know" is none."""
    return answer.value is not None and answer.value != DONT_KNOW


def _near(group: Sequence[str], strong: Mapping[str, float]) -> Near | None:
    """How many of a group are strong: not of fewer than 5, and not where it would tell the same of each of them."""
    n = sum(code in strong for code in group)
    return Near(len(group), n) if len(group) >= LEAST and 0 < n < len(group) else None
