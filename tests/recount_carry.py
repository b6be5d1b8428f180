"""Answers carried between the versions of the bundled questionnaire, by migration-2.0.0.yaml alone (docs/migrations.md)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from recount_scores import CONTENT, Answer, Sheet, loaded, questions


@cache
def _changes(old: str, new: str) -> tuple[dict[str, Any], ...]:
    """The migration's entries; without one between two versions that are the same, none."""
    if old == new:
        return ()
    raw = loaded(CONTENT / f"migration-{new}.yaml")
    assert (old, new, raw["from"]) == ("1.0.0", "2.0.0", ">=1.0.0,<2.0.0")
    return tuple(raw["changes"])


@cache
def _ways(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Earlier question, later question: all that an answer can go to."""
    changes = _changes(old, new)
    named = {q for change in changes for q in change["from"]}
    found = [(q, change["to"]) for change in changes if "to" in change for q in change["from"]]
    return (*found, *((q, q) for q in questions(old) if q not in named and q in questions(new)))


@cache
def linked(old: str, new: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Sets of questions, before and after, that go to one another and to no other, in the earlier order."""
    ways, found, seen = _ways(old, new), [], set[str]()
    for question in questions(old):
        if question in seen:
            continue
        before, after = {question}, set[str]()
        while True:
            more = {b for a, b in ways if a in before}
            back = {a for a, b in ways if b in more}
            if more == after and back <= before:
                break
            after, before = more, before | back
        seen |= before
        order = {b: n for n, (_, b) in enumerate(ways)}
        found.append(
            (tuple(q for q in questions(old) if q in before), tuple(sorted(after, key=order.__getitem__)))
        )
    return tuple(found)


def carried_forth(one: Sheet, new: str) -> Sheet:
    """The answers at the later version, of those that no person need decide on."""
    if one.version == new:
        return one
    return Sheet(one.code, one.period, new, _forth(one.answers, one.version, new))


def carried_back(one: Sheet, old: str) -> Sheet:
    """The answers at the earlier version, where exactly one earlier answer becomes each; a question that went to several
    has one only where all of them were answered and lead back to the same."""
    if one.version == old:
        return one
    new, found = one.version, {}
    for question in questions(old):
        targets = [b for a, b in _ways(old, new) if a == question]
        here = [t for t in targets if t in one.answers]
        led = [back for t in here if (back := _back(question, t, one.answers[t], old, new)) is not None]
        if led and all(back == led[0] for back in led):
            found[question] = led[0]
    # Nothing may come of it that nobody answered.
    while extra := set(_forth(found, old, new)) - set(one.answers):
        for question in [a for a, b in _ways(old, new) if b in extra]:
            found.pop(question, None)
    # What was kept aside comes back, where what it became was not changed since.
    kept = dict(one.aside)
    while True:
        again = _forth({**found, **kept}, old, new)
        stale = [
            q for q in kept if any(again.get(b) != one.answers.get(b) for a, b in _ways(old, new) if a == q)
        ]
        if not stale:
            return Sheet(one.code, one.period, old, {**found, **kept})
        kept = {q: answer for q, answer in kept.items() if q not in stale}


def _forth(answers: Mapping[str, Answer], old: str, new: str) -> dict[str, Answer]:
    named = {q for change in _changes(old, new) for q in change["from"]}
    found = {q: a for q, a in answers.items() if q not in named and q in questions(new)}
    for change in _changes(old, new):
        given = [answers[q] for q in change["from"] if q in answers]
        if "to" not in change or not given:
            continue
        said = [a for a in given if a.given]
        evidence = tuple(dict.fromkeys(e for a in given for e in a.evidence))
        note = "\n".join(dict.fromkeys(a.note for a in given if a.note)) or None
        if not said or all(a.value is None for a in said):
            found[change["to"]] = Answer(None, bool(said), evidence, note)
            continue
        value = _value(change, [a.value for a in said if a.value is not None], answers)
        if value is not None and _fits(change["to"], value, new):
            found[change["to"]] = Answer(value, False, evidence, note)
    return found


def _fits(question: str, value: Any, version: str) -> bool:
    asked = questions(version)[question]
    if asked.type == "number":
        return not isinstance(value, str | tuple) or value == "dont_know"
    return all(one in asked.options for one in (value if isinstance(value, tuple) else (value,)))


def _value(change: Mapping[str, Any], values: list[Any], answers: Mapping[str, Answer]) -> Any:
    """What the answers become; None where a person must say."""
    if "rules" in change:
        return next((rule["value"] for rule in change["rules"] if _holds(rule["when"], answers)), None)
    (value,) = values
    if "bands" in change and not isinstance(value, str):
        return [band["option"] for band in change["bands"] if value >= band["from"]][-1]
    options = change.get("options", {})
    several = isinstance(value, tuple)
    mapped = [options.get(one, one) for one in (value if several else (value,))]
    if any(isinstance(one, list) for one in mapped):
        return None
    return tuple(dict.fromkeys(mapped)) if several else mapped[0]


def _holds(when: Mapping[str, Any], answers: Mapping[str, Answer]) -> bool:
    if "all" in when:
        return all(_holds(one, answers) for one in when["all"])
    answer = answers.get(when["question"], Answer()).value
    return answer in when["in"] if "in" in when else answer == when["equals"]


def _back(question: str, later: str, answer: Answer, old: str, new: str) -> Answer | None:
    change = next((c for c in _changes(old, new) if c.get("to") == later and question in c["from"]), None)
    if change is None:
        return answer
    if len(change["from"]) > 1:
        return None
    if answer.value is None:
        return answer
    if "bands" in change or "rules" in change:
        return None
    earlier = []
    for one in answer.value if isinstance(answer.value, tuple) else (answer.value,):
        became = {o: change.get("options", {}).get(o, o) for o in questions(old)[question].options}
        leading = [o for o, to in became.items() if one == to or (isinstance(to, list) and one in to)]
        if len(leading) != 1:
            return None
        earlier += leading
    value = tuple(earlier) if isinstance(answer.value, tuple) else earlier[0]
    return Answer(value, answer.not_applicable, answer.evidence, answer.note)
