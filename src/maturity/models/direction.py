"""Words that run from right to left, kept from turning the words beside them.

A name in Hebrew or Arabic inside an English sentence can carry numbers and punctuation beside it to its other end. What
Unicode calls an isolate keeps it to itself: the name stands between U+2068 and U+2069 (Unicode Standard Annex 9, 3.3.2).
"""

from __future__ import annotations

import re

ISOLATE, END = "\u2068", "\u2069"
_LEFTWARD = "\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_CONTROLS = "\u202a-\u202e\u2066-\u2069"
_TURNS = re.compile(f"[{_LEFTWARD}{_CONTROLS}]")
_RUNS = re.compile(f"[{_LEFTWARD}]")
_PIECE = re.compile(f"({ISOLATE}[^{_CONTROLS}]*{END})|[{_CONTROLS}]")


def isolated(text: str) -> str:
    """The text as a name in a sentence: without what turns others, between isolates where it runs to the left.

    >>> isolated("Gwynedd")
    'Gwynedd'
    """
    if text.isascii() or not _TURNS.search(text):
        return text
    quiet = without_controls(text)
    return f"{ISOLATE}{quiet}{END}" if _RUNS.search(quiet) else quiet


def without_controls(text: str) -> str:
    """The text without characters that turn or embed what follows; pieces that are isolated already stay so."""
    return _PIECE.sub(lambda found: found[1] or "", text)


def pieces(text: str) -> list[str]:
    """The text cut into what is isolated because it runs to the left (at odd places) and what stands between."""
    return re.split(f"({ISOLATE}(?=[^{END}]*[{_LEFTWARD}])[^{_CONTROLS}]*{END})", text)
