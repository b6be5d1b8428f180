"""What was asked for and is kept back where councils stay unnamed (docs/disclosure.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maturity.cli.errors import say

if TYPE_CHECKING:
    from maturity.locale.words import Words
    from maturity.models.disclosure import Mode

OWN = ("--series", "--evidence-above", "--draws", "--seed")
"""Options of which a reader sees what rests on its own answers alone."""


def tell_kept_back(asked: Sequence[str], mode: Mode, words: Words) -> None:
    """Says which of the options `asked` for show nothing, or only the reader's own, and why."""
    if mode == "named":
        return
    part = [option for option in asked if mode == "own" and option in OWN]
    nothing = [option for option in asked if option not in part]
    if nothing:
        told = words(
            "Kept back with --anonymise: {options}. Beside figures of all councils, such figures could give one away.",
            options=", ".join(nothing),
        )
        say(told)
    if part:
        told = words(
            "Kept back with --anonymise, except what is your own council's: {options}.",
            options=", ".join(part),
        )
        say(told)
