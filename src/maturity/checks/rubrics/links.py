"""Links in a rubric's texts are https."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.links import insecure
from maturity.checks.subjects import ValuedSubject
from maturity.models.problem import Problem


def check(subject: ValuedSubject) -> Iterator[Problem]:
    yield from insecure(subject.document, subject.rubric)
