"""The first sheet's facts about an assessment: whose it is, of which period, by whom, and whether it is final."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from maturity.intake import findings as f
from maturity.intake.empty_cells import is_error
from maturity.intake.grid import Row
from maturity.intake.layout import FACTS, VOCABULARY
from maturity.intake.matching import one_of, plain, short
from maturity.models.assessment import Period, Respondent
from maturity.models.problem import Phrase, Place, Problem, either
from maturity.models.register import Register

_PERIOD: TypeAdapter[str] = TypeAdapter(Period)


@dataclass(slots=True)
class FactsReader:
    """Reads facts from their rows, and keeps what is wrong with them. `says` is what the template says of itself,
    `own` are its own words."""

    name: str
    says: Mapping[str, str]
    own: Mapping[str, str]
    register: Register
    facts: Mapping[str, Row]
    problems: list[Problem] = field(default_factory=list)

    def respondent(self) -> Respondent | None:
        """Who answered, if that is told."""
        name, role = self._line("respondent.name"), self._line("respondent.role")
        return Respondent(name=name, role=role) if name or role else None

    def _row_of(self, key: str) -> Row | None:
        if key not in self.facts:
            label = self.says.get(f"fact.{key}", FACTS[key])
            self.problems.append(Problem(f.FACT_ROW_GONE, Place(self.name), {"fact": label}))
        return self.facts.get(key)

    def organisation(self) -> str | None:
        """The council's English name; None where there is none, or none that is known."""
        row = self._row_of("organisation")
        if row is None:
            return None
        text = plain(row.value("answer"))[:300]
        organisation = self.register.find(text) if text else None
        if is_error(text):
            self.problems.append(row.problem(f.CELL_ERROR, "answer", found=text))
        elif not text:
            self.problems.append(row.problem(f.NO_COUNCIL, "answer"))
        elif organisation is None:
            near = self.register.suggest(text)
            hint = Phrase(" Did you mean {names}?", names=either(near)) if near else ""
            self.problems.append(row.problem(f.UNKNOWN_COUNCIL, "answer", found=short(text), hint=hint))
        return organisation.name.to("en") if organisation else None

    def period(self) -> str | None:
        """The period; None where there is none."""
        row = self._row_of("period")
        if row is None:
            return None
        value = row.value("answer")
        text = plain(value)
        if is_error(text):
            self.problems.append(row.problem(f.CELL_ERROR, "answer", found=text))
        elif not text:
            self.problems.append(row.problem(f.NO_PERIOD, "answer"))
        else:
            try:
                return _PERIOD.validate_python(None if isinstance(value, dt.date | bool) else text)
            except ValidationError:
                self.problems.append(row.problem(f.NOT_A_PERIOD, "answer", found=short(value)))
        return None

    def status(self) -> str | None:
        """Draft or submitted; None where it is not said."""
        row = self._row_of("status")
        value = row.value("answer") if row else None
        if row is None or value is None:
            return None
        found = one_of(value, "status.", self.own)
        if found is None:
            options = ", ".join(self.own.get(k, w) for k, w in VOCABULARY.items() if k.startswith("status."))
            self.problems.append(row.problem(f.NOT_A_CHOICE, "answer", found=short(value), options=options))
        return found

    def _line(self, key: str) -> str | None:
        row = self.facts.get(key)
        text = " ".join(plain(row.value("answer")).split()) if row else ""
        if row and is_error(text):
            self.problems.append(row.problem(f.CELL_ERROR, "answer", found=text))
            return None
        if row and len(text) > 300:
            self.problems.append(row.problem(f.TOO_LONG, "answer", length=len(text), limit=300))
            return None
        return text or None
