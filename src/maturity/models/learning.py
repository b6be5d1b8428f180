"""Who could learn from whom, and what councils want to do together."""

from __future__ import annotations

from dataclasses import dataclass

from maturity.models.scorecard import Group
from maturity.models.text import Text


@dataclass(frozen=True, slots=True)
class Teacher:
    """An organisation that is strong where another has a gap.

    `difference` is in published scores; `distance` is how unlike the two are, 0 for alike; `answers` are those it
    gave to the theme's questions, of which `evidenced` have evidence.
    """

    organisation: str
    published: float
    difference: float
    distance: float
    answers: int
    evidenced: int


@dataclass(frozen=True, slots=True)
class Near:
    """How many of a group are strong."""

    of: int
    strong: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """A gap of an organisation, and who is strong there: by name, the three most alike of `strong`, or only counted.

    Where all are named `region` and `everywhere` count the others, and `level` is None. Where others are not, they count
    those at `level` or higher, of all that are scored, the organisation too; each is None where it could tell of one.
    """

    measure: str
    group: Group
    name: Text
    own: float
    strong: int | None
    teachers: tuple[Teacher, ...]
    region: Near | None
    everywhere: Near | None
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two organisations that could help each other: `gives` are the themes in which `one` is strong and `other` has a gap, `takes`
    the reverse; each a measure with its group."""

    one: str
    other: str
    gives: tuple[tuple[str, Group], ...]
    takes: tuple[tuple[str, Group], ...]
    distance: float


@dataclass(frozen=True, slots=True)
class Learning:
    """What one organisation could learn, and with whom it could exchange; no pairs where others are not `named`."""

    organisation: str
    named: bool
    lessons: tuple[Lesson, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Buyers:
    """Organisations of one region, or of much the same size, that want the same, with the populations of the smallest and the largest; neither these nor `who` are told where nobody is named."""

    by: str
    name: Text | None
    n: int
    who: tuple[str, ...]
    smallest: int | None
    largest: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that could be done together: `count` of the `answered` want it; `option` is None where several
    options of the question say so."""

    question: str
    option: str | None
    dimension: str
    text: Text
    count: int
    answered: int
    who: tuple[str, ...]
    by_region: tuple[Buyers, ...]
    by_size: tuple[Buyers, ...]


@dataclass(frozen=True, slots=True)
class SharedStep:
    """A recommendation that is the next step of several: `count` of the `scored` are at `level` in this theme."""

    measure: str
    group: Group
    level: str
    do: Text
    count: int
    scored: int
    who: tuple[str, ...]
    by_region: tuple[Buyers, ...]
    by_size: tuple[Buyers, ...]
