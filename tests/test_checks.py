"""What `maturity validate` finds: every kind of problem by an example file, at its exact line and column.

The files under data/checks find themselves: `negative/` ones begin with what is expected of them, `positive/` ones
look wrong and are right. What no file in a repository can be (not UTF-8, too large) is made here.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Formatter

import pytest
from pydantic import ValidationError

from effort import plain, spent
from maturity.checks.reference import checks_reference
from maturity.checks.registry import kinds
from maturity.checks.validate import validate
from maturity.models.assessment import Assessment
from maturity.models.problem import Kind, Problem
from maturity.sources.registers import wales
from maturity.sources.yaml_reader import MAX_BYTES, MAX_PROBLEMS
from maturity.sources.yaml_text import without_invisible

DATA = Path(__file__).parent / "data" / "checks"
BASE = DATA / "base" / "questionnaire.yaml"
NEXT = DATA / "base" / "questionnaire-2.yaml"
ENDLESS = DATA / "base" / "endless.yaml"
NEGATIVE = sorted(p for p in (DATA / "negative").rglob("*") if p.suffix in (".yaml", ".csv", ".json"))
POSITIVE = sorted((DATA / "positive").iterdir())
BESIDE = "expected.txt"
"""What is expected of files that can hold no comment: a line a file."""
EXPECTED = re.compile(r"^# expect: ([A-Z]\d{3}) at (\d+):(\d+)$", re.MULTILINE)

NOT_FROM_VALIDATE = {
    "C005": "another file named where scorecards belong: only score --check wants one kind (test_explain.py)",
    "F014": "a file of answers named where a rubric belongs: only commands that want one kind of file say so",
    "F019": "validate writes nothing",
    "F021": "a folder is searched, not read",
    "F023": "validate writes nothing",
    "F029": "validate writes nothing",
    "F027": "said before a command writes over something",
    "F028": "said before a command writes over something",
    "I002": "score and benchmark want answers; validate takes every kind of file",
    "I008": "said when a rubric is compiled without its questionnaire",
    "W275": "two files of one council differ: score and benchmark count none",
    "I009": "said where answers are counted",
    "I005": "said when answers are scored together",
    "I006": "said when --rubric does not fit",
    "I007": "said when -q does not fit",
    "N206": "said when --register names two registers with one name: a folder may hold several versions of one",
    "K270": "said when a folder is published that holds nothing to publish",
    "L001": "said when -q names nothing at hand; in a file it is A001 or R001",
    "L002": "said when --rubric names nothing at hand",
    "L003": "said when answers are scored",
    "L004": "said when a program asks for a migration that is not bundled",
}


def found(*paths: Path) -> list[Problem]:
    beside = [DATA / "base" / "rubric.yaml"] if any(path.suffix == ".json" for path in paths) else []
    return validate([BASE, NEXT, ENDLESS, *beside, *paths], wales()).problems


def places(problems: list[Problem]) -> set[tuple[str, int | None, int | None]]:
    return {(p.kind.code, p.place.line, p.place.column) for p in problems}


def expected(path: Path) -> set[tuple[str, int | None, int | None]]:
    text = path.read_bytes().decode("utf-8", "replace")
    if path.suffix != ".yaml":
        line = re.search(f"^{re.escape(path.name)}: (.*)$", (path.parent / BESIDE).read_text(), re.MULTILINE)
        marks = re.sub("^|, ", "\n# expect: ", line[1]) if line else ""
        text = marks
    return {(code, int(line), int(column)) for code, line, column in EXPECTED.findall(text)}


@pytest.mark.parametrize("path", NEGATIVE, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_each_mistake_is_found_where_it_stands(path: Path) -> None:
    wanted = expected(path)
    assert wanted, "the file does not say what is expected of it"
    assert path.stem.split("-")[0] in {code for code, _, _ in wanted}
    problems = found(path)
    assert places(problems) == wanted
    for problem in problems:
        assert len(problem.message()) < 400
        assert len(problem.remedy()) < 400
        for words in (problem.message(), problem.remedy()):
            assert "{}" not in words.replace("'{}'", "")
            assert "  " not in words
            assert words.strip() == words


@pytest.mark.parametrize("path", POSITIVE, ids=lambda p: p.name)
def test_what_looks_wrong_and_is_right(path: Path) -> None:
    assert found(path) == []


@pytest.mark.parametrize("path", sorted((DATA / "base").iterdir()), ids=lambda p: p.name)
def test_the_base_files_are_sound(path: Path) -> None:
    assert found(path) == []


@pytest.mark.parametrize("path", sorted(DATA.rglob(BESIDE)), ids=lambda p: p.parent.name)
def test_every_expectation_has_its_file(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        assert (path.parent / line.split(":")[0]).is_file(), line


HEAD = "format: maturity-assessment/1\nquestionnaire: {id: base, version: 1.0.0}\norganisation: Cardiff\nperiod: 2026\n"

MADE: dict[str, tuple[bytes, set[tuple[str, int | None, int | None]]]] = {
    "Latin-1": ((HEAD + "answers: {people.story: tŷ}\n").encode("cp1252", "replace") + b"# \xe2", {("F001", 6, 3)}),
    "UTF-16": (HEAD.encode("utf-16"), {("F001", 1, 1)}),
    "a workbook's bytes": (b"PK\x03\x04\x14\x00\x06\x00\x08\x00!\x00\xb5U0#", {("F001", 1, 13)}),
    "cut within a character": ("# ŵ".encode()[:-1], {("F001", 1, 3)}),
    "empty": (b"", {("F002", 1, 1)}),
    "blank": (b"\xef\xbb\xbf \n\n", {("F002", 1, 1)}),
    "comments alone": (b"# to do\n", {("F002", 1, 1)}),
    "null": (b"null\n", {("F002", 1, 1)}),
    "NUL bytes": (b"\0" * 10_000, {("F017", 1, 1)}),
    "unseen tags": (HEAD.encode() + "# \U000e0068\U000e0069\n".encode(), {("F017", 5, 3)}),
    "unseen tags after a flag": (HEAD.encode() + "# \U0001f3f4\U000e0068\U000e007f\n".encode(), {("F017", 5, 4)}),
    "too large": (b"a: b\n" * 2_000_000, {("F007", None, None)}),
    "too many values": (b"[" + b"1," * 300_000 + b"]", {("F007", None, None)}),
    "too deep": (b"[" * 100_000, {("F008", 1, 41)}),
    "too deep in blocks": ("".join(" " * i + "a:\n" for i in range(60)).encode(), {("F008", 41, 41)}),
    "alias bomb": (b"a: &a [x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n", {("F005", 1, 4), ("F005", 2, 4), *(("F005", line, at) for line in (2, 3) for at in (8, 11, 14)), ("F005", 3, 4), ("F012", 1, 1)}),
    "recursive alias": (b"a: &a [*a]\n", {("F005", 1, 4), ("F005", 1, 8), ("F012", 1, 1)}),
    "objects": (b"!!python/object/apply:os.system [x]\n", {("F006", 1, 1), ("F010", 1, 1)}),
    "object as key": (b"!!python/name:os.system x: 1\n", {("F006", 1, 1), ("F012", 1, 1)}),
    "several documents": (HEAD.encode() + b"---\n" + HEAD.encode(), {("F009", 5, 1)}),
}  # fmt: skip


@pytest.mark.parametrize("what", MADE)
def test_bytes_that_no_repository_holds(what: str, tmp_path: Path) -> None:
    raw, wanted = MADE[what]
    path = tmp_path / "made.yaml"
    path.write_bytes(raw)
    assert places(found(path)) == wanted


def test_flags_with_tags_and_soft_hyphens_are_text(tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    wales_ = "\U0001f3f4" + "".join(chr(0xE0000 + ord(c)) for c in "gbwls") + "\U000e007f"
    path.write_text(
        f"{HEAD}answers: {{work.plan: {{value: some, note: {wales_} di\u00adgital}}}}\n", encoding="utf-8"
    )
    assert found(path) == []
    assert without_invisible(f"{wales_}\U000e0068\u200b{wales_}") == f"{wales_}  {wales_}"


def test_a_hundred_megabytes_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.write(b"a: ")
        file.truncate(100_000_000)
    tracemalloc.start()
    assert places(found(path)) == {("F007", None, None)}
    assert tracemalloc.get_traced_memory()[1] < 4 * MAX_BYTES
    tracemalloc.stop()


def test_paths_that_are_not_files(tmp_path: Path) -> None:
    (tmp_path / "round.yaml").symlink_to(tmp_path / "round.yaml")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "picture.png").write_bytes(b"")
    (tmp_path / "empty").mkdir()
    assert places(found(tmp_path / "round.yaml")) == {("F020", None, None)}
    assert places(found(tmp_path / "nowhere.yaml")) == {("F020", None, None)}
    assert places(found(tmp_path / "picture.png")) == {("F025", None, None)}
    assert places(found(tmp_path / "empty")) == {("F024", None, None)}
    (tmp_path / "answers.yaml").write_text(HEAD)
    checked = validate([BASE, tmp_path], wales())
    assert [(p.kind.code, Path(p.place.file).name) for p in checked.problems] == [("F020", "round.yaml")]
    assert [path.name for path in checked.left_aside] == ["again", "picture.png"]


def test_paths_that_can_be_no_file(tmp_path: Path) -> None:
    assert places(found(Path("x" * 300 + ".yaml"))) == {("F020", None, None)}
    assert places(found(Path("x\0.yaml"))) == {("F020", None, None)}
    assert places(found(tmp_path / "in" / ("y" * 300))) == {("F020", None, None)}
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "endless.yaml")
        assert places(found(tmp_path / "endless.yaml")) == {("F026", None, None)}
        assert places(found(tmp_path)) == {("F026", None, None)}


def test_a_date_is_no_number_in_the_model_either() -> None:
    for key in ("started", "updated"):
        with pytest.raises(ValidationError):
            Assessment.model_validate(
                {
                    "format": "maturity-assessment/1",
                    "questionnaire": {"id": "base", "version": "1.0.0"},
                    "organisation": "Cardiff",
                    "period": "2026",
                    key: 20260331,
                }
            )


def test_the_reference_names_every_kind_once() -> None:
    reference = checks_reference()
    for kind in _declared("maturity.sources", "maturity.checks"):
        assert reference.count(f"| {kind.code} |") == 1, kind.code
    # And the guide those of all other commands.
    guide = (DATA.parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")
    for kind in _declared("maturity"):
        assert guide.count(f"| {kind.code} |") == 1, kind.code


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locked.yaml"
    path.write_text(HEAD)
    opened: Callable[..., object] = Path.open

    def locked(self: Path, *args: object, **more: object) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **more)

    monkeypatch.setattr(Path, "open", locked)
    assert places(found(path)) == {("F022", None, None)}


def test_a_file_of_ours_without_its_format_is_not_left_aside(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(HEAD.split("\n", 1)[1] + "answers: {}\n")
    (tmp_path / "theirs.yaml").write_text("services: {web: {image: nginx}}\n")
    (tmp_path / "list.json").write_text("[1, 2]")
    checked = validate([tmp_path], wales())
    assert [(p.kind.code, Path(p.place.file).name) for p in checked.problems] == [("F012", "ours.yaml")]
    assert [path.name for path in checked.left_aside] == ["list.json", "theirs.yaml"]


def test_ours_by_its_name_its_modeline_or_what_it_says_is_not_left_aside(tmp_path: Path) -> None:
    ours = {
        "rubric-1.2.0.yaml": "fromat: maturity\nid: x\n",
        "questionnaire-1.0.0.yml": "- a list\n",
        "line.yaml": "# yaml-language-server: $schema=../schemas/rubric-1.json\nid: x\n",
        "said.yaml": "fromat: maturity-rubric/1\nid: x\n",
        "keys.yaml": "questionnaire: {id: base, version: 1.0.0}\norganisation: Cardiff\n",
    }
    others = {
        "workflow.yaml": "name: CI\non: push\njobs: {test: {steps: []}}\n",
        "hooks.yaml": "repos: [{repo: https://example.org/maturity/x, hooks: [{id: maturity-validate}]}]\n",
        "other.yaml": "# yaml-language-server: $schema=https://example.org/my-rubric-1.json\nid: x\n",
    }
    for name, text in {**ours, **others}.items():
        (tmp_path / name).write_text(text)
    checked = validate([tmp_path], wales())
    found = sorted((Path(p.place.file).name, p.kind.code) for p in checked.problems)
    assert found == sorted((name, "F010" if "list" in text else "F012") for name, text in ours.items())
    assert sorted(path.name for path in checked.left_aside) == sorted(others)


def test_where_nothing_is_ours_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "theirs.yaml").write_text("services: {web: {image: nginx}}\n")
    checked = validate([tmp_path], wales())
    assert [(p.kind.code, p.place.file) for p in checked.problems] == [("F039", str(tmp_path))]
    assert checked.checked == []


def test_two_files_that_claim_to_be_one_version(tmp_path: Path) -> None:
    copy, changed = tmp_path / "copy.yaml", tmp_path / "rubric.yaml"
    copy.write_text("# the same\n" + RUBRIC)
    changed.write_text(RUBRIC.replace("{work.plan: 2}", "{work.plan: 3}"))
    base = DATA / "base" / "rubric.yaml"
    assert found(base, copy) == []
    line = next(n for n, text in enumerate(RUBRIC.splitlines(), 1) if text.startswith("version:"))
    problems = found(base, changed)
    assert {(p.kind.code, p.place.file, p.place.line) for p in problems} == {
        ("F040", str(base), line),
        ("F040", str(changed), line),
    }
    assert str(base) in problems[-1].message() + problems[0].message()


@pytest.mark.parametrize("damage", [("type: level", "type: levle"), ("title:", "title: [")])
def test_what_waits_for_a_broken_questionnaire(damage: tuple[str, str], tmp_path: Path) -> None:
    asked, valued = tmp_path / "questionnaire.yaml", tmp_path / "rubric.yaml"
    asked.write_text(BASE.read_text().replace(*damage, 1))
    valued.write_text(RUBRIC.replace("of: items", "of: itmes", 1))
    (tmp_path / "answers.yaml").write_text(HEAD.replace("Cardiff", "Cardif") + "answers: {work.plan: some}\n")
    checked = validate([tmp_path], wales())
    told = {(Path(p.place.file).name, p.kind.code) for p in checked.problems}
    assert {("rubric.yaml", "F041"), ("answers.yaml", "F041")} <= told
    # What does not hang on the questionnaire is found all the same.
    assert {file for file, code in told if code != "F041"} == {path.name for path in tmp_path.iterdir()}
    assert not {"R001", "A001"} & {code for _, code in told}
    assert {path.name for path in checked.incomplete} == {path.name for path in tmp_path.iterdir()}


def _lines(of: str, n: int) -> str:
    return "".join(of.replace("%", str(i)) for i in range(n))


FLOODED = 80
"""How many times as much work a flood may be as reading fifty thousand numbers."""
RUBRIC = (DATA / "base" / "rubric.yaml").read_text()
FLOODS: dict[str, str] = {
    "the same key": HEAD + "answers:\n" + "  work.plan: some\n" * 90_000,
    "tags": HEAD + "answers:\n" + _lines("  q%: !x 1\n", 90_000),
    "anchors": HEAD + "answers:\n" + _lines("  q%: &x 1\n", 90_000),
    "leading zeros": HEAD + "answers:\n" + _lines("  q%: 01\n", 90_000),
    "unknown keys": HEAD + _lines("answrs%: 1\n", 45_000),
    "keys that are no ids": HEAD + "answers:\n" + _lines("  Q %: 1\n", 45_000),
    "unknown questions": HEAD + "answers:\n" + _lines("  work.plan%: 1\n", 45_000),
    "options": HEAD + "answers:\n  work.tools: [" + "forms, " * 90_000 + "]\n",
    "unknown options": HEAD + "answers:\n  work.tools: [" + _lines("form%, ", 90_000) + "]\n",
    "wrong types": RUBRIC.replace("measures:", "not_scored: [" + "[], " * 90_000 + "]\nmeasures:"),
    "questions that are not scored": RUBRIC.replace("measures:", "not_scored: [" + _lines("q%, ", 90_000) + "]\nmeasures:"),
    "scales": RUBRIC.replace("scales:\n", "scales:\n" + _lines("  s%: {yes: 1}\n", 22_000)),
    "unknown scales": RUBRIC.replace("items:\n", "items:\n" + _lines("  q%: {scale: s%}\n", 22_000)),
    "a chain of measures": RUBRIC.replace("limits:", _lines("  m%: {name: {en: a, cy: b}, of: x%}\n", 9_000) + "limits:"),
    "tags of a measure": RUBRIC.replace("by: [dimension, theme]", "by: [" + "theme, " * 90_000 + "]"),
    "weights": RUBRIC.replace("{work.plan: 2}", "{" + _lines("g%: 2, ", 45_000) + "}"),
    "bands": RUBRIC.replace("bands:\n  levels:\n", "bands:\n  levels:\n" + "    - {from: 0, id: low, name: {en: L, cy: I}}\n" * 8_500),
    "limits": RUBRIC.replace("limits:\n", "limits:\n" + "  - {id: a, measure: theme, at_most: 1, when: {item: work.plan, below: 2}, because: {en: a, cy: b}, where: {dimension: work}}\n" * 3_800),
    "dimensions of bands": RUBRIC.replace("for_dimension: {", "for_dimension: {" + _lines("d%: {en: a, cy: b}, ", 15_000)),
    "languages": BASE.read_text().replace("title:", "languages: [" + "en, " * 90_000 + "]\ntitle:"),
    "a long key": HEAD + "? " + "x" * 5_000_000 + "\n: 1\n",
    "a long scalar": HEAD.replace("Cardiff", "x" * 5_000_000),
    "a long number": HEAD + "answers: {people.trained: " + "9" * 5_000_000 + "}\n",
    "a long tag": HEAD + "answers: {people.trained: !" + "x" * 500_000 + " 1}\n",
    "a long format": "format: " + "x" * 5_000_000 + "\n",
    "open braces": HEAD + "answers: " + "{a: " * 39 + "[" * 1000,
    "colons": HEAD + "answers: " + "a: " * 100_000,
    "quotes": HEAD + "answers: " + "'" * 3_000_001,
    "a list of ids": BASE.read_text().replace("id: work\n", "id: [" + "1, " * 90_000 + "]\n"),
    "a chain of outcomes": RUBRIC.replace("bands:\n  levels", "outcomes:\n" + "".join(f"  o{i}: {{name: {{en: a, cy: b}}, rules: [{{label: a, when: {{outcome: o{i + 1}, equals: a}}}}]}}\n" for i in range(4_800)) + "bands:\n  levels"),
    "rules": RUBRIC.replace("bands:\n  levels", "outcomes:\n  o:\n    name: {en: a, cy: b}\n    rules:\n" + _lines("      - {label: a, when: {some: {}, at_least: 3.%}}\n", 10_000) + "bands:\n  levels"),
    "options in a condition": RUBRIC.replace("{item: work.plan, below: 2}", "{question: work.plan, in: [" + _lines("o%, ", 90_000) + "]}"),
    "nested conditions": RUBRIC.replace("{item: work.plan, below: 2}", "{not: " * 60 + "{item: work.plan, below: 2}" + "}" * 60),
    "steps": RUBRIC.replace("limits:", "  l: {name: {en: a, cy: b}, of: items, reduce: ladder, ladder: {along: theme, passes: 1, steps: [" + _lines("a%, ", 90_000) + "]}}\nlimits:"),
    "questions on themselves": BASE.read_text().replace("          - id: work.owner", _lines("          - {id: q%, type: yes_no, text: {en: a, cy: b}, asked_when: {question: q%, equals: yes}}\n", 5_500) + "          - id: work.owner"),
    "questions that contradict": BASE.read_text().replace("          - id: work.owner", "".join(f"          - {{id: q{i}, type: yes_no, text: {{en: a, cy: b}}, asked_when: {{all: [{{question: {f'q{i - 1}' if i else 'work.plan'}, equals: {'yes' if i else 'some'}}}, {{question: work.plan, equals: none}}]}}}}\n" for i in range(3_000)) + "          - id: work.owner"),
}  # fmt: skip


@pytest.mark.parametrize("what", FLOODS)
def test_floods_stay_within_bounds(what: str, tmp_path: Path) -> None:
    path = tmp_path / "flood.yaml"
    path.write_text(FLOODS[what])
    problems, took = spent(lambda: found(path))
    assert problems
    assert "F007" not in {p.kind.code for p in problems}, "it was not looked at"
    assert len(problems) <= 10 * MAX_PROBLEMS
    assert sum(len(p.message()) + len(p.remedy()) for p in problems) < 1_000_000
    assert took < FLOODED * plain()


def test_a_file_with_no_end_of_problems_says_so(tmp_path: Path) -> None:
    path = tmp_path / "flood.yaml"
    for what in ("the same key", "unknown keys", "unknown questions"):
        path.write_text(FLOODS[what])
        problems = found(path)
        assert len(problems) == MAX_PROBLEMS + 1
        assert "F015" in {p.kind.code for p in problems}


def _modules(*packages: str) -> Iterator[object]:
    for name in packages:
        package = importlib.import_module(name)
        yield package
        for inner in pkgutil.walk_packages(getattr(package, "__path__", ()), f"{name}."):
            if not inner.name.endswith("__main__"):
                yield importlib.import_module(inner.name)


def _declared(*packages: str) -> set[Kind]:
    return {kind for module in _modules(*packages) for kind in kinds(module)}  # type: ignore[arg-type]


OURS = (
    "maturity.sources",
    "maturity.checks",
    "maturity.intake.collect",
    "maturity.intake.reading",
    "maturity.intake.scored",
)
MADE_HERE = {"F015", "F020", "F022", "F024", "F025", "F026", "A024", "I004"} | {
    c for _, wanted in MADE.values() for c, _, _ in wanted
}
# What is wrong with a lock, or with what it keeps, is shown in test_lock.py; keys without end in test_hostile_yaml.py, JSON in
# test_checks_formats.py.
# Scorecards that are YAML and no JSON: test_recheck_many.py.
MADE_HERE |= {"F310", "F039", "F043", "F040", "F041", "F018", "K001", "K002", "K003", "K004", "K005", "K006"}


def test_every_kind_of_problem_has_an_example() -> None:
    shown = {code for path in NEGATIVE for code, _, _ in expected(path)} | MADE_HERE
    declared = {kind.code for kind in _declared(*OURS)}
    assert declared - shown - NOT_FROM_VALIDATE.keys() == set()
    assert shown - declared == set()
    assert shown & NOT_FROM_VALIDATE.keys() == set()
    assert NOT_FROM_VALIDATE.keys() - declared == set()


def test_codes_are_used_once() -> None:
    codes: dict[str, Kind] = {}
    for kind in _declared("maturity"):
        assert re.fullmatch(r"[A-Z]\d{3}", kind.code)
        assert codes.setdefault(kind.code, kind) == kind


TELLS = re.compile(
    "Add|Build|Check|Choose|Close|Correct|Define|Delete|Give|Keep|Name|Order|Put|Raise|Replace|Round|Save|Say|Score"
    "|Shorten|Start|Swap|Translate|Write|A file may have|A published file|Ours are|These are at hand|It needs"
)


@pytest.mark.parametrize("kind", sorted(_declared(*OURS), key=lambda k: k.code), ids=lambda k: k.code)
def test_wordings_say_what_is_wrong_and_remedies_what_to_do(kind: Kind) -> None:
    for words in (kind.wording, kind.remedy):
        for _, name, spec, conversion in Formatter().parse(words):
            assert name is None or (name.isidentifier() and not spec and not conversion)
        assert words.endswith((".", ".{hint}", "{known}", "!"))
    assert TELLS.match(kind.remedy.removeprefix("{hint}"))
    assert kind.wording[0].isupper() or kind.wording[0] in "'{"


def test_two_files_of_one_council_and_period(tmp_path: Path) -> None:
    text = (DATA / "base" / "assessment.yaml").read_text(encoding="utf-8")
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    # Two people of one council are told apart by who answered.
    (tmp_path / "c.yaml").write_text(text + "respondent: {role: Librarian}\n", encoding="utf-8")
    assert [(p.kind.code, Path(p.place.file).name) for p in found(tmp_path)] == [("I004", "b.yaml")]


def test_answers_to_what_is_not_asked(tmp_path: Path) -> None:
    guide = Path(__file__).parent.parent / "docs" / "rubrics"
    answers = (guide / "answers.yaml").read_text(encoding="utf-8").replace("reserve: yes", "reserve: no")
    (tmp_path / "answers.yaml").write_text(answers, encoding="utf-8")
    problems = validate([guide / "questionnaire-1.0.0.yaml", tmp_path], wales()).problems
    assert [(p.kind.code, p.kind.severity, p.place.line, p.place.column) for p in problems] == [
        ("A024", "warning", 10, 3)
    ]
