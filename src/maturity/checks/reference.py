"""The reference of all problems that are told, as Markdown: docs/checks.md is made of it by ``make docs``."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from types import ModuleType

from maturity.checks.registry import kinds, rules
from maturity.models.problem import Kind

HEAD = """# What `maturity validate` finds

Made from the rules by `make docs`. Each problem has a code that stays; in what it says, *words like this* stand for details
of the file. An error stands in the way of scoring; a warning does not.

All are told in one run. Where a file's keys and values have errors, or its questionnaire's have, the rules look at all else,
and leave out only what may change once the errors are corrected: then it is said that more may be found. Where a file stops
being YAML, what stands before that place is checked. What other commands find stands below in sections of its own.
"""

SUBJECTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "files": (
        "Files",
        (
            "maturity.sources.files",
            "maturity.sources.search",
            "maturity.sources.yaml_text",
            "maturity.sources.yaml_reader",
            "maturity.sources.yaml_syntax",
            "maturity.sources.scorecards",
            "maturity.sources.scorecards_parts",
            "maturity.sources.load",
            "maturity.checks.whose",
            "maturity.checks.among",
            "maturity.sources.shelf",
            "maturity.sources.published",
            "maturity.checks.publish",
        ),
    ),
    "structure": ("Keys and values", ("maturity.sources.structure",)),
    "texts": (
        "Texts",
        ("maturity.checks.translations", "maturity.checks.links", "maturity.checks.lengths"),
    ),
    "questionnaires": ("Questionnaires", ()),
    "rubrics": ("Rubrics", ()),
    "migrations": ("Migrations", ()),
    "assessments": (
        "Answers",
        ("maturity.checks.answers", "maturity.checks.validate", "maturity.sources.registers"),
    ),
    "registers": ("Registers", ("maturity.sources.register_file", "maturity.checks.open_register")),
    "scorecards": ("Scorecards", ("maturity.scoring.recheck",)),
}
"""Subject → its heading, and the modules besides its rules that declare problems of it."""


RULED = ("questionnaires", "rubrics", "migrations", "assessments", "registers", "scorecards")
"""Subjects that have rules of their own."""


def checks_reference(more: Mapping[str, tuple[str, tuple[str, ...]]] | None = None) -> str:
    """All kinds of problems with files of ours, by subject and by the module that finds them.

    `more` subjects, as in SUBJECTS, come from rooms that this one does not know.
    """
    lines, told = [HEAD], set[str]()
    for subject, (heading, others) in {**SUBJECTS, **(more or {})}.items():
        modules = [importlib.import_module(name) for name in others]
        if subject in RULED:
            modules = [rule.module for rule in rules(subject)] + modules
        lines.append(f"\n## {heading}\n")
        lines += _rules(modules)
        lines += ["", "| code | severity | what it says | what to do |", "|---|---|---|---|"]
        for kind in sorted({k for module in modules for k in kinds(module)}, key=lambda k: k.code):
            if kind.code not in told:
                lines.append(_row(kind))
                told.add(kind.code)
    return "\n".join(lines) + "\n"


def _rules(modules: list[ModuleType]) -> Iterator[str]:
    """What each module sees to, in its own words."""
    for module in modules:
        words = " ".join((module.__doc__ or "").split())
        name = module.__name__.rsplit(".", 1)[-1].replace("_", " ")
        yield f"- **{name}**: {words}"


def _row(kind: Kind) -> str:
    return f"| {kind.code} | {kind.severity} | {_cell(kind.wording)} | {_cell(kind.remedy)} |"


def _cell(words: str) -> str:
    """Details as *words*; doubled braces are the text's own."""
    words = words.replace("{{", "\0").replace("}}", "\1").replace("{hint}", "")
    words = words.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;")
    words = words.replace("{", "*").replace("}", "*")
    return words.replace("\0", "{").replace("\1", "}").strip()
