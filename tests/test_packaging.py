"""The wheel, built from the sdist, installed alone and run from elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME")}
    result = subprocess.run(
        list(map(str, words)), cwd=cwd, env=clean, capture_output=True, text=True, timeout=500
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`python -m build` makes the sdist and then the wheel from it."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", out, ROOT, cwd=out)
    return next(out.glob("*.whl"))


def tracked(folder: str) -> set[str]:
    """The files that git keeps (or would) under a folder."""
    listed = run(
        "git", "ls-files", "--cached", "--others", "--exclude-standard", folder, cwd=ROOT
    ).stdout.split("\n")
    return {name for name in listed if name and (ROOT / name).is_file()}


def test_the_wheel_holds_every_file_and_no_other(wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    wanted = {name.removeprefix("src/") for name in tracked("src")}
    for kind in ("questionnaires", "templates", "examples"):
        wanted |= {f"maturity/_bundled/{name}" for name in tracked(kind)}
    assert inside == wanted


def test_the_sdist_can_run_the_tests(wheel: Path) -> None:
    with tarfile.open(next(wheel.parent.glob("*.tar.gz"))) as sdist:
        names = {name.split("/", 1)[-1] for name in sdist.getnames()}
    assert {
        "Makefile",
        "constraints.txt",
        "README.md",
        "LICENSE",
        "tests/conftest.py",
        "pyproject.toml",
    } <= names


def test_installed_alone_it_gives_the_same_demo_from_elsewhere(
    wheel: Path, tmp_path: Path, demo: Path
) -> None:
    alone = tmp_path / "alone"
    venv.create(alone)
    python = alone / "bin" / "python"
    constraints = ROOT / "constraints.txt"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-compile")
    run(*pip, "--constraint", constraints, wheel, cwd=tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    os.environ["SOURCE_DATE_EPOCH"] = "1790000000"
    try:
        run(alone / "bin" / "maturity", "demo", "--out", elsewhere / "X", cwd=elsewhere)
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]
    made = {
        p.relative_to(elsewhere / "X"): p.read_bytes() for p in (elsewhere / "X").rglob("*") if p.is_file()
    }
    here = {p.relative_to(demo): p.read_bytes() for p in demo.rglob("*") if p.is_file()}
    assert len(made) == 24
    assert made == here
    # Nothing beside what was asked for.
    assert [p.name for p in elsewhere.iterdir()] == ["X"]
    installed = run(*pip[:5], "list", "--format=freeze", cwd=tmp_path).stdout
    assert "pytest" not in installed
