"""From paths to assessments: each file read by what it is, all problems together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.checks.registry import rules
from maturity.checks.subjects import AnsweredSubject
from maturity.checks.validate import SUBMITTED_TWICE
from maturity.intake.findings import NO_ANSWERS
from maturity.intake.other_sets import OTHER_ANSWERS, Unsound, rivalled, same_answers, unsound, unsound_file
from maturity.models.assessment import Assessment
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Organisation, Register
from maturity.scoring.score import answers_digest
from maturity.sources.load import Loaded, load
from maturity.sources.register_file import is_register
from maturity.sources.search import TABLE_SUFFIXES, TEXT_SUFFIXES, find_files
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
class Collected:
    """One sound assessment and where it was read."""

    assessment: Assessment
    organisation: Organisation
    source: str
    digest: str
    place: Place


_Seen = dict[tuple[str, str, str], Collected]
"""Whose answers were read already: by the council's code, the period and the questionnaire's id."""


@dataclass(slots=True)
class Collection:
    """All that was read, all that is wrong, the files in folders that are not answers at all, and whose answers have
    errors."""

    assessments: list[Collected] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_aside: list[Path] = field(default_factory=list)
    unsound: list[Unsound] = field(default_factory=list)


def collect(
    paths: Sequence[Path],
    register: Register,
    asked: Asked | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    *,
    mapping: Path | None = None,
    period: str | None = None,
) -> Collection:
    """Reads every assessment under `paths`; problems are collected over all files, none is raised.

    `asked` is a questionnaire, with the file it was loaded from, that stands in for the bundled ones. `progress` is told how many files
    of how many are read. `mapping` is a file that says how to read tables, `period` what tables without a column of
    periods describe. The result comes in the order of the paths, folders sorted by name, tables by row.

    Raises MaturityError where the mapping is not sound.
    """
    how = _how(asked, mapping, period, register)
    found = find_files(paths)
    collection = Collection(problems=list(found.problems), left_aside=list(found.left_aside))
    seen: _Seen = {}
    for done, path in enumerate(found.files, 1):
        _read(path, path in found.named, register, asked, how, collection, seen)
        progress(done, len(found.files))
    _leave_out_rivalled(collection)
    return collection


def _leave_out_rivalled(collection: Collection) -> None:
    """Where one of two sets of answers has errors, nobody knows that the other is the one that counts."""
    sets = [(one.organisation, one.assessment, one.place) for one in collection.assessments]
    left = dict(rivalled(sets, collection.unsound))
    collection.problems += left.values()
    collection.assessments = [one for n, one in enumerate(collection.assessments) if n not in left]


def _how(asked: Asked | None, mapping: Path | None, period: str | None, register: Register) -> How:
    from maturity.intake.tables import How

    questionnaire = asked[0] if asked else None
    if mapping is None:
        return How(questionnaire, period)
    from maturity.intake.mapping import open_mapping

    return How(questionnaire, period, open_mapping(mapping, register, questionnaire))


def _read(
    path: Path,
    named: bool,
    register: Register,
    asked: Asked | None,
    how: How,
    collection: Collection,
    seen: _Seen,
) -> None:
    if not named and path.suffix.lower() == ".csv" and is_register(path):
        collection.left_aside.append(path)
        return
    if path.suffix.lower() not in TEXT_SUFFIXES:
        from maturity.intake.tables import agreed, read_file

        taken = read_file(path, str(path), register, how, _opener(asked))
        if not named and taken.no_answers and path.suffix.lower() in TABLE_SUFFIXES:
            collection.left_aside.append(path)
            return
        answers, problems = agreed(taken, register)
        collection.problems += [*taken.problems, *problems]
        collection.unsound += taken.unsound
        kept = {id(one) for one, _ in answers}
        for one, place in taken.answers:
            collection.unsound += [] if id(one) in kept else unsound(one, place, register)
        for one, place in answers:
            _add(one, place, register, collection, seen)
        return
    assessment, problems = read_assessment(path, register, asked[0] if asked else None)
    if not named and any(p.kind is OTHER_FORMAT for p in problems):
        collection.left_aside.append(path)
        return
    collection.problems += problems
    if not any(p.kind.severity == "error" for p in problems):
        if assessment is not None:
            _add(assessment, Place(str(path)), register, collection, seen)
    elif assessment is not None:
        collection.unsound += unsound(assessment, Place(str(path)), register)
    else:
        collection.unsound += unsound_file(load(path), register)


def _add(
    assessment: Assessment,
    place: Place,
    register: Register,
    collection: Collection,
    seen: _Seen,
) -> None:
    """Keeps a sound assessment, unless it holds nothing or another file had this council's answers already.

    Where the two differ neither counts: which file comes first by name says nothing of whose answers are the council's.
    """
    organisation = register.find(assessment.organisation)
    if organisation is None:
        return
    if not any(answer.given for answer in assessment.answers.values()):
        collection.problems.append(Problem(NO_ANSWERS, place))
        return
    one = Collected(assessment, organisation, str(place), answers_digest([assessment]), place)
    key = (organisation.code, assessment.period, assessment.questionnaire.id)
    other = seen.setdefault(key, one)
    if other is one:
        collection.assessments.append(one)
        return
    details = {"organisation": organisation.name.to("en"), "period": assessment.period, "other": other.source}
    if same_answers(assessment, other.assessment):
        hint = " Both say the same, and that one counts."
        collection.problems.append(Problem(SUBMITTED_TWICE, place, {**details, "hint": hint}))
        return
    collection.problems.append(Problem(OTHER_ANSWERS, place, details))
    collection.unsound.append(Unsound(*key, place, OTHER_ANSWERS))


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
