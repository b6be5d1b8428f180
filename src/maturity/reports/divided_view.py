"""Where councils' answers differ most, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from maturity.benchmark.findings import by_split
from maturity.benchmark.quotable import headline_sentence
from maturity.models.findings import OptionCount, QuestionFinding
from maturity.reports.benchmark_view import BenchmarkView
from maturity.reports.speech import STEPS, fixed
from maturity.reports.tables import Cell, Table

MOST = 2
"""Of each dimension so many questions are drawn."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One option of a stacked bar: where it begins and how wide it is in percent, and its colour of five."""

    text: str
    count: int
    x: float
    width: float
    step: int


@dataclass(frozen=True, slots=True)
class Divided:
    """A question with the answers to it, from the lowest option to the highest."""

    text: str
    sentence: str
    answered: int
    split: str
    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class DividedPart:
    """For each dimension, by its name, the questions that divide most; and all questions in a table."""

    dimensions: tuple[tuple[str, tuple[Divided, ...]], ...]
    table: Table


def divided_part(view: BenchmarkView) -> DividedPart | None:
    """None where too few answered for anything to be told."""
    told = [f for f in view.benchmark.questions if f.told]
    if not told:
        return None
    found = []
    for dimension, questions in groupby(told, key=lambda f: f.dimension):
        levels = [f for f in by_split(list(questions)) if f.type == "level" and f.split]
        if levels:
            drawn = tuple(_divided(view, f) for f in levels[:MOST])
            found.append((view.say.dimension(dimension), drawn))
    return DividedPart(tuple(found), _table(view, told))


def _divided(view: BenchmarkView, finding: QuestionFinding) -> Divided:
    say = view.say
    question = say.scorer.questionnaire.questions[finding.question]
    texts = {option.id: say.to(option.text) for option in question.choices}
    steps = len(finding.options) - 1
    slices, x = [], 0.0
    for n, one in enumerate(_upwards(view, finding)):
        width = 100 * one.count / finding.answered
        step = 1 + round(n * (STEPS - 1) / steps)
        slices.append(Slice(texts[one.option], one.count, round(x, 3), round(width, 3), step))
        x += width
    sentence = headline_sentence(finding, question, say.words)
    return Divided(say.to(question.text), sentence, finding.answered, _split(finding), tuple(slices))


def _upwards(view: BenchmarkView, finding: QuestionFinding) -> tuple[OptionCount, ...]:
    """The options from what is worth least on: some questions are asked with their best answer first."""
    worth = next((i.values for i in view.say.scorer.plan.items if i.id == finding.question), {})
    first, last = finding.options[0].option, finding.options[-1].option
    turned = worth.get(first, 0.0) > worth.get(last, 0.0)
    return finding.options[::-1] if turned else finding.options


def _split(finding: QuestionFinding) -> str:
    return "–" if finding.split is None else fixed(finding.split, 2)


def _table(view: BenchmarkView, told: list[QuestionFinding]) -> Table:
    """Every question, in the questionnaire's order: how many answered, how divided they are, how many changed."""
    say, _ = view.say, view.say.words
    asked = say.scorer.questionnaire.questions
    kinds = {"level": _("levels"), "yes_no": _("yes or no"), "several": _("several"), "number": _("a number")}
    moved = any(f.moved for f in told)
    rows = []
    for f in told:
        cells = [
            Cell(say.to(asked[f.question].text)),
            Cell(say.dimension(f.dimension)),
            Cell(kinds[f.type]),
            Cell(str(f.answered), f.answered),
            Cell(_split(f), f.split),
        ]
        if moved:
            numbers = (f.moved.n, f.moved.changed) if f.moved else (None, None)
            cells += [Cell("–" if n is None else str(n), n) for n in numbers]
        rows.append(tuple(cells))
    headings = [_("Question"), _("Dimension"), _("Answered by"), _("n"), _("Split")]
    if moved:
        headings += [_("n in both"), _("Answered otherwise")]
    return view.table("split", _("How divided the answers to every question are"), headings, rows)
