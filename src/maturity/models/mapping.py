"""Which column of somebody's table is which, and what their answers mean in ours."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from maturity.models.assessment import Line, Period, QuestionnaireRef
from maturity.models.base import DottedIdentifier, Identifier, Integer, Model

MAPPING_FORMAT = "maturity-mapping/1"

Heading = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Fact = Literal[
    "organisation",
    "period",
    "respondent.name",
    "respondent.role",
    "status",
    "made_up",
    "started",
    "updated",
]
"""What a column can say of the answers as a whole."""

Part = Literal["answer", "note", "evidence", "evidence_date", "not_applicable", "reason", "sure"]
"""What a column can say of one answer."""


def _none_yet(value: Any) -> Any:
    """A draft's part in which nothing is confirmed yet is written without entries."""
    return {} if value is None else value


Meant = Annotated[dict[Heading, Identifier], BeforeValidator(_none_yet)]
"""What stands in a table → the option that it means."""


class MappedColumn(Model):
    """A column of a wide table, which belongs to one question."""

    question: DottedIdentifier = Field(description="The question that the column is about.")
    part: Part = Field(default="answer", description="What the column holds of the answer.")
    option: Identifier | None = Field(
        default=None,
        description="The option that the column is about, where each option of a question of type `several` has its own.",
    )


class Mapping(Model):
    """How to read a table whose headings or answers are not the questionnaire's own.

    Headings and questions are compared without regard to space, case, accents and punctuation. Answers are compared
    to the sign, without regard to space, case, accents and the shapes of quotes and dashes: C+ is not C-. 1.0 is 1.
    Numbers that are not named under a question's answers mean nothing there.
    """

    format: Literal["maturity-mapping/1"]
    questionnaire: QuestionnaireRef
    sheet: Line | None = Field(default=None, description="The one sheet to read; else every sheet that fits.")
    heading_row: Annotated[Integer, Field(ge=1, le=40)] | None = Field(
        default=None, description="The line or row of the headings, counted from 1; else it is looked for."
    )
    organisation: Line | None = Field(default=None, description="Whose answers they are, if no column says.")
    period: Period | None = Field(default=None, description="The period of the answers, if no column says.")
    columns: Annotated[
        dict[Heading, Literal[Fact, "question", "ignore", Part] | MappedColumn], BeforeValidator(_none_yet)
    ] = Field(
        default_factory=dict,
        description="Heading → what stands below it. A long table has the columns `question` and `answer`.",
    )
    questions: Annotated[dict[Heading, DottedIdentifier], BeforeValidator(_none_yet)] = Field(
        default_factory=dict, description="What a long table calls a question → the question."
    )
    answers: Annotated[dict[DottedIdentifier, Meant], BeforeValidator(_none_yet)] = Field(
        default_factory=dict, description="Question → what stands in the table → the option that it means."
    )
