"""What a template is made of."""

from __future__ import annotations

from dataclasses import dataclass

from maturity.locale.words import Words
from maturity.models.assessment import Assessment
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Organisation, Register
from maturity.models.text import Language


@dataclass(frozen=True, slots=True)
class Made:
    """What a template is made of."""

    questionnaire: Questionnaire
    digest: str
    words: Words
    organisation: Organisation | None
    period: str | None
    register: Register
    assessment: Assessment | None

    @property
    def language(self) -> Language:
        return self.words.language

    @property
    def made_up(self) -> bool:
        return self.assessment is not None and self.assessment.made_up

    @property
    def title(self) -> str:
        """The document's title."""
        parts = [self.words.of(self.questionnaire.title)]
        if self.organisation is not None:
            parts.append(self.words.of(self.organisation.name))
        return ", ".join([*parts, self.period] if self.period else parts)
