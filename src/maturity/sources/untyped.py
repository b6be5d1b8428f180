"""What is wrong with an entry whatever its type: where the type itself is wrong, Pydantic looks no further."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MOST = 10
"""Entries without a type that are looked into: each is read once as every type."""
NO_TYPE = "?"

Loc = tuple[str | int, ...]


def whatever_its_type(
    model: type[BaseModel], data: Any, errors: list[ErrorDetails]
) -> Iterator[ErrorDetails]:
    """Errors inside the entries whose `type` is wrong or missing that every type would have.

    `data` is as it was when this returns.
    """
    untyped = [error for error in errors if str(error["type"]).startswith("union_tag")]
    for error in untyped[:MOST]:
        entry = _at(data, error["loc"])
        if not isinstance(entry, dict):
            continue
        had = "type" in entry
        written = entry.get("type")
        entry["type"] = NO_TYPE
        tags = [
            tag.strip(" '")
            for found in _errors(model, data)
            if found["loc"] == error["loc"] and found["type"] == "union_tag_invalid"
            for tag in found["ctx"]["expected_tags"].split(",")
        ]
        found_as: list[dict[tuple[Any, ...], ErrorDetails]] = []
        # A type that is a key of the entry too would be taken for it in a path.
        for tag in sorted(tags, key=lambda tag: tag in entry):
            entry["type"] = tag
            at = (*error["loc"], tag)
            inner = (one for one in _errors(model, data) if one["loc"][: len(at)] == at)
            found_as.append({(one["loc"][len(at) :], one["type"]): one for one in inner})
        if had:
            entry["type"] = written
        else:
            del entry["type"]
        if found_as:
            first, *others = found_as
            yield from (one for key, one in first.items() if all(key in other for other in others))


def _errors(model: type[BaseModel], data: Any) -> list[ErrorDetails]:
    try:
        model.model_validate(data)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def _at(data: Any, loc: Loc) -> Any:
    for step in loc:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data
