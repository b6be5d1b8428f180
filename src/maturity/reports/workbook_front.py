"""The benchmark workbook's first sheets: cover, contents, notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from maturity.intake.xlsx import BANNER, HEADER, LABEL, LINK, PLAIN, SUBTITLE, TITLE, Look, fit_row, put
from maturity.locale.one_language import only_in
from maturity.models.disclosure import SUPPRESSED
from maturity.models.rubric import Limit
from maturity.reports.drawn import Drawn
from maturity.reports.said import limit_said, rules_said, suppressed_said
from maturity.reports.sheets import HEAD, head, link, table_name, to_print
from maturity.reports.speech import exact
from maturity.scoring.names import reduce_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_EDGE = "D5D8DB"


def write_cover(sheet: Worksheet, drawn: Drawn, title: str, made_on: dt.date) -> None:
    """What this is, of when, made from what; and that the data are made up, where they are."""
    w, b = drawn.words, drawn.benchmark
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 84
    put(sheet, 1, 1, title, replace(TITLE, size=24))
    sheet.row_dimensions[1].height = 44
    subtitle = drawn.speech.to(drawn.scorer.questionnaire.title)
    put(sheet, 2, 1, subtitle, replace(SUBTITLE, size=13, wrap=False))
    sheet.row_dimensions[2].height = 24
    row = 3
    if b.made_up:
        words = w("Example: these results come from made-up answers. They say nothing about any council.")
        put(sheet, row, 1, words, replace(BANNER, size=13, wrap=False))
        put(sheet, row, 2, "", BANNER)
        sheet.row_dimensions[row].height = 30
        row += 1
    for label, value in _facts(drawn, made_on):
        row += 1
        put(sheet, row, 1, label, LABEL)
        put(sheet, row, 2, value)
        fit_row(sheet, row, [(value, 84, PLAIN)], least=20)
    sheet.sheet_view.showGridLines = False
    to_print(sheet, wide=False)


def _facts(drawn: Drawn, made_on: dt.date) -> Iterator[tuple[str, str]]:
    w, b = drawn.words, drawn.benchmark
    yield w("Period"), b.period
    if b.previous:
        yield w("Compared with"), b.previous
    submitted, all_of_them = b.n_submitted, b.n_members
    yield w("Councils"), w("{n} of {of} submitted answers", n=submitted, of=all_of_them)
    if b.drafts:
        names = [drawn.speech.to(o.name) for o in drawn.organisations if o.code in b.drafts]
        drafts = w("{n} of those who submitted: {names}", n=len(names), names=drawn.speech.listing(names))
        yield w("Drafts"), drafts
    if drawn.council:
        yield w("Seen from"), drawn.name(drawn.council)
    if only := only_in(drawn.scorer.questionnaire, drawn.speech.words):
        yield w("Language"), only
    for label, sha, reference in (
        (w("Questionnaire"), w("Questionnaire's SHA-256"), b.questionnaire),
        (w("Rubric"), w("Rubric's SHA-256"), b.rubric),
    ):
        yield label, w("{id}, version {version}", id=reference.id, version=reference.version)
        yield sha, reference.digest
    yield w("Made with"), w("maturity {version}", version=b.tool_version)
    yield w("Made on"), drawn.speech.date(made_on)


def write_contents(sheet: Worksheet, drawn: Drawn, entries: Sequence[tuple[str, str]]) -> None:
    """Every sheet with what it shows, each name a link; as a table."""
    w = drawn.words
    put(sheet, 1, 1, w("Contents"), TITLE)
    sheet.row_dimensions[1].height = 30
    about = w(
        "Sheets with data hold one table each. Explore sheets hold charts and formulas to try things out."
    )
    put(sheet, 2, 1, about, replace(SUBTITLE, wrap=False))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 90
    for column, heading in enumerate((w("Sheet"), w("What it shows")), 1):
        put(sheet, HEAD, column, heading, HEADER)
    sheet.row_dimensions[HEAD].height = 24
    for row, (name, about) in enumerate(entries, HEAD + 1):
        cell = put(sheet, row, 1, name, replace(LINK, edge=_EDGE, up="center"))
        link(cell, name, name)
        put(sheet, row, 2, about, Look(edge=_EDGE, up="center"))
        fit_row(sheet, row, [(about, 90, PLAIN)], least=21)
    _mark(sheet, HEAD + len(entries), 2)
    sheet.sheet_view.showGridLines = False
    to_print(sheet, wide=False)


def write_notes(sheet: Worksheet, drawn: Drawn, back: str, contents: str) -> None:
    """How to read the figures: symbols, definitions, levels, limits."""
    w = drawn.words
    about = w("What the symbols and figures mean, and how scores and levels come about.")
    head(sheet, w("Notes"), about, back, contents)
    widths = {"A": 24, "B": 30, "C": 90}
    for letter, width in widths.items():
        sheet.column_dimensions[letter].width = width
    for column, heading in enumerate((w("About"), w("Term"), w("Meaning")), 1):
        put(sheet, HEAD, column, heading, HEADER)
    sheet.row_dimensions[HEAD].height = 24
    row = HEAD
    for row, (kind, term, meaning) in enumerate(_notes(drawn), HEAD + 1):
        put(sheet, row, 1, kind, Look(edge=_EDGE))
        put(sheet, row, 2, term, Look(edge=_EDGE, bold=True))
        put(sheet, row, 3, meaning, Look(edge=_EDGE))
        fit_row(sheet, row, [(term, 30, LABEL), (meaning, 90, PLAIN)], least=20)
    _mark(sheet, row, 3)
    sheet.freeze_panes = f"A{HEAD + 1}"
    to_print(sheet, wide=True)


def _mark(sheet: Worksheet, last: int, columns: int) -> None:
    from openpyxl.worksheet.table import Table as Marked
    from openpyxl.worksheet.table import TableStyleInfo

    sheet.print_title_rows = f"{HEAD}:{HEAD}"
    name = table_name(sheet.title)
    marked = Marked(displayName=name, name=name, ref=f"A{HEAD}:{sheet.cell(last, columns).coordinate}")
    marked.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(marked)


def _notes(drawn: Drawn) -> Iterator[tuple[str, str, str]]:
    w, speech = drawn.words, drawn.speech
    symbols, figures = w("Symbols"), w("Figures")
    yield (
        symbols,
        "[x]",
        w(
            "Not scored: nothing, or too little, was answered, or too few councils were scored for this statistic. It is not zero."
        ),
    )
    if speech.unnamed:
        yield symbols, SUPPRESSED, suppressed_said(speech)
    yield symbols, "[z]", w("Not applicable.")
    yield (
        symbols,
        w("not submitted"),
        w("The council sent no answers for this period; the rest of its row is blank."),
    )
    yield symbols, "=", w("The council shares its rank with others: =4 of 22.")
    policy = drawn.scorer.rubric.policy
    yield (
        figures,
        w("Score"),
        w(
            "On the rubric's own scale, the same for every council and year; published with {places} decimals, rounded half up.",
            places=policy.round.places,
        ),
    )
    yield (
        figures,
        w("Rank"),
        w(
            "One more than the number of councils with a strictly higher published score. Small differences in score can be large ones in rank: look at the level and the position first."
        ),
    )
    yield (
        figures,
        w("Position"),
        w(
            "Upper quarter from the upper quartile on, lower quarter down from the lower quartile, else middle half; not assigned where there are no quartiles or both are the same."
        ),
    )
    yield (
        figures,
        w("Median, Q1 and Q3"),
        w(
            "Over all councils that are scored, interpolated as in Excel's QUARTILE.INC (Hyndman and Fan, type 7). The median is given from 5 councils on, the quartiles from 8."
        ),
    )
    yield (
        figures,
        w("Coverage"),
        w(
            "The share of weight that was answered, of what applies to the council. Below {share} a theme is not scored; other measures may demand more.",
            share=speech.percent(policy.min_coverage),
        ),
    )
    yield (
        figures,
        w("Change"),
        w(
            "Only councils scored in both periods. It is clear when it is at least what one answer moved by one option adds to the measure."
        ),
    )
    for name in drawn.scorer.rubric.measures:
        yield w("Measures"), speech.to(drawn.scorer.rubric.measures[name].name), _measure(drawn, name)
    for name in drawn.scorer.rubric.measures:
        yield from _bands(drawn, name)
    for limit in drawn.scorer.rubric.limits:
        meaning = f"{limit_said(speech, limit)} {speech.to(limit.because)}"
        yield w("Limits"), _limit_name(drawn, limit), meaning
    for name, outcome in drawn.scorer.rubric.outcomes.items():
        yield w("Verdicts"), speech.to(outcome.name), " ".join(rules_said(speech, name))
    if drawn.scorer.rubric.notes:
        yield w("Rubric"), speech.to(drawn.scorer.rubric.title), speech.to(drawn.scorer.rubric.notes)


def _measure(drawn: Drawn, name: str) -> str:
    """How a measure is built, in a sentence."""
    w, speech, measures = drawn.words, drawn.speech, drawn.scorer.rubric.measures
    measure = measures[name]
    of = w("answers") if measure.of == "items" else speech.to(measures[measure.of].name)
    reduce = reduce_text(measure, w)
    text = w("{reduce} of: {of}.", reduce=reduce[0].upper() + reduce[1:], of=of)
    minimum = (
        drawn.scorer.rubric.policy.min_coverage if measure.min_coverage is None else measure.min_coverage
    )
    text += " " + w("Scored from {share} coverage on.", share=speech.percent(minimum))
    if measure.weights:
        weights = "; ".join(f"{group} {exact(weight)}" for group, weight in measure.weights.items())
        text += " " + w("Weights: {weights}; others 1.", weights=weights)
    return text


def _bands(drawn: Drawn, measure: str) -> Iterator[tuple[str, str, str]]:
    """A set of levels once, at the first measure that uses it."""
    w, speech, rubric = drawn.words, drawn.speech, drawn.scorer.rubric
    bands = rubric.measures[measure].bands
    first = next((m for m, rule in rubric.measures.items() if rule.bands == bands), None)
    if bands is None or first != measure:
        return
    levels = speech.levels(measure)
    for level, above in zip(levels, [*levels[1:], None], strict=True):
        low = speech.score(level.band.from_)
        span = w("From {low}.", low=low)
        if above is not None:
            span = w("From {low} to below {high}.", low=low, high=speech.score(above.band.from_))
        text = speech.to(level.band.description) if level.band.description else ""
        yield (
            w("Levels"),
            w("Level {number}: {name}", number=level.number, name=level.name),
            f"{span} {text}".strip(),
        )


def _limit_name(drawn: Drawn, limit: Limit) -> str:
    where = ", ".join(drawn.speech.dimension(value) for value in limit.where.values())
    name = where or drawn.speech.to(drawn.scorer.rubric.measures[limit.measure].name)
    return drawn.words("{name}: at most {score}", name=name, score=drawn.speech.score(limit.at_most))
