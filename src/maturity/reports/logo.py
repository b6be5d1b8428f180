"""A council's or an association's own sign: looked at before it is put into pages, as an address that holds it."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from xml.etree import ElementTree

from maturity.models.problem import Kind, Phrase

LOGO = Kind(
    "R325",
    "error",
    "This logo cannot be used: {why}.",
    "Save it anew as a plain PNG or SVG picture that holds everything it shows, as small as a page's head needs it.",
)
MOST_BYTES = 100_000
MOST_PIXELS = 4000
PNG = b"\x89PNG\r\n\x1a\n"
SVG = "{http://www.w3.org/2000/svg}svg"
ACTIVE = (
    "script",
    "foreignObject",
    "iframe",
    "object",
    "embed",
    "handler",
    "audio",
    "video",
    "animate",
    "set",
)
OUTSIDE = re.compile(
    r"url\(\s*['\"]?\s*(?!#|data:image/)|@import|(?:https?:)?//(?!www\.w3\.org/)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture as a ``data:`` address, and what it is called in each language, as (language, words)."""

    source: str
    names: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, kind: str, raw: bytes, named: Mapping[str, str]) -> Self:
        """Of a picture's bytes and media type."""
        return cls(f"data:{kind};base64,{base64.b64encode(raw).decode()}", tuple(named.items()))

    @property
    def named(self) -> dict[str, str]:
        """The words by language."""
        return dict(self.names)


def logo_problem(name: str, raw: bytes) -> Phrase | None:
    """Why a file cannot be a logo; None where it can."""
    if len(raw) > MOST_BYTES:
        return Phrase("it is larger than {n} kB", n=MOST_BYTES // 1000)
    return _png_problem(raw) if name.endswith(".png") else _svg_problem(raw)


def _png_problem(raw: bytes) -> Phrase | None:
    """Every chunk is looked at, to the last; the picture's own data are left to the browser."""
    no_png = Phrase("it is no PNG picture, or only a part of one")
    at, kinds = len(PNG), list[bytes]()
    if not raw.startswith(PNG):
        return no_png
    while at + 12 <= len(raw) and b"IEND" not in kinds:
        length = int.from_bytes(raw[at : at + 4], "big")
        content, check = raw[at + 4 : at + 8 + length], raw[at + 8 + length : at + 12 + length]
        if len(check) < 4 or zlib.crc32(content) != int.from_bytes(check, "big"):
            return no_png
        kinds.append(content[:4])
        at += 12 + length
    if kinds[:1] != [b"IHDR"] or b"IDAT" not in kinds or kinds[-1] != b"IEND" or at != len(raw):
        return no_png
    sides = (int.from_bytes(raw[16:20], "big"), int.from_bytes(raw[20:24], "big"))
    if not all(1 <= side <= MOST_PIXELS for side in sides):
        return Phrase("it is wider or higher than {n} pixels", n=MOST_PIXELS)
    return None


def _svg_problem(raw: bytes) -> Phrase | None:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Phrase("it is no SVG picture in UTF-8")
    if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        return Phrase("it declares a document type, which pictures do not need")
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, RecursionError):
        return Phrase("it is no SVG picture, or a broken one")
    if root.tag != SVG:
        return Phrase("it is no SVG picture, or a broken one")
    return next((why for element in root.iter() if (why := _element_problem(element))), None)


def _element_problem(element: ElementTree.Element) -> Phrase | None:
    """A script, or something that lies outside the file, in one of its elements."""
    tag = str(element.tag).rpartition("}")[2]
    if tag.lower() in {name.lower() for name in ACTIVE}:
        return Phrase("it holds an element that does something: {name}", name=tag)
    for attribute, value in element.attrib.items():
        name = attribute.rpartition("}")[2].lower()
        if name.startswith("on"):
            return Phrase("it holds an element that does something: {name}", name=name)
        is_outside = name in ("href", "src") and not value.strip().startswith(("#", "data:image/"))
        if is_outside or OUTSIDE.search(value):
            return Phrase("it refers to something outside itself: {name}", name=value.strip()[:60])
    if tag == "style" and OUTSIDE.search(element.text or ""):
        return Phrase("it refers to something outside itself: {name}", name=tag)
    return None
