"""For whom a benchmark was made, and what that lets it show (docs/disclosure.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["named", "own", "public"]

SUPPRESSED = "[c]"
"""What prints where a figure is kept back so that nobody can be told apart."""
NOT_SCORED = "[x]"
NOT_APPLICABLE = "[z]"
"""These three are the shorthand of the Government Analysis Function, "Symbols in tables: definitions and help"."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Who may read a benchmark: ``named`` shows every organisation, ``own`` one (by its code) and what is told of all together, ``public`` only the latter.

    `submitted` and `members` count organisations, of which an unnamed benchmark lists none but `own`. `places` are the
    decimals of medians and quartiles, negative where they are rounded to tens or more; None where they are not rounded.
    """

    mode: Mode
    own: str | None
    submitted: int
    members: int
    places: int | None
