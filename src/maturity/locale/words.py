"""The program's own words in the reader's language.

English stands in the code and is the key; the Welsh stands in cy/LC_MESSAGES/maturity.po, compiled beside it. What the
schemas of files say is a domain of its own (formats.po).
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from maturity.models.direction import isolated
from maturity.models.problem import filled

if TYPE_CHECKING:
    from maturity.models.text import Language, Text


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "to be translated later"
    """Marks words for the catalogue that are translated where they are used."""
    return message


def N2_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - N_ for the two forms of ngettext
    """Marks the wordings for one and for many that are counted where they are used."""
    return one, many


class Words:
    """Translates: ``words("Not scored")``, ``words("Level {n} of {of}", n=3, of=5)``."""

    def __init__(self, language: Language, domain: str = "maturity") -> None:
        self.language = language
        self._catalogue = _catalogue(language, domain)

    def __call__(self, message: str, /, **places: object) -> str:
        translated = self._catalogue.gettext(message)
        return filled(translated, _apart(places), self) if places else translated

    def of(self, text: Text) -> str:
        """What a file says, in the reader's language."""
        return text.to(self.language)

    def count(self, one: str, many: str, n: int, /, **places: object) -> str:
        """The wording that the language wants for `n`, which may stand in it as ``{n}``."""
        return filled(self._catalogue.ngettext(one, many, n), {"n": n, **_apart(places)}, self)


class SideBySide(Words):
    """Both languages at once, Welsh first: ``Ateb / Answer``."""

    def __init__(self) -> None:
        super().__init__("cy")
        self._welsh, self._english = Words("cy"), Words("en")

    def __call__(self, message: str, /, **places: object) -> str:
        return self.apart(lambda words: words(message, **places))

    def of(self, text: Text) -> str:
        return self.apart(lambda words: words.of(text))

    def count(self, one: str, many: str, n: int, /, **places: object) -> str:
        return self.apart(lambda words: words.count(one, many, n, **places))

    def apart(self, say: Callable[[Words], str]) -> str:
        """What is said in each language by itself, so that a sentence has all its parts in one language."""
        return _beside(say(self._welsh), say(self._english))


def with_unit(number: str, unit: str) -> str:
    """``66%``, ``3 days``."""
    return f"{number}%" if unit == "%" else f"{number} {unit}"


def _apart(places: Mapping[str, object]) -> dict[str, object]:
    """What fills a wording, so that a name in letters that run to the left leaves the words beside it where they are."""
    return {name: isolated(place) if isinstance(place, str) else place for name, place in places.items()}


def _beside(welsh: str, english: str) -> str:
    """Paragraphs stand one below the other, what is short beside it; what is the same in both stands once."""
    if welsh == english:
        return welsh
    return f"{welsh}\n\n{english}" if len(welsh) > 120 else f"{welsh} / {english}"


@cache
def _catalogue(language: Language, domain: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    with (files("maturity.locale") / language / "LC_MESSAGES" / f"{domain}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)
