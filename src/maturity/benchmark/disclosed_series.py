"""What a reader may see of other periods where others stay unnamed: itself (docs/disclosure.md).

Its own scores, levels, answers, changes and their parts rest on its own answers and the rubrics alone. Whatever counts
others, or puts a number to all together, is left out: between periods and over breaks the same councils are counted anew, some
less and some more.
"""

from __future__ import annotations

from maturity.benchmark.closed import closed
from maturity.benchmark.disclosed_own import closed_rows
from maturity.models.series import (
    Break,
    Line,
    Move,
    Point,
    Series,
    SeriesPeriod,
    SplitChange,
    Transition,
)
from maturity.models.summary import Change, Summary


def own_series(series: Series | None, own: str | None) -> Series | None:
    """The reader's own way through all periods; nothing where there is no reader."""
    if series is None or own is None:
        return None
    return closed(
        series,
        periods=tuple(own_period(period, own) for period in series.periods),
        transitions=tuple(own_transition(transition, own) for transition in series.transitions),
        lines=tuple(_line(line, own) for line in series.lines),
        answers=closed_rows(series.answers, own),
    )


def own_period(period: SeriesPeriod, own: str) -> SeriesPeriod:
    """Of those who submitted only the reader: who did, and how many, of two periods would tell who joined."""
    return closed(period, submitted=own_codes(period.submitted, own))


def own_codes(codes: tuple[str, ...], own: str) -> tuple[str, ...]:
    """Of organisations' codes only the reader's."""
    return tuple(code for code in codes if code == own)


def own_transition(transition: Transition, own: str) -> Transition:
    """Whether the reader itself joined or left, and by what versions the series breaks."""
    return closed(
        transition,
        entered=own_codes(transition.entered, own),
        left=own_codes(transition.left, own),
        series_break=_break(transition.series_break),
    )


def _break(found: Break | None) -> Break | None:
    """Without for how many something could not be carried over: these can be single ones."""
    return None if found is None else closed(found, not_carried=())


def _line(line: Line, own: str) -> Line:
    return closed(
        line,
        points=tuple(point and own_point(point, own) for point in line.points),
        moves=tuple(move and own_move(move, own) for move in line.moves),
    )


def own_point(point: Point, own: str) -> Point:
    """The reader's score; `n` counts nobody else, and there are neither medians nor levels."""
    scores = closed_rows(point.scores, own)
    return closed(point, summary=Summary(len(scores), None, None, None), levels=(), scores=scores)


def own_move(move: Move, own: str) -> Move:
    """The reader's change, or its parts."""
    return closed(
        move,
        change=move.change and _change(move.change, own),
        split=move.split and _split(move.split, own),
        spread=None,
        entered=own_codes(move.entered, own),
        left=own_codes(move.left, own),
    )


def _change(change: Change, own: str) -> Change:
    mine = closed_rows(change.differences, own)
    return closed(
        change,
        n=len(mine),
        median_difference=None,
        up=None,
        no_clear_change=None,
        down=None,
        differences=mine,
    )


def _split(split: SplitChange, own: str) -> SplitChange:
    mine = closed_rows(split.splits, own)
    return closed(
        split,
        n=len(mine),
        median_total=None,
        median_council=None,
        median_rubric=None,
        up=None,
        down=None,
        no_clear_change=None,
        splits=mine,
    )
