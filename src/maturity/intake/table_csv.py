"""CSV as it comes: any usual separator and encoding, told from the file itself, within stated limits."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from maturity.intake.table import HEADINGS_WITHIN, MOST_COLUMNS, Cells
from maturity.intake.table_findings import (
    BROKEN,
    CUT_OFF,
    ENCODING,
    NOT_A_TABLE,
    TABLE_TOO_LARGE,
)
from maturity.intake.table_marks import Marks
from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem, Said, quoted
from maturity.sources.files import problem_with, reason_of

MAX_BYTES = 300_000_000
MAX_ROWS = 3_000_000
LONGEST_LINE = 10_000_000
LONGEST_CELL = csv.field_size_limit()
SEPARATORS = (",", ";", "\t", "|")
_PIECE = 1_000_000
_SAMPLE = 100_000
_SAMPLED_ROWS = 25
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
PICTURE = Phrase("it is a picture")
_SIGNS = (
    (b"PK\x03\x04", Phrase("it is a workbook or another archive")),
    (b"\xd0\xcf\x11\xe0", Phrase("it is an old .xls workbook, or one with a password")),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"BM", PICTURE),
    (b"%PDF", Phrase("it is a PDF")),
    (b"PAR1", Phrase("it is Parquet")),
    (b"\x1f\x8b", Phrase("it is a compressed file")),
)


class CsvTable:
    """A CSV file, read row by row as often as it is asked for."""

    sheet: str | None = None
    marks: Marks | None = None

    def __init__(self, path: Path, file: str) -> None:
        """Looks at every byte once. Raises MaturityError where it is no text, or too large."""
        self.path, self.file = path, file
        problem = problem_with(path)
        if problem is not None:
            raise MaturityError(problem)
        self.encoding, self.ended = self._looked_at()
        sample = self._sample()
        self.skipped = 1 if sample[:4].lower() == "sep=" and sample[4:5] else 0
        self.separator = sample[4] if self.skipped else _separator(sample)
        self._number = self._followed = 0
        self._first: dict[int, str] = {}
        self._known: dict[int, str] = {}
        self._reader: Any = None
        self._follower: Iterator[str] | None = None

    def notes(self) -> Iterator[Problem]:
        """What should be told of the file as a whole; `rows` was read to its end before."""
        if self.encoding == "cp1252":
            yield Problem(ENCODING, Place(self.file))
        if not self.ended and self._reader is not None:
            number = self._reader.line_num
            line = "".join(self._lines(number, number))
            yield Problem(CUT_OFF, Place(self.file, number, line.rfind(self.separator or ",") + 2))

    def _looked_at(self) -> tuple[str, bool]:
        """The encoding, and whether the last line has its end."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        read, since, encoding, last = 0, 0, "", b""
        try:
            with self.path.open("rb") as file:
                while piece := file.read(_PIECE):
                    if not read:
                        self._refuse_other(piece)
                        encoding = next((name for mark, name in _MARKS if piece.startswith(mark)), "utf-8")
                    read += len(piece)
                    if read > MAX_BYTES:
                        raise self._large(Phrase("more than {limit}", limit=f"{MAX_BYTES // 1_000_000} MB"))
                    end = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
                    since = len(piece) - end if end >= 0 else since + len(piece)
                    if since > LONGEST_LINE:
                        raise self._large(Phrase("a line of more than {n} bytes", n=f"{LONGEST_LINE:,}"))
                    if encoding.startswith("utf-8"):
                        if b"\x00" in piece:
                            raise self._none(Phrase("it holds bytes that text has not"))
                        try:
                            decoder.decode(piece)
                        except UnicodeDecodeError:
                            encoding = "cp1252"
                    elif encoding == "cp1252" and b"\x00" in piece:
                        raise self._none(Phrase("it holds bytes that text has not"))
                    last = piece[-4:]
        except OSError as error:
            reason = reason_of(error)
            raise MaturityError(Problem(BROKEN, Place(self.file), {"reason": reason})) from None
        if not read:
            raise self._none(Phrase("the file is empty"))
        if encoding.startswith("utf-8") and decoder.getstate()[0]:
            encoding = "cp1252"
        return encoding, last.rstrip(b"\x00").endswith((b"\n", b"\r"))

    def _refuse_other(self, start: bytes) -> None:
        for sign, what in _SIGNS:
            if start.startswith(sign) and (sign != b"BM" or b"\x00" in start[:100]):
                raise self._none(what)
        if start.lstrip()[:1] == b"<" and b">" in start[:2000]:
            raise self._none(Phrase("it is a web page or XML"))

    def _sample(self) -> str:
        with self._open() as file:
            try:
                return file.read(_SAMPLE)
            except UnicodeError:
                raise self._none(Phrase("its characters cannot be told")) from None

    def _open(self) -> io.TextIOWrapper:
        return self.path.open(encoding=self.encoding, newline="")

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Every row; blank lines are rows without cells."""
        self._follower = None
        with self._open() as file:
            reader = self._reader = csv.reader(file, delimiter=self.separator or "\x1f", strict=True)
            number = 1
            try:
                for count, cells in enumerate(reader, 1):
                    self._number = number
                    if count > MAX_ROWS:
                        raise self._large(
                            Phrase("more than {limit}", limit=Phrase("{n} rows", n=f"{MAX_ROWS:,}")), number
                        )
                    if len(cells) > MOST_COLUMNS:
                        raise self._large(Phrase("{n} columns", n=f"{len(cells):,}"), number)
                    if number > self.skipped:
                        yield number, cells
                    number = reader.line_num + 1
            except csv.Error as error:
                raise self._broken(number, _reason(str(error))) from None
            except UnicodeError:
                raise self._broken(number, Phrase("a character cannot be told")) from None

    def tall(self) -> bool:
        """Whether the row that is being read has several lines."""
        return self._reader is not None and self._reader.line_num > self._number

    def place(self, row: int, column: int | None = None) -> Place:
        """Line and column; the column is only known of the row that is being read and those of the headings."""
        raw = None if column is None else self._raw(row)
        if raw is None or column is None:
            return Place(self.file, row, 1 if column is None else None)
        line, at = _position(raw, column, self.separator or "\x1f")
        return Place(self.file, row + line, at + 1)

    def _raw(self, row: int) -> str | None:
        """A row as it stands in the file: looked up by a second reader, which follows the first where it is needed."""
        if row not in self._known:
            if row != self._number:
                # One of the first rows, asked for again, or one that has gone by.
                self._first = self._first or dict(self._starts())
                return self._first.get(row)
            last = max(self._reader.line_num, row) if self._reader else row
            self._known = {row: "".join(self._lines(row, last))}
        return self._known[row]

    def _starts(self) -> Iterator[tuple[int, str]]:
        """The rows among which the headings are, by number, as they stand in the file."""
        with self._open() as file, self._open() as same:
            reader = csv.reader(file, delimiter=self.separator or "\x1f")
            number = 1
            for _ in islice(reader, HEADINGS_WITHIN):
                yield number, "".join(islice(same, reader.line_num + 1 - number))
                number = reader.line_num + 1

    def _lines(self, first: int, last: int) -> list[str]:
        if self._follower is None or self._followed >= first:
            self._follower, self._followed = self._following(), 0
        found = list(islice(self._follower, first - 1 - self._followed, last - self._followed))
        self._followed = last
        return found

    def _following(self) -> Iterator[str]:
        with self._open() as file:
            yield from file

    def _none(self, what: Said) -> MaturityError:
        return MaturityError(Problem(NOT_A_TABLE, Place(self.file), {"what": what}))

    def _broken(self, number: int, reason: Said) -> MaturityError:
        return self._error(BROKEN, number, reason=reason)

    def _large(self, what: Said, number: int | None = None) -> MaturityError:
        limit = Phrase(
            "{size}, {rows} rows and {columns} columns",
            size=f"{MAX_BYTES // 1_000_000} MB",
            rows=f"{MAX_ROWS:,}",
            columns=f"{MOST_COLUMNS:,}",
        )
        return self._error(TABLE_TOO_LARGE, number, what=what, limit=limit)

    def _error(self, kind: Kind, number: int | None, **details: object) -> MaturityError:
        return MaturityError(Problem(kind, Place(self.file, number), details))


def _reason(error: str) -> Said:
    if "field larger" in error:
        return Phrase("a cell has more than {n} characters", n=f"{LONGEST_CELL:,}")
    if "unexpected end" in error:
        return Phrase("a quote that opens here never closes")
    if "expected after" in error:
        return Phrase("something stands between a closing quote and the separator")
    return quoted(error)


def _separator(sample: str) -> str | None:
    """The separator that cuts the first rows into the same number of cells, the most; None where none does."""
    whole = sample if len(sample) < _SAMPLE else sample[: sample.rfind("\n") + 1]
    best: tuple[float, int] = (0, 1)
    chosen = None
    for separator in SEPARATORS:
        widths = _widths(whole, separator)
        common = max(set(widths), key=widths.count) if widths else 0
        if common > 1:
            rank = (widths.count(common) / len(widths), common)
            if rank > best:
                best, chosen = rank, separator
    return chosen


def _widths(sample: str, separator: str) -> list[int]:
    found: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            if cells:
                found.append(len(cells))
            if len(found) >= _SAMPLED_ROWS:
                break
    except csv.Error:
        return []
    return found


def _position(raw: str, column: int, separator: str) -> tuple[int, int]:
    """Line and column, both from 0, at which a cell of a row begins."""
    at = cell = 0
    while cell < column and at < len(raw):
        if raw[at] == '"':
            closing = at + 1
            while raw[closing : closing + 1] != '"' or raw[closing + 1 : closing + 2] == '"':
                closing += 2 if raw[closing : closing + 1] == '"' else 1
                if closing >= len(raw):
                    break
            at = closing
        next_one = raw.find(separator, at)
        at = len(raw) if next_one < 0 else next_one + 1
        cell += 1
    before = raw[:at]
    return before.count("\n"), at - (before.rfind("\n") + 1)
