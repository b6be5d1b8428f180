"""No text of a questionnaire in both languages is the same in both, but for names that it lists as such."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import AskedSubject
from maturity.checks.translations import same_words
from maturity.models.problem import Problem


def check(subject: AskedSubject) -> Iterator[Problem]:
    yield from same_words(subject.document, subject.questionnaire, subject.questionnaire.languages)
