"""Data tables of all periods: medians, change between neighbours, and its parts over a break."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.intake.xlsx import Value
from maturity.models.disclosure import NOT_APPLICABLE, NOT_SCORED
from maturity.models.series import Line, Series
from maturity.reports.drawn import Drawn
from maturity.reports.own_periods import answer_words, own_answers, own_scores, understood
from maturity.reports.periods_view import shown_lines
from maturity.reports.sheets import Field, Table, signed


def periods(drawn: Drawn) -> Table | None:
    """A row for each measure in each period that has it."""
    w, series = drawn.words, drawn.benchmark.series
    if series is None or not drawn.benchmark.named:
        return None
    rows: list[tuple[Value, ...]] = []
    for line in shown_lines(series):
        for period, point in zip(series.periods, line.points, strict=True):
            if point is not None:
                figures = (point.summary.n, *drawn.quartiles(point.summary))
                rows.append((_name(drawn, line), period.period, *figures))
    return Table(
        w("Periods"),
        w("Every period: medians and quartiles"),
        w("Each period by its own rubric, over the councils scored in it. [x] where they are too few."),
        (
            Field(w("Measure"), 32),
            Field(w("Period"), 12),
            Field(w("Councils scored (n)"), 14),
            *drawn.quartile_fields,
        ),
        tuple(rows),
    )


def change_parts(drawn: Drawn) -> Table | None:
    """A row for each measure over each break that can be split."""
    w, series = drawn.words, drawn.benchmark.series
    rows = tuple(_parts(drawn, series)) if series and drawn.benchmark.named else ()
    if not rows:
        return None
    form = signed(drawn.told_format)
    return Table(
        w("Change in its parts"),
        w("Change over a break: the councils' part and the rubric's"),
        w(
            "On the questions that both rubrics score. Medians of the parts need not add up to the median difference."
        ),
        (
            Field(w("Measure"), 32),
            Field(w("From"), 10),
            Field(w("To"), 10),
            Field(w("Councils in both (n)"), 12),
            Field(w("Median difference"), 12, form),
            Field(w("Councils' part"), 12, form),
            Field(w("Rubric's part"), 12, form),
            Field(w("Clearly up"), 10),
            Field(w("No clear change"), 10),
            Field(w("Clearly down"), 10),
        ),
        rows,
    )


def _parts(drawn: Drawn, series: Series) -> Iterator[tuple[Value, ...]]:
    for n, between in enumerate(series.transitions):
        for line in shown_lines(series):
            move = line.moves[n]
            if move is None or (s := move.split) is None:
                continue
            medians = (s.median_total, s.median_council, s.median_rubric)
            counts: tuple[Value, ...] = (s.up, s.no_clear_change, s.down)
            if s.n < LEAST_FOR_MEDIAN:
                counts = (NOT_SCORED,) * 3
            start = (_name(drawn, line), between.before, between.after, s.n)
            yield *start, *(drawn.number(m) for m in medians), *counts


def change_parts_by_council(drawn: Drawn) -> Table | None:
    """A row for each council and measure over each break."""
    w, series = drawn.words, drawn.benchmark.series
    rows = tuple(_own_parts(drawn, series)) if series else ()
    if not rows:
        return None
    form = drawn.score_format
    difference = signed(form)
    return Table(
        w("Parts by council"),
        w("Change of each council over a break: its own part and the rubric's"),
        w("Own part and rubric's part add up to the difference. On the questions that both rubrics score."),
        (
            Field(w("Council"), 24),
            Field(w("Measure"), 32),
            Field(w("From"), 10),
            Field(w("To"), 10),
            Field(w("Score before"), 12, form),
            Field(w("Score after"), 12, form),
            Field(w("Difference"), 12, difference),
            Field(w("Own part"), 12, difference),
            Field(w("Rubric's part"), 12, difference),
            Field(w("Clear change"), 18),
        ),
        rows,
        drawn.strong(rows),
    )


def _own_parts(drawn: Drawn, series: Series) -> Iterator[tuple[Value, ...]]:
    w, order = drawn.words, {o.code: n for n, o in enumerate(drawn.organisations)}
    for n, between in enumerate(series.transitions):
        for line in shown_lines(series):
            move = line.moves[n]
            found = move.split.splits if move and move.split else ()
            for s in sorted(found, key=lambda s: order[s.organisation]):
                start = (drawn.name(s.organisation), _name(drawn, line), between.before, between.after)
                clear = w("yes") if s.clear else w("no clear change")
                yield *start, s.before, s.after, s.total, s.council, s.rubric, clear


def own_periods(drawn: Drawn) -> Table | None:
    """The own council's scores, a row for each measure in each period in which it is scored."""
    w, series, code = drawn.words, drawn.benchmark.series, drawn.council
    if series is None or code is None:
        return None
    rows = tuple(
        (_name(drawn, line), period.period, score.published)
        for line, scores in own_scores(series, code)
        for period, score in zip(series.periods, scores, strict=True)
        if score
    )
    if not rows:
        return None
    return Table(
        w("Own periods"),
        w("{council}: scores in all periods", council=drawn.name(code)),
        w("Each period by its own rubric."),
        (
            Field(w("Measure"), 32),
            Field(w("Period"), 12),
            Field(w("Own score"), 12, drawn.score_format),
        ),
        rows,
    )


def own_earlier_answers(drawn: Drawn) -> Table | None:
    """What the own council answered in every period, a row for each question that still has words for it."""
    w, code = drawn.words, drawn.council
    given = own_answers(drawn.benchmark, code) if code else {}
    if code is None or len(given) < 2:
        return None
    say, rows = drawn.speech, []
    for name, question in drawn.scorer.questionnaire.questions.items():
        said = [answers.get(name) for answers in given.values()]
        if any(value is not None for value in said) and all(understood(question, value) for value in said):
            rows.append((say.to(question.text), *(answer_words(say, question, value) for value in said)))
    return Table(
        w("Own answers"),
        w("{council}: answers in all periods", council=drawn.name(code)),
        w("One row for each question whose answers in all periods this questionnaire has words for."),
        (Field(w("Question"), 60), *(Field(period, 40) for period in given)),
        tuple(rows),
    )


def _name(drawn: Drawn, line: Line) -> str:
    return drawn.speech.to(line.name) or NOT_APPLICABLE
