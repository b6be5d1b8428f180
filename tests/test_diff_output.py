"""`maturity diff` on the command line: exit codes, JSON, Markdown that names from files cannot break, narrow terminals, git."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

import program
from languages import said_otherwise, strange
from maturity.cli.diff_text import _parts
from maturity.locale.words import Words
from maturity.models.assessment import Assessment
from maturity.models.problem import MaturityError
from maturity.sources.load import OURS, load
from maturity.sources.registers import wales
from maturity.versions.difference import diff, open_sides
from maturity.versions.editions import edition
from maturity.versions.markdown import changelog, code, comment, escaped, readable
from maturity.versions.plain import DIFF_FORMAT
from maturity.versions.replay import Stored
from maturity.versions.told import not_scored
from test_cli import maturity
from test_diff import BASE, MADE, Q, R, edited

OLD = BASE / "rubric.yaml"
ENGLISH = Words("en")
ROOT = Path(__file__).parent.parent
MADE_UP = ROOT / "examples" / "wales-2017"
HOSTILE = (
    "@octocat |x| <img src=x onerror=alert(1)> `c` [a](http://b.c) #1 **b** &amp; \\ $x$ :tada: ~s~ ![i](u)"
)


def test_exit_codes(tmp_path: Path) -> None:
    right = edited(tmp_path, R, ("at_most: 1\n", "at_most: 1.5\n"), version="1.1.0")
    small = edited(tmp_path, R, ("at_most: 1\n", "at_most: 1.5\n"), version="1.0.1")
    assert maturity("diff", OLD, OLD).returncode == 0
    assert maturity("diff", OLD, right).returncode == 0
    result = maturity("diff", OLD, small)
    assert result.returncode == 1
    assert (
        f"{small}:4:10: error: From 1.0.0 to 1.0.1 is a patch, and what changed owes a minor version. [D001]"
        in result.stdout
    )
    assert "Give it version 1.1.0." in result.stdout
    assert result.stderr == ""
    for words in (("nowhere.yaml", OLD), (OLD, "nowhere@1.0.0"), (OLD, BASE / "questionnaire.yaml")):
        result = maturity("diff", *words)
        assert result.returncode == 2
        assert result.stdout == ""
        assert re.search(r"\[D01[13]\]", result.stderr)


def test_what_json_says(tmp_path: Path) -> None:
    new = edited(tmp_path, R, ("some: 2, whole", "some: 3, whole"), version="1.0.1")
    result = maturity("diff", OLD, new, "--format", "json")
    assert result.returncode == 1
    found = json.loads(result.stdout)
    assert found["format"] == DIFF_FORMAT
    assert DIFF_FORMAT.startswith(OURS)
    assert found["sound"] is False
    (one,) = found["compared"]
    assert (one["subject"], one["id"], one["owed"], one["given"]) == ("rubric", "base", "minor", "patch")
    assert one["counts"] == {"neutral": 0, "different-bar": 0, "moves-scores": 1, "breaks-answers": 0}
    (change,) = one["changes"]
    assert change == {
        "class": "moves-scores", "what": "changed", "address": "rubric/items/work.plan/scale/some",
        "old": {"says": "2", "file": str(OLD), "line": 10, "column": 38},
        "new": {"says": "3", "file": str(new), "line": 10, "column": 38},
        "undecided": False, "judged": None, "note": None, "question": None, "option": None, "stored_answers": None,
    }  # fmt: skip
    assert [p["code"] for p in found["problems"]] == ["D001"]


def test_json_says_its_sentences_in_the_language_asked_for(tmp_path: Path) -> None:
    """A bump that is too small, a name that is another in one language, and whom the new rubric moves."""
    new = edited(
        tmp_path, R, ("some: 2, whole", "some: 4, whole"), ("en: Goals", "en: Aims"), version="1.0.1"
    )
    options = (OLD, new, "--responses", BASE / "assessment.yaml", "--format", "json")
    said = [json.loads(maturity("diff", *options, "--lang", language).stdout) for language in ("en", "cy")]
    assert [one["language"] for one in said] == ["en", "cy"]
    told = list(said_otherwise(*said))
    assert {key for key, _, _ in told} == {"language", "message", "remedy", "name", "note", "organisation"}
    assert strange([text for key, _, text in told if key != "language"], "cy") == []


def test_json_with_answers_is_left_aside_among_answers(tmp_path: Path) -> None:
    new = edited(tmp_path, R, ("some: 2, whole", "some: 4, whole"), version="1.1.0")
    answers = tmp_path / "answers"
    answers.mkdir()
    (answers / "cardiff.yaml").write_text(
        (BASE / "assessment.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    for _ in range(2):
        result = maturity("diff", BASE / "rubric.yaml", new, "--responses", answers, "--format", "json")
        assert result.returncode == 0, result.stderr
        found = json.loads(result.stdout)
        (answers / "difference.json").write_text(result.stdout, encoding="utf-8")
    assert "difference.json" in result.stderr
    (replayed,) = found["replays"]
    assert (replayed["old"], replayed["new"], replayed["scored"], replayed["unscored"]) == (
        "base@1.0.0",
        "base@1.1.0",
        1,
        [],
    )
    whole = next(g for g in replayed["groups"] if g["measure"] == "overall")
    # By hand: the plan's theme rises from (2 + 4) ÷ 2 to 4, weighs twice beside 4 and 0: (2 × 3 + 4) ÷ 4, (2 × 4 + 4) ÷ 4.
    assert whole["movements"] == [
        {
            "organisation": "Cardiff", "period": "2026", "source": str(answers / "cardiff.yaml"),
            "before": {"state": "scored", "published": 2.5, "level": "high", "counts": None},
            "after": {"state": "scored", "published": 3.0, "level": "high", "counts": None}, "by": 0.5,
        }
    ]  # fmt: skip


def test_answers_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    new = edited(tmp_path, R, ("some: 2, whole", "some: 4, whole"), version="1.1.0")
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        (BASE / "assessment.yaml").read_text(encoding="utf-8").replace("plan: some", "plan: sum"),
        encoding="utf-8",
    )
    result = maturity("diff", OLD, new, "--responses", bad)
    assert result.returncode == 1
    assert f"{bad}:9:14" in result.stderr
    assert "0 stored assessments" in result.stdout


def test_names_from_files_break_no_comment(tmp_path: Path) -> None:
    """GitHub: no mention, no tag, no cell of their own, no reference, nothing hidden."""
    words = json.dumps(HOSTILE)
    path = edited(tmp_path, R, ("{en: High,", "{en: " + words + ","), version="1.1.0")
    for write in (comment, changelog):
        made = write(diff(open_sides(str(OLD), str(path))), Words("en"))
        assert "octocat" in made
        # What stands in code means nothing to GitHub.
        made = re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", made) if write is changelog else made
        for sign in (
            "@octocat",
            "<img",
            "|x|",
            "`c`",
            "](http",
            "#1 ",
            "**b**",
            "&amp;",
            "$x$",
            ":tada:",
            "~s~",
            "![i]",
        ):
            assert sign not in made, sign
        rows = [line for line in made.splitlines() if line.startswith("|")]
        assert {line.count("|") for line in rows} <= {6}


def test_a_changelog_is_read_as_text_too(tmp_path: Path) -> None:
    """No entities: a backslash where one is enough, code where GitHub acts in spite of it, ids as they are."""
    assert readable("yes_no, >=1.0.0,<2.0.0") == "yes_no, >=1.0.0,\\<2.0.0"
    assert readable("[0, 1] *b* _c_ a_b") == "\\[0, 1\\] \\*b\\* \\_c\\_ a_b"
    assert readable("socitm@1.0.0 and 5 & more") == "socitm@1.0.0 and 5 & more"
    assert readable("ask @octocat") == "`ask @octocat`"
    assert readable("`a` @octocat") == "`` `a` @octocat ``"
    assert readable("&lt; <b>") == "\\&lt; \\<b>"
    assert readable("- a") == "\\- a"
    assert readable("1. a") == "1\\. a"
    new = edited(tmp_path, R, ('">=1.0.0,<2.0.0"', '">=1.0.0,<3.0.0"'), version="1.0.1")
    made = changelog(diff(open_sides(str(OLD), str(new))), ENGLISH)
    assert "“>=1.0.0,\\<2.0.0” → “>=1.0.0,\\<3.0.0”, changed" in made
    assert "&#" not in made


def test_answers_that_are_not_there_and_names_that_nobody_knows(tmp_path: Path) -> None:
    result = maturity("diff", OLD, OLD, "--responses", tmp_path / "nothere")
    assert (result.returncode, result.stdout) == (2, "")
    assert "[F020]" in result.stderr
    result = maturity("diff", OLD, "nowhere", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.count("socitm@1.0.0") == 1
    assert "and no git revision: this is no git repository" in result.stderr
    git(tmp_path, "init", "-q")
    assert (
        "and no git revision: this repository does not know it"
        in maturity("diff", OLD, "nowhere", cwd=tmp_path).stderr
    )


def test_bundled_files_are_called_alike() -> None:
    found = diff(open_sides("socitm@1.0.0", "socitm@2.0.0"))
    names = {p.file for c in found.changes for p in (c.old_place, c.new_place) if p}
    assert names == {
        f"questionnaires/socitm/{kind}-{version}.yaml" for kind in (Q, R) for version in ("1.0.0", "2.0.0")
    }


def test_addresses_are_code_only_where_they_stay_in_it() -> None:
    assert code("items/work.plan/scale/some") == "`items/work.plan/scale/some`"
    assert code("weights/a`b|c") == "weights/a&#96;b&#124;c"
    assert not escaped("- a").startswith("- ")
    assert not escaped("1. a").startswith("1.")
    assert escaped("a\nb\u202ec\u200b\x1b[1m") == "a bc&#91;1m"
    assert escaped("2.5: no, or so (1)!") == "2.5: no, or so (1)!"
    # As GitHub sees it when it looks for people and issues: the entities are read by then.
    for calling in ("@org/team", "see #12", "GH-1", "a@b"):
        assert not re.search(r"@\w|#\d|GH-\d", html.unescape(escaped(calling))), calling


def test_the_comment_reads(tmp_path: Path) -> None:
    new = edited(
        tmp_path,
        R,
        ("some: 2, whole", "some: 3, whole"),
        ("name: {en: High", "name: {en: Excellent"),
        version="1.0.1",
    )
    made = comment(diff(open_sides(str(OLD), str(new))), ENGLISH)
    assert made.startswith("**1 thing to put right**")
    assert "### Rubric base 1.0.0 → 1.0.1" in made
    assert "| changed | `items/work.plan/scale/some` | 2 | 3 |" in made
    assert "One change waits for a person" in made
    assert made.count("<details") == made.count("</details>") == 2
    section = changelog(diff(open_sides(str(OLD), str(new))), ENGLISH)
    assert section.startswith(
        "## Rubric base 1.0.1\n\nSince 1.0.0: 2 changes: 1 that moves scores, 1 that may set another bar."
    )
    assert "- `items/work.plan/scale/some`: “2” → “3”, changed\n" in section


def test_the_comment_shows_who_moves_and_stays_short_enough(tmp_path: Path) -> None:
    """Everybody who moves has a row; of a comment that grows too long the rest is counted, and no table is left open."""
    new = edited(tmp_path, R, ("weights: {work.plan: 2}", "weights: {work.plan: 3}"), version="1.1.0")
    answers = load(BASE / "assessment.yaml").model
    assert isinstance(answers, Assessment)

    def made(councils: int) -> str:
        given = [Stored(f"Council {n:05}", answers, f"{n}.yaml") for n in range(councils)]
        return comment(diff(open_sides(str(OLD), str(new)), given, wales()), ENGLISH)

    short = made(22)
    # By hand: (2 × 3 + 4 + 0) ÷ 4 = 2.5 becomes (3 × 3 + 4 + 0) ÷ 5 = 2.6; nobody changes level.
    rows = [line for line in short.splitlines() if "2.5 High → 2.6 High (+0.1)" in line]
    assert [re.search(r"Council \d+", row)[0] for row in rows] == [f"Council {n:05}" for n in range(22)]  # type: ignore[index]
    assert "left out" not in short
    long = made(1500)
    assert 50_000 < len(long) < 60_000
    shown = sum("(+0.1)" in line for line in long.splitlines())
    left_out = re.search(r"And ([\d,]+) more, left out here", long)
    assert left_out
    assert shown + int(left_out[1].replace(",", "")) == 1500
    assert long.count("<details") == long.count("</details>")


def test_those_who_keep_their_level_are_named_on_the_terminal_too(tmp_path: Path) -> None:
    new = edited(tmp_path, R, ("weights: {work.plan: 2}", "weights: {work.plan: 3}"), version="1.1.0")
    result = maturity("diff", OLD, new, "--responses", BASE / "assessment.yaml")
    assert "Cardiff 2026: 2.5 High → 2.6 High (+0.1)" in result.stdout


def test_one_reason_is_one_line(tmp_path: Path) -> None:
    answers = load(BASE / "assessment.yaml").model
    assert isinstance(answers, Assessment)
    given = [Stored(f"Council {n:02}", answers, f"{n}.yaml") for n in range(22)]
    (replayed,) = diff(open_sides("socitm@1.0.0", "socitm@1.1.0"), given, wales()).replays
    assert len(replayed.unscored) == 44
    (line,) = not_scored(replayed, ENGLISH)
    assert line.startswith(
        "22 assessments not scored with the rubrics socitm@1.0.0 and socitm@1.1.0: the answers are to base@1.0.0, "
        "and it scores socitm. Council 00 2026 (0.yaml), Council 01 2026 (1.yaml), "
    )
    assert line.endswith(" and 12 more.")


def test_words_that_are_new_in_both_languages_are_told_in_the_readers() -> None:
    change = {
        language: maturity("diff", "socitm@1.0.0", "socitm@1.1.0", "--lang", language).stdout
        for language in ("en", "cy")
    }
    english, welsh = "A request that runs from end to end", "Cais sy'n rhedeg o'r dechrau i'r diwedd"
    assert english in change["en"] and welsh not in change["en"]
    assert welsh in change["cy"] and english not in change["cy"]


def test_nothing_changed_reads_too() -> None:
    found = diff(open_sides(str(OLD), str(OLD)))
    assert "Nothing changed" in comment(found, ENGLISH)
    assert changelog(found, ENGLISH) == "Nothing changed.\n"


@pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal is needed")
def test_forty_columns(tmp_path: Path) -> None:
    new = edited(tmp_path, R, *MADE["a weight"].edits, ("some: 2, whole", "some: 4, whole"), version="1.1.0")
    words = ["diff", str(OLD), str(new), "--responses", str(BASE / "assessment.yaml")]
    # A width that the environment gives would count for more than the terminal's.
    env = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
    code, shown = program.shown(*words, columns=40, rows=50, env=env)
    assert code == 0
    # The progress bar takes itself away before anything is shown.
    shown = re.sub(r"\x1b\[[?0-9;]*[A-Za-z]", "", shown.rpartition("\x1b[2K")[2])
    assert [line for line in shown.splitlines() if len(line) > 40] == []
    assert "2.5 High → 3.2 High" in " ".join(shown.split())


def test_long_addresses_are_broken_at_their_joints() -> None:
    address = "questions/leadership.learning.councillors/options/most-of-them"
    for width in (14, 20, 36, 60):
        parts = list(_parts(address, width))
        assert "".join(parts) == address
        assert all(len(part) <= width for part in parts)
        assert all(part[-1] in "/.:-" for part in parts[:-1])
        assert all(len(a) + 1 + len(b) > width for a, b in pairwise(parts))
    assert list(_parts("x" * 50, 40)) == ["x" * 50]


def test_a_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    new = edited(tmp_path, R, ("name: {en: High", 'name: {en: "Hi\\u001b[31mgh"'), version="1.1.0")
    result = maturity("diff", OLD, new)
    assert "\x1b" not in result.stdout + result.stderr


# git


def git(folder: Path, *words: str) -> str:
    settings = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(
        ["git", *settings, *words], cwd=folder, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A main branch with 1.0.0 published, and a branch with 1.1.0 beside it; names with a blank and an accent."""
    repository = tmp_path / "my répo"
    content = repository / "questionnaires" / "base"
    content.mkdir(parents=True)
    (repository / "notes.yaml").write_text("a: b\n", encoding="utf-8")
    git(repository, "init", "-q", "-b", "main")
    edited(content, Q)
    edited(content, R)
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "1.0.0")
    git(repository, "checkout", "-q", "-b", "next")
    edited(content, R, ("at_most: 1\n", "at_most: 1.5\n"), version="1.1.0")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "1.1.0")
    return repository


def test_revisions(repository: Path) -> None:
    rubric = "questionnaires/base/rubric-1.0.0.yaml"
    for old, new in (
        ("main", "next"),
        ("HEAD~1", "HEAD"),
        ("main:questionnaires/base", "next:./questionnaires/base/"),
        (f"main:{rubric}", "next:questionnaires/base/rubric-1.1.0.yaml"),
        ("main:", "next:."),
    ):
        found = diff(open_sides(old, new, repository))
        assert [c.address for c in found.changes] == ["rubric/limits/no-plan/at_most"], (old, new)
        change = found.changes[0]
        assert str(change.old_place) == f"{old.split(':')[0]}:{rubric}:29:14"
        assert found.findings == ()
    result = maturity("diff", "main", "questionnaires", cwd=repository)
    assert result.returncode == 0
    assert "limits/no-plan/at_most" in result.stdout
    assert git(repository, "status", "--porcelain") == ""


def test_what_was_published_never_changes(repository: Path) -> None:
    content = repository / "questionnaires" / "base"
    edited(content, R, ("some: 2, whole", "some: 3, whole"))
    git(repository, "commit", "-q", "-a", "-m", "Change what is published")
    found = diff(open_sides("main", "next", repository))
    assert [p.kind.code for p in found.findings] == ["D030"]
    assert found.findings[0].place.file == "next:questionnaires/base/rubric-1.0.0.yaml"
    (content / "rubric-1.0.0.yaml").unlink()
    git(repository, "commit", "-q", "-a", "-m", "Lose what is published")
    assert [p.kind.code for p in diff(open_sides("main", "next", repository)).findings] == ["D031"]


def test_a_file_of_that_name_comes_first_and_it_is_said(repository: Path) -> None:
    (repository / "main").mkdir()
    edited(repository / "main", R)
    result = maturity("diff", "main", "next", cwd=repository)
    assert result.returncode == 0
    assert "'main' is a file or folder here, and a git revision too" in result.stderr


@pytest.mark.parametrize(
    "name",
    ["--output=pwned:x", "-x:y", "nowhere:questionnaires", "main^{/x}:a", "main:nowhere", "main:notes", ":", ":x", "main\x00:x"],
)  # fmt: skip
def test_what_is_no_revision_is_told(repository: Path, name: str) -> None:
    before = sorted(path.name for path in repository.iterdir())
    with pytest.raises(MaturityError) as error:
        edition(name, repository)
    assert error.value.problems[0].kind.code in ("D021", "D022")
    assert sorted(path.name for path in repository.iterdir()) == before


def test_no_repository_and_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MaturityError) as error:
        edition("main:questionnaires", tmp_path)
    assert error.value.problems[0].kind.code == "D021"
    assert "repository" in error.value.problems[0].message()
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MaturityError) as error:
        edition("main:questionnaires", tmp_path)
    assert error.value.problems[0].kind.code == "D020"
    with pytest.raises(MaturityError) as error:
        edition("main", tmp_path)
    assert error.value.problems[0].kind.code == "D011"


def test_a_damaged_file_in_a_revision_has_its_place(repository: Path) -> None:
    (repository / "questionnaires" / "base" / "rubric-1.2.0.yaml").write_text(
        "format: maturity-rubric/1\nid: [\n", encoding="utf-8"
    )
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "Damaged")
    result = maturity("diff", "main", "HEAD", cwd=repository)
    assert result.returncode == 2
    assert "HEAD:questionnaires/base/rubric-1.2.0.yaml:" in result.stderr
    assert "Traceback" not in result.stderr


def test_links_in_a_revision_are_not_followed(repository: Path) -> None:
    (repository / "questionnaires" / "base" / "rubric-9.0.0.yaml").symlink_to("/etc/passwd")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "Link")
    assert diff(open_sides("main", "HEAD", repository)).findings == ()


def test_the_examples_by_the_shelf() -> None:
    result = maturity("diff", "socitm@1.0.0", "socitm@1.0.0", "--responses", MADE_UP)
    assert result.returncode == 0, result.stderr
    assert "22 stored assessments scored with rubric socitm@1.0.0 and with socitm@1.0.0." in result.stdout
    assert "No number, level or verdict moves." in result.stdout


# The guide


def test_the_guide_holds(repository: Path) -> None:
    """Its commands run in a repository with these docs, and what it says of them comes out."""
    page = (ROOT / "docs" / "versions.md").read_text(encoding="utf-8")
    shutil.copytree(ROOT / "docs" / "rubrics", repository / "docs" / "rubrics")
    git(repository, "update-ref", "refs/remotes/origin/main", "main")
    commands = re.findall(r"^ +maturity (.*)$", page, re.MULTILINE)
    assert len(commands) == 4
    results = [maturity(*line.split(), cwd=repository) for line in commands]
    assert [r.returncode for r in results] == [0] * 4, [r.stderr for r in results]
    assert "1 of 1 council changes level in People (dimension.people)." in results[1].stdout
    assert "People (dimension.people)\n  Gwynedd 2026: 1.5 Closed → 2 Ajar (+0.5)" in results[1].stdout
    assert results[2].stdout.startswith("## Rubric libraries 0.5.0\n")
    assert "limits/no-plan/at_most" in results[3].stdout
    in_welsh = maturity(*commands[1].split(), "--lang", "cy", cwd=repository).stdout
    quoted = "Pobl (dimension.people): mae 1 o 1 cyngor yn newid lefel."
    assert quoted in in_welsh
    assert f"    {quoted}\n" in (ROOT / "docs" / "versions.cy.md").read_text(encoding="utf-8")


def test_the_job_for_pull_requests_runs(repository: Path) -> None:
    """The commands of the example, as they stand there, in a repository with a branch and answers."""
    workflow = yaml.safe_load((ROOT / "examples" / "ci" / "github-actions.yaml").read_text("utf-8"))
    job = workflow["jobs"]["versions"]
    assert job["if"] == "github.event_name == 'pull_request'"
    assert job["steps"][0]["with"] == {"fetch-depth": 0}
    (repository / "returns").mkdir()
    shutil.copy(BASE / "assessment.yaml", repository / "returns" / "cardiff.yaml")
    git(repository, "update-ref", "refs/remotes/origin/main", "main")
    check, compare = (step for step in job["steps"] if step.get("run", "").startswith("maturity "))
    assert compare["env"] == {"BASE": "origin/${{ github.base_ref }}"}
    assert maturity("lock", "questionnaires", cwd=repository).returncode == 0
    assert maturity(*check["run"].split()[1:], cwd=repository).returncode == 0
    words, to = compare["run"].split(" >> ")
    assert to == '"$GITHUB_STEP_SUMMARY"'
    result = maturity(*words.replace('"$BASE"', "origin/main").split()[1:], cwd=repository)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("**The versions are right**: origin/main → HEAD")
    assert "1 stored assessment scored with rubric base" in result.stdout


@pytest.mark.parametrize("guide", ["versions.md", "versions.cy.md"])
def test_the_judgements_of_the_guide_can_be_read(guide: str, tmp_path: Path) -> None:
    page = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    noted = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert noted
    (tmp_path / "judged-1.0.1.yaml").write_text(noted[1], encoding="utf-8")
    assert load(tmp_path / "judged-1.0.1.yaml").problems == []
