"""What many tests share: the bundled content, scored once."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

import program
from browser_pages import launched, write_pages
from maturity.benchmark.compare import compare
from maturity.intake.collect import collect
from maturity.intake.scored import Scored, score_all, scorer_for
from maturity.models.benchmark import Benchmark
from maturity.scoring.score import Scorer
from maturity.sources.registers import wales

ROOT = Path(__file__).parent.parent

settings.register_profile("sample", max_examples=60, deadline=None, derandomize=True)
settings.register_profile("attack", max_examples=2000, deadline=None)
# Inside GitHub Actions validate writes annotations by itself; tests say themselves when they want that.
os.environ.pop("GITHUB_ACTIONS", None)

# On a Welsh system the program speaks Welsh by itself; tests say which language they want.
for name in ("LC_ALL", "LC_MESSAGES", "MATURITY_LANG", "MATURITY_PLAIN"):
    os.environ.pop(name, None)
os.environ["LANG"] = "C.UTF-8"

# Where the machine keeps Python from storing what it compiled, each program a test starts would compile it all anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.load_profile("attack" if os.environ.get("MATURITY_ATTACK") else "sample")


def pytest_collection_finish() -> None:
    """What was imported and collected stays: it need not be looked through for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_unconfigure() -> None:
    gc.unfreeze()  # DuckDB writes pages to stderr about what is not collected in the end


@pytest.fixture(scope="session")
def scorer() -> Scorer:
    """Scores the bundled questionnaire with the bundled rubric."""
    return scorer_for(collect([ROOT / "examples" / "wales-2017"], wales()).assessments, None, None)


@pytest.fixture(scope="session")
def scored_2017(scorer: Scorer) -> list[Scored]:
    return score_all(scorer, collect([ROOT / "examples" / "wales-2017"], wales()).assessments)


@pytest.fixture(scope="session")
def scored_2026(scorer: Scorer) -> list[Scored]:
    return score_all(scorer, collect([ROOT / "examples" / "wales-2026"], wales()).assessments)


@pytest.fixture(scope="session")
def benchmark_2017(scorer: Scorer, scored_2017: list[Scored]) -> Benchmark:
    return compare(scorer, wales(), {s.organisation.code: (s.assessment, s.scorecard) for s in scored_2017})


@pytest.fixture(scope="session")
def benchmark_2026(scorer: Scorer, scored_2017: list[Scored], scored_2026: list[Scored]) -> Benchmark:
    now, before = (
        {s.organisation.code: (s.assessment, s.scorecard) for s in scored}
        for scored in (scored_2026, scored_2017)
    )
    return compare(scorer, wales(), now, before)


@pytest.fixture(scope="session")
def pages_folder(
    tmp_path_factory: pytest.TempPathFactory,
    scorer: Scorer,
    benchmark_2026: Benchmark,
    scored_2026: list[Scored],
) -> Path:
    """All pages in both languages as ``name-language.html``."""
    at = tmp_path_factory.mktemp("pages")
    write_pages(at, scorer, benchmark_2026, scored_2026)
    return at


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `maturity demo` makes at a set time."""
    out = tmp_path_factory.mktemp("demo")
    done = program.run("demo", "--out", out, env={**os.environ, "SOURCE_DATE_EPOCH": "1790000000"})
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium a module: while it runs, nothing else in the process may have an event loop."""
    with launched() as found:
        yield found
