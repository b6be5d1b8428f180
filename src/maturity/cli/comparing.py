"""From PATH to a benchmark: read, sorted into periods, scored each by its rubric, compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.cli import options
from maturity.cli.errors import print_problems, say
from maturity.models.register import Register, joined

if TYPE_CHECKING:
    from maturity.benchmark.compare import Scored
    from maturity.intake.collect import Collection
    from maturity.locale.words import Words
    from maturity.models.benchmark import Benchmark
    from maturity.scoring.score import Scorer


@dataclass(frozen=True, slots=True)
class Ours:
    """What the answers are read and scored by: the rubric, and those of single periods, the questionnaire, the registers."""

    rubric: str | None
    questionnaire: str | None
    rubrics: Mapping[str, str]
    registers: tuple[Register, ...]

    @property
    def places(self) -> Register:
        """Everybody of all registers."""
        return joined(self.registers)


@dataclass(frozen=True, slots=True)
class Compared:
    """A benchmark and what it was made of: answers by organisation's code, `before` of the earlier period where that
    answered the same version of the questionnaire."""

    scorer: Scorer
    benchmark: Benchmark
    register: Register
    answers: Mapping[str, Scored]
    before: Mapping[str, Scored] | None


def read(
    paths: Sequence[Path], previous: Sequence[Path] | None, ours: Ours, words: Words
) -> list[Collection]:
    """The answers under PATH, and those under --previous; what is wrong with them is said."""
    collections = [
        options.collect_with_progress(one, ours.questionnaire, words.language, register=ours.places)
        for one in (paths, previous)
        if one
    ]
    problems = [problem for collection in collections for problem in collection.problems]
    print_problems(sorted(problems, key=lambda p: p.order), words)
    aside = [path for collection in collections for path in collection.left_aside]
    if aside:
        names = options.listed(aside, words)
        say(words("Left aside, because they are no files of answers: {files}", files=names))
    return collections


def has_errors(collections: Sequence[Collection]) -> bool:
    """Whether something in the files was left out."""
    return any(p.kind.severity == "error" for c in collections for p in c.problems)


def compare_collected(
    collections: Sequence[Collection],
    ours: Ours,
    words: Words,
    council: str | None = None,
    peers: Sequence[str] = (),
    *,
    series: bool = True,
) -> Compared | None:
    """Compares the newest period and says with which; None, and said, where there is nothing to compare.

    `council` is the code of the one that is set against its `peers`. Without `series`, what changed over a break is not
    pointed to. Raises MaturityError.
    """
    from maturity.benchmark.peers import peer_groups
    from maturity.benchmark.series import compare_periods
    from maturity.cli.periods import choose, tell_break
    from maturity.intake.elsewhere import elsewhere, home_names, keep_home, sort_out
    from maturity.intake.periods import score_periods

    found = sort_out(ours.registers, [a for c in collections for a in c.assessments], council)
    keep_home(found, collections)
    if not collections[0].assessments:
        say(words("There is nothing to compare."))
        return None
    chosen = choose([c.assessments for c in collections], words)
    rubric, questionnaire = home_names(found, ours.rubric, ours.questionnaire)
    scored = score_periods(chosen.answers, chosen.period, rubric, questionnaire, ours.rubrics, ours.places)
    scorer = scored[chosen.period].scorer
    compared = compare_periods(found.home, scored, chosen.period, chosen.previous)
    if series:
        tell_break(compared, chosen, words)
    beyond = elsewhere(found, scorer, compared.period, ours.rubric, ours.questionnaire)
    if council or peers or beyond:
        groups = peer_groups(scorer, found.home, compared, council, peers, beyond)
        compared = replace(compared, peers=groups)
    earlier = scored.get(chosen.previous or "")
    # Answers to another version of the questionnaire are other answers.
    same = earlier is not None and earlier.scorer.references[0] == scorer.references[0]
    before = earlier.scored if earlier is not None and same else None
    return Compared(scorer, compared, found.home, scored[chosen.period].scored, before)
