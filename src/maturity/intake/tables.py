"""Reads a file of answers that is no YAML: a filled-in template, or a table in whatever form and format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from maturity.intake import findings as f
from maturity.intake.grid import is_ours
from maturity.intake.mapping import Mapped, layout_by
from maturity.intake.matching import short
from maturity.intake.other_sets import Unsound, unsound
from maturity.intake.table import MOST_COLUMNS, SheetTable, Table
from maturity.intake.table_findings import (
    BESIDE,
    HIDDEN_SHEET,
    LEFT_OUT,
    NO_SUCH_SHEET,
    NO_TABLE,
    NOT_A_TABLE,
    SEVERAL_PEOPLE,
    TABLE_TOO_LARGE,
    Told,
)
from maturity.intake.table_groups import Group, Groups, Listed
from maturity.intake.table_layout import Layout, layout_of
from maturity.intake.table_rows import Reader
from maturity.intake.table_values import Values
from maturity.intake.workbook import Opened, Opener, open_workbook, template_in
from maturity.models.assessment import Assessment
from maturity.models.problem import MaturityError, Phrase, Place, Problem
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Register
from maturity.sources.search import WORKBOOK_SUFFIXES
from maturity.sources.shelf import open_questionnaire


@dataclass(frozen=True, slots=True)
class How:
    """How tables are to be read: the questionnaire and period that they do not name themselves, and a mapping."""

    asked: Questionnaire | None = None
    period: str | None = None
    mapping: Mapped | None = None


@dataclass(slots=True)
class Taken:
    """What was read of one file: sound answers with their places, all that is wrong, and whose answers have errors."""

    answers: list[tuple[Assessment, Place]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unsound: list[Unsound] = field(default_factory=list)

    @property
    def no_answers(self) -> bool:
        """Whether it is a sound file of something else."""
        return not self.answers and any(
            p.kind in (NO_TABLE, f.NOT_A_TEMPLATE, NOT_A_TABLE) for p in self.problems
        )


def read_file(
    path: Path, name: str, register: Register, how: How = How(), open_by_name: Opener = open_questionnaire
) -> Taken:
    """Everything in a workbook, CSV or Parquet file. `name` is how problems call it. Nothing a person did raises."""
    try:
        if path.suffix.lower() in WORKBOOK_SUFFIXES:
            return _workbook(path, name, register, how, open_by_name)
        return _tables(name, [_open(path, name)], register, how)
    except MaturityError as error:
        return Taken(problems=list(error.problems))
    except MemoryError:
        return Taken(problems=[Problem(f.NO_MEMORY, Place(name))])


def agreed(taken: Taken, register: Register) -> tuple[list[tuple[Assessment, Place]], list[Problem]]:
    """Each council's one set of answers for a period; where several people of it answered none counts, which is told."""
    by_council: dict[tuple[str, str], list[tuple[Assessment, Place]]] = {}
    for assessment, place in taken.answers:
        organisation = register.find(assessment.organisation)
        key = (organisation.code if organisation else assessment.organisation, assessment.period)
        by_council.setdefault(key, []).append((assessment, place))
    kept, problems = [], []
    for answers in by_council.values():
        if len(answers) == 1:
            kept += answers
            continue
        assessment, place = answers[0]
        who = [_who(one) for one, _ in answers]
        people = ", ".join(who[:5]) + (" …" if len(who) > 5 else "")
        details = {"organisation": assessment.organisation, "period": assessment.period, "people": people}
        problems.append(Problem(SEVERAL_PEOPLE, place, {"n": len(answers), **details}))
    return kept, problems


def _who(assessment: Assessment) -> str:
    who = assessment.respondent
    return (who and (who.name or who.role)) or "?"


def _workbook(path: Path, name: str, register: Register, how: How, open_by_name: Opener) -> Taken:
    opened = open_workbook(path, name)
    if opened.says is not None:
        assessment, problems = template_in(opened, register, open_by_name)
        if assessment is None:
            return Taken([], problems)
        if any(p.kind.severity == "error" for p in problems):
            empty = any(p.kind is f.NOTHING_ANSWERED for p in problems)
            return Taken([], problems, [] if empty else unsound(assessment, Place(name), register))
        return Taken([(assessment, Place(name))], problems)
    told = Told(name)
    only = how.mapping.mapping.sheet if how.mapping else None
    names = [sheet.name for sheet in opened.sheets]
    if only is not None and only not in names:
        details = {"found": only, "known": ", ".join(map(short, names))}
        return Taken(problems=[Problem(NO_SUCH_SHEET, Place(name), details)])
    tables = list(sheet_tables(opened, told, only))
    return _tables(name, tables, register, how, told)


def sheet_tables(opened: Opened, told: Told | None = None, only: str | None = None) -> Iterator[SheetTable]:
    """The sheets that can hold a table; hidden ones are told, not read, and other ones than `only` are passed over."""
    from maturity.intake.table_marks import Marks, marks_of

    marks = marks_of(opened.parts)
    for sheet in opened.sheets:
        own = marks.get(sheet.name, Marks())
        if sheet.empty or is_ours(sheet) or (only is not None and sheet.name != only):
            continue
        if own.hidden and only is None:
            if told is not None:
                told.add(HIDDEN_SHEET, Place(opened.name, sheet=sheet.name), found=sheet.name)
            continue
        wide = max(map(len, sheet.rows))
        if wide > MOST_COLUMNS:
            details = {
                "what": Phrase("{n} columns", n=f"{wide:,}"),
                "limit": Phrase("{n} columns", n=f"{MOST_COLUMNS:,}"),
            }
            raise MaturityError(Problem(TABLE_TOO_LARGE, Place(opened.name, sheet=sheet.name), details))
        yield SheetTable(opened.name, sheet, own)


def open_tables(path: Path, name: str) -> list[Table]:
    """The tables that a file can hold. Raises MaturityError."""
    if path.suffix.lower() in WORKBOOK_SUFFIXES:
        return list(sheet_tables(open_workbook(path, name)))
    return [_open(path, name)]


def _open(path: Path, name: str) -> Table:
    if path.suffix.lower() == ".parquet":
        from maturity.intake.table_parquet import ParquetTable

        return ParquetTable(path, name)
    from maturity.intake.table_csv import CsvTable

    return CsvTable(path, name)


def _tables(
    name: str, tables: Sequence[Table], register: Register, how: How, told: Told | None = None
) -> Taken:
    told = told or Told(name)
    groups: list[tuple[Group, Layout, Table]] = []
    unplaced: list[Unsound] = []
    nowhere: list[Group] = []
    others: list[Table] = []
    read = False
    for table in tables:
        before, told.wrong = len(told.problems), False
        layout = _layout(table, register, how, told)
        if layout is not None:
            read = True
            groups += [
                (group, layout, table)
                for group in _read(table, layout, register, how, told, unplaced, nowhere)
            ]
        elif len(told.problems) == before:
            others.append(table)
    if len(others) == len(tables):
        in_workbook = not others or others[0].sheet is not None
        kind = f.NOT_A_TEMPLATE if in_workbook else NO_TABLE
        return Taken(
            problems=[
                *told.all(),
                Problem(kind, Place(name, None if in_workbook else 1), {"sheet": "_maturity"}),
            ]
        )
    if read and not groups and not unplaced and not any(p.kind.severity == "error" for p in told.problems):
        told.add(f.NO_ANSWERS, Place(name))
    for table in others:
        what = Phrase("the sheet '{sheet}', which has no row of headings", sheet=table.sheet)
        told.add(BESIDE, Place(name, sheet=table.sheet), what=what)
    return _taken(name, groups, unplaced, nowhere, told)


def _layout(table: Table, register: Register, how: How, told: Told) -> Layout | None:
    if how.mapping is not None:
        return layout_by(how.mapping, table, register, told)
    return layout_of(table, how.asked, told)


def _read(
    table: Table,
    layout: Layout,
    register: Register,
    how: How,
    told: Told,
    unplaced: list[Unsound],
    nowhere: list[Group],
) -> list[Group]:
    """The groups of one table; all bad where something is wrong with the table itself. What could not be placed joins
    `unplaced`, and `nowhere` the sets of answers that it would have been."""
    wrong = told.wrong
    groups = Groups(table, layout, register, told, how.period)
    values = Values(layout.questionnaire, table.separator, layout.welsh, layout.answers)
    if isinstance(table, SheetTable):
        _merged(table, layout, groups, told)
    try:
        found = Reader(table, layout, groups, values, told).read()
    except MaturityError as error:
        for problem in error.problems:
            told.add(problem.kind, problem.place, **problem.details)
        found, wrong = list(groups.all.values()), True
    for problem in table.notes():
        told.add(problem.kind, problem.place, **problem.details)
    for group in found:
        group.bad = group.bad or wrong
    unplaced += groups.unplaced
    nowhere += groups.nowhere()
    return found


def _merged(table: SheetTable, layout: Layout, groups: Groups, told: Told) -> None:
    from maturity.intake.xlsx import letters

    for (top, left), (bottom, right) in table.merged:
        touched = any(role is not None for role in layout.roles[left : min(right, left + 200) + 1])
        if bottom >= layout.head and touched:
            area = f"{letters(left + 1)}{top + 1}:{letters(right + 1)}{bottom + 1}"
            told.add(f.MERGED, table.place(top + 1, left), range=area)
            groups.refused = True


def _taken(
    name: str,
    groups: list[tuple[Group, Layout, Table]],
    unplaced: list[Unsound],
    nowhere: list[Group],
    told: Told,
) -> Taken:
    left = [*(group for group, _, _ in groups if group.bad), *nowhere]
    if left:
        told.add(LEFT_OUT, Place(name), n=len(left), of=len(groups) + len(nowhere), names=Listed(left))
    sound = [
        (group.assessment(layout), table.place(group.row)) for group, layout, table in groups if not group.bad
    ]
    bad = [
        Unsound(group.organisation.code, group.period, layout.questionnaire.id, table.place(group.row))
        for group, layout, table in groups
        if group.bad
    ]
    return Taken(sound, told.all(), [*bad, *unplaced])
