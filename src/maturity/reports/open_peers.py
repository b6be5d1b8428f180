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
    or_symbol,
    statistics,
    table_of,
)
from maturity.scoring.score import Scorer

_GROUP = Column("peer_group", "integer", N_("The group's number."))
_OF_GROUP = ("peer_group", "peer-groups", "peer_group")


def _groups(benchmark: Benchmark) -> Iterator[tuple[int, PeerGroup]]:
    yield from enumerate(benchmark.peers.groups if benchmark.peers else (), 1)


def _figures(benchmark: Benchmark) -> Iterator[tuple[int, GroupFigures]]:
    return ((number, f) for number, group in _groups(benchmark) for f in group.figures)


def peer_groups(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    return table_of(
        "peer-groups",
        N_("The groups that the benchmark was made with."),
        _groups(benchmark),
        (
            (_GROUP, lambda one: one[0]),
            (Column("asked", "string", N_("What it was asked for by; empty where nobody did.")), lambda one: one[1].asked),
            (Column("kind", "string", N_("'everybody', 'attribute', 'nearest', 'list' or 'register': how it was chosen.")), lambda one: one[1].kind),
            *both("name", N_("What it is called, in English."), N_("What it is called, in Welsh."), lambda one: one[1].name),
            (Column("register", "string", N_("The register that it is of, where that is another.")), lambda one: one[1].register),
            (Column("period", "string", N_("The period of its answers.")), lambda one: one[1].period or benchmark.period),
            (Column("members", "integer", N_("How many organisations it holds.")), lambda one: len(one[1].members)),
            (Column("submitted", "integer", N_("How many of them submitted.")), lambda one: len(one[1].members) - len(one[1].missing)),
        ),
        ("peer_group",),
    )  # fmt: skip


def peer_members(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    ours = {m.organisation.code: m.organisation.name for m in benchmark.members}
    names = {
        number: ours | {o.code: o.name for o in group.organisations} for number, group in _groups(benchmark)
    }
    return table_of(
        "peer-members",
        N_("The organisations of each group."),
        ((number, group, code) for number, group in _groups(benchmark) for code in group.members),
        (
            (_GROUP, lambda one: one[0]),
            (Column("code", "string", N_("The organisation's code in its register.")), lambda one: one[2]),
            *both("name", N_("What it is called, in English."), N_("What it is called, in Welsh."), lambda one: names[one[0]][one[2]]),
            (Column("submitted", "boolean", N_("Whether it submitted answers.")), lambda one: one[2] not in one[1].missing),
            (
                Column("distance", "number", N_("Of nearest neighbours, how unlike the council it is; 0 for alike.")),
                lambda one: next((n.distance for n in one[1].neighbours if n.organisation == one[2]), None),
            ),
        ),
        ("peer_group", "code"),
        _OF_GROUP,
    )  # fmt: skip


def peer_measures(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    council = benchmark.peers.council if benchmark.peers else None

    def placed(f: GroupFigures, what: str) -> Cell:
        if f.own is None:
            return NOT_SCORED if council else NOT_APPLICABLE
        return or_symbol(getattr(f.own, what), NOT_SCORED)

    return table_of(
        "peer-measures",
        N_("What each group scores in every measure that it is compared in, and one organisation among its others."),
        _figures(benchmark),
        (
            (_GROUP, lambda one: one[0]),
            (KEY, lambda one: joined(one[1].measure, one[1].group)),
            (Column("basis", "string", N_("'same', or 'scale' where only name and scale are the same.")), lambda one: one[1].basis),
            *statistics(N_("How many members' scores it is of."), lambda one: one[1].summary, NOT_SCORED),
            (Column("code", "string", N_("The organisation that is set against the group; empty where none is.")), lambda _: council),
            (Column("others_n", "integer", N_("How many others' scores the next three are of.")), lambda one: one[1].others.n),
            (Column("others_median", "number", N_("The median of the others.")), lambda one: or_symbol(one[1].others.median, NOT_SCORED)),
            (Column("others_q1", "number", N_("The lower quartile of the others.")), lambda one: or_symbol(one[1].others.q1, NOT_SCORED)),
            (Column("others_q3", "number", N_("The upper quartile of the others.")), lambda one: or_symbol(one[1].others.q3, NOT_SCORED)),
            (Column("score", "number", N_("The organisation's published score.")), lambda one: placed(one[1], "published")),
            (Column("difference", "number", N_("Its score less the others' median.")), lambda one: placed(one[1], "difference")),
            (Column("lower", "integer", N_("How many others score lower.")), lambda one: placed(one[1], "lower")),
            (Column("same", "integer", N_("How many others score the same.")), lambda one: placed(one[1], "same")),
            (Column("higher", "integer", N_("How many others score higher.")), lambda one: placed(one[1], "higher")),
            (
                Column("position", "string", N_("'upper', 'middle' or 'lower' among the group with it; empty where none.")),
                lambda one: one[1].own.position if one[1].own else "",
            ),
            (Column("position_without", "string", N_("The same against the others alone.")), lambda one: one[1].own.position_without if one[1].own else ""),
        ),
        ("peer_group", "key"),
        _OF_GROUP,
        OF_MEASURE,
    )  # fmt: skip


def peer_levels(_scorer: Scorer, benchmark: Benchmark) -> OpenTable:
    levels = ((number, f, level) for number, f in _figures(benchmark) for level in f.levels or ())
    return table_of(
        "peer-levels",
        N_("How many of each group are at each level, where that is told."),
        levels,
        (
            (_GROUP, lambda one: one[0]),
            (KEY, lambda one: joined(one[1].measure, one[1].group)),
            (Column("level", "string", N_("The level's id.")), lambda one: one[2][0]),
            (Column("organisations", "integer", N_("How many are at this level.")), lambda one: one[2][1]),
            (Column("scored", "integer", N_("How many of the group are scored in the measure.")), lambda one: one[1].summary.n),
        ),
        ("peer_group", "key", "level"),
        _OF_GROUP,
        OF_MEASURE,
    )  # fmt: skip
