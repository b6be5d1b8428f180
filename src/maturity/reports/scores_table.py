"""Scorecards as tables of a workbook: one row each, and what the columns mean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from maturity.intake.xlsx import Value
from maturity.locale.words import Words
from maturity.models.disclosure import NOT_APPLICABLE, NOT_SCORED
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.models.register import Register, sort_key
from maturity.models.scorecard import Scorecard
from maturity.reports.scores_rows import Rows, Type
from maturity.reports.sheets import Field, Table
from maturity.reports.speech import Speech
from maturity.scoring.names import group_text
from maturity.scoring.run import APART
from maturity.scoring.score import Scorer, in_display_order

TOO_MUCH = Kind(
    "C009",
    "error",
    "This is too much for a workbook: {cells} cells, and at most {most} are written.",
    "Name a .csv or .parquet file, with --long for every measure.",
)
MOST_CELLS = 500_000
"""As many as `maturity score` reads of a workbook."""
_WIDTHS: dict[Type, float] = {"text": 20, "number": 13, "count": 13, "flag": 11}

_SHOWN: tuple[tuple[str, ...], ...] = ((), ("dimension",))


def scores_table(scorer: Scorer, cards: Sequence[Scorecard], register: Register, speech: Speech) -> Table:
    """One row a scorecard: score and level overall and by dimension, coverage, versions, where it came from."""
    w = speech.words
    groups = [(m, g.group) for m in in_display_order(scorer) if m.by in _SHOWN for g in m.groups]
    form = "0." + "0" * speech.places if speech.places else "0"
    fields = [Field(w("Council"), 24), Field(w("Code"), 13), Field(w("Period"), 11)]
    for measure, group in groups:
        name = speech.to(group_text(scorer.questionnaire, scorer.rubric.measures[measure.name], group))
        fields.append(Field(w("{name}: score", name=name), 16, form))
        if measure.bands:
            fields.append(Field(w("{name}: level", name=name), 20))
    fields += [
        Field(w("Questions answered"), 13),
        Field(w("Questions that apply"), 13),
        Field(w("Made-up data"), 12),
        Field(w("SHA-256 of the answers"), 24),
        Field(w("File"), 44),
    ]
    rows = []
    for card in cards:
        organisation = register.find(card.organisation)
        name = speech.to(organisation.name) if organisation else card.organisation
        row: list[Value] = [name, organisation.code if organisation else NOT_APPLICABLE, card.period]
        for measure, group in groups:
            score = card.score(measure.name, *group)
            absent = NOT_APPLICABLE if score is None or score.reason == "nothing_applies" else NOT_SCORED
            row.append(absent if score is None or score.published is None else score.published)
            if measure.bands:
                level = speech.level(measure.name, score.level) if score else None
                row.append(level.name if level else absent)
        answered = sum(item.state == "answered" for item in card.items)
        applicable = sum(item.state not in APART for item in card.items)
        made_up = w("yes") if card.made_up else w("no")
        row += [answered, applicable, made_up, card.answers_digest, card.source or NOT_APPLICABLE]
        rows.append(tuple(row))
    rows.sort(key=lambda r: (sort_key(str(r[0]), speech.language), str(r[2]), str(r[-1])))
    about = w("One row a file of answers. [x] is not scored, [z] not applicable.")
    if any(card.made_up for card in cards):
        about += " " + w("Example: some of these answers are made up.")
    empty: tuple[Value, ...] = (w("No answers were scored"), *([NOT_APPLICABLE] * (len(fields) - 1)))
    return Table(w("Scores"), w("Digital maturity scores"), about, tuple(fields), tuple(rows) or (empty,))


def scores_notes(scorer: Scorer, cards: Sequence[Scorecard], speech: Speech) -> Table:
    """Which questionnaire and rubric the scores come from, and how to read them."""
    w = speech.words
    rows: list[tuple[Value, ...]] = []
    for label, reference in zip((w("Questionnaire"), w("Rubric")), scorer.references, strict=True):
        rows.append((label, w("{id}, version {version}", id=reference.id, version=reference.version)))
        rows.append((w("SHA-256 of it"), reference.digest))
    if cards:
        rows.append((w("Made with"), w("maturity {version}", version=cards[0].tool_version)))
    places = scorer.rubric.policy.round.places
    rows.append(
        (
            w("Score"),
            w(
                "On the rubric's own scale, the same for every council and year; published with {places} decimals, rounded half up.",
                places=places,
            ),
        )
    )
    rows.append(("[x]", w("Not scored: nothing, or too little, was answered. It is not zero.")))
    rows.append(("[z]", w("Not applicable.")))
    fields = (Field(w("Term"), 28), Field(w("Meaning"), 100))
    return Table(w("Notes"), w("Notes"), w("Where the scores come from."), fields, tuple(rows))


def data_table(rows: Rows, words: Words) -> Table:
    """The same rows and columns as in the other formats, for programs to read."""
    title = (
        words("Scores as data: a row a council")
        if rows.name == "wide"
        else words("Scores as data: a row a measure")
    )
    about = words(
        "Columns have the same names in every language and format. An empty cell: there is nothing to say."
    )
    fields = tuple(Field(name, _width(name, type_)) for name, type_ in rows.columns)
    return Table(rows.name, title, about, fields, tuple(rows.rows), group="programs")


def check_cells(path: Path, tables: Sequence[Rows]) -> None:
    """Raises MaturityError where these tables are more than a workbook should hold."""
    cells = sum(len(table.rows) * len(table.columns) for table in tables)
    if cells > MOST_CELLS:
        details = {"cells": f"{cells:,}", "most": f"{MOST_CELLS:,}"}
        raise MaturityError(Problem(TOO_MUCH, Place(str(path)), details))


def _width(name: str, type_: Type) -> float:
    if name.endswith("_sha256"):
        return 70
    return {"name": 24.0, "source": 44.0}.get(name, _WIDTHS[type_])
