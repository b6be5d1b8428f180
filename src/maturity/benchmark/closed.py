"""Closed by default: of everything in a benchmark only the fields that are listed here show as they are where organisations
stay unnamed (docs/disclosure.md)."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from typing import TYPE_CHECKING, Any, TypeVar

from maturity.models.benchmark import Benchmark, Comparison, Member, Standing
from maturity.models.evidenced import Evidenced, EvidencedMeasure, EvidenceGap, Proofs
from maturity.models.firm import Firm, FirmMeasure, Firmness, OtherAnswer, OtherWeight, SensitivityRange
from maturity.models.learning import Learning, Lesson, Near
from maturity.models.series import (
    Break,
    Line,
    Move,
    OwnAnswers,
    OwnScore,
    Point,
    Series,
    SeriesPeriod,
    Split,
    SplitChange,
    Transition,
)
from maturity.models.summary import Change, Difference

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Thing = TypeVar("Thing", bound="DataclassInstance")

KEPT: dict[type, frozenset[str]] = {
    Benchmark: frozenset(
        {
            "period",
            "previous",
            "questionnaire",
            "rubric",
            "tool_version",
            "made_up",
            "headline",
            "places",
        }
    ),
    Comparison: frozenset({"measure", "by", "group", "name", "starts"}),
    Standing: frozenset({"organisation", "published", "level", "reason", "coverage", "capped"}),
    Change: frozenset({"n", "step"}),
    Difference: frozenset({"organisation", "before", "after", "difference", "clear"}),
    Member: frozenset({"organisation"}),
    Evidenced: frozenset({"level", "bar", "years", "since"}),
    Proofs: frozenset({"organisation", "above", "evidenced", "too_old", "undated"}),
    EvidencedMeasure: frozenset({"measure", "group"}),
    EvidenceGap: frozenset({"organisation", "claimed", "evidenced", "gap"}),
    Firmness: frozenset({"seed", "draws", "weight_low", "weight_high", "answer_error", "low", "high"}),
    FirmMeasure: frozenset({"measure", "group"}),
    Firm: frozenset({"organisation", "published", "level"}),
    SensitivityRange: frozenset({"scored", "score_low", "score_high", "same_level"}),
    OtherAnswer: frozenset({"question", "answer", "other", "published", "level"}),
    OtherWeight: frozenset({"of", "source", "factor", "published", "level"}),
    Series: frozenset(),
    SeriesPeriod: frozenset({"period", "questionnaire", "rubric", "made_up"}),
    Transition: frozenset({"before", "after"}),
    Break: frozenset({"differs", "shared", "only_before", "only_after", "why"}),
    Line: frozenset({"measure", "by", "group", "name"}),
    Point: frozenset(),
    Move: frozenset(),
    SplitChange: frozenset({"step"}),
    Split: frozenset(
        {
            *("organisation", "before", "before_anew", "after_as_before", "after"),
            *("total", "council", "rubric", "not_shared", "clear"),
        }
    ),
    OwnScore: frozenset({"organisation", "published", "level"}),
    OwnAnswers: frozenset({"organisation", "period", "answers"}),
    Learning: frozenset({"organisation", "named"}),
    Lesson: frozenset({"measure", "group", "name", "own", "level"}),
    Near: frozenset({"of", "strong"}),
}
"""Fields that unnamed benchmarks show as they are. Of `Standing`, `Difference` and `Member`, and of all that the parts on
evidence, on how firm scores are and on other periods tell of an organisation, there is the reader's own alone."""


def closed(thing: Thing, **shown: Any) -> Thing:
    """The same with only what is known: `shown` instead of what was there, KEPT as it is, and of every other field its
    empty default. Raises TypeError where it has none."""
    found = {}
    for field in fields(thing):
        if field.name in shown:
            found[field.name] = shown[field.name]
        elif known(thing, field.name):
            found[field.name] = getattr(thing, field.name)
        else:
            found[field.name] = _empty(field)
    return type(thing)(**found)


def known(thing: object, name: str) -> bool:
    """Whether a field may be shown as it is. Whatever is not listed may not: a part that was added later, say."""
    return any(name in names for kind, names in KEPT.items() if isinstance(thing, kind))


def _empty(field: Field[Any]) -> object:
    if field.default is not MISSING:
        return field.default
    if field.default_factory is not MISSING:
        return field.default_factory()
    raise TypeError(f"disclosure does not know {field.name!r}, and it has no empty default")
