"""Reads one YAML file: plain data, the position of every node, and every problem of the YAML itself.

Built on libyaml's event stream instead of a PyYAML loader, because loaders keep the last of two equal keys without
a word, read ``no`` as false and ``1.10`` as 1.1, expand aliases and recurse. Here scalars follow YAML 1.2's core
schema, keys are text, duplicates are problems, aliases and tags are refused, and size, depth and node count are
bounded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from maturity.models.problem import Kind, Phrase, Place, Problem
from maturity.sources.branches import Branch, Position, follow, last_read, leave_out_key, path_of
from maturity.sources.yaml_scalars import STARTS_WITH_ZERO, plain
from maturity.sources.yaml_syntax import SYNTAX_KINDS, syntax_problems
from maturity.sources.yaml_text import INVISIBLE, code_of, decode, invisible

Loc = tuple[str | int, ...]

MAX_BYTES = 8_000_000
MAX_DEPTH = 40
MAX_NODES = 100_000
MAX_KEY = 300
MAX_PROBLEMS = 1000
"""Of one kind of check: who made one mistake in each of hundreds of entries sees each."""

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

    `written` holds numbers that would be printed otherwise than they stand in the file, such as 1.10. What stands at
    one of the paths in `doubtful` was read, and is perhaps not what was meant; of what stands at those in `unread`,
    something is missing. `salvaged` is the data, or what stands before the place where the file stopped being YAML, and
    `broken` the block that was read there. `positions` are those of a file that is no YAML.
    """

    file: str
    data: Any = None
    written: dict[Loc, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    top: Any = field(default=None, repr=False)
    nodes: int = 0
    positions: dict[Loc, Position] = field(default_factory=dict)
    doubtful: list[Loc] = field(default_factory=list, repr=False)
    broken: Loc | None = None
    unread: set[Loc] = field(default_factory=set, repr=False)
    salvaged: Any = field(default=None, repr=False)

    def stands(self, loc: Loc) -> bool:
        """Whether the file has a value at `loc`."""
        return loc in self.positions or (self.top is not None and follow(self.top, loc)[1] == len(loc))

    def place(self, loc: Loc = (), *, at_key: bool = False) -> Place:
        """Where `loc` stands, or the nearest thing around it that does stand in the file."""
        if self.top is not None:
            return Place(self.file, *follow(self.top, loc, at_key=at_key)[0])
        around = (self.positions.get(loc[:end]) for end in range(len(loc), -1, -1))
        return Place(self.file, *next((position for position in around if position), (1, 1)))

    def problem(self, kind: Kind, loc: Loc = (), /, **details: object) -> Problem:
        """A problem with the value at `loc`."""
        return Problem(kind, self.place(loc), details)

    def key_problem(self, kind: Kind, loc: Loc, /, **details: object) -> Problem:
        """A problem with the key at `loc`, or with all that stands under it."""
        return Problem(kind, self.place(loc, at_key=True), details)


READ_ON = (DUPLICATE_KEY, LEADING_ZERO, INVISIBLE, ALIAS, TAG, LONG_KEY, KEY_NOT_TEXT)
"""Past these the file is read on: what they are about is left out, or read as it would be without."""
CUT = (SEVERAL_DOCUMENTS, *SYNTAX_KINDS)
"""Past these it is not, and what stands before them was read."""


def read_yaml(raw: bytes, file: str, most_nodes: int = MAX_NODES) -> Document:
    """Reads YAML (and so JSON) from bytes; what is wrong stands in the document's `problems`."""
    document = Document(file)
    if len(raw) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1_000_000} MB"
        document.problems.append(
            Problem(TOO_BIG, Place(file), {"what": Phrase("over {limit}", limit=limit), "limit": limit})
        )
        return document
    text = decode(raw, file)
    if isinstance(text, Problem):
        document.problems.append(text)
        return document
    _build(document, text, most_nodes)
    if document.data is None and not document.problems:
        document.problems.append(Problem(EMPTY, Place(file, 1, 1)))
    if all(p.kind in READ_ON or p.kind in CUT for p in document.problems):
        document.salvaged = document.data
    if any(p.kind not in READ_ON for p in document.problems):
        document.data = None
    return document


def short(found: object, most: int = 60) -> str:
    """What was found in a file, short enough to be quoted in a message."""
    text = str(found)
    return text if len(text) <= most else text[: most - 3] + "..."


def _build(document: Document, text: str, most_nodes: int) -> None:
    loader = yaml.CSafeLoader(text)
    next_event, problems = loader.get_event, document.problems
    stack: list[Branch] = []
    nodes = documents = 0
    try:
        while True:
            event: Any = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                nodes += 1
                value, style, mark = event.value, event.style, event.start_mark
                if event.anchor or event.tag:
                    _refuse(document, stack, event)
                # Only between double quotes can an escape bring in what the file's text does not show.
                if style == '"' and (hidden := invisible(value)):
                    problems.append(Problem(INVISIBLE, _place(document, mark), {"code": code_of(hidden)}))
                if stack and (branch := stack[-1]).key is None and type(branch.value) is dict:
                    _take_key(document, stack, value, mark)
                else:
                    read = value if style else plain(value)
                    if (type(read) is int or type(read) is float) and str(read) != value:
                        _keep_written(document, stack, value, mark)
                    _put(document, stack, read, mark)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                done = stack.pop()
                _put(document, stack, done.value, done)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                nodes += 1
                mark = event.start_mark
                if event.anchor or event.tag:
                    _refuse(document, stack, event)
                if stack and stack[-1].key is None and type(stack[-1].value) is dict:
                    problems.append(Problem(KEY_NOT_TEXT, _place(document, mark)))
                    document.unread.add(path_of(stack)[:-1])
                if len(stack) >= MAX_DEPTH:
                    problems.append(Problem(TOO_DEEP, _place(document, mark), {"limit": MAX_DEPTH}))
                    return
                stack.append(Branch({} if kind is MappingStartEvent else [], mark, {}, []))
            elif kind is yaml.AliasEvent:
                nodes += 1
                mark = event.start_mark
                problems.append(Problem(ALIAS, _place(document, mark)))
                document.doubtful.append(path_of(stack))
                document.unread.add(path_of(stack))
                if stack and stack[-1].key in (None, "<<") and type(stack[-1].value) is dict:
                    document.unread.add(path_of(stack)[:-1])
                    leave_out_key(stack[-1])
                _put(document, stack, None, mark)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    problems.append(Problem(SEVERAL_DOCUMENTS, _place(document, event.start_mark)))
                    document.unread.add(())
                    return
            elif kind is yaml.StreamEndEvent:
                return
            if nodes > most_nodes:
                limit = Phrase("{n} values", n=most_nodes)
                details = {"what": Phrase("over {limit}", limit=limit), "limit": limit}
                problems.append(Problem(TOO_BIG, Place(document.file), details))
                return
            if len(problems) >= MAX_PROBLEMS:
                problems.append(Problem(STOPPED, problems[-1].place, {"limit": MAX_PROBLEMS}))
                return
    except yaml.MarkedYAMLError as error:
        problems += syntax_problems(error, text, document.file)
        _close(document, stack)
    finally:
        document.nodes = nodes
        loader.dispose()


def _close(document: Document, stack: list[Branch]) -> None:
    """Closes what is open where the file stops being YAML, and notes that it is not read to its end."""
    path = path_of(stack)
    document.unread |= {path[:end] for end in range(len(path) + 1)}
    # What ended just before was perhaps not meant to: a text at a quotation mark, a block where a line stands askew.
    ended = list(last_read(stack[-1] if stack else document.top, path[:-1]))
    document.unread.update(ended)
    document.doubtful += ended[-1:]
    if len(stack) > 1:
        document.broken = path[:-1]
        document.doubtful.append(path[:-1])
    while stack:
        if stack[-1].key is not None:
            _put(document, stack, None, stack[-1].mark)
        done = stack.pop()
        _put(document, stack, done.value, done)


def _place(document: Document, mark: Any) -> Place:
    return Place(document.file, mark.line + 1, mark.column + 1)


def _take_key(document: Document, stack: list[Branch], key: str, mark: Any) -> None:
    branch = stack[-1]
    branch.key = key
    if len(key) > MAX_KEY:
        # Left out: each problem with what stands under it would carry the key along.
        branch.dropped = True
        about = {"found": len(key), "limit": MAX_KEY}
        document.problems.append(Problem(LONG_KEY, _place(document, mark), about))
        document.unread.add(path_of(stack)[:-1])
    elif key in branch.keys:
        branch.dropped = True
        details = {"key": short(key), "first": branch.keys[key].line + 1}
        document.problems.append(Problem(DUPLICATE_KEY, _place(document, mark), details))
        # One of the two, and with it others here, may be of an entry beside this one whose head is lost.
        path = path_of(stack)
        document.doubtful += [path, (*path[:-1], "?"), *([(*path[:-2], "?")] if len(path) > 1 else [])]
    else:
        branch.keys[key] = mark


def _put(document: Document, stack: list[Branch], value: Any, standing: Any) -> None:
    """Puts a value where it belongs; `standing` is its mark, or the branch that it is."""
    if not stack:
        document.data, document.top = value, standing
        return
    branch = stack[-1]
    if branch.key is None and type(branch.value) is dict:
        # A key that is no text; its value is left out with it.
        branch.key, branch.dropped = "", True
        return
    if branch.key is None:
        branch.value.append(value)  # type: ignore[union-attr] # with no key before it, it is one of a sequence
        branch.inner.append(standing)
        return
    if branch.dropped:
        branch.dropped = False
    else:
        branch.value[branch.key] = value  # type: ignore[call-overload] # keys are text, of a mapping
        branch.inner.append(standing)
    branch.key = None


def _keep_written(document: Document, stack: list[Branch], found: str, mark: Any) -> None:
    loc: Loc = ()
    for branch in stack:
        loc = (*loc, len(branch.inner) if branch.key is None else branch.key)
        if branch.dropped:
            loc = (*loc, "(again)")
    document.written[loc] = short(found)
    if STARTS_WITH_ZERO.match(found):
        document.problems.append(Problem(LEADING_ZERO, _place(document, mark), {"found": short(found)}))
        document.doubtful.append(path_of(stack))


def _refuse(document: Document, stack: list[Branch], event: Any) -> None:
    # A text that starts so was perhaps meant; what a tag makes of a list or mapping is not known.
    if type(event) is ScalarEvent:
        document.doubtful.append(path_of(stack))
    elif event.tag:
        document.doubtful.append((*path_of(stack), "?"))
    place = _place(document, event.start_mark)
    if event.anchor:
        document.problems.append(Problem(ALIAS, place))
    else:
        tag = short(event.tag.replace("tag:yaml.org,2002:", "!!"))
        document.problems.append(Problem(TAG, place, {"tag": tag}))
