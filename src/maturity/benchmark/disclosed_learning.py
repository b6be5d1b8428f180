"""How many are strong where a reader has a gap, in its region and of all, where others stay unnamed (docs/disclosure.md).

Strong is whoever is at or above one level, the same for every reader: the one that follows the level in which the printed
median of all lies. Groups hold their readers, so that all of a region read the same numbers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache, partial

from maturity.benchmark.disclosure_audit import Bands, Print, Printed, Scores, gives_back_a_level, prints_as
from maturity.benchmark.suppression import HEADS_TOGETHER, LEAST, safe
from maturity.models.benchmark import Benchmark, Comparison
from maturity.models.learning import Learning, Lesson, Near
from maturity.models.summary import Summary

LEAST_ON_A_SIDE = HEADS_TOGETHER + 1
"""How many at least must be strong, and how many not, in a region that is counted, and in what is left of all without it:
one more than those who put their heads together and know their own side."""
FORMS = ((True, True), (True, False), (False, True))
"""Whether regions and whether all are counted: what is tried, best first."""
Counted = tuple[dict[str, Near], Near | None]
"""Of each region that is told, and of all, how many are strong."""
NOTHING: Counted = ({}, None)


def own_learning(benchmark: Benchmark, told: Sequence[Comparison], own: str | None) -> Learning | None:
    """A lesson for every theme in which the reader is below the median of all that is `told`; nothing where there is no
    reader, or it did not submit."""
    if own is None or all(m.organisation.code != own for m in benchmark.submitted):
        return None
    return Learning(own, False, tuple(_lessons(benchmark, told, own)), ())


def _lessons(benchmark: Benchmark, told: Sequence[Comparison], own: str) -> Iterator[Lesson]:
    regions = {m.organisation.code: m.organisation.region.to("en") for m in benchmark.members}
    earlier: set[tuple[float | None, ...]] = set()
    for whole, shown in zip(benchmark.comparisons, told, strict=True):
        scores = tuple(s.published for s in whole.standings)
        again, score, median = cut_before(scores, earlier), whole.of(own).published, shown.summary.median
        earlier.add(scores)
        if whole.by != ("dimension", "theme") or score is None or median is None or score >= median:
            continue
        level, (by_region, everywhere) = None, NOTHING
        if not again:
            level, (by_region, everywhere) = told_strong(whole, shown, regions, benchmark.places)
        yield Lesson(
            measure=whole.measure,
            group=whole.group,
            name=whole.name,
            own=score,
            strong=None,
            teachers=(),
            region=by_region.get(regions[own]),
            everywhere=everywhere,
            level=level,
        )


def cut_before(scores: tuple[float | None, ...], earlier: Set[tuple[float | None, ...]]) -> bool:
    """Whether an earlier measure gives everybody these scores: cut elsewhere, the two would tell how many lie between."""
    return scores in earlier


def told_strong(
    whole: Comparison, told: Comparison, regions: Mapping[str, str], places: int
) -> tuple[str | None, Counted]:
    """The lowest level that is strong, and how many are: as much as gives no level count back that is kept back in what is
    `told`. None where not everybody scored is at a level, or the median is at the highest."""
    scored = [s for s in whole.standings if s.published is not None]
    scores = tuple((s.published or 0.0, s.level) for s in scored if s.level)
    bands = tuple(zip((level for level, _ in whole.levels), whole.starts, strict=True))
    if not strong_levels(told.summary, dict(bands)) or len(scores) < len(scored):
        return None, NOTHING
    levels_told = any(count is not None for _, count in told.levels)
    return _strong(scores, tuple(regions[s.organisation] for s in scored), bands, levels_told, places)


@lru_cache(maxsize=1024)
def _strong(
    scores: tuple[tuple[float, str], ...],
    areas: tuple[str, ...],
    starts: tuple[tuple[str, float], ...],
    levels_told: bool,
    places: int,
) -> tuple[str | None, Counted]:
    """The same for every reader, so that it is worked out once for all of a pack."""
    bands, base = dict(starts), prints_as(levels_told)
    for form in FORMS:
        printed = partial(_printed, base, areas, form)
        if not level_given_back(scores, bands, places, printed):
            strong = strong_levels(base(scores, bands, places)[0], bands)
            return strong[0], counted(scores, areas, strong, form)
    return None, NOTHING


def level_given_back(scores: Scores, bands: Bands, places: int, printed: Print) -> bool:
    """Whether numbers of strong ones, beside what is told of levels and quartiles, give back a level count that is not."""
    return gives_back_a_level(scores, bands, places, printed)


def strong_levels(told: Summary, bands: Bands) -> tuple[str, ...]:
    """The levels above the one in which the printed median lies."""
    if told.median is None:
        return ()
    return tuple(bands)[max(1, bisect_right(list(bands.values()), told.median)) :]


def _printed(
    base: Print, areas: Sequence[str], form: tuple[bool, bool], scores: Scores, bands: Bands, places: int
) -> Printed:
    """All that is printed of these scores, the numbers of strong ones in it."""
    summary, levels, _ = base(scores, bands, places)
    return summary, levels, counted(scores, areas, strong_levels(summary, bands), form)


def counted(scores: Scores, areas: Sequence[str], strong: Sequence[str], form: tuple[bool, bool]) -> Counted:
    """How many are strong, of each region that may be told and of all; `areas` are the regions of the scored."""
    found: dict[str, Near] = {}
    for (_, level), area in zip(scores, areas, strict=True):
        before = found.get(area, Near(0, 0))
        found[area] = Near(before.of + 1, before.strong + (level in strong))
    whole = Near(len(scores), sum(near.strong for near in found.values()))
    of_regions, of_all = form
    return (
        told_by_region(found) if of_regions else {},
        whole if of_all and safe(whole.strong, whole.of) else None,
    )


def told_by_region(found: Mapping[str, Near]) -> dict[str, Near]:
    """The regions that may be told: those that are large enough, or fewer, the smallest left out first, until each has enough on
    both sides and so has what is left of all without them.

    One that has not enough takes all that are no larger with it: were it alone hidden, that would say that it has not.
    """
    whole = Near(sum(near.of for near in found.values()), sum(near.strong for near in found.values()))
    told = {region: near for region, near in found.items() if LEAST <= near.of <= whole.of - LEAST}
    while told and not (all(map(both_sides, told.values())) and rest_is_safe(told, whole)):
        smallest = min(near.of for near in told.values())
        told = {region: near for region, near in told.items() if near.of > smallest}
    return told


def both_sides(near: Near) -> bool:
    """Whether enough are strong, and enough are not: two readers of the group leave at least one on either side."""
    return LEAST_ON_A_SIDE <= near.strong <= near.of - LEAST_ON_A_SIDE


def rest_is_safe(told: Mapping[str, Near], whole: Near) -> bool:
    """Whether those who are in no region that is told are none, or enough on both sides too: whoever knows how many of all
    are strong can take the regions from it."""
    of, strong = (sum(getattr(near, what) for near in told.values()) for what in ("of", "strong"))
    return of == whole.of or both_sides(Near(whole.of - of, whole.strong - strong))
