"""Which period is compared with which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from maturity.cli.errors import say
from maturity.models.problem import Kind, MaturityError, Place, Problem

if TYPE_CHECKING:
    from maturity.intake.collect import Collected
    from maturity.locale.words import Words
    from maturity.models.assessment import Assessment
    from maturity.models.scorecard import Scorecard
    from maturity.scoring.score import Scorer

    Period = Mapping[str, tuple[Assessment, Scorecard]]

SAME_PERIOD = Kind(
    "G024",
    "error",
    "The answers under --previous are of {period} too: there is no change to show.",
    "Name answers of another period under --previous, or leave it out.",
)
NOTHING_BEFORE = Kind(
    "G025",
    "error",
    "There are no sound answers under --previous.",
    "Name the files or the folder of an earlier period, or leave --previous out.",
)


def choose(scorer: Scorer, answers: Sequence[list[Collected]], words: Words) -> tuple[Period, Period | None]:
    """The newest period of the first answers, and that which it is compared with: the newest of the second, where
    there are any, else the one before. Says which files of other periods are left aside. Raises MaturityError."""
    from maturity.intake.scored import by_period, score_all

    found = [by_period(score_all(scorer, one)) for one in answers]
    *older, newest = found[0]
    if len(found) == 1:
        before = older.pop() if older else None
        if before:
            say(words("{newest} is compared with {before}.", newest=newest, before=before))
        _left_aside(found[0], older, words)
        return found[0][newest], found[0][before] if before else None
    if not found[1]:
        raise MaturityError(Problem(NOTHING_BEFORE, Place("--previous")))
    *others, before = found[1]
    if before == newest:
        raise MaturityError(Problem(SAME_PERIOD, Place("--previous"), {"period": newest}))
    _left_aside(found[0], older, words)
    _left_aside(found[1], others, words)
    if before > newest:
        say(words("{before}, under --previous, is later than {newest}.", before=before, newest=newest))
    return found[0][newest], found[1][before]


def _left_aside(found: Mapping[str, Period], periods: Sequence[str], words: Words) -> None:
    for period in periods:
        say(
            words.count(
                "Left aside: {n} file of {period}.",
                "Left aside: {n} files of {period}.",
                len(found[period]),
                period=period,
            )
        )
