"""Makes docs/reference.md, docs/checks.md and docs/schemas/ from models and rules: ``make docs``. A test keeps them equal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from maturity.checks.reference import Subjects, checks_reference
from maturity.models.schema import FORMATS, schema_of

HEAD = """# Reference of files

Made from the models by `make docs`; the JSON Schemas themselves are in [schemas/](schemas/). Required keys are marked with *.
How the parts of a rubric work together is told in [rubrics.md](rubrics.md).
"""


MORE: Subjects = {
    "versions": (
        {"en": "Comparing versions", "cy": "Cymharu fersiynau"},
        (
            "maturity.versions.editions",
            "maturity.versions.revisions",
            "maturity.versions.pairs",
            "maturity.versions.owed",
            "maturity.versions.difference",
        ),
    ),
    "workbooks": (
        {"en": "Workbooks", "cy": "Llyfrau gwaith"},
        ("maturity.intake.findings", "maturity.intake.workers"),
    ),
    "tables": (
        {"en": "Tables", "cy": "Tablau"},
        (
            "maturity.intake.table_findings",
            "maturity.intake.table_misshapen",
            "maturity.intake.table_signs",
            "maturity.intake.other_sets",
        ),
    ),
    "merging": ({"en": "Merging respondents", "cy": "Cyfuno ymatebwyr"}, ("maturity.intake.merge_findings",)),
    "scoring": (
        {"en": "Scoring many files", "cy": "Sgorio llawer o ffeiliau"},
        (
            "maturity.intake.collect",
            "maturity.intake.reading",
            "maturity.intake.scored",
            "maturity.reports.scores",
            "maturity.cli.wanted",
            "maturity.reports.scores_parquet",
            "maturity.reports.scores_table",
            "maturity.scoring.recheck",
        ),
    ),
    "migrating": (
        {"en": "Migrating answers", "cy": "Mudo atebion"},
        (
            "maturity.versions.route",
            "maturity.intake.migrated",
            "maturity.intake.migrated_rivals",
            "maturity.cli.migrate",
            "maturity.cli.migrate_write",
        ),
    ),
    "comparing": (
        {"en": "Comparing councils", "cy": "Cymharu cynghorau"},
        (
            "maturity.intake.periods",
            "maturity.cli.periods",
            "maturity.benchmark.peer_choice",
            "maturity.benchmark.evidenced",
            "maturity.cli.pack",
        ),
    ),
    "interview": (
        {"en": "The interview", "cy": "Y cyfweliad"},
        (
            "maturity.assess.opening",
            "maturity.assess.interview",
            "maturity.assess.earlier",
            "maturity.assess.record",
            "maturity.assess.hold",
            "maturity.cli.assess_start",
        ),
    ),
    "templates": (
        {"en": "Pages, and templates of your own", "cy": "Tudalennau, a'ch templedi eich hun"},
        (
            "maturity.reports.theme",
            "maturity.reports.theme_style",
            "maturity.reports.logo",
            "maturity.reports.themed",
            "maturity.cli.benchmark_summary",
        ),
    ),
    "commands": (
        {"en": "What commands are told", "cy": "Yr hyn a ddywedir wrth orchmynion"},
        ("maturity.cli.options", "maturity.cli.overwrite", "maturity.cli.shelf"),
    ),
}
"""Problems that the rules do not find, but commands do."""


def made() -> dict[str, str]:
    """File name under docs/ → content."""
    files = {
        "reference.md": reference(),
        "checks.md": checks_reference(MORE),
        "checks.cy.md": checks_reference(MORE, "cy"),
    }
    for kind in FORMATS:
        files[f"schemas/{kind}-1.json"] = json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n"
    return files


def reference() -> str:
    """All kinds of file, each with its parts as tables of keys."""
    lines = [HEAD]
    for kind in FORMATS:
        schema = schema_of(kind)
        lines.append(f"\n## {kind.capitalize()}\n")
        lines += _part(schema)
        for name, part in sorted(schema.get("$defs", {}).items()):
            if part.get("type") == "object" and part.get("properties"):
                lines.append(f"\n### {kind}: {name}\n")
                lines += _part(part)
    return "\n".join(lines) + "\n"


def _part(part: dict[str, Any]) -> Iterator[str]:
    if part.get("description"):
        yield part["description"] + "\n"
    yield "| key | type | default | what it says |"
    yield "|---|---|---|---|"
    required = part.get("required", [])
    for key, value in part["properties"].items():
        star = "*" if key in required else ""
        default = (
            ""
            if "default" not in value or value["default"] in (None, [], {})
            else f"`{json.dumps(value['default'], ensure_ascii=False)}`"
        )
        says = " ".join(str(value.get("description", "")).split()).replace("|", "\\|")
        yield f"| `{key}`{star} | {_type(value)} | {default} | {says} |"


def _type(value: dict[str, Any]) -> str:
    if "$ref" in value:
        return value["$ref"].rsplit("/", 1)[-1]
    if "const" in value:
        return f"`{value['const']}`"
    if "enum" in value:
        return ", ".join(f"`{v}`" for v in value["enum"])
    for key in ("anyOf", "oneOf"):
        if key in value:
            return " or ".join(dict.fromkeys(_type(v) for v in value[key] if v.get("type") != "null"))
    if value.get("type") == "array":
        return f"list of {_type(value.get('items', {}))}"
    if value.get("type") == "object":
        inner = value.get("additionalProperties") or next(
            iter(value.get("patternProperties", {}).values()), {}
        )
        return f"id → {_type(inner)}" if isinstance(inner, dict) and inner else "id → any"
    return str(value.get("type", "any"))


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, content in made().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
