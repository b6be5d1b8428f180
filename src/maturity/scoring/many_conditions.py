"""Whether a condition holds, for many organisations and trials at once; conditions.py says what each means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maturity.models.condition import (
    All,
    AnyOf,
    Condition,
    Not,
    OfItem,
    OfMeasure,
    OfOrganisation,
    OfQuestion,
    OfRespondent,
    Test,
)
from maturity.models.scorecard import Group
from maturity.scoring.items import Sheet
from maturity.scoring.many_reduce import negated
from maturity.scoring.numbers import settle

if TYPE_CHECKING:
    from maturity.scoring.many_reduce import Array, Mask


@dataclass(slots=True)
class Situation:
    """What conditions can look at; filters know of answers only, limits of all that came before them.

    `answered` and `worth` give tables (organisations, 3) of what passes as answered, one option below and one above;
    `silent` is where a question is not asked.
    """

    sheets: Sequence[Sheet]
    answered: Callable[[OfQuestion], Array | None]
    moves: Mapping[str, tuple[Array, Array]]
    worth: Callable[[str, Callable[[object], bool]], Array | None] | None = None
    silent: dict[str, Mask] = field(default_factory=dict)
    published: dict[tuple[str, Group], Array] = field(default_factory=dict)

    def moved(self, question: str, table: Array) -> Array:
        """Of a table (organisations, 3) the column that each trial wants."""
        import numpy as np

        found: Array = table[:, :1]
        if question in self.moves:
            down, up = self.moves[question]
            found = np.where(down, table[:, 1:2], np.where(up, table[:, 2:3], found))
        return found


def held(condition: Condition, situation: Situation) -> Mask:
    """Where `condition` is true."""
    if isinstance(condition, All):
        every: Mask = True
        for inner in condition.all:
            every = every & held(inner, situation)
        return every
    if isinstance(condition, AnyOf):
        some: Mask = False
        for inner in condition.any:
            some = some | held(inner, situation)
        return some
    if isinstance(condition, Not):
        return negated(held(condition.not_, situation))
    if isinstance(condition, OfQuestion):
        return _asked(condition.question, situation.answered(condition), situation)
    if isinstance(condition, OfItem):
        table = situation.worth(condition.item, condition.passes) if situation.worth else None
        return _asked(condition.item, table, situation)
    if isinstance(condition, OfOrganisation):
        return _rows([condition.passes(s.organisation.get(condition.organisation)) for s in situation.sheets])
    if isinstance(condition, OfRespondent):
        return _rows([condition.passes(s.role) for s in situation.sheets])
    if isinstance(condition, OfMeasure):
        found = situation.published.get((condition.measure, condition.group))
        return False if found is None else _passes(condition, found)
    # Verdicts, and what an outcome is about: neither filters nor limits have them.
    return False


def _asked(question: str, table: Array | None, situation: Situation) -> Mask:
    """A question that is not asked passes no test."""
    if table is None:
        return False
    return situation.moved(question, table) & negated(situation.silent.get(question, False))


def _rows(passing: Sequence[bool]) -> Array:
    import numpy as np

    return np.array(passing)[:, None]


def _passes(test: Test, values: Array) -> Mask:
    """Where published numbers pass; one that is not there (NaN) passes no test."""
    if test.at_least is not None:
        return values >= settle(test.at_least)
    if test.below is not None:
        return values < settle(test.below)
    wanted = test.in_ if test.in_ is not None else (test.equals,)
    found: Mask = False
    for one in wanted:
        if isinstance(one, int | float):
            found = found | (values == settle(one))
    return found
