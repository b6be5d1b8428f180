"""What a theme's style does to a page: whether its colours can be read, in light, dark and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from maturity.locale.words import N_
from maturity.models.problem import Kind, Phrase, Place, Problem
from maturity.sources.bundled import bundled

BROKEN = Kind(
    "R326",
    "error",
    "This style cannot be used: {why}.",
    "Look at the braces, and write rules alone, as in style.css; see docs/templates.md.",
)
LOADS = Kind(
    "R327",
    "warning",
    "'{what}' has no effect: pages load nothing, and their security policy keeps it out.",
    "Leave it out. Fonts are those on the reader's device; a logo stands in logo.svg or logo.png.",
)
CONTRAST = Kind(
    "R328",
    "warning",
    "{one} on {other} has a contrast of {ratio} to 1 {scheme}; words want 4.5 to 1.",
    "Make one of them darker or lighter in that scheme; a colour set for all schemes is used in the dark and on paper too.",
)
UNKNOWN = Kind(
    "R329",
    "warning",
    "The contrast of {name} cannot be worked out: '{value}' is no colour in hexadecimal digits.",
    "Write the colour as #12436d.",
)
LEAST = 4.5
SCHEMES = {
    "": N_("in light colours"),
    "prefers-color-scheme: dark": N_("in dark colours"),
    "print": N_("on paper"),
}
# Which colours words have on which grounds, by the names of style.css.
ON_PAPER = ("--ink", "--soft", "--heading", "--link", "--own")
PAIRS = (
    *((ink, ground) for ink in ON_PAPER for ground in ("--paper", "--card")),
    ("--ink", "--warm"),
    ("--ink", "--track"),
    ("--paper", "--fill"),
    *(("--on-light", f"--level-{n}") for n in (1, 2, 3)),
    *(("--on-dark", f"--level-{n}") for n in (4, 5)),
)
COLOURS = {name for pair in PAIRS for name in pair}
HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
TOKENS = re.compile(r"/\*.*?(?:\*/|$)|\"[^\"\n]*\"|'[^'\n]*'|[{};]", re.DOTALL)
LOADING = re.compile(r"@import[^;\n]*|url\(\s*['\"]?(?!['\"]?(?:data:|#))[^)\n]*\)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Declared:
    """A custom property of the page itself, in one scheme: a key of SCHEMES."""

    scheme: str
    name: str
    value: str
    line: int


def style_problems(style: str, file: str) -> list[Problem]:
    """Everything that is wrong with a theme's style, at its line."""
    why = _why_broken(style)
    if why is not None:
        return [Problem(BROKEN, Place(file, line), {"why": reason}) for reason, line in [why]]
    bare = _without(style, "/*")
    found = [
        Problem(LOADS, Place(file, _line(bare, m.start())), {"what": m[0].strip()[:60]})
        for m in LOADING.finditer(bare)
    ]
    return [*found, *_contrasts(list(declared(style)), file)]


def _why_broken(style: str) -> tuple[Phrase, int] | None:
    """What would end the style too early, or swallow what follows it, and in which line."""
    end = re.search(r"</style|<!--|-->", style, re.IGNORECASE)
    if end:
        return Phrase("'{found}' does not belong in it", found=end[0]), _line(style, end.start())
    open_at: list[int] = []
    for token in TOKENS.finditer(style):
        if token[0].startswith("/*") and not token[0].endswith("*/"):
            return Phrase("this comment does not end"), _line(style, token.start())
        if token[0] == "{":
            open_at.append(token.start())
        elif token[0] == "}":
            if not open_at:
                return Phrase("this brace closes nothing"), _line(style, token.start())
            open_at.pop()
    return (Phrase("this brace is never closed"), _line(style, open_at[-1])) if open_at else None


def declared(style: str) -> Iterator[Declared]:
    """The custom properties that a style sets on the page itself, in their order."""
    bare = _without(style, "/*", '"', "'")
    stack: list[str] = []
    start = 0
    for token in re.finditer("[{};]", bare):
        words = bare[start : token.start()]
        name, colon, value = words.partition(":")
        if token[0] == "{":
            stack.append(" ".join(words.split()))
        elif colon and stack and stack[-1] in (":root", "html") and name.strip().startswith("--"):
            scheme = _scheme(stack[:-1])
            if scheme is not None:
                line = _line(bare, start + len(name) - len(name.lstrip()))
                yield Declared(scheme, name.strip(), value.replace("!important", "").strip(), line)
        if token[0] == "}" and stack:
            stack.pop()
        start = token.end()


def _scheme(around: list[str]) -> str | None:
    """Which scheme the blocks around a rule speak of; None for another condition, such as a width."""
    if not around:
        return ""
    said = re.sub(r"@media|[()]|screen and|\s+", " ", " ".join(around)).strip()
    return next((scheme for scheme in SCHEMES if scheme and said.replace(" ", "") == scheme.replace(" ", "")), None)  # fmt: skip


def _contrasts(own: list[Declared], file: str) -> Iterator[Problem]:
    for one in own:
        if one.name in COLOURS and not HEX.fullmatch(one.value):
            yield Problem(UNKNOWN, Place(file, one.line), {"name": one.name, "value": one.value[:40]})
    for scheme, said in SCHEMES.items():
        # What is set for no scheme holds in all: it comes after the dark and the printed style of ours.
        mine = {one.name: one for one in own if one.scheme in ("", scheme) if HEX.fullmatch(one.value)}
        colours = {**_ours(scheme), **{name: one.value for name, one in _last(own, scheme).items()}}
        for ink, ground in PAIRS:
            changed = [mine[name] for name in (ink, ground) if name in mine]
            ratio = contrast(colours.get(ink, ""), colours.get(ground, ""))
            if changed and ratio is not None and ratio < LEAST:
                place = Place(file, max(one.line for one in changed))
                # Cut, not rounded: 4.49 is too little, and must not be said to be 4.5.
                details = {"one": ink, "other": ground, "ratio": f"{int(ratio * 100) / 100:.2f}"}
                yield Problem(CONTRAST, place, {**details, "scheme": Phrase(said)})


def _last(own: list[Declared], scheme: str) -> dict[str, Declared]:
    """What holds in a scheme, by name: of several, the last one that was written."""
    return {one.name: one for one in own if one.scheme in ("", scheme)}


@cache
def _ours(scheme: str) -> Mapping[str, str]:
    """The colours of style.css in a scheme."""
    style = (bundled("templates") / "style.css").read_text(encoding="utf-8")
    return {one.name: one.value for one in declared(style) if one.scheme in ("", scheme)}


def contrast(one: str, other: str) -> float | None:
    """The contrast of two colours in hexadecimal digits by WCAG 2, from 1 to 21; None where one is no such colour.

    >>> contrast("#000", "#ffffff")
    21.0
    """
    if not (HEX.fullmatch(one) and HEX.fullmatch(other)):
        return None
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    shares = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _without(style: str, *starts: str) -> str:
    """The style with blanks for what begins so (comments, strings), so that every place stays where it was."""

    def blank(token: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", token[0]) if token[0].startswith(starts) else token[0]

    return TOKENS.sub(blank, style)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
