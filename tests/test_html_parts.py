"""The parts of the pages and the workbook beside the main ones: each only where it is known, the same numbers everywhere."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from dataclasses import replace
from functools import cache
from typing import Any

import openpyxl
import pytest

import test_html as pages_test
from maturity.benchmark.disclosure import disclose
from maturity.models.benchmark import Benchmark
from maturity.models.register import sort_key
from maturity.models.series import Series
from maturity.models.text import LANGUAGES, Language
from maturity.reports import html
from maturity.reports.figures_json import benchmark_json
from maturity.reports.firm_said import share_said
from maturity.reports.speech import fixed
from maturity.reports.workbook import benchmark_workbook
from parts_data import OWN, whole
from test_html import DAY, Page

PARTS = ("periods", "peers", "firm", "divided", "evidenced", "together", "own")
EMPTY: dict[str, Any] = {
    "series": None,
    "peers": None,
    "firm": None,
    "questions": (),
    "evidenced": None,
    "learning": None,
    "pairs": (),
    "wanted": (),
    "shared_steps": (),
}


@cache
def drawn(language: Language = "en", broken: bool = False) -> tuple[str, str]:
    """The benchmark's page and the first council's own."""
    scorer, benchmark, now = whole(broken=broken)
    return (
        html.benchmark_page(scorer, benchmark, language, made_on=DAY, council=OWN),
        html.council_page(scorer, benchmark, OWN, language, assessment=now[OWN][0], made_on=DAY),
    )


@cache
def workbook(broken: bool = False) -> dict[str, list[dict[str, Any]]]:
    """Table's name → its rows."""
    scorer, benchmark, _ = whole(broken=broken)
    made = benchmark_workbook(scorer, benchmark, "en", made_on=DAY, council=OWN)
    found = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(made)).worksheets:
        for table in sheet.tables.values():
            head, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
            found[table.displayName] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


@cache
def written(broken: bool = False) -> Any:
    return json.loads(benchmark_json(whole(broken=broken)[1]))


def downloads(text: str) -> dict[str, list[list[str]]]:
    """A table's id → the rows below its headings; those of all answers are no table's. No two files have one name."""
    found, names, table = {}, set(), None
    for tag, attributes in Page(text).elements:
        if tag == "caption":
            table = str(attributes.get("id") or "").removeprefix("t-").replace(".", "-")
        if tag == "a" and "download" in attributes:
            content = base64.b64decode(str(attributes["href"]).split(",", 1)[1]).decode("utf-8-sig")
            found[table or "answers"] = list(csv.reader(io.StringIO(content)))[1:]
            names.add(attributes["download"])
            table = None
    assert len(names) == len(found)
    return found


def printed(value: float | None) -> str:
    """As a page's downloads have it."""
    return "–" if value is None else fixed(value, 2).replace("−", "-")


def cell(value: float | None) -> Any:
    """As a data sheet has it."""
    return "[x]" if value is None else value


@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_with_all_parts_keep_every_rule_of_pages(language: Language, broken: bool) -> None:
    pages = drawn(language, broken)
    if language == "en":
        pages_test.test_pages_are_well_formed_with_headings_in_order(pages)
    pages_test.test_every_svg_is_named_or_hidden(pages)
    pages_test.test_nothing_is_loaded_from_anywhere(pages)
    pages_test.test_content_security_policy_names_the_very_blocks(pages)
    pages_test.test_a_download_says_what_its_table_says(pages)
    assert len(pages[1].encode()) < 300_000


def test_words_come_from_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the rule for pages without these parts, of the parts alone: nothing is left in English between the marks."""
    monkeypatch.setattr("maturity.locale.words._catalogue", lambda *_: pages_test.Marked())
    html._environment.cache_clear()
    drawn.cache_clear()
    try:
        found = [page for broken in (False, True) for page in drawn("en", broken)]
    finally:
        monkeypatch.undo()
        html._environment.cache_clear()
        drawn.cache_clear()
    allowed = r"https://example\.org/\S+|page 3|Agreed in cabinet|As we said|It is done elsewhere|[0-9a-f]{64}|SHA-256|maturity|small(@[0-9.]+)?|\bn\b|^ ?Yes$|^ ?No$|^P$|\bpopulation\b"
    for text in found:
        page = Page(text)
        said = [t for t in page.text if t.strip()]
        said += [str(a[k]) for _, a in page.elements for k in ("aria-label", "title") if k in a]
        for one in said:
            left = re.sub(r"¤[^¤]*¤", "", one)
            while "«" in left:
                left = re.sub(r"«[^«»]*»", "", left, count=1)
            assert not re.search(r"[^\W\d_]", re.sub(allowed, "", left)), one


def test_a_part_is_drawn_where_it_is_known_and_leaves_nothing_where_not() -> None:
    def ids(benchmark: Benchmark) -> set[str]:
        page = Page(html.benchmark_page(scorer, benchmark, "en", made_on=DAY, council=OWN))
        return {str(a["id"]) for _, a in page.elements if "id" in a} & set(PARTS)

    scorer, benchmark, now = whole()
    assert ids(benchmark) == set(PARTS)
    bare = replace(benchmark, **EMPTY)
    assert ids(bare) == set()
    alone = {
        "series": "periods",
        "peers": "peers",
        "firm": "firm",
        "questions": "divided",
        "evidenced": "evidenced",
        "wanted": "together",
        "shared_steps": "together",
        "pairs": "together",
        "learning": "own",
    }
    for field, part in alone.items():
        found = ids(replace(bare, **{field: getattr(benchmark, field)}))
        assert part in found and found <= {part, "own"}
    # On the council's page nothing of others; where nobody else may be seen, only what is told is there.
    own = html.council_page(scorer, bare, OWN, "en", assessment=now[OWN][0], made_on=DAY)
    assert 'id="own"' not in own and 'href="#own"' not in own
    unnamed = disclose(benchmark_of_nobody(), "own", OWN)
    page = html.council_page(scorer, unnamed, OWN, "en", assessment=now[OWN][0], made_on=DAY)
    assert len(re.findall(r"<h[23]", page)) == len(re.findall(r"<h[23][^>]*>\s*[^<\s]", page))


def benchmark_of_nobody() -> Benchmark:
    """The benchmark before it was decided for whom it is."""
    return replace(whole()[1], disclosure=None)


def test_an_own_page_names_no_other_whatever_the_benchmark_knows() -> None:
    scorer, benchmark, now = whole()
    assert benchmark.learning and benchmark.learning.lessons
    page = html.council_page(scorer, benchmark, OWN, "en", assessment=now[OWN][0], made_on=DAY)
    assert set(re.findall(r"Place (\d+)¤", page)) == {"0"}
    assert set(re.findall(r"X\d{8}", page)) <= {OWN}


def test_periods_say_the_same_everywhere() -> None:
    table, sheet, lines = downloads(drawn()[0]), workbook(), written()["series"]["lines"]
    shown = [line for line in lines if len(line["by"]) < 2]
    shown.sort(key=lambda line: line["by"] != [])
    for n, (before, after) in enumerate((("2015", "2017"), ("2017", "2026"))):
        rows = []
        for line in shown:
            ends, change = line["points"][n : n + 2], line["moves"][n]["change"]
            rows.append(
                [
                    line["name"]["en"],
                    *(printed(point["summary"]["median"]) for point in ends),
                    *(str(point["summary"]["n"]) for point in ends),
                    str(change["n"]),
                    printed(change["median_difference"]),
                    *(str(change[key]) for key in ("up", "no_clear_change", "down")),
                ]
            )
        assert table[f"periods-{before}-{after}"] == rows
    told = [
        (
            line["name"]["en"],
            period["period"],
            *(cell(point["summary"][key]) for key in ("n", "median", "q1", "q3")),
        )
        for line in shown
        for period, point in zip(written()["series"]["periods"], line["points"], strict=True)
    ]
    assert [tuple(row.values()) for row in sheet["Periods"]] == told
    assert "Change_in_its_parts" not in sheet


def test_parts_of_a_change_say_the_same_everywhere() -> None:
    table, sheet, data = downloads(drawn("en", True)[0]), workbook(True), written(True)["series"]
    shown = sorted((one for one in data["lines"] if len(one["by"]) < 2), key=lambda one: one["by"] != [])
    keys = ("median_total", "median_council", "median_rubric")
    counts = ("up", "no_clear_change", "down")
    splits = [(one["name"]["en"], one["moves"][1]["split"]) for one in shown]
    assert all(split["n"] >= 5 for _, split in splits) and any(s["median_rubric"] for _, s in splits)
    assert table["parts-2017-2026"] == [
        [name, str(s["n"]), *(printed(s[key]) for key in keys), *(str(s[key]) for key in counts)]
        for name, s in splits
    ]
    assert [tuple(row.values()) for row in sheet["Change_in_its_parts"]] == [
        (name, "2017", "2026", s["n"], *(s[key] for key in (*keys, *counts))) for name, s in splits
    ]
    own = {name: next(o for o in s["splits"] if o["organisation"] == OWN) for name, s in splits}
    for page in drawn("en", True):
        (rows,) = (rows for name, rows in downloads(page).items() if name.startswith("own-parts"))
        for row in rows:
            parts = [printed(own[row[0]][key]) for key in ("before", "after", "total", "council", "rubric")]
            assert row[1:6] == parts
    mine = [r for r in sheet["Parts_by_council"] if r["Council"] == "¤Place 0¤"]
    for one in mine:
        split = own[one["Measure"]]
        assert (one["Difference"], one["Own part"], one["Rubric's part"]) == (
            split["total"],
            split["council"],
            split["rubric"],
        )
    assert len(mine) == len(own)


def test_peer_groups_say_the_same_everywhere() -> None:
    table, sheet, groups = downloads(drawn()[0]), workbook(), written()["peers"]["groups"]
    names = {(c["measure"], *c["group"]): c["name"]["en"] for c in written()["comparisons"]}
    assert [len(g["members"]) for g in groups] == [22, 9, 1]
    for n, group in enumerate(groups, 1):
        figures = [f for f in group["figures"] if len(f["group"]) < 2]
        figures.sort(key=lambda f: f["group"] != [])
        if f"peers-{n}" not in table:
            assert figures[0]["others"]["n"] < 5
            continue
        for row, f in zip(table[f"peers-{n}"], figures, strict=True):
            s, own = f["others"], f["own"]
            ends = [printed(s[key]) for key in ("q1", "median", "q3")]
            assert row[:5] == [names[f["measure"], *f["group"]], str(s["n"]), *ends]
            assert row[5:] == [
                printed(own["published"]),
                printed(own["difference"]),
                *(str(own[key]) for key in ("lower", "same", "higher")),
            ]
        rows = [r for r in sheet["Peer_groups"] if r["Group"] == group["name"]["en"]]
        for one, f in zip(rows, group["figures"], strict=True):
            told = [cell(f["others"][key]) for key in ("n", "median", "q1", "q3")]
            assert list(one.values())[4:8] == told
            assert list(one.values())[8:] == [
                cell(f["own"][key]) for key in ("published", "difference", "lower", "same", "higher")
            ]
    # Nothing of one council in a group of its own.
    lone = [r for r in sheet["Peer_groups"] if r["Group"] == groups[2]["name"]["en"]]
    assert {r["Median"] for r in lone} == {r["Lower"] for r in lone} == {"[x]"}
    members = [
        (g["name"]["en"], name)
        for g in groups
        for name in sorted(
            (f"¤Place {int(code[1:])}¤" for code in g["members"]), key=lambda n: sort_key(n, "en")
        )
    ]
    assert [(r["Group"], r["Council"]) for r in sheet["Peer_group_members"]] == members


def test_how_firm_it_is_says_the_same_everywhere() -> None:
    table, sheet, firm = downloads(drawn()[0]), workbook(), written()["firm"]
    overall = {f"¤Place {int(o['organisation'][1:])}¤": o for o in firm["measures"][0]["organisations"]}
    assert {row[0] for row in table["firm"]} == set(overall)
    scores = [overall[row[0]]["published"] for row in table["firm"]]
    assert scores == sorted(scores, reverse=True)
    for row in table["firm"]:
        one = overall[row[0]]
        expected = [printed(one["published"])]
        for kind in ("weights", "answers"):
            found = one[kind]
            ranks = " – ".join(dict.fromkeys((str(found["rank_low"]), str(found["rank_high"]))))
            share = share_said(found["same_level"], 50)
            expected += [printed(found["score_low"]), printed(found["score_high"]), ranks, share]
        assert [row[1], row[2], row[3], row[6], row[7]] == [expected[n] for n in (0, 1, 2, 5, 6)]
    first = [r for r in sheet["How_firm"] if r["Measure"] == "¤Overall¤"]
    assert len(first) == len(overall)
    keys = ("score_low", "score_high", "rank_low", "rank_high", "same_level")
    for r in first:
        one = overall[r["Council"]]
        assert list(r.values())[2:] == [
            one["published"],
            *(cell(one[kind][key]) for kind in ("weights", "answers") for key in keys),
        ]
    hanging = sum(
        len(o["other_answers"]) + len(o["other_weights"])
        for m in firm["measures"]
        for o in m["organisations"]
    )
    assert len(sheet["Fragile_levels"]) == hanging > 0
    fragile = [sum(bool(o["other_answers"]) for o in m["organisations"]) for m in firm["measures"]]
    assert [int(row[2]) for row in table["fragile"]] == fragile
    for page in drawn():
        assert "seed 1" in page and "50 draws" in page and "no confidence interval" in page
    for rows in (downloads(page)["own-firm"] for page in drawn()):
        own = [next(o for o in m["organisations"] if o["organisation"] == OWN) for m in firm["measures"]]
        assert [row[1:4] for row in rows] == [
            [printed(o["published"]), printed(o["weights"]["score_low"]), printed(o["weights"]["score_high"])]
            for o in own
        ]


def test_division_and_evidence_say_the_same_everywhere() -> None:
    table, sheet, data = downloads(drawn()[0]), workbook(), written()
    told = [q for q in data["questions"] if q["options"] or q["median"] is not None]
    assert [(row[3], row[4], row[5], row[6]) for row in table["split"]] == [
        (str(q["answered"]), printed(q["split"]), str(q["moved"]["n"]), str(q["moved"]["changed"]))
        for q in told
    ]
    assert [(r["Question's id"], r["Split"], r["Answered otherwise"]) for r in sheet["Divided_answers"]] == [
        (q["question"], q["split"], q["moved"]["changed"]) for q in told
    ]
    found = data["evidenced"]
    keys = ("median_claimed", "median_evidenced", "median_gap")
    assert [row[1:] for row in table["evidenced"]] == [
        [str(m["n"]), *(printed(m[key]) for key in keys)] for m in found["measures"]
    ]
    assert [list(r.values())[3:] for r in sheet["Claimed_and_evidenced"]] == [
        [m["n"], *(cell(m[key]) for key in keys)] for m in found["measures"]
    ]
    gaps = {f"¤Place {int(g['organisation'][1:])}¤": g for g in found["measures"][0]["gaps"]}
    for row in table["evidenced-councils"]:
        if row[0] in gaps:
            assert row[1:4] == [printed(gaps[row[0]][key]) for key in ("claimed", "evidenced", "gap")]
    for r in (r for r in sheet["Evidenced_by_council"] if r["Measure"] == "¤Overall¤"):
        assert r["Gap"] == cell(gaps[r["Council"]]["gap"])
    for page in drawn():
        own = [next(g for g in m["gaps"] if g["organisation"] == OWN) for m in found["measures"]]
        rows = downloads(page)["own-evidence"]
        assert [row[1:] for row in rows] == [
            [printed(g[key]) for key in ("claimed", "evidenced", "gap")]
            for g in own
            if g["claimed"] is not None
        ]


def test_what_is_wanted_together_says_the_same_everywhere() -> None:
    table, sheet, data = downloads(drawn()[0]), workbook(), written()
    wanted = [(w["text"]["en"], str(w["count"]), str(w["answered"])) for w in data["wanted"]]
    assert [(row[0], row[2], row[3]) for row in table["wanted"]] == wanted and len(wanted) > 2
    assert [(r["What"], r["Want it"]) for r in sheet["Wanted"]] == [
        (w["text"]["en"], w["count"]) for w in data["wanted"]
    ]
    for r, w in zip(sheet["Wanted"], data["wanted"], strict=True):
        assert len(str(r["Who"]).split(", ")) == len(w["who"]) == w["count"]
    steps = [(s["do"]["en"], s["count"], s["scored"]) for s in data["shared_steps"]]
    assert [(r["Next step"], r["Next for"], r["Councils scored (n)"]) for r in sheet["Next_steps"]] == steps
    assert [(row[0], int(row[2]), int(row[3])) for row in table["steps"]] == steps[: len(table["steps"])]
    pairs = [tuple(f"¤Place {int(p[side][1:])}¤" for side in ("one", "other")) for p in data["pairs"]]
    assert pairs and [(r["Council"], r["Other council"]) for r in sheet["Pairs"]] == pairs
    assert [(row[0], row[2]) for row in table["pairs"]] == pairs[: len(table["pairs"])]
    lessons = data["learning"]["lessons"]
    teachers = [(t["organisation"], t["published"]) for one in lessons for t in one["teachers"]]
    named = [r for r in sheet["Who_to_learn_from"] if isinstance(r["Score there"], float | int)]
    assert [
        (f"X{int(r['Strong there'].split()[1].strip('¤')):08d}", r["Score there"]) for r in named
    ] == teachers


@pytest.mark.parametrize("n", [1, 4, 5, 7, 8])
def test_few_councils_are_told_no_more_than_they_may(n: int) -> None:
    for broken in (False, True):
        scorer, benchmark, now = whole(n=n + 1, broken=broken, council=None)
        assert benchmark.n_submitted == n
        text = html.benchmark_page(scorer, benchmark, "en", made_on=DAY)
        Page(text)
        rows = downloads(text)
        for name, found in rows.items():
            if name.startswith("peers-"):
                assert n >= 5
                assert all((row[2] == "–") or int(row[1]) >= 8 for row in found)
            if name.startswith("parts-"):
                assert all(int(row[1]) >= 5 or set(row[2:]) == {"–"} for row in found)
            if name.startswith("periods-"):
                assert all(int(row[5]) >= 5 or set(row[6:]) == {"–"} for row in found)
        for question in benchmark.questions:
            assert question.told or not question.options
        code = next(iter(now))
        Page(html.council_page(scorer, benchmark, code, "en", assessment=now[code][0], made_on=DAY))
        benchmark_workbook(scorer, benchmark, "en", made_on=DAY)


def test_a_series_tells_nothing_of_who_may_not_be_named() -> None:
    """Whoever hands an unnamed benchmark a series gets no error and no names."""
    scorer, benchmark, _ = whole()
    series = benchmark.series
    assert isinstance(series, Series) and any(t.entered or t.left for t in series.transitions)
    unnamed = replace(disclose(benchmark_of_nobody(), "public"), series=series)
    text = html.benchmark_page(scorer, unnamed, "en", made_on=DAY)
    assert "Place" not in text
