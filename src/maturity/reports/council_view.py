"""What a council's own page says: itself beside its peers, of whom only median, quartiles and n appear.

In a benchmark that names nobody else these are of all councils that are scored, its own too, so that no two pages tell
more than one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from maturity.benchmark.council import Against, against_peers, gaps, strengths
from maturity.benchmark.statistics import position
from maturity.locale.words import N_
from maturity.models.benchmark import Benchmark, Comparison
from maturity.models.scorecard import Scorecard
from maturity.models.summary import Difference
from maturity.reports.change_view import verdict
from maturity.reports.figures import Axis, axis_for
from maturity.reports.next_steps import Step, next_steps
from maturity.reports.said import outcome_name, verdict_said
from maturity.reports.speech import Level, Speech
from maturity.reports.tables import Cell, Table, file_name
from maturity.reports.why_not import why_not

THEME = ("dimension", "theme")
AGAINST_ALL = (
    N_("{council} scores {score} overall: the same as the median of all {n} councils scored."),
    N_("{council} scores {score} overall: above the median of all {n} councils scored, {median}."),
    N_("{council} scores {score} overall: below the median of all {n} councils scored, {median}."),
)
"""For a difference of 0, above and (at -1) below it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of the council beside its peers, with where the next level begins."""

    against: Against
    name: str
    level: Level | None
    next: Level | None

    @property
    def comparison(self) -> Comparison:
        return self.against.comparison


class CouncilView:
    """One council's page, in one language."""

    def __init__(self, say: Speech, benchmark: Benchmark, code: str) -> None:
        member = next(m for m in benchmark.members if m.organisation.code == code)
        if member.scorecard is None:
            raise KeyError(code)
        self.say = say
        self.benchmark = benchmark
        self.code = code
        self.organisation = member.organisation
        self.card: Scorecard = member.scorecard
        self.name = say.to(member.organisation.name)
        self.against = against_peers(say.scorer, benchmark, code)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The whole and each dimension, or every group that is no theme."""
        chosen = [a for a in self.against if a.comparison.by in ((), ("dimension",))]
        chosen = chosen or [a for a in self.against if a.comparison.by != THEME] or list(self.against)
        chosen.sort(key=lambda a: a.comparison.by != ())
        return tuple(self._row(a) for a in chosen)

    @cached_property
    def themes(self) -> tuple[Row, ...]:
        return tuple(self._row(a) for a in self.against if a.comparison.by == THEME)

    @cached_property
    def overall(self) -> Row | None:
        return next((row for row in self.rows if not row.comparison.by), None)

    def _row(self, against: Against) -> Row:
        c, own = against.comparison, against.own
        return Row(
            against,
            self.say.label(c, self.benchmark.comparisons),
            self.say.level(c.measure, own.level),
            self.say.next_level(c.measure, own.published),
        )

    @cached_property
    def axis(self) -> Axis:
        return axis_for(self.say.scorer.plan, [r.comparison for r in self.rows], only=self.code)

    @cached_property
    def axis_levels(self) -> tuple[Level, ...]:
        kinds = {self.say.scorer.rubric.measures[r.comparison.measure].bands for r in self.rows}
        return self.say.levels(self.rows[0].comparison.measure) if len(kinds) == 1 else ()

    @cached_property
    def strengths(self) -> tuple[Against, ...]:
        return strengths(self.against)

    @cached_property
    def gaps(self) -> tuple[Against, ...]:
        return gaps(self.against)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return next_steps(self.say, [a for a in self.against if a.comparison.by == THEME])

    @cached_property
    def verdicts(self) -> list[tuple[str, str]]:
        """Every outcome's name with what was decided."""
        return [
            (outcome_name(self.say, v.outcome, v.group), verdict_said(self.say, v))
            for v in self.card.verdicts
        ]

    def why_not(self, row: Row) -> str:
        """Why a measure of this council has no score."""
        score = self.card.score(row.comparison.measure, *row.comparison.group)
        return why_not(self.say, score) if score else ""

    # Sentences

    @cached_property
    def sentences(self) -> list[str]:
        """Where it stands, what is strong, what to do next."""
        return [self._where(), self._strong(), self._next()]

    def _where(self) -> str:
        say, row = self.say, self.overall
        if row is None or row.against.own.published is None:
            return self._where_without_overall()
        peers, difference = row.against.peers, row.against.difference
        score = say.score(row.against.own.published)
        if row.level:
            level = say.level_words(row.comparison.measure, row.against.own.level)
            score = say.words("{score} ({level})", score=score, level=level)
        wording = N_("{council} scores {score} overall: the same as the median of its {n} peers.")
        if say.unnamed and difference is not None:
            wording = AGAINST_ALL[(difference > 0) - (difference < 0)]
        elif difference is None:
            wording = N_("{council} scores {score} overall. There are too few peers to compare it with.")
        elif difference > 0:
            wording = N_("{council} scores {score} overall: above the median of its {n} peers, {median}.")
        elif difference < 0:
            wording = N_("{council} scores {score} overall: below the median of its {n} peers, {median}.")
        median = say.told(peers.median)
        return say.words(wording, council=self.name, score=score, n=peers.n, median=median)

    @cached_property
    def compared(self) -> bool:
        """Whether there are peers enough for a median of any theme or dimension."""
        return any(a.peers.median is not None for a in self.against)

    def _where_without_overall(self) -> str:
        parts = [r for r in self.rows if r is not self.overall and r.against.own.published is not None]
        differences = [r.against.difference for r in parts if r.against.difference is not None]
        places = {
            "council": self.name,
            "above": sum(d > 0 for d in differences),
            "below": sum(d < 0 for d in differences),
            "n": len(parts),
        }
        if differences and self.say.unnamed:
            return self._where_among_all(places)
        if not differences:
            return self.say.words(
                "{n} scores of {council} are worked out below. There are too few peers to compare them with.",
                **places,
            )
        if self.overall is None:
            return self.say.words(
                "{council} is above its peers' median in {above} of the {n} scores of this assessment and below it in {below}.",
                **places,
            )
        return self.say.words(
            "{council} has no overall score: {reason}. It is above its peers' median in {above} of the {n} dimensions that are scored, and below it in {below}.",
            **places,
            reason=self.why_not(self.overall),
        )

    def _where_among_all(self, places: dict[str, Any]) -> str:
        if self.overall is None:
            return self.say.words(
                "{council} is above the median of all councils in {above} of the {n} scores of this assessment and below it in {below}.",
                **places,
            )
        return self.say.words(
            "{council} has no overall score: {reason}. It is above the median of all councils in {above} of the {n} dimensions that are scored, and below it in {below}.",
            **places,
            reason=self.why_not(self.overall),
        )

    def _strong(self) -> str:
        say = self.say
        if self.strengths:
            names = [say.full_name(a.comparison) for a in self.strengths]
            wording = N_(
                "Compared with its peers it is strongest in {theme}, {difference} above their median."
            )
            if say.unnamed:
                wording = N_(
                    "Compared with all councils it is strongest in {theme}, {difference} above their median."
                )
            return say.words(
                wording,
                theme=names[0],
                difference=say.score(self.strengths[0].difference),
            )
        parts = [r for r in self.rows if r.comparison.by and r.against.own.published is not None]
        if not parts:
            return say.words("Too little is scored to name a strength.")
        best = max(parts, key=lambda r: r.against.own.published or 0)
        places = {"score": say.score(best.against.own.published), "name": best.name}
        if not self.themes or not self.compared:
            return say.words("Its highest score is {score}, in {name}.", **places)
        if say.unnamed:
            return say.words(
                "No theme stands clearly above the median of all councils; its highest score is {score}, in {name}.",
                **places,
            )
        return say.words(
            "No theme stands clearly above its peers; its highest score is {score}, in {name}.", **places
        )

    def _next(self) -> str:
        say = self.say
        if self.steps:
            first = self.steps[0]
            return say.words("In {theme}: {do}", theme=first.name, do=first.do)
        return say.words("This rubric recommends no next step from the levels reached.")

    def difference_words(self, against: Against) -> str:
        """``3.00: 0.75 above the peers' median of 2.25 (n = 21)``."""
        say, difference = self.say, against.difference or 0
        above = N_("{score}: {difference} above the peers' median of {median} (n = {n})")
        below = N_("{score}: {difference} below the peers' median of {median} (n = {n})")
        if say.unnamed:
            above = N_("{score}: {difference} above the median of all councils, {median} (n = {n})")
            below = N_("{score}: {difference} below the median of all councils, {median} (n = {n})")
        return say.words(
            above if difference > 0 else below,
            score=say.score(against.own.published),
            difference=say.score(abs(difference)),
            median=say.told(against.peers.median),
            n=against.peers.n,
        )

    @cached_property
    def named_median(self) -> str:
        """Whose median stands beside a figure."""
        return self.say.words("median of all") if self.say.unnamed else self.say.words("peers' median")

    # Tables

    def _table(
        self, identifier: str, caption: str, headings: list[str], rows: Sequence[tuple[Cell, ...]]
    ) -> Table:
        name = file_name(self.name, self.benchmark.period, caption)
        return Table(identifier, caption, tuple(headings), tuple(rows), file=name)

    def positions(self, identifier: str, caption: str, rows: Sequence[Row]) -> Table:
        """Own score, level, peers' median and quartiles, and how far the next level is."""
        say, _ = self.say, self.say.words
        found = []
        for row in rows:
            own, peers = row.against.own, row.against.peers
            quarter = position(own.published, peers) if own.published is not None else None
            score = (
                Cell(say.score(own.published), own.published, step=row.level.step if row.level else None)
                if own.published is not None
                else Cell(say.absence(own), small=self.why_not(row), missing=True)
            )
            gap = row.next.band.from_ - (own.published or 0) if row.next else None
            found.append(
                (
                    Cell(row.name),
                    score,
                    Cell(f"{row.level.number} {row.level.name}" if row.level else "–"),
                    *(Cell(say.told(v), v) for v in (peers.median, peers.q1, peers.q3)),
                    Cell(str(peers.n), peers.n),
                    Cell(say.signed(row.against.difference), row.against.difference),
                    Cell(say.position(quarter)),
                    Cell(say.score(gap), gap),
                )
            )
        theirs = [
            _("Peers' median"), _("Peers' lower quartile"), _("Peers' upper quartile"), _("Peers scored (n)"),
            _("Difference to median"), _("Position among peers"),
        ]  # fmt: skip
        if say.unnamed:
            theirs = [
                _("Median of all"), _("Lower quartile of all"), _("Upper quartile of all"), _("All scored (n)"),
                _("Difference to median"), _("Position among all"),
            ]  # fmt: skip
        headings = [_("Measure"), _("Own score"), _("Level"), *theirs, _("To the next level")]
        return self._table(identifier, caption, headings, found)

    @cached_property
    def differences(self) -> list[tuple[Row, Difference]]:
        """Own change since the previous period, where there is one."""
        found = []
        for row in self.rows:
            change = row.comparison.change
            own = [d for d in change.differences if d.organisation == self.code] if change else []
            found += [(row, d) for d in own]
        return found

    def changes(self) -> Table:
        """Own change beside the median change."""
        say, _ = self.say, self.say.words
        rows = []
        for row, own in self.differences:
            change = row.comparison.change
            median = change.median_difference if change else None
            rows.append(
                (
                    Cell(row.name),
                    Cell(say.score(own.before), own.before),
                    Cell(say.score(own.after), own.after),
                    Cell(say.signed(own.difference), own.difference),
                    Cell(verdict(say, own)),
                    Cell(say.told(median, signed=True), median),
                    Cell(str(change.n if change else 0), change.n if change else 0),
                )
            )
        headings = [
            _("Measure"), self.benchmark.previous or "", self.benchmark.period, _("Difference"), _("Change"),
            _("Median difference of all councils"), _("n in both"),
        ]  # fmt: skip
        caption = _(
            "Change from {previous} to {period}",
            previous=self.benchmark.previous,
            period=self.benchmark.period,
        )
        return self._table("change", caption, headings, rows)
