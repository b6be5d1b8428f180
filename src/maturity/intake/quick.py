"""Measures plain parts of an xlsx workbook without walking through every tag: what programs write is always plain.

Nothing is decided here but that a part is small, by bounds that no reader can exceed: the more exact measure, tag by
tag, has the last word on whatever is not written in the one common way.

A folder of workbooks made from one template repeats itself: the same rows, but for the answers. So a sheet is cut into
its rows and what stands around them, and each such piece is looked at once. That is sound because XML is: a document
is well formed if a row's place in it is, and each row by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeVar
from xml.parsers import expat

from maturity.intake.empty_cells import tell_all
from maturity.intake.formulas import number
from maturity.intake.layout import LIMITS, Budget, Seen, Shared

# A cell as every program writes it: where it is, its style, its type; and whether a formula follows.
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3}+)([0-9]{1,7}+)"(?: s="[0-9]++")?+(?: t="([a-zA-Z]++)")?+(?: [cvp]m="[0-9]++")*+ ?+/?+>(<f)?+'
)
# Empty rows, and the start of one that is not.
_BEGUN = re.compile(rb"""(?:\s*+<row(?: [\w:]++="[^"<>&]*+")*+ ?+/?+>)+""")
_SHARED = re.compile(rb' t="s"[^<>]*+><v>([0-9]{1,7}+)</v></c>')
# What says where a cell, a sheet or a shared text is: none of it stands around the rows.
_ODD = frozenset({"c", "row", "sheet", "sst", "si"})
_NOT_AMONG_TEXTS = _ODD - {"sst", "si"} | {"v"}
_CLAIM = re.compile(rb'ount="([0-9]{1,9}+)"')
PLAIN_CELLS = 20_000
PLAIN_BYTES = 1_000_000
MOST_KEPT = 3_000_000
"""So many bytes of pieces are kept, and as many that were used before them."""
PIECE = 300
"""Bytes that a piece takes besides its own, or so."""
PLAIN_ROWS = 2_000
_START, _END, _ROW_END, _CELL_END = b"<sheetData>", b"</sheetData>", b"</row>", b"</c>"

Piece = TypeVar("Piece")


class _Kept(Generic[Piece]):
    """What was seen in pieces of XML that came up before. What one council wrote never comes again: pieces that are not
    used for long are forgotten, and those that come up all the time stay."""

    def __init__(self, look: Callable[[bytes], Piece]) -> None:
        self.look = look
        self.known: dict[bytes, Piece] = {}
        self.before: dict[bytes, Piece] = {}
        self.size = 0

    def of(self, content: bytes) -> Piece:
        found = self.known.get(content)
        if found is None:
            found = self.before.get(content) or self.look(content)
            if self.size > MOST_KEPT:
                self.before, self.known, self.size = self.known, {}, 0
            self.size += len(content) + PIECE
            self.known[content] = found
        return found


@dataclass(frozen=True, slots=True)
class _Rows:
    """A piece of a sheet, such as a row with its end and empty ones before it: how far its cells reach, the shared texts that they use, the cells with
    formulas, and the row with text in cells that the parser takes for empty. Not `plain`, it holds something else."""

    plain: bool
    tags: int = 0
    height: int = 0
    width: int = 0
    used: tuple[int, ...] = ()
    formulas: tuple[tuple[int, int], ...] = ()
    told: bytes = b""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around the rows, or a whole part that has none. Not `plain`, it holds cells or hides tags."""

    plain: bool
    tags: int = 0
    merged: int = 0


def measured(part: str, content: bytes, budget: Budget, shared: Shared) -> bool:
    """Whether the part is sound XML and plain; then its bounds are taken from the budget."""
    if len(content) > PLAIN_BYTES or budget.used["characters"] + len(content) > LIMITS["characters"] // 4:
        return False
    if part == "xl/sharedStrings.xml":
        return _texts(part, content, budget, shared)
    return not part.endswith(".rels") and part != "xl/workbook.xml" and _cells(part, content, budget, shared)


def _tags(content: bytes) -> list[str] | None:
    """The names of all tags; None where it is no sound XML in UTF-8, or holds what hides tags or makes them up."""
    found: list[str] = []
    odd = False

    def hiding(*_: str) -> None:
        nonlocal odd
        odd = True

    def declared(_version: str, encoding: str | None, _alone: int) -> None:
        nonlocal odd
        odd = odd or (encoding or "utf-8").lower() != "utf-8"

    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, _: found.append(tag)
    parser.XmlDeclHandler = declared
    parser.CommentHandler = parser.ProcessingInstructionHandler = parser.StartCdataSectionHandler = hiding
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        return None
    return None if odd else found


def _look_around(content: bytes) -> _Frame:
    tags = _tags(content)
    names = [tag.rpartition(":")[2] for tag in tags or ()]
    if tags is None or not _ODD.isdisjoint(names):
        return _Frame(False)
    return _Frame(True, content.count(b"<"), names.count("mergeCell"))


def _look(content: bytes) -> _Rows:
    tags = _tags(b"<rows>" + content + b"</rows>")
    cells = _CELL.findall(content)
    used = tuple(map(int, _SHARED.findall(content)))
    if (
        tags is None
        or any(":" in tag for tag in tags)
        or content.count(b"<c") != len(cells)
        or content.count(b"<s")
        or len(used) != sum(kind == b"s" for _, _, kind, _ in cells)
    ):
        return _Rows(False)
    formulas = tuple((int(row) - 1, number(column)) for column, row, _, formula in cells if formula)
    odd = formulas or any(kind == b"e" for _, _, kind, _ in cells)
    return _Rows(
        True,
        content.count(b"<"),
        max((int(row) for _, row, _, _ in cells), default=0),
        max((number(column) + 1 for column, _, _, _ in cells), default=0),
        used,
        formulas,
        tell_all("xl/worksheets/sheet.xml", content) if odd else content,
    )


def _look_at_row(content: bytes) -> _Rows:
    """By its cells, of which most came up before. They stand where a row has begun in the plain way, so what is left
    without them is sound by itself, and so is each of them."""
    first = content.find(b"<c ")
    *ended, rest = content[first:].split(_CELL_END)
    if first < 0 or not ended or _BEGUN.fullmatch(content, 0, first) is None:
        return _look(content)
    pieces = [_CELLS.of(cell + _CELL_END) for cell in ended]
    around = _CELLS.of(content[:first] + rest)
    every = [*pieces, around]
    if not all(piece.plain for piece in every) or around.told[:first] != content[:first]:
        return _look(content)
    return _Rows(
        True,
        sum([piece.tags for piece in every]),
        max([piece.height for piece in every]),
        max([piece.width for piece in every]),
        tuple(chain.from_iterable([piece.used for piece in every])),
        tuple(chain.from_iterable([piece.formulas for piece in every])),
        b"".join([content[:first], *[piece.told for piece in pieces], around.told[first:]]),
    )


_FRAMES = _Kept(_look_around)
_ROWS = _Kept(_look_at_row)
_CELLS = _Kept(_look)


def _cells(part: str, content: bytes, budget: Budget, shared: Shared) -> bool:
    """Looks at a sheet's rows, and at what stands around them, where there must be nothing of the kind."""
    start, end = content.find(_START) + len(_START), content.rfind(_END)
    if not len(_START) <= start <= end:
        start = end = len(content)
    frame = _FRAMES.of(content[:start] + content[end:])
    if not frame.plain or content.count(_ROW_END) > PLAIN_ROWS:
        return False
    *ended, last = content[start:end].split(_ROW_END)
    rows = [_ROWS.of(row + _ROW_END) for row in ended] + ([_ROWS.of(last)] if last.strip() else [])
    if not all(row.plain for row in rows):
        return False
    if rows:
        height, width = max([row.height for row in rows]), max([row.width for row in rows])
        if height * width > PLAIN_CELLS:
            return False
        budget.extent(height, width)
        shared.used.update(chain.from_iterable([row.used for row in rows]))
        formulas = frozenset(chain.from_iterable([row.formulas for row in rows]))
        budget.seen[part] = Seen(
            formulas, b"".join([content[:start], *[row.told for row in rows], content[end:]])
        )
    budget.take("tags", frame.tags + sum([row.tags for row in rows]))
    budget.take("merged cells", frame.merged)
    budget.take("characters", len(content))
    return True


def _texts(part: str, content: bytes, budget: Budget, shared: Shared) -> bool:
    """The list of shared texts, each at most as long as all that is written about it."""
    texts = content.split(b"<si>")
    plain = content.count(b"si>") == 2 * (len(texts) - 1) and b"<si " not in content
    claims = _CLAIM.findall(texts[0])
    plain = plain and len(claims) == texts[0].count(b"ount")
    if not plain or shared.part not in (None, part):
        return False
    tags = _tags(content)
    if tags is None or not _NOT_AMONG_TEXTS.isdisjoint(tags) or any(":" in tag for tag in tags):
        return False
    if any(b"<t>" not in text and b"<t " not in text for text in texts[1:]):
        return False
    budget.take("tags", content.count(b"<"))
    budget.claim(max([0, *map(int, claims)]))
    shared.part = part
    shared.lengths.extend(map(len, texts[1:]))
    budget.take("characters", len(content))
    return True
