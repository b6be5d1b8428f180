"""The range of questionnaire versions is one that some version can lie in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maturity.checks.subjects import ValuedSubject
from maturity.models.base import version_key
from maturity.models.problem import Kind, Problem
from maturity.sources.yaml_reader import short

NO_VERSION = Kind(
    "R006",
    "error",
    "No version of a questionnaire can be '{versions}'.",
    'Write the least and the first too great, in quotes, as in ">=1.0.0,<2.0.0".',
)
_READABLE = re.compile(r"\W+\d{1,6}\.\d{1,6}\.\d{1,6}(,\W+\d{1,6}\.\d{1,6}\.\d{1,6}){0,9}")


def readable(versions: str) -> bool:
    """Whether a range's numbers have a size that versions have: Python refuses to read very long ones."""
    return _READABLE.fullmatch(versions) is not None


def check(subject: ValuedSubject) -> Iterator[Problem]:
    versions = subject.rubric.questionnaire.versions
    if not readable(versions) or not possible(versions):
        there = ("questionnaire", "versions")
        yield subject.document.problem(NO_VERSION, there, versions=short(versions))


def possible(versions: str) -> bool:
    """Whether some version lies in the range: they are whole numbers, so that between two bounds there is one if the lower can be moved up by a patch."""
    low, high = (0, 0, 0), (10**7, 0, 0)
    for part in versions.split(","):
        sign = part.rstrip("0123456789.")
        major, minor, patch = version_key(part.removeprefix(sign))
        least = (major, minor, patch + 1) if sign == ">" else (major, minor, patch)
        beyond = (major, minor, patch + 1) if sign in ("<=", "==") else (major, minor, patch)
        if sign in (">", ">=", "=="):
            low = max(low, least)
        if sign in ("<", "<=", "=="):
            high = min(high, beyond)
    return low < high
