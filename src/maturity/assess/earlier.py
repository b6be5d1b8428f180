"""Last period's answers, to begin from: read and checked like a file that is gone on with."""

from __future__ import annotations

from pathlib import Path

from maturity.checks.registry import rules
from maturity.checks.subjects import AnsweredSubject
from maturity.models.assessment import Assessment
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.sources.load import Loaded, expect, load
from maturity.sources.registers import find_council, wales

OTHER_VERSION = Kind(
    "G014",
    "error",
    "The earlier answers are to {found}, and {wanted} is asked here.",
    "Carry them over first ('maturity migrate {file} --to {version}'), and begin from what that makes.",
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


def read_earlier(path: Path) -> tuple[Loaded, Assessment]:
    """The file that ``--from`` names. Raises MaturityError."""
    loaded = load(path)
    assessment = expect(loaded, Assessment)
    find_council(assessment.organisation, loaded.document.place(("organisation",)))
    return loaded, assessment


def check_earlier(loaded: Loaded, earlier: Assessment, questionnaire: Questionnaire, council: str) -> None:
    """Checks that they answer the same questions for the same council. Raises MaturityError with all that is wrong."""
    ref, place = earlier.questionnaire, loaded.document.place(("questionnaire",))
    found, wanted = f"{ref.id}@{ref.version}", f"{questionnaire.id}@{questionnaire.version}"
    if found != wanted:
        kind = OTHER_VERSION if ref.id == questionnaire.id else OTHER_QUESTIONNAIRE
        details = {"found": found, "wanted": wanted, "file": loaded.path, "version": questionnaire.version}
        raise MaturityError(Problem(kind, place, details))
    if find_council(earlier.organisation) != find_council(council):
        details = {"found": earlier.organisation, "wanted": council}
        raise MaturityError(Problem(OTHER_COUNCIL, Place(str(loaded.path)), details))
    subject = AnsweredSubject(loaded.document, earlier, questionnaire, wales())
    problems = [p for rule in rules("assessments") for p in rule.check(subject) if p.kind.severity == "error"]
    if problems:
        raise MaturityError(*problems)
