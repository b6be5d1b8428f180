"""Recommendations lead from one level of a theme to a higher one, and each step has one."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.subjects import ValuedSubject
from maturity.checks.wording import listed
from maturity.models.problem import Kind, Problem

UNKNOWN_THEME = Kind(
    "R060", "error", "There is no theme '{theme}'.", "Write dimension.theme, as in '{example}'."
)
UNKNOWN_LEVEL = Kind("R061", "error", "There is no level '{level}'.", "Choose from: {levels}.")
NOT_UP = Kind(
    "R062",
    "error",
    "This recommendation leads from '{start}' to '{end}', which is not higher.",
    "Correct 'from' or 'to'.",
)
TWICE = Kind(
    "R063",
    "error",
    "A recommendation before this one leads '{theme}' on from '{start}' too.",
    "Keep one of the two.",
)
NO_STEP = Kind(
    "R064",
    "warning",
    "No recommendation leads '{theme}' on from '{level}'.",
    "Add one: councils at that level are told what others do next, and this theme has nothing to say.",
)


def check(subject: ValuedSubject) -> Iterator[Problem]:
    rubric, document = subject.rubric, subject.document
    levels = {band.id: band.from_ for bands in rubric.bands.values() for band in bands}
    themes = _themes(subject)
    seen: set[tuple[str, str]] = set()
    for i, step in enumerate(rubric.recommendations):
        loc = ("recommendations", i)
        if themes is not None and step.theme not in themes:
            yield document.problem(UNKNOWN_THEME, (*loc, "theme"), theme=step.theme, example=themes[0])
        unknown = [
            (key, level) for key, level in (("from", step.from_), ("to", step.to)) if level not in levels
        ]
        for key, level in unknown:
            yield document.problem(UNKNOWN_LEVEL, (*loc, key), level=level, levels=listed(levels))
        if not unknown and levels[step.to] <= levels[step.from_]:
            yield document.problem(NOT_UP, (*loc, "to"), start=step.from_, end=step.to)
        if (step.theme, step.from_) in seen:
            yield document.problem(TWICE, (*loc, "theme"), theme=step.theme, start=step.from_)
        seen.add((step.theme, step.from_))
    yield from _missing(subject, seen, themes or [])


def _themes(subject: ValuedSubject) -> list[str] | None:
    """Themes as dimension.theme, in order; None where the questionnaire is not at hand."""
    if subject.questionnaire is None:
        return None
    return list(dict.fromkeys(f"{t.dimension}.{t.theme}" for t in subject.questionnaire.tags.values()))


def _missing(subject: ValuedSubject, seen: set[tuple[str, str]], themes: list[str]) -> Iterator[Problem]:
    """Steps that nobody recommends, where themes have levels and anything is recommended at all."""
    rubric = subject.rubric
    used = {m.bands for m in rubric.measures.values() if set(m.by) == {"dimension", "theme"}}
    if not seen or len(used) != 1:
        return
    steps = [band.id for band in rubric.bands.get(used.pop() or "", ())][:-1]
    for theme in themes:
        for level in steps:
            if (theme, level) not in seen:
                yield subject.document.key_problem(NO_STEP, ("recommendations",), theme=theme, level=level)
