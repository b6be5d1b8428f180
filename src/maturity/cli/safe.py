"""Strings from files and file names, made harmless for a terminal."""

from __future__ import annotations

import re
import textwrap

from maturity.models.direction import END, ISOLATE, pieces

# Control characters (escape sequences begin with one), those that turn or hide what stands after them, and those that
# nobody sees.
_HARMFUL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)


def printable(text: str, *, one_line: bool = True) -> str:
    r"""The text with everything that could steer a terminal written out: a real escape becomes ``\x1b``.

    A line break becomes a space, so that nothing that a file says looks like a line of ours.
    """
    if one_line:
        text = re.sub(r"[\r\n\t]+", " ", text)
    if ISOLATE not in text:
        return _HARMFUL.sub(_written_out, text)
    # What is isolated because it runs to the left stays so.
    shown = [
        _HARMFUL.sub(_written_out, piece.strip(ISOLATE + END) if n % 2 else piece)
        for n, piece in enumerate(pieces(text))
    ]
    return "".join(f"{ISOLATE}{piece}{END}" if n % 2 else piece for n, piece in enumerate(shown))


def folded(text: str, width: int, further: str = "") -> list[str]:
    """Lines of at most `width` columns (30 at the least), broken between words, behind the blanks that the text begins
    with; later ones behind `further` too. What is longer than a line, as an address may be, stays whole.

    >>> folded("  It is not there, wherever one looks.", 30)
    ['  It is not there, wherever', '  one looks.']
    """
    said = text.lstrip(" ")
    margin = " " * (len(text) - len(said))
    return textwrap.wrap(
        said,
        max(30, width),
        initial_indent=margin,
        subsequent_indent=margin + further,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _written_out(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
