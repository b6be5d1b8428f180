"""What commands show on a terminal: no word of the other language, and no word lost or broken where there is little room."""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Callable
from itertools import count, product
from pathlib import Path
from shutil import copy2

import pytest
import typer

import maturity
from languages import strange, told_by
from maturity.cli.commands import add_to
from maturity.cli.options import progress
from maturity.intake.scored import Scored
from maturity.locale.words import Words
from maturity.models.text import LANGUAGES
from test_merge_cli import ANSWERS, SMALL, write
from typist import Terminal

ROOT = Path(__file__).parent.parent
LONG = bool(os.environ.get("MATURITY_ATTACK"))
WIDTHS = (40, 80, 120) if LONG else (40, 80)
BENCHMARK = (
    *("benchmark", "examples/wales-2026", "--previous", "examples/wales-2017", "--for", "Conwy"),
    *("--peers", "region", "--peers", "nearest:5", "--together", "--evidence-above", "1", "--series"),
    *("--draws", "20"),
)
WRONG = tuple(
    f"tests/data/checks/negative/assessment/{name}.yaml" for name in ("A002-misspelt", "A010-level")
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
    "questions": ("show", "socitm"),
    "migrate": ("migrate", "examples/wales-2017/conwy.yaml", "--to", "2.0.0", "--dry-run"),
    "diff": ("diff", "socitm@1.0.0", "socitm@2.0.0", "--responses", "examples/wales-2017/conwy.yaml"),
    "lock": ("lock", "questionnaires", "--check"),
    "unlocked": ("lock", "{tmp}", "--check"),
    "mapping": ("mapping", "examples/tables/own-headings.csv", "-q", "socitm@1.0.0"),
    "merge": (
        "merge",
        "{tmp}/atebion",
        "-o",
        "{tmp}/{run}.yaml",
        "-q",
        "{tmp}/questionnaire.yaml",
        "--rule",
        "mode",
    ),
    "template": ("template", "{tmp}/{run}.xlsx", "--council", "Conwy", "-q", "{tmp}/questionnaire.yaml"),
    "findings of validate": ("validate", "tests/data/checks/base", *WRONG),
}
UNHEADED = {
    "list": {"What", "Id", "Version", "Title", "Beth", "Fersiwn", "Teitl"},
    "register": {"Code", "Council", "Cod", "Cyngor"},
    "rubric": {"Item", "Eitem", "Measure", "Mesur", "From", "Level", "Lefel", "Description", "Disgrifiad"},
    "score": {"Council", "Period", "Cyngor", "Cyfnod"},
    "diff": {"Measure", "Mesur"},
    "merge": {"Question", "Cwestiwn"},
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
KEYS = r"^ *[\w.-]+ <-.*|^  \w+ [\w, .-]+$|\b(items|theme|dimension|overall|mean|none|every)(?= |,|:|;|$)|(?<=cyfyngu )\w+"
"""Ids and keys of the rubric's own, where it is shown as its file has it."""
QUOTED = {
    "rubric": KEYS,
    "plan": KEYS,
    # Options' ids before what they say, behind a sign too, and in brackets beside a question's.
    "questions": r"^ +[\w-]+:(?= )|\([\w-]+\)$",
    "migrate": r"^ +- [\w-]+:(?= )|\([\w-]+\)",
    # What stood and what stands there, and addresses in files.
    "diff": r"^ +[-+] .*|^  recommendations/.*",
    # Headings of the table that is mapped, and keys.
    "mapping": r'^ *(# )?"[^"]*":.*|^\w+:.*|^(# )?(organisation|period): .*',
    # The line of the file, and options' ids.
    "findings of validate": r"^.*\n *\^$|(?<=: )\w+, \w+, \w+\.$",
}
"""What is a file's own, where a command shows it: in no language of ours, or in both."""
ID = re.compile(r"\S*[\w)][._/@-][\w(]\S*|\b\S+ (?=-?\d+(\.\d+)?([,;\s]|$))|(?<= = )\S+")
"""Ids are in no language, and are broken where a line ends."""
COPIED = ("plan", "mapping", "template")
"""What these say is copied, all or a command in it."""
LINES_CUT = ("findings of validate",)
"""Around the place of a finding the file's line is cut."""
LONG_ONES = ("benchmark", "diff", "lock")
WORD = re.compile(r"[^\W\d_]{3,}")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., str]:
    """Runs a command in this process, before a terminal of so many columns."""
    runs = count()
    app = typer.Typer()
    add_to(app)
    monkeypatch.chdir(ROOT)
    copy2(SMALL, tmp_path)
    (tmp_path / "atebion").mkdir()
    for name, (role, given) in ANSWERS.items():
        write(tmp_path / "atebion" / f"{name}.yaml", role, given)

    def show(columns: int, *arguments: str) -> str:
        for name, value in {
            "COLUMNS": str(columns),
            "LINES": "2000",
            "TERM": "dumb",
            "NO_COLOR": "1",
        }.items():
            monkeypatch.setenv(name, value)
        out, error, number = Terminal(), Terminal(), next(runs)
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", out)
            patched.setattr(sys, "stderr", error)
            named = [one.format(tmp=tmp_path, run=f"run-{number}") for one in arguments]
            assert app(named, prog_name="maturity", standalone_mode=False) in (0, 1)
        return out.getvalue() + error.getvalue()

    return show


@pytest.mark.parametrize(
    ("name", "language"),
    # What takes seconds is seen in the longer words, which are Welsh, and in both on demand.
    [(n, one) for n in COMMANDS for one in LANGUAGES if LONG or one == "cy" or n not in ("diff", "lock")],
)
def test_no_word_is_strange_cut_or_lost(
    shown: Callable[..., str], scored_2026: list[Scored], name: str, language: str
) -> None:
    arguments = (*COMMANDS[name], "--lang", language)
    wide = shown(1500, *arguments)
    said = wide
    for own in told_by([s.assessment for s in scored_2026]):
        said = said.replace(own, " ")
    if name in QUOTED:
        said = re.sub(QUOTED[name], " ", said, flags=re.MULTILINE)
    assert strange((ID.sub(" ", line) for line in said.splitlines()), language) == []
    words = set(WORD.findall(ID.sub(" ", wide if name not in LINES_CUT else said)))
    assert words
    for columns in WIDTHS if name not in LONG_ONES or LONG else (40,):
        narrow = shown(columns, *arguments)
        assert narrow.count("…") == wide.count("…")
        # What people copy into other programs is not broken by this one, nor is an address that is longer than a line.
        too_long = [line for line in narrow.splitlines() if len(line) > columns and " " in line.strip()]
        assert too_long == [] or name in COPIED
        lost = words - set(WORD.findall(narrow)) - (UNHEADED.get(name, set()) if columns < 120 else set())
        assert lost == set(), columns


def bars() -> list[ast.expr]:
    """What stands beside each progress bar, as the code has it; wherever one is drawn."""
    return [
        call.args[0]
        for path in sorted(Path(maturity.__file__).parent.rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and "progress" in (getattr(call.func, "attr", ""), getattr(call.func, "id", ""))
        and len(call.args) == 1
    ]


def test_bars_of_long_work_are_said_and_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every bar stands beside words that are translated, and is drawn in so many columns with all its words."""
    known, seen = bars(), set[str]()
    assert len(known) >= 8
    for language, columns in product(LANGUAGES, WIDTHS if LONG else (40,)):
        for bar in known:
            assert isinstance(bar, ast.Call), ast.unparse(bar)
            assert ast.unparse(bar.func) in ("words", "Words(language)"), ast.unparse(bar)
            said = Words(language)(ast.literal_eval(bar.args[0]))
            error = Terminal()
            with monkeypatch.context() as patched:
                patched.setenv("COLUMNS", str(columns))
                patched.setenv("TERM", "xterm")
                patched.setattr(sys, "stderr", error)
                with progress(said) as step:
                    step(12, 22)
            drawn = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", error.getvalue())
            lines = [line for line in re.split(r"[\r\n]+", drawn) if line.strip()]
            assert any(said in line and "12/22" in line for line in lines), drawn
            assert all(len(line.rstrip()) <= columns and "…" not in line for line in lines)
            assert strange([said], language) == []
            seen.add(said)
    assert len(seen) > len(known)
