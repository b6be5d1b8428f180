"""How many gave which answer, and the sentences that can be quoted from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from maturity.benchmark.statistics import summarise
from maturity.models.assessment import DONT_KNOW, Answer, Assessment
from maturity.models.benchmark import AnswerCounts, FindingCount
from maturity.models.questionnaire import Finding, Question, Questionnaire
from maturity.models.register import Register
from maturity.scoring.items import not_asked
from maturity.scoring.plan import Plan
from maturity.scoring.score import sheet_of


@dataclass(frozen=True, slots=True)
class Form:
    """One organisation's answers, and the questions that it was not asked: answers to those do not count."""

    answers: Mapping[str, Answer]
    not_asked: Set[str]

    def answer(self, question: str) -> Answer | None:
        """What was answered, `Answer()` for nothing; None where it was not asked."""
        return None if question in self.not_asked else self.answers.get(question, Answer())


def forms(plan: Plan, assessments: Sequence[Assessment], register: Register) -> list[Form]:
    """Each assessment's answers with what it was not asked; `register` knows whose they are."""
    return [Form(a.answers, not_asked(plan, sheet_of(a, register))) for a in assessments]


def answer_counts(questionnaire: Questionnaire, filled: Sequence[Form]) -> tuple[AnswerCounts, ...]:
    """For every question: how many answered, how many chose each option, and each kind of missing."""
    return tuple(_counts(q, [form.answer(q.id) for form in filled]) for q in questionnaire.questions.values())


def finding_counts(questionnaire: Questionnaire, filled: Sequence[Form]) -> tuple[FindingCount, ...]:
    """Every finding of the questionnaire, counted over those who answered its question."""
    found = []
    for finding in questionnaire.findings:
        answers = [a for form in filled if (a := form.answer(finding.question)) is not None]
        answered = [a for a in answers if a.value is not None and a.value != DONT_KNOW]
        count = sum(_holds(finding, answer) for answer in answered)
        dimension = questionnaire.tags[finding.question].dimension
        found.append(
            FindingCount(finding.id, finding.question, dimension, finding.text, count, len(answered))
        )
    return tuple(found)


def _counts(question: Question, given: Sequence[Answer | None]) -> AnswerCounts:
    answers = [answer for answer in given if answer is not None]
    chosen: Counter[str] = Counter()
    numbers: list[float] = []
    dont_know = answered = 0
    for answer in answers:
        value = answer.value
        if question.type == "number" and value == DONT_KNOW:
            dont_know += 1
            continue
        answered += value is not None
        if isinstance(value, tuple):
            chosen.update(value)
        elif isinstance(value, float | int):
            numbers.append(value)
        elif value is not None:
            chosen[value] += 1
    not_applicable = sum(a.not_applicable for a in answers)
    return AnswerCounts(
        question=question.id,
        answered=answered,
        dont_know=dont_know,
        not_applicable=not_applicable,
        not_asked=len(given) - len(answers),
        unanswered=len(answers) - answered - dont_know - not_applicable,
        options=tuple((o.id, chosen[o.id]) for o in question.choices),
        numbers=summarise(numbers) if question.type == "number" else None,
    )


def _holds(finding: Finding, answer: Answer) -> bool:
    value = answer.value
    if isinstance(value, tuple):
        return any(option in finding.options for option in value)
    if isinstance(value, float | int):
        return (finding.at_least is None or value >= finding.at_least) and (
            finding.below is None or value < finding.below
        )
    return value in finding.options
