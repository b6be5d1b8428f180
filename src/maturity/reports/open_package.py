"""Open data as a Data Package: the tables as CSV and one data dictionary, datapackage.json (docs/open-data.md).

Frictionless Data Package 2.0, because its Table Schema can say that ``[c]`` in a column of numbers is a value that is
missing, and why; and because one file of plain JSON describes all tables.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from maturity.locale.words import N_, Words
from maturity.models.benchmark import Benchmark
from maturity.models.disclosure import NOT_APPLICABLE, NOT_SCORED, SUPPRESSED, Disclosure
from maturity.models.text import LANGUAGES, Language
from maturity.reports.open_data import open_tables
from maturity.reports.open_table import OpenTable
from maturity.scoring.score import Scorer

OPEN_DATA_FORMAT = "maturity-open-data/1"
DICTIONARY = "datapackage.json"
Both = tuple[Words, ...]
"""Both languages, first the one that was asked for."""
_PROFILES = "https://datapackage.org/profiles/2.0"

SYMBOLS = {
    "": N_("There is none."),
    SUPPRESSED: N_("Kept back, so that no organisation can be told apart."),
    NOT_SCORED: N_("Not scored, or too few are scored for this statistic."),
    NOT_APPLICABLE: N_("Does not apply."),
}
"""What stands instead of a value, and why: messages of the catalogue."""


def open_data(
    scorer: Scorer, benchmark: Benchmark, language: Language, *, made_on: dt.date
) -> dict[str, bytes]:
    """File name → its bytes: a CSV file for each table, then the data dictionary, whose sentences are in both languages,
    first in `language`."""
    both = tuple(Words(one) for one in (language, *(other for other in LANGUAGES if other != language)))
    tables = open_tables(scorer, benchmark)
    files = {f"{table.name}.csv": table.csv for table in tables}
    about = _about(scorer, benchmark, made_on, both)
    about["resources"] = [_resource(table, files[f"{table.name}.csv"], both) for table in tables]
    dictionary = json.dumps(about, ensure_ascii=False, indent=2) + "\n"
    return {**files, DICTIONARY: dictionary.encode("utf-8")}


def _said(key: str, both: Both, say: Callable[[Words], str]) -> dict[str, str]:
    """Under `key` the words in the language that was asked for, then in the other, as under ``title@cy``."""
    first, *others = both
    return {key: say(first), **{f"{key}@{words.language}": say(words) for words in others}}


def _about(scorer: Scorer, benchmark: Benchmark, made_on: dt.date, both: Both) -> dict[str, Any]:
    disclosure = benchmark.disclosure or Disclosure(
        "named", None, benchmark.n_submitted, benchmark.n_members, None
    )
    return {
        "maturity": {
            "format": OPEN_DATA_FORMAT,
            "disclosure": asdict(disclosure),
            "made_up": benchmark.made_up,
            "questionnaire": asdict(benchmark.questionnaire),
            "rubric": asdict(benchmark.rubric),
            "tool_version": benchmark.tool_version,
        },
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": f"maturity-benchmark-{_word(benchmark.period)}",
        **_said("title", both, lambda words: _title(scorer, benchmark, words)),
        **_said("description", both, lambda words: _description(benchmark, words)),
        "languages": [words.language for words in both],
        "created": f"{made_on.isoformat()}T00:00:00Z",
    }


def _title(scorer: Scorer, benchmark: Benchmark, words: Words) -> str:
    title = words.of(scorer.questionnaire.title)
    return words("{title}: benchmark, {period}", title=title, period=benchmark.period)


def _description(benchmark: Benchmark, words: Words) -> str:
    said = words("How organisations compare in their digital maturity, as they assessed it themselves.")
    if not benchmark.made_up:
        return said
    made_up = words("These results come from made-up answers: they say nothing about any organisation.")
    return f"{said} {made_up}"


def _word(text: str) -> str:
    return "".join(c if c.isalnum() and c.isascii() else "-" for c in text.casefold())


def _resource(table: OpenTable, content: bytes, both: Both) -> dict[str, Any]:
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        **_said("description", both, lambda words: words(table.says)),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": _schema(table, both),
    }


def _schema(table: OpenTable, both: Both) -> dict[str, Any]:
    def described(says: str, key: str = "description") -> dict[str, str]:
        return _said(key, both, lambda words: words(says))

    return {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [{"name": c.name, "type": c.type, **described(c.says)} for c in table.columns],
        "missingValues": [{"value": value, **described(label, "label")} for value, label in SYMBOLS.items()],
        "primaryKey": list(table.key),
        "foreignKeys": [
            {"fields": [column], "reference": {"resource": other, "fields": [theirs]}}
            for column, other, theirs in table.refers
        ],
    }
