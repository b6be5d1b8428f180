"""What of a benchmark its readers may see: from one Benchmark another, from which every report draws (docs/disclosure.md).

Reports cannot leak what is not there. Whatever is not known here or in benchmark/closed.py by name is not there either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from maturity.benchmark.closed import closed
from maturity.benchmark.disclosed_answers import answers_told, findings_told
from maturity.benchmark.disclosed_learning import own_learning
from maturity.benchmark.disclosed_own import own_evidenced, own_firmness
from maturity.benchmark.disclosed_series import own_series
from maturity.benchmark.disclosure_audit import audited
from maturity.benchmark.statistics import LEAST_FOR_MEDIAN, position
from maturity.benchmark.suppression import coarse, coarse_summary, enough, partition
from maturity.models.benchmark import Benchmark, Comparison, Member, Standing
from maturity.models.disclosure import Disclosure, Mode
from maturity.models.scorecard import Scorecard
from maturity.models.summary import Change, Difference, Position, Summary


def disclose(benchmark: Benchmark, mode: Mode, own: str | None = None) -> Benchmark:
    """The benchmark as readers of that mode may see it; `own` is the code of the one whose report it is.

    What is told of all organisations together is the same for every reader: whoever compares two reports finds the
    same table twice. Raises KeyError for a code that is not in the benchmark, ValueError where mode and code do not
    go together, and where the benchmark is no longer a named one.
    """
    if not benchmark.named:
        raise ValueError("this benchmark is no longer a named one")
    if (mode == "own" and own is None) or (mode == "public" and own is not None):
        raise ValueError(f"mode {mode!r} does not go with {own!r}")
    codes = {member.organisation.code for member in benchmark.members}
    if own is not None and own not in codes:
        raise KeyError(own)
    submitted, members = len(benchmark.submitted), len(benchmark.members)
    if mode == "named":
        return replace(benchmark, disclosure=Disclosure("named", own, submitted, members, None))
    answers = answers_told(benchmark.answers)
    comparisons = tuple(_comparisons(benchmark, own))
    return closed(
        benchmark,
        drafts=own_drafts(benchmark.drafts, own),
        members=own_members(benchmark.members, own),
        comparisons=comparisons,
        answers=answers,
        findings=findings_told(benchmark.findings, benchmark.answers, answers),
        series=own_series(benchmark.series, own),
        evidenced=own_evidenced(benchmark.evidenced, own),
        learning=own_learning(benchmark, comparisons, own),
        firm=own_firmness(benchmark.firm, own),
        disclosure=Disclosure(mode, own, submitted, members, benchmark.places - 1),
    )


def own_drafts(drafts: tuple[str, ...], own: str | None) -> tuple[str, ...]:
    """Of those whose answers are drafts only the reader."""
    return tuple(code for code in drafts if code == own)


def own_members(members: tuple[Member, ...], own: str | None) -> tuple[Member, ...]:
    """Of the organisations only the reader: names of those that did not submit would tell who did."""
    return tuple(
        closed(member, scorecard=without_source(member.scorecard))
        for member in members
        if member.organisation.code == own
    )


def without_source(card: Scorecard | None) -> Scorecard | None:
    """A scorecard without the file that it came from, which may hold, or be named after, others."""
    return None if card is None else replace(card, source="")


def _comparisons(benchmark: Benchmark, own: str | None) -> Iterator[Comparison]:
    """Each comparison, in its order. Levels are counted once where two measures give everybody the same scores: bands
    that cut them elsewhere would tell how many lie between the cuts."""
    seen: dict[tuple[float | None, ...], Summary] = {}
    for comparison in benchmark.comparisons:
        scores = tuple(s.published for s in comparison.standings)
        summary, levels = told_of_all(comparison, benchmark, earlier=seen.get(scores))
        seen.setdefault(scores, summary)
        yield closed(
            comparison,
            summary=summary,
            levels=levels,
            standings=own_standings(comparison.standings, own, summary),
            change=_change(comparison.change, benchmark.places, own),
        )


def told_of_all(
    comparison: Comparison, benchmark: Benchmark, *, earlier: Summary | None
) -> tuple[Summary, tuple[tuple[str, int | None], ...]]:
    """What may be told of all who are scored, the reader among them: median and quartiles, and how many are at each
    level; `earlier` is what was told of the same scores before."""
    levels = [level for level, _ in comparison.levels]
    if one_question(benchmark, comparison):
        return Summary(comparison.summary.n, None, None, None), tuple((level, None) for level in levels)
    if earlier is not None:
        return earlier, tuple((level, None) for level in levels)
    if not levels:
        return coarse_summary(comparison.summary, benchmark.places), ()
    scores = [(s.published, s.level) for s in comparison.standings if s.published is not None and s.level]
    bands = dict(zip(levels, comparison.starts, strict=True))
    summary, counts = audited(scores, bands, benchmark.places)
    return summary, tuple(zip(levels, counts, strict=True))


def one_question(benchmark: Benchmark, comparison: Comparison) -> bool:
    """Whether a measure rests on one question: its figures would give back how many chose which answer."""
    found = (
        m.scorecard.score(comparison.measure, *comparison.group) for m in benchmark.members if m.scorecard
    )
    return max((score.applicable for score in found if score), default=0) == 1


def own_standings(standings: tuple[Standing, ...], own: str | None, summary: Summary) -> tuple[Standing, ...]:
    """Of the standings only the reader's."""
    return tuple(own_standing(s, summary) for s in standings if s.organisation == own)


def own_standing(standing: Standing, summary: Summary) -> Standing:
    """Score and level, and the position among the quartiles as they are printed. No rank, nor how many lie lower and
    higher: two readers could count who lies between them."""
    return closed(standing, position=place_as_printed(standing, summary))


def place_as_printed(standing: Standing, summary: Summary) -> Position | None:
    """The position among the quartiles as they are printed, which tells nothing that they do not."""
    return None if standing.published is None else position(standing.published, summary)


def _change(change: Change | None, places: int, own: str | None) -> Change | None:
    if change is None:
        return None
    up, level, down = partition([n or 0 for n in (change.up, change.no_clear_change, change.down)])
    median = change.median_difference
    told = median is not None and enough(change.n, LEAST_FOR_MEDIAN)
    return closed(
        change,
        median_difference=coarse(median, places) if told and median is not None else None,
        up=up,
        no_clear_change=level,
        down=down,
        differences=own_differences(change.differences, own),
    )


def own_differences(differences: tuple[Difference, ...], own: str | None) -> tuple[Difference, ...]:
    """Of the differences between two periods only the reader's."""
    return tuple(closed(d) for d in differences if d.organisation == own)
