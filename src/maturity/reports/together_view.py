"""What councils want to do together, the steps that are next for many, and who could help whom; ready to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maturity.models.learning import Buyers, Pair, SharedStep, Wanted
from maturity.models.register import sort_key
from maturity.models.scorecard import Group
from maturity.reports.benchmark_view import BenchmarkView
from maturity.reports.tables import Cell, Table

MOST_WANTED = 8
MOST_STEPS = 6
MOST_PAIRS = 12


@dataclass(frozen=True, slots=True)
class Wish:
    """Something that `count` of `of` want, that many percent of them; `who` by name, `together` those near each other."""

    text: str
    count: int
    of: int
    share: float
    who: str
    together: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TogetherPart:
    """What stands first of each, and tables of all; a table is None where there is nothing in it."""

    wishes: tuple[Wish, ...]
    wanted: Table | None
    steps: Table | None
    pairs: Table | None


def together_part(view: BenchmarkView) -> TogetherPart | None:
    """None where nobody asked for it."""
    b = view.benchmark
    if not (b.wanted or b.shared_steps or b.pairs):
        return None
    wishes = tuple(_wish(view, one) for one in b.wanted[:MOST_WANTED])
    return TogetherPart(wishes, _wanted(view), _steps(view), _pairs(view))


def _wish(view: BenchmarkView, one: Wanted) -> Wish:
    share = round(100 * one.count / one.answered, 2)
    groups = tuple(buyers_said(view, group) for group in (*one.by_region, *one.by_size))
    text = view.to(one.text).rstrip(".")
    return Wish(text, one.count, one.answered, share, _names(view, one.who), groups)


def buyers_said(view: BenchmarkView, group: Buyers) -> str:
    """Those of one region, or of much the same size, that want the same."""
    w = view.say.words
    if group.name is not None:
        head = w("{region}, {n}", region=view.to(group.name), n=group.n)
    else:
        head = w(
            "of {smallest} to {largest} residents, {n}",
            smallest=f"{group.smallest:,}",
            largest=f"{group.largest:,}",
            n=group.n,
        )
    who = _names(view, group.who)
    return f"{head}: {who}" if who else head


def _names(view: BenchmarkView, codes: Sequence[str]) -> str:
    names = sorted((view.named(code) for code in codes), key=lambda n: sort_key(n, view.say.language))
    return ", ".join(names)


def theme_name(view: BenchmarkView, measure: str, group: Group) -> str:
    """A theme with its dimension."""
    comparison = next(c for c in view.benchmark.comparisons if (c.measure, c.group) == (measure, group))
    return view.say.full_name(comparison)


def _wanted(view: BenchmarkView) -> Table | None:
    _, found = view.say.words, view.benchmark.wanted
    if not found:
        return None
    rows = [
        (
            Cell(view.to(one.text)),
            Cell(view.say.dimension(one.dimension)),
            Cell(str(one.count), one.count),
            Cell(str(one.answered), one.answered),
            *((Cell(_names(view, one.who)),) if view.benchmark.named else ()),
        )
        for one in found
    ]
    headings = [
        _("What"),
        _("Dimension"),
        _("Want it"),
        _("n"),
        *([_("Who")] if view.benchmark.named else []),
    ]
    return view.table("wanted", _("What councils want together"), headings, rows)


def _steps(view: BenchmarkView) -> Table | None:
    _, found = view.say.words, view.benchmark.shared_steps
    if not found:
        return None
    shown: Sequence[SharedStep] = found[:MOST_STEPS]
    rows = [
        (
            Cell(view.to(one.do)),
            Cell(theme_name(view, one.measure, one.group)),
            Cell(str(one.count), one.count),
            Cell(str(one.scored), one.scored),
            *((Cell(_names(view, one.who)),) if view.benchmark.named else ()),
        )
        for one in shown
    ]
    headings = [
        _("Next step"),
        _("Theme"),
        _("Next for"),
        _("n"),
        *([_("Who")] if view.benchmark.named else []),
    ]
    caption = _("The same next step for many: {n} of {of}", n=len(rows), of=len(found))
    return view.table("steps", caption, headings, rows)


def _pairs(view: BenchmarkView) -> Table | None:
    _, found = view.say.words, view.benchmark.pairs
    if not found:
        return None
    rows = [pair_cells(view, pair) for pair in found[:MOST_PAIRS]]
    headings = [_("Council"), _("It could help with"), _("Other council"), _("It could help with")]
    caption = _("Pairs that could help each other both ways: {n} of {of}", n=len(rows), of=len(found))
    return view.table("pairs", caption, headings, rows)


def pair_cells(view: BenchmarkView, pair: Pair) -> tuple[Cell, ...]:
    gives = "; ".join(theme_name(view, *key) for key in pair.gives)
    takes = "; ".join(theme_name(view, *key) for key in pair.takes)
    return Cell(view.named(pair.one)), Cell(gives), Cell(view.named(pair.other)), Cell(takes)
