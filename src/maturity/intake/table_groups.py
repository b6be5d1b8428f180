"""Whose answers a row holds: the council, the period and who answered, from the cells that say so."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Literal

from pydantic import ValidationError

from maturity.intake.findings import CELL_ERROR, NOT_A_CHOICE, TOO_LONG
from maturity.intake.matching import Cell, fold, mark_in_table, one_of, plain, short
from maturity.intake.other_sets import Unsound
from maturity.intake.table import Cells, Table
from maturity.intake.table_findings import (
    BESIDE,
    COUNCIL,
    FACTS_DIFFER,
    MISSING,
    NO_PERIOD_COLUMN,
    PERIOD,
    TWO_COUNCILS,
    UNKNOWN_QUESTIONNAIRE,
    Told,
)
from maturity.intake.table_layout import Layout, name_of
from maturity.intake.table_times import PERIODS, moment_of, period_hint
from maturity.intake.template_answers import is_error, wrong_mark
from maturity.models.assessment import (
    ASSESSMENT_FORMAT,
    Answer,
    Assessment,
    QuestionnaireRef,
    Respondent,
)
from maturity.models.problem import Kind, Phrase, Translate, both, either
from maturity.models.register import Organisation, Register
from maturity.sources.shelf import on_shelf

_DASHES = str.maketrans("–—−‐‑", "-----")
_COMMENTS = ("#", "//")
LONGEST_LINE = 300
Identity = tuple[str, str, str | None, str | None]
"""Council's code, period, who answered, and in which role."""


@dataclass(slots=True)
class Group:
    """The answers of one council for one period by one person, as far as they are read.

    `answers` holds None where a question's answer could not be read; `rows` are their rows in the same order.
    """

    organisation: Organisation
    period: str
    row: int
    facts: Mapping[str, Any]
    answers: dict[str, Answer | None] = field(default_factory=dict)
    rows: array[int] = field(default_factory=lambda: array("I"))
    numbered: int = 0
    bad: bool = False

    def title(self, translate: Translate) -> str:
        """Council and period, for a message."""
        who = self.facts.get("respondent.name") or self.facts.get("respondent.role")
        return f"{self.organisation.name.said(translate)} {self.period}" + (f" ({short(who)})" if who else "")

    def assessment(self, layout: Layout) -> Assessment:
        """What was read, which is sound: every part has passed the model's own checks, and is not checked again."""
        facts = self.facts
        name, role = facts.get("respondent.name"), facts.get("respondent.role")
        questionnaire = layout.questionnaire
        order = questionnaire.questions
        return Assessment.model_construct(
            format=ASSESSMENT_FORMAT,
            questionnaire=QuestionnaireRef(id=questionnaire.id, version=questionnaire.version),
            organisation=self.organisation.name.to("en"),
            period=self.period,
            respondent=Respondent(name=name, role=role) if name or role else None,
            status=facts.get("status") or "draft",
            made_up=bool(facts.get("made_up")),
            started=facts.get("started"),
            updated=facts.get("updated"),
            answers={q: answer for q in order if (answer := self.answers.get(q)) is not None},
        )


@dataclass(slots=True)
class Groups:
    """Finds the group of each row, and keeps what is wrong with the cells that say whose it is."""

    table: Table
    layout: Layout
    register: Register
    told: Told
    period: str | None = None
    all: dict[Identity, Group] = field(default_factory=dict)
    doubted: set[str] = field(default_factory=set)
    """Codes of councils of which some row could not be placed."""
    refused: bool = False
    """Whether a row could not be placed at all, so that anybody's answers may be missing."""
    unplaced: list[Unsound] = field(default_factory=list)
    """Rows of a known council that could not be read."""
    unlisted: set[str] = field(default_factory=set)
    """Names of no council that are not listed, so that nobody was told who may be meant."""
    times_left: set[str] = field(default_factory=set)
    _seen: dict[Any, Group | None] = field(default_factory=dict)
    _columns: list[tuple[int, str]] = field(default_factory=list)

    def finder(self) -> Callable[[Cells, int], Group | None]:
        """Looks a row's group up, quickly where the same cells came before; None where that cannot be told."""
        wanted = ("organisation", "code", "period", "respondent.name", "respondent.role", "status", "made_up")
        parts = (*wanted, "questionnaire", "started", "updated")
        self._columns = [(n, self._part(n)) for n in self.layout.columns(*parts)]
        # Times differ from row to row and do not say whose the answers are.
        keys = [n for n, part in self._columns if part not in ("started", "updated")]
        if not keys:
            return self._group
        key_of = itemgetter(*keys)
        seen = self._seen
        last: object = seen  # No row's cells.
        group: Group | None = None

        def find(cells: Cells, number: int) -> Group | None:
            nonlocal last, group
            key = key_of(cells)
            # The rows of one council mostly follow one another.
            if key != last:
                if key not in seen:
                    seen[key] = self._group(cells, number)
                last, group = key, seen[key]
            return group

        return find

    def _part(self, column: int) -> str:
        role = self.layout.roles[column]
        assert role is not None
        return role.part

    def _group(self, cells: Cells, number: int) -> Group | None:
        row = _FactRow(self, cells, number)
        organisation, period = row.organisation(), row.period()
        facts = row.facts()
        if organisation is None or period is None or facts is None:
            if organisation is not None:
                self.doubted |= {organisation.code} if self.layout.long else set()
                self.not_placed(organisation, period, number)
            return None
        identity = (organisation.code, period, facts.get("respondent.name"), facts.get("respondent.role"))
        group = self.all.get(identity)
        if group is None:
            group = self.all[identity] = Group(organisation, period, number, facts)
        elif self.layout.long:
            self._same(group, facts, row)
        return group

    def nearest(self, text: str) -> tuple[str, ...]:
        """The councils that are perhaps meant by a name of none."""
        return self.register.suggest(text[:200])

    def doubt(self, names: Sequence[str]) -> None:
        """In a long table a row of theirs may be missing."""
        found = [self.register.find(name) for name in names if self.layout.long]
        self.doubted |= {one.code for one in found if one}

    def doubt_unlisted(self) -> None:
        """The same of all whose names were not listed, as far as there are answers that it matters to."""
        here = {group.organisation.code for group in self.all.values()}
        while self.layout.long and not self.refused and self.unlisted and here - self.doubted:
            self.doubt(self.nearest(self.unlisted.pop()))

    def not_placed(self, organisation: Organisation, period: str | None, number: int) -> None:
        """Keeps that a row of this council could not be read; without a period it may be of any."""
        questionnaire = self.layout.questionnaire.id
        self.unplaced.append(Unsound(organisation.code, period, questionnaire, self.table.place(number)))

    def nowhere(self) -> list[Group]:
        """The sets of answers of a known council and period of which no row could be placed; each row of a wide table is
        one."""
        councils = self.register.by_code
        found = [Group(councils[u.code], u.period, 0, {}) for u in self.unplaced if u.period]
        if not self.layout.long:
            return found
        here = {(group.organisation.code, group.period) for group in self.all.values()}
        kept = {(one.organisation.code, one.period): one for one in found}
        return [one for key, one in kept.items() if key not in here]

    def _same(self, group: Group, facts: Mapping[str, Any], row: _FactRow) -> None:
        """Every row of a long table repeats what is said of all answers; it must say the same."""
        for name, value in facts.items():
            if name in ("started", "updated") or value == group.facts.get(name):
                continue
            group.bad = True
            details = {"found": short(value), "other": short(group.facts.get(name)), "what": name}
            row.tell(FACTS_DIFFER, name, **details)


class _FactRow:
    """One row's cells that say whose answers it holds."""

    def __init__(self, groups: Groups, cells: Cells, number: int) -> None:
        self.groups, self.number = groups, number
        self.cells: dict[str, Cell] = {part: cells[n] for n, part in groups._columns if n < len(cells)}
        self.at = {part: n for n, part in groups._columns}

    def tell(self, kind: Kind, part: str, **details: object) -> None:
        groups = self.groups
        column = self.at.get(part)
        groups.told.add(kind, lambda: groups.table.place(self.number, column), **details)

    def organisation(self) -> Organisation | None:
        groups, found = self.groups, []
        if groups.layout.organisation is not None and not {"organisation", "code"} & self.at.keys():
            return groups.layout.organisation
        for part in ("organisation", "code"):
            text = plain(self.cells.get(part))
            if not text:
                continue
            # Names are looked up without their signs, but who begins a row with '#' wants it passed over.
            one = None if text.startswith(_COMMENTS) else groups.register.find(text)
            if one is None:
                self._unknown(part, text)
                return None
            found.append(one)
        if not found:
            self.tell(
                MISSING, "organisation" if "organisation" in self.at else "code", what=Phrase("council")
            )
            groups.refused = groups.refused or groups.layout.long
        elif found[0] is not found[-1]:
            self.tell(TWO_COUNCILS, "code", found=both([one.name for one in found]))
            groups.doubted |= {one.code for one in found}
        return found[0] if found and found[0] is found[-1] else None

    def _unknown(self, part: str, text: str) -> None:
        groups = self.groups
        near = groups.nearest(text) if groups.told.room else None
        hint = Phrase(" Did you mean {names}?", names=either(near)) if near else ""
        kind, details = (
            (CELL_ERROR, {"found": text})
            if is_error(text)
            else (COUNCIL, {"found": short(text), "hint": hint})
        )
        self.tell(kind, part, **details)
        if near is not None:
            groups.doubt(near)
        else:
            groups.unlisted.add(text)

    def period(self) -> str | None:
        groups = self.groups
        value = self.cells.get("period")
        text = plain(value).translate(_DASHES)
        given = groups.layout.period or groups.period
        if not text and given is None:
            if "period" in self.at:
                self.tell(MISSING, "period", what=Phrase("period"))
            elif not groups.refused:
                groups.told.add(NO_PERIOD_COLUMN, groups.table.place(groups.layout.head))
                groups.refused = True
            return None
        if not text and given is not None:
            return given.strip()
        if is_error(text):
            self.tell(CELL_ERROR, "period", found=text)
            return None
        try:
            return PERIODS.validate_python(None if isinstance(value, dt.date | bool) else text)
        except ValidationError:
            self.tell(PERIOD, "period", found=short(value), hint=period_hint(value))
            return None

    def facts(self) -> dict[str, Any] | None:
        """Who answered, when, and what is said of the answers as a whole; None where something is wrong with it."""
        found: dict[str, Any] = {}
        sound = True
        for part, cell in self.cells.items():
            text = plain(cell)
            if not text or part in ("organisation", "code", "period"):
                continue
            if part in ("started", "updated"):
                found |= self._time(part, cell)
                continue
            value = self._fact(part, cell, text)
            sound = sound and value is not None
            found[part] = value
        if "questionnaire" in found:
            found.pop("questionnaire")
        return found if sound else None

    def _fact(self, part: str, cell: Cell, text: str) -> object:
        """A fact's value; None where it is told what is wrong with it."""
        if is_error(text):
            self.tell(CELL_ERROR, part, found=text)
            return None
        if part == "status":
            return self._status(cell)
        if part == "made_up":
            said = mark_in_table(cell)
            if said is None:
                self.tell(wrong_mark(cell), part, found=short(cell))
            return said
        if part == "questionnaire":
            return self._questionnaire(text)
        line = " ".join(text.split())
        if len(line) > LONGEST_LINE:
            self.tell(TOO_LONG, part, length=len(line), limit=LONGEST_LINE)
            return None
        return line

    def _time(self, part: str, cell: Cell) -> dict[str, dt.datetime]:
        """When they began or ended, if that is plain; of a column where it is not, one cell is told."""
        moment = moment_of(cell)
        if moment is None and part not in self.groups.times_left:
            self.groups.times_left.add(part)
            self.tell(
                BESIDE,
                part,
                what=Phrase("the times in this column, of which '{cell}' is not plain", cell=short(cell)),
            )
        return {part: moment} if moment else {}

    def _status(self, cell: Cell) -> Literal["draft", "submitted"] | None:
        found = one_of(cell, "status.", {})
        if found is None:
            self.tell(NOT_A_CHOICE, "status", found=short(cell), options=Phrase("draft, submitted"))
        return "submitted" if found == "submitted" else "draft" if found == "draft" else None

    def _questionnaire(self, text: str) -> str | None:
        wanted = name_of(self.groups.layout.questionnaire)
        if fold(text) == fold(wanted):
            return wanted
        known = ", ".join(map(str, on_shelf("questionnaire"))) or Phrase("none")
        self.tell(UNKNOWN_QUESTIONNAIRE, "questionnaire", found=short(text), known=known)
        return None


@dataclass(frozen=True, slots=True)
class Listed:
    """The first few groups, and how many more, in the language of the message that they stand in."""

    groups: Sequence[Group]

    def said(self, translate: Translate) -> str:
        names, more = ", ".join(group.title(translate) for group in self.groups[:8]), len(self.groups) - 8
        return Phrase("{names} and {n} more", names=names, n=more).said(translate) if more > 0 else names
