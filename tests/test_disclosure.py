"""What readers may see: the rules by hand, the parts they are put on, and what is written of it."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import pickle
import re
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import report_data as data
from languages import foreign
from maturity.benchmark.analysis import analysis
from maturity.benchmark.appetite import shared_steps, wanted
from maturity.benchmark.closed import KEPT
from maturity.benchmark.compare import compare
from maturity.benchmark.council import against_peers
from maturity.benchmark.disclosed_answers import answers_told, findings_told
from maturity.benchmark.disclosed_learning import told_by_region
from maturity.benchmark.disclosure import disclose
from maturity.benchmark.evidenced import evidenced
from maturity.benchmark.findings import question_findings
from maturity.benchmark.firm import firmness
from maturity.benchmark.learning import learn_from, mutual_pairs
from maturity.benchmark.passage import ScoredPeriod
from maturity.benchmark.peers import peer_groups
from maturity.benchmark.series import series_of
from maturity.benchmark.suppression import coarse, coarse_number, coarse_summary, each_alone, partition
from maturity.cli.open_data import TABLES
from maturity.models.benchmark import AnswerCounts, Benchmark, Comparison, FindingCount, Standing
from maturity.models.evidenced import Evidenced, EvidencedMeasure
from maturity.models.firm import Firm, FirmMeasure, Firmness, SensitivityRange
from maturity.models.learning import Learning, Lesson, Near
from maturity.models.register import Register
from maturity.models.schema import schema_of
from maturity.models.series import (
    Break,
    Line,
    Move,
    Point,
    Series,
    SeriesPeriod,
    SplitChange,
    Transition,
)
from maturity.models.summary import Change, Summary
from maturity.models.text import LANGUAGES, Text
from maturity.reports.figures_json import benchmark_json
from maturity.reports.html import benchmark_page, council_page
from maturity.reports.open_data import open_tables
from maturity.reports.open_package import DICTIONARY, SYMBOLS, open_data
from maturity.reports.pack import Pack, pack_council, pack_index
from maturity.reports.workbook import benchmark_workbook
from maturity.scoring.score import Scorer
from test_disclosure_attack import OFF, world

DAY = dt.date(2026, 11, 1)
REWRITTEN: dict[type, set[str]] = {
    Benchmark: {
        *("drafts", "members", "comparisons", "answers", "findings"),
        *("series", "evidenced", "firm", "learning", "disclosure"),
    },
    Comparison: {"summary", "levels", "standings", "change"},
    Standing: {"position"},
    Change: {"n", "median_difference", "up", "no_clear_change", "down", "differences"},
    AnswerCounts: {
        "question",
        "answered",
        "dont_know",
        "not_applicable",
        "not_asked",
        "unanswered",
        "options",
        "numbers",
    },
    FindingCount: {"id", "question", "dimension", "text", "count", "answered", "options"},
    Summary: {"n", "median", "q1", "q3"},
    Evidenced: {"proofs", "measures"},
    EvidencedMeasure: {"n", "median_claimed", "median_evidenced", "median_gap", "gaps"},
    Firmness: {"measures"},
    FirmMeasure: {"organisations"},
    Firm: {"weights", "answers", "other_answers", "other_weights"},
    SensitivityRange: {"rank_low", "rank_high"},
    Series: {"periods", "transitions", "lines", "answers"},
    SeriesPeriod: {"submitted"},
    Transition: {"entered", "left", "series_break"},
    Break: {"not_carried"},
    Line: {"points", "moves"},
    Point: {"summary", "levels", "scores"},
    Move: {"change", "split", "spread", "entered", "left"},
    SplitChange: {
        *("n", "median_total", "median_council", "median_rubric", "up", "down", "no_clear_change", "splits"),
    },
    Learning: {"lessons", "pairs"},
    Lesson: {"strong", "teachers", "region", "everywhere"},
}
"""Fields that disclosure has a rule of its own for."""


@pytest.fixture(scope="module")
def small() -> Scorer:
    return data.scorer_of(data.wanting_evidence(data.questionnaire()), data.rubric())


@pytest.fixture(scope="module")
def named(small: Scorer) -> Benchmark:
    """With every part that a benchmark can have a table of."""
    places = data.register(14)
    plain, answers = data.benchmark_of(small, places, seed=3)
    before = data.everyone(small, places, seed=4, period="2017")
    code = places.organisations[1].code
    return replace(
        plain,
        evidenced=evidenced(small, plain, answers, "2"),
        firm=firmness(small, plain, answers, draws=20),
        peers=peer_groups(small, places, plain, code, ["nearest:6", "near=Place 1,Place 2"]),
        series=three_periods(places),
        questions=question_findings(small, answers, before),
        wanted=wanted(small, places, answers, questions={"b.y.several": (), "a.w.yes": ("yes",)}),
        shared_steps=shared_steps(small, places, plain),
        learning=learn_from(small, plain, answers, code),
        pairs=mutual_pairs(small, plain),
        analysis=analysis(small, plain),
    )


def three_periods(places: Register) -> Series:
    """A period with another rubric than the two after it."""
    asked = data.wanting_evidence(data.questionnaire())
    now = data.scorer_of(asked, data.rubric())
    scale = data.rubric().model_dump(by_alias=True, exclude_none=True, mode="json")["items"]
    scale["a.w.yes"] = {"scale": {"yes": 3, "no": 1}}
    then = data.scorer_of(asked, data.rubric(version="0.9.0", items=scale))
    periods = [
        ScoredPeriod(period, scorer, data.everyone(scorer, places, seed=seed, period=period, leave_out=out))
        for period, scorer, seed, out in (("2013", then, 5, 2), ("2017", now, 4, 0), ("2026", now, 3, 1))
    ]
    return series_of(places, periods)


# The rules, by hand


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        # Of 22: five and what leaves five are shown.
        ([5, 17], [5, 17]),
        ([4, 18], [None, None]),
        # One is too small, and the rest would give it back: the smallest shown goes with it.
        ([3, 8, 11], [None, None, 11]),
        # Two are too small, and everybody could say that they are 3 together.
        ([1, 2, 8, 11], [None, None, None, 11]),
        # 5 together: enough.
        ([1, 4, 8, 9], [None, None, 8, 9]),
        # Each could only be 4.
        ([4, 4, 6, 8], [None, None, None, 8]),
        # Of two that are as small, neither says which one was chosen to go.
        ([2, 10, 10], [None, None, None]),
        # Nobody is few, too.
        ([0, 10, 12], [None, None, 12]),
        # None of them, and all of them.
        ([0, 22], [None, None]),
        ([0, 0], [None, None]),
        ([], []),
    ],
)
def test_a_partition(counts: list[int], shown: list[int | None]) -> None:
    assert partition(counts) == shown


def test_counts_that_add_up_to_nothing_known_stand_alone() -> None:
    assert each_alone([4, 5, 15, 16], 20) == [None, 5, 15, None]


@pytest.mark.parametrize(
    ("value", "places", "told"),
    [(2.37, 2, 2.4), (2.25, 2, 2.3), (2.24, 2, 2.2), (1.5, 1, 2.0), (64.0, 0, 60.0), (-0.25, 2, -0.3)],
)
def test_statistics_of_scores_lose_a_decimal(value: float, places: int, told: float) -> None:
    assert coarse(value, places) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, 0),
        (3, 3),
        (15, 16),
        (24, 25),
        (48.5, 50),
        (52, 50),
        (66, 70),
        (137, 140),
        (5231, 5000),
        (-15, -16),
    ],
)
def test_statistics_of_numbers_lose_their_last_digits(value: float, told: float) -> None:
    assert coarse_number(value) == pytest.approx(told)


@pytest.mark.parametrize(
    ("n", "median", "quartiles"), [(0, False, False), (4, False, False), (6, False, False), (7, True, False), (9, True, False), (10, True, True)]
)  # fmt: skip
def test_two_readers_leave_enough(n: int, median: bool, quartiles: bool) -> None:
    """5 and 8 must remain without them."""
    told = coarse_summary(Summary(n, 2.0, 1.0, 3.0), 2)
    assert (told.n, told.median is not None, told.q1 is not None) == (n, median, quartiles)
    assert (told.q3 is None) == (told.q1 is None)


def question(options: list[int], answered: int, **rest: int) -> AnswerCounts:
    named = tuple((f"o{n}", count) for n, count in enumerate(options))
    missing = {"dont_know": 0, "not_applicable": 0, "not_asked": 0, "unanswered": 0} | rest
    return AnswerCounts("q", answered, options=named, numbers=None, **missing)


def finding(count: int, answered: int, *options: str, name: str = "f") -> FindingCount:
    return FindingCount(name, "q", "d", Text({"en": "{count} of {answered}"}), count, answered, options)


def counts_of(counts: AnswerCounts, *findings: FindingCount) -> list[int | None]:
    return [f.count for f in findings_told(findings, [counts], answers_told([counts]))]


def test_findings_give_back_no_answers() -> None:
    """Options 2, 6, 6, 8 show as [c], [c], [c], 8: two of them go because they are as small."""
    counts = question([2, 6, 6, 8], 22)
    assert [n for _, n in answers_told([counts])[0].options] == [None, None, None, 8]
    assert counts_of(counts, finding(8, 22, "o3")) == [8]
    assert counts_of(counts, finding(14, 22, "o0", "o1", "o2")) == [14]
    assert counts_of(counts, finding(8, 22, "o0", "o1")) == [None]
    assert counts_of(counts, finding(16, 22, "o0", "o1", "o3")) == [None]
    assert counts_of(counts, finding(6, 22, "o1")) == [None]


def test_findings_over_several_choices() -> None:
    """12 and 10 of 22 chose one of two; 17 either, so 5 both, 7 and 5 only one of them, 5 neither."""
    counts = question([12, 10, 3], 22)
    assert counts_of(counts, finding(17, 22, "o0", "o1")) == [17]
    # 16 either: 6 both, and only 4 the first alone.
    assert counts_of(counts, finding(16, 22, "o0", "o1")) == [None]
    # One of them is not told of.
    assert counts_of(counts, finding(15, 22, "o0", "o2")) == [None]


def test_findings_over_numbers_do_not_tell_who_lies_between() -> None:
    counts = question([], 24)
    pair = [finding(12, 24, name="half"), finding(9, 24, name="most")]
    assert counts_of(counts, *pair) == [12, None]
    assert counts_of(counts, finding(12, 24, name="half"), finding(7, 24, name="most")) == [12, 7]


def test_answers_are_counted_without_those_who_do_not_know() -> None:
    counts = AnswerCounts("q", 20, 0, 1, 0, 1, (("o0", 9), ("o1", 8), ("dont_know", 3)), None)
    told = answers_told([counts])[0]
    assert told.answered == 17
    assert told.options == (("o0", 9), ("o1", 8), ("dont_know", None))
    assert (told.dont_know, told.not_applicable, told.not_asked, told.unanswered) == (None,) * 4


# Benchmarks


def test_modes(named: Benchmark) -> None:
    code = named.members[2].organisation.code
    public, own = disclose(named, "public"), disclose(named, "own", code)
    assert not public.members and not public.drafts
    assert [m.organisation.code for m in own.members] == [code]
    assert (public.n_submitted, public.n_members) == (own.n_submitted, own.n_members) == (13, 14)
    assert not public.named and disclose(named, "named").named
    assert disclose(named, "named", code).members == named.members
    for wrong in (("public", code), ("own", None)):
        with pytest.raises(ValueError, match="does not go with"):
            disclose(named, *wrong)
    with pytest.raises(KeyError):
        disclose(named, "own", "nobody")
    with pytest.raises(ValueError, match="no longer"):
        disclose(public, "named")


def test_the_reader_who_did_not_submit_sees_all_together(named: Benchmark) -> None:
    last = named.members[-1].organisation.code
    own = disclose(named, "own", last)
    assert [m.scorecard for m in own.members] == [None] and own.missing
    assert all(s.published is None for c in own.comparisons for s in c.standings)


def test_the_reader_sees_what_rests_on_its_own_answers(named: Benchmark) -> None:
    """Ranges of its scores and what its levels hang on, both its scores and the gap; no ranks, no medians."""
    public = disclose(named, "public")
    assert public.firm is None and public.evidenced is None
    assert named.firm and named.evidenced
    seen = []
    for code in (m.organisation.code for m in named.submitted):
        own = disclose(named, "own", code)
        assert own.firm and own.evidenced
        for told, whole in zip(own.firm.measures, named.firm.measures, strict=True):
            before = whole.of(code)
            if before is None:
                assert told.organisations == ()
                continue
            weights, answers = (
                replace(r, rank_low=None, rank_high=None) for r in (before.weights, before.answers)
            )
            assert told.organisations == (replace(before, weights=weights, answers=answers),)
            seen.append(before)
        for gap, measure in zip(own.evidenced.measures, named.evidenced.measures, strict=True):
            mine = measure.of(code)
            assert mine and gap.gaps == (mine,) and gap.n == (mine.gap is not None)
            assert (gap.median_claimed, gap.median_evidenced, gap.median_gap) == (None, None, None)
        assert own.evidenced.proofs == tuple(p for p in named.evidenced.proofs if p.organisation == code)
        assert (own.evidenced.level, own.evidenced.bar) == (named.evidenced.level, named.evidenced.bar)
    assert any(one.fragile for one in seen) and any(one.other_weights for one in seen)
    assert any(one.weights.rank_low for one in seen) and any(m.median_gap for m in named.evidenced.measures)


def test_the_reader_who_did_not_submit_has_nothing_firm(named: Benchmark) -> None:
    own = disclose(named, "own", named.members[-1].organisation.code)
    assert own.firm and not any(m.organisations for m in own.firm.measures)
    assert own.evidenced and not own.evidenced.proofs and all(m.n == 0 for m in own.evidenced.measures)


def test_the_reader_sees_its_own_way_through_the_periods(named: Benchmark) -> None:
    """Every score, change, split and answer of its own, as where all are named; and no number of others."""
    assert disclose(named, "public").series is None and named.series
    splits = 0
    for code in (m.organisation.code for m in named.members):
        own = disclose(named, "own", code).series
        assert own
        for told, whole in zip(own.periods, named.series.periods, strict=True):
            assert told == replace(whole, submitted=(code,) if code in whole.submitted else ())
        for told, whole in zip(own.transitions, named.series.transitions, strict=True):
            assert (told.entered, told.left) == (mine(whole.entered, code), mine(whole.left, code))
            assert (told.series_break is None) == (whole.series_break is None)
        assert own.answers == tuple(a for a in named.series.answers if a.organisation == code)
        for told, whole in zip(own.lines, named.series.lines, strict=True):
            for point, before in zip(told.points, whole.points, strict=True):
                assert point and before and point.summary == Summary(len(point.scores), None, None, None)
                score = before.of(code)
                assert (point.scores, point.levels) == ((score,) if score else (), ())
            for move, before in zip(told.moves, whole.moves, strict=True):
                assert move and before and move.spread is None
                assert (move.entered, move.left) == (mine(before.entered, code), mine(before.left, code))
                for moved in (move.change, move.split):
                    assert moved is None or (moved.up, moved.down, moved.no_clear_change) == (None,) * 3
                if move.split and before.split:
                    split = before.split.of(code)
                    assert move.split.splits == ((split,) if split else ())
                    assert (move.split.n, move.split.median_council) == (len(move.split.splits), None)
                    splits += move.split.n
                if move.change and before.change:
                    expected = tuple(d for d in before.change.differences if d.organisation == code)
                    assert (move.change.differences, move.change.n) == (expected, len(expected))
    assert splits


def mine(codes: tuple[str, ...], own: str) -> tuple[str, ...]:
    return (own,) if own in codes else ()


NORTH_SOUTH = {"N": 11, "S": 11}


@pytest.mark.parametrize(
    ("strong", "told"),
    [
        ({"N": 4, "S": 5}, {"N", "S"}),
        # Fewer than three strong, or not strong, in one: both are hidden, as neither is smaller.
        ({"N": 2, "S": 5}, set()),
        ({"N": 9, "S": 5}, set()),
        ({"N": 3, "S": 8}, {"N", "S"}),
    ],
)
def test_how_many_of_two_regions_are_strong(strong: dict[str, int], told: set[str]) -> None:
    found = {region: Near(of, strong[region]) for region, of in NORTH_SOUTH.items()}
    assert told_by_region(found) == {region: found[region] for region in told}


def test_a_small_region_is_in_the_rest() -> None:
    """As in Wales: 10, 6, 4 and 2. The two smallest are never counted; whom the rest gives away goes too."""
    sizes = {"SE": 10, "N": 6, "SW": 4, "M": 2}

    def told(*strong: int) -> set[str]:
        found = {name: Near(of, n) for (name, of), n in zip(sizes.items(), strong, strict=True)}
        return set(told_by_region(found))

    assert told(4, 3, 2, 1) == {"SE", "N"}
    # 4 of the 6 in the rest leave 2 that are not: the smaller of the two counted goes; of 12 then 7 are strong.
    assert told(4, 3, 3, 1) == {"SE"}
    # The largest alone would say of itself that it has too few.
    assert told(2, 3, 2, 1) == set()
    assert told(4, 2, 0, 0) == set()


def test_one_council_alone(small: Scorer) -> None:
    register = data.register(1)
    alone = disclose(
        compare(small, register, data.everyone(small, register, seed=1, period="2026")), "public"
    )
    assert all(c.summary.median is None and not any(n for _, n in c.levels) for c in alone.comparisons)
    assert all(f.count is None for f in alone.findings)


def test_a_council_is_set_against_all(small: Scorer, named: Benchmark) -> None:
    code = named.members[0].organisation.code
    for mine in against_peers(small, disclose(named, "own", code), code):
        assert mine.peers == mine.comparison.summary
        if mine.difference is not None and mine.peers.median is not None and mine.own.published is not None:
            assert mine.difference == pytest.approx(mine.own.published - mine.peers.median)


def parts(thing: Any) -> Iterator[Any]:
    """Every dataclass in a benchmark but what is the reader's own alone."""
    if is_dataclass(thing):
        yield thing
        if type(thing).__name__ not in ("Scorecard", "Organisation"):
            for one in fields(thing):
                yield from parts(getattr(thing, one.name))
    elif isinstance(thing, tuple):
        for one in thing:
            yield from parts(one)


def test_a_field_without_a_rule_is_withheld(named: Benchmark) -> None:
    """Whoever adds a field gives it an empty default, and a rule before it is shown to those who may not see others."""
    regions = world(16, 4)
    shown = disclose(named, "own", named.members[0].organisation.code)
    counted = disclose(regions.benchmark, "own", regions.readers[0])
    ruled = {*KEPT, *REWRITTEN}
    seen = set()
    for part in (*parts(shown), *parts(counted.learning)):
        kind = next((k for k in ruled if isinstance(part, k)), None)
        if kind is None:
            continue
        seen.add(kind)
        for one in fields(part):
            if (
                one.name in KEPT.get(kind, ())
                or one.name in REWRITTEN.get(kind, ())
                or one.name == "scorecard"
            ):
                continue
            default = one.default if one.default_factory is MISSING else one.default_factory()
            assert default is not MISSING, f"{kind.__name__}.{one.name} needs an empty default"
            assert getattr(part, one.name) == default, f"{kind.__name__}.{one.name} has no rule"
    assert seen == ruled


# Files


@pytest.mark.parametrize(("mode", "place"), [("named", None), ("own", 1), ("public", None)])
def test_the_json_is_as_its_schema_says(named: Benchmark, mode: Any, place: int | None) -> None:
    own = None if place is None else named.members[place].organisation.code
    found = json.loads(benchmark_json(disclose(named, mode, own)))
    assert list(Draft202012Validator(schema_of("benchmark")).iter_errors(found)) == []
    assert (found["format"], found["disclosure"]["mode"]) == ("maturity-benchmark/1", mode)
    assert json.loads(benchmark_json(named)) == json.loads(benchmark_json(disclose(named, "named")))


def between(text: str, start: str, end: str) -> str:
    return text[text.index(start) :].partition(end)[0]


def test_reports_of_unnamed_councils_say_what_is_kept_back(small: Scorer, named: Benchmark) -> None:
    public = disclose(named, "public")
    assert public.findings
    public = replace(public, findings=(replace(public.findings[0], count=None), *public.findings[1:]))
    for language in ("en", "cy"):
        page = benchmark_page(small, public, language, made_on=DAY)
        assert "[c]" in page and not re.search(r"(?<!¤)\bNone\b", page)
        assert 'class="dot"' not in page and 'class="tile' not in page
        # What is kept back is said once, not in sentences and charts that say nothing.
        findings, levels = (between(page, f'id="{part}"', "</section>") for part in ("findings", "levels"))
        hidden = sum(f.count is None for f in public.findings)
        assert hidden and "[c] of" not in findings
        assert sum(int(n) for n in re.findall(r'class="soft">\D*(\d+)', findings)) == hidden
        charts = [
            c for c in (public.overall, *public.dimensions) if c and any(n is not None for _, n in c.levels)
        ]
        assert levels.count("<svg") == len(charts)
        assert benchmark_workbook(small, public, language, made_on=DAY)


def test_the_medians_of_an_unnamed_page_have_a_decimal_fewer(small: Scorer, named: Benchmark) -> None:
    code = next(m.organisation.code for m in named.members if m.scorecard)
    answers = data.benchmark_of(small, data.register(14), seed=3)[1][code][0]
    own = disclose(named, "own", code)
    page = council_page(small, own, code, "en", assessment=answers, made_on=DAY)
    medians = re.findall(r'data-h="Median of all"[^>]*><span>([^<]+)<', page)
    assert medians and all(re.fullmatch(r"\d\.\d|\[c\]", m) for m in medians)
    assert "peers" not in page.casefold().replace("among its peers", "")


def test_a_pack(small: Scorer) -> None:
    places = data.register(9)
    named, now = data.benchmark_of(small, places, seed=5)
    pack = Pack(small, named, {c: a for c, (a, _) in now.items()}, ("en", "cy"), DAY)
    assert len(pack.codes) == 8
    job = pack.job(pack.codes[0])
    files = pack_council(job)
    assert pack_council(pickle.loads(pickle.dumps(job))) == files
    kinds = [name.split("-2026-")[1] for name in files]
    assert kinds == ["en.html", "en.xlsx", "summary-en.html", "cy.html", "cy.xlsx", "crynodeb-cy.html"]
    index = pack_index(pack, "en")
    for name in files:
        assert f'href="{name}"' in index
    assert index.count("not submitted") == 1
    for _, code_card in now.items():
        for score in code_card[1].scores:
            assert score.value is None or len(str(score.value)) < 6 or str(score.value) not in index


# Open data


def checked(files: dict[str, bytes]) -> dict[str, list[dict[str, str]]]:
    """Reads the tables as their dictionary says, and holds them to it: Table Schema's types, keys and references."""
    package = json.loads(files[DICTIONARY])
    assert package["$schema"].endswith("/2.0/datapackage.json")
    tables: dict[str, list[dict[str, str]]] = {}
    for resource in package["resources"]:
        content = files[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        reader = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
        rows = tables[resource["name"]] = list(reader)
        schema = resource["schema"]
        assert reader.fieldnames == [f["name"] for f in schema["fields"]]
        missing = {m["value"] for m in schema["missingValues"]}
        test = {
            "string": lambda v: True,
            "integer": lambda v: bool(re.fullmatch(r"-?\d+", v)),
            "number": lambda v: bool(re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", v)),
            "boolean": lambda v: v in ("true", "false"),
        }
        for row in rows:
            for one in schema["fields"]:
                value = row[one["name"]]
                assert value in missing or test[one["type"]](value), (resource["name"], one["name"], value)
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys) > 0
        assert not any(part in missing for key in keys for part in key)
    for resource in package["resources"]:
        for link in resource["schema"]["foreignKeys"]:
            (mine,), (theirs,) = link["fields"], link["reference"]["fields"]
            there = {row[theirs] for row in tables[link["reference"]["resource"]]}
            assert {row[mine] for row in tables[resource["name"]]} <= there
    return tables


@pytest.mark.parametrize(("mode", "place"), [("named", None), ("own", 1), ("public", None)])
def test_tables_are_as_their_dictionary_says(
    small: Scorer, named: Benchmark, mode: Any, place: int | None
) -> None:
    own = None if place is None else named.members[place].organisation.code
    shown = disclose(named, mode, own)
    tables = checked(open_data(small, shown, "en", made_on=DAY))
    assert set(tables) <= set(TABLES)
    if mode == "named":
        assert list(tables) == list(TABLES) == [t.name for t in open_tables(small, shown)]
        assert len(tables["scores"]) == len(named.members) * len(named.comparisons)
    everybody = {"measures", "levels", "answers", "numbers", "findings", "changes"}
    own_alone = {"organisations", "scores", "score-changes", "ranges", "evidence-gaps", "evidence"}
    own_alone |= {"series-scores", "series-answers", "splits", "lessons"}
    if mode == "own":
        fragile = {"fragile-answers", "fragile-weights"} & set(tables)
        assert set(tables) == everybody | own_alone | fragile | {"periods"}
        assert {row["submitted"] for row in tables["periods"]} == {"[c]"}
        assert {row["code"] for name in own_alone | fragile for row in tables[name]} == {own}
        assert {row["rank_low"] for row in tables["ranges"]} == {"[c]"}
    if mode == "public":
        assert set(tables) == everybody
        assert "[c]" in {row["organisations"] for row in tables["levels"]}
    medians = {c.key: c.summary.median for c in shown.comparisons}
    for row in tables["measures"]:
        assert (
            row["median"] == "[c]"
            if medians[row["key"]] is None
            else float(row["median"]) == medians[row["key"]]
        )


def test_tables_of_the_parts_hold_their_figures(small: Scorer, named: Benchmark) -> None:
    """Each looked up in the benchmark by the row's keys."""
    tables = checked(open_data(small, named, "en", made_on=DAY))
    assert named.series and named.peers and named.firm and named.evidenced

    def said(value: float | None, none: str = "[x]") -> str:
        return none if value is None else f"{value:.10g}"

    lines = {line.key: line for line in named.series.lines}
    at = [p.period for p in named.series.periods]
    for row in tables["moves"]:
        move = lines[row["key"]].moves[at.index(row["previous"])]
        assert move and row["broken"] == str(move.split is not None).lower()
        if move.split:
            assert row["median_own"] == said(move.split.median_council)
            assert (row["n"], row["up"]) == (str(move.split.n), str(move.split.up))
        else:
            assert move.change and row["median_change"] == said(move.change.median_difference)
            assert (row["median_own"], row["median_rubric"]) == ("[z]", "[z]")
    assert {row["broken"] for row in tables["moves"]} == {"true", "false"}
    for row in tables["splits"]:
        parts_of = float(row["own_part"]) + float(row["rubric_part"])
        assert parts_of == pytest.approx(float(row["after"]) - float(row["before"]))
    for row in tables["series-scores"]:
        point = lines[row["key"]].points[at.index(row["period"])]
        found = point and point.of(row["code"])
        assert found and (row["score"], row["level"]) == (said(found.published), found.level or "")
    for row in tables["peer-measures"]:
        group = named.peers.groups[int(row["peer_group"]) - 1]
        f = next(f for f in group.figures if ".".join((f.measure, *f.group)) == row["key"])
        assert (row["n"], row["median"]) == (str(f.summary.n), said(f.summary.median))
        assert (row["others_n"], row["others_q1"]) == (str(f.others.n), said(f.others.q1))
        if f.own:
            assert (row["score"], row["higher"]) == (said(f.own.published), said(f.own.higher))
            assert (row["difference"], row["position"]) == (said(f.own.difference), f.own.position or "")
    for row in tables["ranges"]:
        measure = next(m for m in named.firm.measures if ".".join((m.measure, *m.group)) == row["key"])
        one = measure.of(row["code"])
        assert one
        found_range = {"weights": one.weights, "answers": one.answers}[row["cause"]]
        assert row["score_low"] == said(found_range.score_low)
        assert row["rank_high"] == said(found_range.rank_high)
    for row in tables["evidence-gaps"]:
        of = next(m for m in named.evidenced.measures if ".".join((m.measure, *m.group)) == row["key"])
        gap = of.of(row["code"])
        assert gap and (row["claimed"], row["gap"]) == (said(gap.claimed), said(gap.gap))
    splits = {q.question: (q.answered, q.split) for q in named.questions}
    assert {row["question"]: (int(row["answered"]), float(row["split"])) for row in tables["questions"]} == {
        name: (n, pytest.approx(split)) for name, (n, split) in splits.items()
    }
    for row in tables["wanted"]:
        assert int(row["organisations"]) == sum(w["want"] == row["want"] for w in tables["wanted-by"])


def test_tables_hold_no_formulas() -> None:
    for start in "=+-@\t":
        extra = f"{start}1+1"
        asked, valued = data.questionnaire(extra), data.rubric(extra)
        asked = asked.model_copy(
            update={
                "findings": tuple(
                    f.model_copy(
                        update={"text": Text({"en": f"{start}{{count}}", "cy": f"{start}{{count}}"})}
                    )
                    for f in asked.findings
                )
            }
        )
        scorer = data.scorer_of(asked, valued)
        compared = data.benchmark_of(scorer, data.register(6))[0]
        for name, content in open_data(scorer, compared, "en", made_on=DAY).items():
            if name.endswith(".csv"):
                for row in csv.reader(io.StringIO(content.decode(), newline="")):
                    assert not any(re.match(r"[=+@\t]|-(?!\d)", cell) for cell in row)


def test_the_same_inputs_give_the_same_open_data(small: Scorer, named: Benchmark) -> None:
    assert open_data(small, named, "en", made_on=DAY) == open_data(small, replace(named), "en", made_on=DAY)


def said_in_both(package: Any, own: str, other: str) -> Iterator[tuple[str, str]]:
    """What people read in a dictionary in its own language, beside the other; raises where one of them is missing."""
    if isinstance(package, dict):
        for key, value in package.items():
            if key in ("title", "description", "label"):
                yield value, package[f"{key}@{other}"]
            elif "@" in key:
                assert key.removesuffix(f"@{other}") in package
            else:
                yield from said_in_both(value, own, other)
    elif isinstance(package, list):
        for one in package:
            yield from said_in_both(one, own, other)


def unsaid(one: Any) -> Any:
    """A dictionary without what people read, which is the same in every language."""
    if isinstance(one, dict):
        said = ("title", "description", "label", "languages")
        return {key: unsaid(value) for key, value in one.items() if key.partition("@")[0] not in said}
    return list(map(unsaid, one)) if isinstance(one, list) else one


def test_the_dictionary_speaks_both_languages(small: Scorer, named: Benchmark) -> None:
    """Every title, description and label, first in the reader's own; tables, names and all else do not depend on it."""
    asked = small.questionnaire.model_copy(update={"title": Text({"en": "Asked", "cy": "Holwyd"})})
    scorer = data.scorer_of(asked, small.rubric)
    made_up = replace(named, made_up=True)
    english, welsh = (open_data(scorer, made_up, language, made_on=DAY) for language in LANGUAGES)
    packages = json.loads(english.pop(DICTIONARY)), json.loads(welsh.pop(DICTIONARY))
    assert english == welsh
    assert [package["languages"] for package in packages] == [["en", "cy"], ["cy", "en"]]
    assert unsaid(packages[0]) == unsaid(packages[1])
    said = list(said_in_both(packages[0], "en", "cy"))
    assert said == [(one, other) for other, one in said_in_both(packages[1], "cy", "en")]
    assert [one for one, other in said if one == other] == []
    assert [other for _, other in said if foreign(other, "en")] == []
    columns = {column.says for table in open_tables(scorer, made_up) for column in table.columns}
    assert columns | set(SYMBOLS.values()) <= {one for one, _ in said}
    assert packages[1]["title"] == packages[0]["title@cy"] == f"Holwyd: meincnod, {named.period}"
    assert packages[1]["description"].endswith("nid ydynt yn dweud dim am unrhyw sefydliad.")


def test_words_in_tables_stand_in_both_languages(small: Scorer, named: Benchmark) -> None:
    """All words of a reader's questionnaire, rubric and register are marked (¤): no cell holds any but beside the other
    language's, each under its own name."""
    region = Text({"en": "¤Here¤", "cy": "¤Here cy¤"})
    placed = [replace(m, organisation=replace(m.organisation, region=region)) for m in named.members]
    found = set()
    for name, rows in checked(
        open_data(small, replace(named, members=tuple(placed)), "en", made_on=DAY)
    ).items():
        for row in rows:
            for column, cell in row.items():
                if "¤" in cell:
                    stem, _, language = column.rpartition("_")
                    assert language in LANGUAGES, (name, column, cell)
                    assert "¤" in row[f"{stem}_en"] and "¤" in row[f"{stem}_cy"]
                    found.add((name, stem))
                    assert (" cy" in cell) is (language == "cy") or name == "findings"
    assert found == {
        *((name, "name") for name in ("measures", "levels", "answers", "organisations", "peer-groups")),
        *((name, "name") for name in ("peer-members", "series", "wanted", "shared-steps")),
        *(("organisations", "region"), ("numbers", "unit"), ("findings", "sentence")),
    }


@pytest.mark.parametrize("name", ["open-data.md", "open-data.cy.md"])
def test_the_guide_lists_every_table_and_column(small: Scorer, named: Benchmark, name: str) -> None:
    guide = (data.HERE.parent / "docs" / name).read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| ([^|]+) \|$", guide, re.MULTILINE))
    assert {name: re.findall(r"`([a-z_0-9]+)`", columns) for name, columns in rows.items()} == {
        table.name: [column.name for column in table.columns] for table in open_tables(small, named)
    }
    symbols = re.findall(r"^\| `(\[.\])` \|", guide, re.MULTILINE)
    assert symbols == [symbol for symbol in SYMBOLS if symbol]


def test_the_guide_names_every_safeguard() -> None:
    guide = (data.HERE.parent / "docs" / "disclosure.md").read_text(encoding="utf-8")
    assert set(OFF) <= set(re.findall(r"`([a-z_]+)`", guide))
