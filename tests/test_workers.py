"""Files read by several processes: the same as by one, whatever becomes of the processes."""

from __future__ import annotations

import csv
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from maturity.intake import workers
from maturity.intake.collect import Collection, collect
from maturity.intake.findings import FORMULA
from maturity.intake.parcels import parcel, unpacked
from maturity.intake.processes import MOST_WORKERS
from maturity.intake.reading import Manner, ToRead, read
from maturity.intake.tables import How
from maturity.models.register import Register
from maturity.sources.bundled import bundled
from maturity.sources.registers import wales
from workbook_data import assessment, edited, small, template

EXAMPLES = sorted((bundled("examples") / "wales-2026").glob("*.yaml"))
# What a process does instead of reading, by the name of the file.
TRICK = """
import os, sys, time
from pathlib import Path
from maturity.intake import worker
honest = worker.read
def read(file, manner):
    flag = file.path.with_suffix(".flag")
    if "fatal" in file.path.name or ("once" in file.path.name and not flag.exists()):
        flag.touch()
        os._exit(9)
    if "wrong" in file.path.name:
        raise KeyError("a mistake of ours")
    if "endless" in file.path.name:
        time.sleep(3600)
    return honest(file, manner)
worker.read = read
worker.main()
"""


@pytest.fixture
def trick(monkeypatch: pytest.MonkeyPatch) -> None:
    code = workers._CODE.replace("from maturity.intake.worker import main; main()", f"exec({TRICK!r})")
    assert code != workers._CODE
    monkeypatch.setattr(workers, "_CODE", code)


def folder(tmp_path: Path, *names: str) -> Path:
    """The example's first councils, under these names, in this order."""
    for number, name in enumerate(names):
        shutil.copy(EXAMPLES[number % len(EXAMPLES)], tmp_path / f"{number:03}-{name}.yaml")
    return tmp_path


def both(path: Path, **how: object) -> tuple[Collection, Collection]:
    return collect([path], wales(), workers=1, **how), collect([path], wales(), workers=3, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize("texts", [True, False])
def test_several_processes_read_the_same_in_the_same_order(tmp_path: Path, texts: bool) -> None:
    """Sound and damaged files of every kind, one that is no answers, two of one council."""
    for path in EXAMPLES:
        shutil.copy(path, tmp_path)
    shutil.copy(EXAMPLES[0], tmp_path / "again.yaml")
    sound = template("en", assessment())
    (tmp_path / "sound.xlsx").write_bytes(sound)
    (tmp_path / "cut.xlsx").write_bytes(sound[:2000])
    (tmp_path / "empty.ods").write_bytes(b"")
    (tmp_path / "formula.xlsx").write_bytes(edited(sound, lambda w: w.worksheets[1].cell(5, 6, "=1+")))
    (tmp_path / "broken.yaml").write_text("format: maturity-assessment/1\nanswers: [", encoding="utf-8")
    (tmp_path / "table.csv").write_text("council,answer\nCardiff,maybe\n", encoding="utf-8")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    one, several = both(tmp_path, texts=texts, asked=small())
    assert several == one
    assert len(one.assessments) >= 20 and len({p.kind.code for p in one.problems}) >= 4 and one.left_aside
    assert [p.kind for p in several.problems] == [p.kind for p in one.problems]
    assert all(a.kind is b.kind for a, b in zip(one.problems, several.problems, strict=True))


def test_a_questionnaire_and_a_period_travel_too(tmp_path: Path) -> None:
    from maturity.sources.shelf import open_questionnaire

    asked = open_questionnaire("socitm@1.0.0")
    question = next(q for q in asked[0].questions.values() if q.type == "level")
    for number, council in enumerate(("Cardiff", "Conwy", "Nowhere")):
        with (tmp_path / f"{number}.csv").open("w", encoding="utf-8", newline="") as file:
            row = [council, question.text.to("en"), question.choices[0].text.to("en")]
            csv.writer(file).writerows([["council", "question", "answer"], row])
    one, several = both(tmp_path, asked=asked, period="2026")
    assert several == one
    errors = [p for p in one.problems if p.kind.severity == "error"]
    assert len(one.assessments) == 2 and len(errors) == 1


def test_a_kind_is_one_object_wherever_it_comes_from() -> None:
    assert pickle.loads(pickle.dumps(FORMULA)) is FORMULA


def test_what_travels_arrives_as_it_was() -> None:
    """Notes, evidence and all; and the same answer is one object."""
    manner = Manner(wales(), None, How())
    for path in EXAMPLES[:3]:
        sent = read(ToRead(path, True), manner)
        first, second = unpacked(parcel(sent)), unpacked(parcel(read(ToRead(path, True), manner)))
        assert first == sent == second
        one, other = first.answers[0][0].answers, second.answers[0][0].answers
        assert list(one) == list(sent.answers[0][0].answers)
        assert all(one[question] is other[question] for question in one)


@pytest.mark.usefixtures("trick")
def test_a_file_that_ends_its_process_is_a_finding_and_the_others_are_read(tmp_path: Path) -> None:
    folder(tmp_path, *["a"] * 4, "fatal", *["b"] * 10, "fatal", "c")
    found = collect([tmp_path], wales(), workers=2)
    assert [(p.kind.code, Path(p.place.file).name) for p in found.problems] == [
        ("I140", "004-fatal.yaml"),
        ("I140", "015-fatal.yaml"),
    ]
    assert [Path(c.source).name[4:5] for c in found.assessments] == [*"aaaa", *"bbbbbbbbbb", "c"]


@pytest.mark.usefixtures("trick")
def test_a_process_that_ends_for_another_reason_costs_nothing(tmp_path: Path) -> None:
    """A file at which one was ended from outside is read again."""
    folder(tmp_path, "a", "once", "b", "once", "c")
    found = collect([tmp_path], wales(), workers=2)
    assert not found.problems and len(found.assessments) == 5
    assert len(list(tmp_path.glob("*.flag"))) == 2


@pytest.mark.usefixtures("trick")
def test_a_mistake_of_ours_is_seen_by_the_one_who_asked(tmp_path: Path) -> None:
    """What a process cannot read for a mistake in the program is read by the caller, who raises it, or reads it."""
    found = collect([folder(tmp_path, "a", "wrong", "b")], wales(), workers=2)
    assert not found.problems and len(found.assessments) == 3


@pytest.mark.parametrize("how", ["no program", "ends at once", "no python"])
def test_where_no_process_can_be_started_one_reads_all(
    tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder(tmp_path, *["a"] * 6)
    if how == "no program":
        monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    elif how == "ends at once":
        monkeypatch.setattr(workers, "_CODE", "raise SystemExit(1)")
    else:
        monkeypatch.setattr(sys, "executable", "")
    assert len(collect([tmp_path], wales(), workers=2).assessments) == 6


def test_a_register_that_cannot_travel_is_used_here(tmp_path: Path) -> None:
    class Locked(Register):
        def __reduce__(self) -> str | tuple[object, ...]:
            raise TypeError("not to be sent")

    locked = Locked(wales().id, wales().organisations)
    with pytest.raises(TypeError):
        pickle.dumps(locked)
    assert len(collect([folder(tmp_path, "a", "b")], locked, workers=2).assessments) == 2


def test_few_files_are_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert workers.paying(workers.FEWEST - 1) == 1
    assert workers.paying(workers.FEWEST) == MOST_WORKERS


# No process is left behind


def ended(pid: int) -> bool:
    """Whether it is gone, or only its entry waits to be read by its parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def all_ended(pids: list[int]) -> bool:
    for _ in range(600):
        if all(map(ended, pids)):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
@pytest.mark.usefixtures("trick")
def test_who_stops_listening_leaves_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pids: list[int] = []
    start = subprocess.Popen

    def noted(*words: object, **named: object) -> object:
        process = start(*words, **named)  # type: ignore[call-overload]
        pids.append(process.pid)
        return process

    monkeypatch.setattr("maturity.intake.workers.subprocess.Popen", noted)
    files = [ToRead(path, True) for path in sorted(folder(tmp_path, "a", *["endless"] * 8).glob("*.yaml"))]
    with closing(workers.readings(files, Manner(wales(), None, How()), 2)) as found:
        assert next(found).answers
        assert len(pids) == 2 and not any(map(ended, pids))
    assert all(map(ended, pids))


# The program as it is, but that its processes tell who they are, and some files take an hour.
PROGRAM = """
import signal, subprocess, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from maturity.intake import workers
workers.FEWEST, workers._CODE = 2, {code!r}
start = subprocess.Popen
def noted(*words, **named):
    process = start(*words, **named)
    print("began", process.pid, file=sys.stderr, flush=True)
    return process
subprocess.Popen = noted
import os
os.sched_getaffinity = lambda _: {{0, 1}}
from maturity.cli.main import main
sys.argv = ["maturity", "score", {path!r}]
main()
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.usefixtures("trick")
def test_whatever_ends_the_program_ends_its_processes(tmp_path: Path, sign: signal.Signals) -> None:
    folder(tmp_path, *["endless"] * 6)
    program = PROGRAM.format(code=workers._CODE.replace("3600", "1"), path=str(tmp_path))
    running = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert running.stderr is not None
    pids = [int(running.stderr.readline().split()[1]) for _ in range(2)]
    running.send_signal(sign)
    told = running.communicate(timeout=120)[1]
    assert all_ended(pids)
    assert running.returncode == (130 if sign == signal.SIGINT else -sign)
    assert "Traceback" not in told
    if sign == signal.SIGINT:
        assert told.splitlines()[-1] == "Stopped."
