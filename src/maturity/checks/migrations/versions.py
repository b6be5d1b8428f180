"""It leads from earlier versions to a later one."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.rubrics.versions import possible
from maturity.checks.subjects import MovedSubject
from maturity.models.base import within
from maturity.models.problem import Kind, Problem
from maturity.sources.yaml_reader import short

NO_VERSION = Kind(
    "M010",
    "error",
    "No version of a questionnaire can be '{versions}'.",
    'Write the least and the first too great, in quotes, as in ">=1.0.0,<2.0.0".',
)
NOT_LATER = Kind(
    "M011",
    "error",
    "{to} is not later than all versions that '{versions}' names.",
    "Write a range that ends below {to}.",
)


def check(subject: MovedSubject) -> Iterator[Problem]:
    versions, to = subject.migration.from_, subject.migration.to
    if not possible(versions):
        yield subject.document.problem(NO_VERSION, ("from",), versions=short(versions))
    elif within(to, versions) or possible(f"{versions},>{to}"):
        yield subject.document.problem(NOT_LATER, ("to",), to=to, versions=short(versions))
