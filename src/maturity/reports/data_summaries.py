"""Data tables over all councils: statistics, levels, findings, answers, numbers."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.intake.xlsx import Value
from maturity.locale.words import N_
from maturity.models.benchmark import AnswerCounts
from maturity.models.disclosure import NOT_APPLICABLE, NOT_SCORED, SUPPRESSED
from maturity.models.questionnaire import NumberQuestion
from maturity.reports.drawn import Drawn
from maturity.reports.sheets import Field, Table


def statistics(drawn: Drawn) -> Table:
    w = drawn.words
    return Table(
        w("Statistics"),
        w("Summary statistics, {period}", period=drawn.benchmark.period),
        w(
            "Over the councils that are scored. The median needs 5 of them, the quartiles 8; [x] where there are fewer."
        ),
        (
            *drawn.measure_fields,
            Field(w("Councils scored (n)"), 14),
            *drawn.quartile_fields,
        ),
        tuple(
            (*drawn.measure(c), c.summary.n, *drawn.quartiles(c.summary)) for c in drawn.benchmark.comparisons
        ),
    )


def levels(drawn: Drawn) -> Table | None:
    w = drawn.words
    banded = [c for c in drawn.benchmark.comparisons if c.levels]
    rows: list[tuple[Value, ...]] = []
    for c in banded:
        start = drawn.measure(c)
        for level, (_, count) in zip(drawn.speech.levels(c.measure), c.levels, strict=True):
            told: Value = drawn.count(count) if drawn.tells(c.summary.n) else NOT_SCORED
            rows.append((*start, level.number, level.name, told))
        unscored = drawn.benchmark.unscored(c)
        missing = drawn.benchmark.n_members - drawn.benchmark.n_submitted
        rows.append((*start, NOT_APPLICABLE, w("not scored"), unscored))
        rows.append((*start, NOT_APPLICABLE, w("not submitted"), missing))
    if not rows:
        return None
    return Table(
        w("Levels"),
        w("How many councils are at each level, {period}", period=drawn.benchmark.period),
        w("One row a measure and level, lowest level first; [x] where fewer than 5 councils are scored."),
        (
            *drawn.measure_fields,
            Field(w("Level number"), 10),
            Field(w("Level"), 24),
            Field(w("Councils"), 12),
        ),
        tuple(rows),
    )


def findings(drawn: Drawn) -> Table | None:
    w, language = drawn.words, drawn.speech.language
    rows = tuple(
        (
            drawn.speech.dimension(f.dimension),
            f.sentence(language),
            drawn.count(f.count),
            f.answered,
            f.question,
        )
        for f in drawn.benchmark.findings
        if f.answered >= LEAST_FOR_MEDIAN
    )
    if not rows:
        return None
    return Table(
        w("Findings"),
        w("What councils said, in sentences that can be quoted, {period}", period=drawn.benchmark.period),
        w("Counted over the councils that answered the question."),
        (
            Field(w("Dimension"), 26),
            Field(w("Finding"), 80),
            Field(w("Councils"), 12),
            Field(w("Councils that answered"), 14),
            Field(w("Question's id"), 40),
        ),
        rows,
    )


def answers(drawn: Drawn) -> Table | None:
    w = drawn.words
    rows = tuple(_answer_rows(drawn))
    if not rows:
        return None
    return Table(
        w("Answers"),
        w("How many councils gave each answer, {period}", period=drawn.benchmark.period),
        w(
            "One row a question and answer, for every question with choices. Where several can be chosen, shares add up to more than 100%."
        ),
        (
            Field(w("Dimension"), 25),
            Field(w("Theme"), 27),
            Field(w("Question"), 56),
            Field(w("Question's id"), 34),
            Field(w("Answer"), 72),
            Field(w("Councils"), 11),
            Field(w("Councils that answered"), 13),
            Field(w("Share of those who answered"), 14, "0%"),
        ),
        rows,
    )


def _answer_rows(drawn: Drawn) -> Iterator[tuple[Value, ...]]:
    w, speech = drawn.words, drawn.speech
    counts = {a.question: a for a in drawn.benchmark.answers}
    for dimension, theme, question in drawn.scorer.questionnaire.walk():
        found = counts.get(question.id)
        if found is None or not question.choices:
            continue
        start = (speech.to(dimension.name), speech.to(theme.name), speech.to(question.text), question.id)
        chosen = dict(found.options)
        for option in question.choices:
            count = chosen[option.id]
            share: Value = NOT_APPLICABLE
            if found.answered:
                share = SUPPRESSED if count is None else count / found.answered
            yield (*start, speech.to(option.text), drawn.count(count), found.answered, share)
        for label, count in _without(found):
            yield (*start, w(label), drawn.count(count), found.answered, NOT_APPLICABLE)


def _without(found: AnswerCounts) -> Iterator[tuple[str, int | None]]:
    """Those who gave no answer, each kind as itself."""
    yield N_("[not applicable]"), found.not_applicable
    if found.not_asked != 0:
        yield N_("[not asked]"), found.not_asked
    yield N_("[not answered]"), found.unanswered


def numbers(drawn: Drawn) -> Table | None:
    w, speech = drawn.words, drawn.speech
    counts = {a.question: a for a in drawn.benchmark.answers}
    rows: list[tuple[Value, ...]] = []
    for dimension, theme, question in drawn.scorer.questionnaire.walk():
        found = counts.get(question.id)
        if not isinstance(question, NumberQuestion) or found is None or found.numbers is None:
            continue
        statistics = (found.numbers.n, *drawn.quartiles(found.numbers))
        start = (speech.to(dimension.name), speech.to(theme.name), speech.to(question.text), question.id)
        rest = tuple(drawn.count(n) for n in (found.dont_know, found.not_applicable, found.unanswered))
        rows.append((*start, speech.to(question.number.unit), *statistics, *rest))
    if not rows:
        return None
    return Table(
        w("Numbers"),
        w("Questions that are answered with a number, {period}", period=drawn.benchmark.period),
        w(
            "The median needs 5 answers, the quartiles 8; [x] where there are fewer. 'Don't know' is not zero."
        ),
        (
            Field(w("Dimension"), 22),
            Field(w("Theme"), 22),
            Field(w("Question"), 50),
            Field(w("Question's id"), 34),
            Field(w("Unit"), 14),
            Field(w("Answers (n)"), 11),
            Field(w("Median"), 11, "0.##"),
            Field(w("Lower quartile (Q1)"), 11, "0.##"),
            Field(w("Upper quartile (Q3)"), 11, "0.##"),
            Field(w("Don't know"), 11),
            Field(w("Not applicable"), 12),
            Field(w("Not answered"), 12),
        ),
        tuple(rows),
    )
