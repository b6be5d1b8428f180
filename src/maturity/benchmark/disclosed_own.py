"""What a reader may see of itself where others stay unnamed, as far as it rests on its own answers alone (docs/disclosure.md).

Everything here could be worked out from the reader's answers, the rubric and the seed: it tells nothing of others.
"""

from __future__ import annotations

from typing import Any, ClassVar, Protocol, TypeVar

from maturity.benchmark.closed import closed
from maturity.models.evidenced import Evidenced, EvidencedMeasure
from maturity.models.firm import Firm, FirmMeasure, Firmness, SensitivityRange


class _Somebodys(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def organisation(self) -> str: ...


Row = TypeVar("Row", bound=_Somebodys)


def own_rows(rows: tuple[Row, ...], own: str) -> tuple[Row, ...]:
    """Of what is told of each organisation only the reader's."""
    return tuple(row for row in rows if row.organisation == own)


def closed_rows(rows: tuple[Row, ...], own: str) -> tuple[Row, ...]:
    """The same, with only what is known of each."""
    return tuple(closed(row) for row in own_rows(rows, own))


def own_firmness(firm: Firmness | None, own: str | None) -> Firmness | None:
    """How firm the reader's own scores and levels are; nothing where there is no reader."""
    if firm is None or own is None:
        return None
    return closed(firm, measures=tuple(_firm_measure(measure, own) for measure in firm.measures))


def _firm_measure(measure: FirmMeasure, own: str) -> FirmMeasure:
    return closed(measure, organisations=tuple(_firm(one) for one in own_rows(measure.organisations, own)))


def _firm(one: Firm) -> Firm:
    return closed(
        one,
        weights=without_ranks(one.weights),
        answers=without_ranks(one.answers),
        other_answers=tuple(closed(other) for other in one.other_answers),
        other_weights=tuple(closed(other) for other in one.other_weights),
    )


def without_ranks(found: SensitivityRange) -> SensitivityRange:
    """A range of scores and levels alone: ranks hang on what others score."""
    return closed(found, rank_low=None, rank_high=None)


def own_evidenced(found: Evidenced | None, own: str | None) -> Evidenced | None:
    """The reader's own second score, and how much it has evidence for; nothing where there is no reader."""
    if found is None or own is None:
        return None
    return closed(
        found,
        proofs=closed_rows(found.proofs, own),
        measures=tuple(own_gaps(measure, own) for measure in found.measures),
    )


def own_gaps(measure: EvidencedMeasure, own: str) -> EvidencedMeasure:
    """The reader's gap. No medians, and `n` counts nobody else: of the many who are scored, those whose second score is
    missing could be few."""
    gaps = closed_rows(measure.gaps, own)
    return closed(
        measure,
        n=sum(one.gap is not None for one in gaps),
        median_claimed=None,
        median_evidenced=None,
        median_gap=None,
        gaps=gaps,
    )
