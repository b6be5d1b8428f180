"""Writes assessments as YAML that a person can read and edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from maturity.models.assessment import Assessment
from maturity.sources.files import write_atomically


def to_yaml(assessment: Assessment) -> str:
    """The assessment as YAML: the same assessment always as the same text."""
    data = assessment.model_dump(mode="json", exclude_defaults=True)
    answers = {question: _short(answer) for question, answer in data.pop("answers", {}).items()}
    data = {
        "format": assessment.format,
        **{k: v for k, v in data.items() if k != "format"},
        "answers": answers,
    }
    return yaml.dump(
        data, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=100, default_flow_style=None
    )


def write_assessment(path: Path, assessment: Assessment) -> None:
    """Saves it so that the file is never half written. Raises FileError."""
    write_atomically(path, to_yaml(assessment))


def _short(answer: dict[str, Any]) -> Any:
    value = answer.get("value")
    if isinstance(value, float) and value.is_integer():
        answer = answer | {"value": int(value)}
    return answer["value"] if list(answer) == ["value"] and not isinstance(value, dict) else answer
