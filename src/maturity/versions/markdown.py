"""A difference as Markdown: a comment for a pull request, and a section for a changelog.

Whatever comes from files is escaped, so that it can draw no table, open no tag and call nobody: GitHub reads ``@name``
and ``#1`` as mentions wherever they stand outside code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from maturity.models.problem import Problem
from maturity.versions.changes import Change, Compared, Effect
from maturity.versions.difference import Difference
from maturity.versions.replay import GroupMoves, Replay
from maturity.versions.told import (
    HEADINGS,
    both,
    count,
    farthest,
    heading,
    movement,
    not_scored,
    place_of,
    replay_sentences,
    summary,
    undecided,
    what_happened,
    who,
)

MOST_CHARACTERS = 59_000
"""GitHub takes 65,536; some room is left for what a workflow puts around it."""
_SPECIAL = re.compile(r"[\\`*_\[\]<>#|@~&$]|:(?=[\w/+-])|(?<=www)\.|^[-+](?=\s)|^\d+(?=[.)]\s)")
"""What means something to GitHub: a colon before a word may start an emoji or a link, a dash before a blank a list."""
_ISSUE = re.compile(r"\bGH-(?=[0-9])", re.IGNORECASE)
_CALLS = re.compile(r"(?<![\w.-])@\w|#\d|:[\w+-]+:|://|www\.|[$]")
"""What GitHub acts on though a backslash stands before it: mentions, references, emoji, links, mathematics."""
_MARKS = re.compile(r"[\\`*\[\]<|~]|&(?=[#\w]+;)|(?<!\w)_|_(?!\w)|^[-+>#](?=\s|>|#|$)|(?<=^\d)[.)](?=\s)")
"""What a backslash makes harmless; an underscore within a word, as ids have them, is harmless by itself."""
_PLAIN = re.compile(r"[\w./:@ ×–-]+(?<! )")


@dataclass
class Part:
    """A part of the comment: what stands before and after its `rows`, of which the last can be left out."""

    head: list[str]
    rows: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    left_out: int = 0

    @property
    def lines(self) -> list[str]:
        more = f"And {self.left_out:,} more, left out here for length."
        return [*self.head, *self.rows, *(["", more] if self.left_out else []), *self.tail]

    @property
    def size(self) -> int:
        return sum(len(line) + 1 for line in self.lines)


def comment(found: Difference) -> str:
    """The pull request's comment: what is owed first, then each class as a table, then who moves, folded away.

    It keeps below MOST_CHARACTERS: what is left out is counted where it would have stood.
    """
    parts = [Part([_verdict(found), ""], [_problem(problem) for problem in found.problems], [""])]
    parts += [part for one in found.compared for part in _compared(one)]
    parts += [part for one in found.replays for part in _replayed(one)]
    parts += [Part([escaped(sentence), ""]) for sentence in found.not_replayed]
    for words, names in (("Only in OLD", found.only_old), ("Only in NEW", found.only_new)):
        if names:
            parts.append(Part([f"{words}: {', '.join(map(escaped, names))}.", ""]))
    _shorten(parts)
    lines = [line for part in parts for line in part.lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _shorten(parts: list[Part]) -> None:
    """Leaves out the last rows of what is longest until the whole is short enough, and then whole parts from the end."""
    sizes = [part.size for part in parts]
    while sum(sizes) > MOST_CHARACTERS and any(part.rows for part in parts):
        longest = max((n for n, part in enumerate(parts) if part.rows), key=lambda n: sizes[n])
        part = parts[longest]
        gone = max(len(part.rows) // 8, 1)
        part.rows, part.left_out = part.rows[:-gone], part.left_out + gone
        sizes[longest] = part.size
    whole = len(parts)
    while sum(sizes) > MOST_CHARACTERS and len(parts) > 1:
        parts.pop()
        sizes.pop()
    if len(parts) < whole:
        parts.append(Part([f"And {count(whole - len(parts), 'part')} more, left out here for length."]))


def _problem(problem: Problem) -> str:
    word = "**Wrong:** " if problem.kind.severity == "error" else "Note: "
    said = f"{escaped(problem.message())} {escaped(problem.remedy())}"
    return f"- {word}{said} ({escaped(str(problem.place))}, {problem.kind.code})"


def changelog(found: Difference) -> str:
    """A section for each new version, gravest changes first, for those who maintain it or score with it."""
    lines: list[str] = []
    for one in found.compared:
        if not one.changes:
            continue
        lines += [f"## {readable(one.id)} {one.subject} {one.new_version}", ""]
        lines += [f"Since {one.old_version}: {summary(one)}", ""]
        for effect, words in HEADINGS.items():
            changes = [change for change in one.changes if change.effect is effect]
            if changes:
                lines += [f"### {words}", "", *map(_line, changes), ""]
    for replayed in found.replays:
        lines += ["### What it does to stored answers", ""]
        lines += [f"- {readable(sentence)}" for sentence in replay_sentences(replayed)]
        lines += [f"- {readable(sentence)}" for sentence in _farthest(replayed)] + [""]
    return "\n".join(lines).strip() + "\n" if lines else "Nothing changed.\n"


def escaped(words: str) -> str:
    """Words from a file as Markdown that shows them and does nothing else.

    GitHub looks for people and issues to link after it has read the entities: what parts a sign from the name behind it
    is seen by nobody, and keeps it from calling anybody.
    """
    words = "".join(" " if c in "\r\n\t" else c for c in words if c in "\r\n\t" or _shows(c))
    words = _ISSUE.sub("\\g<0>\N{WORD JOINER}", words)
    return _SPECIAL.sub(lambda found: "".join(_entity(c) for c in found[0]), words)


def _entity(sign: str) -> str:
    return f"&#{ord(sign)};" + ("\N{WORD JOINER}" if sign in "@#" else "")


def readable(words: str) -> str:
    """Words from a file as Markdown for a file that people read as text too: a backslash before what means something, and
    whole as code where no backslash would keep GitHub from calling somebody or linking."""
    words = "".join(" " if c in "\r\n\t" else c for c in words if c in "\r\n\t" or _shows(c))
    if not _CALLS.search(words):
        return _MARKS.sub(r"\\\g<0>", words)
    fence = "`" * (max((len(run) for run in re.findall("`+", words)), default=0) + 1)
    return f"{fence} {words} {fence}" if "`" in words else f"{fence}{words}{fence}"


def code(words: str) -> str:
    """An address as code where nothing in it could end the code; else escaped."""
    return f"`{words}`" if _PLAIN.fullmatch(words) else escaped(words)


def _shows(character: str) -> bool:
    """Neither a control character nor one that turns or hides what follows."""
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _verdict(found: Difference) -> str:
    n = len(found.findings)
    said = f"**{count(n, 'thing')} to put right**" if n else "**The versions are right**"
    return f"{said}: {escaped(found.old)} → {escaped(found.new)}"


def _compared(one: Compared) -> Iterator[Part]:
    head = [f"### {escaped(heading(one))}", "", escaped(summary(one)), ""]
    if undecided(one):
        head += [f"**{escaped(undecided(one))}**", ""]
    yield Part(head)
    for effect, words in HEADINGS.items():
        changes = [change for change in one.changes if change.effect is effect]
        if changes:
            folded = effect is Effect.neutral or len(changes) > 20
            columns = "| what | where | before | after | places |\n|---|---|---|---|---|"
            yield _folded(f"{words}: {len(changes)}", columns, map(_row, changes), is_open=not folded)


def _folded(title: str, columns: str, rows: Iterable[str], *, is_open: bool = False) -> Part:
    """A table that a reader opens."""
    head = [f"<details{' open' if is_open else ''}><summary>{title}</summary>", "", columns]
    return Part(head, list(rows), ["", "</details>", ""])


def _row(change: Change) -> str:
    old, new = (escaped(words) if words else "" for words in both(change))
    places = " → ".join(code(str(p)) for p in (change.old_place, change.new_place) if p)
    address = change.address.partition("/")[2] or change.subject
    return f"| {escaped(what_happened(change))} | {code(address)} | {old} | {new} | {places} |"


def _line(change: Change) -> str:
    old, new = (_quoted(words) if words else None for words in both(change))
    said = f"{old} → {new}" if old and new else old or new or ""
    address = code(change.address.partition("/")[2] or change.subject)
    return f"- {address}: {said}{', ' if said else ''}{readable(what_happened(change))}"


def _quoted(words: str) -> str:
    return f"“{readable(words)}”"


def _replayed(one: Replay) -> Iterator[Part]:
    yield Part(["### What it does to stored answers", ""])
    yield Part([], [f"- {escaped(sentence)}" for sentence in replay_sentences(one)], [""])
    if one.groups:
        columns = f"| measure | moved | of {who(one)}s | farthest |\n|---|---:|---:|---|"
        rows = [
            f"| {escaped(place_of(g))} | {len(g.moved)} | {g.of} | {escaped(farthest(g))} |"
            for g in one.groups
        ]
        yield Part([columns], rows, [""])
        columns = f"| measure | {who(one)} | before → after |\n|---|---|---|"
        moves = [row for group in _gravest(one) for row in _moves(group)]
        if moves:
            yield _folded(f"Who moves: {len(moves)}", columns, moves)
    sentences = [f"- {escaped(sentence)}" for sentence in not_scored(one, most=22)]
    if sentences:
        yield Part(["**Not scored with both**", ""], sentences, [""])


def _gravest(one: Replay) -> list[GroupMoves]:
    """What stands for all first, so that the end of a long table is what can best be left out."""
    return sorted((g for g in one.groups if g.only is None), key=lambda g: g.address != one.headline)


def _moves(group: GroupMoves) -> Iterator[str]:
    for m in group.moved:
        whose = escaped(f"{m.organisation} {m.period}")
        yield f"| {escaped(place_of(group))} | {whose} | {escaped(movement(m))} |"


def _farthest(one: Replay) -> Iterator[str]:
    """The largest move of what stands for all."""
    for group in one.groups:
        if group.address == one.headline and farthest(group):
            yield f"Farthest in {place_of(group)}: {farthest(group)}"
