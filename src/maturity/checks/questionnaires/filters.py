"""Questions asked only of some: conditions look back at answers that can be given, and can hold."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.conditions import ATTRIBUTES, atoms, can_hold, impossible_test
from maturity.checks.subjects import AskedSubject
from maturity.models.condition import Condition, OfOrganisation, OfQuestion, OfRespondent
from maturity.models.problem import Kind, Problem
from maturity.models.questionnaire import Question
from maturity.sources.yaml_reader import Loc

UNKNOWN = Kind(
    "Q020",
    "error",
    "'{id}' is asked depending on '{question}', which is not asked.",
    "Correct the question's id.",
)
NOT_BEFORE = Kind(
    "Q021",
    "error",
    "'{id}' is asked depending on '{question}', which does not come before it.",
    "Move '{question}' before it, or depend on an earlier question: so no circle can arise.",
)
IMPOSSIBLE_TEST = Kind(
    "Q022", "error", "No answer to '{question}' can pass this test: {why}.", "Correct the test."
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


def check(subject: AskedSubject) -> Iterator[Problem]:
    questionnaire = subject.questionnaire
    locs, order = subject.question_locs(), list(questionnaire.questions)
    for question in questionnaire.questions.values():
        if question.asked_when is None:
            continue
        loc = (*locs[question.id], "asked_when")
        wrong = list(_atoms(subject, question, question.asked_when, loc, order))
        yield from wrong
        if not wrong and not _refers_to_wrong(questionnaire.questions, question, order):
            ever, always = can_hold(question.asked_when, questionnaire.questions)
            if not ever:
                yield subject.document.problem(NEVER, loc, id=question.id)
            elif always:
                yield subject.document.problem(ALWAYS, loc, id=question.id)


def _atoms(
    subject: AskedSubject, question: Question, condition: Condition, loc: Loc, order: list[str]
) -> Iterator[Problem]:
    document, questions = subject.document, subject.questionnaire.questions
    for here, atom in atoms(condition, loc):
        if isinstance(atom, OfQuestion):
            about = {"id": question.id, "question": atom.question}
            other = questions.get(atom.question)
            if other is None:
                yield document.problem(UNKNOWN, (*here, "question"), **about)
            elif order.index(atom.question) >= order.index(question.id):
                yield document.problem(NOT_BEFORE, (*here, "question"), **about)
            elif why := impossible_test(other, atom):
                yield document.problem(IMPOSSIBLE_TEST, here, question=atom.question, why=why)
        elif isinstance(atom, OfOrganisation):
            if atom.organisation not in ATTRIBUTES:
                known = ", ".join(ATTRIBUTES)
                yield document.problem(
                    NO_ATTRIBUTE, (*here, "organisation"), attribute=atom.organisation, attributes=known
                )
        elif not isinstance(atom, OfRespondent):
            kind = next(k for k in ("item", "measure", "every", "some") if hasattr(atom, k))
            yield document.key_problem(NOT_HERE, (*here, kind), kind=kind)


def _refers_to_wrong(questions: dict[str, Question], question: Question, order: list[str]) -> bool:
    """Whether a question that this one depends on has a wrong condition itself, which is reported there."""
    seen, waiting = set(), [question]
    while waiting:
        one = waiting.pop()
        for _, atom in atoms(one.asked_when, ()) if one.asked_when is not None else ():
            if not isinstance(atom, OfQuestion):
                continue
            if atom.question not in questions or order.index(atom.question) >= order.index(one.id):
                return True
            if atom.question not in seen:
                seen.add(atom.question)
                waiting.append(questions[atom.question])
    return False
