"""What a person asks for as peers, made into groups of the register's organisations (docs/statistics.md).

``region``, ``population``, ``rurality`` or another attribute makes a group of each value, or of each band of a number;
``nearest:5`` or ``nearest:5:population,rurality`` the organisations most like the council; ``cities=Cardiff,Swansea`` or a
file with a name a line is a list; ``all`` is everybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from maturity.benchmark.neighbours import distances, nearest
from maturity.benchmark.peer_names import attribute_text, band_text, both
from maturity.benchmark.statistics import quantile
from maturity.locale.words import N_
from maturity.models.peers import GroupKind, Neighbour
from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem, Said
from maturity.models.register import Organisation, Register
from maturity.models.text import Text
from maturity.scoring.numbers import half_up
from maturity.sources.attributes import as_number
from maturity.sources.files import is_there, read_bytes
from maturity.sources.registers import unknown_council
from maturity.sources.yaml_reader import TOO_BIG, short
from maturity.sources.yaml_text import decode

UNKNOWN = Kind(
    "G200",
    "error",
    "There are no peers called '{asked}'.",
    "Choose from: {known}; or list councils, as in north=Conwy,Gwynedd; or name a file with a council a line.{hint}",
)
NOBODY = Kind(
    "G201",
    "error",
    "'{asked}' does not say whose neighbours.",
    "Name the council with --for, as in --for Cardiff.",
)
NOT_SO_MANY = Kind(
    "G202",
    "error",
    "'{found}' is no number of neighbours.",
    "Write a whole number from 1 to {most}, as in nearest:5: {of} others can be told near or far.",
)
NO_ATTRIBUTE = Kind(
    "G203", "error", "The register has no attribute '{attribute}'.", "Choose from: {known}.{hint}"
)
NOT_KNOWN = Kind(
    "G204",
    "error",
    "The register does not say the {attribute} of {council}.",
    "Add it to the register, or ask for neighbours on others of: {known}.",
)
NO_LIMITS = Kind(
    "G205",
    "error",
    "'{found}' are no limits between groups.",
    "Write numbers that rise, with commas between them, as in population:100000,150000; what is words has none.",
)
NO_ONE_LISTED = Kind(
    "G206",
    "error",
    "The list '{asked}' names no council.",
    "Write names or codes: with commas, as in north=Conwy,Gwynedd, or in the file a line each.",
)
POPULATION_BANDS = (100_000.0, 150_000.0)
"""Residents: fixed, so that a council's group is the same in every year and beside every register."""
USUAL = ("population", "rurality")
"""What neighbours are near in where a person does not say, as far as the register has it."""
MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """A group before anything is counted: see PeerGroup."""

    asked: str
    kind: GroupKind
    name: Text
    members: tuple[str, ...]
    neighbours: tuple[Neighbour, ...] = ()
    unplaced: tuple[str, ...] = ()


def choose_peers(asked: Sequence[str], register: Register, council: str | None) -> tuple[Chosen, ...]:
    """The groups asked for, in that order, for the council of that code or none.

    Raises MaturityError with everything that is wrong with what was asked for, KeyError where the register has no such code.
    """
    chosen: list[Chosen] = []
    problems: list[Problem] = []
    own = register.by_code[council] if council else None
    for one in dict.fromkeys(asked):
        try:
            chosen += _chosen(one.strip(), register, own)
        except MaturityError as error:
            problems += error.problems
    if problems:
        raise MaturityError(*problems)
    return tuple(chosen)


def everybody(register: Register, asked: str = "all") -> Chosen:
    """All of the register."""
    return Chosen(asked, "everybody", register.called, tuple(register.by_code))


def _chosen(asked: str, register: Register, own: Organisation | None) -> list[Chosen]:
    head, _, rest = asked.partition(":")
    if "=" in asked:
        name, _, councils = asked.partition("=")
        return [_list(asked, name.strip(), [(c, Place("--peers")) for c in councils.split(",")], register)]
    if head == "nearest":
        return [_nearest(asked, rest, register, own)]
    if asked == "all":
        return [everybody(register)]
    if head in register.attribute_names:
        return _by_attribute(asked, head, rest, register)
    if asked and is_there(Path(asked)):
        return [_list(asked, Path(asked).stem, list(_lines(Path(asked))), register)]
    known = [*register.attribute_names, "all", "nearest:5"]
    raise _problem(UNKNOWN, asked=short(asked), known=", ".join(known), hint=_hint(head, known))


def _problem(kind: Kind, **details: object) -> MaturityError:
    return MaturityError(Problem(kind, Place("--peers"), details))


def _hint(found: str, known: Sequence[str]) -> Said:
    close = get_close_matches(found.casefold(), known, n=1)
    return Phrase(" Did you mean '{close}'?", close=close[0]) if close else ""


def _by_attribute(asked: str, name: str, limits: str, register: Register) -> list[Chosen]:
    """A group of each value in the order in which the register has them, or of each band of a number."""
    said = {one.code: one.attribute(name) for one in register.organisations}
    numbers = {code: value for code, value in said.items() if isinstance(value, float)}
    unplaced = tuple(code for code, value in said.items() if value is None)
    if numbers:
        groups = _bands(asked, name, limits, numbers)
    elif limits or ":" in asked:
        raise _problem(NO_LIMITS, found=short(limits))
    else:
        words = {value.to("en"): value for value in said.values() if isinstance(value, Text)}
        groups = [
            (
                attribute_text(name, value),
                [c for c, v in said.items() if isinstance(v, Text) and v.to("en") == key],
            )
            for key, value in words.items()
        ]
    return [Chosen(asked, "attribute", text, tuple(codes), (), unplaced) for text, codes in groups]


def _bands(asked: str, name: str, limits: str, numbers: Mapping[str, float]) -> list[tuple[Text, list[str]]]:
    """Half-open bands that somebody is in: those asked for, the population's own, or else thirds of the register."""
    if ":" in asked:
        found = [as_number(part.strip()) for part in limits.split(",")]
        edges = [edge for edge in found if edge is not None]
        if len(edges) < len(found) or sorted(set(edges)) != edges:
            raise _problem(NO_LIMITS, found=short(limits))
    elif name == "population":
        edges = list(POPULATION_BANDS)
    else:
        edges = sorted({half_up(quantile(list(numbers.values()), p), 2) for p in (1 / 3, 2 / 3)})
    groups = []
    for low, high in zip([None, *edges], [*edges, None], strict=True):
        codes = [c for c, v in numbers.items() if (low is None or v >= low) and (high is None or v < high)]
        if codes:
            groups.append((band_text(name, low, high), codes))
    return groups


def _nearest(asked: str, rest: str, register: Register, own: Organisation | None) -> Chosen:
    """The `k` organisations most like the council, ties kept, nearest first."""
    if own is None:
        raise _problem(NOBODY, asked=short(asked))
    wanted, _, listed = rest.partition(":")
    names = [part.strip() for part in listed.split(",")] if ":" in rest else []
    names = list(dict.fromkeys(names)) or [name for name in USUAL if name in register.attribute_names]
    known = ", ".join(register.attribute_names)
    unknown = [
        Problem(
            NO_ATTRIBUTE,
            Place("--peers"),
            {"attribute": short(n), "known": known, "hint": _hint(n, register.attribute_names)},
        )
        for n in names
        if n not in register.attribute_names
    ]
    if unknown:
        raise MaturityError(*unknown)
    for name in names:
        if own.attribute(name) is None:
            raise _problem(NOT_KNOWN, attribute=name, council=own.name, known=known)
    found = distances(register, own, names)
    if not wanted.isascii() or not wanted.isdigit() or not 1 <= int(wanted[:9]) <= len(found):
        raise _problem(NOT_SO_MANY, found=short(wanted), most=len(found), of=len(found))
    near = nearest(found, int(wanted))
    far = {one.organisation for one in found} | {own.code}
    text = both(N_("{n} nearest to {council}"), n=len(near), council=own.name)
    unplaced = tuple(code for code in register.by_code if code not in far)
    return Chosen(asked, "nearest", text, tuple(one.organisation for one in near), near, unplaced)


def _list(asked: str, name: str, councils: Sequence[tuple[str, Place]], register: Register) -> Chosen:
    """The councils that a person lists, in the register's order."""
    named = [(council.strip(), place) for council, place in councils if council.strip()]
    if not named or not name:
        raise _problem(NO_ONE_LISTED, asked=short(asked))
    found = [(council, place, register.find(council)) for council, place in named]
    problems = [
        unknown_council(short(council), register, place) for council, place, one in found if one is None
    ]
    if problems:
        raise MaturityError(*problems)
    codes = {one.code for _, _, one in found if one is not None}
    return Chosen(asked, "list", Text({"en": name}), tuple(c for c in register.by_code if c in codes))


def _lines(path: Path) -> Iterator[tuple[str, Place]]:
    """The lines of a list that say something; what follows a number sign is for people."""
    raw = read_bytes(path, at_most=MOST_BYTES)
    if len(raw) > MOST_BYTES:
        raise MaturityError(
            Problem(
                TOO_BIG, Place(str(path)), {"what": Phrase("over {limit}", limit="1 MB"), "limit": "1 MB"}
            )
        )
    text = decode(raw, str(path))
    if isinstance(text, Problem):
        raise MaturityError(text)
    for number, line in enumerate(text.splitlines(), 1):
        yield line.partition("#")[0], Place(str(path), number, 1)
