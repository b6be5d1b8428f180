"""Every language is named once under 'languages'."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import AskedSubject
from maturity.models.problem import Kind, Problem

TWICE = Kind("Q005", "error", "The language '{language}' stands here twice.", "Delete one of the two.")


def check(subject: AskedSubject) -> Iterator[Problem]:
    languages = subject.questionnaire.languages
    for i, language in enumerate(languages[:10]):
        if language in languages[:i]:
            yield subject.document.problem(TWICE, ("languages", i), language=language)
