"""Does a scorecard still hold? Recomputes it from the answers and says what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from maturity.locale.words import N_
from maturity.models.problem import Kind, Place, Problem
from maturity.models.scorecard import Score, Scorecard
from maturity.models.scorecard_file import FiledScorecard
from maturity.scoring.plan import group_name

NO_ANSWERS = Kind(
    "C001",
    "error",
    "There are no answers of {organisation} for {period} to recompute this scorecard from.",
    "Name the file of answers that it was made from.",
)
ANSWERS_CHANGED = Kind(
    "C002",
    "error",
    "The answers of {organisation} for {period} are not those that were scored.",
    "Score them anew, or find the answers as they were: their SHA-256 is {digest}.",
)
RULES_CHANGED = Kind(
    "C003",
    "error",
    "The {what} {name} is not the one that {organisation} was scored with.",
    "A published file never changes: find the one whose SHA-256 is {digest}.",
)
DIFFERS = Kind(
    "C004",
    "error",
    "{organisation}, {measure}: the scorecard says {filed}, and the answers give {found}.",
    "The scorecard was changed or made by another version ({version}): score the answers anew.",
)


def differences(
    filed: Sequence[FiledScorecard], found: dict[tuple[str, str], Scorecard], file: str
) -> Iterator[Problem]:
    """What of the filed scorecards does not hold; `found` are the recomputed ones by (code, period)."""
    for one in filed:
        card = one.scorecard
        about = {"organisation": one.name.to("en"), "period": card.period}
        fresh = found.get((one.code, card.period))
        place = Place(file)
        if fresh is None:
            yield Problem(NO_ANSWERS, place, about)
            continue
        if fresh.answers_digest != card.answers_digest:
            yield Problem(ANSWERS_CHANGED, place, about | {"digest": card.answers_digest})
        for what in ("questionnaire", "rubric"):
            then, now = getattr(card, what), getattr(fresh, what)
            if then != now:
                name = f"{then.id}@{then.version}"
                yield Problem(
                    RULES_CHANGED, place, about | {"what": what, "name": name, "digest": then.digest}
                )
        for measure, before, after in _numbers(card, fresh):
            details = {"measure": measure, "filed": before, "found": after, "version": card.tool_version}
            yield Problem(DIFFERS, place, about | details)


def _numbers(filed: Scorecard, found: Scorecard) -> Iterator[tuple[str, Any, Any]]:
    old = {(s.measure, s.group): s for s in filed.scores}
    new = {(s.measure, s.group): s for s in found.scores}
    for key in sorted(old.keys() | new.keys()):
        before, after = _says(old.get(key)), _says(new.get(key))
        if before != after:
            name = f"{key[0]} {group_name(key[1])}"
            yield name, before, after
        elif _built_of(old[key]) != _built_of(new[key]):
            yield f"{key[0]} {group_name(key[1])}", N_("other inputs"), N_("what stands in the answers")
    labels = {(v.outcome, v.group): v.label for v in filed.verdicts}
    fresh = {(v.outcome, v.group): v.label for v in found.verdicts}
    for verdict in sorted(labels.keys() | fresh.keys()):
        if labels.get(verdict) != fresh.get(verdict):
            yield f"{verdict[0]} {group_name(verdict[1])}", labels.get(verdict), fresh.get(verdict)


def _built_of(score: Score) -> object:
    inputs = [(i.source, i.value, i.weight, i.state, i.respondent) for i in score.inputs]
    return inputs, score.value, score.coverage, score.answered, score.applicable, score.capped


def _says(score: Score | None) -> str:
    if score is None:
        return "nothing"
    if score.published is None:
        return f"not scored ({score.reason})" if not score.counts else str(dict(score.counts))
    return f"{score.published:g}" + (f" ({score.level})" if score.level else "")
