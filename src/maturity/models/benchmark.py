"""Many scorecards compared: what every report draws from. Definitions are in docs/statistics.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from maturity.models.evidenced import Evidenced
from maturity.models.findings import QuestionFinding, declared_sentence
from maturity.models.learning import Learning, Pair, SharedStep, Wanted
from maturity.models.register import Organisation
from maturity.models.scorecard import Group, Reason, Reference, Scorecard
from maturity.models.text import Text

if TYPE_CHECKING:
    from maturity.models.peers import PeerGroups
    from maturity.models.series import Series

Position = Literal["upper", "middle", "lower"]


@dataclass(frozen=True, slots=True)
class Summary:
    """What several published scores have in common; None where too few were scored for it."""

    n: int
    median: float | None
    q1: float | None
    q3: float | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One organisation in one measure.

    `published` is None where it is not scored (`reason` says why) or did not submit (`reason` is None).
    `rank` is 1 + how many score strictly higher; `lower`, `same` (without itself) and `higher` count the others.
    """

    organisation: str
    published: float | None
    level: str | None
    reason: Reason | None
    coverage: float | None = None
    rank: int | None = None
    lower: int = 0
    same: int = 0
    higher: int = 0
    position: Position | None = None
    capped: str | None = None

    @property
    def tied(self) -> bool:
        return self.same > 0


@dataclass(frozen=True, slots=True)
class Difference:
    """One organisation between two periods, in published scores."""

    organisation: str
    before: float
    after: float
    difference: float
    clear: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A measure between two periods, over the organisations scored in both.

    `step` is what one answer moved by one option adds to the measure: a smaller difference is not clear.
    """

    n: int
    median_difference: float | None
    step: float | None
    up: int
    down: int
    no_clear_change: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One group of one measure over all organisations, which come in the register's order."""

    measure: str
    by: tuple[str, ...]
    group: Group
    name: Text
    summary: Summary
    standings: tuple[Standing, ...]
    levels: tuple[tuple[str, int], ...]
    change: Change | None = None

    @property
    def key(self) -> str:
        """One word for it: ``theme.leadership.strategy``, ``overall``."""
        return ".".join((self.measure, *self.group))

    def of(self, organisation: str) -> Standing:
        """That organisation's standing. Raises KeyError."""
        for standing in self.standings:
            if standing.organisation == organisation:
                return standing
        raise KeyError(organisation)


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """How a question was answered. `options` are (option id, how many chose it); numbers have a summary instead."""

    question: str
    answered: int
    dont_know: int
    not_applicable: int
    not_asked: int
    unanswered: int
    options: tuple[tuple[str, int], ...]
    numbers: Summary | None


@dataclass(frozen=True, slots=True)
class FindingCount:
    """A finding with its counts: `count` of the `answered`."""

    id: str
    question: str
    dimension: str
    text: Text
    count: int
    answered: int

    def sentence(self, language: Literal["en", "cy"]) -> str:
        return declared_sentence(self.text.to(language), language, self.count, self.answered)


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation of the register, with its scorecard if it submitted."""

    organisation: Organisation
    scorecard: Scorecard | None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One period's comparison of a register's organisations.

    `headline` is the measure that stands for all; `drafts` are the codes of those whose answers are still drafts.
    `series` tells of all periods, where there are several.
    `peers` are the groups that a council is set against, where such were asked for.
    """

    period: str
    previous: str | None
    questionnaire: Reference
    rubric: Reference
    tool_version: str
    made_up: bool
    headline: str | None
    drafts: tuple[str, ...]
    members: tuple[Member, ...]
    comparisons: tuple[Comparison, ...]
    answers: tuple[AnswerCounts, ...]
    findings: tuple[FindingCount, ...]
    series: Series | None = None
    questions: tuple[QuestionFinding, ...] = ()
    evidenced: Evidenced | None = None
    learning: Learning | None = None
    pairs: tuple[Pair, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    shared_steps: tuple[SharedStep, ...] = ()
    peers: PeerGroups | None = None

    @property
    def overall(self) -> Comparison | None:
        """The comparison of the measure that stands for all, where the rubric has one."""
        return next((c for c in self.comparisons if c.measure == self.headline), None)

    @property
    def dimensions(self) -> tuple[Comparison, ...]:
        """The comparisons by dimension."""
        return tuple(c for c in self.comparisons if c.by == ("dimension",))

    @property
    def themes(self) -> tuple[Comparison, ...]:
        """The comparisons by dimension and theme."""
        return tuple(c for c in self.comparisons if c.by == ("dimension", "theme"))

    @property
    def submitted(self) -> tuple[Member, ...]:
        return tuple(m for m in self.members if m.scorecard)

    @property
    def missing(self) -> tuple[Member, ...]:
        return tuple(m for m in self.members if not m.scorecard)
