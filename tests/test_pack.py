"""Councils' own reports: made by several processes as by one, whatever becomes of them, and what `maturity pack` writes."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import report_data as data
from maturity.benchmark.evidenced import evidenced
from maturity.benchmark.firm import firmness
from maturity.intake import processes
from maturity.intake.scored import Scored
from maturity.models.benchmark import Benchmark
from maturity.reports import pack_workers
from maturity.reports.html import council_page
from maturity.reports.pack import Pack, pack_council, pack_index
from maturity.reports.pack_workers import pack_reports
from maturity.scoring.score import Scorer

ROOT = Path(__file__).parent.parent
ANSWERS = ROOT / "examples" / "wales-2026"
DAY = dt.date(2026, 11, 22)
LARGEST = 300_000
# What a process does instead of making the reports of a council, by its code; in the flags' folder it leaves a file.
TRICK = """
import os, sys, time
from pathlib import Path
from maturity.reports import pack_worker
honest = pack_worker.pack_council
def pack_council(job):
    flag = Path({flags!r}, job.organisation.code)
    flag.touch()
    what = {tricks!r}.get(job.organisation.code)
    if what == "ends":
        os._exit(9)
    if what == "wrong":
        raise KeyError("a mistake of ours")
    if what == "sleeps":
        time.sleep(3600)
    return honest(job)
pack_worker.pack_council = pack_council
pack_worker.main()
"""


@pytest.fixture(scope="module")
def pack() -> Pack:
    """Four councils of a small questionnaire, with evidence and draws, in both languages."""
    scorer = data.scorer_of(data.questionnaire(), data.rubric())
    named, now = data.benchmark_of(scorer, data.register(5), seed=5)
    firm = firmness(scorer, named, now, draws=20)
    second = evidenced(scorer, named, now, "2", None)
    named = replace(named, firm=firm, evidenced=second)
    return Pack(scorer, named, {c: a for c, (a, _) in now.items()}, ("en", "cy"), DAY)


@pytest.fixture(scope="module")
def alone(pack: Pack) -> dict[str, dict[str, str | bytes]]:
    """All reports, made by this process alone."""
    return dict(pack_reports(pack, pack.codes, 1))


def trick(monkeypatch: pytest.MonkeyPatch, flags: Path, tricks: dict[str, str]) -> str:
    told = TRICK.format(flags=str(flags), tricks=tricks)
    code = pack_workers._CODE.replace(
        "from maturity.reports.pack_worker import main; main()", f"exec({told!r})"
    )
    assert code != pack_workers._CODE
    monkeypatch.setattr(pack_workers, "_CODE", code)
    return code


def test_several_processes_make_the_same_in_the_same_order(
    pack: Pack, alone: dict[str, dict[str, str | bytes]]
) -> None:
    several = list(pack_reports(pack, pack.codes, 2))
    assert [code for code, _ in several] == list(pack.codes) == list(alone)
    assert dict(several) == alone
    assert all(len(files) == 6 and all(files.values()) for files in alone.values())


def test_what_a_process_does_not_make_is_made_here(
    pack: Pack,
    alone: dict[str, dict[str, str | bytes]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trick(monkeypatch, tmp_path, {pack.codes[0]: "wrong", pack.codes[1]: "ends"})
    assert dict(pack_reports(pack, pack.codes, 2)) == alone
    # The others were made by processes, after that too.
    assert {path.name for path in tmp_path.iterdir()} == set(pack.codes)


@pytest.mark.parametrize("how", ["no program", "ends at once", "no python"])
def test_where_no_process_can_be_started_one_makes_all(
    pack: Pack, alone: dict[str, dict[str, str | bytes]], how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if how == "no program":
        monkeypatch.setattr(sys, "executable", str(ROOT / "gone"))
    elif how == "ends at once":
        monkeypatch.setattr(pack_workers, "_CODE", "raise SystemExit(1)")
    else:
        monkeypatch.setattr(sys, "executable", "")
    codes = pack.codes[:2]
    assert dict(pack_reports(pack, codes, 2)) == {code: alone[code] for code in codes}


def test_few_reports_are_made_here(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    def panic(_code: str) -> None:
        raise AssertionError("started")

    monkeypatch.setattr(pack_workers, "started", panic)
    monkeypatch.setattr(pack_workers, "FEWEST", 2 * len(pack.codes))
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    assert len(list(pack_reports(pack, pack.codes[:1]))) == 1
    with pytest.raises(AssertionError, match="started"):
        list(pack_reports(pack, pack.codes))
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    assert processes.processors() == 1


def ended(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
def test_who_stops_listening_leaves_no_process(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trick(monkeypatch, tmp_path, {pack.codes[1]: "sleeps"})
    pids: list[int] = []
    start = processes.started

    def noted(code: str) -> subprocess.Popen[bytes] | None:
        process = start(code)
        assert process is not None
        pids.append(process.pid)
        return process

    monkeypatch.setattr(pack_workers, "started", noted)
    pack = replace(pack, languages=("en",))
    with closing(pack_reports(pack, pack.codes, 2)) as reports:
        assert next(reports)[0] == pack.codes[0]
        assert len(pids) == 2 and not any(map(ended, pids))
    assert all(map(ended, pids))


def test_a_list_in_each_language_leads_to_the_other(pack: Pack) -> None:
    english, welsh = (pack_index(pack, language) for language in pack.languages)
    assert 'href="index-cy.html" lang="cy"' in english and 'href="index.html" lang="en"' in welsh
    page = next(name for name in pack_council(pack.job(pack.codes[0])) if name.endswith("cy.html"))
    assert f'href="{page}"' in english and f'href="{page}"' in welsh
    # Who submitted is told of those too whose reports are not there.
    one = pack_index(pack, "en", pack.codes[:1])
    assert one.count("<span>submitted</span>") + one.count("<span>draft</span>") == len(pack.codes)
    # On a telephone each cell stands behind its heading.
    assert '<div class="stacks">' in one and one.count("<td data-h=") == 4 * one.count('<th scope="row">')
    assert one.count(".xlsx") == 2


def test_no_councils_page_is_large(
    scorer: Scorer, scored_2026: list[Scored], benchmark_2026: Benchmark
) -> None:
    """Of the example's, with all that an own report can have."""
    now = {s.organisation.code: (s.assessment, s.scorecard) for s in scored_2026}
    named = replace(
        benchmark_2026,
        firm=firmness(scorer, benchmark_2026, now, draws=20),
        evidenced=evidenced(scorer, benchmark_2026, now, "2", None),
    )
    pack = Pack(scorer, named, {code: a for code, (a, _) in now.items()}, ("en", "cy"), DAY)

    def sizes() -> Iterator[tuple[int, str]]:
        # The longest answers, and those with the most evidence and notes.
        for code in sorted(pack.codes, key=lambda c: -len(pack.assessments[c].model_dump_json()))[:3]:
            job = pack.job(code)
            for language in pack.languages:
                page = council_page(
                    scorer, job.benchmark, code, language, assessment=job.assessment, made_on=DAY
                )
                yield len(page.encode()), f"{code} {language}"

    assert max(sizes()) < (LARGEST, "")


# As people run it


def maturity(*words: object, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "maturity", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"SOURCE_DATE_EPOCH": "1790000000", "PYTHONUTF8": "1", **env},
    )


def test_a_pack_shows_what_was_asked_for_and_tells_what_is_not_its_own(tmp_path: Path) -> None:
    out = tmp_path / "adroddiadau ŵ"
    for name in ("cardiff/cardiff-2017-en.html", "old-council/old-council-2026-en.html", "mine/note.txt"):
        (out / name).parent.mkdir(parents=True)
        (out / name).write_text("<p>before</p>", encoding="utf-8")
    options = ("--only", "Caerdydd", "--evidence-above", "2", "--draws", "20", "--lang", "both")
    done = maturity("pack", ANSWERS, "-o", out, *options)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{out / 'index.html'}\n"
    strange = [str(out / "cardiff" / "cardiff-2017-en.html"), str(out / "old-council")]
    told = next(line for line in done.stderr.splitlines() if "Not of this pack" in line)
    assert all(name in told for name in strange) and "mine" not in told and "cardiff-2026" not in told
    assert "Other reports that are there" not in done.stderr
    assert "Adroddiadau cynghorau: 1 o 22." in done.stderr and "Reports of 1 of 22 councils." in done.stderr
    page = (out / "cardiff" / "cardiff-2026-en.html").read_text(encoding="utf-8")
    for part in ("of 20 draws, seed 1", "What is claimed and what is evidenced"):
        assert part in page
    index = (out / "index-cy.html").read_text(encoding="utf-8")
    assert index.count(".xlsx") == 2 and "cardiff/cardiff-2026-cy.xlsx" in index
    assert sorted(path.name for path in out.iterdir() if path.is_dir()) == ["cardiff", "mine", "old-council"]


def test_both_languages_are_named_in_the_language_of_whoever_makes_them(tmp_path: Path) -> None:
    options = ("--only", "Caerdydd", "--draws", "0", "--lang", "both")
    done = maturity("pack", ANSWERS, "-o", tmp_path / "out", *options, LC_ALL="cy_GB.UTF-8")
    assert done.returncode == 0, done.stderr
    assert done.stderr.index("Adroddiadau cynghorau") < done.stderr.index("Reports of")
    names = {path.relative_to(tmp_path / "out").as_posix() for path in tmp_path.rglob("*.html")}
    folder = "caerdydd/caerdydd-2026"
    assert names >= {"index.html", "index-en.html", f"{folder}-cy.html", f"{folder}-en.html"}
    assert 'lang="cy"' in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")[:300]


def test_only_for_councils_that_submitted(tmp_path: Path) -> None:
    some = sorted(ANSWERS.glob("*.yaml"))[:2]
    unknown = maturity("pack", *some, "-o", tmp_path / "out", "--only", "Cardif", "--only", "Nowhere")
    assert unknown.returncode == 2 and "Cardif" in unknown.stderr and "Nowhere" in unknown.stderr
    missing = maturity("pack", *some, "-o", tmp_path / "out", "--only", "Wrexham")
    assert missing.returncode == 2 and "G330" in missing.stderr and "Wrexham" in missing.stderr
    assert not (tmp_path / "out").exists()
    # Who did not submit keeps nobody else from having a report.
    both = ("--only", "Wrexham", "--only", "Bridgend", "--draws", "0", "--lang", "cy")
    done = maturity("pack", *some, "-o", tmp_path / "out", *both)
    assert done.returncode == 1
    assert done.stderr.count("G330") == 1 and "Wrecsam" in done.stderr
    assert [path.name for path in (tmp_path / "out").iterdir() if path.is_dir()] == ["pen-y-bont-ar-ogwr"]
    seeded = maturity("pack", *some, "-o", tmp_path / "none", "--draws", "0", "--seed", "4")
    assert seeded.returncode == 2 and "--seed" in seeded.stderr and not (tmp_path / "none").exists()


# The program as it is, but that one council's reports take an hour.
PROGRAM = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from maturity.reports import pack_workers
pack_workers.FEWEST, pack_workers._CODE = 2, {code!r}
pack_workers.processors = lambda: 2
from maturity.cli.main import main
sys.argv = ["maturity", "pack", {answers!r}, "-o", {out!r}, "--draws", "0", "--lang", "en"]
main()
"""


def test_an_interrupted_pack_has_no_list_and_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, out, flags = tmp_path / "answers", tmp_path / "out", tmp_path / "flags"
    for folder in (answers, flags):
        folder.mkdir()
    for path in sorted(ANSWERS.glob("*.yaml"))[:4]:
        (answers / path.name).write_bytes(path.read_bytes())
    out.mkdir()
    (out / "index.html").touch()
    code = trick(monkeypatch, flags, {"W06000018": "sleeps"})
    program = PROGRAM.format(code=code, answers=str(answers), out=str(out))
    running = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True)
    while running.poll() is None and len(list(flags.iterdir())) < 4:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    told = running.communicate(timeout=120)[1]
    assert running.returncode == 130 and "Traceback" not in told
    assert told.splitlines()[-1] == "Stopped."
    assert "and no list" in told
    files = [path for path in out.rglob("*") if path.is_file()]
    assert all(path.stat().st_size > 1_000 and path.suffix in (".html", ".xlsx") for path in files)
    assert not (out / "index.html").exists() and len(files) < 4 * 3
