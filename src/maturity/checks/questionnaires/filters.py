"""Questions asked only of some: conditions look back at answers that can be given, and can hold."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.atoms import ATTRIBUTES, atoms, impossible_test, kind_of, misfit
from maturity.checks.satisfy import Search
from maturity.checks.subjects import AskedSubject
from maturity.checks.wording import did_you_mean
from maturity.models.condition import Condition, OfOrganisation, OfQuestion, OfRespondent
from maturity.models.problem import Kind, Problem
from maturity.models.questionnaire import Question
from maturity.sources.yaml_reader import Loc

UNKNOWN = Kind(
    "Q020",
    "error",
    "'{id}' is asked depending on '{question}', which is not asked.",
    "Correct the question's id.{hint}",
)
NOT_BEFORE = Kind(
    "Q021",
    "error",
    "'{id}' is asked depending on '{question}', which does not come before it.",
    "Put '{question}' before it, or depend on an earlier question: so no circle can arise.",
)
IMPOSSIBLE_TEST = Kind(
    "Q022", "error", "This test does not fit the answers to '{question}': {why}.", "Correct the test."
)
NOT_HERE = Kind(
    "Q023",
    "error",
    "'{kind}' cannot decide whether a question is asked: scores come after all answers.",
    "Write 'question', 'organisation' or 'respondent'.",
)
NEVER = Kind(
    "Q024",
    "error",
    "'{id}' is never asked: its condition cannot hold.",
    "Correct the condition, or delete the question.",
)
ALWAYS = Kind(
    "Q025",
    "warning",
    "'{id}' is always asked: its condition always holds.",
    "Delete the condition, or correct it.",
)
NO_ATTRIBUTE = Kind(
    "Q026", "error", "A register knows no '{attribute}' of an organisation.", "Choose from: {attributes}."
)

MISFIT = Kind("Q027", "error", "This test does not fit the {kind}'s '{about}'.", "Write {fitting}.")


def check(subject: AskedSubject) -> Iterator[Problem]:
    questions, locs = subject.questionnaire.questions, subject.question_locs()
    order = {name: number for number, name in enumerate(questions)}
    search = Search(questions)
    # What depends on a question whose own condition is wrong follows from that, and is not told again.
    told: set[str] = set()
    for question in questions.values():
        if question.asked_when is None:
            continue
        loc = (*locs[question.id], "asked_when")
        wrong = list(_atoms(subject, question, question.asked_when, loc, order))
        yield from wrong
        if wrong or any(name in told for name in _looked_at(question.asked_when)):
            told.add(question.id)
        elif not search.possible([(question.asked_when, True)]):
            told.add(question.id)
            yield subject.document.problem(NEVER, loc, id=question.id)
        elif not search.possible([(question.asked_when, False)]):
            yield subject.document.problem(ALWAYS, loc, id=question.id)


def _looked_at(condition: Condition) -> Iterator[str]:
    return (atom.question for _, atom in atoms(condition, ()) if isinstance(atom, OfQuestion))


def _atoms(
    subject: AskedSubject, question: Question, condition: Condition, loc: Loc, order: dict[str, int]
) -> Iterator[Problem]:
    document, questions = subject.document, subject.questionnaire.questions
    for here, atom in atoms(condition, loc):
        kind = kind_of(atom)
        if isinstance(atom, OfQuestion):
            about = {"id": question.id, "question": atom.question}
            other = questions.get(atom.question)
            if other is None:
                hint = did_you_mean(atom.question, questions)
                yield document.problem(UNKNOWN, (*here, kind), hint=hint, **about)
            elif order[atom.question] >= order[question.id]:
                yield document.problem(NOT_BEFORE, (*here, kind), **about)
            elif why := impossible_test(other, atom):
                yield document.problem(IMPOSSIBLE_TEST, here, question=atom.question, why=why)
        elif not isinstance(atom, OfOrganisation | OfRespondent):
            yield document.key_problem(NOT_HERE, (*here, kind), kind=kind)
        elif isinstance(atom, OfOrganisation) and atom.organisation not in ATTRIBUTES:
            known = ", ".join(ATTRIBUTES)
            yield document.problem(NO_ATTRIBUTE, (*here, kind), attribute=atom.organisation, attributes=known)
        elif fitting := misfit(atom):
            looked_at = atom.organisation if isinstance(atom, OfOrganisation) else "role"
            yield document.problem(MISFIT, here, kind=kind, about=looked_at, fitting=fitting)
