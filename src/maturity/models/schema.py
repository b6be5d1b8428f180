"""JSON Schema (2020-12) of every format of file, made from the models."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from maturity.models.assessment import Assessment
from maturity.models.mapping import Mapping
from maturity.models.migration import Migration
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.models.scorecard_file import ScorecardFile

FORMATS: dict[str, Any] = {
    "questionnaire": Questionnaire,
    "rubric": Rubric,
    "migration": Migration,
    "assessment": Assessment,
    "mapping": Mapping,
    "scorecard": ScorecardFile,
}
"""What files there are, and the model of each."""


@cache
def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind of file. Raises KeyError."""
    made = TypeAdapter(FORMATS[kind]).json_schema(by_alias=True, mode="validation")
    if kind == "assessment":
        _allow_short_answers(made)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _allow_short_answers(schema: dict[str, Any]) -> None:
    """``question: option`` stands for ``question: {value: option}``, and a year may be a number."""
    answers = schema["properties"]["answers"]["patternProperties"]
    for pattern, whole in answers.items():
        short = {"type": ["string", "number", "null"]}
        answers[pattern] = {"anyOf": [whole, short, {"type": "array", "items": {"type": "string"}}]}
    period = schema["properties"]["period"]
    schema["properties"]["period"] = {"anyOf": [period, {"type": "integer"}], "title": "Period"}
