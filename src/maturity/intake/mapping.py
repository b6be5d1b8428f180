"""A mapping at work: checked against its questionnaire, then laid over a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from maturity.checks.wording import did_you_mean, listed
from maturity.intake.matching import Cell, exact, fold, plain, short
from maturity.intake.table import Table, first_rows
from maturity.intake.table_findings import (
    MAPPED_COLUMN_GONE,
    MAPPED_COUNCIL,
    MAPPED_OPTION,
    MAPPED_QUESTION,
    MAPPED_TWICE,
    NO_COUNCIL_COLUMN,
    OTHER_MAPPED,
    UNKNOWN_COLUMN,
    Told,
)
from maturity.intake.table_layout import Head, Layout, Meaning, Named, name_of, settle
from maturity.intake.table_words import FACTS, IGNORED, Headings, Role, fact_of
from maturity.models.mapping import MappedColumn, Mapping
from maturity.models.problem import Kind, MaturityError, Phrase, Problem, either
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Register
from maturity.sources.load import Loaded, expect, load
from maturity.sources.shelf import open_questionnaire
from maturity.sources.yaml_reader import Loc


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping, the file that it stands in, and its questionnaire."""

    mapping: Mapping
    loaded: Loaded
    questionnaire: Questionnaire
    roles: dict[str, Role]


def open_mapping(path: Path, register: Register, asked: Questionnaire | None = None) -> Mapped:
    """A mapping's file, checked. Raises MaturityError with everything that is wrong with it."""
    loaded = load(path)
    mapping = expect(loaded, Mapping)
    wanted = f"{mapping.questionnaire.id}@{mapping.questionnaire.version}"
    if asked is not None and name_of(asked) != wanted:
        details = {"found": wanted, "given": name_of(asked)}
        raise MaturityError(loaded.document.problem(OTHER_MAPPED, ("questionnaire",), **details))
    questionnaire = asked or open_questionnaire(wanted)[0]
    problems = list(_misfits(mapping, loaded, questionnaire, register))
    if problems:
        raise MaturityError(*problems)
    roles = {fold(heading): _role(meant) for heading, meant in mapping.columns.items()}
    return Mapped(mapping, loaded, questionnaire, roles)


def _role(meant: str | MappedColumn) -> Role:
    if isinstance(meant, MappedColumn):
        return Role(meant.part, meant.question, meant.option)
    return IGNORED if meant == "ignore" else Role(meant)


def _misfits(
    mapping: Mapping, loaded: Loaded, questionnaire: Questionnaire, register: Register
) -> Iterator[Problem]:
    """Questions, options and councils that there are not, and headings that fold alike."""
    document, questions = loaded.document, questionnaire.questions

    def problem(kind: Kind, loc: Loc, found: str, **details: object) -> Problem:
        return document.problem(kind, loc, found=short(found), **details)

    def unknown(loc: Loc, question: str) -> Problem:
        hint = did_you_mean(question, questions)
        return problem(MAPPED_QUESTION, loc, question, questionnaire=name_of(questionnaire), hint=hint)

    def option(loc: Loc, question: str, name: str) -> Iterator[Problem]:
        choices = [o.id for o in questions[question].choices]
        if name not in choices:
            yield problem(MAPPED_OPTION, loc, name, question=question, options=listed(choices))

    for heading, meant in mapping.columns.items():
        if not isinstance(meant, MappedColumn):
            continue
        if meant.question not in questions:
            yield unknown(("columns", heading, "question"), meant.question)
        elif meant.option is not None:
            yield from option(("columns", heading, "option"), meant.question, meant.option)
    for heading, question in mapping.questions.items():
        if question not in questions:
            yield unknown(("questions", heading), question)
    for question, meanings in mapping.answers.items():
        if question not in questions:
            yield unknown(("answers", question), question)
            continue
        for text, name in meanings.items():
            yield from option(("answers", question, text), question, name)
    if mapping.organisation and register.find(mapping.organisation) is None:
        near = register.suggest(mapping.organisation)
        hint = Phrase(" Did you mean {names}?", names=either(near)) if near else ""
        yield problem(MAPPED_COUNCIL, ("organisation",), mapping.organisation, hint=hint)
    groups: list[tuple[Loc, Iterable[str], Callable[[str], str]]] = [
        (("columns",), mapping.columns, _key),
        (("questions",), mapping.questions, _key),
        *((("answers", question), meanings, exact) for question, meanings in mapping.answers.items()),
    ]
    for loc, names, key in groups:
        seen: set[str] = set()
        for name in names:
            if key(name) in seen:
                yield problem(MAPPED_TWICE, (*loc, name), name)
            seen.add(key(name))


def _key(text: str) -> str:
    return fold(text) or text


def layout_by(mapped: Mapped, table: Table, register: Register, told: Told) -> Layout | None:
    """The layout of a table as the mapping and, for what it does not name, the questionnaire's own headings have it.

    None where no row has any of the headings.
    """
    headings = Headings(mapped.questionnaire)
    head = _head(mapped, table, headings)
    if head is None:
        return None
    named = Named(table, head, told)
    known = {fold(plain(cell)) for cell in head.names}
    for heading in mapped.mapping.columns:
        if fold(heading) not in known:
            details = {"found": short(heading), "table": table.file if table.sheet is None else table.sheet}
            told.problems.append(
                mapped.loaded.document.problem(MAPPED_COLUMN_GONE, ("columns", heading), **details)
            )

    def meaning(cell: Cell) -> Meaning:
        role = mapped.roles.get(fold(plain(cell)))
        if role is not None:
            return {role}, lambda _column: None
        return named.role(headings, cell)

    roles = settle(table, head, told, meaning)
    for column, role in enumerate(roles):
        if role is not None and role.part not in FACTS and (role.question is None) != head.long:
            roles[column] = None
            hint = Phrase(" In a table of this form it takes a question.") if not head.long else ""
            place = table.place(head.number, column)
            told.add(UNKNOWN_COLUMN, place, found=short(head.names[column]), hint=hint)
    mapping = mapped.mapping
    layout = Layout(
        headings,
        head.number,
        head.names,
        roles,
        head.long,
        any(headings.is_welsh(cell) for cell in head.names),
        register.find(mapping.organisation) if mapping.organisation else None,
        mapping.period,
        {fold(name): question for name, question in mapping.questions.items()},
        {q: {exact(text): o for text, o in meant.items()} for q, meant in mapping.answers.items()},
    )
    if layout.organisation is None and not layout.columns("organisation", "code"):
        told.add(NO_COUNCIL_COLUMN, table.place(head.number))
    return layout


def _head(mapped: Mapped, table: Table, headings: Headings) -> Head | None:
    """The row that has most of the mapping's headings and the questionnaire's."""
    best: Head | None = None
    most = 0
    row = mapped.mapping.heading_row
    for number, cells in first_rows(table):
        if row is not None and number != row:
            continue
        roles = [mapped.roles.get(fold(plain(cell))) for cell in cells if plain(cell)]
        facts = {fact_of(cell) for cell in cells}
        found = {role.part for role in roles if role is not None and role.question is None} | facts
        own = sum(role is not None for role in roles)
        wide = sum(role is not None and role.question is not None for role in roles)
        wide += sum(bool(headings.question(cell)) for cell in cells)
        long = {"question", "answer"} <= found and not wide
        count = own + wide + sum(fact is not None for fact in facts)
        if (long or wide or row is not None) and count > most:
            best, most = Head(number, cells, long), count
    return best
