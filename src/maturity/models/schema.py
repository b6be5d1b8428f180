"""JSON Schema (2020-12) of every format of file, made from the models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from maturity.models.assessment import Assessment
from maturity.models.benchmark_file import BenchmarkFile
from maturity.models.condition import TESTS
from maturity.models.described import description_of
from maturity.models.judgements import Judgements
from maturity.models.mapping import Mapping
from maturity.models.migration import Migration
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.models.scorecard_file import ScorecardFile

FORMATS: dict[str, Any] = {
    "questionnaire": Questionnaire,
    "rubric": Rubric,
    "migration": Migration,
    "judgements": Judgements,
    "assessment": Assessment,
    "mapping": Mapping,
    "scorecard": ScorecardFile,
    "benchmark": BenchmarkFile,
}
"""What files there are, and the model of each."""


@cache
def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind of file. Raises KeyError."""
    made = TypeAdapter(FORMATS[kind]).json_schema(by_alias=True, mode="validation")
    whole = made["title"]
    for name, part in [(whole, made), *made.get("$defs", {}).items()]:
        _describe(name, part)
        _one_test(part)
    for part in _parts(made):
        _as_strict_as_the_model(part)
    if kind == "benchmark":
        _all_there(made)
    if kind == "assessment":
        _allow_short_answers(made)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:maturity:schema:{kind}:1",
        "title": f"maturity {kind}",
    }
    return {**head, **{key: value for key, value in made.items() if key != "title"}}


def _describe(model: str, part: dict[str, Any]) -> None:
    """Gives each key that the model leaves undescribed its words; editors show them below the key itself."""
    if "description" in part:
        part["description"] = _as_files_say(part["description"])
    for key, value in part.get("properties", {}).items():
        if "title" in value:
            value["title"] = key
        words = description_of(model, key)
        if "description" not in value and words is not None:
            value["description"] = words


def _as_files_say(docstring: str) -> str:
    """A model's docstring by paragraphs, without the line ends of the code; Python's None is null in a file."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in docstring.split("\n\n"))
    return re.sub(r"\bNone\b", "`null`", "\n\n".join(paragraphs).replace("``", "`"))


def _all_there(schema: dict[str, Any]) -> None:
    """A file that only this program writes has every key; later versions of it may write more."""
    for part in (schema, *schema.get("$defs", {}).values()):
        if "properties" in part:
            part["required"] = list(part["properties"])


def _one_test(part: dict[str, Any]) -> None:
    """Of a condition's tests exactly one belongs there."""
    tests = [test.rstrip("_") for test in TESTS]
    if all(test in part.get("properties", {}) for test in tests):
        part["oneOf"] = [{"required": [test]} for test in tests]


def _as_strict_as_the_model(part: dict[str, Any]) -> None:
    """A mapping's keys are ids and nothing else; blank words are none; a date starts with the year."""
    if "patternProperties" in part:
        part["additionalProperties"] = False
    if part.get("type") == "string" and part.get("minLength") == 1:
        part["pattern"] = r"\S"
    if part.get("format") in ("date", "date-time"):
        part["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}"


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in a schema."""
    if isinstance(schema, dict):
        yield schema
        for inner in schema.values():
            yield from _parts(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _parts(inner)


def _allow_short_answers(schema: dict[str, Any]) -> None:
    """``question: option`` stands for ``question: {value: option}``, and a year may be a number."""
    value = schema["$defs"]["Answer"]["properties"]["value"]["anyOf"]
    for part in (schema, schema["$defs"]["MergedRespondent"]):
        answers = part["properties"]["answers"]["patternProperties"]
        for pattern, whole in answers.items():
            answers[pattern] = {"anyOf": [whole, *value]}
    period = dict(schema["properties"]["period"])
    described = {"title": "period", "description": period.pop("description")}
    schema["properties"]["period"] = {**described, "anyOf": [period, {"type": "integer"}]}
