"""Where marks stand in a figure: pure functions from numbers to positions.

Horizontal positions are percentages of the figure's width, so that a figure fits any screen while its text and
marks keep their size; vertical ones are pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import floor, log10
from unicodedata import category, east_asian_width

from maturity.models.benchmark import Comparison
from maturity.models.register import Organisation
from maturity.models.scorecard import Group
from maturity.scoring.numbers import settle
from maturity.scoring.plan import Plan, PlannedMeasure
from maturity.scoring.reduce import OPERATORS

DOT_GAP = 2.9
"""Percent of the width that two dots beside each other need on the narrowest screen (8 of 280 pixels)."""
DIAMOND_GAP = 4.6
"""The same for a dot beside the diamond (13 of 280 pixels)."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from `low` to `high`, the same for every row of a figure."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Percent from the left; values outside stand at the edge."""
        share = (value - self.low) / (self.high - self.low)
        return round(100 * min(1.0, max(0.0, share)), 2)


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark at `x` percent, `lane` rows above (+) or below (-) the middle."""

    x: float
    lane: int
    organisation: str


SHORT = 4.5
"""How many letters' widths a tile has for its short name in letters of the usual size, and below in small ones."""
SHORT_SMALL = 5.0


@dataclass(frozen=True, slots=True)
class Tile:
    """One organisation on the tile map: left edge and width in percent, row from 0."""

    organisation: Organisation
    x: float
    middle: float
    width: float
    row: int


def short_name(text: str) -> tuple[str, bool]:
    """What fits on a tile of 40 pixels, and whether in small letters only; what is cut ends in an ellipsis.

    >>> short_name("CDF"), short_name("Llanfair")
    (('CDF', False), ('Llan…', True))
    """
    widths = [_letter_width(letter) for letter in text]
    if sum(widths) <= SHORT_SMALL:
        return text, sum(widths) > SHORT
    kept = next(n for n in range(len(text), -1, -1) if sum(widths[:n]) <= SHORT_SMALL - 1)
    return text[:kept] + "…", True


def _letter_width(letter: str) -> float:
    """In widths of a usual letter: nothing for what stands on or joins others."""
    if category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    return 2.0 if east_asian_width(letter) in "WF" else 1.5 if letter in "MWmw@%" else 1.0


def bounds(plan: Plan) -> dict[tuple[str, Group], tuple[float, float]]:
    """The least and the most that every group of every measure can be, as if each item were answered."""
    known: dict[tuple[str, str], tuple[float, float]] = {
        ("items", item.id): (item.least, item.most) for item in plan.items
    }
    found: dict[tuple[str, Group], tuple[float, float]] = {}
    for measure in plan.measures:
        for group in measure.groups:
            ends = [known[measure.of, source] for source, _ in group.inputs]
            low, high = _ends(measure, ends, [weight for _, weight in group.inputs])
            known[measure.name, group.name] = found[measure.name, group.group] = (settle(low), settle(high))
    return found


def _ends(
    measure: PlannedMeasure, ends: Sequence[tuple[float, float]], weights: Sequence[float]
) -> tuple[float, float]:
    lows, highs = [low for low, _ in ends], [high for _, high in ends]
    if measure.reduce == "ladder" and measure.ladder is not None:
        return 0.0, float(len(measure.ladder.steps))
    if measure.reduce in ("share", "distribution"):
        return 0.0, 1.0
    if measure.reduce == "range":
        return 0.0, max(highs) - min(lows)
    reduce = OPERATORS[measure.reduce]
    return reduce(measure, lows, weights) or 0.0, reduce(measure, highs, weights) or 0.0


def axis_for(plan: Plan, comparisons: Iterable[Comparison], only: str | None = None) -> Axis:
    """One axis on which everything that these comparisons could show has room.

    Its ends come from the rubric; a score beyond them widens it, of `only` one organisation where others stay unnamed.
    """
    limits = bounds(plan)
    chosen = list(comparisons)
    ends = [limits[c.measure, c.group] for c in chosen]
    scores = [
        s.published
        for c in chosen
        for s in c.standings
        if s.published is not None and only in (None, s.organisation)
    ]
    low = min([end[0] for end in ends] + scores, default=0.0)
    high = max([end[1] for end in ends] + scores, default=1.0)
    if high <= low:
        high = low + 1
    return Axis(low, high, ticks(low, high))


def ticks(low: float, high: float) -> tuple[float, ...]:
    """Round numbers from `low` to `high`, at most seven.

    >>> ticks(0, 4)
    (0.0, 1.0, 2.0, 3.0, 4.0)
    """
    raw = (high - low) / 5
    power = 10.0 ** floor(log10(raw))
    step = next(s * power for s in (1, 2, 2.5, 5, 10) if s * power >= raw * (1 - 1e-9))
    first = -floor(-low / step + 1e-9)
    last = floor(high / step + 1e-9)
    return tuple(settle(n * step) for n in range(first, last + 1))


def swarm(axis: Axis, scores: Sequence[tuple[str, float]], diamond: float | None = None) -> tuple[Dot, ...]:
    """Dots for (organisation, score), moved up and down so that none hides another or a diamond at that score."""
    own = None if diamond is None else axis.at(diamond)
    last: dict[int, float] = {}
    dots = []
    for organisation, score in sorted(scores, key=lambda pair: (pair[1], pair[0])):
        x = axis.at(score)
        start = 2 if own is not None and abs(x - own) < DIAMOND_GAP else 0
        lane = next(lane for lane in _lanes(start) if x - last.get(lane, -100.0) >= DOT_GAP)
        last[lane] = x
        dots.append(Dot(x, lane, organisation))
    return tuple(dots)


def depth(swarms: Iterable[Sequence[Dot]]) -> int:
    """How many lanes the fullest of several rows needs on each side of its middle."""
    return max((abs(dot.lane) for dots in swarms for dot in dots), default=0)


def tiles(organisations: Sequence[Organisation]) -> tuple[Tile, ...]:
    """The register's own map of equal tiles."""
    left = min((o.tile[0] for o in organisations), default=0)
    top = min((o.tile[1] for o in organisations), default=0)
    columns = max((o.tile[0] for o in organisations), default=0) - left + 1
    width = 100 / columns
    return tuple(
        Tile(o, round(column * width, 3), round((column + 0.5) * width, 3), round(width, 3), o.tile[1] - top)
        for o in organisations
        for column in (o.tile[0] - left,)
    )


def _lanes(start: int) -> Iterator[int]:
    """The lanes from `start` outwards: 0, 1, -1, 2, -2 and on."""
    for lane in count(start):
        yield lane
        if lane:
            yield -lane
