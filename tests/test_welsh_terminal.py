"""What commands show on a terminal: no word of the other language, and no word lost or broken where there is little room."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from languages import strange, told_by
from maturity.cli.commands import add_to
from maturity.intake.scored import Scored
from maturity.models.text import LANGUAGES

ROOT = Path(__file__).parent.parent
LONG = bool(os.environ.get("MATURITY_ATTACK"))
WIDTHS = (40, 80, 120) if LONG else (40, 80)
BENCHMARK = (
    *("benchmark", "examples/wales-2026", "--previous", "examples/wales-2017", "--for", "Conwy"),
    *("--peers", "region", "--peers", "nearest:5", "--together", "--evidence-above", "1", "--series"),
    *("--draws", "20"),
)
COMMANDS = {
    "list": ("list",),
    "register": ("show", "wales"),
    "rubric": ("show", "socitm", "--rubric"),
    "plan": ("show", "socitm", "--plan"),
    "score": ("score", "examples/wales-2026"),
    "explain": ("explain", "examples/wales-2026/cardiff.yaml"),
    "findings": ("findings", "examples/wales-2026", "--previous", "examples/wales-2017"),
    "benchmark": BENCHMARK,
    "validate": ("validate", "examples/wales-2026", "questionnaires"),
}
UNHEADED = {
    "list": {"What", "Id", "Version", "Title", "Beth", "Fersiwn", "Teitl"},
    "register": {"Code", "Council", "Cod", "Cyngor"},
    "rubric": {"Item", "Eitem", "Measure", "Mesur", "From", "Level", "Lefel", "Description", "Disgrifiad"},
    "score": {"Council", "Period", "Cyngor", "Cyfnod"},
    "benchmark": {
        "Measure",
        "Others",
        "Mesur",
        "Eraill",
        "middle",
        "canol",
        "sylw",
        "Columns",
        "numbers",
        "Colofnau",
        "rhifau",
    },
}
"""Headings, and what signs of a drawing mean, that a list can do without: it stands for a table where there is little room."""
ID = re.compile(r"\S*[\w)][._/@-][\w(]\S*|\b\S+ (?=-?\d+(\.\d+)?([,;\s]|$))|(?<= = )\S+")
"""Ids are in no language, and are broken where a line ends."""
KEYS = r"^ *[\w.-]+ <-.*|^  \w+ [\w, .-]+$|\b(items|theme|dimension|overall|mean|none|every)(?= |,|:|;|$)|(?<=cyfyngu )\w+"
"""Ids and keys of the rubric's own, where it is shown as its file has it."""
WORD = re.compile(r"[^\W\d_]{3,}")


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs a command in this process, before a terminal of so many columns."""
    app = typer.Typer()
    add_to(app)
    monkeypatch.chdir(ROOT)

    def show(columns: int, *arguments: str) -> str:
        for name, value in {
            "COLUMNS": str(columns),
            "LINES": "2000",
            "TERM": "dumb",
            "NO_COLOR": "1",
        }.items():
            monkeypatch.setenv(name, value)
        out, error = Terminal(), Terminal()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", out)
            patched.setattr(sys, "stderr", error)
            assert app(arguments, prog_name="maturity", standalone_mode=False) in (0, 1)
        return out.getvalue() + error.getvalue()

    return show


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_no_word_is_strange_cut_or_lost(
    shown: Callable[..., str], scored_2026: list[Scored], name: str, language: str
) -> None:
    arguments = (*COMMANDS[name], "--lang", language)
    wide = shown(400, *arguments)
    said = wide
    for own in told_by([s.assessment for s in scored_2026]):
        said = said.replace(own, " ")
    if name in ("rubric", "plan"):
        said = re.sub(KEYS, " ", said, flags=re.MULTILINE)
    assert strange((ID.sub(" ", line) for line in said.splitlines()), language) == []
    words = set(WORD.findall(ID.sub(" ", wide)))
    assert len(words) > 3
    for columns in WIDTHS if name != "benchmark" or LONG else (40,):
        narrow = shown(columns, *arguments)
        assert "…" not in narrow
        # What people copy into other programs is not broken by this one.
        assert all(len(line) <= columns for line in narrow.splitlines()) or name == "plan"
        lost = words - set(WORD.findall(narrow)) - (UNHEADED.get(name, set()) if columns < 120 else set())
        assert lost == set(), columns
