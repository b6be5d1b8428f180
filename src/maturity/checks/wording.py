"""How problems name what there is to choose from: short, whatever a file holds."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

from maturity.sources.yaml_reader import short

MOST_LISTED = 30


def listed(names: Iterable[object], empty: str = "none is defined") -> str:
    """The names with commas; of very many the first ones, and three dots."""
    first = [short(name, 120) for name in islice(names, MOST_LISTED + 1)]
    if len(first) > MOST_LISTED:
        first[-1] = "..."
    return ", ".join(first) or empty


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """ " Did you mean 'x'?", or nothing where nothing is near."""
    close = get_close_matches(word[:120], list(islice(known, 1000)), n=1)
    return f" Did you mean '{close[0]}'?" if close else ""
