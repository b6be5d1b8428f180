"""From an assessment to its scorecard."""

from __future__ import annotations

from dataclasses import dataclass

import maturity
from maturity.models.assessment import Assessment
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.models.scorecard import Reference, Scorecard
from maturity.scoring.compile import compile_plan
from maturity.scoring.plan import Plan
from maturity.scoring.run import run_plan
from maturity.sources.digest import digest
from maturity.sources.load import Loaded


@dataclass(frozen=True)
class Scorer:
    """A questionnaire and a rubric, compiled once, to score many assessments."""

    questionnaire: Questionnaire
    rubric: Rubric
    plan: Plan
    references: tuple[Reference, Reference]

    @classmethod
    def of(cls, questionnaire: Questionnaire, asked: Loaded, rubric: Rubric, valued: Loaded) -> Scorer:
        """Compiles; `asked` and `valued` are the files that the two were loaded from."""
        references = (
            Reference(questionnaire.id, questionnaire.version, asked.digest),
            Reference(rubric.id, rubric.version, valued.digest),
        )
        return cls(questionnaire, rubric, compile_plan(rubric, questionnaire), references)

    def score(self, assessment: Assessment, source: str = "") -> Scorecard:
        """The assessment's scorecard. Its answers must have passed the checks."""
        items, scores = run_plan(self.plan, assessment.answers)
        answers = {k: a.model_dump(mode="json", exclude_defaults=True) for k, a in assessment.answers.items()}
        return Scorecard(
            organisation=assessment.organisation,
            period=assessment.period,
            questionnaire=self.references[0],
            rubric=self.references[1],
            answers_digest=digest(answers),
            tool_version=maturity.__version__,
            made_up=assessment.made_up,
            items=items,
            scores=scores,
            source=source,
        )
