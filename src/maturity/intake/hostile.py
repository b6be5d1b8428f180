"""Is it safe to hand this workbook to a parser? Looked at before any spreadsheet code sees it.

A workbook is a zip archive of XML: a few kilobytes can unfold to gigabytes, an archive can say one size and hold
another, and one cell in the last row and column makes a dense reader allocate seventeen thousand million cells.
So the parts are unpacked here, within the limits below, their cells' extent is measured, and what is handed on is a
plain archive of exactly the bytes that were looked at.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from maturity.intake.findings import FORBIDDEN, NOT_A_WORKBOOK, OLD_FORMAT, PASSWORD, TOO_LARGE
from maturity.models.problem import Kind, MaturityError, Place, Problem

MAX_FILE = 20_000_000
MAX_ENTRIES = 2_000
MAX_UNPACKED = 50_000_000
MAX_CELLS = 500_000
"""A sheet's rows times columns, from its first to its last cell that holds something."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_NEEDED = re.compile(
    r"(\[Content_Types\]|_rels/|xl/[^/]*\.xml$|xl/_rels/|xl/worksheets/|mimetype|content|styles|meta|settings|META-INF)"
)
# Tags as XML writes them: a quoted value may hold '>'. Possessive, so that no text makes the search slow.
_PREFIX = rb"(?:[^\s<>/:\"'=]++:)?+"
_ATTRIBUTES = rb"""((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)"""
_ROW_OR_CELL = re.compile(rb"<" + _PREFIX + rb"(row|c)(?=[\s/>])" + _ATTRIBUTES + rb">")
_REFERENCE = re.compile(rb"""(?:^|[\s"'])r\s*+=\s*+["']\s*+([A-Za-z]*+)(\d*+)""")
_TYPE = re.compile(rb"""([\s"']t\s*+=\s*+)["'](\w*+)["']""")
_FORMULA_ALONE = re.compile(
    rb"<(%(prefix)s)c(?=[\s>])%(attributes)s>\s*+<%(prefix)sf(?=[\s/>])%(attributes)s>(?:[^<]*+</%(prefix)sf>)?+\s*+"
    rb"(?:<%(prefix)sv\s*+/>|<%(prefix)sv>\s*+</%(prefix)sv>)?+\s*+</%(prefix)sc>"
    % {b"prefix": _PREFIX, b"attributes": _ATTRIBUTES}
)
NO_RESULT = "#FORMULA!"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


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
    for part, content in parts.items():
        _check_part(part, content, name)
    return _pack({part: _tell_all(part, content) for part, content in parts.items()})


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
            if _NEEDED.match(entry.filename):
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


def _check_part(part: str, content: bytes, name: str) -> None:
    if not part.endswith((".xml", ".rels")):
        return
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:200]:
        raise _wrong(FORBIDDEN, name, what=f"'{part}' in an unusual encoding")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _wrong(FORBIDDEN, name, what=f"a document type definition in '{part}'")
    if part.startswith("xl/"):
        # Any part may be called a sheet by the workbook's list of parts.
        _check_extent(*_extent_xlsx(content), name)
    elif part == "content.xml":
        try:
            for extent in _extents_ods(content):
                _check_extent(*extent, name)
        except expat.ExpatError:
            raise _wrong(NOT_A_WORKBOOK, name, reason="the file is damaged or was cut off") from None


def _check_extent(rows: int, columns: int, name: str) -> None:
    if rows * columns > MAX_CELLS or rows > 1_048_576 or columns > 16_384:
        raise _wrong(
            TOO_LARGE,
            name,
            what=f"a sheet of {rows} rows and {columns} columns",
            limit=f"{MAX_CELLS:,} cells a sheet",
        )


def _extent_xlsx(xml: bytes) -> tuple[int, int]:
    """The last row and column with a cell that is not empty, counted as a reader counts them."""
    rows = columns = row = column = 0
    for tag, attributes in _ROW_OR_CELL.findall(xml):
        reference = _REFERENCE.search(attributes)
        if tag == b"row":
            row = int(reference[2][:9]) if reference and reference[2] else row + 1
            column = 0
            continue
        if reference and reference[1]:
            column, row = _column_number(reference[1]), int(reference[2][:9] or row)
        else:
            column += 1
        if not attributes.endswith(b"/"):
            rows, columns = max(rows, row), max(columns, column)
    return rows, columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:5].upper():
        number = number * 26 + letter - 64
    return number


def _extents_ods(xml: bytes) -> list[tuple[int, int]]:
    """For each sheet, the last row and column with a cell that holds something, repetitions counted."""
    extents: list[tuple[int, int]] = []
    at = {"row": 0, "column": 0, "height": 0}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{_TABLE} table":
            extents.append((0, 0))
            at["row"] = 0
        elif tag == f"{_TABLE} table-row":
            at["height"] = _repeated(attributes, "rows")
            at["row"] += at["height"]
            at["column"] = 0
        elif tag in (f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell"):
            at["column"] += _repeated(attributes, "columns")
            if extents and any(key.endswith((" value-type", " formula")) for key in attributes):
                rows, columns = extents[-1]
                extents[-1] = max(rows, at["row"]), max(columns, at["column"])

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return extents


def _repeated(attributes: dict[str, str], what: str) -> int:
    times = attributes.get(f"{_TABLE} number-{what}-repeated", "1")
    return int(times[:9]) if times.isdigit() else 1


def _tell_all(part: str, content: bytes) -> bytes:
    """Makes text of what the parser takes for an empty cell: errors, and formulas that were never calculated."""
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


def _pack(parts: dict[str, bytes]) -> bytes:
    """Without compression: it is read once, at once."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()
