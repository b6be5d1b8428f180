"""A file holds scorecards, and one of each council for each period."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import FiledSubject
from maturity.models.problem import Problem
from maturity.scoring.recheck import NONE, TWICE


def check(subject: FiledSubject) -> Iterator[Problem]:
    if not subject.filed:
        yield subject.document.key_problem(NONE, ("scorecards",))
    seen: set[tuple[str, str]] = set()
    for i, one in enumerate(subject.filed):
        key = (one.code, one.scorecard.period)
        if key in seen:
            about = {"organisation": one.name, "period": one.scorecard.period}
            yield subject.document.problem(TWICE, ("scorecards", i, "code"), **about)
        seen.add(key)
