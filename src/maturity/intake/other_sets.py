"""Sets of answers that cannot count, and those of the same council and period that must not count in their stead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from maturity.intake.held import Held
from maturity.models.assessment import Assessment, is_period
from maturity.models.problem import Kind, Place, Problem
from maturity.models.register import Organisation, Register
from maturity.sources.load import Loaded

OTHER_SET = Kind(
    "W110",
    "error",
    "{organisation} has another set of answers for {period}, in {other}, which has errors: neither counts.",
    "Delete the set that does not count, or move it away; if both do, make one of them.",
)
OTHER_ANSWERS = Kind(
    "W275",
    "error",
    "{organisation} has answered otherwise for {period} in {other}: neither counts.",
    "Keep the one that counts, and move the other out of the folder; if two people answered, see 'maturity merge'.",
)


@dataclass(frozen=True, slots=True)
class Unsound:
    """A set of answers that has errors, by its council's code; without a period it may be of any, and so with the
    questionnaire's id."""

    code: str
    period: str | None
    questionnaire: str | None
    place: Place
    kind: Kind = OTHER_SET

    def rivals(self, code: str, assessment: Assessment | Held) -> bool:
        """Whether it may be another set of the same answers."""
        return (
            self.code == code
            and self.period in (None, assessment.period)
            and self.questionnaire in (None, assessment.questionnaire.id)
        )


def unsound(assessment: Assessment, place: Place, register: Register) -> list[Unsound]:
    """What was read of a set of answers that does not count."""
    organisation = register.find(assessment.organisation)
    if organisation is None:
        return []
    return [Unsound(organisation.code, assessment.period, assessment.questionnaire.id, place)]


def unsound_file(loaded: Loaded, register: Register) -> list[Unsound]:
    """The same of a file that is no assessment yet, from what it says of itself."""
    data = loaded.document.data
    said = data.get("organisation") if isinstance(data, dict) and not loaded.is_output else None
    organisation = register.find(said) if isinstance(said, str) else None
    if organisation is None:
        return []
    period = str(data.get("period", "")).strip()
    return [Unsound(organisation.code, period if is_period(period) else None, None, Place(str(loaded.path)))]


def same_answers(one: Assessment, other: Assessment) -> bool:
    """Whether both give the same answers, whatever their notes and evidence; several choices in any order."""

    def given(assessment: Assessment) -> dict[str, object]:
        return {
            question: (frozenset(a.value) if isinstance(a.value, tuple) else a.value, a.not_applicable)
            for question, a in assessment.answers.items()
            if a.given
        }

    return given(one) == given(other)


def rivalled(
    sets: Iterable[tuple[Organisation, Assessment | Held, Place]], others: Sequence[Unsound]
) -> Iterator[tuple[int, Problem]]:
    """Which of the sound sets must not count since another may be meant, by number, and the finding that says so."""
    by_code: dict[str, list[Unsound]] = {}
    for other in others:
        by_code.setdefault(other.code, []).append(other)
    for number, (organisation, assessment, place) in enumerate(sets):
        rival = next(
            (o for o in by_code.get(organisation.code, ()) if o.rivals(organisation.code, assessment)), None
        )
        if rival is not None:
            about = {"organisation": organisation.name, "period": assessment.period}
            yield number, Problem(rival.kind, place, {**about, "other": str(rival.place)})
