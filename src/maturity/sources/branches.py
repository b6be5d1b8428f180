"""Where the keys and values of a YAML file stand, kept as the parser's marks: few files have a problem to place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Places = dict[tuple[str | int, ...], tuple[int, int]]
"""Path from the top → line and column, from 1."""


@dataclass(slots=True)
class Branch:
    """A mapping or sequence with where it, its keys and its values stand, and how far the reading of it has come."""

    value: dict[str, Any] | list[Any]
    mark: Any
    keys: dict[str, Any]
    inner: list[Any]
    key: str | None = None
    dropped: bool = False


def fill_in(standing: Any, loc: tuple[str | int, ...], values: Places, keys: Places) -> None:
    """Fills in where a value (a mark, or a branch) stands, and all that is in it with its keys."""
    if not isinstance(standing, Branch):
        values[loc] = (standing.line + 1, standing.column + 1)
        return
    values[loc] = (standing.mark.line + 1, standing.mark.column + 1)
    steps: Iterable[str | int] = standing.keys or range(len(standing.inner))
    for step, inner in zip(steps, standing.inner, strict=True):
        fill_in(inner, (*loc, step), values, keys)
    for key, mark in standing.keys.items():
        keys[(*loc, key)] = (mark.line + 1, mark.column + 1)
