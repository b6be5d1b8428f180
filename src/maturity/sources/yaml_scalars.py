"""What a value without quotes means, by YAML 1.2's core schema."""

from __future__ import annotations

import math
import re
from typing import Any

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
STARTS_WITH_ZERO = re.compile(r"[-+]?0[0-9]")
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
    return plain(value) == value and not STARTS_WITH_ZERO.match(value)


def plain(value: str) -> Any:
    """What a scalar without quotes is: nothing, true or false, a number, or else its own text."""
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
