"""How firm scores are, and the statistics for analysts, recounted with NumPy from the files and docs/statistics.md alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import ceil
from typing import Any

import numpy as np

from recount import Recount
from recount_scores import Item, Key, Marks, Question, Sheet, settled

Array = Any
ERROR = 0.1
FACTORS = [percent / 100 for percent in range(75, 126) if percent != 100]


# Statistics for analysts.


def analysis(asked: Recount) -> dict[str, Any]:
    marks = asked.marks
    return {
        "shares": [one for key in main_keys(marks) for one in _shares(marks, key)],
        "difficulties": [_difficulty(asked, item) for item in marks.items.values()],
        "alphas": [_alpha(asked, key) for key in main_keys(marks)],
        "correlations": [_correlation(asked, *pair) for pair in combinations(marks.dimensions, 2)],
    }


def main_keys(marks: Marks) -> list[Key]:
    return [key for key in marks.keys if key[0] != "theme"]


def themes_below(marks: Marks, key: Key) -> list[tuple[str, str]]:
    return [theme for theme in marks.themes if key[0] == "overall" or theme[0] == key[1][0]]


def _shares(marks: Marks, key: Key) -> Iterator[dict[str, Any]]:
    """Every mean on the way gives each of its parts its weight's share."""
    themes = themes_below(marks, key)
    dimensions = {theme[0] for theme in themes}
    of_theme = {t: Fraction(1, len(dimensions) * len(marks.dimensions[t[0]])) for t in themes}
    of_item = {
        item.id: of_theme[t] * item.weight / sum(i.weight for i in marks.themes[t])
        for t in themes
        for item in marks.themes[t]
    }
    for kind, found in (("theme", {".".join(t): s for t, s in of_theme.items()}), ("item", of_item)):
        for name, share in found.items():
            yield {
                "measure": key[0], "group": list(key[1]), "kind": kind, "name": name, "share": settled(share),
                "even": settled(1 / len(found)), "dominates": len(found) > 1 and share * len(found) >= 2,
            }  # fmt: skip


def _difficulty(asked: Recount, item: Item) -> dict[str, Any]:
    told = [v for one in asked.now.sheets.values() if (v := one.answer(item.id).told) is not None]
    span = item.most - item.least
    attained = [float((item.worth(v) - item.least) / span) for v in told] if span else []
    mean = settled(np.mean(attained)) if len(attained) >= 5 else None
    return {"item": item.id, "n": len(attained), "mean": mean}


def _alpha(asked: Recount, key: Key) -> dict[str, Any]:
    items = [item for theme in themes_below(asked.marks, key) for item in asked.marks.themes[theme]]
    rows = [[one.answer(item.id).told for item in items] for one in asked.now.sheets.values()]
    full = np.array(
        [[float(i.worth(v)) for i, v in zip(items, row, strict=True)] for row in rows if None not in row]
    )
    k, alpha = len(items), None
    if len(full) >= 5 and k > 1 and np.var(full.sum(axis=1), ddof=1) > 1e-9:
        alpha = settled(k / (k - 1) * (1 - full.var(axis=0, ddof=1).sum() / full.sum(axis=1).var(ddof=1)))
    return {"measure": key[0], "group": list(key[1]), "items": k, "n": len(full), "alpha": alpha}


def _correlation(asked: Recount, one: str, other: str) -> dict[str, Any]:
    first, second = (asked.now.published(("dimension", (d,))) for d in (one, other))
    both = [code for code in first if code in second]
    ranks = [_mid_ranks(np.array([side[code] for code in both])) for side in (first, second)]
    rho = None
    if len(both) >= 5 and all(len(set(side)) > 1 for side in ranks):
        rho = settled(np.corrcoef(*ranks)[0, 1])
    return {"measure": "dimension", "one": [one], "other": [other], "n": len(both), "rho": rho}


def _mid_ranks(values: Array) -> Array:
    return np.array([(values < v).sum() + ((values == v).sum() + 1) / 2 for v in values])


# Draws.


def drawn(seed: int, kind: int, name: str, rows: int, draws: int) -> Array:
    """The upper 53 bits of PCG64, over 2⁵³."""
    raw = np.random.PCG64(np.random.SeedSequence([seed, kind, *name.encode()])).random_raw(rows * draws)
    return (raw.reshape(rows, draws) >> np.uint64(11)) / 2.0**53


@dataclass(frozen=True)
class One:
    """One organisation's answers; `near` are, of every item that is answered, the answers one option down and up, itself
    where there is none."""

    marks: Marks
    sheet: Sheet

    @cached_property
    def near(self) -> dict[str, tuple[Any, Any, Any]]:
        found = {}
        for item in self.marks.items.values():
            answer = self.sheet.answer(item.id)
            if answer.told is not None:
                down, up = nearby(self.marks.questions[item.id], item, answer.told)
                found[item.id] = (
                    answer.told,
                    answer.told if down is None else down,
                    answer.told if up is None else up,
                )
        return found

    def worths(self, moves: Mapping[str, Array], trials: int) -> dict[str, Array]:
        """Of every answered item what it is worth in each trial; `moves` are 0, 1 for down or 2 for up."""
        found = {}
        for item, three in self.near.items():
            worth = np.array([float(self.marks.items[item].worth(v)) for v in three])
            found[item] = worth[moves[item]] if item in moves else np.full(trials, worth[0])
        return found

    def scores(
        self, worth: Mapping[str, Array], weights: Mapping[str, Array], trials: int
    ) -> dict[Key, Array]:
        """Published scores in each trial, NaN where there is none; weights are times what the rubric gives."""
        marks, policy = self.marks, self.marks.raw["policy"]["min_coverage"]
        ones = np.ones(trials)
        values: dict[str, Array] = {}
        applies: dict[str, bool] = {}
        published: dict[Key, Array] = {}

        def group(key: Key, inputs: Sequence[tuple[str, Array, Array]]) -> None:
            """Of (name, weight, value) that apply: the weighted mean of those that have a value."""
            name = ".".join(key[1]) if key[1] else "(whole)"
            applies[name] = bool(inputs)
            least = marks.raw["measures"][key[0]].get("min_coverage", policy)
            weight, value = (
                np.array([one[at] for one in inputs]).reshape(len(inputs), trials) for at in (1, 2)
            )
            has = ~np.isnan(value)
            whole, covered = weight.sum(axis=0), np.where(has, weight, 0).sum(axis=0)
            with np.errstate(all="ignore"):
                mean = np.where(has, weight * value, 0).sum(axis=0) / covered
                mean = np.where((covered > 0) & (np.round(covered / whole, 9) >= least), mean, np.nan)
            shown = np.floor(np.round(mean, 9) * 100 + 0.5 + 1e-8) / 100
            for limit in marks.raw["limits"] if key[0] == "dimension" else ():
                seen = worth.get(limit["when"]["item"])
                if limit["where"]["dimension"] == key[1][0] and seen is not None:
                    caps = (seen < limit["when"]["below"]) & (shown > limit["at_most"])
                    shown, mean = (np.where(caps, limit["at_most"], v) for v in (shown, mean))
            values[name], published[key] = mean, np.round(shown, 2)

        for theme, items in marks.themes.items():
            told = [i for i in items if not self.sheet.answer(i.id).not_applicable]
            nothing = np.full(trials, np.nan)
            group(("theme", theme), [(i.id, float(i.weight) * weights.get(i.id, ones), worth.get(i.id, nothing)) for i in told])  # fmt: skip
        for dimension, themes in marks.dimensions.items():
            names = [".".join(t) for t in themes if applies[".".join(t)]]
            group(("dimension", (dimension,)), [(n, weights.get(n, ones), values[n]) for n in names])
        names = [d for d in marks.dimensions if applies[d]]
        group(("overall", ()), [(n, weights.get(n, ones), values[n]) for n in names])
        return published


def nearby(question: Question, item: Item, value: Any) -> tuple[Any, Any]:
    """One option down and one up; None at an end."""
    if question.type == "number":
        return _numbers(question, item, value)
    if question.type == "several":
        kept = [o for o in value if o not in question.exclusive]
        order = [o for o in question.options if o not in question.exclusive]
        tried = [tuple(o for o in order if o in (*kept, more)) for more in order if more not in kept]
        if len(kept) == 1:
            tried += [(o,) for o in question.options if o in question.exclusive]
        else:
            tried += [tuple(o for o in kept if o != less) for less in kept]
        options = [(item.worth(one), place, one) for place, one in enumerate(tried)]
    else:
        here = question.options.index(value)
        options = [(item.worth(o), abs(place - here), o) for place, o in enumerate(question.options)]
    own = item.worth(value)
    lower, higher = [o for o in options if o[0] < own], [o for o in options if o[0] > own]
    down = min(lower, key=lambda o: (-o[0], o[1]))[2] if lower else None
    up = min(higher, key=lambda o: (o[0], o[1]))[2] if higher else None
    return down, up


def _numbers(question: Question, item: Item, value: float) -> tuple[float | None, float | None]:
    """The greatest allowed number of the band below, and the least of the band above."""
    assert question.bounds
    starts, unit = [start for start, _ in item.bands], 10**question.decimals
    here = max(n for n, start in enumerate(starts) if value >= start)
    down = (ceil(settled(starts[here] * unit)) - 1) / unit if here else None
    up = ceil(settled(starts[here + 1] * unit)) / unit if here + 1 < len(starts) else None
    if down is not None and down < max(question.bounds[0], starts[here - 1]):
        down = None
    return down, up if up is not None and up <= question.bounds[1] else None


def firm(asked: Recount, draws: int, seed: int = 1) -> dict[str, Any]:
    marks = asked.marks
    codes = [code for code in asked.places if code in asked.now.sheets]
    each = {code: One(marks, asked.now.sheets[code]) for code in codes}
    names = [*marks.items, *(".".join(t) for t in marks.themes), *marks.dimensions]
    factors = 0.75 + 0.5 * drawn(seed, 0, "", len(names), draws)
    weights = dict(zip(names, factors, strict=True))
    by_weights = {c: one.scores(one.worths({}, draws), weights, draws) for c, one in each.items()}
    by_answers = {c: one.scores(one.worths(_moves(marks, c, seed, draws), draws), {}, draws) for c, one in each.items()}  # fmt: skip
    hanging = {code: Hanging(one, names) for code, one in each.items()}
    return {
        "seed": seed, "draws": draws, "weight_low": 0.75, "weight_high": 1.25, "answer_error": ERROR, "low": 5, "high": 95,
        "measures": [
            {
                "measure": key[0], "group": list(key[1]),
                "organisations": [
                    {
                        "organisation": code, "published": own, "level": marks.level(own),
                        "weights": _range(marks, key, code, own, by_weights),
                        "answers": _range(marks, key, code, own, by_answers),
                        "other_answers": hanging[code].answers(key), "other_weights": hanging[code].weights(key),
                    }
                    for code in codes
                    if (own := asked.now.cards[code].published(key)) is not None
                ],
            }
            for key in main_keys(marks)
        ],
    }  # fmt: skip


def _moves(marks: Marks, code: str, seed: int, draws: int) -> dict[str, Array]:
    found = drawn(seed, 1, code, len(marks.items), draws)
    return {q: np.where(one < ERROR / 2, 1, np.where(one < ERROR, 2, 0)) for q, one in zip(marks.items, found, strict=True)}  # fmt: skip


def _range(
    marks: Marks, key: Key, code: str, own: float, scores: Mapping[str, Mapping[Key, Array]]
) -> dict[str, Any]:
    """The 5th and 95th percentile by nearest rank, of the draws in which it is scored."""
    mine = scores[code][key]
    everybody = np.array([one[key] for one in scores.values()])
    ranks = 1 + (everybody > mine).sum(axis=0)
    there = ~np.isnan(mine)
    n = int(there.sum())

    def ends(values: Array) -> list[Any]:
        ordered = sorted(values[there].tolist())
        return [ordered[ceil(p * n / 100) - 1] for p in (5, 95)] if n else [None, None]

    (low, high), (best, worst) = ends(mine), ends(ranks)
    return {
        "scored": n, "score_low": low, "score_high": high, "rank_low": best, "rank_high": worst,
        "same_level": sum(marks.level(score) == marks.level(own) for score in mine[there]),
    }  # fmt: skip


@dataclass(frozen=True)
class Hanging:
    """What one organisation's levels hang on: single answers one option off, and single weights from 75% to 125%."""

    one: One
    names: Sequence[str]

    @cached_property
    def _trials(self) -> list[tuple[str, int]]:
        return [(question, way) for question in self.one.marks.items for way in (1, 2)]

    @cached_property
    def _by_answer(self) -> dict[Key, Array]:
        trials = self._trials
        moves = {
            q: np.array([way if q == question else 0 for question, way in trials])
            for q in self.one.marks.items
        }
        return self.one.scores(self.one.worths(moves, len(trials)), {}, len(trials))

    @cached_property
    def _by_weight(self) -> dict[Key, Array]:
        many = len(FACTORS) * len(self.names)
        weights = {}
        for place, name in enumerate(self.names):
            weights[name] = np.ones(many)
            weights[name][place * len(FACTORS) : (place + 1) * len(FACTORS)] = FACTORS
        return self.one.scores(self.one.worths({}, many), weights, many)

    @cached_property
    def _now(self) -> dict[Key, Array]:
        return self.one.scores(self.one.worths({}, 1), {}, 1)

    def _level(self, score: float) -> str | None:
        return None if np.isnan(score) else self.one.marks.level(score)

    def _then(self, score: float) -> dict[str, Any]:
        return {"published": None if np.isnan(score) else float(score), "level": self._level(score)}

    def answers(self, key: Key) -> list[dict[str, Any]]:
        found = []
        for (question, way), score in zip(self._trials, self._by_answer[key], strict=True):
            if self._level(score) != self._level(self._now[key][0]):
                given = self.one.near[question]
                found.append(
                    {"question": question, "answer": given[0], "other": given[way], **self._then(score)}
                )
        return found

    def weights(self, key: Key) -> list[dict[str, Any]]:
        """Those whose change is the smallest that gives another level."""
        found = []
        for place, score in enumerate(self._by_weight[key]):
            name, factor = self.names[place // len(FACTORS)], FACTORS[place % len(FACTORS)]
            if self._level(score) != self._level(self._now[key][0]):
                found.append((round(abs(factor - 1), 2), name, factor, score))
        least = min((size for size, *_ in found), default=0)
        return [
            {"of": self._measure(name), "source": name, "factor": factor, **self._then(score)}
            for size, name, factor, score in found
            if size == least
        ]

    def _measure(self, name: str) -> str:
        """Where it is a weight: among the items, in dimensions, in the whole."""
        marks = self.one.marks
        return "items" if name in marks.items else "overall" if name in marks.dimensions else "dimension"
