"""Do filed scorecards still hold? Each is compared with what its answers score now, one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from maturity.intake.collect import Collected
from maturity.intake.scored import Scored, scorer_for
from maturity.models.problem import Place, Problem
from maturity.models.register import Register
from maturity.models.scorecard_file import FiledScorecard
from maturity.scoring.recheck import NONE, differences
from maturity.scoring.score import Scorer
from maturity.sources.scorecards import as_read
from maturity.sources.yaml_reader import STOPPED

MOST_TOLD = 10_000
"""Problems of one file: as many as a hundred scorecards have that differ in everything."""


@dataclass(slots=True)
class Rechecked:
    """How many scorecards were looked at, how many of them hold, and what is wrong with the others."""

    of: int = 0
    holding: int = 0
    problems: list[Problem] = field(default_factory=list)


def recheck(
    filed: Iterable[FiledScorecard],
    assessments: Sequence[Collected],
    file: str,
    *,
    rubric: str | None = None,
    questionnaire: str | None = None,
    register: Register | None = None,
) -> Rechecked:
    """Scores the answers of each filed scorecard with the rubric that it names, or with `rubric`, and compares. It stops
    after `MOST_TOLD` problems, and says so. Raises MaturityError where answers cannot be scored so."""
    again = _Again(assessments, rubric, questionnaire, register)
    found = Rechecked()
    for problems in differences(filed, again, file):
        found.of += 1
        found.holding += not problems
        found.problems += problems
        if len(found.problems) >= MOST_TOLD:
            found.problems.append(Problem(STOPPED, Place(file), {"limit": MOST_TOLD}))
            break
    if not found.of:
        found.problems.append(Problem(NONE, Place(file)))
    return found


class _Again:
    """Recomputes a filed scorecard; None where there are no answers to what it was asked."""

    def __init__(
        self,
        assessments: Sequence[Collected],
        rubric: str | None,
        questionnaire: str | None,
        register: Register | None,
    ) -> None:
        self.named, self.register = (rubric, questionnaire), register
        self.answers: dict[tuple[str, str, str, str], Collected] = {}
        for one in assessments:
            asked = one.held.questionnaire
            self.answers[one.organisation.code, one.held.period, asked.id, asked.version] = one
        self.scorers: dict[tuple[str, str, str], Scorer] = {}

    def __call__(self, filed: FiledScorecard) -> FiledScorecard | None:
        card = filed.scorecard
        asked = (card.questionnaire.id, card.questionnaire.version)
        one = self.answers.get((filed.code, card.period, *asked))
        if one is None:
            return None
        scorer = self._scorer(f"{card.rubric.id}@{card.rubric.version}", one)
        assessment = one.assessment
        scored = Scored(one.organisation, assessment, scorer.score(assessment, one.source, one.digest))
        return as_read(scored.filed)

    def _scorer(self, rubric: str, one: Collected) -> Scorer:
        key = (rubric, one.held.questionnaire.id, one.held.questionnaire.version)
        if key not in self.scorers:
            named, questionnaire = self.named
            self.scorers[key] = scorer_for([one], named or rubric, questionnaire, self.register)
        return self.scorers[key]
