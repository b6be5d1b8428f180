"""Many scorecards compared: what every report draws from. Definitions are in docs/statistics.md."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from maturity.models.analysis import Analysis
from maturity.models.disclosure import SUPPRESSED, Disclosure
from maturity.models.evidenced import Evidenced
from maturity.models.findings import QuestionFinding, declared_sentence
from maturity.models.firm import Firmness
from maturity.models.learning import Learning, Pair, SharedStep, Wanted
from maturity.models.peers import PeerGroups
from maturity.models.register import Organisation
from maturity.models.scorecard import Group, Reason, Reference, Scorecard
from maturity.models.series import Series
from maturity.models.summary import Change, Position, Summary
from maturity.models.text import Text


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


@dataclass(frozen=True)
class Comparison:
    """One group of one measure over all organisations, which come in the register's order.

    `levels` are (level, how many are at it), None where that is suppressed; `starts` are the scores from which each of
    them begins.
    """

    measure: str
    by: tuple[str, ...]
    group: Group
    name: Text
    summary: Summary
    standings: tuple[Standing, ...]
    levels: tuple[tuple[str, int | None], ...]
    change: Change | None = None
    starts: tuple[float, ...] = ()

    @property
    def key(self) -> str:
        """One word for it: ``theme.leadership.strategy``, ``overall``."""
        return ".".join((self.measure, *self.group))

    def of(self, organisation: str) -> Standing:
        """That organisation's standing. Raises KeyError."""
        return self._by_code[organisation]

    @cached_property
    def _by_code(self) -> dict[str, Standing]:
        return {standing.organisation: standing for standing in self.standings}


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """How a question was answered. `options` are (option id, how many chose it); numbers have a summary instead.

    Counts are None where they are suppressed (docs/disclosure.md).
    """

    question: str
    answered: int
    dont_know: int | None
    not_applicable: int | None
    not_asked: int | None
    unanswered: int | None
    options: tuple[tuple[str, int | None], ...]
    numbers: Summary | None


@dataclass(frozen=True, slots=True)
class FindingCount:
    """A finding with its counts: `count` of the `answered`; None where it is suppressed.

    It counts those who chose any of the `options`; without any it is about numbers.
    """

    id: str
    question: str
    dimension: str
    text: Text
    count: int | None
    answered: int
    options: tuple[str, ...] = ()

    def sentence(self, language: Literal["en", "cy"]) -> str:
        english = self.text.to(language)
        if self.count is None:
            return english.format_map({"count": SUPPRESSED, "answered": self.answered})
        return declared_sentence(english, language, self.count, self.answered)


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
    `places` are the decimals of published scores. `disclosure` says for whom it was made; None before that is decided,
    which is as good as named. A field that comes with a part of its own needs an empty default: `disclose` puts that in
    its place for readers who may not see others, until it is told how to show the part to them.
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
    firm: Firmness | None = None
    analysis: Analysis | None = None
    places: int = 2
    disclosure: Disclosure | None = None

    @property
    def named(self) -> bool:
        """Whether every organisation is in it by name."""
        return self.disclosure is None or self.disclosure.mode == "named"

    @property
    def n_submitted(self) -> int:
        """How many submitted, of whom an unnamed benchmark lists none but its reader."""
        return self.disclosure.submitted if self.disclosure else len(self.submitted)

    @property
    def n_members(self) -> int:
        """How many organisations the register has."""
        return self.disclosure.members if self.disclosure else len(self.members)

    def unscored(self, comparison: Comparison) -> int:
        """How many submitted and are not scored in a comparison."""
        return self.n_submitted - comparison.summary.n

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
