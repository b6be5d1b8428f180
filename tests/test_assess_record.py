"""The file behind an interview: held by one sitting, changed by others meanwhile, full disks, and the choices then."""

from __future__ import annotations

import datetime as dt
import errno
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import maturity.assess.hold
import warm
from maturity.assess.hold import HeldError, held, lock_file
from maturity.assess.interview import Interview
from maturity.assess.keeping import Keeper
from maturity.assess.merging import differ_only_in_answers, go_on_with, in_order, merge
from maturity.assess.opening import begin, open_again
from maturity.assess.record import ChangedElsewhereError, LeftAsideError, Record
from maturity.models.assessment import Answer
from maturity.models.problem import MaturityError
from maturity.models.questionnaire import Questionnaire
from maturity.sources.files import FileError, write_atomically
from maturity.sources.load import load
from warm import Sitting

if os.name != "posix":
    pytest.skip("needs pseudo-terminals, and limits on what may be written", allow_module_level=True)

import resource

SMALL = Path(__file__).parent / "data" / "small" / "questionnaire.yaml"
NOW = dt.datetime(2026, 3, 4, 9, 30, tzinfo=dt.UTC)
DOWN, ENTER = "\x1b[B", "\r"


# One sitting at a time


def test_a_second_sitting_is_told_who_has_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with held(path, NOW) as locked:
        assert locked
        with pytest.raises(HeldError) as caught, held(path, NOW):
            pass
        said = caught.value.problems[0].message()
        here = NOW.astimezone()
        since = f"{here.day} March 2026 at {here:%H:%M}"
        assert f"(process {os.getpid()}) has been answering in this file since {since}." in said
        with held(tmp_path / "b.yaml", NOW):
            pass
    assert list(tmp_path.iterdir()) == []
    with held(path, NOW):
        pass


def test_a_file_has_one_lock_by_whichever_name(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("x")
    (tmp_path / "other").symlink_to(tmp_path / "a.yaml")
    (tmp_path / "folder").symlink_to(tmp_path)
    for name in ("other", "folder/a.yaml", "folder/other"):
        assert lock_file(tmp_path / name) == tmp_path / ".a.yaml.lock"
    long = tmp_path / ("ŵ" * 125 + ".yaml")
    long.write_text("x")
    with held(long, NOW) as locked:
        assert locked


HOLDER = """
import datetime as dt, sys, time
from pathlib import Path
from maturity.assess.hold import held
with held(Path(sys.argv[1]), dt.datetime.now(dt.UTC)):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_killed_holder_leaves_nothing_that_gets_stuck(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with subprocess.Popen([sys.executable, "-c", HOLDER, path], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(HeldError, match=f"process {process.pid}"), held(path, NOW):
            pass
        process.kill()
    assert lock_file(path).exists()
    with held(path, NOW) as locked:
        assert locked
    assert list(tmp_path.iterdir()) == []


# Whoever has the lock makes a mark that must not be there; two that both believe to have it meet there.
CROWD = """
import datetime as dt, os, sys
from pathlib import Path
from maturity.assess.hold import HeldError, held
path, wanted, had = Path(sys.argv[1]), int(sys.argv[2]), 0
while had < wanted:
    try:
        with held(path, dt.datetime.now(dt.UTC)):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL))
            path.unlink()
            had += 1
    except HeldError:
        pass
print(had)
"""


def test_the_lock_excludes_while_others_remove_and_make_it(tmp_path: Path) -> None:
    turns = "5000" if os.environ.get("MATURITY_ATTACK") else "200"
    command = [sys.executable, "-c", CROWD, str(tmp_path / "mark"), turns]
    crowd = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    ends = [process.communicate(timeout=600) for process in crowd]
    assert ends == [(f"{turns}\n".encode(), b"")] * 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_folders_without_locks_are_sat_in_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(maturity.assess.hold, "_lock", refuse)
    with held(tmp_path / "a.yaml", NOW) as locked:
        assert not locked


def test_a_folder_that_cannot_be_written_to_is_told_before_anything_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(FileError, match="read-only file system"), held(tmp_path / "a.yaml", NOW):
        pass


def test_a_lock_file_that_may_not_be_opened_keeps_nobody_out(tmp_path: Path) -> None:
    lock_file(tmp_path / "a.yaml").mkdir()
    with held(tmp_path / "a.yaml", NOW) as locked:
        assert not locked
    lock_file(tmp_path / "b.yaml").symlink_to(tmp_path / "elsewhere")
    with held(tmp_path / "b.yaml", NOW) as locked:
        assert not locked
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"user": ""',
        b'{"user": "m", "host": "h", "process": 1, "since": "2026"}',
    ],
)
def test_a_note_that_says_nothing_is_no_trouble(tmp_path: Path, note: bytes) -> None:
    path = tmp_path / "a.yaml"
    with held(path, NOW):
        lock_file(path).write_bytes(note)
        with pytest.raises(HeldError, match="Somebody has been answering"), held(path, NOW):
            pass


def test_what_killed_writes_left_is_cleared_up_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    write_atomically(path, "x")
    names: list[str] = []

    def stop() -> None:
        names.extend(p.name for p in tmp_path.glob(".maturity-*.part"))
        raise KeyError

    with pytest.raises(KeyError):
        write_atomically(path, "y", check=stop)
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]
    (tmp_path / names[0]).write_text("half")
    other = tmp_path / ".maturity-00000000-abc.part"
    other.write_text("somebody else's")
    with held(path, NOW):
        assert sorted(p.name for p in tmp_path.iterdir()) == [".a.yaml.lock", other.name, "a.yaml"]
    assert path.read_text() == "x"


# Two sides' changes in one

QUESTIONS = ("a", "b", "c", "d")
SIDES = st.dictionaries(st.sampled_from(QUESTIONS), st.sampled_from("123").map(lambda v: Answer(value=v)))


@given(SIDES, SIDES, SIDES)
def test_merging_keeps_both_sides_changes(
    base: dict[str, Answer], ours: dict[str, Answer], theirs: dict[str, Answer]
) -> None:
    merged = merge(base, ours, theirs)
    for question in QUESTIONS:
        was, we, they = base.get(question), ours.get(question), theirs.get(question)
        now = merged.answers.get(question)
        if we == they:
            wanted = we, False, False
        elif we == was:
            wanted = they, True, False
        elif they == was:
            wanted = we, False, False
        else:
            wanted = we, False, True
        assert (now, question in merged.taken, question in merged.both) == wanted
    other_way = merge(base, theirs, ours)
    assert set(other_way.both) == set(merged.both)
    assert {q: a for q, a in other_way.answers.items() if q not in merged.both} == {
        q: a for q, a in merged.answers.items() if q not in merged.both
    }


def test_answers_come_in_the_questionnaires_order() -> None:
    one = Answer(value="1")
    assert list(in_order({"x": one, "c": one, "a": one}, QUESTIONS)) == ["a", "c", "x"]


# The record


@pytest.fixture
def small() -> Questionnaire:
    model = load(SMALL).model
    assert isinstance(model, Questionnaire)
    return model


@pytest.fixture
def record(tmp_path: Path, small: Questionnaire) -> Record:
    return begin(tmp_path / "a.yaml", small, "Cardiff", "2026", None)


def answers(**values: str) -> dict[str, Answer]:
    names = {
        "strategy": "leadership.strategy",
        "officer": "leadership.officer",
        "example": "services.example",
    }
    return {names[name]: Answer(value=value) for name, value in values.items()}


def elsewhere(record: Record, **values: str) -> bytes:
    """Somebody else's program saves these answers; the bytes they then are."""
    other, _ = open_again(record.path, str(SMALL))
    other.save(answers(**values))
    return record.path.read_bytes()


def held_in(path: Path) -> dict[str, object]:
    again, _ = open_again(path, str(SMALL))
    return {question.split(".")[1]: answer.value for question, answer in again.assessment.answers.items()}


def test_a_new_file_is_nobody_elses(tmp_path: Path, small: Questionnaire) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("theirs")
    with pytest.raises(MaturityError, match="Someone else has just made a file"):
        begin(path, small, "Cardiff", "2026", None)
    assert path.read_text() == "theirs"
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize("number", [0, errno.EPERM, errno.EOPNOTSUPP])
def test_a_file_that_comes_at_the_last_instant_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = tmp_path / "a.yaml"
    if number:  # where a file can have one name only

        def refuse(*_: object) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(FileExistsError):
        write_atomically(path, "ours", new=True, check=lambda: path.write_text("theirs") and None)
    assert path.read_text() == "theirs"
    path.unlink()
    write_atomically(path, "ours", new=True)
    assert path.read_text() == "ours"
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]


def test_others_answers_are_taken_in(record: Record) -> None:
    assert record.save(answers(strategy="draft")) == ()
    elsewhere(record, strategy="draft", example="Libraries")
    assert record.save(answers(strategy="draft", officer="yes")) == ("services.example",)
    assert held_in(record.path) == {"strategy": "draft", "officer": "yes", "example": "Libraries"}
    # Nothing is a change any more: the next save takes nothing in.
    assert record.save(record.assessment.answers | answers(strategy="none")) == ()


def test_a_change_is_noticed_though_size_and_time_are_the_same(record: Record) -> None:
    record.save(answers(strategy="draft", example="Libraries"))
    was = record.path.stat()
    record.path.write_text(record.path.read_text().replace("Libraries", "Buildings"))
    os.utime(record.path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert record.path.stat().st_size == was.st_size
    assert record.save(answers(strategy="none", example="Libraries")) == ("services.example",)
    assert held_in(record.path) == {"strategy": "none", "example": "Buildings"}


def test_a_change_in_the_last_instant_before_the_rename_is_noticed(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    record.save(answers(strategy="draft"))
    chmod, done = Path.chmod, []

    def late(path: Path, mode: int) -> None:
        chmod(path, mode)
        if not done:
            done.append(path)
            text = record.path.read_text().replace("draft", "none")
            record.path.write_text(text)

    monkeypatch.setattr(Path, "chmod", late)
    assert record.save(answers(strategy="draft", officer="yes")) == ("leadership.strategy",)
    assert done
    assert held_in(record.path) == {"strategy": "none", "officer": "yes"}


def test_submitting_what_nobody_has_seen_stays_a_draft(record: Record) -> None:
    elsewhere(record, example="Libraries")
    assert record.save(answers(officer="yes"), "submitted") == ("services.example",)
    assert record.assessment.status == "draft"
    assert record.save(status="submitted") == ()
    assert open_again(record.path, str(SMALL))[0].assessment.status == "submitted"


class Person:
    """Answers what a keeper asks, in turn, and remembers what it was told."""

    def __init__(self, *says: object) -> None:
        self.says, self.told = list(says), []

    def whose(self, interview: Interview, error: ChangedElsewhereError) -> Literal["ours", "theirs", "aside"]:
        self.told.append(error.both)
        return self._next()

    def otherwise(self, interview: Interview, error: MaturityError) -> Literal["again", "leave"] | Path:
        self.told.append(error.problems[0].kind.code)
        return self._next()

    def reopened(self, interview: Interview) -> None:
        self.told.append("reopened")

    def taken_in(self, interview: Interview, questions: Sequence[str]) -> None:
        self.told.append(tuple(questions))

    def kept(self, interview: Interview, path: Path, whose: str) -> None:
        self.told.append((whose, path.name))

    def _next(self):  # type: ignore[no-untyped-def]
        said = self.says.pop(0)
        if callable(said):
            said = said()
        if isinstance(said, BaseException):
            raise said
        return said


def interview_of(small: Questionnaire, **values: str) -> Interview:
    return Interview.resume(small, answers(**values), "en")


def test_both_answered_the_same_question(record: Record, small: Questionnaire) -> None:
    record.save(answers(strategy="none"))
    theirs = elsewhere(record, strategy="adopted", example="Libraries")
    folder = record.path.parent

    ours = Person("ours")
    interview = Keeper(record, ours).save(interview_of(small, strategy="draft", officer="yes"))
    assert ours.told == [("leadership.strategy",), ("theirs", "a.theirs.yaml")]
    assert held_in(record.path) == {"strategy": "draft", "officer": "yes", "example": "Libraries"}
    assert {q.split(".")[1] for q in interview.answers} == {"strategy", "officer", "example"}
    assert (folder / "a.theirs.yaml").read_bytes() == theirs

    elsewhere(record, strategy="steering", officer="yes", example="Libraries")
    person = Person("theirs")
    interview = Keeper(record, person).save(
        interview_of(small, strategy="none", officer="no", example="Libraries")
    )
    assert person.told == [("leadership.strategy",), ("ours", "a.mine.yaml")]
    assert held_in(record.path) == {"strategy": "steering", "officer": "no", "example": "Libraries"}
    assert held_in(folder / "a.mine.yaml") == {"strategy": "none", "officer": "no", "example": "Libraries"}

    theirs = elsewhere(record, strategy="draft")
    for said, name in (
        ("aside", "a.mine-2.yaml"),
        (KeyboardInterrupt(), "a.mine-3.yaml"),
        (OSError(), "a.mine-4.yaml"),
    ):
        with pytest.raises(LeftAsideError, match="left as it is") as caught:
            Keeper(record, Person(said)).save(interview_of(small, strategy="none"))
        assert name in caught.value.problems[0].remedy()
        assert held_in(folder / name)["strategy"] == "none"
        assert record.path.read_bytes() == theirs


@pytest.mark.parametrize("content", ["", "a: [", "format: maturity-assessment/1\n", None])
def test_a_file_that_is_none_any_more(record: Record, small: Questionnaire, content: str | None) -> None:
    """Or that holds another council's answers."""
    if content is None:
        content = record.path.read_text().replace("Cardiff", "Newport")
    record.path.write_text(content)
    person = Person("ours")
    Keeper(record, person).save(interview_of(small, officer="yes"))
    assert person.told == [(), ("theirs", "a.theirs.yaml")]
    assert held_in(record.path) == {"officer": "yes"}
    assert (record.path.parent / "a.theirs.yaml").read_text() == content


def test_what_else_they_changed_is_asked_about(record: Record, small: Questionnaire) -> None:
    other, _ = open_again(record.path, str(SMALL))
    other.save(answers(example="Libraries"), "submitted")
    assert not differ_only_in_answers(record.assessment, other.assessment)
    person = Person("theirs")
    Keeper(record, person).save(interview_of(small, officer="yes"))
    assert person.told == [(), ("ours", "a.mine.yaml")]
    assert held_in(record.path) == {"officer": "yes", "example": "Libraries"}


def test_the_question_they_answered_is_passed_over(small: Questionnaire) -> None:
    at = interview_of(small)
    assert go_on_with(at, answers(officer="yes")).position == 0
    assert go_on_with(at, answers(strategy="draft", officer="yes")).position == 2


# What cannot be written


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes every flush to disk fail with that error; 0 for a disk that is well again."""
    fsync = os.fsync

    def fail_with(number: int) -> None:
        def fail(handle: int) -> None:
            if number:
                raise OSError(number, os.strerror(number))
            fsync(handle)

        monkeypatch.setattr(os, "fsync", fail)

    return fail_with


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "F029"),
        (errno.EDQUOT, "F029"),
        (errno.EFBIG, "F029"),
        (errno.EROFS, "F023"),
        (errno.EACCES, "F023"),
        (errno.EIO, "F023"),
        (errno.ENAMETOOLONG, "F019"),
    ],
)
def test_a_write_that_fails_leaves_the_old_file_and_can_be_tried_again(
    record: Record, small: Questionnaire, full: Callable[[int], None], number: int, code: str
) -> None:
    record.save(answers(officer="yes"))
    before = record.path.read_bytes()
    full(number)

    def relieved() -> str:
        assert record.path.read_bytes() == before
        assert [p.name for p in record.path.parent.iterdir()] == ["a.yaml"]
        full(0)
        return "again"

    person = Person("again", relieved)
    Keeper(record, person).save(interview_of(small, officer="yes", strategy="draft"))
    assert person.told == [code, code]
    assert held_in(record.path) == {"strategy": "draft", "officer": "yes"}


def test_leaving_and_breaking_off_are_told_apart_from_saving(
    record: Record, small: Questionnaire, full: Callable[[int], None], tmp_path: Path
) -> None:
    full(errno.ENOSPC)
    for said in ("leave", KeyboardInterrupt(), EOFError(), OSError()):
        with pytest.raises(FileError, match="no space left"):
            Keeper(record, Person(said)).save(interview_of(small, officer="yes"))
    full(0)
    rescued = record.rescue(answers(officer="yes"))
    assert rescued is not None
    assert rescued.parent != tmp_path
    assert held_in(rescued) == {"officer": "yes"}
    assert held_in(record.path) == {}


def test_going_on_in_another_file(
    record: Record, small: Questionnaire, full: Callable[[int], None], tmp_path: Path
) -> None:
    (tmp_path / "there.yaml").write_text("somebody's")
    old = record.path
    before = old.read_bytes()
    full(errno.ENOSPC)

    (tmp_path / "new").mkdir()

    def relieved() -> Path:
        full(0)
        return tmp_path / "new" / "b.yaml"

    person = Person(tmp_path / "there.yaml", tmp_path / "c.yaml", relieved)
    with record.held():
        Keeper(record, person).save(interview_of(small, officer="yes"))
        with pytest.raises(HeldError), held(tmp_path / "new" / "b.yaml", NOW):
            pass
        record.save(answers(officer="no"))
    assert person.told == ["F029", "G032", "F029"]
    assert (tmp_path / "there.yaml").read_text() == "somebody's"
    assert old.read_bytes() == before
    assert held_in(tmp_path / "new" / "b.yaml") == {"officer": "no"}
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.yaml", "b.yaml", "new", "there.yaml"]


def test_a_file_replaced_by_a_folder(record: Record, small: Questionnaire) -> None:
    record.path.unlink()
    record.path.mkdir()
    other = record.path.with_name("b.yaml")
    person = Person("again", other)
    Keeper(record, person).save(interview_of(small, officer="yes"))
    assert person.told == ["F021", "F021"]
    assert held_in(other) == {"officer": "yes"}
    assert list(record.path.with_name("a.yaml").iterdir()) == []


def test_a_file_that_is_gone_is_written_again(record: Record, small: Questionnaire) -> None:
    record.path.unlink()
    Keeper(record, Person()).save(interview_of(small, officer="yes"))
    assert held_in(record.path) == {"officer": "yes"}


def test_a_clock_that_jumps_back_changes_nothing(record: Record) -> None:
    record.clock = lambda: NOW - dt.timedelta(days=3650)
    record.save(answers(officer="yes"))
    elsewhere(record, officer="yes", example="Libraries")
    assert record.save(answers(officer="no")) == ("services.example",)
    assert held_in(record.path) == {"officer": "no", "example": "Libraries"}


def test_a_save_that_fails_after_its_rename_is_no_change_by_others(
    record: Record, small: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync, calls = os.fsync, []

    def fail_second(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", fail_second)
    record.clock = lambda: NOW
    person = Person("again")
    Keeper(record, person).save(interview_of(small, officer="yes"))
    assert person.told == ["F023"]
    assert held_in(record.path) == {"officer": "yes"}


def test_permissions_and_group_stay(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("x")
    path.chmod(0o640)
    if os.getuid() == 0:
        os.chown(path, 0, 12345)
    group = path.stat().st_gid
    write_atomically(path, "y")
    assert (path.stat().st_mode & 0o777, path.stat().st_gid) == (0o640, group)


# On the terminal


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Callable[..., Sitting]]:
    """Sits down to a small questionnaire, the file's name first; clears up."""
    sittings: list[Sitting] = []

    def start(name: str, *more: str) -> Sitting:
        sittings.append(
            warm.sit(tmp_path, name, "--council", "Cardiff", "--period", "2026", "-q", str(SMALL), *more)
        )
        return sittings[-1]

    yield start
    for sitting in sittings:
        sitting.close()


def answer_two(sitting: Sitting) -> Sitting:
    sitting.sees("Question 1 of 7").sees("Save and leave").press("2", ENTER)
    return sitting.sees("Question 2 of 7").sees("Save and leave")


def test_two_sittings_on_one_file(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    first = answer_two(sit("a.yaml"))
    second = sit("a.yaml")
    assert second.ends() == 2
    said = " ".join(second.text.split())
    assert re.search(
        rf"\(process {first.pid}\) has been answering in this file since \d+ \w+ 20\d\d at \d\d:\d\d\.", said
    )
    assert "Name another file, or wait until it is left there." in said
    first.press("1", ENTER).sees("Question 3 of 7, 2 answered").press("q")
    assert first.ends() == 0
    third = sit("a.yaml").sees("Question 3 of 7, 2 answered")
    third.sees("Save and leave").press("q")
    assert third.ends() == 0
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize(("keys", "code", "strategy"), [((ENTER,), 0, "none"), ((DOWN, ENTER), 0, "adopted")])
def test_choosing_whose_answer_holds(
    sit: Callable[..., Sitting], tmp_path: Path, keys: tuple[str, ...], code: int, strategy: str
) -> None:
    path = tmp_path / "a.yaml"
    sitting = answer_two(sit("a.yaml"))
    # The laptop sleeps; somebody else saves; it wakes up.
    os.kill(sitting.pid, signal.SIGSTOP)
    text = path.read_text()
    path.write_text(text.replace("draft", "none") + "  leadership.officer: 'no'\n")
    os.kill(sitting.pid, signal.SIGCONT)
    sitting.press("b").sees("Question 1 of 7").sees("Save and leave").press(DOWN, ENTER)
    sitting.sees("Someone else has changed").sees("How far has the council").sees(
        "Yours: The council has adopted"
    )
    sitting.sees("Theirs: There is no digital strategy").sees("Theirs hold").sees("Arrow keys").press(*keys)
    sitting.sees("answers are kept in").sees("Question 3 of 7, 2 answered").sees("Save and leave").press("q")
    assert sitting.ends() == code
    assert held_in(path) == {"strategy": strategy, "officer": "no"}
    other = {"none": ("a.mine.yaml", "adopted"), "adopted": ("a.theirs.yaml", "none")}[strategy]
    assert held_in(tmp_path / other[0])["strategy"] == other[1]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["a.yaml", other[0]])


def test_what_others_answered_meanwhile_is_said(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    sitting = answer_two(sit("a.yaml"))
    path.write_text(path.read_text() + "  services.example: Libraries\n")
    sitting.press("1", ENTER).sees(r"their answer to 1 question\s+was\s+taken\s+in\.")
    sitting.sees("Question 3 of 7, 3 answered")
    assert held_in(path) == {"strategy": "draft", "officer": "yes", "example": "Libraries"}


def test_a_terminal_closed_at_the_choice_leaves_both_sides_answers(
    sit: Callable[..., Sitting], tmp_path: Path
) -> None:
    path = tmp_path / "a.yaml"
    sitting = answer_two(sit("a.yaml"))
    theirs = path.read_text().replace("draft", "none")
    path.write_text(theirs)
    sitting.press("b").sees("Question 1 of 7").sees("Save and leave").press(DOWN, ENTER)
    sitting.sees("Someone else has changed").sees("Arrow keys").hang_up()
    assert sitting.ends() == 1
    assert path.read_text() == theirs
    assert held_in(tmp_path / "a.mine.yaml") == {"strategy": "adopted"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.mine.yaml", "a.yaml"]


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="the limit is set from outside, which Linux can")
@pytest.mark.parametrize("end", ["again", "leave", "hang up"])
def test_a_disk_that_takes_no_more(sit: Callable[..., Sitting], tmp_path: Path, end: str) -> None:
    """The system refuses to write more than some bytes into a file, as a quota does."""
    path = tmp_path / "a.yaml"
    sitting = answer_two(sit("a.yaml"))
    before = path.read_bytes()
    resource.prlimit(sitting.pid, resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))
    sitting.press("1", ENTER).sees("no space left").sees("or ask for more").sees(
        "Your last answer is not saved yet"
    )
    sitting.sees("Try again").sees("Arrow keys").press(ENTER).sees("no space left").sees("Arrow keys")
    assert path.read_bytes() == before
    resource.prlimit(sitting.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    if end == "again":
        sitting.press(ENTER).sees("Question 3 of 7, 2 answered").sees("Save and leave").press("q")
        assert sitting.ends() == 0
        assert held_in(path) == {"strategy": "draft", "officer": "yes"}
        return
    if end == "leave":
        sitting.press(DOWN, DOWN, ENTER)
        assert sitting.ends() == 2
        said = "".join(sitting.text.split())
        found = re.search(r"weresavedin(/\S*?maturity-\w+/a\.yaml)instead", said)
        assert found, said
        assert held_in(Path(found[1])) == {"strategy": "draft", "officer": "yes"}
    else:
        sitting.hang_up()
        assert sitting.ends() == 2
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 kilobytes."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(folder)]
    if sys.platform != "linux" or os.getuid() or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("only root can mount a disk")
    yield folder
    for _ in range(50):
        if not subprocess.run(["umount", str(folder)], capture_output=True).returncode:
            return
        time.sleep(0.1)
    raise AssertionError("the disk is still in use")


def test_a_disk_that_is_really_full(tiny: Path, sit: Callable[..., Sitting]) -> None:
    sitting = answer_two(sit("tiny/a.yaml"))
    path, filler = tiny / "a.yaml", tiny / "filler"
    before = path.read_bytes()
    with pytest.raises(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    sitting.press("1", ENTER).sees("no space left on the disk").sees("Arrow keys")
    assert path.read_bytes() == before
    filler.unlink()
    sitting.press(ENTER).sees("Question 3 of 7, 2 answered").sees("Save and leave")
    assert held_in(path) == {"strategy": "draft", "officer": "yes"}
    sitting.press("q")
    assert sitting.ends() == 0
    assert [p.name for p in tiny.iterdir()] == ["a.yaml"]


def test_a_read_only_folder_is_said_before_anything_is_asked(tiny: Path, sit: Callable[..., Sitting]) -> None:
    sitting = answer_two(sit("tiny/a.yaml"))
    sitting.press("q")
    assert sitting.ends() == 0
    subprocess.run(["mount", "-o", "remount,ro", str(tiny)], check=True)
    again = sit("tiny/a.yaml")
    assert again.ends() == 2
    assert "it may only be read" in again.text
    assert "Question" not in again.text


def test_a_folder_that_went_and_going_on_in_another_file(sit: Callable[..., Sitting], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    sitting = answer_two(sit("in/a.yaml"))
    (tmp_path / "in").rename(tmp_path / "moved")
    (tmp_path / "in").write_text("now a file")
    sitting.press("1", ENTER).sees("file, not a folder").sees("Go on in another file").sees("Arrow keys")
    sitting.press(DOWN, ENTER).sees("The other file").press("b.yaml", ENTER)
    sitting.sees("Question 3 of 7, 2 answered").sees("Save and leave").press("q")
    sitting.sees(r"saved in b\.yaml")
    assert sitting.ends() == 0
    assert held_in(tmp_path / "b.yaml") == {"strategy": "draft", "officer": "yes"}
    assert held_in(tmp_path / "moved" / "a.yaml") == {"strategy": "draft"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.yaml", "in", "moved"]


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ("theirs", ("ours", "a.fy-atebion-i.yaml")),
        ("ours", ("theirs", "a.eu-hatebion-nhw.yaml")),
    ],
)
def test_what_is_set_aside_is_named_in_the_readers_language(
    record: Record, small: Questionnaire, choice: str, told: tuple[str, str]
) -> None:
    other, _ = open_again(record.path, str(SMALL))
    other.save(answers(example="Libraries"), "submitted")
    person = Person(choice)
    Keeper(record, person).save(replace(interview_of(small, officer="yes"), language="cy"))
    assert person.told[-1] == told
    assert (record.path.parent / told[1]).is_file()
