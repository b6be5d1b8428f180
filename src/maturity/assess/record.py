"""The file behind an interview: begun, opened again, and saved so that nobody's answers are lost."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from maturity.assess.hold import held
from maturity.assess.merging import Answers, differ_only_in_answers, in_order, merge
from maturity.checks.registry import rules
from maturity.checks.subjects import AnsweredSubject
from maturity.models.assessment import Assessment, Submission
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.text import Language
from maturity.sources.files import FileError, check_folder, is_there, read_bytes, write_atomically
from maturity.sources.load import Loaded, load
from maturity.sources.registers import wales
from maturity.sources.write_assessment import to_yaml, write_assessment
from maturity.sources.yaml_reader import MAX_BYTES

MINE: dict[Language, str] = {"en": "mine", "cy": "fy-atebion-i"}
THEIRS: dict[Language, str] = {"en": "theirs", "cy": "eu-hatebion-nhw"}
"""What stands in the name of a file of answers that were set aside."""

CHANGED = Kind(
    "G007",
    "error",
    "The file was changed by someone else since it was last read, and was left as it is.",
    "Your answers, the last one included, are in {mine}. Compare the two, keep what is right in {file}, and go on with that.",
)
OVERTAKEN = Kind(
    "G031",
    "error",
    "The file was changed by someone else since it was last read; nothing was written over it.",
    "Choose between their answers and yours, or save yours in another file.",
)
CAME_MEANWHILE = Kind(
    "G032",
    "error",
    "Someone else has just made a file of this name; it was left as it is.",
    "Name another file, or run this again to go on with that one.",
)

Clock = Callable[[], dt.datetime]
Status = Literal["draft", "submitted"]


class ChangedElsewhereError(MaturityError):
    """Someone else changed the file, and somebody has to choose.

    `found` are the file's bytes now, and `they` what they hold, None where that cannot be gone on with. `both` are the
    questions that both sides answered, each differently. `ours` and `theirs` are the answers to go on with if ours, or
    theirs, are to hold there: what only one side changed is in both of them.
    """

    def __init__(
        self, path: Path, found: bytes, they: Assessment | None, base: Assessment, ours: Assessment
    ) -> None:
        super().__init__(Problem(OVERTAKEN, Place(str(path))))
        self.found, self.they = found, they
        self.ours: Answers = ours.answers
        self.theirs: Answers = they.answers if they else {}
        self.both: tuple[str, ...] = ()
        if they is not None:
            merged = merge(base.answers, ours.answers, they.answers)
            self.ours, self.both = merged.answers, merged.both
            self.theirs = merge(base.answers, they.answers, ours.answers).answers


class LeftAsideError(MaturityError):
    """The file was left to whoever changed it; ours are saved beside it."""


def utc_now() -> dt.datetime:
    """Now, to the second."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


@dataclass
class Record:
    """An assessment and the file that holds it; `seen` is the digest of the bytes last read or written.

    `submitter` is who submits the answers, once they are saved as submitted.
    """

    path: Path
    assessment: Assessment
    seen: str | None
    questionnaire: Questionnaire
    clock: Clock = field(default=utc_now)
    submitter: str | None = None
    _locks: ExitStack = field(default_factory=ExitStack, repr=False)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keeps other sittings from the file while the block runs. Raises HeldError, FileError."""
        with self._locks:
            self._locks.enter_context(held(self.path, self.clock()))
            yield

    def save(self, answers: Answers | None = None, status: Status = "draft") -> tuple[str, ...]:
        """Writes the answers to disk before it returns.

        Where someone else has changed other answers meanwhile, theirs are taken in: their questions are returned, and
        the file stays a draft, since nobody has seen it so. Raises ChangedElsewhereError where somebody has to choose;
        FileError where it cannot be written. Either leaves the file as it is.
        """
        held_now = self.assessment.answers if answers is None else answers
        base, seen, ours = self.assessment, self.seen, self._with(held_now, status)
        taken: dict[str, None] = {}
        while not self._written(ours, seen):
            found = read_bytes(self.path, at_most=MAX_BYTES)
            they = self._read()
            both = merge(base.answers, ours.answers, they.answers) if they else None
            if they is None or both is None or both.both or not differ_only_in_answers(base, they):
                raise ChangedElsewhereError(self.path, found, they, base, ours)
            taken |= dict.fromkeys(both.taken)
            ours = self._with(both.answers, "draft" if taken else status)
            base, seen = they, digest_of(found)
        return tuple(taken)

    def choose_ours(self, error: ChangedElsewhereError, language: Language = "en") -> Path:
        """Lets the next save write ours over theirs, which are kept as they are in the file returned."""
        aside = self._beside(THEIRS[language], error.found)
        if error.they is not None:
            self.assessment = self.assessment.model_copy(update={"answers": error.they.answers})
        self.seen = digest_of(error.found)
        return aside

    def choose_theirs(self, error: ChangedElsewhereError, language: Language = "en") -> Path:
        """Lets the next save go on from theirs; ours are kept in the file returned."""
        aside = self.save_aside(error.ours, language)
        if error.they is not None:
            self.assessment = error.they
        self.seen = digest_of(error.found)
        return aside

    def save_aside(self, answers: Answers, language: Language = "en") -> Path:
        """Saves the answers in a new file beside this one, named in that language. Raises FileError."""
        return self._beside(MINE[language], to_yaml(self._with(answers, "draft")).encode("utf-8"))

    def left_aside(self, mine: Path) -> LeftAsideError:
        """What to say where ours were saved aside, and the file left to whoever changed it."""
        return LeftAsideError(Problem(CHANGED, Place(str(self.path)), {"mine": mine, "file": self.path.name}))

    def move(self, path: Path, answers: Answers) -> None:
        """Goes on in another, new file, which holds these answers then; the old one stays as it is.

        Raises FileError, or MaturityError where there is such a file; one goes on in the old file then.
        """
        before = self.path, self.seen
        meanwhile = MaturityError(Problem(CAME_MEANWHILE, Place(str(path))))
        try:
            if is_there(path):
                raise meanwhile
            check_folder(path)
            with ExitStack() as locks:
                locks.enter_context(held(path, self.clock()))
                self.path = path
                if not self._written(self._with(answers, "draft"), None):
                    raise meanwhile
                self._locks.push(locks.pop_all())
        except MaturityError:
            self.path, self.seen = before
            raise

    def rescue(self, answers: Answers) -> Path | None:
        """Where the file cannot be written: saves everything into the system's folder for temporary files instead.

        The path there, or one in the home folder; None where that cannot be written either.
        """
        assessment = self._with(answers, "draft")
        for above in (None, Path.home):
            try:
                folder = Path(tempfile.mkdtemp(prefix="maturity-", dir=above() if above else None))
                write_assessment(folder / f"{self.path.stem[:50]}.yaml", assessment)
            except (OSError, RuntimeError, FileError):
                continue
            return folder / f"{self.path.stem[:50]}.yaml"
        return None

    # How

    def _with(self, answers: Answers, status: Status) -> Assessment:
        in_their_order = in_order(answers, self.questionnaire.questions)
        changes = {
            "status": status,
            "updated": self.clock(),
            "answers": in_their_order,
            "submission": None,
            "submitted_before": None,
        }
        assessment = self.assessment.model_copy(update=changes)
        if status == "draft":
            return assessment
        from maturity.scoring.score import answers_digest  # what scores takes a while to import

        digest = answers_digest([assessment])
        stamp = Submission(at=self.clock(), name=self.submitter, digest=digest)
        return assessment.model_copy(update={"submission": stamp})

    def _written(self, assessment: Assessment, seen: str | None) -> bool:
        """Writes it, unless the file is no longer what was `seen`. Raises FileError.

        The file is looked at when all but the rename is done; no system can do both at once, so that a change within
        these microseconds would go unnoticed. A file that is gone holds nothing to lose, and is written again.
        """
        content = to_yaml(assessment).encode("utf-8")
        digest = digest_of(content)

        def check() -> None:
            # One that already holds this was written by a save that failed only after its rename.
            if is_there(self.path) and self._digest_now() not in (seen, digest):
                raise _ChangedMeanwhileError

        try:
            write_atomically(self.path, content, new=seen is None, check=check)
        except (_ChangedMeanwhileError, FileExistsError):
            return False
        self.assessment, self.seen = assessment, digest
        return True

    def _digest_now(self) -> str:
        return digest_of(read_bytes(self.path, at_most=MAX_BYTES))

    def _read(self) -> Assessment | None:
        """What the file holds now, if one could go on with it: the same council's answers to the same questions."""
        loaded = load(self.path)
        they = loaded.model
        if not isinstance(they, Assessment) or errors_in(loaded, they, self.questionnaire):
            return None
        subject = self.assessment.questionnaire, self.assessment.organisation, self.assessment.period
        return they if (they.questionnaire, they.organisation, they.period) == subject else None

    def _beside(self, whose: str, content: bytes) -> Path:
        """A new file beside this one, named after whose it is."""
        for count in itertools.count(1):
            name = f"{self.path.stem[:50]}.{whose}{f'-{count}' if count > 1 else ''}.yaml"
            with suppress(FileExistsError):
                write_atomically(self.path.with_name(name), content, new=True)
                return self.path.with_name(name)
        raise AssertionError


class _ChangedMeanwhileError(Exception):
    """Out of a write that is not to be."""


def errors_in(loaded: Loaded, assessment: Assessment, questionnaire: Questionnaire | None) -> list[Problem]:
    """What would keep one from going on with these answers."""
    subject = AnsweredSubject(loaded.document, assessment, questionnaire, wales())
    return [p for rule in rules("assessments") for p in rule.check(subject) if p.kind.severity == "error"]


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
