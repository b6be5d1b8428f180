"""No text of a rubric is too long for where it is shown."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.lengths import too_long
from maturity.checks.subjects import ValuedSubject
from maturity.models.problem import Problem


def check(subject: ValuedSubject) -> Iterator[Problem]:
    yield from too_long(subject.document, subject.rubric)
