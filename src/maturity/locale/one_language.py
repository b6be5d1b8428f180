"""What is told to whoever reads a questionnaire in a language that it is not written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maturity.locale.words import N_, Words
from maturity.models.text import Language

if TYPE_CHECKING:
    from maturity.models.questionnaire import Questionnaire

ONLY: dict[Language, str] = {
    "en": N_("This questionnaire is in English only: its own words are shown in English."),
    "cy": N_("This questionnaire is in Welsh only: its own words are shown in Welsh."),
}


def only_in(questionnaire: Questionnaire, words: Words) -> str:
    """In which one language the questionnaire is; empty where the reader's is among its languages."""
    if words.language in questionnaire.languages:
        return ""
    return words(ONLY[questionnaire.languages[0]])
