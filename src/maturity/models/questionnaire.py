"""What is asked: dimensions, themes, questions, options, help, and the evidence asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field

from maturity.models.base import DottedIdentifier, Flag, Identifier, Integer, Model, Number, Version
from maturity.models.condition import Condition
from maturity.models.text import Language, Text, Words

QUESTIONNAIRE_FORMAT = "maturity-questionnaire/1"


class Option(Model):
    """One answer that can be chosen."""

    id: Identifier
    text: Text
    exclusive: Flag = Field(
        default=False, description="Rules out every other option, as “None of these” does."
    )


class NumberFormat(Model):
    """What kind of number answers a question."""

    unit: Text = Field(description="The sign %, or the unit in words, in both languages.")
    min: Number | None = None
    max: Number | None = None
    decimals: Annotated[Integer, Field(ge=0, le=6)] = 0
    dont_know: Flag = Field(
        default=False, description="Whether 'don't know' is offered; that is not the same as zero."
    )


class Asked(Model):
    """What every question has."""

    id: DottedIdentifier
    text: Text
    help: Text | None = Field(
        default=None, description="Why it is asked, what good looks like, what words mean."
    )
    evidence: Text | None = Field(default=None, description="What would convince a colleague from elsewhere.")
    asked_when: Condition | None = Field(
        default=None,
        description="Asked only of those for whom this holds; of everybody where it is left out.",
    )
    not_applicable: Flag = Field(
        default=False, description="Whether a council may say, with a reason, that it does not apply."
    )

    @property
    def choices(self) -> tuple[Option, ...]:
        """The options that can be chosen; empty where the answer is not a choice."""
        return ()


class LevelQuestion(Asked):
    """Choose one of several described levels."""

    type: Literal["level"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=9)

    @property
    def choices(self) -> tuple[Option, ...]:
        return self.options


class YesNoQuestion(Asked):
    """Yes or no; the option ids are ``yes`` and ``no``.

    In Welsh the words for them follow the question's verb (“Oes” or “Nac oes”, “Ydy” or “Nac ydy”), so that a question
    can bring its own.
    """

    type: Literal["yes_no"]
    yes: Text = Text({"en": "Yes", "cy": "Ie"})
    no: Text = Text({"en": "No", "cy": "Na"})

    @cached_property
    def choices(self) -> tuple[Option, ...]:
        return (Option(id="yes", text=self.yes), Option(id="no", text=self.no))


class SeveralQuestion(Asked):
    """Choose all that apply."""

    type: Literal["several"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=30)

    @property
    def choices(self) -> tuple[Option, ...]:
        return self.options


class NumberQuestion(Asked):
    """A number with its unit."""

    type: Literal["number"]
    number: NumberFormat


class TextQuestion(Asked):
    """A few words; never scored."""

    type: Literal["text"]


Question = Annotated[
    LevelQuestion | YesNoQuestion | SeveralQuestion | NumberQuestion | TextQuestion,
    Field(discriminator="type"),
]


class Theme(Model):
    """A few questions about one matter."""

    id: Identifier
    name: Text
    description: Text | None = None
    questions: tuple[Question, ...] = Field(min_length=1)


class Dimension(Model):
    """One of the sides of maturity that the questionnaire looks at."""

    id: Identifier
    name: Text
    description: Text | None = None
    themes: tuple[Theme, ...] = Field(min_length=1)


class Finding(Model):
    """A sentence to be printed with counts: ``{count} of {answered} councils said that ...``."""

    id: Identifier
    question: DottedIdentifier
    options: tuple[Identifier, ...] = Field(
        default=(), description="Counts the answers that chose any of these."
    )
    at_least: Number | None = Field(default=None, description="Counts the numbers at or above this.")
    below: Number | None = Field(default=None, description="Counts the numbers below this.")
    text: Text


class Tags(Model):
    """Where a question stands: the tags that every item has from the questionnaire."""

    dimension: str
    theme: str


class Questionnaire(Model):
    """A questionnaire of one version."""

    format: Literal["maturity-questionnaire/1"]
    id: Identifier
    version: Version
    languages: tuple[Language, ...] = Field(default=("en", "cy"), min_length=1)
    title: Text
    description: Text | None = None
    same_in_both: tuple[Words, ...] = Field(
        default=(), description="Words that are rightly the same in English and Welsh, such as names."
    )
    dimensions: tuple[Dimension, ...] = Field(min_length=1)
    findings: tuple[Finding, ...] = ()

    def walk(self) -> Iterator[tuple[Dimension, Theme, Question]]:
        """Every question with its dimension and theme, in the order in which they are asked."""
        for dimension in self.dimensions:
            for theme in dimension.themes:
                for question in theme.questions:
                    yield dimension, theme, question

    def only(self, dimensions: Collection[str]) -> Self:
        """The part that asks about these dimensions, by their ids. Raises ValueError where one is not there."""
        missing = set(dimensions) - {d.id for d in self.dimensions}
        if missing or not dimensions:
            raise ValueError(f"no such dimensions: {sorted(missing)}")
        kept = tuple(d for d in self.dimensions if d.id in dimensions)
        asked = {q.id for d in kept for t in d.themes for q in t.questions}
        findings = tuple(f for f in self.findings if f.question in asked)
        # Not model_copy: it would take the properties that are held already along.
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**fields | {"dimensions": kept, "findings": findings})

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Question id → question, in order."""
        return {question.id: question for _, _, question in self.walk()}

    @cached_property
    def tags(self) -> dict[str, Tags]:
        """Question id → its dimension's and theme's ids."""
        return {q.id: Tags(dimension=d.id, theme=t.id) for d, t, q in self.walk()}
