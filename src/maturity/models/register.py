"""The organisations that can be compared, and finding one by whatever name it was given."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache

from maturity.models.text import Language, Text


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation of a register.

    `tile` is its column and row on the register's tile map, `short` the few letters that stand there.
    """

    code: str
    name: Text
    title: Text
    short: Text
    region: Text
    population: int
    tile: tuple[int, int]
    aliases: tuple[str, ...] = ()

    @property
    def attributes(self) -> dict[str, object]:
        """What conditions can look at."""
        return {"code": self.code, "region": self.region.to("en"), "population": self.population}

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything it may be called."""
        names = [*self.name.root.values(), *self.title.root.values(), *self.aliases, self.code]
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class Register:
    """A list of organisations in the order of its file."""

    id: str
    organisations: tuple[Organisation, ...]

    @cached_property
    def _by_spelling(self) -> dict[str, Organisation]:
        return {fold(s): o for o in self.organisations for s in o.spellings}

    @cached_property
    def by_code(self) -> dict[str, Organisation]:
        return {o.code: o for o in self.organisations}

    def find(self, name: str) -> Organisation | None:
        """The organisation of that name, full title, alias or code, in any case, with or without accents."""
        return self._by_spelling.get(fold(name))

    def suggest(self, name: str, language: Language = "en") -> tuple[str, ...]:
        """Up to three names that were perhaps meant, nearest first."""
        close = get_close_matches(fold(name), self._by_spelling, n=6, cutoff=0.6)
        return tuple(dict.fromkeys(self._by_spelling[c].name.to(language) for c in close))[:3]


@lru_cache(maxsize=512)
def fold(name: str) -> str:
    """A name without case, accents, punctuation, double spaces or a leading article.

    >>> fold("  The VALE of Glamorgan ") == fold("Vale of Glamorgan")
    True
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    words = letters.split()
    if len(words) > 1 and words[0] in ("the", "y", "yr"):
        words = words[1:]
    return " ".join(words)


def slug(name: str) -> str:
    """A name as a file's: 'Ynys Môn' → 'ynys-mon'."""
    return fold(name).replace(" ", "-")


_WELSH_LETTERS = [
    "a",
    "b",
    "c",
    "ch",
    "d",
    "dd",
    "e",
    "f",
    "ff",
    "g",
    "ng",
    "h",
    "i",
    "j",
    "k",
    "l",
    "ll",
    "m",
    "n",
    "o",
    "p",
    "ph",
    "q",
    "r",
    "rh",
    "s",
    "t",
    "th",
    "u",
    "v",
    "w",
    "x",
    "y",
    "z",
]
_WELSH_ORDER = {letter: position for position, letter in enumerate(_WELSH_LETTERS)}
# Compounds in which these two letters are not the digraph: Ban-gor, Llan-gollen.
_NOT_DIGRAPHS = ("bangor", "llangollen", "llangefni", "llangadog", "penygroes")


def sort_key(name: str, language: Language) -> tuple[object, ...]:
    """Sorts names by the alphabet of `language`; in Welsh ch, dd, ff, ng, ll, ph, rh and th are letters."""
    folded = fold(name)
    if language != "cy":
        return (folded, name)
    keys: list[int] = []
    position = 0
    while position < len(folded):
        pair = folded[position : position + 2]
        if pair in _WELSH_ORDER and not (pair == "ng" and folded.startswith(_NOT_DIGRAPHS)):
            keys.append(_WELSH_ORDER[pair])
            position += 2
        else:
            keys.append(_WELSH_ORDER.get(folded[position], -1))
            position += 1
    return (tuple(keys), name)
