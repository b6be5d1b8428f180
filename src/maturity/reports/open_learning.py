"""Open data of who could learn from whom, and of the steps that are next for many."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.benchmark.council import shown_lessons
from maturity.locale.words import N_
from maturity.models.benchmark import Benchmark
from maturity.models.learning import Lesson, Near, Pair, SharedStep
from maturity.models.scorecard import Group
from maturity.reports.open_table import (
    CODE,
    KEY,
    OF_MEASURE,
    OF_ORGANISATION,
    Cell,
    Column,
    OpenTable,
    both,
    joined,
    or_symbol,
    symbol,
    table_of,
)
from maturity.scoring.score import Scorer

_LEVEL = Column("level", "string", N_("The level's id."))
_TEACHER = Column("teacher", "string", N_("The code of the organisation that is strong there."))
_OF_TEACHER = ("teacher", "organisations", "code")
_ONE = Column("one", "string", N_("The code of the one."))
_OTHER = Column("other", "string", N_("The code of the other."))
_OF_TWO = (("one", "organisations", "code"), ("other", "organisations", "code"))


def _key(of: Lesson | SharedStep) -> str:
    return joined(of.measure, of.group)


def _own(benchmark: Benchmark) -> str:
    return benchmark.learning.organisation if benchmark.learning else ""


def lessons(scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    def counted(near: Near | None, what: str) -> Cell:
        return or_symbol(getattr(near, what) if near else None, symbol(benchmark))

    return table_of(
        "lessons",
        N_("The themes in which an organisation has a gap, and how many are strong there."),
        shown_lessons(scorer, benchmark),
        (
            (CODE, lambda _: _own(benchmark)),
            (KEY, _key),
            (Column("score", "number", N_("Its published score.")), lambda one: one.own),
            (
                Column("from_level", "string", N_("The id of the level from which on one is strong; empty where all are named: then it is who stands in the upper quarter.")),
                lambda one: one.level,
            ),
            (Column("region_scored", "integer", N_("How many of its region are scored: the others, and with it where these are unnamed.")), lambda one: counted(one.region, "of")),
            (Column("region_strong", "integer", N_("How many of these are strong.")), lambda one: counted(one.region, "strong")),
            (Column("all_scored", "integer", N_("How many of all are scored, in the same way.")), lambda one: counted(one.everywhere, "of")),
            (Column("all_strong", "integer", N_("How many of these are strong.")), lambda one: counted(one.everywhere, "strong")),
        ),
        ("code", "key"),
        OF_ORGANISATION,
        OF_MEASURE,
    )  # fmt: skip


def teachers(scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "teachers",
        N_("Who is strong where an organisation has a gap: the three most alike."),
        ((one, teacher) for one in shown_lessons(scorer, benchmark) for teacher in one.teachers),
        (
            (CODE, lambda _: _own(benchmark)),
            (KEY, lambda row: _key(row[0])),
            (_TEACHER, lambda row: row[1].organisation),
            (Column("score", "number", N_("The published score there.")), lambda row: row[1].published),
            (Column("difference", "number", N_("By how much that is more.")), lambda row: row[1].difference),
            (Column("distance", "number", N_("How unlike the two are; 0 for alike.")), lambda row: row[1].distance),
            (Column("answers", "integer", N_("How many of the theme's questions it answered.")), lambda row: row[1].answers),
            (Column("evidenced", "integer", N_("For how many of these answers it has evidence.")), lambda row: row[1].evidenced),
        ),
        ("code", "key", "teacher"),
        OF_ORGANISATION,
        OF_MEASURE,
        _OF_TEACHER,
    )  # fmt: skip


def _found(benchmark: Benchmark) -> tuple[Pair, ...]:
    """All pairs; where nobody asked for all, those of the own organisation."""
    return benchmark.pairs or (benchmark.learning.pairs if benchmark.learning else ())


def pairs(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "pairs",
        N_("Pairs that could help each other both ways, those with most to exchange first."),
        enumerate(_found(benchmark), 1),
        (
            (Column("pair", "integer", N_("The pair's number.")), lambda row: row[0]),
            (_ONE, lambda row: row[1].one),
            (_OTHER, lambda row: row[1].other),
            (Column("distance", "number", N_("How unlike the two are; 0 for alike.")), lambda row: row[1].distance),
        ),
        ("pair",),
        *_OF_TWO,
    )  # fmt: skip


def pair_themes(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    def rows() -> Iterator[tuple[int, str, tuple[str, Group]]]:
        for number, pair in enumerate(_found(benchmark), 1):
            yield from ((number, pair.one, key) for key in pair.gives)
            yield from ((number, pair.other, key) for key in pair.takes)

    return table_of(
        "pair-themes",
        N_("In what each of a pair could help the other."),
        rows(),
        (
            (Column("pair", "integer", N_("The pair's number.")), lambda row: row[0]),
            (_TEACHER, lambda row: row[1]),
            (KEY, lambda row: joined(*row[2])),
        ),
        ("pair", "teacher", "key"),
        ("pair", "pairs", "pair"),
        _OF_TEACHER,
        OF_MEASURE,
    )


def shared_steps(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "shared-steps",
        N_("Recommendations that are the next step of several, most first."),
        benchmark.shared_steps,
        (
            (KEY, _key),
            (_LEVEL, lambda one: one.level),
            *both("name", N_("What to do, in English."), N_("What to do, in Welsh."), lambda one: one.do),
            (Column("organisations", "integer", N_("For how many it is next.")), lambda one: one.count),
            (Column("scored", "integer", N_("How many are scored in the theme.")), lambda one: one.scored),
        ),
        ("key", "level"),
        OF_MEASURE,
    )


def shared_steps_by(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "shared-steps-by",
        N_("Whose next step it is."),
        ((one, code) for one in benchmark.shared_steps for code in one.who),
        (
            (KEY, lambda row: _key(row[0])),
            (_LEVEL, lambda row: row[0].level),
            (CODE, lambda row: row[1]),
        ),
        ("key", "level", "code"),
        OF_MEASURE,
        OF_ORGANISATION,
    )
