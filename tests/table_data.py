"""What the tests of tables share: answers as rows, wide or long, by id or in words, and files made of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from maturity.intake.collect import collect
from maturity.intake.tables import How, Taken, read_file
from maturity.models.assessment import DONT_KNOW, Answer, Assessment
from maturity.models.problem import Problem
from maturity.models.questionnaire import Question, Questionnaire
from maturity.models.text import Language
from maturity.sources.registers import wales
from maturity.sources.shelf import open_questionnaire

ROOT = Path(__file__).parent.parent
Rows = list[list[Any]]
HEAD = ["council", "period", "role", "status", "made_up"]


def socitm() -> Questionnaire:
    """The questionnaire of the examples."""
    return open_questionnaire("socitm@1.0.0")[0]


@cache
def truth() -> dict[str, Assessment]:
    """What 21 councils answered in 2026: council's name → answers, without what only YAML can hold."""
    collected = collect([ROOT / "examples" / "wales-2026"], wales()).assessments
    plain = {}
    for one in collected:
        answers = {
            name: Answer(value=answer.value)
            for name, answer in one.assessment.answers.items()
            if answer.value is not None
        }
        plain[one.assessment.organisation] = one.assessment.model_copy(update={"answers": answers})
    return plain


def by_id(question: Question, answer: Answer) -> str:
    """An answer as ids, with decimals only where there are some."""
    value = answer.value
    if isinstance(value, tuple):
        return ";".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def in_words(language: Language) -> Callable[[Question, Answer], str]:
    """An answer as survey tools export it: labels, several of them joined and ended by semicolons."""

    def shown(question: Question, answer: Answer) -> str:
        texts = {o.id: o.text.to(language) for o in question.choices}
        if isinstance(answer.value, tuple):
            return "".join(texts[one] + ";" for one in answer.value)
        if answer.value == DONT_KNOW:
            return "Don't know" if language == "en" else "Ddim yn gwybod"
        return texts[answer.value] if isinstance(answer.value, str) and texts else by_id(question, answer)

    return shown


def wide(
    answers: Sequence[Assessment],
    questionnaire: Questionnaire,
    show: Callable[[Question, Answer], str] = by_id,
    heading: Callable[[Question], str] = lambda question: question.id,
) -> Rows:
    """A row a council, a column a question."""
    questions = list(questionnaire.questions.values())
    rows: Rows = [[*HEAD, *map(heading, questions)]]
    for one in answers:
        cells = [show(q, one.answers[q.id]) if q.id in one.answers else "" for q in questions]
        rows.append([*about(one), *cells])
    return rows


def long(
    answers: Sequence[Assessment],
    questionnaire: Questionnaire,
    show: Callable[[Question, Answer], str] = by_id,
    heading: Callable[[Question], str] = lambda question: question.id,
) -> Rows:
    """A row an answer."""
    rows: Rows = [[*HEAD, "question", "answer"]]
    for one in answers:
        for question in questionnaire.questions.values():
            if question.id in one.answers:
                rows.append([*about(one), heading(question), show(question, one.answers[question.id])])
    return rows


def about(one: Assessment) -> list[str]:
    role = one.respondent.role if one.respondent else None
    return [one.organisation, one.period, role or "", one.status, "yes" if one.made_up else "no"]


def csv_bytes(rows: Rows, separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_bytes(rows: Rows, change: Callable[[Any], None] = lambda _workbook: None) -> bytes:
    """A workbook with these rows on its first sheet, called Answers."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Answers"
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    change(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def taken(folder: Path, content: bytes, name: str = "t.csv", how: How | None = None) -> Taken:
    """Reads what is in a file of that name."""
    path = folder / name
    path.write_bytes(content)
    return read_file(path, name, wales(), how or How(asked=socitm()))


def errors(problems: Sequence[Problem]) -> list[str]:
    """The codes of the errors, in order."""
    return [p.kind.code for p in problems if p.kind.severity == "error"]


def told(problems: Sequence[Problem]) -> set[tuple[str, str]]:
    """Codes and places."""
    return {(p.kind.code, str(p.place)) for p in problems}
