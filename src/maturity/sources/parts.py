"""A large file's data in growing parts from its start, so that it is known to have enough problems before all are made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

PART = 20_000
"""Values by which a part grows: Pydantic makes up to seven errors of one value, of half a kilobyte each."""
_KEPT = 50
"""Of a mapping that is cut, so many of the words and numbers after the cut stay: they say what it is."""

Cut = tuple[str | int, ...]


def growing(data: Any, nodes: int, step: int = PART) -> Iterator[tuple[Any, Cut | None]]:
    """The first `step` of the data's `nodes`, then twice as many ..., at last all; each with where it was cut, or None.

    What lies on the way from the top to the cut is incomplete, and the rest is as it is in the data.
    """
    for most in range(step, nodes, step):
        part = _Part(most)
        first = part.of(data, ())
        if part.cut is not None:
            yield first, part.cut
    yield data, None


def count(data: Any) -> int:
    """How many keys and values there are, as they are counted in a file."""
    nodes, left = 0, [data]
    while left:
        value = left.pop()
        nodes += 1
        if isinstance(value, dict):
            nodes += len(value)
            left += value.values()
        elif isinstance(value, list):
            left += value
    return nodes


class _Part:
    def __init__(self, most: int) -> None:
        self.left = most
        self.cut: Cut | None = None

    def of(self, value: Any, loc: Cut) -> Any:
        """As much of `value` as there is room for."""
        self.left -= 1
        if isinstance(value, list):
            found: list[Any] = []
            for i, inner in enumerate(value):
                if self._full(loc):
                    break
                found.append(self.of(inner, (*loc, i)))
            return found
        return self._mapping(value, loc) if isinstance(value, dict) else value

    def _mapping(self, value: dict[str, Any], loc: Cut) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, inner in value.items():
            self.left -= 1
            if not self._full(loc):
                found[key] = self.of(inner, (*loc, key))
            elif len(found) < _KEPT and not isinstance(inner, dict | list):
                found[key] = inner
        return found

    def _full(self, loc: Cut) -> bool:
        if self.left <= 0 and self.cut is None:
            self.cut = loc
        return self.left <= 0
