"""Saving while somebody answers, and what is to be done where it fails; how that is asked stands in `trouble`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from maturity.assess.interview import Interview
from maturity.assess.merging import Answers, go_on_with
from maturity.assess.record import ChangedElsewhereError, Record, Status
from maturity.models.problem import MaturityError
from maturity.sources.files import FileError


class Choices(Protocol):
    """Whoever asks the person; `Trouble` does on the terminal."""

    def whose(
        self, interview: Interview, error: ChangedElsewhereError
    ) -> Literal["ours", "theirs", "aside"]: ...

    def otherwise(self, interview: Interview, error: MaturityError) -> Literal["again", "leave"] | Path: ...

    def taken_in(self, interview: Interview, questions: Sequence[str]) -> None: ...

    def kept(self, interview: Interview, path: Path, whose: Literal["ours", "theirs"]) -> None: ...

    def reopened(self, interview: Interview) -> None: ...


@dataclass
class Keeper:
    """Saves an interview's answers; asks where it cannot, until they are saved or the person leaves."""

    record: Record
    choices: Choices

    def save(self, interview: Interview, status: Status = "draft") -> Interview:
        """The interview as it is on disk when this returns: with others' answers, where some were taken in.

        Raises FileError where the person gives up what cannot be written; LeftAsideError where they leave the file to
        whoever changed it, with theirs beside it. Breaking off, or closing the terminal, is as good as leaving.
        """
        answers = interview.answers
        was_submitted = self.record.assessment.status == "submitted"
        while True:
            try:
                taken = self.record.save(answers, status)
            except ChangedElsewhereError as error:
                answers = self._settled(interview, error)
            except FileError as error:
                if self._moved(interview, answers, error):
                    return go_on_with(interview, answers)
            else:
                if was_submitted and self.record.assessment.status == "draft":
                    self.choices.reopened(interview)
                if taken:
                    self.choices.taken_in(interview, taken)
                elif answers is interview.answers:
                    return interview
                return go_on_with(interview, self.record.assessment.answers)

    def _settled(self, interview: Interview, error: ChangedElsewhereError) -> Answers:
        """The answers to save now. Raises FileError where nothing can be kept aside."""
        try:
            choice = self.choices.whose(interview, error)
        except (KeyboardInterrupt, EOFError, OSError):
            choice = "aside"
        if choice == "aside":
            raise self.record.left_aside(self.record.save_aside(error.ours, interview.language)) from None
        if choice == "ours":
            self.choices.kept(interview, self.record.choose_ours(error, interview.language), "theirs")
            return error.ours
        self.choices.kept(interview, self.record.choose_theirs(error, interview.language), "ours")
        return error.theirs

    def _moved(self, interview: Interview, answers: Answers, first: FileError) -> bool:
        """Whether the answers are saved now, in another file; else they are to be saved here again."""
        error: MaturityError = first
        while True:
            try:
                choice = self.choices.otherwise(interview, error)
            except (KeyboardInterrupt, EOFError, OSError):
                choice = "leave"
            if choice == "leave":
                raise first
            if choice == "again":
                return False
            try:
                self.record.move(choice, answers)
            except MaturityError as another:
                error = another
            else:
                return True
