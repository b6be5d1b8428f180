"""What one part of an explanation says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maturity.locale.words import N_, Words

if TYPE_CHECKING:
    from maturity.models.questionnaire import Question
    from maturity.scoring.explain import Explanation, Part
    from maturity.scoring.plan import PlannedMeasure

REASONS = {
    "nothing_applies": N_("nothing in it applies"),
    "nothing_answered": N_("none of its questions is answered"),
    "low_coverage": N_("too few of its questions are answered"),
    "answer_missing": N_("an answer that the rubric demands is missing"),
    "undefined": N_("its values cannot be reduced to a number"),
}
PARTS = {
    "nothing_answered": N_("none of its parts is scored"),
    "low_coverage": N_("too few of its parts are scored"),
}
STATES = {
    "unanswered": N_("left out: unanswered"),
    "dont_know": N_("left out: don't know"),
    "not_applicable": N_("left out: not applicable"),
    "not_asked": N_("left out: not asked"),
    "answered": N_("left out: no score"),
}
COUNTED = {
    "unanswered": N_("unanswered, counted as {value}"),
    "dont_know": N_("don't know, counted as {value}"),
    "not_applicable": N_("not applicable, counted as {value}"),
    "not_asked": N_("not asked, counted as {value}"),
}
STEPS = {
    "passed": N_("passed"),
    "begun": N_("begun"),
    "not": N_("not passed"),
    "empty": N_("nothing applies"),
}
WITHOUT_SHARES = ("min", "max", "range", "distribution", "ladder")
"""Operators in which no part has a share of the weight that would say anything."""


def part_text(explanation: Explanation, part: Part, words: Words) -> str:
    """What a part counts for, or why it does not."""
    if part.value is None:
        return words(STATES[part.state])
    counted = part.state != "answered" and part.state in COUNTED
    said = words(COUNTED[part.state], value=f"{part.value:.4g}") if counted else ""
    how = _counts(explanation, part, words)
    return f"{said}; {how}" if said else how


def _counts(explanation: Explanation, part: Part, words: Words) -> str:
    value, reduce = f"{part.value:.4g}", explanation.reduce
    scored = explanation.score.value is not None
    if reduce == "distribution" and explanation.score.counts:
        return words("counts as {value}", value=value)
    if not scored:
        return words("worth {value}, and does not count here", value=value)
    if reduce in ("min", "max"):
        if part.share is not None:
            return words("{value}, which decides", value=value)
        return words("{value}, and another decides", value=value)
    if reduce in WITHOUT_SHARES:
        return words("worth {value}", value=value)
    if part.share is None:
        return words("worth {value}, and does not count here", value=value)
    weight, share = f"{part.weight:g}", f"{part.share:.1%}"
    how = words("{value} × {weight}, {share} of the weight", value=value, weight=weight, share=share)
    return how if part.adds is None else how + ", " + words("adds {adds}", adds=f"{part.adds:.4f}")


def step_state(rule: PlannedMeasure, parts: list[Part]) -> str:
    """How a step of a ladder stands: a key of STEPS."""
    ladder = rule.ladder
    assert ladder is not None
    here = [p for p in parts if p.value is not None or p.state not in ("not_applicable", "not_asked")]
    if not here:
        return "empty"
    if all(p.value is not None and p.value >= round(ladder.passes, 9) for p in here):
        return "passed"
    begun = ladder.begun
    started = begun is not None and any(p.value is not None and p.value >= round(begun, 9) for p in here)
    return "begun" if started else "not"


def value_text(value: object) -> str:
    """An answer as a file has it."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def suggestion(question: Question, value: object, words: Words) -> str:
    """An answer that would do; of a number, where the band starts that it would have to reach."""
    if question.type == "number":
        return words("{number} or more", number=value_text(value))
    return value_text(value)
