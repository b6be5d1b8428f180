"""Compares one questionnaire or rubric in two versions: every difference once, each with its class and both places."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from maturity.models.judgements import Judged, Judgements
from maturity.models.migration import Migration
from maturity.models.problem import Phrase, Place, Said, either
from maturity.models.questionnaire import Question, Questionnaire
from maturity.models.rubric import Rubric
from maturity.models.text import LANGUAGES, Text
from maturity.sources.digest import digest
from maturity.sources.load import Loaded
from maturity.sources.yaml_reader import Loc
from maturity.versions.changes import Change, Effect, Subject, What
from maturity.versions.effects import Context, effect_of
from maturity.versions.leaves import WHOLE, Leaf, Leaves, Path, leaves
from maturity.versions.renames import NONE, Renames
from maturity.versions.wording import languages_changed

IMPLIED_BY_TYPE = ("options", "number", "yes", "no")
"""What follows from a question's type: where that changes, it is one change with it."""
SIMILAR = 0.75
"""From this likeness of words on, a question or option that is gone may have been given another id."""


@dataclass(frozen=True)
class Pair:
    """A questionnaire or rubric, old and new, with what is known around them.

    `asked` are the questionnaires that two rubrics score, where both are known.
    """

    subject: Subject
    old: Questionnaire | Rubric
    new: Questionnaire | Rubric
    old_file: Loaded
    new_file: Loaded
    names: Renames = NONE
    migration: Migration | None = None
    rubrics: tuple[Rubric, ...] = ()
    judgements: tuple[Loaded, ...] = ()
    asked: Pair | None = None


def changes_of(pair: Pair) -> list[Change]:
    """Every difference between the two, in the order in which they stand in the new file; empty where they mean the same
    and are written alike."""
    before, after = leaves(pair.old, pair.names), leaves(pair.new)
    found = [
        *_renamed(pair, before, after),
        *_differences(pair, before, after),
        *_orders(pair, before, after),
    ]
    if not found and pair.old_file.digest != digest(_with_version(pair)):
        found = [_rewritten(pair)]
    return [_judged(change, pair) for change in sorted(found, key=_order)]


def _with_version(pair: Pair) -> Any:
    """The new file's data with the old file's version: a version is no change, but owed for one."""
    data = pair.new_file.document.data
    return data | {"version": pair.old.version}


def _differences(pair: Pair, before: Leaves, after: Leaves) -> Iterator[Change]:
    context = Context(pair.old, pair.new, pair.rubrics, pair.names)
    told: set[Path] = set()
    for path in [*after.found, *(p for p in before.found if p not in after.found)]:
        old, new = before.found.get(path), after.found.get(path)
        if old and new and old.value == new.value:
            if old.order != new.order:
                yield _change(pair, path, "order", Effect.neutral, old, new)
            continue
        if old and new and path[-1] == "type" and path[0] == "questions":
            told.update((*path[:-1], name) for name in IMPLIED_BY_TYPE)
        if _within(path, told):
            continue
        if old is None or new is None or WHOLE in (old.value, new.value):
            told.add(path)
        effect = effect_of(pair.subject, context, path, old and old.value, new and new.value)
        what: What = "added" if old is None else "gone" if new is None else "changed"
        what = "moved" if path[-1] == "place" and what == "changed" else what
        yield _change(pair, path, what, effect, old, new)


def _within(path: Path, told: set[Path]) -> bool:
    return any(path[:end] in told for end in range(1, len(path) + 1))


def _change(pair: Pair, path: Path, what: What, effect: Effect, old: Leaf | None, new: Leaf | None) -> Change:
    question, option = _about(pair, path)
    return Change(
        subject=pair.subject,
        address="/".join((pair.subject, *path)),
        what=what,
        effect=effect,
        old=_shown(pair.old, path, old, new),
        new=_shown(pair.new, path, new, old),
        old_place=_place(pair.old_file, old, new),
        new_place=_place(pair.new_file, new, old),
        question=question,
        option=option,
        note=_note(pair, path, what, old, new),
    )


def _about(pair: Pair, path: Path) -> tuple[str | None, str | None]:
    """The old ids of the question and option that a change is about."""
    if pair.subject != "questionnaire" or path[0] != "questions" or len(path) < 2:
        return None, None
    question = next((a for a, b in pair.names.questions.items() if b == path[1]), path[1])
    if len(path) < 4 or path[2] != "options":
        return question, None
    renamed = pair.names.options.get(question, {})
    return question, next((a for a, b in renamed.items() if b == path[3]), path[3])


def _place(file: Loaded, here: Leaf | None, there: Leaf | None) -> Place | None:
    """Where it stands; of a text, the language that differs."""
    if here is None:
        return None
    loc: Loc = here.loc
    if isinstance(here.value, dict) and there is not None and isinstance(there.value, dict):
        differing = [k for k in here.value if k in LANGUAGES and here.value[k] != there.value.get(k)]
        loc = (*loc, differing[0]) if differing else loc
    return file.document.place(loc, at_key=here.value == WHOLE)


def _shown(
    model: Questionnaire | Rubric, path: Path, here: Leaf | None, there: Leaf | None
) -> str | Text | None:
    """What stands there, for people: words in the language that differs, or in the reader's where both do; of a whole part, what it is called."""
    if here is None:
        return None
    if here.value == WHOLE:
        return _called(model, path)
    value = here.value
    if path[-1] == "place" and isinstance(model, Questionnaire):
        return _theme(model, str(value))
    if here.order is not None and there is not None and here.value == there.value:
        value = here.order
    if isinstance(value, dict) and all(k in LANGUAGES for k in value):
        others = there.value if there is not None and isinstance(there.value, dict) else {}
        differing = [words for k, words in value.items() if others.get(k) != words]
        # In one language alone it is told in that one; else every reader has it in their own.
        return differing[0] if len(differing) == 1 < len(value) else Text(value)
    if isinstance(value, str):
        return value
    return f"{value:g}" if type(value) is float else json.dumps(value, ensure_ascii=False)


def _called(model: Questionnaire | Rubric, path: Path) -> Text | None:
    """The words of a question or an option; of anything else its name says enough."""
    if isinstance(model, Questionnaire) and path[0] == "questions" and path[1] in model.questions:
        question = model.questions[path[1]]
        if len(path) == 2:
            return question.text
        if len(path) == 4:
            return next((o.text for o in question.choices if o.id == path[3]), None)
    if isinstance(model, Questionnaire) and path[0] in ("dimensions", "themes") and len(path) == 2:
        names = {dimension.id: dimension.name for dimension in model.dimensions}
        return names.get(path[1]) if path[0] == "dimensions" else _theme(model, path[1])
    return None


def _theme(model: Questionnaire, address: str) -> Text:
    """A theme's name with its id: 'Strategy (leadership.strategy)'."""
    for dimension in model.dimensions:
        for theme in dimension.themes:
            if f"{dimension.id}.{theme.id}" == address:
                return Text({k: f"{name} ({address})" for k, name in theme.name.root.items()})
    return Text({"en": address})


def _note(pair: Pair, path: Path, what: What, old: Leaf | None, new: Leaf | None) -> Said:
    """What helps a person to judge: that one language alone changed, or that an id may have been changed."""
    if old and new and isinstance(old.value, dict) and isinstance(new.value, dict):
        changed = languages_changed(old.value, new.value)
        return changed[0] if len(changed) == 1 else ""
    if what == "gone" and pair.subject == "questionnaire" and path[0] == "questions":
        return _becomes(pair, path) or _perhaps(pair, path)
    return ""


def _becomes(pair: Pair, path: Path) -> Said:
    """What the migration says of answers to a question that is gone."""
    question, option = _about(pair, path)
    entries = [c for c in pair.migration.changes if question in c.from_] if pair.migration else []
    if option is not None:
        onto = [c.options[option] for c in entries if c.options and option in c.options]
        options = [one for goal in onto for one in ((goal,) if isinstance(goal, str) else goal)]
        return Phrase("becomes {options}", options=either(options)) if options else ""
    onto_questions = [c.to for c in entries if c.to]
    if onto_questions:
        return Phrase("answers go to {questions}", questions=", ".join(onto_questions))
    return Phrase("answers are kept aside") if entries else ""


def _perhaps(pair: Pair, path: Path) -> Said:
    """The new question or option with nearly the same words, which a person may have renamed."""
    if not isinstance(pair.old, Questionnaire) or not isinstance(pair.new, Questionnaire):
        return ""
    before: Mapping[str, str]
    after: Mapping[str, str]
    if len(path) == 2:
        before, after = _words(pair.old.questions.values()), _words(pair.new.questions.values())
    elif len(path) == 4 and path[1] in pair.new.questions:
        source = _about(pair, path)[0] or path[1]
        before = {o.id: o.text.to("en") for o in pair.old.questions[source].choices}
        after = {o.id: o.text.to("en") for o in pair.new.questions[path[1]].choices}
    else:
        return ""
    words = before.get(path[-1], "")
    likeness = {
        name: SequenceMatcher(None, words, other).ratio()
        for name, other in after.items()
        if name not in before
    }
    best = max(likeness, key=lambda name: likeness[name], default=None)
    if best is None or likeness[best] < SIMILAR:
        return ""
    return Phrase("perhaps renamed to {id}? A rename needs an entry in a migration", id=best)


def _words(questions: Iterable[Question]) -> dict[str, str]:
    return {question.id: question.text.to("en") for question in questions}


def _orders(pair: Pair, before: Leaves, after: Leaves) -> Iterator[Change]:
    """Lists in another order, of what stands in both."""
    context = Context(pair.old, pair.new, pair.rubrics, pair.names)
    for path, (new, loc) in after.orders.items():
        old, old_loc = before.orders.get(path, (new, loc))
        kept_new, kept_old = [n for n in new if n in set(old)], [n for n in old if n in set(new)]
        if kept_new != kept_old:
            yield Change(
                subject=pair.subject,
                address="/".join((pair.subject, *path)),
                what="order",
                effect=effect_of(pair.subject, context, path, tuple(old), tuple(new)),
                old=", ".join(kept_old),
                new=", ".join(kept_new),
                old_place=pair.old_file.document.place(old_loc, at_key=True),
                new_place=pair.new_file.document.place(loc, at_key=True),
            )


def _renamed(pair: Pair, before: Leaves, after: Leaves) -> Iterator[Change]:
    """Ids that the migration renames: old answers do not fit until they are carried over."""
    if pair.subject != "questionnaire":
        return
    renamed = [(("questions", b), a, b, a, None) for a, b in pair.names.questions.items()]
    paths: list[tuple[Path, str, str, str, str | None]] = [*renamed]
    for question, options in pair.names.options.items():
        now = pair.names.question(question)
        paths += [(("questions", now, "options", b), a, b, question, a) for a, b in options.items()]
    for path, was, becomes, question, option in paths:
        old, new = before.found.get(path), after.found.get(path)
        if old and new:
            change = _change(pair, path, "renamed", Effect.breaks_answers, old, new)
            yield replace(change, old=was, new=becomes, question=question, option=option)


def _rewritten(pair: Pair) -> Change:
    """The same meaning written otherwise: a default written out, 1.0 for 1."""
    return Change(
        subject=pair.subject,
        address=pair.subject,
        what="rewritten",
        effect=Effect.neutral,
        old_place=pair.old_file.document.place(),
        new_place=pair.new_file.document.place(),
        note=Phrase("the same meaning, written otherwise"),
    )


def _judged(change: Change, pair: Pair) -> Change:
    """A change of words with what a person decided of it."""
    if change.effect is not Effect.different_bar:
        return change
    judged = next((j for j, _ in judged_in(pair) if j.change == change.address), None)
    if judged is None:
        return change
    effect = Effect.neutral if judged.verdict == "neutral" else change.effect
    return replace(change, judged=judged, effect=effect)


def judged_in(pair: Pair) -> Iterator[tuple[Judged, Place]]:
    """What was decided on the changes between exactly these two versions, and where it is noted."""
    wanted = (pair.new.id, pair.old.version, pair.new.version)
    for file in pair.judgements:
        noted = file.model
        if isinstance(noted, Judgements) and (noted.id, noted.from_, noted.to) == wanted:
            for number, judged in enumerate(noted.judged):
                yield judged, file.document.place(("judged", number, "change"))


def _order(change: Change) -> tuple[object, ...]:
    place = change.new_place or change.old_place
    return (*(place.order[1:] if place else ()), change.address)
