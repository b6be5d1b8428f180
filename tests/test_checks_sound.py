"""All problems of a file in one run: errors in its keys and values, and what the rules find in all else of it.

An error may hide a finding that hangs on it, and may bring none along. What is right is known from files with one of the
two damages alone: a finding of the rules that neither has is false.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
import yaml

from maturity.checks import founded
from maturity.checks.registry import kinds, rules
from maturity.checks.translations import NO_WORDS
from maturity.checks.validate import Validation, validate
from maturity.sources.load import load
from maturity.sources.mend import MendedDocument, mend
from maturity.sources.registers import wales

ROOT = Path(__file__).parent.parent
BASE = Path(__file__).parent / "data" / "checks" / "base"
SOCITM = ROOT / "questionnaires" / "socitm"
LENDING = ROOT / "docs" / "migrations"
NAMES = ("questionnaire.yaml", "rubric.yaml", "assessment.yaml")
ATTACK = bool(os.environ.get("MATURITY_ATTACK"))
ROUNDS = 200 if ATTACK else 12

Found = set[tuple[str, str, int | None, int | None]]


def checked(folder: Path, changes: dict[str, list[tuple[str, str]]]) -> Validation:
    """The small files with some of their texts replaced, each where it stands first."""
    paths = []
    for name in NAMES:
        text = (BASE / name).read_text(encoding="utf-8")
        for old, new in changes.get(name, []):
            assert old in text, old
            text = text.replace(old, new, 1)
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8")
    return validate(paths, wales())


def found(validation: Validation) -> Found:
    return {(Path(p.place.file).name, p.kind.code, p.place.line, p.place.column) for p in validation.problems}


# The rubric's own rules speak of these whatever else is wrong in it.
RULE = [
    ("maps: 2, nothing", "mops: 2, nothing"),
    ("of: theme", "of: thme"),
    ("Nid oes cynllun.", "There is no plan."),
]
RULED = {("R013", 12, 16), ("R014", 12, 39), ("R031", 22, 9), ("T002", 31, 42)}

WRONG: dict[str, tuple[str, str, set[tuple[str, int, int]], set[str]]] = {
    # what: what stands there, what instead, what is told of it, which findings of the rules hang on it
    "an unknown key in an item": ("owner: {scale", "owner: {wight: 2, scale", {("S002", 11, 16)}, set()),
    "a number that is none": ("at_most: 1\n", "at_most: one\n", {("S008", 29, 14)}, set()),
    "a text that is a list": ("title: {en: A small rubric, cy: Rhuddell fach}", "title: [1]", {("S011", 5, 8)}, set()),
    "no text in one language": ("name: {en: Theme, cy: Thema}", "name: {en: Theme, cy: }", {("T001", 16, 23)}, set()),
    "a choice that is none": ("effort: weeks", "effort: week", {("S004", 42, 13)}, set()),
    "a missing key": ("    from: low\n    to", "    to", {("S001", 37, 5)}, set()),
    "an id that is none": ("- id: no-plan", "- id: No plan", {("S005", 26, 9)}, set()),
    "an anchor": ("limits:\n", "limits: &l\n", {("F005", 25, 9)}, set()),
    "an alias": ("    to: high\n", "    to: *x\n", {("F005", 39, 9)}, set()),
    "a tag": ("where: {dim", "where: !w {dim", {("F006", 28, 12)}, set()),
    "a key twice": ("    at_most: 1\n", "    at_most: 1\n    at_most: 2\n", {("F004", 30, 5)}, set()),
    "a key that is no text": ("    at_most: 1\n", "    at_most: 1\n    [a]: 2\n", {("F011", 30, 5)}, set()),
    "a number with a zero before it": ("at_most: 1\n", "at_most: 01\n", {("F016", 29, 14)}, set()),
    "a name of a measure": ("  theme:\n", "  The me:\n", {("S005", 15, 3)}, {"R031"}),
    "a whole part": ("limits:\n", "limits: 7\nlimts:\n", {("S012", 25, 9), ("S002", 26, 1)}, {"T002"}),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_an_error_in_a_rubric_hides_no_finding_elsewhere(what: str, tmp_path: Path) -> None:
    old, new, told, hidden = WRONG[what]
    alone = checked(tmp_path, {"rubric.yaml": [(old, new)]})
    assert found(alone) == {("rubric.yaml", *one) for one in told}
    both = checked(tmp_path, {"rubric.yaml": [*RULE, (old, new)]})
    more = (
        new.count("\n") - old.count("\n"),
        (BASE / "rubric.yaml").read_text().split(old)[0].count("\n") + 1,
    )
    expected = {
        (c, line + (more[0] if line > more[1] else 0), at) for c, line, at in RULED if c not in hidden
    }
    assert found(both) == {("rubric.yaml", *one) for one in told | expected}
    assert [path.name for path in both.incomplete] == ["rubric.yaml"]
    assert both.rest_checked == both.incomplete


def test_errors_in_a_questionnaire_leave_the_rest_to_the_rules(tmp_path: Path) -> None:
    changes = {
        "questionnaire.yaml": [
            ("type: yes_no", "type: yes_na"),
            ("cy: Mapiau", "cy: Ffurflenni"),
            ("Pa offer a ddefnyddir?", "Which tools are used?"),
        ],
        "rubric.yaml": [("maps: 2, nothing", "mops: 2, nothing"), ("owned: {no", "owned: {na")],
        "assessment.yaml": [
            ("plan: some", "plan: sme"),
            ("owner: yes", "owner: perhaps"),
            ("Cardiff", "Cardif"),
        ],
    }
    checked_ = checked(tmp_path, changes)
    # What 'work.owner' can be answered with, and is worth, hangs on its type: neither 'na' nor 'perhaps' is told.
    assert found(checked_) == {
        ("questionnaire.yaml", "S004", 22, 19),
        ("questionnaire.yaml", "T002", 29, 51),
        ("questionnaire.yaml", "Q007", 32, 49),
        ("rubric.yaml", "F041", 6, 16),
        ("rubric.yaml", "R013", 12, 16),
        ("rubric.yaml", "R014", 12, 39),
        ("assessment.yaml", "F041", 3, 16),
        ("assessment.yaml", "G001", 4, 15),
        ("assessment.yaml", "A010", 9, 14),
    }
    assert [path.name for path in checked_.rest_checked] == ["questionnaire.yaml"]
    assert [path.name for path in checked_.incomplete] == list(NAMES)


def test_a_name_that_is_lost_may_be_any_that_is_looked_for(tmp_path: Path) -> None:
    sound = {"rubric.yaml": [("  work.owner: {", "  work.ownr: {")]}
    codes = {code for _, code, _, _ in found(checked(tmp_path, sound))}
    assert codes == {"R002", "R003"}
    lost = {"questionnaire.yaml": [("- id: work.owner", "- id: Work owner")]}
    assert {code for _, code, _, _ in found(checked(tmp_path, {**sound, **lost}))} == {"S005", "F041"}


def test_errors_in_answers(tmp_path: Path) -> None:
    changes = {
        "assessment.yaml": [
            ('period: "2026"', "period: soon\nperoid: 1"),
            ("value: 12.5", "value: 120"),
            ("work.owner: yes", "work.owner: true"),
            ("[forms, maps]", "[forms, mops]"),
        ]
    }
    name = "assessment.yaml"
    assert found(checked(tmp_path, changes)) == {
        (name, "S022", 5, 9),
        (name, "S002", 6, 1),
        (name, "S019", 11, 15),
        (name, "A010", 12, 23),
        (name, "A016", 14, 12),
    }


@pytest.mark.parametrize(
    ("what", "name", "first", "second"),
    [
        # A head that is lost leaves what stood under it to its neighbour, in which it is twice or does not belong.
        ("a list without its own head", "rubric.yaml", ("bands:\n  levels:", "  levels:"), ()),
        ("two measures in one", "rubric.yaml", ("  theme:\n", "  #\n"), ("of: theme", "of: theme")),
        (
            "two questions in one",
            "questionnaire.yaml",
            ("          - id: work.owner\n", "            #\n"),
            ("type: yes_no\n", "type: yes_no\n            asked_when: {question: work.plan, equals: some}\n"),
        ),
        # What stands in a hole stands on no line.
        (
            "an anchor on the first of two ids",
            "questionnaire.yaml",
            ("- id: work.plan", "- id: &x work.plan"),
            ("- id: work.owner", "- id: work.plan"),
        ),
        ("a tag on a list", "assessment.yaml", ("[forms, maps]", "!set [forms, mops]"), ()),
        (
            "no scales",
            "rubric.yaml",
            ("scales:\n  owned", "scales:\nowned"),
            ("    of: items\n", "    of: items\n    where: {item: work.owner}\n"),
        ),
    ],
)
def test_what_only_follows_from_an_error_is_not_told(
    what: str, name: str, first: tuple[str, str], second: tuple[str, str] | tuple[()], tmp_path: Path
) -> None:
    told = found(checked(tmp_path, {name: [change for change in (second, first) if change]}))
    assert told, what
    assert {one for one in told if one[0] == name and not is_structure(one[1])} == set(), what


def test_what_stands_before_a_break_is_checked(tmp_path: Path) -> None:
    broken = ("effort: months", "effort: 'a' b")
    checked_ = checked(
        tmp_path, {"rubric.yaml": [*RULE, ("people.trained: {bands", "people.trained: {bans"), broken]}
    )
    line = (BASE / "rubric.yaml").read_text().split(broken[0])[0].count("\n") + 1
    # What would be missing beyond the break is not told, nor what may be allowed there ('same_in_both').
    assert {one[1:] for one in found(checked_)} == {
        ("F037", line, 17),
        ("S002", 13, 20),
        *(one for one in RULED if one[0] != "T002"),
    }
    assert checked_.rest_checked == []
    assert [path.name for path in checked_.incomplete] == ["rubric.yaml"]


UNTYPED = """format: maturity-questionnaire/1
id: lending
version: 1.0.0
languages: [en, cy]
title: {en: Lending, cy: Benthyca}
description: {en: A few questions., cy: Ychydig o gwestiynau.}
dimensions:
  - id: one
    name: {en: One, cy: Un}
    themes:
      - id: only
        name: {en: Only, cy: Unig}
        questions:
          - id: one.a
            type: levle
            text: {en: How is it?, cy: ""}
            hlep: {en: Help, cy: Cymorth}
            options:
              - {id: a, text: {en: It is so., cy: Felly mae.}}
              - {id: a, text: {en: It is not., cy: Nid felly mae.}}
          - id: one.b
            text: {en: How many?}
            number: {min: 0}
            hlep: 1
"""


def test_what_is_wrong_whatever_the_type_is_told_beside_a_wrong_type(tmp_path: Path) -> None:
    path = tmp_path / "questionnaire.yaml"
    path.write_text(UNTYPED, encoding="utf-8")
    assert found(validate([path], wales())) == {
        ("questionnaire.yaml", "S004", 15, 19),
        ("questionnaire.yaml", "T001", 16, 36),
        ("questionnaire.yaml", "S002", 17, 13),
        ("questionnaire.yaml", "Q001", 20, 22),
        ("questionnaire.yaml", "S001", 21, 13),
        ("questionnaire.yaml", "T001", 22, 19),
        ("questionnaire.yaml", "S002", 24, 13),
    }


def test_what_one_wrote_five_hundred_times_is_told_five_hundred_times(tmp_path: Path) -> None:
    for entry, code in (("  Q {}: 1\n", "S005"), ("  q{}: some\n", "A002"), ("  q{}: &a some\n", "F005")):
        lines = "".join(entry.format(i) for i in range(500))
        told = checked(tmp_path, {"assessment.yaml": [("answers:\n", f"answers:\n{lines}")]})
        assert {(code, n) for n in range(9, 509)} <= {(c, line) for _, c, line, _ in found(told)}
        assert "F015" not in {c for _, c, _, _ in found(told)}


def test_a_text_that_goes_on_is_told_with_where_it_opened(tmp_path: Path) -> None:
    path = tmp_path / "questionnaire-1.0.0.yaml"
    path.write_text("format: maturity-questionnaire/1\ntitle: 'The\n  council\n  council's plan'\n")
    problems = [p for p in validate([path], wales()).problems if p.kind.code == "F037"]
    assert [(p.place.line, "line 2." in p.message()) for p in problems] == [(4, True)]


def test_what_is_filled_in_is_told_nowhere() -> None:
    path = BASE / "rubric.yaml"
    loaded = load(path)
    assert isinstance(loaded.document.data, dict)
    del loaded.document.data["measures"]
    loaded.document.data["items"] = 7
    mended = mend(loaded)
    assert mended is not None
    assert isinstance(mended.document, MendedDocument)
    assert {hole.loc for hole in mended.document.holes} == {("measures",), ("items",)}
    assert mended.document.place(("measures", "filled-in-1", "of")).line is None
    assert mended.document.place(("limits", 0)).line is not None
    assert loaded.document.data["items"] == 7


def test_every_kind_that_hangs_on_something_is_a_rules() -> None:
    subjects = ("questionnaires", "rubrics", "migrations", "assessments")
    declared = {kind.code for subject in subjects for rule in rules(subject) for kind in kinds(rule.module)}
    shared = {"A003", "T001", "T002", "T003", "T004", "T005", NO_WORDS.code}
    named = set(founded._NAMES) | set(founded._WHOLE) | founded._EVEN_WORDS | founded.OF_ITS_PLACE
    assert named - declared - shared == set()
    for code in set(founded._NAMES) & set(founded._WHOLE):
        assert set(founded._NAMES[code]).isdisjoint(founded._WHOLE[code])


JUDGED = """format: maturity-judgements/1
id: base
from: 1.0.0
to: 1.0.1
judged:
  - change: questionnaire/questions/work.plan/text
    verdict: neutral
    because: The Welsh had a typing error.
"""
EVERY_KIND = {
    "judged-1.0.1.json": yaml.load(JUDGED, yaml.CBaseLoader),
    "scorecards.json": json.loads((BASE / "scorecards.json").read_text(encoding="utf-8")),
    **{
        f"{path.stem}.json": yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
        for path in (
            *(BASE / name for name in (*NAMES, "migration.yaml")),
            ROOT / "docs" / "rubrics" / "step-6-outcome.yaml",
            ROOT / "examples" / "tables" / "own-headings.yaml",
        )
    },
}
ODD = (
    7,
    0,
    1e308,
    "",
    "x",
    "1.0.0",
    "É é",
    [],
    {},
    None,
    True,
    [7],
    [[]],
    [{}],
    [None],
    {"a": "b"},
    {"": 1},
    {"not": {}},
)


def places(value: Any, loc: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a file's data but its top; of long lists their start."""
    if loc:
        yield loc
    inner = (
        value.items() if isinstance(value, dict) else enumerate(value[:4]) if isinstance(value, list) else ()
    )
    for step, one in inner:
        yield from places(one, (*loc, step))


def altered(data: Any, loc: tuple[str | int, ...], rng: random.Random) -> Any:
    """The data with something else there, or nothing, or under another name."""
    data = deepcopy(data)
    parent = reduce(lambda found, step: found[step], loc[:-1], data)
    how = rng.choice(("odd", "odd", "odd", "gone", "named"))
    was = parent.pop(loc[-1]) if how != "odd" else None
    if how == "odd":
        parent[loc[-1]] = rng.choice(ODD)
    elif how == "named" and isinstance(parent, dict):
        parent[rng.choice(("zz", "Z Z", ""))] = was
    return data


@pytest.mark.parametrize("name", EVERY_KIND)
def test_whatever_stands_wherever_ends_in_findings(name: str, tmp_path: Path) -> None:
    """Files of every kind with something odd in one or two of their places."""
    rng = random.Random(f"odd {name}")
    whole = list(places(EVERY_KIND[name]))
    path = tmp_path / name
    beside = [BASE / one for one in NAMES if Path(one).stem != path.stem]
    for loc in whole if ATTACK else rng.sample(whole, min(len(whole), 40)):
        for twice in (False, True):
            data = altered(EVERY_KIND[name], loc, rng)
            data = altered(data, rng.choice(list(places(data))), rng) if twice else data
            path.write_text(json.dumps(data), encoding="utf-8")
            for problem in validate([path, *beside], wales()).problems:
                assert not re.search(r"filled-in|\bNone\b", problem.message() + problem.remedy()), loc


def test_a_scorecard_whose_figures_add_up_to_no_number(tmp_path: Path) -> None:
    filed = deepcopy(EVERY_KIND["scorecards.json"])
    for item in filed["scorecards"][0]["scorecard"]["items"]:
        item["value"] = 1e308
    path = tmp_path / "scorecards.json"
    path.write_text(json.dumps(filed), encoding="utf-8")
    paths = [path, BASE / "questionnaire.yaml", BASE / "rubric.yaml"]
    assert {code for _, code, _, _ in found(validate(paths, wales()))} == {"S017"}


def test_judgements_that_say_nothing_are_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "judged-1.0.1.yaml"
    path.write_text("format: maturity-judgements/1\njudged: [7]\n", encoding="utf-8")
    assert {code for _, code, _, _ in found(validate([path], wales()))} == {"S001", "S011"}


SETS = (
    (SOCITM / "questionnaire-1.0.0.yaml", SOCITM / "rubric-1.0.0.yaml"),
    (SOCITM / "questionnaire-2.0.0.yaml", SOCITM / "rubric-2.0.0.yaml"),
    (ROOT / "examples" / "wales-2026" / "cardiff.yaml",),
    tuple(sorted(LENDING.glob("*.yaml"))),
)
ENTRY = re.compile(r"^(\s*(?:- )?)([\w.-]+): ([^\s>|{\[].*)$")
KEY = re.compile(r"^(\s*(?:- )?)([\w.-]+)(:.*)$")
OTHERS = ("7", "1.10", "010", "true", "[1, 2]", "{a: b}", "", "~", '"7"', "-1", "no", "Nid id!")
Lines = list[str]
Damage = Callable[[Lines, random.Random], tuple[int, str]]


def as_a_file(lines: Lines, rng: random.Random) -> tuple[int, str]:
    """A line that is damaged in its keys, its type or its YAML."""
    entries = [i for i, line in enumerate(lines) if ENTRY.match(line)]
    keys = [i for i, line in enumerate(lines) if KEY.match(line) and i > 3]
    what = rng.choice(("drop", "key", "character", "indent", "type", "tag", "anchor", "alias", "id"))
    i = rng.choice(keys if what in ("drop", "key", "character", "indent") else entries)
    line = lines[i]
    if what == "drop":
        return i, "#"
    if what == "key":
        (head, key, value) = KEY.match(line).groups()  # type: ignore[union-attr]
        return i, head + rng.choice((key[:-1], key + "x", key.upper(), key[::-1])) + value
    if what == "character":
        k = rng.randrange(len(line))
        return i, line[:k] + rng.choice("x:'\"{}[],&*!#%\té") + line[k + 1 :]
    if what == "indent":
        spaces = len(line) - len(line.lstrip()) + rng.choice((-4, -2, -1, 1, 2, 4))
        return i, " " * max(0, spaces) + line.lstrip()
    head, key, value = ENTRY.match(line).groups()  # type: ignore[union-attr]
    other = {"tag": f"!x {value}", "anchor": f"&x {value}", "alias": "*x", "id": f"Nid {value}"}
    return i, f"{head}{key}: {other.get(what) or rng.choice(OTHERS)}"


def as_a_rule(lines: Lines, rng: random.Random) -> tuple[int, str]:
    """A line whose value is another, perhaps one that cannot stand there by the rules."""
    entries = [i for i, line in enumerate(lines) if ENTRY.match(line)]
    i = rng.choice(entries)
    head, key, value = ENTRY.match(lines[i]).groups()  # type: ignore[union-attr]
    beside = [ENTRY.match(lines[j])[3] for j in entries if ENTRY.match(lines[j])[2] == key]  # type: ignore[index]
    mixed = re.sub(r"[a-z]", lambda _: rng.choice("abcxyz"), value, count=2)
    return i, f"{head}{key}: {rng.choice((mixed, rng.choice(beside), str(rng.choice((-3, 0, 2, 50, 9999)))))}"


def told_of(
    folder: Path, files: dict[Path, Lines]
) -> tuple[set[tuple[str, str, int | None, str]], Validation]:
    for path, lines in files.items():
        (folder / path.name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = validate([folder / path.name for path in files], wales())
    # Where else the same stands is told by its line, which is the same in all of these.
    return {(Path(p.place.file).name, p.kind.code, p.place.line, p.message()) for p in done.problems}, done


def is_structure(code: str) -> bool:
    return code[0] in "FS"


@pytest.mark.parametrize("which", range(len(SETS)))
def test_of_two_damages_both_are_told_and_no_third(which: int, tmp_path: Path) -> None:
    told = [two_damages(seed, tmp_path) for seed in range(which, ROUNDS, len(SETS))]
    # Few hang on each other.
    assert sum(told) / len(told) > 0.7


def two_damages(seed: int, folder: Path) -> bool:
    """An error and a rule's finding in one set of files: whether the second was told, or stands in a file that is cut."""
    rng = random.Random(f"two {seed}")
    files = {path: path.read_text(encoding="utf-8").splitlines() for path in SETS[seed % len(SETS)]}
    whole, _ = told_of(folder, files)

    def damaged(
        damage: Damage, wanted: Callable[[set[str]], bool], not_at: tuple[Path, int] | None
    ) -> tuple[Path, int, str]:
        while True:
            path = rng.choice(list(files))
            i, line = damage(files[path], rng)
            if not_at and not_at[0] == path and abs(not_at[1] - i) < 2:
                continue
            told, _ = told_of(folder, {**files, path: [*files[path][:i], line, *files[path][i + 1 :]]})
            if wanted({code for _, code, _, _ in told - whole}):
                return path, i, line

    path, i, line = damaged(
        as_a_file, lambda codes: any(is_structure(c) and c != "F041" for c in codes), None
    )
    first = {**files, path: [*files[path][:i], line, *files[path][i + 1 :]]}
    by_error, alone = told_of(folder, first)
    # Whatever is put right there, the file is as sound as before: no rule may have found anything.
    assert [one for one in by_error - whole if not is_structure(one[1])] == [], (seed, path.name, i + 1, line)

    other, j, changed = damaged(
        as_a_rule, lambda codes: bool(codes) and not any(map(is_structure, codes)), (path, i)
    )
    second = {**files, other: [*files[other][:j], changed, *files[other][j + 1 :]]}
    by_rule = told_of(folder, second)[0] - whole
    lines = list(first[other])
    lines[j] = changed
    both, _ = told_of(folder, {**first, other: lines})
    false = [one for one in both - by_error - by_rule - whole if not is_structure(one[1])]
    assert false == [], (seed, path.name, i + 1, line, other.name, j + 1, changed)
    assert {one for one in by_error if is_structure(one[1])} <= both
    # Hidden is only what stands in a file that is cut, or hangs on what is damaged.
    is_cut = {p.name for p in alone.incomplete} - {p.name for p in alone.rest_checked}
    return bool(by_rule & both or is_cut)
