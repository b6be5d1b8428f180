"""No text of a rubric is the same in both languages, but for names that it lists as such."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import ValuedSubject
from maturity.checks.translations import same_words
from maturity.models.problem import Problem
from maturity.models.text import LANGUAGES


def check(subject: ValuedSubject) -> Iterator[Problem]:
    languages = subject.questionnaire.languages if subject.questionnaire else LANGUAGES
    yield from same_words(subject.document, subject.rubric, languages)
