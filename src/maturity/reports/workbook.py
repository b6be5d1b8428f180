"""Workbooks: a benchmark to read, filter and play with, and the scores of a folder of answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from maturity.intake.xlsx import new_workbook, sheet_name, to_bytes
from maturity.locale.words import Words
from maturity.models.benchmark import Benchmark
from maturity.models.register import Register
from maturity.models.scorecard import Scorecard
from maturity.models.text import Language
from maturity.reports.data_analysis import analysis
from maturity.reports.data_change import change, change_by_council, not_submitted
from maturity.reports.data_evidence import divided, evidence, evidence_by_council
from maturity.reports.data_firm import firmness, hanging
from maturity.reports.data_peers import peer_groups, peer_members
from maturity.reports.data_periods import (
    change_parts,
    change_parts_by_council,
    own_earlier_answers,
    own_periods,
    periods,
)
from maturity.reports.data_scores import dimensions, overall, own_position, themes, verdicts
from maturity.reports.data_summaries import answers, findings, levels, numbers, statistics
from maturity.reports.data_together import lessons, pairs, shared_steps, wanted, wanted_by_group
from maturity.reports.drawn import Drawn
from maturity.reports.scores_rows import Rows
from maturity.reports.scores_table import data_table, scores_notes, scores_table
from maturity.reports.sheets import Table, mark_made_up, write_table
from maturity.reports.speech import Speech
from maturity.reports.workbook_explore import Explorer, write_heatmap, write_levels, write_medians
from maturity.reports.workbook_front import write_contents, write_cover, write_notes
from maturity.reports.workbook_weights import can_be_tried, write_weights
from maturity.scoring.score import Scorer

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

TABLES: tuple[Callable[[Drawn], Table | None], ...] = (
    own_position,
    overall,
    dimensions,
    themes,
    verdicts,
    statistics,
    levels,
    findings,
    answers,
    numbers,
    change,
    change_by_council,
    not_submitted,
    periods,
    change_parts,
    change_parts_by_council,
    own_periods,
    own_earlier_answers,
    peer_groups,
    peer_members,
    firmness,
    hanging,
    divided,
    evidence,
    evidence_by_council,
    wanted,
    wanted_by_group,
    shared_steps,
    pairs,
    lessons,
    analysis,
)
"""The data sheets, in order; a maker gives None where there is nothing to show."""


def benchmark_workbook(
    scorer: Scorer,
    benchmark: Benchmark,
    language: Language,
    *,
    made_on: dt.date,
    council: str | None = None,
) -> bytes:
    """The benchmark as an xlsx file; the same arguments always give the same bytes.

    `council` is the code of the council from whose side it is seen: its rows stand out, and one sheet sets it
    beside the others. Every council is named that the benchmark names.
    """
    drawn = Drawn(scorer, benchmark, Speech(scorer, language, benchmark), council)
    w = drawn.words
    title = w("Digital maturity benchmark, {period}", period=benchmark.period)
    workbook = new_workbook()
    write_cover(_sheet(workbook, w("Cover")), drawn, title, made_on)
    contents = _sheet(workbook, w("Contents"))
    back = w("Back to the contents")
    notes = _sheet(workbook, w("Notes"))
    write_notes(notes, drawn, back, contents.title)
    entries = [(notes.title, w("What the symbols and figures mean, and how scores and levels come about."))]
    for maker in TABLES:
        table = maker(drawn)
        if table is not None:
            entries.append((write_table(workbook, table, back, contents.title).title, table.title))
    explorer = Explorer(drawn, back, contents.title)
    entries += [(name, about) for name, about in _explore(workbook, explorer)]
    write_contents(contents, drawn, entries)
    if benchmark.made_up:
        mark_made_up(workbook.worksheets, drawn.speech.words, titled=workbook.worksheets[1:])
    workbook.active = 0
    return to_bytes(
        workbook, title=title, language=language, made_on=made_on, alternatives=explorer.alternatives
    )


def scores_workbook(
    scorer: Scorer,
    scorecards: Sequence[Scorecard],
    register: Register,
    language: Language,
    made_on: dt.date,
    data: Sequence[Rows] = (),
) -> bytes:
    """The scorecards as an xlsx file: a sheet with one row each, one with what its columns mean, and one for each of
    `data`, for programs to read.
    """
    words = Words(language)
    speech = Speech(scorer, language)
    workbook = new_workbook()
    notes = sheet_name(words("Notes"), [])
    scores = sheet_name(words("Scores"), [])
    write_table(
        workbook, scores_table(scorer, scorecards, register, speech), words("About these scores"), notes
    )
    write_table(workbook, scores_notes(scorer, scorecards, speech), words("Back to the scores"), scores)
    for rows in data:
        write_table(workbook, data_table(rows, words), words("Back to the scores"), scores)
    if any(card.made_up for card in scorecards):
        mark_made_up(workbook.worksheets, words, titled=workbook.worksheets)
    workbook.active = 0
    return to_bytes(workbook, title=words("Digital maturity scores"), language=language, made_on=made_on)


def _sheet(workbook: Workbook, name: str) -> Worksheet:
    sheet: Worksheet = workbook.create_sheet(sheet_name(name, workbook.sheetnames))
    return sheet


def _explore(workbook: Workbook, explorer: Explorer) -> list[tuple[str, str]]:
    """Writes the Explore sheets that make sense for this rubric; their names and what they show."""
    drawn = explorer.drawn
    w, measured = drawn.words, [c for c in (drawn.benchmark.overall, *drawn.benchmark.dimensions) if c]
    sheets: list[tuple[str, str, Callable[[Worksheet, Explorer], None]]] = []
    if measured:
        sheets.append((w("Explore medians"), w("Chart: the median of every dimension"), write_medians))
        if any(drawn.tells(c.summary.n) and n is not None for c in measured for _, n in c.levels):
            sheets.append(
                (w("Explore levels"), w("Chart: how many councils are at each level"), write_levels)
            )
    if measured and drawn.benchmark.named:
        sheets.append(
            (w("Explore heatmap"), w("Every council's score in every dimension, coloured"), write_heatmap)
        )
    if measure := can_be_tried(drawn):
        write = partial(write_weights, measure=measure)
        sheets.append(
            (w("Explore weights"), w("Try other weights: overall scores follow by formulas"), write)
        )
    entries = []
    for name, about, write_sheet in sheets:
        sheet = _sheet(workbook, name)
        write_sheet(sheet, explorer)
        entries.append((sheet.title, about))
    return entries
