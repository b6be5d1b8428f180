"""What a difference says in sentences: the same on a terminal, in a comment and in a changelog."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from maturity.versions.changes import SIZES, Bump, Change, Compared, Effect
from maturity.versions.replay import GroupMoves, Movement, Replay, Standing

HEADINGS = {
    Effect.breaks_answers: "Breaks answers",
    Effect.moves_scores: "Moves scores",
    Effect.different_bar: "Same number, different bar",
    Effect.neutral: "Neutral",
}
"""From grave to harmless."""
COUNTED = {
    Effect.breaks_answers: ("that breaks answers", "that break answers"),
    Effect.moves_scores: ("that moves scores", "that move scores"),
    Effect.different_bar: ("that may set another bar", "that may set another bar"),
    Effect.neutral: ("that is neutral", "that are neutral"),
}
BUMPS = {
    Bump.none: "no new version",
    Bump.patch: "a patch",
    Bump.minor: "a minor version",
    Bump.major: "a major version",
}
AROUND = 30
"""How many characters of the same words stand around what differs."""


def heading(one: Compared) -> str:
    """'Rubric socitm 1.0.0 → 1.1.0'."""
    return f"{one.subject.capitalize()} {one.id} {one.old_version} → {one.new_version}"


def summary(one: Compared) -> str:
    """How many changes of which class, and the bump that is owed and given."""
    if not one.changes:
        return f"Nothing changed; {BUMPS[Bump.none]} is owed."
    counts = one.counts()
    parts = ", ".join(f"{n} {COUNTED[e][n > 1]}" for e in HEADINGS if (n := counts[e]))
    if one.given is None:
        given = "but the version falls"
    elif one.given is one.owed:
        given = "which is given"
    elif SIZES.index(one.given) < SIZES.index(one.owed):
        given = f"but {BUMPS[one.given]} is given"
    else:
        given = f"and {BUMPS[one.given]} is given"
    return f"{count(len(one.changes), 'change')}: {parts}. Owed is {BUMPS[one.owed]}, {given}."


def undecided(one: Compared) -> str:
    """That people must decide, where they must; else nothing."""
    n = sum(change.undecided for change in one.changes)
    if not n:
        return ""
    which = "One change waits" if n == 1 else f"{n} changes wait"
    return (
        f"{which} for a person to say whether the bar is another: note it in judged-{one.new_version}.yaml."
    )


def what_happened(change: Change) -> str:
    """'changed', or what else, with what a person decided and whom it concerns."""
    parts: list[str] = [change.what]
    if change.note:
        parts.append(change.note)
    if change.answers is not None:
        parts.append(f"{count(change.answers, 'stored answer')} concerned")
    if change.judged:
        parts.append(f"judged {change.judged.verdict}: {change.judged.because}")
    return "; ".join(parts)


def both(change: Change) -> tuple[str | None, str | None]:
    """What stood and stands there, cut to the words around what differs."""
    old, new = change.old, change.new
    if old is None or new is None:
        return old and _short(old), new and _short(new)
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return _cut(old, start, end), _cut(new, start, end)


def _cut(words: str, start: int, end: int) -> str:
    first = max(start - AROUND, 0)
    last = min(len(words) - end + AROUND, len(words))
    while 0 < first < start and not words[first - 1].isspace():
        first += 1
    while len(words) - end < last < len(words) and not words[last].isspace():
        last -= 1
    return ("… " if first else "") + _short(words[first:last].strip()) + (" …" if last < len(words) else "")


def _short(words: str, most: int = 200) -> str:
    return words if len(words) <= most else f"{words[: most - 2].rstrip()} …"


def count(n: int, what: str) -> str:
    """'1 change', '2 changes'."""
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"


def who(replayed: Replay) -> str:
    """What those that were scored are called: several periods of one council are several sets of answers."""
    seen = [(m.organisation, m.period, m.source) for g in replayed.groups for m in g.moved]
    return "council" if len({s[0] for s in seen}) == len(set(seen)) else "assessment"


def replay_sentences(replayed: Replay) -> Iterator[str]:
    """How many were scored with both, who changes level where, and who gains or loses a score."""
    yield (
        f"{count(replayed.scored, 'stored assessment')} scored with rubric {replayed.old} and with {replayed.new}."
    )
    if replayed.scored and not replayed.groups:
        yield "No number, level or verdict moves."
    called = who(replayed)
    for group in replayed.groups:
        if group.only is not None:
            gone = "is gone" if group.only == "old" else "is new"
            yield f"{place_of(group)} {gone}: {count(len(group.moved), called)} scored in it."
            continue
        for test, one, several in _COUNTED:
            n = group.count(test)
            if n:
                said = f"{n} of {count(group.of, called)} {one if n == 1 else several}"
                yield f"{said} {place_of(group)}."


_COUNTED: tuple[tuple[Callable[[Movement], bool], str, str], ...] = (
    (lambda m: m.changes_level, "changes level in", "change level in"),
    (lambda m: m.loses, "loses the score of", "lose the score of"),
    (lambda m: m.gains, "gains a score of", "gain a score of"),
)


def place_of(group: GroupMoves) -> str:
    """'Digital leadership (dimension.leadership)'."""
    return group.name if group.name == group.address else f"{group.name} ({group.address})"


def movement(m: Movement) -> str:
    """'1.58 in-pockets → 1.62 by-plan (+0.04)'."""
    by = f" ({m.by:+g})" if m.by else ""
    return f"{standing(m.before)} → {standing(m.after)}{by}"


def standing(one: Standing) -> str:
    """The number and the level, or why there is none."""
    if one.state != "scored":
        return one.state
    counts = ", ".join(f"{n} × {value:g}" for value, n in one.counts)
    number = "" if one.published is None else f"{one.published:g}"
    return " ".join(part for part in (number, one.level or "", counts) if part)


def farthest(group: GroupMoves) -> str:
    """The largest move and whose it is; nothing where no number moved."""
    first = group.moved[0]
    if group.only is not None:
        return "gone" if group.only == "old" else "new"
    return f"{first.by:+g} {first.organisation}" if first.by else ""


def named(replayed: Replay, most: int = 5) -> Iterator[tuple[GroupMoves, list[Movement], int]]:
    """Whom to name: in each group all who change level, gain or lose, and of the others the farthest, up to `most`
    together and at least one, the farthest first; with how many more moved. Groups that one rubric does not have concern everybody."""
    for group in replayed.groups:
        if group.only is not None:
            continue
        others = [m for m in group.moved if not _is_grave(m)]
        others = others[: max(most - (len(group.moved) - len(others)), 1)]
        shown = [m for m in group.moved if _is_grave(m) or m in others]
        yield group, shown, len(group.moved) - len(shown)


def _is_grave(m: Movement) -> bool:
    return m.changes_level or m.gains or m.loses


def not_scored(replayed: Replay, most: int = 10) -> Iterator[str]:
    """A sentence for each reason why answers could not be scored: how many, with which rubric, and whose they are."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for u in replayed.unscored:
        reasons.setdefault((u.side, u.why), []).append(f"{u.organisation} {u.period} ({u.source})")
    for (side, why), names in reasons.items():
        both = reasons.get(("new" if side == "old" else "old", why)) == names
        if both and side == "new":
            continue
        rubrics = f"rubrics {replayed.old} and {replayed.new}" if both else f"{side} rubric, "
        rubrics += "" if both else replayed.old if side == "old" else replayed.new
        shown = ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
        yield f"{count(len(names), 'assessment')} not scored with the {rubrics}: {why}. {shown}."
