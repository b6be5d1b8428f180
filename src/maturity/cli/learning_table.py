"""Evidence, who to learn from and what councils want together, on the terminal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from maturity.cli.blocks import Column, draw
from maturity.cli.terminal import number, room
from maturity.locale.dates import day_said
from maturity.models.register import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from maturity.locale.words import Words
    from maturity.models.benchmark import Benchmark, Comparison
    from maturity.models.evidenced import Evidenced
    from maturity.models.learning import Buyers, Lesson, Pair
    from maturity.models.scorecard import Group
    from maturity.scoring.score import Scorer

MOST_PAIRS = 10
MOST_WANTED = 20
MOST_STEPS = 5


def show_learning(
    out: Console, scorer: Scorer, benchmark: Benchmark, words: Words, council: str | None
) -> None:
    """The parts that the benchmark has."""
    shown = _Shown(out, scorer, benchmark, words)
    if benchmark.evidenced:
        shown.evidence(council)
    if benchmark.learning:
        shown.lessons()
    if benchmark.pairs:
        shown.pairs()
    if benchmark.wanted:
        shown.wanted()
    if benchmark.shared_steps:
        shown.steps()


class _Shown:
    def __init__(self, out: Console, scorer: Scorer, benchmark: Benchmark, words: Words) -> None:
        self.out, self.scorer, self.benchmark, self.words = out, scorer, benchmark, words
        self.places = scorer.plan.places
        self.names = {m.organisation.code: words.of(m.organisation.name) for m in benchmark.members}
        self.comparisons = {(c.measure, c.group): c for c in benchmark.comparisons}

    def heading(self, text: str) -> None:
        self.out.print(f"\n{text}", style="bold")

    def number(self, value: float | None) -> str:
        return "[x]" if value is None else number(value, self.places)

    def evidence(self, council: str | None) -> None:
        """Both scores and the gap between them, for all and for one's own."""
        found, words = self.benchmark.evidenced, self.words
        assert found is not None
        self.heading(words("Claimed and evidenced"))
        level = self._level(found.level)
        since = (
            words(
                "Answers above “{level}” count only with evidence dated {day} or later.",
                level=level,
                day=day_said(dt.date.fromisoformat(found.since), words),
            )
            if found.since
            else words("Answers above “{level}” count only with evidence.", level=level)
        )
        of = (
            words("{n} of {of} such answers have it.", n=found.evidenced, of=found.above)
            if self.benchmark.named
            else words("{n} of your council's {of} such answers have it.", n=found.evidenced, of=found.above)
        )
        self.out.print(" ".join([since, of, *self._not_dated(found)]))
        shown = [self.comparisons[one.measure, one.group] for one in found.measures]
        key = [Column(words("Measure"), [words.of(c.name) for c in shown], right=False)]
        everyone = [
            Column("n", [str(one.n) for one in found.measures]),
            Column(words("Claimed"), [self.number(one.median_claimed) for one in found.measures]),
            Column(words("Evidenced"), [self.number(one.median_evidenced) for one in found.measures]),
            Column(words("Gap"), [self.number(one.median_gap) for one in found.measures]),
        ]
        own = []
        if council:
            rows = [one.of(council) for one in found.measures]
            own = [
                Column(words("Own claimed"), [self.number(g.claimed if g else None) for g in rows]),
                Column(words("Own evidenced"), [self.number(g.evidenced if g else None) for g in rows]),
                Column(words("Own gap"), [self.number(g.gap if g else None) for g in rows]),
            ]
        if not self.benchmark.named:
            draw(self.out, key, [own], room(self.out))
            return
        draw(self.out, key, [everyone, own], room(self.out))
        self.out.print(words("Claimed, evidenced and gap are medians of the councils that have both scores."))

    def _not_dated(self, found: Evidenced) -> Iterator[str]:
        """How many answers have evidence that does not count, for its age or because its age is not known."""
        count = self.words.count
        if too_old := sum(one.too_old for one in found.proofs):
            yield count("{n} more has only older evidence.", "{n} more have only older evidence.", too_old)
        if undated := sum(one.undated for one in found.proofs):
            yield count(
                "{n} more has only undated evidence.", "{n} more have only undated evidence.", undated
            )

    def _level(self, level: str) -> str:
        bands = (band for found in self.scorer.rubric.bands.values() for band in found)
        return next((self.words.of(band.name) for band in bands if band.id == level), level)

    def lessons(self) -> None:
        """For each gap who is strong there."""
        from maturity.benchmark.council import shown_lessons

        found, words = self.benchmark.learning, self.words
        assert found is not None
        self.heading(words("Who to learn from"))
        lessons = shown_lessons(self.scorer, self.benchmark)
        if not lessons:
            council = self.names[found.organisation]
            self.out.print(
                words("There is no theme in which {council} is clearly behind its peers.", council=council)
                if self._compares(found.organisation)
                else words("Too little is scored to set {council} against its peers.", council=council)
            )
        for lesson in lessons:
            self.out.print(f"- {self._theme(lesson.measure, lesson.group)}: {self.number(lesson.own)}")
            for line in self._who(lesson, named=found.named):
                self.out.print(f"  {line}")
        if found.pairs:
            self.out.print(
                words("Councils with which it could exchange, each strong where the other has a gap:")
            )
        for pair in found.pairs[:MOST_PAIRS]:
            self.out.print(f"- {self._exchange(pair)}")

    def _compares(self, council: str) -> bool:
        """Whether there is a theme in which it is scored, and enough others are for a median."""
        from maturity.benchmark.statistics import LEAST_FOR_MEDIAN

        return any(
            c.of(council).published is not None and c.summary.n > LEAST_FOR_MEDIAN
            for c in self.benchmark.themes
        )

    def _who(self, lesson: Lesson, *, named: bool) -> list[str]:
        from maturity.reports.learning_said import strong_said

        words = self.words
        if named:
            lines = []
            for one in lesson.teachers:
                proven = words("{n} of {of} answers with evidence", n=one.evidenced, of=one.answers)
                lines.append(f"{self.names[one.organisation]} {self.number(one.published)}, {proven}")
            more = (lesson.strong or 0) - len(lesson.teachers)
            if more:
                lines.append(
                    words.count("and {n} other that is strong", "and {n} others that are strong", more)
                )
            return lines or [words("No other council is clearly strong here.")]
        return [strong_said(self.scorer, lesson, words)]

    def pairs(self) -> None:
        """Pairs among all, those with most to exchange first."""
        words, found = self.words, self.benchmark.pairs
        self.heading(words("Pairs that could help each other both ways"))
        for pair in found[:MOST_PAIRS]:
            self.out.print(f"- {self._exchange(pair)}")
        self._more(len(found) - MOST_PAIRS)

    def _exchange(self, pair: Pair) -> str:
        gives = ", ".join(self._theme(*key) for key in pair.gives)
        takes = ", ".join(self._theme(*key) for key in pair.takes)
        return self.words(
            "{one} helps with {gives}; {other} helps with {takes}",
            one=self.names[pair.one],
            gives=gives,
            other=self.names[pair.other],
            takes=takes,
        )

    def wanted(self) -> None:
        """What is wanted most, and by whom it could be had together."""
        words, found = self.words, self.benchmark.wanted
        self.heading(words("What councils want together"))
        for one in found[:MOST_WANTED]:
            text = words.of(one.text).rstrip(".")
            self.out.print("- " + words("{n} of {of}: {what}", n=one.count, of=one.answered, what=text))
            for group in (*one.by_region, *one.by_size):
                self.out.print(f"    {self._buyers(group)}")
        self._more(len(found) - MOST_WANTED)

    def steps(self) -> None:
        """The recommendations that are next for most."""
        words, found = self.words, self.benchmark.shared_steps
        self.heading(words("The same next step"))
        for one in found[:MOST_STEPS]:
            theme = self._theme(one.measure, one.group)
            said = words("{n} of {of}: {what}", n=one.count, of=one.scored, what=words.of(one.do))
            self.out.print(f"- {theme}, {said}")
            for group in one.by_region:
                self.out.print(f"    {self._buyers(group)}")
        self._more(len(found) - MOST_STEPS)

    def _buyers(self, group: Buyers) -> str:
        words, names = self.words, [self.names[code] for code in group.who]
        if group.name is not None:
            names.sort(key=lambda name: sort_key(name, words.language))
            head = words("{region}, {n}", region=words.of(group.name), n=group.n)
        else:
            head = words(
                "of {smallest} to {largest} residents, {n}",
                smallest=f"{group.smallest:,}",
                largest=f"{group.largest:,}",
                n=group.n,
            )
        return f"{head}: {', '.join(names)}" if names else head

    def _more(self, left: int) -> None:
        if left > 0:
            self.out.print(self.words("and {n} more", n=left))

    def _theme(self, measure: str, group: Group) -> str:
        comparison: Comparison = self.comparisons[measure, group]
        dimension = next(
            (self.words.of(d.name) for d in self.scorer.questionnaire.dimensions if d.id == group[0]), ""
        )
        name = self.words.of(comparison.name)
        return f"{name} ({dimension})" if dimension else name
