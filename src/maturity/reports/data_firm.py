"""Data tables of how firm scores are, and of what levels hang on."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.intake.xlsx import Value
from maturity.models.benchmark import Comparison
from maturity.models.disclosure import NOT_APPLICABLE, NOT_SCORED
from maturity.models.firm import Firm, Firmness, SensitivityRange
from maturity.reports.drawn import Drawn
from maturity.reports.firm_said import drawn_said, level_name, no_interval_said, weighted_name
from maturity.reports.sheets import Field, Table


def firmness(drawn: Drawn) -> Table | None:
    """A row for each measure and council: both ranges of score and rank, and the share at the same level."""
    w, firm = drawn.words, drawn.benchmark.firm
    rows = tuple(_ranges(drawn, firm)) if firm else ()
    if firm is None or not rows:
        return None
    form = drawn.score_format
    fields = [Field(w("Council"), 24), Field(w("Measure"), 32), Field(w("Score"), 10, form)]
    for kind in (w("Other weights"), w("Other answers")):
        fields += [
            Field(w("{kind}: score from", kind=kind), 13, form),
            Field(w("{kind}: score to", kind=kind), 13, form),
            Field(w("{kind}: rank from", kind=kind), 13),
            Field(w("{kind}: rank to", kind=kind), 13),
            Field(w("{kind}: draws at the same level", kind=kind), 16),
        ]
    return Table(
        w("How firm"),
        w("How firm scores and ranks are: sensitivity ranges"),
        f"{drawn_said(drawn.speech.words, firm)} {no_interval_said(drawn.speech.words)}",
        tuple(fields),
        rows,
        drawn.strong(rows),
    )


def _measured(drawn: Drawn, firm: Firmness) -> Iterator[tuple[Comparison, Firm]]:
    order = {o.code: n for n, o in enumerate(drawn.organisations)}
    for c in drawn.benchmark.comparisons:
        measure = firm.of(c.measure, c.group)
        for one in sorted(measure.organisations, key=lambda f: order[f.organisation]) if measure else ():
            yield c, one


def _ranges(drawn: Drawn, firm: Firmness) -> Iterator[tuple[Value, ...]]:
    for c, one in _measured(drawn, firm):
        start = (drawn.name(one.organisation), drawn.speech.name(c), one.published)
        yield *start, *_range(one.weights), *_range(one.answers)


def _range(found: SensitivityRange) -> tuple[Value, ...]:
    ends = (found.score_low, found.score_high, found.rank_low, found.rank_high)
    same: Value = NOT_APPLICABLE if found.same_level is None else found.same_level
    return *(NOT_SCORED if end is None else end for end in ends), same


def hanging(drawn: Drawn) -> Table | None:
    """A row for each single answer or weight whose change would change a level."""
    w, firm = drawn.words, drawn.benchmark.firm
    rows = tuple(_hanging(drawn, firm)) if firm else ()
    if not rows:
        return None
    return Table(
        w("Fragile levels"),
        w("What levels hang on: single answers and weights that would change one"),
        w("An answer is changed by one option, a weight as little as it takes; all else stays as it is."),
        (
            Field(w("Council"), 24),
            Field(w("Measure"), 28),
            Field(w("Level"), 18),
            Field(w("What is changed"), 14),
            Field(w("Question or part"), 56),
            Field(w("Weight times"), 12, "0.00"),
            Field(w("Score then"), 12, drawn.score_format),
            Field(w("Level then"), 18),
        ),
        rows,
        drawn.strong(rows),
    )


def _hanging(drawn: Drawn, firm: Firmness) -> Iterator[tuple[Value, ...]]:
    w, speech = drawn.words, drawn.speech
    questions = drawn.scorer.questionnaire.questions
    for c, one in _measured(drawn, firm):

        def level(name: str | None, measure: str = c.measure) -> str:
            return level_name(drawn.scorer, measure, name, speech.words)

        start = (drawn.name(one.organisation), speech.name(c), level(one.level))
        for answer in one.other_answers:
            text = speech.to(questions[answer.question].text)
            score: Value = NOT_SCORED if answer.published is None else answer.published
            yield *start, w("answer"), text, NOT_APPLICABLE, score, level(answer.level)
        for weight in one.other_weights:
            text = weighted_name(drawn.scorer, weight, speech.language)
            score = NOT_SCORED if weight.published is None else weight.published
            yield *start, w("weight"), text, weight.factor, score, level(weight.level)
