"""Dates are written as dates: '20260331' and '5' in quotes would be read as seconds since 1970."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maturity.checks.subjects import AnsweredSubject
from maturity.models.problem import Kind, Phrase, Problem, Said
from maturity.sources.yaml_reader import Loc

NOT_WRITTEN_OUT = Kind(
    "A003",
    "error",
    "'{found}' is not written as a date.",
    "Write year, month and day with hyphens, as in 2026-03-31{time}.",
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?")


def check(subject: AnsweredSubject) -> Iterator[Problem]:
    data = subject.document.data
    if not isinstance(data, dict):  # A workbook has no such data; its dates are cells.
        return
    for key in ("started", "updated"):
        if data.get(key) is not None and not _TIME.fullmatch(str(data[key])):
            yield _problem(subject, (key,), data[key], time=Phrase(", with a time or without"))
    for question_id, answer in subject.assessment.answers.items():
        for i, evidence in enumerate(answer.evidence):
            if evidence.date is None:
                continue
            found = data["answers"][question_id]["evidence"][i]["date"]
            if not _DAY.fullmatch(str(found)):
                yield _problem(subject, ("answers", question_id, "evidence", i, "date"), found, time="")


def _problem(subject: AnsweredSubject, loc: Loc, found: object, *, time: Said) -> Problem:
    written = subject.document.written.get(loc, found)
    return subject.document.problem(NOT_WRITTEN_OUT, loc, found=written, time=time)
