"""What to look at again before submitting; pure."""

from __future__ import annotations

from dataclasses import dataclass

from maturity.assess.interview import Interview
from maturity.models.assessment import DONT_KNOW, Answer
from maturity.models.questionnaire import Question


@dataclass(frozen=True, slots=True)
class Review:
    """Positions of questions, in order: none of them stands in the way of submitting."""

    unanswered: tuple[int, ...]
    unsure: tuple[int, ...]
    without_evidence: tuple[int, ...]
    fallen: tuple[int, ...]


def review(interview: Interview) -> Review:
    """What is unanswered, what the person is unsure of, what has none of the evidence that is asked for, and what was
    answered and is not asked any more."""
    asked = [(position, *interview.at(position)) for position in interview.asked]
    return Review(
        unanswered=tuple(position for position, _, answer in asked if not answer.given),
        unsure=tuple(position for position, _, answer in asked if answer.given and answer.sure == "unsure"),
        without_evidence=tuple(p for p, question, answer in asked if _lacks_evidence(question, answer)),
        fallen=interview.fallen,
    )


def _lacks_evidence(question: Question, answer: Answer) -> bool:
    claimed = answer.value is not None and answer.value != DONT_KNOW
    return question.evidence is not None and claimed and not answer.evidence
