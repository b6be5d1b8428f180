"""Reads one file of answers by what it is: YAML, JSON, a filled-in workbook or a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.checks.registry import rules
from maturity.checks.subjects import AnsweredSubject
from maturity.intake.held import Held
from maturity.intake.other_sets import Unsound, unsound, unsound_file
from maturity.models.assessment import Assessment
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Register
from maturity.sources.load import Loaded, load
from maturity.sources.register_file import is_register
from maturity.sources.search import TABLE_SUFFIXES, TEXT_SUFFIXES
from maturity.sources.shelf import open_questionnaire

if TYPE_CHECKING:
    from maturity.intake.tables import How

OTHER_FORMAT = Kind(
    "I002",
    "error",
    "These are no answers: {found}.",
    "Name files of answers, which start with 'format: maturity-assessment/1'.",
)
Asked = tuple[Questionnaire, Loaded]
"""A questionnaire and the file that it was loaded from."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """A file, and whether it was named itself, not only found in a folder."""

    path: Path
    named: bool


@dataclass(frozen=True, slots=True)
class Manner:
    """How files are to be read: whose answers they can be, the questionnaire that stands in for the bundled ones, what
    tables need, and whether the answers are wanted whole, or as scoring looks at them."""

    register: Register
    asked: Asked | None
    how: How
    whole: bool = True


@dataclass(slots=True)
class Reading:
    """What one file holds: sound answers with their places, all that is wrong, and whose answers have errors; or
    nothing, where it is `left_aside` for being no file of answers."""

    answers: Sequence[tuple[Assessment | Held, Place]] = ()
    problems: list[Problem] = field(default_factory=list)
    unsound: list[Unsound] = field(default_factory=list)
    left_aside: bool = False


def read(file: ToRead, manner: Manner) -> Reading:
    """One file, whatever it is. Nothing that a person did raises."""
    table = file.path.suffix.lower() not in TEXT_SUFFIXES
    reading = _table(file, manner) if table else _text(file, manner)
    if not manner.whole:
        reading.answers = [
            (one if isinstance(one, Held) else Held.of(one), place) for one, place in reading.answers
        ]
    return reading


def _table(file: ToRead, manner: Manner) -> Reading:
    from maturity.intake.tables import agreed, read_file

    path, register = file.path, manner.register
    if not file.named and path.suffix.lower() == ".csv" and is_register(path):
        return Reading(left_aside=True)
    taken = read_file(path, str(path), register, manner.how, _opener(manner.asked))
    if not file.named and taken.no_answers and path.suffix.lower() in TABLE_SUFFIXES:
        return Reading(left_aside=True)
    answers, problems = agreed(taken, register)
    kept = {id(one) for one, _ in answers}
    others = [
        rival
        for one, place in taken.answers
        if id(one) not in kept
        for rival in unsound(one, place, register)
    ]
    return Reading(answers, [*taken.problems, *problems], [*taken.unsound, *others])


def _text(file: ToRead, manner: Manner) -> Reading:
    path, register = file.path, manner.register
    assessment, problems = read_assessment(path, register, manner.asked[0] if manner.asked else None)
    if not file.named and any(p.kind is OTHER_FORMAT for p in problems):
        return Reading(left_aside=True)
    if not any(p.kind.severity == "error" for p in problems):
        return Reading([(assessment, Place(str(path)))] if assessment is not None else [], problems)
    if assessment is not None:
        return Reading([], problems, unsound(assessment, Place(str(path)), register))
    return Reading([], problems, unsound_file(load(path), register))


def read_assessment(
    path: Path, register: Register, questionnaire: Questionnaire | None = None
) -> tuple[Assessment | None, list[Problem]]:
    """One YAML or JSON file of answers, checked against its questionnaire."""
    loaded = load(path)
    if loaded.is_output:
        format_ = str(loaded.document.data["format"]).partition("/")[0]
        return None, [loaded.document.problem(OTHER_FORMAT, ("format",), found=format_)]
    if loaded.problems:
        return None, loaded.problems
    if not isinstance(loaded.model, Assessment):
        found = type(loaded.model).__name__.lower()
        return None, [loaded.document.problem(OTHER_FORMAT, ("format",), found=found)]
    assessment = loaded.model
    answered = questionnaire_of(assessment, questionnaire)
    subject = AnsweredSubject(loaded.document, assessment, answered, register)
    problems = [problem for rule in rules("assessments") for problem in rule.check(subject)]
    return assessment, problems


def _opener(given: Asked | None) -> Callable[[str], Asked]:
    """Opens questionnaires by ``id@version``: the given one if it is that, else a bundled one."""

    def open_by_name(name: str) -> Asked:
        if given and name == f"{given[0].id}@{given[0].version}":
            return given
        return open_questionnaire(name)

    return open_by_name


def questionnaire_of(assessment: Assessment, given: Questionnaire | None = None) -> Questionnaire | None:
    """The questionnaire that an assessment answers: the given one if it is that, else a bundled one, else None."""
    wanted = assessment.questionnaire
    if given and (given.id, given.version) == (wanted.id, wanted.version):
        return given
    try:
        return open_questionnaire(f"{wanted.id}@{wanted.version}")[0]
    except MaturityError:
        return None
