"""The JSON Schemas: equal to the models, found by editors, and what an independent validator makes of our files."""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import program
from maturity.cli.schema import Kind
from maturity.locale.formats import descriptions, schema_in
from maturity.models.described import KEYS
from maturity.models.schema import FORMATS, schema_of
from maturity.sources.load import FORMATS as READ
from maturity.sources.yaml_reader import read_yaml

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "docs" / "schemas"
DATA = ROOT / "tests" / "data" / "checks"
BUNDLED = sorted([*(ROOT / "questionnaires").rglob("*.yaml"), *(ROOT / "examples").glob("wales-*/*.yaml")])
"""Every file of ours; what lies in examples/ci is for other programs."""
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")


def kind_of(data: Any) -> str | None:
    """What a file says that it is; None where that cannot be told."""
    found = re.fullmatch(r"maturity-([a-z]+)/1", str(data.get("format"))) if isinstance(data, dict) else None
    return found[1] if found and found[1] in FORMATS else None


def read(path: Path) -> Any:
    return read_yaml(path.read_bytes(), str(path)).data


@cache
def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(kind))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("kind", FORMATS)
def test_each_schema_is_one_and_says_what_it_is(kind: str) -> None:
    schema = schema_of(kind)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["$id"] == f"urn:maturity:schema:{kind}:1"
    assert schema["title"] == f"maturity {kind}"
    assert schema["description"]


@pytest.mark.parametrize("kind", FORMATS)
def test_the_schema_that_is_kept_is_the_models(kind: str) -> None:
    kept = (SCHEMAS / f"{kind}-1.json").read_text(encoding="utf-8")
    assert json.loads(kept) == schema_of(kind), "make docs renews it"
    assert program.run("schema", kind, "--lang", "en").stdout == kept


@pytest.mark.parametrize("kind", FORMATS)
def test_the_welsh_schema_is_the_same_but_for_what_it_says(kind: str) -> None:
    said: list[tuple[str, str]] = []

    def compare(english: Any, welsh: Any) -> None:
        if isinstance(english, dict):
            assert list(english) == list(welsh)
            for key, value in english.items():
                if key == "description" and isinstance(value, str):
                    said.append((value, welsh[key]))
                else:
                    compare(value, welsh[key])
        elif isinstance(english, list):
            assert len(english) == len(welsh)
            for ours, theirs in zip(english, welsh, strict=True):
                compare(ours, theirs)
        else:
            assert welsh == english

    schema, welsh = schema_of(kind), schema_in(kind, "cy")
    compare({**schema, "title": ""}, {**welsh, "title": ""})
    said.append((schema["title"], welsh["title"]))
    assert [english for english, cymraeg in said if english == cymraeg] == []
    known = {text for text, _ in descriptions()}
    assert [english for english, _ in said if english not in known] == []
    assert schema_in(kind, "en") == schema


def test_the_welsh_schemas_are_kept_and_printed() -> None:
    for kind in FORMATS:
        kept = (SCHEMAS / f"{kind}-1.cy.json").read_text(encoding="utf-8")
        assert json.loads(kept) == schema_in(kind, "cy"), "make docs renews it"
    assert program.run("schema", kind, "--lang", "cy").stdout == kept
    assert program.run("schema", kind, env={**os.environ, "MATURITY_LANG": "cy"}).stdout == kept


def test_no_title_of_a_key_is_in_english_words() -> None:
    """Editors print a title above the description: there the key stands as it is written."""
    keys = [
        (key, value["title"])
        for kind in FORMATS
        for _, part in _models(kind)
        for key, value in part.get("properties", {}).items()
        if "title" in value
    ]
    assert keys and [(key, title) for key, title in keys if key != title] == []


def test_the_command_knows_every_kind() -> None:
    assert [kind.value for kind in Kind] == list(FORMATS)
    assert {path.name for path in SCHEMAS.iterdir()} == {
        f"{kind}-1{language}.json" for kind in FORMATS for language in ("", ".cy")
    }
    assert {name.removeprefix("maturity-").split("/")[0] for name in READ} <= set(FORMATS)


def _models(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    schema = schema_of(kind)
    root = FORMATS[kind]
    yield root.__name__, schema
    yield from schema.get("$defs", {}).items()


@pytest.mark.parametrize("kind", FORMATS)
def test_every_key_and_every_part_is_described(kind: str) -> None:
    silent = []
    for model, part in _models(kind):
        if not part.get("description"):
            silent.append(model)
        silent += [
            f"{model}.{key}"
            for key, value in part.get("properties", {}).items()
            if not value.get("description")
        ]
    assert silent == []


def test_every_description_is_used() -> None:
    keys = {
        (model, key)
        for kind in FORMATS
        for model, part in _models(kind)
        for key in part.get("properties", {})
    }
    used = {f"{model}.{key}" for model, key in keys} | {key for _, key in keys}
    assert KEYS.keys() - used == set()
    for words in KEYS.values():
        assert (words.endswith((".", "...")) and words[0].isupper()) or words.startswith("`")


@pytest.mark.parametrize("path", BUNDLED, ids=name_of)
def test_every_bundled_file_names_its_schema_first(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    found = MODELINE.fullmatch(first)
    assert found, f"the first line is {first!r}"
    schema = (path.parent / found[1]).resolve()
    assert schema == SCHEMAS / f"{kind_of(read(path))}-1.json"
    assert schema.is_file()


@pytest.mark.parametrize("path", BUNDLED, ids=name_of)
def test_every_bundled_file_passes(path: Path) -> None:
    data = read(path)
    assert list(validator(str(kind_of(data))).iter_errors(data)) == []


def test_check_jsonschema_says_so_too() -> None:
    """Another program, with a YAML reader of its own, over the schemas and the files as they are kept."""
    for kind in {kind_of(read(path)) for path in BUNDLED}:
        files = [path for path in BUNDLED if kind_of(read(path)) == kind]
        done = subprocess.run(
            [sys.executable, "-m", "check_jsonschema", "--schemafile", SCHEMAS / f"{kind}-1.json", *files],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "path",
    [*sorted((DATA / "base").glob("*.yaml")), *sorted((DATA / "positive").rglob("*.yaml"))],
    ids=lambda p: p.stem,
)
def test_what_is_sound_passes(path: Path) -> None:
    data = read(path)
    assert kind_of(data) is not None
    assert list(validator(str(kind_of(data))).iter_errors(data)) == []


STRUCTURAL = re.compile(r"^# expect: (S\d{3}) at", re.MULTILINE)
BEYOND_A_SCHEMA = {
    "S022-no-following-year": "a pattern cannot count on from the year before",
    "S018-no-such-day": "a pattern tells how a date is written, not how many days February has",
}
"""Damaged files of whose structure the model complains and the schema does not, and why."""


def _damaged() -> list[Path]:
    files = sorted((DATA / "negative").rglob("*.yaml"))
    return [path for path in files if STRUCTURAL.search(path.read_text(encoding="utf-8", errors="replace"))]


@pytest.mark.parametrize("path", _damaged(), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_what_is_damaged_in_its_structure_is_refused(path: Path) -> None:
    data = read(path)
    kind = kind_of(data) or path.parent.name
    refused = any(True for _ in validator(kind).iter_errors(data))
    assert refused != (path.stem in BEYOND_A_SCHEMA), BEYOND_A_SCHEMA.get(
        path.stem, "the schema lets it pass"
    )


def test_there_is_a_damaged_file_of_every_sort() -> None:
    assert len(_damaged()) > 30
    assert BEYOND_A_SCHEMA.keys() <= {path.stem for path in _damaged()}


@pytest.mark.parametrize(
    "path",
    [
        *sorted((ROOT / "questionnaires").rglob("*.yaml")),
        DATA / "base" / "rubric.yaml",
        DATA / "base" / "questionnaire.yaml",
        DATA / "base" / "assessment.yaml",
    ],
    ids=name_of,
)
def test_what_the_schema_takes_the_model_takes_in_structure(path: Path) -> None:
    """Every mapping of a sound file with a key too many, and every required key taken out, is refused by the schema."""
    data = read(path)
    kind = str(kind_of(data))
    for where in list(_mappings(data))[:: max(1, sum(1 for _ in _mappings(data)) // 40)]:
        damaged = copy.deepcopy(data)
        _at(damaged, where)["Not A Key"] = []
        assert not validator(kind).is_valid(damaged), where
    for key in [key for key in data if key in schema_of(kind)["required"]]:
        assert not validator(kind).is_valid({k: v for k, v in data.items() if k != key}), key


def _mappings(data: Any, where: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(data, dict):
        yield where
    for key, value in (
        data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    ):
        yield from _mappings(value, (*where, key))


def _at(data: Any, where: tuple[str | int, ...]) -> Any:
    for step in where:
        data = data[step]
    return data
