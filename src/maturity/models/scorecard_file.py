"""Scorecards as a file: JSON that anybody can recompute and compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
    scorecards: tuple[FiledScorecard, ...]
