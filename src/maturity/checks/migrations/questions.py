"""Every entry carries over questions that were asked to ones that are."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.rubrics.versions import possible
from maturity.checks.subjects import MovedSubject
from maturity.checks.wording import did_you_mean
from maturity.models.problem import Kind, Problem

NOT_AT_HAND = Kind(
    "M012",
    "error",
    "Questionnaire '{id}' {versions} is not at hand, so this cannot be checked.",
    "Name the questionnaire's file together with the migration, or correct the version.",
)
NOT_ASKED = Kind(
    "M013",
    "error",
    "'{question}' is not asked in {questionnaire}.",
    "Correct the question's id.{hint}",
)
TWICE = Kind("M014", "error", "'{question}' stands here twice.", "Delete one of the two.")


def check(subject: MovedSubject) -> Iterator[Problem]:
    document, migration, new = subject.document, subject.migration, subject.new
    if not subject.olds and possible(migration.from_):
        about = {"id": migration.questionnaire, "versions": migration.from_}
        yield document.problem(NOT_AT_HAND, ("from",), **about)
    if new is None:
        yield document.problem(NOT_AT_HAND, ("to",), id=migration.questionnaire, versions=migration.to)
    for i, change in enumerate(migration.changes):
        for j, question in enumerate(change.from_):
            loc = ("changes", i, "from", j)
            if question in change.from_[:j]:
                yield document.problem(TWICE, loc, question=question)
            elif subject.olds and question not in subject.asked:
                about = {"questionnaire": f"{migration.questionnaire} {migration.from_}"}
                hint = did_you_mean(question, subject.asked)
                yield document.problem(NOT_ASKED, loc, question=question, hint=hint, **about)
        if new is not None and change.to is not None and change.to not in new.questions:
            about = {"questionnaire": f"{new.id} {new.version}"}
            hint = did_you_mean(change.to, new.questions)
            yield document.problem(NOT_ASKED, ("changes", i, "to"), question=change.to, hint=hint, **about)
