"""Files of every kind, as full of wrong or odd values as they may be, through every command that reads such files.

Each ends in findings or in an answer, and takes little memory; how far that holds is stated in docs/limits.md. Some of
all pairs of a shape and a command are tried, others with every change of the seed; all of them with MATURITY_ATTACK=1.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from test_hostile_yaml import BASE, HEAD, MB, MOST_MEMORY, ROOT, Run, started

SEED = 20_261_122
ATTACK = bool(os.environ.get("MATURITY_ATTACK"))
GOOD = ROOT / "examples" / "wales-2026" / "cardiff.yaml"
CARDS = json.loads((BASE / "scorecards.json").read_text(encoding="utf-8"))


def many(of: str, n: int) -> str:
    return "".join(of.replace("%", str(i)) for i in range(n))


def after(name: str, old: str, new: str) -> str:
    """A sound file with something put in the place of something."""
    text = (BASE / name).read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


def cards(**changed: Any) -> str:
    """Scorecards of one council, with parts of the card changed."""
    one = CARDS["scorecards"][0]
    return json.dumps({**CARDS, "scorecards": [{**one, "scorecard": {**one["scorecard"], **changed}}]})


ANSWERS: dict[str, Callable[[], str]] = {
    "answers of nothing": lambda: HEAD + "answers: {" + many("k%: {}, ", 49_000) + "}\n",
    "answers that are lists": lambda: HEAD + "answers: {" + many("k%: [1], ", 33_000) + "}\n",
    "answers with notes": lambda: HEAD + "answers: {" + many("k%: {value: a, note: n}, ", 16_000) + "}\n",
    "an answer of unknown keys": lambda: HEAD + "answers: {a: {" + many("k%: 1, ", 49_000) + "}}\n",
    "an answer of ids": lambda: HEAD + "answers: {a: [" + many("a%, ", 95_000) + "]}\n",
    "an answer of what are no ids": lambda: HEAD + "answers: {a: [" + "{}, " * 95_000 + "]}\n",
    "evidence of nothing": lambda: HEAD + "answers: {a: {evidence: [" + "{}, " * 95_000 + "]}}\n",
    "evidence": lambda: HEAD + "answers: {a: {evidence: [" + "{text: x}, " * 32_000 + "]}}\n",
    "kept aside": lambda: HEAD + "kept_aside: {" + many("k%: {}, ", 49_000) + "}\n",
    "kept aside soundly": lambda: HEAD + "kept_aside: {" + many("k%: {version: 1.0.0, answer: {value: a}}, ", 12_000) + "}\n",
    "kept aside before": lambda: HEAD + "kept_aside: {a: {version: 1.0.0, answer: {value: a}, earlier: [" + "{}, " * 95_000 + "]}}\n",
    "respondents": lambda: HEAD + "merged: {version: 1.0.0, respondents: [" + "{}, " * 95_000 + "]}\n",
    "respondents who are none": lambda: HEAD + "merged: {version: 1.0.0, respondents: [" + "[], " * 95_000 + "]}\n",
    "unknown keys": lambda: HEAD + many("k%: 1\n", 49_000),
    "unknown maps": lambda: HEAD + many("k%: {a: 1}\n", 24_000),
    "a list for a name": lambda: HEAD.replace("Cardiff", "[" + "{}, " * 95_000 + "]"),
    "sound, then wrong": lambda: HEAD + "answers: {" + many("k%: a, ", 30_000) + "}\nkept_aside: {" + many("k%: {}, ", 19_000) + "}\n",
}  # fmt: skip
ASKED: dict[str, Callable[[], str]] = {
    "dimensions": lambda: "format: maturity-questionnaire/1\ndimensions: [" + "{}, " * 95_000 + "]\n",
    "languages": lambda: after("questionnaire.yaml", "title:", "languages: [" + "{}, " * 90_000 + "]\ntitle:"),
    "questions of nothing": lambda: after("questionnaire.yaml", "          - id: work.owner", "          - {}\n" * 90_000 + "          - id: work.owner"),
}  # fmt: skip
VALUED: dict[str, Callable[[], str]] = {
    "recommendations": lambda: "format: maturity-rubric/1\nrecommendations: [" + "{}, " * 95_000 + "]\n",
    "limits": lambda: after("rubric.yaml", "limits:\n", "limits:\n" + "  - {}\n" * 95_000),
    "scales": lambda: after("rubric.yaml", "scales:\n", "scales:\n" + many("  s%: []\n", 45_000)),
    "items of unknown keys": lambda: after("rubric.yaml", "items:\n", "items:\n" + many("  q%: {a: 1}\n", 22_000)),
}  # fmt: skip
MOVED: dict[str, Callable[[], str]] = {
    "changes": lambda: "format: maturity-migration/1\nquestionnaire: base\nfrom: '>=1.0.0,<2.0.0'\nto: 2.0.0\nchanges: [" + "{}, " * 95_000 + "]\n",
}  # fmt: skip
MAPPED: dict[str, Callable[[], str]] = {
    "columns": lambda: "format: maturity-mapping/1\ncolumns: [" + "{}, " * 95_000 + "]\n",
    "columns by name": lambda: "format: maturity-mapping/1\ncolumns: {" + many("k%: {}, ", 49_000) + "}\n",
}  # fmt: skip
FILED: dict[str, Callable[[], str]] = {
    "cards of nothing": lambda: json.dumps({**CARDS, "scorecards": [{}] * 390_000}),
    "cards beyond counting": lambda: json.dumps({**CARDS, "scorecards": [{}] * 2_000_000}),
    "scores of nothing": lambda: cards(scores=[{}] * 19_000),
    "too many scores of nothing": lambda: cards(scores=[{}] * 390_000),
    "scores twice": lambda: cards(scores=[CARDS["scorecards"][0]["scorecard"]["scores"][0]] * 300),
    "items twice": lambda: cards(items=[CARDS["scorecards"][0]["scorecard"]["items"][0]] * 1_200),
    "a name in many languages": lambda: cards(organisation={f"k{i}": 1 for i in range(9_000)}),
    "cards as keys": lambda: json.dumps({**CARDS, "scorecards": {f"k{i}": {} for i in range(190_000)}}),
    "sound cards": lambda: json.dumps({**CARDS, "scorecards": CARDS["scorecards"] * 500}),
}  # fmt: skip
HEADING = (BASE / "register.csv").read_text(encoding="utf-8").split("\n")[0]
LISTED: dict[str, Callable[[], str]] = {
    "cells": lambda: HEADING + "\n" + ("x," * 1_500 + "\n") * 2_000,
    "columns": lambda: HEADING + ",x" * 1_000_000 + "\n" + "x," * 1_000_000,
    "rows": lambda: HEADING + "\n" + "a,b,c,d,e,f,g,h,i,j,k,l,m\n" * 300_000,
    "empty rows": lambda: HEADING + "\n" * 7_000_000,
    "quotes": lambda: HEADING + "\n" + '"a""' * 1_500_000,
}  # fmt: skip

COMMANDS: dict[str, tuple[dict[str, Callable[[], str]], str, list[str]]] = {
    "validate answers": (ANSWERS, "it.yaml", ["validate", "IT"]),
    "validate questionnaires": (ASKED, "it.yaml", ["validate", "IT"]),
    "validate rubrics": (VALUED, "it.yaml", ["validate", "IT"]),
    "validate migrations": (MOVED, "it.yaml", ["validate", "IT"]),
    "validate mappings": (MAPPED, "it.yaml", ["validate", "IT"]),
    "validate scorecards": (FILED, "it.json", ["validate", "IT"]),
    "validate registers": (LISTED, "it.csv", ["validate", "IT"]),
    "score": (ANSWERS, "it.yaml", ["score", "IT"]),
    "score by": (VALUED, "it.yaml", ["score", "GOOD", "--rubric", "IT"]),
    "score as asked": (ASKED, "it.yaml", ["score", "GOOD", "-q", "IT"]),
    "score --check": (FILED, "it.json", ["score", str(BASE), "--check", "IT"]),
    "explain": (ANSWERS, "it.yaml", ["explain", "IT"]),
    "benchmark": (ANSWERS, "it.yaml", ["benchmark", "GOOD", "IT"]),
    "merge": (ANSWERS, "it.yaml", ["merge", "GOOD", "IT", "-o", "OUT"]),
    "migrate": (ANSWERS, "it.yaml", ["migrate", "IT", "--to", "2.0.0", "-o", "OUT"]),
    "diff": (VALUED, "it.yaml", ["diff", str(BASE / "rubric.yaml"), "IT"]),
    "diff what is asked": (ASKED, "it.yaml", ["diff", str(BASE / "questionnaire.yaml"), "IT"]),
    "diff --responses": (ANSWERS, "it.yaml", ["diff", "socitm@1.0.0", "socitm@2.0.0", "--responses", "IT"]),
    "lock": (ASKED, "it.yaml", ["lock", "FOLDER"]),
    "show": (ASKED, "it.yaml", ["show", "IT"]),
    "show --rubric": (VALUED, "it.yaml", ["show", "--rubric", "IT"]),
    "assess": (ANSWERS, "it.yaml", ["assess", "IT"]),
    "assess --from": (ANSWERS, "it.yaml", ["assess", "OUT", "--from", "IT"]),
    "assess of what is asked": (ASKED, "it.yaml", ["assess", "OUT", "-q", "IT"]),
}  # fmt: skip
PAIRS = [(command, shape) for command, (shapes, _, _) in COMMANDS.items() for shape in shapes]
ALWAYS = [
    ("validate rubrics", "recommendations"),
    ("validate questionnaires", "dimensions"),
    ("validate answers", "sound, then wrong"),
    ("validate scorecards", "cards of nothing"),
    ("validate scorecards", "scores of nothing"),
    ("score --check", "cards of nothing"),
    ("validate registers", "columns"),
]


def chosen() -> list[tuple[str, str]]:
    drawn = random.Random(SEED).sample(PAIRS, len(PAIRS) if ATTACK else 6)
    return ALWAYS + [pair for pair in drawn if pair not in ALWAYS]


@pytest.fixture(scope="module")
def plain() -> Run:
    """What scoring an honest file takes."""
    done = started("score", GOOD)
    assert done.code == 0
    return done


@pytest.mark.parametrize(("command", "shape"), chosen())
def test_it_takes_little_memory_and_says_little(command: str, shape: str, plain: Run, tmp_path: Path) -> None:
    shapes, name, words = COMMANDS[command]
    path = tmp_path / "in" / name
    path.parent.mkdir()
    path.write_text(shapes[shape](), encoding="utf-8")
    stand_for = {"IT": path, "GOOD": GOOD, "OUT": tmp_path / "out.yaml", "FOLDER": path.parent}
    done = started(*(stand_for.get(word, word) for word in words))
    assert done.code in (0, 1, 2)
    over = done.memory - plain.memory
    assert over < MOST_MEMORY, f"{over / MB:.0f} MB"
    assert len(done.said) < MB
