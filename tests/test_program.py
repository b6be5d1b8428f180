"""The tests' own way to run the program: what it gives is what a process gives that a shell starts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from program import afresh, as_we_started, run_bytes

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
