"""`maturity benchmark --peers … --register …`: the groups that a council is set against, on the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli.blocks import Column, draw
from maturity.cli.terminal import number, room

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import Console

    from maturity.locale.words import Words
    from maturity.models.benchmark import Benchmark, Comparison
    from maturity.models.peers import GroupFigures, PeerGroup, PeerGroups
    from maturity.scoring.score import Scorer

Peers = Annotated[
    list[str] | None,
    typer.Option(
        "--peers",
        metavar="GROUP",
        help="Compare with groups: region, population, rurality or another attribute of the register; nearest:5, or "
        "nearest:5:population,rurality; a list, as in north=Conwy,Gwynedd, or a file of names; all. May be given again.",
        show_default=False,
    ),
]
Registers = Annotated[
    list[Path] | None,
    typer.Option(
        "--register",
        metavar="FILE",
        help="A register (.csv) of places beyond Wales: those whose answers are under PATH are a group to compare with. "
        "May be given again.",
        show_default=False,
        readable=False,
    ),
]


def show_peers(out: Console, scorer: Scorer, benchmark: Benchmark, words: Words) -> None:
    """A table for each group: a row a measure, what the group scores, and the council's standing among the others.

    Everybody, whom a council is set against where nobody asks for others, is in the benchmark's own table already.
    """
    peers = benchmark.peers
    if peers is None:
        return
    everyone = [m.organisation for m in benchmark.members] + [
        o for g in peers.groups for o in g.organisations
    ]
    names = {one.code: one.name.to(words.language) for one in everyone}
    for group in peers.told:
        if group.kind == "everybody" and not group.asked:
            continue
        out.print(f"\n{group.name.to(words.language)}", style="bold")
        _who(out, group, benchmark, names, words)
        _figures(out, scorer, benchmark, peers, group, words)


def _who(out: Console, group: PeerGroup, benchmark: Benchmark, names: dict[str, str], words: Words) -> None:
    """Whom the group holds, and who of them is not in the figures."""
    from maturity.benchmark.peer_names import attribute_name

    if group.neighbours:
        names_of = [attribute_name(name).to(words.language).lower() for name, _ in group.neighbours[0].parts]
        near = ", ".join(f"{names[n.organisation]} {number(n.distance, 2)}" for n in group.neighbours)
        out.print(words("Distance by {attributes}: {near}.", attributes=", ".join(names_of), near=near))
    elif group.kind != "everybody":
        out.print(listed_names(group.members, names, words))
    if group.missing and group.kind != "everybody":
        out.print(words("Not submitted: {names}", names=listed_names(group.missing, names, words)))
    if group.unplaced:
        unplaced = listed_names(group.unplaced, names, words)
        out.print(words("In no group, because the register does not say: {names}", names=unplaced))
    if group.register:
        _elsewhere(out, group, benchmark, words)


def listed_names(codes: Iterable[str], names: Mapping[str, str], words: Words) -> str:
    """Names in the order of the reader's alphabet."""
    from maturity.models.register import sort_key

    return ", ".join(sorted((names[code] for code in codes), key=lambda n: sort_key(n, words.language)))


def _elsewhere(out: Console, group: PeerGroup, benchmark: Benchmark, words: Words) -> None:
    """What is otherwise in answers from elsewhere."""
    if group.period != benchmark.period:
        out.print(words("These answers are of {period}.", period=group.period))
    if (asked := group.questionnaire) is not None:
        out.print(words("They answered {questionnaire}.", questionnaire=f"{asked.id}@{asked.version}"))
    if (valued := group.rubric) is not None:
        out.print(words("They are scored with {rubric}.", rubric=f"{valued.id}@{valued.version}"))
    if any(figures.basis == "scale" for figures in group.figures):
        out.print(
            words(
                "Another rubric: compared where measures have the same name and scale, not the same questions."
            )
        )
    names = {(c.measure, c.group): c.name.to(words.language) for c in _shown(benchmark)}
    for why, sentence in _reasons(words).items():
        left_out = [(one.measure, one.group) for one in group.left_out if one.why == why]
        named = ", ".join(names[key] for key in left_out if key in names)
        more = sum(key not in names for key in left_out)
        if named and more:
            named = words("{shown} and {n} more", shown=named, n=more)
        elif more:
            named = words.count("{n} measure", "{n} measures", more)
        if named:
            out.print(f"{sentence} {named}.")


def _shown(benchmark: Benchmark) -> list[Comparison]:
    """The measures that the benchmark's own table shows too."""
    whole = [c for c in benchmark.comparisons if c.by in ((), ("dimension",))]
    return whole or list(benchmark.comparisons)


def _reasons(words: Words) -> dict[str, str]:
    return {
        "not_there": words("Not compared, because they have no such measure:"),
        "built_otherwise": words("Not compared, because they are built otherwise in this version:"),
        "other_scale": words("Not compared, because their scale is another:"),
    }


def _figures(
    out: Console,
    scorer: Scorer,
    benchmark: Benchmark,
    peers: PeerGroups,
    group: PeerGroup,
    words: Words,
) -> None:
    """The measures that the first table shows too, as far as the group is compared in them."""
    from maturity.benchmark.statistics import LEAST_FOR_MEDIAN, LEAST_FOR_QUARTILES

    pairs = [(c, f) for c in _shown(benchmark) if (f := group.figures_of(c.measure, c.group)) is not None]
    if not pairs:
        out.print(words("There is no measure that both have."))
        return
    table = _Table(
        scorer.plan.places, [f for _, f in pairs], words, alone=peers.council is None or not group.own
    )
    if all(f.others.n < LEAST_FOR_MEDIAN for f in table.shown):
        most = max(f.others.n for f in table.shown)
        out.print(
            words(
                "Nothing is told of this group: no more than {n} scored, and a median wants {median}.",
                n=most,
                median=LEAST_FOR_MEDIAN,
            )
        )
        return
    key = [Column(words("Measure"), [c.name.to(words.language) for c, _ in pairs], right=False)]
    draw(out, key, [table.figures(), table.own() if peers.council else []], room(out))
    if any("[x]" in column.cells for column in table.figures()):
        out.print(
            words(
                "[x]: too few councils; a median wants {median}, quartiles want {quartiles}.",
                median=LEAST_FOR_MEDIAN,
                quartiles=LEAST_FOR_QUARTILES,
            )
        )


class _Table:
    """`alone` where the figures are of all the group, because the council is none of it."""

    def __init__(self, places: int, shown: Sequence[GroupFigures], words: Words, *, alone: bool) -> None:
        self.places, self.shown, self.words, self.alone = places, shown, words, alone

    def figures(self) -> list[Column]:
        """n, quartiles and median of the group without the council."""
        words, found = self.words, [f.others for f in self.shown]
        heading = "n" if self.alone else words("Others")
        return [
            Column(heading, [str(s.n) for s in found], name="n"),
            Column("Q1", [self._number(s.q1) for s in found]),
            Column(words("Median"), [self._number(s.median) for s in found]),
            Column("Q3", [self._number(s.q3) for s in found]),
        ]

    def own(self) -> list[Column]:
        """The council's score, how far it is from the others' median, and how many are below, at and above it."""
        words, found = self.words, [f.own for f in self.shown]
        return [
            Column(
                words("Own"),
                [words("not scored") if p is None else number(p.published, self.places) for p in found],
            ),
            Column(
                words("To the median"),
                ["" if p is None else self._number(p.difference, signed=True) for p in found],
            ),
            Column(words("Lower"), ["" if p is None else self._count(p.lower) for p in found]),
            Column(words("Same"), ["" if p is None else self._count(p.same) for p in found]),
            Column(words("Higher"), ["" if p is None else self._count(p.higher) for p in found]),
        ]

    def _count(self, n: int | None) -> str:
        return "[x]" if n is None else str(n)

    def _number(self, value: float | None, *, signed: bool = False) -> str:
        return "[x]" if value is None else number(value, self.places, signed=signed)
