"""Every figure of a benchmark recomputed from the files of answers, with NumPy and exact fractions.

It knows nothing of the program but the JSON that `maturity benchmark --json` writes: `Recount.benchmark` makes the same
document anew, by the definitions of docs/statistics.md, and `differences` walks over the two side by side. It tells of every
figure that is another, and of every number that was not recomputed: so that no new one goes unchecked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from math import log2
from pathlib import Path
from typing import Any

import numpy as np

from recount_carry import carried_back, carried_forth, linked
from recount_scores import (
    EXACT,
    WALES,
    Card,
    Key,
    Marks,
    Place,
    Question,
    Sheet,
    files,
    median,
    newest_rubric,
    printed,
    register,
    settled,
    sheet,
    summary,
)

Json = Any
NO_FIGURES = {
    r"members/\d+/organisation/(population|tile/\d)": "what the register says of a council",
    r"peers/groups/\d+/organisations/\d+/(population|tile/\d|further/\w+)": "what the register says of a place",
}
"""Numbers that nothing computes: path → why."""
UNROUNDED = r"members/\d+/scorecard/scores/\d+/(inputs/\d+/)?value"
"""What is not printed: the working of a score. Everything else must agree to the last digit."""


# The walker.


def differences(actual: Json, recounted: Json) -> list[str]:
    """Where the document differs from the recounted one, and numbers in it that were not recounted."""
    return list(_differing(actual, recounted, ""))


class _Missing:
    def __repr__(self) -> str:
        return "not recounted"


MISSING = _Missing()


def is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _differing(actual: Json, recounted: Json, path: str) -> Iterator[str]:
    if isinstance(recounted, tuple):
        recounted = list(recounted)
    if isinstance(actual, dict) and (recounted is MISSING or isinstance(recounted, dict)):
        mine = {} if recounted is MISSING else recounted
        yield from (f"{path}/{key}: is not there" for key in mine if key not in actual and key != EXACT)
        for key, value in actual.items():
            yield from _differing(value, mine.get(key, MISSING), f"{path}/{key}" if path else key)
    elif isinstance(actual, list) and (recounted is MISSING or isinstance(recounted, list)):
        if recounted is not MISSING and len(actual) != len(recounted):
            yield f"{path}: has {len(actual)} entries, recounted {len(recounted)}"
        mine = recounted if recounted is not MISSING else []
        for n, value in enumerate(actual):
            yield from _differing(value, mine[n] if n < len(mine) else MISSING, f"{path}/{n}")
    elif recounted is MISSING:
        if is_number(actual) and not any(re.fullmatch(pattern, path) for pattern in NO_FIGURES):
            yield f"{path}: {actual!r} was not recounted"
    elif is_number(actual) and is_number(recounted) and re.fullmatch(UNROUNDED, path):
        # Each step is settled to 9 decimals on the way, fractions are not.
        if abs(actual - recounted) > 1.001e-9:
            yield f"{path}: {actual!r}, recounted {recounted!r}"
    elif actual != recounted or is_number(actual) != is_number(recounted):
        yield f"{path}: {actual!r}, recounted {recounted!r}"


# What several parts need.


def position(value: float, found: Mapping[str, Any]) -> str | None:
    q1, q3 = found["q1"], found["q3"]
    if q1 is None or q1 == q3:
        return None
    return "upper" if value >= q3 else "lower" if value <= q1 else "middle"


def clear(difference: float, step: float) -> bool:
    """At least one option's step, in printed numbers."""
    return difference != 0 and abs(difference) >= printed(step)


@dataclass
class Period:
    """One period's answers, scored by one rubric, by organisation in the order of their files."""

    name: str
    marks: Marks
    sheets: dict[str, Sheet]
    cards: dict[str, Card] = field(init=False)

    def __post_init__(self) -> None:
        self.cards = {code: self.marks.score(one) for code, one in self.sheets.items()}

    def published(self, key: Key) -> dict[str, float]:
        found = {code: card.published(key) for code, card in self.cards.items()}
        return {code: score for code, score in found.items() if score is not None}


@dataclass
class Recount:
    """What was asked for on the command line."""

    paths: Sequence[Path]
    previous: Sequence[Path] = ()
    council: str | None = None
    peers: Sequence[str] = ()
    registers: Sequence[Path] = ()
    evidence_above: str | None = None
    evidence_years: int | None = None
    together: bool = False
    draws: int = 0
    rubric: str | None = None
    rubrics: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def places(self) -> dict[str, Place]:
        return register(WALES)

    @cached_property
    def periods(self) -> dict[str, Period]:
        """All periods, earliest first."""
        found: dict[str, dict[str, Sheet]] = {}
        for path in files([*self.paths, *self.previous]):
            if one := sheet(path, self.places):
                found.setdefault(one.period, {})[one.code] = one
        made = {}
        for name in sorted(found):
            (version,) = {one.version for one in found[name].values()}
            rubric = self.rubrics.get(name) or self.rubric or newest_rubric(version)
            made[name] = Period(name, Marks(version, rubric), found[name])
        return made

    @cached_property
    def now(self) -> Period:
        names = {one.period for path in files(self.paths) if (one := sheet(path, self.places))}
        return self.periods[max(names)]

    @cached_property
    def before(self) -> Period | None:
        others = [name for name in self.periods if name != self.now.name]
        if self.previous:
            others = [one.period for path in files(self.previous) if (one := sheet(path, self.places))]
        return self.periods[max(others)] if others else None

    @property
    def marks(self) -> Marks:
        return self.now.marks

    @cached_property
    def comparable(self) -> Period | None:
        """The period before, where the same rubric scored it."""
        return self.before if self.before and self.before.marks == self.marks else None

    @cached_property
    def comparisons(self) -> list[dict[str, Any]]:
        return [self._comparison(key) for key in self.marks.keys]

    def benchmark(self) -> dict[str, Any]:
        """The whole document, but for words that hold no figures.

        A part that comes to the benchmark gets a line here; until it has one, `differences` names each of its numbers.
        """
        from recount_firm import analysis, firm
        from recount_parts import learning, pairs, questions, shared_steps, wanted
        from recount_peers import peer_groups

        own = self.council if self.council in self.now.cards else None
        return {
            "period": self.now.name,
            "previous": self.comparable.name if self.comparable else None,
            "headline": "overall",
            "members": [self._member(code) for code in self.places],
            "comparisons": self.comparisons,
            "answers": [
                answer_counts(q, list(self.now.sheets.values())) for q in self.marks.questions.values()
            ],
            "findings": finding_counts(self.marks, list(self.now.sheets.values())),
            "series": self._series() if len(self.periods) > 1 else None,
            "questions": questions(self),
            "evidenced": self._evidenced() if self.evidence_above else None,
            "learning": learning(self, own) if own else None,
            "pairs": pairs(self) if self.together else [],
            "wanted": wanted(self) if self.together else [],
            "shared_steps": shared_steps(self) if self.together else [],
            "peers": peer_groups(self) if self.council or self.peers or self.registers else None,
            "firm": firm(self, self.draws) if self.draws else None,
            "analysis": analysis(self),
            "places": 2,
            "disclosure": {"submitted": len(self.now.cards), "members": len(self.places)},
        }

    def _member(self, code: str) -> dict[str, Any]:
        card = self.now.cards.get(code)
        return {"scorecard": {"items": card.items, "scores": list(card.scores.values())} if card else None}

    def _comparison(self, key: Key) -> dict[str, Any]:
        scores = self.now.published(key)
        values = list(scores.values())
        found = summary(values)
        change = None
        if self.comparable:
            change = change_between(scores, self.comparable.published(key), self.marks.steps[key])
        standings = [self._standing(code, key, values, found) for code in self.places]
        return {
            "measure": key[0], "group": list(key[1]), "summary": found, "standings": standings,
            "levels": levels(self.marks, [s["level"] for s in standings]), "change": change,
            "starts": [start for _, start in self.marks.levels],
        }  # fmt: skip

    def _standing(self, code: str, key: Key, values: list[float], found: Mapping[str, Any]) -> dict[str, Any]:
        card = self.now.cards.get(code)
        score: Mapping[str, Any] = card.scores[key] if card else {}
        one: dict[str, Any] = {
            "organisation": code, "published": score.get("published"), "level": score.get("level"),
            "reason": score.get("reason"), "coverage": score.get("coverage"), "rank": None, "lower": 0, "same": 0,
            "higher": 0, "position": None, "capped": score.get("capped"),
        }  # fmt: skip
        own = one["published"]
        if own is None:
            return one
        array = np.array(values)
        lower, higher = int((array < own).sum()), int((array > own).sum())
        counts = {
            "lower": lower,
            "same": len(values) - lower - higher - 1,
            "higher": higher,
            "rank": higher + 1,
        }
        return one | counts | {"position": position(own, found)}

    # Periods in a row.

    def _series(self) -> dict[str, Any]:
        ordered = list(self.periods.values())
        keys = list(dict.fromkeys(key for one in reversed(ordered) for key in one.marks.keys))
        passages = [Passage(*pair, order=list(self.places)) for pair in pairwise(ordered)]
        return {
            "periods": [{"period": p.name, "submitted": self._ordered(p.cards)} for p in ordered],
            "transitions": [p.transition() for p in passages],
            "lines": [
                {
                    "measure": key[0],
                    "group": list(key[1]),
                    "points": [self._point(one, key) for one in ordered],
                    "moves": [p.move(key) for p in passages],
                }
                for key in keys
            ],
            "answers": [
                {"organisation": code, "period": p.name, "answers": said(p.marks, p.sheets[code])}
                for p in ordered
                for code in self._ordered(p.sheets)
            ],
        }

    def _ordered(self, codes: Mapping[str, Any]) -> list[str]:
        return [code for code in self.places if code in codes]

    def _point(self, one: Period, key: Key) -> dict[str, Any] | None:
        if key not in one.marks.keys:
            return None
        scores = one.published(key)
        own = [
            {"organisation": code, "published": scores[code], "level": one.cards[code].scores[key]["level"]}
            for code in self._ordered(scores)
        ]
        return {
            "summary": summary(list(scores.values())),
            "levels": levels(one.marks, [s["level"] for s in own]),
            "scores": own,
        }

    # Claimed and evidenced.

    def _evidenced(self) -> dict[str, Any]:
        from recount_parts import evidenced

        return evidenced(self)


def said(marks: Marks, one: Sheet) -> list[list[Any]]:
    """Every question that is answered, or not applicable; not what was answered in words."""
    answers = {q: one.answer(q) for q, question in marks.questions.items() if question.type != "text"}
    found = {q: "not_applicable" if a.not_applicable else a.value for q, a in answers.items()}
    return [[q, list(v) if isinstance(v, tuple) else v] for q, v in found.items() if v is not None]


def levels(marks: Marks, found: Sequence[str | None]) -> list[list[Any]]:
    counted = Counter(found)
    return [[level, counted[level]] for level, _ in marks.levels]


def change_between(now: Mapping[str, float], before: Mapping[str, float], step: float) -> dict[str, Any]:
    rows = []
    for code, after in now.items():
        if code in before:
            moved = printed(after - before[code])
            one = {"organisation": code, "before": before[code], "after": after, "difference": moved}
            rows.append(one | {"clear": clear(moved, step)})
    return {
        "n": len(rows),
        "median_difference": median([r["difference"] for r in rows]),
        "step": step,
        **moves([(r["difference"], r["clear"]) for r in rows]),
        "differences": rows,
    }


def moves(found: Sequence[tuple[float, bool]]) -> dict[str, int]:
    return {
        "up": sum(sure and moved > 0 for moved, sure in found),
        "down": sum(sure and moved < 0 for moved, sure in found),
        "no_clear_change": sum(not sure for _, sure in found),
    }


@dataclass
class Passage:
    """From a period to the next."""

    before: Period
    after: Period
    order: list[str]

    @property
    def broken(self) -> bool:
        return self.before.marks != self.after.marks

    @cached_property
    def joint(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Sets of scored questions that became one another; most are one and one, of the same id."""
        old, new = self.before.marks, self.after.marks
        sets = linked(old.version, new.version)
        scored = [
            (tuple(q for q in a if q in old.items), tuple(q for q in b if q in new.items)) for a, b in sets
        ]
        return [one for one in scored if one[0] and one[1]]

    @cached_property
    def only(self) -> tuple[list[str], list[str]]:
        """Scored questions of one of the two alone."""
        shared = {q for one in self.joint for q in one[0]}, {q for one in self.joint for q in one[1]}
        sides = self.before.marks.items, self.after.marks.items
        first, second = (
            [q for q in items if q not in known] for items, known in zip(sides, shared, strict=True)
        )
        return first, second

    @cached_property
    def crossed(self) -> dict[str, tuple[list[Card], list[Any]]]:
        """Of those in both: S(x, A), S(x, B), S(y, A), S(y, B), and the sets of questions that they do without."""
        old, new = self.before.marks, self.after.marks
        found = {}
        for code in self.order:
            if code not in self.before.cards or code not in self.after.cards:
                continue
            x, y = self.before.sheets[code], self.after.sheets[code]
            x_anew, y_before = carried_forth(x, new.version), carried_back(y, old.version)
            left = []
            for one in self.joint:
                pairs = (x, x_anew), (y_before, y)
                told = [
                    [a.answer(q).given for q in one[0]] + [b.answer(q).given for q in one[1]]
                    for a, b in pairs
                ]
                if not all(all(given) or not any(given) for given in told):
                    left.append(one)
            without = (
                {*self.only[0], *(q for one in left for q in one[0])},
                {*self.only[1], *(q for one in left for q in one[1])},
            )
            sheets = ((old, x, 0), (new, x_anew, 1), (old, y_before, 0), (new, y, 1))
            found[code] = ([marks.score(one, without[side]) for marks, one, side in sheets], left)
        return found

    def transition(self) -> dict[str, Any]:
        broken = None
        if self.broken:
            lost = [one for _, left in self.crossed.values() for one in left]
            broken = {
                "shared": len(self.joint),
                "only_before": self.only[0],
                "only_after": self.only[1],
                "not_carried": [
                    {"before": one[0], "after": one[1], "organisations": lost.count(one)}
                    for one in self.joint
                    if one in lost
                ],
                "why": None,
            }
        return {
            "before": self.before.name,
            "after": self.after.name,
            "entered": [c for c in self.order if c in self.after.cards and c not in self.before.cards],
            "left": [c for c in self.order if c in self.before.cards and c not in self.after.cards],
            "series_break": broken,
        }

    def move(self, key: Key) -> dict[str, Any] | None:
        if key not in self.before.marks.keys or key not in self.after.marks.keys:
            return None
        earlier, later = (
            {code: p.published(key)[code] for code in self.order if code in p.published(key)}
            for p in (self.before, self.after)
        )
        step = self.after.marks.steps[key]
        change = split = None
        pairs = [(earlier[code], later[code]) for code in later if code in earlier]
        if self.broken:
            split = self._split(key, earlier, later, step)
            pairs = [(one["before_anew"], one["after"]) for one in split["splits"]]
        else:
            change = change_between(later, earlier, step)
        return {
            "change": change,
            "split": split,
            "spread": spread(pairs, step),
            "entered": [code for code in later if code not in earlier],
            "left": [code for code in earlier if code not in later],
        }

    def _split(
        self, key: Key, earlier: Mapping[str, float], later: Mapping[str, float], step: float
    ) -> dict[str, Any]:
        splits = []
        for code, (cards, _) in self.crossed.items():
            four = [card.published(key) for card in cards]
            if any(score is None for score in four):
                continue
            xa, xb, ya, yb = (score or 0.0 for score in four)
            total = printed(yb - xa)
            council = printed(((ya - xa) + (yb - xb)) / 2)
            whole = printed(later[code] - earlier[code]) if code in earlier and code in later else None
            splits.append(
                {
                    "organisation": code, "before": xa, "before_anew": xb, "after_as_before": ya, "after": yb,
                    "total": total, "council": council, "rubric": printed(total - council),
                    "not_shared": None if whole is None else printed(whole - total), "clear": clear(council, step),
                }
            )  # fmt: skip
        return {
            "n": len(splits),
            **{
                f"median_{part}": median([s[part] for s in splits]) for part in ("total", "council", "rubric")
            },
            "step": step,
            **moves([(s["council"], s["clear"]) for s in splits]),
            "splits": splits,
        }


def spread(pairs: Sequence[tuple[float, float]], step: float) -> dict[str, Any]:
    n = len(pairs)
    found: dict[str, Any] = {"n": n, "before": None, "after": None, "difference": None, "verdict": None}
    if n < 8:
        return found
    before, after = (settled(np.subtract(*np.quantile(side, [0.75, 0.25]))) for side in np.array(pairs).T)
    difference = printed(after - before)
    verdict = "no_clear_difference"
    if clear(difference, step):
        verdict = "narrower" if difference < 0 else "wider"
    return found | {"before": before, "after": after, "difference": difference, "verdict": verdict}


# Answers.


def chosen(value: Any) -> set[Any]:
    return set(value) if isinstance(value, tuple) else {value}


def answer_counts(question: Question, sheets: Sequence[Sheet]) -> dict[str, Any]:
    given = [one.answer(question.id) for one in sheets]
    told = [a.told for a in given if a.told is not None]
    dont_know = sum(a.value == "dont_know" for a in given)
    silent = sum(a.not_applicable for a in given)
    numbers = [float(v) for v in told] if question.type == "number" else None
    return {
        "question": question.id, "answered": len(told), "dont_know": dont_know, "not_applicable": silent, "not_asked": 0,
        "unanswered": len(given) - len(told) - dont_know - silent,
        "options": [[option, sum(option in chosen(v) for v in told)] for option in question.options],
        "numbers": None if numbers is None else summary(numbers),
    }  # fmt: skip


def finding_counts(marks: Marks, sheets: Sequence[Sheet]) -> list[dict[str, Any]]:
    found = []
    for finding in declared(marks.version):
        told = [v for one in sheets if (v := one.answer(finding["question"]).told) is not None]
        if "options" in finding:
            count = sum(bool(chosen(v) & set(finding["options"])) for v in told)
        else:
            low, high = finding.get("at_least", -np.inf), finding.get("below", np.inf)
            count = sum(low <= v < high for v in told)
        found.append(
            {"id": finding["id"], "question": finding["question"], "count": int(count), "answered": len(told)}
        )
    return found


@cache
def declared(version: str) -> list[dict[str, Any]]:
    from recount_scores import CONTENT, loaded

    found: list[dict[str, Any]] = loaded(CONTENT / f"questionnaire-{version}.yaml")["findings"]
    return found


def apart(own: Place, other: Place) -> float:
    """1 for another region, and the doublings between the populations."""
    return settled((own.region != other.region) + abs(log2(own.population / other.population)))
