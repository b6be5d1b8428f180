"""Files made to harm: each ends in a finding, in bounded time and memory, measured on the whole process.

The limits themselves are stated once, in `maturity.sources.yaml_reader`; docs/limits.md tells them to maintainers, and
a test here holds it to them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

import program
from effort import plain as plain_work
from effort import spent
from maturity.sources import scorecards, yaml_reader

ROOT = Path(__file__).parent.parent
BASE = ROOT / "tests" / "data" / "checks" / "base"
HEAD = "format: maturity-assessment/1\nquestionnaire: {id: socitm, version: 1.0.0}\norganisation: Cardiff\nperiod: 2026\n"
MB = 1_000_000

MOST_MEMORY = 250 * MB
"""What a hostile file may take beyond a plain one: libyaml's copies, and MAX_NODES values with their positions."""
MOST_TIME = 7
"""How many times as long as a plain file takes together with the program's start, which is most of that. What is
measured has the start behind it: with it, it takes less than eight times as long."""
HARD_MEMORY = 2_000 * MB
"""Where the system itself stops the process, so that a mistake of ours does not harm the machine."""


@dataclass
class Run:
    """What a whole process did and took."""

    code: int
    problems: list[dict[str, Any]]
    said: str
    memory: int
    seconds: float

    @property
    def codes(self) -> set[str]:
        return {problem["code"] for problem in self.problems}


# A small process starts the program and waits for it: what pytest itself holds in memory must not count.
LAUNCH = """
import ctypes, json, os, resource, subprocess, sys
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
if os.geteuid() == 0 and sys.argv[3] == "as anybody":
    # Root may read everything, until it gives up CAP_DAC_OVERRIDE (1) and CAP_DAC_READ_SEARCH (2) for those it starts.
    for capability in (1, 2):
        assert ctypes.CDLL(None).prctl(24, capability, 0, 0, 0) == 0
code = subprocess.run(sys.argv[4:], stdin=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as file:
    json.dump([code, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024), used.ru_utime + used.ru_stime], file)
"""


def run(*paths: Path, form: str = "json", who: str = "as we are") -> Run:
    """`maturity validate` over `paths`: exit code, problems, peak memory in bytes, seconds of processor time."""
    done = started("validate", "--format", form, *paths, who=who)
    return replace(done, problems=json.loads(done.said)["problems"]) if form == "json" else done


def started(*words: str | Path, who: str = "as we are") -> Run:
    """The program with these words: what it says on stdout, its exit code, and what it took beyond its start."""
    if who != "as we are":
        return afresh(*words, who=who)
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({HARD_MEMORY}, {HARD_MEMORY}))"
    done, end = program.measured(*words, prelude=limit)
    assert done.returncode in (0, 1, 2), done.stderr[-2000:]
    return Run(done.returncode, [], done.stdout.decode("utf-8"), end.memory, end.seconds)


def afresh(*words: str | Path, who: str = "as we are") -> Run:
    """The same with its start."""
    command = [sys.executable, "-m", "maturity", *words]
    with tempfile.NamedTemporaryFile() as report:
        launched = [sys.executable, "-I", "-S", "-c", LAUNCH, report.name, str(HARD_MEMORY), who, *command]
        done = subprocess.run(launched, capture_output=True, check=True)
        code, memory, seconds = json.loads(Path(report.name).read_text(encoding="utf-8"))
    said = done.stdout.decode("utf-8")
    assert code in (0, 1, 2), done.stderr[-2000:]
    return Run(code, [], said, memory, seconds)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A file of an honest council, on which the bounds are measured: its time with the program's start."""
    path = tmp_path_factory.mktemp("plain") / "answers.yaml"
    path.write_text(HEAD + "answers: {}\n", encoding="utf-8")
    done = run(path)
    assert (done.code, done.problems) == (0, [])
    whole = min((afresh("validate", path) for _ in range(3)), key=lambda each: each.seconds)
    assert done.seconds < whole.seconds
    return replace(done, seconds=whole.seconds)


def harmless(done: Run, plain: Run, *, code: int = 1) -> None:
    """It ended with findings, took little, and told no more than a person can read."""
    assert done.code == code, done.said[:1000]
    assert done.problems
    for problem in done.problems:
        assert problem["remedy"]
        assert len(problem["message"]) < 400
        assert problem["message"].isprintable()
    assert done.memory - plain.memory < MOST_MEMORY, (
        f"{done.memory / MB:.0f} MB, plain {plain.memory / MB:.0f} MB"
    )
    assert done.seconds < MOST_TIME * plain.seconds, f"{done.seconds:.1f} s, plain {plain.seconds:.1f} s"
    assert len(done.said) < MB


def lines(of: str, n: int) -> str:
    return "".join(of.replace("%", str(i)) for i in range(n))


def bomb(levels: int) -> str:
    """Each level holds the one before nine times: 9 to the power of `levels` values."""
    text = "a0: &a0 [x]\n"
    return text + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, levels))


def anchored(n: int) -> str:
    return lines("a%: &a% x\n", n)


HOSTILE: dict[str, tuple[str | bytes, set[str]]] = {
    "an alias bomb": (bomb(30), {"F005"}),
    "an alias bomb in brackets": ("{a: &a [x, x], b: &b [*a, *a], c: [*b, *b]}", {"F005"}),
    "an anchor within itself": ("a: &a [*a]\n", {"F005"}),
    "many anchors": (anchored(100_000), {"F005", "F015"}),
    "many aliases of one": ("a: &a x\nb: [" + "*a, " * 100_000 + "]\n", {"F005"}),
    "an alias of nothing": ("a: *nothing\n", {"F005"}),
    "merge keys": ("a: &a {x: 1}\n" + lines("b%: {<<: *a}\n", 20_000), {"F005"}),
    "a merge key of nothing": (HEAD + "answers: {<<: {work.plan: yes}}\n", {"S005"}),
    "a scalar of 100 MB": (b"a: " + b"x" * (100 * MB), {"F007"}),
    "a scalar as long as can be": ("a: " + "x" * (yaml_reader.MAX_BYTES - 4) + "\n", {"F012"}),
    "a quoted scalar of escapes": (HEAD + 'answers: {a: "' + "\\x41" * 1_900_000 + '"}\n', {"S016"}),
    "a folded scalar of lines": (HEAD + "organisation2: >\n" + "  x\n" * 1_900_000, {"S002"}),
    "deep brackets": ("[" * 1_000_000, {"F008"}),
    "deep brackets that close": ("[" * 500_000 + "]" * 500_000, {"F008"}),
    "deep braces": ("{a: " * 1_000_000, {"F008"}),
    "deep braces as keys": ("{" * 1_000_000, {"F011"}),
    "deep dashes": ("- " * 1_000_000 + "x", {"F008"}),
    "deep question marks": ("? " * 1_000_000 + "x", {"F011"}),
    "deep indentation": ("".join(" " * i + "a:\n" for i in range(2_500)), {"F008"}),
    "objects of Python": ("!!python/object/apply:os.system ['touch /tmp/harmed']\n", {"F006"}),
    "objects of Python as values": (HEAD + "answers: !!python/object/new:type {args: [x, [], {}]}\n", {"F006"}),
    "a module of Python": ("a: !!python/module:os\n", {"F006"}),
    "a tag of another's": ("%TAG ! tag:example.org,2000:\n---\na: !thing x\n", {"F006"}),
    "a tag that takes a name": ("a: !<tag:yaml.org,2002:python/name:os.system> x\n", {"F006"}),
    "binary": ("a: !!binary R0lGODlhDAAMAIQ=\n", {"F006"}),
    "many tags": (lines("a%: !x 1\n", 100_000), {"F006", "F015"}),
    "many tag directives": (lines("%TAG !a%! tag:example.org,2000:\n", 30_000) + "---\na: 1\n", {"F009"}),
    "many directives": ("%X y\n" * 1_000_000 + "---\na: 1\n", {"F003"}),
    "NUL bytes": (b"\0" * MB, {"F017"}),
    "a NUL byte within": (HEAD.encode() + b"answers: {a: x\0y}\n", {"F017"}),
    "a NUL byte by escape": (HEAD + 'answers: {a: "x\\0y"}\n', {"F017"}),
    "a terminal's escapes": (HEAD + "answers: {a: '\x1b]0;harmed\x07'}\n", {"F017"}),
    "writing turned around": (HEAD + "answers: {a: '\u202eabc'}\n", {"F017"}),
    "a lone surrogate by escape": (HEAD + 'answers: {a: "\\ud800"}\n', {"F038"}),
    "a lone surrogate in JSON": ('{"format": "\\ud800"}', {"F038"}),
    "a lone surrogate as bytes": (HEAD.encode() + b"# \xed\xa0\x80\n", {"F001"}),
    "UTF-16": (HEAD.encode("utf-16"), {"F001"}),
    "UTF-16 without its mark": (HEAD.encode("utf-16-le"), {"F017"}),
    "UTF-32": (HEAD.encode("utf-32"), {"F001"}),
    "Latin-1": (HEAD.encode() + "# tŷ â\n".encode("iso8859-14"), {"F001"}),
    "overlong UTF-8": (HEAD.encode() + b"# \xc0\xaf\n", {"F001"}),
    "another encoding named": (b"\xfe\xff" + HEAD.encode(), {"F001"}),
    "a program": (b"\x7fELF" + bytes(range(256)) * 100, {"F017", "F001"}),
    "a number of a million digits": (HEAD + "answers: {a: " + "9" * MB + "}\n", {"S016"}),
    "a number of a million digits as key": (HEAD + "? " + "9" * MB + "\n: 1\n", {"F018"}),
    "a float beyond all": (HEAD + "answers: {a: 1e999}\n", {"A002"}),
    "a number in base 60": (HEAD + "answers: {a: " + "1:" * 100_000 + "1}\n", {"S016"}),
    "a number of underscores": (HEAD + "answers: {a: 1" + "_" * MB + "}\n", {"S016"}),
    "hexadecimal": (HEAD + "answers: {a: 0x" + "f" * MB + "}\n", {"S016"}),
    "the same key": (HEAD + "answers:\n" + "  a: 1\n" * 90_000, {"F004", "F015"}),
    "keys that collide": (HEAD + "answers: {" + lines("k%: 1, ", 49_000) + "}\n", {"A002", "F015"}),
    "a huge key": (HEAD + "? " + "k" * 5 * MB + "\n: 1\n", {"F018"}),
    "huge keys of answers": (HEAD + "answers:\n" + lines("  ? %" + "k" * 500_000 + "\n  : 1\n", 10), {"F018"}),
    "a huge key in its path": (HEAD + "answers: {? " + "k" * MB + " : {" + lines("x%: 1, ", 5_000) + "}}\n", {"F018"}),
    "keys as long as can be over many problems": ("format: maturity-rubric/1\nscales: {" + "k" * 300 + ": {" + lines("%" + "k" * 290 + ": [], ", 20_000) + "}}\n", {"S005", "S016"}),
    "many problems under a long key": (HEAD + "answers: {" + "k" * 300 + ": {" + lines("x%: 1, ", 49_000) + "}}\n", {"S002"}),
    "a long run of comments": ("# x\n" * 1_900_000 + HEAD + "answers: []\n", {"S011"}),
    "a long comment": ("#" + "x" * 7 * MB + "\na: 1\n", {"F012"}),
    "a long run of empty lines": ("\n" * 7_000_000 + "a: [\n", {"F003"}),
    "a long run of blanks": ("a:" + " " * 7_000_000 + "]\n", {"F035"}),
    "a line without end": (HEAD + "answers: {" + "a b c " * MB + ": ]}\n", {"F032"}),
    "a line without end and a bracket": (HEAD + "answers: ['" + "ŵ" * 3_000_000 + "', }\n", {"F035"}),
    "quotes without end": ("a: '" + "''" * 3_000_000, {"F031"}),
    "documents without end": ("---\na: 1\n" * 500_000, {"F009"}),
    "values without end": ("[" + "1," * 3_000_000 + "]", {"F007"}),
    "empty lists without end": ("[" + "[]," * 2_000_000 + "]", {"F007"}),
    "commas": ("[" + "," * 5_000_000, {"F035"}),
    "colons": (": " * 1_000_000, {"F036"}),
    "dashes": ("-" * 7_000_000, {"F010"}),
    "bars": ("a: " + "|" * 1_000_000, {"F003"}),
    "exclamation marks": ("a: " + "!" * 1_000_000, {"F006"}),
    "ampersands": ("a: " + "&" * 1_000_000, {"F003"}),
    "percent signs": ("%" * 1_000_000, {"F003"}),
    "tabs": ("\t" * 1_000_000 + "a: 1\n", {"F030"}),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_ends_in_a_finding(what: str, plain: Run, tmp_path: Path) -> None:
    content, codes = HOSTILE[what]
    path = tmp_path / "hostile.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    done = run(path)
    harmless(done, plain)
    assert done.codes & codes, f"{done.codes}: {done.problems[0]}"
    assert not Path("/tmp/harmed").exists()


@pytest.mark.parametrize(
    "what", ["a line without end", "a line without end and a bracket", "a huge key", "a long run of blanks"]
)
def test_what_a_person_is_shown_of_it_is_short(what: str, plain: Run, tmp_path: Path) -> None:
    path = tmp_path / "hostile.yaml"
    path.write_bytes(HOSTILE[what][0].encode("utf-8"))  # type: ignore[union-attr]
    done = run(path, form="text")
    assert done.code == 1
    assert max(map(len, done.said.split("\n"))) < 1_000
    assert len(done.said) < 5_000
    assert done.seconds < MOST_TIME * plain.seconds


def test_as_a_questionnaire_and_rubric_too(plain: Run, tmp_path: Path) -> None:
    """The same harm within files of which the model is larger."""
    for name in ("questionnaire", "rubric"):
        text = (BASE / f"{name}.yaml").read_text(encoding="utf-8")
        path = tmp_path / f"{name}.yaml"
        for harm in (
            "x: " + "[" * 100_000,
            lines("x%: &a% 1\n", 50_000),
            lines("x%: {en: a, cy: b}\n", 30_000),
        ):
            path.write_text(text + harm, encoding="utf-8")
            harmless(run(path), plain)


def test_a_sparse_file_of_a_terabyte_is_not_read(plain: Run, tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.write(b"a: ")
        try:
            file.truncate(10**12)
        except OSError:
            file.truncate(10**9)
    done = run(path)
    harmless(done, plain)
    assert done.codes == {"F007"}


NO_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a pipe that nobody writes to": (os.mkfifo, "F026"),
    "zeros without end": (lambda path: path.symlink_to("/dev/zero"), "F026"),
    "random bytes without end": (lambda path: path.symlink_to("/dev/urandom"), "F026"),
    "what is typed": (lambda path: path.symlink_to("/dev/stdin"), "F026"),
    "a link to itself": (lambda path: path.symlink_to(path), "F020"),
    "a link to nothing": (lambda path: path.symlink_to(path.parent / "nothing.yaml"), "F020"),
    "a link to a folder above": (lambda path: path.symlink_to(path.parent), "F024"),
}


@pytest.mark.parametrize("what", NO_FILES)
def test_what_is_no_file(what: str, plain: Run, tmp_path: Path) -> None:
    make, code = NO_FILES[what]
    path = tmp_path / "hostile.yaml"
    make(path)
    done = run(path)
    harmless(done, plain, code=2)
    assert done.codes == {code}
    # Beside a sound file in a folder it is a finding, and the other is checked.
    (tmp_path / "sound.yaml").write_text(HEAD + "answers: {}\n", encoding="utf-8")
    done = run(tmp_path)
    assert [problem["code"] for problem in done.problems] == ([code] if code != "F024" else [])
    assert "sound.yaml" in done.said
    assert done.seconds < MOST_TIME * plain.seconds


def test_folders_that_lead_in_a_circle(plain: Run, tmp_path: Path) -> None:
    deepest = tmp_path
    for _ in range(30):
        deepest = deepest / "in"
        deepest.mkdir()
        for n in range(3):
            (deepest / f"back{n}").symlink_to(tmp_path, target_is_directory=True)
    (deepest / "answers.yaml").write_text(HEAD + "answers: {}\n", encoding="utf-8")
    done = run(tmp_path)
    assert (done.code, done.problems) == (0, [])
    assert len(json.loads(done.said)["checked"]) == 1
    assert done.seconds < MOST_TIME * plain.seconds


def test_a_folder_of_ten_thousand_files_costs_as_many_times_one(plain: Run, tmp_path: Path) -> None:
    """Twice as many files take no more than some two times as long: nothing is compared with everything."""
    spent = {}
    most = 10_000 if os.environ.get("MATURITY_ATTACK") else 1_000
    for count in (most // 2, most):
        folder = tmp_path / str(count)
        folder.mkdir()
        for n in range(count):
            (folder / f"{n}.yaml").write_text("services: {web: {image: nginx}}\n", encoding="utf-8")
        (folder / "answers.yaml").write_text(HEAD + "answers: {a: [}\n", encoding="utf-8")
        done = run(folder)
        assert (done.code, len(done.problems)) == (1, 1)
        assert done.memory - plain.memory < MOST_MEMORY
        spent[count] = done.seconds
    assert spent[most] < 3 * spent[most // 2] + plain.seconds


def test_a_file_and_a_folder_that_may_not_be_read(plain: Run, tmp_path: Path) -> None:
    path = tmp_path / "locked.yaml"
    path.write_text(HEAD, encoding="utf-8")
    path.chmod(0)
    done = run(path, who="as anybody")
    harmless(done, plain)
    assert done.codes == {"F022"}
    (tmp_path / "locked").mkdir(mode=0)
    done = run(tmp_path, who="as anybody")
    assert [(Path(problem["file"]).name, problem["code"]) for problem in done.problems] == [
        ("locked", "F022"),
        ("locked.yaml", "F022"),
    ]


@pytest.mark.parametrize(
    ("small", "large"),
    [
        (lambda n: lines("a%: &a% x\n", n), 100_000),
        (lambda n: "[" * n, 1_000_000),
        (lambda n: "# x\n" * n + "a: [", 800_000),
        (lambda n: HEAD + "answers:\n" + "  a: 1\n" * n, 48_000),
        (lambda n: HEAD + "answers: {" + lines("k%: 1, ", n) + "}\n", 48_000),
        (lambda n: "a: '" + "''" * n, 1_000_000),
    ],
    ids=["anchors", "brackets", "comments", "equal keys", "unknown keys", "quotes"],
)
def test_work_grows_with_the_size_and_not_with_its_square(small: Callable[[int], str], large: int) -> None:
    """Of sixteen times as much: sixteen times the processor's time and not 256 times, the least of three."""
    took = []
    for size in (large // 16, large):
        raw = small(size).encode("utf-8")
        took.append(
            min(spent(lambda raw=raw: yaml_reader.read_yaml(raw, "hostile.yaml"))[1] for _ in range(3))
        )  # type: ignore[misc]
    assert took[1] < 80 * took[0] + plain_work()


def test_the_limits_are_those_that_the_docs_state() -> None:
    page = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    stated = {
        name: int(number.replace(" ", "").replace(",", ""))
        for name, number in re.findall(r"\| `(MAX_[A-Z]+)` \| ([0-9, ]+) ", page)
    }
    assert stated == {
        name: value
        for module in (yaml_reader, scorecards)
        for name, value in vars(module).items()
        if name.startswith("MAX_")
    }
