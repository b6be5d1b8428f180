"""From PATHS to a benchmark: read, sorted into periods, scored each by its rubric, compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.cli import options
from maturity.cli.errors import print_problems, say

if TYPE_CHECKING:
    from maturity.benchmark.compare import Scored
    from maturity.intake.collect import Collection
    from maturity.locale.words import Words
    from maturity.models.benchmark import Benchmark
    from maturity.scoring.score import Scorer


@dataclass(frozen=True, slots=True)
class Compared:
    """A benchmark and what it was made of: answers by organisation's code, `before` of the earlier period where that
    answered the same version of the questionnaire."""

    scorer: Scorer
    benchmark: Benchmark
    answers: Mapping[str, Scored]
    before: Mapping[str, Scored] | None


def read(
    paths: Sequence[Path], previous: Sequence[Path] | None, questionnaire: str | None, words: Words
) -> list[Collection]:
    """The answers in PATHS, and those under --previous; what is wrong with them is said."""
    collections = [
        options.collect_with_progress(one, questionnaire, words.language) for one in (paths, previous) if one
    ]
    problems = [problem for collection in collections for problem in collection.problems]
    print_problems(sorted(problems, key=lambda p: p.order), words)
    aside = [path for collection in collections for path in collection.left_aside]
    if aside:
        names = options.listed(aside, words)
        say(words("Left aside, because they are no files of answers: {files}", files=names))
    if not collections[0].assessments:
        say(words("There is nothing to compare."))
    return collections


def has_errors(collections: Sequence[Collection]) -> bool:
    """Whether something in the files was left out."""
    return any(p.kind.severity == "error" for c in collections for p in c.problems)


def compare_collected(
    collections: Sequence[Collection],
    rubric: str | None,
    questionnaire: str | None,
    rubrics: Mapping[str, str],
    words: Words,
) -> Compared:
    """Compares the newest period and says with which; `rubrics` are by period. Raises MaturityError."""
    from maturity.benchmark.series import compare_periods
    from maturity.cli.periods import choose, tell_break
    from maturity.intake.periods import score_periods
    from maturity.sources.registers import wales

    chosen = choose([c.assessments for c in collections], words)
    scored = score_periods(chosen.answers, chosen.period, rubric, questionnaire, rubrics)
    scorer = scored[chosen.period].scorer
    compared = compare_periods(wales(), scored, chosen.period, chosen.previous)
    tell_break(compared, chosen, words)
    earlier = scored.get(chosen.previous or "")
    # Answers to another version of the questionnaire are other answers.
    same = earlier is not None and earlier.scorer.references[0] == scorer.references[0]
    before = earlier.scored if earlier is not None and same else None
    return Compared(scorer, compared, scored[chosen.period].scored, before)
