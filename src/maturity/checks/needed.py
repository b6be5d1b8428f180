"""Which questions of an earlier version need an entry in a migration, because a later one asks them otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from maturity.models.migration import Carried, Migration
from maturity.models.questionnaire import (
    NumberFormat,
    NumberQuestion,
    Question,
    Questionnaire,
    SeveralQuestion,
)

Why = Literal["gone", "type", "options", "exclusive", "number", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Unaccounted:
    """A question, not every answer to which is an answer to the later version, and why.

    `gone`: there is no question of this id. `type`: it has another type. `options`: these of its options are gone, or
    `exclusive`: rule out others now. `number`: its numbers have narrower bounds. `not_applicable` can no longer be said.
    """

    question: str
    why: Why
    options: tuple[str, ...] = ()


def unaccounted(
    old: Questionnaire, new: Questionnaire, migration: Migration | None
) -> tuple[Unaccounted, ...]:
    """The questions of `old` for which a migration to `new` must say something and does not, in their order."""
    changes = migration.changes if migration else ()
    found: list[Unaccounted] = []
    for question in old.questions.values():
        entries = [change for change in changes if question.id in change.from_]
        if entries:
            found += (one for entry in entries for one in _by_entry(question, entry, new))
            continue
        later = new.questions.get(question.id)
        if later is None:
            found.append(Unaccounted(question.id, "gone"))
        else:
            found += _by_itself(question, later)
    return tuple(found)


def _by_entry(question: Question, entry: Carried, new: Questionnaire) -> Iterator[Unaccounted]:
    """What an entry leaves open. Bounds, and what does not apply, it may: such answers are kept aside."""
    later = new.questions.get(entry.to or "")
    if later is None or entry.rules is not None or entry.bands is not None:
        return
    mapped = (entry.options or {}).keys()
    if not question.choices or not later.choices:
        if question.type != later.type:
            yield Unaccounted(question.id, "type")
    elif isinstance(question, SeveralQuestion) is not isinstance(later, SeveralQuestion):
        yield Unaccounted(question.id, "type")
    else:
        there = {option.id for option in later.choices}
        gone = tuple(o.id for o in question.choices if o.id not in mapped and o.id not in there)
        if gone:
            yield Unaccounted(question.id, "options", gone)


def _by_itself(question: Question, later: Question) -> Iterator[Unaccounted]:
    if question.type != later.type:
        yield Unaccounted(question.id, "type")
        return
    there = {option.id: option for option in later.choices}
    gone = tuple(o.id for o in question.choices if o.id not in there)
    if gone:
        yield Unaccounted(question.id, "options", gone)
    exclusive = tuple(
        o.id for o in question.choices if o.id in there and there[o.id].exclusive and not o.exclusive
    )
    if exclusive:
        yield Unaccounted(question.id, "exclusive", exclusive)
    if (
        isinstance(question, NumberQuestion)
        and isinstance(later, NumberQuestion)
        and not _as_wide(question.number, later.number)
    ):
        yield Unaccounted(question.id, "number")
    if question.not_applicable and not later.not_applicable:
        yield Unaccounted(question.id, "not_applicable")


def _as_wide(before: NumberFormat, now: NumberFormat) -> bool:
    least = now.min is None or (before.min is not None and before.min >= now.min)
    most = now.max is None or (before.max is not None and before.max <= now.max)
    told = now.dont_know or not before.dont_know
    return least and most and told and now.decimals >= before.decimals
