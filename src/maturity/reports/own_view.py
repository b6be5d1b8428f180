"""What is known of one council alone: how firm it stands, what is evidenced, who is strong where it has a gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from maturity.benchmark.council import shown_lessons
from maturity.models.evidenced import EvidenceGap
from maturity.models.firm import Firm, OtherAnswer
from maturity.models.learning import Lesson
from maturity.models.series import Split
from maturity.reports.benchmark_view import BenchmarkView
from maturity.reports.evidenced_view import proofs_said, rule_said
from maturity.reports.firm_said import drawn_said, level_name, no_interval_said, weighted_name
from maturity.reports.firm_view import FirmRow, range_cells, range_headings
from maturity.reports.learning_said import strong_said
from maturity.reports.own_periods import own_scores, reworded
from maturity.reports.periods_view import shown_lines
from maturity.reports.tables import Cell, Table, file_name
from maturity.reports.together_view import pair_cells, theme_name

MOST = 5
"""What one level hangs on is listed so far, and so many pairs."""


@dataclass(frozen=True, slots=True)
class Hanging:
    """A level and what a single answer that is worth less, or a single weight, would make of it."""

    name: str
    level: str
    lines: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class OwnFirm:
    """The council's scores with their ranges."""

    said: str
    rows: tuple[FirmRow, ...]
    hanging: tuple[Hanging, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class OwnEvidence:
    """The council's claimed and evidenced scores, by measure's name."""

    said: tuple[str, ...]
    rows: tuple[tuple[str, EvidenceGap], ...]
    table: Table


@dataclass(frozen=True, slots=True)
class OwnLesson:
    """A theme in which the council has a gap, and what is told of those who are strong there."""

    name: str
    own: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnLearning:
    """None of the lessons where there is no gap; pairs only where others are named."""

    lessons: tuple[OwnLesson, ...]
    pairs: Table | None


@dataclass(frozen=True, slots=True)
class OwnSplit:
    """The council's change over a break, by measure's name."""

    before: str
    after: str
    rows: tuple[tuple[str, Split], ...]
    table: Table


@dataclass(frozen=True, slots=True)
class Reach:
    """A measure's next level, how far off it is, and the single answers that would reach it."""

    name: str
    level: str
    distance: str
    answers: tuple[str, ...]


class OwnParts:
    """Of the council of a benchmark's view; each part is None or empty where the benchmark does not have it.

    `named` says whether others may be named on the page.
    """

    def __init__(self, view: BenchmarkView, *, named: bool) -> None:
        assert view.council is not None
        self.view, self.code, self.named = view, view.council, named
        self.say, self.benchmark = view.say, view.benchmark
        self.name = view.named(view.council)

    def __bool__(self) -> bool:
        found = (self.periods, self.reworded, self.splits, self.firm, self.evidence, self.learning)
        return any(found)

    @cached_property
    def periods(self) -> Table | None:
        """Its scores in every period, where there are more than the two that the rest of the page compares, or a break."""
        series = self.benchmark.series
        if series is None or (len(series.periods) < 3 and not series.broken):
            return None
        rows = [
            (
                Cell(self.say.to(line.name)),
                *(
                    Cell(self.say.score(s.published if s else None), s.published if s else None)
                    for s in scores
                ),
            )
            for line, scores in own_scores(series, self.code)
        ]
        caption = self.say.words("{council}: scores in all periods", council=self.name)
        headings = [self.say.words("Measure"), *(p.period for p in series.periods)]
        return self._table("own-periods", caption, headings, rows) if rows else None

    @cached_property
    def reworded(self) -> Table | None:
        """What it answered otherwise than in the period before."""
        found, _ = reworded(self.say, self.benchmark, self.code), self.say.words
        if found is None or not found[2]:
            return None
        before, after, answers = found
        rows = [(Cell(one.question), Cell(one.before), Cell(one.after)) for one in answers]
        caption = _("{council}: answers that have changed since {before}", council=self.name, before=before)
        return self._table("own-answers", caption, [_("Question"), before, after], rows)

    @cached_property
    def splits(self) -> tuple[OwnSplit, ...]:
        """Over every break that can be split, the latest first."""
        series = self.benchmark.series
        if series is None:
            return ()
        found = []
        for n in reversed(range(len(series.transitions))):
            rows = []
            for line in shown_lines(series):
                move = line.moves[n]
                own = move.split.of(self.code) if move and move.split else None
                if own:
                    rows.append((self.say.to(line.name), own))
            if rows:
                between = series.transitions[n]
                table = self._split_table(between.before, between.after, rows)
                found.append(OwnSplit(between.before, between.after, tuple(rows), table))
        return tuple(found)

    def _split_table(self, before: str, after: str, rows: Sequence[tuple[str, Split]]) -> Table:
        say, _ = self.say, self.say.words
        found = [
            (
                Cell(name),
                Cell(say.score(s.before), s.before),
                Cell(say.score(s.after), s.after),
                *(Cell(say.signed(part), part) for part in (s.total, s.council, s.rubric)),
                Cell(_("no clear change") if not s.clear else _("up") if s.council > 0 else _("down")),
            )
            for name, s in rows
        ]
        headings = [
            _("Measure"), before, after, _("Difference"), _("Own part"), _("Rubric's part"), _("Change"),
        ]  # fmt: skip
        caption = _("{council}: change from {before} to {after} in its parts, on the questions of both", council=self.name, before=before, after=after)  # fmt: skip
        return self._table(f"own-parts-{before}-{after}", caption, headings, found)

    @cached_property
    def firm(self) -> OwnFirm | None:
        firm, found = self.benchmark.firm, self._firm_rows
        if firm is None or not found:
            return None
        say, _ = self.say, self.say.words
        cells = [
            (
                Cell(row.name),
                Cell(say.score(row.firm.published), row.firm.published),
                *range_cells(say, firm, row.firm.weights),
                *range_cells(say, firm, row.firm.answers),
            )
            for _measure, row in found
        ]
        caption = _("{council}: scores with their sensitivity ranges", council=self.name)
        table = self._table("own-firm", caption, [_("Measure"), _("Score"), *range_headings(say)], cells)
        hanging = [self._hanging(measure, row.name, row.firm) for measure, row in found]
        kept = tuple(one for one in hanging if one.lines)
        said = f"{drawn_said(say.words, firm)} {no_interval_said(say.words)}"
        return OwnFirm(said, tuple(row for _m, row in found), kept, table)

    @cached_property
    def _firm_rows(self) -> list[tuple[str, FirmRow]]:
        """(measure, row) of the whole and each dimension in which the council is scored."""
        firm, found = self.benchmark.firm, []
        for c in self.view.mains if firm else ():
            measure = firm.of(c.measure, c.group) if firm else None
            one = measure.of(self.code) if measure else None
            if one:
                found.append((c.measure, FirmRow(self.view.label(c), one, whole=not c.by)))
        return found

    def _hanging(self, measure: str, name: str, firm: Firm) -> Hanging:
        fall = [one for one in firm.other_answers if one.published is None or one.published < firm.published]
        lines = [
            *(self._answer_line(measure, other) for other in fall[:MOST]),
            *self._weight_lines(measure, firm),
        ]
        level = level_name(self.say.scorer, measure, firm.level, self.say.words)
        return Hanging(name, level, tuple(lines), max(0, len(fall) - MOST))

    def _answer_line(self, measure: str, other: OtherAnswer) -> str:
        return self.say.words(
            "{level}, with one option's difference here: {question}",
            level=level_name(self.say.scorer, measure, other.level, self.say.words),
            question=self._question(other),
        )

    def _weight_lines(self, measure: str, firm: Firm) -> Iterator[str]:
        for other in firm.other_weights[:MOST]:
            yield self.say.words(
                "{level}, with the weight of “{name}” times {factor}",
                level=level_name(self.say.scorer, measure, other.level, self.say.words),
                name=weighted_name(self.say.scorer, other, self.say.language),
                factor=f"{other.factor:g}",
            )

    def _question(self, other: OtherAnswer) -> str:
        return self.say.to(self.say.scorer.questionnaire.questions[other.question].text)

    @cached_property
    def reach(self) -> tuple[Reach, ...]:
        """The next level of every measure that can have one, where it is known what single answers do."""
        found = []
        for measure, row in self._firm_rows:
            following = self.say.next_level(measure, row.firm.published)
            if following is None:
                continue
            start = following.band.from_
            answers = [
                self._question(one)
                for one in row.firm.other_answers
                if one.published is not None and one.published >= start
            ]
            distance = self.say.score(start - row.firm.published)
            found.append(Reach(row.name, following.name, distance, tuple(dict.fromkeys(answers))[:MOST]))
        return tuple(found)

    @cached_property
    def evidence(self) -> OwnEvidence | None:
        found = self.benchmark.evidenced
        if found is None:
            return None
        gaps = {(m.measure, m.group): m.of(self.code) for m in found.measures}
        rows = [
            (self.view.label(c), gap)
            for c in self.view.mains
            if (gap := gaps.get((c.measure, c.group))) and gap.claimed is not None
        ]
        if not rows:
            return None
        say, _ = self.say, self.say.words
        cells = [
            (Cell(name), *(Cell(say.score(v), v) for v in (gap.claimed, gap.evidenced, gap.gap)))
            for name, gap in rows
        ]
        caption = _("{council}: claimed and evidenced", council=self.name)
        headings = [_("Measure"), _("Claimed"), _("Evidenced"), _("Gap")]
        table = self._table("own-evidence", caption, headings, cells)
        proof = next((p for p in found.proofs if p.organisation == self.code), None)
        said = [rule_said(say, found)]
        if proof:
            said.append(proofs_said(say, proof.evidenced, proof.above))
        return OwnEvidence(tuple(said), tuple(rows), table)

    @cached_property
    def learning(self) -> OwnLearning | None:
        found = self.benchmark.learning
        if found is None or found.organisation != self.code:
            return None
        lessons = tuple(
            OwnLesson(theme_name(self.view, one.measure, one.group), self.say.score(one.own), tuple(lines))
            for one in shown_lessons(self.say.scorer, self.benchmark)
            if (lines := self._who(one, named=self.named and found.named))
        )
        pairs = found.pairs if self.named else ()
        if not (lessons or pairs):
            return None
        return OwnLearning(lessons, self._pairs() if pairs else None)

    def _who(self, lesson: Lesson, *, named: bool) -> list[str]:
        """Who is strong: by name, or counted in a group that is large enough."""
        return self._teachers(lesson) if named else [strong_said(self.say.scorer, lesson, self.say.words)]

    def _teachers(self, lesson: Lesson) -> list[str]:
        w = self.say.words
        lines = []
        for one in lesson.teachers:
            proven = w("{n} of {of} answers with evidence", n=one.evidenced, of=one.answers)
            name = self.view.named(one.organisation)
            lines.append(f"{name} {self.say.score(one.published)}, {proven}")
        more = (lesson.strong or 0) - len(lesson.teachers)
        if more > 0:
            lines.append(w.count("and {n} other that is strong", "and {n} others that are strong", more))
        return lines or [w("No other council is clearly strong here.")]

    def _pairs(self) -> Table:
        _, found = self.say.words, self.benchmark.learning
        assert found is not None
        rows = []
        for pair in found.pairs[:MOST]:
            _own, gives, other, takes = pair_cells(self.view, pair)
            rows.append((other, takes, gives))
        headings = [_("Council"), _("It could help with"), _("It could learn about")]
        caption = _("Councils with which {council} could exchange", council=self.name)
        return self._table("own-pairs", caption, headings, rows)

    def _table(
        self, identifier: str, caption: str, headings: Sequence[str], rows: Sequence[tuple[Cell, ...]]
    ) -> Table:
        name = file_name(self.name, self.benchmark.period, caption)
        return Table(identifier, caption, tuple(headings), tuple(rows), file=name)
