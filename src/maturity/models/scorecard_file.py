"""Scorecards as a file: JSON that anybody can recompute and compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import FailFast

from maturity.models.scorecard import Scorecard
from maturity.models.text import Text


@dataclass(frozen=True, slots=True)
class FiledScorecard:
    """A scorecard with whose it is: the register's code and name, and whether the answers were submitted."""

    code: str
    name: Text
    status: Literal["draft", "submitted"]
    scorecard: Scorecard


@dataclass(frozen=True, slots=True)
class ScorecardFile:
    """The scorecards of one run of ``maturity score``."""

    format: Literal["maturity-scorecards/1"]
    # Reading stops at the first that is wrong: there may be thousands.
    scorecards: Annotated[tuple[FiledScorecard, ...], FailFast()]
