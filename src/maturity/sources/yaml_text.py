"""From a file's bytes to text that a YAML parser can take, with lines that are an editor's lines."""

from __future__ import annotations

import re

from maturity.models.problem import Kind, Place, Problem

NOT_TEXT = Kind(
    "F001",
    "error",
    "The file is not UTF-8 text.",
    "Save it as UTF-8; if it is a picture or a workbook, it does not belong here.",
)
INVISIBLE = Kind(
    "F017",
    "error",
    "An invisible character ({code}) stands here, which text cannot hold.",
    "Delete it; if the file is a picture or a workbook, it does not belong here.",
)


# What YAML forbids, the Unicode line breaks that it counts as lines and editors do not, and what hides or reorders
# the text around it: zero-width spaces, joiners of words, the marks that turn the direction of writing, and the tags
# that can carry whole sentences unseen. Soft hyphens are text: they come with what is pasted, and no id can hold one.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff"
    r"\U000e0000-\U000e007f]"
)
# The flags of England, Scotland and Wales are a black flag with tags after it that say which.
_FLAG = re.compile(
    "\U0001f3f4(?:"
    + "|".join("".join(chr(0xE0000 + ord(c)) for c in name) for name in ("gbeng", "gbsct", "gbwls"))
    + ")\U000e007f"
)
_FLAG_OR_INVISIBLE = re.compile(f"{_FLAG.pattern}|{_INVISIBLE.pattern}")
# JSON writes a character beyond U+FFFF as two escapes, which libyaml refuses one by one.
_SURROGATES = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def decode(raw: bytes, file: str) -> str | Problem:
    """The text of UTF-8 `raw` (with or without a byte order mark), or what is wrong with it."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem(NOT_TEXT, _after(raw[: error.start].decode("utf-8-sig", "replace"), file))
    found = invisible(text)
    if found:
        return Problem(INVISIBLE, _after(text[: found.start()], file), {"code": code_of(found)})
    return _SURROGATES.sub(_joined, text) if text.lstrip().startswith("{") else text


def invisible(text: str) -> re.Match[str] | None:
    """The first character that text cannot hold: invisible ones, and those that could forge what a terminal shows."""
    found = _INVISIBLE.search(text)
    while found and found.start() and (flag := _FLAG.match(text, found.start() - 1)):
        found = _INVISIBLE.search(text, flag.end())
    return found


def without_invisible(text: str) -> str:
    """The text with a space for each character that text cannot hold."""
    return _FLAG_OR_INVISIBLE.sub(lambda found: " " if len(found[0]) == 1 else found[0], text)


def code_of(found: re.Match[str]) -> str:
    """How Unicode writes that character: U+200B."""
    return f"U+{ord(found[0]):04X}"


def _joined(pair: re.Match[str]) -> str:
    high, low = int(pair[2], 16), int(pair[3], 16)
    return f"{pair[1]}\\U{0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00:08x}"


def _after(before: str, file: str) -> Place:
    """The place of what follows `before`."""
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
