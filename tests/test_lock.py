"""The lock: what is published cannot change unseen, and whatever means the same may be written otherwise."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

import program
from maturity.checks.publish import Publication, publish
from maturity.checks.validate import validate
from maturity.sources.files import FileError
from maturity.sources.load import load
from maturity.sources.published import LOCK_NAME, lock_text, read_lock
from maturity.sources.registers import wales
from maturity.sources.yaml_reader import MAX_PROBLEMS

ROOT = Path(__file__).parent.parent
BUNDLED = ROOT / "questionnaires"
BASE = ROOT / "tests" / "data" / "checks" / "base"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A published questionnaire with its rubric."""
    (tmp_path / "base").mkdir()
    shutil.copy(BASE / "questionnaire.yaml", tmp_path / "base" / "questionnaire-1.0.0.yaml")
    shutil.copy(BASE / "rubric.yaml", tmp_path / "base" / "rubric-1.0.0.yaml")
    assert publish(tmp_path, wales()).written
    return tmp_path


def codes(*paths: Path) -> list[tuple[str, str, int | None]]:
    return [(p.kind.code, Path(p.place.file).name, p.place.line) for p in validate(paths, wales()).problems]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(path: Path, start: str) -> int:
    return next(
        n for n, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1) if line.startswith(start)
    )


def named(publication: Publication) -> list[str]:
    return [entry.name for entry in publication.new]


def maturity(*words: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return program.run(*words, cwd=cwd)


def published_by(folder: Path) -> list[Path]:
    """What the lock covers: all but notes on a change of words, which no score is made with."""
    return [path for path in folder.rglob("*.yaml") if not path.name.startswith("judged-")]


def test_everything_bundled_is_published_and_as_it_was_published() -> None:
    lock = read_lock(BUNDLED / LOCK_NAME)
    files = {path.relative_to(BUNDLED).as_posix() for path in published_by(BUNDLED)}
    assert lock.problems == ()
    assert set(lock.entries) == files
    for name, entry in lock.entries.items():
        assert load(BUNDLED / name).digest == entry.digest
    assert (BUNDLED / LOCK_NAME).read_text(encoding="utf-8") == lock_text(lock)


def test_the_digest_is_one_that_others_can_compute() -> None:
    """Plain data as PyYAML's safest loader reads it (these two files use nothing on which YAML versions differ)."""
    import hashlib

    for name, entry in read_lock(BUNDLED / LOCK_NAME).entries.items():
        data = yaml.load((BUNDLED / name).read_text(encoding="utf-8"), _TextKeys)
        plain = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert hashlib.sha256(plain.encode()).hexdigest() == entry.digest


class _TextKeys(yaml.CSafeLoader):
    """YAML 1.2: 'yes' and 'no' are text, as are versions and dates."""


_TextKeys.yaml_implicit_resolvers = {
    first: [(tag, how) for tag, how in resolvers if not tag.endswith((":bool", ":timestamp"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_TextKeys.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("some-in: 1, by-email: 0", "some-in: 2, by-email: 0"),
        ("en: Digital maturity of councils, scored", "en: Digital maturity of councils. scored"),
        ("min_coverage: 0.6", "min_coverage: 0.7"),
        ("para'n hwy na'r bobl", "para'n hwy na'r bobi"),
    ],
)
def test_one_character_of_the_bundled_rubric_is_an_error(old: str, new: str, tmp_path: Path) -> None:
    content = tmp_path / "questionnaires"
    shutil.copytree(BUNDLED, content)
    rubric = content / "socitm" / "rubric-1.0.0.yaml"
    text = rubric.read_text(encoding="utf-8")
    if old not in text:
        pytest.fail(f"the rubric no longer says {old!r}")
    rubric.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = maturity("validate", content)
    assert done.returncode == 1
    told = f"{rubric}:{line_of(rubric, 'version:')}:1: error: This version is published, and something in the file is no longer as it was published. [K001]"
    assert told in done.stdout
    suggested = content / "socitm" / "rubric-1.2.0.yaml"
    assert f"Give the change a version of its own: copy the file to '{suggested}'" in done.stdout


def test_every_single_character_of_a_value_counts(folder: Path) -> None:
    """Each value in turn is changed by one character: the digest sees all of them."""
    rubric = folder / "base" / "rubric-1.0.0.yaml"
    published, text = load(rubric).digest, rubric.read_text(encoding="utf-8")
    tried = 0
    for at in range(0, len(text), 3):
        character = text[at]
        if not character.isalnum() or _in_comment(text, at):
            continue
        rubric.write_text(text[:at] + ("7" if character != "7" else "8") + text[at + 1 :], encoding="utf-8")
        loaded = load(rubric)
        if loaded.document.data is not None:
            assert loaded.digest != published, (at, text[at - 20 : at + 20])
            tried += 1
    assert tried > 200


def _in_comment(text: str, at: int) -> bool:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line.startswith("#") or " #" in line


def _reordered(text: str) -> str:
    data = yaml.load(text, yaml.CBaseLoader)
    assert next(iter(data)) == "format"
    lines = text.split("\n")
    starts = [n for n, line in enumerate(lines) if re.match(r"[a-z_]+:", line)] + [len(lines)]
    parts = ["\n".join(lines[a:b]).rstrip("\n") for a, b in itertools.pairwise(starts)]
    return "\n".join(reversed(parts)) + "\n"


HARMLESS = {
    "a comment": lambda text: (
        text.replace("\n", "  # as agreed\n", 1) if text.startswith("#") else "# as agreed\n" + text
    ),
    "Windows' line ends": lambda text: text.replace("\n", "\r\n"),
    "old Macs' line ends": lambda text: text.replace("\n", "\r"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "empty lines": lambda text: "\n\n" + text + "\n\n",
    "other quotes": lambda text: text.replace("version: 1.0.0", 'version: "1.0.0"'),
    "order of keys": _reordered,
    "JSON": lambda text: json.dumps(yaml.load(text, _TextKeys)),
}


@pytest.mark.parametrize("how", HARMLESS)
def test_what_means_the_same_is_no_finding(how: str, folder: Path) -> None:
    for name in ("questionnaire", "rubric"):
        path = folder / "base" / f"{name}-1.0.0.yaml"
        before = path.read_bytes()
        path.write_bytes(HARMLESS[how](before.decode()).encode())
        assert path.read_bytes() != before
    assert codes(folder) == []


def test_a_list_in_another_order_is_a_change(folder: Path) -> None:
    edit(folder / "base" / "rubric-1.0.0.yaml", "by: [dimension, theme]", "by: [theme, dimension]")
    assert "K001" in [code for code, _, _ in codes(folder)]


def test_a_change_is_found_from_wherever_one_looks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rubric = folder / "base" / "rubric-1.0.0.yaml"
    edit(rubric, "yes: 4", "yes: 3")
    wanted = ("K001", "rubric-1.0.0.yaml", line_of(rubric, "version:"))
    for path in (folder, folder / "base", rubric, folder / "base" / ".." / "base" / rubric.name):
        assert wanted in codes(path), path
    monkeypatch.chdir(folder / "base")
    for name in ("rubric-1.0.0.yaml", "", "../base/rubric-1.0.0.yaml", ".."):
        assert wanted in codes(Path(name)), name


def test_a_file_with_other_errors_is_compared_too(folder: Path) -> None:
    edit(folder / "base" / "rubric-1.0.0.yaml", "format: ", "formst: x\nformat: ")
    assert [code for code, _, _ in codes(folder)] == ["S002", "K001"]


def test_a_published_file_that_is_gone(folder: Path) -> None:
    (folder / "base" / "rubric-1.0.0.yaml").unlink()
    wanted = [("K002", LOCK_NAME, line_of(folder / LOCK_NAME, "base/rubric"))]
    assert codes(folder) == wanted
    assert codes(folder / "base" / "questionnaire-1.0.0.yaml") == wanted
    refused = publish(folder, wales())
    assert [p.kind.code for p in refused.problems] == ["K002"]
    assert not refused.written


def test_a_published_file_under_another_name(folder: Path) -> None:
    rubric = folder / "base" / "rubric-1.0.0.yaml"
    rubric.rename(rubric.with_name("rubric-1.1.0.yaml"))
    assert sorted(codes(folder)) == [
        ("K002", LOCK_NAME, line_of(folder / LOCK_NAME, "base/rubric")),
        ("K003", "rubric-1.1.0.yaml", line_of(rubric.with_name("rubric-1.1.0.yaml"), "version:")),
    ]
    told = next(p for p in validate([folder], wales()).problems if p.kind.code == "K003").message()
    assert (
        told
        == "The file is called 'base/rubric-1.1.0.yaml', but what stands in it makes it 'base/rubric-1.0.0.yaml'."
    )


@pytest.mark.parametrize(
    "name", ["base/rubric.yaml", "other/rubric-1.1.0.yaml", "rubric-1.1.0.yaml", "base/rubric-1.1.0.yml"]
)
def test_names_say_what_stands_inside(name: str, folder: Path) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    shutil.copy(folder / "base" / "rubric-1.0.0.yaml", path)
    edit(path, "version: 1.0.0", "version: 1.1.0")
    assert [(code, file) for code, file, _ in codes(folder)] == [("K003", path.name)]
    assert named(publish(folder, wales())) == []


def test_new_versions_are_added_and_nothing_else_changes(folder: Path) -> None:
    before = (folder / LOCK_NAME).read_text(encoding="utf-8")
    for version in ("1.10.0", "1.9.0"):
        new = folder / "base" / f"rubric-{version}.yaml"
        shutil.copy(folder / "base" / "rubric-1.0.0.yaml", new)
        edit(new, "version: 1.0.0", f"version: {version}")
    shutil.copy(BASE / "migration.yaml", folder / "base" / "migration-2.0.0.yaml")
    shutil.copy(BASE / "questionnaire-2.yaml", folder / "base" / "questionnaire-2.0.0.yaml")
    shutil.copy(BASE / "assessment.yaml", folder / "base" / "answers.yaml")
    assert codes(folder) == [], "what is not published yet may still change"
    looked = publish(folder, wales(), check=True)
    assert (looked.written, len(looked.new)) == (False, 4)
    assert (folder / LOCK_NAME).read_text(encoding="utf-8") == before
    assert publish(folder, wales()).written
    after = (folder / LOCK_NAME).read_text(encoding="utf-8").split("\n")
    assert set(before.split("\n")) < set(after)
    assert [line.split(" ")[0] for line in after if line.startswith("base/")] == [
        "base/migration-2.0.0.yaml",
        "base/questionnaire-1.0.0.yaml",
        "base/questionnaire-2.0.0.yaml",
        "base/rubric-1.0.0.yaml",
        "base/rubric-1.9.0.yaml",
        "base/rubric-1.10.0.yaml",
    ]
    again = publish(folder, wales())
    assert (again.new, again.written) == ((), False)
    edit(folder / "base" / "migration-2.0.0.yaml", "two steps", "two parts")
    assert [(code, file, line) for code, file, line in codes(folder)] == [("K001", "migration-2.0.0.yaml", 5)]


def test_nothing_is_published_beside_an_error(folder: Path) -> None:
    before = (folder / LOCK_NAME).read_bytes()
    new = folder / "base" / "rubric-1.1.0.yaml"
    shutil.copy(folder / "base" / "rubric-1.0.0.yaml", new)
    edit(new, "version: 1.0.0", "version: 1.1.0")
    edit(folder / "base" / "rubric-1.0.0.yaml", "yes: 4", "yes: 3")
    done = maturity("lock", folder)
    assert done.returncode == 1
    assert "[K001]" in done.stdout
    assert "not published: base/rubric-1.1.0.yaml" in done.stdout
    assert "Nothing was published: 1 error stands in the way." in done.stderr
    assert (folder / LOCK_NAME).read_bytes() == before


@pytest.mark.parametrize("names", [("q.yaml", "r.yaml"), ("base.yaml", "rubric-1.0.0.yaml")])
def test_the_first_lock_holds_what_is_there_or_says_why_not(names: tuple[str, str], tmp_path: Path) -> None:
    """Files that lie otherwise than a lock can name them were passed over, and the folder looked published."""
    for source, name in zip(("questionnaire.yaml", "rubric.yaml"), names, strict=True):
        shutil.copy(BASE / source, tmp_path / name)
    for words in (["--check"], []):
        done = maturity("lock", tmp_path, *words)
        assert done.returncode == 1
        assert re.findall(r"\[(\w+)\]", done.stdout) == ["K003", "K003"]
        assert "makes it 'base/questionnaire-1.0.0.yaml'" in done.stdout
        assert not (tmp_path / LOCK_NAME).exists()
    (tmp_path / "base").mkdir()
    for name, right in zip(names, ("questionnaire-1.0.0.yaml", "rubric-1.0.0.yaml"), strict=True):
        (tmp_path / name).rename(tmp_path / "base" / right)
    assert maturity("lock", tmp_path).returncode == 0
    assert len(read_lock(tmp_path / LOCK_NAME).entries) == 2


def test_a_folder_with_nothing_to_publish_is_not_published(tmp_path: Path) -> None:
    shutil.copy(ROOT / "examples" / "wales-2026" / "cardiff.yaml", tmp_path)
    done = maturity("lock", tmp_path, "--check")
    assert (done.returncode, re.findall(r"\[(\w+)\]", done.stdout)) == (1, ["K270"])


def test_a_line_that_was_taken_out_is_seen_by_check(folder: Path) -> None:
    lock = folder / LOCK_NAME
    lock.write_text(re.sub("base/rubric.*\n", "", lock.read_text(encoding="utf-8")), encoding="utf-8")
    done = maturity("lock", folder, "--check")
    assert (done.returncode, done.stdout) == (1, "not published: base/rubric-1.0.0.yaml\n")


def test_the_command_tells_what_it_did(tmp_path: Path) -> None:
    assert maturity("lock", tmp_path / "nowhere").returncode == 2
    assert maturity("lock", ROOT / "LICENSE").returncode == 2
    content = tmp_path / "holiaduron y cyngor â"
    shutil.copytree(BUNDLED, content, ignore=shutil.ignore_patterns(LOCK_NAME))
    done = maturity("lock", content)
    files = sorted(path.relative_to(content).as_posix() for path in published_by(content))
    assert (done.returncode, sorted(done.stdout.split("\n")[:-1])) == (
        0,
        [f"published: {name}" for name in files],
    )
    assert done.stderr == f"{content / LOCK_NAME} holds {len(files)} versions.\n"
    assert (content / LOCK_NAME).read_bytes() == (BUNDLED / LOCK_NAME).read_bytes()
    assert maturity("lock", content / "socitm", "--check").returncode == 0
    assert maturity("lock", content, "--check").returncode == 0
    with pytest.raises(FileError):
        publish(content / LOCK_NAME, wales())


def test_two_branches_that_publish_are_merged_by_git(folder: Path) -> None:
    """Each adds a version; with the attributes of this repository git keeps both lines, and the lock is sound."""

    def git(*words: str) -> None:
        person = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *person, *words], cwd=folder, check=True, capture_output=True)

    def publish_rubric(version: str) -> None:
        new = folder / "base" / f"rubric-{version}.yaml"
        shutil.copy(folder / "base" / "rubric-1.0.0.yaml", new)
        edit(new, "version: 1.0.0", f"version: {version}")
        assert publish(folder, wales()).written
        git("add", "-A")
        git("commit", "-qm", version)

    shutil.copy(ROOT / ".gitattributes", folder)
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "start")
    git("checkout", "-qb", "other")
    publish_rubric("1.1.0")
    git("checkout", "-q", "main")
    publish_rubric("1.2.0")
    git("merge", "-q", "other")
    assert codes(folder) == []
    assert len(read_lock(folder / LOCK_NAME).entries) == 4


DIGEST = "sha256:" + "0" * 64
DAMAGED = {
    "a digest cut short": ("base/rubric-1.1.0.yaml sha256:0123", "K004"),
    "another digest": ("base/rubric-1.1.0.yaml md5:" + "0" * 32, "K004"),
    "no digest": ("base/rubric-1.1.0.yaml", "K004"),
    "out of the folder": (f"../rubric-1.1.0.yaml {DIGEST}", "K004"),
    "an absolute path": (f"/etc/rubric-1.1.0.yaml {DIGEST}", "K004"),
    "no version": (f"base/rubric.yaml {DIGEST}", "K004"),
    "a version beyond reason": (f"base/rubric-1.{'9' * 5000}.0.yaml {DIGEST}", "K004"),
    "two on a line": (f"base/rubric-1.1.0.yaml {DIGEST} base/rubric-1.2.0.yaml {DIGEST}", "K004"),
    "words": ("published by hand", "K004"),
    "twice": (f"base/rubric-1.0.0.yaml {DIGEST}", "K005"),
    "not there": (f"base/rubric-1.1.0.yaml {DIGEST}", "K002"),
    "an escape of a terminal": ("\x1b[2J", "F017"),
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_lock_is_a_finding_with_its_line(what: str, folder: Path) -> None:
    line, code = DAMAGED[what]
    lock = folder / LOCK_NAME
    before = lock.read_text(encoding="utf-8")
    lock.write_text(before + line + "\n", encoding="utf-8")
    assert codes(folder) == [(code, LOCK_NAME, before.count("\n") + 1)]
    refused = publish(folder, wales())
    assert (refused.written, lock.read_text(encoding="utf-8")) == (False, before + line + "\n")


def test_a_conflict_of_git_is_told_once_and_both_sides_are_read(folder: Path) -> None:
    lock = folder / LOCK_NAME
    questionnaire, rubric = (
        line for line in lock.read_text(encoding="utf-8").split("\n") if line.startswith("base/")
    )
    lock.write_text(
        f"<<<<<<< HEAD\n{questionnaire}\n||||||| base\n=======\n{rubric}\n>>>>>>> other\n", encoding="utf-8"
    )
    assert codes(folder) == [("K006", LOCK_NAME, 1)]
    edit(folder / "base" / "rubric-1.0.0.yaml", "yes: 4", "yes: 3")
    assert [code for code, _, _ in codes(folder)] == ["K001", "K006"]
    lock.write_text(f"{questionnaire}\n{rubric}\n", encoding="utf-8")
    assert [code for code, _, _ in codes(folder)] == ["K001"]


def test_a_lock_may_have_comments_empty_lines_and_windows_line_ends(folder: Path) -> None:
    lock = folder / LOCK_NAME
    text = lock.read_text(encoding="utf-8")
    lock.write_bytes((text + "\n# ours since 2026\n\n").replace("\n", "\r\n").encode())
    assert codes(folder) == []
    new = folder / "base" / "rubric-1.1.0.yaml"
    shutil.copy(folder / "base" / "rubric-1.0.0.yaml", new)
    edit(new, "version: 1.0.0", "version: 1.1.0")
    assert publish(folder, wales()).written
    assert "# ours since 2026" in lock.read_text(encoding="utf-8"), "what a person noted is kept"
    assert len(read_lock(lock).entries) == 3


def test_a_hostile_lock_ends_soon(folder: Path) -> None:
    lock = folder / LOCK_NAME
    lock.write_text("x\n" * 400_000, encoding="utf-8")
    assert len(validate([folder], wales()).problems) == MAX_PROBLEMS + 1
    lock.write_bytes(b"x" * 2_000_000)
    assert [code for code, _, _ in codes(folder)] == ["F007"]
    lock.write_bytes("base".encode("utf-16"))
    assert [code for code, _, _ in codes(folder)] == ["F001"]
    lock.unlink()
    lock.mkdir()
    assert [code for code, _, _ in codes(folder)] == ["F021"]
    lock.rmdir()
    lock.symlink_to(lock)
    assert codes(folder) == [], "a link that leads nowhere is no lock"


def test_answers_and_drafts_elsewhere_are_no_business_of_the_lock(folder: Path) -> None:
    shutil.copy(BASE / "assessment.yaml", folder / "base" / "answers.yaml")
    (folder / "base" / "drafts").mkdir()
    shutil.copy(BASE / "rubric.yaml", folder / "base" / "drafts" / "mine.yaml")
    assert codes(folder) == []
    assert validate([folder], wales()).left_aside == []
    (folder / LOCK_NAME).unlink()
    first = publish(folder, wales())
    assert (first.written, first.problems) == (True, ())


@pytest.mark.parametrize(
    ("here", "typed", "lock", "copy"),
    [
        (".", ["."], "published.lock", "base/rubric-1.1.0.yaml"),
        ("base", ["."], "../published.lock", "rubric-1.1.0.yaml"),
        ("base", ["rubric-1.0.0.yaml"], "../published.lock", "rubric-1.1.0.yaml"),
        ("base", ["..", "rubric-1.0.0.yaml"], "../published.lock", "../base/rubric-1.1.0.yaml"),
        (".", ["base", "./base/rubric-1.0.0.yaml"], "published.lock", "base/rubric-1.1.0.yaml"),
    ],
)
def test_places_are_as_the_person_typed_them(
    here: str, typed: list[str], lock: str, copy: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(folder / "base" / "rubric-1.0.0.yaml", "weights: {work.plan: 2}", "weights: {work.plan: 3}")
    (folder / "base" / "questionnaire-1.0.0.yaml").rename(folder / "questionnaire.txt")
    monkeypatch.chdir(folder / here)
    problems = validate([Path(one) for one in typed], wales()).problems
    assert [p.place.file for p in problems if p.kind.code == "K002"] == [lock]
    assert f"copy the file to '{copy}'" in next(p for p in problems if p.kind.code == "K001").remedy()
