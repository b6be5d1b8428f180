"""`maturity benchmark --anonymise`, `--csv` and `maturity pack`, as people run them."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

import program
from maturity.sources.registers import wales

ROOT = Path(__file__).parent.parent
ANSWERS = ROOT / "examples" / "wales-2026"


def maturity(*words: object, **env: str) -> subprocess.CompletedProcess[str]:
    return program.run(*words, env=os.environ | {"SOURCE_DATE_EPOCH": "1790000000", "PYTHONUTF8": "1", **env})


def names() -> set[str]:
    return {name for o in wales().organisations for name in (*o.name.root.values(), o.code)}


@pytest.mark.parametrize("columns", ["40", "120"])
def test_the_table_names_nobody(columns: str) -> None:
    done = maturity("benchmark", ANSWERS, "--anonymise", COLUMNS=columns)
    assert done.returncode == 0
    assert "[c]" in done.stdout
    assert not [name for name in names() if name in done.stdout]


def test_one_council_is_marked_and_has_no_rank() -> None:
    done = maturity("benchmark", ANSWERS, "--anonymise", "--for", "Caerdydd", "--lang", "cy", COLUMNS="160")
    assert done.returncode == 0
    whole = next(line for line in done.stdout.splitlines() if "Sgôr gyffredinol" in line).split()
    assert "1.30" in whole and whole[whole.index("1.30") + 1] == "[c]"
    named = maturity("benchmark", ANSWERS, "--for", "Caerdydd", "--lang", "cy", COLUMNS="160")
    assert "o 20" in named.stdout and "[c]" not in named.stdout


ASKED = ("--peers", "region", "--series", "--together", "--evidence-above", "2", "--draws", "20")


def test_what_is_kept_back_is_said() -> None:
    """Each option that shows nothing, or the reader's own alone, is named on stderr; where all are named, none is."""
    groups = "Kept back with --anonymise: --peers, --together"
    done = maturity("benchmark", ANSWERS, "--anonymise", *ASKED)
    everything = "Kept back with --anonymise: --peers, --series, --together, --evidence-above, --draws."
    assert everything in done.stderr and "except" not in done.stderr
    assert "Claimed and evidenced" not in done.stdout and "How firm is it?" not in done.stdout
    own = maturity("benchmark", ANSWERS, "--anonymise", "--for", "Cardiff", *ASKED)
    assert f"{groups}." in own.stderr
    assert "except what is your own council's: --series, --evidence-above, --draws." in own.stderr
    assert not [name for name in names() - own_names() if name in own.stdout]
    assert "Own evidenced" in own.stdout and "How firm is it?" in own.stdout
    assert "rank" not in own.stdout[own.stdout.index("Claimed and evidenced") :]
    for asked in ((), ("--anonymise",)):
        assert "Kept back" not in maturity("benchmark", ANSWERS, *asked).stderr
    assert "Kept back" not in maturity("benchmark", ANSWERS, *ASKED).stderr


def own_names() -> set[str]:
    own = next(o for o in wales().organisations if o.name.to("en") == "Cardiff")
    return {*own.name.root.values(), own.code}


def test_open_data_of_nobody_replaces_that_of_all(tmp_path: Path) -> None:
    folder = tmp_path / "data agored ŵ"
    assert maturity("benchmark", ANSWERS, "--csv", folder).returncode == 0
    assert (folder / "scores.csv").exists()
    done = maturity("benchmark", ANSWERS, "--anonymise", "--csv", folder, "--lang", "cy")
    assert done.returncode == 0, done.stderr
    left = {path.name for path in folder.iterdir()}
    assert left == {
        "measures.csv",
        "levels.csv",
        "answers.csv",
        "numbers.csv",
        "findings.csv",
        "datapackage.json",
    }
    package = json.loads((folder / "datapackage.json").read_bytes())
    assert (package["maturity"]["disclosure"]["mode"], package["languages"]) == ("public", ["cy", "en"])


@pytest.mark.parametrize("name", ["measures.csv", "datapackage.json", "scores.csv"])
def test_a_file_of_somebody_else_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine,all mine\n", encoding="utf-8")
    done = maturity("benchmark", ANSWERS, "--anonymise", "--csv", tmp_path)
    assert done.returncode == 2 and "G021" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine,all mine\n"


def test_a_table_that_was_changed_stays(tmp_path: Path) -> None:
    assert maturity("benchmark", ANSWERS, "--anonymise", "--csv", tmp_path).returncode == 0
    with (tmp_path / "levels.csv").open("a", encoding="utf-8") as file:
        file.write("my note\n")
    assert maturity("benchmark", ANSWERS, "--anonymise", "--csv", tmp_path).returncode == 2
    assert maturity("benchmark", ANSWERS, "--anonymise", "--csv", tmp_path, "--force").returncode == 0
    assert "my note" not in (tmp_path / "levels.csv").read_text(encoding="utf-8")


def test_pack(tmp_path: Path) -> None:
    files = sorted(ANSWERS.glob("*.yaml"))[:2]
    out = tmp_path / "adroddiadau ŵ"
    done = maturity("pack", *files, "-o", out, "--lang", "both")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{out / 'index.html'}\n"
    folders = sorted(path for path in out.iterdir() if path.is_dir())
    assert len(folders) == 2
    for folder in folders:
        ends = ("crynodeb-cy.html", "cy.html", "cy.xlsx", "en.html", "en.xlsx", "summary-en.html")
        wanted = [f"{folder.name}-2026-{end}" for end in ends]
        assert sorted(path.name for path in folder.iterdir()) == wanted
        text = (folder / wanted[3]).read_text(encoding="utf-8")
        other = next(one for one in folders if one != folder).name.replace("-", " ")
        assert other not in text.casefold()
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert maturity("pack", *files, "-o", out, "--lang", "both").returncode == 0
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_pack_writes_over_nobodys_page(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>mine</p>", encoding="utf-8")
    done = maturity("pack", sorted(ANSWERS.glob("*.yaml"))[0], "-o", tmp_path)
    assert done.returncode == 2 and "G021" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_pack_of_nothing(tmp_path: Path) -> None:
    done = maturity("pack", tmp_path, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert not (tmp_path / "out").exists()
