"""Data tables of peer groups: who is in them, and what they score."""

from __future__ import annotations

from maturity.intake.xlsx import Value
from maturity.models.disclosure import NOT_APPLICABLE, NOT_SCORED
from maturity.models.peers import GroupFigures, PeerGroup
from maturity.models.register import sort_key
from maturity.reports.drawn import Drawn
from maturity.reports.sheets import Field, Table, signed


def shown_groups(drawn: Drawn) -> list[PeerGroup]:
    """Those that the page shows too."""
    peers = drawn.benchmark.peers
    return [g for g in peers.told if g.asked or g.kind != "everybody"] if peers else []


def peer_groups(drawn: Drawn) -> Table | None:
    """A row for each group and measure."""
    w, groups = drawn.words, shown_groups(drawn)
    own = drawn.benchmark.peers is not None and drawn.benchmark.peers.council is not None
    rows: list[tuple[Value, ...]] = []
    for group in groups:
        for c in drawn.benchmark.comparisons:
            f = group.figures_of(c.measure, c.group)
            if f is not None:
                figures = (f.others.n, *drawn.quartiles(f.others))
                start = (drawn.speech.to(group.name), *drawn.measure(c), *figures)
                rows.append((*start, *(_own(f) if own else ())))
    if not rows:
        return None
    fields = [
        Field(w("Group"), 28),
        *drawn.measure_fields,
        Field(w("Councils scored (n)"), 12),
        *drawn.quartile_fields,
    ]
    if own:
        score = drawn.score_format
        fields += [
            Field(w("Own score"), 12, score),
            Field(w("To the median"), 12, signed(score)),
            Field(w("Lower"), 10),
            Field(w("Same"), 10),
            Field(w("Higher"), 10),
        ]
    about = w(
        "Figures are of a group's members. The median needs 5 of them, the quartiles 8; [x] where there are fewer."
    )
    if own:
        about = w(
            "Figures are of a group's others, without the own council. The median needs 5 of them, the quartiles 8; [x] where there are fewer."
        )
    title = w("What every peer group scores")
    return Table(w("Peer groups"), title, about, tuple(fields), tuple(rows))


def _own(figures: GroupFigures) -> tuple[Value, ...]:
    own = figures.own
    if own is None:
        return (NOT_SCORED, *(NOT_APPLICABLE,) * 4)
    found = (own.difference, own.lower, own.same, own.higher)
    return own.published, *(NOT_SCORED if value is None else value for value in found)


def peer_members(drawn: Drawn) -> Table | None:
    """A row for each member of each group."""
    w, language = drawn.words, drawn.speech.language
    names = {o.code: o.name.to(language) for o in drawn.organisations}
    rows: list[tuple[Value, ...]] = []
    for group in shown_groups(drawn):
        known = names | {o.code: o.name.to(language) for o in group.organisations}
        near = {n.organisation: n.distance for n in group.neighbours}
        # The nearest come in the order of their distance, others in that of the alphabet.
        names_first = sorted(group.members, key=lambda code: sort_key(known[code], language))
        for code in group.members if near else names_first:
            submitted = w("no") if code in group.missing else w("yes")
            distance: Value = near.get(code, NOT_APPLICABLE)
            rows.append((drawn.speech.to(group.name), known[code], submitted, distance))
    if not rows:
        return None
    return Table(
        w("Peer group members"),
        w("Who is in every peer group"),
        w("The distance says how unlike a nearest neighbour is: 0 is alike."),
        (
            Field(w("Group"), 34),
            Field(w("Council"), 28),
            Field(w("Submitted"), 12),
            Field(w("Distance"), 12, "0.00"),
        ),
        tuple(rows),
    )
