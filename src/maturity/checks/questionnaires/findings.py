"""Every finding counts something that its question can be answered with, and its sentence says how many."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from maturity.checks.subjects import AskedSubject
from maturity.models.problem import Kind, Problem
from maturity.models.questionnaire import Finding, NumberQuestion

UNKNOWN_QUESTION = Kind("Q010", "error", "The finding '{id}' counts answers to '{question}', which is not asked.", "Correct the question's id, or delete the finding.")
UNKNOWN_OPTION = Kind("Q011", "error", "'{question}' has no option '{option}', which the finding '{id}' counts.", "Choose from: {options}.")
COUNTS_NOTHING = Kind("Q012", "error", "The finding '{id}' does not say which answers it counts.", "Add {what}.")
PLACES = Kind("Q013", "error", "The sentence of the finding '{id}' ({language}) must hold {{count}} and {{answered}}, and no other place.", "Write {{count}} and {{answered}} where the numbers belong.")


def check(subject: AskedSubject) -> Iterator[Problem]:
    for i, finding in enumerate(subject.questionnaire.findings):
        yield from _finding(subject, finding, i)


def _finding(subject: AskedSubject, finding: Finding, i: int) -> Iterator[Problem]:
    document, question = subject.document, subject.questionnaire.questions.get(finding.question)
    if question is None:
        yield document.problem(UNKNOWN_QUESTION, ("findings", i, "question"), id=finding.id, question=finding.question)
        return
    known = [o.id for o in question.choices]
    for j, option in enumerate(finding.options):
        if option not in known:
            details = {"id": finding.id, "question": question.id, "option": option, "options": ", ".join(known)}
            yield document.problem(UNKNOWN_OPTION, ("findings", i, "options", j), **details)
    if isinstance(question, NumberQuestion):
        if finding.at_least is None and finding.below is None:
            yield document.problem(COUNTS_NOTHING, ("findings", i), id=finding.id, what="'at_least' or 'below'")
    elif not finding.options:
        yield document.problem(COUNTS_NOTHING, ("findings", i), id=finding.id, what="'options'")
    for language, words in finding.text.root.items():
        if _places(words) != {"count", "answered"}:
            yield document.problem(PLACES, ("findings", i, "text", language), id=finding.id, language=language)


def _places(words: str) -> set[str | None]:
    try:
        return {name for _, name, _, _ in Formatter().parse(words) if name is not None}
    except ValueError:
        return {None}
