"""A problem found in somebody's file: data, collected over all files, rendered last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Self, cast

Severity = Literal["error", "warning"]
Translate = Callable[[str], str]


def untranslated(words: str) -> str:
    """The English words themselves."""
    return words


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of problem: its stable code, what it says, and what to do about it.

    `wording` and `remedy` are English, with ``{name}`` places for a problem's details; they are the keys under
    which the Welsh stands in the catalogue.
    """

    code: str
    severity: Severity
    wording: str
    remedy: str

    def __new__(cls, code: str, severity: Severity, wording: str, remedy: str) -> Self:
        # Not super(): with slots, a dataclass is made anew, and super() would still mean the first.
        return cast("Self", _KINDS.setdefault((code, severity, wording, remedy), object.__new__(cls)))

    def __reduce__(self) -> tuple[type[Kind], tuple[str, Severity, str, str]]:
        return Kind, (self.code, self.severity, self.wording, self.remedy)


_KINDS: dict[tuple[str, str, str, str], Kind] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: line and column count from 1; workbooks have sheet and cell instead."""

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        if self.sheet is not None:
            return f"{self.file}[{self.sheet}]" + (f"!{self.cell}" if self.cell else "")
        numbers = [str(n) for n in (self.line, self.column) if n is not None]
        return ":".join([self.file, *numbers])

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        return (self.file, self.line or 0, self.column or 0, self.sheet or "", self.cell or "")


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding, at one place."""

    kind: Kind
    place: Place
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def order(self) -> tuple[object, ...]:
        return (*self.place.order, self.kind.code, self.message())

    def message(self, translate: Translate = untranslated) -> str:
        """What is wrong, in a sentence."""
        return translate(self.kind.wording).format_map(self.details)

    def remedy(self, translate: Translate = untranslated) -> str:
        """What to do about it."""
        return translate(self.kind.remedy).format_map(self.details)


class MaturityError(Exception):
    """Base of every error that this package raises on purpose; carries the problems it met."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.place}: {p.message()}" for p in problems))
