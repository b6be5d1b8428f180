"""Names stand in the order of the reader's alphabet on pages, in workbooks and on the terminal: ll after l, rh after r, ff after f."""

from __future__ import annotations

import ast
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

import maturity
import report_data as data
from languages import in_workbook, on_page
from maturity.assess.councils import Councils
from maturity.assess.plain import PlainTerminal, Waiting
from maturity.benchmark.peers import peer_groups
from maturity.cli.benchmark_peers import show_peers
from maturity.cli.score_table import show_scores
from maturity.cli.terminal import console
from maturity.intake.scored import Scored
from maturity.intake.template import LISTS_SHEET, template_workbook
from maturity.locale.words import Words
from maturity.models.benchmark import Benchmark
from maturity.models.register import Register
from maturity.models.text import LANGUAGES, Language, Text
from maturity.reports.html import benchmark_page, council_page
from maturity.reports.pack import Pack, pack_index
from maturity.reports.workbook import benchmark_workbook, scores_workbook
from maturity.scoring.score import Scorer
from parts_data import OWN, whole
from workbook_data import MADE_ON

ORDERS: dict[Language, tuple[str, ...]] = {
    "en": (
        *("Chirk", "Cybi", "Ddraig", "Dyfi", "Ffestiniog", "Fyrnwy"),
        *("Llandudno", "Lwyd", "Rhondda", "Ruabon", "Thomas", "Tywi"),
    ),
    "cy": (
        *("Cybi", "Chirk", "Dyfi", "Ddraig", "Fyrnwy", "Ffestiniog"),
        *("Lwyd", "Llandudno", "Ruabon", "Rhondda", "Tywi", "Thomas"),
    ),
}
both = pytest.mark.parametrize("language", LANGUAGES)


def in_order(said: list[str]) -> list[str]:
    """The names among what is said, in the order in which they first come."""
    return list(
        dict.fromkeys(name for one in said for name in one.replace(",", " ").split() if name in ORDERS["en"])
    )


def named(places: Register) -> Register:
    """The same twelve places under the names above, in no order."""
    shuffled = sorted(ORDERS["en"], key=lambda name: name[::-1])
    return replace(
        places,
        organisations=tuple(
            replace(one, name=Text({"en": name, "cy": name}))
            for one, name in zip(places.organisations, shuffled, strict=True)
        ),
    )


@pytest.fixture(scope="module")
def drawn() -> tuple[Scorer, Register, Benchmark, list[Scored]]:
    scorer = data.scorer_of(data.questionnaire(), data.rubric())
    places = named(data.register(12))
    benchmark, now = data.benchmark_of(scorer, places, leave_out=0)
    benchmark = replace(benchmark, peers=peer_groups(scorer, places, benchmark, "X00000000", ["region"]))
    of = {one.code: one for one in places.organisations}
    scored = [Scored(of[code], *one) for code, one in now.items()]
    return scorer, places, benchmark, scored


@both
def test_pages(drawn: tuple[Scorer, Register, Benchmark, list[Scored]], language: Language) -> None:
    scorer, _, benchmark, _ = drawn
    page = benchmark_page(scorer, benchmark, language, made_on=MADE_ON, council="X00000000")
    table = page[page.index('id="t-scores"') :]
    assert in_order(list(on_page(f"<table><caption {table[: table.index('</table>')]}</table>"))) == [
        *ORDERS[language]
    ]
    members = next(one for one in on_page(page) if one.count(",") == 11 and "Chirk" in one)
    assert in_order([members.replace(".", " ")]) == [*ORDERS[language]]
    assert in_order(
        list(on_page(pack_index(Pack(scorer, benchmark, {}, (language,), MADE_ON), language)))
    ) == [*ORDERS[language]]


@both
def test_workbooks(drawn: tuple[Scorer, Register, Benchmark, list[Scored]], language: Language) -> None:
    scorer, places, benchmark, scored = drawn
    template = template_workbook(
        scorer.questionnaire,
        "0" * 64,
        Words(language),
        organisation=None,
        period=None,
        register=places,
        assessment=None,
        made_on=MADE_ON,
    )
    cards = [one.scorecard for one in scored]
    for content in (
        benchmark_workbook(scorer, benchmark, language, made_on=MADE_ON),
        scores_workbook(scorer, cards, places, language, MADE_ON),
        template,
    ):
        told = 0
        for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
            for column in sheet.iter_cols(values_only=True):
                names = [value for value in column if value in ORDERS["en"]]
                # Where rows are in groups, the order begins anew with each; what is ranked is not by name.
                if len(names) >= 12 and sheet.title != LISTS_SHEET and len(names) % 12:
                    continue
                if len(names) >= 12:
                    told += 1
                    assert names == [*ORDERS[language]] * (len(names) // 12), sheet.title
        assert told


@both
def test_the_terminal(
    drawn: tuple[Scorer, Register, Benchmark, list[Scored]],
    language: Language,
    capsys: pytest.CaptureFixture[Any],
) -> None:
    scorer, _, benchmark, scored = drawn
    show_scores(console(), scorer, scored, Words(language))
    assert in_order(capsys.readouterr().out.splitlines()) == [*ORDERS[language]]
    show_peers(console(), scorer, benchmark, Words(language))
    line = next(line for line in capsys.readouterr().out.splitlines() if line.count(",") == 11)
    assert in_order([line]) == [*ORDERS[language]]


NAME = f"(?:{'|'.join(ORDERS['en'])})"
LISTED = re.compile(rf"{NAME}(?:, {NAME})+")


@both
def test_names_within_sentences(monkeypatch: pytest.MonkeyPatch, language: Language) -> None:
    """Of everything that names several councils one after the other, and of the table of each change."""
    plainly = data.register
    monkeypatch.setattr(data, "register", lambda n: named(plainly(n)))
    scorer, benchmark, now = whole(n=12)
    pages = [
        benchmark_page(scorer, benchmark, language, made_on=MADE_ON, council=OWN),
        council_page(scorer, benchmark, OWN, language, assessment=now[OWN][0], made_on=MADE_ON),
    ]
    workbook = benchmark_workbook(scorer, benchmark, language, made_on=MADE_ON, council=OWN)
    said = {text for page in pages for text in on_page(page)} | set(in_workbook(workbook))
    lists = [re.findall(NAME, names) for text in said for names in LISTED.findall(text)]
    assert sum(len(names) > 3 for names in lists) > 5
    assert [names for names in lists if names != [one for one in ORDERS[language] if one in names]] == []
    tables = re.findall(r'id="t-change-.*?</table>', pages[0], flags=re.DOTALL)
    assert tables
    for table in tables:
        names = re.findall(rf">\s*({NAME})\s*<", table)
        assert len(names) > 5
        assert names == [one for one in ORDERS[language] if one in names]


@both
def test_names_that_are_asked_for(
    monkeypatch: pytest.MonkeyPatch, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is offered while a name is typed, and where several have what was typed; and the register itself."""
    places = named(data.register(12))
    offered = Councils(places, language).get_completions(Document("d"), CompleteEvent())
    assert [one.text for one in offered] == [name for name in ORDERS[language] if "d" in name.casefold()]
    terminal, typed = PlainTerminal(Waiting()), iter(["r", "Dyfi"])
    monkeypatch.setattr(terminal, "_read", lambda _words: next(typed))
    assert terminal.council(places, language) == "Dyfi"
    offered_again = in_order([capsys.readouterr().out.replace(".", " ")])
    assert len(offered_again) > 3
    assert offered_again == [name for name in ORDERS[language] if "r" in name.casefold()]


def test_the_order_is_nowhere_that_of_one_language() -> None:
    """Whoever sorts names does so for the reader: no call names a language itself."""
    told = []
    for path in sorted(Path(maturity.__file__).parent.rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        for call in ast.walk(ast.parse(code)) if "sort_key(" in code else ():
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "sort_key":
                told.append((path.name, ast.unparse(call.args[1]).rpartition(".")[2]))
    assert len(told) > 15
    assert [one for one in told if one[1] != "language"] == []
