"""How problems name what there is to choose from: short, whatever a file holds."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

from maturity.models.problem import Phrase, Said
from maturity.sources.yaml_reader import short

MOST_LISTED = 30
NONE = Phrase("none is defined")


def listed(names: Iterable[object], empty: Said = NONE) -> Said:
    """The names with commas; of very many the first ones, and three dots."""
    first = [short(name, 120) for name in islice(names, MOST_LISTED + 1)]
    if len(first) > MOST_LISTED:
        first[-1] = "..."
    return ", ".join(first) or empty


def did_you_mean(word: str, known: Iterable[str]) -> Said:
    """ " Did you mean 'x'?", or nothing where nothing is near."""
    close = get_close_matches(word[:120], list(islice(known, 1000)), n=1)
    return Phrase(" Did you mean '{close}'?", close=close[0]) if close else ""
