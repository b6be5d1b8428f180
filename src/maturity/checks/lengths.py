"""Texts fit where they are shown: a terminal of 80 columns and 24 lines, and tables with a row a council.

A line holds some 75 characters beside an indent. An option has 3 lines (a question of five options, 15), a question
4, its help 9, a hint at evidence 6: so the longest question with its help stays on a screen together with the choice
that it is about, and nobody chooses between options of which the first has scrolled away. Names stand in headings
and in columns of tables, so that they have part of a line. Descriptions of levels and recommendations are read in
reports, a paragraph each. Each limit leaves room: the Welsh is often a fifth longer than the English.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from maturity.checks.texts import texts
from maturity.models.problem import Kind, Phrase, Problem
from maturity.models.text import NAMES
from maturity.sources.yaml_reader import Document

TOO_LONG = Kind(
    "T005",
    "warning",
    "The {language} has {found} characters, too long for a terminal: of {what} it shows {most} well.",
    "Shorten it; what explains it belongs into 'help', 'description' or the guidance.",
)

MOST: dict[tuple[str, str], tuple[Phrase, int]] = {
    ("Questionnaire", "title"): (Phrase("a title"), 100),
    ("Rubric", "title"): (Phrase("a title"), 100),
    ("Dimension", "name"): (Phrase("a name"), 60),
    ("Theme", "name"): (Phrase("a name"), 60),
    ("Measure", "name"): (Phrase("a name"), 60),
    ("Outcome", "name"): (Phrase("a name"), 60),
    ("Rule", "name"): (Phrase("a verdict"), 50),
    ("Band", "name"): (Phrase("a level's name"), 40),
    ("NumberFormat", "unit"): (Phrase("a unit"), 30),
    ("Asked", "text"): (Phrase("a question"), 300),
    ("Asked", "help"): (Phrase("help"), 700),
    ("Asked", "evidence"): (Phrase("a hint at evidence"), 450),
    ("YesNoQuestion", "yes"): (Phrase("an option"), 225),
    ("YesNoQuestion", "no"): (Phrase("an option"), 225),
    ("Option", "text"): (Phrase("an option"), 225),
    ("Finding", "text"): (Phrase("a finding"), 300),
    ("Band", "description"): (Phrase("a level's description"), 450),
    ("Band", "for_dimension"): (Phrase("a level's description"), 450),
    ("Limit", "because"): (Phrase("a reason"), 300),
    ("Item", "why"): (Phrase("a reason"), 300),
    ("Recommendation", "do"): (Phrase("a recommendation"), 450),
    ("Recommendation", "who"): (Phrase("a role"), 120),
    ("Recommendation", "builds_on"): (Phrase("what it builds on"), 200),
}
"""Model and field → what it is called, and the most characters. What is not here is read elsewhere, at any length."""


def too_long(document: Document, model: BaseModel) -> Iterator[Problem]:
    """Every text of `model` that is longer than is shown well."""
    for one in texts(model):
        limits = (MOST.get((kind.__name__, one.field)) for kind in type(one.owner).__mro__)
        what, most = next((limit for limit in limits if limit), (Phrase(""), 0))
        for language, words in one.text.root.items() if most else ():
            if len(words) > most:
                about = {"language": NAMES[language], "found": len(words), "what": what, "most": most}
                yield document.problem(TOO_LONG, (*one.loc, language), **about)
