"""Workbooks that we write: readable by the rules for accessible spreadsheets, safe, and right to the last digit."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

import report_data as data
from maturity.models.text import LANGUAGES, Language
from maturity.reports.workbook import benchmark_workbook, scores_workbook
from maturity.sources.registers import wales
from workbook_data import MADE_ON, assessment, benchmark, scorer, through_libreoffice

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@cache
def made(language: Language = "en", council: str | None = None, previous: bool = True) -> bytes:
    scoring, compared = benchmark(previous=previous)
    return benchmark_workbook(scoring, compared, language, made_on=MADE_ON, council=council)


def opened(content: bytes, **how: bool) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), **how)


def table_rows(workbook: Any, sheet: str) -> list[dict[str, Any]]:
    (table,) = workbook[sheet].tables.values()
    head, *rows = [[c.value for c in row] for row in workbook[sheet][table.ref]]
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_data_sheets_keep_the_rules_for_accessible_spreadsheets(language: Language) -> None:
    workbook = opened(made(language, "W06000001"))
    names: list[str] = []
    explore = 0
    for position, sheet in enumerate(workbook.worksheets):
        assert not sheet.merged_cells.ranges, sheet.title
        assert sheet["A1"].value, sheet.title
        assert sheet.sheet_view.selection[-1].activeCell in (None, "A1")
        if position == 0:
            continue
        if not sheet.tables:
            explore += 1
            continue
        assert len(sheet.tables) == 1 and sheet.print_title_rows == "$4:$4", sheet.title
        (table,) = sheet.tables.values()
        name = table.displayName
        names.append(name.casefold())
        first, last = table.ref.split(":")
        assert first == "A4"
        assert last == sheet.cell(sheet.max_row, sheet.max_column).coordinate, (
            "nothing below or beside the table"
        )
        head, *rows = [list(row) for row in sheet[table.ref]]
        assert [c.name for c in table.tableColumns] == [c.value for c in head]
        assert len({str(c.value).casefold() for c in head}) == len(head)
        assert rows
        for row in rows:
            # A council that did not submit: said once, the rest blank, which the sheet explains.
            silent = {c.value for c in row} & {"not submitted", "heb gyflwyno"} and row[-1].value is None
            for cell in row:
                assert silent or cell.value not in (None, ""), (sheet.title, cell.coordinate)
                assert cell.data_type != "f", "data sheets hold values"
        assert re.fullmatch(r"[A-Za-z_]\w*", name)
    assert explore == 4
    assert len(set(names)) == len(names)
    assert workbook.properties.language == ("en-GB" if language == "en" else "cy-GB")
    assert workbook.properties.title


def test_both_languages_have_the_same_structure() -> None:
    english, welsh = (opened(made(language)) for language in LANGUAGES)
    shape = [(len(s.tables), s.dimensions, len(s._charts)) for s in english.worksheets]
    assert shape == [(len(s.tables), s.dimensions, len(s._charts)) for s in welsh.worksheets]


def test_contents_lead_to_every_sheet() -> None:
    workbook = opened(made())
    listed = [row["Sheet"] for row in table_rows(workbook, "Contents")]
    assert listed == [s.title for s in workbook.worksheets[2:]]
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink:
                    target, _, at = cell.hyperlink.location.rpartition("!")
                    assert target.strip("'").replace("''", "'") in workbook.sheetnames
                    assert at == "A1"


def test_numbers_are_the_benchmarks() -> None:
    _, compared = benchmark()
    workbook = opened(made())
    overall = compared.overall
    assert overall is not None
    rows = {row["Council"]: row for row in table_rows(workbook, "Overall")}
    assert len(rows) == 22
    for member in compared.members:
        standing, row = overall.of(member.organisation.code), rows[member.organisation.name.to("en")]
        if member.scorecard is None:
            assert list(row.values())[1:] == ["not submitted", *([None] * 7)]
        elif standing.published is None:
            assert (row["Score"], row["Level"], row["Rank"]) == ("[x]", "[x]", "[x]")
        else:
            tie = "=" if standing.tied else ""
            assert row["Score"] == standing.published
            assert row["Rank"] == f"{tie}{standing.rank} of {overall.summary.n}"
    assert {rows[name]["Limited by"] for name in rows} >= {"Without money nothing happens.", "no limit"}
    first = table_rows(workbook, "Statistics")[0]
    assert first["Measure"] == "Overall"
    assert (first["Councils scored (n)"], first["Median"]) == (overall.summary.n, overall.summary.median)
    assert (first["Lower quartile (Q1)"], first["Upper quartile (Q3)"]) == (
        overall.summary.q1,
        overall.summary.q3,
    )
    levels = [row for row in table_rows(workbook, "Levels") if row["Measure"] == "Overall"]
    assert sum(row["Councils"] for row in levels) == 22
    assert len(table_rows(workbook, "Not submitted")) == 13
    answers = [r for r in table_rows(workbook, "Answers") if r["Question's id"] == "lead.plan.place"]
    assert [r["Councils"] for r in answers] == [3, 3, 2, 0, 1]
    change = table_rows(workbook, "Change")[0]
    assert compared.overall is not None and compared.overall.change is not None
    assert change["Councils in both (n)"] == compared.overall.change.n
    assert change["Median difference"] == compared.overall.change.median_difference


def test_without_a_previous_period_there_is_no_change() -> None:
    titles = opened(made(previous=False)).sheetnames
    assert "Change" not in titles and "Change by council" not in titles


def test_a_councils_own_side() -> None:
    workbook = opened(made(council="W06000003"))
    assert "Own position" in workbook.sheetnames
    assert "Own position" not in opened(made()).sheetnames
    bold = [row[0].value for row in workbook["Overall"].iter_rows(min_row=5) if row[0].font.bold]
    assert bold == ["Conwy"]


def test_made_up_data_say_so() -> None:
    def text(made_up: bool) -> str:
        scoring, compared = benchmark(made_up=made_up)
        sheet = opened(benchmark_workbook(scoring, compared, "en", made_on=MADE_ON))["Cover"]
        return " ".join(str(c.value) for row in sheet.iter_rows() for c in row)

    assert "made-up" in text(True)
    assert "made-up" not in text(False)


def test_the_same_inputs_are_the_same_bytes() -> None:
    scoring, compared = benchmark()
    again = benchmark_workbook(scoring, compared, "en", made_on=MADE_ON)
    assert again == made()
    cards = [m.scorecard for m in compared.members if m.scorecard]
    one, two = (scores_workbook(scoring, cards, wales(), "en", MADE_ON) for _ in range(2))
    assert one == two


def test_charts_have_text_alternatives_and_axes() -> None:
    charts = alternatives = 0
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        for name in archive.namelist():
            root = ElementTree.fromstring(archive.read(name)) if name.endswith(".xml") else None
            if root is not None and name.startswith("xl/drawings/drawing"):
                for frame in root.iter(f"{DRAWING}graphicFrame"):
                    (named,) = frame.iter(f"{DRAWING}cNvPr")
                    assert len(named.get("descr") or "") > 40
                    alternatives += 1
            elif root is not None and name.startswith("xl/charts/chart"):
                charts += 1
                assert {d.get("val") for d in root.iter(f"{CHART}delete")} <= {"0", "false"}
    assert charts == alternatives == 2


def test_the_archive_is_whole() -> None:
    """Every part that is named is there, and nothing in it needs another file."""
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(set(names)) == len(names)
        types = ElementTree.fromstring(archive.read("[Content_Types].xml"))
        for part in types.iter("{http://schemas.openxmlformats.org/package/2006/content-types}Override"):
            assert part.get("PartName", "").lstrip("/") in names
        relations = b"".join(archive.read(n) for n in names if n.endswith(".rels"))
        assert b"External" not in relations
        order = [
            "sheetPr",
            "dimension",
            "sheetViews",
            "sheetFormatPr",
            "cols",
            "sheetData",
            "sheetProtection",
        ]
        order += [
            "autoFilter",
            "mergeCells",
            "conditionalFormatting",
            "dataValidations",
            "hyperlinks",
            "printOptions",
        ]
        order += [
            "pageMargins",
            "pageSetup",
            "headerFooter",
            "ignoredErrors",
            "drawing",
            "legacyDrawing",
            "tableParts",
        ]
        for name in names:
            if name.startswith("xl/worksheets/sheet"):
                found = [e.tag.rpartition("}")[2] for e in ElementTree.fromstring(archive.read(name))]
                places = [order.index(tag) for tag in found]
                assert places == sorted(places), (name, found)


INJECTIONS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x","y")',
    "#REF!",
    "=\x00cmd",
)


def test_text_from_people_is_never_a_formula() -> None:
    scoring, compared = benchmark()
    members = []
    for number, member in enumerate(compared.members):
        text = INJECTIONS[number % len(INJECTIONS)] + f" {number}" * (number >= len(INJECTIONS))
        name = member.organisation.name.model_copy(update={"root": {"en": text, "cy": text}})
        organisation = replace(member.organisation, name=name)
        card = member.scorecard and replace(member.scorecard, source=text, organisation=text, period=text)
        members.append(replace(member, organisation=organisation, scorecard=card))
    hostile = replace(compared, members=tuple(members), period="=2026")
    cards = [m.scorecard for m in members if m.scorecard]
    allowed = re.compile(r'=(IF\((SUMPRODUCT|ISNUMBER|AND)\(|"\[)')
    for content in (
        benchmark_workbook(scoring, hostile, "en", made_on=MADE_ON),
        scores_workbook(scoring, cards, wales(), "en", MADE_ON),
    ):
        for sheet in opened(content).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "e"
                    if cell.data_type == "f":
                        assert sheet.title == "Explore weights" and allowed.match(cell.value), cell.value
                        assert not any(text in cell.value for text in INJECTIONS[1:])


def test_scores_one_row_each() -> None:
    scoring, compared = benchmark()
    cards = [m.scorecard for m in compared.members if m.scorecard]
    workbook = opened(scores_workbook(scoring, cards, wales(), "en", MADE_ON))
    rows = {row["Council"]: row for row in table_rows(workbook, "Scores")}
    assert len(rows) == len(cards)
    for card in cards:
        score = card.score("overall")
        assert score is not None
        row = rows[card.organisation]
        assert row["Overall: score"] == ("[x]" if score.published is None else score.published)
        assert (row["File"], row["SHA-256 of the answers"]) == (card.source, card.answers_digest)
        assert row["Made-up data"] == "yes"
    assert [s.title for s in workbook.worksheets] == ["Scores", "Notes"]


def test_scores_of_nothing_and_of_councils_nobody_knows() -> None:
    assert table_rows(opened(scores_workbook(scorer(), [], wales(), "en", MADE_ON)), "Scores")
    card = scorer().score(assessment("Atlantis"))
    (row,) = table_rows(opened(scores_workbook(scorer(), [card], wales(), "en", MADE_ON)), "Scores")
    assert (row["Council"], row["Code"]) == ("Atlantis", "[z]")


@pytest.mark.system
@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_computes_our_scores_at_our_weights(tmp_path: Path, language: Language) -> None:
    _, compared = benchmark()
    workbook = opened(through_libreoffice(made(language), tmp_path, "xlsx"), data_only=True)
    rows = list(workbook.worksheets[-1].iter_rows(min_row=7, max_row=28, values_only=True))
    overall = compared.overall
    assert overall is not None
    by_name = {m.organisation.name.to(language): overall.of(m.organisation.code) for m in compared.members}
    levels = {"low": 1, "mid": 2, "high": 3, None: "["}
    compared_rows = 0
    for name, *_parts, _cap, score, level, rank, published, difference in (row[:9] for row in rows):
        standing = by_name[name]
        if standing.published is None:
            assert (score, rank, difference) == ("[x]", "[x]", "[x]")
        else:
            assert (score, published, difference) == (standing.published, standing.published, 0)
            assert rank == standing.rank
            compared_rows += 1
        assert str(level).startswith(str(levels[standing.level]))
    assert compared_rows == overall.summary.n == 8
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows(values_only=True):
            assert not any(
                isinstance(v, str) and re.match(r"#(REF|NAME|VALUE|DIV|N/A|NUM)|Err:", v) for v in row
            )


@pytest.mark.system
def test_other_weights_are_followed(tmp_path: Path) -> None:
    """Weights 0 and 1 leave one dimension only: its score, unless the limit holds."""
    workbook = opened(made())
    sheet = workbook["Explore weights"]
    sheet["B5"], sheet["C5"] = 0, 1
    out = io.BytesIO()
    workbook.save(out)
    done = opened(through_libreoffice(out.getvalue(), tmp_path, "xlsx"), data_only=True)["Explore weights"]
    _, compared = benchmark()
    serve = next(c for c in compared.comparisons if c.group == ("serve",))
    names = {m.organisation.name.to("en"): serve.of(m.organisation.code).published for m in compared.members}
    checked = 0
    for row in done.iter_rows(min_row=7, max_row=28, values_only=True):
        name, cap, score = row[0], row[3], row[4]
        published = names[name]
        if published is None:
            assert score == "[x]"
        else:
            assert score == (min(published, cap) if isinstance(cap, int | float) else published)
            checked += 1
    assert checked == 8


@pytest.mark.system
def test_libreoffice_prints_it(tmp_path: Path) -> None:
    assert through_libreoffice(made(), tmp_path, "pdf").startswith(b"%PDF")


def test_every_operator_condition_and_outcome_is_in_a_workbook() -> None:
    general = data.scorer_of(data.general_questionnaire(), data.general_rubric())
    counted = data.scorer_of(data.questionnaire(), data.counted_rubric())
    odd = data.scorer_of(data.questionnaire(), data.odd_rubric())
    for scoring in (general, counted, odd):
        for n in (1, 9):
            places = data.register(n)
            compared, now = data.benchmark_of(scoring, places, leave_out=n // 9)
            for language in LANGUAGES:
                code = next(iter(now))
                whole = opened(benchmark_workbook(scoring, compared, language, made_on=MADE_ON, council=code))
                cards = [card for _, card in now.values()]
                opened(scores_workbook(scoring, cards, places, language, MADE_ON))
                if scoring is general and language == "en":
                    verdicts = table_rows(whole, "Verdicts")
                    assert len(verdicts) == 4 * len(now)
                    assert {v["Verdict"] for v in verdicts} <= {
                        "¤Good¤", "¤Mixed¤", "¤Never¤", "¤Told¤", "¤Other¤", "none of its rules holds",
                    } | {v["Verdict"] for v in verdicts if str(v["Verdict"]).startswith("not decided")}  # fmt: skip


def test_made_up_answers_are_called_so_on_every_sheet_and_page() -> None:
    _, compared = benchmark()
    cards = [m.scorecard for m in compared.members if m.scorecard]
    for content in (made(), scores_workbook(scorer(), cards, wales(), "en", MADE_ON)):
        for number, sheet in enumerate(opened(content).worksheets):
            assert "Made-up answers" in sheet.oddHeader.center.text
            assert "made-up answers" in sheet["A1"].value or (number == 0 and sheet.title == "Cover")


def test_drafts_are_named_on_the_cover() -> None:
    scoring, compared = benchmark()
    found = replace(compared, drafts=(compared.submitted[0].organisation.code,))
    cover = opened(benchmark_workbook(scoring, found, "en", made_on=MADE_ON))["Cover"]
    said = {row[0].value: row[1].value for row in cover.iter_rows() if row[0].value}
    assert said["Drafts"] == (f"1 of those who submitted: {compared.submitted[0].organisation.name.to('en')}")
