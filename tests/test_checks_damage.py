"""Damages the bundled files at random: nothing crashes, and the damage is found where it was done, or does no harm.

Each run damages in 140 ways that a seed decides; with MATURITY_ATTACK=1 in 3,000. A finding counts only where it stands
in the damaged block, or quotes an id or a key that the damage took away or brought in. Where there is no finding, what
the file means must be the same, or differ in a way that is as right as before.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from maturity.checks.validate import validate
from maturity.models.problem import Problem
from maturity.sources.load import load
from maturity.sources.registers import wales

SOCITM = Path(__file__).parent.parent / "questionnaires" / "socitm"
ANSWERS = Path(__file__).parent.parent / "examples" / "wales-2026" / "cardiff.yaml"
RULES = (SOCITM / "questionnaire-1.0.0.yaml", SOCITM / "rubric-1.0.0.yaml")
FILES = (*RULES, ANSWERS)
ROUNDS = 3000 if os.environ.get("MATURITY_ATTACK") else 140

ENTRY = re.compile(r"^(\s*(?:- )?)([\w.-]+): ([^\s>|{\[].*)$")
ID = re.compile(r"^(\s*(?:- )?id: )(\S+)$")
OTHERS = ("7", "1.10", "010", "true", "[1, 2]", "{a: b}", "", "~", '"7"', "-1", "2026-03-31", "no", "Nid id!")


@dataclass(frozen=True)
class Damage:
    """A damaged file: its lines, which of them were touched, and the ids, keys and values that were lost or came in."""

    what: str
    lines: list[str]
    touched: tuple[int, ...]
    names: frozenset[str] = frozenset()


def damage(lines: list[str], rng: random.Random) -> Damage:
    """One of seven kinds of damage at a random place (lines count from 0)."""
    lines = list(lines)
    written = [i for i, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")]
    entries = [i for i in written if ENTRY.match(lines[i])]
    ids = [i for i in written if ID.match(lines[i])]
    what = rng.choice(("drop", "type", "twice", "cut", "swap", "indent", "key"))
    if what == "twice" and len(ids) < 2:
        return _key_twice(lines, entries, rng)
    i = rng.choice({"twice": ids[1:], "type": entries, "swap": entries}.get(what, written[2:]))
    if what == "drop":
        gone = lines.pop(i)
        return Damage(what, lines, (i - 1, i), _names(gone))
    if what == "type":
        head, key, value = _parts(lines[i])
        other = rng.choice(OTHERS)
        lines[i] = f"{head}{key}: {other}"
        return Damage(what, lines, (i,), frozenset({value, other}) | _names(value))
    if what == "twice":
        j = rng.choice([k for k in ids if k < i])
        lost, wanted = _found(ID, lines[i]), _found(ID, lines[j])[2]
        lines[i] = lost[1] + wanted
        return Damage(what, lines, (i, j), frozenset({lost[2], wanted}))
    if what == "cut":
        end = rng.randrange(len(lines[i]) + 1)
        left, gone = [*lines[:i], lines[i][:end]], [lines[i][end:], *lines[i + 1 :]]
        # What is used before the cut and stood only after it; a name that still stands explains nothing.
        return Damage(what, left, (i - 1, i), _defined(gone) - _defined(left))
    if what == "swap":
        j = rng.choice(entries)
        (head, key, value), (other_head, other_key, other) = _parts(lines[i]), _parts(lines[j])
        lines[i], lines[j] = f"{head}{key}: {other}", f"{other_head}{other_key}: {value}"
        return Damage(what, lines, (i, j), frozenset({value, other}) | _names(value, other))
    if what == "indent":
        spaces = len(lines[i]) - len(lines[i].lstrip())
        lines[i] = " " * max(0, spaces + rng.choice((-4, -2, -1, 1, 2, 4))) + lines[i].lstrip()
        return Damage(what, lines, (i - 1, i, i + 1), _names(lines[i]))
    before, k = lines[i], rng.randrange(len(lines[i]))
    lines[i] = before[:k] + rng.choice("x:'\"{}[],&*!#%\t\0\u2028é") + before[k + 1 :]
    return Damage("character", lines, (i - 1, i, i + 1), _names(before, lines[i]))


def _key_twice(lines: list[str], entries: list[int], rng: random.Random) -> Damage:
    """An entry takes the key of one before it: where ids are keys, an id twice."""
    i = rng.choice(entries[1:])
    head, key, value = _parts(lines[i])
    beside = [k for k in entries if k < i and _parts(lines[k])[0] == head]
    j = rng.choice(beside or entries[:1])
    wanted = _parts(lines[j])[1]
    lines[i] = f"{head}{wanted}: {value}"
    return Damage("twice", lines, (i, j), frozenset({key, wanted}))


@pytest.mark.parametrize("whole", FILES, ids=lambda path: path.name)
@pytest.mark.parametrize("seed", range(ROUNDS // len(FILES)))
def test_damage_is_found_where_it_was_done(seed: int, whole: Path, tmp_path: Path) -> None:
    rng = random.Random(f"{whole.name} {seed}")
    done = damage(whole.read_text(encoding="utf-8").splitlines(), rng)
    path = tmp_path / whole.name
    # A file that is cut has no line break at its end.
    path.write_text("\n".join(done.lines) + ("" if done.what == "cut" else "\n"), encoding="utf-8")
    others = [other for other in RULES if other != whole] if whole != ANSWERS else []
    problems = validate([path, *others], wales()).problems
    if problems:
        assert any(_reports(problem, path, done) for problem in problems), _tell(done, problems)
    else:
        differing = list(_differences(_plain(whole), _plain(path)))
        assert _harmless(differing, done), _tell(done, differing)


def _reports(problem: Problem, path: Path, done: Damage) -> bool:
    """Whether it stands in the damaged block, or quotes an id, a key or a value that was lost or came in."""
    words = f"{problem.message()} {problem.remedy().split('Choose')[0]}"
    quoted = re.findall(r"'([^']+)'", words)
    # A theme is named with its dimension: 'leadership.strategy'.
    if done.names & {name for one in quoted for name in (one, one.rpartition(".")[2])}:
        return True
    if problem.place.file != str(path) or problem.place.line is None:
        return False
    line = problem.place.line - 1
    if problem.kind.code == "F037" and any(_one_text(done.lines, touched, line) for touched in done.touched):
        return True
    return any(line in _around(done.lines, touched) for touched in done.touched)


def _one_text(lines: list[str], first: int, last: int) -> bool:
    """Whether a quotation mark that stands on the first line closes only on the last: the lines are one text."""
    return any(
        mark in lines[first]
        and mark in lines[last]
        and not any(mark in line for line in lines[first + 1 : last])
        for mark in "'\""
        if 0 <= first < last
    )


def _around(lines: list[str], touched: int) -> set[int]:
    """The damaged block: the entry that a line is in with what stands beside it, and the heads of all that it is in.

    What is missing in a mapping is reported at its first key: the line after its head, and at the top the first line.
    """
    touched = max(0, min(touched, len(lines) - 1))
    while touched and not lines[touched].strip():
        touched -= 1
    heads: list[int] = []
    depth = _depth(lines[touched])
    for i in range(touched, -1, -1):
        if lines[i].strip() and _depth(lines[i]) < depth:
            heads.append(i)
            depth = _depth(lines[i])
    start = heads[min(1, len(heads) - 1)] if heads else 0
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or _depth(lines[end]) > _depth(lines[start])):
        end += 1
    first = next((i for i, line in enumerate(lines) if line.strip() and not line.startswith("#")), 0)
    nearby = range(touched - 2, touched + 3)
    top = {first} if depth == 0 and not lines[touched].startswith(" ") else set()
    return {*range(start, end + 1), *heads, *(h + 1 for h in heads), *top, *nearby}


def _harmless(differing: list[tuple[tuple[Any, ...], Any, Any]], done: Damage) -> bool:
    """Nothing differs; or only words, numbers and what may be left out; or what differs is the same in other order."""
    if all(_valid_change(path, old, new) or _fewer_options(path, old, new) for path, old, new in differing):
        return True
    old, new = (Counter(str(d[side]) for d in differing) for side in (1, 2))
    if done.what == "cut":
        # Cut between two entries, or within a text, a file is a sound and shorter one.
        return all(_left_over(one, other) for _, one, other in differing)
    return done.what == "swap" and old == new


def _fewer_options(path: tuple[Any, ...], old: Any, new: Any) -> bool:
    """An option of a question that is not scored is gone: a sound and poorer question."""
    if path[-1] != "options" or not isinstance(old, tuple | list) or not isinstance(new, tuple | list):
        return False
    return len(new) < len(old) and all(option in old for option in new)


def _left_over(whole: Any, part: Any) -> bool:
    """Whether `part` is what a cut leaves of `whole`: its beginning, in every list, mapping and text."""
    if isinstance(whole, dict) and isinstance(part, dict):
        return all(_left_over(whole.get(key), value) for key, value in part.items())
    if isinstance(whole, list | tuple) and isinstance(part, list | tuple):
        return len(part) <= len(whole) and all(map(_left_over, whole, part))
    if isinstance(whole, str) and isinstance(part, str):
        return whole.startswith(part)
    return part is None or part == whole or isinstance(part, float)


def _valid_change(path: tuple[Any, ...], old: Any, new: Any) -> bool:
    words = isinstance(old, str) and isinstance(new, str) and path[-1] in ("en", "cy", "effort", "reduce")
    numbers = all(isinstance(side, int | float) for side in (old, new))
    left_out = path[-1] in LEFT_OUT and (old is None or new is None or not (old and new))
    versions = path[-1] in ("version", "versions") or path == ("id",)
    # An option of a question that is not scored, a finding or a limit: nothing refers to it.
    if path[0] in ASSESSMENT_KEYS:
        return _as_right(path, new)
    renamed = path[-1] == "id" and (path[0] in ("findings", "limits") or path[-3:-2] == ("options",))
    return words or numbers or left_out or versions or renamed or path[-2:-1] in (("by",), ("where",))


ASSESSMENT_KEYS = (
    "answers",
    "organisation",
    "period",
    "respondent",
    "status",
    "made_up",
    "started",
    "updated",
)
QUESTIONS = load(RULES[0]).model.questions  # type: ignore[union-attr]


def _as_right(path: tuple[Any, ...], new: Any) -> bool:
    """Whether what now stands in an assessment could have been written by the council: so nothing can be found."""
    if path[0] == "organisation":
        return wales().find(new) is not None
    if path[0] != "answers":
        return True  # The form of these is checked, and any value of that form is somebody's.
    if len(path) == 1:
        return all(_as_right((*path, key), value) for key, value in new.items())
    question = QUESTIONS.get(path[1])
    if question is None:
        return False
    if len(path) == 2:
        return new is None or _as_right((*path, "value"), new["value"])
    if path[2] != "value" or new is None:
        return True
    if question.choices:
        chosen = new if isinstance(new, list | tuple) else [new]
        return set(chosen) <= {option.id for option in question.choices}
    return isinstance(new, int | float) or new == "dont_know" or question.type == "text"


LEFT_OUT = (
    "help",
    "evidence",
    "description",
    "why",
    "notes",
    "bands",
    "by",
    "min_coverage",
    "at_most",
    "weights",
)
LEFT_OUT += (
    "min",
    "max",
    "findings",
    "recommendations",
    "limits",
    "for_dimension",
    "at_least",
    "below",
    "where",
)


def _differences(
    old: Any, new: Any, path: tuple[Any, ...] = ()
) -> Iterator[tuple[tuple[Any, ...], Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old | new:
            yield from _differences(old.get(key), new.get(key), (*path, key))
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple) and len(old) == len(new):
        for i, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differences(one, other, (*path, i))
    elif old != new:
        yield path, old, new


def _plain(path: Path) -> Any:
    model = load(path).model
    assert model is not None
    return model.model_dump()


def _names(*texts: str) -> frozenset[str]:
    """The ids and keys in these texts, whole and in their parts, and no words of sentences."""
    found: set[str] = set()
    for text in texts:
        for key, value in re.findall(r"(?:^|[{,]|- )\s*([\w.-]+):(?:\s+([\w.-]+)\s*(?:$|[,}\]]))?", text):
            found |= {name for name in (key, value) if name}
        for listed in re.findall(r"\[([^\]]*)\]", text):
            found |= {name.strip() for name in listed.split(",")}
    return frozenset(found - {"en", "cy"})


def _defined(lines: list[str]) -> frozenset[str]:
    """The ids and keys that stand in these lines by themselves, and those in braces."""
    return frozenset(
        name
        for line in lines
        for one in re.finditer(r"(?:^\s*|[{,]\s*|- )(?:id: ([\w.-]+)|([\w.-]+):)", line)
        for name in one.groups()
        if name
    )


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _parts(line: str) -> tuple[str, ...]:
    return _found(ENTRY, line).groups()


def _found(pattern: re.Pattern[str], line: str) -> re.Match[str]:
    match = pattern.match(line)
    assert match
    return match


def _tell(done: Damage, found: list[Any]) -> str:
    shown = "\n".join(
        f"{i + 1}: {done.lines[i]}" for i in sorted(set(done.touched)) if 0 <= i < len(done.lines)
    )
    told = [f"{p.place} {p.kind.code} {p.message()}" if isinstance(p, Problem) else str(p) for p in found[:5]]
    return f"{done.what} at\n{shown}\n\n" + "\n".join(told)
