"""What measures, groups and levels are called."""

from __future__ import annotations

from collections.abc import Callable

from maturity.locale.words import N_
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Band, Measure, Rubric
from maturity.models.scorecard import Group
from maturity.models.text import Text

REDUCES = {
    "mean": N_("weighted mean"),
    "sum": N_("sum"),
    "min": N_("least"),
    "max": N_("greatest"),
    "range": N_("greatest less least"),
    "geometric_mean": N_("geometric mean"),
    "share": N_("share at or above {bar}"),
    "distribution": N_("how many are worth what"),
    "ladder": N_("steps passed from the bottom"),
}
"""What the reduce operators are called."""


def reduce_text(measure: Measure, words: Callable[..., str]) -> str:
    """What a measure does with its inputs: 'weighted mean'."""
    return words(REDUCES[measure.reduce], bar="" if measure.at_least is None else f"{measure.at_least:g}")


def headline(rubric: Rubric) -> str | None:
    """The measure of the whole that stands for all: the one that the rubric names, else the last that has levels,
    else the last; None where no measure is of the whole and has a number."""
    if rubric.headline is not None:
        return rubric.headline
    whole = [name for name, m in rubric.measures.items() if not m.by and m.reduce != "distribution"]
    levelled = [name for name in whole if rubric.measures[name].bands]
    chosen = levelled or whole
    return chosen[-1] if chosen else None


def group_text(questionnaire: Questionnaire, measure: Measure, group: Group) -> Text:
    """A group's name: its dimension's, its theme's, or else its tag values; the whole has the measure's name."""
    if not group:
        return measure.name
    tags = dict(zip(measure.by, group, strict=True))
    for dimension in questionnaire.dimensions:
        if dimension.id != tags.get("dimension"):
            continue
        if measure.by == ("dimension",):
            return dimension.name
        if measure.by == ("dimension", "theme"):
            return next(theme.name for theme in dimension.themes if theme.id == tags["theme"])
    return Text({"en": " / ".join(group)})


def bands_of(rubric: Rubric, measure: str) -> tuple[Band, ...]:
    """A measure's bands from lowest to highest; empty where it has none."""
    name = rubric.measures[measure].bands
    return tuple(sorted(rubric.bands[name], key=lambda band: band.from_)) if name else ()
