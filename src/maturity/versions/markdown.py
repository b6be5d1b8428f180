"""A difference as Markdown: a comment for a pull request, and a section for a changelog.

Whatever comes from files is escaped, so that it can draw no table, open no tag and call nobody: GitHub reads ``@name``
and ``#1`` as mentions wherever they stand outside code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from maturity.locale.words import N_, Words
from maturity.models.problem import Problem
from maturity.versions.changes import Change, Compared, Effect
from maturity.versions.difference import Difference
from maturity.versions.replay import GroupMoves, Replay
from maturity.versions.told import (
    HEADINGS,
    are_councils,
    both,
    farthest,
    heading,
    movement,
    not_scored,
    place_of,
    replay_sentences,
    subject_of,
    summary,
    undecided,
    what_happened,
)

MOST_CHARACTERS = 59_000
"""GitHub takes 65,536; some room is left for what a workflow puts around it."""
ONLY_OLD, ONLY_NEW = N_("Only in OLD: {names}."), N_("Only in NEW: {names}.")
DOES = N_("What it does to stored answers")
OF_COUNCILS = N_("| measure | moved | of councils | farthest |")
OF_ASSESSMENTS = N_("| measure | moved | of assessments | farthest |")
BY_COUNCIL = N_("| measure | council | before → after |")
BY_ASSESSMENT = N_("| measure | assessment | before → after |")
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
    more: str = N_("And {n:,} more, left out here for length.")

    @property
    def lines(self) -> list[str]:
        more = self.more.format(n=self.left_out)
        return [*self.head, *self.rows, *(["", more] if self.left_out else []), *self.tail]

    @property
    def size(self) -> int:
        return sum(len(line) + 1 for line in self.lines)


def comment(found: Difference, words: Words) -> str:
    """The pull request's comment: what is owed first, then each class as a table, then who moves, folded away.

    It keeps below MOST_CHARACTERS: what is left out is counted where it would have stood.
    """
    parts = [
        Part([_verdict(found, words), ""], [_problem(problem, words) for problem in found.problems], [""])
    ]
    parts += [part for one in found.compared for part in _compared(one, words)]
    parts += [part for one in found.replays for part in _replayed(one, words)]
    parts += [Part([escaped(why.said(words)), ""]) for why in found.not_replayed]
    for form, names in ((ONLY_OLD, found.only_old), (ONLY_NEW, found.only_new)):
        if names:
            parts.append(Part([words(form, names=", ".join(map(escaped, names))), ""]))
    for part in parts:
        part.more = words(Part.more)
    _shorten(parts, words)
    lines = [line for part in parts for line in part.lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _shorten(parts: list[Part], words: Words) -> None:
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
        gone = whole - len(parts)
        parts.append(
            Part(
                [
                    words.count(
                        "And {n:,} part more, left out here for length.",
                        "And {n:,} parts more, left out here for length.",
                        gone,
                    )
                ]
            )
        )


def _problem(problem: Problem, words: Words) -> str:
    word = f"**{words('Wrong:')}**" if problem.kind.severity == "error" else words("Note:")
    said = f"{escaped(problem.message(words))} {escaped(problem.remedy(words))}"
    return f"- {word} {said} ({escaped(str(problem.place))}, {problem.kind.code})"


def changelog(found: Difference, words: Words) -> str:
    """A section for each new version, gravest changes first, for those who maintain it or score with it."""
    lines: list[str] = []
    for one in found.compared:
        if not one.changes:
            continue
        lines += [f"## {readable(subject_of(one, words))} {one.new_version}", ""]
        lines += [
            words("Since {version}: {summary}", version=one.old_version, summary=summary(one, words)),
            "",
        ]
        for effect, title in HEADINGS.items():
            changes = [change for change in one.changes if change.effect is effect]
            if changes:
                lines += [f"### {words(title)}", "", *(_line(change, words) for change in changes), ""]
    for replayed in found.replays:
        lines += [f"### {words(DOES)}", ""]
        lines += [f"- {readable(sentence)}" for sentence in replay_sentences(replayed, words)]
        lines += [f"- {readable(sentence)}" for sentence in _farthest(replayed, words)] + [""]
    return "\n".join(lines).strip() + "\n" if lines else words("Nothing changed.") + "\n"


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


def _verdict(found: Difference, words: Words) -> str:
    n = len(found.findings)
    wrong = words.count("{n:,} thing to put right", "{n:,} things to put right", n)
    said = wrong if n else words("The versions are right")
    return f"**{said}**: {escaped(found.old)} → {escaped(found.new)}"


def _compared(one: Compared, words: Words) -> Iterator[Part]:
    head = [f"### {escaped(heading(one, words))}", "", escaped(summary(one, words)), ""]
    if undecided(one, words):
        head += [f"**{escaped(undecided(one, words))}**", ""]
    yield Part(head)
    for effect, title in HEADINGS.items():
        changes = [change for change in one.changes if change.effect is effect]
        if changes:
            folded = effect is Effect.neutral or len(changes) > 20
            columns = words("| what | where | before | after | places |") + "\n|---|---|---|---|---|"
            rows = [_row(change, words) for change in changes]
            yield _folded(f"{words(title)}: {len(changes)}", columns, rows, is_open=not folded)


def _folded(title: str, columns: str, rows: Iterable[str], *, is_open: bool = False) -> Part:
    """A table that a reader opens."""
    head = [f"<details{' open' if is_open else ''}><summary>{title}</summary>", "", columns]
    return Part(head, list(rows), ["", "</details>", ""])


def _row(change: Change, words: Words) -> str:
    old, new = (escaped(said) if said else "" for said in both(change, words))
    places = " → ".join(code(str(p)) for p in (change.old_place, change.new_place) if p)
    address = change.address.partition("/")[2] or change.subject
    return f"| {escaped(what_happened(change, words))} | {code(address)} | {old} | {new} | {places} |"


def _line(change: Change, words: Words) -> str:
    old, new = (_quoted(said) if said else None for said in both(change, words))
    said = f"{old} → {new}" if old and new else old or new or ""
    address = code(change.address.partition("/")[2] or change.subject)
    return f"- {address}: {said}{', ' if said else ''}{readable(what_happened(change, words))}"


def _quoted(words: str) -> str:
    return f"“{readable(words)}”"


def _replayed(one: Replay, words: Words) -> Iterator[Part]:
    yield Part([f"### {words(DOES)}", ""])
    yield Part([], [f"- {escaped(sentence)}" for sentence in replay_sentences(one, words)], [""])
    if one.groups:
        councils = are_councils(one)
        heads = OF_COUNCILS if councils else OF_ASSESSMENTS
        columns = words(heads) + "\n|---|---:|---:|---|"
        rows = [
            f"| {escaped(place_of(g, words))} | {len(g.moved)} | {g.of} | {escaped(farthest(g, words))} |"
            for g in one.groups
        ]
        yield Part([columns], rows, [""])
        columns = words(BY_COUNCIL if councils else BY_ASSESSMENT) + "\n|---|---|---|"
        moves = [row for group in _gravest(one) for row in _moves(group, words)]
        if moves:
            yield _folded(words("Who moves: {n}", n=len(moves)), columns, moves)
    sentences = [f"- {escaped(sentence)}" for sentence in not_scored(one, words, most=22)]
    if sentences:
        yield Part([f"**{words('Not scored with both')}**", ""], sentences, [""])


def _gravest(one: Replay) -> list[GroupMoves]:
    """What stands for all first, so that the end of a long table is what can best be left out."""
    return sorted((g for g in one.groups if g.only is None), key=lambda g: g.address != one.headline)


def _moves(group: GroupMoves, words: Words) -> Iterator[str]:
    for m in group.moved:
        whose = escaped(f"{m.organisation} {m.period}")
        yield f"| {escaped(place_of(group, words))} | {whose} | {escaped(movement(m, words))} |"


def _farthest(one: Replay, words: Words) -> Iterator[str]:
    """The largest move of what stands for all."""
    for group in one.groups:
        if group.address == one.headline and farthest(group, words):
            yield words(
                "Farthest in {place}: {whose}", place=place_of(group, words), whose=farthest(group, words)
            )
