"""Dates and times as people read them; files and what programs read have them as in 2026-03-01."""

from __future__ import annotations

import datetime as dt

from maturity.locale.words import N_, Words
from maturity.models.problem import Phrase

MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def day_said(day: dt.date, words: Words) -> str:
    """A day with its month in words.

    >>> day_said(dt.date(2026, 3, 1), Words("cy"))
    '1 Mawrth 2026'
    """
    return day_named(day).said(words)


def day_named(day: dt.date) -> Phrase:
    """The same to stand in a place of a message, whichever language that will be in."""
    return Phrase("{day} {month} {year}", day=day.day, month=Phrase(MONTHS[day.month - 1]), year=day.year)


def time_named(moment: dt.datetime) -> Phrase:
    """Day and time by the reader's own clock, to stand in a place of a message; a moment without a zone is UTC's.

    >>> str(time_named(dt.datetime(2026, 3, 1, 9, 5).astimezone()))
    '1 March 2026 at 09:05'
    """
    here = by_the_clock(moment)
    return Phrase("{day} at {time}", day=day_named(here), time=f"{here:%H:%M}")


def by_the_clock(moment: dt.datetime) -> dt.datetime:
    """A moment as the clocks here tell it; one without a zone is UTC's, as in the files."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    try:
        return aware.astimezone()
    except (OverflowError, OSError, ValueError):  # at the ends of the calendar, and on Windows before 1970
        return aware
