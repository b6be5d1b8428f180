"""The file behind an interview: begun, opened again, and saved so that nobody's answers are lost."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from maturity.models.assessment import (
    ASSESSMENT_FORMAT,
    Answer,
    Assessment,
    QuestionnaireRef,
    Respondent,
    Submission,
)
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import fold
from maturity.sources.files import UNWRITABLE, FileError, read_bytes
from maturity.sources.load import Loaded, expect, load
from maturity.sources.registers import find_council, wales
from maturity.sources.shelf import on_shelf, open_questionnaire
from maturity.sources.write_assessment import to_yaml, write_assessment

OTHER_QUESTIONNAIRE = Kind(
    "G003",
    "error",
    "This file answers {found}, not {wanted}.",
    "Leave out -q, or name {found} with it; or begin another file.",
)
OTHER_SUBJECT = Kind(
    "G005",
    "error",
    "This file holds the answers for {found}, not for {wanted}.",
    "Leave out {option}, or name another file.",
)
CHANGED = Kind(
    "G007",
    "error",
    "The file was changed by someone else since it was last read, and was left as it is.",
    "Your answers, the last one included, are in {mine}. Compare the two, keep what is right in {file}, and go on with that.",
)

Clock = Callable[[], dt.datetime]


class ChangedElsewhereError(MaturityError):
    """Someone else wrote the file; what was to be saved lies beside it."""


def utc_now() -> dt.datetime:
    """Now, to the second."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


@dataclass
class Record:
    """An assessment and the file that holds it; `seen` is the digest of the bytes last read or written."""

    path: Path
    assessment: Assessment
    seen: str | None
    clock: Clock = field(default=utc_now)

    def submit(self, name: str | None) -> None:
        """Writes the answers as submitted: when, by whom, and their digest, which shows any later change.

        Raises what `save` raises.
        """
        from maturity.scoring.score import answers_digest  # what scores takes a while to import

        digest = answers_digest([self.assessment])
        stamp = Submission(at=self.clock(), name=name, digest=digest)
        self.save(status="submitted", submission=stamp)

    def save(
        self,
        answers: Mapping[str, Answer] | None = None,
        status: Literal["draft", "submitted"] = "draft",
        submission: Submission | None = None,
    ) -> None:
        """Writes the answers to disk before it returns; a draft has no `submission`.

        Raises ChangedElsewhereError, having saved beside the file, where it is no longer what was last read or
        written; FileError where it cannot be written.
        """
        changes: dict[str, object] = {"status": status, "updated": self.clock(), "submission": submission}
        if answers is not None:
            changes["answers"] = dict(answers)
        assessment = self.assessment.model_copy(update=changes)
        if self._changed():
            raise self._save_aside(assessment)
        write_assessment(self.path, assessment)
        self.assessment = assessment
        self.seen = _digest(to_yaml(assessment).encode("utf-8"))

    def rescue(self, answers: Mapping[str, Answer]) -> Path | None:
        """Where the file cannot be written: saves everything into the system's folder for temporary files instead.

        The path there, or None where that cannot be written either.
        """
        assessment = self.assessment.model_copy(update={"answers": dict(answers), "updated": self.clock()})
        try:
            folder = Path(tempfile.mkdtemp(prefix="maturity-"))
            write_assessment(folder / f"{self.path.stem}.yaml", assessment)
        except (OSError, FileError):
            return None
        return folder / f"{self.path.stem}.yaml"

    def _changed(self) -> bool:
        """A file that is gone holds nothing to lose, so writing it again is no overwriting."""
        return self.path.exists() and _digest(read_bytes(self.path)) != self.seen

    def _save_aside(self, assessment: Assessment) -> ChangedElsewhereError:
        mine = self.path.with_name(f"{self.path.stem}.mine.yaml")
        count = 2
        while mine.exists():
            mine = self.path.with_name(f"{self.path.stem}.mine-{count}.yaml")
            count += 1
        write_assessment(mine, assessment)
        return ChangedElsewhereError(
            Problem(CHANGED, Place(str(self.path)), {"mine": mine, "file": self.path.name})
        )


def begin(
    path: Path,
    questionnaire: Questionnaire,
    organisation: str,
    period: str,
    respondent: Respondent | None,
    clock: Clock = utc_now,
) -> Record:
    """A new file with no answers yet, so that one that cannot be written is noticed before anybody answers.

    Raises FileError; ChangedElsewhereError where a file has appeared there meanwhile.
    """
    assessment = Assessment(
        format=ASSESSMENT_FORMAT,
        questionnaire=QuestionnaireRef(id=questionnaire.id, version=questionnaire.version),
        organisation=organisation,
        period=period,
        respondent=respondent,
        started=clock(),
    )
    record = Record(path, assessment, None, clock)
    record.save()
    return record


def open_again(path: Path, wanted: str | None, clock: Clock = utc_now) -> tuple[Record, Questionnaire]:
    """A file that exists and the questionnaire it answers (`wanted`: as in ``-q``), all checked.

    Raises MaturityError with everything that is wrong with the file, which stays untouched.
    """
    from maturity.checks.registry import rules  # which take a while to import, and a new file has no need of
    from maturity.checks.subjects import AnsweredSubject

    seen = _digest(read_bytes(path))
    loaded = load(path)
    assessment = expect(loaded, Assessment)
    questionnaire = _questionnaire_of(loaded, assessment, wanted)
    subject = AnsweredSubject(loaded.document, assessment, questionnaire, wales())
    problems = [p for rule in rules("assessments") for p in rule.check(subject) if p.kind.severity == "error"]
    if problems or questionnaire is None:
        raise MaturityError(*problems)
    if not os.access(path, os.W_OK):
        raise FileError(Problem(UNWRITABLE, Place(str(path)), {"reason": "it may only be read"}))
    return Record(path, assessment, seen, clock), questionnaire


def agree(record: Record, council: str | None, period: str | None) -> None:
    """Checks that a file is about what the command line says. Raises MaturityError where it is not."""
    held = record.assessment
    place = Place(str(record.path))
    if council and find_council(council) != find_council(held.organisation, place):
        details = {"found": held.organisation, "wanted": council, "option": "--council"}
        raise MaturityError(Problem(OTHER_SUBJECT, place, details))
    if period and period.strip() != held.period:
        details = {"found": held.period, "wanted": period, "option": "--period"}
        raise MaturityError(Problem(OTHER_SUBJECT, place, details))


def default_name(*parts: str) -> str:
    """``<council>-<period>.yaml``, and who or what more there is, in letters, digits and hyphens that every system allows.

    >>> default_name("Ynys Môn", "2026-Q1", "Digital lead")
    'ynys-mon-2026-q1-digital-lead.yaml'
    """
    return "-".join(word for part in parts for word in fold(part).split())[:100] + ".yaml"


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


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
