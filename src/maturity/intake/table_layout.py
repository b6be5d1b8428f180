"""What kind of table is this, to which questionnaire, and which column says what?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from maturity.intake.matching import Cell, fold, plain, short
from maturity.intake.table import Cells, Table, first_rows
from maturity.intake.table_findings import (
    BESIDE,
    COLUMN_AGAIN,
    HIDDEN_COLUMN,
    NO_COUNCIL_COLUMN,
    OWN_SCORES,
    SEVERAL_MEANINGS,
    UNKNOWN_COLUMN,
    UNSURE_COLUMN,
    UNSURE_QUESTIONNAIRE,
    Told,
)
from maturity.intake.table_words import FACTS, IGNORED, Headings, Role, fact_of
from maturity.models.problem import MaturityError, Phrase
from maturity.models.questionnaire import Questionnaire
from maturity.models.register import Organisation
from maturity.sources.shelf import on_shelf, open_questionnaire

LOOKED_AT = 2_000
_OWN_HEADINGS = ({"answers sha256", "applicable"}, {"measure", "group", "coverage", "not scored"})

Meaning = tuple[set[Role], Callable[[int], None]]
"""The roles that a heading can have, and what tells of its column where it has none."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column says what. `organisation` and `period` are what a mapping says for all rows."""

    headings: Headings
    head: int
    names: Cells
    roles: Sequence[Role | None]
    long: bool
    welsh: bool = False
    organisation: Organisation | None = None
    period: str | None = None
    questions: dict[str, str] = field(default_factory=dict)
    answers: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def questionnaire(self) -> Questionnaire:
        return self.headings.questionnaire

    def columns(self, *parts: str) -> list[int]:
        """The columns that say one of these of no question in particular."""
        return [n for n, r in enumerate(self.roles) if r and r.question is None and r.part in parts]

    def means_the_same(self, cells: Cells) -> bool:
        """Whether a second row of headings says of each column what the first does, by id, text or language."""
        for column, cell in enumerate(cells):
            name = self.names[column] if column < len(self.names) else None
            if not plain(cell) or fold(plain(cell)) == fold(plain(name)):
                continue
            fact = fact_of(cell)
            meant = {Role(fact)} if fact else set() if self.long else self.headings.roles(cell)
            role = self.roles[column] if column < len(self.roles) else None
            if meant != (set() if role is None else {role}):
                return False
        return True

    def name(self, column: int) -> str:
        """A column's heading, for a message."""
        return short(self.names[column]) if column < len(self.names) else ""


@dataclass(frozen=True, slots=True)
class Head:
    """The row of headings that was found."""

    number: int
    names: Cells
    long: bool


def candidates(asked: Questionnaire | None) -> list[Headings]:
    """The questionnaires that a table can answer: the one that was named, or all that are bundled."""
    if asked is not None:
        return [Headings(asked)]
    found = []
    for entry in on_shelf("questionnaire"):
        try:
            found.append(Headings(open_questionnaire(str(entry))[0]))
        except MaturityError:
            continue
    return found


def find_head(table: Table, known: Sequence[Headings], row: int | None = None) -> Head | None:
    """The row that names most columns; None where none makes a table. `row` says which it is."""
    best: Head | None = None
    most = 0
    for number, cells in first_rows(table):
        if row is not None and number != row:
            continue
        facts = [fact_of(cell) for cell in cells]
        wide = max((sum(bool(headings.question(cell)) for cell in cells) for headings in known), default=0)
        long = "question" in facts and "answer" in facts and wide == 0
        count = wide + sum(fact is not None for fact in facts)
        if (long or (wide and count > 1)) and count > most:
            best, most = Head(number, cells, long), count
    return best


def is_own_output(table: Table) -> bool:
    """Whether maturity wrote it, as a table of scores."""
    first = next(iter(table.rows()), (0, ()))[1]
    names = {fold(plain(cell)) for cell in first}
    return any(own <= names for own in _OWN_HEADINGS)


def layout_of(table: Table, asked: Questionnaire | None, told: Told) -> Layout | None:
    """The layout of a table whose headings are the questionnaire's own; None where it is no table, or told why not."""
    if is_own_output(table):
        told.add(OWN_SCORES, table.place(1))
        return None
    known = candidates(asked)
    head = find_head(table, known)
    if head is None:
        return None
    named = Named(table, head, told)
    headings = named.questionnaire(known)
    if headings is None:
        return None
    roles = named.roles(headings)
    welsh = any(headings.is_welsh(cell) for cell in head.names)
    layout = Layout(headings, head.number, head.names, roles, head.long, welsh)
    if not layout.columns("organisation", "code"):
        told.add(NO_COUNCIL_COLUMN, table.place(head.number))
    return layout


@dataclass(slots=True)
class Named:
    """The headings of one table."""

    table: Table
    head: Head
    told: Told

    def questionnaire(self, known: Sequence[Headings]) -> Headings | None:
        """The one questionnaire that knows all that any knows; None where several do, which is told."""
        cells = self._questions() if self.head.long else list(self.head.names)
        said = self._said()
        if said is not None:
            known = [h for h in known if fold(name_of(h.questionnaire)) == said] or known
        fits = [(h, frozenset(n for n, cell in enumerate(cells) if h.question(cell))) for h in known]
        all_known = frozenset().union(*(found for _, found in fits))
        best = [headings for headings, found in fits if found == all_known]
        if len(best) == 1 or len(known) == 1:
            return known[0] if len(known) == 1 else best[0]
        tied = best or [headings for headings, found in fits if found]
        names = ", ".join(name_of(h.questionnaire) for h in tied)
        self.told.add(UNSURE_QUESTIONNAIRE, self.table.place(self.head.number), found=names)
        return None

    def _questions(self) -> list[Cell]:
        """What stands in the column of questions, each once."""
        column = [fact_of(cell) for cell in self.head.names].index("question")
        return list(dict.fromkeys(cells[column] for cells in self._body() if column < len(cells)))

    def _said(self) -> str | None:
        """What the first row says of the questionnaire, folded."""
        facts = [fact_of(cell) for cell in self.head.names]
        if "questionnaire" not in facts:
            return None
        column = facts.index("questionnaire")
        said = (plain(cells[column]) for cells in self._body() if column < len(cells))
        return next((fold(text) for text in said if text), None)

    def _body(self) -> Iterator[Cells]:
        rows = (cells for number, cells in self.table.rows() if number > self.head.number)
        return islice(rows, LOOKED_AT)

    def roles(self, headings: Headings) -> list[Role | None]:
        """What each column says; None where it is not read, which is told."""
        return settle(self.table, self.head, self.told, lambda cell: self.role(headings, cell))

    def role(self, headings: Headings, cell: Cell) -> Meaning:
        """What a heading can mean, and what tells of a column that it means nothing for."""
        fact = fact_of(cell)
        usable = (*FACTS, "ignore") if not self.head.long else (*FACTS, "question", *_LONG_PARTS)
        found = {Role(fact)} if fact is not None and fact in usable else set()
        if not self.head.long:
            found |= headings.roles(cell)
        return found, lambda column: self._unknown(headings, column)

    def _unknown(self, headings: Headings, column: int) -> None:
        cell = self.head.names[column]
        near = None if self.head.long else headings.nearest(cell)
        place = self.table.place(self.head.number, column)
        if near is not None:
            self.told.add(UNSURE_COLUMN, place, found=short(cell), near=short(near[1]))
        else:
            self.told.add(UNKNOWN_COLUMN, place, found=short(cell), hint="")


_LONG_PARTS = ("answer", "note", "evidence", "evidence_date", "not_applicable", "reason", "sure")


def settle(
    table: Table,
    head: Head,
    told: Told,
    meaning: Callable[[Cell], Meaning],
) -> list[Role | None]:
    """One role a column, or None; doubled, doubtful and unknown ones are told. `meaning` gives a heading's roles, and
    tells of a column that has none."""
    roles: list[Role | None] = []
    first: dict[Role, int] = {}
    for column, cell in enumerate(head.names):
        roles.append(None)
        if not plain(cell):
            continue
        found, tell = meaning(cell)
        place = table.place(head.number, column)
        if not found:
            tell(column)
        elif len(found) > 1:
            meanings = ", ".join(sorted(map(str, found)))
            told.add(SEVERAL_MEANINGS, place, found=short(cell), meanings=meanings[:200])
        elif (role := next(iter(found))) in first and role != IGNORED:
            at = f"'{short(head.names[first[role]])}'"
            told.add(COLUMN_AGAIN, place, found=short(cell), first=at, meaning=str(role))
        elif role != IGNORED:
            first.setdefault(role, column)
            roles[-1] = role
            if table.marks is not None and column in table.marks.hidden_columns:
                told.add(HIDDEN_COLUMN, place, found=short(cell))
    _beside(table, head, told)
    return roles


def _beside(table: Table, head: Head, told: Told) -> None:
    """What stands above the headings."""
    for number, cells in first_rows(table):
        if number >= head.number:
            return
        for column, cell in enumerate(cells):
            if plain(cell):
                told.add(
                    BESIDE,
                    table.place(number, column),
                    what=Phrase("'{cell}', above the headings", cell=short(cell)),
                )
                break


def name_of(questionnaire: Questionnaire) -> str:
    """``id@version``."""
    return f"{questionnaire.id}@{questionnaire.version}"
