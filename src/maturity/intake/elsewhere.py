"""Answers of several registers: whose benchmark it is, and who stands beside it as a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maturity.benchmark.elsewhere import Elsewhere
from maturity.intake.collect import Collected, Collection
from maturity.intake.scored import by_period, score_all, scorer_for
from maturity.models.register import Register
from maturity.models.scorecard import Scorecard
from maturity.scoring.score import Scorer
from maturity.sources.shelf import fits, open_questionnaire, open_rubric


@dataclass(frozen=True, slots=True)
class Sorted:
    """The register that is compared, and the answers of each register by its id."""

    home: Register
    others: tuple[Register, ...]
    answers: Mapping[str, list[Collected]]


def sort_out(registers: Sequence[Register], collected: Sequence[Collected], council: str | None) -> Sorted:
    """Which of the registers is compared: the one of that council; else the first that has answers; else the first."""
    answers: dict[str, list[Collected]] = {register.id: [] for register in registers}
    whose = {code: register.id for register in registers for code in register.by_code}
    for one in collected:
        answers[whose[one.organisation.code]].append(one)
    wanted = whose.get(council or "")
    home = next(
        (r for r in registers if r.id == wanted),
        next((r for r in registers if answers[r.id]), registers[0]),
    )
    return Sorted(home, tuple(r for r in registers if r is not home), answers)


def keep_home(found: Sorted, collections: Sequence[Collection]) -> None:
    """Leaves in the collections only the answers of the register that is compared."""
    for collection in collections:
        kept = [one for one in collection.assessments if one.organisation.code in found.home.by_code]
        collection.assessments = kept


def home_names(found: Sorted, rubric: str | None, questionnaire: str | None) -> tuple[str | None, str | None]:
    """Those of the rubric and questionnaire named that are meant for the answers that are compared: each, unless it fits
    none but answers from elsewhere."""
    mine = found.answers[found.home.id]
    beyond = [one for other in found.others for one in found.answers[other.id]]
    theirs = rubric and not any(_scores(rubric, [one]) for one in mine) and _scores(rubric, beyond)
    asked_there = (
        questionnaire
        and not any(_asks(questionnaire, [one]) for one in mine)
        and _asks(questionnaire, beyond)
    )
    return None if theirs else rubric, None if asked_there else questionnaire


def elsewhere(
    found: Sorted, scorer: Scorer, period: str, rubric: str | None, questionnaire: str | None
) -> list[Elsewhere]:
    """Each other register that has answers, scored: of `period`, or else of its newest.

    They are scored by the rubric that is named or ours where it fits what they answered, else by the newest that does.
    Raises MaturityError where no single rubric scores a register's answers.
    """
    beyond = []
    ours = rubric or f"{scorer.rubric.id}@{scorer.rubric.version}"
    for register in found.others:
        answers = found.answers[register.id]
        if not answers:
            continue
        theirs = scorer_for(
            answers,
            ours if _scores(ours, answers) else None,
            questionnaire if questionnaire and _asks(questionnaire, answers) else None,
            scorer.register,
        )
        periods = by_period(score_all(theirs, answers))
        chosen = period if period in periods else max(periods)
        cards: dict[str, Scorecard] = {code: card for code, (_, card) in periods[chosen].items()}
        beyond.append(Elsewhere(register, theirs, cards, chosen))
    return beyond


def _answered(answers: Sequence[Collected]) -> set[tuple[str, str]]:
    return {(a.assessment.questionnaire.id, a.assessment.questionnaire.version) for a in answers}


def _scores(rubric: str, answers: Sequence[Collected]) -> bool:
    """Whether the rubric of that name fits what these (at least one) answered."""
    opened = open_rubric(rubric)[0]
    return bool(answers) and all(fits(opened, *one) for one in _answered(answers))


def _asks(questionnaire: str, answers: Sequence[Collected]) -> bool:
    """Whether the questionnaire of that name is what these (at least one) answered."""
    opened = open_questionnaire(questionnaire)[0]
    return _answered(answers) == {(opened.id, opened.version)}
