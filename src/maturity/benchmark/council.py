"""One council against its peers: of a benchmark that names nobody else, against all, itself too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maturity.benchmark.statistics import summarise
from maturity.models.benchmark import Benchmark, Comparison, Standing
from maturity.models.learning import Lesson
from maturity.models.summary import Summary
from maturity.scoring.numbers import half_up
from maturity.scoring.score import Scorer
from maturity.scoring.steps import steps

AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Against:
    """One measure of a council beside its peers: everybody scored but itself.

    In an unnamed benchmark they are everybody scored, so that every council's report shows the same figures.
    `step` is what one option on one item adds, rounded as scores are, like `difference`.
    """

    comparison: Comparison
    own: Standing
    peers: Summary
    difference: float | None
    step: float | None

    @property
    def notable(self) -> bool:
        """Whether the difference to the peers' median is at least one option on one item."""
        if self.difference is None or self.step is None:
            return False
        return self.difference != 0 and abs(self.difference) >= self.step


def rounded_step(step: float | None, places: int) -> float | None:
    """A step as it shows in published scores: one of 0.3333 shows as 0.33, and is still one step."""
    return None if step is None else half_up(step, places)


def against_peers(scorer: Scorer, benchmark: Benchmark, code: str) -> tuple[Against, ...]:
    """Every measure of the council of that code beside its peers, in the benchmark's order."""
    places = scorer.rubric.policy.round.places
    smallest = steps(scorer.plan)
    rows = []
    for comparison in benchmark.comparisons:
        own = comparison.of(code)
        peers = others_than(comparison, code) if benchmark.named else comparison.summary
        difference = None
        if own.published is not None and peers.median is not None:
            difference = half_up(own.published - peers.median, places)
        step = rounded_step(smallest.get((comparison.measure, comparison.group)), places)
        rows.append(Against(comparison, own, peers, difference, step))
    return tuple(rows)


def others_than(comparison: Comparison, code: str) -> Summary:
    """The summary of everybody scored but the council of that code."""
    others = (s for s in comparison.standings if s.organisation != code)
    return summarise([s.published for s in others if s.published is not None])


def strengths(rows: Sequence[Against]) -> tuple[Against, ...]:
    """The themes furthest above the peers' median: at most three, ties with the third kept, possibly none."""
    return _furthest([r for r in rows if r.notable and r.difference is not None and r.difference > 0])


def gaps(rows: Sequence[Against]) -> tuple[Against, ...]:
    """The themes furthest below the peers' median: at most three, ties with the third kept, possibly none."""
    return _furthest([r for r in rows if r.notable and r.difference is not None and r.difference < 0])


def shown_lessons(scorer: Scorer, benchmark: Benchmark) -> tuple[Lesson, ...]:
    """What the council of a benchmark's learning could learn, where it has a gap: of a benchmark that names nobody else, which
    tells of every theme below the median of all, the gaps alone."""
    found = benchmark.learning
    if found is None or found.named:
        return found.lessons if found else ()
    rows = gaps(against_peers(scorer, benchmark, found.organisation))
    lessons = {(one.measure, one.group): one for one in found.lessons}
    keys = ((row.comparison.measure, row.comparison.group) for row in rows)
    return tuple(lessons[key] for key in keys if key in lessons)


def _furthest(rows: Sequence[Against]) -> tuple[Against, ...]:
    themes = [r for r in rows if r.comparison.by == ("dimension", "theme")]
    ordered = sorted(themes, key=lambda r: -abs(r.difference or 0))
    if len(ordered) <= AT_MOST:
        return tuple(ordered)
    third = abs(ordered[AT_MOST - 1].difference or 0)
    return tuple(r for r in ordered if abs(r.difference or 0) >= third)
