"""Every figure of the example's benchmark, recomputed by an independent script (`recount`) to the last printed digit."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

import recount_edit as made
from maturity.cli.drawings import strip
from maturity.models.summary import Summary
from recount import Recount, differences, is_number
from recount_parts import strong_near
from recount_scores import ROOT, loaded, settled
from test_cli import assert_explained, maturity

EXAMPLES = ROOT / "examples"
NOW, BEFORE = EXAMPLES / "wales-2026", EXAMPLES / "wales-2017"
ELSEWHERE, PLACES = EXAMPLES / "elsewhere" / "2026", EXAMPLES / "elsewhere" / "register.csv"
DRAWS = 120
CARDIFF, POWYS = "W06000015", "W06000023"
WHOLE = (
    *(NOW, ELSEWHERE, "--previous", BEFORE, "--register", PLACES, "--for", "Cardiff"),
    *("--peers", "region", "--peers", "population", "--peers", "nearest:5"),
    *("--evidence-above", "by-plan", "--evidence-years", "3", "--together"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recount")


@pytest.fixture(scope="module")
def between(folder: Path) -> Path:
    """A period between the two, of other members: some councils have left, some answers are other."""
    gone = {"powys", "conwy", "newport", "torfaen", "swansea"}
    names = [path.stem for path in BEFORE.glob("*.yaml") if path.stem not in gone]
    return made.written(folder / "2022", BEFORE, made.of_period("2022", seed=22, missing=0.05), names)


@pytest.fixture(scope="module")
def later(folder: Path) -> Path:
    """A period that answered version 2.0.0: carried over from 2026, with the answers that it waits for."""
    plain = made.written(folder / "plain", NOW, made.of_period("2028", seed=28, missing=0.03))
    carried = made.migrated(plain, folder / "carried", maturity)
    names = [path.stem for path in carried.glob("*.yaml") if path.stem != "gwynedd"]
    return made.written(folder / "2028", carried, made.answered(seed=29), names)


@pytest.fixture(scope="module")
def whole(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The document with all its parts, and the recounted one."""
    asked = Recount(
        [NOW, ELSEWHERE],
        [BEFORE],
        CARDIFF,
        ["region", "population", "nearest:5"],
        [PLACES],
        "by-plan",
        3,
        True,
        DRAWS,
    )
    return told(folder, *WHOLE, draws=DRAWS), asked.benchmark()


def told(folder: Path, *words: object, draws: int = 0) -> dict[str, Any]:
    """What the command writes as JSON."""
    path = folder / "benchmark.json"
    assert_explained(maturity("benchmark", *words, "--draws", draws, "--json", path, "--force"), 0)
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def agree(document: dict[str, Any], asked: Recount) -> None:
    found = differences(document, asked.benchmark())
    assert not found, "\n".join(found[:20])


def test_every_figure_of_2026_with_every_part(whole: tuple[dict[str, Any], dict[str, Any]]) -> None:
    document, recounted = whole
    found = differences(document, recounted)
    assert not found, "\n".join(found[:20])


def test_every_figure_of_2017_alone(folder: Path) -> None:
    agree(told(folder, BEFORE), Recount([BEFORE]))


def test_every_figure_by_an_earlier_rubric_and_other_peers(folder: Path) -> None:
    peers = ["rurality", "all", "coast=Ceredigion,Pembrokeshire,Gwynedd,Conwy,Swansea"]
    asked = [word for one in peers for word in ("--peers", one)]
    document = told(
        folder, NOW, "--for", "Powys", "--rubric", "socitm@1.0.0", *asked, "--evidence-above", "in-pockets"
    )
    agree(document, Recount([NOW], (), POWYS, peers, evidence_above="in-pockets", rubric="1.0.0"))


def test_every_figure_of_three_periods_over_a_rubrics_break(folder: Path, between: Path) -> None:
    rubrics = ["--rubric-of", "2017=socitm@1.0.0", "--rubric-of", "2022=socitm@1.0.0"]
    document = told(folder, BEFORE, between, NOW, *rubrics, "--for", "Cardiff")
    broken = document["series"]["transitions"]
    assert [one["series_break"] is not None for one in broken] == [False, True]
    agree(
        document,
        Recount([BEFORE, between, NOW], (), CARDIFF, rubrics={"2017": "1.0.0", "2022": "1.0.0"}),
    )


def test_every_figure_of_four_periods_over_a_questionnaires_break(
    folder: Path, between: Path, later: Path
) -> None:
    document = told(folder, BEFORE, between, NOW, later, "--together", "--rubric-of", "2017=socitm@1.0.0")
    last = document["series"]["transitions"][-1]["series_break"]
    assert [one["what"] for one in last["differs"]] == ["questionnaire", "rubric"]
    assert last["not_carried"]
    agree(document, Recount([BEFORE, between, NOW, later], rubrics={"2017": "1.0.0"}, together=True))


def test_every_figure_that_a_council_may_see_of_its_region_and_of_other_periods(
    folder: Path, whole: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    """The own part of the series and of the draws, number for number; how many are strong, where that is told."""
    path, recounted = folder / "own.json", whole[1]
    words = ("benchmark", NOW, "--previous", BEFORE, "--for", "Cardiff", "--anonymise", "--draws", DRAWS)
    assert_explained(maturity(*words, "--json", path), 0)
    document = json.loads(path.read_text(encoding="utf-8"))
    firm = of_one(recounted["firm"]["measures"], CARDIFF)
    for measure in firm:
        for one in measure["organisations"]:
            for cause in ("weights", "answers"):
                one[cause] |= {"rank_low": None, "rank_high": None}
    assert differences(document["firm"]["measures"], firm) == []
    series = of_one(recounted["series"], CARDIFF)
    for told_of, line in zip(document["series"]["lines"], series["lines"], strict=True):
        for point, made_anew in zip(told_of["points"], line["points"], strict=True):
            assert point["scores"] == made_anew["scores"]
        for move, made_anew in zip(told_of["moves"], line["moves"], strict=True):
            assert move["change"]["differences"] == made_anew["change"]["differences"]
    assert differences(document["series"]["answers"], series["answers"]) == []
    lessons = strong_near(Recount([NOW]), CARDIFF)
    told_of = {tuple(one["group"]): one for one in document["learning"]["lessons"]}
    assert set(told_of) == {theme for theme, made_anew in lessons.items() if made_anew["below"]}
    counted = 0
    for theme, one in told_of.items():
        made_anew = lessons[theme]
        for group in ("region", "everywhere"):
            assert one[group] in (None, made_anew[group])
            counted += one[group] is not None
        assert one["level"] in (None, made_anew["level"])
    assert counted > 2


def of_one(found: Any, code: str) -> Any:
    """Of every list of what is told of organisations only that one's."""
    if isinstance(found, dict):
        return {key: of_one(value, code) for key, value in found.items()}
    if isinstance(found, list):
        kept = [one for one in found if not isinstance(one, dict) or one.get("organisation", code) == code]
        return [of_one(one, code) for one in kept]
    return found


# The walker itself.


def numbers(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where there are numbers."""
    pairs = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in pairs:
        if isinstance(value, dict | list):
            yield from numbers(value, (*path, key))
        elif is_number(value):
            yield (*path, key)


def test_one_number_that_is_another_is_found(whole: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """A sample over all parts: each number made one last digit larger, one at a time, is named by its path."""
    document, recounted = whole
    parts: dict[str, list[tuple[Any, ...]]] = {}
    for path in numbers(document):
        plain = re.sub(r"/\d+", "", "/".join(map(str, path)))
        if "organisation" not in path and not (path[0] == "peers" and "organisations" in path):
            parts.setdefault(plain, []).append(path)
    assert len(parts) > 100
    rng = random.Random(7)
    for paths in parts.values():
        path = rng.choice(paths)
        head = document[path[0]]
        at = head if len(path) > 1 else document
        for key in path[1:-1]:
            at = at[key]
        kept = at[path[-1]]
        at[path[-1]] = kept + (1 if isinstance(kept, int) else 0.01 if kept == round(kept, 2) else 2e-9)
        part = {path[0]: document[path[0]]}
        found = differences(part, {path[0]: recounted[path[0]]})
        at[path[-1]] = kept
        assert [one.partition(":")[0] for one in found] == ["/".join(map(str, path))]


def test_a_number_that_nobody_recounted_is_named(whole: tuple[dict[str, Any], dict[str, Any]]) -> None:
    document, recounted = whole
    more = {**document, "thing": {"seed": 7, "said": True}, "answers": copy.deepcopy(document["answers"])}
    more["answers"][3]["mode"] = 2
    assert differences(more, recounted) == [
        "answers/3/mode: 2 was not recounted",
        "thing/seed: 7 was not recounted",
    ]


def test_what_is_missing_or_none_is_named(whole: tuple[dict[str, Any], dict[str, Any]]) -> None:
    document, recounted = whole
    less = {
        **document,
        "findings": document["findings"][1:],
        "questions": copy.deepcopy(document["questions"]),
    }
    del less["pairs"]
    less["questions"][0]["split"] = None
    found = differences(less, recounted)
    assert "/pairs: is not there" in found
    assert f"questions/0/split: None, recounted {recounted['questions'][0]['split']}" in found
    assert any(one.startswith("findings: has ") for one in found)


# What is printed.


def shown(value: float | None, *, signed: bool = False, places: int = 2) -> str:
    """Half up over decimals."""
    if value is None:
        return "[x]"
    plain = Decimal(repr(settled(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0
    return f"{plain:+}" if signed else str(plain)


def rows(text: str, heading: str) -> dict[str, list[str]]:
    """The table under the first line that has that heading: first cell → the others, without bars."""
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if re.search(heading, line))
    found = {}
    for line in lines[start + 2 :]:
        cells = [c for c in re.split(r"\s{2,}", line.strip()) if c and not set(c) <= set("━╸╺-#=")]
        if not cells:
            break
        found[cells[0]] = cells[1:]
    return found


@pytest.fixture(scope="module")
def terminal() -> str:
    result = maturity("benchmark", *WHOLE, "--series")
    assert_explained(result, 0)
    return result.stdout


def names_of(document: dict[str, Any]) -> dict[tuple[str, ...], str]:
    return {(c["measure"], *c["group"]): c["name"]["en"] for c in document["comparisons"]}


def test_the_first_table_prints_what_is_recounted(
    terminal: str, whole: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    table, names = rows(terminal, "Measure.*Rank"), names_of(whole[0])
    compared = [c for c in whole[1]["comparisons"] if c["measure"] != "theme"]
    assert len(table) == len(compared) == 7
    for one in compared:
        own = next(s for s in one["standings"] if s["organisation"] == CARDIFF)
        n, change = one["summary"]["n"], one["change"]
        expected = [
            str(n),
            *(shown(one["summary"][q]) for q in ("q1", "median", "q3")),
            strip(Summary(n, *(one["summary"][q] for q in ("median", "q1", "q3"))), own["published"], 0, 4),
            shown(own["published"]),
            f"{'=' if own['same'] else ''}{own['rank']} of {n}",
            *(str(count) if count else "·" for _, count in one["levels"]),
            shown(change["median_difference"], signed=True),
            *(str(change[k]) for k in ("n", "up", "down")),
        ]
        assert table[names[one["measure"], *one["group"]]] == expected


def test_the_series_prints_what_is_recounted(
    terminal: str, whole: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    names = names_of(whole[0])
    lines = [line for line in whole[1]["series"]["lines"] if line["measure"] != "theme"]
    medians, changes = rows(terminal, "Measure +2017 "), rows(terminal, "Measure.*Spread")
    for line in lines:
        name = names[line["measure"], *line["group"]]
        expected = []
        for point in line["points"]:
            own = next(s["published"] for s in point["scores"] if s["organisation"] == CARDIFF)
            expected += [shown(point["summary"]["median"]), str(point["summary"]["n"]), shown(own)]
        assert medians[name] == expected
        (move,) = line["moves"]
        change, spread = move["change"], move["spread"]
        own = next(d["difference"] for d in change["differences"] if d["organisation"] == CARDIFF)
        verdict = spread["verdict"].replace("_", " ")
        assert changes[name] == [
            shown(change["median_difference"], signed=True),
            *(str(change[k]) for k in ("n", "up", "down")),
            shown(own, signed=True),
            f"{shown(spread['before'])} to {shown(spread['after'])}, {verdict}",
        ]


def test_evidence_and_peers_print_what_is_recounted(
    terminal: str, whole: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    document, recounted = whole
    names, evidence = names_of(document), rows(terminal, "Measure.*Evidenced")
    for one in recounted["evidenced"]["measures"]:
        own = next(g for g in one["gaps"] if g["organisation"] == CARDIFF)
        medians = [shown(one[f"median_{part}"]) for part in ("claimed", "evidenced", "gap")]
        own_cells = [shown(own[part]) for part in ("claimed", "evidenced", "gap")]
        assert evidence[names[one["measure"], *one["group"]]] == [str(one["n"]), *medians, *own_cells]
    checked = 0
    for told_of, group in zip(document["peers"]["groups"], recounted["peers"]["groups"], strict=True):
        if told_of["kind"] == "attribute" and not group["own"]:
            continue
        text = terminal[terminal.index(f"\n{told_of['name']['en']}\n") :]
        table = rows(text, "Measure.*To the median")
        for one in group["figures"]:
            if one["measure"] == "theme":
                continue
            own, others = one["own"], one["others"]
            assert table[names[one["measure"], *one["group"]]] == [
                str(others["n"]),
                *(shown(others[q]) for q in ("q1", "median", "q3")),
                shown(own["published"]),
                shown(own["difference"], signed=True),
                *("[x]" if own[k] is None else str(own[k]) for k in ("lower", "same", "higher")),
            ]
            checked += 1
    assert checked == 28
    neighbours = next(g["neighbours"] for g in recounted["peers"]["groups"] if g["neighbours"])
    members = {m["organisation"]["code"]: m["organisation"]["name"]["en"] for m in document["members"]}
    near = ", ".join(f"{members[n['organisation']]} {shown(n['distance'])}" for n in neighbours)
    assert f"Distance by population, rurality: {near}." in " ".join(terminal.split())


FRACTIONS = {
    "a quarter": 1 / 4,
    "a third": 1 / 3,
    "half": 1 / 2,
    "two thirds": 2 / 3,
    "three quarters": 3 / 4,
}


def share_in_words(count: int, n: int) -> str:
    """As docs/statistics.md says: within 3 percentage points, and of some, not of none or all."""
    if not 0 < count < n:
        return ""
    name, apart = min(((name, count / n - f) for name, f in FRACTIONS.items()), key=lambda one: abs(one[1]))
    if abs(apart) > 0.03:
        return ""
    return name if abs(apart) < 1e-9 else f"nearly {name}" if apart < 0 else f"just over {name}"


def test_findings_print_what_is_recounted(whole: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """Every declared sentence and the one of each question: counts, shares in words, medians, splits and changes."""
    document, recounted = whole
    result = maturity("findings", NOW, "--previous", BEFORE)
    assert_explained(result, 0)
    lines = result.stdout.splitlines()
    for told_of, one in zip(document["findings"], recounted["findings"], strict=True):
        count, n = one["count"], one["answered"]
        aside = share_in_words(count, n)
        lead = f"{count} of {n} councils" + (f" ({aside})" if aside else "")
        lead = f"None of the {n} councils" if count == 0 else f"All {n} councils" if count == n else lead
        sentence = told_of["text"]["en"].replace("{count} of {answered} councils", lead)
        assert f"- {sentence}" in lines
    asked = {
        q["id"]: q
        for d in loaded(ROOT / "questionnaires/socitm/questionnaire-1.0.0.yaml")["dimensions"]
        for t in d["themes"]
        for q in t["questions"]
    }
    for one in recounted["questions"]:
        raw = asked[one["question"]]
        start = f"- Asked “{' '.join(raw['text']['en'].split())}”, "
        at = next(n for n, line in enumerate(lines) if line.startswith(start))
        sentence, figures = lines[at].removeprefix(start), lines[at + 1].strip().split("; ")
        assert_quoted(sentence, raw, one)
        assert figures[0] == f"split {shown(one['split'])}"
        moved = one["moved"]
        assert figures[1] == f"{moved['changed']} of {moved['n']} answered otherwise than before"
        if one["type"] == "number":
            assert (
                figures[2]
                == f"median difference {one_more(moved['median_difference'], signed=True)} percentage points"
            )
        elif shown(100 * moved["largest"], places=0) != "0":
            changes = {
                shown(100 * o["change"], signed=True, places=0)
                for o in one["options"]
                if abs(o["change"]) == moved["largest"]
            }
            assert re.search(r"” ([+-]\d+) percentage points$", lines[at + 1])[1] in changes  # type: ignore[index]


def one_more(value: float, *, signed: bool = False) -> str:
    """To one decimal, which whole numbers do without."""
    return shown(value, signed=signed and value != 0, places=1).removesuffix(".0")


def assert_quoted(sentence: str, raw: dict[str, Any], one: dict[str, Any]) -> None:
    """The sentence that stands for a question tells of its most frequent answer, of yes, or the quartiles."""
    n = one["answered"]
    if one["type"] == "number":
        middle, q1, q3 = (one_more(one[q]) + "%" for q in ("median", "q1", "q3"))
        assert sentence == (
            f"{n} councils gave a figure; the median is {middle}, and the middle half lies between {q1} and {q3}."
        )
        return
    counts = {o["option"]: o["count"] for o in one["options"]}
    most = [o for o, c in counts.items() if c == max(counts.values())]
    most = ["yes"] if one["type"] == "yes_no" else most
    words = {o["id"]: " ".join(o["text"]["en"].split()).rstrip(".") for o in raw.get("options", ())}
    words |= {o: raw.get(o, {"en": o.title()})["en"] for o in ("yes", "no")}
    count = counts[most[0]]
    if len(most) > 2:
        assert sentence == f"no answer was given by more than {count} of {n} councils."
        return
    who = f"none of the {n}" if count == 0 else f"all {n}" if count == n else f"{count} of {n}"
    assert sentence.startswith(f"{who} councils ")
    assert all(f"“{words[o]}”" in sentence for o in most)
