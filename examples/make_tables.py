"""Writes some councils' made-up answers as tables, in the forms that survey tools and people make of them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from maturity.models.assessment import Answer, Assessment
from maturity.models.questionnaire import Question, Questionnaire
from maturity.models.text import Language
from maturity.sources.files import write_atomically

IN_WIDE = ("Bridgend", "Torfaen", "Newport")
IN_LONG = ("Conwy", "Gwynedd", "Ceredigion")
IN_FORMS = ("Caerphilly", "Powys", "Wrexham")
IN_OWN = ("Flintshire", "Denbighshire", "Monmouthshire")
ABOUT = ("council", "period", "role", "status", "made_up", "questionnaire")
Rows = list[list[Any]]


def write_tables(folder: Path, questionnaire: Questionnaire, assessments: Sequence[Assessment]) -> None:
    """Wide and long CSV, an export of a form, and a table with headings of its own and the mapping for it."""
    by_name = {one.organisation: one for one in assessments}
    write_atomically(folder / "wide.csv", _csv(_wide(questionnaire, [by_name[n] for n in IN_WIDE]), ","))
    write_atomically(folder / "long.csv", _csv(_long(questionnaire, [by_name[n] for n in IN_LONG]), ";"))
    forms = _forms(questionnaire, [by_name[n] for n in IN_FORMS])
    write_atomically(folder / "forms.xlsx", _xlsx(forms))
    own, mapping = _own(questionnaire, [by_name[n] for n in IN_OWN])
    write_atomically(folder / "own-headings.csv", _csv(own, ","))
    write_atomically(folder / "own-headings.yaml", mapping)


def _about(one: Assessment) -> list[str]:
    role = one.respondent.role if one.respondent else None
    asked = f"{one.questionnaire.id}@{one.questionnaire.version}"
    return [one.organisation, one.period, role or "", one.status, "yes", asked]


def _shown(question: Question, answer: Answer, language: Language | None) -> str:
    """By id, or in words as forms export them: several with a semicolon after each."""
    if answer.not_applicable:
        return "Not applicable"
    value = answer.value
    if isinstance(value, float):
        return f"{value:g}%" if 0 < value <= 1 else f"{value:g}"
    texts = {option.id: option.text.to(language or "en") for option in question.choices}
    if isinstance(value, tuple):
        return "".join(f"{texts[v]};" for v in value) if language else ";".join(value)
    return texts.get(str(value), str(value).replace("_", " ")) if language else str(value)


def _wide(questionnaire: Questionnaire, assessments: Sequence[Assessment]) -> Rows:
    """A row a council, a column a question by id, and one for the reason where 'not applicable' is offered."""
    questions = list(questionnaire.questions.values())
    heads = [h for q in questions for h in ([q.id, f"{q.id} reason"] if q.not_applicable else [q.id])]
    rows: Rows = [[*ABOUT, *heads]]
    for one in assessments:
        row: list[Any] = _about(one)
        for question in questions:
            answer = one.answers.get(question.id, Answer())
            row.append(_shown(question, answer, None) if answer.given else "")
            row += [answer.reason or ""] if question.not_applicable else []
        rows.append(row)
    return rows


def _long(questionnaire: Questionnaire, assessments: Sequence[Assessment]) -> Rows:
    """A row an answer, with notes, evidence and reasons."""
    rows: Rows = [[*ABOUT, "question", "answer", "note", "evidence", "evidence date", "reason"]]
    for one in assessments:
        for question in questionnaire.questions.values():
            answer = one.answers.get(question.id)
            if answer is not None:
                proof = answer.evidence[0] if answer.evidence else None
                more = [answer.note, proof and proof.text, proof and proof.date, answer.reason]
                rows.append([*_about(one), question.id, _shown(question, answer, None), *more])
    return rows


def _forms(questionnaire: Questionnaire, assessments: Sequence[Assessment]) -> Rows:
    """As Microsoft Forms exports: its own columns first, the questions' texts as headings, sentences as answers."""
    questions = list(questionnaire.questions.values())
    heads = [
        h
        for q in questions
        for h in ([q.text.to("en"), f"{q.text.to('en')} - Reason"] if q.not_applicable else [q.text.to("en")])
    ]
    first = ["ID", "Start time", "Completion time", "Email", "Name"]
    rows: Rows = [
        [*first, "Which council?", "Year", "Job title", "Status", "Made up", "Questionnaire", *heads]
    ]
    for number, one in enumerate(assessments, 1):
        began = datetime(2026, 9, 7, 9, 30) + timedelta(hours=number)
        row: list[Any] = [number, began, began + timedelta(minutes=40), "anonymous", ""]
        row += [*_about(one)[:1], int(one.period), *_about(one)[2:]]
        for question in questions:
            answer = one.answers.get(question.id, Answer())
            whole = isinstance(answer.value, float) and (answer.value == 0 or answer.value > 1)
            row.append(answer.value if whole else _shown(question, answer, "en") if answer.given else "")
            row += [answer.reason or ""] if question.not_applicable else []
        rows.append(row)
    return rows


def _own(questionnaire: Questionnaire, assessments: Sequence[Assessment]) -> tuple[Rows, str]:
    """The first theme under headings of somebody's own, with levels counted from 0, and the mapping that says so."""
    questions = list(questionnaire.dimensions[0].themes[0].questions)
    rows: Rows = [["Authority", "Made up", "Remarks", *(f"Q{n}" for n, _ in enumerate(questions, 1))]]
    for one in assessments:
        codes = [_code(q, one.answers.get(q.id, Answer())) for q in questions]
        rows.append([one.organisation, "yes", "By telephone", *codes])
    return rows, "\n".join(_mapping(questionnaire, questions)) + "\n"


def _code(question: Question, answer: Answer) -> str:
    ids = [option.id for option in question.choices]
    if answer.value in ids:
        return str(ids.index(str(answer.value)))
    return _shown(question, answer, None) if answer.given else ""


def _mapping(questionnaire: Questionnaire, questions: Sequence[Question]) -> Iterator[str]:
    yield "format: maturity-mapping/1"
    yield f"questionnaire: {{id: {questionnaire.id}, version: {questionnaire.version}}}"
    yield "period: '2026'"
    yield "columns:"
    yield "  Remarks: ignore"
    for number, question in enumerate(questions, 1):
        yield f"  Q{number}: {{question: {question.id}}}"
    yield "answers:"
    for question in questions:
        if question.choices:
            yield f"  {question.id}:"
            for number, option in enumerate(question.choices):
                yield f'    "{number}": {option.id}'


def _csv(rows: Rows, separator: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: Rows) -> bytes:
    """The same bytes every time: openpyxl stamps the clock into what it saves."""
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Form1"
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    workbook.properties.created = workbook.properties.modified = datetime(2026, 9, 30)
    draft, final = io.BytesIO(), io.BytesIO()
    ExcelWriter(workbook, zipfile.ZipFile(draft, "w")).save()
    with zipfile.ZipFile(draft) as old, zipfile.ZipFile(final, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return final.getvalue()
