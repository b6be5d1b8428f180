"""An x is a tick to some and a cross to others: beside ticks and crosses nobody can tell which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from maturity.intake.matching import Cell, plain
from maturity.intake.table_findings import Told
from maturity.intake.table_groups import Group
from maturity.models.problem import Kind, Place, Said

CROSS_OR_TICK = Kind(
    "W109",
    "error",
    "An x may be a tick or a cross here, since a tick or cross proper stands in {other}: none of the {n} answers that are marked with an x is believed, from this one on.",
    "Write yes and no, or the same signs everywhere.",
)

Sign = Literal["x", "tick"]
_TICKS = {"✓", "✔", "☑", "✗", "✘"}


def sign_of(cell: Cell) -> Sign | None:
    """Whether a cell holds an x, or a tick or cross proper (as ``tick``), and no more than that."""
    if not isinstance(cell, str):
        return None
    text = plain(cell).removesuffix("\ufe0f")
    return "x" if text in ("x", "X") else "tick" if text in _TICKS else None


@dataclass(slots=True)
class Signs:
    """The marks of one table, by column or question."""

    crossed: dict[str, list[Group]] = field(default_factory=dict)
    first: dict[str, Place] = field(default_factory=dict)
    ticked: dict[str, Place] = field(default_factory=dict)

    def see(self, where: str, group: Group, sign: Sign, place: Callable[[], Place]) -> None:
        """Keeps whose answers are marked with an x, and where the first marks of either kind stand."""
        if sign == "tick":
            if where not in self.ticked:
                self.ticked[where] = place()
            return
        if where not in self.first:
            self.first[where] = place()
        self.crossed.setdefault(where, []).append(group)

    def end(self, told: Told, shown: Callable[[Place], Said]) -> None:
        """Tells of each column or question that has both; the answers with an x do not count."""
        for where in self.first.keys() & self.ticked.keys():
            for group in self.crossed[where]:
                group.bad = True
            other = shown(self.ticked[where])
            told.add(CROSS_OR_TICK, self.first[where], n=len(self.crossed[where]), other=other)
