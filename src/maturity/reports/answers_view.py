"""How each question was answered, counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maturity.locale.words import with_unit
from maturity.models.benchmark import AnswerCounts, Benchmark
from maturity.models.questionnaire import NumberQuestion, Question
from maturity.reports.speech import Speech, exact
from maturity.reports.tables import csv_link, guarded


@dataclass(frozen=True, slots=True)
class Line:
    """One answer and how many gave it; `share` is percent of those who answered, None where that has no meaning."""

    text: str
    count: int | None
    share: float | None
    kind: str = "option"


@dataclass(frozen=True, slots=True)
class Counted:
    """A question with its counts."""

    question: Question
    text: str
    answered: int
    lines: tuple[Line, ...]
    numbers: str = ""

    @property
    def told(self) -> tuple[Line, ...]:
        """Those whose counts are not kept back."""
        return tuple(line for line in self.lines if line.count is not None)


@dataclass(frozen=True, slots=True)
class Section:
    """A dimension's questions."""

    id: str
    name: str
    questions: tuple[Counted, ...]


def sections(say: Speech, benchmark: Benchmark) -> list[Section]:
    """All questions under their dimensions, in the questionnaire's order."""
    counts = {c.question: c for c in benchmark.answers}
    return [
        Section(
            dimension.id,
            say.to(dimension.name),
            tuple(_counted(say, q, counts[q.id]) for theme in dimension.themes for q in theme.questions),
        )
        for dimension in say.scorer.questionnaire.dimensions
    ]


def answers_link(say: Speech, found: list[Section]) -> str:
    """All counts as a CSV file: a line an answer."""
    _ = say.words
    lines = [[_("Dimension"), _("Question"), _("Answer"), _("Councils"), _("Answered")]]
    for section in found:
        for counted in section.questions:
            start = [guarded(section.name), guarded(counted.text)]
            lines += [
                [*start, guarded(line.text), say.count(line.count), str(counted.answered)]
                for line in counted.lines
            ]
    return csv_link(lines)


def _counted(say: Speech, question: Question, counts: AnswerCounts) -> Counted:
    return Counted(
        question,
        say.to(question.text),
        counts.answered,
        tuple(_lines(say, question, counts)),
        _numbers(say, question, counts),
    )


def _lines(say: Speech, question: Question, counts: AnswerCounts) -> Iterator[Line]:
    _ = say.words
    chosen = dict(counts.options)
    for option in question.choices:
        n = chosen[option.id]
        share = 100 * (n or 0) / counts.answered if counts.answered else 0.0
        yield Line(say.to(option.text), n, None if n is None else round(share, 2))
    if not question.choices:
        yield Line(_("answered"), counts.answered, None)
    for text, count in (
        (_("don't know"), counts.dont_know),
        (_("not applicable"), counts.not_applicable),
        (_("not asked"), counts.not_asked),
        (_("not answered"), counts.unanswered),
    ):
        if count != 0:
            yield Line(text, count, None, "missing")


def _numbers(say: Speech, question: Question, counts: AnswerCounts) -> str:
    if not isinstance(question, NumberQuestion) or counts.numbers is None:
        return ""
    unit, found = say.to(question.number.unit), counts.numbers
    if found.median is None and say.unnamed:
        return say.words("Median {median} (n = {n}).", n=found.n, median=say.told(None))
    if found.median is None:
        return say.words("{n} gave a number: too few for a median.", n=found.n)
    places = {"n": found.n, "median": with_unit(exact(found.median), unit)}
    if found.q1 is None or found.q3 is None:
        return say.words("Median {median} (n = {n}).", **places)
    return say.words(
        "Median {median}, quartiles {q1} and {q3} (n = {n}).",
        **places,
        q1=with_unit(exact(found.q1), unit),
        q3=with_unit(exact(found.q3), unit),
    )
