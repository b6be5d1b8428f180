"""Scores of the bundled rubrics recomputed from the files themselves, by none of the program's code.

Reads YAML with PyYAML and registers with `csv`; every mean is taken in exact fractions (docs/scoring.md). Only what the
published rubrics use is known here: anything else in them raises, so that nothing is passed over.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import yaml

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "questionnaires" / "socitm"
WALES = ROOT / "src" / "maturity" / "sources" / "wales.csv"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

EXACT = "(exact)"
"""Where a record keeps its value as a fraction: nothing is rounded on the way from the answers to what is printed."""

Key = tuple[str, tuple[str, ...]]
"""A measure and its group."""


def settled(value: float | Fraction) -> float:
    """To 9 decimals."""
    return round(float(value), 9) + 0.0


def printed(value: float | Fraction, places: int = 2) -> float:
    """Half up over decimals, of what is settled."""
    exact = Decimal(repr(settled(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return float(exact) + 0.0


def exact(number: float | str) -> Fraction:
    return Fraction(str(number))


def median(values: Sequence[float], least: int = 5) -> float | None:
    return settled(np.median(values)) if len(values) >= least else None


def summary(values: Sequence[float]) -> dict[str, Any]:
    """n, the median from 5 on, quartiles of type 7 from 8 on."""
    n = len(values)
    q1, q3 = (
        [settled(q) for q in np.quantile(np.array(values, dtype=float), [0.25, 0.75], method="linear")]
        if n >= 8
        else (None, None)
    )
    return {"n": n, "median": median(values), "q1": q1, "q3": q3}


@cache
def loaded(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), LOADER)


def version_key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


# Registers.


@dataclass(frozen=True)
class Place:
    """An organisation of a register."""

    code: str
    region: str
    population: int
    words: Mapping[str, str]
    numbers: Mapping[str, float]
    spellings: Set[str]


@cache
def register(path: Path = WALES) -> dict[str, Place]:
    """Organisations by code, in the file's order."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {}
    for row in rows:
        names = ("name_en", "name_cy", "authority_en", "authority_cy", "gss_code")
        spellings = {row[n].casefold() for n in names} | {a.casefold() for a in row["aliases"].split(";")}
        further = {
            c.removeprefix("attribute_"): v for c, v in row.items() if c.startswith("attribute_") and v
        }
        words = {c.removesuffix("_en"): v for c, v in further.items() if c.endswith("_en")}
        numbers = {c: float(v) for c, v in further.items() if not c.endswith(("_en", "_cy"))}
        found[row["gss_code"]] = Place(
            row["gss_code"],
            row["region_en"],
            int(row["population_2021"]),
            {"region": row["region_en"], **words},
            {"population": float(row["population_2021"]), **numbers},
            spellings - {""},
        )
    return found


# Answers.


@dataclass(frozen=True)
class Answer:
    """What was answered: an option, options, a number, or nothing."""

    value: Any = None
    not_applicable: bool = False
    evidence: tuple[tuple[tuple[str, str], ...], ...] = ()
    note: str | None = None

    @property
    def given(self) -> bool:
        return self.value is not None or self.not_applicable

    @property
    def dates(self) -> list[str | None]:
        """The day of each piece of evidence, where it is known."""
        return [dict(one).get("date") for one in self.evidence]

    @property
    def told(self) -> Any:
        """The answer that counts; 'don't know' is none."""
        return None if self.value == "dont_know" else self.value


NOTHING = Answer()


@dataclass(frozen=True)
class Sheet:
    """One organisation's answers for one period."""

    code: str
    period: str
    version: str
    answers: Mapping[str, Answer]
    aside: Mapping[str, Answer] = field(default_factory=dict)
    """Answers to the earlier version that were kept aside when these were carried over."""

    def answer(self, question: str) -> Answer:
        return self.answers.get(question, NOTHING)


def _answer(raw: Any) -> Answer:
    if not isinstance(raw, dict):
        raw = {"value": raw}
    value = raw.get("value")
    return Answer(
        tuple(value) if isinstance(value, list) else value,
        bool(raw.get("not_applicable")),
        tuple(tuple(sorted((k, str(v)) for k, v in one.items())) for one in raw.get("evidence") or ()),
        raw.get("note"),
    )


def sheet(path: Path, places: Mapping[str, Place]) -> Sheet | None:
    """The answers in a file; None where it is of nobody in the register."""
    raw = loaded(path)
    name = str(raw["organisation"]).casefold()
    code = next((p.code for p in places.values() if name in p.spellings), None)
    if code is None:
        return None
    answers = {question: _answer(answer) for question, answer in (raw.get("answers") or {}).items()}
    aside = {question: _answer(entry["answer"]) for question, entry in (raw.get("kept_aside") or {}).items()}
    return Sheet(code, str(raw["period"]), raw["questionnaire"]["version"], answers, aside)


def files(paths: Iterable[Path]) -> list[Path]:
    return [f for path in paths for f in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]


# A questionnaire with a rubric.


@dataclass(frozen=True)
class Question:
    """What a question can be answered by, and where it stands."""

    id: str
    type: str
    dimension: str
    theme: str
    options: tuple[str, ...]
    exclusive: Set[str]
    bounds: tuple[float, float] | None
    decimals: int
    wants_evidence: bool
    raw: Mapping[str, Any] = field(repr=False, compare=False)


@cache
def questions(version: str) -> dict[str, Question]:
    found = {}
    for dimension in loaded(CONTENT / f"questionnaire-{version}.yaml")["dimensions"]:
        for theme in dimension["themes"]:
            for raw in theme["questions"]:
                assert "asked_when" not in raw, "filters are not known here"
                options = raw.get("options") or ()
                ids = ("yes", "no") if raw["type"] == "yes_no" else tuple(o["id"] for o in options)
                number = raw.get("number")
                found[raw["id"]] = Question(
                    raw["id"],
                    raw["type"],
                    dimension["id"],
                    theme["id"],
                    ids,
                    frozenset(o["id"] for o in options if o.get("exclusive")),
                    (float(number["min"]), float(number["max"])) if number else None,
                    number["decimals"] if number else 0,
                    bool(raw.get("evidence")),
                    raw,
                )
    return found


@dataclass(frozen=True)
class Item:
    """What the answers to one question are worth."""

    id: str
    weight: Fraction
    per_choice: bool
    values: Mapping[str, Fraction]
    bands: tuple[tuple[float, Fraction], ...]
    at_most: Fraction | None

    @property
    def most(self) -> Fraction:
        if self.per_choice:
            total = sum((v for v in self.values.values() if v > 0), Fraction())
            return total if self.at_most is None else min(total, self.at_most)
        return max([*self.values.values(), *(v for _, v in self.bands)])

    @property
    def least(self) -> Fraction:
        if self.per_choice:
            return min(Fraction(), sum((v for v in self.values.values() if v < 0), Fraction()))
        return min([*self.values.values(), *(v for _, v in self.bands)])

    @property
    def gap(self) -> Fraction:
        """The least by which two of its answers differ."""
        worth = sorted({*self.values.values(), *(v for _, v in self.bands)})
        return min(b - a for a, b in pairwise(worth))

    def worth(self, value: Any) -> Fraction:
        if isinstance(value, tuple):
            total = sum((self.values[one] for one in value), Fraction())
            return total if self.at_most is None else min(total, self.at_most)
        if isinstance(value, str):
            return self.values[value]
        return [worth for start, worth in self.bands if value >= start][-1]


POLICY = {"unanswered": "exclude", "dont_know": "exclude", "not_applicable": "exclude"}
ITEM_KEYS = {"scale", "bands", "per_choice", "at_most", "weight", "why"}
MEASURES = {
    "theme": ("items", ["dimension", "theme"]),
    "dimension": ("theme", ["dimension"]),
    "overall": ("dimension", []),
}


@dataclass(frozen=True)
class Marks:
    """A questionnaire's version with the rubric that scores it."""

    version: str
    rubric: str

    @cached_property
    def raw(self) -> Any:
        raw = loaded(CONTENT / f"rubric-{self.rubric}.yaml")
        policy = raw["policy"]
        assert {k: policy[k] for k in POLICY} == POLICY
        assert policy["round"] == {"places": 2, "mode": "half_up"}
        assert set(raw["measures"]) == set(MEASURES)
        for name, (of, by) in MEASURES.items():
            measure = raw["measures"][name]
            assert (measure["of"], measure.get("by", [])) == (of, by)
            assert measure["bands"] == "levels"
            assert set(measure) <= {"name", "of", "by", "bands", "min_coverage"}
        assert not {"outcomes", "scales"} & set(raw)
        return raw

    @cached_property
    def questions(self) -> dict[str, Question]:
        return questions(self.version)

    @cached_property
    def items(self) -> dict[str, Item]:
        found = {}
        for question in self.questions:
            raw = self.raw["items"].get(question)
            if raw is None:
                continue
            assert set(raw) <= ITEM_KEYS, raw
            values = raw.get("scale") or raw.get("per_choice") or {}
            found[question] = Item(
                question,
                exact(raw.get("weight", 1)),
                "per_choice" in raw,
                {option: exact(v) for option, v in values.items()},
                tuple(sorted((float(b["from"]), exact(b["value"])) for b in raw.get("bands") or ())),
                exact(raw["at_most"]) if "at_most" in raw else None,
            )
        return found

    @cached_property
    def themes(self) -> dict[tuple[str, str], list[Item]]:
        found: dict[tuple[str, str], list[Item]] = {}
        for item in self.items.values():
            asked = self.questions[item.id]
            found.setdefault((asked.dimension, asked.theme), []).append(item)
        return found

    @cached_property
    def dimensions(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for theme in self.themes:
            found.setdefault(theme[0], []).append(theme)
        return found

    @cached_property
    def keys(self) -> list[Key]:
        """As reports show them: the whole, dimensions, themes."""
        return [
            ("overall", ()),
            *(("dimension", (d,)) for d in self.dimensions),
            *(("theme", theme) for theme in self.themes),
        ]

    @cached_property
    def levels(self) -> list[tuple[str, float]]:
        return sorted(((b["id"], float(b["from"])) for b in self.raw["bands"]["levels"]), key=lambda b: b[1])

    def level(self, score: float) -> str:
        return [name for name, start in self.levels if score >= start][-1]

    @cached_property
    def steps(self) -> dict[Key, float]:
        """What one answer, moved by one option, adds to each group if all its items are answered."""
        of_theme = {
            theme: min(i.weight * i.gap for i in items) / sum(i.weight for i in items)
            for theme, items in self.themes.items()
        }
        of_dimension = {
            d: min(of_theme[t] for t in themes) / len(themes) for d, themes in self.dimensions.items()
        }
        found: dict[Key, float] = {("theme", theme): settled(step) for theme, step in of_theme.items()}
        found |= {("dimension", (d,)): settled(step) for d, step in of_dimension.items()}
        found["overall", ()] = settled(min(of_dimension.values()) / len(of_dimension))
        return found

    def score(self, one: Sheet, without: Set[str] = frozenset()) -> Card:
        return _card(self, one, without)


@dataclass(frozen=True)
class Card:
    """A scorecard: each item's and each group's record, as the JSON has it."""

    items: list[dict[str, Any]]
    scores: dict[Key, dict[str, Any]]

    def published(self, key: Key) -> float | None:
        found = self.scores.get(key)
        return found["published"] if found else None


def _card(marks: Marks, one: Sheet, without: Set[str]) -> Card:
    items = {i.id: _item(i, one.answer(i.id), silent=i.id in without) for i in marks.items.values()}
    scores: dict[Key, dict[str, Any]] = {}
    policy = marks.raw["policy"]["min_coverage"]

    def add(key: Key, inputs: list[dict[str, Any]], counts: tuple[int, int]) -> None:
        least = marks.raw["measures"][key[0]].get("min_coverage", policy)
        scores[key] = _group(marks, key, inputs, counts, exact(least), items)

    def as_input(key: Key) -> dict[str, Any]:
        score = scores[key]
        state = "answered"
        if score["value"] is None:
            state = "not_applicable" if score["reason"] == "nothing_applies" else "unanswered"
        return {
            "source": ".".join(key[1]), "value": score["value"], "weight": 1, "state": state, "respondent": 0,
            EXACT: score.get(EXACT),
        }  # fmt: skip

    def counts(keys: Sequence[Key]) -> tuple[int, int]:
        return sum(scores[k]["answered"] for k in keys), sum(scores[k]["applicable"] for k in keys)

    for theme, members in marks.themes.items():
        inputs = [items[i.id] for i in members]
        states = [i["state"] for i in inputs]
        silent = states.count("not_applicable") + states.count("not_asked")
        add(("theme", theme), inputs, (states.count("answered"), len(states) - silent))
    for dimension, themes in marks.dimensions.items():
        below: list[Key] = [("theme", theme) for theme in themes]
        add(("dimension", (dimension,)), [as_input(k) for k in below], counts(below))
    below = [("dimension", (d,)) for d in marks.dimensions]
    add(("overall", ()), [as_input(k) for k in below], counts(below))
    return Card(list(items.values()), scores)


def _item(item: Item, answer: Answer, *, silent: bool) -> dict[str, Any]:
    worth = None
    if silent:
        state = "not_asked"
    elif answer.not_applicable:
        state = "not_applicable"
    elif answer.value is None:
        state = "unanswered"
    elif answer.value == "dont_know":
        state = "dont_know"
    else:
        state, worth = "answered", item.worth(answer.value)
    return {
        "source": item.id, "value": None if worth is None else settled(worth), "weight": float(item.weight),
        "state": state, "respondent": 0, "least": settled(item.least), "most": settled(item.most), EXACT: worth,
    }  # fmt: skip


def _group(
    marks: Marks,
    key: Key,
    inputs: list[dict[str, Any]],
    counts: tuple[int, int],
    least: Fraction,
    items: Mapping[str, dict[str, Any]],
) -> dict[str, Any]:
    """The weighted mean of what is answered, unless too little is; then the limits."""
    found: dict[str, Any] = {
        "measure": key[0], "group": list(key[1]), "value": None, "published": None, "level": None, "coverage": None,
        "answered": counts[0], "applicable": counts[1], "inputs": inputs, "reason": None, "limit": None, "capped": None,
        "uncapped": None, "counts": [],
    }  # fmt: skip
    apply = [i for i in inputs if i["state"] not in ("not_applicable", "not_asked")]
    valued = [(exact(i["weight"]), i[EXACT]) for i in apply if i[EXACT] is not None]
    if not apply:
        return found | {"reason": "nothing_applies"}
    covered = sum((w for w, _ in valued), Fraction()) / sum(exact(i["weight"]) for i in apply)
    found["coverage"] = settled(covered)
    if not valued:
        return found | {"reason": "nothing_answered"}
    if covered < least:
        return found | {"reason": "low_coverage"}
    value = sum((w * v for w, v in valued), Fraction()) / sum(w for w, _ in valued)
    found |= {EXACT: value, "value": settled(value), "published": printed(value)}
    held = [limit for limit in marks.raw["limits"] if _holds(limit, key, items)]
    if held:
        lowest = min(held, key=lambda limit: limit["at_most"])
        found["limit"] = lowest["id"]
        if found["published"] > lowest["at_most"]:
            found |= {"capped": lowest["id"], "uncapped": found["published"]}
            found |= {
                EXACT: exact(lowest["at_most"]),
                "value": lowest["at_most"],
                "published": lowest["at_most"],
            }
    return found | {"level": marks.level(found["published"])}


def _holds(limit: Mapping[str, Any], key: Key, items: Mapping[str, dict[str, Any]]) -> bool:
    assert set(limit) <= {"id", "measure", "where", "at_most", "when", "because"}
    assert set(limit["when"]) == {"item", "below"}
    assert limit["measure"] == "dimension"
    assert set(limit["where"]) == {"dimension"}
    value = items[limit["when"]["item"]]["value"]
    return bool(
        key == ("dimension", (limit["where"]["dimension"],))
        and value is not None
        and value < limit["when"]["below"]
    )


def newest_rubric(version: str) -> str:
    """The newest published rubric that says that it fits that version of the questionnaire."""
    fitting = []
    for path in CONTENT.glob("rubric-*.yaml"):
        raw = loaded(path)
        low, high = (part.strip() for part in raw["questionnaire"]["versions"].split(","))
        assert low.startswith(">=")
        assert high.startswith("<")
        if version_key(low[2:]) <= version_key(version) < version_key(high[1:]):
            fitting.append(raw["version"])
    return max(fitting, key=version_key)
