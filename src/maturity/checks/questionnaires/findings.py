"""Every finding counts something that its question can be answered with, and its sentence says how many."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from maturity.checks.subjects import AskedSubject
from maturity.checks.wording import did_you_mean, listed
from maturity.models.problem import Kind, Problem, either
from maturity.models.questionnaire import Finding, NumberQuestion, Question, TextQuestion
from maturity.sources.yaml_reader import Loc

UNKNOWN_QUESTION = Kind(
    "Q010",
    "error",
    "The finding '{id}' counts answers to '{question}', which is not asked.",
    "Correct the question's id, or delete the finding.{hint}",
)
UNKNOWN_OPTION = Kind(
    "Q011",
    "error",
    "'{question}' has no option '{option}', which the finding '{id}' counts.",
    "Choose from: {options}.",
)
COUNTS_NOTHING = Kind(
    "Q012", "error", "The finding '{id}' does not say which answers it counts.", "Add {what}."
)
PLACES = Kind(
    "Q013",
    "error",
    "The sentence of the finding '{id}' ({language}) must hold {{count}} and {{answered}} and nothing else in braces.",
    "Write {{count}} and {{answered}}, just so, where the numbers belong.",
)
MEANS_NOTHING = Kind(
    "Q014",
    "error",
    "'{key}' counts nothing here: '{question}' is of type {type}.",
    "Delete it: a finding counts the 'options' of a choice, or numbers 'at_least' and 'below'.",
)
NEVER = Kind(
    "Q015",
    "error",
    "No number is at least {least} and below {below}, so the finding '{id}' counts nothing.",
    "Swap or correct 'at_least' and 'below'.",
)


def check(subject: AskedSubject) -> Iterator[Problem]:
    for i, finding in enumerate(subject.questionnaire.findings):
        yield from _finding(subject, finding, ("findings", i))


def _finding(subject: AskedSubject, finding: Finding, loc: Loc) -> Iterator[Problem]:
    document, questions = subject.document, subject.questionnaire.questions
    question = questions.get(finding.question)
    if question is None:
        about = {"id": finding.id, "question": finding.question}
        hint = did_you_mean(finding.question, questions)
        yield document.problem(UNKNOWN_QUESTION, (*loc, "question"), hint=hint, **about)
    else:
        yield from _counted(subject, finding, question, loc)
    for language, words in finding.text.root.items():
        if _places(words) != {"count", "answered"}:
            yield document.problem(PLACES, (*loc, "text", language), id=finding.id, language=language)


def _counted(subject: AskedSubject, finding: Finding, question: Question, loc: Loc) -> Iterator[Problem]:
    document, about = subject.document, {"id": finding.id, "question": question.id}
    given = ["options"] if finding.options else []
    given += [key for key in ("at_least", "below") if getattr(finding, key) is not None]
    if isinstance(question, TextQuestion):
        fitting, given = [], ["question"]
    elif isinstance(question, NumberQuestion):
        fitting = ["at_least", "below"]
    else:
        fitting = ["options"]
    wrong = [key for key in given if key not in fitting]
    for key in wrong:
        yield document.key_problem(MEANS_NOTHING, (*loc, key), key=key, type=question.type, **about)
    if not given:
        yield document.problem(COUNTS_NOTHING, loc, what=either([f"'{key}'" for key in fitting]), **about)
    known = [o.id for o in question.choices]
    for j, option in enumerate(finding.options if "options" in fitting else ()):
        if option not in known:
            there = (*loc, "options", j)
            yield document.problem(UNKNOWN_OPTION, there, option=option, options=listed(known), **about)
    least, below = finding.at_least, finding.below
    if not wrong and least is not None and below is not None and least >= below:
        yield document.problem(NEVER, (*loc, "below"), least=f"{least:g}", below=f"{below:g}", **about)


def _places(words: str) -> set[str | None]:
    try:
        parts = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(words)]
    except ValueError:
        return {None}
    # '{count:>99999999}' would print that many spaces.
    return {None if spec or conversion else name for name, spec, conversion in parts if name is not None}
