"""Reads one YAML file: plain data, the position of every node, and every problem of the YAML itself.

Built on libyaml's event stream instead of a PyYAML loader, because loaders keep the last of two equal keys without
a word, read ``no`` as false and ``1.10`` as 1.1, expand aliases and recurse. Here scalars follow YAML 1.2's core
schema, keys are text, duplicates are problems, aliases and tags are refused, and size, depth and node count are
bounded.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from maturity.models.problem import Kind, Place, Problem

Loc = tuple[str | int, ...]
Position = tuple[int, int]

MAX_BYTES = 8_000_000
MAX_DEPTH = 40
MAX_NODES = 400_000

NOT_TEXT = Kind(
    "F001",
    "error",
    "The file is not UTF-8 text.",
    "Save it as UTF-8; if it is a picture or a workbook, it does not belong here.",
)
EMPTY = Kind(
    "F002", "error", "The file is empty.", "Delete it, or write the questionnaire, rubric or answers into it."
)
NOT_YAML = Kind(
    "F003",
    "error",
    "This is not YAML: {reason}.",
    "Check the indentation, quotes and colons here and on the line above.",
)
DUPLICATE_KEY = Kind(
    "F004",
    "error",
    "'{key}' stands here a second time; the first is on line {first}.",
    "Keep one of the two and delete the other.",
)
ALIAS = Kind(
    "F005",
    "error",
    "Anchors and aliases ('&', '*') are not allowed.",
    "Write the value out at each place; put text that starts with '&' or '*' in quotes.",
)
TAG = Kind(
    "F006",
    "error",
    "The tag '{tag}' is not allowed.",
    "Delete the tag; put text that starts with '!' in quotes.",
)
TOO_BIG = Kind(
    "F007",
    "error",
    "The file is too large ({what}).",
    "The limits are {limit}; split the file, or check that it is the right one.",
)
TOO_DEEP = Kind(
    "F008",
    "error",
    "This is nested more than {limit} levels deep.",
    "Check the brackets and the indentation.",
)
SEVERAL_DOCUMENTS = Kind(
    "F009", "error", "A second YAML document starts here ('---').", "Put it into a file of its own."
)
NOT_A_MAPPING = Kind(
    "F010",
    "error",
    "The file does not hold keys and values.",
    "It must start with 'format:', as in 'format: {example}'.",
)
KEY_NOT_TEXT = Kind("F011", "error", "This key is not plain text.", "A key is a word followed by a colon.")


@dataclass
class Document:
    """A file's data with the position of every node, and of every key, by its path from the top."""

    file: str
    data: Any = None
    positions: dict[Loc, Position] = field(default_factory=dict)
    key_positions: dict[Loc, Position] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, loc: Loc = (), *, at_key: bool = False) -> Place:
        """Where `loc` stands, or the nearest thing around it that does stand in the file."""
        for end in range(len(loc), -1, -1):
            here = loc[:end]
            position = self.key_positions.get(here) if at_key else None
            position = position or self.positions.get(here)
            if position:
                return Place(self.file, *position)
        return Place(self.file, 1, 1)

    def problem(self, kind: Kind, loc: Loc = (), *, at_key: bool = False, **details: object) -> Problem:
        """A problem at `loc`; `at_key` points at the key instead of the value."""
        return Problem(kind, self.place(loc, at_key=at_key), details)


@dataclass(slots=True)
class _Open:
    """A mapping or sequence that is still being read."""

    loc: Loc
    value: dict[str, Any] | list[Any]
    key: str | None = None
    dropped: bool = False


def read_yaml(raw: bytes, file: str) -> Document:
    """Reads YAML (and so JSON) from bytes; what is wrong stands in the document's `problems`."""
    document = Document(file)
    if len(raw) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1_000_000} MB"
        document.problems.append(
            Problem(TOO_BIG, Place(file), {"what": f"{len(raw) / 1e6:.0f} MB", "limit": limit})
        )
        return document
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        document.problems.append(Problem(NOT_TEXT, Place(file, line)))
        return document
    if not text.strip():
        document.problems.append(Problem(EMPTY, Place(file, 1)))
        return document
    try:
        _build(document, text)
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        document.problems.append(Problem(NOT_TEXT, Place(file, line)))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        document.problems.append(
            Problem(NOT_YAML, place, {"reason": error.problem or error.context or "unreadable"})
        )
    except yaml.YAMLError as error:
        document.problems.append(Problem(NOT_YAML, Place(file, 1), {"reason": " ".join(str(error).split())}))
    if any(p.kind is not DUPLICATE_KEY for p in document.problems):
        document.data = None
    return document


def _build(document: Document, text: str) -> None:
    loader = yaml.CSafeLoader(text)
    stack: list[_Open] = []
    nodes = documents = 0
    try:
        while True:
            event: Any = loader.get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                position = (event.start_mark.line + 1, event.start_mark.column + 1)
                nodes += 1
                if stack and isinstance(stack[-1].value, dict) and stack[-1].key is None:
                    _take_key(document, stack[-1], event.value, position)
                    continue
                if event.anchor or event.tag:
                    _refuse(document, event, position)
                _put(document, stack, position, _scalar(event))
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                position = (event.start_mark.line + 1, event.start_mark.column + 1)
                nodes += 1
                if event.anchor or event.tag:
                    _refuse(document, event, position)
                if stack and isinstance(stack[-1].value, dict) and stack[-1].key is None:
                    document.problems.append(Problem(KEY_NOT_TEXT, Place(document.file, *position)))
                    return
                if len(stack) >= MAX_DEPTH:
                    place = Place(document.file, *position)
                    document.problems.append(Problem(TOO_DEEP, place, {"limit": MAX_DEPTH}))
                    return
                value: dict[str, Any] | list[Any] = {} if kind is yaml.MappingStartEvent else []
                stack.append(_Open(_put(document, stack, position, value), value))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                stack.pop()
            elif kind is yaml.AliasEvent:
                position = (event.start_mark.line + 1, event.start_mark.column + 1)
                document.problems.append(Problem(ALIAS, Place(document.file, *position)))
                return
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    place = Place(document.file, event.start_mark.line + 1, event.start_mark.column + 1)
                    document.problems.append(Problem(SEVERAL_DOCUMENTS, place))
                    return
            elif kind is yaml.StreamEndEvent:
                return
            if nodes > MAX_NODES:
                details = {"what": f"more than {MAX_NODES} values", "limit": f"{MAX_NODES} values"}
                document.problems.append(Problem(TOO_BIG, Place(document.file), details))
                return
    finally:
        loader.dispose()


def _take_key(document: Document, parent: _Open, key: str, position: Position) -> None:
    loc = (*parent.loc, key)
    parent.key = key
    parent.dropped = key in parent.value
    if parent.dropped:
        details = {"key": key, "first": document.key_positions[loc][0]}
        document.problems.append(Problem(DUPLICATE_KEY, Place(document.file, *position), details))
    else:
        document.key_positions[loc] = position


def _put(document: Document, stack: list[_Open], position: Position, value: Any) -> Loc:
    if not stack:
        document.data = value
        document.positions[()] = position
        return ()
    parent = stack[-1]
    if isinstance(parent.value, list):
        loc: Loc = (*parent.loc, len(parent.value))
        parent.value.append(value)
        document.positions[loc] = position
        return loc
    assert parent.key is not None
    loc = (*parent.loc, parent.key)
    if parent.dropped:
        loc = (*loc, "(again)")
    else:
        parent.value[parent.key] = value
    document.positions[loc] = position
    parent.key = None
    return loc


def _refuse(document: Document, event: Any, position: Position) -> None:
    place = Place(document.file, *position)
    if event.anchor:
        document.problems.append(Problem(ALIAS, place))
    else:
        document.problems.append(Problem(TAG, place, {"tag": event.tag}))


_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_WORDS = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "false": False,
    "False": False,
}


def _scalar(event: Any) -> Any:
    value: str = event.value
    if event.style is not None and event.style != "":
        return value
    if value in _WORDS:
        return _WORDS[value]
    first = value[0]
    if first.isdigit() or first in "+-.":
        if _INTEGER.fullmatch(value):
            return int(value)
        if _FLOAT.fullmatch(value):
            number = float(value)
            return number if math.isfinite(number) else value
    return value
