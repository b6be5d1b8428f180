"""Checking all bundled content, against only parsing it, and against checking its structure alone."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from timing import ROOT, Action, in_turn, process, ratio

from maturity.models.schema import schema_of

# The whole of what libyaml's own loader must do to read the same files: it gives no positions and checks nothing.
PARSE = """
import sys
import yaml

for name in sys.argv[1:]:
    with open(name, "rb") as file:
        yaml.load(file, Loader=yaml.CSafeLoader)
"""


def rows() -> list[tuple[str, float, float]]:
    """Whole processes over the same files: questionnaires, rubrics and migrations, and the answers of the examples."""
    files = sorted([*ROOT.glob("questionnaires/*/*.yaml"), *ROOT.glob("examples/wales-*/*.yaml")])
    ours = process(sys.executable, "-m", "maturity", "validate", *files)
    parse = process(sys.executable, "-c", PARSE, *files)
    with tempfile.TemporaryDirectory() as folder:
        by_schema = in_turn([_by_schema(Path(folder), kind, of) for kind, of in _kinds(files).items()])
        return [
            ("validating all bundled content, against libyaml only parsing it", ratio(ours, parse), 3),
            ("the same, against check-jsonschema with our schemas", ratio(ours, by_schema, rounds=5), 1),
        ]


def _kinds(files: list[Path]) -> dict[str, list[Path]]:
    """The files of each kind, as their `format:` says."""
    kinds: dict[str, list[Path]] = {}
    for path in files:
        line = next(x for x in path.read_text(encoding="utf-8").split("\n") if x.startswith("format:"))
        kinds.setdefault(line.removeprefix("format: maturity-").split("/")[0], []).append(path)
    return kinds


def _by_schema(folder: Path, kind: str, files: list[Path]) -> Action:
    """One process of check-jsonschema over all files of a kind."""
    schema = folder / f"{kind}.json"
    schema.write_text(json.dumps(schema_of(kind)), encoding="utf-8")
    return process(sys.executable, "-m", "check_jsonschema", "--schemafile", schema, *files)
