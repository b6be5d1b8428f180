"""Scores as csv, json, xlsx and parquet: the same in each, cell by cell, typed, documented, and harmless."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

import program
import report_data as data
from maturity.cli.overwrite import check_target
from maturity.intake.collect import collect
from maturity.intake.scored import Scored, score_all, scorer_for
from maturity.models.problem import MaturityError
from maturity.reports import scores_table
from maturity.reports.scores import scores_csv, scores_rows
from maturity.reports.scores_parquet import scores_parquet
from maturity.reports.scores_rows import COUNCIL, FROM, SCORE, Rows
from maturity.reports.workbook import scores_workbook
from maturity.scoring.score import Scorer
from maturity.sources.registers import wales

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "wales-2026"
GOOD = EXAMPLES / "cardiff.yaml"
Cells = list[dict[str, Any]]
MADE_ON = dt.date(2026, 11, 2)
STARTS = ("=", "+", "-", "@", "\t", "\r")


def score(*words: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """`maturity score` in a pipe; what it writes as bytes."""
    return program.run_bytes("score", *words, env={**os.environ, **(env or {})})


def of_csv(text: str, columns: tuple[tuple[str, str], ...]) -> Cells:
    """The rows with what their cells mean, read back without our code."""
    back = {"text": _unguarded, "number": float, "count": int, "flag": {"true": True, "false": False}.get}
    types = dict(columns)
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert rows.fieldnames == list(types)
    return [{k: None if v == "" else back[types[k]](v) for k, v in row.items()} for row in rows]  # type: ignore[operator]


def _unguarded(text: str) -> str:
    assert not text.startswith(STARTS), text
    return text[1:] if text.startswith("'") and text[1:].startswith(STARTS) else text


def of_parquet(path: Path) -> Cells:
    found = duckdb.sql(f"select * from read_parquet('{path}')")
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def of_xlsx(content: bytes, sheet: str) -> Cells:
    table = openpyxl.load_workbook(io.BytesIO(content))[sheet]
    head, *rows = table.iter_rows(min_row=4, values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def of_json(text: str, names: dict[tuple[str, str], str]) -> Cells:
    """The long table, made of the scorecards' file by what docs/scores.md says of both."""
    rows: Cells = []
    for filed in json.loads(text)["scorecards"]:
        card = filed["scorecard"]
        whose = {
            "code": filed["code"],
            "name": filed["name"]["en"],
            "period": card["period"],
            "status": filed["status"],
            "made_up": card["made_up"],
        }
        origin = {}
        for what in ("questionnaire", "rubric"):
            origin[what] = f"{card[what]['id']}@{card[what]['version']}"
            origin[f"{what}_sha256"] = card[what]["digest"]
        origin |= {"answers_sha256": card["answers_digest"]}
        origin |= {key: card[key] for key in ("tool_version", "source")}
        for s in card["scores"]:
            same = ("value", "level", "coverage", "answered", "applicable", "limit", "capped", "uncapped")
            rows.append(
                whose
                | {"measure": s["measure"], "group": ".".join(s["group"]) or "all", "score": s["published"]}
                | {key: s[key] for key in same}
                | {"level_name": names.get((s["measure"], s["level"])), "not_scored": s["reason"]}
                | {"counts": ";".join(f"{v:g}:{n}" for v, n in s["counts"]) or None, "kind": "measure"}
                | origin
            )
        for v in card["verdicts"]:
            nothing = dict.fromkeys(name for name, _ in SCORE)
            said = {"measure": v["outcome"], "group": ".".join(v["group"]) or "all", "level": v["label"]}
            named = {"level_name": names.get((v["outcome"], v["label"])), "not_scored": v["reason"]}
            rows.append(whose | nothing | said | named | {"kind": "outcome"} | origin)
    return rows


def names_of(scorer: Scorer) -> dict[tuple[str, str], str]:
    rubric = scorer.rubric
    found = {
        (name, band.id): band.name.to("en")
        for name, measure in rubric.measures.items()
        for band in rubric.bands.get(measure.bands or "", ())
    }
    for name, outcome in rubric.outcomes.items():
        found |= {(name, rule.label): rule.name.to("en") for rule in outcome.rules if rule.name}
    return found


@pytest.mark.parametrize(
    "words",
    [
        [EXAMPLES],
        [
            ROOT / "docs" / "rubrics" / "answers.yaml",
            *("--rubric", ROOT / "docs" / "rubrics" / "step-6-outcome.yaml"),
            *("-q", ROOT / "docs" / "rubrics" / "questionnaire-1.0.0.yaml"),
        ],
    ],
    ids=["councils", "outcomes"],
)
def test_all_formats_say_the_same_cell_by_cell(tmp_path: Path, words: list[object], scorer: Scorer) -> None:
    made = {
        name: tmp_path / name for name in ("w.csv", "l.csv", "w.parquet", "l.parquet", "s.json", "s.xlsx")
    }
    for name, path in made.items():
        done = score(*words, "-o", path, *(["--long"] if name.startswith("l.") else []))
        assert (done.returncode, done.stdout) == (0, b""), done.stderr
    long_columns = (*COUNCIL, *SCORE, *FROM)
    long = of_csv(made["l.csv"].read_text(encoding="utf-8"), long_columns)
    names = names_of(scorer) if words == [EXAMPLES] else {}
    from_json = of_json(made["s.json"].read_text(encoding="utf-8"), names)
    if not names:
        # The guide's own rubric: names of levels are in the other formats only.
        for row in from_json:
            row["level_name"] = next(r["level_name"] for r in long if r["level"] == row["level"])
    assert len(long) > 3
    assert long == from_json == of_parquet(made["l.parquet"]) == of_xlsx(made["s.xlsx"].read_bytes(), "long")
    wide = of_parquet(made["w.parquet"])
    assert wide == of_xlsx(made["s.xlsx"].read_bytes(), "wide")
    types = {"VARCHAR": "text", "DOUBLE": "number", "INTEGER": "count", "BOOLEAN": "flag"}
    described = duckdb.sql(f"describe select * from read_parquet('{made['w.parquet']}')").fetchall()
    assert wide == of_csv(
        made["w.csv"].read_text(encoding="utf-8"), tuple((name, types[kind]) for name, kind, *_ in described)
    )
    by_key = {(row["code"], row["period"], row["measure"], row["group"]): row for row in long}
    seen = set()
    for row in wide:
        for name, value in row.items():
            parts = name.split(".")
            part = parts.pop() if parts[-1] in ("level", "coverage", "limit") else "score"
            key = (row["code"], row["period"], parts[0], ".".join(parts[1:]) or "all")
            found = by_key.get(key)
            if found is not None:
                seen.add(key)
                assert value == found["level" if found["kind"] == "outcome" else part], name
    assert seen == by_key.keys(), "every row of the long table is in the wide one"
    if words == [EXAMPLES]:
        assert any(row["overall"] is None for row in wide)
        assert any(row["capped"] and row["uncapped"] > row["score"] for row in long)


def test_parquet_has_types_and_is_the_same_each_time(
    scorer: Scorer, scored_2026: list[Scored], tmp_path: Path
) -> None:
    rows = scores_rows(scorer, scored_2026, "en", long=True)
    content = b"".join(scores_parquet(rows))
    assert content == b"".join(scores_parquet(rows))
    (tmp_path / "it's.parquet").write_bytes(content)
    path = str(tmp_path / "it's.parquet").replace("'", "''")
    found = {name: kind for name, kind, *_ in duckdb.sql(f"describe select * from '{path}'").fetchall()}
    types = {"text": "VARCHAR", "number": "DOUBLE", "count": "INTEGER", "flag": "BOOLEAN"}
    assert found == {name: types[type_] for name, type_ in rows.columns}
    assert next(scores_parquet(Rows("long", rows.columns, [])))[:4] == b"PAR1"


def hostile(one: Scored, start: str) -> Scored:
    words = {"en": f"{start}cmd|' /C calc'!A0", "cy": f"{start}HYPERLINK()"}
    name = one.organisation.name.model_copy(update={"root": words})
    card = replace(one.scorecard, source=f"{start}1+1.yaml")
    return replace(one, organisation=replace(one.organisation, name=name), scorecard=card)


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("long", [False, True])
def test_nothing_becomes_a_formula(scorer: Scorer, scored_2026: list[Scored], start: str, long: bool) -> None:
    found = [hostile(one, start) for one in scored_2026[:2]]
    rows = scores_rows(scorer, found, "en", long=long)
    text = "".join(scores_csv(rows))
    for line in csv.reader(io.StringIO(text, newline="")):
        assert not [cell for cell in line if cell.startswith(STARTS)]
    assert text.count(f"'{start}1+1.yaml") == len(rows.rows)
    cards = [one.scorecard for one in found]
    content = scores_workbook(scorer, cards, wales(), "en", MADE_ON, [rows])
    kept = start.replace("\r", "\n")
    texts = []
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.data_type != "f", cell.value
                if isinstance(cell.value, str) and cell.value.startswith(f"{kept}1+1"):
                    texts.append(cell)
    assert len(texts) == len(rows.rows) + 2
    assert all(cell.quotePrefix for cell in texts)


def test_a_path_that_looks_like_a_formula_from_end_to_end(tmp_path: Path) -> None:
    (tmp_path / "=1+1.yaml").write_bytes(GOOD.read_bytes())
    done = program.run("score", "=1+1.yaml", "-o", "-", cwd=tmp_path)
    assert done.returncode == 0
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert row["source"] == "'=1+1.yaml"


def test_stdout_holds_what_was_asked_for_and_nothing_else(tmp_path: Path) -> None:
    for words in (("--format", "json"), ("-o", "-", "--format", "json")):
        done = score(EXAMPLES, *words)
        assert len(json.loads(done.stdout)["scorecards"]) == 21
        assert b"made up" in done.stderr
    plain = score(GOOD, "-o", "-").stdout
    assert plain == score(GOOD, "--format", "csv").stdout
    assert plain.startswith(b"code,name,period,status,made_up,")
    assert b"\r" not in plain
    assert score(GOOD, "-o", tmp_path / "s.csv").returncode == 0
    assert (tmp_path / "s.csv").read_bytes() == b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n")
    assert score(GOOD, "--format", "csv", "--long").stdout == score(GOOD, "-o", "-", "--long").stdout != plain


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "json", "-o", "s.json"), "--format"),
        (("--format", "xlsx"), "--format"),
        (("--format", "json", "--long"), "--long"),
        (("--long", "-o", "s.xlsx"), "--long"),
        (("--long",), "Parquet"),
    ],
)
def test_what_does_not_go_together_is_said(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = score(GOOD, *words)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert done.stdout == b""


def test_without_duckdb_it_is_said_what_to_install_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "duckdb.py").write_text("raise ImportError('none here')", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", ""), str(ROOT / "src")])
    done = score(tmp_path / "missing.yaml", "-o", tmp_path / "s.parquet", env={"PYTHONPATH": path})
    assert done.returncode == 2
    said = done.stderr.decode()
    assert "C008" in said
    assert "pip install 'maturity[parquet]'" in said
    assert not (tmp_path / "s.parquet").exists()


def test_parquet_is_written_anew_and_nobody_elses_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "scores.parquet"
    for _ in range(2):
        assert score(GOOD, "-o", path).returncode == 0
    for content in (b"What I found out: nothing yet.", b"PAR1\xff\xff\xff\xffPAR1", b"PAR1"):
        path.write_bytes(content)
        done = score(GOOD, "-o", path)
        assert (done.returncode, b"G021" in done.stderr) == (2, True)
        assert path.read_bytes() == content
    path.unlink()
    duckdb.sql(f"copy (select 1 as maturity) to '{path}' (format parquet)")
    with pytest.raises(MaturityError) as caught:
        check_target(path, [])
    assert [p.kind.code for p in caught.value.problems] == ["G021"]
    assert score(GOOD, "-o", path, "--force").returncode == 0
    check_target(path, [])


def test_a_folder_may_hold_all_that_was_made_of_it(tmp_path: Path) -> None:
    (tmp_path / "cardiff.yaml").write_bytes(GOOD.read_bytes())
    for name in ("s.csv", "s.json", "s.xlsx", "s.parquet", "l.csv", "l.parquet", "s.parquet"):
        done = score(tmp_path, "-o", tmp_path / name, *(["--long"] if name.startswith("l") else []))
        assert done.returncode == 0, done.stderr
    found = of_parquet(tmp_path / "s.parquet")
    assert [row["code"] for row in found] == ["W06000015"]


def test_too_much_for_a_workbook_is_refused(
    scorer: Scorer, scored_2026: list[Scored], monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = [scores_rows(scorer, scored_2026, "en", long=long) for long in (False, True)]
    cells = sum(len(row) for table in tables for row in table.rows)
    monkeypatch.setattr(scores_table, "MOST_CELLS", cells)
    scores_table.check_cells(Path("s.xlsx"), tables)
    monkeypatch.setattr(scores_table, "MOST_CELLS", cells - 1)
    with pytest.raises(MaturityError) as caught:
        scores_table.check_cells(Path("s.xlsx"), tables)
    assert [p.kind.code for p in caught.value.problems] == ["C009"]


def test_column_names_are_the_same_in_both_languages(scorer: Scorer, scored_2026: list[Scored]) -> None:
    for long in (False, True):
        english, welsh = (scores_rows(scorer, scored_2026, lang, long=long) for lang in ("en", "cy"))
        assert english.columns == welsh.columns
        differ = {
            english.columns[n][0]
            for one, other in zip(english.rows, welsh.rows, strict=True)
            for n in range(len(one))
            if one[n] != other[n]
        }
        assert differ == ({"name", "level_name"} if long else {"name"})


def test_no_two_columns_have_one_name() -> None:
    measures = {
        "period": {"name": data.both("A"), "of": "items", "reduce": "mean"},
        "source": {"name": data.both("B"), "of": "items", "by": ["dimension"], "reduce": "mean"},
        "rubric": {"name": data.both("C"), "of": "items", "reduce": "distribution"},
    }
    empty: dict[str, Any] = {"outcomes": {}, "limits": [], "bands": {}, "recommendations": []}
    valued = data.rubric(measures=measures, policy={"min_coverage": 0}, headline="period", **empty)
    scoring = data.scorer_of(data.questionnaire(), valued)
    answers = data.assessment(scoring, "Cardiff", {"a.w.yes": "yes", "b.y.number": 80})
    organisation = wales().find("Cardiff")
    assert organisation is not None
    one = Scored(organisation, answers, scoring.score(answers))
    wide, long = (scores_rows(scoring, [one], "en", long=long) for long in (False, True))
    names = [name for name, _ in wide.columns]
    assert len({name.casefold() for name in names}) == len(names)
    assert {"measure.period", "measure.period.level", "source.a", "source.b", "measure.rubric"} <= set(names)
    (counted,) = (row for row in long.rows if "rubric" in row)
    found = dict(zip([name for name, _ in long.columns], counted, strict=True))
    # Yes is worth 4, and so is 80 in the bands 0, 25 and 75.
    assert (found["score"], found["counts"]) == (None, "4:2")
    assert next(scores_parquet(wide))


def test_the_columns_are_documented_with_their_types() -> None:
    text = (ROOT / "docs" / "scores.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (text|number|count|flag) \| \S.*\|$", text, re.MULTILINE)
    of_wide = (("answered", "count"), ("applicable", "count"))
    assert tuple(rows) == (*COUNCIL, *SCORE, *of_wide, *FROM)


def test_a_long_table_for_people_says_what_it_leaves_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from maturity.cli import scores_out
    from maturity.locale.words import Words

    collection = collect([ROOT / "examples" / "wales-2026"], wales())
    scorer = scorer_for(collection.assessments, None, None)
    scored = score_all(scorer, collection.assessments)
    for most, left_out in ((len(scored), False), (2, True)):
        monkeypatch.setattr(scores_out, "MOST_SHOWN", most)
        scores_out.write_scores(scorer, scored, scores_out.Target(None, "", False), Words("en"))
        shown = capsys.readouterr()
        assert ("Bridgend" in shown.out, "Wrexham" in shown.out) == (True, not left_out)
        assert ("The first 2 of 21 are shown" in shown.err) == left_out
