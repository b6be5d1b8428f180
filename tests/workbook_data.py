"""What the tests of workbooks share: a small questionnaire of every type, answers to it, and ways to damage files."""

from __future__ import annotations

import atexit
import datetime as dt
import functools
import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from maturity.benchmark.compare import compare
from maturity.intake.template import template_workbook
from maturity.locale.words import SideBySide, Words
from maturity.models.assessment import Answer, Assessment, Evidence, QuestionnaireRef, Respondent
from maturity.models.benchmark import Benchmark
from maturity.models.problem import Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.rubric import Rubric
from maturity.scoring.score import Scorer
from maturity.sources.load import Loaded
from maturity.sources.registers import wales
from maturity.sources.structure import to_model
from maturity.sources.yaml_reader import read_yaml

MADE_ON = dt.date(2026, 10, 1)
Speech = Literal["en", "cy", "both"]
SPEECHES: tuple[Speech, ...] = ("en", "cy", "both")


def speech(language: Speech) -> Words:
    """What a template speaks."""
    return SideBySide() if language == "both" else Words(language)


QUESTIONNAIRE = """
format: maturity-questionnaire/1
id: small
version: 1.0.0
title: {en: "=A small questionnaire", cy: "=Holiadur bach"}
dimensions:
  - id: lead
    name: {en: "Leading: a/b [test]", cy: Arwain}
    description: {en: How it is led., cy: Sut mae'n cael ei arwain.}
    themes:
      - id: plan
        name: {en: Plan, cy: Cynllun}
        questions:
          - id: lead.plan.place
            type: level
            text: {en: Is there a plan?, cy: "A oes cynllun?"}
            help: {en: Why we ask., cy: Pam rydym yn gofyn.}
            evidence: {en: The plan., cy: Y cynllun.}
            not_applicable: true
            options:
              - {id: none, text: {en: "There is no plan: nobody has begun – “not yet”.", cy: "Nid oes cynllun: nid oes neb wedi dechrau."}}
              - {id: drafted, text: {en: "A plan is drafted, and councillors haven't agreed it.", cy: "Mae cynllun wedi'i ddrafftio, heb ei gytuno."}}
              - {id: agreed, text: {en: "=Councillors have agreed a plan.", cy: "Mae cynghorwyr wedi cytuno ar gynllun, yn ôl y cofnodion."}}
          - id: lead.plan.money
            type: level
            text: {en: Is there money for it?, cy: "A oes arian ar ei gyfer?"}
            options:
              - {id: none, text: {en: There is no money for the plan., cy: Nid oes arian ar gyfer y cynllun.}}
              - {id: some, text: {en: There is money for a part of the plan., cy: Mae arian ar gyfer rhan o'r cynllun.}}
              - {id: all, text: {en: There is money for the whole of the plan., cy: Mae arian ar gyfer y cynllun cyfan.}}
          - id: lead.plan.named
            type: yes_no
            text: {en: Is somebody named?, cy: "A oes rhywun wedi'i enwi?"}
          - id: lead.plan.read
            type: yes_no
            text: {en: Is it read?, cy: "A yw'n cael ei ddarllen?"}
            not_applicable: true
  - id: serve
    name: {en: Serving, cy: Gwasanaethu}
    themes:
      - id: online
        name: {en: Online, cy: Ar-lein}
        questions:
          - id: serve.online.share
            type: number
            number: {unit: {en: "%", cy: "%"}, min: 0, max: 100, decimals: 1, dont_know: true}
            text: {en: What share is online?, cy: Pa gyfran sydd ar-lein?}
          - id: serve.online.days
            type: number
            number: {unit: {en: days, cy: diwrnod}, min: 0, decimals: 0}
            text: {en: How many days?, cy: Sawl diwrnod?}
          - id: serve.online.ways
            type: several
            text: {en: Which ways?, cy: Pa ffyrdd?}
            not_applicable: true
            options:
              - {id: phone, text: {en: By telephone, cy: Dros y ffôn}}
              - {id: desk, text: {en: At a desk, cy: Wrth ddesg}}
              - {id: none, exclusive: true, text: {en: None of these, cy: Dim un o'r rhain}}
          - id: serve.online.words
            type: text
            text: {en: Anything else?, cy: Unrhyw beth arall?}
"""

RUBRIC = """
format: maturity-rubric/1
id: small
version: 1.0.0
title: {en: Small, cy: Bach}
questionnaire: {id: small, versions: ">=1.0.0"}
policy: {min_coverage: 0.5, round: {places: 2, mode: half_up}}
items:
  lead.plan.place: {scale: {none: 0, drafted: 1, agreed: 3}}
  lead.plan.money: {scale: {none: 0, some: 1, all: 3}, weight: 2}
  lead.plan.named: {scale: {"no": 0, "yes": 3}}
  lead.plan.read: {scale: {"no": 0, "yes": 3}}
  serve.online.share: {bands: [{from: 0, value: 0}, {from: 30, value: 1}, {from: 60, value: 3}]}
  serve.online.days: {bands: [{from: 0, value: 3}, {from: 10, value: 0}]}
  serve.online.ways: {per_choice: {phone: 1, desk: 2, none: 0}}
not_scored: [serve.online.words]
measures:
  dimension: {name: {en: Dimension, cy: Dimensiwn}, of: items, by: [dimension], bands: levels}
  overall: {name: {en: Overall, cy: Cyfanswm}, of: dimension, weights: {lead: 1.5}, bands: levels, min_coverage: 0.5}
limits:
  - id: no-money
    measure: overall
    at_most: 0.99
    when: {item: lead.plan.money, below: 1}
    because: {en: Without money nothing happens., cy: Heb arian nid oes dim yn digwydd.}
bands:
  levels:
    - {from: 0, id: low, name: {en: Low, cy: Isel}}
    - {from: 1, id: mid, name: {en: Middle, cy: Canol}}
    - {from: 2, id: high, name: {en: High, cy: Uchel}}
"""


def _loaded(text: str, model: type[Any]) -> Loaded:
    document = read_yaml(text.encode(), "small.yaml")
    found, problems = to_model(model, document)
    assert not problems and not document.problems, problems or document.problems
    return Loaded(Path("small.yaml"), document, found, [])


_ASKED = _loaded(QUESTIONNAIRE, Questionnaire)
_VALUED = _loaded(RUBRIC, Rubric)


def small() -> tuple[Questionnaire, Loaded]:
    """The small questionnaire and the file it was loaded from."""
    assert isinstance(_ASKED.model, Questionnaire)
    return _ASKED.model, _ASKED


def open_small(wanted: str) -> tuple[Questionnaire, Loaded]:
    """Stands in for the shelf."""
    from maturity.models.problem import MaturityError, Place
    from maturity.sources.shelf import NO_QUESTIONNAIRE

    if wanted != "small@1.0.0":
        raise MaturityError(
            Problem(NO_QUESTIONNAIRE, Place(wanted), {"wanted": wanted, "known": "small@1.0.0"})
        )
    return small()


def scorer() -> Scorer:
    """Scores the small questionnaire."""
    assert isinstance(_VALUED.model, Rubric)
    return Scorer.of(*small(), _VALUED.model, _VALUED)


def assessment(organisation: str = "Ynys Môn", period: str = "2026", **answers: Answer) -> Assessment:
    """Answers of every type, of which `answers` (dots as double underscores) replace some."""
    given = {
        "lead.plan.place": Answer(
            value="agreed",
            note="=1+1 is a note,\nof two lines",
            evidence=(
                Evidence(text="https://example.org/plan", date=dt.date(2026, 3, 31)),
                Evidence(text="@Minutes, page 4"),
            ),
            sure="fairly",
        ),
        "lead.plan.money": Answer(
            value="some", evidence=(Evidence(text="Budget", date=dt.date(2025, 2, 1)),)
        ),
        "lead.plan.named": Answer(value="no"),
        "lead.plan.read": Answer(not_applicable=True, reason="Nobody is named, so nobody reads."),
        "serve.online.share": Answer(value=45.5),
        "serve.online.days": Answer(value=12.0, note="-3 on Fridays"),
        "serve.online.ways": Answer(value=("phone", "desk")),
        "serve.online.words": Answer(value="+44 is how our numbers start"),
    }
    given |= {name.replace("__", "."): answer for name, answer in answers.items()}
    return Assessment(
        format="maturity-assessment/1",
        questionnaire=QuestionnaireRef(id="small", version="1.0.0"),
        organisation=organisation,
        period=period,
        respondent=Respondent(name="=cmd|' /C calc'!A0", role="Head of Digital"),
        status="submitted",
        made_up=True,
        answers={k: a for k, a in given.items() if a != Answer()},
    )


def template(language: Speech = "en", filled: Assessment | None = None, digest: str | None = None) -> bytes:
    """A template of the small questionnaire."""
    questionnaire, loaded = small()
    return template_workbook(
        questionnaire,
        digest or loaded.digest,
        speech(language),
        organisation=None,
        period=None,
        register=wales(),
        assessment=filled,
        made_on=MADE_ON,
    )


def edited(content: bytes, change: Callable[[Any], None]) -> bytes:
    """The workbook after a person's hand: `change` gets it as openpyxl opens it."""
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    change(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def column(sheet: Worksheet, heading: str) -> int:
    """The number of the column of that heading, counted from 1."""
    for row in sheet.iter_rows(max_row=12):
        for cell in row:
            if cell.value == heading:
                assert cell.column is not None
                return int(cell.column)
    raise KeyError(heading)


def row_of(sheet: Worksheet, name: str) -> int:
    """The number of the row that carries that id."""
    return next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == name and cell.row)


def cell_of(workbook: Any, name: str, heading: str = "Your answer") -> Any:
    """The cell of a question's (or fact's) row in the column of that heading."""
    for sheet in workbook.worksheets:
        names = [cell.value for (cell,) in sheet.iter_rows(max_col=1)]
        if name in names and not sheet.title.startswith("_"):
            return sheet.cell(row_of(sheet, name), column(sheet, heading))
    raise KeyError(name)


@functools.cache
def office_profile() -> str:
    """LibreOffice's own settings, as it makes them when it is first started: once for all starts by this process."""
    folder = Path(tempfile.mkdtemp(prefix="maturity-office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return f"-env:UserInstallation={folder.as_uri()}"


def through_libreoffice(content: bytes, folder: Path, kind: str, source: str = "xlsx") -> bytes:
    """The file as LibreOffice opens and saves it (`kind`: xlsx, ods, pdf). Fails where there is no LibreOffice."""
    return all_through_libreoffice([content], folder, kind, source)[0]


def all_through_libreoffice(
    contents: list[bytes], folder: Path, kind: str, source: str = "xlsx"
) -> list[bytes]:
    """Each of these files as LibreOffice opens and saves it, which is started once for all."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "LibreOffice is needed for this test: install libreoffice-calc"
    folder.mkdir(parents=True, exist_ok=True)
    before = [folder / f"before{number}.{source}" for number in range(len(contents))]
    for path, content in zip(before, contents, strict=True):
        path.write_bytes(content)
    after = folder / "out"
    command = [
        office,
        office_profile(),
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(after),
        *map(str, before),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    results = [after / f"{path.stem}.{kind}" for path in before]
    assert all(path.exists() for path in results), done.stdout + done.stderr
    return [path.read_bytes() for path in results]


def rezipped(content: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """The archive with each part changed (None leaves it out) and `more` parts added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, part in more.items():
            new.writestr(name, part)
    return out.getvalue()


def benchmark(*, previous: bool = True, made_up: bool = True) -> tuple[Scorer, Benchmark]:
    """Nine councils of which one is not scored, and thirteen that did not submit."""
    scoring, register = scorer(), wales()
    levels, money = ["none", "drafted", "agreed"], ["none", "some", "all"]
    current, before = {}, {}
    for number, organisation in enumerate(register.organisations[:9]):
        answers = {
            "lead__plan__place": Answer(value=levels[number % 3]),
            "lead__plan__money": Answer(value=money[(number // 2) % 3]),
            "lead__plan__named": Answer(value="yes" if number % 4 else "no"),
            "serve__online__share": Answer(value=float(number * 11)),
        }
        if number == 8:
            gone = (
                "serve__online__share",
                "serve__online__days",
                "serve__online__ways",
                "lead__plan__place",
                "lead__plan__money",
            )
            answers |= {name: Answer() for name in gone}
        name = organisation.name.to("en")
        now = assessment(name, **answers).model_copy(update={"made_up": made_up})
        current[organisation.code] = (now, scoring.score(now, f"{name}.xlsx"))
        then = assessment(name, "2017").model_copy(update={"made_up": made_up})
        before[organisation.code] = (then, scoring.score(then))
    return scoring, compare(scoring, register, current, before if previous else None)
