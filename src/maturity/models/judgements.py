"""What people decided of changed words: whether the same answer still means the same.

No program can tell a better wording from another bar. The decision and its reason are noted in a file beside the
version that it is about (``judged-<version>.yaml``), where it is reviewed with the change and kept with it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from maturity.models.base import Identifier, Model, Version
from maturity.models.text import Text, Words

JUDGEMENTS_FORMAT = "maturity-judgements/1"

Address = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]


class Judged(Model):
    """One changed text, and what a person decided about it."""

    change: Address = Field(
        description="As `maturity diff` calls it: `questionnaire/questions/leadership.plan/text/en`."
    )
    verdict: Literal["neutral", "different"] = Field(
        description="`neutral`: an answer given before means the same. `different`: the bar was moved on purpose."
    )
    because: Words | Text = Field(
        description="Why, in a sentence that a reviewer can weigh; where reviewers read both languages, in both."
    )


class Judgements(Model):
    """Decisions on the changes from one version to a later one."""

    format: Literal["maturity-judgements/1"]
    id: Identifier = Field(description="The id of the questionnaire or rubric.")
    from_: Version = Field(alias="from", description="The earlier version.")
    to: Version = Field(description="The later version.")
    judged: tuple[Judged, ...] = Field(min_length=1, description="The changes that were decided.")
