"""Makes docs/reference.md, docs/checks.md and docs/schemas/ from models and rules, in both languages: ``make docs``.

A test keeps them equal.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from maturity.checks.reference import Subjects, checks_reference
from maturity.locale.formats import schema_in
from maturity.models.schema import FORMATS
from maturity.models.text import Language

HEAD: dict[Language, str] = {
    "en": """# Reference of files

[Cymraeg](reference.cy.md)

Made from the models by `make docs`. Required keys are marked with *. How the parts of a rubric work together is told in
[{rubrics}]({rubrics}).

The JSON Schemas themselves are in [schemas/](schemas/), and `maturity schema KIND` prints them. A YAML editor that reads one
completes keys, marks what is wrong, and shows the descriptions below when the pointer rests on a key. Name it in the first
line of a file, by its path from that file:

    # yaml-language-server: $schema=docs/schemas/rubric-1.json

`rubric-1.cy.json` beside it has the same keys and takes the same files, and its descriptions are Welsh;
`maturity schema rubric --lang cy` prints it.
""",
    "cy": """# Cyfeirlyfr y ffeiliau

[English](reference.md)

Gwnaed o'r modelau gan `make docs`. Mae * wrth bob allwedd sy'n ofynnol. Mae [{rubrics}]({rubrics}) yn dweud sut y mae rhannau
cyfarwyddyd sgorio'n gweithio gyda'i gilydd. Saesneg yw'r allweddi ac enwau'r rhannau, fel yn y ffeiliau.

Mae'r sgemâu JSON eu hunain yn [schemas/](schemas/), ac mae `maturity schema MATH --lang cy` yn eu dangos. Bydd golygydd YAML sy'n
darllen un ohonynt yn cwblhau allweddi, yn nodi'r hyn sydd o'i le, ac yn dangos y disgrifiadau isod wrth i'r pwyntydd orffwys ar
allwedd. Enwch y sgema yn llinell gyntaf ffeil, yn ôl ei lwybr o'r ffeil honno:

    # yaml-language-server: $schema=docs/schemas/rubric-1.cy.json

Yr un allweddi sydd yn `rubric-1.json` wrth ei ymyl, ac mae'n derbyn yr un ffeiliau, ond Saesneg yw ei ddisgrifiadau;
`maturity schema rubric --lang en` sy'n dangos hwnnw.
""",
}
COLUMNS: dict[Language, str] = {
    "en": "| key | type | default | what it says |",
    "cy": "| allwedd | math | diofyn | beth mae'n ei ddweud |",
}
TYPES: dict[Language, dict[str, str]] = {
    "en": {},
    "cy": {
        "or": "neu",
        "list of": "rhestr o",
        "id": "ID",
        "any": "unrhyw beth",
        "string": "testun",
        "number": "rhif",
        "integer": "rhif cyfan",
        "boolean": "`true` neu `false`",
    },
}
"""The words that types are told in; in English they are JSON Schema's own."""
SOFTENED = {"testun": "destun", "rhif": "rif", "rhestr": "restr"}
"""What stands after *o* and *neu*."""


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
        "reference.md": reference("en"),
        "reference.cy.md": reference("cy"),
        "checks.md": checks_reference(MORE),
        "checks.cy.md": checks_reference(MORE, "cy"),
    }
    for kind in FORMATS:
        files[f"schemas/{kind}-1.json"] = _json(schema_in(kind, "en"))
        files[f"schemas/{kind}-1.cy.json"] = _json(schema_in(kind, "cy"))
    return files


def _json(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def reference(language: Language) -> str:
    """All kinds of file, each with its parts as tables of keys."""
    lines = [HEAD[language].format(rubrics=_beside("rubrics", language))]
    for kind in FORMATS:
        schema = schema_in(kind, language)
        name = schema["title"].replace("maturity", "").strip()
        lines.append(f"\n## {name[0].upper()}{name[1:]}\n")
        lines += _part(schema, language)
        for part_name, part in sorted(schema.get("$defs", {}).items()):
            if part.get("type") == "object" and part.get("properties"):
                lines.append(f"\n### {name}: `{part_name}`\n")
                lines += _part(part, language)
    return "\n".join(lines) + "\n"


def _beside(guide: str, language: Language) -> str:
    """The guide's page in that language, or in English as long as there is none."""
    name = f"{guide}.{language}.md"
    return name if (Path(__file__).parent / name).is_file() else f"{guide}.md"


def _part(part: dict[str, Any], language: Language) -> Iterator[str]:
    if part.get("description"):
        yield part["description"] + "\n"
    yield COLUMNS[language]
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
        yield f"| `{key}`{star} | {_type(value, TYPES[language])} | {default} | {says} |"


def _type(value: dict[str, Any], words: dict[str, str]) -> str:
    if "$ref" in value:
        return f"`{value['$ref'].rsplit('/', 1)[-1]}`"
    if "const" in value:
        return f"`{value['const']}`"
    if "enum" in value:
        return ", ".join(f"`{v}`" for v in value["enum"])
    for key in ("anyOf", "oneOf"):
        if key in value:
            several = dict.fromkeys(_type(v, words) for v in value[key] if v.get("type") != "null")
            return _joined(f" {words.get('or', 'or')} ", several)
    if value.get("type") == "array":
        return _joined(" ", [words.get("list of", "list of"), _type(value.get("items", {}), words)])
    if value.get("type") == "object":
        inner = value.get("additionalProperties") or next(
            iter(value.get("patternProperties", {}).values()), {}
        )
        inner_type = _type(inner, words) if isinstance(inner, dict) and inner else words.get("any", "any")
        return f"{words.get('id', 'id')} → {inner_type}"
    name = str(value.get("type", "any"))
    return words.get(name, name)


def _joined(link: str, types: Iterable[str]) -> str:
    """Types as one, what follows the first mutated as it is in Welsh."""
    first, *others = types
    return link.join([first, *(re.sub(r"^\w+", lambda m: SOFTENED.get(m[0], m[0]), one) for one in others)])


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, content in made().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
