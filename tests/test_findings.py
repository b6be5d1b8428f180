"""Findings: every question's counts, sentences in both languages, how split councils are, what changed."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from math import log2
from pathlib import Path

import numpy as np
import pytest

from maturity.benchmark.dissention import choices_split, number_split, ordinal_split
from maturity.benchmark.findings import by_change, by_split, question_findings
from maturity.benchmark.quotable import (
    all_sentences,
    figure,
    headline_sentence,
    option_sentence,
    share_in_words,
    told_sentence,
)
from maturity.cli.findings_text import _figures
from maturity.intake.scored import Scored
from maturity.locale.words import Words
from maturity.models.assessment import DONT_KNOW, Answer, Assessment
from maturity.models.benchmark import Benchmark, FindingCount
from maturity.models.findings import OptionCount, QuestionFinding
from maturity.models.questionnaire import NumberFormat, Questionnaire
from maturity.models.text import LANGUAGES, Language, Text
from maturity.scoring.score import Scorer
from maturity.sources.load import expect, load
from maturity.sources.registers import find_council
from maturity.sources.shelf import open_questionnaire
from maturity.sources.write_assessment import write_assessment
from maturity.versions.awaited import awaited
from maturity.versions.route import AtHand, travel
from report_data import assessment, everyone, questionnaire, register, rubric, scored, scorer_of
from test_cli import EXAMPLES, GOOD, assert_explained, maturity

BUNDLED = ("socitm@1.0.0", "socitm@2.0.0")
QUESTIONNAIRES = {name: open_questionnaire(name)[0] for name in BUNDLED}
LONGEST = 600


# How split.


@pytest.mark.parametrize(
    ("counts", "split"),
    [
        ((9, 0, 0, 0, 0), 0),
        ((0, 0, 9, 0, 0), 0),
        ((5, 0, 0, 0, 5), 1),
        # By hand: -(2 log2(1/2) + 2 log2(3/4)) / 5.
        ((1, 1, 1, 1, 1), (2 + 2 * 0.4150374993) / 5),
        # Yes or no is the binary entropy: 5 of 22.
        ((5, 17), -(5 / 22 * log2(5 / 22) + 17 / 22 * log2(17 / 22))),
        ((7, 7), 1),
        # Of three with half on the first and half on the second the mean is a quarter of the way: all at 1/4 of it.
        ((4, 4, 0), -log2(3 / 4)),
    ],
)
def test_split_of_options(counts: tuple[int, ...], split: float) -> None:
    assert ordinal_split(counts) == pytest.approx(split, abs=1e-9)
    assert ordinal_split(counts[::-1]) == ordinal_split(counts)


def test_split_of_nothing() -> None:
    assert ordinal_split((0, 0, 0)) is None
    assert ordinal_split((3,)) is None
    assert choices_split((), 5) is None
    assert number_split([3.0, 4.0], None, 100) is None
    assert number_split([], 0, 100) is None


def test_split_against_numpy() -> None:
    chance = random.Random(7)
    for _ in range(50):
        counts = [chance.randint(0, 6) for _ in range(chance.randint(2, 9))]
        counts[0] += 1
        found = np.repeat(np.arange(len(counts)), counts)
        expected = -np.mean(np.log2(1 - np.abs(found - found.mean()) / (len(counts) - 1)))
        assert ordinal_split(counts) == pytest.approx(float(expected), abs=1e-9)
        values = [float(chance.randint(0, 100)) for _ in range(9)]
        expected = -np.mean(np.log2(1 - np.abs(np.array(values) - np.mean(values)) / 100))
        assert number_split(values, 0, 100) == pytest.approx(float(expected), abs=1e-9)


def test_several_choices_are_each_a_yes_or_no() -> None:
    # Chosen by all, by none and by half of 10: 0, 0 and 1.
    assert choices_split((10, 0, 5), 10) == pytest.approx(1 / 3, abs=1e-9)


# Counts and change, on a small questionnaire.


def small(
    now: list[dict[str, object]], before: list[dict[str, object]] | None = None
) -> dict[str, QuestionFinding]:
    scorer, places = scorer_of(questionnaire(), rubric()), register(12)

    def all_of(given: list[dict[str, object]], period: str) -> dict[str, tuple]:  # type: ignore[type-arg]
        codes = [o.code for o in places.organisations]
        return {
            code: scored(scorer, assessment(scorer, code, one, period))
            for code, one in zip(codes, given, strict=False)
        }

    earlier = all_of(before, "2017") if before else None
    return {f.question: f for f in question_findings(scorer, all_of(now, "2026"), earlier)}


@pytest.mark.parametrize("n", [1, 4])
def test_nothing_is_told_of_fewer_than_five(n: int) -> None:
    for finding in small([{"a.w.yes": "yes", "b.y.number": 5, "a.v.one": "l0"}] * n).values():
        assert not finding.told
        assert finding.split is None
        assert finding.moved is None


def test_five_are_told_and_eight_have_quartiles() -> None:
    five = small([{"a.w.yes": "yes", "b.y.number": n} for n in range(5)])
    assert five["a.w.yes"].options == (OptionCount("yes", 5), OptionCount("no", 0))
    assert five["a.w.yes"].split == 0
    assert (five["b.y.number"].median, five["b.y.number"].q1) == (2, None)
    eight = small([{"b.y.number": n} for n in range(1, 9)])["b.y.number"]
    assert (eight.q1, eight.median, eight.q3) == (2.75, 4.5, 6.25)


def test_dont_know_is_no_answer_and_words_are_not_counted() -> None:
    found = small([{"b.y.number": 7.0, "b.y.words": "So"}] * 5 + [{"b.y.number": DONT_KNOW}])
    assert found["b.y.number"].answered == 5
    assert "b.y.words" not in found


def test_none_of_these_divides_nobody() -> None:
    # c0 by two of five; c1 and c2 by nobody: a third of the binary entropy of 2 in 5.
    found = small([{"b.y.several": ("c0",)}] * 2 + [{"b.y.several": ("none",)}] * 3)["b.y.several"]
    assert found.split == pytest.approx(-(0.4 * log2(0.4) + 0.6 * log2(0.6)) / 3, abs=1e-9)


def test_least_can_be_raised_and_not_lowered() -> None:
    scorer, places = scorer_of(questionnaire(), rubric()), register(9)
    answers = everyone(scorer, places, seed=3, period="2026")
    assert not any(f.told for f in question_findings(scorer, answers, least=10))
    few = dict(list(answers.items())[:4])
    assert not any(f.told for f in question_findings(scorer, few, least=1))


def test_change_is_counted_over_those_in_both() -> None:
    before = [{"a.w.yes": "no"}] * 4 + [{"a.w.yes": "yes"}]
    # Six now, of whom five answered before: two of these went from no to yes, and one from yes to no.
    now = [{"a.w.yes": v} for v in ("yes", "yes", "no", "no", "no", "yes")]
    yes, no = small(now, before)["a.w.yes"].options
    moved = small(now, before)["a.w.yes"].moved
    assert (yes.count, yes.change, no.change) == (3, 0.2, -0.2)
    assert moved is not None
    assert (moved.n, moved.changed, moved.largest) == (5, 3, 0.2)
    assert small(now, before[:4])["a.w.yes"].moved is None


def test_change_of_numbers_is_the_median_difference() -> None:
    before, now = (
        [{"b.y.number": n} for n in values] for values in ((10, 20, 30, 40, 50), (15, 20, 40, 60, 95))
    )
    moved = small(now, before)["b.y.number"].moved
    assert moved is not None
    # Differences 5, 0, 10, 20 and 45; of a range of 100.
    assert (moved.changed, moved.median_difference, moved.largest) == (4, 10, 0.1)


def test_choices_in_another_order_are_no_change() -> None:
    before = [{"b.y.several": ("c0", "c1")}] * 5
    now = [{"b.y.several": ("c1", "c0")}] * 5
    moved = small(now, before)["b.y.several"].moved
    assert moved is not None
    assert (moved.changed, moved.largest) == (0, 0)


def test_counts_are_those_of_the_benchmark(
    scorer: Scorer, scored_2026: list[Scored], benchmark_2026: Benchmark
) -> None:
    found = question_findings(scorer, answers_of(scored_2026))
    counts = {c.question: c for c in benchmark_2026.answers}
    assert len(found) == 75
    for finding in found:
        counted = counts[finding.question]
        assert finding.answered == counted.answered
        assert [(o.option, o.count) for o in finding.options] == list(counted.options)
        if counted.numbers:
            assert finding.median == counted.numbers.median


def test_orders(scorer: Scorer, scored_2017: list[Scored], scored_2026: list[Scored]) -> None:
    found = question_findings(scorer, answers_of(scored_2026), answers_of(scored_2017))
    split = by_split(found)
    for first, second in pairwise(split):
        assert first.type != second.type or (first.split or 0) >= (second.split or 0)
    assert [f.type for f in split] == sorted(
        (f.type for f in split), key=["level", "yes_no", "several", "number"].index
    )
    change = [f.moved.largest or 0 for f in by_change(found) if f.moved]
    assert change == sorted(change, reverse=True)
    assert sorted(f.question for f in split) == sorted(f.question for f in found)


def answers_of(found: list[Scored]) -> dict[str, tuple]:  # type: ignore[type-arg]
    return {s.organisation.code: (s.assessment, s.scorecard) for s in found}


# Sentences.


@pytest.mark.parametrize(
    ("count", "n", "words"),
    [
        (5, 22, "nearly a quarter"),
        (2, 8, "a quarter"),
        (6, 22, "just over a quarter"),
        (7, 22, "nearly a third"),
        (8, 22, ""),
        (11, 22, "half"),
        (10, 21, "nearly half"),
        (15, 22, "just over two thirds"),
        (17, 22, "just over three quarters"),
        (0, 22, ""),
        (22, 22, ""),
        (1, 22, ""),
        (2, 5, ""),
    ],
)
def test_shares_in_words(count: int, n: int, words: str) -> None:
    assert share_in_words(count, n, Words("en")) == words


NONE: dict[Language, str] = {"en": "one of the {n} councils", "cy": "yr un o'r {n} o gynghorau"}
SOME: dict[Language, str] = {"en": "{count} of {n} councils", "cy": "{count} o'r {n} o gynghorau"}
ALL: dict[Language, str] = {"en": "ll {n} councils", "cy": "pob un o'r {n} o gynghorau"}


def assert_sound(sentence: str, language: Language, count: int, n: int) -> None:
    """One sentence with its count, nothing broken in it, of a length that can be quoted."""
    kinds = NONE if count == 0 else ALL if count == n else SOME
    assert kinds[language].format(count=count, n=n) in sentence
    assert not re.search(r"[{}]|\s\s|\.”|\.\.|“”|\(\)|\b0 o[f']", sentence)
    assert sentence.endswith(".")
    assert sentence[0].isupper() or sentence[0].isdigit()
    assert sentence.count("“") == sentence.count("”")
    assert len(sentence) <= LONGEST


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BUNDLED)
@pytest.mark.parametrize("n", [5, 22])
def test_every_answer_to_every_question_can_be_quoted(name: str, n: int, language: Language) -> None:
    words = Words(language)
    for question in QUESTIONNAIRES[name].questions.values():
        for option in question.choices:
            for count in {0, 1, 2, 5, n}:
                finding = made(QUESTIONNAIRES[name], question.id, n, {option.id: count})
                sentence = option_sentence(finding, question, option.id, words)
                assert_sound(sentence, language, count, n)
                assert option.text.to(language).rstrip(".") in sentence
                assert question.text.to(language) in sentence


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BUNDLED)
@pytest.mark.parametrize("n", [5, 21, 22])
def test_every_declared_finding_can_be_quoted(name: str, n: int, language: Language) -> None:
    asked = QUESTIONNAIRES[name]
    for finding in asked.findings:
        for count in {0, 1, 2, 5, n}:
            found = FindingCount(finding.id, finding.question, "x", finding.text, count, n)
            assert_sound(found.sentence(language), language, count, n)
            told = told_sentence(found, Words(language))
            assert_sound(
                told.replace(f" ({share_in_words(count, n, Words(language))})", ""), language, count, n
            )


def made(asked: Questionnaire, question: str, n: int, counts: dict[str, int]) -> QuestionFinding:
    """A finding of `n` answers, of whom so many chose these options and nobody the others."""
    one = asked.questions[question]
    tags = asked.tags[question]
    assert one.type != "text"
    options = tuple(OptionCount(o.id, counts.get(o.id, 0)) for o in one.choices)
    return QuestionFinding(question, tags.dimension, tags.theme, one.type, n, options)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BUNDLED)
def test_every_question_has_one_sentence(name: str, language: Language) -> None:
    asked, words = QUESTIONNAIRES[name], Words(language)
    for question in asked.questions.values():
        for shape in ({0: 5}, {0: 3, 1: 2}, {0: 2, 1: 2, 2: 1}, {0: 2, 1: 2, 2: 2}):
            counts = {question.choices[n].id: c for n, c in shape.items() if n < len(question.choices)}
            finding = made(asked, question.id, sum(shape.values()), counts)
            if question.type == "number":
                finding = replace(finding, median=12.5, q1=10.0, q3=20.25)
            sentence = headline_sentence(finding, question, words)
            assert not re.search(r"[{}]|\s\s|\.”|“”", sentence)
            assert sentence.endswith(".")
            assert len(sentence) <= LONGEST
            assert question.text.to(language) in sentence


def test_sentences_are_not_the_same_in_both_languages() -> None:
    asked = QUESTIONNAIRES["socitm@2.0.0"]
    question = asked.questions["leadership.strategy.in-place"]
    finding = made(asked, question.id, 22, {"none": 5})
    assert option_sentence(finding, question, "none", Words("cy")) == (
        "Pan ofynnwyd “Pa gam y mae strategaeth ddigidol y cyngor wedi'i gyrraedd heddiw?”, atebodd 5 o'r 22 o gynghorau "
        "“Nid oes strategaeth ddigidol, ar ei phen ei hun nac yn rhan o gynllun arall”."
    )
    assert option_sentence(finding, question, "drafted", Words("cy")).startswith(
        "Pan ofynnwyd “Pa gam y mae strategaeth ddigidol y cyngor wedi'i gyrraedd heddiw?”, nid atebodd yr un o'r 22 o gynghorau"
    )


def test_what_stands_for_a_question() -> None:
    asked, words = questionnaire(), Words("en")

    def of(question: str, n: int, counts: dict[str, int]) -> str:
        return headline_sentence(made(asked, question, n, counts), asked.questions[question], words)

    start = "Asked “¤Which level of a.v.one?¤”, "
    assert of("a.v.one", 9, {"l0": 5, "l1": 4}) == f"{start}5 of 9 councils answered “¤It is at 0¤”."
    assert of("a.v.one", 8, {"l1": 4, "l3": 4}) == (
        f"{start}4 of 8 councils answered “¤It is at 1¤” and as many “¤It is at 3¤”."
    )
    assert of("a.v.one", 6, {"l1": 2, "l2": 2, "l3": 2}) == (
        f"{start}no answer was given by more than 2 of 6 councils."
    )
    assert of("a.w.yes", 6, {"no": 6}) == "Asked “¤Is it so?¤”, none of the 6 councils answered “Yes”."
    assert of("b.y.several", 5, {"c1": 5}).endswith("all 5 councils chose “¤Choice 1 ¤”.")


def test_numbers_with_their_units() -> None:
    asked, words = questionnaire(), Words("en")
    question = asked.questions["b.y.number"]
    finding = QuestionFinding("b.y.number", "b", "y", "number", 9, (), 30, 20.25, 41.0)
    assert headline_sentence(finding, question, words) == (
        f"Asked “{question.text.to('en')}”, 9 councils gave a figure; the median is 30 ¤%¤, and the middle half lies "
        "between 20.3 ¤%¤ and 41 ¤%¤."
    )
    five = replace(finding, answered=5, q1=None, q3=None)
    assert headline_sentence(five, question, words).endswith(
        "5 councils gave a figure; the median is 30 ¤%¤."
    )
    same = replace(finding, q1=30.0, q3=30.0)
    assert headline_sentence(same, question, words).endswith("at least half of them gave 30 ¤%¤.")
    percent = NumberFormat(unit=Text({"en": "%", "cy": "%"}))
    assert [figure(v, percent, words) for v in (0, 10, 12.25, -3.0)] == ["0%", "10%", "12.3%", "-3%"]


def test_a_sentence_of_another_pattern_keeps_its_words() -> None:
    text = Text({"en": "In {count} of {answered} health boards it is so."})
    found = FindingCount("x", "q", "d", text, 0, 7)
    assert found.sentence("en") == "In 0 of 7 health boards it is so."
    assert (
        told_sentence(replace(found, count=2, answered=8), Words("en")) == "In 2 of 8 health boards it is so."
    )


@pytest.mark.parametrize(
    ("count", "n", "start"),
    [(0, 0, "0 of 0 "), (0, 1, "0 of 1 "), (1, 1, "1 of 1 "), (0, 2, "None of the 2 "), (2, 2, "All 2 ")],
)
def test_none_and_all_of_more_than_one(count: int, n: int, start: str) -> None:
    finding = QUESTIONNAIRES["socitm@2.0.0"].findings[0]
    assert FindingCount("x", "q", "d", finding.text, count, n).sentence("en").startswith(start)


# What the panel's report says that Socitm found in 2017, in the example's words.


@pytest.mark.parametrize(
    "statement",
    [
        "None of the 22 councils said that every service request can be completed online from end to end.",
        "5 of 22 councils (nearly a quarter) said that they have no digital strategy.",
        "17 of 22 councils (just over three quarters) said that nobody on the senior leadership team leads digital for the "
        "whole council as their main job.",
        "13 of 22 councils said that digital is a branch of ICT.",
        "15 of 22 councils (just over two thirds) said that they had made no comparison with an organisation outside Wales in "
        "the last three years.",
        "None of the 22 councils said that they take part in a shared or national scheme for residents to prove their "
        "identity online.",
        "11 of 22 councils (half) said that they would join shared work on data mining, a single account for residents or "
        "pooled insight.",
        "14 of 22 councils said that most of their digital changes were for savings within two years.",
        "20 of 22 councils said that lack of awareness or of capacity keeps them from using a service standard more.",
        "19 of 22 councils said that digital inclusion is named in a strategy or plan that they have agreed.",
        "8 of 22 councils said that they lack the staff capacity to deliver the digital plans they have agreed for the next "
        "12 months.",
        "All 22 councils said that somebody re-keys most claims for expenses.",
        "18 of 21 councils said that less than a third of their main systems run in the cloud.",
        "10 of 21 councils (nearly half) said that they would join a shared team of digital specialists or are already in one.",
        "Asked “Does the council take part in a shared or national scheme, pilots included, that lets residents prove their "
        "identity online?”, none of the 22 councils answered “Yes”.",
        "Asked “Does the council have the staff capacity to deliver the digital plans it has agreed for the next 12 months?”, "
        "8 of 22 councils answered “No”.",
    ],
)
def test_the_2017_example_says_what_the_report_says(
    statement: str, scorer: Scorer, scored_2017: list[Scored], benchmark_2017: Benchmark
) -> None:
    asked, words = scorer.questionnaire, Words("en")
    found = {
        sentence
        for finding in question_findings(scorer, answers_of(scored_2017))
        for sentence in all_sentences(
            finding, asked.questions[finding.question], benchmark_2017.findings, words
        )
    }
    assert statement in found


def test_the_findings_in_welsh(benchmark_2017: Benchmark) -> None:
    told = [told_sentence(f, Words("cy")) for f in benchmark_2017.findings]
    assert "Dywedodd 5 o'r 22 o gynghorau (bron i chwarter) nad oes ganddynt strategaeth ddigidol." in told
    assert (
        "Ni ddywedodd yr un o'r 22 o gynghorau y gellir cwblhau pob cais am wasanaeth ar-lein o'r dechrau i'r diwedd."
        in told
    )


# The command.


def test_the_command_on_the_example() -> None:
    shown = maturity("findings", EXAMPLES / "wales-2017", "--dimension", "leadership")
    assert_explained(
        shown,
        0,
        "22 of 22 councils, 2017",
        "Digital leadership",
        "- 5 of 22 councils (nearly a quarter) said that they have no digital strategy.",
        "These answers are made up.",
    )
    assert "Smart with data" not in shown.stdout


def test_json_and_csv_hold_the_same_counts() -> None:
    paths = [EXAMPLES / "wales-2026", "--previous", EXAMPLES / "wales-2017", "--by", "change"]
    data = json.loads(maturity("findings", *paths, "--format", "json").stdout)
    assert (data["format"], data["period"], data["previous"]) == ("maturity-findings/1", "2026", "2017")
    assert len(data["findings"]) == 75
    first = data["findings"][0]
    assert max(abs(o["change"]) for o in first["options"]) == first["moved"]["largest"]
    assert {len(first["sentences"][language]) for language in LANGUAGES} == {
        len(first["options"]) + len(first["declared"])
    }
    rows = list(csv.DictReader(io.StringIO(maturity("findings", *paths, "--format", "csv").stdout)))
    assert [(r["question"], r["option"], r["count"]) for r in rows] == [
        (f["question"], o["option"], str(o["count"]))
        for f in data["findings"]
        for o in f["options"] or [{"option": "", "count": ""}]
    ]
    assert rows[0]["sentence"] in first["sentences"]["en"]


def test_what_it_wrote_may_lie_among_the_answers(tmp_path: Path) -> None:
    (tmp_path / "cardiff.yaml").write_bytes(GOOD.read_bytes())
    for form in ("json", "csv"):
        written = maturity("findings", EXAMPLES / "wales-2017", "--format", form).stdout
        (tmp_path / f"findings.{form}").write_text(written, encoding="utf-8")
    assert_explained(maturity("score", tmp_path), 0, "Cardiff", "Left aside")


def test_one_question_with_every_answer() -> None:
    shown = maturity("findings", EXAMPLES / "wales-2017", "--question", "leadership.strategy.in-place")
    assert_explained(shown, 0, "There is no digital strategy", "1 ", "split 0.")
    assert shown.stdout.count("Asked “") == 5


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--dimension", "leadershp"], "leadershp"),
        (["--question", "leadership.strategy.in-plac"], "leadership.strategy.in-place"),
        (["--by", "change"], "--previous"),
        (["--least", "3"], "--least"),
    ],
)
def test_what_cannot_be_shown_is_said(options: list[str], said: str) -> None:
    result = maturity("findings", EXAMPLES / "wales-2017", *options)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_of_answers_to_another_version_no_change_is_told(tmp_path: Path) -> None:
    earlier = EXAMPLES / "wales-2017" / "conwy.yaml"
    text = (EXAMPLES / "wales-2026" / "conwy.yaml").read_text(encoding="utf-8")
    later = tmp_path / "conwy.yaml"
    head = text.replace("version: 1.0.0", "version: 2.0.0").split("answers:")[0]
    later.write_text(head + "answers:\n  leadership.strategy.in-place: agreed\n", encoding="utf-8")
    asked = maturity("findings", later, "--previous", earlier, "--by", "change")
    assert_explained(asked, 2, "2017 answered another version", "migrate")
    shown = maturity("findings", later, "--previous", earlier)
    assert_explained(shown, 0, "2017 answered another version")
    assert "series" not in shown.stderr and "name one with --previous" not in asked.stderr


def test_one_council_alone_is_told_of_nothing() -> None:
    shown = maturity("findings", GOOD)
    assert_explained(shown, 0, "Not told of 75 questions: fewer than 5 answered.")
    assert "councils said" not in shown.stdout
    assert "Asked" not in shown.stdout


def test_orders_on_the_terminal() -> None:
    split = maturity("findings", EXAMPLES / "wales-2026", "--by", "split", "--lang", "cy")
    assert_explained(split, 0, "Lefelau", "Ie neu na", "Sawl ateb", "rhaniad")
    both = [EXAMPLES / "wales-2026", EXAMPLES / "wales-2017"]
    assert_explained(
        maturity("findings", *both, "--by", "change"), 0, "What changed most", "percentage points"
    )


def test_a_difference_of_percentages_is_in_points(
    scorer: Scorer, scored_2017: list[Scored], scored_2026: list[Scored]
) -> None:
    name = "data.openness.subject-access"
    found = question_findings(scorer, answers_of(scored_2026), answers_of(scored_2017))
    finding = next(f for f in found if f.question == name)
    assert finding.moved is not None and finding.moved.median_difference == 27
    said = _figures(finding, scorer.questionnaire.questions[name], 0, Words("en"))
    assert said[-1] == "median difference +27 percentage points"


def test_the_benchmarks_json_carries_every_question(tmp_path: Path) -> None:
    out = tmp_path / "b.json"
    assert_explained(maturity("benchmark", EXAMPLES / "wales-2017", "--json", out), 0)
    data = json.loads(out.read_text(encoding="utf-8"))
    assert [f["question"] for f in data["questions"]] == [c["question"] for c in data["answers"]]


# Since a migration


def test_whose_answers_wait_since_a_migration_is_told(tmp_path: Path) -> None:
    """The report of each council's own migration says the same, of which the file alone is left."""
    shelf, answers = AtHand(), tmp_path / "answers"
    there = shelf.route("socitm", "1.0.0", "2.0.0")
    waiting: Counter[str] = Counter()
    councils = 0
    for path in sorted((EXAMPLES / "wales-2017").glob("*.yaml")):
        before = expect(load(path), Assessment)
        place = find_council(before.organisation).attributes
        assert awaited(before, shelf, place) == frozenset()
        journey = travel(before, there, place)
        open_ = {one.question for one in journey.waiting if one.why != "new"}
        write_assessment(answers / path.name, journey.assessment)
        written = expect(load(answers / path.name), Assessment)
        assert awaited(written, shelf, place) == open_
        councils += bool(open_)
        waiting.update(open_)
        if open_:
            # What a person has said since waits no longer.
            said = written.answers | {question: Answer(value="none") for question in open_}
            assert awaited(written.model_copy(update={"answers": said}), shelf, place) == frozenset()
    assert councils > 3 and waiting["transactions.end-to-end.every-service"] > 1
    done = maturity("findings", answers)
    assert f"Some answers of {councils} councils wait for a person" in done.stderr
    told = re.findall(r"not counted: (\d+) councils?, whose answers? wait", done.stdout)
    assert Counter(map(int, told)) == Counter(waiting.values())
    # Of 22 none came over by itself, so that nothing else is told of it.
    question = "data.silos.partners"
    assert waiting[question] == 22
    whole = maturity("findings", answers, "--question", question, "--lang", "en").stdout
    assert "fewer than 5 answered.\n- “" in whole and "”: not counted: 22 councils, whose answers" in whole
    assert "wait for a person" not in maturity("findings", EXAMPLES / "wales-2026").stderr
