"""A file of answers begun, or opened again to go on with, once it is what the command line says."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from maturity.assess.record import (
    CAME_MEANWHILE,
    ChangedElsewhereError,
    Clock,
    Record,
    digest_of,
    errors_in,
    utc_now,
)
from maturity.models.assessment import ASSESSMENT_FORMAT, Assessment, QuestionnaireRef, Respondent
from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Organisation, fold
from maturity.models.text import LANGUAGES, Language
from maturity.sources.files import UNWRITABLE, FileError, is_there, read_bytes
from maturity.sources.load import Loaded, expect, load
from maturity.sources.registers import find_council
from maturity.sources.shelf import on_shelf, open_questionnaire
from maturity.sources.yaml_reader import MAX_BYTES

OTHER_QUESTIONNAIRE = Kind(
    "G003",
    "error",
    "This file answers {found}, not {wanted}.",
    "Leave out -q, or name {found} with it; or begin another file.",
)
BOTH_NAMES = Kind(
    "G400",
    "error",
    "{other} lies beside this file: both have the council's name, one in English and one in Welsh.",
    "Move or delete the one that is not meant.",
)
OTHER_SUBJECT = Kind(
    "G005",
    "error",
    "This file holds the answers for {found}, not for {wanted}.",
    "Leave out {option}, or name another file.",
)

LONGEST_NAME = 100
"""Characters in a file's name, without its ending."""
MOST_BYTES = 200
"""Of such a name: systems take 255 with the ending, and a letter of some scripts takes four."""


def begin(
    path: Path,
    questionnaire: Questionnaire,
    organisation: str,
    period: str,
    respondent: Respondent | None,
    clock: Clock = utc_now,
    part: str | None = None,
    *,
    made_up: bool = False,
) -> Record:
    """A new file with no answers yet, so that one that cannot be written is noticed before anybody answers.

    `part` is the id of the one dimension that it is for; `made_up` marks what is begun from example answers.

    Raises FileError; MaturityError where a file has appeared there meanwhile.
    """
    assessment = Assessment(
        format=ASSESSMENT_FORMAT,
        questionnaire=QuestionnaireRef(id=questionnaire.id, version=questionnaire.version),
        organisation=organisation,
        period=period,
        respondent=respondent,
        part=part,
        made_up=made_up,
        started=clock(),
    )
    record = Record(path, assessment, None, questionnaire, clock)
    try:
        record.save()
    except ChangedElsewhereError:
        raise MaturityError(Problem(CAME_MEANWHILE, Place(str(path)))) from None
    return record


def open_again(path: Path, wanted: str | None, clock: Clock = utc_now) -> tuple[Record, Questionnaire]:
    """A file that exists and the questionnaire it answers (`wanted`: as in ``-q``), all checked.

    Raises MaturityError with everything that is wrong with the file, which stays untouched.
    """
    seen = digest_of(read_bytes(path, at_most=MAX_BYTES))
    loaded = load(path)
    assessment = expect(loaded, Assessment)
    questionnaire = _questionnaire_of(loaded, assessment, wanted)
    problems = errors_in(loaded, assessment, questionnaire)
    if problems or questionnaire is None:
        raise MaturityError(*problems)
    if not os.access(path, os.W_OK):
        raise FileError(Problem(UNWRITABLE, Place(str(path)), {"reason": Phrase("it may only be read")}))
    return Record(path, assessment, seen, questionnaire, clock), questionnaire


def agree(record: Record, council: str | None, period: str | None, part: str | None = None) -> None:
    """Checks that a file is about what the command line says. Raises MaturityError where it is not."""
    held = record.assessment
    place = Place(str(record.path))
    if council and (wanted := find_council(council)) != (found := find_council(held.organisation, place)):
        named = {"found": found.name, "wanted": wanted.name, "option": "--council"}
        raise MaturityError(Problem(OTHER_SUBJECT, place, named))
    if period and period.strip() != held.period:
        details = {"found": held.period, "wanted": period, "option": "--period"}
        raise MaturityError(Problem(OTHER_SUBJECT, place, details))
    if part and held.part and part != held.part:
        details = {"found": held.part, "wanted": part, "option": "--dimension"}
        raise MaturityError(Problem(OTHER_SUBJECT, place, details))


def default_name(*parts: str) -> str:
    """``<council>-<period>.yaml``, and who or what more there is, in letters, digits and hyphens that every system allows.

    >>> default_name("Ynys Môn", "2026-Q1", "Digital lead")
    'ynys-mon-2026-q1-digital-lead.yaml'

    What is too long is cut, and ends in a few letters that nothing else that begins so has.
    """
    name = "-".join(word for part in parts for word in fold(part).split())
    whole = name.encode("utf-8")
    if len(name) > LONGEST_NAME or len(whole) > MOST_BYTES:
        start = name[: LONGEST_NAME - 9].encode("utf-8")[: MOST_BYTES - 9].decode("utf-8", "ignore")
        name = f"{start}-{hashlib.sha256(whole).hexdigest()[:8]}"
    return f"{name}.yaml"


def named_in_either(
    folder: Path, organisation: Organisation, language: Language, *more: str, ending: str = ".yaml"
) -> Path:
    """An organisation's file in a folder, by whichever of its names it was begun; else what it is called in `language`.

    `more` is what stands in the name after the organisation, as in `default_name`. Raises MaturityError where there is a
    file by each name: either may be the one that is meant.
    """
    asked = sorted(LANGUAGES, key=lambda one: one != language)
    names = [default_name(organisation.name.to(one), *more) for one in asked]
    paths = [folder / f"{name.removesuffix('.yaml').rstrip('-')}{ending}" for name in names]
    there = [path for path in dict.fromkeys(paths) if is_there(path)]
    if len(there) > 1 and not there[0].samefile(there[1]):
        problem = Problem(BOTH_NAMES, Place(str(there[0])), {"other": there[1].name})
        raise MaturityError(problem)
    return there[0] if there else paths[0]


def _questionnaire_of(loaded: Loaded, assessment: Assessment, wanted: str | None) -> Questionnaire | None:
    """The version that the file names, which need not be the newest; None where it is not at hand."""
    ref = assessment.questionnaire
    found = f"{ref.id}@{ref.version}"
    place = loaded.document.place(("questionnaire",))
    if wanted is None or wanted in (ref.id, found):
        at_hand = found in map(str, on_shelf("questionnaire"))
        return open_questionnaire(found)[0] if at_hand else None
    questionnaire, _ = open_questionnaire(wanted)
    if (questionnaire.id, questionnaire.version) != (ref.id, ref.version):
        details = {"found": found, "wanted": f"{questionnaire.id}@{questionnaire.version}"}
        raise MaturityError(Problem(OTHER_QUESTIONNAIRE, place, details))
    return questionnaire
