"""Answers in memory to whole scorecards, digests and all, against the least loop that adds up what they are worth."""

from __future__ import annotations

from timing import ROOT, many, ratio

from maturity.intake.collect import collect
from maturity.intake.scored import scorer_for
from maturity.sources.registers import wales


def rows() -> list[tuple[str, float, float]]:
    """Scoring the 22 councils of one period."""
    collected = collect([ROOT / "examples" / "wales-2017"], wales()).assessments
    scorer = scorer_for(collected, None, None)
    worth = {i.id: (i.values, i.bands, i.at_most, i.weight) for i in scorer.plan.items}
    sheets = [{q: a.value for q, a in c.assessment.answers.items()} for c in collected]

    def bare() -> None:
        for answers in sheets:
            total = weights = 0.0
            for question, answer in answers.items():
                if question not in worth or answer is None or answer == "dont_know":
                    continue
                values, bands, at_most, weight = worth[question]
                if isinstance(answer, str):
                    value = values[answer]
                elif isinstance(answer, tuple):
                    value = min(sum(values[a] for a in answer), at_most)
                else:
                    value = [v for start, v in bands if answer >= start][-1]
                total += value * weight
                weights += weight
            assert total / weights >= 0

    def ours() -> None:
        for one in collected:
            scorer.score(one.assessment)

    what = "scoring 22 assessments of 71 items, against a bare loop that sums value × weight"
    return [(what, ratio(many(ours), many(bare)), 15)]
