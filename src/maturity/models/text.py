"""Text that people read, in the languages that it is written in."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, RootModel, StringConstraints

from maturity.models.problem import Kind, Phrase, Translate

Language = Literal["en", "cy"]
LANGUAGES: tuple[Language, ...] = ("en", "cy")

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]

NO_WORDS = Kind(
    "T001",
    "error",
    "The {language} is missing here.",
    "Add '{code}:' that means the same as the other language.",
)
NAMES: dict[Language, Phrase] = {"en": Phrase("English"), "cy": Phrase("Welsh")}


class Text(RootModel[Annotated[dict[Language, Words], Field(min_length=1)]]):
    """The same words in one or both languages: ``{en: Services, cy: Gwasanaethau}``.

    A language that is missing is for ``maturity validate`` to report; reading falls back to the other.
    """

    model_config = ConfigDict(frozen=True)

    def to(self, language: Language) -> str:
        """The words in `language`, or in the first language there is."""
        words = self.root.get(language)
        return words if words is not None else next(iter(self.root.values()))

    def said(self, translate: Translate) -> str:
        """The words in the language that a message is translated to, of which this is a part."""
        return self.to(getattr(translate, "language", "en"))

    def has(self, language: Language) -> bool:
        return language in self.root
