"""What `maturity benchmark` adds of evidence, of who to learn from and of what councils want together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli.errors import say

if TYPE_CHECKING:
    from maturity.cli.comparing import Compared
    from maturity.locale.words import Words
    from maturity.models.benchmark import Benchmark

EvidenceAbove = Annotated[
    str | None,
    typer.Option(
        "--evidence-above",
        metavar="LEVEL",
        help="Score a second time, counting answers above this level (its name, or 1 for the lowest) only with evidence.",
        show_default=False,
    ),
]
EvidenceYears = Annotated[
    int | None,
    typer.Option(
        "--evidence-years",
        metavar="N",
        min=0,
        max=100,
        help="With --evidence-above: only evidence no older than this at the period's end.",
        show_default=False,
    ),
]
Together = Annotated[
    bool,
    typer.Option(
        "--together",
        help="Show what councils want to do or buy together, and pairs that could help each other both ways.",
    ),
]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for, besides the comparison itself; `council` is the code of the reader's own.

    Where others may not be `named`, they are only counted, and there are no pairs.
    """

    level: str | None
    years: int | None
    together: bool
    council: str | None
    named: bool = True

    def check(self, words: Words) -> None:
        """Raises typer.BadParameter for an age of no evidence."""
        if self.years is not None and self.level is None:
            raise typer.BadParameter(
                words("Say with --evidence-above which answers want evidence."), param_hint="--evidence-years"
            )

    def add(self, made: Compared) -> Benchmark:
        """The benchmark with every part that was asked for."""
        from maturity.benchmark.appetite import shared_steps, wanted
        from maturity.benchmark.evidenced import evidenced
        from maturity.benchmark.findings import question_findings
        from maturity.benchmark.learning import Field, learn_from, mutual_pairs

        scorer, register, answers = made.scorer, made.register, made.answers
        compared = replace(made.benchmark, questions=question_findings(scorer, answers, made.before))
        if self.level is not None:
            second = evidenced(scorer, compared, answers, self.level, self.years)
            compared = replace(compared, evidenced=second)
        field = (
            Field.of(scorer, compared) if self.named and (self.council in answers or self.together) else None
        )
        if self.named and self.council is not None and self.council in answers:
            learning = learn_from(scorer, compared, answers, self.council, field=field)
            compared = replace(compared, learning=learning)
        if self.together:
            compared = replace(
                compared,
                pairs=mutual_pairs(scorer, compared, field=field) if self.named else (),
                wanted=wanted(scorer, register, answers, named=self.named),
                shared_steps=shared_steps(scorer, register, compared, named=self.named),
            )
        return compared

    def tell_nothing(self, compared: Benchmark, words: Words) -> None:
        """Says that there is nothing of what was asked for, instead of leaving it out without a word."""
        from maturity.benchmark.statistics import LEAST_FOR_MEDIAN

        if self.together and self.named and not (compared.pairs or compared.wanted or compared.shared_steps):
            say(
                words(
                    "--together: there is nothing to show. What councils want is told from {n} answers on.",
                    n=LEAST_FOR_MEDIAN,
                )
            )
