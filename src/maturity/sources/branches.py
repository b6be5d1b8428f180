"""Where the keys and values of a YAML file stand, kept as the parser's marks: few files have a problem to place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
Places = dict[Path, tuple[int, int]]
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


def fill_in(standing: Any, loc: Path, values: Places, keys: Places) -> None:
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
