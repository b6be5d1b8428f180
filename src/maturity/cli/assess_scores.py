"""The score of what is answered so far, for `maturity assess`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from maturity.assess.interview import Interview
from maturity.assess.record import Record
from maturity.cli.assess_start import Wish
from maturity.models.problem import MaturityError, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.sources.shelf import fits, open_rubric, rubric_for

if TYPE_CHECKING:
    from maturity.assess.standing import Standing
    from maturity.scoring.score import Scorer


def scores_for(wish: Wish, questionnaire: Questionnaire, record: Record) -> Scores | None:
    """What scores the answers; None where no rubric at hand does. Raises MaturityError where the one named does not."""
    if wish.rubric is None:
        try:
            rubric = rubric_for(questionnaire.id, questionnaire.version)[0]
        except MaturityError:
            return None
        return Scores(f"{rubric.id}@{rubric.version}", rubric, _name(wish, questionnaire), record)
    rubric, loaded = open_rubric(wish.rubric)
    if not fits(rubric, questionnaire.id, questionnaire.version):
        from maturity.intake.scored import RUBRIC_MISFIT

        details = {
            "rubric": f"{rubric.id}@{rubric.version}",
            "questionnaire": f"{questionnaire.id}@{questionnaire.version}",
        }
        raise MaturityError(Problem(RUBRIC_MISFIT, loaded.document.place(("questionnaire",)), details))
    scores = Scores(wish.rubric, rubric, _name(wish, questionnaire), record)
    _ = scores.scorer  # what is wrong with a rubric of one's own is said before anything is asked
    return scores


class Scores:
    """Scores an interview's answers; the rubric is compiled when that is first wanted."""

    def __init__(self, name: str, rubric: Rubric, questionnaire: str, record: Record) -> None:
        self.name, self.questionnaire, self.record = name, questionnaire, record
        self.allowed = rubric.show_while_answering

    @cached_property
    def scorer(self) -> Scorer:
        from maturity.intake.scored import scorer_of

        return scorer_of(self.name, self.questionnaire)

    def __call__(self, interview: Interview) -> Standing:
        from maturity.assess.standing import standing
        from maturity.reports.figures import bounds

        answers = {question: answer for question, answer in interview.answers.items() if answer.given}
        assessment = self.record.assessment.model_copy(update={"answers": answers})
        return standing(self.scorer, assessment, bounds(self.scorer.plan), interview.only)


def _name(wish: Wish, questionnaire: Questionnaire) -> str:
    return wish.questionnaire or f"{questionnaire.id}@{questionnaire.version}"
