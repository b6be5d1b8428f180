"""What was meant where something else stands in a file: the nearest key or choice, an id with its accents gone."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from functools import cache

from maturity.models.base import Model
from maturity.models.problem import Phrase, Said
from maturity.sources.yaml_reader import short


def did_you_mean(word: str, known: tuple[str, ...]) -> Said:
    """ "Did you mean 'x'? ", or nothing where nothing is near."""
    close = get_close_matches(word[:60], known, n=1)
    return Phrase("Did you mean '{close}'? ", close=close[0]) if close and close[0] != word else ""


def as_id(found: str) -> Said:
    """What an id with capitals, accents or spaces was perhaps meant to be."""
    plain = unicodedata.normalize("NFKD", found[:120]).encode("ascii", "ignore").decode().lower()
    wanted = re.sub(r"[\s/]+", "-", plain.strip())
    fits = re.fullmatch(r"[a-z0-9]+([-_.][a-z0-9]+)*", wanted) and wanted != found
    return Phrase("Did you mean '{close}'? ", close=short(wanted)) if fits else ""


@cache
def all_keys() -> tuple[str, ...]:
    """Every key that any of our files can have."""
    keys: set[str] = set()
    models = list(Model.__subclasses__())
    while models:
        model = models.pop()
        models += model.__subclasses__()
        keys.update(field.alias or name for name, field in model.model_fields.items())
    return tuple(sorted(keys))


def quoted_in_file(found: object) -> str:
    """What was found, as it would stand in the file."""
    if found is None or isinstance(found, bool):
        return "null" if found is None else str(found).lower()
    if isinstance(found, dict):
        return "{" + short(", ".join(f"{key}: ..." for key in list(found)[:3]), 40) + "}"
    if isinstance(found, list | tuple):
        return "[" + short(", ".join(quoted_in_file(inner) for inner in found[:3]), 40) + "]"
    return short(found)
