"""Every text of a rubric stands in every language of its questionnaire (in both, where that is not at hand)."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import ValuedSubject
from maturity.checks.translations import untranslated
from maturity.models.problem import Problem
from maturity.models.text import LANGUAGES


def check(subject: ValuedSubject) -> Iterator[Problem]:
    languages = subject.questionnaire.languages if subject.questionnaire else LANGUAGES
    yield from untranslated(subject.document, subject.rubric, languages)
