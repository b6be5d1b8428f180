"""The groups that a council is set against, or that councils fall into, ready to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maturity.benchmark.peer_names import attribute_name
from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.models.benchmark import Comparison
from maturity.models.peers import GroupFigures, PeerGroup
from maturity.models.register import sort_key
from maturity.models.summary import Summary
from maturity.reports.benchmark_view import BenchmarkView
from maturity.reports.speech import exact
from maturity.reports.tables import Cell, Table


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One measure of a group: `summary` is of its members, without the council that it is set against."""

    name: str
    whole: bool
    summary: Summary
    own: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """One group: `number` tells it apart on the page, `said` who it is and who is not in the figures."""

    number: int
    name: str
    said: tuple[str, ...]
    rows: tuple[GroupRow, ...]
    table: Table

    @property
    def told(self) -> bool:
        """Whether enough are scored for anything."""
        return any(row.summary.median is not None for row in self.rows)


def groups(view: BenchmarkView) -> tuple[Group, ...]:
    """The groups to show, in their order; everybody, whom nobody asked for, is on the page already."""
    peers = view.benchmark.peers
    if peers is None:
        return ()
    shown = [g for g in peers.told if g.asked or g.kind != "everybody"]
    return tuple(_group(view, group, n) for n, group in enumerate(shown, 1))


def _group(view: BenchmarkView, group: PeerGroup, number: int) -> Group:
    pairs = [(c, f) for c in view.mains if (f := group.figures_of(c.measure, c.group)) is not None]
    rows = tuple(
        GroupRow(view.label(c), not c.by, f.others, f.own.published if f.own else None) for c, f in pairs
    )
    name = view.to(group.name)
    return Group(number, name, tuple(_said(view, group)), rows, _table(view, group, number, pairs))


def _said(view: BenchmarkView, group: PeerGroup) -> list[str]:
    """Whom the group holds, who of them did not submit, and what is otherwise with those from elsewhere."""
    w, say = view.say.words, view.say
    everyone = {**view.organisations, **{o.code: o for o in group.organisations}}

    def listed(codes: Sequence[str]) -> str:
        names = (say.to(everyone[code].name) for code in codes)
        return ", ".join(sorted(names, key=lambda name: sort_key(name, say.language)))

    found = []
    if group.neighbours:
        by = ", ".join(view.to(attribute_name(name)).lower() for name, _ in group.neighbours[0].parts)
        near = ", ".join(f"{listed([n.organisation])} {exact(n.distance, 2)}" for n in group.neighbours)
        found.append(w("Distance by {attributes}: {near}.", attributes=by, near=near))
    elif group.kind != "everybody":
        found.append(w("In it: {councils}.", councils=listed(group.members)))
    if group.missing and group.kind != "everybody":
        found.append(w("Not submitted: {names}", names=listed(group.missing)) + ".")
    if group.unplaced:
        unplaced = listed(group.unplaced)
        found.append(w("In no group, because the register does not say: {names}", names=unplaced) + ".")
    return found + _elsewhere(view, group)


def _elsewhere(view: BenchmarkView, group: PeerGroup) -> list[str]:
    """What is otherwise in answers from elsewhere."""
    w, found = view.say.words, []
    if group.register is None:
        return []
    if group.period != view.benchmark.period:
        found.append(w("These answers are of {period}.", period=group.period))
    if (asked := group.questionnaire) is not None:
        found.append(w("They answered {questionnaire}.", questionnaire=f"{asked.id}@{asked.version}"))
    if (valued := group.rubric) is not None:
        found.append(w("They are scored with {rubric}.", rubric=f"{valued.id}@{valued.version}"))
    if any(figures.basis == "scale" for figures in group.figures):
        found.append(
            w("Another rubric: compared where measures have the same name and scale, not the same questions.")
        )
    return found


def _table(
    view: BenchmarkView, group: PeerGroup, number: int, pairs: Sequence[tuple[Comparison, GroupFigures]]
) -> Table:
    say, _ = view.say, view.say.words
    own = view.benchmark.peers is not None and view.benchmark.peers.council is not None
    rows = []
    for c, f in pairs:
        s = f.others
        cells = [Cell(view.label(c)), Cell(str(s.n), s.n)]
        cells += [Cell(say.told(v), v) for v in (s.q1, s.median, s.q3)]
        rows.append((*cells, *(_own(view, f) if own else ())))
    headings = [_("Measure"), _("n"), _("Lower quartile"), _("Median"), _("Upper quartile")]
    if own:
        headings += [_("Own score"), _("Difference"), _("Lower"), _("Same"), _("Higher")]
    name = view.to(group.name)
    caption = _("{name}: the others' figures", name=name) if own else _("{name}: its figures", name=name)
    return view.table(f"peers-{number}", caption, headings, rows)


def _own(view: BenchmarkView, figures: GroupFigures) -> tuple[Cell, ...]:
    say, own = view.say, figures.own
    if own is None:
        return Cell(say.words("not scored"), missing=True), *(Cell("–"),) * 4
    counts = (own.lower, own.same, own.higher)
    return (
        Cell(say.score(own.published), own.published),
        Cell(say.signed(own.difference), own.difference),
        *(Cell("–" if n is None else str(n), n) for n in counts),
    )


def too_few(view: BenchmarkView) -> str:
    """Why nothing is told of a group."""
    return view.say.words(
        "Too few of this group are scored: at least {least} are needed.", least=LEAST_FOR_MEDIAN
    )
