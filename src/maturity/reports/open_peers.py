"""Open data of the groups that a benchmark was made with: whom each holds, and what it scores."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.locale.words import N_
from maturity.models.benchmark import Benchmark
from maturity.models.disclosure import NOT_APPLICABLE, NOT_SCORED
from maturity.models.peers import GroupFigures, PeerGroup
from maturity.reports.open_table import (
    KEY,
    OF_MEASURE,
    Cell,
    Column,
    OpenTable,
    both,
    joined,
    names,
    or_symbol,
    statistics,
)
from maturity.scoring.score import Scorer

_GROUP = Column("peer_group", "integer", N_("The group's number."))
_OF_GROUP = ("peer_group", "peer-groups", "peer_group")


def _groups(benchmark: Benchmark) -> Iterator[tuple[int, PeerGroup]]:
    yield from enumerate(benchmark.peers.groups if benchmark.peers else (), 1)


def _figures(benchmark: Benchmark) -> Iterator[tuple[int, GroupFigures]]:
    return ((number, f) for number, group in _groups(benchmark) for f in group.figures)


def peer_groups(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return OpenTable(
        "peer-groups",
        N_("The groups that the benchmark was made with."),
        (
            _GROUP,
            Column("asked", "string", N_("What it was asked for by; empty where nobody did.")),
            Column("kind", "string", N_("'everybody', 'attribute', 'nearest', 'list' or 'register': how it was chosen.")),
            *both(N_("What it is called, in English."), N_("What it is called, in Welsh.")),
            Column("register", "string", N_("The register that it is of, where that is another.")),
            Column("period", "string", N_("The period of its answers.")),
            Column("members", "integer", N_("How many organisations it holds.")),
            Column("submitted", "integer", N_("How many of them submitted.")),
        ),
        tuple(
            (
                number, g.asked, g.kind, *names(g.name), g.register, g.period or benchmark.period, len(g.members),
                len(g.members) - len(g.missing),
            )
            for number, g in _groups(benchmark)
        ),
        ("peer_group",),
    )  # fmt: skip


def peer_members(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    known = {m.organisation.code: m.organisation.name for m in benchmark.members}
    rows: list[tuple[Cell, ...]] = []
    for number, group in _groups(benchmark):
        called = known | {o.code: o.name for o in group.organisations}
        far = {one.organisation: one.distance for one in group.neighbours}
        rows += [
            (number, code, *names(called[code]), code not in group.missing, far.get(code))
            for code in group.members
        ]
    return OpenTable(
        "peer-members",
        N_("The organisations of each group."),
        (
            _GROUP,
            Column("code", "string", N_("The organisation's code in its register.")),
            *both(N_("What it is called, in English."), N_("What it is called, in Welsh.")),
            Column("submitted", "boolean", N_("Whether it submitted answers.")),
            Column(
                "distance", "number", N_("Of nearest neighbours, how unlike the council it is; 0 for alike.")
            ),
        ),
        tuple(rows),
        ("peer_group", "code"),
        (_OF_GROUP,),
    )


def peer_measures(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    council = benchmark.peers.council if benchmark.peers else None
    return OpenTable(
        "peer-measures",
        N_(
            "What each group scores in every measure that it is compared in, and one organisation among its others."
        ),
        (
            _GROUP,
            KEY,
            Column("basis", "string", N_("'same', or 'scale' where only name and scale are the same.")),
            *statistics(N_("How many members' scores it is of.")),
            Column(
                "code", "string", N_("The organisation that is set against the group; empty where none is.")
            ),
            Column("others_n", "integer", N_("How many others' scores the next three are of.")),
            Column("others_median", "number", N_("The median of the others.")),
            Column("others_q1", "number", N_("The lower quartile of the others.")),
            Column("others_q3", "number", N_("The upper quartile of the others.")),
            Column("score", "number", N_("The organisation's published score.")),
            Column("difference", "number", N_("Its score less the others' median.")),
            Column("lower", "integer", N_("How many others score lower.")),
            Column("same", "integer", N_("How many others score the same.")),
            Column("higher", "integer", N_("How many others score higher.")),
            Column(
                "position",
                "string",
                N_("'upper', 'middle' or 'lower' among the group with it; empty where none."),
            ),
            Column("position_without", "string", N_("The same against the others alone.")),
        ),
        tuple(_row(number, f, council) for number, f in _figures(benchmark)),
        ("peer_group", "key"),
        (_OF_GROUP, OF_MEASURE),
    )


def _row(number: int, f: GroupFigures, council: str | None) -> tuple[Cell, ...]:
    own, all_, others = f.own, f.summary, f.others
    sums = [or_symbol(v, NOT_SCORED) for v in (all_.median, all_.q1, all_.q3)]
    rest = [or_symbol(v, NOT_SCORED) for v in (others.median, others.q1, others.q3)]
    start = (number, joined(f.measure, f.group), f.basis, all_.n, *sums, council, others.n, *rest)
    if own is None:
        none = NOT_SCORED if council else NOT_APPLICABLE
        return (*start, *[none] * 5, "", "")
    counts = (or_symbol(v, NOT_SCORED) for v in (own.difference, own.lower, own.same, own.higher))
    return (*start, own.published, *counts, own.position, own.position_without)


def peer_levels(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return OpenTable(
        "peer-levels",
        N_("How many of each group are at each level, where that is told."),
        (
            _GROUP,
            KEY,
            Column("level", "string", N_("The level's id.")),
            Column("organisations", "integer", N_("How many are at this level.")),
            Column("scored", "integer", N_("How many of the group are scored in the measure.")),
        ),
        tuple(
            (number, joined(f.measure, f.group), level, count, f.summary.n)
            for number, f in _figures(benchmark)
            for level, count in f.levels or ()
        ),
        ("peer_group", "key", "level"),
        (_OF_GROUP, OF_MEASURE),
    )
