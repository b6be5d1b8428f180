"""Scorecards rechecked by the hundred: one after another, with little in memory, and nothing of them missed."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from maturity.intake.collect import Collected, collect
from maturity.intake.rechecked import recheck
from maturity.intake.scored import Scored, Scores
from maturity.models.problem import MaturityError
from maturity.reports.scores import scores_json
from maturity.scoring.score import Scorer
from maturity.sources import scorecards_parts
from maturity.sources.parts import count
from maturity.sources.registers import wales
from maturity.sources.scorecards import MAX_FILED
from maturity.sources.scorecards_parts import each_scorecard
from table_data import ROOT

FIRST_CARD = 4
"""The line on which it begins."""


@pytest.fixture(scope="module")
def text(scored_2026: list[Scored]) -> str:
    return "".join(scores_json(scored_2026[:6]))


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a file of six scorecards were too large to be read whole; one has some 45,000 bytes."""
    monkeypatch.setattr(scorecards_parts, "WHOLE", 80_000)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "cards.json"
    path.write_bytes(text.encode())
    return path


def wrong(path: Path) -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(MaturityError) as caught:
        list(each_scorecard(path))
    return [(p.kind.code, p.place.line, p.place.column) for p in caught.value.problems]


def test_hundreds_of_scorecards_hold_until_one_is_changed(tmp_path: Path, scorer: Scorer) -> None:
    answers = collect([ROOT / "examples" / "wales-2026"], wales(), texts=False).assessments
    many: list[Collected] = [
        replace(one, held=replace(one.held, period=str(year)))  # type: ignore[type-var]
        for year in range(1990, 1997)
        for one in answers
    ]
    path = tmp_path / "many.json"
    with path.open("w", encoding="utf-8") as file:
        for part in scores_json(Scores(scorer, many)):
            file.write(part)
    assert len(many) > 127
    text = path.read_text(encoding="utf-8")
    assert count(json.loads(text)) > MAX_FILED, "it is too large to be read whole"
    lines = text.splitlines(keepends=True)
    ends = [n for n, line in enumerate(lines) if line in ("  },\n", "  }\n")]
    assert len(ends) == len(many)
    at = next(n for n in range(ends[99], ends[100]) if '"weight": 1.0' in lines[n])
    lines[at] = lines[at].replace("1.0", "1.5")
    # One is changed, one is gone, and one stands there twice.
    del lines[ends[9] + 1 : ends[10] + 1]
    lines[3:3] = lines[ends[19] + 1 - (ends[10] - ends[9]) : ends[20] + 1 - (ends[10] - ends[9])]
    path.write_text("".join(lines), encoding="utf-8")
    found = recheck(each_scorecard(path), many, "many.json")
    assert (found.of, found.holding) == (len(many), len(many) - 2)
    told = [(p.kind.code, p.details["organisation"]) for p in found.problems]
    names = [one.organisation.name for one in many]
    assert told == [("C006", names[20]), ("C004", names[100])]
    gone = recheck(islice(each_scorecard(path), 5), many[1:], "many.json")
    assert [p.kind.code for p in gone.problems] == ["C001"]


def test_it_is_the_same_in_parts_as_whole(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, text)
    whole = list(each_scorecard(path))
    monkeypatch.setattr(scorecards_parts, "WHOLE", 80_000)
    assert list(each_scorecard(path)) == whole and len(whole) == 6


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"status": "submitted"', '"status": "sent"'),
        ('"state": "answered"', '"state": ["answered"]'),
        ('"published":', '"published": 1,\n "published":'),
        ('"items": [', '"items": [{}, '),
        ("\n  },\n  {", "\n  }\n  {"),
        ("\n  },\n  {", "\n  },\n  ,{"),
        ("\n  }\n ]\n}", "\n  },\n ]\n}"),
        ("\n  }\n ]\n}", "\n  }\n ]\n}\n{}"),
        ("\n  }\n ]\n}", "\n  }\n ],"),
        ("\n  }\n ]\n}\n", ""),
    ],
)
def test_what_is_wrong_is_told_at_the_same_place_in_parts_as_whole(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    start, mark, end = text.rpartition(old)
    assert mark
    path = written(tmp_path, start + new + end)
    whole = wrong(path)
    monkeypatch.setattr(scorecards_parts, "WHOLE", 80_000)
    assert whole and wrong(path) == whole


def test_every_wrong_scorecard_is_told(tmp_path: Path, text: str, in_parts: None) -> None:
    path = written(tmp_path, text.replace('"status": "submitted"', '"status": "sent"'))
    lines = text.splitlines()
    at = [n for n, line in enumerate(lines, 1) if '"status": "submitted"' in line]
    assert len(at) == 6
    assert [line for _, line, _ in wrong(path)] == at


def test_a_scorecard_without_end_is_refused_before_it_is_read(
    tmp_path: Path, text: str, in_parts: None
) -> None:
    start, mark, end = text.partition('"source": "')
    endless = start + mark + "x" * 200_000 + end
    assert wrong(written(tmp_path, endless)) == [("F007", FIRST_CARD, None)]
    spaces = text.replace("\n  },\n", "\n  }\n" + " \n" * 100_000, 1)
    assert wrong(written(tmp_path, spaces)) == [("F007", FIRST_CARD, None)]
    assert wrong(written(tmp_path, text + " " * 200_000))[-1][0] == "F007"


def test_a_file_of_nothing_but_mistakes_is_not_read_to_its_end(
    tmp_path: Path, in_parts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scorecards_parts, "MAX_PROBLEMS", 20)
    card = '  {\n   "code": 1\n  },\n'
    head = '{\n "format": "maturity-scorecards/1",\n "scorecards": [\n'
    found = wrong(written(tmp_path, head + card * 20_000 + "  {}\n ]\n}\n"))
    assert len(found) == 21 and found[-1][0] == "F015"


def test_yaml_that_is_no_json_is_told(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text.replace("\n  }\n ]", "\n  },\n ]"))
    line = text.count("\n") - 1
    assert wrong(path) == [("F310", line, 2)]
    assert json.loads(text)


def test_what_differs_in_everything_ends(scorer: Scorer, monkeypatch: pytest.MonkeyPatch) -> None:
    from maturity.intake import rechecked

    answers = collect([ROOT / "examples" / "wales-2026"], wales(), texts=False).assessments
    filed = [one.filed for one in Scores(scorer, answers[:4])]
    monkeypatch.setattr(rechecked, "MOST_TOLD", 2)
    found = recheck(filed, [], "it.json")
    assert [p.kind.code for p in found.problems] == ["C001", "C001", "F015"] and found.of == 2
