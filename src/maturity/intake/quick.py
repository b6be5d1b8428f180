"""Measures plain parts of an xlsx workbook without walking through every tag: what programs write is always plain.

Nothing is decided here but that a part is small, by bounds that no reader can exceed: the more exact measure, tag by
tag, has the last word on whatever is not written in the one common way.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from maturity.intake.formulas import number
from maturity.intake.layout import LIMITS, Budget, Seen, Shared

# A cell as every program writes it: where it is, its style, its type; and whether a formula follows.
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3}+)([0-9]{1,7}+)"(?: s="[0-9]++")?+(?: t="([a-zA-Z]++)")?+(?: [cvp]m="[0-9]++")*+ ?+/?+>(<f)?+'
)
# Whatever else says where a cell, a sheet or a shared text is.
_ODD = re.compile(rb"<(?:c|row|sheet|sst|si)[\s/>]")
_SHARED = re.compile(rb' t="s"[^<>]*+><v>([0-9]{1,7}+)</v></c>')
_NOT_HERE = re.compile(rb"<(?:c|row|sheet|v)[\s/>]")
_CLAIM = re.compile(rb'ount="([0-9]{1,9}+)"')
PLAIN_CELLS = 20_000
PLAIN_BYTES = 1_000_000


def measured(part: str, content: bytes, budget: Budget, shared: Shared) -> bool:
    """Whether the part is sound XML and plain; then its bounds are taken from the budget."""
    if len(content) > PLAIN_BYTES or budget.used["characters"] + len(content) > LIMITS["characters"] // 4:
        return False
    prefixes = _prefixes(content)
    if prefixes is None or any(b"<%s:" % prefix.encode() in content for prefix in prefixes):
        return False
    if part == "xl/sharedStrings.xml":
        return _texts(part, content, budget, shared)
    return not part.endswith(".rels") and part != "xl/workbook.xml" and _cells(part, content, budget, shared)


def _prefixes(content: bytes) -> set[str] | None:
    """The prefixes that tags can have; None where it is no sound XML, or holds what hides tags or makes them up."""
    found = {"xml"}
    odd = False

    def declared(prefix: str | None, _: str | None) -> None:
        found.add(prefix or "xml")

    def hiding(*_: str) -> None:
        nonlocal odd
        odd = True

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartNamespaceDeclHandler = declared
    parser.CommentHandler = parser.ProcessingInstructionHandler = parser.StartCdataSectionHandler = hiding
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        return None
    return None if odd else found


def _cells(part: str, content: bytes, budget: Budget, shared: Shared) -> bool:
    """Counts what stands between a sheet's first row and its last; around them there must be nothing of the kind."""
    start, end = content.find(b"<sheetData>"), content.rfind(b"</sheetData>")
    body = content[start:end] if 0 <= start < end else b""
    if _ODD.search(content, 0, start) or _ODD.search(content, end) if body else _ODD.search(content):
        return False
    cells = _CELL.findall(body)
    if body.count(b"<c") != len(cells) or body.count(b"<s") > 1:
        return False
    if cells:
        columns, rows, types, _ = map(set, zip(*cells, strict=True))
        height, width = max(map(int, rows)), max(map(number, columns)) + 1
        shares = sum(kind == b"s" for _, _, kind, _ in cells) if b"s" in types else 0
        used = _SHARED.findall(body) if shares else []
        if height * width > PLAIN_CELLS or len(used) != shares:
            return False
        budget.extent(height, width)
        shared.used.update(map(int, used))
        formulas = frozenset((int(row) - 1, number(column)) for column, row, _, formula in cells if formula)
        budget.seen[part] = Seen(formulas, b"e" in types)
    budget.take("merged cells", content.count(b"<mergeCell ", max(end, 0)))
    budget.take("characters", len(content))
    return True


def _texts(part: str, content: bytes, budget: Budget, shared: Shared) -> bool:
    """The list of shared texts, each at most as long as all that is written about it."""
    texts = content.split(b"<si>")
    plain = content.count(b"si>") == 2 * (len(texts) - 1) and b"<si " not in content
    claims = _CLAIM.findall(texts[0])
    plain = plain and len(claims) == texts[0].count(b"ount")
    if not plain or shared.part not in (None, part) or _NOT_HERE.search(content):
        return False
    if any(b"<t>" not in text and b"<t " not in text for text in texts[1:]):
        return False
    budget.claim(max([0, *map(int, claims)]))
    shared.part = part
    shared.lengths.extend(map(len, texts[1:]))
    budget.take("characters", len(content))
    return True
