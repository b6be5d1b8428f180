"""What `maturity migrate` writes over, and what it never does."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from maturity.cli.migrate_write import Planned, plan, write
from maturity.intake.migrated import FileMigrated, at_hand, migrate_file, text_of
from maturity.models.assessment import Answer, KeptAside
from maturity.models.problem import MaturityError
from maturity.sources.registers import wales
from test_migrate_cli import DATA, DONE, HEAD, WAITS, migrate, opened, told

CARDIFF = HEAD % "Cardiff" + "answers:\n  plan.owner: yes\n"
POWYS = HEAD % "Powys" + "answers:\n  plan.owner: no\n"


def everything(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text("utf-8") for p in folder.rglob("*") if p.is_file()}


def made(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(exist_ok=True)
        path.with_suffix(".yaml").write_text(text, encoding="utf-8")
    return folder


def migrated(path: Path) -> FileMigrated:
    return migrate_file(path, "2.0.0", at_hand([DATA], wales()), wales())


def codes(raised: pytest.ExceptionInfo[MaturityError]) -> list[str]:
    return [p.kind.code for p in raised.value.problems]


@pytest.mark.parametrize("order", [("b/x.yaml", "a/x.yaml"), ("a/x.yaml", "b/x.yaml"), ("a", "b/x.yaml")])
@pytest.mark.parametrize("words", [[], ["--force"], ["--dry-run"]])
def test_one_councils_answers_do_not_replace_anothers(
    order: tuple[str, str], words: list[str], tmp_path: Path
) -> None:
    made(tmp_path, a__x=CARDIFF, b__x=POWYS)
    before = everything(tmp_path)
    result = migrate(*order, "--to", "2.0.0", "-o", "a", *words, cwd=tmp_path)
    told(result, 2, "G020")
    assert everything(tmp_path) == before


@pytest.mark.parametrize("words", [[], ["--force"]])
def test_a_file_with_the_name_of_anothers_target_is_left_as_it_is(words: list[str], tmp_path: Path) -> None:
    made(tmp_path, q=CARDIFF)
    (tmp_path / "q-v2.0.0.yaml").write_text(POWYS, encoding="utf-8")
    migrate("q.yaml", "q-v2.0.0.yaml", "--to", "2.0.0", *words, cwd=tmp_path)
    assert opened(tmp_path / "q.yaml").organisation == "Cardiff"
    assert (tmp_path / "q-v2.0.0.yaml").read_text("utf-8") == POWYS
    assert (tmp_path / "q.yaml").read_text("utf-8") == CARDIFF


@pytest.mark.parametrize("words", [[], ["--force"], ["--dry-run"]])
def test_two_files_of_one_name_are_told_and_nothing_is_written(words: list[str], tmp_path: Path) -> None:
    made(tmp_path, a__x=CARDIFF, b__x=POWYS, c__y=CARDIFF)
    before = everything(tmp_path)
    result = migrate("a/x.yaml", "b/x.yaml", "c/y.yaml", "--to", "2.0.0", "-o", "out", *words,
                     "--format", "json", cwd=tmp_path)  # fmt: skip
    told(result, 1, "G022")
    assert everything(tmp_path) == before
    files = {f["file"]: f for f in json.loads(result.stdout)["files"]}
    assert {name: [p["code"] for p in f["problems"]] for name, f in files.items()} == {
        str(Path("a/x.yaml")): ["G022"],
        str(Path("b/x.yaml")): ["G022"],
        str(Path("c/y.yaml")): [],
    }
    assert all(f["written"] is None for f in files.values())


def test_in_place_asks_before_it_replaces_what_may_only_be_read(tmp_path: Path) -> None:
    path = made(tmp_path, a=CARDIFF) / "a.yaml"
    path.chmod(0o444)
    told(migrate(path, "--to", "2.0.0", "--in-place"), 2, "M006")
    assert path.read_text("utf-8") == CARDIFF
    told(migrate(path, "--to", "2.0.0", "--in-place", "--force"), 1)
    assert opened(path).questionnaire.version == "2.0.0"
    assert path.stat().st_mode & 0o777 == 0o444


def test_a_file_that_comes_after_the_look_is_not_written_over(tmp_path: Path) -> None:
    path, target = made(tmp_path, a=CARDIFF) / "a.yaml", tmp_path / "new.yaml"
    wanted = plan(migrated(path), target, [path], in_place=False, force=True)
    target.write_text("somebody's", encoding="utf-8")
    with pytest.raises(MaturityError) as raised:
        write(wanted)
    assert codes(raised) == ["G021"]
    assert everything(tmp_path) == {"a.yaml": CARDIFF, "new.yaml": "somebody's"}


@pytest.mark.parametrize("in_place", [True, False])
def test_a_file_that_changes_after_the_look_is_not_written_over(in_place: bool, tmp_path: Path) -> None:
    path = made(tmp_path, a=CARDIFF, new=POWYS) / "a.yaml"
    target = path if in_place else tmp_path / "new.yaml"
    wanted = plan(migrated(path), target, [path], in_place=in_place, force=True)
    target.write_text("somebody's", encoding="utf-8")
    with pytest.raises(MaturityError) as raised:
        write(wanted)
    assert codes(raised) == ["M005"]
    assert target.read_text("utf-8") == "somebody's"
    assert len(everything(tmp_path)) == 2


def test_what_was_read_before_somebody_changed_it_is_not_written_over_it(tmp_path: Path) -> None:
    path = made(tmp_path, a=CARDIFF) / "a.yaml"
    file = migrated(path)
    path.write_text(POWYS, encoding="utf-8")
    with pytest.raises(MaturityError) as raised:
        plan(file, path, [path], in_place=True, force=True)
    assert codes(raised) == ["M005"]


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
def test_what_could_not_be_read_again_is_not_written(suffix: str, tmp_path: Path) -> None:
    path = made(tmp_path, a=CARDIFF) / "a.yaml"
    file = migrated(path)
    assert file.journey is not None
    assert text_of(file, suffix)
    many = {f"plan.q{n}": KeptAside(version="1.0.0", answer=Answer(value="x" * 19_000)) for n in range(450)}
    swollen: Any = file.journey.assessment.model_copy(update={"kept_aside": many})
    object.__setattr__(file.journey, "assessment", swollen)
    with pytest.raises(MaturityError) as raised:
        plan(file, path, [path], in_place=True, force=True)
    assert codes(raised) == ["M007"]
    assert path.read_text("utf-8") == CARDIFF


def test_again_and_unchanged_nothing_is_written(tmp_path: Path) -> None:
    path = made(tmp_path, a=WAITS) / "a.yaml"
    wanted = plan(migrated(path), tmp_path / "b.yaml", [path], in_place=False, force=False)
    assert write(wanted)
    again = plan(migrated(path), tmp_path / "b.yaml", [path], in_place=False, force=False)
    assert again == Planned(tmp_path / "b.yaml", wanted.content, wanted.content)
    assert not write(again)


def test_a_second_run_over_a_folder_leaves_what_people_went_on_with(tmp_path: Path) -> None:
    made(tmp_path, a=CARDIFF, b=POWYS)
    migrate(tmp_path, "--to", "2.0.0")
    edited = tmp_path / "a-v2.0.0.yaml"
    edited.write_text(edited.read_text("utf-8").replace("'yes'", "'no'"), encoding="utf-8")
    made(tmp_path, c=CARDIFF)
    before = everything(tmp_path)
    told(migrate(tmp_path, "--to", "2.0.0", "--force"), 1, "G020")
    after = everything(tmp_path)
    assert after.keys() - before.keys() == {"c-v2.0.0.yaml"}
    assert {name: after[name] for name in before} == before


@pytest.mark.skipif(not hasattr(os, "link"), reason="this system knows no second names for a file")
def test_in_place_parts_hard_links_and_loses_nothing(tmp_path: Path) -> None:
    path = made(tmp_path, a=DONE) / "a.yaml"
    os.link(path, tmp_path / "b.yaml")
    told(migrate(path, "--to", "3.0.0", "--in-place"), 0)
    assert opened(path).questionnaire.version == "3.0.0"
    assert (tmp_path / "b.yaml").read_text("utf-8") == DONE
