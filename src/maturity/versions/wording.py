"""Which changes of words can be left to a program: those that a reader would not hear if they were read out.

Spaces, kinds of quotation marks and dashes, capitals, and a full stop at the end are trivial. All else can set
another bar, and a person must decide: a comma can turn a sentence round ("No, plans exist"), so commas count; so do digits
and signs. Help and evidence count like the question itself, because that is where it says what words mean and what
proves an answer ("a draft is not enough"). Welsh alone counts like English alone: a respondent who reads Welsh
answers the Welsh, and no program knows whether a translation was mended or changed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from maturity.models.problem import Phrase
from maturity.versions.changes import Effect

ONLY = {"en": Phrase("English only"), "cy": Phrase("Welsh only")}
_ALIKE = str.maketrans(
    {"‘": "'", "’": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "…": "..."}
)


def effect_of_words(old: Mapping[str, str], new: Mapping[str, str]) -> Effect:
    """The class of a change of a text that says what an answer or a level means.

    A translation that is added is neutral; one that is gone is not, since its readers now read other words.
    """
    if old.keys() - new.keys():
        return Effect.different_bar
    differ = any(_heard(old[language]) != _heard(new[language]) for language in old)
    return Effect.different_bar if differ else Effect.neutral


def languages_changed(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Phrase, ...]:
    """The languages in which the words differ, each as a note that it alone does."""
    return tuple(said for code, said in ONLY.items() if old.get(code) != new.get(code))


def _heard(words: str) -> str:
    words = unicodedata.normalize("NFC", words).translate(_ALIKE).casefold()
    return " ".join(words.split()).removesuffix(".")
