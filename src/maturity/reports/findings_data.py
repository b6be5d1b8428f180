"""Findings for analysts: as JSON with their sentences in both languages, and as a table with a row an answer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict

from maturity.benchmark.quotable import all_sentences, headline_sentence, option_sentence
from maturity.locale.words import Words
from maturity.models.benchmark import Benchmark
from maturity.models.findings import QuestionFinding
from maturity.models.questionnaire import Questionnaire
from maturity.models.text import LANGUAGES, Language
from maturity.reports.tables import guarded
from maturity.scoring.numbers import settle

Cell = str | float | int | None
FINDINGS_FORMAT = "maturity-findings/1"
COLUMNS = (
    "dimension",
    "theme",
    "question",
    "type",
    "answered",
    "option",
    "count",
    "share",
    "median",
    "q1",
    "q3",
    "split",
    "answered_in_both",
    "change",
    "sentence",
)
"""`change` is the difference of the share, or, of numbers, the median difference."""


def findings_json(benchmark: Benchmark, asked: Questionnaire, chosen: Sequence[QuestionFinding]) -> str:
    """Everything of the findings chosen, in their order."""
    data = {
        "format": FINDINGS_FORMAT,
        "period": benchmark.period,
        "previous": benchmark.previous,
        "questionnaire": asdict(benchmark.questionnaire),
        "tool_version": benchmark.tool_version,
        "made_up": benchmark.made_up,
        "findings": [_plain(benchmark, asked, finding) for finding in chosen],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def findings_csv(asked: Questionnaire, chosen: Sequence[QuestionFinding], language: Language) -> str:
    """A row for each answer to each question, or for each question that is answered by a number."""
    words = Words(language)
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    write(COLUMNS)
    for row in (row for finding in chosen for row in _rows(asked, finding, words)):
        write([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def _plain(benchmark: Benchmark, asked: Questionnaire, finding: QuestionFinding) -> dict[str, object]:
    question = asked.questions[finding.question]
    declared = [
        {"id": f.id, "count": f.count, "answered": f.answered, "text": dict(f.text.root)}
        for f in benchmark.findings
        if f.question == finding.question and finding.told
    ]
    sentences = {
        language: all_sentences(finding, question, benchmark.findings, Words(language))
        for language in LANGUAGES
    }
    return asdict(finding) | {"text": dict(question.text.root), "declared": declared, "sentences": sentences}


def _rows(asked: Questionnaire, finding: QuestionFinding, words: Words) -> list[tuple[Cell, ...]]:
    question, moved = asked.questions[finding.question], finding.moved
    head = (finding.dimension, finding.theme, finding.question, finding.type, finding.answered)
    figures = (finding.median, finding.q1, finding.q3, finding.split, moved.n if moved else None)
    if not finding.options:
        change = moved.median_difference if moved else None
        return [(*head, None, None, None, *figures, change, headline_sentence(finding, question, words))]
    return [
        (
            *head,
            one.option,
            one.count,
            settle(one.count / finding.answered),
            *figures,
            one.change,
            option_sentence(finding, question, one.option, words),
        )
        for one in finding.options
    ]
