"""Open data of what was said: how divided the answers to each question are, what changed, and what is wanted together."""

from __future__ import annotations

from maturity.locale.words import N_
from maturity.models.benchmark import Benchmark
from maturity.models.disclosure import NOT_APPLICABLE, NOT_SCORED
from maturity.models.findings import QuestionFinding
from maturity.models.learning import Wanted
from maturity.reports.open_table import (
    CODE,
    OF_ORGANISATION,
    QUESTION,
    Cell,
    Column,
    OpenTable,
    both,
    or_symbol,
    table_of,
)
from maturity.scoring.score import Scorer

_WANT = Column("want", "string", N_("The question's id, and the option's where it is one thing of several."))


def questions(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "questions",
        N_("How divided the answers to each question are, and how they changed since the earlier period."),
        benchmark.questions,
        (
            (QUESTION, lambda q: q.question),
            (Column("dimension", "string", N_("The dimension's id.")), lambda q: q.dimension),
            (Column("theme", "string", N_("The theme's id.")), lambda q: q.theme),
            (Column("type", "string", N_("'level', 'yes_no', 'several' or 'number'.")), lambda q: q.type),
            (Column("answered", "integer", N_("How many answered the question.")), lambda q: q.answered),
            (Column("split", "number", N_("How divided the answers are, from 0 (all the same) to 1.")), lambda q: or_symbol(q.split, NOT_SCORED)),
            (Column("answered_in_both", "integer", N_("How many answered in both periods.")), lambda q: _moved(q, "n")),
            (Column("changed", "integer", N_("How many of them gave another answer.")), lambda q: _moved(q, "changed")),
            (
                Column("largest_change", "number", N_("The largest change of an answer's share, without its sign; of numbers, the median difference as a share of the range.")),
                lambda q: _moved(q, "largest"),
            ),
            (Column("median_difference", "number", N_("Of numbers, the median of the differences.")), lambda q: _moved(q, "median_difference")),
        ),
        ("question",),
    )  # fmt: skip


def _moved(question: QuestionFinding, what: str) -> Cell:
    return or_symbol(getattr(question.moved, what), NOT_APPLICABLE) if question.moved else NOT_SCORED


def answer_changes(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    moved = ((q.question, q.moved.n, o) for q in benchmark.questions if q.moved for o in q.options)
    return table_of(
        "answer-changes",
        N_("The change of each answer's share, over the organisations that answered in both periods."),
        (one for one in moved if one[2].change is not None),
        (
            (QUESTION, lambda one: one[0]),
            (Column("answer", "string", N_("The option's id.")), lambda one: one[2].option),
            (Column("n", "integer", N_("How many answered in both periods.")), lambda one: one[1]),
            (Column("change", "number", N_("The later share less the earlier; 0.25 is 25 percentage points more.")), lambda one: one[2].change),
        ),
        ("question", "answer"),
    )  # fmt: skip


def wanted(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "wanted",
        N_("What organisations want to do together."),
        benchmark.wanted,
        (
            (_WANT, _id),
            (QUESTION, lambda w: w.question),
            (Column("answer", "string", N_("The option's id; empty where several options say so.")), lambda w: w.option),
            (Column("dimension", "string", N_("The dimension's id.")), lambda w: w.dimension),
            *both("name", N_("What is wanted, in English."), N_("What is wanted, in Welsh."), lambda w: w.text),
            (Column("organisations", "integer", N_("How many want it.")), lambda w: w.count),
            (Column("answered", "integer", N_("How many answered the question.")), lambda w: w.answered),
        ),
        ("want",),
    )  # fmt: skip


def wanted_by(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "wanted-by",
        N_("Who wants it."),
        ((_id(w), code) for w in benchmark.wanted for code in w.who),
        ((_WANT, lambda one: one[0]), (CODE, lambda one: one[1])),
        ("want", "code"),
        ("want", "wanted", "want"),
        OF_ORGANISATION,
    )


def _id(one: Wanted) -> str:
    return one.question if one.option is None else f"{one.question}.{one.option}"
