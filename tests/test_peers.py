"""Groups that a council is set against: who is in them, what they score, and what too few leave untold."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np
import pytest

import report_data as data
from maturity.benchmark.compare import compare
from maturity.benchmark.neighbours import distances
from maturity.benchmark.peer_choice import choose_peers
from maturity.benchmark.peers import peer_groups
from maturity.models.benchmark import Benchmark
from maturity.models.problem import MaturityError
from maturity.models.register import Organisation, Register
from maturity.models.text import Text
from maturity.scoring.score import Scorer
from maturity.sources.registers import wales
from test_cli import maturity

ROOT = Path(__file__).parent.parent
ANSWERS = str(ROOT / "examples" / "wales-2026")
CARDIFF = "W06000015"


def places(*said: tuple[int, str | None, float | None]) -> Register:
    """Organisations of so many residents, that type and that area."""

    def one(i: int, residents: int, kind: str | None, area: float | None) -> Organisation:
        further: dict[str, Text | float] = {}
        if kind is not None:
            further["rurality"] = Text({"en": kind, "cy": f"{kind} cy"})
        if area is not None:
            further["area"] = area
        word = Text({"en": f"Place {i}", "cy": f"Lle {i}"})
        return Organisation(f"P{i}", word, word, word, word, residents, (i, 0), (), further)

    return Register("places", tuple(one(i, *about) for i, about in enumerate(said)))


FOUR = places((100, "r", 4.0), (1_000, "u", 4.0), (10_000, "r", 4.0), (100_000, "u", None))


def near(register: Register, code: str, *attributes: str) -> list[tuple[str, float]]:
    found = distances(register, register.by_code[code], attributes)
    return [(one.organisation, round(one.distance, 6)) for one in found]


def test_distances_worked_out_by_hand() -> None:
    """The logarithms of 100, 1,000, 10,000 and 100,000 are evenly spaced: with a step of 1 their variance is 1.25, so that
    a step is 1/√1.25 standard deviations and its square 0.8."""
    assert near(FOUR, "P0", "population") == [("P1", 0.894427), ("P2", 1.788854), ("P3", 2.683282)]
    # √(0.8 + 1), √3.2, √(7.2 + 1): another type counts 1.
    assert near(FOUR, "P0", "population", "rurality") == [
        ("P1", 1.341641),
        ("P2", 1.788854),
        ("P3", 2.863564),
    ]
    # Types alone: 0 or 1, and ties stand in the register's order.
    assert near(FOUR, "P1", "rurality") == [("P3", 0.0), ("P0", 1.0), ("P2", 1.0)]
    # A number that is the same everywhere tells nobody apart; whose number is not known is neither near nor far.
    assert near(FOUR, "P0", "area") == [("P1", 0.0), ("P2", 0.0)]
    # 10, 20 and 60: mean 30, variance (400 + 100 + 900) / 3 = 466.67, deviation 21.602469.
    areas = places((1, None, 10.0), (1, None, 20.0), (1, None, 60.0))
    assert near(areas, "P0", "area") == [("P1", 0.46291), ("P2", 2.314550)]
    (first, *_) = distances(FOUR, FOUR.by_code["P0"], ("population", "rurality"))
    assert dict(first.parts) == {"population": pytest.approx(0.894427, abs=1e-6), "rurality": 1.0}


def test_distances_agree_with_numpy() -> None:
    register = wales()
    logs = np.log([o.population for o in register.organisations])
    z = (logs - logs.mean()) / logs.std()
    kinds = np.array([str(o.attributes["rurality"]) for o in register.organisations])
    areas = np.array([str(o.attributes["region"]) for o in register.organisations])
    for i, council in enumerate(register.organisations):
        apart = np.sqrt((z - z[i]) ** 2 + (kinds != kinds[i]) + (areas != areas[i]))
        found = distances(register, council, ("population", "rurality", "region"))
        assert len(found) == 21
        for one in found:
            j = list(register.by_code).index(one.organisation)
            assert one.distance == pytest.approx(apart[j], abs=1e-9)
            assert one.distance**2 == pytest.approx(sum(part**2 for _, part in one.parts), abs=1e-8)
        assert [one.distance for one in found] == sorted(one.distance for one in found)


def test_ties_with_the_last_neighbour_are_kept() -> None:
    (one,) = choose_peers(["nearest:2:rurality"], FOUR, "P1")
    assert one.members == ("P3", "P0", "P2")
    assert one.name.to("en") == "3 nearest to Place 1"
    (two,) = choose_peers(["nearest:1:rurality"], FOUR, "P1")
    assert two.members == ("P3",)
    (three,) = choose_peers(["nearest:1:area"], FOUR, "P0")
    assert (three.members, three.unplaced) == (("P1", "P2"), ("P3",))
    # Without attributes: population and rurality.
    assert [name for name, _ in choose_peers(["nearest:2"], FOUR, "P0")[0].neighbours[0].parts] == [
        "population",
        "rurality",
    ]


@pytest.mark.parametrize("asked", ["region", "population", "rurality"])
def test_the_bundled_groups_hold_each_council_once(asked: str) -> None:
    chosen = choose_peers([asked], wales(), None)
    codes = [code for one in chosen for code in one.members]
    assert sorted(codes) == sorted(wales().by_code)
    assert all(one.unplaced == () and one.name.has("cy") for one in chosen)
    if asked == "population":
        bands = [[wales().by_code[c].population for c in one.members] for one in chosen]
        assert [len(band) for band in bands] == [7, 8, 7]
        assert max(bands[0]) < 100_000 <= min(bands[1]) <= max(bands[1]) < 150_000 <= min(bands[2])
    if asked == "rurality":
        assert {one.name.to("en"): len(one.members) for one in chosen} == {
            "Rurality: Rural": 9,
            "Rurality: Valleys": 5,
            "Rurality: Urban": 3,
            "Rurality: Other": 5,
        }


def test_bands_of_numbers() -> None:
    register = places(*((n * 100, None, float(n)) for n in range(1, 7)))
    groups = choose_peers(["area:2,5"], register, None)
    assert [one.members for one in groups] == [("P0",), ("P1", "P2", "P3"), ("P4", "P5")]
    assert [one.name.to("en") for one in groups] == [
        "Area: below 2",
        "Area: from 2 to below 5",
        "Area: 5 or more",
    ]
    # Thirds of 1 … 6 by type 7: at 1 + 5/3 and 1 + 10/3, printed and used with two decimals.
    thirds = choose_peers(["area"], register, None)
    assert [one.members for one in thirds] == [("P0", "P1"), ("P2", "P3"), ("P4", "P5")]
    assert [one.name.to("en") for one in thirds][1] == "Area: from 2.67 to below 4.33"
    # A band in which nobody is is no group; where all are equal there is one.
    assert len(choose_peers(["area:0.5,100"], register, None)) == 1
    same = places((1, None, 3.0), (1, None, 3.0))
    assert [one.members for one in choose_peers(["area"], same, None)] == [("P0", "P1")]
    some = places((1, "r", None), (1, None, 3.0))
    assert choose_peers(["rurality"], some, None)[0].unplaced == ("P1",)


def test_lists_in_a_line_and_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "north coast.txt"
    file.write_text("# by the sea\nYnys Môn\n\nGwynedd  # and Llŷn\nW06000003\nConwy\n", encoding="utf-8")
    one, two = choose_peers(["coast=Gwynedd, ynys mon,Conwy", str(file)], wales(), None)
    assert one.members == two.members == ("W06000001", "W06000002", "W06000003")
    assert (one.name.to("en"), two.name.to("cy")) == ("coast", "north coast")


WRONG = [
    ("regoin", "G200"),
    ("Cardiff", "G200"),
    ("", "G200"),
    ("nearest:5", "G201"),
    ("nearest", "G201"),
    ("region:3", "G205"),
    ("population:", "G205"),
    ("population:5,4", "G205"),
    ("population:5,5", "G205"),
    ("population:5;6", "G205"),
    ("north=", "G206"),
    ("=Cardiff", "G206"),
    ("north=Cardif,Conwy", "G001"),
    ("x" * 5000, "G200"),
    ("regi\0on", "G200"),
    (str(ROOT), "F021"),
]
WRONG_FOR_CARDIFF = [
    ("nearest", "G202"),
    ("nearest:0", "G202"),
    ("nearest:22", "G202"),
    ("nearest:-1", "G202"),
    ("nearest:2.5", "G202"),
    ("nearest:²", "G202"),
    ("nearest:" + "9" * 5000, "G202"),
    ("nearest:5:wealth", "G203"),
    ("nearest:5:", "G203"),
]


@pytest.mark.parametrize(
    ("asked", "code", "council"),
    [(*one, None) for one in WRONG] + [(*one, CARDIFF) for one in WRONG_FOR_CARDIFF],
)
def test_what_cannot_be_asked_for(asked: str, code: str, council: str | None) -> None:
    with pytest.raises(MaturityError) as caught:
        choose_peers([asked], wales(), council)
    (problem,) = caught.value.problems
    assert problem.kind.code == code
    assert len(problem.message()) < 200
    assert len(problem.remedy()) < 300
    remedies = {
        "G200": "region, population, rurality, all, nearest:5",
        "G202": "from 1 to 21",
        "G203": "region, population, rurality",
        "G001": "Did you mean 'Cardiff'?",
    }
    assert remedies.get(code, "") in problem.remedy()


def test_a_list_that_is_none(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    huge.write_text("Cardiff\n" * 150_000, encoding="utf-8")
    empty = tmp_path / "empty.txt"
    empty.write_text("# nobody yet\n", encoding="utf-8")
    with pytest.raises(MaturityError) as caught:
        choose_peers([str(huge), str(empty)], wales(), None)
    assert [p.kind.code for p in caught.value.problems] == ["F007", "G206"]


def test_all_that_is_wrong_is_said_together(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("Cardiff\nAtlantis\nAvalon\n", encoding="utf-8")
    latin = tmp_path / "latin.txt"
    latin.write_bytes("Ynys Môn\n".encode("latin-1"))
    with pytest.raises(MaturityError) as caught:
        choose_peers(["rural", str(file), str(latin), "nearest:2:wealth,size"], wales(), CARDIFF)
    assert [(p.kind.code, p.place.line) for p in caught.value.problems] == [
        ("G200", None),
        ("G001", 2),
        ("G001", 3),
        ("F001", 1),
        ("G203", None),
        ("G203", None),
    ]
    with pytest.raises(MaturityError) as caught:
        choose_peers(["nearest:1:area"], FOUR, "P3")
    assert [p.kind.code for p in caught.value.problems] == ["G204"]


def quantiles(values: list[float]) -> tuple[float | None, float | None, float | None]:
    middle = round(float(np.median(values)), 9) if len(values) >= 5 else None
    if len(values) < 8:
        return None, middle, None
    low, high = np.percentile(values, [25, 75])
    return round(float(low), 9), middle, round(float(high), 9)


def test_every_figure_agrees_with_numpy(scorer: Scorer, benchmark_2026: Benchmark) -> None:
    """Every group of every kind for every council, from the scorecards alone."""
    cards = {m.organisation.code: m.scorecard for m in benchmark_2026.members if m.scorecard}
    asked = [
        "region",
        "population",
        "rurality",
        "nearest:5",
        "nearest:9:population,region",
        "all",
        "x=Powys,Conwy",
    ]
    told = 0
    for council in (None, CARDIFF, "W06000019", "W06000008"):
        wanted = [a for a in asked if council or not a.startswith("nearest")]
        for group in peer_groups(scorer, wales(), benchmark_2026, council, wanted).groups:
            assert group.missing == tuple(c for c in group.members if c not in cards)
            assert group.own == (council in group.members)
            assert len(group.figures) == len(benchmark_2026.comparisons)
            for f in group.figures:
                scores = {c: card.score(f.measure, *f.group) for c, card in cards.items()}
                known = {c: s.published for c, s in scores.items() if s and s.published is not None}
                values = [known[c] for c in group.members if c in known]
                others = [known[c] for c in group.members if c in known and c != council]
                for summary, expected in ((f.summary, values), (f.others, others)):
                    assert summary.n == len(expected)
                    assert (summary.q1, summary.median, summary.q3) == quantiles(expected)
                assert f.withheld == (
                    "everything" if len(others) < 5 else "quartiles" if len(others) < 8 else None
                )
                if len(values) < 5:
                    assert f.levels is None
                else:
                    levels = [s.level for c, s in scores.items() if c in group.members and s and s.level]
                    assert dict(f.levels or ()) == {b: levels.count(b) for b, _ in f.levels or ()}
                    assert sum(n for _, n in f.levels or ()) == len(levels)
                own = known.get(council or "")
                if own is None:
                    assert f.own is None
                    continue
                assert f.own is not None
                told += 1
                assert f.own.published == own
                counts = (
                    sum(v < own for v in others),
                    sum(v == own for v in others),
                    sum(v > own for v in others),
                )
                if len(others) < 5:
                    assert (f.own.lower, f.own.rank, f.own.difference) == (None, None, None)
                else:
                    assert (f.own.lower, f.own.same, f.own.higher) == counts
                    assert f.own.rank == counts[2] + 1
                    assert f.own.difference == pytest.approx(own - median(others), abs=0.00501)
                assert (f.own.position is None) or (group.own and len(values) >= 8)
    assert told > 100


def listed(n: int, missing: int = 0) -> tuple[Scorer, Register, Benchmark]:
    scorer = data.scorer_of(data.questionnaire(), data.rubric())
    register = data.register(12)
    full = dict.fromkeys(("a.v.one", "a.v.two", "a.v.three", "a.w.one"), "l3") | {"a.w.yes": "yes"}
    now = {
        o.code: data.scored(
            scorer, data.assessment(scorer, o.code, full | {"b.y.number": 80.0, "b.y.several": ("c0",)})
        )
        for o in register.organisations[missing:]
    }
    return scorer, register, compare(scorer, register, now)


@pytest.mark.parametrize("n", [0, 1, 4, 5, 7, 8])
def test_what_so_few_leave_untold(n: int) -> None:
    """The first `n` submitted, all with the same answers: ties everywhere."""
    scorer, register, whole = listed(n)
    members = tuple(replace(m, scorecard=m.scorecard if i < n else None) for i, m in enumerate(whole.members))
    comparisons = tuple(
        replace(
            c,
            standings=tuple(
                s if i < n else replace(s, published=None, level=None) for i, s in enumerate(c.standings)
            ),
        )
        for c in whole.comparisons
    )
    compared = replace(whole, members=members, comparisons=comparisons)
    peers = peer_groups(scorer, register, compared, None, ["all"])
    (group,) = peers.groups
    assert group.missing == tuple(register.by_code)[n:]
    for f in group.figures:
        assert f.summary.n == f.others.n == n
        assert (f.summary.median is None) == (n < 5)
        assert (f.summary.q1 is None) == (f.summary.q3 is None) == (n < 8)
        assert (f.levels is None) == (n < 5)
    if n:
        (own,) = peer_groups(scorer, register, compared, "X00000000").groups
        for f in own.figures:
            assert (f.summary.n, f.others.n) == (n, n - 1)
            assert f.own is not None
            assert f.own.same == (n - 1 if n >= 6 else None)
            assert f.own.rank == (1 if n >= 6 else None)
            assert f.own.difference == (0 if n >= 6 else None)
            # All are equal: no quarter is upper or lower.
            assert f.own.position is None
            assert f.own.position_without is None


def test_with_and_without_itself() -> None:
    """Eight others at 1, 2 … 8 and the council at 7: with itself Q3 is 7, without 6.25; either way the upper quarter. At 6.5
    the quartile with itself is 6.5 and without it 6.25."""
    scorer, register, whole = listed(12)
    first = whole.comparisons[0]
    scores = [7.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]

    def changed(own: float) -> Benchmark:
        values = [own, *scores[1:], None, None, None]
        standings = tuple(replace(s, published=v) for s, v in zip(first.standings, values, strict=True))
        return replace(whole, comparisons=(replace(first, standings=standings),))

    for own, q3, lower, same, higher, away in ((7.0, 7.0, 6, 1, 1, 2.5), (6.5, 6.5, 6, 0, 2, 2.0)):
        (group,) = peer_groups(scorer, register, changed(own), "X00000000").groups
        (f,) = group.figures
        assert f.own is not None
        assert (f.summary.n, f.summary.q3, f.others.n, f.others.q3) == (9, q3, 8, 6.25)
        assert (f.own.lower, f.own.same, f.own.higher, f.own.rank) == (lower, same, higher, higher + 1)
        assert (f.own.difference, f.own.position, f.own.position_without) == (away, "upper", "upper")
    # At 6.2 the quartile with itself is 6.2, and 6.25 without.
    (group,) = peer_groups(scorer, register, changed(6.2), "X00000000").groups
    assert group.figures[0].own is not None
    assert group.figures[0].own.position == "upper"
    assert group.figures[0].own.position_without == "middle"


def test_what_a_council_is_told(scorer: Scorer, benchmark_2026: Benchmark) -> None:
    peers = peer_groups(scorer, wales(), benchmark_2026, CARDIFF, ["region", "rurality", "x=Powys"])
    assert [g.name.to("en") for g in peers.told] == ["South East Wales", "Rurality: Urban", "x"]
    assert len(peers.groups) == 9
    alone = peer_groups(scorer, wales(), benchmark_2026, None, ["region"])
    assert alone.told == alone.groups
    (everybody,) = peer_groups(scorer, wales(), benchmark_2026, CARDIFF).groups
    assert (everybody.kind, everybody.asked, everybody.figures[0].others.n) == ("everybody", "", 19)
    assert peer_groups(scorer, wales(), benchmark_2026).groups == ()


def run(*arguments: str) -> tuple[int, str, str]:
    result = maturity("benchmark", *arguments)
    return result.returncode, result.stdout, result.stderr


def test_the_command_shows_and_writes_the_groups(
    tmp_path: Path, scorer: Scorer, benchmark_2026: Benchmark
) -> None:
    asked = ["--for", "Cardiff", "--peers", "region", "--peers", "nearest:5", "--peers", "rurality"]
    code, out, _ = run(ANSWERS, *asked)
    assert code == 0
    assert "South East Wales\nBlaenau Gwent, Bridgend, Caerphilly, Cardiff, Merthyr Tydfil" in out
    assert "Not submitted: Blaenau Gwent" in out
    assert "Distance by population, rurality: Swansea 0.95, Rhondda Cynon Taf 1.38" in out
    assert "Nothing is told of this group: no more than 2 scored" in out
    assert "North Wales" not in out
    file = tmp_path / "figures.json"
    assert run(ANSWERS, *asked, "--json", str(file))[0] == 0
    written = json.loads(file.read_text(encoding="utf-8"))["peers"]
    made = peer_groups(scorer, wales(), benchmark_2026, CARDIFF, ["region", "nearest:5", "rurality"])
    assert written["council"] == CARDIFF
    assert [g["name"]["en"] for g in written["groups"]] == [g.name.to("en") for g in made.groups]
    for found, group in zip(written["groups"], made.groups, strict=True):
        assert [f["others"]["median"] for f in found["figures"]] == [f.others.median for f in group.figures]
        assert [n["distance"] for n in found["neighbours"]] == [n.distance for n in group.neighbours]
    plain = tmp_path / "plain.json"
    assert run(ANSWERS, "--json", str(plain))[0] == 0
    assert json.loads(plain.read_text(encoding="utf-8"))["peers"] is None
    code, out, _ = run(ANSWERS, "--peers", "region")
    assert all(name in out for name in ("North Wales", "Mid Wales", "South West Wales", "South East Wales"))
    assert "To the median" not in out


def test_wrong_peers_are_said_with_what_could_stand_there() -> None:
    code, out, err = run(ANSWERS, "--peers", "regoin", "--peers", "nearest:5")
    assert (code, out) == (2, "")
    assert "[G200]" in err
    assert "Did you mean 'region'?" in err
    assert "[G201]" in err
    code, _, err = run(ANSWERS, "--for", "Cardif", "--peers", "region")
    assert code == 2
    assert "Did you mean 'Cardiff'?" in err
