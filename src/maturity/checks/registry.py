"""Finds the rules: each is a module with a ``check`` and the kinds of problem that it reports."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType

from maturity.models.problem import Kind, Problem

Check = Callable[..., Iterator[Problem]]


@cache
def rules(subject: str) -> tuple[ModuleType, ...]:
    """The rule modules for a `subject` ('questionnaires', 'rubrics' or 'assessments'), by name."""
    package = importlib.import_module(f"maturity.checks.{subject}")
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
    return tuple(importlib.import_module(f"maturity.checks.{subject}.{name}") for name in names)


def kinds(module: ModuleType) -> tuple[Kind, ...]:
    """The kinds of problem that a module declares."""
    return tuple(value for value in vars(module).values() if isinstance(value, Kind))
