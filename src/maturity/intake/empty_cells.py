"""Makes text of cells that the parser takes for empty ones: errors, and formulas that were never calculated."""

from __future__ import annotations

import re

NO_RESULT = "#FORMULA!"
_ERROR_VALUE = re.compile(r"#[A-Z][A-Z_/0]*[!?]|#N/A|#GETTING_DATA|Err:\d{3}", re.IGNORECASE)
# Tags as XML writes them: a quoted value may hold '>'. Possessive, so that no text makes the search slow.
_PREFIX = rb"(?:[^\s<>/:\"'=]++:)?+"
_ATTRIBUTES = rb"""((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)"""
_ROW_OR_CELL = re.compile(rb"<" + _PREFIX + rb"(row|c)(?=[\s/>])" + _ATTRIBUTES + rb">")
_TYPE = re.compile(rb"""([\s"']t\s*+=\s*+)["'](\w*+)["']""")
_FORMULA_ALONE = re.compile(
    rb"<(%(prefix)s)c(?=[\s>])%(attributes)s>\s*+<%(prefix)sf(?=[\s/>])%(attributes)s>(?:[^<]*+</%(prefix)sf>)?+\s*+"
    rb"(?:<%(prefix)sv\s*+/>|<%(prefix)sv>\s*+</%(prefix)sv>)?+\s*+</%(prefix)sc>"
    % {b"prefix": _PREFIX, b"attributes": _ATTRIBUTES}
)
_ODS_CELL = re.compile(rb"<" + _PREFIX + rb"(?:covered-)?table-cell(?=[\s/>])" + _ATTRIBUTES + rb">")


def tell_all(part: str, content: bytes) -> bytes:
    """Makes text of what the parser takes for an empty cell: errors, and formulas that were never calculated."""
    if part == "content.xml":
        return _ODS_CELL.sub(_ods_as_text, content)
    if not part.startswith("xl/") or not part.endswith(".xml"):
        return content
    return _FORMULA_ALONE.sub(_formula_as_text, _ROW_OR_CELL.sub(_error_as_text, content))


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


def _ods_as_text(match: re.Match[bytes]) -> bytes:
    """The text beside an error is its name, while the value is empty."""
    if b'value-type="error"' in match[1]:
        return re.sub(rb'\s[\w-]+:string-value="[^"]*+"', b"", match[0])
    if b":formula=" not in match[1] or b":value-type=" in match[1]:
        return match[0]
    value = b' office:value-type="string" office:string-value="%s"' % NO_RESULT.encode()
    end = b"/>" if match[0].endswith(b"/>") else b">"
    return match[0][: -len(end)] + value + end


def is_error(text: str) -> bool:
    """Whether a spreadsheet program wrote this for want of a value."""
    return text == NO_RESULT or _ERROR_VALUE.fullmatch(text) is not None
