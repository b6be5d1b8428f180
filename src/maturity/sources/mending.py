"""Fills in what is wrong in a file's data, or leaves it out, in rounds, until it makes a model."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from maturity.models.assessment import PERIOD_PATTERN
from maturity.models.base import RANGE_PATTERN, VERSION_PATTERN
from maturity.sources.load import Opened
from maturity.sources.parts import growing
from maturity.sources.structure import in_file, of_the_branch_meant
from maturity.sources.yaml_reader import Loc

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MOST_ERRORS = 3000
MOST_ROUNDS = 40
MOST_TRIES = 4
FILLED = "filled-in"
"""What is filled in starts so, and has a number: no two places are the same by it."""


def entry_of(loc: Loc) -> Loc:
    """The entry that something stands in, as far as others know it by name: a question, an item, a limit, ..."""
    if loc[:1] != ("dimensions",):
        return loc[:2] if len(loc) > 1 else ()
    end = 2
    for key in ("themes", "questions"):
        if loc[end : end + 1] != (key,) or len(loc) < end + 2:
            break
        end += 2
    return loc[:end] if len(loc) > 1 else ()


def at(data: Any, loc: Loc) -> Any:
    """What stands there; None where nothing does."""
    for step in loc:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def has_too_many(data: Any, nodes: int, model_type: type[Opened]) -> bool:
    """Whether data of so many nodes has more errors than are mended, without making them all."""
    for part, _ in growing(data, nodes):
        try:
            model_type.model_validate(part)
        except ValidationError as error:
            if error.error_count() > MOST_ERRORS:
                return True
    return False


class Mending:
    """Data that is mended in rounds: each fills in what the last one's errors ask for."""

    def __init__(self, data: Any) -> None:
        self.data = data
        self.holes: dict[Loc, None] = {}
        self.misplaced: list[Loc] = []
        self.tries: dict[tuple[Loc, bool], int] = {}
        self.filled = 0

    def model(self, model_type: type[Opened]) -> Opened | None:
        for _ in range(MOST_ROUNDS):
            try:
                return model_type.model_validate(self.data)
            except ValidationError as error:
                found = [
                    (in_file(self.data, one["loc"]), one)
                    for one in of_the_branch_meant(self.data, error.errors(include_url=False))
                ]
            done: set[Loc] = set()
            for loc, one in found:
                # What this round has mended already may have taken others' places with it.
                if any(loc[:end] in done for end in range(1, len(loc) + 1)):
                    continue
                if not self._mend(loc, one, done):
                    return None
        return None

    def _mend(self, loc: Loc, error: ErrorDetails, done: set[Loc]) -> bool:
        kind = error["type"]
        if kind == "missing":
            self._set((*loc, str(error["loc"][-1])), None)
            return True
        if not loc:
            return False
        done.add(loc)
        parent = at(self.data, loc[:-1])
        if kind == "extra_forbidden" or error["loc"][-1] == "[key]":
            self._hole(loc)
            self.misplaced.append(loc)
            if isinstance(parent, dict):
                parent.pop(loc[-1], None)
            return True
        # How many entries it has is asked only of what is a list or mapping by now.
        trial = loc, kind in ("too_short", "too_long")
        self.tries[trial] = tried = self.tries.get(trial, 0) + 1
        if tried == 1 and loc == entry_of(loc) and not kind.startswith("union_tag"):
            self.misplaced.append(loc)
        if tried > MOST_TRIES:
            if len(loc) == 1:
                return False
            done.add(loc[:-1])
            self._set(loc[:-1], None)
        elif kind.startswith("union_tag") and isinstance(at(self.data, loc), dict):
            self._fill_union(loc, error)
        elif trial[1]:
            self._fit(loc, error, tried)
        elif tried == 1 and error["input"] is not None:
            self._set(loc, None)
        else:
            self._set(loc, self._filler(error, tried))
        return True

    def _hole(self, loc: Loc) -> None:
        if not any(loc[:end] in self.holes for end in range(1, len(loc) + 1)):
            self.holes[loc] = None

    def _set(self, loc: Loc, value: Any) -> None:
        self._hole(loc)
        at(self.data, loc[:-1])[loc[-1]] = value

    def _name(self) -> str:
        self.filled += 1
        return f"{FILLED}-{self.filled}"

    def _words(self) -> dict[str, str]:
        self.filled += 1
        return {"en": f"{FILLED} {self.filled}", "cy": f"Llenwyd {FILLED} {self.filled}"}

    def _fill_union(self, loc: Loc, error: ErrorDetails) -> None:
        """A question of no type, or a condition of none."""
        found = at(self.data, loc)
        if "'type'" in str((error.get("ctx") or {}).get("discriminator")):
            keys = {"options": "several", "number": "number", "yes": "yes_no"}
            self._set((*loc, "type"), next((keys[key] for key in keys if key in found), "text"))
        else:
            self._set(loc, {"question": self._name(), "equals": self._name()})

    def _fit(self, loc: Loc, error: ErrorDetails, tried: int) -> None:
        """Lists and mappings that have too few entries, or too many."""
        found, context = at(self.data, loc), error["ctx"]
        if error["type"] == "too_long":
            self._hole(loc)
            del found[context["max_length"] :]
        elif isinstance(found, list):
            found.append(None)
            self._hole((*loc, len(found) - 1))
        elif tried == 1:
            self._set(loc, self._words())
        else:
            self._set(loc, {self._name(): None})

    def _filler(self, error: ErrorDetails, tried: int) -> Any:
        kind, context = error["type"], error.get("ctx") or {}
        if kind == "string_pattern_mismatch":
            return _PATTERNS.get(context["pattern"]) or self._name()
        if kind in ("string_type", "string_too_short", "string_too_long"):
            return self._name()
        if kind == "literal_error":
            return re.findall(r"'([^']*)'", context["expected"])[0]
        for name, step in (("gt", 1), ("ge", 0), ("lt", -1), ("le", 0)):
            if name in context:
                return context[name] + step
        if kind.startswith("date"):
            return "2026-01-01"
        if kind in _BY_TYPE:
            return deepcopy(_BY_TYPE[kind])
        if isinstance(error["input"], dict) or tried > 2:
            return {"question": self._name(), "equals": self._name()}
        return self._name()


_PATTERNS = {
    VERSION_PATTERN: "1.0.0",
    RANGE_PATTERN: ">=0.0.0",
    PERIOD_PATTERN: "2026",
    "^[0-9a-f]{64}$": "0" * 64,
}
_BY_TYPE: dict[str, Any] = {
    "float_type": 1,
    "finite_number": 1,
    "int_type": 1,
    "int_from_float": 1,
    "bool_type": False,
    "model_type": {},
    "model_attributes_type": {},
    "dict_type": {},
    "tuple_type": [],
    "list_type": [],
}
