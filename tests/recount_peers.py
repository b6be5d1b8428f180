"""The recount's peer groups: by region, population, rurality and nearness, everybody, and registers from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from recount import Period, files, levels, position, printed
from recount_scores import Key, Marks, Place, Sheet, register, settled, sheet, summary

if TYPE_CHECKING:
    from recount import Recount

POPULATION_BANDS = (100_000, 150_000)


def peer_groups(asked: Recount) -> dict[str, Any]:
    found = []
    for one in asked.peers or ([""] if asked.council else []):
        for members, neighbours in _chosen(asked, one):
            group = {
                "asked": one,
                "members": members,
                "missing": [code for code in members if code not in asked.now.cards],
                "own": asked.council in members,
                "figures": [
                    _figures(
                        asked,
                        key,
                        {c: s for c, s in asked.now.published(key).items() if c in members},
                        asked.now,
                    )
                    for key in asked.marks.keys
                ],
                "neighbours": neighbours,
            }
            found.append(group)
    return {
        "council": asked.council,
        "groups": [*found, *(_elsewhere(asked, path) for path in asked.registers)],
    }


def _chosen(asked: Recount, one: str) -> list[tuple[list[str], list[dict[str, Any]]]]:
    places = asked.places
    if one in ("", "all"):
        return [(list(places), [])]
    if one.startswith("nearest:"):
        near = _nearest(places, asked.council or "", int(one.removeprefix("nearest:")))
        return [([n["organisation"] for n in near], near)]
    if "=" in one:
        names = [name.strip().casefold() for name in one.partition("=")[2].split(",")]
        return [([p.code for p in places.values() if p.spellings & set(names)], [])]
    groups: dict[Any, list[str]] = {}
    if one == "population":
        groups = {n: [] for n in range(len(POPULATION_BANDS) + 1)}
    for code, place in places.items():
        at = np.searchsorted(POPULATION_BANDS, place.population, side="right")
        groups.setdefault(int(at) if one == "population" else place.words[one], []).append(code)
    return [(members, []) for members in groups.values() if members]


def _nearest(places: Mapping[str, Place], own: str, k: int) -> list[dict[str, Any]]:
    """By population (its logarithm in standard deviations) and rurality, ties kept."""
    deviation = float(np.std([log(p.population) for p in places.values()]))
    found = []
    for code, place in places.items():
        if code == own:
            continue
        size = settled(abs(log(place.population) - log(places[own].population)) / deviation)
        kind = float(place.words["rurality"] != places[own].words["rurality"])
        parts = [["population", size], ["rurality", kind]]
        found.append({"organisation": code, "distance": settled(np.hypot(size, kind)), "parts": parts})
    found.sort(key=lambda one: one["distance"])
    return [one for one in found if one["distance"] <= found[k - 1]["distance"]]


def _figures(asked: Recount, key: Key, members: Mapping[str, float], of: Period) -> dict[str, Any]:
    own = asked.now.published(key).get(asked.council or "")
    others = [score for code, score in members.items() if code != asked.council]
    among, against = summary(list(members.values())), summary(others)
    at = [of.cards[code].scores[key]["level"] for code in members]
    n = len(others)
    return {
        "measure": key[0],
        "group": list(key[1]),
        "summary": among,
        "others": against,
        "levels": levels(asked.marks, at) if among["n"] >= 5 else None,
        "withheld": "everything" if n < 5 else "quartiles" if n < 8 else None,
        "own": None
        if own is None
        else _placing(own, others, against, among if asked.council in members else None),
        "basis": "same",
    }


def _placing(
    own: float, others: Sequence[float], against: Mapping[str, Any], among: Mapping[str, Any] | None
) -> dict[str, Any]:
    array, enough = np.array(others), len(others) >= 5
    lower, higher = int((array < own).sum()), int((array > own).sum())
    return {
        "published": own,
        "lower": lower if enough else None,
        "same": len(others) - lower - higher if enough else None,
        "higher": higher if enough else None,
        "rank": higher + 1 if enough else None,
        "position": position(own, among) if among else None,
        "position_without": position(own, against),
        "difference": printed(own - against["median"]) if enough else None,
    }


def _elsewhere(asked: Recount, path: Path) -> dict[str, Any]:
    """Answers to our questionnaire from another register, by our rubric: every measure is the same."""
    places = register(path)
    sheets: dict[str, Sheet] = {}
    for file in files(asked.paths):
        one = sheet(file, places)
        if one and one.period == asked.now.name:
            assert one.version == asked.marks.version
            sheets[one.code] = one
    period = Period(asked.now.name, Marks(asked.marks.version, asked.marks.rubric), sheets)
    return {
        "asked": "",
        "members": list(places),
        "missing": [code for code in places if code not in sheets],
        "own": False,
        "figures": [_figures(asked, key, period.published(key), period) for key in asked.marks.keys],
        "neighbours": [],
        "left_out": [],
    }
