"""The bundled example: made up, reproducible, and with what Socitm counted in 2017."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from maturity.intake.collect import collect
from maturity.intake.scored import Scored, score_all
from maturity.models.benchmark import Benchmark
from maturity.scoring.score import Scorer
from maturity.sources.registers import wales

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"

# What was found in April 2017 (System Reboot, December 2018): of 22 councils.
FOUND_IN_2017 = {
    "end-to-end": 0,
    "no-strategy": 5,
    "identity-pilot": 0,
    "lacking-capacity": 8,
}
MOST = (
    "no-chief-digital-officer",
    "branch-of-ict",
    "no-benchmarking-beyond-wales",
    "short-term-savings",
    "standard-not-used",
    "recognised",
)


@pytest.mark.parametrize(("finding", "count"), FOUND_IN_2017.items())
def test_published_counts(benchmark_2017: Benchmark, finding: str, count: int) -> None:
    found = {f.id: f for f in benchmark_2017.findings}[finding]
    assert (found.count, found.answered) == (count, 22)


@pytest.mark.parametrize("finding", MOST)
def test_what_was_true_of_most(benchmark_2017: Benchmark, finding: str) -> None:
    found = {f.id: f for f in benchmark_2017.findings}[finding]
    assert found.answered == 22
    assert 11 < found.count < 22


def test_each_dimension_has_its_finding(benchmark_2017: Benchmark, scorer: Scorer) -> None:
    named = {f.dimension for f in benchmark_2017.findings if f.id in FOUND_IN_2017 or f.id in MOST}
    assert named == {d.id for d in scorer.questionnaire.dimensions}


def test_findings_agree_with_a_plain_count(benchmark_2017: Benchmark) -> None:
    """Counted again from the files' text, without any of the program's reading or counting."""
    files = sorted((EXAMPLES / "wales-2017").glob("*.yaml"))
    texts = [path.read_text(encoding="utf-8") for path in files]
    plain = {
        "no-strategy": ("leadership.strategy.in-place", "none"),
        "lacking-capacity": ("staff.capacity.enough", "'no'"),
        "end-to-end": ("transactions.end-to-end.every-service", "every"),
        "identity-pilot": ("data.accounts.identity-pilot", "'yes'"),
    }
    for finding, (question, option) in plain.items():
        written = re.compile(
            rf"^  {re.escape(question)}:(?: | \{{value: |\n    value: ){option}(?:$|,|\}})", re.MULTILINE
        )
        assert sum(written.search(text) is not None for text in texts) == FOUND_IN_2017[finding]


def test_who_answered(scored_2017: list[Scored], scored_2026: list[Scored]) -> None:
    assert (len(scored_2017), len(scored_2026)) == (22, 21)
    assert {s.assessment.period for s in scored_2017} == {"2017"}
    assert all(s.assessment.made_up and s.assessment.status == "submitted" for s in scored_2017 + scored_2026)
    states = {i.state for s in scored_2026 for i in s.scorecard.items}
    assert states == {"answered", "unanswered", "dont_know", "not_applicable"}
    assert any(s.scorecard.score("overall").published is None for s in scored_2026)
    assert any(a.note for s in scored_2026 for a in s.assessment.answers.values())
    assert any(a.evidence for s in scored_2026 for a in s.assessment.answers.values())


def test_workbooks_score_like_the_files_that_they_were_made_from(
    scorer: Scorer, scored_2026: list[Scored]
) -> None:
    collection = collect([EXAMPLES / "workbooks-2026"], wales())
    assert not collection.problems
    assert len(collection.assessments) == 4
    cards = {s.organisation.code: s.scorecard for s in scored_2026}
    for found in score_all(scorer, collection.assessments):
        same = cards[found.organisation.code]
        assert found.scorecard.items == same.items
        assert found.scorecard.scores == same.scores
        # The same answers have the same digest, whichever way they came in.
        assert found.scorecard.answers_digest == same.answers_digest
        assert found.scorecard.made_up


def test_the_generator_makes_these_files(tmp_path: Path) -> None:
    subprocess.run([sys.executable, EXAMPLES / "make_examples.py", tmp_path], check=True)
    made = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    # The examples for CI are written by hand.
    kept = {
        p.relative_to(EXAMPLES): p.read_bytes()
        for p in EXAMPLES.rglob("*")
        if p.suffix in (".yaml", ".xlsx", ".csv") and p.parent.name != "ci"
    }
    assert made.keys() == kept.keys()
    assert [str(name) for name in made if made[name] != kept[name]] == []
