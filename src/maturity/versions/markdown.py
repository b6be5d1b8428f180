"""A difference as Markdown: a comment for a pull request, and a section for a changelog.

Whatever comes from files is escaped, so that it can draw no table, open no tag and call nobody: GitHub reads ``@name``
and ``#1`` as mentions wherever they stand outside code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from maturity.versions.changes import Change, Compared, Effect
from maturity.versions.difference import Difference
from maturity.versions.replay import Replay
from maturity.versions.told import (
    HEADINGS,
    both,
    count,
    farthest,
    heading,
    movement,
    named,
    place_of,
    replay_sentences,
    summary,
    undecided,
    what_happened,
    who,
)

MOST_ROWS = 200
"""A comment has a largest size; beyond so many rows it says how many more there are."""
_SPECIAL = re.compile(r"[\\`*_\[\]<>#|@~&$]|:(?=[\w/+-])|(?<=www)\.|^[-+](?=\s)|^\d+(?=[.)]\s)")
"""What means something to GitHub: a colon before a word may start an emoji or a link, a dash before a blank a list."""
_CALLS = re.compile(r"(?<![\w.-])@\w|#\d|:[\w+-]+:|://|www\.|[$]")
"""What GitHub acts on though a backslash stands before it: mentions, references, emoji, links, mathematics."""
_MARKS = re.compile(r"[\\`*\[\]<|~]|&(?=[#\w]+;)|(?<!\w)_|_(?!\w)|^[-+>#](?=\s|>|#|$)|(?<=^\d)[.)](?=\s)")
"""What a backslash makes harmless; an underscore within a word, as ids have them, is harmless by itself."""
_PLAIN = re.compile(r"[\w./:@ ×–-]+(?<! )")


def comment(found: Difference) -> str:
    """The pull request's comment: what is owed first, then each class as a table, then who moves, folded away."""
    lines = [_verdict(found), ""]
    for problem in found.problems:
        word = "**Wrong:** " if problem.kind.severity == "error" else "Note: "
        place = escaped(str(problem.place))
        said = f"{escaped(problem.message())} {escaped(problem.remedy())}"
        lines.append(f"- {word}{said} ({place}, {problem.kind.code})")
    lines += ["", *(line for one in found.compared for line in _compared(one))]
    lines += [line for one in found.replays for line in _replayed(one)]
    lines += [line for sentence in found.not_replayed for line in (escaped(sentence), "")]
    for words, names in (("Only in OLD", found.only_old), ("Only in NEW", found.only_new)):
        if names:
            lines += [f"{words}: {', '.join(map(escaped, names))}.", ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


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
    """Words from a file as Markdown that shows them and does nothing else."""
    words = "".join(" " if c in "\r\n\t" else c for c in words if c in "\r\n\t" or _shows(c))
    return _SPECIAL.sub(lambda found: "".join(f"&#{ord(c)};" for c in found[0]), words)


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


def _compared(one: Compared) -> Iterator[str]:
    yield f"### {escaped(heading(one))}"
    yield ""
    yield escaped(summary(one))
    yield ""
    if undecided(one):
        yield f"**{escaped(undecided(one))}**"
        yield ""
    for effect, words in HEADINGS.items():
        changes = [change for change in one.changes if change.effect is effect]
        if not changes:
            continue
        folded = effect is Effect.neutral or len(changes) > 20
        yield f"<details{'' if folded else ' open'}><summary>{words}: {len(changes)}</summary>"
        yield ""
        yield "| what | where | before | after | places |"
        yield "|---|---|---|---|---|"
        yield from map(_row, changes[:MOST_ROWS])
        yield ""
        if len(changes) > MOST_ROWS:
            yield f"And {len(changes) - MOST_ROWS} more."
            yield ""
        yield "</details>"
        yield ""


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


def _replayed(one: Replay) -> Iterator[str]:
    yield "### What it does to stored answers"
    yield ""
    for sentence in replay_sentences(one):
        yield f"- {escaped(sentence)}"
    yield ""
    if one.groups:
        yield f"| measure | moved | of {who(one)}s | farthest |"
        yield "|---|---:|---:|---|"
        for group in one.groups:
            yield f"| {escaped(place_of(group))} | {len(group.moved)} | {group.of} | {escaped(farthest(group))} |"
        yield ""
    moves = list(named(one))
    if moves:
        yield "<details><summary>Who moves</summary>"
        yield ""
        for group, movements, more in moves:
            yield f"**{escaped(place_of(group))}**"
            yield ""
            for m in movements:
                yield f"- {escaped(m.organisation)} {escaped(m.period)}: {escaped(movement(m))}"
            if more:
                yield f"- and {more} more that keep their level"
            yield ""
        yield "</details>"
        yield ""
    if one.unscored:
        yield f"**Not scored with both: {len(one.unscored)}**"
        yield ""
        for u in one.unscored:
            yield f"- {escaped(f'{u.organisation} {u.period} ({u.source}), {u.side} rubric: {u.why}')}"
        yield ""


def _farthest(one: Replay) -> Iterator[str]:
    """The largest move of what stands for all."""
    for group in one.groups:
        if group.address == one.headline and farthest(group):
            yield f"Farthest in {place_of(group)}: {farthest(group)}"
