"""A scorecard names the questionnaire and rubric that it was scored by, and they are still the same files."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import FiledSubject
from maturity.models.problem import Kind, Problem
from maturity.scoring.recheck import RULES_CHANGED, SUBJECTS

NOT_AT_HAND = Kind(
    "C032",
    "warning",
    "The {what} {name} is not at hand, so the numbers of this scorecard cannot be checked.",
    "Name its file together with this one.",
)


def check(subject: FiledSubject) -> Iterator[Problem]:
    for i, one in enumerate(subject.filed):
        card = one.scorecard
        found = subject.rules[card.questionnaire, card.rubric]
        for what, filed, digest in (
            ("questionnaire", card.questionnaire, found.questionnaire),
            ("rubric", card.rubric, found.rubric),
        ):
            loc = ("scorecards", i, "scorecard", what)
            about = {"what": SUBJECTS[what], "name": f"{filed.id}@{filed.version}"}
            if digest is None:
                yield subject.document.problem(NOT_AT_HAND, loc, **about)
            elif digest != filed.digest:
                about |= {"organisation": one.name, "digest": filed.digest}
                yield subject.document.problem(RULES_CHANGED, (*loc, "digest"), **about)
