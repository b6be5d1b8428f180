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
from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from maturity.models.problem import Kind, Place, Problem
from maturity.sources.yaml_syntax import syntax_problems
from maturity.sources.yaml_text import INVISIBLE, code_of, decode, invisible

Loc = tuple[str | int, ...]
Position = tuple[int, int]

MAX_BYTES = 8_000_000
MAX_DEPTH = 40
MAX_NODES = 200_000
MAX_KEY = 300
MAX_PROBLEMS = 100

EMPTY = Kind(
    "F002", "error", "The file is empty.", "Delete it, or write the questionnaire, rubric or answers into it."
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
    "A file may have {limit} at most: split it, or check that it is the right one.",
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
    "Start it with 'format:', as in 'format: {example}', and put a space after each colon.",
)
KEY_NOT_TEXT = Kind(
    "F011",
    "error",
    "This key is not plain text.",
    "Write a word followed by a colon; put a text that starts with a bracket or '?' in quotes.",
)
LONG_KEY = Kind(
    "F018",
    "error",
    "This key has {found} characters, and a key may have {limit} at most.",
    "Write a short id as key, and the text as its value after a colon.",
)
STOPPED = Kind(
    "F015",
    "error",
    "Checking this file stopped here: it has more than {limit} problems.",
    "Correct those that are listed, then check again.",
)
LEADING_ZERO = Kind(
    "F016",
    "error",
    "'{found}' starts with a zero, and programs disagree on what number that is.",
    "Put it in quotes if it is a name or a code; write it without the zero if it is a number.",
)


@dataclass
class Document:
    """A file's data with the position of every node, and of every key, by its path from the top.

    `written` holds numbers that would be printed otherwise than they stand in the file, such as 1.10.
    """

    file: str
    data: Any = None
    positions: dict[Loc, Position] = field(default_factory=dict)
    key_positions: dict[Loc, Position] = field(default_factory=dict)
    written: dict[Loc, str] = field(default_factory=dict)
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

    def problem(self, kind: Kind, loc: Loc = (), /, **details: object) -> Problem:
        """A problem with the value at `loc`."""
        return Problem(kind, self.place(loc), details)

    def key_problem(self, kind: Kind, loc: Loc, /, **details: object) -> Problem:
        """A problem with the key at `loc`, or with all that stands under it."""
        return Problem(kind, self.place(loc, at_key=True), details)


@dataclass(slots=True)
class _Open:
    """A mapping or sequence that is still being read."""

    loc: Loc
    value: dict[str, Any] | list[Any]
    key: str | None = None
    dropped: bool = False


def read_yaml(raw: bytes, file: str, most_nodes: int = MAX_NODES) -> Document:
    """Reads YAML (and so JSON) from bytes; what is wrong stands in the document's `problems`."""
    document = Document(file)
    if len(raw) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1_000_000} MB"
        document.problems.append(Problem(TOO_BIG, Place(file), {"what": f"over {limit}", "limit": limit}))
        return document
    text = decode(raw, file)
    if isinstance(text, Problem):
        document.problems.append(text)
        return document
    try:
        _build(document, text, most_nodes)
    except yaml.MarkedYAMLError as error:
        document.problems += syntax_problems(error, text, file)
    if document.data is None and not document.problems:
        document.problems.append(Problem(EMPTY, Place(file, 1, 1)))
    if any(p.kind not in (DUPLICATE_KEY, LEADING_ZERO, INVISIBLE) for p in document.problems):
        document.data = None
    return document


def short(found: object, most: int = 60) -> str:
    """What was found in a file, short enough to be quoted in a message."""
    text = str(found)
    return text if len(text) <= most else text[: most - 3] + "..."


def _build(document: Document, text: str, most_nodes: int) -> None:
    loader = yaml.CSafeLoader(text)
    stack: list[_Open] = []
    nodes = documents = 0
    try:
        while True:
            event: Any = loader.get_event()
            kind = type(event)
            mark = event.start_mark
            position = (mark.line + 1, mark.column + 1)
            if kind is ScalarEvent:
                nodes += 1
                if event.anchor or event.tag:
                    _refuse(document, event, position)
                # Only between double quotes can an escape bring in what the file's text does not show.
                if event.style == '"' and (hidden := invisible(event.value)):
                    place = Place(document.file, *position)
                    document.problems.append(Problem(INVISIBLE, place, {"code": code_of(hidden)}))
                if stack and isinstance(stack[-1].value, dict) and stack[-1].key is None:
                    _take_key(document, stack[-1], event.value, position)
                else:
                    _put_scalar(document, stack, position, event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
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
                value: dict[str, Any] | list[Any] = {} if kind is MappingStartEvent else []
                stack.append(_Open(_put(document, stack, position, value), value))
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                stack.pop()
            elif kind is yaml.AliasEvent:
                document.problems.append(Problem(ALIAS, Place(document.file, *position)))
                return
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    document.problems.append(Problem(SEVERAL_DOCUMENTS, Place(document.file, *position)))
                    return
            elif kind is yaml.StreamEndEvent:
                return
            if nodes > most_nodes:
                details = {"what": f"over {most_nodes} values", "limit": f"{most_nodes} values"}
                document.problems.append(Problem(TOO_BIG, Place(document.file), details))
                return
            if len(document.problems) >= MAX_PROBLEMS:
                last = document.problems[-1].place
                document.problems.append(Problem(STOPPED, last, {"limit": MAX_PROBLEMS}))
                return
    finally:
        loader.dispose()


def _take_key(document: Document, parent: _Open, key: str, position: Position) -> None:
    loc = (*parent.loc, key)
    parent.key = key
    if len(key) > MAX_KEY:
        # Each problem with what stands under it would carry the key along.
        place = Place(document.file, *position)
        document.problems.append(Problem(LONG_KEY, place, {"found": len(key), "limit": MAX_KEY}))
    parent.dropped = key in parent.value
    if parent.dropped:
        details = {"key": short(key), "first": document.key_positions[loc][0]}
        document.problems.append(Problem(DUPLICATE_KEY, Place(document.file, *position), details))
    else:
        document.key_positions[loc] = position


def _put_scalar(document: Document, stack: list[_Open], position: Position, event: Any) -> None:
    value = _scalar(event)
    loc = _put(document, stack, position, value)
    if isinstance(value, int | float) and str(value) != event.value:
        document.written[loc] = short(event.value)
        if _LEADING_ZERO.match(event.value):
            place = Place(document.file, *position)
            document.problems.append(Problem(LEADING_ZERO, place, {"found": short(event.value)}))


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
        document.problems.append(
            Problem(TAG, place, {"tag": short(event.tag.replace("tag:yaml.org,2002:", "!!"))})
        )


_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]")
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


def reads_as_text(value: str) -> bool:
    """Whether `value`, written without quotes, is read back as itself."""
    return _plain(value) == value and not _LEADING_ZERO.match(value)


def _scalar(event: Any) -> Any:
    return event.value if event.style else _plain(event.value)


def _plain(value: str) -> Any:
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
