"""Answers that were submitted are still those that were."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import AnsweredSubject
from maturity.locale.dates import day_named
from maturity.models.problem import Kind, Problem
from maturity.scoring.score import answers_digest

CHANGED_SINCE = Kind(
    "A025",
    "warning",
    "The answers were changed after they were submitted on {day}: their digest is another one.",
    "Check what was changed, and submit them again with 'maturity assess'.",
)


def check(subject: AnsweredSubject) -> Iterator[Problem]:
    submission = subject.assessment.submission
    if submission is not None and submission.digest != answers_digest([subject.assessment]):
        # The day that the file has it at, so that the same file is told alike everywhere.
        day = day_named(submission.at)
        yield subject.document.problem(CHANGED_SINCE, ("submission", "digest"), day=day)
