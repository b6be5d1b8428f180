"""What was said to each question, ready to be quoted: counts, how divided the answers are, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from maturity.models.text import Language

LEADS: dict[Language, tuple[str, str, str, str]] = {
    "en": (
        "{count} of {answered} councils",
        "{count} of {answered} councils",
        "None of the {answered} councils",
        "All {answered} councils",
    ),
    "cy": (
        "Dywedodd {count} o'r {answered} cyngor",
        "Dywedodd {count} o'r {answered} o gynghorau",
        "Ni ddywedodd yr un o'r {answered} o gynghorau",
        "Dywedodd pob un o'r {answered} o gynghorau",
    ),
}
"""How a declared finding begins in its file, and how it is told: where some, nobody or everybody said so.

In Welsh a noun after 2, 3 or 6 mutates ("chwe chyngor"), and a sentence in a file cannot know its number.
"""


def declared_sentence(text: str, language: Language, count: int, answered: int, aside: str = "") -> str:
    """A questionnaire's own sentence with its counts, and `aside` in brackets after them.

    Published sentences are never edited, and "0 of 21 councils said that they assessed no service" is hard to
    read; so one that begins as ours do begins otherwise at none and at all. Others keep their own words.
    """
    declared, some, none, every = LEADS[language]
    lead = some
    if answered > 1 and count in (0, answered):
        lead = none if count == 0 else every
    elif aside:
        lead = f"{some} ({aside})"
    return text.replace(declared, lead, 1).format_map({"count": count, "answered": answered})


@dataclass(frozen=True, slots=True)
class OptionCount:
    """How many of those who answered chose an option. `change` is the difference of its share between the periods,
    of those who answered in both: 0.25 for 25 percentage points more."""

    option: str
    count: int
    change: float | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A question between two periods, over the `n` organisations that answered in both; `changed` of them gave
    another answer.

    `largest` is the largest difference of an option's share, without its sign. Numbers have no shares: for them it is
    the median difference over the question's range, where that is known, and `median_difference` has the difference.
    """

    n: int
    changed: int
    largest: float | None
    median_difference: float | None = None


@dataclass(frozen=True, slots=True)
class QuestionFinding:
    """The answers to one question.

    Where fewer answered than may be told, only `answered` is told. `split` is how divided the answers are: from 0
    (all the same) to 1 (half at either end). Numbers have quartiles instead of options.
    """

    question: str
    dimension: str
    theme: str
    type: Literal["level", "yes_no", "several", "number"]
    answered: int
    options: tuple[OptionCount, ...] = ()
    median: float | None = None
    q1: float | None = None
    q3: float | None = None
    split: float | None = None
    moved: Moved | None = None

    @property
    def told(self) -> bool:
        """Whether enough answered for anything to be told."""
        return bool(self.options) or self.median is not None
