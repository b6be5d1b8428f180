"""Times and periods as the cells of a table have them."""

from __future__ import annotations

import datetime as dt

from pydantic import TypeAdapter, ValidationError

from maturity.intake.matching import Cell, plain
from maturity.models.assessment import Period
from maturity.models.problem import Phrase, Said

PERIODS: TypeAdapter[str] = TypeAdapter(Period)


def moment_of(cell: Cell) -> dt.datetime | None:
    """A time as a spreadsheet or ISO 8601 has it; any other could be read with day and month swapped."""
    if isinstance(cell, dt.datetime):
        return cell
    try:
        return dt.datetime.fromisoformat(plain(cell)) if isinstance(cell, str) else None
    except ValueError:
        return None


def period_hint(value: Cell) -> Said:
    """What a period was that a spreadsheet program took for a date, or that was written otherwise."""
    if isinstance(value, dt.datetime | dt.date):
        return Phrase(" Was it {period}?", period=f"{value.year}-{value.month:02}")
    text = plain(value)
    tried = [text.removesuffix(".0"), text.replace("/", "-"), text.replace(" ", "-").upper()]
    for one in tried:
        try:
            return Phrase(" Was it {period}?", period=PERIODS.validate_python(one))
        except ValidationError:
            continue
    return ""
