"""From the answers of several periods to scorecards, each period by the rubric that it is published with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maturity.benchmark.passage import ScoredPeriod
from maturity.intake.collect import Collected
from maturity.intake.scored import SEVERAL_QUESTIONNAIRES, by_period, score_all, scorer_for
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.models.register import Register
from maturity.scoring.score import Scorer
from maturity.sources.shelf import fits, open_questionnaire, open_rubric

NO_SUCH_PERIOD = Kind(
    "G220",
    "error",
    "There are no answers of {period}, for which a rubric is named. There are answers of {known}.",
    "Name a period of the answers, as in --rubric-of {example}=ID@VERSION.",
)


def score_periods(
    periods: Mapping[str, Sequence[Collected]],
    compared: str,
    rubric: str | None = None,
    questionnaire: str | None = None,
    rubrics: Mapping[str, str] | None = None,
    register: Register | None = None,
) -> dict[str, ScoredPeriod]:
    """Each period's assessments scored; the answers of one period must be to one version of a questionnaire, those of all
    periods to versions of one.

    `rubric` and `questionnaire` must fit the period that is `compared`, and serve every other that they fit; `rubrics` says of
    single periods by which rubric, and `register` knows whose they are. What nothing is said of is scored by the newest bundled rubric that fits. Raises MaturityError.
    """
    _check_same_questionnaire(periods)
    named = rubrics or {}
    for period in named:
        if period not in periods:
            details = {"period": period, "known": ", ".join(periods), "example": compared}
            raise MaturityError(Problem(NO_SUCH_PERIOD, Place("--rubric-of"), details))
    scorers: dict[tuple[str, str, str | None, str | None], Scorer] = {}
    found = {}
    for period, collected in periods.items():
        answers = list(collected)
        asked = answers[0].assessment.questionnaire
        by, to = named.get(period, rubric), questionnaire
        if period != compared:
            by = named.get(period) or _if_it_fits(rubric, asked.id, asked.version)
            to = _if_it_is(questionnaire, asked.id, asked.version)
        several = len({c.assessment.questionnaire.version for c in answers}) > 1
        key = (asked.id, asked.version, by, to)
        if several or key not in scorers:
            scorers[key] = scorer_for(answers, by, to, register)
        scored = by_period(score_all(scorers[key], answers))
        found[period] = ScoredPeriod(period, scorers[key], scored[period])
    return found


def _check_same_questionnaire(periods: Mapping[str, Sequence[Collected]]) -> None:
    """Other versions are other rubrics' work; another questionnaire is no series."""
    everyone = [one for collected in periods.values() for one in collected]
    asked = [one.assessment.questionnaire for one in everyone]
    if len({one.id for one in asked}) > 1:
        found = ", ".join(sorted({f"{one.id}@{one.version}" for one in asked}))
        details = {"found": found, "hint": ""}
        raise MaturityError(Problem(SEVERAL_QUESTIONNAIRES, Place(everyone[0].source), details))


def _if_it_fits(rubric: str | None, questionnaire: str, version: str) -> str | None:
    return rubric if rubric and fits(open_rubric(rubric)[0], questionnaire, version) else None


def _if_it_is(wanted: str | None, questionnaire: str, version: str) -> str | None:
    if wanted is None:
        return None
    found = open_questionnaire(wanted)[0]
    return wanted if (found.id, found.version) == (questionnaire, version) else None
