"""The organisation is one of the register's."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import AnsweredSubject
from maturity.models.problem import Problem
from maturity.sources.registers import unknown_council


def check(subject: AnsweredSubject) -> Iterator[Problem]:
    name = subject.assessment.organisation
    if subject.register.find(name) is None:
        yield unknown_council(name, subject.register, subject.document.place(("organisation",)))
