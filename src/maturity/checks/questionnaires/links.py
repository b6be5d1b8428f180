"""Links in a questionnaire's texts are https."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.links import insecure
from maturity.checks.subjects import AskedSubject
from maturity.models.problem import Problem


def check(subject: AskedSubject) -> Iterator[Problem]:
    yield from insecure(subject.document, subject.questionnaire)
