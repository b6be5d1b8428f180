"""From plain data to a model, with every misfit as a problem at its line and column."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from maturity.models.base import Model
from maturity.models.problem import Kind, Problem
from maturity.sources.yaml_reader import Document, Loc

MISSING = Kind("S001", "error", "'{key}' is missing here.", "Add '{key}:'.")
UNKNOWN_KEY = Kind("S002", "error", "'{key}' is not a key that belongs here.", "{advice}")
WRONG_TYPE = Kind("S003", "error", "This is {found}; {wanted} belongs here.", "{advice}")
WRONG_VALUE = Kind("S004", "error", "'{found}' cannot stand here: {wanted}.", "{advice}")
WRONG_ID = Kind(
    "S005",
    "error",
    "'{found}' is not an id.",
    "Ids are lower case letters and digits, with hyphens between words, as in 'in-place'.",
)
WRONG_VERSION = Kind(
    "S006", "error", "'{found}' is not a version.", 'Write three numbers in quotes, as in "1.0.0".'
)

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

M = TypeVar("M", bound=BaseModel)


def to_model(model: type[M], document: Document) -> tuple[M | None, list[Problem]]:
    """The document's data as `model`, or None and what is in the way."""
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        problems: dict[tuple[object, ...], Problem] = {}
        for details in error.errors(include_url=False):
            problem = _problem(document, details)
            problems.setdefault((problem.place, problem.kind.code), problem)
        return None, list(problems.values())


def _problem(document: Document, error: ErrorDetails) -> Problem:
    loc = _in_file(document.data, error["loc"])
    kind, found = error["type"], error["input"]
    context: dict[str, Any] = error.get("ctx") or {}
    if kind == "missing":
        return document.problem(MISSING, loc, at_key=True, key=error["loc"][-1])
    if kind == "union_tag_not_found":
        return document.problem(MISSING, loc, at_key=True, key="type")
    if kind == "extra_forbidden":
        return document.problem(
            UNKNOWN_KEY, loc, at_key=True, key=error["loc"][-1], advice=_did_you_mean(error["loc"][-1])
        )
    if kind == "union_tag_invalid":
        loc = (*loc, "type")
        wanted = f"it is one of {context['expected_tags']}"
        return document.problem(
            WRONG_VALUE, loc, found=context["tag"], wanted=wanted, advice="Choose one of these."
        )
    if kind == "string_pattern_mismatch":
        version = r"\d{0,5}" in context["pattern"]
        return document.problem(WRONG_VERSION if version else WRONG_ID, loc, found=found)
    if kind == "literal_error":
        wanted = f"it is one of {context['expected']}".replace(" or ", ", ")
        return document.problem(
            WRONG_VALUE, loc, found=_short(found), wanted=wanted, advice="Choose one of these."
        )
    if kind in _TYPES:
        wanted, advice = _TYPES[kind]
        return document.problem(WRONG_TYPE, loc, found=_describe(found), wanted=wanted, advice=advice)
    if kind == "value_error":
        return document.problem(
            WRONG_VALUE, loc, found=_short(found), wanted=str(context["error"]), advice="Correct it."
        )
    wanted = error["msg"][0].lower() + error["msg"][1:]
    return document.problem(WRONG_VALUE, loc, found=_short(found), wanted=wanted, advice="Correct it.")


_MAPPING = ("keys and values", "Write 'key: value' lines, indented below.")
_LIST = ("a list", "Write one entry a line, each starting with '- '.")
_TYPES = {
    "string_type": ("text", "Put it in quotes if it is meant as text."),
    "float_type": ("a number", "Write a number without quotes."),
    "int_type": ("a whole number", "Write a whole number without quotes."),
    "bool_type": ("true or false", "Write true or false without quotes."),
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "finite_number": ("a finite number", "Write a number without quotes."),
}


def _in_file(data: Any, loc: tuple[int | str, ...]) -> Loc:
    """An error's path as it stands in the file: Pydantic adds union members' names, which are in no file."""
    path: list[str | int] = []
    for position, step in enumerate(loc):
        if isinstance(data, dict):
            if step in data:
                data = data[str(step)]
            elif step == "[key]" or position < len(loc) - 1:
                continue
            else:
                break
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            continue
        path.append(step)
    return tuple(path)


def _did_you_mean(key: object) -> str:
    close = get_close_matches(str(key), _all_keys(), n=1)
    hint = f"Did you mean '{close[0]}'? Else delete it" if close else "Delete it"
    return f"{hint}, or move it to where it belongs: the indentation decides."


@cache
def _all_keys() -> tuple[str, ...]:
    """Every key that any of our files can have."""
    keys: set[str] = set()
    models = list(Model.__subclasses__())
    while models:
        model = models.pop()
        models += model.__subclasses__()
        keys.update(field.alias or name for name, field in model.model_fields.items())
    return tuple(sorted(keys))


def _describe(found: object) -> str:
    if found is None:
        return "empty"
    if isinstance(found, bool):
        return f"{str(found).lower()} (true or false)"
    if isinstance(found, int | float):
        return f"the number {found}"
    if isinstance(found, str):
        return f"the text '{_short(found)}'"
    return "a list" if isinstance(found, list) else "a set of keys and values"


def _short(found: object) -> str:
    text = str(found)
    return text if len(text) <= 60 else text[:57] + "..."
