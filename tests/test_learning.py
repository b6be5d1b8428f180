"""Who to learn from, pairs that help each other both ways, and what councils want together."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from maturity.benchmark.appetite import APPETITE, shared_steps, wanted
from maturity.benchmark.compare import Scored as Given
from maturity.benchmark.compare import compare
from maturity.benchmark.council import against_peers, gaps
from maturity.benchmark.disclosure import disclose
from maturity.benchmark.learning import Field, apart, learn_from, mutual_pairs
from maturity.cli.benchmark_learning import Wishes
from maturity.cli.comparing import Compared
from maturity.cli.learning_table import show_learning
from maturity.intake.scored import Scored
from maturity.locale.words import Words
from maturity.models.assessment import Answer, Evidence
from maturity.models.benchmark import Benchmark
from maturity.models.learning import Learning, Near, Pair
from maturity.models.register import Register
from maturity.models.text import Text
from maturity.scoring.score import Scorer
from maturity.sources.registers import wales
from maturity.sources.shelf import on_shelf, open_questionnaire
from report_data import assessment, benchmark_of, questionnaire, register, rubric, scorer_of
from test_cli import EXAMPLES, assert_explained, maturity

SMALL = scorer_of(questionnaire(), rubric())


def places(n: int, regions: str = "", populations: tuple[int, ...] = ()) -> Register:
    """`n` places in the regions of these letters, of these populations."""
    found = []
    for i, place in enumerate(register(n).organisations):
        region = Text({"en": regions[i]}) if regions else place.region
        found.append(replace(place, region=region, population=populations[i] if populations else 1000))
    return Register("places", tuple(found))


def code(n: int) -> str:
    return f"X{n:08d}"


def theme(name: str, level: int) -> dict[str, Any]:
    """Answers that make a theme worth `level`."""
    if name == "v":
        return dict.fromkeys(("a.v.one", "a.v.two", "a.v.three"), f"l{level}")
    return {"a.w.one": f"l{level}", "a.w.yes": "yes" if level > 1 else "no"}


def scored_at(levels: list[dict[str, int]], where: Register) -> tuple[Benchmark, dict[str, Given]]:
    """Everybody's answers in the themes named, compared."""
    answers = {}
    for n, one in enumerate(levels):
        given = {k: v for name, level in one.items() for k, v in theme(name, level).items()}
        found = assessment(SMALL, code(n), given)
        answers[code(n)] = (found, SMALL.score(found))
    return compare(SMALL, where, answers), answers


def learning(levels: list[int], where: Register | None = None, own: int = 0, **how: Any) -> Learning:
    benchmark, answers = scored_at([{"v": level} for level in levels], where or places(len(levels)))
    return learn_from(SMALL, benchmark, answers, code(own), **how)


# Who to learn from.


def test_the_strong_by_likeness() -> None:
    # Theme a.v of nine: 0, 1, 2, 2, 2, 2, 3, 4, 4. Q3 is at h = 7, which is 3: the upper quarter are 3, 4 and 4.
    where = places(9, "NSSSSSNSN", (1000, 1, 1, 1, 1, 1, 4000, 1000, 2000))
    lesson = learning([0, 1, 2, 2, 2, 2, 3, 4, 4], where).lessons[0]
    assert (lesson.group, lesson.own, lesson.strong) == (("a", "v"), 0, 3)
    # Of one region and twice the size: 1. Of another and the same size: 1, with the same score: by code.
    # Of one region and four times the size: 2.
    assert [(t.organisation, t.published, t.difference, t.distance) for t in lesson.teachers] == [
        (code(7), 4, 4, 1),
        (code(8), 4, 4, 1),
        (code(6), 3, 3, 2),
    ]


def test_closeness_can_be_another() -> None:
    lesson = learning(
        [0, 1, 2, 2, 2, 2, 3, 4, 4], closeness=lambda own, other: float(other.code == code(7))
    ).lessons[0]
    assert [t.organisation for t in lesson.teachers] == [code(8), code(6), code(7)]


def test_at_most_three_are_named_and_all_are_counted() -> None:
    lesson = learning([0, 1, 1, 2, 2, 2, 4, 4, 4, 4, 4]).lessons[0]
    assert (lesson.strong, len(lesson.teachers)) == (5, 3)


def test_without_quarters_the_strong_are_a_level_above() -> None:
    # Six: too few for quartiles. The median of the other five is 2, and at 3 and 4 are higher levels than at 0.
    lesson = learning([0, 0, 2, 2, 3, 4]).lessons[0]
    assert lesson.strong == 4
    # All others level, quartiles equal: no quarter is assigned, and they are all a level above.
    assert learning([0] + [2] * 9).lessons[0].strong == 9


@pytest.mark.parametrize("levels", [[2], [0, 4], [0, 4, 4, 4, 4], [3] * 9, [4, 0, 0, 0, 0, 0, 0, 0, 0]])
def test_no_lesson_where_there_is_no_gap(levels: list[int]) -> None:
    # One alone, too few others for a median, all equal, or ahead.
    assert learning(levels).lessons == ()


def test_who_is_not_scored_has_nothing_to_learn_or_teach() -> None:
    benchmark, answers = scored_at([{"v": 0}] + [{"v": 4}] * 5 + [{"w": 2}], places(9))
    assert learn_from(SMALL, benchmark, answers, code(6)).lessons == ()
    assert learn_from(SMALL, benchmark, answers, code(8)).lessons == ()
    assert learn_from(SMALL, benchmark, answers, code(0)).lessons[0].strong == 5


def test_evidence_is_counted() -> None:
    benchmark, answers = scored_at([{"v": n} for n in (0, 2, 2, 2, 2, 2, 2, 2, 4)], places(9))
    one, card = answers[code(8)]
    shown = {"a.v.one": Answer(value="l4", evidence=(Evidence(text="A paper"),))}
    answers[code(8)] = (one.model_copy(update={"answers": {**one.answers, **shown}}), card)
    teacher = learn_from(SMALL, benchmark, answers, code(0)).lessons[0].teachers[0]
    assert (teacher.organisation, teacher.answers, teacher.evidenced) == (code(8), 3, 1)


def test_how_unlike_two_are() -> None:
    one, other = places(2, "NS", (1000, 4000)).organisations
    assert apart(one, one) == 0
    assert apart(one, other) == apart(other, one) == 3
    assert apart(one, replace(one, population=500)) == 1


def test_gaps_are_those_of_a_councils_report(
    scorer: Scorer, benchmark_2017: Benchmark, benchmark_2026: Benchmark
) -> None:
    benchmarks = [(scorer, benchmark_2017), (scorer, benchmark_2026)]
    benchmarks += [
        (SMALL, benchmark_of(SMALL, register(n), seed=n, leave_out=0)[0]) for n in (1, 5, 6, 7, 8, 30)
    ]
    for one, benchmark in benchmarks:
        field = Field.of(one, benchmark)
        for member in benchmark.members:
            own = member.organisation.code
            expected = gaps(against_peers(one, benchmark, own))
            assert [(g.comparison.key, g.difference) for g in field.gaps[own]] == [
                (g.comparison.key, g.difference) for g in expected
            ]


# How many of the region, and of all.


def counted(levels: list[int], regions: str) -> tuple[Near | None, Near | None]:
    lesson = learning(levels, places(len(levels), regions)).lessons[0]
    assert lesson.level is None
    return lesson.region, lesson.everywhere


def test_only_counts_of_enough() -> None:
    # Eleven: own, five others of the region (4, 4, 1, 1, 1) and five elsewhere (4, 1, 1, 1, 1); Q3 of all is 2.5.
    region, everywhere = counted([0, 4, 4, 1, 1, 1, 4, 1, 1, 1, 1], "NNNNNNSSSSS")
    assert (region, everywhere) == (Near(5, 2), Near(10, 3))


@pytest.mark.parametrize(
    ("levels", "regions"),
    [
        # Four others of the region.
        ([0, 4, 4, 1, 1, 4, 1, 1, 1, 1], "NNNNNSSSSS"),
        # Four elsewhere.
        ([0, 4, 4, 1, 1, 1, 4, 1, 1, 1], "NNNNNNSSSS"),
        # None of the region is strong, or none elsewhere: that would tell it of each.
        ([0, 1, 1, 1, 1, 1, 4, 4, 4, 1, 1], "NNNNNNSSSSS"),
        ([0, 4, 4, 4, 1, 1, 1, 1, 1, 1, 1], "NNNNNNSSSSS"),
    ],
)
def test_a_region_that_would_tell_of_single_ones(levels: list[int], regions: str) -> None:
    region, everywhere = counted(levels, regions)
    assert region is None
    assert everywhere is not None


def test_nothing_is_told_where_all_are_strong() -> None:
    assert counted([0] + [2] * 11, "N" * 6 + "S" * 6) == (None, None)


# Pairs.


def test_pairs_help_each_other_both_ways() -> None:
    levels = [{"v": 2, "w": 2}] * 8 + [{"v": 4, "w": 0}, {"v": 0, "w": 4}, {"v": 0, "w": 0}]
    benchmark, answers = scored_at(levels, places(11))
    pairs = mutual_pairs(SMALL, benchmark)
    v, w = ("theme", ("a", "v")), ("theme", ("a", "w"))
    assert [(p.one, p.other, p.gives, p.takes) for p in pairs] == [(code(8), code(9), (v,), (w,))]
    # Seen from the other side they change places.
    own = learn_from(SMALL, benchmark, answers, code(9))
    assert [(p.one, p.other, p.gives, p.takes) for p in own.pairs] == [(code(9), code(8), (w,), (v,))]
    assert learn_from(SMALL, benchmark, answers, code(0)).pairs == ()


def test_pairs_on_the_example(scorer: Scorer, benchmark_2026: Benchmark, scored_2026: list[Scored]) -> None:
    field = Field.of(scorer, benchmark_2026)
    pairs = mutual_pairs(scorer, benchmark_2026)
    assert len(pairs) > 10
    order = [(-min(len(p.gives), len(p.takes)), -len(p.gives) - len(p.takes), p.distance) for p in pairs]
    assert order == sorted(order)
    assert len({frozenset((p.one, p.other)) for p in pairs}) == len(pairs)
    for pair in pairs:
        for keys, teacher, learner in (
            (pair.gives, pair.one, pair.other),
            (pair.takes, pair.other, pair.one),
        ):
            assert keys
            for key in keys:
                assert benchmark_2026.comparisons
                assert field.standings[key][teacher].position == "upper"
                assert key[1] in [
                    g.comparison.group for g in gaps(against_peers(scorer, benchmark_2026, learner))
                ]
    # Each of them is found from either side.
    for own in {p.one for p in pairs}:
        mine = {
            frozenset((p.one, p.other)) for p in mutual_pairs(scorer, benchmark_2026, of=own, field=field)
        }
        assert mine == {frozenset((p.one, p.other)) for p in pairs if own in (p.one, p.other)}


# What is wanted.


def wants(choices: list[tuple[str, ...] | None], where: Register, **how: Any) -> dict[str, Any]:
    answers = {}
    for n, chosen in enumerate(choices):
        found = assessment(SMALL, code(n), {"b.y.several": chosen} if chosen else {})
        answers[code(n)] = (found, SMALL.score(found))
    return {str(w.option): w for w in wanted(SMALL, where, answers, questions={"b.y.several": ()}, **how)}


def test_what_is_wanted_and_by_whom() -> None:
    where = places(6, "NNNSSS", (100, 150, 151, 90, 226, 1000))
    choices: list[tuple[str, ...] | None] = [("c0",), ("c0", "c1"), ("c0",), ("c0",), ("none",), ("c0",)]
    found = wants(choices, where)
    # "None of these" is nothing to want, and nobody wants c2.
    assert list(found) == ["c0", "c1"]
    first = found["c0"]
    assert (first.count, first.answered) == (5, 6)
    assert first.who == tuple(map(code, (0, 1, 2, 3, 5)))
    assert [(g.name.to("en"), g.who) for g in first.by_region] == [
        ("N", (code(0), code(1), code(2))),
        ("S", (code(3), code(5))),
    ]
    # By size 90, 100, 150, 151, 1000: 90 takes in up to 135, 150 up to 225, 1000 is by itself.
    assert [(g.who, g.smallest, g.largest) for g in first.by_size] == [
        ((code(3), code(0)), 90, 100),
        ((code(1), code(2)), 150, 151),
    ]
    assert found["c1"].by_region == found["c1"].by_size == ()


def test_what_too_few_answered_is_not_told() -> None:
    assert wants([("c0",)] * 4 + [None], places(5)) == {}
    assert list(wants([("c0",)] * 5, places(5))) == ["c0"]


def test_unnamed_are_only_counted() -> None:
    where = places(10, "NNNNNSSSSS")
    choices: list[tuple[str, ...] | None] = [("c0",)] * 3 + [("c1",)] * 2 + [("c0", "c1")] * 5
    found = wants(choices, where, named=False)["c0"]
    assert (found.who, found.by_size) == ((), ())
    # All five of S want it, which would tell it of each.
    assert [(g.name.to("en"), g.n, g.who, g.smallest) for g in found.by_region] == [("N", 3, (), None)]
    few = wants(choices[:9], places(9, "NNNNNSSSS"), named=False)["c1"]
    assert few.by_region == ()


def test_several_options_of_one_question_say_that_it_is_wanted() -> None:
    answers = {}
    for n, level in enumerate((0, 2, 3, 3, 4, 4)):
        found = assessment(SMALL, code(n), {"a.v.one": f"l{level}"})
        answers[code(n)] = (found, SMALL.score(found))
    one = wanted(SMALL, places(6), answers, questions={"a.v.one": ("l2", "l3"), "not.asked.here": ()})
    assert [(w.option, w.count, w.answered, w.who) for w in one] == [
        (None, 3, 6, (code(1), code(2), code(3)))
    ]


def test_questions_about_appetite_are_there() -> None:
    versions = [open_questionnaire(str(e))[0] for e in on_shelf("questionnaire") if e.id in APPETITE]
    for name, options in APPETITE["socitm"].items():
        asked = [v.questions[name] for v in versions if name in v.questions]
        assert asked
        for question in asked:
            assert set(options) <= {o.id for o in question.choices}


def test_appetite_of_the_example(
    scorer: Scorer, scored_2017: list[Scored], benchmark_2017: Benchmark
) -> None:
    answers = {s.organisation.code: (s.assessment, s.scorecard) for s in scored_2017}
    found = wanted(scorer, wales(), answers)
    counts = {c.question: dict(c.options) for c in benchmark_2017.answers}
    for one in found:
        chosen = counts[one.question]
        expected = chosen[one.option] if one.option else chosen["would-use"] + chosen["would-contribute"]
        assert one.count == expected == len(one.who)
    assert [w.count for w in found] == sorted((w.count for w in found), reverse=True)
    assert {"web-chat", "shared-systems", "pooled-insight", None} <= {w.option for w in found}


def test_the_same_next_step(scorer: Scorer, benchmark_2026: Benchmark) -> None:
    found = shared_steps(scorer, wales(), benchmark_2026)
    assert [s.count for s in found] == sorted((s.count for s in found), reverse=True)
    for one in found:
        standings = next(c for c in benchmark_2026.themes if c.group == one.group).standings
        assert one.who == tuple(s.organisation for s in standings if s.level == one.level)
        assert one.count == len(one.who) >= 2
        assert one.scored == sum(s.published is not None for s in standings)
    assert all(s.who == () == s.by_size for s in shared_steps(scorer, wales(), benchmark_2026, named=False))
    benchmark, _ = scored_at([{"v": 0}] * 4, places(4))
    assert shared_steps(SMALL, places(4), benchmark) == ()


# On the terminal and as JSON.


@pytest.mark.parametrize(
    ("lang", "learn", "together"),
    [("en", "Who to learn from", "What councils want together"), ("cy", "Gan bwy i ddysgu", "gyda'i gilydd")],
)
def test_shown_for_a_council(lang: str, learn: str, together: str) -> None:
    shown = maturity("benchmark", EXAMPLES / "wales-2026", "--for", "Powys", "--together", "--lang", lang)
    assert_explained(shown, 0, learn, together)
    assert "{" not in shown.stdout


def test_nobody_is_named_where_nobody_may_be(
    scorer: Scorer, scored_2026: list[Scored], benchmark_2026: Benchmark
) -> None:
    answers = {s.organisation.code: (s.assessment, s.scorecard) for s in scored_2026}
    own = "W06000016"
    shown = {}
    for named in (True, False):
        wishes = Wishes("by-plan", None, together=True, council=own, named=named)
        found = wishes.add(Compared(scorer, benchmark_2026, wales(), answers, None))
        out = Console(file=io.StringIO(), width=200)
        # What is told of evidence by council stands in the JSON only.
        show_learning(out, scorer, found, Words("en"), own)
        shown[named] = out.file.getvalue()  # type: ignore[attr-defined]
        assert bool(found.pairs) is named
    others = [o.name.to("en") for o in wales().organisations if o.code != own]
    assert sum(name in shown[True] for name in others) > 15
    assert [name for name in others if name in shown[False]] == []
    out = Console(file=io.StringIO(), width=200)
    show_learning(out, scorer, disclose(benchmark_2026, "own", own), Words("en"), own)
    told = out.file.getvalue()  # type: ignore[attr-defined]
    assert [name for name in others if name in told] == []
    assert re.search(
        r"\d+ of the (\d+) councils [^.]* have reached “[^”]+”\. Yours is counted in the \1\.", told
    )
    assert re.search(r"of [\d,]+ to [\d,]+ residents", shown[True])
    assert not re.search(r"of [\d,]+ to [\d,]+ residents", shown[False])


def test_not_shown_unasked() -> None:
    shown = maturity("benchmark", EXAMPLES / "wales-2026")
    assert_explained(shown, 0)
    assert "learn from" not in shown.stdout
    assert "want together" not in shown.stdout


def test_that_there_is_nothing_together_is_said(
    benchmark_2026: Benchmark, capsys: pytest.CaptureFixture[str]
) -> None:
    """The example's benchmark without its parts is as one of too few councils."""
    for together, named, said in ((True, True, True), (False, True, False), (True, False, False)):
        wishes = Wishes(None, None, together=together, council=None, named=named)
        wishes.tell_nothing(benchmark_2026, Words("en"))
        assert ("there is nothing to show" in capsys.readouterr().err) is said
    wishes = Wishes(None, None, together=True, council=None)
    wishes.tell_nothing(replace(benchmark_2026, pairs=(Pair("a", "b", (), (), 0.0),)), Words("en"))
    assert capsys.readouterr().err == ""


def test_a_council_that_did_not_submit_has_nothing_to_learn() -> None:
    shown = maturity("benchmark", EXAMPLES / "wales-2026", "--for", "Blaenau Gwent")
    assert_explained(shown, 0, "did not submit")
    assert "learn from" not in shown.stdout


def test_all_of_it_is_in_the_json(tmp_path: Path) -> None:
    out = tmp_path / "b.json"
    options = ("--for", "Powys", "--together", "--evidence-above", "by-plan", "--json", out)
    assert_explained(maturity("benchmark", EXAMPLES / "wales-2026", *options), 0)
    data = json.loads(out.read_text(encoding="utf-8"))
    assert data["learning"]["organisation"] == "W06000023"
    assert data["evidenced"]["level"] == "by-plan"
    assert data["pairs"]
    assert data["wanted"]
    assert data["shared_steps"]
