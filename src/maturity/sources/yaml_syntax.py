"""What a YAML parser's complaint means: which mistake was made, where it was made, and what to do about it.

libyaml says "did not find expected key" where a person closed a quotation mark too early, and points at the end of
the file where one was never closed. Its words are told apart here, and the mark that lies nearer to the mistake is
chosen: where something opened, rather than where the file ended.
"""

from __future__ import annotations

import re
from itertools import islice

import yaml

from maturity.models.problem import Kind, Phrase, Place, Problem

NOT_YAML = Kind(
    "F003",
    "error",
    "This is not YAML: {reason}.",
    "Check the indentation, quotes and colons here and on the line above.",
)
TAB = Kind(
    "F030",
    "error",
    "A tab stands here, where the indentation must be spaces.",
    "Replace the tab with spaces, two for each level.",
)
OPEN_QUOTE = Kind(
    "F031",
    "error",
    "The quotation mark that opens here is never closed.",
    "Close it where the text ends; an apostrophe inside '...' is written twice.",
)
OPEN_BRACKET = Kind(
    "F032",
    "error",
    "The bracket '{bracket}' that opens here is not closed, or a comma is missing: line {line} does not fit into it.",
    "Close it with '{closing}', and put commas between its entries.",
)
NO_COLON = Kind(
    "F033",
    "error",
    "This line is neither 'key: value' nor part of a text.",
    "Put a colon and a space after a key; indent a line that goes on with the text above.",
)
COLON = Kind(
    "F034",
    "error",
    "A colon is not expected here.",
    "Put a text that holds ': ' in quotes; if it follows a key, indent the line like its neighbours.",
)
FIRST_CHARACTER = Kind(
    "F035", "error", "A text cannot start with '{found}'.", "Put the whole text in quotes."
)
INDENTATION = Kind(
    "F036",
    "error",
    "This does not line up with the lines that it belongs to.",
    "Start it with as many spaces as its neighbours have; each entry of a list starts with '- '.",
)
AFTER_QUOTE = Kind(
    "F037",
    "error",
    "The text goes on after its closing quotation mark; it opened on line {opened}.",
    "Write an apostrophe inside '...' twice, or put the whole text into \"...\".",
)
ESCAPE = Kind(
    "F038",
    "error",
    'A backslash inside "..." is not followed by anything that it can stand with.',
    "Write the backslash twice, or put the text into '...'.",
)
CONFLICT = Kind(
    "F042",
    "error",
    "The file was not merged to the end: a conflict of git stands here ('{marker}').",
    "Choose what counts of the two sides, or join them, and delete the lines that start with '<<<<<<<', '=======' and "
    "'>>>>>>>'.",
)

SYNTAX_KINDS = (
    NOT_YAML,
    TAB,
    OPEN_QUOTE,
    OPEN_BRACKET,
    NO_COLON,
    COLON,
    FIRST_CHARACTER,
    INDENTATION,
    AFTER_QUOTE,
    ESCAPE,
    CONFLICT,
)
"""All that is told here."""

MOST_CONFLICTS = 20
"""So many are told of one file."""

_CLOSING = {"[": "]", "{": "}"}
_BREAKS = re.compile(r"\r\n|\r|\n")
_CONFLICT = re.compile(r"(?:^|(?<=\r))(<{7}|={7}|>{7})(?: [^\r\n]*)?(?=[\r\n]|\Z)", re.MULTILINE)
_NEXT_KEY = re.compile(r"[^\s'\",{}\[\]]+:(?:\s|$)")


def syntax_problems(error: yaml.MarkedYAMLError, text: str, file: str) -> list[Problem]:
    """The parser's `error` about `text` as problems of a person's file: each conflict that git left, else what it says."""
    # Looked for in the whole text, not line by line: a file may have millions of them.
    marks = list(islice(_CONFLICT.finditer(text), 3 * MOST_CONFLICTS))
    starts = [mark for mark in marks if mark[1] == "<" * 7] or marks[:1]
    conflicts = [
        Problem(
            CONFLICT, Place(file, len(_BREAKS.findall(text, 0, mark.start())) + 1, 1), {"marker": mark[1]}
        )
        for mark in starts[:MOST_CONFLICTS]
    ]
    return conflicts or [_syntax_problem(error, text, file)]


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    said, doing = error.problem or "", error.context or ""
    lines = _BREAKS.split(text)
    here, start = _position(error.problem_mark), _position(error.context_mark)
    here = here or start or (1, 1)
    start = start or here

    def problem(kind: Kind, at: tuple[int, int], **details: object) -> Problem:
        return Problem(kind, Place(file, *at), details)

    character = _character(lines, here)
    if "tab character" in said or (character == "\t" and "cannot start any token" in said):
        return problem(TAB, here)
    if "quoted scalar" in doing:
        closes = "unexpected end of stream" in said or "document indicator" in said
        return problem(OPEN_QUOTE, start) if closes else problem(ESCAPE, here)
    if "flow" in doing and _character(lines, start) in _CLOSING:
        if _goes_on_after_quote(_line(lines, here), here[1] - 1):
            return problem(AFTER_QUOTE, here, opened=_opened(text, here))
        bracket = _character(lines, start)
        return problem(OPEN_BRACKET, start, bracket=bracket, closing=_CLOSING[bracket], line=here[0])
    if "cannot start any token" in said or ("expected node content" in said and character in (",", "]", "}")):
        return problem(FIRST_CHARACTER, here, found=character)
    if "expected ':'" in said:
        return problem(NO_COLON, start)
    if "mapping values are not allowed" in said:
        return problem(COLON, here)
    if "expected key" in said or "expected '-' indicator" in said:
        before = _line(lines, here)[: here[1] - 1].rstrip()
        if before.endswith(("'", '"')):
            return problem(AFTER_QUOTE, here, opened=_opened(text, here))
        return problem(INDENTATION, here)
    words = said or doing
    reason = (
        Phrase("the reader says “{words}”", words=words) if words else Phrase("the reader cannot say why")
    )
    return problem(NOT_YAML, here, reason=reason)


def _opened(text: str, here: tuple[int, int]) -> int:
    """The line on which the last text between quotation marks opened that closes before a place."""
    opened = here[0]
    try:
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if (token.start_mark.line + 1, token.start_mark.column + 1) >= here:
                break
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                opened = token.start_mark.line + 1
    except yaml.YAMLError:
        pass  # Told already.
    return opened


def _goes_on_after_quote(line: str, at: int) -> bool:
    """Whether words go on after a closing quotation mark, as in {en: 'Council's plan'}, and no next key starts there."""
    before, character = line[:at], line[at : at + 1]
    if not (character.isalnum() and before.rstrip().endswith(("'", '"'))):
        return False
    return before.endswith(("'", '"')) or _NEXT_KEY.match(line, at) is None


def _position(mark: yaml.Mark | None) -> tuple[int, int] | None:
    return (mark.line + 1, mark.column + 1) if mark else None


def _line(lines: list[str], at: tuple[int, int]) -> str:
    return lines[at[0] - 1] if at[0] <= len(lines) else ""


def _character(lines: list[str], at: tuple[int, int]) -> str:
    return _line(lines, at)[at[1] - 1 : at[1]]
