"""Registers and answers that mean harm, or that nobody thought of: markup, formulas, letters that run the other way, names
as long as they may be, and crowds. Seeded, and each with a tame twin of the same shape."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from maturity.benchmark.analysis import analysis
from maturity.benchmark.appetite import shared_steps, wanted
from maturity.benchmark.compare import Scored
from maturity.benchmark.disclosure import disclose
from maturity.benchmark.evidenced import evidenced
from maturity.benchmark.findings import question_findings
from maturity.benchmark.firm import firmness
from maturity.benchmark.learning import learn_from, mutual_pairs
from maturity.benchmark.passage import ScoredPeriod
from maturity.benchmark.peers import peer_groups
from maturity.benchmark.series import compare_periods
from maturity.models.assessment import DONT_KNOW, Answer, Assessment, Evidence, Respondent
from maturity.models.benchmark import Benchmark
from maturity.models.questionnaire import NumberQuestion, Question, SeveralQuestion, TextQuestion
from maturity.models.register import Organisation, Register
from maturity.models.text import Text
from maturity.scoring.score import Scorer
from maturity.sources.register_file import COLUMNS, OPTIONAL
from maturity.sources.write_assessment import to_yaml

Case = Literal["crowd", "one", "nothing", "equal", "top"]
CASES: tuple[Case, ...] = ("crowd", "one", "nothing", "equal", "top")
SIZES: Mapping[Case, int] = {"crowd": 200, "one": 1, "nothing": 9, "equal": 22, "top": 22}
OWN = "H00000000"
FIRST: Mapping[Case, int] = {"crowd": 0, "one": 24, "nothing": 17, "equal": 26, "top": 28}
"""Which of the texts names the first organisation, whose page is drawn."""

MARKUP = (
    "<script>document.title='ran'</script>",
    '"><img src=x onerror=document.title=1>',
    "{{7*7}}{% raw %}${7*7}",
    "</style></title></svg><style>*{display:none}</style>",
    "]]><!--<svg/onload=alert(1)>",
    "'onmouseover='alert(1)' x='&lt;b&gt;&amp;#0;",
    "\\u003cscript\\u003e %s %(a)s {0} {n}",
)
FORMULAS = (
    '=HYPERLINK("https://example.org","go")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "-2+3",
    "\t=1+1",
    "  =1+1",
    "\uff1d1+1",
    "#REF!",
    "1E5",
    "_x003D_1+1",
)
LETTERS = (
    "\u05e2\u05d9\u05e8 \u05d4\u05e7\u05d5\u05d3\u05e9",
    "\u0645\u062c\u0644\u0633 (\u0634\u0631\u0642) 1/2",
    "\u200fLeft\u200e and \u061cright",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f44d\U0001f3fd \U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    "Z\u0351\u0352\u0357\u0327\u0328a\u0351\u0352\u0357\u0327lgo\u0301\u0302\u0303\u0304",
    "\u0928\u0917\u0930 \u0e40\u0e21\u0e37\u0e2d\u0e07 \u5e02\u6703 \U00020bb7",
    "zero\u200cwidth\u200djoin\xadsoft",
)
LONG = ("W" * 195, "Llanfairpwll-" * 15, "\u05d0" * 195, "\u5e02" * 195)
# What files are refused for, and a Python caller is not.
UNSEEN = (
    "\u202eliveworht",
    "\u2066\u2067open",
    "shut\u2069\u202c\u2069",
    "\u200b\u2060\ufeff nothing",
    "bell\x07\x1b[31mred\x9b2J\x1b]0;t\x07",
)
TEXTS = (*MARKUP, *FORMULAS, *LETTERS, *LONG)
ADDRESSES = (
    "javascript:alert(document.domain)",
    " JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'https://example.org/\u202egpj.exe?a=<b>&"onclick="alert(1)',
    "https://example.org/\u0645\u0643\u062a\u0628",
    "https://user:pass@example.org:99999/[x",
    "vbscript:x file:///etc/passwd",
    '=HYPERLINK("https://example.org")',
)


def tamed(text: str) -> str:
    """The same places of blanks and line breaks with nothing but one letter between them; addresses stay addresses."""
    if text.startswith("https://"):
        return "https://example.org/" + "x" * (len(text) - 20)
    return re.sub(r"\S", "x", text)


def name_of(n: int, *, files: bool = False) -> str:
    """The name of the organisation of that number: hostile, and its own."""
    texts = TEXTS if files else (*TEXTS, *UNSEEN)
    text = texts[n % len(texts)]
    return f"{text[:195]} {n:03}"


def note_of(chance: random.Random) -> str:
    """Up to 5,000 characters, with blank lines and words without an end."""
    pieces = [chance.choice(TEXTS) for _ in range(chance.randint(1, 40))]
    joined = "".join(p + chance.choice((" ", "\n\n", "\n \n\n", "\t")) for p in pieces)
    return (joined + "Q" * 400 + " " + "word " * 900)[:5000].strip()


def rows(case: Case, *, tame: bool = False, files: bool = False) -> list[dict[str, str]]:
    """The register of a case, column \u2192 cell."""
    made = []
    for i in range(SIZES[case]):
        name = name_of(i + FIRST[case], files=files).strip()
        short, region = TEXTS[(i + 3) % 24][:6].strip() or "x", TEXTS[i % 5][:60]
        said = tamed if tame else str
        made.append(
            {
                "gss_code": f"H{i:08d}",
                "name_en": f"{said(name)[:190]} {i}",
                "name_cy": f"{said(name)[:188]} {i} cy",
                "authority_en": f"{said(name)[:180]} council {i}",
                "authority_cy": f"{said(name)[:180]} cyngor {i}",
                "short_en": said(short),
                "short_cy": said(short),
                "region_en": f"{said(region)} {i % 5}",
                "region_cy": f"{said(region)} {i % 5}",
                "population_2021": str(1000 + 37 * i),
                "tile_column": str(i % 14),
                "tile_row": str(i // 14),
                "aliases": "",
                "register_en": said("<i>Everywhere</i>"),
                "register_cy": said("<i>Everywhere</i>"),
            }
        )
    return made


def register(case: Case, *, tame: bool = False) -> Register:
    """The register as a Python caller makes it, with what files are refused for too."""
    return Register(
        "hostile",
        tuple(
            Organisation(
                code=row["gss_code"],
                name=Text({"en": row["name_en"], "cy": row["name_cy"]}),
                title=Text({"en": row["authority_en"], "cy": row["authority_cy"]}),
                short=Text({"en": row["short_en"]}),
                region=Text({"en": row["region_en"]}),
                population=int(row["population_2021"]),
                tile=(int(row["tile_column"]), int(row["tile_row"])),
            )
            for row in rows(case, tame=tame)
        ),
        Text({"en": "<i>Everywhere</i>" if not tame else "xxxxxxxxxxxxxxxxx"}),
    )


def register_csv(case: Case) -> str:
    """The register as a file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [*COLUMNS, *OPTIONAL], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(case, files=True))
    return text.getvalue()


def answer(question: Question, chance: random.Random, case: Case, *, tame: bool) -> Answer:
    """An answer as the case wants it. The same chance gives the twin the same answer."""
    said = tamed if tame else str
    note = said(note_of(chance)) if chance.random() < 0.3 else None
    pieces = tuple(
        Evidence(text=said(chance.choice((*ADDRESSES, *TEXTS)).strip()[:300]))
        for _ in range(chance.randint(0, 2))
    )
    value = _value(question, chance, case)
    if value == "away":
        reason = said(chance.choice(TEXTS).strip())
        return Answer(not_applicable=True, reason=reason, note=note, evidence=pieces)
    if value == "words":
        value = said(note_of(chance))
    return Answer(value=value, note=note, evidence=pieces)


def _value(question: Question, chance: random.Random, case: Case) -> Any:
    """What is answered: ``away`` does not apply, ``words`` are words, None is nothing."""
    luck = chance.random()
    if case == "nothing":
        if question.not_applicable and luck < 0.4:
            return "away"
        unsure = isinstance(question, NumberQuestion) and question.number.dont_know
        return DONT_KNOW if unsure and luck < 0.8 else None
    if isinstance(question, TextQuestion):
        return "words"
    if case in ("equal", "top"):
        luck = 1.0
    if luck < 0.05:
        return None
    if question.not_applicable and luck < 0.12:
        return "away"
    if isinstance(question, NumberQuestion):
        most = question.number.max if question.number.max is not None else 100
        return float(most if case == "top" else round(most * (0.5 if case == "equal" else chance.random())))
    several = isinstance(question, SeveralQuestion)
    options = [o.id for o in question.choices if not (several and o.exclusive)]
    if case == "crowd" or case == "one":
        picked = [o for o in options if chance.random() < 0.5] or options[:1]
        return tuple(picked) if several else chance.choice(options)
    if several:
        return tuple(options if case == "top" else options[:1])
    return options[-1 if case == "top" else len(options) // 2]


def assessments(
    scorer: Scorer, places: Register, case: Case, period: str, *, tame: bool, n: int | None = None
) -> dict[str, Assessment]:
    """Everybody's answers, or those of the first `n`, by code."""
    said = tamed if tame else str
    found = {}
    for number, place in enumerate(places.organisations[:n]):
        chance = random.Random(f"{case} {period} {number if case not in ('equal', 'top') else 0}")
        answers = {q.id: answer(q, chance, case, tame=tame) for q in scorer.questionnaire.questions.values()}
        found[place.code] = Assessment.model_validate(
            {
                "format": "maturity-assessment/1",
                "questionnaire": {"id": scorer.questionnaire.id, "version": scorer.questionnaire.version},
                "organisation": place.code,
                "period": period,
                "respondent": Respondent(
                    role=said(TEXTS[number % len(TEXTS)].strip()), name=said(LETTERS[1])
                ),
                "status": "submitted",
                "made_up": True,
                "answers": {q: a for q, a in answers.items() if a != Answer()},
            }
        )
    return found


def whole(scorer: Scorer, case: Case, *, tame: bool = False) -> tuple[Benchmark, dict[str, Scored]]:
    """A benchmark of the case with every part, named, the first organisation marked."""
    places = register(case, tame=tame)
    periods = {}
    for period in ("2017", "2026"):
        given = assessments(scorer, places, case, period, tame=tame)
        periods[period] = ScoredPeriod(period, scorer, {c: (a, scorer.score(a)) for c, a in given.items()})
    now = dict(periods["2026"].scored)
    found = compare_periods(places, periods, "2026", "2017")
    found = replace(
        found,
        peers=peer_groups(
            scorer,
            places,
            found,
            OWN,
            ["region", f"nearest:{min(9, len(now) - 1)}"] if len(now) > 1 else ["region"],
        ),
        firm=firmness(scorer, found, now, draws=50),
        analysis=analysis(scorer, found),
        questions=question_findings(scorer, now, periods["2017"].scored),
        evidenced=evidenced(scorer, found, now, next(iter(scorer.rubric.bands.values()))[1].id),
        learning=learn_from(scorer, found, now, OWN),
        pairs=mutual_pairs(scorer, found),
        wanted=wanted(scorer, places, now),
        shared_steps=shared_steps(scorer, places, found),
    )
    return disclose(found, "named", OWN), now


def write_files(at: Path, scorer: Scorer, case: Case) -> Path:
    """The register and the answers as files that a person has; the register's path."""
    (at / "register.csv").write_text(register_csv(case), encoding="utf-8")
    for period in ("2017", "2026"):
        given = assessments(scorer, register(case), case, period, tame=False)
        (at / period).mkdir()
        for code, one in given.items():
            text = to_yaml(one).replace("\u202e", "")
            (at / period / f"{code}.yaml").write_text(re.sub(r"\\u202[eE]", "", text), encoding="utf-8")
    return at / "register.csv"
