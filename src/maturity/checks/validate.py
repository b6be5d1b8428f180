"""Checks files of every kind: each as a file, then by the rules for what it is, against what stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from maturity.checks.among import broken_questionnaires, same_version, waits
from maturity.checks.assessments import answers
from maturity.checks.at_hand import filed_subject
from maturity.checks.migrations import questions
from maturity.checks.open_register import beside, check_register
from maturity.checks.registry import rules
from maturity.checks.rubrics import questions as rubric_questions
from maturity.checks.rubrics.versions import readable
from maturity.checks.subjects import AnsweredSubject, AskedSubject, MovedSubject, ValuedSubject
from maturity.checks.whose import NOTHING_OF_OURS, is_none_of_ours
from maturity.models.assessment import Assessment
from maturity.models.base import version_key, within
from maturity.models.migration import Migration
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Register
from maturity.models.rubric import Rubric
from maturity.models.text import NO_WORDS
from maturity.sources.load import Loaded, load
from maturity.sources.published import LOCK_NAME, check_published
from maturity.sources.register_file import is_register
from maturity.sources.scorecards import Filed, is_scorecards, load_scorecards
from maturity.sources.search import TABLE_SUFFIXES, TEXT_SUFFIXES, find_files
from maturity.sources.shelf import fits, on_shelf, open_questionnaire
from maturity.sources.yaml_reader import Document

SUBMITTED_TWICE = Kind(
    "I004",
    "error",
    "{organisation} has answered for {period} in another file too: {other}.",
    "Keep the one that counts, or move the other out of the folder.",
)

HANG_ON_QUESTIONNAIRE = (answers.NOT_AT_HAND, questions.NOT_AT_HAND, rubric_questions.NOT_AT_HAND, NO_WORDS)
"""What cannot be said of a file while its questionnaire cannot be read (it says in which languages texts must stand)."""

FileReader = Callable[[Path, str, Register], tuple[bool, list[Problem]]]


@dataclass(slots=True)
class Validation:
    """What was checked, what is wrong, and which files in folders are none of ours."""

    checked: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_aside: list[Path] = field(default_factory=list)
    incomplete: list[Path] = field(default_factory=list)
    """Files in which more may be found once what was found is corrected: the rules want a file that can be read."""


def validate(paths: Sequence[Path], register: Register, read_other: FileReader | None = None) -> Validation:
    """Every problem of every questionnaire, rubric, assessment, workbook and table of answers, register and file of
    scorecards under `paths`, in order.

    `read_other` reads a workbook or table (path, name, register), says whether it can be one of answers, and gives its problems;
    without it these are left aside. A rubric or assessment is checked against its questionnaire among `paths`, else against the bundled one;
    an assessment's organisation is looked for in `register`, and in the sound registers among `paths` too.
    """
    found = find_files(paths)
    validation = Validation(problems=list(found.problems), left_aside=list(found.left_aside))
    opened: list[Loaded] = []
    filed: list[Filed] = []
    lists = {
        path: check_register(path)
        for path in found.files
        if path.suffix.lower() == ".csv" and is_register(path)
    }
    register = beside(register, [sound for sound, _ in lists.values() if sound])
    for path in found.files:
        if path in lists:
            validation.checked.append(path)
            validation.problems += lists[path][1]
            continue
        if path.suffix.lower() not in TEXT_SUFFIXES:
            ours, problems = read_other(path, str(path), register) if read_other else (False, [])
            if read_other is None or (
                not ours and path not in found.named and path.suffix.lower() in TABLE_SUFFIXES
            ):
                validation.left_aside.append(path)
            else:
                validation.checked.append(path)
                validation.problems += problems
            continue
        if is_scorecards(path):
            validation.checked.append(path)
            filed.append(load_scorecards(path))
            continue
        loaded = load(path)
        if path not in found.named and loaded.is_output:
            validation.left_aside.append(path)
            continue
        if path not in found.named and is_none_of_ours(loaded):
            validation.left_aside.append(path)
            continue
        validation.checked.append(path)
        validation.problems += loaded.problems
        opened.append(loaded)
    here = [one.model for one in opened if isinstance(one.model, Questionnaire)]
    broken = broken_questionnaires(opened)
    for one in opened:
        waiting = waits(one, broken)
        if one.model is None or waiting is not None:
            validation.incomplete.append(one.path)
        validation.problems += (
            [waiting, *_apart(one, register)] if waiting else rule_problems(one, here, register)
        )
    validation.problems += same_version(opened)
    for cards in filed:
        validation.problems += cards.problems
        if cards.model is not None:
            subject = filed_subject(cards, opened, register)
            validation.problems += [p for rule in rules("scorecards") for p in rule.check(subject)]
    validation.problems += _twice([one for one in opened if isinstance(one.model, Assessment)], register)
    validation.problems += check_published(paths, opened)
    validation.left_aside = [path for path in validation.left_aside if path.name != LOCK_NAME]
    if not validation.checked and not validation.problems:
        validation.problems = [Problem(NOTHING_OF_OURS, Place(str(path))) for path in paths]
    validation.problems.sort(key=lambda problem: problem.order)
    return validation


def rule_problems(loaded: Loaded, here: Sequence[Questionnaire], register: Register) -> list[Problem]:
    """What the rules find in a file, against the questionnaires `here`, else the bundled ones; none without a model."""
    model, document = loaded.model, loaded.document
    subject: AskedSubject | ValuedSubject | MovedSubject | AnsweredSubject
    if isinstance(model, Questionnaire):
        subject = AskedSubject(document, model)
    elif isinstance(model, Rubric):
        subject = ValuedSubject(document, model, _scored_by(model, here))
    elif isinstance(model, Migration):
        subject = _moved(document, model, here)
    elif isinstance(model, Assessment):
        subject = AnsweredSubject(document, model, _answered_by(model, here), register)
    else:
        return []
    return _by_rules(subject)


def _by_rules(subject: AskedSubject | ValuedSubject | MovedSubject | AnsweredSubject) -> list[Problem]:
    names = {AskedSubject: "questionnaires", ValuedSubject: "rubrics", MovedSubject: "migrations"}
    return [p for rule in rules(names.get(type(subject), "assessments")) for p in rule.check(subject)]


def _apart(loaded: Loaded, register: Register) -> list[Problem]:
    """What the rules find in a file whose questionnaire cannot be read: what does not hang on that."""
    model, document = loaded.model, loaded.document
    subject: ValuedSubject | MovedSubject | AnsweredSubject
    if isinstance(model, Rubric):
        subject = ValuedSubject(document, model, None)
    elif isinstance(model, Migration):
        subject = MovedSubject(document, model, (), None)
    else:
        assert isinstance(model, Assessment)
        subject = AnsweredSubject(document, model, None, register)
    return [problem for problem in _by_rules(subject) if problem.kind not in HANG_ON_QUESTIONNAIRE]


def _scored_by(rubric: Rubric, here: Sequence[Questionnaire]) -> Questionnaire | None:
    if not readable(rubric.questionnaire.versions):
        return None
    fitting = [q for q in here if fits(rubric, q.id, q.version)]
    if fitting:
        return fitting[-1]
    for entry in reversed(on_shelf("questionnaire")):
        if fits(rubric, entry.id, entry.version):
            return open_questionnaire(str(entry))[0]
    return None


def _moved(document: Document, migration: Migration, here: Sequence[Questionnaire]) -> MovedSubject:
    versions = {q.version: q for q in here if q.id == migration.questionnaire}
    for entry in on_shelf("questionnaire"):
        wanted = entry.version == migration.to or within(entry.version, migration.from_)
        if entry.id == migration.questionnaire and wanted and entry.version not in versions:
            versions[entry.version] = open_questionnaire(str(entry))[0]
    olds = [q for v, q in versions.items() if v != migration.to and within(v, migration.from_)]
    olds.sort(key=lambda q: version_key(q.version))
    return MovedSubject(document, migration, tuple(olds), versions.get(migration.to))


def _answered_by(assessment: Assessment, here: Sequence[Questionnaire]) -> Questionnaire | None:
    wanted = assessment.questionnaire
    for questionnaire in here:
        if (questionnaire.id, questionnaire.version) == (wanted.id, wanted.version):
            return questionnaire
    try:
        return open_questionnaire(f"{wanted.id}@{wanted.version}")[0]
    except MaturityError:
        return None


def _twice(opened: Sequence[Loaded], register: Register) -> Iterator[Problem]:
    """Two files of answers of one organisation for one period; several people's are told apart by who answered."""
    seen: dict[tuple[object, ...], Loaded] = {}
    for one in opened:
        assert isinstance(one.model, Assessment)
        organisation = register.find(one.model.organisation)
        if organisation is not None:
            key = (organisation.code, one.model.period, one.model.questionnaire.id, one.model.respondent)
            first = seen.setdefault(key, one)
            if first is not one:
                details = {
                    "organisation": organisation.name.to("en"),
                    "period": key[1],
                    "other": str(first.path),
                }
                yield Problem(SUBMITTED_TWICE, Place(str(one.path), 1, 1), details)
