"""What became of every measure over any number of periods. Definitions are in docs/statistics.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from maturity.models.scorecard import Group, Reference
from maturity.models.summary import Change, Summary
from maturity.models.text import Text

Verdict = Literal["narrower", "wider", "no_clear_difference"]
Obstacle = Literal["no_migration", "nothing_shared"]
"""Why a change over a break cannot be split: no migration leads from one questionnaire to the other, or no question is
scored in both."""


@dataclass(frozen=True, slots=True)
class OwnScore:
    """One organisation's published score and level in one period."""

    organisation: str
    published: float
    level: str | None


@dataclass(frozen=True, slots=True)
class Point:
    """One measure in one period, by that period's own rubric; `scores` in the register's order, of those scored."""

    summary: Summary
    levels: tuple[tuple[str, int], ...]
    scores: tuple[OwnScore, ...]

    def of(self, organisation: str) -> OwnScore | None:
        """That organisation's score, or None where it has none."""
        return next((s for s in self.scores if s.organisation == organisation), None)


@dataclass(frozen=True, slots=True)
class Spread:
    """The distance between the quartiles in both periods, over the `n` organisations scored in both; None where they are too few.

    `difference` is rounded as scores are; below one `step` it is no clear difference.
    """

    n: int
    before: float | None
    after: float | None
    difference: float | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Split:
    """One organisation's change over a break, on the shared items alone: four published scores, and their parts.

    `before` and `after` are each period by its own rubric, `before_anew` the earlier answers by the later rubric,
    `after_as_before` the later answers by the earlier rubric. ``total = after - before = council + rubric``, exactly as
    printed. `not_shared` is what is left of the printed change: the work of the items that are not shared; None where
    the group is not scored in both periods over all its items. `clear` says whether the council's part is at least a step.
    """

    organisation: str
    before: float
    before_anew: float
    after_as_before: float
    after: float
    total: float
    council: float
    rubric: float
    not_shared: float | None
    clear: bool


@dataclass(frozen=True, slots=True)
class SplitChange:
    """A measure's change over a break. Medians from 5 organisations on; those of the parts need not add up.

    `up`, `down` and `no_clear_change` count the councils' parts, and are None where they are suppressed
    (docs/disclosure.md); `step` is one option on one item by the later rubric.
    """

    n: int
    median_total: float | None
    median_council: float | None
    median_rubric: float | None
    step: float | None
    up: int | None
    down: int | None
    no_clear_change: int | None
    splits: tuple[Split, ...]

    def of(self, organisation: str) -> Split | None:
        """That organisation's, or None where it was not scored by both rubrics in both periods."""
        return next((s for s in self.splits if s.organisation == organisation), None)


@dataclass(frozen=True, slots=True)
class Move:
    """One measure from a period to the next: `change` where nothing breaks the series, else `split`, if it can be.

    `entered` were scored in the later period alone, `left` in the earlier alone.
    """

    change: Change | None
    split: SplitChange | None
    spread: Spread | None
    entered: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One group of one measure over all periods. A point is None where the period's rubric has no such group, and a move,
    of which there is one less, where one of its two points is."""

    measure: str
    by: tuple[str, ...]
    group: Group
    name: Text
    points: tuple[Point | None, ...]
    moves: tuple[Move | None, ...]

    @property
    def key(self) -> str:
        """One word for it, as in a comparison: ``theme.leadership.strategy``."""
        return ".".join((self.measure, *self.group))


@dataclass(frozen=True, slots=True)
class SeriesPeriod:
    """One period: by what it was scored, and the codes of those who submitted."""

    period: str
    questionnaire: Reference
    rubric: Reference
    made_up: bool
    submitted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differs:
    """What is not the same in two neighbouring periods."""

    what: Literal["questionnaire", "rubric"]
    before: Reference
    after: Reference


@dataclass(frozen=True, slots=True)
class NotCarried:
    """Questions of both versions that belong together, and how many organisations' answers to them could not be carried
    over: these are left out of the split for those organisations."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    organisations: int


@dataclass(frozen=True, slots=True)
class Break:
    """A series break. `shared` counts the questions, or sets of them that became one another, that both rubrics score;
    `only_before` and `only_after` are the scored questions that are left out of the split for everybody. `why` says why there
    is no split."""

    differs: tuple[Differs, ...]
    shared: int
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    not_carried: tuple[NotCarried, ...]
    why: Obstacle | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """From a period to the next: who joined, who left, and the break between them, if there is one."""

    before: str
    after: str
    entered: tuple[str, ...]
    left: tuple[str, ...]
    series_break: Break | None


@dataclass(frozen=True, slots=True)
class OwnAnswers:
    """What one organisation answered in one period, as (question, answer): an option's id, several, or a number;
    ``not_applicable`` where it is not concerned. Answers in words of its own are not in it, nor questions left open."""

    organisation: str
    period: str
    answers: tuple[tuple[str, str | float | tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Series:
    """All periods, earliest first; the transitions between neighbours; a line for each group of each measure; and what
    everybody answered, by period."""

    periods: tuple[SeriesPeriod, ...]
    transitions: tuple[Transition, ...]
    lines: tuple[Line, ...]
    answers: tuple[OwnAnswers, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether there is a break in it."""
        return any(t.series_break for t in self.transitions)
