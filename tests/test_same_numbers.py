"""Every number in a table of a page, in its download and on a data sheet is the JSON's, cell by cell.

A table that has no line here fails, and so does a number in a cell for which its line names none.
"""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from statistics import median
from typing import Any, NamedTuple

import openpyxl
import pytest

from browser_pages import LONG
from maturity.benchmark.disclosure import disclose
from maturity.locale.words import Words
from maturity.models.disclosure import Mode
from maturity.models.text import LANGUAGES, Language
from maturity.reports import html
from maturity.reports.figures_json import benchmark_json
from maturity.reports.sheets import table_name
from maturity.reports.workbook import benchmark_workbook
from maturity.scoring.numbers import half_up, settle
from parts_data import OWN, whole
from test_html import DAY
from test_html_parts import downloads

MODES: tuple[Mode, ...] = ("named", "own", "public")
SEEN: list[tuple[Mode, Language]] = [(mode, language) for mode in MODES for language in LANGUAGES]
if not LONG:
    SEEN = [("named", "en"), ("named", "cy"), ("own", "cy"), ("public", "en")]
# A cell without a number; a number that may be printed in one of two ways is a tuple of all that stand in the text.
WORDS = None
Row = Sequence[Any]
Rows = list[Row]
NUMBER = r"-?\d+(?:\.\d+)?"


class Seen(NamedTuple):
    """What was written: the JSON, the downloads of the page and of the council's, and the data sheets."""

    data: Any
    page: dict[str, list[list[str]]]
    council: dict[str, list[list[str]]]
    sheets: dict[str, list[list[Any]]]


made = cache(lambda broken: whole(broken=broken))


@cache
def seen(mode: Mode, language: Language, broken: bool = False) -> Seen:
    scorer, named, now = made(broken)
    if mode == "named":
        benchmark = named
    else:
        nobody = replace(named, disclosure=None)
        benchmark = disclose(nobody, mode, OWN if mode == "own" else None)
    council = None if mode == "public" else OWN
    page = html.benchmark_page(scorer, benchmark, language, made_on=DAY, council=council)
    own = {}
    if council:
        own = downloads(
            html.council_page(scorer, benchmark, OWN, language, assessment=now[OWN][0], made_on=DAY)
        )
    book = benchmark_workbook(scorer, benchmark, language, made_on=DAY, council=council)
    sheets = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(book)).worksheets:
        for table in sheet.tables.values():
            sheets[table.displayName] = [[c.value for c in row] for row in sheet[table.ref]][1:]
    return Seen(json.loads(benchmark_json(benchmark)), downloads(page), own, sheets)


# What stands where in the JSON


class Figures:
    """The JSON of one mode, looked up by path, in one language."""

    def __init__(self, data: Any, language: Language) -> None:
        self.data, self.language = data, language
        comparisons = data["comparisons"]
        self.all = comparisons
        self.mains = sorted((c for c in comparisons if len(c["by"]) < 2), key=lambda c: c["by"] != [])
        self.themes = [c for c in comparisons if len(c["by"]) == 2]
        self.dimensions = [c for c in comparisons if len(c["by"]) == 1]
        self.names = {
            m["organisation"]["code"]: self.said(m["organisation"]["name"]) for m in data["members"]
        }
        self.unsent = {m["organisation"]["code"] for m in data["members"] if m["scorecard"] is None}

    def said(self, text: Any) -> str:
        return str(text[self.language])

    def code(self, name: str) -> str:
        return next(code for code, called in self.names.items() if called == name)

    def comparison(self, key: tuple[Any, ...]) -> Any:
        return next(c for c in self.all if (c["measure"], *c["group"]) == key)


def level_of(comparison: Any, level: str | None) -> int | None:
    """A level's number, from 1 at the lowest."""
    names = [name for name, _ in comparison["levels"]]
    return 1 + names.index(level) if level in names else None


def figure_row(summary: Any) -> Row:
    return [summary["n"], summary["q1"], summary["median"], summary["q3"]]


def change_row(change: Any) -> Row:
    return [change[k] for k in ("n", "median_difference", "up", "no_clear_change", "down", "step")]


def of_code(rows: Iterable[Any], code: str) -> Any:
    """The entry of that organisation, or nothing but absences."""
    found = [one for one in rows if one["organisation"] == code]
    return found[0] if found else {}


def firm_row(one: Any) -> Row:
    row: list[Any] = [WORDS, one["published"]]
    for kind in ("weights", "answers"):
        r = one[kind]
        ranks = WORDS if r["rank_low"] is None else (r["rank_low"], r["rank_high"])
        row += [r["score_low"], r["score_high"], ranks, r["same_level"]]
    return row


# The downloads of the benchmark's page: name → what its rows are made of, in their order, or by their first cells


def standings(f: Figures, c: Any, rows: Rows) -> Rows:
    found = []
    for row in rows:
        s = of_code(c["standings"], f.code(row[0]))
        ranked = s.get("rank") is not None and c["summary"]["n"] is not None
        others = (s["lower"], s["same"], s["higher"]) if ranked else WORDS
        found.append(
            [
                WORDS,
                s.get("published"),
                level_of(c, s.get("level")),
                s.get("rank"),
                others,
                WORDS,
                s.get("coverage"),
            ]
        )
    return found


def differences(f: Figures, c: Any, rows: Rows) -> Rows:
    ends = (of_code(c["change"]["differences"], f.code(row[0])) for row in rows)
    return [[WORDS, *(d.get(k) for k in ("before", "after", "difference")), WORDS] for d in ends]


def steps_of_series(f: Figures, name: str) -> Rows:
    before, after = name.split("-")[1:]
    at = [p["period"] for p in f.data["series"]["periods"]].index(before)
    lines = sorted(
        (one for one in f.data["series"]["lines"] if len(one["by"]) < 2), key=lambda one: one["by"] != []
    )
    assert f.data["series"]["periods"][at + 1]["period"] == after
    rows = []
    for line in lines:
        ends, move = [p["summary"] for p in line["points"][at : at + 2]], line["moves"][at]
        if name.startswith("parts"):
            s = move["split"]
            keys = ("n", "median_total", "median_council", "median_rubric", "up", "no_clear_change", "down")
            rows.append([WORDS, *(s[k] for k in keys)])
        else:
            rows.append(
                [
                    WORDS,
                    *(e["median"] for e in ends),
                    *(e["n"] for e in ends),
                    *change_row(move["change"])[:5],
                ]
            )
    return rows


def own_parts(f: Figures, rows: Rows) -> Rows:
    """The council's own change in its parts, of the newest step."""
    found = []
    for row in rows:
        line = next(one for one in f.data["series"]["lines"] if f.said(one["name"]) == row[0])
        split = of_code(line["moves"][-1]["split"]["splits"], OWN)
        found.append(
            [WORDS, *(split.get(k) for k in ("before", "after", "total", "council", "rubric")), WORDS]
        )
    return found


def own_scores(f: Figures) -> list[tuple[Any, list[Any]]]:
    """The whole and each dimension, and the council's own score in every period."""
    lines = [one for one in f.data["series"]["lines"] if len(one["by"]) < 2]
    found = [(one, [of_code(p["scores"], OWN).get("published") for p in one["points"]]) for one in lines]
    return sorted(found, key=lambda pair: pair[0]["by"] != [])


def own_answers(f: Figures, rows: Rows) -> Rows:
    """A cell that is a number is what the council answered in that period; the others are words."""
    given = [one["answers"] for one in f.data["series"]["answers"] if one["organisation"] == OWN]
    numbers = [{float(a) for _, a in one if isinstance(a, int | float)} for one in given][-len(rows[0]) + 1 :]
    assert all(len(row) == len(numbers) + 1 for row in rows)
    return [
        [
            WORDS,
            *(
                float(cell) if re.fullmatch(NUMBER, cell) and float(cell) in known else WORDS
                for cell, known in zip(row[1:], numbers, strict=True)
            ),
        ]
        for row in rows
    ]


def peer_rows(f: Figures, n: int) -> Rows:
    figures = [x for x in f.data["peers"]["groups"][n - 1]["figures"] if len(x["group"]) < 2]
    figures.sort(key=lambda x: x["group"] != [])
    keys = ("published", "difference", "lower", "same", "higher")
    return [[WORDS, *figure_row(x["others"]), *(x["own"][k] for k in keys)] for x in figures]


def page_table(f: Figures, name: str, rows: Rows) -> Rows:
    """What the JSON says each row of that download is."""
    data = f.data
    by_id = {"-".join(("overall",) if not c["by"] else (c["measure"], *c["group"])): c for c in f.mains}
    kind, _, which = name.partition("-")
    if which in by_id and kind in ("position", "change"):
        return (standings if kind == "position" else differences)(f, by_id[which], rows)
    if kind in ("periods", "parts"):
        return steps_of_series(f, name)
    if kind == "peers":
        return peer_rows(f, int(which))
    told = data["disclosure"]["submitted"]
    submitted = len(f.names) - len(f.unsent) if told is None else told
    tables: dict[str, Callable[[], Rows]] = {
        "summary": lambda: [[WORDS, *figure_row(c["summary"])] for c in f.mains],
        "themes": lambda: [[WORDS, *figure_row(c["summary"])] for c in f.themes],
        "scores": lambda: [
            [WORDS, *(of_code(c["standings"], f.code(r[0])).get("published") for c in f.mains)] for r in rows
        ],
        "levels": lambda: [
            [WORDS, *(n for _, n in c["levels"]), submitted - c["summary"]["n"]] for c in f.mains
        ],
        "change": lambda: [[WORDS, *change_row(c["change"])] for c in f.mains],
        "answers": lambda: [
            [WORDS, WORDS, WORDS, count, one["answered"]]
            for one in data["answers"]
            for count in lines_of(one)
        ],
        "firm": lambda: [
            firm_row(of_code(data["firm"]["measures"][0]["organisations"], f.code(r[0]))) for r in rows
        ],
        "own-firm": lambda: [firm_row(of_code(m["organisations"], OWN)) for m in data["firm"]["measures"]],
        "fragile": lambda: [
            [WORDS, len(m["organisations"]), sum(bool(o["other_answers"]) for o in m["organisations"])]
            for m in data["firm"]["measures"]
        ],
        "split": lambda: [
            [
                WORDS,
                WORDS,
                WORDS,
                q["answered"],
                q["split"],
                *(q["moved"][k] for k in ("n", "changed") if q["moved"]),
            ]
            for q in data["questions"]
            if q["options"] or q["median"] is not None
        ],
        "evidenced": lambda: [[WORDS, m["n"], *medians(m)] for m in data["evidenced"]["measures"]],
        "evidenced-councils": lambda: [evidence_row(f, f.code(r[0])) for r in rows],
        "own-evidence": lambda: [
            [WORDS, *(of_code(m["gaps"], OWN).get(k) for k in ("claimed", "evidenced", "gap"))]
            for m in data["evidenced"]["measures"]
        ],
        "own-parts": lambda: own_parts(f, rows),
        "own-periods": lambda: [[WORDS, *scores] for _, scores in own_scores(f)],
        "own-answers": lambda: own_answers(f, rows),
        "wanted": lambda: [[WORDS, WORDS, w["count"], w["answered"], WORDS] for w in data["wanted"]],
        "steps": lambda: [
            [WORDS, WORDS, s["count"], s["scored"], WORDS] for s in data["shared_steps"][: len(rows)]
        ],
        "pairs": lambda: [[WORDS] * 4 for _ in data["pairs"][: len(rows)]],
        "own-pairs": lambda: [[WORDS] * 3 for _ in rows],
    }
    return tables["own-parts" if name.startswith("own-parts") else name]()


def medians(measure: Any) -> Row:
    return [measure[k] for k in ("median_claimed", "median_evidenced", "median_gap")]


def evidence_row(f: Figures, code: str) -> Row:
    found = f.data["evidenced"]
    gap, proof = of_code(found["measures"][0]["gaps"], code), of_code(found["proofs"], code)
    return [
        WORDS,
        *(gap.get(k) for k in ("claimed", "evidenced", "gap")),
        proof.get("above"),
        proof.get("evidenced"),
    ]


def lines_of(one: Any) -> list[Any]:
    """The counts of a question's lines: its options, or all who answered, and of those who did not, who there are."""
    options = [count for _, count in one["options"]] or [one["answered"]]
    kinds = ("dont_know", "not_applicable", "not_asked", "unanswered")
    return options + [one[kind] for kind in kinds if one[kind] != 0]


def council_table(f: Figures, name: str, rows: Rows) -> Rows:
    """What the JSON says each row of that download of a council's page is, where it names nobody else."""
    if name in ("position", "themes"):
        found = []
        for c in f.mains if name == "position" else f.themes:
            s, m = of_code(c["standings"], OWN), c["summary"]
            known = None not in (s["published"], m["median"])
            starts = [start for start in c["starts"] if s["published"] is not None and start > s["published"]]
            found.append(
                [
                    WORDS,
                    s["published"],
                    WORDS if s["level"] is None else (level_of(c, s["level"]),),
                    m["median"],
                    m["q1"],
                    m["q3"],
                    m["n"],
                    s["published"] - m["median"] if known else None,
                    WORDS,
                    starts[0] - s["published"] if starts else None,
                ]
            )
        return found
    if name == "change":
        own = [(c["change"], of_code(c["change"]["differences"], OWN)) for c in f.mains]
        return [
            [
                WORDS,
                *(d.get(k) for k in ("before", "after", "difference")),
                WORDS,
                c["median_difference"],
                c["n"],
            ]
            for c, d in own
        ]
    return page_table(f, name, rows)


# Comparing


def agrees(cell: Any, expected: Any) -> bool:
    """Whether a cell shows that number, to at least two decimals or whole, or shows none where there is none."""
    text = str(cell if cell is not None else "")
    if isinstance(expected, tuple):
        found = tuple(float(n) for n in re.findall(r"\d+", re.sub("¤[^¤]*¤", "", text)))
        return found == tuple(dict.fromkeys(expected)) or found == expected
    if isinstance(cell, str):
        shown = re.fullmatch(NUMBER, cell)
        if shown is None or expected is None:
            return shown is None and expected is None
        places = len(cell.partition(".")[2])
        return half_up(expected, places) == float(cell) and (places >= 2 or float(cell) == expected)
    if isinstance(expected, (int, float)) and isinstance(cell, (int, float)):
        return abs(cell - expected) <= 1e-9
    return expected is None and not isinstance(cell, int | float)


def present(f: Figures, rows: Rows) -> Rows:
    """The rows but those of who sent nothing, which say so and have no number."""
    absent = {f.names[code] for code in f.unsent}
    gone = [row for row in rows if len(row) == 2 and row[0] in absent]
    assert not any(re.search(r"\d", row[1]) for row in gone)
    return [row for row in rows if row not in gone]


def unlike(name: str, rows: Rows, expected: Rows) -> list[str]:
    """Every cell that does not say what the JSON says."""
    if [len(r) for r in rows] != [len(e) for e in expected]:
        return [
            f"{name}: {len(rows)} rows of {[len(r) for r in rows[:1]]}, not {len(expected)} of {[len(e) for e in expected[:1]]}"
        ]
    return [
        f"{name}: {row} shows {cell!r}, not {wanted!r}"
        for row, values in zip(rows, expected, strict=True)
        for cell, wanted in zip(row, values, strict=True)
        if not agrees(cell, wanted)
    ]


# The data sheets: name → the rows, in their order


def parts(comparison: Any) -> list[Any]:
    """Measure, dimension and theme are words."""
    return [WORDS] * 3


def sheet_score(f: Figures, c: Any, code: str, names: int) -> Row:
    """One council's row of a measure: score, rank as in ``=5 of 21``, coverage, how many answered and applicable."""
    s = of_code(c["standings"], code)
    if code in f.unsent:
        return [WORDS] * (names + 8)
    card = next(m["scorecard"] for m in f.data["members"] if m["organisation"]["code"] == code)
    score = next(x for x in card["scores"] if (x["measure"], *x["group"]) == (c["measure"], *c["group"]))
    rank = WORDS if s["rank"] is None else (s["rank"], c["summary"]["n"])
    counted = [score["coverage"], score["answered"], score["applicable"]]
    return [*[WORDS] * names, s["published"], WORDS, rank, WORDS, *counted, WORDS]


def by_council(f: Figures, comparisons: Sequence[Any], rows: Rows, names: int) -> Rows:
    """Rows of councils, each in every group or each group with every council."""
    found = []
    for row in rows:
        called = [str(cell) for cell in row[1:names]]
        c = next(c for c in comparisons if not called or f.said(c["name"]) == called[-1])
        found.append(sheet_score(f, c, f.code(row[0]), names))
    return found


def level_rows(f: Figures) -> Rows:
    told = f.data["disclosure"]
    members, rows = told["members"] or len(f.names), []
    submitted = told["submitted"] if told["submitted"] is not None else len(f.names) - len(f.unsent)
    for c in f.all:
        rows += [[*parts(c), n, WORDS, count] for n, (_, count) in enumerate(c["levels"], 1)]
        rows += [
            [*parts(c), WORDS, WORDS, submitted - c["summary"]["n"]],
            [*parts(c), WORDS, WORDS, members - submitted],
        ]
    return rows


def answer_rows(f: Figures) -> Rows:
    """Of every question that has options; the share only of options, and where somebody answered."""
    rows = []
    for one in f.data["answers"]:
        answered = one["answered"]
        options = [n for _, n in one["options"]]
        not_asked = [one["not_asked"]] if one["not_asked"] != 0 else []
        lines = [*options, one["not_applicable"], *not_asked, one["unanswered"]]
        for place, n in enumerate(lines if options else ()):
            told = place < len(options) and n is not None and answered
            rows.append([*[WORDS] * 5, n, answered, n / answered if told else None])
    return rows


def own_position(f: Figures) -> Rows:
    """Beside the others, of whom the JSON has no figures but where one sees the others: theirs are worked out here."""
    rows = []
    for c in f.all:
        own = of_code(c["standings"], OWN)
        n, middle = c["summary"]["n"], c["summary"]["median"]
        if f.data["disclosure"]["mode"] == "named":
            scores = [
                s["published"]
                for s in c["standings"]
                if s["organisation"] != OWN and s["published"] is not None
            ]
            n, middle = len(scores), median(scores) if len(scores) >= 5 else None
        known = own["published"] is not None and middle is not None
        difference = half_up(settle(own["published"] - middle), 2) if known else None
        ranked = own["rank"] is not None
        rank = (own["rank"], c["summary"]["n"]) if ranked else WORDS
        others = (own["lower"], own["same"], own["higher"]) if ranked else WORDS
        rows.append([*parts(c), own["published"], middle, difference, n, rank, others])
    return rows


def peer_sheet(f: Figures) -> Rows:
    rows = []
    for group in f.data["peers"]["groups"]:
        for x in group["figures"]:
            told = [x["others"][k] for k in ("n", "median", "q1", "q3")]
            told += [(x["own"] or {}).get(k) for k in ("published", "difference", "lower", "same", "higher")]
            rows.append([*[WORDS] * 4, *told])
    return rows


def member_rows(f: Figures) -> Rows:
    rows: Rows = []
    for group in f.data["peers"]["groups"]:
        far = {x["organisation"]: x["distance"] for x in group["neighbours"]}
        rows += [[WORDS, WORDS, WORDS, far.get(code)] for code in group["members"]]
    return rows


def firm_sheet(f: Figures, rows: Rows) -> Rows:
    found = []
    keys = ("score_low", "score_high", "rank_low", "rank_high", "same_level")
    for row in rows:
        m = next(
            m
            for m in f.data["firm"]["measures"]
            if f.said(f.comparison((m["measure"], *m["group"]))["name"]) == row[1]
        )
        one = of_code(m["organisations"], f.code(row[0]))
        ends = [one[kind][k] for kind in ("weights", "answers") for k in keys]
        found.append([WORDS, WORDS, one["published"], *ends])
    return found


def fragile_sheet(f: Figures, rows: Rows) -> Rows:
    """Every change that would turn a level, whatever the order: each row is one of those of its council and measure."""
    left: dict[tuple[str, str], list[tuple[Any, float]]] = {}
    for m in f.data["firm"]["measures"]:
        name = f.said(f.comparison((m["measure"], *m["group"]))["name"])
        for one in m["organisations"]:
            changes = [*one["other_answers"], *one["other_weights"]]
            left[f.names[one["organisation"]], name] = [(x.get("factor"), x["published"]) for x in changes]
    found: list[Row] = []
    for row in rows:
        factor, then = left[row[0], row[1]].pop(0)
        found.append([*[WORDS] * 5, factor, then, WORDS])
    assert not any(left.values())
    return found


def split_rows(f: Figures, rows: Rows) -> Rows:
    found = []
    for row in rows:
        line = next(one for one in f.data["series"]["lines"] if f.said(one["name"]) == row[1])
        split = of_code(line["moves"][-1]["split"]["splits"], f.code(row[0]))
        ends = [split[k] for k in ("before", "after", "total", "council", "rubric")]
        found.append([WORDS, WORDS, float(row[2]), float(row[3]), *ends, WORDS])
    return found


def period_rows(f: Figures) -> Rows:
    lines = sorted((x for x in f.data["series"]["lines"] if len(x["by"]) < 2), key=lambda x: x["by"] != [])
    periods = [float(p["period"]) for p in f.data["series"]["periods"]]
    keys = ("n", "median", "q1", "q3")
    return [
        [WORDS, period, *(point["summary"][k] for k in keys)]
        for line in lines
        for period, point in zip(periods, line["points"], strict=True)
    ]


def split_summaries(f: Figures) -> Rows:
    lines = sorted((x for x in f.data["series"]["lines"] if len(x["by"]) < 2), key=lambda x: x["by"] != [])
    keys = ("n", "median_total", "median_council", "median_rubric", "up", "no_clear_change", "down")
    last, before = (float(p["period"]) for p in reversed(f.data["series"]["periods"][-2:]))
    return [[WORDS, before, last, *(line["moves"][-1]["split"][k] for k in keys)] for line in lines]


def evidence_sheet(f: Figures, rows: Rows) -> Rows:
    found = []
    for row in rows:
        measures = f.data["evidenced"]["measures"]
        m = next(m for m in measures if f.said(f.comparison((m["measure"], *m["group"]))["name"]) == row[1])
        code = f.code(row[0])
        gap, proof = of_code(m["gaps"], code), of_code(f.data["evidenced"]["proofs"], code)
        found.append(
            [WORDS, WORDS, gap["claimed"], gap["evidenced"], gap["gap"], proof["above"], proof["evidenced"]]
        )
    return found


def together_rows(f: Figures) -> Rows:
    return [
        [WORDS, WORDS, x["n"], WORDS]
        for one in f.data["wanted"]
        for x in (*one["by_region"], *one["by_size"])
    ]


def lesson_rows(f: Figures) -> Rows:
    rows: Rows = []
    for one in f.data["learning"]["lessons"]:
        rows += [[WORDS, one["own"], WORDS, t["published"], WORDS, WORDS] for t in one["teachers"]]
        for among in (one["region"], one["everywhere"]):
            rows += [[WORDS, one["own"], WORDS, WORDS, among["strong"], among["of"]]] if among else []
    return rows


def number_rows(f: Figures) -> Rows:
    keys = ("n", "median", "q1", "q3")
    kinds = ("dont_know", "not_applicable", "unanswered")
    return [
        [*[WORDS] * 5, *(one["numbers"][k] for k in keys), *(one[k] for k in kinds)]
        for one in f.data["answers"]
        if one["numbers"]
    ]


def change_by_council(f: Figures, rows: Rows) -> Rows:
    found = []
    for row in rows:
        c = next(c for c in f.mains if f.said(c["name"]) == row[1])
        change = of_code(c["change"]["differences"], f.code(row[0]))
        found.append([WORDS, WORDS, *(change[k] for k in ("before", "after", "difference")), WORDS])
    return found


def analysis_rows(f: Figures) -> Rows:
    found = f.data["analysis"]
    rows: Rows = [
        [WORDS, WORDS, (a["items"],), WORDS, a["n"], a["alpha"], WORDS, WORDS] for a in found["alphas"]
    ]
    rows += [[*[WORDS] * 4, c["n"], c["rho"], WORDS, WORDS] for c in found["correlations"]]
    rows += [[*[WORDS] * 4, d["n"], d["mean"], WORDS, WORDS] for d in found["difficulties"]]
    rows += [[*[WORDS] * 5, s["share"], s["even"], WORDS] for s in found["shares"]]
    return rows


OF_THE_BOOK = ("Contents", "Notes", "Cynnwys", "Nodiadau")
"""Sheets that hold no figures."""


def sheet(f: Figures, name: str, rows: Rows) -> Rows:
    """What the JSON says each row of that data sheet is; by its name in the figures' language."""
    made = sheets(f, rows)
    in_english = {table_name(Words(f.language)(one.replace("_", " "))): one for one in made}
    return made[in_english[name]]()


def sheets(f: Figures, rows: Rows) -> dict[str, Callable[[], Rows]]:
    data = f.data
    return {
        "Overall": lambda: by_council(f, f.mains[:1], rows, 1),
        "Dimensions": lambda: by_council(f, f.dimensions, rows, 2),
        "Themes": lambda: by_council(f, f.themes, rows, 3),
        "Statistics": lambda: [
            [*parts(c), *(c["summary"][k] for k in ("n", "median", "q1", "q3"))] for c in f.all
        ],
        "Levels": lambda: level_rows(f),
        "Findings": lambda: [[WORDS, WORDS, x["count"], x["answered"], WORDS] for x in data["findings"]],
        "Answers": lambda: answer_rows(f),
        "Change": lambda: [
            [
                *parts(c),
                *(
                    c["change"][k]
                    for k in ("n", "median_difference", "step", "up", "no_clear_change", "down")
                ),
            ]
            for c in f.all
        ],
        "Change_by_council": lambda: change_by_council(f, rows),
        "Own_position": lambda: own_position(f),
        "Own_periods": lambda: [
            [WORDS, int(period["period"]), score]
            for _, scores in own_scores(f)
            for period, score in zip(data["series"]["periods"], scores, strict=True)
            if score is not None
        ],
        "Own_answers": lambda: own_answers(f, rows),
        "Numbers": lambda: number_rows(f),
        "Periods": lambda: period_rows(f),
        "Change_in_its_parts": lambda: split_summaries(f),
        "Parts_by_council": lambda: split_rows(f, rows),
        "Peer_groups": lambda: peer_sheet(f),
        "Peer_group_members": lambda: member_rows(f),
        "How_firm": lambda: firm_sheet(f, rows),
        "Fragile_levels": lambda: fragile_sheet(f, rows),
        "Evidenced_by_council": lambda: evidence_sheet(f, rows),
        "Together_by_group": lambda: together_rows(f),
        "Pairs": lambda: [[WORDS] * 4 for _ in data["pairs"]],
        "Who_to_learn_from": lambda: lesson_rows(f),
        "Not_submitted": lambda: [[WORDS] * 4 for _ in f.unsent],
        "Divided_answers": lambda: [
            [*[WORDS] * 3, q["answered"], q["split"], *((q["moved"] or {}).get(k) for k in ("n", "changed"))]
            for q in data["questions"]
        ],
        "Claimed_and_evidenced": lambda: [
            [*parts(m), m["n"], *medians(m)] for m in data["evidenced"]["measures"]
        ],
        "Next_steps": lambda: [[WORDS, WORDS, s["count"], s["scored"], WORDS] for s in data["shared_steps"]],
        "Wanted": lambda: [[WORDS, WORDS, w["count"], w["answered"], WORDS] for w in data["wanted"]],
        "Analysis": lambda: analysis_rows(f),
    }


@pytest.mark.parametrize(("mode", "language"), SEEN)
def test_downloads_and_pages_say_what_the_json_says(mode: Mode, language: Language) -> None:
    for broken in (False, True) if LONG or (mode, language) == ("named", "en") else (False,):
        found = seen(mode, language, broken)
        f = Figures(found.data, language)
        told = {name: present(f, rows) for name, rows in found.page.items()}
        wrong = [
            line for name, rows in told.items() for line in unlike(name, rows, page_table(f, name, rows))
        ]
        if mode == "own":
            wrong += [
                line
                for name, rows in found.council.items()
                for line in unlike(name, rows, council_table(f, name, rows))
            ]
        assert wrong == []


@pytest.mark.parametrize(("mode", "language"), SEEN)
def test_data_sheets_say_what_the_json_says(mode: Mode, language: Language) -> None:
    for broken in (False, True) if LONG or (mode, language) == ("named", "en") else (False,):
        found = seen(mode, language, broken)
        f = Figures(found.data, language)
        told = {name: rows for name, rows in found.sheets.items() if name not in OF_THE_BOOK}
        assert len(told) > (25 if mode == "named" else 4)
        assert [
            line for name, rows in told.items() for line in unlike(name, rows, sheet(f, name, rows))
        ] == []


def numbers_in(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all numbers."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from numbers_in(value, (*path, key))
    elif isinstance(data, list):
        for n, value in enumerate(data):
            yield from numbers_in(value, (*path, n))
    elif isinstance(data, int | float) and not isinstance(data, bool):
        yield path


def test_a_number_that_is_another_is_found() -> None:
    """Any number of a part that is shown, moved by 1: some cell disagrees."""
    found = seen("named", "en")
    shown = {
        ("comparisons", "summary"): ("n", "median", "q1", "q3"),
        ("comparisons", "standings"): ("published", "rank", "coverage"),
        ("comparisons", "change"): ("n", "median_difference", "up", "before", "after", "difference"),
        ("series", "lines"): ("median", "median_difference", "up"),
        ("peers", "groups"): ("difference", "lower", "distance"),
        ("firm", "measures"): ("score_low", "rank_high", "same_level"),
        ("questions",): ("split", "changed"),
        ("evidenced", "measures"): ("median_gap", "gap"),
        ("wanted",): ("count", "answered"),
        ("analysis",): ("alpha", "rho", "share", "mean"),
    }
    chance = random.Random(8)
    paths = list(numbers_in(found.data))
    for part, keys in shown.items():
        for key in keys if LONG else chance.sample(keys, 1):
            of_part = [
                p
                for p in paths
                if p[-1] == key and set(part) <= set(p) and "levels" not in p and "distribution" not in p
            ]
            path = chance.choice([p for p in of_part if told_of(p, found.data)])
            assert disagreeing(found, path), path


def told_of(path: tuple[Any, ...], data: Any) -> bool:
    """Whether that number stands in a table: of the last steps, the dimensions, and of the kinds that are tabulated."""
    if path[0] == "series":
        return len(data["series"]["lines"][path[2]]["by"]) < 2
    if "differences" in path:
        return len(data["comparisons"][path[1]]["by"]) < 2
    return not (path[0] == "peers" and path[-2] == "summary")


def disagreeing(found: Seen, path: tuple[Any, ...]) -> bool:
    data = json.loads(json.dumps(found.data))
    at = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] += 1
    f = Figures(data, "en")
    told = {name: present(f, rows) for name, rows in found.page.items()}
    wrong = [line for name, rows in told.items() for line in unlike(name, rows, page_table(f, name, rows))]
    for name, rows in found.sheets.items():
        if name not in ("Contents", "Notes"):
            wrong += unlike(name, rows, sheet(f, name, rows))
    return bool(wrong)
