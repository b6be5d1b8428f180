"""No report in which others are unnamed gives one away: an attacker finds nothing, and does wherever a safeguard is off."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache, cached_property
from itertools import combinations_with_replacement, product
from pathlib import Path
from typing import Any

import pytest

import disclosure_attack as attack
import report_data as data
from maturity.benchmark import (
    closed,
    disclosed_answers,
    disclosed_learning,
    disclosed_own,
    disclosed_series,
    disclosure,
    disclosure_audit,
    suppression,
)
from maturity.benchmark.compare import Scored, compare
from maturity.benchmark.disclosure import disclose
from maturity.benchmark.evidenced import evidenced
from maturity.benchmark.findings import question_findings
from maturity.benchmark.firm import firmness
from maturity.benchmark.learning import learn_from
from maturity.benchmark.passage import ScoredPeriod
from maturity.benchmark.series import series_of
from maturity.benchmark.statistics import summarise
from maturity.intake.collect import collect
from maturity.intake.scored import by_period, score_all, scorer_for
from maturity.models.assessment import Assessment
from maturity.models.benchmark import Benchmark, Comparison, Member, Standing
from maturity.models.disclosure import Mode
from maturity.models.evidenced import EvidencedMeasure
from maturity.models.learning import Near
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Register
from maturity.models.text import Text
from maturity.reports.figures_json import benchmark_json
from maturity.reports.html import benchmark_page
from maturity.reports.open_package import open_data
from maturity.reports.pack import PackJob, pack_council
from maturity.reports.workbook import benchmark_workbook
from maturity.scoring.names import bands_of
from maturity.scoring.score import Scorer
from maturity.sources.registers import wales

WHOLE = os.environ.get("MATURITY_ATTACK") == "1"
WORLDS = [(n, seed) for n in (4, 6, 8, 9, 11, 13, 16, 22) for seed in range(6 if WHOLE else 2)]
"""How many councils there are, and the seed of their answers."""
RARE = {
    "one_question": [(18, 0), (14, 1)],
    "told_of_all": [(20, 19), (22, 19)],
    "gives_back_a_level": [(11, 2), (12, 2)],
    "both_sides": [(16, 37)],
    "rest_is_safe": [(16, 24)],
    "level_given_back": [(20, 26)],
    "cut_before": [(16, 4)],
}
"""Worlds in which a safeguard is needed that few need."""
DAY = dt.date(2026, 11, 1)
DRAWS = 10
MODULES = (
    *(suppression, closed, disclosure, disclosure_audit),
    *(disclosed_answers, disclosed_own, disclosed_series, disclosed_learning),
)


def asked() -> Questionnaire:
    """The small one, with a theme of one question and findings over several options and over numbers."""
    content = data.questionnaire().model_dump(by_alias=True, exclude_none=True, mode="json")
    one = dict(content["dimensions"][0]["themes"][0]["questions"][0], id="a.u.one", not_applicable=False)
    content["dimensions"][0]["themes"].append({"id": "u", "name": data.both("Theme u"), "questions": [one]})
    found: list[tuple[str, str, dict[str, Any]]] = [
        ("low", "a.v.one", {"options": ["l0", "l1"]}),
        ("high", "a.v.two", {"options": ["l2", "l3", "l4"]}),
        ("any", "b.y.several", {"options": ["c0", "c1"]}),
        ("half", "b.y.number", {"at_least": 50}),
        ("most", "b.y.number", {"at_least": 60}),
    ]
    content["findings"] += [
        {"id": name, "question": q, "text": data.both("{count} of {answered} say so"), **rest}
        for name, q, rest in found
    ]
    return data.wanting_evidence(Questionnaire.model_validate(content))


@cache
def scorer() -> Scorer:
    """The small rubric; themes are cut into levels twice, at places near each other."""
    plain = data.rubric().model_dump(by_alias=True, exclude_none=True, mode="json")
    finer = [dict(band, id=f"finer-{n}") for n, band in enumerate(plain["bands"]["levels"])]
    for band, start in zip(finer, (0, 0.9, 1.5, 2.5, 3.1), strict=True):
        band["from"] = start
    theme = plain["measures"]["theme"]
    rubric = data.rubric(
        items=plain["items"] | {"a.u.one": {"scale": "five"}},
        bands=plain["bands"] | {"finer": finer},
        measures=plain["measures"] | {"again": theme | {"bands": "finer"}},
        recommendations=[],
    )
    return data.scorer_of(asked(), rubric)


@cache
def scorer_then() -> Scorer:
    """What the earliest period was scored by: one scale was another."""
    plain = data.rubric().model_dump(by_alias=True, exclude_none=True, mode="json")
    items = plain["items"] | {"a.w.yes": {"scale": {"yes": 3, "no": 1}}}
    return data.scorer_of(asked(), data.rubric(version="0.9.0", items=items))


@dataclass(frozen=True)
class World:
    """Councils with their answers of three periods: the last one submitted only the earlier ones, the first only the last and
    the first, which was scored by another rubric."""

    scorer: Scorer
    register: Register
    now: dict[str, Scored]
    before: dict[str, Scored]
    first: dict[str, Scored]

    @cached_property
    def benchmark(self) -> Benchmark:
        """With every part that unnamed reports show something of, and one that they do not."""
        found = compare(self.scorer, self.register, self.now, self.before)
        reader, _ = self.readers
        periods = (
            ("2013", scorer_then(), self.first),
            ("2017", self.scorer, self.before),
            ("2026", self.scorer, self.now),
        )
        return replace(
            found,
            series=series_of(self.register, [ScoredPeriod(*one) for one in periods if one[2]]),
            learning=learn_from(self.scorer, found, self.now, reader),
            evidenced=evidenced(self.scorer, found, self.now, "2"),
            firm=firmness(self.scorer, found, self.now, draws=DRAWS),
            questions=question_findings(self.scorer, self.now),
        )

    @property
    def readers(self) -> tuple[str, str]:
        """The two who put their heads together."""
        first, second, *_ = self.now
        return first, second

    @cached_property
    def swapped(self) -> World:
        """The same where two other councils have each other's answers."""
        third, fourth = list(self.now)[2:4]

        def exchange(found: dict[str, Scored], by: Scorer = self.scorer) -> dict[str, Scored]:
            changed = dict(found)
            for mine, other in ((third, fourth), (fourth, third)):
                assessment, card = found[other]
                changed[mine] = of(by, assessment.model_copy(update={"organisation": mine}), card.source)
            return changed

        return replace(
            self,
            now=exchange(self.now),
            before=exchange(self.before),
            first=exchange(self.first, scorer_then()),
        )

    @cached_property
    def others_anew(self) -> World:
        """The same where all but the two readers answered otherwise, in all periods."""

        def anew(found: dict[str, Scored], by: Scorer = self.scorer) -> dict[str, Scored]:
            return {
                code: one if code in self.readers else given(by, code, "anew", one[0].period)
                for code, one in found.items()
            }

        return replace(
            self, now=anew(self.now), before=anew(self.before), first=anew(self.first, scorer_then())
        )


def given(scorer: Scorer, code: str, seed: int | str, period: str) -> Scored:
    chance = random.Random(f"{code} {seed} {period}")
    questions = scorer.questionnaire.questions.values()
    answers = {q.id: data.random_answer(q, chance) for q in questions}
    found = data.assessment(scorer, code, answers, period)
    status = "draft" if chance.random() < 0.3 else "submitted"
    return of(scorer, found.model_copy(update={"status": status}))


def of(scorer: Scorer, found: Assessment, source: str = "") -> Scored:
    return found, scorer.score(found, source)


@cache
def world(n: int, seed: int) -> World:
    places = by_region(data.register(n + 1))
    codes = [o.code for o in places.organisations]
    now = {code: given(scorer(), code, seed, "2026") for code in codes[:-1]}
    # The table that everybody's answers came in is named after two of them.
    now = {c: of(scorer(), a, f"{codes[-2]} and {codes[-1]}.csv") for c, (a, _) in now.items()}
    before = {code: given(scorer(), code, seed, "2017") for code in codes[1:]}
    first = {code: given(scorer_then(), code, seed, "2013") for code in (codes[0], *codes[2:])}
    return World(scorer(), places, now, before, first)


def by_region(places: Register) -> Register:
    """The first ten in a region, the next six in another, the rest in a third."""
    names = [data.both(name) for name in ("North", "South", "West")]
    regions = [Text(name) for name, n in zip(names, (10, 6, 99), strict=True) for _ in range(n)]
    found = zip(places.organisations, regions, strict=False)
    return Register(places.id, tuple(replace(o, region=region) for o, region in found))


@dataclass(frozen=True, slots=True)
class Wider(Benchmark):
    """A benchmark with a part that disclosure has not been told of."""

    ranking: tuple[tuple[str, float], ...] = ()
    by_code: dict[str, float] = field(default_factory=dict)


def wider(benchmark: Benchmark) -> Wider:
    overall = benchmark.comparisons[0]
    scores = [(s.organisation, s.published) for s in overall.standings if s.published is not None]
    known = {f.name: getattr(benchmark, f.name) for f in fields(benchmark)}
    return Wider(**known, ranking=tuple(scores), by_code=dict(scores))


Seen = Callable[[Benchmark, Mode, str | None], Benchmark]


def known_of(one: World, seen: Seen = disclose) -> attack.Known:
    """What two councils of a world have to go by."""
    whole = wider(one.benchmark)
    return attack.Known(
        reports={code: attack.as_json(seen(whole, "own", code)) for code in one.readers},
        public=attack.as_json(seen(whole, "public", None)),
        questionnaire=one.scorer.questionnaire,
        answers={c: {q: a.value for q, a in one.now[c][0].answers.items()} for c in one.readers},
        bands={
            m: [(b.id, b.from_) for b in bands_of(one.scorer.rubric, m)] for m in one.scorer.rubric.measures
        },
        worth={"a.u.one": {f"l{n}": float(n) for n in range(5)}},
    )


def others_words(one: World, reader: str | None) -> dict[str, list[str]]:
    """Whatever would point at a council other than the reader: names, codes, digests and where answers came from."""
    found = {}
    for o in one.register.organisations:
        cards = [held[o.code][1] for held in (one.now, one.before, one.first) if o.code in held]
        words = [*o.spellings, *(card.answers_digest for card in cards)]
        found[o.code] = [w for w in words if o.code != reader]
    return {code: words for code, words in found.items() if words}


def records(one: World, reader: str | None, seen: Seen = disclose) -> dict[str, bytes]:
    """What programs read of one report: JSON, tables and their dictionary."""
    shown = seen(wider(one.benchmark), "own" if reader else "public", reader)
    files = dict(open_data(one.scorer, shown, "en", made_on=DAY))
    return {**files, "benchmark.json": benchmark_json(shown).encode()}


def pages(one: World, reader: str | None) -> dict[str, bytes]:
    """What people read of one report, in both languages: the council's own pack, and the benchmark's page and workbook."""
    shown = disclose(wider(one.benchmark), "own" if reader else "public", reader)
    found: dict[str, str | bytes] = {}
    if reader:
        organisation = one.register.by_code[reader]
        found |= pack_council(PackJob(one.scorer, shown, organisation, one.now[reader][0], ("en", "cy"), DAY))
    found["benchmark.html"] = benchmark_page(one.scorer, shown, "en", made_on=DAY, council=reader)
    found["benchmark.xlsx"] = benchmark_workbook(one.scorer, shown, "cy", made_on=DAY, council=reader)
    return {k: v.encode() if isinstance(v, str) else v for k, v in found.items()}


def identified(one: World, seen: Seen = disclose) -> Iterator[str]:
    """Others' names and codes in what programs read, and whether it tells which of two councils gave which answers."""
    for reader in (one.readers[0], None):
        files = records(one, reader, seen)
        yield from attack.named_in(files, others_words(one, reader), ())
        for name, content in records(one.swapped, reader, seen).items():
            if files[name] != content:
                yield f"{name}: two councils that exchange their answers change it"


def hangs_on_others(one: World, seen: Seen = disclose) -> Iterator[str]:
    """Parts that are to be the reader's own, and change when everybody else answers otherwise."""
    reader = one.readers[0]
    mine, then = (attack.as_json(seen(wider(w.benchmark), "own", reader)) for w in (one, one.others_anew))
    for part in ("evidenced", "firm", "series"):
        if mine[part] != then[part]:
            yield f"{part}: what others answer changes it"


def leaks(worlds: Sequence[tuple[int, int]] = WORLDS, seen: Seen = disclose) -> Iterator[str]:
    """All that is found out in the worlds."""
    for n, seed in worlds:
        one = world(n, seed)
        found = [*attack.found_out(known_of(one, seen)), *identified(one, seen), *hangs_on_others(one, seen)]
        yield from (f"{n} councils, seed {seed}: {leak}" for leak in found)


@pytest.fixture(autouse=True)
def rules_as_they_are() -> Iterator[None]:
    """The attacker knows the rules as they are while it looks."""
    forget()
    yield
    forget()


def forget() -> None:
    """What was worked out by other rules."""
    attack.told_as.cache_clear()
    disclosed_learning._strong.cache_clear()


# Nothing is found


@pytest.mark.parametrize(("n", "seed"), [*WORLDS, *(one for some in RARE.values() for one in some)])
def test_the_attacker_finds_nothing(n: int, seed: int) -> None:
    assert list(leaks([(n, seed)])) == []


@pytest.mark.parametrize("reader", [0, None])
def test_files_hold_no_other_and_tell_no_two_apart(reader: int | None) -> None:
    """Pages and workbooks, with all their parts, names, times and order: byte for byte the same whoever gave what."""
    one = world(11, 1)
    code = None if reader is None else one.readers[reader]
    files = pages(one, code)
    assert list(attack.named_in(files, others_words(one, code), ())) == []
    assert pages(one.swapped, code) == files
    assert any("[c]" in text for name, content in files.items() for _, text in attack.texts(name, content))


def test_two_reports_show_the_same_figures_of_all() -> None:
    whole = world(16, 1).benchmark
    public = disclose(whole, "public")
    for code in world(16, 1).now:
        own = disclose(whole, "own", code)
        assert own.answers == public.answers and own.findings == public.findings
        for mine, theirs in zip(own.comparisons, public.comparisons, strict=True):
            bare = replace(mine, standings=(), change=mine.change and replace(mine.change, differences=()))
            assert bare == theirs


@pytest.mark.parametrize(("cells", "most"), [(2, 30), (3, 24), (4, 18), (5, 22 if WHOLE else 13)])
def test_no_suppressed_count_has_one_number_that_fits(cells: int, most: int) -> None:
    """Every way in which so many can fall into so many cells, shown by the rule, which two readers know, as they know
    their own cells: what is too small to be shown is never all that fits."""
    for n in range(3, most + 1):
        for shown, behind in attack.told_as(n, cells).items():
            for own in combinations_with_replacement(range(cells), 2):
                possible = [v for v in behind if all(v[c] >= own.count(c) for c in own)]
                for cell in (c for c in range(cells) if possible and shown[c] is None):
                    numbers = {v[cell] for v in possible}
                    assert len(numbers) > 1 or suppression.safe(numbers.pop(), n), (shown, own, cell)


SIZES = [
    (10, 6, 4, 2),
    (10, 6, 6),
    (10, 6, 4),
    (11, 11),
    (8, 8),
    (7, 7, 7),
    (6, 6, 5, 5),
    (10, 5),
    (10, 10, 2),
]


@pytest.mark.parametrize("sizes", SIZES)
def test_no_way_to_spread_the_strong_over_regions_tells_of_one_council(sizes: tuple[int, ...]) -> None:
    """All ways that two readers cannot tell apart, who know their own places and even how many of all are strong: of every
    region somebody else could be strong, and somebody could not be."""
    n = sum(sizes)
    alike: dict[Any, list[tuple[int, ...]]] = {}
    for strong in product(*(range(of + 1) for of in sizes)):
        found = {str(place): Near(of, k) for place, (of, k) in enumerate(zip(sizes, strong, strict=True))}
        told = disclosed_learning.told_by_region(found)
        if 5 <= sum(strong) <= n - 5:
            alike.setdefault(
                (sum(strong), tuple(sorted((name, k.strong) for name, k in told.items()))), []
            ).append(strong)
    seats = [(place, side) for place in range(len(sizes)) for side in (False, True)]
    for readers in combinations_with_replacement(seats, 2):
        ours = [(readers.count((p, True)), readers.count((p, False))) for p in range(len(sizes))]
        for ways in alike.values():
            fit = [
                way
                for way in ways
                if all(k >= up and of - k >= down for k, of, (up, down) in zip(way, sizes, ours, strict=True))
            ]
            for place, (of, (up, down)) in enumerate(zip(sizes, ours, strict=True)):
                if fit and of > up + down:
                    left = [way[place] - up for way in fit]
                    assert max(left) > 0 and min(left) < of - up - down, (readers, place, fit)


# Each safeguard is needed


def as_it_is(thing: Any, *_: object) -> Any:
    return thing


def unhidden(counts: Sequence[int], _of: int) -> list[bool]:
    return [False] * len(counts)


def no_more(_counts: Sequence[int], hidden: Sequence[bool]) -> list[bool]:
    return list(hidden)


def never(*_: object, **__: object) -> bool:
    return False


def always(*_: object, **__: object) -> bool:
    return True


def all_members(members: tuple[Member, ...], _own: str | None) -> tuple[Member, ...]:
    return members


def old_place(standing: Standing, _summary: object) -> Any:
    return standing.position


def levels_twice(comparison: Comparison, benchmark: Benchmark, *, earlier: object) -> Any:
    del earlier
    return TOLD_OF_ALL(comparison, benchmark, earlier=None)


def rows_alone(measure: EvidencedMeasure, own: str) -> EvidencedMeasure:
    """The reader's gap beside the medians of all."""
    return replace(measure, gaps=disclosed_own.own_rows(measure.gaps, own))


TOLD_OF_ALL = disclosure.told_of_all
OFF: dict[str, Callable[..., Any]] = {
    "hide_small": unhidden,
    "hide_more": no_more,
    "missing_told": lambda counts: list(counts),
    "gives_back": never,
    "coarse": as_it_is,
    "coarse_number": as_it_is,
    "enough": lambda n, least: n >= least,
    "own_standing": as_it_is,
    "place_as_printed": old_place,
    "one_question": never,
    "told_of_all": levels_twice,
    "gives_back_a_level": never,
    "own_members": all_members,
    "without_source": as_it_is,
    "own_standings": as_it_is,
    "own_differences": as_it_is,
    "own_drafts": as_it_is,
    "own_rows": as_it_is,
    "own_firmness": as_it_is,
    "own_evidenced": as_it_is,
    "without_ranks": as_it_is,
    "own_gaps": rows_alone,
    "own_series": as_it_is,
    "own_period": as_it_is,
    "own_transition": as_it_is,
    "own_codes": as_it_is,
    "own_point": as_it_is,
    "own_move": as_it_is,
    "own_learning": lambda benchmark, *_: benchmark.learning,
    "both_sides": always,
    "rest_is_safe": always,
    "level_given_back": never,
    "cut_before": never,
    "known": always,
}
"""Every safeguard, and what stands in its place when it is off."""


@pytest.mark.parametrize("safeguard", OFF)
def test_without_one_safeguard_the_attacker_finds_something(
    safeguard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    switched = 0
    for module in MODULES:
        if hasattr(module, safeguard):
            monkeypatch.setattr(module, safeguard, OFF[safeguard])
            switched += 1
    assert switched
    disclosed_learning._strong.cache_clear()
    assert next(leaks(RARE.get(safeguard, WORLDS)), None) is not None


def test_without_the_same_figures_for_all_the_attacker_finds_something(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each report's figures leave its own council out, as those of peers do where all are named."""

    def seen(benchmark: Benchmark, mode: Mode, own: str | None = None) -> Benchmark:
        def told(comparison: Comparison, whole: Benchmark, *, earlier: Any) -> Any:
            return TOLD_OF_ALL(without(comparison, own), whole, earlier=earlier)

        monkeypatch.setattr(disclosure, "told_of_all", told)
        return disclose(benchmark, mode, own)

    assert next(leaks([(13, 0), (14, 0)], seen), None) is not None


def without(comparison: Comparison, own: str | None) -> Comparison:
    left = [s for s in comparison.standings if s.organisation != own and s.published is not None]
    levels = Counter(s.level for s in left)
    return replace(
        comparison,
        summary=summarise([s.published for s in left if s.published is not None]),
        levels=tuple((level, levels[level]) for level, _ in comparison.levels),
        standings=tuple(left),
    )


# The example of Wales


@cache
def wales_2026() -> World:
    examples = Path(__file__).parent.parent / "examples"
    found = collect([examples / "wales-2017", examples / "wales-2026"], wales()).assessments
    scored = scorer_for(found, None, None)
    before, now = by_period(score_all(scored, found)).values()
    return World(scored, wales(), now, before, {})


@pytest.mark.parametrize("place", range(21) if WHOLE else [0, 13])
def test_no_pack_of_the_example_names_another_council(place: int) -> None:
    one = wales_2026()
    code = list(one.now)[place]
    # A region's name, which the reader's own entry in the register has, may hold a council's.
    regions = {text for o in one.register.organisations for text in o.region.root.values()}
    files = records(one, code) | pages(one, code)
    assert list(attack.named_in(files, others_words(one, code), sorted(regions))) == []


def test_the_published_example_names_nobody() -> None:
    one = wales_2026()
    assert list(attack.named_in(records(one, None) | pages(one, None), others_words(one, None), ())) == []
    assert list(attack.found_out(known_of(one))) == []
