"""Data tables of what councils want together, of their next steps, and of who could help whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maturity.benchmark.council import shown_lessons
from maturity.intake.xlsx import Value
from maturity.models.disclosure import NOT_APPLICABLE
from maturity.models.learning import Buyers, Lesson
from maturity.models.scorecard import Group
from maturity.reports.drawn import Drawn
from maturity.reports.firm_said import level_name
from maturity.reports.sheets import Field, Table

MOST_PAIRS = 1000
"""Pairs grow with the square of councils; the JSON file has all."""


def wanted(drawn: Drawn) -> Table | None:
    w, found = drawn.words, drawn.benchmark.wanted
    if not found:
        return None
    rows = tuple(
        (
            drawn.speech.to(one.text),
            drawn.speech.dimension(one.dimension),
            one.count,
            one.answered,
            _names(drawn, one.who),
        )
        for one in found
    )
    return Table(
        w("Wanted"),
        w("What councils want together"),
        w("One row for each thing that at least one council wants, most wanted first."),
        (
            Field(w("What"), 52),
            Field(w("Dimension"), 28),
            Field(w("Want it"), 10),
            Field(w("Councils that answered (n)"), 14),
            Field(w("Who"), 60),
        ),
        rows,
    )


def wanted_by_group(drawn: Drawn) -> Table | None:
    w, b = drawn.words, drawn.benchmark
    rows: list[tuple[Value, ...]] = []
    for one in b.wanted:
        what = drawn.speech.to(one.text)
        rows += [(what, *_buyers(drawn, group)) for group in (*one.by_region, *one.by_size)]
    if not rows:
        return None
    return Table(
        w("Together by group"),
        w("Who could do it together: of one region, or of much the same size"),
        w("A council can stand in several rows of one thing."),
        (
            Field(w("What"), 52),
            Field(w("Group"), 36),
            Field(w("Councils"), 10),
            Field(w("Who"), 60),
        ),
        tuple(rows),
    )


def _buyers(drawn: Drawn, group: Buyers) -> tuple[Value, ...]:
    if group.name is not None:
        name = drawn.speech.to(group.name)
    else:
        smallest, largest = f"{group.smallest:,}", f"{group.largest:,}"
        name = drawn.words("of {smallest} to {largest} residents", smallest=smallest, largest=largest)
    return name, group.n, _names(drawn, group.who)


def shared_steps(drawn: Drawn) -> Table | None:
    w, found = drawn.words, drawn.benchmark.shared_steps
    if not found:
        return None
    rows = tuple(
        (
            drawn.speech.to(one.do),
            _theme(drawn, one.measure, one.group),
            one.count,
            one.scored,
            _names(drawn, one.who),
        )
        for one in found
    )
    return Table(
        w("Next steps"),
        w("The same next step for many"),
        w("One row for each recommendation that is the next step of at least one council, most first."),
        (
            Field(w("Next step"), 60),
            Field(w("Theme"), 40),
            Field(w("Next for"), 10),
            Field(w("Councils scored (n)"), 12),
            Field(w("Who"), 60),
        ),
        rows,
    )


def pairs(drawn: Drawn) -> Table | None:
    """All pairs; where nobody asked for all, those of the own council."""
    w, b = drawn.words, drawn.benchmark
    found = b.pairs or (b.learning.pairs if b.learning else ())
    if not found:
        return None
    rows = tuple(
        (
            drawn.name(one.one),
            "; ".join(_theme(drawn, *key) for key in one.gives),
            drawn.name(one.other),
            "; ".join(_theme(drawn, *key) for key in one.takes),
        )
        for one in found[:MOST_PAIRS]
    )
    return Table(
        w("Pairs"),
        w("Pairs that could help each other both ways"),
        w(
            "{n} of {of}, those with most to exchange first: each is strong in themes in which the other has a gap.",
            n=len(rows),
            of=len(found),
        ),
        (
            Field(w("Council"), 24),
            Field(w("It could help with"), 56),
            Field(w("Other council"), 24),
            Field(w("It could help with"), 56),
        ),
        rows,
    )


def lessons(drawn: Drawn) -> Table | None:
    """The own council's gaps, and who is strong there: by name, or counted."""
    w, found = drawn.words, drawn.benchmark.learning
    rows = tuple(_lessons(drawn)) if found else ()
    if found is None or not rows:
        return None
    return Table(
        w("Who to learn from"),
        w(
            "Themes in which {council} has a gap, and who is strong there",
            council=drawn.name(found.organisation),
        ),
        w("By name the three most alike; elsewhere counts alone, where groups are large enough."),
        (
            Field(w("Theme"), 40),
            Field(w("Own score"), 12, drawn.score_format),
            Field(w("Strong there"), 32),
            Field(w("Score there"), 12, drawn.score_format),
            Field(w("Councils that are strong"), 14),
            Field(w("Of"), 10),
        ),
        rows,
    )


def _lessons(drawn: Drawn) -> Iterator[tuple[Value, ...]]:
    for one in shown_lessons(drawn.scorer, drawn.benchmark):
        start = (_theme(drawn, one.measure, one.group), one.own)
        for teacher in one.teachers:
            yield *start, drawn.name(teacher.organisation), teacher.published, NOT_APPLICABLE, NOT_APPLICABLE
        yield from ((*start, *cells) for cells in _counted(drawn, one))


def _counted(drawn: Drawn, lesson: Lesson) -> Iterator[tuple[Value, ...]]:
    """How many of the region and of all are strong; from what level on, where that is what strong means."""
    w, level = drawn.words, lesson.level
    here, all_ = w("councils of the region"), w("all other councils")
    if level is not None:
        at = level_name(drawn.scorer, lesson.measure, level, drawn.speech.words)
        here = w("councils of the region, the own too, at “{level}” or higher", level=at)
        all_ = w("all councils, the own too, at “{level}” or higher", level=at)
    for words, near in ((here, lesson.region), (all_, lesson.everywhere)):
        if near is not None:
            yield words, NOT_APPLICABLE, near.strong, near.of


def _theme(drawn: Drawn, measure: str, group: Group) -> str:
    comparison = next(c for c in drawn.benchmark.comparisons if (c.measure, c.group) == (measure, group))
    return drawn.speech.full_name(comparison)


def _names(drawn: Drawn, codes: Sequence[str]) -> str:
    """In the order of the reader's alphabet; the symbol where nobody is named."""
    chosen = set(codes)
    return ", ".join(drawn.name(o.code) for o in drawn.organisations if o.code in chosen) or NOT_APPLICABLE
