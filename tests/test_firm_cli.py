"""How firm a benchmark is, as `maturity benchmark` tells it: on the terminal, in JSON, in the workbook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from maturity.locale.words import Words
from maturity.models.firm import Firmness
from maturity.models.text import LANGUAGES, Language
from maturity.reports.firm_said import drawn_said
from test_cli import EXAMPLES, maturity, on_terminal

ANSWERS = EXAMPLES / "wales-2026"


def test_of_one_council() -> None:
    shown = maturity("benchmark", ANSWERS, "--for", "Caerdydd", "--draws", 300, "--seed", 4)
    assert shown.returncode == 0, shown.stderr
    text = shown.stdout
    assert "300 draws, seed 4" in text
    assert "times 0.75 to 1.25" in text
    assert "5% either way" in text
    row = next(line for line in text.splitlines() if "Digital leadership" in line and " – " in line)
    assert "1.71" in row
    assert "The level of 'Digital leadership' hangs on little." in text
    assert (
        "- In pockets, with one option's difference here: What stage has the council's digital strategy"
        in text
    )
    assert "confidence" not in text.casefold()
    # The same again, to the letter; and other draws with another seed.
    assert maturity("benchmark", ANSWERS, "--for", "Caerdydd", "--draws", 300, "--seed", 4).stdout == text
    assert maturity("benchmark", ANSWERS, "--for", "Caerdydd", "--draws", 300, "--seed", 5).stdout != text


def test_of_all_councils() -> None:
    text = maturity("benchmark", ANSWERS, "--draws", 300).stdout
    section = text[text.index("How firm is it?") :]
    assert sum(" – " in line for line in section.splitlines()) == 20  # of 21, one has no score of the whole
    assert "- Overall: 3 of 20 (Carmarthenshire, Newport, Torfaen)" in section


def test_of_a_council_that_did_not_submit_and_of_very_few() -> None:
    first, second, *_ = sorted(ANSWERS.glob("*.yaml"))
    text = maturity("benchmark", first, second, "--draws", 50).stdout
    rows = text[text.index("How firm is it?") :]
    assert "[x]" in rows  # two councils have no ranks
    told = maturity("benchmark", first, second, "--draws", 50, "--for", "Powys").stdout
    assert "Powys did not submit" in told
    assert "How firm" not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_thousands_of_draws_are_written_as_other_thousands(language: Language) -> None:
    said = drawn_said(Words(language), Firmness(1, 2000, 0.75, 1.25, 0.05, 5, 95, ()))
    assert "2,000 " in said and "2000" not in said


def test_it_is_shown_only_where_draws_are_asked_for() -> None:
    assert "How firm" not in maturity("benchmark", ANSWERS).stdout
    assert "How firm" not in maturity("benchmark", ANSWERS, "--draws", 0).stdout
    assert maturity("benchmark", ANSWERS, "--draws", -1).returncode == 2


@pytest.mark.parametrize("draws", [(), ("--draws", 0)])
def test_a_seed_of_no_draws_is_refused(draws: tuple[object, ...]) -> None:
    refused = maturity("benchmark", ANSWERS, "--seed", 4, *draws)
    assert refused.returncode == 2 and refused.stdout == ""
    assert "Invalid value for --seed: Nothing is drawn here" in refused.stderr


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("council", [(), ("--for", "Cardiff")])
def test_on_any_width(columns: int, council: tuple[str, ...]) -> None:
    shown = on_terminal(columns, "benchmark", ANSWERS, "--draws", 60, *council)
    assert "How firm is it?" in shown
    assert all(len(line) <= columns for line in shown.splitlines())


def test_files_have_it_unless_it_is_turned_off(tmp_path: Path) -> None:
    figures, book = tmp_path / "b.json", tmp_path / "b.xlsx"
    assert maturity("benchmark", ANSWERS, "--json", figures, "--excel", book).returncode == 0
    found = json.loads(figures.read_text(encoding="utf-8"))
    firm = found["firm"]
    assert (firm["draws"], firm["seed"], firm["low"], firm["high"]) == (2000, 1, 5, 95)
    assert len(firm["measures"]) == 7
    assert len(found["analysis"]["correlations"]) == 15
    sheet = load_workbook(book)["Analysis"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    told = {(one["item"], one["n"], one["mean"]) for one in found["analysis"]["difficulties"]}
    assert {(row[3], row[4], row[5]) for row in rows if row[0] == "Mean share attained (low is hard)"} == told
    alphas = [row[5] for row in rows if row[0] == "Cronbach's alpha"]
    assert alphas == [one["alpha"] or "[x]" for one in found["analysis"]["alphas"]]
    assert maturity("benchmark", ANSWERS, "--json", figures, "--draws", 0).returncode == 0
    assert json.loads(figures.read_text(encoding="utf-8"))["firm"] is None
