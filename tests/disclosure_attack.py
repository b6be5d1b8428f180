"""What a curious reader can do with reports in which others are unnamed: searches that return what they found out.

The attacker is two councils that put their heads together. They have both their reports, know what they themselves
answered, have what was published, know every rule of the program, and can even be asked which of two submissions
belongs to whom.
"""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise, product
from typing import Any

from maturity.benchmark import suppression
from maturity.benchmark.statistics import LEAST_FOR_MEDIAN
from maturity.models.benchmark import Benchmark
from maturity.models.questionnaire import Questionnaire
from maturity.reports.figures_json import benchmark_json

LEAST = 5


@dataclass(frozen=True)
class Known:
    """What the two readers hold: their reports, what was published, and the questionnaire, which everybody has."""

    reports: Mapping[str, dict[str, Any]]
    public: dict[str, Any]
    questionnaire: Questionnaire
    answers: Mapping[str, Mapping[str, Any]]
    bands: Mapping[str, Sequence[tuple[str, float]]]
    worth: Mapping[str, Mapping[str, float]]

    @property
    def documents(self) -> list[dict[str, Any]]:
        return [*self.reports.values(), self.public]


def as_json(benchmark: Benchmark) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(benchmark_json(benchmark))
    return found


def found_out(known: Known) -> Iterator[str]:
    """Everything that the searches over figures find."""
    for document in known.documents:
        yield from small_counts(document)
        yield from too_exact(document)
        yield from ranks(document)
        yield from narrowed(document)
    yield from recovered(known)
    yield from cut_twice(known)
    yield from all_or_none(known)
    yield from strong_twice(known)
    yield from everybody_on_one_side(known)


# Counts


def small_counts(document: Mapping[str, Any]) -> Iterator[str]:
    """Counts of fewer than five, or of all but fewer than five, of a whole that stands beside them."""
    for name, counts, of in counts_in(document):
        for count in counts:
            if count is not None and not LEAST <= count <= of - LEAST:
                yield f"{name}: {count} of {of} is shown"


def counts_in(document: Mapping[str, Any]) -> Iterator[tuple[str, list[int | None], int]]:
    for c in document["comparisons"]:
        key = ".".join((c["measure"], *c["group"]))
        yield f"levels of {key}", [n for _, n in c["levels"]], c["summary"]["n"]
        if c["change"]:
            change = c["change"]
            yield f"change of {key}", [change[w] for w in ("up", "no_clear_change", "down")], change["n"]
    for a in document["answers"]:
        yield f"answers to {a['question']}", [n for _, n in a["options"]], a["answered"]
        missing = [a[kind] for kind in ("dont_know", "not_applicable", "not_asked", "unanswered")]
        yield f"none to {a['question']}", missing, document["disclosure"]["submitted"] - a["answered"]
    for f in document["findings"]:
        yield f"finding {f['id']}", [f["count"]], f["answered"]


@cache
def vectors(n: int, cells: int) -> tuple[tuple[int, ...], ...]:
    """Every way in which `n` can fall into so many cells."""
    if cells == 1:
        return ((n,),)
    return tuple((first, *rest) for first in range(n + 1) for rest in vectors(n - first, cells - 1))


@cache
def told_as(n: int, cells: int) -> Mapping[tuple[int | None, ...], tuple[tuple[int, ...], ...]]:
    """What is shown → what may lie behind it: the rule, turned round."""
    found: dict[tuple[int | None, ...], list[tuple[int, ...]]] = {}
    for vector in vectors(n, cells):
        found.setdefault(tuple(suppression.partition(vector)), []).append(vector)
    return {shown: tuple(behind) for shown, behind in found.items()}


def recovered(known: Known) -> Iterator[str]:
    """Suppressed counts that only one number fits, once all documents and the readers' own places are put together."""
    documents = [(name, {t: (c, of) for t, c, of in counts_in(d)}) for name, d in known.reports.items()]
    documents.append(("", {t: (c, of) for t, c, of in counts_in(known.public)}))
    strong = {f"levels of {'.'.join((c['measure'], *c['group']))}": told for c, told in strong_told(known)}
    for table, (counts, of) in documents[-1][1].items():
        if not table.startswith(("levels", "answers", "change")) or len(counts) < 2 or of > 24:
            continue
        if table.startswith("answers") and not adds_up(known, table.removeprefix("answers to ")):
            continue
        own = {code: cell_of(known, code, table) for code in known.reports}
        behind = list(fits(counts, of, {}, own))
        for name, tables in documents[:-1]:
            theirs, n = tables[table]
            if (theirs, n) != (counts, of):
                # This one's figures leave it out: what they are of is the whole without its own cell.
                behind = [v for v in behind if own[name] is not None and leaves(v, own[name], theirs)]
        behind = [v for v in behind if agrees(known, table, v) and lie_so(known, table, v)]
        behind = [v for v in behind if strong_so(strong.get(table), v)]
        for cell, shown in enumerate(counts):
            possible = {vector[cell] for vector in behind}
            if shown is None and len(possible) == 1 and not LEAST <= (n := possible.pop()) <= of - LEAST:
                yield f"{table}: suppressed cell {cell} is {n} of {of}"


def fits(
    counts: Sequence[int | None], of: int, _: Mapping[str, int], own: Mapping[str, int | None]
) -> Iterator[tuple[int, ...]]:
    """What may lie behind the counts: shown so by the rule, with the readers' own in it."""
    places = [cell for cell in own.values() if cell is not None]
    # All may be suppressed for more reasons than this rule.
    rule = told_as(of, len(counts)).get(tuple(counts)) if any(n is not None for n in counts) else None
    for vector in rule if rule is not None else vectors(of, len(counts)):
        same = all(n is None or n == m for n, m in zip(counts, vector, strict=True))
        if same and all(vector[cell] >= places.count(cell) for cell in places):
            yield vector


def leaves(vector: Sequence[int], cell: int | None, theirs: Sequence[int | None]) -> bool:
    """Whether these counts show what is left of the whole without one in that cell."""
    assert cell is not None
    left = [n - (place == cell) for place, n in enumerate(vector)]
    return min(left) >= 0 and suppression.partition(left) == list(theirs)


def adds_up(known: Known, question: str) -> bool:
    return known.questionnaire.questions[question].type in ("level", "yes_no")


def cell_of(known: Known, code: str, table: str) -> int | None:
    """In which cell a reader is itself."""
    document = known.reports[code]
    kind, _, name = table.partition(" of " if "answers" not in table else " to ")
    if kind == "answers":
        options = [o.id for o in known.questionnaire.questions[name].choices]
        value = known.answers[code].get(name)
        return options.index(value) if value in options else None
    c = next(c for c in document["comparisons"] if ".".join((c["measure"], *c["group"])) == name)
    if kind == "levels":
        own = [s for s in c["standings"] if s["organisation"] == code]
        levels = [level for level, _ in c["levels"]]
        return levels.index(own[0]["level"]) if own and own[0]["level"] in levels else None
    own = [d for d in c["change"]["differences"] if d["organisation"] == code]
    if not own:
        return None
    return 1 if not own[0]["clear"] else 0 if own[0]["difference"] > 0 else 2


def agrees(known: Known, table: str, vector: Sequence[int]) -> bool:
    """Whether counts of options agree with the findings and the measures that are made of nothing else."""
    if not table.startswith("answers to "):
        return True
    question = table.removeprefix("answers to ")
    options = [o.id for o in known.questionnaire.questions[question].choices]
    chosen = dict(zip(options, vector, strict=True))
    for finding in known.public["findings"]:
        told = finding["question"] == question and finding["count"] is not None
        if told and sum(chosen[o] for o in finding["options"]) != finding["count"]:
            return False
    theme = known.questionnaire.tags[question]
    alone = [q for q, tags in known.questionnaire.tags.items() if tags == theme]
    if alone != [question]:
        return True
    c = next((c for c in known.public["comparisons"] if c["group"] == [theme.dimension, theme.theme]), None)
    if c is None or c["summary"]["n"] != sum(vector):
        return True
    values = [known.worth[question][o] for o, n in chosen.items() for _ in range(n)]
    return all(
        c["summary"][name] in (None, suppression.coarse(quantile(values, p), known.public["places"]))
        for name, p in (("q1", 0.25), ("median", 0.5), ("q3", 0.75))
    )


def lie_so(known: Known, table: str, vector: Sequence[int]) -> bool:
    """Whether so many at each level can have the median and quartiles that are printed beside them."""
    if not table.startswith("levels of "):
        return True
    key = table.removeprefix("levels of ")
    c = next(c for c in known.public["comparisons"] if ".".join((c["measure"], *c["group"])) == key)
    cuts = [start for _, start in known.bands[c["measure"]]]
    ends = [*cuts[1:], 4.0]
    lows = [cut for cut, n in zip(cuts, vector, strict=True) for _ in range(n)]
    highs = [end for end, n in zip(ends, vector, strict=True) for _ in range(n)]
    half = 0.5 * 10 ** -(known.public["places"] - 1) + 1e-9
    return all(
        value is None or quantile(lows, p) - half <= value <= quantile(highs, p) + half
        for value, p in (
            (c["summary"]["q1"], 0.25),
            (c["summary"]["median"], 0.5),
            (c["summary"]["q3"], 0.75),
        )
    )


# Who is strong


@dataclass(frozen=True)
class Counted:
    """What is told of one theme to all readers together: from which level on one is strong, and how many are, by region;
    `own` are the readers' regions and whether they themselves are."""

    at: int
    regions: Mapping[str, tuple[int, int]]
    everywhere: int | None
    own: Sequence[tuple[str, bool]]


def strong_told(known: Known) -> Iterator[tuple[Mapping[str, Any], Counted]]:
    """Each comparison of which some reader is told how many are strong."""
    for c in known.public["comparisons"]:
        names = [level for level, _ in c["levels"]]
        at, everywhere, regions, own = None, None, {}, []
        for document in known.reports.values():
            region = document["members"][0]["organisation"]["region"]["en"]
            mine = next(
                x for x in document["comparisons"] if (x["measure"], x["group"]) == (c["measure"], c["group"])
            )
            lessons = [
                x
                for x in (document["learning"] or {"lessons": ()})["lessons"]
                if (x["measure"], x["group"]) == (c["measure"], c["group"])
            ]
            level = mine["standings"][0]["level"]
            for lesson in lessons:
                at = names.index(lesson["level"]) if lesson["level"] else at
                if lesson["region"]:
                    regions[region] = lesson["region"]["of"], lesson["region"]["strong"]
                if lesson["everywhere"]:
                    everywhere = lesson["everywhere"]["strong"]
            if level is not None:
                own.append((region, level))
        if at is not None and (regions or everywhere is not None):
            yield c, Counted(at, regions, everywhere, [(r, names.index(level) >= at) for r, level in own])


def all_or_none(known: Known) -> Iterator[str]:
    """Regions, and what is left of all without them, in which all others or none of them are strong: then each of them, by
    name, is or is not."""
    for c, told in strong_told(known):
        groups = {
            f"region {name}": (of, strong, [s for r, s in told.own if r == name])
            for name, (of, strong) in told.regions.items()
        }
        rest = c["summary"]["n"] - sum(of for of, _ in told.regions.values())
        if told.everywhere is not None and rest:
            strong = told.everywhere - sum(strong for _, strong in told.regions.values())
            groups["the rest"] = rest, strong, [s for r, s in told.own if r not in told.regions]
        for name, (of, strong, own) in groups.items():
            if of > len(own) and strong - sum(own) in (0, of - len(own)):
                yield f"{c['measure']} {c['group']}: {strong} of {of} are strong in {name}, {sum(own)} of them readers"


def strong_twice(known: Known) -> Iterator[str]:
    """One theme's councils counted as strong from two scores on: how few lie between the two."""
    found: dict[tuple[str, ...], list[tuple[float, Counted]]] = {}
    for c, told in strong_told(known):
        found.setdefault(tuple(c["group"]), []).append((c["starts"][told.at], told))
    for group, several in found.items():
        for (start, one), (other_start, other) in pairwise(several):
            pairs = [(one.everywhere, other.everywhere)]
            pairs += [
                (n[1], other.regions[name][1]) for name, n in one.regions.items() if name in other.regions
            ]
            for a, b in pairs:
                if start != other_start and a is not None and b is not None and abs(a - b) < LEAST:
                    yield f"{group}: {abs(a - b)} lie between {start} and {other_start}"


def strong_so(told: Counted | None, vector: Sequence[int]) -> bool:
    """Whether so many at each level can have the numbers of strong ones that are told: of all, and of regions, which are
    told only where as many as the rule wants are strong, and not, in the rest."""
    if told is None:
        return True
    strong, of = sum(vector[told.at :]), sum(of for of, _ in told.regions.values())
    if told.everywhere is not None and strong != told.everywhere:
        return False
    aside, least = 3 * (of < sum(vector)), sum(n for _, n in told.regions.values())
    return not told.regions or least + aside <= strong <= sum(vector) - (of - least) - aside


def quantile(values: Sequence[float], p: float) -> float:
    ordered = sorted(values)
    h = (len(ordered) - 1) * p
    low = int(h)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (h - low) * (ordered[high] - ordered[low])


def cut_twice(known: Known) -> Iterator[str]:
    """Two measures that give the same scores, with levels cut at other places: how many lie between two cuts that are
    near each other, where only one number fits."""
    tables: dict[tuple[str, ...], list[tuple[list[int | None], list[float]]]] = {}
    for c in known.public["comparisons"]:
        counts, cuts = [n for _, n in c["levels"]], [start for _, start in known.bands[c["measure"]]]
        if any(n is not None for n in counts) and sum(n is None for n in counts) < 4:
            tables.setdefault((str(c["summary"]["n"]), *c["group"]), []).append((counts, cuts))
    for (n, *group), same in tables.items():
        if len(same) == 2 and same[0][1] != same[1][1]:
            yield from between_cuts(group, int(n), *same)


def between_cuts(
    group: Sequence[str],
    n: int,
    first: tuple[list[int | None], list[float]],
    second: tuple[list[int | None], list[float]],
) -> Iterator[str]:
    """Numbers from 1 to 4 that alone fit between two cuts, over all pairs that may lie behind the two tables."""
    behind = [told_as(n, len(counts)).get(tuple(counts), ()) for counts, _ in (first, second)]
    if len(behind[0]) * len(behind[1]) > 40_000:
        return
    cuts = sorted({*first[1], *second[1]})
    possible: list[set[int]] = [set() for _ in cuts]
    for one, other in product(*behind):
        below = dict(zip(first[1], accumulate((0, *one)), strict=False))
        below |= dict(zip(second[1], accumulate((0, *other)), strict=False))
        steps = [m - k for k, m in pairwise([*(below[cut] for cut in cuts), n])]
        if min(steps) >= 0:
            for numbers, step in zip(possible, steps, strict=True):
                numbers.add(step)
    for cut, numbers in zip(cuts, possible, strict=True):
        if len(numbers) == 1 and 0 < (few := numbers.pop()) < LEAST:
            yield f"{group}: {few} lie from {cut} to the next cut"


# Statistics


def too_exact(document: Mapping[str, Any]) -> Iterator[str]:
    """Statistics printed as finely as scores are, or numbers as finely as they were given: some council's very own."""
    places = document["places"]
    for c in document["comparisons"]:
        found = [c["summary"][name] for name in ("median", "q1", "q3")]
        found.append(c["change"]["median_difference"] if c["change"] else None)
        for value in found:
            if (
                value is not None
                and abs(value * 10 ** (places - 1) - round(value * 10 ** (places - 1))) > 1e-6
            ):
                yield f"{c['measure']} {c['group']}: {value} is somebody's to the last digit"
    for m in (document["evidenced"] or {}).get("measures", ()):
        for name in ("median_claimed", "median_evidenced", "median_gap"):
            if m[name] is not None:
                yield f"{m['measure']} {m['group']}: {name} {m[name]} is somebody's to the last digit"
    for a in document["answers"]:
        for value in (a["numbers"] or {}).values():
            if isinstance(value, float) and value and step_of(value) < abs(value) / 20:
                yield f"{a['question']}: {value} is somebody's number"


def step_of(value: float) -> float:
    """The largest step of 1, 2 or 5 times a power of ten of which a value is a multiple."""
    for power in (1000, 100, 10, 1, 0.1, 0.01, 0.001):
        for step in (5 * power, 2 * power, power):
            if abs(value / step - round(value / step)) < 1e-9:
                return step
    return 0.0


def ranks(document: Mapping[str, Any]) -> Iterator[str]:
    """A rank, or how many lie lower or higher: with a second report, how many lie between two known scores."""
    for c in document["comparisons"]:
        for standing in c["standings"]:
            if standing["rank"] is not None:
                yield f"{c['measure']} {c['group']}: {standing['higher']} lie above {standing['published']}"
    for m in (document["firm"] or {}).get("measures", ()):
        for one in m["organisations"]:
            for cause in ("weights", "answers"):
                if one[cause]["rank_low"] is not None:
                    yield f"{m['measure']} {m['group']}: ranks from {one[cause]['rank_low']} under other {cause}"


def narrowed(document: Mapping[str, Any]) -> Iterator[str]:
    """A position that the printed quartiles do not give: then they are narrower than they are printed."""
    for c in document["comparisons"]:
        q1, q3 = c["summary"]["q1"], c["summary"]["q3"]
        for standing in c["standings"]:
            own, position = standing["published"], standing["position"]
            if own is None or q1 is None:
                continue
            printed = None if q1 == q3 else "upper" if own >= q3 else "lower" if own <= q1 else "middle"
            if position != printed:
                yield f"{c['measure']} {c['group']}: a quartile lies between {own} and what is printed"


def everybody_on_one_side(known: Known) -> Iterator[str]:
    """Where the readers fill one side of a median or quartile, everybody else, by name, is on the other."""
    for place, c in enumerate(known.public["comparisons"]):
        summary = c["summary"]
        own = [
            s["published"]
            for code, document in known.reports.items()
            for s in document["comparisons"][place]["standings"]
            if s["organisation"] == code and s["published"] is not None
        ]
        n = summary["n"]
        half = 0.5 * 10 ** -(known.public["places"] - 1)
        for name, p in (("q1", 0.25), ("median", 0.5), ("q3", 0.75)):
            value = summary[name]
            if value is None:
                continue
            h = (n - 1) * p
            below = int(h) + (h > int(h))
            above = n - 1 - int(h)
            if sum(score < value - half for score in own) >= below:
                yield f"{c['measure']} {c['group']}: all others are at or above the {name}, {value}"
            if sum(score > value + half for score in own) >= above:
                yield f"{c['measure']} {c['group']}: all others are at or below the {name}, {value}"
        if summary["median"] is not None and n - len(known.reports) < LEAST_FOR_MEDIAN:
            yield f"{c['measure']} {c['group']}: a median of {n - len(known.reports)} others"


# Files


def texts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Everything in a file that can be read, hidden or not: parts of an archive with their names, times and order; what
    a page embeds."""
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            yield (
                name,
                " ".join(f"{i.filename} {i.date_time} {i.comment!r} {i.extra!r}" for i in parts.infolist()),
            )
            for part in parts.infolist():
                yield f"{name}/{part.filename}", parts.read(part).decode("utf-8")
        return
    text = content.decode("utf-8")
    yield name, text
    for number, embedded in enumerate(re.findall(r"base64,([A-Za-z0-9+/=]+)", text)):
        yield f"{name}#{number}", base64.b64decode(embedded).decode("utf-8", "replace")


def named_in(
    files: Mapping[str, bytes], others: Mapping[str, Sequence[str]], harmless: Sequence[str]
) -> Iterator[str]:
    """Which others' names, codes, digests or sources stand anywhere in the files. `harmless` are words that hold such a
    name and belong to the reader, as its region's."""
    sought = {word: code for code, words in others.items() for word in words if len(word) > 3}
    pattern = re.compile(
        r"(?<!\w)(" + "|".join(re.escape(w) for w in sorted(sought, key=len, reverse=True)) + r")(?!\w)"
    )
    for name, content in files.items():
        for part, text in texts(name, content):
            for word in harmless:
                text = text.replace(word, "")
            for hit in pattern.findall(text):
                yield f"{part}: {hit} of {sought[hit]}"
