"""Dates as people read them."""

from __future__ import annotations

import datetime as dt

from maturity.locale.words import N_, Words

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
    month = words(MONTHS[day.month - 1])
    return words("{day} {month} {year}", day=day.day, month=month, year=day.year)
