"""A table's rows, wide or long, as groups of answers: each right, or told with its cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter

from maturity.checks.answers import misfits
from maturity.intake.matching import Cell, fold, plain, short
from maturity.intake.table import Cells, Table, is_blank
from maturity.intake.table_answers import Parts, whole_answer
from maturity.intake.table_findings import (
    ANSWERED_TWICE,
    HEADINGS_AGAIN,
    MISSING,
    MOVED,
    NO_COLUMNS,
    NUMBERS_DOUBTED,
    QUESTION,
    SAME_HEADINGS_AGAIN,
    TWICE,
    Told,
)
from maturity.intake.table_groups import Group, Groups
from maturity.intake.table_layout import Layout, name_of
from maturity.intake.table_misshapen import Misshapen
from maturity.intake.table_odd import Blank, Marked
from maturity.intake.table_signs import Sign, Signs, sign_of
from maturity.intake.table_values import Read, Values
from maturity.models.assessment import Answer
from maturity.models.problem import Kind, Phrase, Place, Said
from maturity.models.questionnaire import Question

MOST_KEPT = 200_000
_EXTRAS = ("note", "evidence", "evidence_date", "not_applicable", "reason", "sure")


@dataclass(slots=True)
class Reader:
    """Reads one table, once."""

    table: Table
    layout: Layout
    groups: Groups
    values: Values
    told: Told
    doubt: tuple[Place, str, Question] | None = None
    first_number: Place | None = None
    signs: Signs = field(default_factory=Signs)
    _kept: dict[object, Read] = field(default_factory=dict)

    def read(self) -> list[Group]:
        """Every group of answers, bad ones marked. Raises MaturityError where the file cannot be read on."""
        if self.layout.long:
            self._long()
        else:
            self._wide()
        self._doubt_numbers()
        self.signs.end(self.told, _short_place)
        self._never_asked()
        self.groups.doubt_unlisted()
        for group in self.groups.all.values():
            group.bad = group.bad or self.groups.refused or group.organisation.code in self.groups.doubted
        return list(self.groups.all.values())

    def value(self, question: Question, cell: Cell) -> Read:
        """What a cell says; the same cell of the same question is only read once."""
        key = (question.id, cell, cell.__class__)
        read = self._kept.get(key)
        if read is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            read = self._kept[key] = self.values.read(question, cell)
        return read

    # Rows

    def _body(self) -> Iterator[tuple[int, Cells]]:
        """The rows below the headings that have as many cells as these; what is odd about the others is told."""
        names = self.layout.names
        width = len(names)
        again = {fold(plain(name)) for name in names if plain(name)}
        blank = Blank(self.table, self.told)
        marks = Marked(self.table, self.layout, self.told)
        look = marks.needed
        may_be_head: dict[Cell, bool] = {}
        misshapen = Misshapen(self.table, self.layout, self.groups, self.told)
        tall = self.table.tall
        for number, cells in self.table.rows():
            if number <= self.layout.head:
                continue
            if tall() and misshapen.swallows(number, cells):
                continue
            if len(cells) != width and not misshapen.fits(number, cells, width):
                blank.row(number, cells)
                continue
            first = cells[0]
            if not first and is_blank(cells):
                blank.row(number, cells)
                continue
            if blank.count:
                blank.end()
            heading = may_be_head.get(first)
            if heading is None:
                if len(may_be_head) > MOST_KEPT:
                    may_be_head.clear()
                heading = may_be_head[first] = fold(plain(first)) in again
            if heading and sum(fold(plain(cell)) in again for cell in cells) > 1:
                if not self.layout.means_the_same(cells):
                    self.told.add(HEADINGS_AGAIN, self.table.place(number, 0))
                    self.groups.refused = self.groups.refused or self.layout.long
                    break
                self.told.add(SAME_HEADINGS_AGAIN, self.table.place(number, 0))
                continue
            if look:
                marks.row(number, cells)
            yield number, cells
        marks.end()

    # Wide

    def _wide(self) -> None:
        find = self.groups.finder()
        by_question = self._columns_by_question()
        for number, cells in self._body():
            group = find(cells, number)
            if group is None:
                continue
            if group.row != number:
                self._again(group, number)
                continue
            for question, parts in by_question:
                self._answer(group, question, parts, cells, number)

    def _again(self, group: Group, number: int) -> None:
        group.bad = True
        first = self.table.place(group.row, None if self.table.sheet is None else 0)
        about = {"organisation": group.organisation.name, "period": group.period}
        self.told.add(TWICE, self.table.place(number, 0), first=_short_place(first), **about)

    def _columns_by_question(self) -> list[tuple[Question, dict[str, int]]]:
        """Each question that has columns, with part (or ``:option``) → column."""
        found: dict[str, dict[str, int]] = {}
        for column, role in enumerate(self.layout.roles):
            if role is not None and role.question is not None:
                part = f":{role.option}" if role.option else role.part
                found.setdefault(role.question, {})[part] = column
        questions = self.layout.questionnaire.questions
        return [(questions[name], parts) for name, parts in found.items()]

    def _answer(
        self, group: Group, question: Question, columns: dict[str, int], cells: Cells, number: int
    ) -> None:
        if len(columns) == 1 and "answer" in columns:
            column = columns["answer"]
            cell = cells[column] if column < len(cells) else None
            if cell is not None and cell != "":
                self._keep(group, question, self.value(question, cell), number, column)
            return
        given = {part: cells[n] for part, n in columns.items() if n < len(cells) and plain(cells[n])}
        if given:
            self._whole(group, question, Parts(given, columns), number)

    # Long

    def _long(self) -> None:
        find = self.groups.finder()
        asked, answered = self.layout.columns("question")[0], self.layout.columns("answer")[0]
        roles = [(n, self.layout.roles[n]) for n in self.layout.columns(*_EXTRAS)]
        extras = {role.part: n for n, role in roles if role is not None}
        any_extra = itemgetter(*extras.values()) if extras else None
        names: dict[Cell, Question | None] = {}
        columns = {"answer": answered, **extras}
        # Where all cells are text, the same two texts always are the same question and answer.
        known: dict[tuple[Cell, Cell], tuple[str, Answer]] | None = (
            {} if self.table.separator is not None and any_extra is None else None
        )
        for number, cells in self._body():
            group = find(cells, number)
            name = cells[asked]
            if known is not None and group is not None:
                both = known.get((name, cells[answered]))
                if both is not None and both[0] not in group.answers:
                    group.answers[both[0]] = both[1]
                    group.rows.append(number)
                    continue
            question = names[name] if name in names else names.setdefault(name, self._question(name))
            if question is None:
                self._no_question(group, cells, number, asked)
                continue
            if group is None:
                continue
            cell = cells[answered]
            if any_extra is not None and not _empty(any_extra(cells)):
                given = {part: cells[n] for part, n in columns.items() if plain(cells[n])}
                self._whole(group, question, Parts(given, columns), number)
            elif cell is not None and cell != "":
                read = self.value(question, cell)
                if known is not None and read.plain is not None and len(known) < MOST_KEPT:
                    known[name, cell] = (question.id, read.plain)
                self._keep(group, question, read, number, answered)

    def _question(self, name: Cell) -> Question | None:
        mapped = self.layout.questions.get(fold(plain(name)))
        found = {mapped} if mapped else self.layout.headings.question(name)
        return self.layout.questionnaire.questions[next(iter(found))] if len(found) == 1 else None

    def _no_question(self, group: Group | None, cells: Cells, number: int, column: int) -> None:
        if group is not None:
            group.bad = True
        name = plain(cells[column])
        if not name:
            self.told.add(MISSING, lambda: self.table.place(number, column), what=Phrase("question"))
            return
        near = self.layout.headings.nearest(name) if self.told.room else None
        hint = Phrase(" Did you mean '{close}'?", close=short(near[1])) if near else ""
        about = {"questionnaire": name_of(self.layout.questionnaire), "hint": hint}
        self.told.add(QUESTION, lambda: self.table.place(number, column), found=short(name), **about)

    # Answers

    def _whole(self, group: Group, question: Question, parts: Parts, number: int) -> None:
        """An answer with its note, evidence and reason, or with a column for each option."""

        def tell(kind: Kind, part: str, /, **details: object) -> None:
            column = parts.columns.get(part, next(iter(parts.columns.values())))
            self.told.add(kind, lambda: self.table.place(number, column), **details)

        for part, cell in parts.cells.items():
            marks = part.startswith(":") or part == "not_applicable"
            if marks and (sign := sign_of(cell)):
                self._sign(group, question, sign, number, parts.columns[part])
        read = whole_answer(question, parts, self.value, tell)
        column = parts.columns.get("answer", next(iter(parts.columns.values())))
        if read is None:
            group.bad = True
            return
        self._keep(group, question, read, number, column)

    def _keep(self, group: Group, question: Question, read: Read, number: int, column: int) -> None:
        if read.answer is None and read.wrong is None:
            return
        if read.sign is not None:
            self._sign(group, question, read.sign, number, column)
        answers, name = group.answers, question.id
        if name in answers:
            self._answered_twice(group, question, number, column)
            return
        answers[name] = read.answer
        group.rows.append(number)
        if read.numbered:
            group.numbered += 1
            if self.first_number is None:
                self.first_number = self.table.place(number, column)
        if read.answer is not None and read.answer.not_applicable and not read.answer.reason:
            self._whole_misfit(group, question, read, number, column)
        if read.wrong is not None:
            self._wrong(group, question, read, number, column)

    def _sign(self, group: Group, question: Question, sign: Sign, number: int, column: int) -> None:
        """All answers of a long table stand in one column, and all options of a question belong together."""
        where = str(column) if self.layout.long else question.id
        self.signs.see(where, group, sign, lambda: self.table.place(number, column))

    def _whole_misfit(self, group: Group, question: Question, read: Read, number: int, column: int) -> None:
        """'Not applicable' alone, without the reason."""
        assert read.answer is not None
        for kind, details in misfits(question, read.answer):
            group.bad = True
            self.told.add(kind, lambda: self.table.place(number, column), **details)

    def _answered_twice(self, group: Group, question: Question, number: int, column: int) -> None:
        group.bad = True
        first = group.rows[list(group.answers).index(question.id)]
        place = _short_place(self.table.place(first, column if self.table.sheet else None))
        where = self.table.place(number, column)
        self.told.add(ANSWERED_TWICE, where, question=question.id, first=place)

    def _wrong(self, group: Group, question: Question, read: Read, number: int, column: int) -> None:
        wrong = read.wrong
        assert wrong is not None
        group.bad = True

        def place() -> Place:
            return self.table.place(number, column)

        if wrong.counted and self.doubt is None:
            self.doubt = (place(), str(wrong.details["found"]), question)
        if wrong.foreign:
            details = {"found": wrong.details["found"], "question": question.id, "other": wrong.foreign}
            self.told.add(MOVED, place, **details)
            self.groups.refused = True
        else:
            self.told.add(wrong.kind, place, **wrong.details)

    def _never_asked(self) -> None:
        """Questions that have no column or, in a long table, no row."""
        if self.layout.long:
            here = {name for group in self.groups.all.values() for name in group.answers}
        else:
            here = {role.question for role in self.layout.roles if role and role.question}
        gone = [name for name in self.layout.questionnaire.questions if name not in here]
        if gone and self.groups.all:
            questions = ", ".join(gone[:5]) + (" …" if len(gone) > 5 else "")
            self.told.add(NO_COLUMNS, self.table.place(self.layout.head), n=len(gone), questions=questions)

    def _doubt_numbers(self) -> None:
        """Where one number is no choice, the table may count from nought: then no number of a choice is sure."""
        groups = [group for group in self.groups.all.values() if group.numbered]
        if self.doubt is None or self.first_number is None or not groups:
            return
        place, found, question = self.doubt
        for group in groups:
            group.bad = True
        details = {
            "found": found,
            "question": question.id,
            "numbers": Phrase("1 to {n}", n=len(question.choices)),
            "n": sum(group.numbered for group in groups),
            "first": _short_place(self.first_number),
        }
        self.told.add(NUMBERS_DOUBTED, place, **details)


def _empty(cells: Cell | tuple[Cell, ...]) -> bool:
    if isinstance(cells, tuple):
        return not any(plain(cell) for cell in cells)
    return not plain(cells)


def _short_place(place: Place) -> Said:
    """A place in the same file: its cell, or its line."""
    if place.cell:
        return place.cell
    if place.column and place.column > 1:
        return Phrase("line {line}, column {column}", line=place.line, column=place.column)
    return Phrase("line {line}", line=place.line)
