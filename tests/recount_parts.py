"""The recount's parts that go beyond scores: findings, evidence, who to learn from, what is wanted together."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from recount import answer_counts, apart, chosen, printed
from recount_scores import Answer, Item, Key, Place, Question, Sheet, exact, median, settled

if TYPE_CHECKING:
    from recount import Recount

# Findings.


def dissention(positions: Sequence[float], shares: Sequence[float], width: float) -> float | None:
    """−Σ p log₂(1 − |position − mean| / width)."""
    p, at = np.array(shares), np.array(positions, dtype=float)
    if not p.sum() or width <= 0:
        return None
    at, p = at[p > 0], p[p > 0] / p.sum()
    return settled(-np.sum(p * np.log2(1 - np.abs(at - np.sum(p * at)) / width)))


def questions(asked: Recount) -> list[dict[str, Any]]:
    before = asked.before if asked.before and asked.before.marks.version == asked.marks.version else None
    return [
        _finding(question, asked.now.sheets, before.sheets if before else None)
        for question in asked.marks.questions.values()
        if question.type != "text"
    ]


def _finding(
    question: Question, now: Mapping[str, Sheet], before: Mapping[str, Sheet] | None
) -> dict[str, Any]:
    counts = answer_counts(question, list(now.values()))
    n = counts["answered"]
    found: dict[str, Any] = {
        "question": question.id, "dimension": question.dimension, "theme": question.theme, "type": question.type,
        "answered": n, "options": [], "median": None, "q1": None, "q3": None, "split": None, "moved": None,
    }  # fmt: skip
    if n < 5:
        return found
    if question.type == "number":
        values = [float(v) for one in now.values() if (v := one.answer(question.id).told) is not None]
        found |= {k: counts["numbers"][k] for k in ("median", "q1", "q3")}
        if question.bounds:
            low, high = question.bounds
            found["split"] = dissention(values, [1.0] * n, high - low)
    else:
        found["options"] = [{"option": o, "count": c, "change": None} for o, c in counts["options"]]
        if question.type == "several":
            each = [
                dissention([0, 1], [c, n - c], 1) for o, c in counts["options"] if o not in question.exclusive
            ]
            found["split"] = settled(np.mean([s or 0.0 for s in each]))
        else:
            found["split"] = dissention(
                range(len(counts["options"])), [c for _, c in counts["options"]], len(counts["options"]) - 1
            )
    if before is not None:
        _change(found, question, now, before)
    return found


def _change(
    found: dict[str, Any], question: Question, now: Mapping[str, Sheet], before: Mapping[str, Sheet]
) -> None:
    both = [
        (before[code].answer(question.id).told, one.answer(question.id).told)
        for code, one in now.items()
        if code in before
    ]
    both = [(old, new) for old, new in both if old is not None and new is not None]
    if len(both) < 5:
        return
    moved: dict[str, Any] = {"n": len(both), "changed": sum(chosen(a) != chosen(b) for a, b in both)}
    if question.type == "number":
        middle = median([new - old for old, new in both])
        assert middle is not None
        largest = (
            settled(abs(middle) / (question.bounds[1] - question.bounds[0])) if question.bounds else None
        )
        found["moved"] = moved | {"largest": largest, "median_difference": middle}
        return
    for one in found["options"]:
        shares = [np.mean([one["option"] in chosen(pair[side]) for pair in both]) for side in (0, 1)]
        one["change"] = settled(shares[1] - shares[0])
    largest = max(abs(one["change"]) for one in found["options"])
    found["moved"] = moved | {"largest": largest, "median_difference": None}


# Claimed and evidenced.


def evidenced(asked: Recount) -> dict[str, Any]:
    """For periods that are a year."""
    marks, now = asked.marks, asked.now
    names = [name for name, _ in marks.levels]
    bar = marks.levels[names.index(asked.evidence_above or "") + 1][1]
    since = None
    if asked.evidence_years is not None:
        since = str(dt.date(int(now.name) - asked.evidence_years, 12, 31))
    proofs, cards = [], {}
    for code, one in now.sheets.items():
        above = [
            item["source"]
            for item in now.cards[code].items
            if item["value"] is not None
            and item["value"] >= bar
            and marks.questions[item["source"]].wants_evidence
        ]
        unproven = [q for q in above if not _proves(one.answer(q), since)]
        dated = sum(any(one.answer(q).dates) for q in unproven)
        undated = sum(bool(one.answer(q).evidence) for q in unproven) - dated
        proofs.append(
            {"organisation": code, "above": len(above), "evidenced": len(above) - len(unproven), "too_old": dated, "undated": undated}
        )  # fmt: skip
        lowered = {
            q: Answer(_below(marks.items[q], marks.questions[q], one.answer(q).value, bar)) for q in unproven
        }
        cards[code] = marks.score(Sheet(code, one.period, one.version, {**one.answers, **lowered}))
    return {
        "level": asked.evidence_above,
        "bar": bar,
        "years": asked.evidence_years,
        "since": since,
        "proofs": proofs,
        "measures": [_measure(asked, key, cards) for key in marks.keys if key[0] != "theme"],
    }


def _measure(asked: Recount, key: Key, cards: Mapping[str, Any]) -> dict[str, Any]:
    gaps = []
    for code, card in asked.now.cards.items():
        old, new = card.published(key), cards[code].published(key)
        gap = None if old is None or new is None else printed(old - new)
        gaps.append({"organisation": code, "claimed": old, "evidenced": new, "gap": gap})
    both = [g for g in gaps if g["gap"] is not None]
    medians = {f"median_{part}": median([g[part] for g in both]) for part in ("claimed", "evidenced", "gap")}
    return {"measure": key[0], "group": list(key[1]), "n": len(both), **medians, "gaps": gaps}


def _proves(answer: Answer, since: str | None) -> bool:
    return any(since is None or (date is not None and date >= since) for date in answer.dates)


def _below(item: Item, question: Question, value: Any, bar: float) -> Any:
    if isinstance(value, tuple):
        kept: tuple[str, ...] = ()
        for one in value:
            if sum(item.values[o] for o in (*kept, one)) < exact(bar):
                kept = (*kept, one)
        return kept or tuple(o for o in question.options if o in question.exclusive)
    choices = list(item.values.items()) if isinstance(value, str) else list(item.bands)
    below = [one for one in choices if one[1] < exact(bar)]
    return max(below, key=lambda one: one[1])[0] if below else value


# Who to learn from.


def gaps_of(asked: Recount) -> dict[str, list[Key]]:
    """Of every council the themes in which it is furthest below the others' median: three, ties with the third kept."""
    found: dict[str, list[Key]] = {code: [] for code in asked.places}
    rows: dict[str, list[tuple[float, Key]]] = {code: [] for code in asked.places}
    for theme in asked.marks.themes:
        key: Key = ("theme", theme)
        scores = asked.now.published(key)
        for code, own in scores.items():
            middle = median([score for other, score in scores.items() if other != code])
            if middle is not None:
                difference = printed(own - middle)
                if difference < 0 and -difference >= printed(asked.marks.steps[key]):
                    rows[code].append((difference, key))
    for code, own_rows in rows.items():
        ordered = sorted(own_rows, key=lambda row: row[0])
        found[code] = [
            key for difference, key in ordered if difference <= ordered[min(2, len(ordered) - 1)][0]
        ]
    return found


def strong(asked: Recount, key: Key, teacher: str, learner: str) -> float | None:
    """By how much the teacher scores more, where it is strong for the learner."""
    comparison = next(c for c in asked.comparisons if (c["measure"], tuple(c["group"])) == key)
    both = {s["organisation"]: s for s in comparison["standings"] if s["organisation"] in (teacher, learner)}
    first, second = both[teacher], both[learner]
    if first["published"] is None or second["published"] is None or first["published"] <= second["published"]:
        return None
    found = comparison["summary"]
    if found["q1"] is None or found["q1"] == found["q3"]:
        names = [name for name, _ in asked.marks.levels]
        ahead = names.index(first["level"]) > names.index(second["level"])
    else:
        ahead = first["position"] == "upper"
    return printed(first["published"] - second["published"]) if ahead else None


def learning(asked: Recount, own: str) -> dict[str, Any]:
    gaps = gaps_of(asked)
    found = [p for other in gaps if other != own and (p := _pair(asked, gaps, own, other))]
    return {
        "organisation": own,
        "named": True,
        "lessons": [_lesson(asked, own, key) for key in gaps[own]],
        "pairs": sorted(found, key=_most_first),
    }


def _lesson(asked: Recount, own: str, key: Key) -> dict[str, Any]:
    scores = asked.now.published(key)
    others = [code for code in asked.places if code in scores and code != own]
    ahead = {code: more for code in others if (more := strong(asked, key, code, own)) is not None}
    theme = [q.id for q in asked.marks.questions.values() if (q.dimension, q.theme) == key[1]]
    teachers = []
    for code, more in ahead.items():
        told = [a for q in theme if (a := asked.now.sheets[code].answer(q)).told is not None]
        teachers.append(
            {
                "organisation": code, "published": scores[code], "difference": more,
                "distance": apart(asked.places[own], asked.places[code]), "answers": len(told),
                "evidenced": sum(bool(a.evidence) for a in told),
            }
        )  # fmt: skip
    teachers.sort(key=lambda t: (t["distance"], -t["published"], t["organisation"]))
    region = [code for code in others if asked.places[code].region == asked.places[own].region]
    rest = [code for code in others if code not in region]
    return {
        "measure": key[0], "group": list(key[1]), "own": scores[own], "strong": len(ahead), "teachers": teachers[:3],
        "region": _near(region, ahead) if _near(rest, ahead) else None, "everywhere": _near(others, ahead),
    }  # fmt: skip


def strong_near(asked: Recount, own: str) -> dict[tuple[str, ...], dict[str, Any]]:
    """For every theme, where all others stay unnamed: whether the council is below the printed median, the level after the one in
    which that lies, and how many of its region and of all are there or higher, where so many may be told at most."""
    found = {}
    region_of = {code: place.region for code, place in asked.places.items()}
    names = [name for name, _ in asked.marks.levels]
    for theme in asked.marks.themes:
        scores = asked.now.published(("theme", theme))
        middle = median(list(scores.values()))
        if own not in scores or middle is None:
            continue
        shown = printed(middle, 1)
        at = names.index(asked.marks.level(shown)) + 1
        ahead = {c for c, score in scores.items() if names.index(asked.marks.level(score)) >= at}
        sizes = Counter(region_of[code] for code in scores)
        strong_of = Counter(region_of[code] for code in ahead)
        counted = {region for region, of in sizes.items() if 5 <= of <= len(scores) - 5}
        while counted:
            blocks = [(sizes[r], strong_of[r]) for r in counted]
            blocks.append((len(scores) - sum(of for of, _ in blocks), len(ahead) - sum(k for _, k in blocks)))
            if all(3 <= k <= of - 3 or of == 0 for of, k in blocks):
                break
            least = min(sizes[r] for r in counted)
            counted = {r for r in counted if sizes[r] > least}
        mine = region_of[own]
        found[theme] = {
            "below": scores[own] < shown,
            "level": names[at] if at < len(names) else None,
            "region": {"of": sizes[mine], "strong": strong_of[mine]} if mine in counted else None,
            "everywhere": {"of": len(scores), "strong": len(ahead)}
            if 5 <= len(ahead) <= len(scores) - 5
            else None,
        }
    return found


def _near(group: Sequence[str], ahead: Mapping[str, float]) -> dict[str, int] | None:
    n = len(set(group) & set(ahead))
    return {"of": len(group), "strong": n} if len(group) >= 5 and n not in (0, len(group)) else None


def pairs(asked: Recount) -> list[dict[str, Any]]:
    gaps = gaps_of(asked)
    learners = [code for code in asked.places if gaps[code]]
    found = [pair for one, other in combinations(learners, 2) if (pair := _pair(asked, gaps, one, other))]
    return sorted(found, key=_most_first)


def _pair(asked: Recount, gaps: Mapping[str, list[Key]], one: str, other: str) -> dict[str, Any] | None:
    gives = [[key[0], list(key[1])] for key in gaps[other] if strong(asked, key, one, other) is not None]
    takes = [[key[0], list(key[1])] for key in gaps[one] if strong(asked, key, other, one) is not None]
    if not gives or not takes:
        return None
    distance = apart(asked.places[one], asked.places[other])
    return {"one": one, "other": other, "gives": gives, "takes": takes, "distance": distance}


def _most_first(pair: Mapping[str, Any]) -> tuple[Any, ...]:
    sides = len(pair["gives"]), len(pair["takes"])
    return -min(sides), -sum(sides), pair["distance"], pair["one"], pair["other"]


# Done together.

JOIN = {
    "leadership.collaboration.wanted": None,
    "data.insight.appetite": None,
    "staff.capacity.shared-team": {"would-use", "would-contribute"},
}
"""What asks for an appetite: each option is a thing of its own, or these options together say yes."""


def wanted(asked: Recount) -> list[dict[str, Any]]:
    found = []
    for name, yes in JOIN.items():
        question = asked.marks.questions.get(name)
        if question is None:
            continue
        given = {c: v for c, s in asked.now.sheets.items() if (v := s.answer(name).told) is not None}
        things: list[tuple[str | None, set[str]]] = [(None, yes)] if yes else []
        if not yes:
            things = [(o, {o}) for o in question.options if o not in question.exclusive]
        for option, means in things:
            who = [code for code, value in given.items() if chosen(value) & means]
            if who and len(given) >= 5:
                counts = {
                    "question": name,
                    "option": option,
                    "count": len(who),
                    "answered": len(given),
                    "who": who,
                }
                found.append(counts | _buyers(asked, who, given))
    return sorted(found, key=lambda one: -one["count"])


def shared_steps(asked: Recount) -> list[dict[str, Any]]:
    next_from = {(one["theme"], one["from"]) for one in asked.marks.raw["recommendations"]}
    found = []
    for comparison in asked.comparisons:
        if comparison["measure"] != "theme":
            continue
        at = {s["organisation"]: s["level"] for s in comparison["standings"] if s["level"]}
        for level, _ in asked.marks.levels:
            who = [code for code, own in at.items() if own == level]
            if len(at) >= 5 and len(who) >= 2 and (".".join(comparison["group"]), level) in next_from:
                step = {
                    "group": comparison["group"],
                    "level": level,
                    "count": len(who),
                    "scored": len(at),
                    "who": who,
                }
                found.append(step | _buyers(asked, who, at))
    return sorted(found, key=lambda one: -one["count"])


def _buyers(asked: Recount, who: Sequence[str], given: Mapping[str, Any]) -> dict[str, Any]:
    """Those of a region, and those of much the same size: the largest has at most 1.5 times the smallest's residents."""
    regions: dict[str, list[Place]] = {}
    for code, place in asked.places.items():
        if code in given:
            regions.setdefault(place.region, []).extend([place] if code in who else [])
    sizes: list[list[Place]] = []
    for place in sorted((asked.places[code] for code in who), key=lambda p: (p.population, p.code)):
        if sizes and place.population <= 1.5 * sizes[-1][0].population:
            sizes[-1].append(place)
        else:
            sizes.append([place])
    made = {}
    for by, groups in (("region", list(regions.values())), ("size", sizes)):
        rows = [
            {
                "by": by, "n": len(group), "who": [p.code for p in group],
                "smallest": min(p.population for p in group), "largest": max(p.population for p in group),
            }
            for group in groups
            if len(group) >= 2
        ]  # fmt: skip
        made[f"by_{by}"] = sorted(rows, key=lambda row: -row["n"])
    return made
