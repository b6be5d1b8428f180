"""Texts stand in every language that the file says it is in; questionnaires and rubrics alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from maturity.models.problem import Kind, Problem
from maturity.models.text import LANGUAGES, Language, Text
from maturity.sources.yaml_reader import Document, Loc

MISSING = Kind(
    "T001",
    "error",
    "The {language} is missing here.",
    "Add '{code}:' that means the same as the other language.",
)
NAMES: dict[Language, str] = {"en": "English", "cy": "Welsh"}


def untranslated(
    document: Document, model: BaseModel, languages: tuple[Language, ...] = LANGUAGES
) -> Iterator[Problem]:
    """Every text of `model` that lacks one of `languages`."""
    wanted = dict.fromkeys(languages)
    for loc, text in _texts(model, ()):
        for language in wanted:
            if not text.has(language):
                yield document.problem(MISSING, loc, language=NAMES[language], code=language)


def _texts(value: Any, loc: Loc) -> Iterator[tuple[Loc, Text]]:
    if isinstance(value, Text):
        yield loc, value
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from _texts(getattr(value, name), (*loc, field.alias or name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*loc, key))
    elif isinstance(value, tuple):
        for i, inner in enumerate(value):
            yield from _texts(inner, (*loc, i))
