"""What is claimed beside what is evidenced: a second score that counts high answers only where something proves them."""

from __future__ import annotations

from dataclasses import dataclass

from maturity.models.scorecard import Group


@dataclass(frozen=True, slots=True)
class Proofs:
    """One organisation's scored answers above the level: `above` of them, of which `evidenced` count.

    Of the others some have evidence all the same, that is `too_old` or `undated`, where an age is asked for.
    """

    organisation: str
    above: int
    evidenced: int
    too_old: int
    undated: int


@dataclass(frozen=True, slots=True)
class EvidenceGap:
    """One organisation in one measure, in published scores: `gap` is `claimed` less `evidenced`.

    Each is None where the organisation is not scored.
    """

    organisation: str
    claimed: float | None
    evidenced: float | None
    gap: float | None


@dataclass(frozen=True, slots=True)
class EvidencedMeasure:
    """One group of one measure over the `n` organisations that have both scores; medians from 5 of them on."""

    measure: str
    group: Group
    n: int
    median_claimed: float | None
    median_evidenced: float | None
    median_gap: float | None
    gaps: tuple[EvidenceGap, ...]

    def of(self, organisation: str) -> EvidenceGap | None:
        return next((one for one in self.gaps if one.organisation == organisation), None)


@dataclass(frozen=True, slots=True)
class Evidenced:
    """The second score. An answer worth `bar` or more is above `level` and needs evidence: dated `since` (ISO 8601)
    or later, where that is not None."""

    level: str
    bar: float
    years: int | None
    since: str | None
    proofs: tuple[Proofs, ...]
    measures: tuple[EvidencedMeasure, ...]

    @property
    def above(self) -> int:
        return sum(one.above for one in self.proofs)

    @property
    def evidenced(self) -> int:
        return sum(one.evidenced for one in self.proofs)
