"""Why something has no score, with the numbers that decided it."""

from __future__ import annotations

from maturity.models.scorecard import Score
from maturity.reports.speech import Speech
from maturity.scoring.run import APART


def why_not(say: Speech, score: Score) -> str:
    """``2 of its 5 parts that apply are scored (40%); 80% is needed``; empty where it is scored."""
    if score.reason is None:
        return ""
    if score.reason != "low_coverage" or score.coverage is None:
        return say.reason(score.measure, score.reason)
    plan = next(m for m in say.scorer.plan.measures if m.name == score.measure)
    applying = [i for i in score.inputs if i.value is not None or i.state not in APART]
    places = {
        "n": sum(i.state == "answered" or i.state in APART for i in applying),
        "of": len(applying),
        "coverage": say.percent(score.coverage),
        "least": say.percent(plan.min_coverage),
    }
    if plan.of == "items":
        return say.words(
            "{n} of its {of} questions that apply are answered ({coverage} of the weight; {least} is needed)",
            **places,
        )
    return say.words(
        "{n} of its {of} parts that apply are scored ({coverage} of the weight; {least} is needed)", **places
    )
