"""Many things of one kind, of which it is known how many they are, and of which only one need be there at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from typing import Protocol, TypeVar

Thing = TypeVar("Thing", covariant=True)


class Many(Sized, Iterable[Thing], Protocol[Thing]):
    """A list, or what makes each thing anew whenever it is gone through."""
