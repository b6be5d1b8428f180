"""Does a scorecard still hold? Recomputes it from the answers and says what differs, whatever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import islice
from typing import Any

from maturity.models.problem import Kind, Phrase, Place, Problem, Said
from maturity.models.scorecard_file import FiledScorecard
from maturity.scoring.plan import group_name

NO_ANSWERS = Kind(
    "C001",
    "error",
    "There are no answers of {organisation} for {period} to recompute this scorecard from.",
    "Name the file of answers that it was made from.",
)
ANSWERS_CHANGED = Kind(
    "C002",
    "error",
    "The answers of {organisation} for {period} are not those that were scored.",
    "Score them anew, or find the answers as they were: their SHA-256 is {digest}.",
)
RULES_CHANGED = Kind(
    "C003",
    "error",
    "The {what} {name} is not the one that {organisation} was scored with.",
    "A published file never changes: find the one whose SHA-256 is {digest}.",
)
DIFFERS = Kind(
    "C004",
    "error",
    "{organisation}, {what}: the scorecard says {filed}, and the answers give {found}.",
    "Somebody or something changed the scorecard: score the answers anew.",
)
TWICE = Kind(
    "C006", "error", "There is a second scorecard of {organisation} for {period}.", "Keep one of the two."
)
NONE = Kind(
    "C007", "error", "There is no scorecard in this file.", "Name a file that 'maturity score -o' wrote."
)

SUBJECTS = {"questionnaire": Phrase("questionnaire"), "rubric": Phrase("rubric")}
MORE = Kind(
    "C130",
    "error",
    "{organisation}: the scorecard differs in more than {limit} places; the first are listed.",
    "Score the answers anew: somebody or something changed the scorecard.",
)
MOST_LISTED = 100
"""Of one scorecard's differences."""

# The tool's own version and the path of the answers may differ: they say who made the card, not what it says.
NOT_COMPARED = ("tool_version", "source")
CAUSES = ("questionnaire", "rubric", "answers_digest")


def differences(
    filed: Iterable[FiledScorecard], again: Callable[[FiledScorecard], FiledScorecard | None], file: str
) -> Iterator[list[Problem]]:
    """What of each filed scorecard does not hold; `again` gives the same one recomputed, or None where there are no such
    answers.

    Where answers or rules are others than those that were scored, that is the cause, and no numbers are compared.
    """
    seen: set[tuple[str, str]] = set()
    for one in filed:
        key = (one.code, one.scorecard.period)
        yield list(_differences(one, None if key in seen else again(one), Place(file), twice=key in seen))
        seen.add(key)


def _differences(
    one: FiledScorecard, fresh: FiledScorecard | None, place: Place, *, twice: bool
) -> Iterator[Problem]:
    about = {"organisation": one.name, "period": one.scorecard.period}
    if fresh is None:
        yield Problem(TWICE if twice else NO_ANSWERS, place, about)
        return
    causes = list(_causes(one, fresh, about, place))
    yield from causes
    if not causes:
        different = _different(_plain(one), _plain(fresh), ())
        for what, before, after in islice(different, MOST_LISTED):
            yield Problem(DIFFERS, place, about | {"what": what, "filed": before, "found": after})
        if next(different, None) is not None:
            yield Problem(MORE, place, about | {"limit": MOST_LISTED})


def _causes(
    filed: FiledScorecard, found: FiledScorecard, about: Mapping[str, object], place: Place
) -> Iterator[Problem]:
    then, now = filed.scorecard, found.scorecard
    if now.answers_digest != then.answers_digest:
        yield Problem(ANSWERS_CHANGED, place, {**about, "digest": then.answers_digest})
    for what, said in SUBJECTS.items():
        old, new = getattr(then, what), getattr(now, what)
        if old != new:
            details = {"what": said, "name": f"{old.id}@{old.version}", "digest": old.digest}
            yield Problem(RULES_CHANGED, place, {**about, **details})


def _plain(one: FiledScorecard) -> dict[str, Any]:
    """The scorecard as plain data, each of its lists by what its entries are called."""
    card = {key: value for key, value in asdict(one.scorecard).items() if key not in (*NOT_COMPARED, *CAUSES)}
    card["items"] = _named((f"{i['source']} {i['respondent'] or ''}".strip(), i) for i in card["items"])
    for name, key in (("scores", "measure"), ("verdicts", "outcome")):
        card[name] = _named((f"{s[key]} {group_name(tuple(s['group']))}", s) for s in card[name])
    return {"code": one.code, "name": dict(one.name.root), "status": one.status, **card}


def _named(entries: Iterator[tuple[str, Any]]) -> dict[str, Any]:
    """By name; what stands there again is told apart, so that nothing hides behind its double."""
    found: dict[str, Any] = {}
    times: dict[str, int] = {}
    for name, entry in entries:
        key, n = name, times.get(name, 1)
        while key in found:
            n += 1
            key = f"{name} ({n})"
        times[name] = n
        found[key] = entry
    return found


def _different(old: Any, new: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Said, Said]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            yield from _different(old.get(key), new.get(key), (*path, str(key)))
    elif _list(old) != _list(new):
        yield ", ".join(path), _short(old), _short(new)


def _list(value: Any) -> Any:
    """Tuples and lists alike, all the way down; JSON knows only one of them."""
    return [_list(inner) for inner in value] if isinstance(value, list | tuple) else value


def _short(value: Any) -> Said:
    if value is None:
        return Phrase("nothing")
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
