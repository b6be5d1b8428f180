"""Texts stand in every language that the file says it is in, and are not one language's words twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from maturity.checks.texts import alike, may_be_alike, texts
from maturity.models.problem import Kind, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.models.text import LANGUAGES, NAMES, NO_WORDS, Language
from maturity.sources.yaml_reader import Document, short

SAME = Kind(
    "T002",
    "warning",
    "The English and the Welsh are the same here: '{words}'.",
    "Translate one of the two; words that are rightly the same in both belong under 'same_in_both'.",
)
NOWHERE = Kind(
    "T003",
    "warning",
    "'{words}' stands nowhere the same in both languages.",
    "Delete it here.",
)
_ADDRESS = re.compile(r"\S+://\S+|\S+@\S+|www\.\S+")
_WORD = re.compile(r"[^\W\d_]{3,}")


def untranslated(
    document: Document, model: BaseModel, languages: tuple[Language, ...] = LANGUAGES
) -> Iterator[Problem]:
    """Every text of `model` that lacks one of `languages`."""
    wanted = dict.fromkeys(languages)
    for one in texts(model):
        for language in wanted:
            if not one.text.has(language):
                yield document.problem(NO_WORDS, one.loc, language=NAMES[language], code=language)


def same_words(
    document: Document, model: Questionnaire | Rubric, languages: tuple[Language, ...] = LANGUAGES
) -> Iterator[Problem]:
    """Every text of `model` that says the same in both languages and does not stand under 'same_in_both'."""
    if not {"en", "cy"} <= set(languages):
        return
    unused = {alike(words): i for i, words in reversed(list(enumerate(model.same_in_both)))}
    allowed = set(unused)
    for one in texts(model):
        english, welsh = one.text.root.get("en"), one.text.root.get("cy")
        if english is None or welsh is None or not may_be_alike(english, welsh):
            continue
        if alike(english) != alike(welsh):
            continue
        unused.pop(alike(welsh), None)
        if _can_be_translated(welsh) and alike(welsh) not in allowed:
            yield document.problem(SAME, (*one.loc, "cy"), words=short(welsh))
    for i in unused.values():
        yield document.problem(NOWHERE, ("same_in_both", i), words=short(model.same_in_both[i]))


def _can_be_translated(words: str) -> bool:
    """Whether the text has a word: numbers, signs, units ('GB', 'km'), abbreviations and addresses are no words."""
    return any(not word.isupper() for word in _WORD.findall(_ADDRESS.sub(" ", words)))
