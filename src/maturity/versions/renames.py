"""What a migration renames, so that an old file can be read as if it had had the new ids."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from maturity.models.migration import Migration
from maturity.models.questionnaire import Questionnaire

Options = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Renames:
    """Old question id → new, and for each old question old option id → new, where one became one."""

    questions: Mapping[str, str] = field(default_factory=dict)
    options: Options = field(default_factory=dict)

    def question(self, old: str) -> str:
        return self.questions.get(old, old)

    def option(self, question: str | None, old: Any) -> Any:
        """The option's new id; `question` is the old one. Numbers stay as they are."""
        return self.options.get(question or "", {}).get(old, old) if isinstance(old, str) else old

    def tags(self, tags: Mapping[str, str]) -> dict[str, str]:
        """Tags with the new ids of items."""
        return {tag: self.question(value) if tag == "item" else value for tag, value in tags.items()}

    def condition(self, data: Mapping[str, Any], *, settled: bool = True) -> dict[str, Any]:
        """A condition in new ids; `settled` into a form in which two that differ in order alone are equal."""
        found = {key: value for key, value in data.items() if value is not None}
        for key in ("all", "any"):
            if key in found:
                inner = [self.condition(one, settled=settled) for one in found[key]]
                return {
                    key: sorted(inner, key=lambda one: json.dumps(one, sort_keys=True)) if settled else inner
                }
        if "not" in found:
            return {"not": self.condition(found["not"], settled=settled)}
        question = found.get("question")
        for key in ("question", "item"):
            if key in found:
                found[key] = self.question(found[key])
        for key in ("every", "some"):
            if key in found:
                found[key] = self.tags(found[key])
        for key in ("equals", "includes"):
            if key in found:
                found[key] = self.option(question, found[key])
        if "in" in found:
            listed = [self.option(question, one) for one in found["in"]]
            found["in"] = sorted(listed, key=repr) if settled else listed
        return found


NONE = Renames()


def renames(old: Questionnaire, new: Questionnaire, migration: Migration | None) -> Renames:
    """What `migration` renames. A question is renamed where one that is gone became one that is new and no other did."""
    if migration is None:
        return NONE
    pairs = [(source, c.to) for c in migration.changes for source in c.from_ if c.to is not None]
    sources, targets = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    questions = {
        a: b
        for a, b in pairs
        if sources[a] == targets[b] == 1
        and a in old.questions
        and a not in new.questions
        and b in new.questions
        and b not in old.questions
        and old.questions[a].type == new.questions[b].type
    }
    options: dict[str, dict[str, str]] = {}
    for change in migration.changes:
        for source in change.from_:
            if change.to and change.options and (source in questions or source == change.to):
                renamed = _renamed_options(old, new, source, change.to, change.options)
                if renamed:
                    options[source] = renamed
    return Renames(questions, options)


def _renamed_options(
    old: Questionnaire, new: Questionnaire, source: str, target: str, carried: Mapping[str, Any]
) -> dict[str, str]:
    if source not in old.questions or target not in new.questions:
        return {}
    before = {option.id for option in old.questions[source].choices}
    after = {option.id for option in new.questions[target].choices}
    onto = Counter(value for value in carried.values() if isinstance(value, str))
    return {
        a: b
        for a, b in carried.items()
        if isinstance(b, str) and onto[b] == 1 and a in before - after and b in after - before
    }
