"""One council's own way through all periods, ready to be drawn: its scores in each, and what it answered otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maturity.models.assessment import DONT_KNOW, Answer
from maturity.models.benchmark import Benchmark
from maturity.models.questionnaire import NumberQuestion, Question
from maturity.models.series import Line, OwnAnswers, OwnScore, Series
from maturity.reports.own_answers import own_words
from maturity.reports.periods_view import shown_lines
from maturity.reports.speech import Speech

NOT_CONCERNED = "not_applicable"
Value = str | float | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reworded:
    """A question and the council's answers to it in two periods, in words."""

    question: str
    before: str
    after: str


def own_scores(series: Series, code: str) -> Iterator[tuple[Line, tuple[OwnScore | None, ...]]]:
    """The whole and each dimension in which the council was ever scored, with its score in each period."""
    for line in shown_lines(series):
        found = tuple(point.of(code) if point else None for point in line.points)
        if any(found):
            yield line, found


def own_answers(benchmark: Benchmark, code: str) -> dict[str, dict[str, Value]]:
    """Period → question → what the council answered; periods in which it submitted, earliest first."""
    found: Sequence[OwnAnswers] = benchmark.series.answers if benchmark.series else ()
    return {one.period: dict(one.answers) for one in found if one.organisation == code}


def reworded(say: Speech, benchmark: Benchmark, code: str) -> tuple[str, str, tuple[Reworded, ...]] | None:
    """The period before the newest that the council answered, that one, and what it answered otherwise in the two. None where
    it did not answer in the newest, or in none before."""
    given = own_answers(benchmark, code)
    if len(given) < 2 or list(given)[-1] != benchmark.period:
        return None
    before, after = list(given)[-2:]
    found = []
    for name, question in say.scorer.questionnaire.questions.items():
        then, now = given[before].get(name), given[after].get(name)
        if then != now and understood(question, then) and understood(question, now):
            found.append(Reworded(say.to(question.text), answer_words(say, question, then), answer_words(say, question, now)))  # fmt: skip
    return before, after, tuple(found)


def understood(question: Question, value: Value | None) -> bool:
    """Whether an answer, perhaps to an earlier version of the questionnaire, is one that the question has words for."""
    if value is None or value in (DONT_KNOW, NOT_CONCERNED):
        return True
    if isinstance(value, int | float):
        return isinstance(question, NumberQuestion)
    chosen = value if isinstance(value, tuple) else (value,)
    return set(chosen) <= {option.id for option in question.choices}


def answer_words(say: Speech, question: Question, value: Value | None) -> str:
    """An answer in one line."""
    if value == NOT_CONCERNED:
        return say.words("Not applicable")
    return "; ".join(own_words(say, question, Answer(value=value)))
