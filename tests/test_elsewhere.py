"""Places beyond Wales: their registers, their answers, and which of their measures mean the same as ours."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import report_data as data
from maturity.benchmark.elsewhere import Elsewhere, levels_shared, shared
from maturity.benchmark.peers import peer_groups
from maturity.checks.open_register import beside, open_register, open_registers
from maturity.checks.validate import validate
from maturity.intake.collect import collect
from maturity.intake.elsewhere import Sorted, elsewhere, home_names, sort_out
from maturity.intake.scored import score_all, scorer_for
from maturity.models.benchmark import Benchmark
from maturity.models.problem import MaturityError
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Register, joined
from maturity.scoring.score import Scorer
from maturity.sources.registers import wales
from test_cli import maturity

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "examples" / "elsewhere"
REGISTER = FOLDER / "register.csv"
ANSWERS = ROOT / "examples" / "wales-2026"


@pytest.fixture(scope="module")
def places() -> Register:
    return joined(open_registers([REGISTER]))


def rows() -> list[dict[str, str]]:
    with REGISTER.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(path: Path, content: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(content[0]))
        writer.writeheader()
        writer.writerows(content)
    return path


def test_a_register_with_what_it_says_besides() -> None:
    register = open_register(REGISTER)
    assert (register.id, len(register.organisations)) == ("elsewhere-made-up", 12)
    assert register.called.to("cy") == "Mannau eraill (dychmygol)"
    assert register.attribute_names == ("region", "population", "rurality", "area")
    fableford = register.find("cyngor rhyd-y-chwedl dychmygol")
    assert fableford is not None
    assert fableford.attributes["rurality"] == "Urban"
    assert fableford.attribute("area") == 141.0
    assert all("made up" in o.title.to("en") for o in register.organisations)
    assert not any(o.code[0] in "EWSN" for o in register.organisations), "it looks like a real code"


def test_what_a_register_may_leave_out(tmp_path: Path) -> None:
    content = [{k: v for k, v in row.items() if not k.startswith("register_")} for row in rows()]
    content[0] |= {"attribute_area": "", "attribute_rurality_en": "", "attribute_rurality_cy": ""}
    register = open_register(written(tmp_path / "Far & Away.csv", content))
    assert (register.id, register.called.to("cy")) == ("far-away", "far-away")
    assert register.organisations[0].further == {}
    assert register.organisations[1].further.keys() == {"rurality", "area"}


def test_registers_beside_each_other(tmp_path: Path) -> None:
    assert [r.id for r in open_registers([])] == ["wales"]
    assert [r.id for r in open_registers([REGISTER, REGISTER])] == ["wales", "elsewhere-made-up"]
    taken = rows()
    taken[3]["aliases"] = "Nowhere;caerdydd"
    with pytest.raises(MaturityError) as caught:
        open_registers([written(tmp_path / "taken.csv", taken)])
    (problem,) = caught.value.problems
    assert (problem.kind.code, problem.details["name"]) == ("N206", "caerdydd")
    assert "'Wales'" in problem.message()
    copy = written(tmp_path / "copy.csv", rows())
    with pytest.raises(MaturityError) as caught:
        open_registers([REGISTER, copy])
    assert [p.kind.code for p in caught.value.problems] == ["N206"] * 12
    broken = rows()
    broken[2]["population_2021"] = "many"
    with pytest.raises(MaturityError) as caught:
        open_registers([written(tmp_path / "broken.csv", broken)])
    assert [p.kind.code for p in caught.value.problems] == ["N040"]
    # Only the one that fits is taken along without a word; which of two is meant, nobody knows.
    assert beside(wales(), [open_register(REGISTER), open_register(copy)]).id == "wales+elsewhere-made-up"


def test_a_register_of_ones_own_for_wales(tmp_path: Path) -> None:
    """A file with the bundled codes stands in the bundled register's place."""
    source = ROOT / "src" / "maturity" / "sources" / "wales.csv"
    with source.open(encoding="utf-8", newline="") as file:
        content = [row | {"attribute_schools": str(n * 10)} for n, row in enumerate(csv.DictReader(file))]
    (own,) = open_registers([written(tmp_path / "ours.csv", content)])
    assert own.attribute_names == ("region", "population", "rurality", "schools")
    file = tmp_path / "ours.csv"
    result = maturity(
        "benchmark", ANSWERS, "--register", file, "--for", "Powys", "--peers", "nearest:6:schools"
    )
    assert result.returncode == 0
    # 22 evenly spaced numbers deviate by √((22² - 1) / 12) steps, 6.34: one step is 0.16.
    assert "Distance by schools: Newport 0.16, Merthyr Tydfil 0.16, " in result.stdout


def test_answers_from_elsewhere_are_checked_and_scored(tmp_path: Path) -> None:
    found = validate([FOLDER], wales())
    assert (found.problems, len(found.checked)) == ([], 13)
    alone = validate([FOLDER / "2026"], wales())
    assert {p.kind.code for p in alone.problems} == {"G001"}
    assert maturity("validate", FOLDER / "2026", "--register", REGISTER).returncode == 0
    assert maturity("validate", FOLDER / "2026").returncode == 1
    out = tmp_path / "scores.csv"
    result = maturity("score", FOLDER, ANSWERS / "cardiff.yaml", "--register", REGISTER, "-o", out)
    assert result.returncode == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    assert sorted(codes) == sorted([*open_register(REGISTER).by_code, "W06000015"])
    again = maturity("score", FOLDER / "2026", "--register", REGISTER, "-o", tmp_path / "scores.xlsx")
    assert again.returncode == 0
    assert maturity("explain", FOLDER / "2026" / "fableford.yaml", "--register", REGISTER).returncode == 0
    made = maturity("template", tmp_path / "t", "--all-councils", "--register", REGISTER, "--period", "2027")
    assert made.returncode == 0
    assert len(list((tmp_path / "t").glob("*.xlsx"))) == 12


def test_conditions_look_places_up_in_the_register_that_knows_them(places: Register) -> None:
    condition = {"organisation": "rurality", "equals": "Urban"}
    limits = [
        {
            "id": "town",
            "measure": "overall",
            "at_most": 1,
            "when": condition,
            "because": data.both("It is a town"),
        }
    ]
    asked, valued = data.questionnaire(), data.rubric(limits=limits)
    plain = data.scorer_of(asked, valued)
    scorer = Scorer(asked, valued, plain.plan, plain.references, places)
    answers = {"a.v.one": "l4", "a.v.two": "l4", "a.v.three": "l4", "a.w.one": "l4", "b.y.number": 90.0}
    answers |= {"a.w.yes": "yes", "b.y.several": ("c0", "c1")}

    def capped(name: str) -> bool:
        score = scorer.score(data.assessment(scorer, name, answers)).score("overall")
        assert score is not None
        assert score.published is not None
        return score.published == 1

    assert [capped(n) for n in ("Fableford", "Inkwell Bay", "Cardiff", "Powys")] == [True, False, True, False]


def beyond(places: Register, scorer: Scorer) -> Elsewhere:
    found = collect([FOLDER / "2026"], places)
    assert found.problems == []
    cards = {s.organisation.code: s.scorecard for s in score_all(scorer, found.assessments)}
    return Elsewhere(open_register(REGISTER), scorer, cards, "2026")


def test_a_register_is_a_group_and_its_figures_agree_with_numpy(
    places: Register, scorer: Scorer, benchmark_2026: Benchmark
) -> None:
    far = beyond(places, scorer)
    (everybody, group) = peer_groups(scorer, wales(), benchmark_2026, "W06000015", (), [far]).groups
    assert (everybody.kind, group.kind, group.own, group.missing, group.left_out) == (
        "everybody",
        "register",
        False,
        (),
        (),
    )
    assert (group.questionnaire, group.rubric, group.period) == (None, None, "2026")
    assert len(group.figures) == len(benchmark_2026.comparisons)
    for f in group.figures:
        scores = [s for card in far.cards.values() if (s := card.score(f.measure, *f.group))]
        values = [s.published for s in scores if s.published is not None]
        assert f.basis == "same"
        assert f.summary == f.others
        assert f.summary.n == len(values) >= 8
        expected = [round(float(v), 9) for v in np.percentile(values, [25, 50, 75])]
        assert [f.summary.q1, f.summary.median, f.summary.q3] == expected
        assert dict(f.levels or ()) == {b: [s.level for s in scores].count(b) for b, _ in f.levels or ()}
        own = next(c for c in benchmark_2026.comparisons if (c.measure, c.group) == (f.measure, f.group))
        published = own.of("W06000015").published
        if published is not None:
            assert f.own is not None
            assert (f.own.lower, f.own.position) == (sum(v < published for v in values), None)
    # Wales's own figures are of Wales alone.
    assert len(benchmark_2026.members) == 22


def test_too_few_from_elsewhere(places: Register, scorer: Scorer, benchmark_2026: Benchmark) -> None:
    far = beyond(places, scorer)
    four = Elsewhere(far.register, scorer, dict(list(far.cards.items())[:4]), "2025")
    (group,) = peer_groups(scorer, wales(), benchmark_2026, None, (), [four]).groups
    assert len(group.missing) == 8
    assert group.period == "2025"
    assert all(f.withheld == "everything" and f.levels is None for f in group.figures)
    assert all(f.summary.median is None for f in group.figures)


@pytest.fixture(scope="module")
def newer(places: Register, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Elsewhere's answers carried over to the next questionnaire."""
    folder = tmp_path_factory.mktemp("newer")
    result = maturity("migrate", FOLDER / "2026", "--to", "2.0.0", "-o", folder, "--register", REGISTER)
    assert result.returncode in (0, 1), result.stderr
    assert len(list(folder.glob("*.yaml"))) == 12
    return folder


def test_another_version_is_compared_in_what_did_not_change(
    places: Register, scorer: Scorer, benchmark_2026: Benchmark, newer: Path
) -> None:
    found = sort_out(open_registers([REGISTER]), collect([ANSWERS, newer], places).assessments, None)
    assert [found.home.id, *(r.id for r in found.others)] == ["wales", "elsewhere-made-up"]
    ours = home_scorer(found, None, None, places)
    (far,) = elsewhere(found, ours, "2026", None, None)
    assert (ours.references[1].version, far.scorer.references[1].version) == ("1.1.0", "2.0.1")
    common = shared(ours, far.scorer)
    same = {key for key, why in common.items() if why == "same"}
    assert set(common.values()) == {"same", "built_otherwise", "not_there"}
    assert ("dimension", ("design",)) in same
    assert common["overall", ()] == "built_otherwise"
    # The proof: what is called the same scores the same answers alike, wherever they are answered in both versions.
    old = {
        s.organisation.code: s.scorecard
        for s in score_all(scorer, collect([FOLDER / "2026"], places).assessments)
    }
    for key in same:
        pairs = [(old[c].score(key[0], *key[1]), far.cards[c].score(key[0], *key[1])) for c in old]
        assert [a.value for a, _ in pairs if a] == [b.value for _, b in pairs if b], key
    moved = [
        key
        for key, why in common.items()
        if why == "built_otherwise"
        and any(
            (a := old[c].score(key[0], *key[1]))
            and (b := far.cards[c].score(key[0], *key[1]))
            and a.value != b.value
            for c in old
        )
    ]
    assert ("overall", ()) in moved
    (group,) = peer_groups(ours, found.home, benchmark_2026, None, (), [far]).groups
    assert {(f.measure, f.group) for f in group.figures} == same & {
        (c.measure, c.group) for c in benchmark_2026.comparisons
    }
    assert {(o.measure, o.group): o.why for o in group.left_out} == {
        k: w for k, w in common.items() if w != "same"
    }
    assert (group.questionnaire, group.rubric) == far.scorer.references


def built(asked: Questionnaire | None = None, **changes: Any) -> Scorer:
    return data.scorer_of(asked or data.questionnaire(), data.rubric(**changes))


def asked_with(change: Any) -> Questionnaire:
    content = data.questionnaire().model_dump(by_alias=True, exclude_none=True, mode="json")
    change(content["dimensions"][0]["themes"][0]["questions"])
    return Questionnaire.model_validate(content)


def items(**changes: Any) -> dict[str, Any]:
    return {**data._items(), **changes}


A, B, WHOLE = ("dimension", ("a",)), ("dimension", ("b",)), ("overall", ())
V, W = ("theme", ("a", "v")), ("theme", ("a", "w"))


@pytest.mark.parametrize(
    ("what", "theirs", "otherwise"),
    [
        ("nothing", {}, set()),
        ("another title and version", {"version": "2.3.4", "title": data.both("Other")}, set()),
        ("items in another order", {"items": dict(reversed(data._items().items()))}, set()),
        ("an item's weight", {"items": items(**{"a.v.one": {"scale": "five", "weight": 3}})}, {V, A, WHOLE}),
        ("a value", {"scales": {"five": {"l0": 0, "l1": 1, "l2": 2, "l3": 3.5, "l4": 4}}}, {V, W, A, WHOLE}),
        ("a choice's worth", {"items": items(**{"b.y.several": {"per_choice": {"c0": 2, "c1": 1, "c2": 1, "none": 0}, "at_most": 3}})}, {("theme", ("b", "y")), B, WHOLE}),
        ("coverage", {"policy": {"min_coverage": 0.7}}, {V, W, ("theme", ("b", "y")), A, B, WHOLE}),
        ("rounding", {"policy": {"min_coverage": 0.5, "round": {"places": 1}}}, {V, W, ("theme", ("b", "y")), A, B, WHOLE}),
        ("no limit", {"limits": []}, {A, WHOLE}),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)  # fmt: skip
def test_what_a_number_is_made_from(what: str, theirs: dict[str, Any], otherwise: set[Any]) -> None:
    found = shared(built(), built(**theirs))
    assert {key for key, why in found.items() if why == "built_otherwise"} == otherwise
    assert {why for key, why in found.items() if key not in otherwise} <= {"same"}


def test_other_words_may_mean_another_thing() -> None:
    def reworded(questions: Any) -> None:
        questions[0]["text"]["cy"] = "Arall"

    def explained(questions: Any) -> None:
        questions[0]["help"] = data.both("Count schools too")

    def option(questions: Any) -> None:
        questions[1]["options"][2]["text"]["en"] = "Most of it"

    def asked_of_some(questions: Any) -> None:
        questions[2]["asked_when"] = {"question": "a.v.one", "in": ["l3", "l4"]}

    def evidence(questions: Any) -> None:
        questions[0]["evidence"] = data.both("A paper")

    for change in (reworded, explained, option, asked_of_some):
        found = shared(built(), built(asked_with(change)))
        assert {k for k, why in found.items() if why != "same"} == {V, A, WHOLE}, change
    assert set(shared(built(), built(asked_with(evidence))).values()) == {"same"}


def test_another_rubric_is_compared_by_name_and_scale() -> None:
    other = {"id": "other"}
    theirs = items(**{"a.v.one": {"scale": "five", "weight": 3}})
    assert shared(built(), built(**other, items=theirs)) == {
        V: "scale", A: "scale", WHOLE: "scale", W: "same", B: "same", ("theme", ("b", "y")): "same",
    }  # fmt: skip
    ten = {"five": {f"l{n}": n * 2.5 for n in range(5)}}
    found = shared(built(), built(**other, scales=ten))
    assert {k for k, why in found.items() if why == "other_scale"} == {V, W, A, WHOLE}
    odd = data.scorer_of(data.questionnaire(), data.odd_rubric())
    assert set(shared(built(), odd).values()) == {"not_there"}
    rounded = built(**other, items=theirs, policy={"min_coverage": 0.5, "round": {"places": 1}})
    assert set(shared(built(), rounded).values()) == {"other_scale"}


def test_bounds_of_every_operator() -> None:
    """Streams: items in turn, of which a.v.one is worth -2 to 2 and the others 0 to 4, but b.y.several 0 to 3; all weigh 1
    but a.v.two, 2."""
    from maturity.benchmark.elsewhere import _Built

    odd = _Built(data.scorer_of(data.questionnaire(), data.odd_rubric()))
    # stream-0: a.v.one, a.v.three, a.w.yes, b.y.number; stream-1: a.v.two (twice), a.w.one, b.y.several.
    assert odd.bounds(("stream", ("stream-0",))) == (-2.0, 14.0)
    assert odd.bounds(("stream", ("stream-1",))) == (0.0, 15.0)
    assert odd.bounds(("worst", ("stream-0",))) == (-2.0, 4.0)
    general = _Built(data.scorer_of(data.general_questionnaire(), data.general_rubric()))
    bounds = {
        name: general.bounds((name, ())) for name in ("range", "share", "ladder", "distribution", "max")
    }
    assert bounds == {
        "range": (0.0, 4.0), "share": (0.0, 1.0), "ladder": (0.0, 2.0), "distribution": None, "max": (0.0, 4.0),
    }  # fmt: skip
    # Every kind of condition can be taken apart: each limit of that rubric is in what the whole is made from.
    whole = shared(*[data.scorer_of(data.general_questionnaire(), data.general_rubric()) for _ in range(2)])
    assert set(whole.values()) == {"same"}


def test_levels_are_counted_only_where_they_are_the_same() -> None:
    bands = data.rubric().model_dump(by_alias=True, exclude_none=True, mode="json")["bands"]
    bands["levels"][1]["from"] = 1.0
    ours, theirs = built(), built(bands=bands, id="other")
    assert not levels_shared(ours, theirs, "overall")
    assert levels_shared(ours, ours, "overall")
    assert not levels_shared(ours, theirs, "nothing")
    register = data.register(10)
    compared, now = data.benchmark_of(ours, register, leave_out=0, previous=False)
    cards = {code: theirs.score(assessment) for code, (assessment, _) in now.items()}
    (group,) = peer_groups(
        ours, register, compared, None, (), [Elsewhere(register, theirs, cards, "2026")]
    ).groups
    assert all(f.levels is None and f.summary.n >= 5 for f in group.figures)
    assert {f.basis for f in group.figures} == {"same"}


def test_the_command_compares_with_elsewhere(tmp_path: Path, newer: Path) -> None:
    file = tmp_path / "figures.json"
    arguments = ["--register", REGISTER, "--for", "Powys"]
    result = maturity("benchmark", ANSWERS, FOLDER / "2026", *arguments)
    assert result.returncode == 0
    assert "21 of 22 councils, 2026" in result.stdout
    assert "Elsewhere (made up)\nBallad Vale, Fableford, Inkwell Bay" in result.stdout
    assert maturity("benchmark", ANSWERS, newer, *arguments, "--json", file).returncode == 0
    content = json.loads(file.read_text(encoding="utf-8"))
    assert len(content["members"]) == 22
    _, group = content["peers"]["groups"]
    assert [o["name"]["en"] for o in group["organisations"]][:2] == ["Fableford", "Inkwell Bay"]
    assert group["organisations"][0]["further"]["area"] == 141.0
    assert {o["why"] for o in group["left_out"]} == {"built_otherwise", "not_there"}
    shown = maturity("benchmark", ANSWERS, newer, *arguments)
    assert "They answered socitm@2.0.0.\nThey are scored with socitm@2.0.1." in shown.stdout
    assert (
        "built otherwise in this version: Overall, Digital transactions, Digital leadership" in shown.stdout
    )
    narrow = maturity("benchmark", ANSWERS, newer, *arguments, "--lang", "cy", env={"COLUMNS": "40"})
    assert narrow.returncode == 0


def test_whose_benchmark_it_is(tmp_path: Path) -> None:
    """The named council's; else Wales's where it answered, else the register's."""
    both = [ANSWERS, FOLDER / "2026", "--register", REGISTER]
    told = maturity("benchmark", *both, "--for", "Fableford")
    assert "12 of 12 councils, 2026" in told.stdout
    assert "\nWales\nBlaenau Gwent, Bridgend, Caerphilly" in told.stdout
    assert "21 of 22 councils" in maturity("benchmark", *both).stdout
    assert "12 of 12 councils" in maturity("benchmark", *both[1:]).stdout
    nobody = maturity("benchmark", FOLDER / "2026", "--register", REGISTER, "--for", "Cardiff")
    assert nobody.returncode == 2
    assert "There is nothing to compare." in nobody.stderr


def home_scorer(found: Sorted, rubric: str | None, questionnaire: str | None, places: Register) -> Scorer:
    return scorer_for(found.answers[found.home.id], *home_names(found, rubric, questionnaire), places)


def test_a_rubric_that_is_named_is_for_those_whom_it_fits(places: Register, newer: Path) -> None:
    found = sort_out(open_registers([REGISTER]), collect([ANSWERS, newer], places).assessments, None)
    ours = home_scorer(found, "socitm@1.0.0", None, places)
    assert ours.references[1].version == "1.0.0"
    assert elsewhere(found, ours, "2026", "socitm@1.0.0", None)[0].scorer.references[1].version == "2.0.1"
    ours = home_scorer(found, "socitm@2.0.0", "socitm@2.0.0", places)
    assert (ours.references[0].version, ours.references[1].version) == ("1.0.0", "1.1.0")
    with pytest.raises(MaturityError):
        home_scorer(found, str(ROOT / "docs" / "rubrics" / "step-1-values.yaml"), None, places)
    # Of another period, where there is none of ours.
    assert elsewhere(found, ours, "2031", None, None)[0].period == "2026"
