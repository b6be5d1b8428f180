"""The what-if sheet: other weights in, every council's overall score and level out, by live formulas; where others are
not named, the reader's own, without a rank.

The formulas repeat what scoring does (docs/scoring.md): the weighted mean of the unrounded parts that have a value,
not scored below the least coverage, rounded half up after settling to nine decimals, capped by the first limit
that holds. At the rubric's own weights they give the published scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maturity.intake.xlsx import (
    HEADER,
    LINE,
    MIST,
    WASH,
    Look,
    fit_row,
    letters,
    put,
    put_formula,
    wide_enough,
)
from maturity.models.benchmark import Comparison
from maturity.models.disclosure import NOT_APPLICABLE, NOT_SCORED
from maturity.models.scorecard import Scorecard
from maturity.reports.drawn import Drawn
from maturity.reports.sheets import HEAD, signed
from maturity.reports.workbook_explore import CELL, Explorer
from maturity.scoring.plan import PlannedMeasure, group_name

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_PARTS = 12
_NUMBER = replace(CELL, across="center")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what, by letter; parts stand in B and after."""

    parts: tuple[str, ...]
    cap: str
    score: str
    level: str
    rank: str | None
    ours: str
    difference: str


def can_be_tried(drawn: Drawn) -> PlannedMeasure | None:
    """The overall measure, where it is a mean of a few groups whose weights can be tried out."""
    overall = drawn.benchmark.overall
    if overall is None or not drawn.organisations:
        return None
    measure = next(m for m in drawn.scorer.plan.measures if m.name == overall.measure)
    parts = len(measure.groups[0].inputs)
    return measure if measure.reduce == "mean" and measure.of != "items" and parts <= MOST_PARTS else None


def write_weights(sheet: Worksheet, explorer: Explorer, measure: PlannedMeasure) -> None:
    """Weights on top, a row a council below."""
    drawn = explorer.drawn
    w = drawn.words
    overall = drawn.benchmark.overall
    assert overall is not None
    about = (
        w("Change the weights in the blue cells: scores, levels and ranks follow. 0 leaves a part out.")
        if drawn.benchmark.named
        else w("Change the weights in the blue cells: score and level follow. 0 leaves a part out.")
    )
    explorer.begin(sheet, w("Try other weights"), about)
    inputs = measure.groups[0].inputs
    columns = _letters(len(inputs), ranked=drawn.benchmark.named)
    _head_row(sheet, drawn, measure, columns, HEAD)
    weights_row, first = HEAD + 1, HEAD + 3
    _weights(sheet, drawn, [weight for _, weight in inputs], weights_row)
    _head_row(sheet, drawn, measure, columns, HEAD + 2, councils=True)
    organisations = drawn.organisations
    last = first + len(organisations) - 1
    bands = _bands(sheet, drawn, overall.measure, last + 3)
    for row, organisation in enumerate(organisations, first):
        own = organisation.code == drawn.council
        put(
            sheet,
            row,
            1,
            drawn.speech.to(organisation.name),
            replace(CELL, bold=own, fill=WASH if own else None),
        )
        member = next(m for m in drawn.benchmark.members if m.organisation.code == organisation.code)
        _council(sheet, drawn, measure, member.scorecard, row)
        _formulas(sheet, columns, measure, row, (first, last), weights_row, drawn, bands)
        _ours(sheet, drawn, overall, organisation.code, columns, row)
        sheet.row_dimensions[row].height = 19
    sheet.freeze_panes = f"B{first}"


def _letters(parts: int, *, ranked: bool) -> _Columns:
    """One council alone has no rank."""
    names = [letters(n) for n in range(1, parts + 8)]
    cap, score, level, *more = names[parts + 1 :]
    rank = more.pop(0) if ranked else None
    return _Columns(tuple(names[1 : parts + 1]), cap, score, level, rank, more[0], more[1])


def _head_row(
    sheet: Worksheet,
    drawn: Drawn,
    measure: PlannedMeasure,
    columns: _Columns,
    row: int,
    *,
    councils: bool = False,
) -> None:
    w = drawn.words
    source = next(m for m in drawn.scorer.plan.measures if m.name == measure.of)
    names = {
        group_name(c.group): drawn.speech.name(c)
        for c in drawn.benchmark.comparisons
        if c.measure == source.name
    }
    headings = [w("Council") if councils else w("Weights")]
    headings += [names.get(part, part) for part, _ in measure.groups[0].inputs]
    if councils:
        headings += [
            w("At most"),
            w("Score at these weights"),
            w("Level at these weights"),
            *((w("Rank at these weights"),) if columns.rank else ()),
            w("Published score"),
            w("Difference"),
        ]
    for column, heading in enumerate(headings, 1):
        put(sheet, row, column, heading, replace(HEADER, across="left" if column == 1 else "center"))
        letter = letters(column)
        width = 28 if column == 1 else 24 if letter == columns.level else 15
        sheet.column_dimensions[letter].width = wide_enough(heading, width)
    fit_row(sheet, row, [(heading, 15, HEADER) for heading in headings[1:]], least=36)


def _weights(sheet: Worksheet, drawn: Drawn, weights: Sequence[float], row: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    w = drawn.words
    validation = DataValidation(
        type="decimal",
        operator="between",
        formula1="0",
        formula2="1000",
        showErrorMessage=True,
        errorTitle=w("This is not a weight"),
        error=w("Write a number from 0 to 1000."),
    )
    sheet.add_data_validation(validation)
    put(sheet, row, 1, w("Weight (change me)"), replace(CELL, bold=True))
    for column, weight in enumerate(weights, 2):
        cell = put(
            sheet,
            row,
            column,
            weight,
            Look(fill=WASH, edge=LINE, bold=True, across="center", up="center", locked=False, size=13),
        )
        validation.add(cell.coordinate)
    sheet.row_dimensions[row].height = 26


def _council(
    sheet: Worksheet, drawn: Drawn, measure: PlannedMeasure, card: Scorecard | None, row: int
) -> None:
    """The parts' unrounded values, and the cap that a limit sets."""
    score = card.score(measure.name) if card else None
    parts = len(measure.groups[0].inputs)
    for position in range(parts):
        value: float | str = drawn.words("not submitted")
        if score is not None:
            part = score.inputs[position]
            symbol = NOT_APPLICABLE if part.state == "not_applicable" else NOT_SCORED
            value = symbol if part.value is None else part.value
        put(sheet, row, 2 + position, value, replace(_NUMBER, format="0.00"))
    cap = _cap(measure, card) if card else None
    put(sheet, row, 2 + parts, NOT_APPLICABLE if cap is None else cap, replace(_NUMBER, format="0.00"))


def _cap(measure: PlannedMeasure, card: Scorecard) -> float | None:
    """What the limit that holds allows, if one does."""
    score = card.score(measure.name)
    held = score.limit if score else None
    return next((limit.at_most for limit in measure.limits if limit.id == held), None)


def _formulas(
    sheet: Worksheet,
    columns: _Columns,
    measure: PlannedMeasure,
    row: int,
    rows: tuple[int, int],
    weights_row: int,
    drawn: Drawn,
    bands: str | None,
) -> None:
    places = drawn.speech.places
    start, end = columns.parts[0], columns.parts[-1]
    parts = f"{start}{row}:{end}{row}"
    weights = f"${start}${weights_row}:${end}${weights_row}"
    counted = f"SUMPRODUCT(--ISNUMBER({parts}),{weights})"
    applying = f'SUMPRODUCT(--({parts}<>"{NOT_APPLICABLE}"),{weights})'
    rounded = f"ROUND(ROUND(SUMPRODUCT({parts},{weights})/{counted},9),{places})"
    capped = f"IF(ISNUMBER({columns.cap}{row}),MIN({columns.cap}{row},{rounded}),{rounded})"
    enough = f"ROUND({counted}/{applying},9)>={round(measure.min_coverage, 9)!r}"
    formula = f'=IF({counted}=0,"{NOT_SCORED}",IF({enough},{capped},"{NOT_SCORED}"))'
    at = column_number(columns.score)
    strong = replace(_NUMBER, bold=True, fill="FDF1E9", format=drawn.score_format)
    put_formula(sheet, row, at, formula, strong)
    score = f"{columns.score}{row}"
    level = (
        f'=IF(ISNUMBER({score}),LOOKUP({score},{bands}),"{NOT_SCORED}")' if bands else f'="{NOT_APPLICABLE}"'
    )
    put_formula(sheet, row, at + 1, level, _NUMBER)
    if columns.rank:
        everyone = f"{columns.score}${rows[0]}:{columns.score}${rows[1]}"
        rank = f'=IF(ISNUMBER({score}),RANK({score},{everyone}),"{NOT_SCORED}")'
        put_formula(sheet, row, column_number(columns.rank), rank, _NUMBER)


def column_number(letter: str) -> int:
    """``AB`` → 28."""
    from openpyxl.utils import column_index_from_string

    return column_index_from_string(letter)


def _ours(
    sheet: Worksheet, drawn: Drawn, overall: Comparison, code: str, columns: _Columns, row: int
) -> None:
    at = column_number(columns.ours)
    form = drawn.score_format
    put(sheet, row, at, drawn.score(overall.of(code)), replace(_NUMBER, format=form, fill=MIST))
    mine, theirs = f"{columns.score}{row}", f"{columns.ours}{row}"
    both = f"AND(ISNUMBER({mine}),ISNUMBER({theirs}))"
    formula = f'=IF({both},ROUND({mine}-{theirs},{drawn.speech.places}),"{NOT_SCORED}")'
    put_formula(sheet, row, at + 1, formula, replace(_NUMBER, format=signed(form)))


def _bands(sheet: Worksheet, drawn: Drawn, measure: str, row: int) -> str | None:
    """The levels' table below, for the formulas to look up; its two columns as formulas want them."""
    levels = drawn.speech.levels(measure)
    if not levels:
        return None
    put(sheet, row, 1, drawn.words("Level"), HEADER)
    put(sheet, row, 2, drawn.words("From score"), replace(HEADER, across="center"))
    for number, level in enumerate(levels, row + 1):
        put(sheet, number, 1, f"{level.number}. {level.name}", CELL)
        put(sheet, number, 2, level.band.from_, replace(_NUMBER, format=drawn.score_format))
    last = row + len(levels)
    return f"$B${row + 1}:$B${last},$A${row + 1}:$A${last}"
