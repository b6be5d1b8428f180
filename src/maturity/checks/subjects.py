"""What a rule is given to look at: a sound model with the document that knows where everything stands."""

from __future__ import annotations

from dataclasses import dataclass

from maturity.models.assessment import Assessment
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Register
from maturity.models.rubric import Rubric
from maturity.sources.yaml_reader import Document, Loc


@dataclass(frozen=True)
class AskedSubject:
    """A questionnaire to check."""

    document: Document
    questionnaire: Questionnaire

    def question_locs(self) -> dict[str, Loc]:
        """Question id → where it stands (the first, where two share an id)."""
        found: dict[str, Loc] = {}
        for d, dimension in enumerate(self.questionnaire.dimensions):
            for t, theme in enumerate(dimension.themes):
                for q, question in enumerate(theme.questions):
                    found.setdefault(question.id, ("dimensions", d, "themes", t, "questions", q))
        return found


@dataclass(frozen=True)
class ValuedSubject:
    """A rubric to check, with the questionnaire that it scores, where that is at hand."""

    document: Document
    rubric: Rubric
    questionnaire: Questionnaire | None


@dataclass(frozen=True)
class AnsweredSubject:
    """An assessment to check, with the questionnaire that it answers, where that is at hand."""

    document: Document
    assessment: Assessment
    questionnaire: Questionnaire | None
    register: Register
