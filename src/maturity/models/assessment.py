"""One organisation's answers to one questionnaire for one period."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from maturity.models.base import DottedIdentifier, Flag, Identifier, Model, Number, Version

ASSESSMENT_FORMAT: Final = "maturity-assessment/1"

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
PERIOD_PATTERN = "^(19|20)[0-9]{2}(-(Q[1-4]|H[12]|[0-9]{2}))?$"


def is_period(text: str) -> bool:
    """Whether a text is a period to the letter. In year-nn, nn is a month or the year that follows, in two digits.

    >>> is_period("2026-12"), is_period("2025-26"), is_period("2026-99"), is_period("2026-00")
    (True, True, False, False)
    """
    if re.fullmatch(PERIOD_PATTERN, text) is None:
        return False
    year, _, part = text.partition("-")
    return not part.isdigit() or 1 <= int(part) <= 12 or int(part) == (int(year) + 1) % 100


def _period(text: str) -> str:
    """No pattern can say that a year follows; the finding is the pattern's."""
    if not is_period(text):
        from pydantic_core import PydanticKnownError

        raise PydanticKnownError("string_pattern_mismatch", {"pattern": PERIOD_PATTERN})
    return text


Period = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=PERIOD_PATTERN), AfterValidator(_period)
]
"""A year, or a year with a quarter, half-year, month or second year; the same everywhere, since periods are compared."""

DONT_KNOW = "dont_know"


def _written_out(value: Any) -> Any:
    if isinstance(value, bool | int | float):
        from pydantic_core import PydanticCustomError

        raise PydanticCustomError("date_type", "a date written as 2026-03-31 belongs here")
    return value


Day = Annotated[dt.date, BeforeValidator(_written_out)]
Moment = Annotated[dt.datetime, BeforeValidator(_written_out)]


class Evidence(Model):
    """What proves an answer: a link, or a document named in words, and its date."""

    text: Paragraph
    date: Day | None = None


class Answer(Model):
    """One answer: a value, or not applicable with the reason; never both.

    `value` is an option id, a list of option ids, a number, ``dont_know`` or text, as the question's type asks.
    """

    value: Number | Paragraph | tuple[Identifier, ...] | None = None
    not_applicable: Flag = False
    reason: Paragraph | None = None
    note: Paragraph | None = None
    evidence: tuple[Evidence, ...] = ()
    sure: Literal["sure", "fairly", "unsure"] | None = None

    @field_validator("value", mode="before")
    @classmethod
    def _no_flags(cls, value: Any) -> Any:
        if isinstance(value, bool | dict):
            raise ValueError("an option's id, a list of them, a number or text belongs here")
        return value

    @property
    def given(self) -> bool:
        """Whether something was answered, 'not applicable' included."""
        return self.value is not None or self.not_applicable


class QuestionnaireRef(Model):
    """Which questionnaire an assessment answers."""

    id: Identifier
    version: Version


class Respondent(Model):
    """Who answered."""

    name: Line | None = None
    role: Line | None = None


class Submission(Model):
    """Somebody's word that these are the organisation's answers."""

    at: Moment
    name: Line | None = None
    digest: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")] = Field(
        description="SHA-256 of the answers as they were submitted."
    )


class PutAside(Model):
    """An answer whose question the questionnaire no longer asks, or asks differently."""

    version: Version = Field(description="The version of the questionnaire that asked the question.")
    answer: Answer
    became: tuple[DottedIdentifier, ...] = Field(
        default=(), description="The questions that it was carried to, where something was lost on the way."
    )
    replaced: Flag = Field(
        default=False,
        description="Whether another answer, or none, was given in its place since: it is kept, but never comes back.",
    )


class KeptAside(PutAside):
    """The answer that was put aside last under its id, with those before it."""

    earlier: tuple[PutAside, ...] = Field(
        default=(), description="What was put aside under this id before, the latest first."
    )

    @property
    def all(self) -> tuple[PutAside, ...]:
        """Each answer by itself, the latest first."""
        return (PutAside(**{name: getattr(self, name) for name in PutAside.model_fields}), *self.earlier)

    @classmethod
    def of(cls, entries: Sequence[PutAside]) -> KeptAside:
        """The reverse of `all`; of one entry at least."""
        first = {name: getattr(entries[0], name) for name in PutAside.model_fields}
        return cls(**first, earlier=tuple(entries[1:]))


How = Literal["unanimous", "mode", "role", "chosen", "only_one", "united"]
"""How an agreed answer came about: all who answered said so; most did; the role that decides did; the meeting chose it;
only one person answered; or, of words, all are kept one below the other."""


class MergedRespondent(Model):
    """One of several respondents, with the answers as they were given before anybody saw the others'."""

    name: Line | None = None
    role: Line | None = None
    digest: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")] = Field(
        description="SHA-256 of this respondent's answers."
    )
    answers: dict[DottedIdentifier, Answer] = Field(default_factory=dict)
    kept_aside: dict[DottedIdentifier, KeptAside] = Field(
        default_factory=dict,
        description="What a migration of this respondent's answers could not carry over.",
    )

    @model_validator(mode="before")
    @classmethod
    def _short_answers(cls, data: Any) -> Any:
        return _written_out_whole(data)


class Merged(Model):
    """Every respondent's answers, from which the agreed ones came; they are never scored, only the file's own are."""

    version: Version = Field(description="The version of the questionnaire that the respondents answered.")
    rule: Literal["unanimous", "mode"] = Field(
        default="unanimous", description="Whether the most frequent answer holds where not all are the same."
    )
    decides: Line | None = Field(default=None, description="The role whose answer holds where that is open.")
    respondents: tuple[MergedRespondent, ...] = Field(min_length=1)
    settled: dict[DottedIdentifier, How] = Field(
        default_factory=dict,
        description="Question id → how its agreed answer came about; a question that was answered and is not here is open.",
    )


class Assessment(Model):
    """One organisation's answers for one period, and where they come from."""

    format: Literal["maturity-assessment/1"]
    questionnaire: QuestionnaireRef
    organisation: Line = Field(description="A code, name or alias in the register.")
    period: Period = Field(description="As in `2026`, `2026-Q1`, `2026-H1`, `2026-03` or `2025-26`.")
    respondent: Respondent | None = None
    part: Identifier | None = Field(
        default=None,
        description="The one dimension that is answered here, as by a colleague; where it is left out, all are.",
    )
    status: Literal["draft", "submitted"] = "draft"
    made_up: Flag = Field(default=False, description="Example data: every output made of it says so.")
    started: Moment | None = None
    updated: Moment | None = None
    submission: Submission | None = None
    submitted_before: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")] | None = Field(
        default=None,
        description="SHA-256 of answers that were submitted without a record of it, before a migration made them a draft.",
    )
    answers: dict[DottedIdentifier, Answer] = Field(default_factory=dict)
    kept_aside: dict[DottedIdentifier, KeptAside] = Field(
        default_factory=dict, description="Answers that a migration could not carry over whole; never scored."
    )
    merged: Merged | None = Field(
        default=None, description="Where several people's answers were agreed: what each of them said."
    )

    @field_validator("period", mode="before")
    @classmethod
    def _year_as_text(cls, value: Any) -> Any:
        return str(value) if type(value) is int else value

    @model_validator(mode="before")
    @classmethod
    def _short_answers(cls, data: Any) -> Any:
        """``question: option`` is short for ``question: {value: option}``."""
        return _written_out_whole(data)


def _written_out_whole(data: Any) -> Any:
    """Answers that are written short, each as what it is short for."""
    if not isinstance(data, dict) or not isinstance(data.get("answers"), dict):
        return data
    answers = {k: v if isinstance(v, dict | Answer) else {"value": v} for k, v in data["answers"].items()}
    return data | {"answers": answers}
