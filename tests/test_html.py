"""The two pages as text: well formed, self-contained, escaped, discreet, and with numbers that can be redone by hand."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import gettext
import hashlib
import io
import math
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise

import pytest

import report_data as data
from maturity.benchmark.compare import compare
from maturity.locale import words
from maturity.models.assessment import Answer, Evidence
from maturity.models.summary import Change
from maturity.models.text import LANGUAGES, Language
from maturity.reports import html
from maturity.reports.figures import Axis, axis_for, bounds, swarm, ticks
from maturity.reports.headline import changed
from maturity.reports.own_answers import proof
from maturity.reports.speech import Speech, exact, fixed
from maturity.reports.tables import Cell, Table, file_name, guarded
from maturity.scoring.numbers import half_up
from maturity.scoring.score import Scorer
from maturity.sources.bundled import bundled

DAY = dt.date(2026, 11, 22)
VOID = {"meta", "br", "img", "link", "input", "hr"}


class Page(HTMLParser):
    """A page as its elements, and the text between them; complains where they do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice in <{tag}>"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, found: str) -> None:
        if not {"style", "script", "code"} & set(self.open) or "main" in self.open:
            self.text.append(found)

    def every(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def draw(
    scorer: Scorer, n: int = 22, *, language: Language = "en", leave_out: int = 1, previous: bool = True
) -> tuple[str, str]:
    """Both pages of `n` made-up councils: the benchmark, and the first council's own."""
    benchmark, now = data.benchmark_of(scorer, data.register(n), leave_out=leave_out, previous=previous)
    code = next(iter(now))
    return (
        html.benchmark_page(scorer, benchmark, language, made_on=DAY, council=code),
        html.council_page(scorer, benchmark, code, language, assessment=now[code][0], made_on=DAY),
    )


@pytest.fixture(scope="module")
def small() -> Scorer:
    return data.scorer_of(data.questionnaire(), data.rubric())


@pytest.fixture(scope="module")
def pages(small: Scorer) -> tuple[str, str]:
    return draw(small)


def test_pages_are_well_formed_with_headings_in_order(pages: tuple[str, str]) -> None:
    for text in pages:
        page = Page(text)
        assert text.startswith('<!doctype html>\n<html lang="en">')
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))
        ids = [a["id"] for _, a in page.elements if "id" in a]
        assert len(ids) == len(set(ids))
        for _, attributes in page.elements:
            target = attributes.get("aria-labelledby")
            assert target is None or target in ids
        for link in page.every("a"):
            assert not str(link["href"]).startswith("#") or str(link["href"])[1:] in ids


def test_every_svg_is_named_or_hidden(pages: tuple[str, str]) -> None:
    for text in pages:
        for tag, attributes in Page(text).elements:
            if tag == "svg" and attributes.get("role") in ("img", "group"):
                assert attributes["aria-label"]
            elif tag == "svg" and attributes.get("aria-hidden") != "true":
                # Only marks within a figure that is named itself.
                assert {"x", "width"} & set(attributes)


def test_nothing_is_loaded_from_anywhere(pages: tuple[str, str]) -> None:
    for text in pages:
        page = Page(text)
        assert not page.every("link") and not page.every("img") and not page.every("iframe")
        for tag, attributes in page.elements:
            assert "style" not in attributes and "src" not in attributes
            assert not [a for a in attributes if a.startswith("on")]
            href = attributes.get("href")
            if href and not href.startswith(("#", "data:text/csv;")):
                assert tag == "a" and href.startswith("https://example.org/")
                assert attributes["rel"] == "noreferrer noopener"
        style = text[text.index("<style>") : text.index("</style>")]
        assert "url(" not in style and "@import" not in style


def test_content_security_policy_names_the_very_blocks(pages: tuple[str, str]) -> None:
    for text in pages:
        policy = next(
            str(m["content"])
            for m in Page(text).every("meta")
            if m.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.startswith("default-src 'none';")
        for kind in ("style", "script"):
            (block,) = re.findall(f"<{kind}>(.*?)</{kind}>", text, re.DOTALL)
            digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
            assert f"{kind}-src 'sha256-{digest}'" in policy


def test_hostile_words_do_nothing() -> None:
    asked = data.questionnaire(data.HOSTILE.replace("{0} {x}", ""))
    scorer = data.scorer_of(asked, data.rubric(data.HOSTILE))
    places = data.register(9, data.HOSTILE)
    benchmark, now = data.benchmark_of(scorer, places)
    code = next(iter(now))
    answers = {q: Answer(value=None, note=data.HOSTILE, evidence=()) for q in asked.questions}
    answers["a.v.one"] = Answer(
        not_applicable=True,
        reason=data.HOSTILE,
        evidence=(
            Evidence(text="javascript:alert(3)"),
            Evidence(text='https://x.org/"onload="alert(4)'),
        ),
    )
    own = data.assessment(scorer, code, answers)
    calm = draw(data.scorer_of(data.questionnaire(), data.rubric()), 9)
    for language in LANGUAGES:
        for text, other in zip(
            (
                html.benchmark_page(scorer, benchmark, language, made_on=DAY, council=code),
                html.council_page(scorer, benchmark, code, language, assessment=own, made_on=DAY),
            ),
            calm,
            strict=True,
        ):
            page = Page(text)
            assert not page.every("img") and len(page.every("script")) == 1
            assert {tag for tag, _ in page.elements} <= {tag for tag, _ in Page(other).elements} | {"a", "ul"}
            assert not [a for _, attributes in page.elements for a in attributes if a.startswith("on")]
            assert not [h for a in page.every("a") if "javascript" in (h := str(a["href"]))]
            assert "\u202e" not in text


def test_a_councils_page_names_no_other(small: Scorer) -> None:
    places = data.register(22, "Secretplace")
    benchmark, now = data.benchmark_of(small, places, leave_out=2)
    for code, (assessment, _) in list(now.items())[:4]:
        text = html.council_page(small, benchmark, code, "en", assessment=assessment, made_on=DAY)
        assert set(re.findall(r"Secretplace (\d+)¤", text)) == {str(int(code[1:]))}
        assert set(re.findall(r"X\d{8}", text)) <= {code}
        others = {m.scorecard.answers_digest for m in benchmark.submitted if m.scorecard} - {
            now[code][1].answers_digest
        }
        assert not [digest for digest in others if digest in text]


def test_a_councils_page_does_not_move_when_peers_trade_scores(small: Scorer) -> None:
    """Only median, quartiles and n of the peers go into it: who has which score does not."""
    benchmark, now = data.benchmark_of(small, data.register(12), leave_out=0, previous=False)
    first, *others = now
    turned = dict(zip(others, [now[code] for code in reversed(others)], strict=True))
    traded = compare(small, data.register(12), {first: now[first], **turned})
    one, two = (
        html.council_page(small, b, first, "en", assessment=now[first][0], made_on=DAY)
        for b in (benchmark, traded)
    )
    assert one == two


def test_no_page_for_a_council_that_did_not_submit(small: Scorer) -> None:
    benchmark, now = data.benchmark_of(small, data.register(9))
    with pytest.raises(KeyError):
        html.council_page(small, benchmark, "X00000008", "en", assessment=now["X00000000"][0], made_on=DAY)
    with pytest.raises(KeyError):
        html.benchmark_page(small, benchmark, "en", made_on=DAY, council="W06000099")


def weighed(listed: str) -> list[tuple[float, float]]:
    """``3; 2 (weight 2)`` as values and weights."""
    found = [re.fullmatch(r"(\S+?)(?: \(weight (\S+)\))?", one) for one in listed.split("; ")]
    return [(float(m[1]), float(m[2] or 1)) for m in found if m]


def redo(calculation: str) -> tuple[float, str]:
    """The left side worked out from what is printed, to 9 decimals, and the result printed beside it."""
    left, right = calculation.replace("−", "-").split(" = ")
    if match := re.fullmatch(
        r"(lowest|highest|highest less lowest|geometric mean|share at or above (\S+)) of (.*)", left
    ):
        pairs = weighed(match[3])
        values, total = [v for v, _ in pairs], sum(w for _, w in pairs)
        ways: dict[str, Callable[[], float]] = {
            "lowest": lambda: min(values),
            "highest": lambda: max(values),
            "highest less lowest": lambda: max(values) - min(values),
            "geometric mean": lambda: math.prod(v**w for v, w in pairs) ** (1 / total),
        }
        redone = ways.get(match[1], lambda: sum(w for v, w in pairs if v >= float(match[2])) / total)()
    else:
        assert re.fullmatch(r"[-0-9.+×÷() ]+", left)
        exactly = re.sub(r"(\d+(\.\d+)?)", r"Fraction('\1')", left.replace("×", "*").replace("÷", "/"))
        redone = float(eval(exactly, {"Fraction": Fraction}))
    return half_up(redone, 9), right


def test_printed_workings_can_be_redone(small: Scorer) -> None:
    odd = data.scorer_of(data.questionnaire(), data.odd_rubric())
    for scorer in (small, odd):
        benchmark, now = data.benchmark_of(scorer, data.register(22))
        for code, (assessment, card) in now.items():
            text = html.council_page(scorer, benchmark, code, "en", assessment=assessment, made_on=DAY)
            printed = re.findall(
                r"<code>([^<]+ = [^<]+)</code></p>\s*<p>(.*?Printed as (−?[0-9]+\.[0-9]+))", text
            )
            expected = [s for s in card.scores if s.value is not None]
            assert len(printed) == len(expected)
            for calculation, words_after, published in printed:
                redone, result = redo(calculation)
                # To the last printed digit, half up, from nothing but what is printed.
                assert exact(redone, 9).replace("−", "-") == result
                number = float(published.replace("−", "-"))
                if "Limited to at most" in words_after:
                    assert number < redone
                else:
                    assert number == half_up(redone, 2)
            assert Counter(float(p.replace("−", "-")) for *_, p in printed) == Counter(
                s.published for s in expected
            )


def test_a_working_by_hand(small: Scorer) -> None:
    """Worked out on paper from the rubric: (3 × 1 + 2 × 2 + 4 × 1) ÷ 4 and so on."""
    answers = {"a.v.one": "l3", "a.v.two": "l2", "a.v.three": "l4", "a.w.one": "l1", "a.w.yes": "no"}
    answers |= {"b.y.several": ("c0", "c1"), "b.y.number": 30.0}  # type: ignore[dict-item]
    own = data.scored(small, data.assessment(small, "X00000000", answers))
    benchmark = compare(small, data.register(1), {"X00000000": own})
    text = html.council_page(small, benchmark, "X00000000", "en", assessment=own[0], made_on=DAY)
    calculations = re.findall(r"<code>([^<]+ = [^<]+)</code>", text)
    assert calculations == [
        "(1.625 × 1.5 + 2.25 × 1) ÷ 2.5 = 1.875",
        "(2.75 + 0.5) ÷ 2 = 1.625",
        "(3 × 1 + 2 × 2 + 4 × 1) ÷ 4 = 2.75",
        "(1 + 0) ÷ 2 = 0.5",
        "(2.25) ÷ 1 = 2.25",
        "(2.5 + 2) ÷ 2 = 2.25",
    ]
    assert "Printed as 1.88" in text and "Printed as 1.63" in text


def test_a_limit_is_explained_with_the_number_it_cut(small: Scorer) -> None:
    answers = {"a.v.one": "l0", "a.v.two": "l4", "a.v.three": "l4", "a.w.one": "l4", "a.w.yes": "yes"}
    own = data.scored(small, data.assessment(small, "X00000000", answers))
    benchmark = compare(small, data.register(1), {"X00000000": own})
    text = html.council_page(small, benchmark, "X00000000", "en", assessment=own[0], made_on=DAY)
    assert (
        "Limited to at most 1.59; without the limit it would be 3.50. Why: ¤Without one there is no two."
        in text
    )
    assert "(3 + 4) ÷ 2 = 3.5</code>" in text
    assert "not scored" in text and "none of its questions is answered" in text


def test_too_few_for_a_median_or_quartiles(small: Scorer) -> None:
    for n, boxes, medians in ((4, False, False), (6, False, True), (9, True, True)):
        text, _ = draw(small, n, leave_out=0, previous=False)
        strips = text[text.index('<div class="strips">') :]
        assert ('class="iqr"' in strips) is boxes
        assert ('class="median"' in strips) is medians


def test_a_change_of_all_is_told_as_one(small: Scorer) -> None:
    say = Speech(small, "en")
    assert changed(say, "2017", Change(20, 0.91, 0.01, 20, 0, 0, ())) == (
        "All 20 councils scored in both 2017 and this period went up; the median difference is +0.91."
    )
    assert changed(say, "2017", Change(20, 0.5, 0.01, 18, 1, 1, ())) == (
        "Of the 20 councils scored in both 2017 and this period, 18 went up, 1 went down and 1 show no clear change; "
        "the median difference is +0.50."
    )


def test_same_inputs_same_bytes(small: Scorer, pages: tuple[str, str]) -> None:
    assert draw(small) == pages
    code = (
        "import hashlib, test_html as t, report_data as d;"
        "print(hashlib.sha256(''.join(t.draw(d.scorer_of(d.questionnaire(), d.rubric()))).encode()).hexdigest())"
    )
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(data.HERE)}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == hashlib.sha256("".join(pages).encode()).hexdigest()


class Marked(gettext.NullTranslations):
    """Translates every message into itself between angle marks."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"«{msgid1 if n == 1 else msgid2}»"


def test_every_word_comes_from_the_catalogue_or_the_data(
    small: Scorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "_catalogue", lambda *_: Marked())
    html._environment.cache_clear()
    try:
        drawn = draw(small)
    finally:
        monkeypatch.undo()
        html._environment.cache_clear()
    for text in drawn:
        page = Page(text)
        said = [t for t in page.text if t.strip()]
        said += [str(a[k]) for _, a in page.elements for k in ("aria-label", "title") if k in a]
        for found in said:
            left = re.sub(r"¤[^¤]*¤", "", found)
            while "«" in left:
                left = re.sub(r"«[^«»]*»", "", left, count=1)
            allowed = r"https://example\.org/\S+|page 3|Agreed in cabinet|As we said|It is done elsewhere|[0-9a-f]{64}|SHA-256|maturity|small|\bn\b|·|^ ?Yes$|^ ?No$"
            assert not re.search(r"[^\W\d_]", re.sub(allowed, "", left)), found


def test_a_download_says_what_its_table_says(pages: tuple[str, str]) -> None:
    for text in pages:
        links = [a for a in Page(text).every("a") if "download" in a]
        assert links
        for link in links:
            head, body = str(link["href"]).split(",", 1)
            assert head == "data:text/csv;charset=utf-8;base64"
            rows = list(csv.reader(io.StringIO(base64.b64decode(body).decode("utf-8-sig"))))
            assert len(rows) > 1 and str(link["download"]).endswith(".csv")
            assert not [v for row in rows for v in row if re.match(r"[=+@\t\r]|-(?!\d)", v)]


def test_cells_in_csv() -> None:
    assert Cell("−0.25", -0.25).plain == "-0.25"
    assert Cell("+0.25", 0.25).plain == "0.25"
    assert Cell("=4 of 22", 4).plain == "4"
    assert Cell("=1+1").plain == "'=1+1"
    assert Cell("not scored", small="too few", missing=True).plain == "not scored: too few"
    assert [guarded(t) for t in ("@a", "\tb", "-c", "d")] == ["'@a", "'\tb", "'-c", "d"]
    assert file_name("Ynys Môn", "2026/Q1", "../x") == "ynys-mon-2026-q1-x.csv"
    table = Table("t", "c", ("a", "b"), ((Cell("x"), Cell("1", 1.0)),))
    assert table.numeric == (False, True)


def test_evidence_becomes_a_link_only_with_an_address() -> None:
    assert proof("https://a.wales/b see page 2", None).href == "https://a.wales/b"
    assert proof("http://a.wales", None).href == "http://a.wales"
    for text in ("javascript:alert(1)", "data:text/html,x", "see https://a.wales", "//a.wales", "HTTPS//x"):
        assert proof(text, None).href == ""


def test_odd_rubrics_and_sizes_draw() -> None:
    odd = data.scorer_of(data.questionnaire(), data.odd_rubric())
    for text in draw(odd):
        assert "¤Worst¤" in text
        Page(text)
    small = data.scorer_of(data.questionnaire(), data.rubric())
    for n, leave_out in ((1, 0), (2, 1), (120, 3)):
        for text in draw(small, n, leave_out=leave_out):
            Page(text)
    blank = data.scored(small, data.assessment(small, "X00000000", {}))
    benchmark = compare(small, data.register(3), {"X00000000": blank})
    for text in (
        html.benchmark_page(small, benchmark, "en", made_on=DAY),
        html.council_page(small, benchmark, "X00000000", "en", assessment=blank[0], made_on=DAY),
    ):
        Page(text)
        assert "none of its parts is scored" in text


def test_positions() -> None:
    axis = Axis(0, 4, ticks(0, 4))
    assert [axis.at(v) for v in (0, 1, 4, 9)] == [0, 25, 100, 100]
    assert ticks(-2, 17) == (0.0, 5.0, 10.0, 15.0)
    dots = swarm(axis, [(str(n), 2.0) for n in range(5)])
    assert sorted(d.lane for d in dots) == [-2, -1, 0, 1, 2]
    assert min(abs(d.lane) for d in swarm(axis, [("a", 2.0)], diamond=2.0)) == 2
    scorer = data.scorer_of(data.questionnaire(), data.rubric())
    assert bounds(scorer.plan)["theme", ("b", "y")] == (0, 3.5)
    benchmark, _ = data.benchmark_of(scorer, data.register(5))
    assert axis_for(scorer.plan, benchmark.dimensions).high == 4


def test_numbers_round_half_up() -> None:
    assert (fixed(2.675, 2), fixed(-0.125, 2), fixed(2, 2)) == ("2.68", "−0.13", "2.00")
    assert (exact(3), exact(2.5), exact(4 / 3), exact(-1)) == ("3", "2.5", "1.3333", "−1")


def contrast(one: str, two: str) -> float:
    """WCAG 2's contrast ratio of two colours written as #rrggbb or #rgb."""

    def light(colour: str) -> float:
        digits = colour.removeprefix("#")
        digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
        parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    a, b = sorted((light(one), light(two)), reverse=True)
    return (a + 0.05) / (b + 0.05)


def test_colours_have_contrast() -> None:
    """What axe-core leaves undecided: text and marks in figures, in light, dark and print."""
    style = (bundled("templates") / "style.css").read_text(encoding="utf-8")
    blocks = [
        dict(re.findall(r"--([\w-]+): (#\w+)", b)) for b in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    ]
    assert len(blocks) == 3
    for changes in blocks:
        colour = blocks[0] | changes
        for step, text in zip(range(1, 6), ["on-light"] * 3 + ["on-dark"] * 2, strict=True):
            assert contrast(colour[f"level-{step}"], colour[text]) >= 4.5
        for ground in ("paper", "card"):
            for text in ("ink", "soft", "heading", "link", "own"):
                assert contrast(colour[text], colour[ground]) >= 4.5, (text, ground)
            for mark in ("dot", "outline", "own", "median", "move", "fill", "focus"):
                assert contrast(colour[mark], colour[ground]) >= 3, (mark, ground)
        for mark in ("dot", "own", "median"):
            assert contrast(colour[mark], colour["box"]) >= 3, mark
        assert contrast(colour["ink"], colour["warm"]) >= 4.5


def test_every_operator_condition_and_outcome_draws() -> None:
    """What a rubric may hold, all of it at once: on both pages, and every formula exact."""
    general = data.scorer_of(data.general_questionnaire(), data.general_rubric())
    whole, own = draw(general)
    for text in (whole, own):
        Page(text)
        assert text.count("¤Because ") >= len(data.CONDITIONS)
        for word in ("¤Badge¤", "¤Second¤", "¤Mixed¤", "when every part that applies of “¤Dimension a"):
            assert word in text, word
        assert "None" not in text.replace("¤None¤", "")
    assert "Verdicts by council, 2026" in whole
    for name in ("lowest of", "highest of", "highest less lowest of", "geometric mean of"):
        assert name in own
    assert "share at or above 2 of" in own and "Steps passed:" in own and "Of its parts:" in own
    for calculation in re.findall(r"<code>([^<]+ = [^<]+)</code>", own):
        redone, result = redo(calculation)
        assert exact(redone, 9).replace("−", "-") == result, calculation


def test_no_measure_has_a_number() -> None:
    counted = data.scorer_of(data.questionnaire(), data.counted_rubric())
    whole, own = draw(counted)
    Page(whole)
    Page(own)
    assert "Of its parts:" in own and 'class="tile' not in whole


def test_a_question_not_asked_says_so() -> None:
    general = data.scorer_of(data.general_questionnaire(), data.general_rubric())
    own = data.scored(general, data.assessment(general, "X00000000", {"a.v.one": "l0", "a.v.two": "l1"}))
    benchmark = compare(general, data.register(1), {"X00000000": own})
    text = html.council_page(general, benchmark, "X00000000", "en", assessment=own[0], made_on=DAY)
    assert ">Not asked<" in text


def test_little_is_told_of_few(small: Scorer) -> None:
    for n, title in (
        (1, "1 council in 2026"),
        (4, "4 councils in 2026"),
        (5, "How 5 councils compare in 2026"),
    ):
        whole, own = draw(small, n + 3, leave_out=3)
        assert f"<h1>{title}</h1>" in whole
        assert ("circle" in whole[whole.index('class="strips"') : whole.index('id="scores"')]) is (n > 4)
        assert ('class="plot columns"' in whole) is (n > 4)
        assert bool(re.search(r"=?\d of \d", whole[whole.index("position: score") : whole.index('id="scores"')])) is (n > 4)  # fmt: skip
        assert "1 of the 1" not in whole
        assert ("too few" in own) is (n < 6)
        assert ("No theme stands clearly" in own) <= (n > 5)


def test_the_pages_lead_to_one_another_and_say_what_is_old_or_draft(small: Scorer) -> None:
    benchmark, now = data.benchmark_of(small, data.register(9))
    code = next(iter(now))
    links = {code: "councils/place-0.html"}
    whole = html.benchmark_page(small, benchmark, "en", made_on=DAY, links=links)
    assert [a["href"] for a in Page(whole).every("a") if str(a["href"]).endswith(".html")].count(
        links[code]
    ) >= 1
    assert "sent drafts" in whole
    own = html.council_page(
        small,
        benchmark,
        code,
        "en",
        assessment=now[code][0],
        made_on=DAY,
        home="../benchmark.html",
        newest="2030",
    )
    assert 'href="../benchmark.html"' in own and "submitted no answers for 2030" in own
    assert "These answers are a draft" in own
