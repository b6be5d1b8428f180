"""A problem found in somebody's file: data, collected over all files, rendered last."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, Self, cast

Severity = Literal["error", "warning"]
Translate = Callable[[str], str]


def untranslated(words: str) -> str:
    """The English words themselves."""
    return words


@dataclass(frozen=True, slots=True, init=False)
class Phrase:
    """English words for a place of a message that are translated with it: ``Phrase("over {limit}", limit="8 MB")``.

    As a string it is the English.
    """

    words: str
    places: Mapping[str, object]

    def __init__(self, words: str, /, **places: object) -> None:
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "places", places)

    def said(self, translate: Translate) -> str:
        """The words in another language, with those that stand in its own places."""
        return told(self.words, self.places, translate)

    def __str__(self) -> str:
        return self.said(untranslated)


Said = str | Phrase
"""What stands in a place of a message: found in a file and the same in every language, or the program's own words."""


def quoted(words: str) -> str:
    """What another program says, in whichever language it does: marked as its words, not ours.

    >>> quoted("Footer length error.")
    '“Footer length error”'
    """
    return f"“{words.strip().rstrip('.')}”"


class Sayable(Protocol):
    """What has words of its own in each language."""

    def said(self, translate: Translate) -> str: ...


def filled(wording: str, places: Mapping[str, object], translate: Translate = untranslated) -> str:
    """A wording with its places filled, by words of the same language where they have any."""
    return wording.format_map({name: in_language(value, translate) for name, value in places.items()})


def told(wording: str, places: Mapping[str, object], translate: Translate) -> str:
    """A wording translated and filled; where `translate` says it in two languages, whole in the one and in the other."""
    apart = getattr(translate, "apart", None)
    if apart is not None:
        return str(apart(lambda one: filled(one(wording), places, one)))
    return filled(translate(wording), places, translate)


def in_language(value: object, translate: Translate) -> object:
    """A place's value in the language that is translated to; what has no language stays as it is."""
    return cast("Sayable", value).said(translate) if hasattr(value, "said") else value


def either(names: Sequence[object]) -> object:
    """The names with "or" between them."""
    first, *others = names
    for other in others:
        first = Phrase("{first} or {other}", first=first, other=other)
    return first


def both(names: Sequence[object]) -> object:
    """The names with "and" between them."""
    first, *others = names
    for other in others:
        first = Phrase("{first} and {other}", first=first, other=other)
    return first


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of problem: its stable code, what it says, and what to do about it.

    `wording` and `remedy` are English, with ``{name}`` places for a problem's details; they are the keys under
    which the Welsh stands in the catalogue.
    """

    code: str
    severity: Severity
    wording: str
    remedy: str

    def __new__(cls, code: str, severity: Severity, wording: str, remedy: str) -> Self:
        # Not super(): with slots, a dataclass is made anew, and super() would still mean the first.
        return cast("Self", _KINDS.setdefault((code, severity, wording, remedy), object.__new__(cls)))

    def __reduce__(self) -> tuple[type[Kind], tuple[str, Severity, str, str]]:
        return Kind, (self.code, self.severity, self.wording, self.remedy)


_KINDS: dict[tuple[str, str, str, str], Kind] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: line and column count from 1; workbooks have sheet and cell instead."""

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        if self.sheet is not None:
            return f"{self.file}[{self.sheet}]" + (f"!{self.cell}" if self.cell else "")
        numbers = [str(n) for n in (self.line, self.column) if n is not None]
        return ":".join([self.file, *numbers])

    @property
    def order(self) -> tuple[str, int, int, str, int, int, str]:
        """As one goes through the file; cells row by row, B9 before B10 before AA10."""
        cell = self.cell or ""
        row = "".join(character for character in cell if character.isdecimal())
        return (self.file, self.line or 0, self.column or 0, self.sheet or "", int(row or 0), len(cell), cell)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding, at one place."""

    kind: Kind
    place: Place
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def order(self) -> tuple[object, ...]:
        return (*self.place.order, self.kind.code, self.message())

    def message(self, translate: Translate = untranslated) -> str:
        """What is wrong, in a sentence."""
        return told(self.kind.wording, self.details, translate)

    def remedy(self, translate: Translate = untranslated) -> str:
        """What to do about it."""
        return told(self.kind.remedy, self.details, translate)

    def as_phrase(self) -> Phrase:
        """What is wrong, to stand in a place of another message."""
        return Phrase(self.kind.wording, **self.details)


class MaturityError(Exception):
    """Base of every error that this package raises on purpose; carries the problems it met."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.place}: {p.message()}" for p in problems))
