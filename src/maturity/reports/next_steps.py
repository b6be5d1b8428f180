"""Which recommendations a council's page puts first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maturity.benchmark.council import Against
from maturity.locale.words import N_
from maturity.models.rubric import Band, Recommendation
from maturity.reports.speech import Speech
from maturity.scoring.names import bands_of
from maturity.scoring.run import band_of

AT_MOST = 3
EFFORT = {
    "days": N_("days"),
    "weeks": N_("weeks"),
    "months": N_("months"),
    "year": N_("about a year"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A recommendation for one theme, with the score that calls for it."""

    recommendation: Recommendation
    name: str
    score: str
    from_level: str
    to_level: str
    do: str
    who: str
    effort: str
    builds_on: str


def next_steps(say: Speech, themes: Sequence[Against]) -> tuple[Step, ...]:
    """The recommendations for the (at most three) lowest themes that have one, the lowest first.

    Of equally low themes the one further below its peers' median comes first, then the questionnaire's order decides.
    """
    scored = [a for a in themes if a.own.published is not None]
    scored.sort(key=lambda a: (a.own.published or 0, a.difference or 0))
    found = (_step(say, against) for against in scored)
    return tuple([step for step in found if step][:AT_MOST])


def _step(say: Speech, against: Against) -> Step | None:
    level = _level(say, against)
    if level is None:
        return None
    theme = ".".join(against.comparison.group)
    recommendation = say.scorer.rubric.recommended.get((theme, level.id))
    if recommendation is None:
        return None
    names = {band.id: say.to(band.name) for bands in say.scorer.rubric.bands.values() for band in bands}
    return Step(
        recommendation=recommendation,
        name=say.full_name(against.comparison),
        score=say.score(against.own.published),
        from_level=names.get(recommendation.from_, recommendation.from_),
        to_level=names.get(recommendation.to, recommendation.to),
        do=say.to(recommendation.do),
        who=say.to(recommendation.who),
        effort=say.words(EFFORT[recommendation.effort]),
        builds_on=say.to(recommendation.builds_on),
    )


def _level(say: Speech, against: Against) -> Band | None:
    """The theme's level; by the dimensions' bands where the rubric gives themes no levels of their own."""
    rubric, published = say.scorer.rubric, against.own.published
    for measure in (against.comparison.measure, *rubric.measures):
        bands = bands_of(rubric, measure)
        if bands and published is not None:
            return band_of(bands, published)
    return None
