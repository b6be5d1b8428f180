"""Last period's answers, to begin from: read and checked like a file that is gone on with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from maturity.checks.registry import rules
from maturity.checks.subjects import AnsweredSubject
from maturity.intake.migrated import at_hand
from maturity.models.assessment import Assessment
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.sources.load import Loaded, expect, load
from maturity.sources.registers import find_council, wales
from maturity.versions.route import AtHand, Journey, travel

OTHER_VERSION = Kind(
    "G014",
    "error",
    "The earlier answers are to {found}, and {wanted} is asked here.",
    "Where you have both versions and the migration in a folder: 'maturity migrate {file} --to {version} --with FOLDER', "
    "then name the file that it writes with --from. Else leave out --from.",
)
OTHER_QUESTIONNAIRE = Kind(
    "G015",
    "error",
    "The earlier answers are to {found}, and {wanted} is asked here.",
    "Leave out --from, or name the questionnaire that they answer with -q.",
)
OTHER_COUNCIL = Kind(
    "G016",
    "error",
    "The earlier answers are those of {found}, not of {wanted}.",
    "Name a file of the same council with --from, or leave it out.",
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Last period's answers, as answers to what is asked now; `journey` has how they came there from another version."""

    path: Path
    version: str
    assessment: Assessment
    journey: Journey | None = None


def following(period: str) -> str | None:
    """The period after one that is a year; None where it is none.

    >>> following("2025"), following("2025-26"), following("2025-Q1"), following("2025-03")
    ('2026', '2026-27', None, None)
    """
    year = int(period[:4])
    if re.fullmatch("[0-9]{4}", period):
        return str(year + 1)
    if period == f"{year}-{(year + 1) % 100:02}" and int(period[5:]) > 12:  # 2009-10 may be an October
        return f"{year + 1}-{(year + 2) % 100:02}"
    return None


def read_earlier(path: Path) -> tuple[Loaded, Assessment]:
    """The file that ``--from`` names. Raises MaturityError."""
    loaded = load(path)
    assessment = expect(loaded, Assessment)
    find_council(assessment.organisation, loaded.document.place(("organisation",)))
    return loaded, assessment


def carried(
    loaded: Loaded,
    earlier: Assessment,
    questionnaire: Questionnaire,
    council: str,
    beside: Sequence[Path] = (),
) -> Earlier:
    """They, as answers to this questionnaire: those to another version are carried over, and the file stays as it is.
    Where no bundled migration leads there, one in the files `beside` the questionnaire may.

    Raises MaturityError with all that is wrong: another questionnaire or council, no way from that version, or answers
    that do not fit.
    """
    ref, place = earlier.questionnaire, loaded.document.place(("questionnaire",))
    found, wanted = f"{ref.id}@{ref.version}", f"{questionnaire.id}@{questionnaire.version}"
    details = {"found": found, "wanted": wanted, "file": loaded.path, "version": questionnaire.version}
    if ref.id != questionnaire.id:
        raise MaturityError(Problem(OTHER_QUESTIONNAIRE, place, details))
    organisation, meant = find_council(earlier.organisation), find_council(council)
    if organisation != meant:
        named = {"found": organisation.name, "wanted": meant.name}
        raise MaturityError(Problem(OTHER_COUNCIL, Place(str(loaded.path)), named))
    if found == wanted:
        _check(loaded, earlier, questionnaire)
        return Earlier(loaded.path, ref.version, earlier)
    for files in dict.fromkeys(((), tuple(beside))):
        shelf = at_hand(files, wales()) if files else AtHand((questionnaire,))
        try:
            steps = shelf.route(ref.id, ref.version, questionnaire.version)
        except MaturityError:
            continue
        _check(loaded, earlier, shelf.questionnaire(ref.id, ref.version))
        journey = travel(earlier, steps, organisation.attributes)
        return Earlier(loaded.path, ref.version, journey.assessment, journey)
    raise MaturityError(Problem(OTHER_VERSION, place, details))


def _check(loaded: Loaded, earlier: Assessment, questionnaire: Questionnaire) -> None:
    subject = AnsweredSubject(loaded.document, earlier, questionnaire, wales())
    problems = [p for rule in rules("assessments") for p in rule.check(subject) if p.kind.severity == "error"]
    if problems:
        raise MaturityError(*problems)
