"""Small questionnaires, rubrics and answers to draw pages from, made by plain functions."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from maturity.benchmark.compare import Scored, compare
from maturity.models.assessment import DONT_KNOW, Answer, Assessment, Evidence
from maturity.models.benchmark import Benchmark
from maturity.models.questionnaire import (
    NumberQuestion,
    Question,
    Questionnaire,
    SeveralQuestion,
    TextQuestion,
)
from maturity.models.register import Organisation, Register
from maturity.models.rubric import Rubric
from maturity.models.scorecard import Reference
from maturity.models.text import Text
from maturity.scoring.compile import compile_plan
from maturity.scoring.score import Scorer

HERE = Path(__file__).parent
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp; {0} {x} %s =1+1 \u202eevil\u202c 😀"


def both(text: str) -> dict[str, str]:
    """The same words in both languages, between marks that no translation has."""
    return {"en": f"¤{text}¤", "cy": f"¤{text} cy¤"}


def _levels(identifier: str, options: int = 5) -> dict[str, Any]:
    return {
        "id": identifier,
        "type": "level",
        "text": both(f"Which level of {identifier}?"),
        "not_applicable": True,
        "options": [{"id": f"l{n}", "text": both(f"It is at {n}")} for n in range(options)],
    }


def questionnaire(extra: str = "") -> Questionnaire:
    """Two dimensions, three themes, a question of every type; `extra` stands in every text."""
    several = {
        "id": "b.y.several",
        "type": "several",
        "text": both(f"Which of these? {extra}"),
        "options": [{"id": f"c{n}", "text": both(f"Choice {n} {extra}")} for n in range(3)]
        + [{"id": "none", "text": both("None"), "exclusive": True}],
    }
    number = {
        "id": "b.y.number",
        "type": "number",
        "text": both(f"How many? {extra}"),
        "number": {"unit": both("%"), "min": 0, "max": 100, "dont_know": True},
    }
    themes = [
        ("a", "v", [_levels("a.v.one"), _levels("a.v.two"), _levels("a.v.three")]),
        ("a", "w", [_levels("a.w.one"), {"id": "a.w.yes", "type": "yes_no", "text": both("Is it so?")}]),
        ("b", "y", [several, number, {"id": "b.y.words", "type": "text", "text": both("Say more")}]),
    ]
    dimensions = [
        {
            "id": d,
            "name": both(f"Dimension {d} {extra}"),
            "themes": [
                {"id": t, "name": both(f"Theme {t} {extra}"), "questions": questions}
                for dd, t, questions in themes
                if dd == d
            ],
        }
        for d in ("a", "b")
    ]
    finding = {
        "id": "some",
        "question": "a.w.yes",
        "options": ["no"],
        "text": both("{count} of {answered} councils say that it is not so"),
    }
    return Questionnaire.model_validate(
        {
            "format": "maturity-questionnaire/1",
            "id": "small",
            "version": "1.0.0",
            "title": both(f"Small {extra}"),
            "dimensions": dimensions,
            "findings": [finding],
        }
    )


def wanting_evidence(asked: Questionnaire) -> Questionnaire:
    """The same where every question asks for evidence."""
    content = asked.model_dump(by_alias=True, exclude_none=True, mode="json")
    for dimension in content["dimensions"]:
        for theme in dimension["themes"]:
            for question in theme["questions"]:
                question["evidence"] = both(f"What proves {question['id']}")
    return Questionnaire.model_validate(content)


def _items() -> dict[str, Any]:
    return {
        "a.v.one": {"scale": "five"},
        "a.v.two": {"scale": "five", "weight": 2, "why": both("It matters twice as much.")},
        "a.v.three": {"scale": "five"},
        "a.w.one": {"scale": "five"},
        "a.w.yes": {"scale": {"yes": 4, "no": 0}},
        "b.y.several": {"per_choice": {"c0": 1, "c1": 1.5, "c2": 1.5, "none": 0}, "at_most": 3},
        "b.y.number": {
            "bands": [{"from": 0, "value": 0}, {"from": 25, "value": 2}, {"from": 75, "value": 4}]
        },
    }


def rubric(extra: str = "", **changes: Any) -> Rubric:
    """Items to themes to dimensions to the whole, with levels, a limit and recommendations."""
    names = ["Lowest", "Low", "Middle", "High", "Highest"]
    bands = [
        {
            "from": start,
            "id": f"level-{n}",
            "name": both(f"{names[n]} {extra}"),
            "description": both(f"What {names[n]} looks like {extra}"),
            "for_dimension": {"a": both(f"{names[n]} in a {extra}")},
        }
        for n, start in enumerate((0, 0.8, 1.6, 2.4, 3.2))
    ]
    recommendations = [
        {
            "theme": theme,
            "from": f"level-{n}",
            "to": f"level-{n + 1}",
            "do": both(f"Do {theme} {n} {extra}"),
            "who": both("The chief executive"),
            "effort": "weeks",
            "builds_on": both("What is there"),
        }
        for theme in ("a.v", "a.w", "b.y")
        for n in range(4)
    ]
    content: dict[str, Any] = {
        "format": "maturity-rubric/1",
        "id": "small",
        "version": "1.0.0",
        "title": both("Small rubric"),
        "notes": both(f"Notes {extra}"),
        "questionnaire": {"id": "small", "versions": ">=1.0.0,<2.0.0"},
        "scales": {"five": {f"l{n}": n for n in range(5)}},
        "policy": {"min_coverage": 0.5},
        "items": _items(),
        "not_scored": ["b.y.words"],
        "measures": {
            "theme": {"name": both("Theme"), "of": "items", "by": ["dimension", "theme"], "bands": "levels"},
            "dimension": {"name": both("Dimension"), "of": "theme", "by": ["dimension"], "bands": "levels"},
            "overall": {"name": both("Overall"), "of": "dimension", "bands": "levels", "weights": {"a": 1.5}},
        },
        "limits": [
            {
                "id": "no-strategy",
                "measure": "dimension",
                "where": {"dimension": "a"},
                "at_most": 1.59,
                "when": {"item": "a.v.one", "below": 1},
                "because": both(f"Without one there is no two. {extra}"),
            }
        ],
        "bands": {"levels": bands},
        "recommendations": recommendations,
    }
    return Rubric.model_validate(content | changes)


def odd_rubric() -> Rubric:
    """No whole, no dimensions, no themes, no levels: streams added up, and the lowest of what is below nought."""
    items = _items()
    for n, item in enumerate(items.values()):
        item["tags"] = {"stream": f"stream-{n % 2}"}
    items["a.v.one"]["scale"] = {f"l{n}": n - 2 for n in range(5)}
    measures = {
        "stream": {"name": both("Stream"), "of": "items", "by": ["stream"], "reduce": "sum"},
        "worst": {"name": both("Worst"), "of": "items", "by": ["stream"], "reduce": "min"},
    }
    return rubric(items=items, measures=measures, limits=[], bands={}, recommendations=[])


def scorer_of(asked: Questionnaire, valued: Rubric) -> Scorer:
    """Compiled; the digests are made up."""
    references = (
        Reference(asked.id, asked.version, "a" * 64),
        Reference(valued.id, valued.version, "b" * 64),
    )
    return Scorer(asked, valued, compile_plan(valued, asked), references)


def register(n: int, name: str = "Place") -> Register:
    """`n` organisations on a map of ten columns."""
    return Register(
        "places",
        tuple(
            Organisation(
                code=f"X{i:08d}",
                name=Text({"en": f"¤{name} {i}¤", "cy": f"¤{name} {i} cy¤"}),
                title=Text({"en": f"¤Council of {name} {i}¤"}),
                short=Text({"en": f"¤P{i}¤"}),
                region=Text({"en": "¤Region¤"}),
                population=1000 + i,
                tile=(i % 10, i // 10),
            )
            for i in range(n)
        ),
    )


def random_answer(question: Question, chance: random.Random) -> Answer:
    """Anything that the question may be answered with, sometimes nothing."""
    if chance.random() < 0.06:
        return Answer()
    if question.not_applicable and chance.random() < 0.08:
        return Answer(not_applicable=True, reason="It is done elsewhere")
    note = "Agreed in cabinet" if chance.random() < 0.2 else None
    evidence = (Evidence(text="https://example.org/strategy page 3"),) if chance.random() < 0.2 else ()
    value: Any
    if isinstance(question, NumberQuestion):
        value = DONT_KNOW if chance.random() < 0.1 else float(chance.randint(0, 100))
    elif isinstance(question, TextQuestion):
        value = "As we said"
    elif isinstance(question, SeveralQuestion):
        value = tuple(o.id for o in question.choices[:-1] if chance.random() < 0.6) or (
            question.choices[-1].id,
        )
    else:
        value = chance.choice(question.choices).id
    return Answer(value=value, note=note, evidence=evidence)


def assessment(scorer: Scorer, code: str, answers: Mapping[str, Any], period: str = "2026") -> Assessment:
    """An assessment of these answers: question → value or Answer."""
    given = {k: v if isinstance(v, Answer) else Answer(value=v) for k, v in answers.items()}
    return Assessment.model_validate(
        {
            "format": "maturity-assessment/1",
            "questionnaire": {"id": scorer.questionnaire.id, "version": scorer.questionnaire.version},
            "organisation": code,
            "period": period,
            "made_up": True,
            "answers": given,
        }
    )


def scored(scorer: Scorer, found: Assessment) -> Scored:
    return found, scorer.score(found)


def everyone(
    scorer: Scorer, places: Register, *, seed: int, period: str, leave_out: int = 0
) -> dict[str, Scored]:
    """Random answers of all but the last `leave_out` organisations."""
    chance = random.Random(seed)
    kept = places.organisations[: len(places.organisations) - leave_out]
    return {
        o.code: scored(
            scorer,
            assessment(
                scorer,
                o.code,
                {q.id: random_answer(q, chance) for q in scorer.questionnaire.questions.values()},
                period,
            ),
        )
        for o in kept
    }


def benchmark_of(
    scorer: Scorer, places: Register, *, seed: int = 1, leave_out: int = 1, previous: bool = True
) -> tuple[Benchmark, dict[str, Scored]]:
    """A benchmark of random answers, and those answers."""
    now = everyone(scorer, places, seed=seed, period="2026", leave_out=leave_out)
    before = everyone(scorer, places, seed=seed + 1, period="2017") if previous else None
    return compare(scorer, places, now, before), now


def general_questionnaire() -> Questionnaire:
    """The small one, with a question that is asked only of some."""
    content = questionnaire().model_dump(by_alias=True, exclude_none=True, mode="json")
    asked = content["dimensions"][0]["themes"][1]["questions"]
    asked[0]["asked_when"] = {"question": "a.v.one", "in": ["l2", "l3", "l4"]}
    return Questionnaire.model_validate(content)


OPERATORS: dict[str, dict[str, Any]] = {
    "sum": {"base": 10},
    "min": {},
    "max": {},
    "range": {},
    "geometric_mean": {},
    "share": {"at_least": 2},
    "distribution": {},
    "ladder": {
        "ladder": {
            "along": "rung",
            "steps": ["first", "second"],
            "passes": 2,
            "part": 0.5,
            "begun": 1,
        }
    },
}
CONDITIONS: tuple[dict[str, Any], ...] = (
    {"question": "a.v.one", "equals": "l0"},
    {"question": "a.v.one", "in": ["l0", "l1"]},
    {"question": "b.y.several", "includes": "c0"},
    {"item": "a.v.two", "at_least": 4},
    {"organisation": "region", "equals": "¤Region¤"},
    {"respondent": "role", "equals": "¤Head¤"},
    {"measure": "theme", "group": ["a", "v"], "below": 1},
    {"all": [{"item": "a.v.one", "below": 1}, {"not": {"item": "a.v.two", "below": 1}}]},
    {"any": [{"item": "a.v.one", "below": 1}, {"item": "a.v.two", "equals": 0}]},
)


def general_rubric(**changes: Any) -> Rubric:
    """Every operator by stream and over all, a limit with every kind of condition, verdicts by number and by rule."""
    items = _items()
    for n, item in enumerate(items.values()):
        item["tags"] = {"stream": f"¤stream-{n % 2}¤".strip("¤"), "rung": ("first", "second")[n % 2]}
    content = rubric().model_dump(by_alias=True, exclude_none=True, mode="json")
    measures = content["measures"]
    for name, more in OPERATORS.items():
        operator = {"name": both(name), "of": "items", "reduce": name, **more}
        measures[name.replace("_", "-")] = operator
        measures[f"{name.replace('_', '-')}-by"] = {**operator, "by": ["dimension"]}
    limits = [
        {
            "id": f"limit-{n}",
            "measure": "overall",
            "at_most": 3.5,
            "when": condition,
            "because": both(f"Because {n}"),
        }
        for n, condition in enumerate(CONDITIONS)
    ]
    rules = [
        {"label": "good", "name": both("Good"), "when": {"every": {"dimension": "a"}, "at_least": 3}},
        {"label": "mixed", "name": both("Mixed"), "when": {"some": {}, "at_least": 3}},
        {"label": "never", "name": both("Never"), "when": {"all": [{"every": {}, "below": 0}]}},
    ]
    last = {"label": "told", "name": both("Told"), "when": {"outcome": "badge", "in": ["good", "mixed"]}}
    outcomes = {
        "badge": {"name": both("Badge"), "of": "items", "rules": rules},
        "badges": {"name": both("Badges"), "of": "theme", "by": ["dimension"], "rules": rules[:2]},
        "second": {
            "name": both("Second"),
            "of": "items",
            "rules": [last, {"label": "other", "name": both("Other")}],
        },
    }
    content |= {"items": items, "measures": measures, "limits": limits, "outcomes": outcomes}
    return Rubric.model_validate(content | {"headline": "overall"} | changes)


def counted_rubric() -> Rubric:
    """No measure has a number: how many answers are worth what, and a verdict."""
    measures = {"spread": {"name": both("Spread"), "of": "items", "reduce": "distribution"}}
    return general_rubric(
        measures=measures, limits=[], outcomes={}, bands={}, recommendations=[], headline=None
    )
