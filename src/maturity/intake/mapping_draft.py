"""Drafts a mapping: what is sure is written, what is merely alike is a comment that a person must confirm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path

from maturity.intake.matching import Cell, Choices, fold, plain
from maturity.intake.table import Table, first_rows
from maturity.intake.table_findings import NO_TABLE, UNSURE_QUESTIONNAIRE, Told
from maturity.intake.table_layout import Head, Named, candidates, find_head, name_of
from maturity.intake.table_values import Values
from maturity.intake.table_words import FACTS, PARTS, Headings, Role, fact_of
from maturity.intake.tables import open_tables
from maturity.locale.words import Words
from maturity.models.mapping import MAPPING_FORMAT
from maturity.models.problem import MaturityError, Place, Problem
from maturity.models.questionnaire import Question, Questionnaire
from maturity.models.text import Language
from maturity.sources.yaml_text import without_invisible

ROWS_LOOKED_AT = 50_000
MOST_VALUES = 40
LONGEST_KEY = 900
ALIKE = 0.55


@dataclass(slots=True)
class Draft:
    """The mapping's text, and how many headings, questions and answers are sure, merely alike, or unknown."""

    text: str
    sure: int = 0
    alike: int = 0
    unknown: int = 0


@dataclass(slots=True)
class _Lines:
    """What is written, and counted, as it goes."""

    words: Words
    lines: list[str] = field(default_factory=list)
    sure: int = 0
    alike: int = 0
    unknown: int = 0

    def confirmed(self, key: str, value: str, indent: str = "  ") -> None:
        self.sure += 1
        self.lines.append(f"{indent}{_quoted(key)}: {value}")

    def suggested(self, key: str, value: str, alike: float, indent: str = "  ") -> None:
        self.alike += 1
        said = self.words(
            "{percent}% alike. To confirm, delete '# ' on the next line; else correct it.",
            percent=round(alike * 100),
        )
        self.lines.append(f"{indent}# {said}")
        self.lines.append(f"{indent}# {_quoted(key)}: {value}")

    def open(self, key: str, value: str, what: str, indent: str = "  ") -> None:
        self.unknown += 1
        self.lines.append(f"{indent}# {what}")
        self.lines.append(f"{indent}# {_quoted(key)}: {value}")


def draft(path: Path, name: str, asked: Questionnaire | None = None, language: Language = "en") -> Draft:
    """A mapping for the first table of a file, as YAML.

    Headings, questions and answers that match exactly are written; those that are alike stand in comments, with how
    alike they are in percent, in that language. `asked` is the questionnaire. Raises MaturityError where there is no table, or several
    questionnaires fit and none is named.
    """
    known = candidates(asked)
    for table in open_tables(path, name):
        head = find_head(table, known) or (_likely_head(table) if asked else None)
        if head is not None:
            return _Drafting(table, head, _questionnaire(table, head, known), Words(language)).write()
    if asked is None:
        names = ", ".join(name_of(headings.questionnaire) for headings in known)
        raise MaturityError(Problem(UNSURE_QUESTIONNAIRE, Place(name), {"found": names}))
    raise MaturityError(Problem(NO_TABLE, Place(name)))


def _questionnaire(table: Table, head: Head, known: list[Headings]) -> Headings:
    told = Told(table.file)
    found = Named(table, head, told).questionnaire(known)
    if found is None:
        raise MaturityError(*told.problems)
    return found


def _likely_head(table: Table) -> Head | None:
    """The first row with texts in more than one cell, long where it names a question's and an answer's column."""
    for number, cells in first_rows(table):
        facts = {fact_of(cell) for cell in cells}
        if sum(isinstance(cell, str) and bool(plain(cell)) for cell in cells) > 1:
            return Head(number, cells, {"question", "answer"} <= facts)
    return None


class _Drafting:
    def __init__(self, table: Table, head: Head, headings: Headings, words: Words) -> None:
        self.table, self.head, self.headings = table, head, headings
        self.words, self.out = words, _Lines(words)
        self.columns: dict[int, Question] = {}
        """Columns (in a wide table) that hold the answers to one question for sure."""

    def write(self) -> Draft:
        lines, questionnaire = self.out.lines, self.headings.questionnaire
        lines.append(f"format: {MAPPING_FORMAT}")
        lines.append(f"questionnaire: {{id: {questionnaire.id}, version: {questionnaire.version}}}")
        if self.table.sheet is not None:
            lines.append(f"sheet: {_quoted(self.table.sheet)}")
        lines.append(f"heading_row: {self.head.number}")
        self._facts()
        lines.append("columns:")
        for column, cell in enumerate(self.head.names):
            if plain(cell):
                self._column(column, cell)
        if self.head.long:
            self._questions()
        self._answers()
        out = self.out
        return Draft("\n".join(lines) + "\n", out.sure, out.alike, out.unknown)

    def _facts(self) -> None:
        facts, words = {fact_of(cell) for cell in self.head.names}, self.words
        if not facts & {"organisation", "code"}:
            self.out.open(
                "organisation",
                words("NAME"),
                words("No column says whose answers these are; if all are one council's:"),
                "",
            )
        if "period" not in facts:
            said = words("No column says which period they describe; if it is one:")
            self.out.open("period", "'2026'", said, "")

    def _column(self, column: int, cell: Cell) -> None:
        heading, fact = plain(cell), fact_of(cell)
        usable = (*FACTS, "question", *PARTS) if self.head.long else FACTS
        if fact in usable and fact not in ("code", "questionnaire"):
            self.out.confirmed(heading, str(fact))
            return
        if fact in ("code", "questionnaire"):
            return
        roles = set() if self.head.long else self.headings.roles(cell)
        if len(roles) == 1:
            role = next(iter(roles))
            self.out.confirmed(heading, _meant(role))
            if role.part == "answer" and role.option is None and role.question:
                self.columns[column] = self.headings.questionnaire.questions[role.question]
            return
        near = None if self.head.long else self._nearest(cell)
        if near is not None:
            self.out.suggested(heading, f"{{question: {near[0]}}}", near[1])
        else:
            said = self.words("Nothing is alike. Say what it is, or confirm that it does not count:")
            self.out.open(heading, "ignore", said)

    def _nearest(self, cell: Cell) -> tuple[str, float] | None:
        """The question whose id or text is most alike, if any is."""
        text = fold(plain(cell)[:300])
        best, most = None, ALIKE
        for question in self.headings.questionnaire.questions.values():
            for shown in (question.id, *question.text.root.values()):
                matcher = SequenceMatcher(None, text, fold(shown)[:300])
                if matcher.real_quick_ratio() > most and matcher.quick_ratio() > most:
                    alike = matcher.ratio()
                    if alike > most:
                        best, most = question.id, alike
        return (best, most) if best else None

    def _questions(self) -> None:
        """What a long table calls its questions, where that is not their id or text."""
        asked = [fact_of(cell) for cell in self.head.names].index("question")
        names = dict.fromkeys(plain(cells[asked]) for cells in self._body() if asked < len(cells))
        unknown = [name for name in names if name and len(self.headings.question(name)) != 1]
        if unknown:
            self.out.lines.append("questions:")
        for name in unknown[:2_000]:
            near = self._nearest(name)
            if near is not None:
                self.out.suggested(name, near[0], near[1])
            else:
                said = self.words("Nothing is alike. Write the question's id:")
                self.out.open(name, self.words("QUESTION"), said)

    def _answers(self) -> None:
        """Answers that are none of their question's choices."""
        found = self._unread()
        if any(found.values()):
            self.out.lines.append("answers:")
        for question_id, texts in found.items():
            question = self.headings.questionnaire.questions[question_id]
            self.out.lines.append(f"  {question_id}:")
            for text in texts:
                self._answer(question, text)

    def _answer(self, question: Question, text: str) -> None:
        choices = Choices.of(question, welsh=True)
        best, most = None, ALIKE
        for option in question.choices:
            for shown in (option.id, *option.text.root.values()):
                alike = SequenceMatcher(None, fold(text[:300]), fold(shown)[:300]).ratio()
                if alike > most:
                    best, most = option.id, alike
        if best is not None and len(choices.find(best)) == 1:
            self.out.suggested(text, best, most, "    ")
        else:
            ids = ", ".join(option.id for option in question.choices)
            said = self.words("Nothing is alike. Write one of: {ids}", ids=ids)
            self.out.open(text, self.words("OPTION"), said, "    ")

    def _unread(self) -> dict[str, dict[str, None]]:
        """Question → the texts in its cells that mean no choice, in order, each once."""
        values = Values(self.headings.questionnaire, self.table.separator)
        found: dict[str, dict[str, None]] = {}
        seen: set[tuple[str, Cell]] = set()
        for question, cell in self._cells():
            key = (question.id, plain(cell))
            if key in seen or not question.choices:
                continue
            seen.add(key)
            text = plain(cell)
            read = values.read(question, cell)
            told = found.setdefault(question.id, {}) if read.wrong else {}
            if read.wrong and text and len(text) <= LONGEST_KEY and len(told) < MOST_VALUES:
                told[text] = None
        return found

    def _cells(self) -> Iterator[tuple[Question, Cell]]:
        """Every answer whose question is sure."""
        if not self.head.long:
            for cells in self._body():
                yield from ((q, cells[n]) for n, q in self.columns.items() if n < len(cells))
            return
        facts = [fact_of(cell) for cell in self.head.names]
        asked, answered = facts.index("question"), facts.index("answer")
        questions = self.headings.questionnaire.questions
        for cells in self._body():
            if max(asked, answered) < len(cells):
                named = self.headings.question(cells[asked])
                if len(named) == 1:
                    yield questions[next(iter(named))], cells[answered]

    def _body(self) -> Iterator[list[Cell]]:
        rows = (list(cells) for number, cells in self.table.rows() if number > self.head.number)
        return islice(rows, ROWS_LOOKED_AT)


def _meant(role: Role) -> str:
    more = f", option: {role.option}" if role.option else ""
    more += f", part: {role.part}" if role.part != "answer" else ""
    return f"{{question: {role.question}{more}}}"


def _quoted(text: str) -> str:
    """A key in quotes on one line, short enough for YAML."""
    line = " ".join(text.split())[:LONGEST_KEY]
    return json.dumps(without_invisible(line), ensure_ascii=False)
