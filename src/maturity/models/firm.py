"""How firm scores, ranks and levels are. Definitions are in docs/statistics.md."""

from __future__ import annotations

from dataclasses import dataclass

from maturity.models.scorecard import Group


@dataclass(frozen=True, slots=True)
class SensitivityRange:
    """Where one organisation's score and rank in one measure lie between the two percentiles of the draws.

    `scored` counts the draws in which it is scored, and `same_level` those in which it is at its published level. The
    scores are None where no draw scores it, the ranks also where fewer organisations are scored than a rank needs;
    `same_level` is None where the measure has no levels.
    """

    scored: int
    score_low: float | None
    score_high: float | None
    rank_low: int | None
    rank_high: int | None
    same_level: int | None


@dataclass(frozen=True, slots=True)
class OtherAnswer:
    """One answer that, changed alone by one option, gives another level; None where it is not scored then.

    `answer` is what was answered and `other` the option next to it.
    """

    question: str
    answer: str | float | tuple[str, ...]
    other: str | float | tuple[str, ...]
    published: float | None
    level: str | None


@dataclass(frozen=True, slots=True)
class OtherWeight:
    """One weight of the rubric that, times `factor` and all else as it is, gives another level.

    It is the weight of `source` in the measure `of`, or among the items where `of` is `items`.
    """

    of: str
    source: str
    factor: float
    published: float | None
    level: str | None


@dataclass(frozen=True, slots=True)
class Firm:
    """One organisation in one measure: its ranges under other weights and under other answers, and what its level depends on.

    `answers` are all single answers that change its level, in the questionnaire's order; `other_weights` the single
    weights whose change is the smallest that does. All are empty where it has no level.
    """

    organisation: str
    published: float
    level: str | None
    weights: SensitivityRange
    answers: SensitivityRange
    other_answers: tuple[OtherAnswer, ...]
    other_weights: tuple[OtherWeight, ...]

    @property
    def fragile(self) -> bool:
        """Whether its level hangs on a single answer."""
        return bool(self.other_answers)


@dataclass(frozen=True, slots=True)
class FirmMeasure:
    """One group of one measure: every organisation that is scored, in the register's order."""

    measure: str
    group: Group
    organisations: tuple[Firm, ...]

    def of(self, organisation: str) -> Firm | None:
        """That organisation's, None where it is not scored."""
        return next((one for one in self.organisations if one.organisation == organisation), None)


@dataclass(frozen=True, slots=True)
class Firmness:
    """How firm a benchmark is: sensitivity ranges, with all that is needed to draw them again.

    Every weight is drawn evenly between `weight_low` and `weight_high` times itself; an answer moves with probability
    `answer_error`, half of it each way. The ranges run from percentile `low` to percentile `high`.
    """

    seed: int
    draws: int
    weight_low: float
    weight_high: float
    answer_error: float
    low: int
    high: int
    measures: tuple[FirmMeasure, ...]

    def of(self, measure: str, group: Group) -> FirmMeasure | None:
        """What is known of that measure's group."""
        return next((m for m in self.measures if (m.measure, m.group) == (measure, group)), None)
