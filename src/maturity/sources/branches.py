"""Where the keys and values of a YAML file stand, kept as the parser's marks: few files have a problem to place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
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


def follow(top: Any, loc: Path, *, at_key: bool = False) -> tuple[Position, int]:
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


def keys_below(standing: Any, loc: Path = ()) -> Iterator[tuple[Position, Path]]:
    """Every key of a branch and of those in it: where it stands, and its path."""
    if isinstance(standing, Branch):
        for key, mark in standing.keys.items():
            yield (mark.line + 1, mark.column + 1), (*loc, key)
        steps: Iterable[str | int] = standing.keys or range(len(standing.inner))
        for step, inner in zip(steps, standing.inner, strict=True):
            yield from keys_below(inner, (*loc, step))


def path_of(stack: Sequence[Branch]) -> Path:
    """Where the next value will stand, while the branches on the stack are open."""
    return tuple(len(branch.inner) if branch.key is None else branch.key for branch in stack)


def last_read(standing: Any, loc: Path) -> Iterator[Path]:
    """The last thing of a branch that stands at `loc`, and the last thing in that, and so on."""
    while isinstance(standing, Branch) and standing.inner:
        yield loc
        last = len(standing.inner) - 1
        loc = (*loc, list(standing.keys)[last] if standing.keys else last)
        standing = standing.inner[-1]
    yield loc


def leave_out_key(branch: Branch) -> None:
    """What will stand under the key that was read last, if any was, is left out with it."""
    if branch.key is not None and not branch.dropped:
        del branch.keys[branch.key]
    branch.dropped = branch.key is not None
