"""How many are strong where a council has a gap, in a sentence that names nobody."""

from __future__ import annotations

from maturity.locale.words import Words
from maturity.models.disclosure import SUPPRESSED
from maturity.models.learning import Lesson
from maturity.reports.firm_said import level_name
from maturity.scoring.score import Scorer


def strong_said(scorer: Scorer, lesson: Lesson, words: Words) -> str:
    """Of the council's region; else of all; else that it is kept back."""
    near = lesson.region or lesson.everywhere
    if near is None:
        return words("{symbol}: how many are strong here is kept back.", symbol=SUPPRESSED)
    places: dict[str, object] = {"n": near.strong, "of": near.of}
    if lesson.level is None:
        return (
            words("{n} of the {of} other councils of your region are strong here.", **places)
            if lesson.region
            else words("{n} of the {of} other councils are strong here.", **places)
        )
    places["level"] = level_name(scorer, lesson.measure, lesson.level, words)
    if lesson.region:
        return words(
            "{n} of the {of} councils of your region that are scored here have reached “{level}”. Yours is counted in the {of}.",
            **places,
        )
    return words(
        "{n} of the {of} councils that are scored here have reached “{level}”. Yours is counted in the {of}.",
        **places,
    )
