"""The organisations that can be compared, and finding one by whatever name it was given."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property, lru_cache

from maturity.models.text import Language, Text


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation of a register.

    `tile` is its column and row on the register's map of tiles, `short` the few letters that stand there. `further` is what
    the register says of it besides, by the attribute's name: words or a number. What the register does not say is missing here.
    """

    code: str
    name: Text
    title: Text
    short: Text
    region: Text
    population: int
    tile: tuple[int, int]
    aliases: tuple[str, ...] = ()
    further: Mapping[str, Text | float] = field(default_factory=dict)

    @property
    def attributes(self) -> dict[str, object]:
        """What conditions can look at; words are the English ones."""
        further = {name: v.to("en") if isinstance(v, Text) else v for name, v in self.further.items()}
        return {"code": self.code, "region": self.region.to("en"), "population": self.population, **further}

    def attribute(self, name: str) -> Text | float | None:
        """The region, the population, or what else the register says of it; None where it does not say."""
        return {"region": self.region, "population": float(self.population), **self.further}.get(name)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything it may be called."""
        names = [*self.name.root.values(), *self.title.root.values(), *self.aliases, self.code]
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class Register:
    """A list of organisations in the order of its file; `name` is what they are called together, as in "Wales"."""

    id: str
    organisations: tuple[Organisation, ...]
    name: Text | None = None

    @property
    def called(self) -> Text:
        """Its name, or else its id."""
        return self.name or Text({"en": self.id})

    @cached_property
    def attribute_names(self) -> tuple[str, ...]:
        """The attributes by which its organisations can be grouped: those that every register has come first."""
        further = (name for one in self.organisations for name in one.further)
        return tuple(dict.fromkeys(["region", "population", *further]))

    @cached_property
    def _looked_at(self) -> dict[str, dict[str, object]]:
        return {}

    def attributes_of(self, name: str) -> dict[str, object]:
        """What conditions can look at of the organisation of that name; nothing where there is none."""
        known = self._looked_at.get(name)
        if known is None:
            found = self.find(name)
            known = self._looked_at[name] = found.attributes if found else {}
        return known

    @cached_property
    def _by_spelling(self) -> dict[str, Organisation]:
        return {fold(s): o for o in self.organisations for s in o.spellings}

    @cached_property
    def by_code(self) -> dict[str, Organisation]:
        return {o.code: o for o in self.organisations}

    def find(self, name: str) -> Organisation | None:
        """The organisation of that name, full title, alias or code, in any case, with or without accents.

        Its names in both languages may stand beside a slash, as forms in both offer them.
        """
        known = self._by_spelling.get(fold(name))
        if known is None and name.count("/") == 1:
            one, other = (self._by_spelling.get(fold(half)) for half in name.split("/"))
            known = one if one is other else None
        return known

    def suggest(self, name: str) -> tuple[str, ...]:
        """Up to three names that were perhaps meant, nearest first, each in the language that is nearer to what was written.

        >>> from maturity.sources.registers import wales
        >>> wales().suggest("Abertawee"), wales().suggest("Swansee")
        (('Abertawe',), ('Swansea',))
        >>> wales().suggest("Môn"), wales().suggest("Glamorgan")
        (('Ynys Môn',), ('Vale of Glamorgan',))
        """
        written = fold(name)
        # Part of a longer name is what people call many a council; a word of many names, such as "council", is none.
        partly = [s for s in self._by_spelling if f" {written} " in f" {s} "]
        few = len({self._by_spelling[s].code for s in partly}) <= 3
        close = [*(partly if few else ()), *get_close_matches(written, self._by_spelling, n=6, cutoff=0.6)]
        return tuple(dict.fromkeys(_nearer(self._by_spelling[c], name) for c in close))[:3]


def _nearer(meant: Organisation, written: str) -> str:
    """Its name in the language in which its name or title is more like what was written; the first if both are."""

    def like(language: Language) -> float:
        spelt = (meant.name.to(language), meant.title.to(language))
        return max(SequenceMatcher(None, fold(written), fold(one)).ratio() for one in spelt)

    return meant.name.to(max(meant.name.root, key=like))


def joined(registers: Sequence[Register]) -> Register:
    """One register of the organisations of several, in their order."""
    if len(registers) == 1:
        return registers[0]
    everyone = tuple(o for register in registers for o in register.organisations)
    return Register("+".join(register.id for register in registers), everyone)


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
