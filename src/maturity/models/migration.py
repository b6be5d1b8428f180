"""How answers to earlier versions of a questionnaire become answers to a later one.

Questions that the later version asks under the same id, of the same type and with the same options, need no word here;
every other question of the earlier versions needs an entry, if only to say that it is gone.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from maturity.models.base import DottedIdentifier, Flag, Identifier, Model, Number, Version, VersionRange
from maturity.models.condition import Condition
from maturity.models.text import Text

MIGRATION_FORMAT = "maturity-migration/1"

Candidates = Annotated[tuple[Identifier, ...], Field(min_length=2)]


class OptionBand(Model):
    """Numbers from here up, as far as the next band, become an option."""

    from_: Number = Field(alias="from")
    option: Identifier


class AnswerRule(Model):
    """Answers for which the condition holds become this answer."""

    when: Condition = Field(description="Looks at the earlier version's questions only.")
    value: Identifier | Number | tuple[Identifier, ...]


class Carried(Model):
    """Where the answer to one earlier question, or to several, goes.

    At most one of `options`, `bands` and `rules` says what becomes of the value; without any it is carried as it is.
    """

    from_: Annotated[tuple[DottedIdentifier, ...], Field(min_length=1)] = Field(
        alias="from", description="The earlier question; several where they were merged."
    )
    to: DottedIdentifier | None = Field(
        default=None, description="The later question. A question that was split has several entries."
    )
    dropped: Flag = Field(
        default=False, description="The question has no successor: its answer is kept aside under its old id."
    )
    options: dict[Identifier, Identifier | Candidates] | None = Field(
        default=None,
        description="Earlier option → later option; several where a person must choose between them. Options that are "
        "not named keep their id.",
    )
    bands: tuple[OptionBand, ...] | None = Field(default=None, description="Number → option, by size.")
    rules: tuple[AnswerRule, ...] | None = Field(
        default=None,
        description="The first that holds gives the answer; where none holds a person must answer.",
    )
    why: Text | None = Field(default=None, description="What whoever answers should know about the change.")


class Migration(Model):
    """From versions of a questionnaire to a later one."""

    format: Literal["maturity-migration/1"]
    questionnaire: Identifier
    from_: VersionRange = Field(alias="from", description="The versions whose answers it carries over.")
    to: Version
    summary: Text | None = None
    changes: tuple[Carried, ...] = Field(min_length=1)
