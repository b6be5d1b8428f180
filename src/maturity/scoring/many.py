"""A plan over many organisations and many trials at once: other weights, other answers.

The same language and the same results as run.py, which scores one organisation: a test holds the two against each other
for every form that the language has. Of each organisation it takes the answers of one respondent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from maturity.models.assessment import Answer
from maturity.models.condition import OfMeasure, OfQuestion, tests_in
from maturity.models.questionnaire import Questionnaire
from maturity.models.scorecard import Group
from maturity.scoring.items import NO_ANSWER, Sheet, worth_of
from maturity.scoring.many_conditions import Situation, held
from maturity.scoring.many_reduce import (
    OPERATORS,
    Column,
    Columns,
    climbed,
    coverage,
    negated,
    rounded,
    settled,
    simplified,
)
from maturity.scoring.nearby import nearby
from maturity.scoring.plan import Plan, PlannedGroup, PlannedItem, PlannedMeasure

if TYPE_CHECKING:
    from maturity.scoring.many_reduce import Array, Mask

Weight = tuple[str, str]
"""A weight of a rubric: ("items", item), or (measure, name of what it is built of)."""
Moves = Mapping[str, "tuple[Array, Array]"]
"""Question → where it is answered one option down, and one up."""
Key = tuple[str, Group]
Near = dict[tuple[str, object], tuple[Answer, Answer, Answer]]
"""Question and answer → the answer, and the one below and above it, or itself where there is none."""


def weights_of(plan: Plan) -> dict[Weight, float]:
    """Every weight that a rubric has: of its items, and of the groups that measures are built of, written out or not."""
    items = {item.id: item.weight for item in plan.items}
    used = {s for m in plan.measures if m.of == "items" for g in m.groups for s, _ in g.inputs}
    found = {("items", name): weight for name, weight in items.items() if name in used}
    for measure in plan.measures:
        for source, weight in (one for group in measure.groups for one in group.inputs):
            if measure.of != "items":
                found[measure.name, source] = weight
            elif weight != items[source]:
                found[measure.name, source] = weight / items[source]
    return found


@dataclass(frozen=True)
class _Asked:
    """The different answers to a question, each with what is near to it; `of` says which organisation gave which."""

    of: Array
    answers: tuple[tuple[Answer, Answer, Answer], ...]

    def of_row(self, row: int) -> tuple[Answer, Answer, Answer]:
        """One organisation's answer, the one below it, and the one above; itself where there is none."""
        return self.answers[self.of[row]]

    def passing(self, passes: Callable[[Answer], bool]) -> Array:
        """(organisations, 3): whether each one's answer passes, the one below it, and the one above."""
        import numpy as np

        found: Array = np.array([[passes(a) for a in three] for three in self.answers])
        return found[self.of]


@dataclass(frozen=True)
class _Worth:
    """What the answers to an item are worth: values as a table, masks a row an organisation."""

    values: Array
    present: Mask
    applies: Mask
    covered: Mask
    fails: Mask


@dataclass(frozen=True)
class Many:
    """The answers of several organisations (at least one), ready to be scored as they are and as they might be."""

    plan: Plan
    questionnaire: Questionnaire
    sheets: Sequence[Sheet]
    near: Near = field(default_factory=dict)

    def published(self, weights: Mapping[Weight, Array], moves: Moves, wanted: set[str]) -> dict[Key, Array]:
        """The published scores of the wanted measures' groups: (organisations, trials), NaN where not scored.

        `weights` are factors of the rubric's own, (1, trials), and 1 where none is named; `moves` says which answers are
        one option off, (organisations or 1, trials). An axis has length 1 where all are the same.
        """
        situation = Situation(self.sheets, self._passing, moves)
        for one in self.plan.filters:
            situation.silent[one.question] = negated(held(one.when, situation))
        known = {"items": {item.id: self._item(item, situation) for item in self.plan.items}}
        situation.worth = self._item_passing
        looked_at = wanted | self._looked_at
        for measure in self.plan.measures:
            known[measure.name] = {}
            for group in measure.groups:
                columns = list(self._inputs(measure, group, known[measure.of], weights))
                column = self._group(measure, group, columns)
                if group.limits or measure.name in looked_at:
                    number = self._limited(column, group, situation)
                    situation.published[measure.name, group.group] = number
                known[measure.name][group.name] = column
        return {key: value for key, value in situation.published.items() if key[0] in wanted}

    @cached_property
    def asked(self) -> dict[str, _Asked]:
        """The questions whose answers count: those that are scored, or that a condition looks at."""
        conditions = [one.when for one in self.plan.filters]
        conditions += [limit.when for measure in self.plan.measures for limit in measure.limits]
        tested = {t.question for c in conditions for t in tests_in(c) if isinstance(t, OfQuestion)}
        items = {item.id: item for item in self.plan.items}
        wanted = [q for q in self.questionnaire.questions if q in items or q in tested]
        return {question: self._asked(question, items.get(question)) for question in wanted}

    def _asked(self, question: str, item: PlannedItem | None) -> _Asked:
        import numpy as np

        kinds: dict[object, int] = {}
        of, answers = [], []
        for sheet in self.sheets:
            answer = sheet.answers.get(question, NO_ANSWER)
            kind = (type(answer.value), answer.value, answer.not_applicable)
            if kind not in kinds:
                kinds[kind] = len(kinds)
                key = (question, kind)
                if key not in self.near:
                    down, up = nearby(self.questionnaire.questions[question], item, answer)
                    self.near[key] = (answer, down or answer, up or answer)
                answers.append(self.near[key])
            of.append(kinds[kind])
        return _Asked(np.array(of), tuple(answers))

    @cached_property
    def _worths(self) -> dict[str, _Worth]:
        import numpy as np

        found = {}
        for item in self.plan.items:
            asked = self.asked[item.id]
            values = [[worth_of(item, answer)[1] or 0.0 for answer in three] for three in asked.answers]
            # What is near to an answer is an answer too: only the value differs.
            masks = np.array([_masks(item, three[0]) for three in asked.answers])[asked.of]
            present, applies, covered, fails = (simplified(masks[:, n : n + 1]) for n in range(4))
            found[item.id] = _Worth(np.array(values)[asked.of], present, applies, covered, fails)
        return found

    def _item(self, item: PlannedItem, situation: Situation) -> Column:
        import numpy as np

        worth = self._worths[item.id]
        column = Column(situation.moved(item.id, worth.values), worth.present, worth.applies, worth.covered)
        column.fails = worth.fails
        silent = simplified(situation.silent.get(item.id, False))
        if silent is not False:
            heard = negated(silent)
            column.value = np.where(heard, column.value, 0.0)
            column.present = heard & worth.present
            column.applies = heard & worth.applies
            column.covered = heard & worth.covered
            column.fails = heard & worth.fails
        return column

    def _inputs(
        self,
        measure: PlannedMeasure,
        group: PlannedGroup,
        known: Mapping[str, Column],
        weights: Mapping[Weight, Array],
    ) -> Iterator[Column]:
        for source, weight in group.inputs:
            drawn: Any = weight
            if measure.of == "items":
                drawn = drawn * weights.get(("items", source), 1.0)
            if (measure.name, source) in weights:
                drawn = drawn * weights[measure.name, source]
            c = known[source]
            yield Column(c.value, c.present, c.applies, c.covered, drawn, c.fails)

    def _group(self, measure: PlannedMeasure, group: PlannedGroup, columns: Columns) -> Column:
        """A group's values and where it has them, before limits."""
        import numpy as np

        applies: Any = False
        scored: Any = False
        failing: Any = False
        for c in columns:
            applies, scored = applies | c.applies, scored | c.present
            failing = failing | (c.fails & c.applies)
        if measure.reduce == "distribution" or not columns:
            return Column(np.zeros((1, 1)), False, simplified(applies), False)
        scored = scored & negated(failing)
        if measure.min_coverage > 0:
            enough = coverage(columns) >= measure.min_coverage
            scored = scored & (bool(enough) if isinstance(enough, bool) else enough)
        ladder = measure.reduce == "ladder"
        value = (
            climbed(measure, group.steps, columns) if ladder else OPERATORS[measure.reduce](measure, columns)
        )
        undefined = np.isnan(value)
        if undefined.any():
            value, scored = np.where(undefined, 0.0, value), scored & ~undefined
        scored, value = simplified(scored), settled(value)
        if scored is not True:
            value = np.where(scored, value, 0.0)
        return Column(value, scored, simplified(applies), scored)

    def _limited(self, column: Column, group: PlannedGroup, situation: Situation) -> Array:
        """The published numbers; what a limit caps flows on capped."""
        import numpy as np

        number = rounded(column.value, self.plan.places)
        if group.limits:
            cap: Array = np.array([[np.inf]])
            for limit in group.limits:
                cap = np.minimum(cap, np.where(held(limit.when, situation), limit.at_most, np.inf))
            capped = column.present & (number > cap)
            number = np.where(capped, cap, number)
            column.value = np.where(capped, cap, column.value)
        return number if column.present is True else np.where(column.present, number, np.nan)

    @cached_property
    def _looked_at(self) -> set[str]:
        """The measures whose published numbers limits look at."""
        conditions = (limit.when for measure in self.plan.measures for limit in measure.limits)
        return {t.measure for c in conditions for t in tests_in(c) if isinstance(t, OfMeasure)}

    def _passing(self, test: OfQuestion) -> Array | None:
        """(organisations, 3): whether what was answered passes; None where nobody is asked such a question."""
        if test.question not in self.asked:
            return None
        return self.asked[test.question].passing(lambda answer: test.passes(answer.value))

    def _item_passing(self, item: str, passes: Callable[[object], bool]) -> Array | None:
        """The same of what an answer is worth."""
        found = next((one for one in self.plan.items if one.id == item), None)
        if found is None:
            return None
        return self.asked[item].passing(lambda answer: passes(worth_of(found, answer)[1]))


def _masks(item: PlannedItem, answer: Answer) -> tuple[bool, bool, bool, bool]:
    """Whether an answer has a value, applies, is covered, and is missing though demanded."""
    state, value = worth_of(item, answer)
    if value is None:
        return False, state != "not_applicable", False, getattr(item, state) == "fail"
    return True, True, state in ("answered", "not_applicable"), False
