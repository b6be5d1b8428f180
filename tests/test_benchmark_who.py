"""Whose figures a benchmark on the terminal shows: who is missing, who sent a draft, and what evidence does not count."""

from __future__ import annotations

import io
from dataclasses import replace

from rich.console import Console

from maturity.benchmark.disclosure import disclose
from maturity.cli.benchmark_table import show_benchmark
from maturity.cli.learning_table import show_learning
from maturity.locale.words import Words
from maturity.models.benchmark import Benchmark
from maturity.models.evidenced import Evidenced, Proofs
from maturity.models.text import Language
from maturity.scoring.score import Scorer

CONWY, POWYS = "W06000003", "W06000023"


def shown(
    scorer: Scorer,
    benchmark: Benchmark,
    council: str | None = None,
    language: Language = "en",
    width: int = 0,
) -> list[str]:
    """The lines on a terminal so wide, or in a pipe."""
    out = Console(
        file=io.StringIO(), width=width or 200, force_terminal=bool(width), color_system=None, _environ={}
    )
    show_benchmark(out, scorer, benchmark, Words(language), council)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue().splitlines()


def test_who_is_missing_and_who_sent_a_draft(scorer: Scorer, benchmark_2026: Benchmark) -> None:
    assert shown(scorer, benchmark_2026)[:2] == ["21 of 22 councils, 2026", "Not submitted: Blaenau Gwent"]
    drafts = replace(benchmark_2026, drafts=(POWYS, CONWY))
    lines = shown(scorer, drafts, CONWY)
    assert lines[1:4] == [
        "Own: Conwy",
        "Not submitted: Blaenau Gwent",
        "2 of those who submitted sent drafts: Conwy, Powys",
    ]
    assert "Drafft a anfonodd 2 o'r rhai a gyflwynodd: Conwy, Powys" in shown(scorer, drafts, None, "cy")


def test_where_nobody_is_named_others_drafts_and_absence_are_not_told(
    scorer: Scorer, benchmark_2026: Benchmark
) -> None:
    drafts = replace(benchmark_2026, drafts=(POWYS, CONWY))
    own = shown(scorer, disclose(drafts, "own", CONWY), CONWY)
    assert not any("sent" in line for line in own[:4])
    assert own[1:3] == ["Own: Conwy", "These answers are a draft and may still change."]
    public = "\n".join(shown(scorer, disclose(drafts, "public", None)))
    assert not any(word in public for word in ("Conwy", "Powys", "Blaenau", "draft", "Not submitted"))


def test_a_list_has_the_levels_names_and_no_key_to_numbers(scorer: Scorer, benchmark_2026: Benchmark) -> None:
    narrow, wide = shown(scorer, benchmark_2026, width=40), shown(scorer, benchmark_2026, width=120)
    assert max(map(len, narrow)) <= 40
    assert "  2 In pockets: 2" in narrow and not any("Columns with numbers" in line for line in narrow)
    assert any(line.startswith("Columns with numbers") for line in wide)
    last = max(n for n, line in enumerate(narrow) if line.startswith("  Down: "))
    assert narrow[last + 1] == "" and narrow[last + 2].startswith("Change: ")


def test_evidence_that_is_too_old_or_has_no_date_is_counted(
    scorer: Scorer, benchmark_2026: Benchmark
) -> None:
    proofs = (Proofs(CONWY, 9, 3, 2, 1), Proofs(POWYS, 5, 1, 3, 0))
    found = Evidenced("by-plan", 2.4, 2, "2024-12-31", proofs, ())
    out = Console(file=io.StringIO(), width=300, color_system=None, _environ={})
    show_learning(out, scorer, replace(benchmark_2026, evidenced=found), Words("en"), None)
    assert isinstance(out.file, io.StringIO)
    assert (
        "4 of 14 such answers have it. 5 more have only older evidence. 1 more has only undated evidence."
        in out.file.getvalue()
    )
