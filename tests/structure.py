"""What pages and workbooks are made of, so that one in English and the same in Welsh can be set side by side.

Both become trees of `Node`. Words fall away, since they differ; that there are words, the numbers in them and the
names that they hold stay. What is listed by name stands in the order of each language's alphabet: `Node.settle`
puts neighbours of one kind that name somebody in an order of their own.
"""

from __future__ import annotations

import base64
import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import groupby, zip_longest
from typing import NamedTuple
from xml.etree import ElementTree

from maturity.intake.xlsx import TAGS
from maturity.models.register import Register
from maturity.models.text import LANGUAGES, Language
from test_html import VOID

NUMBER = re.compile(r"[-−+]?\d+(?:[.,]\d+)*(?![\d…])")
"""Not one of which an ellipsis took the end."""


class Said(NamedTuple):
    """What stays of words: the names that stand in them, by codes, and their numbers."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]


Value = str | Said | tuple["Value", ...]


@dataclass(slots=True)
class Node:
    """An element: its attributes as far as they are no words, what it says itself, and what stands in it."""

    tag: str
    attributes: dict[str, Value] = field(default_factory=dict)
    inside: list[Node | Said] = field(default_factory=list)

    def kind(self) -> tuple[object, ...]:
        return self.tag, self.attributes.get("class")

    def settle(self) -> list[str]:
        """Puts lists by name into one order for all languages; gives the codes of all who are named here."""
        named = [code for one in self.attributes.values() if isinstance(one, Said) for code in one.names]
        order: list[Node | Said] = []
        for _, run in groupby(self.inside, lambda one: one.kind() if isinstance(one, Node) else ()):
            neighbours = [(one, one.settle() if isinstance(one, Node) else list(one.names)) for one in run]
            named += sorted(code for _, codes in neighbours for code in codes)
            theirs = _by_name([one for one in neighbours if one[1]])
            order += [next(theirs) if codes else one for one, codes in neighbours]
        self.inside = order
        if named and "data-v" in self.attributes:
            self.attributes["data-v"] = "place in the alphabet"
        return named


def _by_name(named: list[tuple[Node | Said, list[str]]]) -> Iterator[Node | Said]:
    """By whom they name, and where that is the same by all that they hold, which takes long to write down."""
    for _, alike in groupby(sorted(named, key=lambda one: one[1]), lambda one: one[1]):
        same = [one for one, _ in alike]
        yield from sorted(same, key=repr) if len(same) > 1 else same


class Reader:
    """Makes words of one language, or of both beside each other, into what stays of them."""

    def __init__(self, language: Language | None, register: Register) -> None:
        self.language = language
        spoken = LANGUAGES if language is None else (language,)
        names = {o.name.to(one): o.code for o in register.organisations for one in spoken}
        self._codes = names
        listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        self._names = re.compile(rf"(?<!\w)(?:{listed})(?!\w)")
        self._known: dict[str, Said] = {}

    def __call__(self, words: str) -> Said:
        known = self._known.get(words)
        if known is None:
            known = self._known[words] = self._read(words)
        return known

    def _read(self, words: str) -> Said:
        """Where both languages say a thing, it is taken to be said once."""
        names = [self._codes[name] for name in self._names.findall(words)]
        numbers = [n.replace(",", "") for n in NUMBER.findall(self._names.sub(" ", words))]
        settle: Callable[[Iterable[str]], Iterable[str]] = set if self.language is None else list
        return Said(tuple(sorted(settle(names))), tuple(sorted(settle(numbers))))


def differences(one: Node, other: Node, at: str = "") -> list[str]:
    """Where two trees are not the same, and how; nothing where they are."""
    here = f"{at}/{one.tag}" + (f"#{one.attributes['id']}" if "id" in one.attributes else "")
    if one.tag != other.tag:
        return [f"{at}: <{one.tag}> in one, <{other.tag}> in the other"]
    found = [
        f"{here} {name}: {one.attributes.get(name)} in one, {other.attributes.get(name)} in the other"
        for name in sorted({*one.attributes, *other.attributes})
        if one.attributes.get(name) != other.attributes.get(name)
    ]
    for mine, theirs in zip_longest(one.inside, other.inside):
        if isinstance(mine, Node) and isinstance(theirs, Node):
            found += differences(mine, theirs, here)
        elif mine != theirs:
            found.append(f"{here}: {short(mine)} in one, {short(theirs)} in the other")
    return found


def short(one: Node | Said | None) -> str:
    return f"<{one.tag}>" if isinstance(one, Node) else str(one)


# Pages

SPOKEN = {"alt", "aria-label", "aria-description", "content", "data-h", "download", "placeholder", "title"}


class _Page(HTMLParser):
    def __init__(self, read: Reader) -> None:
        super().__init__(convert_charrefs=True)
        self.read = read
        self.open = [Node("page")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: self._attribute(name, value or "") for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Node(tag, {n: self._attribute(n, v or "") for n, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.open[-1].inside.append(self.read(data))

    def _attribute(self, name: str, value: str) -> Value:
        if name in ("lang", "hreflang"):
            return "its own" if value == self.read.language else "another"
        if value.startswith("data:text/csv"):
            rows = csv.reader(io.StringIO(base64.b64decode(value.split(",", 1)[1]).decode("utf-8-sig")))
            head, *body = [tuple(self.read(cell) if cell else "" for cell in row) for row in rows]
            return (head, *sorted(body, key=repr))
        if name in SPOKEN or (name.startswith("data-") and NUMBER.fullmatch(value) is None):
            return self.read(value) if value else ""
        return value


def page_tree(text: str, language: Language, register: Register) -> Node:
    """A page as a tree. What its tables offer as CSV stands in the links, rows in any order."""
    page = _Page(Reader(language, register))
    page.feed(text)
    page.close()
    (root,) = page.open
    root.settle()
    return root


# Workbooks

WORDS = {
    *("descr", "display", "displayName", "error", "errorTitle", "prompt", "promptTitle", "title", "tooltip"),
    *("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"),
    *("t", "v", "text", "author", "Author", "lpwstr", "description", "subject", "keywords"),
}
"""Attributes and elements that people read."""
NAMED = {"tableColumn", "table", "sheet", "cNvPr"}
"""Elements whose attribute "name" people read."""
SIZES = {("row", "ht"), ("col", "width")}
"""Room for words, of which the other language's need more or less: that it is set is equal."""
FORMULAS = {"f", "formula", "formula1", "formula2", "definedName", "location"}
CELL = re.compile(r"(?<![\w$'!.])([A-Z]{1,3})(\d{1,7})(?![\w(.])")
SHEET = re.compile(r"'(?:[^']|'')+'!")
QUOTED = re.compile(r'"((?:[^"]|"")*)"')
PARTS = re.compile(
    r"xl/(worksheets/|comments|tables/|charts/|drawings/|workbook\.xml|_rels/)|docProps/|\[Content|_rels/"
)
"""The parts of an archive that are looked at as they stand: all but the styles, which are looked up, and the theme."""


class Book:
    """A workbook's archive, of which `tree` is what it is made of. Sheets are called by their numbers."""

    def __init__(self, content: bytes, language: Language | None, register: Register) -> None:
        self.read = Reader(language, register)
        self.parts: dict[str, ElementTree.Element] = {}
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels", ".vml")):
                    self.parts[name] = ElementTree.fromstring(archive.read(name))
        named = [one.get("name", "") for one in self.parts["xl/workbook.xml"].iter() if _tag(one) == "sheet"]
        self.sheets = {name: f"sheet{n}!" for n, name in enumerate(named, 1)}
        self.quoted = {"'" + name.replace("'", "''") + "'!": number for name, number in self.sheets.items()}
        shared = self.parts.get("xl/sharedStrings.xml", ())
        self.shared = [self.read("".join(one.itertext())) for one in shared]
        self.styles, self.differential = self._styles()

    def tree(self, only: str | None = None) -> Node:
        """What all of it is made of, or one part of the archive (and the looks that conditions give)."""
        root = Node("workbook", {"shown like": self.differential})
        for name, element in sorted(self.parts.items()):
            self.lists = name == f"xl/worksheets/{self.sheets.get('_lists', '')[:-1]}.xml"
            if PARTS.match(name) and only in (None, name):
                root.inside.append(Node("part", {"id": name}, [self._node(element)]))
        root.settle()
        return root

    def _styles(self) -> tuple[list[Value], Value]:
        """What every cell's number of a style stands for; and the looks that conditions give."""
        groups = {_tag(one): list(one) for one in self.parts["xl/styles.xml"]}
        formats = {one.get("numFmtId"): one.get("formatCode", "") for one in groups.get("numFmts", ())}

        def looked_up(style: ElementTree.Element) -> Value:
            number = style.get("numFmtId", "0")
            of = (("fonts", "fontId"), ("fills", "fillId"), ("borders", "borderId"))
            return (
                self._formula(formats.get(number, number)),
                *(_plain(groups[group][int(style.get(name, "0"))]) for group, name in of),
                *(_plain(one) for one in style),
            )

        return [looked_up(one) for one in groups["cellXfs"]], tuple(map(_plain, groups.get("dxfs", ())))

    def _node(self, element: ElementTree.Element, row: int | None = None) -> Node:
        tag = _tag(element)
        if tag in ("row", "c") and "r" in element.attrib:
            row = int(re.sub(r"\D", "", element.attrib["r"]))
        node = Node(tag)
        for name, value in element.attrib.items():
            plain = name.rpartition("}")[2]
            node.attributes[plain] = self._attribute(tag, plain, value)
        if element.text and element.text.strip():
            node.inside.append(self._text(tag, element, row))
        node.inside += [self._node(one, row) for one in element]
        return _columns(node) if tag == "sheetData" and self.lists else node

    def _attribute(self, tag: str, name: str, value: str) -> Value:
        if (tag, name) in SIZES:
            return "set"
        if tag == "row" and name == "r":
            return ""
        if tag == "c" and name in "rs":
            return self.styles[int(value)] if name == "s" else re.sub(r"\d", "", value)
        if tag == "shape" and name == "style":
            return re.sub(r"height:\d+px", "height", value)
        if name == "location":
            return self._formula(value)
        return self.read(value) if name in WORDS or (name == "name" and tag in NAMED) else value

    def _text(self, tag: str, element: ElementTree.Element, row: int | None) -> Said | Node:
        text = element.text or ""
        if tag in FORMULAS:
            return Node("formula", {"says": self._formula(text, row)})
        if tag == "language":
            own = text in ([TAGS[self.read.language]] if self.read.language else TAGS.values())
            return Node("plain", {"says": "its own" if own else text})
        if tag in WORDS:
            return self.read(text)
        return Node("plain", {"says": text})

    def _formula(self, text: str, row: int | None = None) -> Value:
        """A formula with sheets by number, what stays of its words, and cells of its own row as such."""
        text = SHEET.sub(lambda found: self.quoted.get(found[0], found[0]), text)
        words = tuple(self.read(quoted) if quoted else "" for quoted in QUOTED.findall(text))
        text = QUOTED.sub('""', text)
        if row is not None:
            text = CELL.sub(lambda found: f"{found[1]}[{int(found[2]) - row}]", text)
        return (text, *words)


def _columns(data: Node) -> Node:
    """A sheet of lists, one below each heading: each by itself, since one of them is by name."""
    cells = [
        one for row in data.inside if isinstance(row, Node) for one in row.inside if isinstance(one, Node)
    ]
    columns: dict[str, list[Node | Said]] = {}
    for cell in cells:
        columns.setdefault(str(cell.attributes["r"]), []).append(cell)
    return Node("sheetData", {}, [Node("column", {"id": name}, inside) for name, inside in columns.items()])


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _plain(element: ElementTree.Element) -> Value:
    return ElementTree.tostring(element, encoding="unicode")


def workbook_tree(content: bytes, language: Language | None, register: Register) -> Node:
    """A workbook as a tree, in which sheets' names are numbers."""
    return Book(content, language, register).tree()
