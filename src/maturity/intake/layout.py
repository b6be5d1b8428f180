"""What a template looks like inside: known to what writes it and to what reads it.

Every row that can be answered carries its id in the first column: a question's id, ``question:option`` for each
option of a "choose several" question, or the name of a fact about the assessment. Columns are known by their
headings. Both are written down on the hidden sheet ``_maturity`` in the words that this very workbook uses, so a
template stays readable when rows are sorted, columns moved, sheets renamed, or our wording changes later. How much a workbook
may hold is said here too.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from maturity.intake.findings import FORBIDDEN, TOO_LARGE
from maturity.locale.words import N_, SideBySide, Words
from maturity.models.problem import MaturityError, Phrase, Place, Problem
from maturity.models.questionnaire import Option, Question
from maturity.models.text import LANGUAGES

TEMPLATE_FORMAT = "maturity-template/1"
ABOUT_SHEET = "_maturity"
LISTS_SHEET = "_lists"
FINDINGS_MARK = "maturity-findings/1"
DEFINED_NAME = "maturity_template"
OPTION_MARK = ":"
AGENDA_FACT = "agenda"
"""Says on the hidden sheet that a template asks only what respondents differ on, for what they agree."""
LONGEST_CHOICE = 250


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a dimension's sheet; `written` is what people fill in."""

    key: str
    heading: str
    width: float
    written: bool = False


COLUMNS = (
    Column("id", N_("Id"), 5),
    Column("done", N_("Done"), 7),
    Column("theme", N_("Theme"), 14),
    Column("question", N_("Question"), 34),
    Column("choices", N_("What to choose from"), 58),
    Column("answer", N_("Your answer"), 38, True),
    Column("help", N_("Help"), 46),
    Column("asked", N_("What counts as evidence"), 40),
    Column("evidence", N_("Evidence: a link, or a paper and where it is"), 34, True),
    Column("evidence_date", N_("Date of the evidence"), 14, True),
    Column("note", N_("Note"), 30, True),
    Column("not_applicable", N_("Does not apply"), 11, True),
    Column("reason", N_("Why it does not apply"), 30, True),
    Column("sure", N_("How sure are you?"), 13, True),
)
NUMBER_OF = {column.key: number for number, column in enumerate(COLUMNS, 1)}

FACTS = {
    "organisation": N_("Council"),
    "period": N_("Period that the answers describe, as in 2026"),
    "respondent.name": N_("Who answers: name"),
    "respondent.role": N_("Who answers: role"),
    "status": N_("Are these the council's final answers?"),
}

VOCABULARY = {
    "yes": N_("Yes"),
    "no": N_("No"),
    "dont_know": N_("Don't know"),
    "below": N_("Mark each line below with Yes or No"),
    "sure.sure": N_("Sure"),
    "sure.fairly": N_("Fairly sure"),
    "sure.unsure": N_("Not sure"),
    "status.draft": N_("Not yet: a draft"),
    "status.submitted": N_("Yes: final"),
}
"""The words that answer a cell, besides a question's own options."""


@cache
def spoken(key: str) -> tuple[str, ...]:
    """A word of the vocabulary as templates have it: in each language, and in both side by side.

    Whichever of them a template speaks, who answers may answer in another.
    """
    return tuple(words(VOCABULARY[key]) for words in (*map(Words, LANGUAGES), SideBySide()))


def choice(question: Question, option: Option, words: Words) -> str:
    """What stands in the cell when that option is chosen: its number and its sentence."""
    number = question.choices.index(option) + 1
    sentence = " ".join(words.of(option.text).split())
    if question.type == "yes_no":
        return sentence
    text = f"{number}. {sentence}"
    return text if len(text) <= LONGEST_CHOICE else text[: LONGEST_CHOICE - 1] + "…"


def option_row_id(question: Question, option: Option) -> str:
    """The id in the first column of an option's own row."""
    return f"{question.id}{OPTION_MARK}{option.id}"


def option_row_ids(question: Question) -> list[str]:
    """Those of all its options, where they have rows of their own."""
    return (
        [option_row_id(question, option) for option in question.choices] if question.type == "several" else []
    )


LIMITS = {
    "sheets": 100,
    "cells": 500_000,
    "characters": 20_000_000,
    "tags": 3_000_000,
    "merged cells": 20_000,
}
"""For all sheets together. Cells are a sheet's rows times columns up to the last that holds something; characters
are counted after repeated cells, repeated spaces and shared texts are written out."""


COUNTED = {
    "sheets": Phrase("{n} sheets"),
    "cells": Phrase("{n} cells"),
    "characters": Phrase("{n} characters"),
    "tags": Phrase("{n} tags"),
    "merged cells": Phrase("{n} merged cells"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in a part while it was measured: the cells with formulas (row and column from 0), and the part
    with text in cells that the parser takes for empty."""

    formulas: frozenset[tuple[int, int]]
    told: bytes


class Budget:
    """What may still be read of a file, over all its parts and sheets; and what was seen in parts that were plain."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.used = dict.fromkeys(LIMITS, 0)
        self.names: set[str] = set()
        self.seen: dict[str, Seen] = {}

    def take(self, what: str, amount: int = 1) -> None:
        self.used[what] += amount
        if self.used[what] > LIMITS[what]:
            most = Phrase(COUNTED[what].words, n=f"{LIMITS[what]:,}")
            raise self._large(Phrase("more than {limit}", limit=most), most)

    def extent(self, rows: int, columns: int) -> None:
        if rows > 1_048_576 or columns > 16_384:
            what = Phrase("a sheet of {rows} rows and {columns} columns", rows=rows, columns=columns)
            raise self._large(what, Phrase(COUNTED["cells"].words, n=f"{LIMITS['cells']:,}"))
        self.take("cells", rows * columns)

    def sheet(self, name: str) -> None:
        self.take("sheets")
        if name:
            self.once(f"sheet {name}", Phrase("two sheets of one name"))

    def once(self, name: str, what: Phrase) -> None:
        if name.casefold() in self.names:
            raise self.forbidden(what)
        self.names.add(name.casefold())

    def claim(self, amount: int) -> None:
        """Refuses what says that it is more than may be; nothing is spent."""
        before = self.used["tags"]
        self.take("tags", amount)
        self.used["tags"] = before

    def forbidden(self, what: Phrase) -> MaturityError:
        return MaturityError(Problem(FORBIDDEN, Place(self.name), {"what": what}))

    def _large(self, what: Phrase, most: Phrase) -> MaturityError:
        limit = Phrase("{most} in all sheets together", most=most)
        return MaturityError(Problem(TOO_LARGE, Place(self.name), {"what": what, "limit": limit}))


class Shared:
    """The texts that cells share, and how often each is used."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self.used: Counter[int] = Counter()
        self.part: str | None = None
        self.sure = True

    def characters(self) -> int:
        """All texts written out; each as long as the longest where it is not plain which one is meant."""
        if not self.sure:
            return self.used.total() * max(self.lengths, default=0)
        return sum(self.lengths[n] * times for n, times in self.used.items() if n < len(self.lengths))
