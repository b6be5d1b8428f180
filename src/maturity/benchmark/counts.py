"""How many gave which answer, and the sentences that can be quoted from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from maturity.benchmark.statistics import summarise
from maturity.models.assessment import DONT_KNOW, Answer, Assessment
from maturity.models.benchmark import AnswerCounts, FindingCount
from maturity.models.questionnaire import Finding, Question, Questionnaire


def answer_counts(
    questionnaire: Questionnaire, assessments: Sequence[Assessment]
) -> tuple[AnswerCounts, ...]:
    """For every question: how many answered, how many chose each option, and each kind of missing."""
    return tuple(
        _counts(q, [a.answers.get(q.id, Answer()) for a in assessments])
        for q in questionnaire.questions.values()
    )


def finding_counts(
    questionnaire: Questionnaire, assessments: Sequence[Assessment]
) -> tuple[FindingCount, ...]:
    """Every finding of the questionnaire, counted over those who answered its question."""
    found = []
    for finding in questionnaire.findings:
        answers = [a.answers.get(finding.question, Answer()) for a in assessments]
        answered = [a for a in answers if a.value is not None and a.value != DONT_KNOW]
        count = sum(_holds(finding, answer) for answer in answered)
        dimension = questionnaire.tags[finding.question].dimension
        found.append(
            FindingCount(finding.id, finding.question, dimension, finding.text, count, len(answered))
        )
    return tuple(found)


def _counts(question: Question, answers: Sequence[Answer]) -> AnswerCounts:
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
