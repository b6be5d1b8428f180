"""Rules look at what was asked, and give answers that can be given."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.answers import misfits
from maturity.checks.atoms import atoms, impossible_test, kind_of
from maturity.checks.subjects import MovedSubject
from maturity.checks.wording import did_you_mean
from maturity.models.assessment import Answer
from maturity.models.condition import Condition, OfQuestion
from maturity.models.problem import Kind, Phrase, Problem
from maturity.sources.yaml_reader import Loc

NO_ANSWER = Kind(
    "M030",
    "error",
    "{why} So '{question}' of the later version cannot be answered.",
    "Write one that can be given.",
)
UNKNOWN = Kind(
    "M031",
    "error",
    "This looks at the answer to '{question}', which is not asked in the earlier version.",
    "Correct the question's id.{hint}",
)
IMPOSSIBLE_TEST = Kind(
    "M032", "error", "This test does not fit the answers to '{question}': {why}.", "Correct the test."
)
NOT_HERE = Kind(
    "M033",
    "error",
    "'{kind}' cannot decide what becomes of an answer.",
    "Write 'question' with one of the earlier version's.",
)


def check(subject: MovedSubject) -> Iterator[Problem]:
    document = subject.document
    for i, change in enumerate(subject.migration.changes):
        later = subject.new.questions.get(change.to or "") if subject.new else None
        for j, rule in enumerate(change.rules or ()):
            loc = ("changes", i, "rules", j)
            yield from _condition(subject, rule.when, (*loc, "when"))
            for kind, details in misfits(later, Answer(value=rule.value)) if later else ():
                why = Phrase(kind.wording, **details)
                yield document.problem(NO_ANSWER, (*loc, "value"), question=change.to, why=why)


def _condition(subject: MovedSubject, condition: Condition, loc: Loc) -> Iterator[Problem]:
    document, asked = subject.document, subject.asked
    for here, atom in atoms(condition, loc):
        kind = kind_of(atom)
        if not isinstance(atom, OfQuestion):
            yield document.key_problem(NOT_HERE, (*here, kind), kind=kind)
        elif subject.olds and atom.question not in asked:
            hint = did_you_mean(atom.question, asked)
            yield document.problem(UNKNOWN, (*here, kind), question=atom.question, hint=hint)
        elif subject.olds and (why := impossible_test(asked[atom.question], atom)):
            yield document.problem(IMPOSSIBLE_TEST, here, question=atom.question, why=why)
