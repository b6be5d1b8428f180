"""Where the texts of a questionnaire or rubric stand, and which of them count as the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from maturity.models.text import Text
from maturity.sources.yaml_reader import Loc

_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Standing:
    """A text, where it stands, and what it is of whom: the field `field` of `owner`."""

    loc: Loc
    text: Text
    owner: BaseModel
    field: str


_last: tuple[BaseModel | None, tuple[Standing, ...]] = (None, ())


def texts(model: BaseModel) -> tuple[Standing, ...]:
    """Every text of `model`, in the order of its fields."""
    global _last
    # Several rules in turn look at the texts of one file, which cannot change in between.
    if _last[0] is not model:
        _last = (model, tuple(_of_model(model, ())))
    return _last[1]


def alike(words: str) -> str:
    """The words without case, punctuation and double spaces: what a reader does not tell apart."""
    return _BETWEEN.sub(" ", words.casefold()).strip()


def may_be_alike(one: str, other: str) -> bool:
    """Whether two texts begin with the same letter or digit, as those do that `alike` takes for the same."""
    return _first(one) == _first(other)


def _first(words: str) -> str:
    return next(filter(str.isalnum, words.casefold()), "")


def repeated(wordings: Iterable[tuple[Loc, Text]]) -> Iterator[tuple[Loc, Loc]]:
    """Where words stand that stood before in the same language, each with where they stood first."""
    first: dict[tuple[str, str], Loc] = {}
    for loc, text in wordings:
        for language, words in text.root.items():
            here = (*loc, language)
            # Signs without a letter or digit, such as '+' and '-', are told apart as they are.
            there = first.setdefault((language, alike(words) or words), here)
            if there != here:
                yield here, there


def _of_model(model: BaseModel, loc: Loc) -> Iterator[Standing]:
    for name, key in _keys(type(model)).items():
        value = getattr(model, name)
        # Most values are plain: asked here, they cost no call.
        if value and type(value) not in _PLAIN:
            yield from _of(value, (*loc, key), model, name)


def _of(value: Any, loc: Loc, owner: BaseModel, field: str) -> Iterator[Standing]:
    if type(value) in _PLAIN:
        return
    if isinstance(value, Text):
        yield Standing(loc, value, owner, field)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _of(inner, (*loc, key), owner, field)
    elif isinstance(value, tuple):
        for i, inner in enumerate(value):
            yield from _of(inner, (*loc, i), owner, field)
    elif isinstance(value, BaseModel):
        yield from _of_model(value, loc)


_PLAIN = frozenset((str, int, float, bool, type(None)))


@cache
def _keys(model: type[BaseModel]) -> dict[str, str]:
    """Field → its key in files."""
    return {name: field.alias or name for name, field in model.model_fields.items()}
