"""The tests' own way to run the program: what it gives is what a process gives that a shell starts."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from program import afresh, as_we_started, run_bytes, shown
from pseudo_terminal import CTRL_C, DOWN, ENTER, held, people

ROOT = Path(__file__).parent.parent
CARDIFF = "examples/wales-2026/cardiff.yaml"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("score", CARDIFF, "-o", "-"), 0),
        (("benchmark", "examples/wales-2026", "--lang", "cy"), 0),
        (("validate", "tests/data/checks/negative/rubric/T002-measure.yaml"), 1),
        (("score", "tŷ/\udcff.yaml"), 2),
        (("--nonsense",), 2),
    ],
)
def test_a_fork_does_what_a_new_process_does(words: tuple[str, ...], code: int) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "60", "MATURITY_LANG": "cy"}
    fork, new = run_bytes(*words, cwd=ROOT, env=env), afresh(*words, cwd=ROOT, env=env)
    assert (fork.returncode, fork.stdout, fork.stderr) == (new.returncode, new.stdout, new.stderr)
    assert fork.returncode == code


needs_terminal = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")


@needs_terminal
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "wales", "--lang", "cy"), 0),
        (("validate", "tests/data/checks/negative/rubric/T002-measure.yaml"), 1),
    ],
)
def test_a_fork_shows_on_a_terminal_what_a_new_process_shows(words: tuple[str, ...], code: int) -> None:
    env = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "NO_COLOR")}
    env |= {"TERM": "xterm-256color", "PYTHONWARNINGS": "error"}
    fork, new = (shown(*words, cwd=ROOT, env=env, columns=60, anew=anew) for anew in (False, True))
    assert fork == new
    assert fork[0] == code
    assert "\x1b[" in fork[1]


@needs_terminal
@pytest.mark.parametrize("end", [CTRL_C, "hang up", signal.SIGTERM, signal.SIGKILL])
def test_a_sitting_is_what_a_new_process_is(tmp_path: Path, end: str | signal.Signals) -> None:
    """Screens after keys and after the window is made narrower, how it ends, and what is left."""
    small = str(Path(__file__).parent / "data" / "small" / "questionnaire.yaml")
    found = []
    for anew in (False, True):
        folder = tmp_path / f"anew-{anew}"
        folder.mkdir()
        with people(folder, "a.yaml", "--council", "Cardiff", "--period", "2026", "-q", small) as start:
            person = start(anew=anew).sees("Question 1 of 7", "Save and leave").press(DOWN, DOWN, ENTER)
            person.sees("Question 2 of 7", "Save and leave")
            person.resize(44).sees("[q] Save and leave").press("n", "tŷ 日本語", ENTER)
            person.sees("Note: tŷ 日本語", "[q] Save and leave")
            screen = person.still()
            person.resize(100)
            if isinstance(end, signal.Signals):
                os.kill(person.child.pid, end)
            elif end == "hang up":
                person.hang_up()
            else:
                person.press(end)
            code = person.ends()
            said = "Stopped; everything so far is saved in a.yaml." in " ".join(person.seen.split())
        left = {path.name: held(path) for path in folder.iterdir() if path.suffix == ".yaml"}
        found.append((screen, code, said, left))
    assert found[0] == found[1]
    assert found[0][1] == (-signal.SIGKILL if end == signal.SIGKILL else 130)
    assert found[0][2] == (end not in ("hang up", signal.SIGKILL))
    assert "leadership.strategy: draft" in found[0][3]["a.yaml"]


def test_one_run_leaves_nothing_to_the_next(tmp_path: Path) -> None:
    first = run_bytes("list", cwd=tmp_path, env={**os.environ, "MATURITY_LANG": "cy", "COLUMNS": "40"})
    second = run_bytes("list", cwd=ROOT)
    assert first.stdout != second.stdout == afresh("list", cwd=ROOT).stdout
    assert run_bytes("validate", "examples", cwd=tmp_path).returncode == 2


def test_what_python_reads_when_it_starts_is_started_afresh() -> None:
    assert as_we_started({**os.environ, "PYTHONUTF8": "1", "COLUMNS": "40", "MATURITY_LANG": "cy"})
    for key, value in {
        "PYTHONHASHSEED": "1",
        "PYTHONIOENCODING": "cp1252",
        "PYTHONPATH": "elsewhere",
        "LC_ALL": "cy_GB.ISO-8859-1",
    }.items():
        assert not as_we_started({**os.environ, key: value})
