"""Were answers sorted or moved without their questions?

A level's sentence belongs to one question only, so it shows when it stands beside another. Yes, No and numbers fit
anywhere: where sentences on a sheet have moved, these may have moved too, and must not be believed.
"""

from __future__ import annotations

from collections.abc import Mapping

from maturity.intake.grid import Row
from maturity.intake.matching import Choices, is_only_a_number
from maturity.models.questionnaire import Questionnaire


def shifted(questionnaire: Questionnaire, by_id: Mapping[str, Row]) -> set[str]:
    """The names of the sheets on which a sentence stands beside a question that it does not answer."""
    levels = {q.id: Choices.of(q) for q in questionnaire.questions.values() if q.type == "level"}
    found: set[str] = set()
    for name, row in by_id.items():
        value = row.value("answer")
        if row.grid.sheet.name in found or value is None or is_only_a_number(value):
            continue
        own = levels.get(name)
        if own is not None and own.find(value):
            continue
        question = questionnaire.questions.get(name)
        if question is not None and question.type == "text":
            continue
        if any(_sentence(choices, value) for other, choices in levels.items() if other != name):
            found.add(row.grid.sheet.name)
    return found


def _sentence(choices: Choices, value: object) -> bool:
    """Whether the cell holds one of these options in words, which no other question has by chance."""
    return isinstance(value, str) and len(value) > 12 and bool(choices.find(value))
