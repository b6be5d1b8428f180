"""Finds the rules: each is a module with a ``check`` and the kinds of problem that it reports."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from types import ModuleType
from typing import Any

from maturity.models.problem import Kind, Problem
from maturity.sources.yaml_reader import MAX_PROBLEMS, STOPPED


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, and the module that holds it."""

    module: ModuleType

    def check(self, subject: Any) -> Iterator[Problem]:
        """The rule's problems with the subject: MAX_PROBLEMS at most, then a note that there are more."""
        problems = self.module.check(subject)
        last: Problem | None = None
        for last in islice(problems, MAX_PROBLEMS):
            yield last
        if last is not None and next(problems, None) is not None:
            yield Problem(STOPPED, last.place, {"limit": MAX_PROBLEMS})


@cache
def rules(subject: str) -> tuple[Rule, ...]:
    """The rules for a `subject`, a package beside this module ('questionnaires', 'rubrics', ...), by name."""
    package = importlib.import_module(f"maturity.checks.{subject}")
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
    return tuple(Rule(importlib.import_module(f"maturity.checks.{subject}.{name}")) for name in names)


def kinds(module: ModuleType) -> tuple[Kind, ...]:
    """The kinds of problem that a module declares."""
    return tuple(value for value in vars(module).values() if isinstance(value, Kind))
