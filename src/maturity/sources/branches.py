"""Where the keys and values of a YAML file stand, kept as the parser's marks: few files have a problem to place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Position = tuple[int, int]
"""Line and column, from 1."""


@dataclass(slots=True)
class Branch:
    """A mapping or sequence with where it, its keys and its values stand, and how far the reading of it has come."""

    value: dict[str, Any] | list[Any]
    mark: Any
    keys: dict[str, Any]
    inner: list[Any]
    key: str | None = None
    dropped: bool = False
    order: dict[str, int] | None = None

    def index(self, step: str | int) -> int | None:
        """Which of `inner` stands at `step`, or None."""
        if isinstance(step, int):
            return step if type(self.value) is list and 0 <= step < len(self.inner) else None
        if self.order is None:
            self.order = {key: i for i, key in enumerate(self.keys)}
        return self.order.get(step)


def follow(top: Any, loc: tuple[str | int, ...], *, at_key: bool = False) -> tuple[Position, int]:
    """Where the value at `loc` from `top` (a mark, or a branch) stands, or the nearest around it; and after how many
    steps of `loc` that is. With `at_key` where its key stands."""
    standing, place = top, _position(top)
    for taken, step in enumerate(loc):
        index = standing.index(step) if isinstance(standing, Branch) else None
        if index is None:
            return place, taken
        key = standing.keys.get(step) if at_key else None
        standing = standing.inner[index]
        place = _position(standing if key is None else key)
    return place, len(loc)


def _position(standing: Any) -> Position:
    mark = standing.mark if isinstance(standing, Branch) else standing
    return mark.line + 1, mark.column + 1
