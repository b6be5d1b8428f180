"""A questionnaire or rubric taken apart into what can change, each named by ids and never by its position in a list.

Defaults stand written out, so that a key which says what would hold without it is no difference.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.models.text import LANGUAGES
from maturity.scoring.names import headline
from maturity.sources.yaml_reader import Loc
from maturity.versions.renames import NONE, Renames

Path = tuple[str, ...]
WHOLE = "…"
"""Stands for a part that is itself made of parts: that it is there."""
CONDITIONS = ("asked_when", "when")
ORDERED = ("by", "steps")
"""Lists in which the order is part of the meaning."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What stands somewhere: `value` for comparing, `order` as it is written, and where in the file."""

    value: object
    loc: Loc
    order: object = None


@dataclass
class Leaves:
    """All that can change, and the order of what has one."""

    found: dict[Path, Leaf] = field(default_factory=dict)
    orders: dict[Path, tuple[list[str], Loc]] = field(default_factory=dict)

    def add(self, path: Path, leaf: Leaf) -> Path:
        """Adds it, under a numbered name where the name is taken, so that nothing is lost."""
        taken, number = path, 1
        while taken in self.found:
            number += 1
            taken = (*path[:-1], f"{path[-1]}#{number}")
        self.found[taken] = leaf
        return taken


def leaves(model: Questionnaire | Rubric, names: Renames = NONE) -> Leaves:
    """Takes the model apart; `names` gives ids that have another name since."""
    data = model.model_dump(mode="python", by_alias=True, exclude={"version", "format"})
    walker = _Walker(names)
    if isinstance(model, Questionnaire):
        walker.dimensions(data.pop("dimensions"))
    else:
        # Which measure stands for all may follow from the order of measures, of which the digest knows nothing.
        data["headline"] = headline(model)
        for key in ("measures", "outcomes"):
            walker.leaves.orders[key,] = list(data[key]), (key,)
    for key, value in data.items():
        walker.walk((key,), value, (key,))
    return walker.leaves


@dataclass
class _Walker:
    names: Renames
    leaves: Leaves = field(default_factory=Leaves)

    def dimensions(self, dimensions: list[dict[str, Any]]) -> None:
        """Questions are known by their ids wherever they stand; their place is one thing that can change."""
        self.leaves.orders["dimensions",] = [d["id"] for d in dimensions], ("dimensions",)
        for d, dimension in enumerate(dimensions):
            here: Loc = ("dimensions", d)
            themes = dimension.pop("themes")
            self.walk(("dimensions", dimension.pop("id")), dimension, here)
            name = _last_under(self.leaves, ("dimensions",))
            self.leaves.orders["dimensions", name, "themes"] = [t["id"] for t in themes], (*here, "themes")
            for t, theme in enumerate(themes):
                self.theme(name, theme, (*here, "themes", t))

    def theme(self, dimension: str, theme: dict[str, Any], loc: Loc) -> None:
        name, questions = f"{dimension}.{theme.pop('id')}", theme.pop("questions")
        self.walk(("themes", name), theme, loc)
        ids = [self.names.question(q["id"]) for q in questions]
        self.leaves.orders["themes", name, "questions"] = ids, (*loc, "questions")
        for q, question in enumerate(questions):
            here = (*loc, "questions", q)
            path = ("questions", ids[q])
            self.walk(path, {key: v for key, v in question.items() if key != "id"}, here, question["id"])
            self.leaves.add((*path, "place"), Leaf(name, here))

    def walk(self, path: Path, value: Any, loc: Loc, question: str | None = None) -> None:
        """`question` is the old id of the question that it stands under."""
        if value is None:
            return
        if path[-1] in CONDITIONS:
            written = self.names.condition(value, settled=False)
            self.leaves.add(path, Leaf(self.names.condition(value), loc, written))
        elif isinstance(value, dict):
            self.mapping(path, value, loc, question)
        elif isinstance(value, list | tuple):
            self.sequence(path, list(value), loc, question)
        else:
            self.leaves.add(path, Leaf(self.value(path, value), loc))

    def mapping(self, path: Path, value: dict[str, Any], loc: Loc, question: str | None) -> None:
        if value and all(k in LANGUAGES and isinstance(v, str) for k, v in value.items()):
            self.leaves.add(path, Leaf(value, loc))
            return
        if path[-1] == "where":
            value = self.names.tags(value)
        path = self.leaves.add(path, Leaf(WHOLE, loc))
        for key, inner in value.items():
            name, of = str(key), question
            if path == ("items",):
                of = key
            if path == ("items",) or path[-1] == "weights":
                name = self.names.question(name)
            elif path[-1] in ("scale", "per_choice"):
                name = self.names.option(question, name)
            self.walk((*path, name), inner, (*loc, key), of)

    def sequence(self, path: Path, value: list[Any], loc: Loc, question: str | None) -> None:
        if not value:
            return
        if not isinstance(value[0], dict):
            listed = [self.value(path, one) for one in value]
            settled = listed if path[-1] in ORDERED else sorted(listed, key=str)
            self.leaves.add(path, Leaf(tuple(settled), loc, tuple(listed)))
        elif path[0] == "items":
            settled = sorted((band["from"], band["value"]) for band in value)
            self.leaves.add(path, Leaf(tuple(settled), loc, [band["from"] for band in value]))
        else:
            order = []
            for number, one in enumerate(value):
                name = self.names.option(question, _name(one))
                at = (*loc, number)
                inner = {k: v for k, v in one.items() if k not in ("id", "label")}
                self.walk((*path, name), inner, at, question)
                order.append(_last_under(self.leaves, path))
            self.leaves.orders[path] = order, loc

    def value(self, path: Path, value: Any) -> Any:
        """A single value under its new name; 1 and 1.0 are one number."""
        if path == ("not_scored",) or (path[0] == "findings" and path[-1] == "question"):
            return self.names.question(value)
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _name(entry: dict[str, Any]) -> str:
    if "theme" in entry:
        return f"{entry['theme']} from {entry['from']}"
    return str(entry.get("id") or entry["label"])


def _last_under(found: Leaves, path: Path) -> str:
    """The name under which the last part of a list was added."""
    last = next(p for p in reversed(found.found) if p[: len(path)] == path and len(p) > len(path))
    return last[len(path)]
