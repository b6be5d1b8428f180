"""What files look like, told in the reader's language: the schemas of the models, and what they say of each key.

The Welsh stands in cy/LC_MESSAGES/formats.po, a catalogue of its own, so that no other command waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from maturity.locale.words import Words
from maturity.models.schema import FORMATS, schema_of

if TYPE_CHECKING:
    from maturity.models.text import Language

DOMAIN = "formats"


def schema_in(kind: str, language: Language) -> dict[str, Any]:
    """The JSON Schema of a kind of file, its title and descriptions in that language. Raises KeyError."""
    schema: dict[str, Any] = _told(schema_of(kind), Words(language, DOMAIN))
    return {**schema, "title": Words(language, DOMAIN)(schema["title"])}


def _told(part: Any, words: Words) -> Any:
    """A copy of part of a schema; a key of a file that is called 'description' is no description."""
    if isinstance(part, list):
        return [_told(inner, words) for inner in part]
    if not isinstance(part, dict):
        return part
    return {
        key: words(value) if key == "description" and isinstance(value, str) else _told(value, words)
        for key, value in part.items()
    }


def descriptions() -> Iterator[tuple[str, str]]:
    """Every title and description of the schemas, and of which model's which key it is."""
    for kind, root in FORMATS.items():
        schema = schema_of(kind)
        yield schema["title"], kind
        for model, part in [(root.__name__, schema), *schema.get("$defs", {}).items()]:
            if "description" in part:
                yield part["description"], model
            for key, value in part.get("properties", {}).items():
                yield value["description"], f"{model}.{key}"
