"""Organisations of another register, and which measures of theirs mean the same as ours.

A measure is the same where all that its number is made from is the same: the operator and its parameters, weights,
coverage, caps, and down to the answers the questions' words, options and what each is worth. Rubrics of another id that
are built otherwise are compared where measure and group have the same ids and can reach from the same least to the same
most; a rubric of the same id that is built otherwise is not, because a change of its own was meant to move numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from typing import Any

from maturity.models.condition import Condition, OfItem, OfMeasure, OfQuestion, tests_in
from maturity.models.peers import Basis, NotShared
from maturity.models.register import Register
from maturity.models.scorecard import Group, Scorecard
from maturity.scoring.names import bands_of
from maturity.scoring.plan import PlannedGroup, PlannedMeasure, group_name
from maturity.scoring.score import Scorer

Key = tuple[str, Group]
Bounds = tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The scorecards (by code) of a register's organisations for one period, and what scored them."""

    register: Register
    scorer: Scorer
    cards: Mapping[str, Scorecard]
    period: str


def shared(ours: Scorer, theirs: Scorer) -> dict[Key, Basis | NotShared]:
    """For every group of every measure of ours: why theirs is compared with it, or why not."""
    mine, other = _Built(ours), _Built(theirs)
    related = ours.rubric.id == theirs.rubric.id
    return {key: _why(key, mine, other, related=related) for key in mine.groups}


def levels_shared(ours: Scorer, theirs: Scorer, measure: str) -> bool:
    """Whether a measure that both have has the same levels, from the same scores on."""
    found = [
        [(band.id, band.from_) for band in bands_of(scorer.rubric, measure)]
        for scorer in (ours, theirs)
        if measure in scorer.rubric.measures
    ]
    return len(found) == 2 and found[0] == found[1]


def _why(key: Key, ours: _Built, theirs: _Built, *, related: bool) -> Basis | NotShared:
    if key not in theirs.groups:
        return "not_there"
    if ours.recipe(key) == theirs.recipe(key):
        return "same"
    if related:
        return "built_otherwise"
    same = ours.bounds(key) is not None and ours.bounds(key) == theirs.bounds(key)
    return "scale" if same and ours.places == theirs.places else "other_scale"


class _Built:
    """What a scorer's measures are made from."""

    def __init__(self, scorer: Scorer) -> None:
        self.plan, self.asked = scorer.plan, scorer.questionnaire
        self.places = scorer.plan.places
        self.groups: dict[Key, tuple[PlannedMeasure, PlannedGroup]] = {
            (measure.name, group.group): (measure, group)
            for measure in scorer.plan.measures
            for group in measure.groups
        }
        self.named: dict[tuple[str, str], Key] = {(m, group_name(g)): (m, g) for m, g in self.groups}
        self.recipes: dict[Key, Any] = {}

    @cached_property
    def items(self) -> dict[str, Any]:
        """Item → all that its value depends on."""
        filters = {f.question: f.when for f in self.plan.filters}
        found = {}
        for item in self.plan.items:
            worth = (item.type, item.values, item.bands, item.at_most)
            missing = (item.unanswered, item.dont_know, item.not_applicable)
            when = filters.get(item.id)
            found[item.id] = (
                self._question(item.id),
                worth,
                missing,
                self._condition(when) if when else None,
            )
        return found

    def _question(self, name: str) -> Any:
        """What is asked, in all words that say what an answer means."""
        return self.asked.questions[name].model_dump(mode="json", exclude={"evidence", "asked_when"})

    def recipe(self, key: Key) -> Any:
        """All that a measure's number depends on, as plain data: equal recipes give equal answers equal numbers."""
        if key not in self.recipes:
            measure, group = self.groups[key]
            steps = dict(zip((source for source, _ in group.inputs), group.steps, strict=False))
            # No operator minds the order in which its inputs stand.
            inputs = sorted(group.inputs)
            self.recipes[key] = (
                (measure.reduce, measure.base, measure.at_least, measure.min_coverage, self.places),
                measure.ladder.model_dump(mode="json") if measure.ladder else None,
                [(s, weight, steps.get(s), self._source(measure.of, s)) for s, weight in inputs],
                [(limit.at_most, self._condition(limit.when)) for limit in group.limits],
            )
        return self.recipes[key]

    def _source(self, of: str, source: str) -> Any:
        return self.items[source] if of == "items" else self.recipe(self.named[of, source])

    def _condition(self, condition: Condition) -> Any:
        """A condition with all that it looks at."""
        seen: list[Any] = []
        for test in tests_in(condition):
            if isinstance(test, OfItem):
                seen.append(self.items[test.item])
            elif isinstance(test, OfQuestion):
                seen.append(self._question(test.question))
            elif isinstance(test, OfMeasure):
                seen.append(self.recipe((test.measure, test.group)))
        return condition.model_dump(mode="json"), seen

    def bounds(self, key: Key) -> Bounds:
        """The least and the most that a measure can be; None where it has no number."""
        measure, group = self.groups[key]
        if measure.reduce == "distribution":
            return None
        if measure.reduce == "share":
            return 0.0, 1.0
        if measure.ladder:
            return 0.0, float(len(measure.ladder.steps))
        worth = {item.id: (item.least, item.most) for item in self.plan.items}
        found = [
            (worth[source] if measure.of == "items" else self.bounds(self.named[measure.of, source]), weight)
            for source, weight in group.inputs
        ]
        known = [(bounds[0], bounds[1], weight) for bounds, weight in found if bounds]
        if not known:
            return None
        low, high = min(one[0] for one in known), max(one[1] for one in known)
        if measure.reduce == "sum":
            return measure.base + fsum(a * w for a, _, w in known), measure.base + fsum(
                b * w for _, b, w in known
            )
        return (0.0, high - low) if measure.reduce == "range" else (low, high)
