"""A file with errors in its keys and values, mended so far that the rules can look at all else in it.

What is wrong is left out where it may be, and filled in with something harmless where it may not. Each such place is a
hole: nothing that is found there, or that hangs on what should stand there, may be told (``checks.founded``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from maturity.models.problem import Place
from maturity.sources.branches import follow, keys_below
from maturity.sources.load import Loaded, format_of
from maturity.sources.mending import Mending, at, entry_of, has_too_many
from maturity.sources.yaml_reader import Document, Loc

Lost = Literal["words", "value", "name"]
"""What is not known where a hole is: a text, a value, or what something is called (and all else of it)."""

WORDS = (
    "text",
    "help",
    "evidence",
    "title",
    "name",
    "description",
    "why",
    "because",
    "do",
    "who",
    "builds_on",
    "summary",
    "notes",
    "note",
    "reason",
    "unit",
    "for_dimension",
)
"""Keys under which stand texts for people, on which nothing else hangs."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A place where what is meant is not known: the entry that it is in, the names by which others know that, and which
    of the file's top keys it is, or may be, about."""

    loc: Loc
    entry: Loc
    lost: Lost
    names: frozenset[str]
    sections: frozenset[str]


@dataclass
class MendedDocument(Document):
    """A document whose data is mended: what was filled in stands nowhere, and what stands somewhere is known by it."""

    holes: tuple[Hole, ...] = ()
    is_cut: bool = False
    """Whether what comes after some place is not known."""
    locs: dict[Place, Loc] = field(default_factory=dict)

    def place(self, loc: Loc = (), *, at_key: bool = False) -> Place:
        if any(loc[: len(hole.loc)] == hole.loc for hole in self.holes):
            return Place(self.file)
        place = Document.place(self, loc, at_key=at_key)
        self.locs[place] = loc
        return place


def mend(loaded: Loaded) -> Loaded | None:
    """The file with its document and model mended; None where it says too little, or too much is wrong with it."""
    document = loaded.document
    data = document.data if document.data is not None else document.salvaged
    model_type = format_of(data)
    if model_type is None:
        return None
    mending = Mending(deepcopy(data))
    model = None if has_too_many(data, document.nodes, model_type) else mending.model(model_type)
    if model is None:
        return None
    holes = [*mending.holes, *document.doubtful, *((*loc, "?") for loc in document.unread)]
    holes += [(*loc, "?") for loc in _before(document, mending.misplaced)]
    known = {field.alias or name for name, field in model_type.model_fields.items()}
    described = _described(dict.fromkeys(holes), known, data, mending.data)
    fields = {name: getattr(document, name) for name in ("file", "written", "problems", "top")}
    mended = MendedDocument(**fields, data=mending.data, holes=tuple(described), is_cut=document.data is None)
    return replace(loaded, document=mended, model=model)


def _before(document: Document, misplaced: Sequence[Loc]) -> Iterator[Loc]:
    """What ends just before keys that do not belong where they stand: perhaps they belong to that, and lack in it."""
    keys = sorted(keys_below(document.top)) if misplaced else []
    for loc in misplaced:
        here, taken = follow(document.top, loc, at_key=True)
        number = bisect_left(keys, (here,)) if taken == len(loc) else 0
        ended = keys[number - 1][1] if number else ()
        yield from (ended[:end] for end in range(len(loc), len(ended)))


def _described(locs: Iterable[Loc], known: set[str], *versions: Any) -> Iterator[Hole]:
    absent = frozenset(known - versions[0].keys())
    for loc in locs:
        if not loc:
            continue
        entry = entry_of(loc)
        inner = loc[len(entry) :]
        lost: Lost = "value"
        if any(step in WORDS for step in inner[:3]) and loc[:1] not in (("answers",), ("merged",)):
            lost = "words"
        elif not inner or not entry or inner == ("id",) or inner[0] in ("themes", "questions"):
            lost = "name"
        sections = frozenset((str(loc[0]),)) if loc[0] in known else absent
        yield Hole(loc, entry, lost, frozenset(_names(entry, versions)), sections)


def _names(entry: Loc, versions: tuple[Any, ...]) -> Iterator[str]:
    """By what others know an entry, in what was written and in what that was mended to."""
    if not entry:
        return
    if isinstance(entry[-1], str):
        yield entry[-1]
    for data in versions:
        found = at(data, entry)
        for key in ("id", "to", "theme", "question", "from") if isinstance(found, dict) else ():
            value = found.get(key)
            yield from (str(one) for one in (value if isinstance(value, list) else [value]) if one)
