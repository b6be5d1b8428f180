"""Recommendations lead from one level of a theme to a higher one, and each step has one."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import ValuedSubject
from maturity.models.problem import Kind, Problem

UNKNOWN_THEME = Kind("R060", "error", "There is no theme '{theme}'.", "Write dimension.theme, as in '{example}'.")
UNKNOWN_LEVEL = Kind("R061", "error", "There is no level '{level}'.", "Choose from: {levels}.")
NOT_UP = Kind("R062", "error", "This recommendation leads from '{start}' to '{end}', which is not higher.", "Correct 'from' or 'to'.")
TWICE = Kind("R063", "error", "There is a second recommendation for '{theme}' from '{start}'.", "Keep one of the two.")


def check(subject: ValuedSubject) -> Iterator[Problem]:
    rubric, document = subject.rubric, subject.document
    levels = [band.id for bands in rubric.bands.values() for band in bands]
    themes = {f"{t.dimension}.{t.theme}" for t in subject.questionnaire.tags.values()} if subject.questionnaire else None
    seen: set[tuple[str, str]] = set()
    for i, step in enumerate(rubric.recommendations):
        loc = ("recommendations", i)
        if themes is not None and step.theme not in themes:
            yield document.problem(UNKNOWN_THEME, (*loc, "theme"), theme=step.theme, example=min(themes))
        unknown = [(key, level) for key, level in (("from", step.from_), ("to", step.to)) if level not in levels]
        for key, level in unknown:
            yield document.problem(UNKNOWN_LEVEL, (*loc, key), level=level, levels=", ".join(levels))
        if not unknown and levels.index(step.to) <= levels.index(step.from_):
            yield document.problem(NOT_UP, (*loc, "to"), start=step.from_, end=step.to)
        if (step.theme, step.from_) in seen:
            yield document.problem(TWICE, (*loc, "theme"), theme=step.theme, start=step.from_)
        seen.add((step.theme, step.from_))
