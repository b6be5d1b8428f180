"""What a difference says in sentences: the same on a terminal, in a comment and in a changelog."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from maturity.locale.words import N2_, N_, Words
from maturity.models.problem import in_language
from maturity.models.text import Text
from maturity.versions.changes import SIZES, Bump, Change, Compared, Effect
from maturity.versions.replay import GroupMoves, Movement, Replay, Standing

HEADINGS = {
    Effect.breaks_answers: N_("Breaks answers"),
    Effect.moves_scores: N_("Moves scores"),
    Effect.different_bar: N_("Same number, different bar"),
    Effect.neutral: N_("Neutral"),
}
"""From grave to harmless."""
COUNTED = {
    Effect.breaks_answers: N2_("{n} that breaks answers", "{n} that break answers"),
    Effect.moves_scores: N2_("{n} that moves scores", "{n} that move scores"),
    Effect.different_bar: N2_("{n} that may set another bar", "{n} that may set another bar"),
    Effect.neutral: N2_("{n} that is neutral", "{n} that are neutral"),
}
BUMPS = {
    Bump.none: N_("no new version"),
    Bump.patch: N_("a patch"),
    Bump.minor: N_("a minor version"),
    Bump.major: N_("a major version"),
}
WHATS = {
    "changed": N_("changed"),
    "added": N_("added"),
    "gone": N_("gone"),
    "moved": N_("moved"),
    "renamed": N_("renamed"),
    "order": N_("order"),
    "rewritten": N_("rewritten"),
}
VERDICTS = {"neutral": N_("judged neutral: {because}"), "different": N_("judged different: {because}")}
STATES = {"not scored": N_("not scored"), "not there": N_("not there")}
AROUND = 30
"""How many characters of the same words stand around what differs."""


def heading(one: Compared, words: Words) -> str:
    """'Rubric socitm 1.0.0 → 1.1.0'."""
    return f"{subject_of(one, words)} {one.old_version} → {one.new_version}"


def subject_of(one: Compared, words: Words) -> str:
    """'Rubric socitm', in this order in both languages."""
    what = words("Rubric") if one.subject == "rubric" else words("Questionnaire")
    return f"{what} {one.id}"


def summary(one: Compared, words: Words) -> str:
    """How many changes of which class, and the bump that is owed and given."""
    if not one.changes:
        return words("Nothing changed; no new version is owed.")
    counts = one.counts()
    parts = ", ".join(words.count(*COUNTED[effect], n) for effect in HEADINGS if (n := counts[effect]))
    changes = words.count("{n:,} change", "{n:,} changes", len(one.changes))
    owed = words("Owed is {bump}, {given}.", bump=words(BUMPS[one.owed]), given=_given(one, words))
    return f"{changes}: {parts}. {owed}"


def _given(one: Compared, words: Words) -> str:
    if one.given is None:
        return words("but the version falls")
    if one.given is one.owed:
        return words("which is given")
    given = words(BUMPS[one.given])
    if SIZES.index(one.given) < SIZES.index(one.owed):
        return words("but {bump} is given", bump=given)
    return words("and {bump} is given", bump=given)


def undecided(one: Compared, words: Words) -> str:
    """That people must decide, where they must; else nothing."""
    n = sum(change.undecided for change in one.changes)
    if not n:
        return ""
    return words.count(
        "One change waits for a person to say whether the bar is another: note it in judged-{version}.yaml.",
        "{n} changes wait for a person to say whether the bar is another: note it in judged-{version}.yaml.",
        n,
        version=one.new_version,
    )


def what_happened(change: Change, words: Words) -> str:
    """'changed', or what else, with what a person decided and whom it concerns."""
    parts: list[str] = [words(WHATS[change.what])]
    if change.note:
        parts.append(str(in_language(change.note, words)))
    if change.answers is not None:
        parts.append(
            words.count("{n:,} stored answer concerned", "{n:,} stored answers concerned", change.answers)
        )
    if change.judged:
        parts.append(words(VERDICTS[change.judged.verdict], because=change.judged.because))
    return "; ".join(parts)


def both(change: Change, words: Words) -> tuple[str | None, str | None]:
    """What stood and stands there, cut to the words around what differs."""
    old, new = (words.of(said) if isinstance(said, Text) else said for said in (change.old, change.new))
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


def are_councils(replayed: Replay) -> bool:
    """Whether each that was scored is another council; several periods of one council are several sets of answers."""
    seen = [(m.organisation, m.period, m.source) for g in replayed.groups for m in g.moved]
    return len({s[0] for s in seen}) == len(set(seen))


def replay_sentences(replayed: Replay, words: Words) -> Iterator[str]:
    """How many were scored with both, who changes level where, and who gains or loses a score."""
    yield words.count(
        "{n:,} stored assessment scored with rubric {old} and with {new}.",
        "{n:,} stored assessments scored with rubric {old} and with {new}.",
        replayed.scored,
        old=replayed.old,
        new=replayed.new,
    )
    if replayed.scored and not replayed.groups:
        yield words("No number, level or verdict moves.")
    councils = are_councils(replayed)
    for group in replayed.groups:
        place = place_of(group, words)
        if group.only is not None:
            form = GONE if group.only == "old" else NEW
            yield words(form, place=place, those=_those(len(group.moved), words, councils=councils))
            continue
        of = _those(group.of, words, councils=councils)
        for test, forms in _COUNTED:
            n = group.count(test)
            if n:
                yield words.count(*forms, n, of=of, place=place)


def _those(n: int, words: Words, *, councils: bool) -> str:
    if councils:
        return words.count("{n:,} council", "{n:,} councils", n)
    return words.count("{n:,} assessment", "{n:,} assessments", n)


GONE, NEW = N_("{place} is gone: {those} scored in it."), N_("{place} is new: {those} scored in it.")
_COUNTED: tuple[tuple[Callable[[Movement], bool], tuple[str, str]], ...] = (
    (
        lambda m: m.changes_level,
        N2_("{n} of {of} changes level in {place}.", "{n} of {of} change level in {place}."),
    ),
    (
        lambda m: m.loses,
        N2_("{n} of {of} loses the score of {place}.", "{n} of {of} lose the score of {place}."),
    ),
    (
        lambda m: m.gains,
        N2_("{n} of {of} gains a score of {place}.", "{n} of {of} gain a score of {place}."),
    ),
)


def place_of(group: GroupMoves, words: Words) -> str:
    """'Digital leadership (dimension.leadership)'."""
    name = str(in_language(group.name, words))
    return name if name == group.address else f"{name} ({group.address})"


def movement(m: Movement, words: Words) -> str:
    """'1.58 In pockets → 1.62 By plan (+0.04)'."""
    by = f" ({m.by:+g})" if m.by else ""
    return f"{standing(m.before, words)} → {standing(m.after, words)}{by}"


def standing(one: Standing, words: Words) -> str:
    """The number and the level, or why there is none."""
    if one.state != "scored":
        return words(STATES[one.state])
    counts = ", ".join(f"{n} × {value:g}" for value, n in one.counts)
    number = "" if one.published is None else f"{one.published:g}"
    level = words.of(one.called) if one.called else one.level or ""
    return " ".join(part for part in (number, level, counts) if part)


def farthest(group: GroupMoves, words: Words) -> str:
    """The largest move and whose it is; nothing where no number moved."""
    first = group.moved[0]
    if group.only is not None:
        return words("gone") if group.only == "old" else words("new")
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


def not_scored(replayed: Replay, words: Words, most: int = 10) -> Iterator[str]:
    """A sentence for each reason why answers could not be scored: how many, with which rubric, and whose they are."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for u in replayed.unscored:
        why = str(in_language(u.why, words)).rstrip(".")
        reasons.setdefault((u.side, why), []).append(f"{u.organisation} {u.period} ({u.source})")
    for (side, why), names in reasons.items():
        both = reasons.get(("new" if side == "old" else "old", why)) == names
        if both and side == "new":
            continue
        shown = ", ".join(names[:most])
        if len(names) > most:
            shown = words("{names} and {n} more", names=shown, n=len(names) - most)
        rubrics = {"old": replayed.old, "new": replayed.new}
        said = words.count(*_NOT_SCORED["both" if both else side], len(names), **rubrics)
        yield f"{said}: {why}. {shown}."


_NOT_SCORED = {
    "both": N2_(
        "{n:,} assessment not scored with the rubrics {old} and {new}",
        "{n:,} assessments not scored with the rubrics {old} and {new}",
    ),
    "old": N2_(
        "{n:,} assessment not scored with the old rubric, {old}",
        "{n:,} assessments not scored with the old rubric, {old}",
    ),
    "new": N2_(
        "{n:,} assessment not scored with the new rubric, {new}",
        "{n:,} assessments not scored with the new rubric, {new}",
    ),
}
