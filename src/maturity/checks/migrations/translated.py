"""What people are told of a change stands in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import MovedSubject
from maturity.checks.translations import untranslated
from maturity.models.problem import Problem


def check(subject: MovedSubject) -> Iterator[Problem]:
    languages = subject.new.languages if subject.new else ("en", "cy")
    yield from untranslated(subject.document, subject.migration, languages)
