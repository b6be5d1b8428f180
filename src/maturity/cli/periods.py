"""Which period is compared with which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maturity.cli.errors import WrongOption, say
from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem

if TYPE_CHECKING:
    from maturity.intake.collect import Collected
    from maturity.locale.words import Words
    from maturity.models.benchmark import Benchmark

SAME_PERIOD = Kind(
    "G024",
    "error",
    "The answers under --previous are of {period} too: there is no change to show.",
    "Name answers of another period under --previous, or leave it out.",
)
NOTHING_BEFORE = Kind(
    "G025",
    "error",
    "There are no sound answers under --previous.",
    "Name the files or the folder of an earlier period, or leave --previous out.",
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Every period's answers, the period that is compared, and that which it is compared with."""

    answers: Mapping[str, list[Collected]]
    period: str
    previous: str | None


def choose(answers: Sequence[list[Collected]], words: Words) -> Chosen:
    """The newest period of the first answers, and that which it is compared with: the newest of the second, where
    there are any, else the one before. Of a period in both, the second's count. Says what is compared with what, and which files are
    left aside. Raises MaturityError."""
    found = [_by_period(one) for one in answers]
    *older, newest = sorted(found[0])
    if len(found) == 1:
        before = older[-1] if older else None
        if before:
            say(words("{newest} is compared with {before}.", newest=newest, before=before))
        return _chosen(found[0], newest, before, words)
    if not found[1]:
        raise MaturityError(Problem(NOTHING_BEFORE, Place("--previous")))
    before = max(found[1])
    if before == newest:
        raise MaturityError(Problem(SAME_PERIOD, Place("--previous"), {"period": newest}))
    if newest in found[1]:
        _left_aside(newest, found[1].pop(newest), words)
    for period in sorted(found[1].keys() & found[0].keys()):
        _left_aside(period, found[0].pop(period), words)
    if before > newest:
        say(words("{before}, under --previous, is later than {newest}.", before=before, newest=newest))
    return _chosen(found[0] | found[1], newest, before, words)


def _chosen(found: Mapping[str, list[Collected]], newest: str, before: str | None, words: Words) -> Chosen:
    others = [period for period in sorted(found) if period not in (newest, before)]
    if others:
        say(words("In the series of all periods besides: {periods}.", periods=", ".join(others)))
    return Chosen(dict(sorted(found.items())), newest, before)


def _by_period(answers: Sequence[Collected]) -> dict[str, list[Collected]]:
    periods: dict[str, list[Collected]] = defaultdict(list)
    for one in answers:
        periods[one.assessment.period].append(one)
    return dict(periods)


def _left_aside(period: str, files: Sequence[Collected], words: Words) -> None:
    say(
        words.count(
            "Left aside: {n} file of {period}.",
            "Left aside: {n} files of {period}.",
            len(files),
            period=period,
        )
    )


def rubrics_of(given: Sequence[str]) -> dict[str, str]:
    """``2017=socitm@1.0.0`` as period → rubric. Raises typer.BadParameter."""
    found: dict[str, str] = {}
    for one in given:
        period, equals, rubric = (part.strip() for part in one.partition("="))
        if not (period and equals and rubric):
            raise WrongOption(Phrase("'{found}' is not as 2017=socitm@1.0.0.", found=one), "--rubric-of")
        if found.setdefault(period, rubric) != rubric:
            raise WrongOption(Phrase("{period} has two rubrics.", period=period), "--rubric-of")
    return found


def tell_break(compared: Benchmark, chosen: Chosen, words: Words) -> None:
    """Why there is no plain change since the period before, where versions lie between."""
    if chosen.previous is not None and compared.previous is None:
        say(
            words(
                "{before} and {newest} were scored by other versions: their change is in the series.",
                newest=chosen.period,
                before=chosen.previous,
            )
        )
