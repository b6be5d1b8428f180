"""Writes assessments as YAML that a person can read and edit, and that our reader reads back as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from maturity.models.assessment import Assessment
from maturity.sources.files import write_atomically
from maturity.sources.yaml_scalars import reads_as_text
from maturity.sources.yaml_text import without_invisible

STRING = "tag:yaml.org,2002:str"


def to_yaml(assessment: Assessment) -> str:
    """The assessment as YAML: the same assessment always as the same text, with a line or more an answer, and one
    for each that was kept aside.

    Characters that no file of ours can hold (see F017) become spaces.
    """
    data = assessment.model_dump(mode="json", exclude_defaults=True)
    answers, merged = _short_answers(data), data.pop("merged", None)
    aside = {question: _whole(entry) for question, entry in data.pop("kept_aside", {}).items()}
    data = {"format": assessment.format, **{k: v for k, v in data.items() if k != "format"}}
    data["answers"] = answers
    if merged is not None:
        people = [_Lines(person | {"answers": _short_answers(person)}) for person in merged["respondents"]]
        settled = _Lines(merged.pop("settled", {}))
        data["merged"] = _Lines(merged | {"respondents": people, "settled": settled})
    text = _dumped(data, width=100)
    lines = _Lines({question: _Line(entry) for question, entry in aside.items()})
    return text + _dumped({"kept_aside": lines}, width=1_000_000) if aside else text


def _dumped(data: dict[str, Any], width: int) -> str:
    return yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=width, default_flow_style=None
    )


def to_json(assessment: Assessment) -> str:
    """The assessment as JSON, for those whose files are."""
    data = {"format": assessment.format, **assessment.model_dump(mode="json", exclude_defaults=True)}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def write_assessment(path: Path, assessment: Assessment) -> None:
    """Saves it so that the file is never half written. Raises FileError."""
    write_atomically(path, to_yaml(assessment))


class _Lines(dict[str, Any]):
    """Written with a line for each entry."""


class _Line(dict[str, Any]):
    """Written in one line."""


class _Dumper(yaml.CSafeDumper):
    """Quotes what our reader, which follows YAML 1.2 and rules of its own, would not read back as this text."""


def _text(dumper: Any, value: str) -> Any:
    value = without_invisible(value)
    return dumper.represent_scalar(STRING, value, style=None if reads_as_text(value) else "'")


def _lines(dumper: Any, value: _Lines) -> Any:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=False)


def _line(dumper: Any, value: _Line) -> Any:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Line, _line)
_Dumper.add_representer(_Lines, _lines)


def _short_answers(data: dict[str, Any]) -> _Lines:
    """Takes the answers out of an assessment's or respondent's data, each as short as it can be written."""
    return _Lines({question: _short(answer) for question, answer in data.pop("answers", {}).items()})


def _short(answer: dict[str, Any]) -> Any:
    answer = _plain(answer)
    return answer["value"] if list(answer) == ["value"] and not isinstance(answer["value"], dict) else answer


def _plain(answer: dict[str, Any]) -> dict[str, Any]:
    """Whole numbers without a point."""
    value = answer.get("value")
    return answer | {"value": int(value)} if isinstance(value, float) and value.is_integer() else answer


def _whole(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry of what was kept aside, with what was kept aside before it."""
    entry = entry | {"answer": _plain(entry["answer"])}
    return entry | {"earlier": [_whole(one) for one in entry["earlier"]]} if "earlier" in entry else entry
