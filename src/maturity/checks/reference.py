"""The reference of all problems that are told, as Markdown: docs/checks.md is made of it by ``make docs``."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping

from maturity.checks.details import detail
from maturity.checks.registry import kinds, rules
from maturity.locale.words import Words
from maturity.models.problem import Kind
from maturity.models.text import Language

Headed = Mapping[Language, str]
Subjects = Mapping[str, tuple[Headed, tuple[str, ...]]]
HEAD: Headed = {
    "en": """# What `maturity validate` finds

[Cymraeg](checks.cy.md)

Made from the rules by `make docs`. Each problem has a code that stays; in what it says, *words like this* stand for details
of the file. An error stands in the way of scoring; a warning does not.

All are told in one run. Where a file's keys and values have errors, or its questionnaire's have, the rules look at all else,
and leave out only what may change once the errors are corrected: then it is said that more may be found. Where a file stops
being YAML, what stands before that place is checked. What other commands find stands below in sections of its own.
""",
    "cy": """# Yr hyn y mae `maturity validate` yn dod o hyd iddo

[English](checks.md)

Gwnaed o'r rheolau gan `make docs`. Mae gan bob problem god sy'n aros; yn yr hyn y mae'n ei ddweud, mae *geiriau fel hyn* yn
cynrychioli manylion y ffeil. Mae gwall yn rhwystro sgorio; nid yw rhybudd yn gwneud hynny.

Dywedir y cyfan mewn un rhediad. Lle mae gwallau yn allweddi a gwerthoedd ffeil, neu yn rhai ei holiadur, mae'r rheolau'n edrych ar
bopeth arall, ac yn gadael allan yn unig yr hyn a allai newid ar ôl cywiro'r gwallau: yna dywedir y gellir dod o hyd i ragor. Lle
mae ffeil yn peidio â bod yn YAML, gwirir yr hyn sydd cyn y man hwnnw. Isod, mewn adrannau ar wahân, mae'r hyn y mae gorchmynion
eraill yn dod o hyd iddo.
""",
}
COLUMNS: Headed = {
    "en": "| code | severity | what it says | what to do |",
    "cy": "| cod | difrifoldeb | beth mae'n ei ddweud | beth i'w wneud |",
}
SEVERITIES: Mapping[str, Headed] = {
    "error": {"en": "error", "cy": "gwall"},
    "warning": {"en": "warning", "cy": "rhybudd"},
}

SUBJECTS: Subjects = {
    "files": (
        {"en": "Files", "cy": "Ffeiliau"},
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
    "structure": ({"en": "Keys and values", "cy": "Allweddi a gwerthoedd"}, ("maturity.sources.structure",)),
    "texts": (
        {"en": "Texts", "cy": "Testunau"},
        ("maturity.checks.translations", "maturity.checks.links", "maturity.checks.lengths"),
    ),
    "questionnaires": ({"en": "Questionnaires", "cy": "Holiaduron"}, ()),
    "rubrics": ({"en": "Rubrics", "cy": "Cyfarwyddiadau sgorio"}, ()),
    "migrations": ({"en": "Migrations", "cy": "Ffeiliau mudo"}, ()),
    "assessments": (
        {"en": "Answers", "cy": "Atebion"},
        ("maturity.checks.answers", "maturity.checks.validate", "maturity.sources.registers"),
    ),
    "registers": (
        {"en": "Registers", "cy": "Cofrestrau"},
        ("maturity.sources.register_file", "maturity.checks.open_register"),
    ),
    "scorecards": ({"en": "Scorecards", "cy": "Cardiau sgorio"}, ("maturity.scoring.recheck",)),
}
"""Subject → its heading, and the modules besides its rules that declare problems of it."""


RULED = ("questionnaires", "rubrics", "migrations", "assessments", "registers", "scorecards")
"""Subjects that have rules of their own."""


def checks_reference(more: Subjects | None = None, language: Language = "en") -> str:
    """All kinds of problems with files of ours, by subject and by the module that finds them.

    `more` subjects, as in SUBJECTS, come from rooms that this one does not know.
    """
    lines, told, words = [HEAD[language]], set[str](), Words(language)
    for subject, (heading, others) in {**SUBJECTS, **(more or {})}.items():
        modules = [importlib.import_module(name) for name in others]
        if subject in RULED:
            modules = [rule.module for rule in rules(subject)] + modules
        lines.append(f"\n## {heading[language]}\n")
        lines += [COLUMNS[language], "|---|---|---|---|"]
        for kind in sorted({k for module in modules for k in kinds(module)}, key=lambda k: k.code):
            if kind.code not in told:
                lines.append(_row(kind, words))
                told.add(kind.code)
    return "\n".join(lines) + "\n"


def _row(kind: Kind, words: Words) -> str:
    severity = SEVERITIES[kind.severity][words.language]
    wording, remedy = (
        _cell(words(text), words.language, kind.code) if text else "" for text in (kind.wording, kind.remedy)
    )
    return f"| {kind.code} | {severity} | {wording} | {remedy} |"


def _cell(words: str, language: Language, code: str) -> str:
    """Details as *words*, parted from letters beside them; doubled braces are the text's own."""
    words = words.replace("{{", "\0").replace("}}", "\1").replace("{hint}", "")
    words = words.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;")
    words = re.sub(
        r"(?<=\w)\{|\}(?=\w)", lambda brace: f" {brace[0]}" if brace[0] == "{" else f"{brace[0]} ", words
    )
    words = re.sub(r"\{(\w+)(?::[^}]*)?\}", lambda place: f"*{detail(place[1], language, code)}*", words)
    return words.replace("\0", "{").replace("\1", "}").strip()
