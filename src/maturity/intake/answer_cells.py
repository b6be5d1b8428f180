"""How single answers stand in a template's cells: numbers, dates, evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from maturity.intake.layout import VOCABULARY, spoken
from maturity.intake.xlsx import short_title
from maturity.locale.words import SideBySide, Words
from maturity.models.assessment import Evidence
from maturity.models.questionnaire import NumberQuestion

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation


def number_as_text(value: object) -> str | None:
    """A number as a person would type it: ``45``, ``12.5``."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return None if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)


def number_prompt(question: NumberQuestion, words: Words) -> str:
    """What may stand in the cell, in a sentence or two; in both languages, all of it in Welsh and then in English."""
    if isinstance(words, SideBySide):
        return " / ".join(number_prompt(question, Words(language)) for language in ("cy", "en"))
    number = question.number
    unit = words.of(number.unit)
    low, high = number_as_text(number.min), number_as_text(number.max)
    if low is not None and high is not None:
        text = words("A number from {low} to {high} ({unit}).", low=low, high=high, unit=unit)
    elif low is not None:
        text = words("A number from {low} up ({unit}).", low=low, unit=unit)
    elif high is not None:
        text = words("A number up to {high} ({unit}).", high=high, unit=unit)
    else:
        text = words("A number ({unit}).", unit=unit)
    parts = [text]
    if number.decimals == 0:
        parts.append(words("Without decimals."))
    else:
        parts.append(words.count("With at most {n} decimal.", "With at most {n} decimals.", number.decimals))
    if number.dont_know:
        parts.append(words("If nobody knows, write: {dont_know}", dont_know=words(VOCABULARY["dont_know"])))
    return " ".join(parts)


def number_rule(question: NumberQuestion, cell: str, words: Words) -> DataValidation:
    """Lets in what the question takes. The cell holds text, so the formula looks at what the text means."""
    from openpyxl.worksheet.datavalidation import DataValidation

    number = question.number
    amount = f'VALUE(SUBSTITUTE({cell},"%",""))'
    # Excel wants no more than 255 characters, so the amount stands in it twice and no more.
    fitting = f"ROUND({amount},{number.decimals})"
    fitting = f"MAX({number_as_text(number.min)},{fitting})" if number.min is not None else fitting
    fitting = f"MIN({number_as_text(number.max)},{fitting})" if number.max is not None else fitting
    formula = f"IFERROR({fitting}={amount},FALSE)"
    if number.dont_know:
        known = ",".join('{}="{}"'.format(cell, said.replace('"', '""')) for said in spoken("dont_know"))
        formula = f"OR({known},{formula})"
    prompt = number_prompt(question, words)
    return DataValidation(
        type="custom",
        formula1=formula,
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=short_title(words("This is not a number that fits")),
        error=prompt[:225],
        showInputMessage=True,
        promptTitle=short_title(words("Your answer")),
        prompt=prompt[:255],
    )


def evidence_text(evidence: Sequence[Evidence]) -> str | None:
    """One piece as it is; several as paragraphs, each with its date in brackets."""
    if len(evidence) == 1:
        return evidence[0].text
    pieces = [f"{e.text} [{e.date.isoformat()}]" if e.date else e.text for e in evidence]
    return "\n\n".join(pieces) or None


def evidence_date(evidence: Sequence[Evidence]) -> dt.date | None:
    """The date of a single piece; several have theirs in the text."""
    return evidence[0].date if len(evidence) == 1 else None
