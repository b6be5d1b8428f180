"""Whether levels and quartiles together give a suppressed count back (docs/disclosure.md).

Quartiles say how many at least lie above and below a score. With the level counts that are shown, and their sum, that can
leave one number for a count that is not. It does not where other scores would have printed the same: those of one council
at another level, and of so many councils in turn that no two readers know that it was none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from maturity.benchmark.statistics import summarise
from maturity.benchmark.suppression import HEADS_TOGETHER, coarse_summary, partition, safe
from maturity.models.summary import Summary
from maturity.scoring.numbers import settle

Scores = Sequence[tuple[float, str]]
"""Every score with its level."""
Bands = Mapping[str, float]
"""Each level, from the lowest, and the score from which it begins."""
Counts = list[int | None]
Printed = tuple[Summary, Counts, object]
"""Median and quartiles, level counts, and whatever else is printed of the same scores."""
Print = Callable[[Scores, Bands, int], Printed]
MOST_TRIED = 60
"""How many councils are tried at most for a count: of many, the first few differ as the rest would."""


def audited(scores: Scores, bands: Bands, places: int) -> tuple[Summary, Counts]:
    """What is told of scores with so many `places`, and how many are at each level, from the lowest: all that the rules
    allow; without the levels where the two together give a count back, and with n alone where that is not enough."""
    summary, counts, _ = _printed(scores, bands, places)
    if not gives_back_a_level(scores, bands, places, _printed):
        return summary, counts
    hidden: Counts = [None] * len(bands)
    if not gives_back_a_level(scores, bands, places, _without_levels):
        return summary, hidden
    return Summary(summary.n, None, None, None), hidden


def prints_as(levels_told: bool) -> Print:
    """How scores are printed, with as many level counts as the rules allow or with none."""
    return _printed if levels_told else _without_levels


def _printed(scores: Scores, bands: Bands, places: int) -> Printed:
    at = Counter(level for _, level in scores)
    summary = coarse_summary(summarise([s for s, _ in scores]), places)
    return summary, partition([at[level] for level in bands]), None


def _without_levels(scores: Scores, bands: Bands, places: int) -> Printed:
    return coarse_summary(summarise([s for s, _ in scores]), places), [None] * len(bands), None


def gives_back_a_level(scores: Scores, bands: Bands, places: int, print_: Print) -> bool:
    """Whether a suppressed count that is too small to be shown is the same whatever else would have printed so."""
    summary, counts, _ = shown = print_(scores, bands, places)
    if summary.median is None:
        return False
    at = Counter(level for _, level in scores)
    values = _values(bands, places)
    return any(
        count is None
        and not safe(at[level], len(scores))
        and not _hidden_among_others(
            level, scores, values, lambda other: print_(other, bands, places) == shown
        )
        for level, count in zip(bands, counts, strict=True)
    )


def _hidden_among_others(
    level: str, scores: Scores, values: Mapping[str, Sequence[float]], same: Callable[[Scores], bool]
) -> bool:
    """Whether enough councils could be at another level, out of this one or into it, for all to print the same."""
    movers = 0
    for n, (_, own) in enumerate(scores[:MOST_TRIED]):
        targets = [other for other in values if other != level] if own == level else [level]
        changed = ((value, target) for target in targets for value in values[target])
        movers += any(same([*scores[:n], one, *scores[n + 1 :]]) for one in changed)
        if movers > HEADS_TOGETHER:
            return True
    return False


def _values(bands: Bands, places: int) -> dict[str, list[float]]:
    """For each level the least and the most that can be scored there; of the highest the least."""
    starts = list(bands.values())
    return {
        level: [start, *(settle(above - 10**-places) for above in starts[n + 1 : n + 2])]
        for n, (level, start) in enumerate(bands.items())
    }
