"""One sitting of an interview: asks, saves each answer before the next question, and ends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from maturity.assess.interview import Interview
from maturity.assess.keeping import Choices, Keeper
from maturity.assess.record import Record


class Ending(Enum):
    """How a sitting ended."""

    LEFT = "left"
    SUBMITTED = "submitted"


class Asks(Protocol):
    """What a sitting needs of whatever talks with the person; `Interviewer` is the terminal's."""

    def ask(self, interview: Interview) -> Interview | None: ...

    def record(self, before: Interview, after: Interview) -> None: ...

    def end(self, interview: Interview) -> Interview | Ending: ...


@dataclass
class Sitting:
    """Where the interview is, for whoever has to say how to go on when it breaks off."""

    interview: Interview
    record: Record
    asks: Asks
    choices: Choices

    def run(self) -> Ending:
        """Asks until the person leaves or submits. Raises what `Keeper.save` and the prompts raise."""
        keeper = Keeper(self.record, self.choices)
        while True:
            after = (
                self.asks.ask(self.interview) if self.interview.question else self.asks.end(self.interview)
            )
            if after is None:
                return Ending.LEFT
            if isinstance(after, Ending):
                if after is Ending.SUBMITTED:
                    self.interview = keeper.save(self.interview, "submitted")
                    if self.record.assessment.status != "submitted":
                        continue  # with others' answers in it, which are to be seen first
                return after
            before, self.interview = self.interview, after
            if after.answers != before.answers:
                self.interview = keeper.save(after)
            self.asks.record(before, self.interview)
