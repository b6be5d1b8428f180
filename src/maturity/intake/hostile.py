"""Is it safe to hand this workbook to a parser? Looked at before any spreadsheet code sees it.

A workbook is a zip archive of XML: a few kilobytes can unfold to gigabytes, an archive can say one size and hold
another, one cell in the last row and column makes a dense reader allocate seventeen thousand million cells, and one
text can be repeated a million times. So the parts are unpacked here, every one is read as strict XML, and what a
reader would make of it is counted against one budget for the whole file, stopping where it is spent. Only the parts
that were looked at are handed on.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from functools import lru_cache
from xml.parsers import expat

from maturity.intake.findings import FORBIDDEN, NOT_A_WORKBOOK, OLD_FORMAT, PASSWORD, TOO_LARGE
from maturity.intake.layout import LIMITS, Budget, Shared
from maturity.intake.quick import measured
from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem
from maturity.sources.archives import DAMAGED

MAX_FILE = 20_000_000
MAX_ENTRIES = 2_000
MAX_UNPACKED = 50_000_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_NEEDED = re.compile(
    r"(\[Content_Types\]|_rels/|xl/[^/]*\.xml$|xl/_rels/|xl/worksheets/|xl/comments/|docProps/|mimetype|content|styles|meta|settings|META-INF)"
)
_ODS_VALUES = {"value-type", "formula", "value", "string-value", "boolean-value", "date-value", "time-value"}
_Attributes = dict[str, str]


def checked(raw: bytes, name: str, budget: Budget | None = None) -> dict[str, bytes]:
    """The workbook's parts, which are safe to parse; `budget` tells afterwards what was seen in them.

    Raises MaturityError with what is wrong with it.
    """
    if len(raw) > MAX_FILE:
        raise _wrong(
            TOO_LARGE,
            name,
            what=Phrase("more than {limit}", limit=f"{MAX_FILE // 1_000_000} MB"),
            limit=f"{MAX_FILE // 1_000_000} MB",
        )
    if raw.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise _wrong(PASSWORD, name)
        raise _wrong(OLD_FORMAT, name, format=".xls")
    if not raw.startswith(b"PK"):
        raise _wrong(NOT_A_WORKBOOK, name, reason=_looks_like(raw))
    try:
        parts = _unpack(raw, name)
    except DAMAGED:
        raise _wrong(NOT_A_WORKBOOK, name, reason=Phrase("the file is damaged or was cut off")) from None
    _check_kind(parts, name)
    budget, shared = budget or Budget(name), Shared()
    for part, content in parts.items():
        _check_part(part, content, budget, shared)
    budget.take("characters", shared.characters())
    return parts


def _wrong(kind: Kind, name: str, **details: object) -> MaturityError:
    return MaturityError(Problem(kind, Place(name), details))


def _looks_like(raw: bytes) -> Phrase:
    if not raw:
        return Phrase("the file is empty")
    if raw.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        return Phrase("it is a picture")
    if raw.startswith(b"%PDF"):
        return Phrase("it is a PDF")
    if raw.lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
        return Phrase("it is a web page or XML")
    return Phrase("it is no .xlsx or .ods file, whatever its name says")


def _unpack(raw: bytes, name: str) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise _wrong(
                TOO_LARGE,
                name,
                what=Phrase("{n} parts", n=len(entries)),
                limit=Phrase("{n} parts", n=MAX_ENTRIES),
            )
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise _wrong(PASSWORD, name)
        left = MAX_UNPACKED
        if sum(entry.file_size for entry in entries) > left:
            raise _unfolds(name)
        for entry in entries:
            if entry.is_dir():
                continue
            if entry.filename in parts:
                raise _wrong(
                    FORBIDDEN, name, what=Phrase("the part '{part}' twice", part=entry.filename[:60])
                )
            # zipfile stops at the size that the archive states, and checks the sum.
            with archive.open(entry) as part:
                content = part.read(min(left, entry.file_size) + 1)
            left -= len(content)
            if left < 0:
                raise _unfolds(name)
            if _NEEDED.match(entry.filename) and entry.filename.endswith((".xml", ".rels", "mimetype")):
                parts[entry.filename] = content
    return parts


def _unfolds(name: str) -> MaturityError:
    limit = f"{MAX_UNPACKED // 1_000_000} MB"
    return _wrong(TOO_LARGE, name, what=Phrase("it unfolds to more than {limit}", limit=limit), limit=limit)


def _check_kind(parts: dict[str, bytes], name: str) -> None:
    if "xl/workbook.xml" in parts:
        return
    if parts.get("mimetype", b"").strip() == _ODS and "content.xml" in parts:
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            raise _wrong(PASSWORD, name)
        return
    if any(part.startswith("xl/") for part in parts):
        raise _wrong(OLD_FORMAT, name, format=".xlsb")
    raise _wrong(NOT_A_WORKBOOK, name, reason=Phrase("it is an archive of something else"))


def _check_part(part: str, content: bytes, budget: Budget, shared: Shared) -> None:
    if part == "mimetype":
        return
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:200]:
        raise _wrong(FORBIDDEN, budget.name, what=Phrase("'{part}' in an unusual encoding", part=part))
    if b"<!" in content and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
        raise _wrong(FORBIDDEN, budget.name, what=Phrase("a document type definition in '{part}'", part=part))
    if part != "content.xml" and measured(part, content, budget, shared):
        return
    budget.take("tags", content.count(b"<"))
    # Any part may be called a sheet by the workbook's list of parts.
    measure = _OdsPart(budget) if part == "content.xml" else _XlsxPart(budget, shared, part)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = measure.start, measure.end
    parser.CharacterDataHandler = measure.text
    parser.CommentHandler = parser.ProcessingInstructionHandler = parser.StartCdataSectionHandler = (
        measure.odd
    )
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise _wrong(
            NOT_A_WORKBOOK, budget.name, reason=Phrase("the file is damaged or was cut off")
        ) from None
    measure.done()


class _XlsxPart:
    """Measures one part, whatever it is, as a reader of sheets, shared texts and lists of parts would."""

    def __init__(self, budget: Budget, shared: Shared, part: str) -> None:
        self.budget, self.shared, self.part = budget, shared, part
        self.row = self.column = self.rows = self.columns = 0
        self.in_cell = self.by_number = self.in_text = self.told = False
        self.length = self.begun = 0
        self.number: str | None = None

    def start(self, tag: str, attributes: _Attributes) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._cell(attributes)
        elif self.in_cell:
            self.odd()
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
            if tag == "v" and self.by_number:
                self.number = ""
        elif tag == "si":
            self._shared_text()
        elif tag == "sst":
            # Readers make room for as many as it claims.
            self.budget.claim(max(_count(attributes.get(key, "")) for key in ("count", "uniqueCount")))
        elif self.in_text:
            self.told = True
        elif tag == "row":
            self.row = _count(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = 0
        elif tag == "mergeCell":
            self.budget.take("merged cells")
        elif tag == "sheet" and "name" in attributes:
            self.budget.sheet(attributes["name"])
            for key in (k for k in attributes if k.endswith(":id")):
                self.budget.once(f"{self.part} {attributes[key]}", Phrase("a sheet that is listed twice"))
        elif tag == "Relationship" and self.part.startswith("xl/_rels/"):
            target = posixpath.join("/xl", attributes.get("Target", "").replace("\\", "/"))
            target = posixpath.normpath(target).replace("/xl/xl/", "/xl/")
            self.budget.once(f"{self.part} {target}", Phrase("a part that is listed twice"))

    def _cell(self, attributes: _Attributes) -> None:
        if self.in_cell:
            raise self.budget.forbidden(Phrase("a cell within a cell"))
        reference = attributes.get("r", "")
        letters = reference.rstrip("0123456789")
        if len(letters) < len(reference):
            self.column, self.row = _column_number(letters[:5].upper()), _count(reference[len(letters) :])
        else:
            self.column += 1
        self.in_cell, self.by_number = True, attributes.get("t") == "s"

    def _shared_text(self) -> None:
        if self.in_text or self.shared.part not in (None, self.part):
            raise self.budget.forbidden(Phrase("two lists of shared texts"))
        self.in_text, self.told, self.begun, self.shared.part = True, False, self.length, self.part

    def text(self, text: str) -> None:
        self.length += len(text)
        if self.number is not None:
            self.number += text

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self.in_cell = False
        elif tag == "v" and self.number is not None:
            if not self.number.isdigit():
                self.odd()
            self.shared.used[_count(self.number)] += 1
            self.number = None
        elif tag == "si":
            # Readers differ in whether an entry without a text counts.
            self.shared.sure = self.shared.sure and self.told
            self.shared.lengths.append(self.length - self.begun)
            self.in_text = False

    def odd(self, *_: str) -> None:
        """A number with something in it can be taken for several."""
        if self.number is not None:
            self.shared.sure = False

    def done(self) -> None:
        self.budget.take("characters", self.length)
        self.budget.extent(self.rows, self.columns)


class _OdsPart:
    """Measures the sheets of an OpenDocument workbook, everything that is repeated counted."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.row = self.height = self.column = self.width = self.rows = self.columns = self.length = 0
        self.in_row = self.in_cell = self.filled = False

    def start(self, tag: str, attributes: _Attributes) -> None:
        tag = tag.rpartition(":")[2]
        cell = tag in ("table-cell", "covered-table-cell")
        if (self.in_row and tag in ("table", "table-row")) or (self.in_cell and cell):
            raise self.budget.forbidden(Phrase("a table within a table"))
        if cell:
            self.width = _repeated(attributes, "number-columns-repeated")
            self.column += self.width
            self.in_cell, self.length = True, sum(map(len, attributes.values()))
            self.filled = not _ODS_VALUES.isdisjoint(key.rpartition(":")[2] for key in attributes)
        elif self.in_cell:
            self.filled = True
            self._more(_repeated(attributes, "c") if tag == "s" else 1)
        elif tag == "table":
            self.done()
            self.budget.sheet(next((v for k, v in attributes.items() if k.endswith(":name")), ""))
        elif tag == "table-row":
            self.height = _repeated(attributes, "number-rows-repeated")
            self.in_row, self.row, self.column = True, self.row + self.height, 0

    def text(self, text: str) -> None:
        self._more(len(text) if self.in_cell else 0)

    def odd(self, *_: str) -> None:
        """Nothing is said by number here."""

    def _more(self, length: int) -> None:
        self.length += length
        if self.length > LIMITS["characters"]:
            self.budget.take("characters", self.length)

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "table-row":
            self.in_row = False
        elif tag in ("table-cell", "covered-table-cell"):
            self.in_cell = False
            if self.filled:
                self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
                self.budget.take("characters", self.length * self.width * self.height)

    def done(self) -> None:
        self.budget.extent(self.rows, self.columns)
        self.row = self.rows = self.columns = 0


def _count(text: str) -> int:
    """A whole number as a reader takes it; large ones stay large."""
    digits = text.strip().lstrip("+").lstrip("0")[:10]
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _repeated(attributes: _Attributes, what: str) -> int:
    return max([1, *(_count(v) for k, v in attributes.items() if k.rpartition(":")[2] == what)])


@lru_cache(maxsize=1_000)
def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
