"""Reads a filled-in template: every answer either right, or reported with its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from maturity.checks.assessments.asked import NOT_ASKED, not_asked
from maturity.intake import findings as f
from maturity.intake.doubts import doubts
from maturity.intake.grid import WRITTEN, Grid, Row, Sheet, about, grids, open_sheets, rows
from maturity.intake.hostile import MAX_FILE, checked
from maturity.intake.known_rows import Content, KnownRows, content
from maturity.intake.layout import (
    ABOUT_SHEET,
    AGENDA_FACT,
    FACTS,
    OPTION_MARK,
    TEMPLATE_FORMAT,
    Budget,
    option_row_ids,
)
from maturity.intake.matching import closest, short
from maturity.intake.row_words import RowWords
from maturity.intake.template_answers import AROUND, Reader
from maturity.intake.template_facts import FactsReader
from maturity.intake.xlsx import is_report
from maturity.models.assessment import (
    ASSESSMENT_FORMAT,
    Answer,
    Assessment,
    QuestionnaireRef,
)
from maturity.models.base import Identifier, Version
from maturity.models.problem import MaturityError, Phrase, Place, Problem, Said
from maturity.models.questionnaire import Question, Questionnaire
from maturity.models.register import Register
from maturity.sources.files import read_bytes
from maturity.sources.load import Loaded
from maturity.sources.registers import wales
from maturity.sources.shelf import on_shelf, open_questionnaire

_ID: TypeAdapter[str] = TypeAdapter(Identifier)
_VERSION: TypeAdapter[str] = TypeAdapter(Version)
Opener = Callable[[str], tuple[Questionnaire, Loaded]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook that is safe to look into: its parts, its sheets, and what it says of itself if it is a template."""

    name: str
    parts: Mapping[str, bytes]
    sheets: Sequence[Sheet]
    says: Mapping[str, str] | None


def open_workbook(path: Path, name: str) -> Opened:
    """Opens an .xlsx or .ods file. Raises MaturityError, also where maturity wrote it as a report."""
    raw = read_bytes(path, at_most=MAX_FILE)
    budget = Budget(name)
    parts = checked(raw, name, budget)
    sheets = open_sheets(parts, name, budget.seen)
    says = about(sheets)
    if says is None and is_report(raw):
        raise MaturityError(Problem(f.REPORT, Place(name)))
    return Opened(name, parts, sheets, says)


def read_template(
    path: Path,
    name: str,
    *,
    register: Register | None = None,
    open_by_name: Opener = open_questionnaire,
    agenda: bool = False,
) -> tuple[Assessment | None, list[Problem]]:
    """A filled-in template (xlsx or ods) as an assessment, with everything that is wrong with it.

    `name` is how problems call the file. The assessment holds every answer that was read without doubt; it is None
    where the file, its questionnaire, its council or its period could not be read. `open_by_name` finds the
    questionnaire by ``id@version``. An `agenda` of a merge is read only where it is one that is wanted. Nothing that a person did to the file raises.
    """
    try:
        return template_in(open_workbook(path, name), register or wales(), open_by_name, agenda=agenda)
    except MaturityError as error:
        return None, list(error.problems)
    except MemoryError:
        return None, [Problem(f.NO_MEMORY, Place(name))]


def template_in(
    opened: Opened, register: Register, open_by_name: Opener, *, agenda: bool = False
) -> tuple[Assessment | None, list[Problem]]:
    """The same for a workbook that is open. Raises MaturityError where it is no template."""
    name, sheets, says = opened.name, opened.sheets, opened.says
    if says is None:
        raise MaturityError(Problem(f.NOT_A_TEMPLATE, Place(name), {"sheet": ABOUT_SHEET}))
    if says.get(AGENDA_FACT) == "true" and not agenda:
        raise MaturityError(Problem(f.IS_AGENDA, Place(name)))
    questionnaire, same = _questionnaire(says, name, open_by_name)
    found, problems = grids(sheets, says, name, RowWords.of(questionnaire).rows)
    if not same:
        details = {"questionnaire": f"{questionnaire.id}@{questionnaire.version}"}
        problems.append(Problem(f.OTHER_DIGEST, Place(name, sheet=ABOUT_SHEET), details))
    template = _Template(
        name, says, questionnaire, _part(says, questionnaire), register, same, found, problems
    )
    assessment = template.read()
    return assessment, sorted(template.problems, key=_order)


def asked_by(opened: Opened, open_by_name: Opener) -> tuple[Questionnaire, str]:
    """What an open template asks, without dimensions that it leaves out, and the digest of the whole at hand.

    Raises MaturityError where that is not at hand.
    """
    says = opened.says or {"format": ""}
    questionnaire, _ = _questionnaire(says, opened.name, open_by_name)
    _, loaded = open_by_name(f"{questionnaire.id}@{questionnaire.version}")
    return _part(says, questionnaire), loaded.digest


def _order(problem: Problem) -> tuple[object, ...]:
    """By sheet and cell, B9 before B10."""
    cell = problem.place.cell or ""
    row = "".join(c for c in cell if c.isdigit())
    return (problem.place.sheet or "", int(row or 0), len(cell), cell, problem.kind.code)


def _questionnaire(says: Mapping[str, str], name: str, open_by_name: Opener) -> tuple[Questionnaire, bool]:
    """The questionnaire that the template asks, and whether it still is as it was. Raises MaturityError."""
    place = Place(name, sheet=ABOUT_SHEET)
    if says["format"] != TEMPLATE_FORMAT:
        details = {"found": says["format"][:60], "known": TEMPLATE_FORMAT}
        raise MaturityError(Problem(f.NEWER_TEMPLATE, place, details))
    wanted = f"{says.get('questionnaire', '')}@{says.get('version', '')}"
    known = ", ".join(map(str, on_shelf("questionnaire"))) or Phrase("none")
    unknown = Problem(
        f.NO_SUCH_QUESTIONNAIRE, place, {"wanted": wanted[:80], "known": known, "hint": _newer(says)}
    )
    try:
        # The words come from a stranger's file: only an id and a version are ever looked up, no path.
        _ID.validate_python(says.get("questionnaire"))
        _VERSION.validate_python(says.get("version"))
        questionnaire, loaded = open_by_name(wanted)
    except (ValidationError, MaturityError):
        raise MaturityError(unknown) from None
    if (questionnaire.id, questionnaire.version) != (says["questionnaire"], says["version"]):
        raise MaturityError(unknown)
    return questionnaire, says.get("digest") == loaded.digest


def _newer(says: Mapping[str, str]) -> Said:
    """What to do where the questionnaire is at hand in a newer version only."""
    versions = [one.version for one in on_shelf("questionnaire") if one.id == says.get("questionnaire")]
    if not versions:
        return ""
    return Phrase(
        " With its old file, 'maturity migrate' carries the answers over to version {version}.",
        version=versions[-1],
    )


def _part(says: Mapping[str, str], questionnaire: Questionnaire) -> Questionnaire:
    """The dimensions that the template asks about. What it says of them, if it is not so, only makes rows unknown."""
    known = [d.id for d in questionnaire.dimensions]
    asked = set(says.get("dimensions", "").split()).intersection(known)
    return questionnaire.only(asked) if asked and len(asked) < len(known) else questionnaire


@dataclass(slots=True)
class _Template:
    """A template that is being read."""

    name: str
    says: Mapping[str, str]
    whole: Questionnaire
    questionnaire: Questionnaire
    register: Register
    same: bool
    grids: list[Grid]
    problems: list[Problem]

    def read(self) -> Assessment | None:
        carrying, strays = rows(self.grids)
        self.problems += strays
        facts, by_id = self._sorted_out(carrying)
        own = {k.removeprefix("word."): v for k, v in self.says.items() if k.startswith("word.")}
        answers = self._answers(by_id, own)
        said = FactsReader(self.name, self.says, own, self.register, facts)
        organisation, period, status = said.organisation(), said.period(), said.status()
        respondent = said.respondent()
        self.problems += said.problems
        if organisation is None or period is None:
            return None
        assessment = Assessment(
            format=ASSESSMENT_FORMAT,
            questionnaire=QuestionnaireRef(id=self.questionnaire.id, version=self.questionnaire.version),
            organisation=organisation,
            period=period,
            respondent=respondent,
            status="submitted" if status == "submitted" else "draft",
            made_up=self.says.get("made_up") == "true",
            answers=answers,
        )
        for question in not_asked(assessment, self.questionnaire, self.register):
            row = by_id[question]
            self.problems.append(row.problem(NOT_ASKED, "answer", question=question))
        return assessment

    def _sorted_out(self, carrying: Sequence[Row]) -> tuple[dict[str, Row], dict[str, Row]]:
        """Rows of facts and rows of questions by id; unknown and doubled ones are problems, and not read."""
        questions = self.questionnaire.questions
        known = set(questions) | {name for q in questions.values() for name in option_row_ids(q)}
        by_id: dict[str, Row] = {}
        doubled: set[str] = set()
        for row in carrying:
            if row.id not in known and row.id not in FACTS:
                near = closest(row.id, known)
                hint = Phrase(" Did you mean '{close}'?", close=near) if near else ""
                self.problems.append(row.problem(f.UNKNOWN_QUESTION, "id", found=short(row.id), hint=hint))
            elif row.id in by_id:
                first = by_id[row.id].grid.place(by_id[row.id].number, "id")
                doubled.add(row.id)
                details = {"question": row.id, "first": f"[{first.sheet}]!{first.cell}"}
                self.problems.append(row.problem(f.QUESTION_TWICE, "id", **details))
            else:
                by_id[row.id] = row
        # Two answers to one question are none; nor is a choice's row without its question's.
        lost = {name.partition(OPTION_MARK)[0] for name in doubled}
        kept = {name: row for name, row in by_id.items() if name.partition(OPTION_MARK)[0] not in lost}
        return {k: r for k, r in kept.items() if k in FACTS}, {
            k: r for k, r in kept.items() if k not in FACTS
        }

    def _answers(self, by_id: Mapping[str, Row], own: Mapping[str, str]) -> dict[str, Answer]:
        welsh = self.says.get("language") != "en"
        reader = Reader(own, self.same, welsh)
        # An agenda has words of its own beside the questions: who said what.
        same = self.same and self.says.get(AGENDA_FACT) != "true"
        known = KnownRows.of(self.whole, own, self.same, same, welsh)
        asked = list(self._asked(by_id))
        seen = {question.id: known.answers[held] for question, _, held in asked if held in known.answers}
        settled = {r.id for question, its_rows, _ in asked if question.id in seen for r in its_rows}
        doubted = doubts(self.whole, by_id, own, same=same, settled=settled, quiet=known.quiet)
        self.problems += doubted.problems
        answers: dict[str, Answer] = {}
        for question, (row, *options), held in asked:
            if any(r.id in doubted.rows or r.number in r.grid.merged for r in (row, *options)):
                # Said at its cell already.
                continue
            if question.id in seen:
                answer = seen[question.id]
            else:
                told = len(reader.problems)
                answer = reader.answer(question, row, options)
                quiet = len(reader.problems) == told and doubted.marked.isdisjoint(
                    r.id for r in (row, *options)
                )
                # With a note or evidence beside it, it will not come up again.
                if quiet and row.blank(AROUND):
                    known.keep(held, answer)
            if answer is not None and any(doubted.about(question, r) for r in (row, *options)):
                self.problems.append(_not_trusted(row, options))
            elif answer is not None:
                answers[question.id] = answer
        self.problems += reader.problems + self._gone(by_id)
        if not answers and not reader.problems and not doubted.problems:
            self.problems.append(Problem(f.NOTHING_ANSWERED, Place(self.name)))
        return answers

    def _asked(self, by_id: Mapping[str, Row]) -> Iterator[tuple[Question, list[Row], Content]]:
        """Each question that has its row, with those of its choices, and what they hold. Rows of choices alone are
        problems where something is written in them."""
        for question in self.questionnaire.questions.values():
            row = by_id.get(question.id)
            options = [by_id[n] for n in option_row_ids(question) if n in by_id]
            if row is not None:
                yield question, [row, *options], content(question, row, options)
                continue
            self.problems += [
                r.problem(
                    f.UNKNOWN_QUESTION, "id", found=r.id, hint=Phrase(" Its question's own row is gone.")
                )
                for r in options
                if r.written
            ]

    def _gone(self, by_id: Mapping[str, Row]) -> list[Problem]:
        """Questions without a row, each named: whole dimensions by their own name."""
        told = {p.details.get("question") for p in self.problems}
        gone = 0
        names: list[str] = []
        for dimension in self.questionnaire.dimensions:
            asked = [q.id for theme in dimension.themes for q in theme.questions]
            missing = [name for name in asked if name not in by_id and name not in told]
            names += [f"{dimension.id}.*"] if len(missing) == len(asked) else missing
            gone += len(missing)
        details = {"n": gone, "questions": ", ".join(names)}
        return [Problem(f.QUESTION_GONE, Place(self.name), details)] if gone else []


def _not_trusted(row: Row, options: Sequence[Row]) -> Problem:
    """At the first cell that is filled in."""
    at, key = next(
        ((r, key) for key in WRITTEN for r in (*options, row) if r.value(key) is not None), (row, "answer")
    )
    return at.problem(f.SHIFTED, key, found=short(at.value(key)))
