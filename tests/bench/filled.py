"""Filled-in templates by the thousand, all different: a blank one that the program made, with answers put into its XML.

Made by the program one by one they would take a tenth of a second each; what is put in stands exactly as it writes it.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from maturity.intake.layout import choice, option_row_id
from maturity.intake.template import template_workbook
from maturity.locale.words import Words
from maturity.models.questionnaire import NumberQuestion, Question
from maturity.sources.registers import wales
from maturity.sources.shelf import open_questionnaire

SEED = 2026
ENGLISH = Words("en")
ROW = re.compile(
    rb'<row r="([0-9]+)"[^>]*><c r="A[0-9]+"[^>]*><is><t>([a-z0-9.:_-]+)</t></is></c>.*?</row>', re.DOTALL
)


def fill(folder: Path, files: int) -> None:
    """So many workbooks of Wales's councils for as many periods as it takes; three questions in ten have evidence or a
    note that nobody else has, one in fifteen is left open. Seeded."""
    folder.mkdir()
    questionnaire, loaded = open_questionnaire("socitm@1.0.0")
    content = template_workbook(
        questionnaire,
        loaded.digest,
        ENGLISH,
        organisation=None,
        period=None,
        register=wales(),
        assessment=None,
        made_on=dt.date(2026, 10, 1),
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        blank = {name: archive.read(name) for name in archive.namelist()}
    rng = random.Random(SEED)
    councils = [one.name.to("en") for one in wales().organisations]
    periods = _periods()
    for number in range(files):
        if number % len(councils) == 0:
            period = next(periods)
        cells = {"organisation": {"C": councils[number % len(councils)]}, "period": {"C": period}}
        for question in questionnaire.questions.values():
            cells |= _answered(question, rng, f"{period}, {number}")
        _write(folder / f"{number:05}.xlsx", blank, cells)


def _write(path: Path, blank: dict[str, bytes], cells: dict[str, dict[str, str]]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in blank.items():
            sheet = name.startswith("xl/worksheets/")
            archive.writestr(name, ROW.sub(lambda row: _row(row, cells), part) if sheet else part)


def _periods() -> Iterator[str]:
    for year in range(1990, 2090):
        yield from (
            str(year),
            *(f"{year}-Q{n}" for n in range(1, 5)),
            *(f"{year}-{n:02}" for n in range(1, 13)),
        )


def _answered(question: Question, rng: random.Random, mark: str) -> dict[str, dict[str, str]]:
    """Row's id → column → what is put there."""
    if rng.random() < 1 / 15:
        return {}
    beside = {}
    if rng.random() < 0.3:
        beside = {"I": f"Cabinet paper {rng.randrange(1000)} of {mark}", "K": f"Agreed in {mark} & kept"}
    if question.type == "several":
        marks = [rng.choice(("Yes", "No")) for _ in question.choices]
        first = rng.randrange(len(marks))
        if any(option.exclusive for option in question.choices):
            # One that cannot be chosen with others is chosen alone, or not at all.
            marks = [
                "No" if option.exclusive else sign
                for option, sign in zip(question.choices, marks, strict=True)
            ]
            first = next(n for n, option in enumerate(question.choices) if not option.exclusive)
        marks[first] = "Yes"
        rows = {option_row_id(question, o): {"F": m} for o, m in zip(question.choices, marks, strict=True)}
        return {question.id: beside, **rows}
    if question.choices:
        said = choice(question, rng.choice(question.choices), ENGLISH)
    else:
        said = str(rng.randrange(2, 90)) if isinstance(question, NumberQuestion) else f"Words of {mark}"
    return {question.id: {"F": said, **beside}}


def _row(match: re.Match[bytes], cells: dict[str, dict[str, str]]) -> bytes:
    row, said = match[0], cells.get(match[2].decode(), {})
    for column, text in said.items():
        cell = re.compile(
            rb'<c r="%s%s"( s="[0-9]+")[^>]*(?:/>|>.*?</c>)' % (column.encode(), match[1]), re.DOTALL
        )
        put = b'<c r="%s%s"\\1 t="inlineStr"><is><t>%s</t></is></c>'
        row, done = cell.subn(put % (column.encode(), match[1], escape(text).encode()), row)
        assert done == 1, (match[2], column)
    return row
