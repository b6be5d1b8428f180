"""What was said to every question, how divided the answers are and what changed (docs/statistics.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

from maturity.benchmark.counts import Form, answer_counts, forms
from maturity.benchmark.dissention import choices_split, number_split, ordinal_split
from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.models.assessment import DONT_KNOW, Answer, Assessment
from maturity.models.benchmark import AnswerCounts
from maturity.models.findings import Moved, OptionCount, QuestionFinding
from maturity.models.questionnaire import NumberQuestion, Question, TextQuestion
from maturity.models.scorecard import Scorecard
from maturity.scoring.numbers import settle
from maturity.scoring.score import Scorer

LEAST = LEAST_FOR_MEDIAN
TYPES = ("level", "yes_no", "several", "number")
Answers = Mapping[str, tuple[Assessment, Scorecard]]
Given = float | tuple[str, ...] | str
"""An answer that counts: a number, the options chosen, or the option."""


def question_findings(
    scorer: Scorer, now: Answers, before: Answers | None = None, *, least: int = LEAST
) -> tuple[QuestionFinding, ...]:
    """Every question that is answered by a choice or a number, in the questionnaire's order.

    `now` and `before` are organisation's code → its answers, scored. Nothing is told of fewer than `least` answers,
    which is at least 5, and no change of fewer that answered in both.
    """
    least = max(least, LEAST)
    asked = scorer.questionnaire
    current, earlier = _forms(scorer, now), _forms(scorer, before or {})
    counts = {c.question: c for c in answer_counts(asked, list(current.values()))}
    found = []
    for question in asked.questions.values():
        if isinstance(question, TextQuestion):
            continue
        given = _given(question, current)
        finding = _finding(scorer, question, counts[question.id], list(given.values()), least)
        if before and finding.told:
            finding = _with_change(finding, question, given, _given(question, earlier), least)
        found.append(finding)
    return tuple(found)


def by_split(findings: Sequence[QuestionFinding]) -> list[QuestionFinding]:
    """By type of question, and in each the most divided first, those without a measure last.

    Only questions of one type compare: who can say only yes or no always stands at either end of the scale.
    """
    return sorted(findings, key=lambda f: (TYPES.index(f.type), f.split is None, -(f.split or 0)))


def by_change(findings: Sequence[QuestionFinding]) -> list[QuestionFinding]:
    """Those that changed most first, those without a change last; the questionnaire's order among equals."""

    def largest(finding: QuestionFinding) -> float | None:
        return finding.moved.largest if finding.moved else None

    return sorted(findings, key=lambda f: (largest(f) is None, -(largest(f) or 0)))


def _forms(scorer: Scorer, scored: Answers) -> dict[str, Form]:
    filled = forms(scorer.plan, [assessment for assessment, _ in scored.values()], scorer.register)
    return dict(zip(scored, filled, strict=True))


def _given(question: Question, filled: Mapping[str, Form]) -> dict[str, Given]:
    """Organisation → what it answered; 'don't know' and 'not applicable' are no answers here."""
    found = {}
    for code, form in filled.items():
        value = (form.answer(question.id) or Answer()).value
        if value is not None and not (question.type == "number" and value == DONT_KNOW):
            found[code] = value
    return found


def _finding(
    scorer: Scorer, question: Question, counted: AnswerCounts, given: Sequence[Given], least: int
) -> QuestionFinding:
    tags = scorer.questionnaire.tags[question.id]
    assert question.type != "text"
    finding = QuestionFinding(question.id, tags.dimension, tags.theme, question.type, counted.answered)
    if counted.answered < least:
        return finding
    if isinstance(question, NumberQuestion):
        summary, form = counted.numbers, question.number
        assert summary is not None
        numbers = [float(value) for value in given if isinstance(value, float | int)]
        split = number_split(numbers, form.min, form.max)
        return replace(finding, median=summary.median, q1=summary.q1, q3=summary.q3, split=split)
    chosen = {option: n for option, n in counted.options if n is not None}
    if question.type == "several":
        # "None of these" says nothing that the other options do not say.
        open_to_all = [chosen[o.id] for o in question.choices if not o.exclusive]
        split = choices_split(open_to_all, counted.answered)
    else:
        split = ordinal_split(list(chosen.values()))
    return replace(finding, options=tuple(OptionCount(o, n) for o, n in chosen.items()), split=split)


def _with_change(
    finding: QuestionFinding,
    question: Question,
    now: Mapping[str, Given],
    before: Mapping[str, Given],
    least: int,
) -> QuestionFinding:
    """The finding with what changed, where enough answered in both periods."""
    pairs = [(before[code], value) for code, value in now.items() if code in before]
    n = len(pairs)
    if n < least:
        return finding
    changed = sum(_set(old) != _set(new) for old, new in pairs)
    if isinstance(question, NumberQuestion):
        differences = [
            new - old
            for old, new in pairs
            if isinstance(old, float | int) and not isinstance(new, str | tuple)
        ]
        middle = settle(median(differences))
        least_, most = question.number.min, question.number.max
        range_ = 0.0 if least_ is None or most is None else most - least_
        largest = settle(abs(middle) / range_) if range_ > 0 else None
        return replace(finding, moved=Moved(n, changed, largest, middle))
    options = []
    for option in finding.options:
        more = sum((option.option in _set(new)) - (option.option in _set(old)) for old, new in pairs)
        options.append(replace(option, change=settle(more / n)))
    largest = max(abs(option.change or 0) for option in options)
    return replace(finding, options=tuple(options), moved=Moved(n, changed, largest))


def _set(value: Given) -> frozenset[object]:
    """The options chosen, or the number, so that what was ticked in another order is the same."""
    return frozenset(value if isinstance(value, tuple) else (value,))
