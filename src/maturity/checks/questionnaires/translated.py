"""Every text of a questionnaire stands in every language that it names under 'languages'."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import AskedSubject
from maturity.checks.translations import untranslated
from maturity.models.problem import Problem


def check(subject: AskedSubject) -> Iterator[Problem]:
    yield from untranslated(subject.document, subject.questionnaire, subject.questionnaire.languages)
