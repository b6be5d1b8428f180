"""Groups of organisations that a council is set against, and what each group scores. Definitions are in docs/statistics.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from maturity.models.register import Organisation
from maturity.models.scorecard import Group, Reference
from maturity.models.summary import Position, Summary
from maturity.models.text import Text

GroupKind = Literal["everybody", "attribute", "nearest", "list", "register"]
Withheld = Literal["everything", "quartiles"]
"""What too few scores leave untold: below 5 everything, below 8 the quartiles."""
Basis = Literal["same", "scale"]
"""Why a measure of another rubric is compared: it is built the same to the last answer, or has its name and its scale."""
NotShared = Literal["not_there", "built_otherwise", "other_scale"]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An organisation like the council: how far off it is, and each attribute's part of that (they add up in squares)."""

    organisation: str
    distance: float
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Placing:
    """A council's score among a group's others, and beside the group's median and quartiles.

    `lower`, `same` and `higher` count the others; `rank` is 1 + `higher`. `position` is that among the group with the
    council in it, None where it is not one of the group; `position_without` and `difference` (to the median) are against
    the others alone. What too few others leave untold is None.
    """

    published: float
    lower: int | None
    same: int | None
    higher: int | None
    rank: int | None
    position: Position | None
    position_without: Position | None
    difference: float | None


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """What a group scores in one measure: `summary` of all its members, `others` of all but the council.

    `levels` counts members at each level, from the lowest; None where too few are scored for it or their levels are
    others. `withheld` is about `others`. `own` is None where no council is named or it is not scored.
    """

    measure: str
    group: Group
    summary: Summary
    others: Summary
    levels: tuple[tuple[str, int], ...] | None
    withheld: Withheld | None
    own: Placing | None
    basis: Basis = "same"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A measure that a group from elsewhere is not compared in, and why."""

    measure: str
    group: Group
    why: NotShared


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """One group of peers: whom it holds (codes in the register's order), who of them did not submit, and what it scores.

    `asked` is what it was asked for by (``region``, ``nearest:5``), nothing where nobody did; `own` says whether the council is one of them. Neighbours come nearest first. `unplaced` are those of whom the register does not say what groups
    are made by. A group from elsewhere names its register with its organisations, its period, and its questionnaire and
    rubric where they are others.
    """

    asked: str
    kind: GroupKind
    name: Text
    members: tuple[str, ...]
    missing: tuple[str, ...]
    own: bool
    figures: tuple[GroupFigures, ...]
    neighbours: tuple[Neighbour, ...] = ()
    unplaced: tuple[str, ...] = ()
    register: str | None = None
    organisations: tuple[Organisation, ...] = ()
    period: str | None = None
    questionnaire: Reference | None = None
    rubric: Reference | None = None
    left_out: tuple[LeftOut, ...] = ()

    def figures_of(self, measure: str, group: Group) -> GroupFigures | None:
        """What the group scores in that group of that measure, where it is compared in it."""
        return next((f for f in self.figures if (f.measure, f.group) == (measure, group)), None)


@dataclass(frozen=True, slots=True)
class PeerGroups:
    """All groups that were asked for, for the council of that code or for none."""

    council: str | None
    groups: tuple[PeerGroup, ...]

    @property
    def told(self) -> tuple[PeerGroup, ...]:
        """The groups to show a council: those that it is one of or chose, and those from elsewhere; without one, all."""
        if self.council is None:
            return self.groups
        return tuple(g for g in self.groups if g.own or g.kind != "attribute")
