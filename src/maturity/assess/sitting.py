"""One sitting of an interview: asks, saves each answer before the next question, and ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Protocol

from maturity.assess.interview import Interview
from maturity.assess.keeping import Choices, Keeper
from maturity.assess.pace import time_left
from maturity.assess.record import Record


class Ending(Enum):
    """How a sitting ended."""

    LEFT = "left"
    SUBMITTED = "submitted"


class Asks(Protocol):
    """What a sitting needs of whatever talks with the person; `Interviewer` is the terminal's."""

    def ask(self, interview: Interview, left: float | None) -> Interview | None: ...

    def record(self, before: Interview, after: Interview) -> None: ...

    def review(self, interview: Interview) -> Interview | None: ...


@dataclass
class Sitting:
    """Where the interview is, for whoever has to say how to go on when it breaks off.

    `clock` gives seconds; `moments` are when the first question was shown and when each answer came.
    """

    interview: Interview
    record: Record
    asks: Asks
    choices: Choices
    clock: Callable[[], float] = time.monotonic
    moments: list[float] = field(default_factory=list)

    def run(self) -> Ending:
        """Asks until the person leaves or submits. Raises what `Keeper.save` and the prompts raise."""
        keeper = Keeper(self.record, self.choices)
        self.moments.append(self.clock())
        while True:
            after = self._step()
            if after is None:
                return Ending.LEFT
            before, self.interview = self.interview, after
            if after.submitted:
                self.record.submitter = after.submitter
                self.interview = replace(keeper.save(after, "submitted"), submitted=False)
                if self.record.assessment.status == "submitted":
                    return Ending.SUBMITTED
                continue  # with others' answers in it, which are to be seen first
            if after.answers != before.answers:
                self.interview = after = keeper.save(after)
            if after.answered > before.answered:
                self.moments.append(self.clock())
            self.asks.record(before, after)

    def _step(self) -> Interview | None:
        if self.interview.question is None:
            return self.asks.review(self.interview)
        still_open = len(self.interview.asked) - self.interview.answered
        return self.asks.ask(self.interview, time_left(self.moments, still_open))
