"""Names stand in the order of the reader's alphabet on pages, in workbooks and on the terminal: ll after l, rh after r, ff after f."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

import report_data as data
from languages import on_page
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
from maturity.reports.html import benchmark_page
from maturity.reports.pack import Pack, pack_index
from maturity.reports.workbook import benchmark_workbook, scores_workbook
from maturity.scoring.score import Scorer
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


@pytest.fixture(scope="module")
def drawn() -> tuple[Scorer, Register, Benchmark, list[Scored]]:
    scorer = data.scorer_of(data.questionnaire(), data.rubric())
    shuffled = sorted(ORDERS["en"], key=lambda name: name[::-1])
    places = data.register(12)
    places = replace(
        places,
        organisations=tuple(
            replace(one, name=Text({"en": name, "cy": name}))
            for one, name in zip(places.organisations, shuffled, strict=True)
        ),
    )
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
