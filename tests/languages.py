"""Which words of the other language stand in what is said, on pages and in workbooks too."""

from __future__ import annotations

import base64
import csv
import io
import re
import textwrap
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
from openpyxl.utils import get_column_letter

from maturity.models.assessment import Assessment
from test_html import Page

DATA = Path(__file__).parent / "data"
NAMES = {"true", "false"}
"""English words that Welsh sentences rightly hold without quotes: what a YAML file says."""
PROPER = re.compile(
    r"GOV\.UK One Login|Table Schema|"
    # Names of choices, attributes and values, where they stand side by side or in brackets.
    r"\byes (?:neu|a) no\b|\bon ac off\b|\[one, two\]|\(both\)|\bregion, population\b"
)
"""Names of more than one word that are the same in both languages."""


def common(name: str) -> frozenset[str]:
    """The words of a list that are words of that language alone."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#") and " = " not in line)


COMMON = {"en": common("english-common.txt"), "cy": common("welsh-common.txt")}
OTHER = {"en": "cy", "cy": "en"}
_QUOTED = re.compile(r"(?<!\w)'[^'\n]*'(?!\w)|“[^”]*”|\"[^\"]*\"|\{[^{}]*\}|<[^<>\s]*>|`[^`]*`")
_NO_WORDS = re.compile(
    r"https?://\S+|(?<!\w)--?[a-z][\w-]*(=\S+)?|\S*[_/@=\\]\S*|[\w-]+(\.[\w*-]+)+(:\S+)?|\S*\d\S*|\w+:\w\S*"
)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def without_quotes(said: str) -> str:
    return _QUOTED.sub(" ", said)


def foreign(said: str, language: str) -> set[str]:
    """The common words of `language` that stand in what is said in the other."""
    plain = _NO_WORDS.sub(" ", PROPER.sub(" ", without_quotes(said)))
    return {word for word in words_of(plain) if word.casefold() in COMMON[language]} - NAMES


def words_of(plain: str) -> set[str]:
    return {word for word in WORD.findall(plain) if not (word.isupper() and len(word) > 1)}


def strange(said: Iterable[str], language: str, people: Iterable[str] = ()) -> list[tuple[str, set[str]]]:
    """What is said in `language` with words of the other, which are not those of `people` who answered."""
    theirs = sorted(set(people), key=len, reverse=True)
    wrong = []
    for one in dict.fromkeys(said):
        if foreign(one, OTHER[language]):
            left = one
            for own in theirs:
                left = left.replace(own, " ")
            if found := foreign(re.sub(r"¤[^¤]*¤", " ", left), OTHER[language]):
                wrong.append((one, found))
    return wrong


def said_otherwise(english: Any, welsh: Any, key: str = "") -> Iterator[tuple[str, str, str]]:
    """Key and texts wherever one output as JSON differs between two languages; all else in it must be the same.

    >>> list(said_otherwise({"code": "A", "why": ["Big"]}, {"code": "A", "why": ["Mawr"]}))
    [('why', 'Big', 'Mawr')]
    """
    if isinstance(english, dict):
        assert list(english) == list(welsh)
        for name in english:
            yield from said_otherwise(english[name], welsh[name], name)
    elif isinstance(english, list):
        for one, other in zip(english, welsh, strict=True):
            yield from said_otherwise(one, other, key)
    elif english != welsh:
        yield key, english, welsh


def told_by(assessments: Iterable[Assessment]) -> set[str]:
    """Notes, evidence, reasons and answers in words: what people wrote, in whichever language that was."""
    found: set[str] = set()
    for one in assessments:
        if one.respondent:
            found |= {one.respondent.role or "", one.respondent.name or ""}
        for answer in one.answers.values():
            found |= {" ".join((answer.note or "").split()), answer.note or "", answer.reason or ""}
            found |= {evidence.text for evidence in answer.evidence}
            found |= {answer.value} if isinstance(answer.value, str) and " " in answer.value else set()
    return found - {""}


ID = re.compile(r"[a-z][a-z0-9.:_-]*")
"""What the small grey ids in a template's first column look like."""
SAID_BY = ("title", "alt", "aria-label", "aria-description", "placeholder", "summary", "label")
NOT_SAID = {"data-sections", "data-key"}
"""Attributes that the page's script reads."""


def on_page(text: str) -> Iterator[str]:
    """Every text on a page, of its attributes too, and every cell of the tables that it offers as CSV."""
    page = Page(text)
    yield from (one for one in page.text if one.strip())
    for tag, attributes in page.elements:
        for name, value in attributes.items():
            if value and (name in SAID_BY or (name.startswith("data-") and name not in NOT_SAID)):
                yield value
            if value and tag == "a" and name == "href" and value.startswith("data:text/csv"):
                content = base64.b64decode(value.split(",", 1)[1]).decode("utf-8-sig")
                yield from (cell for row in csv.reader(io.StringIO(content)) for cell in row if cell)


def in_workbook(content: bytes) -> Iterator[str]:
    """Whatever a workbook shows: sheets' names, cells, comments, hints at cells, heads and feet, titles of charts."""
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    yield from (getattr(workbook.properties, name) or "" for name in ("title", "subject", "description"))
    for sheet in workbook.worksheets:
        if sheet.title.startswith("_"):
            assert sheet.sheet_state == "hidden"
            continue
        yield sheet.title
        yield from _of_cells(sheet)
        for rule in sheet.data_validations.dataValidation:
            yield from (text for text in (rule.error, rule.errorTitle, rule.prompt, rule.promptTitle) if text)
        for line in (sheet.oddHeader, sheet.oddFooter, sheet.evenHeader, sheet.evenFooter):
            yield from (
                re.sub(r"&[A-Z]", " ", p.text) for p in (line.left, line.center, line.right) if p.text
            )
    yield from _of_drawings(content)


def _of_cells(sheet: Any) -> Iterator[str]:
    hidden = {name for name, column in sheet.column_dimensions.items() if column.hidden}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment:
                yield cell.comment.text
            is_id = cell.column == 1 and ID.fullmatch(str(cell.value))
            if isinstance(cell.value, str) and cell.column_letter not in hidden and not is_id:
                yield from re.findall(r'"([^"]*)"', cell.value) if cell.data_type == "f" else [cell.value]


def _of_drawings(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if re.match(r"xl/(charts|drawings)/[^/]*\.xml", name):
                for element in ElementTree.fromstring(archive.read(name)).iter():
                    if element.tag.endswith("}t") and element.text:
                        yield element.text
                    yield from (element.get(key, "") for key in ("descr", "title"))


def cut_in_workbook(content: bytes) -> list[tuple[str, str, str]]:
    """Cells whose text has no room, by a rough measure of their letters: sheet, cell and text. Ids are not looked at."""
    cut = []
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        if sheet.sheet_state != "visible":
            continue
        spans = {r.start_cell.coordinate: r.max_col - r.min_col + 1 for r in sheet.merged_cells.ranges}
        for row in sheet.iter_rows():
            for cell in row:
                is_words = (
                    isinstance(cell.value, str) and cell.data_type != "f" and not ID.fullmatch(cell.value)
                )
                if is_words and not _has_room(sheet, cell, spans.get(cell.coordinate, 1)):
                    cut.append((sheet.title, cell.coordinate, cell.value))
    return cut


def _has_room(sheet: Any, cell: Any, span: int) -> bool:
    def letters(columns: int) -> float:
        """How many letters so many columns from the cell's on take: widths are told in letters of 11 points."""
        widths = (
            sheet.column_dimensions[get_column_letter(cell.column + n)].width or 8.43 for n in range(columns)
        )
        return sum(widths) * 11 / (cell.font.sz or 11) * 1.08

    lines = cell.value.split("\n")
    if cell.alignment.wrap_text:
        wide = letters(span)
        height = sheet.row_dimensions[cell.row].height
        if height == 409:  # as high as a row can be
            height = None
        needed = sum(max(1, len(textwrap.wrap(line, max(1, int(wide))))) for line in lines)
        longest = max((len(word) for word in cell.value.split() if "/" not in word), default=0)
        return longest <= wide * 1.07 and not (height and needed * (cell.font.sz or 11) * 1.22 > height + 4)
    # What does not wrap runs on over empty cells.
    while sheet.cell(cell.row, cell.column + span).value in (None, "") and span < 40:
        span += 1
    return max(map(len, lines)) <= letters(span)
