"""Findings on the terminal: sentences under their dimensions, or one question with all its answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from maturity.benchmark.quotable import all_sentences, figure, headline_sentence, told_sentence
from maturity.cli.drawings import bar
from maturity.cli.terminal import number
from maturity.locale.words import N_
from maturity.models.questionnaire import NumberQuestion
from maturity.scoring.numbers import half_up

if TYPE_CHECKING:
    from rich.console import Console

    from maturity.locale.words import Words
    from maturity.models.benchmark import Benchmark
    from maturity.models.findings import QuestionFinding
    from maturity.models.questionnaire import Question, Questionnaire

By = Literal["question", "split", "change"]
TYPES = {
    "level": N_("Levels"),
    "yes_no": N_("Yes or no"),
    "several": N_("Several answers"),
    "number": N_("Numbers"),
}


def show_findings(
    out: Console,
    benchmark: Benchmark,
    asked: Questionnaire,
    chosen: Sequence[QuestionFinding],
    words: Words,
    waiting: Mapping[str, int],
    *,
    whole: bool,
    by: By,
    least: int,
) -> None:
    """The findings as they are ordered `by`; `whole` shows every answer.

    `waiting` has of how many councils the answer to a question waits for a person since a migration.
    """
    submitted, everyone = len(benchmark.submitted), len(benchmark.members)
    _line(out, words("{n} of {of} councils, {period}", n=submitted, of=everyone, period=benchmark.period))
    names = {d.id: words.of(d.name) for d in asked.dimensions}
    told = [finding for finding in chosen if finding.told]
    heading = None
    for finding in told:
        above = _heading(finding, names, by, words)
        if above != heading:
            heading = above
            _line(out, f"\n{heading}", style="bold")
        question = asked.questions[finding.question]
        figures = _figures(finding, question, waiting.get(finding.question, 0), words)
        if whole:
            _whole(out, benchmark, finding, question, figures, words)
        else:
            # In another order than the questionnaire's, each says which dimension it is of.
            prefix = [] if by == "question" else [names[finding.dimension]]
            _short(out, benchmark, finding, question, [*prefix, *figures], words)
    if any(f.split is not None for f in told):
        _line(
            out, "\n" + words("Split: from 0, where all say the same, to 1, where half stand at either end.")
        )
    if left := len(chosen) - len(told):
        _line(
            out,
            words.count(
                "Not told of {n} question: fewer than {least} answered.",
                "Not told of {n} questions: fewer than {least} answered.",
                left,
                least=least,
            ),
        )
    for finding in chosen:
        if (n := waiting.get(finding.question)) and not finding.told:
            _line(out, f"- “{words.of(asked.questions[finding.question].text)}”: {_waits(n, words)}")


def _line(out: Console, text: str, style: str | None = None) -> None:
    """A line of words, which is never broken in a pipe, so that a sentence can be found and quoted whole."""
    out.print(text, style=style, soft_wrap=not out.is_terminal)


def _heading(finding: QuestionFinding, names: Mapping[str, str], by: By, words: Words) -> str:
    """What stands above: the dimension, or the type of question, of which alone the splits compare."""
    if by == "split":
        return words(TYPES[finding.type])
    return names[finding.dimension] if by == "question" else words("What changed most")


def _short(
    out: Console,
    benchmark: Benchmark,
    finding: QuestionFinding,
    question: Question,
    figures: Sequence[str],
    words: Words,
) -> None:
    declared = [told_sentence(f, words) for f in benchmark.findings if f.question == finding.question]
    for sentence in (*declared, headline_sentence(finding, question, words)):
        _line(out, f"- {sentence}")
    if figures:
        _line(out, f"  {'; '.join(figures)}")


def _whole(
    out: Console,
    benchmark: Benchmark,
    finding: QuestionFinding,
    question: Question,
    figures: Sequence[str],
    words: Words,
) -> None:
    _line(out, words.of(question.text))
    most = max((o.count for o in finding.options), default=0)
    texts = {o.id: words.of(o.text) for o in question.choices}
    for one in finding.options:
        change = _points(one.change, words)
        text = f"{texts[one.option]} ({change})" if change else texts[one.option]
        _line(out, f"{one.count:>4} {bar(one.count, most):<10} {text}")
    for sentence in all_sentences(finding, question, benchmark.findings, words):
        _line(out, f"- {sentence}")
    if figures:
        _line(out, "; ".join(figures))


def _waits(n: int, words: Words) -> str:
    return words.count(
        "not counted: {n} council, whose answer waits for a person since it was migrated",
        "not counted: {n} councils, whose answers wait for a person since they were migrated",
        n,
    )


def _figures(finding: QuestionFinding, question: Question, waiting: int, words: Words) -> list[str]:
    """Of how many councils the answer is still to come, how split, and what changed."""
    parts = [_waits(waiting, words)] if waiting else []
    if finding.split is not None:
        parts.append(words("split {split}", split=number(finding.split, 2)))
    moved = finding.moved
    if moved is None:
        return parts
    parts.append(words("{changed} of {n} answered otherwise than before", changed=moved.changed, n=moved.n))
    if isinstance(question, NumberQuestion):
        if moved.median_difference is not None:
            sign = "+" if moved.median_difference > 0 else ""
            change = sign + figure(moved.median_difference, question.number, words)
            if change.endswith("%"):
                # From 40% to 60% is 20 points, or a half more.
                change = words("{points} percentage points", points=change.removesuffix("%"))
            parts.append(words("median difference {change}", change=change))
        return parts
    furthest = max(finding.options, key=lambda o: abs(o.change or 0))
    if change := _points(furthest.change, words):
        option = next(words.of(o.text) for o in question.choices if o.id == furthest.option)
        parts.append(f"“{option.rstrip('.')}” {change}")
    return parts


def _points(change: float | None, words: Words) -> str:
    """A difference of shares; empty where it is none, or rounds to none."""
    if not change or not half_up(change * 100, 0):
        return ""
    return words("{points} percentage points", points=number(change * 100, 0, signed=True))
