"""What measures, groups and levels are called."""

from __future__ import annotations

from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Band, Measure, Rubric
from maturity.models.scorecard import Group
from maturity.models.text import Text


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
