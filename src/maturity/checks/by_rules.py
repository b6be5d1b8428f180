"""What the rules find in files, each against what stands beside it, and as far as it is sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from maturity.checks.among import Broken, broken_questionnaires, waits
from maturity.checks.assessments import answers
from maturity.checks.founded import founded
from maturity.checks.migrations import questions
from maturity.checks.registry import rules
from maturity.checks.rubrics import questions as rubric_questions
from maturity.checks.rubrics.versions import readable
from maturity.checks.subjects import AnsweredSubject, AskedSubject, MovedSubject, ValuedSubject
from maturity.models.assessment import Assessment
from maturity.models.base import version_key, within
from maturity.models.migration import Migration
from maturity.models.problem import MaturityError, Problem
from maturity.models.questionnaire import QUESTIONNAIRE_FORMAT, Questionnaire
from maturity.models.register import Register
from maturity.models.rubric import Rubric
from maturity.models.text import NO_WORDS
from maturity.sources.load import Loaded
from maturity.sources.mend import MendedDocument, mend
from maturity.sources.shelf import fits, on_shelf, open_questionnaire
from maturity.sources.yaml_reader import Document

NOT_AT_HAND = (answers.NOT_AT_HAND, questions.NOT_AT_HAND, rubric_questions.NOT_AT_HAND)
HANG_ON_QUESTIONNAIRE = (*NOT_AT_HAND, NO_WORDS)
"""What cannot be said of a file while its questionnaire cannot be read (it says in which languages texts must stand)."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules found in a file: in the whole, in the rest beside errors, or in a part at most (`checked`)."""

    path: Path
    problems: list[Problem]
    checked: Literal["whole", "rest", "part"]
    waits: bool = False
    """Whether its questionnaire has errors as a file."""


def by_rules(opened: Sequence[Loaded], register: Register) -> Iterator[Ruled]:
    """What the rules find in each file, and in the sound part of one that has errors as a file."""
    mended = {one.path: mend(one) for one in opened if one.model is None}
    sound = [mended.get(one.path) or one for one in opened]
    known = [one for one in sound if isinstance(one.model, Questionnaire) and not _lost(one, "id", "version")]
    asked = [one.model for one in known if isinstance(one.model, Questionnaire)]
    holed = [(one.document, _broken(one)) for one in known if isinstance(one.document, MendedDocument)]
    there = {one.path for one in known}
    nameless = any(_is_asked(one) and one.path not in there for one in opened)
    broken = broken_questionnaires(one for one in opened if one.path not in there)
    for one in sound:
        if one.model is None:
            yield Ruled(one.path, [], "part")
            continue
        theirs = [document for document, what in holed if waits(one, [what])]
        waiting = waits(one, [*(what for _, what in holed), *broken])
        apart = _lost(one, "questionnaire", "from", "to") or (waiting is not None and not theirs)
        found = _apart(one, register) if apart else rule_problems(one, asked, register)
        told = list(founded(found, one.document, theirs))
        missed = nameless and any(problem.kind in NOT_AT_HAND for problem in told)
        if missed:
            # It may be the one whose id or version is not known.
            told = [problem for problem in told if problem.kind not in NOT_AT_HAND]
        told = [waiting, *told] if waiting else told
        if not isinstance(one.document, MendedDocument):
            yield Ruled(one.path, told, "whole", waits=missed or waiting is not None)
        else:
            yield Ruled(
                one.path, told, "part" if one.document.is_cut else "rest", waits=missed or waiting is not None
            )


def _is_asked(loaded: Loaded) -> bool:
    """Whether a file says that it is a questionnaire, or looks like one."""
    data = loaded.document.salvaged
    return isinstance(data, dict) and (data.get("format") == QUESTIONNAIRE_FORMAT or "dimensions" in data)


def _broken(loaded: Loaded) -> Broken:
    assert isinstance(loaded.model, Questionnaire)
    return Broken(loaded.path, loaded.model.id, loaded.model.version)


def _lost(loaded: Loaded, *keys: str) -> bool:
    """Whether it is not known what stands under one of these top keys."""
    document = loaded.document
    holes = document.holes if isinstance(document, MendedDocument) else ()
    return any(hole.lost != "words" and not hole.sections.isdisjoint(keys) for hole in holes)


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
