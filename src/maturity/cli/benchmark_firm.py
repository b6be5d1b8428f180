"""How firm a benchmark is, on the terminal: where scores and ranks could as well lie, and what levels hang on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.blocks import Column, draw
from maturity.cli.errors import WrongOption
from maturity.cli.terminal import can_draw, number, room
from maturity.models.problem import Phrase

if TYPE_CHECKING:
    from rich.console import Console

    from maturity.locale.words import Words
    from maturity.models.assessment import Assessment
    from maturity.models.benchmark import Benchmark, Comparison
    from maturity.models.firm import Firm, Firmness, OtherAnswer, OtherWeight, SensitivityRange
    from maturity.models.scorecard import Scorecard
    from maturity.scoring.score import Scorer

Draws = Annotated[
    int | None,
    typer.Option(
        "--draws",
        min=0,
        max=20_000,
        metavar="N",
        help="Draw so often with other weights, and with other answers, to tell how firm scores, ranks and levels are; 0 for "
        "not at all. Else files have 2,000 draws, and what is shown here has none.",
        show_default=False,
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(
        "--seed",
        min=0,
        metavar="N",
        help="What the draws start from: the same seed gives the same draws; else 1.",
        show_default=False,
    ),
]

MOST = 5
"""What one level hangs on is listed so far; the JSON file has all."""


def seed_of(seed: int | None, draws: int | None, *, files: bool) -> int:
    """What the draws start from. Raises WrongOption for a seed where nothing is drawn."""
    if seed is not None and not (files if draws is None else draws):
        raise WrongOption(Phrase("Nothing is drawn here: say with --draws how often."), "--seed")
    return 1 if seed is None else seed


def with_statistics(
    scorer: Scorer,
    compared: Benchmark,
    current: Mapping[str, tuple[Assessment, Scorecard]],
    words: Words,
    *,
    draws: int | None,
    seed: int,
    files: bool,
) -> Benchmark:
    """The benchmark with how firm it is, as far as it is asked for, and for files with what analysts want."""
    from maturity.benchmark.analysis import analysis
    from maturity.benchmark.firm import DRAWS, firmness

    if draws is None:
        draws = DRAWS if files else 0
    if draws:
        with options.progress(words("Drawing")) as step:
            firm = firmness(scorer, compared, current, draws=draws, seed=seed, progress=step)
        compared = replace(compared, firm=firm)
    return replace(compared, analysis=analysis(scorer, compared)) if files else compared


def show_firmness(
    out: Console, scorer: Scorer, benchmark: Benchmark, words: Words, council: str | None
) -> None:
    """One council's ranges, a row a measure; or all councils', of the measure that stands for all. Then what hangs on little."""
    firm = benchmark.firm
    if firm is None or not firm.measures:
        return
    from maturity.reports.firm_said import drawn_said

    section = _Section(scorer, benchmark, firm, words)
    if council is None:
        rows, heading, score = section.councils(), words("Council"), section.measure_name
    else:
        rows, heading, score = section.measures(council), words("Measure"), words("Score")
    if not rows:
        return
    out.print("\n" + words("How firm is it?"), style="bold")
    out.print(drawn_said(words, firm))
    found = [one for _, one in rows]
    key = Column(heading, [name for name, _ in rows], right=False)
    own = Column(score, [number(one.published, section.places) for one in found])
    weights = section.ranges(words("Weights"), [one.weights for one in found])
    answers = section.ranges(words("Answers"), [one.answers for one in found])
    draw(out, [key], [[own], weights, answers], room(out))
    for line in section.hanging(council):
        out.print(line)


class _Section:
    def __init__(self, scorer: Scorer, benchmark: Benchmark, firm: Firmness, words: Words) -> None:
        self.scorer, self.benchmark, self.firm, self.words = scorer, benchmark, firm, words
        self.places = scorer.plan.places
        organisations = [member.organisation for member in benchmark.members]
        self._names = {o.code: o.name.to(words.language) for o in organisations}
        self.shown = [_comparison(benchmark, m.measure, m.group) for m in firm.measures]

    @property
    def measure_name(self) -> str:
        """What the first of the measures is called, of which all councils are shown."""
        return self.shown[0].name.to(self.words.language)

    def councils(self) -> list[tuple[str, Firm]]:
        """All councils in the first of the measures, by the language's alphabet."""
        found = {self.name(one.organisation): one for one in self.firm.measures[0].organisations}
        return [(name, found[name]) for name in self._sorted(found)]

    def measures(self, council: str) -> list[tuple[str, Firm]]:
        """One council in all measures in which it is scored."""
        pairs = [(c, m.of(council)) for c, m in zip(self.shown, self.firm.measures, strict=True)]
        return [(c.name.to(self.words.language), one) for c, one in pairs if one is not None]

    def ranges(self, heading: str, found: Sequence[SensitivityRange]) -> list[Column]:
        """Scores, ranks unless they are kept back, and how often the level was the same."""
        from maturity.reports.firm_said import share_said

        words = self.words
        scores = [_range(r.score_low, r.score_high, self.places) for r in found]
        ranks = [_range(r.rank_low, r.rank_high, 0) for r in found]
        columns = [Column(f"{heading}: {words('score')}", scores)]
        if self.benchmark.named:
            columns.append(Column(f"{heading}: {words('rank')}", ranks))
        if any(r.same_level is not None for r in found):
            kept = ["" if r.same_level is None else share_said(r.same_level, self.firm.draws) for r in found]
            columns.append(Column(f"{heading}: {words('same level')}", kept))
        return columns

    def hanging(self, council: str | None) -> Iterator[str]:
        """What levels hang on: of one council in words, of all who they are."""
        if not any(c.levels for c in self.shown):
            return
        if council is None:
            yield from self._fragile()
            return
        any_found = False
        for comparison, found in zip(self.shown, self.firm.measures, strict=True):
            one, measure = found.of(council), found.measure
            if one is None or not (one.other_answers or one.other_weights):
                continue
            any_found = True
            name = comparison.name.to(self.words.language)
            yield self.words("The level of '{measure}' hangs on little. It would be:", measure=name)
            yield from (self._answer(measure, other) for other in one.other_answers[:MOST])
            if (more := len(one.other_answers) - MOST) > 0:
                yield self.words.count("- and {n} more answer", "- and {n} more answers", more)
            yield from (self._weight(measure, other) for other in one.other_weights[:MOST])
        if not any_found:
            yield self.words("No level hangs on a single answer or weight.")

    def _fragile(self) -> Iterator[str]:
        yield self.words("Councils whose level hangs on a single answer, one option off:")
        for comparison, measure in zip(self.shown, self.firm.measures, strict=True):
            names = self._sorted(
                [self.name(one.organisation) for one in measure.organisations if one.fragile]
            )
            yield self.words(
                "- {measure}: {n} of {of}{names}",
                measure=comparison.name.to(self.words.language),
                n=len(names),
                of=len(measure.organisations),
                names=f" ({', '.join(names)})" if names else "",
            )

    def _answer(self, measure: str, other: OtherAnswer) -> str:
        from maturity.reports.firm_said import level_name

        return self.words(
            "- {level}, with one option's difference here: {question}",
            level=level_name(self.scorer, measure, other.level, self.words),
            question=self.scorer.questionnaire.questions[other.question].text.to(self.words.language),
        )

    def _weight(self, measure: str, other: OtherWeight) -> str:
        from maturity.reports.firm_said import level_name, weighted_name

        return self.words(
            "- {level}, with the weight of '{name}' times {factor}",
            level=level_name(self.scorer, measure, other.level, self.words),
            name=weighted_name(self.scorer, other, self.words.language),
            factor=f"{other.factor:g}",
        )

    def name(self, code: str) -> str:
        return self._names[code]

    def _sorted(self, names: Iterable[str]) -> list[str]:
        from maturity.models.register import sort_key

        return sorted(names, key=lambda name: sort_key(name, self.words.language))


def _comparison(benchmark: Benchmark, measure: str, group: tuple[str, ...]) -> Comparison:
    return next(c for c in benchmark.comparisons if (c.measure, c.group) == (measure, group))


def _range(low: float | None, high: float | None, places: int) -> str:
    """A number where both ends are the same, nothing where there is none."""
    if low is None or high is None:
        return "[x]"
    ends = dict.fromkeys((number(low, places), number(high, places)))
    return (" – " if can_draw("–") else " - ").join(ends)
