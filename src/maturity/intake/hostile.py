"""Is it safe to hand this workbook to a parser? Looked at before any spreadsheet code sees it.

A workbook is a zip archive of XML: a few kilobytes can unfold to gigabytes, an archive can say one size and hold
another, one cell in the last row and column makes a dense reader allocate seventeen thousand million cells, and one
text can be repeated a million times. So the parts are unpacked here, every one is read as strict XML, and what a
reader would make of it is counted against one budget for the whole file, stopping where it is spent. What is handed
on is a plain archive of exactly the bytes that were looked at.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections import Counter
from xml.parsers import expat

from maturity.intake.findings import FORBIDDEN, NOT_A_WORKBOOK, OLD_FORMAT, PASSWORD, TOO_LARGE
from maturity.models.problem import Kind, MaturityError, Place, Problem

MAX_FILE = 20_000_000
MAX_ENTRIES = 2_000
MAX_UNPACKED = 50_000_000
LIMITS = {
    "sheets": 100,
    "cells": 500_000,
    "characters": 20_000_000,
    "tags": 1_500_000,
    "merged cells": 20_000,
}
"""For all sheets together. Cells are a sheet's rows times columns up to the last that holds something; characters
are counted after repeated cells, repeated spaces and shared texts are written out."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_NEEDED = re.compile(
    r"(\[Content_Types\]|_rels/|xl/[^/]*\.xml$|xl/_rels/|xl/worksheets/|mimetype|content|styles|meta|settings|META-INF)"
)
# Tags as XML writes them: a quoted value may hold '>'. Possessive, so that no text makes the search slow.
_PREFIX = rb"(?:[^\s<>/:\"'=]++:)?+"
_ATTRIBUTES = rb"""((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)"""
_ROW_OR_CELL = re.compile(rb"<" + _PREFIX + rb"(row|c)(?=[\s/>])" + _ATTRIBUTES + rb">")
_REFERENCE = re.compile(r"([A-Za-z]*+)(\d*+)", re.ASCII)
_TYPE = re.compile(rb"""([\s"']t\s*+=\s*+)["'](\w*+)["']""")
_FORMULA_ALONE = re.compile(
    rb"<(%(prefix)s)c(?=[\s>])%(attributes)s>\s*+<%(prefix)sf(?=[\s/>])%(attributes)s>(?:[^<]*+</%(prefix)sf>)?+\s*+"
    rb"(?:<%(prefix)sv\s*+/>|<%(prefix)sv>\s*+</%(prefix)sv>)?+\s*+</%(prefix)sc>"
    % {b"prefix": _PREFIX, b"attributes": _ATTRIBUTES}
)
NO_RESULT = "#FORMULA!"
_ODS_CELL = re.compile(rb"<" + _PREFIX + rb"(?:covered-)?table-cell(?=[\s/>])" + _ATTRIBUTES + rb">")
_ODS_VALUES = {"value-type", "formula", "value", "string-value", "boolean-value", "date-value", "time-value"}
_REPORT = re.compile(rb">\s*maturity-report/\d+\s*<")
Attributes = dict[str, str]


def checked(raw: bytes, name: str) -> bytes:
    """The workbook as a plain archive that is safe to parse. Raises MaturityError with what is wrong with it."""
    if len(raw) > MAX_FILE:
        raise _wrong(
            TOO_LARGE, name, what=f"more than {MAX_FILE // 1_000_000} MB", limit=f"{MAX_FILE // 1_000_000} MB"
        )
    if raw.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise _wrong(PASSWORD, name)
        raise _wrong(OLD_FORMAT, name, format=".xls")
    if not raw.startswith(b"PK"):
        raise _wrong(NOT_A_WORKBOOK, name, reason=_looks_like(raw))
    try:
        parts = _unpack(raw, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError):
        raise _wrong(NOT_A_WORKBOOK, name, reason="the file is damaged or was cut off") from None
    _check_kind(parts, name)
    budget, shared = _Budget(name), _Shared()
    for part, content in parts.items():
        _check_part(part, content, budget, shared)
    budget.take("characters", shared.characters())
    return _pack({part: _tell_all(part, content) for part, content in parts.items()})


def is_report(raw: bytes) -> bool:
    """Whether a workbook that was found safe says that maturity wrote it as a report."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = {"docProps/core.xml", "meta.xml"} & set(archive.namelist())
            return any(_REPORT.search(archive.open(part).read(100_000)) for part in names)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError):
        return False


def _wrong(kind: Kind, name: str, **details: object) -> MaturityError:
    return MaturityError(Problem(kind, Place(name), details))


def _looks_like(raw: bytes) -> str:
    if not raw:
        return "the file is empty"
    if raw.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        return "it is a picture"
    if raw.startswith(b"%PDF"):
        return "it is a PDF"
    if raw.lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
        return "it is a web page or XML"
    return "it is no .xlsx or .ods file, whatever its name says"


def _unpack(raw: bytes, name: str) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise _wrong(TOO_LARGE, name, what=f"{len(entries)} parts", limit=f"{MAX_ENTRIES} parts")
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise _wrong(PASSWORD, name)
        left = MAX_UNPACKED
        if sum(entry.file_size for entry in entries) > left:
            raise _unfolds(name)
        for entry in entries:
            if entry.is_dir():
                continue
            if entry.filename in parts:
                raise _wrong(FORBIDDEN, name, what=f"the part '{entry.filename[:60]}' twice")
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
    return _wrong(TOO_LARGE, name, what=f"it unfolds to more than {limit}", limit=limit)


def _check_kind(parts: dict[str, bytes], name: str) -> None:
    if "xl/workbook.xml" in parts:
        return
    if parts.get("mimetype", b"").strip() == _ODS and "content.xml" in parts:
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            raise _wrong(PASSWORD, name)
        return
    if any(part.startswith("xl/") for part in parts):
        raise _wrong(OLD_FORMAT, name, format=".xlsb")
    raise _wrong(NOT_A_WORKBOOK, name, reason="it is an archive of something else")


def _check_part(part: str, content: bytes, budget: _Budget, shared: _Shared) -> None:
    if part == "mimetype":
        return
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:200]:
        raise _wrong(FORBIDDEN, budget.name, what=f"'{part}' in an unusual encoding")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _wrong(FORBIDDEN, budget.name, what=f"a document type definition in '{part}'")
    # Any part may be called a sheet by the workbook's list of parts.
    measure = _OdsPart(budget) if part == "content.xml" else _XlsxPart(budget, shared, part)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = measure.start, measure.end
    parser.CharacterDataHandler = measure.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise _wrong(NOT_A_WORKBOOK, budget.name, reason="the file is damaged or was cut off") from None
    measure.done()


class _Budget:
    """What may still be read, over all parts. Names are compared by their last part: prefixes are anybody's."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.used = dict.fromkeys(LIMITS, 0)
        self.names: set[str] = set()

    def take(self, what: str, amount: int = 1) -> None:
        self.used[what] += amount
        if self.used[what] > LIMITS[what]:
            most = f"{LIMITS[what]:,} {what}"
            raise _wrong(TOO_LARGE, self.name, what=f"more than {most}", limit=f"{most} in all sheets together")

    def extent(self, rows: int, columns: int) -> None:
        if rows > 1_048_576 or columns > 16_384:
            what, most = f"a sheet of {rows} rows and {columns} columns", f"{LIMITS['cells']:,} cells"
            raise _wrong(TOO_LARGE, self.name, what=what, limit=f"{most} in all sheets together")
        self.take("cells", rows * columns)

    def sheet(self, name: str) -> None:
        self.take("sheets")
        self.once(f"sheet {name}", "two sheets of one name")

    def once(self, name: str, what: str) -> None:
        if name.casefold() in self.names:
            raise self.forbidden(what)
        self.names.add(name.casefold())

    def forbidden(self, what: str) -> MaturityError:
        return _wrong(FORBIDDEN, self.name, what=what)


class _Shared:
    """The texts that cells share, and how often each is used."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self.used: Counter[int] = Counter()
        self.part: str | None = None
        self.sure = True

    def characters(self) -> int:
        """All texts written out; each as long as the longest where it is not plain which one is meant."""
        if not self.sure:
            return self.used.total() * max(self.lengths, default=0)
        return sum(self.lengths[n] * times for n, times in self.used.items() if n < len(self.lengths))


class _XlsxPart:
    """Measures one part, whatever it is, as a reader of sheets, shared texts and lists of parts would."""

    def __init__(self, budget: _Budget, shared: _Shared, part: str) -> None:
        self.budget, self.shared, self.part = budget, shared, part
        self.row = self.column = self.rows = self.columns = 0
        self.in_cell = self.by_number = self.in_text = False
        self.length = 0
        self.number: str | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        self.budget.take("tags")
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._cell(attributes)
        elif self.in_cell:
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
            if tag == "v" and self.by_number:
                self.number = ""
        elif tag == "row":
            self.row = _count(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = 0
        elif tag == "si":
            self._shared_text()
        elif tag == "mergeCell":
            self.budget.take("merged cells")
        elif tag == "sheet" and "name" in attributes:
            self.budget.sheet(attributes["name"])
            for key in (k for k in attributes if k.endswith(":id")):
                self.budget.once(f"{self.part} {attributes[key]}", "a sheet that is listed twice")
        elif tag == "Relationship" and self.part.startswith("xl/_rels/"):
            target = posixpath.normpath(attributes.get("Target", "").replace("\\", "/")).lstrip("/")
            self.budget.once(f"{self.part} {target.removeprefix('xl/')}", "a part that is listed twice")

    def _cell(self, attributes: Attributes) -> None:
        if self.in_cell:
            raise self.budget.forbidden("a cell within a cell")
        reference = _REFERENCE.fullmatch(attributes.get("r", ""))
        if reference and reference[2]:
            self.column, self.row = _column_number(reference[1]), _count(reference[2])
        else:
            self.column += 1
        self.in_cell, self.by_number = True, attributes.get("t") == "s"

    def _shared_text(self) -> None:
        if self.in_text or self.shared.part not in (None, self.part):
            raise self.budget.forbidden("two lists of shared texts")
        self.in_text, self.length, self.shared.part = True, 0, self.part

    def text(self, text: str) -> None:
        self.budget.take("characters", len(text))
        self.length += len(text)
        if self.number is not None:
            self.number += text

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self.in_cell = False
        elif tag == "v" and self.number is not None:
            self.shared.used[_count(self.number)] += 1
            self.number = None
        elif tag == "si":
            # Readers differ in whether a shared text of no length counts.
            self.shared.sure = self.shared.sure and self.length > 0
            self.shared.lengths.append(self.length)
            self.in_text = False

    def done(self) -> None:
        self.budget.extent(self.rows, self.columns)


class _OdsPart:
    """Measures the sheets of an OpenDocument workbook, everything that is repeated counted."""

    def __init__(self, budget: _Budget) -> None:
        self.budget = budget
        self.row = self.height = self.column = self.width = self.rows = self.columns = self.length = 0
        self.in_row = self.in_cell = self.filled = False

    def start(self, tag: str, attributes: Attributes) -> None:
        self.budget.take("tags")
        tag = tag.rpartition(":")[2]
        cell = tag in ("table-cell", "covered-table-cell")
        if (self.in_row and tag in ("table", "table-row")) or (self.in_cell and cell):
            raise self.budget.forbidden("a table within a table")
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


def _repeated(attributes: Attributes, what: str) -> int:
    return max([1, *(_count(v) for k, v in attributes.items() if k.rpartition(":")[2] == what)])


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters[:5].upper():
        number = number * 26 + ord(letter) - 64
    return number


def _tell_all(part: str, content: bytes) -> bytes:
    """Makes text of what the parser takes for an empty cell: errors, and formulas that were never calculated."""
    if part == "content.xml":
        return _ODS_CELL.sub(_ods_as_text, content)
    if not part.startswith("xl/") or not part.endswith(".xml"):
        return content
    content = _ROW_OR_CELL.sub(_error_as_text, content) if b"#" in content else content
    return _FORMULA_ALONE.sub(_formula_as_text, content)


def _error_as_text(match: re.Match[bytes]) -> bytes:
    type_ = _TYPE.search(match[2])
    if type_ is None or type_[2] != b"e":
        return match[0]
    return match[0].replace(type_[0], type_[1] + b'"str"')


def _formula_as_text(match: re.Match[bytes]) -> bytes:
    type_ = _TYPE.search(match[2])
    if type_ is not None and type_[2] == b"str":
        # Calculated, and the result is no text at all.
        return match[0]
    attributes = match[2].replace(type_[0], b" ") if type_ else match[2]
    start, value = b"<" + match[1] + b"c" + attributes, match[1] + b"v>"
    return start + b' t="str"><' + value + NO_RESULT.encode() + b"</" + value + b"</" + match[1] + b"c>"


def _ods_as_text(match: re.Match[bytes]) -> bytes:
    """The text beside an error is its name, while the value is empty."""
    if b'value-type="error"' in match[1]:
        return re.sub(rb"""\s[\w-]+:string-value="[^"]*"""", b"", match[0])
    if b":formula=" not in match[1] or b":value-type=" in match[1]:
        return match[0]
    value = b' office:value-type="string" office:string-value="%s"' % NO_RESULT.encode()
    end = b"/>" if match[0].endswith(b"/>") else b">"
    return match[0][: -len(end)] + value + end


def _pack(parts: dict[str, bytes]) -> bytes:
    """Without compression: it is read once, at once."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()
