"""Reads registers; the 22 councils of Wales are bundled."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from maturity.models.problem import Kind, MaturityError, Phrase, Place, Problem, either
from maturity.models.register import Organisation, Register
from maturity.models.text import Language, Text
from maturity.sources.attributes import further


@cache
def wales() -> Register:
    """The 22 principal councils of Wales (ONS codes; Census 2021 usual residents; ISO 3166-2 letters on tiles)."""
    text = (files("maturity.sources") / "wales.csv").read_text(encoding="utf-8")
    return register_of("wales", list(csv.DictReader(text.splitlines())))


def register_of(identifier: str, rows: Sequence[Mapping[str, str]]) -> Register:
    """The register that the rows (column → cell) of a sound file are."""
    said = further(rows)
    organisations = tuple(_organisation(row, more) for row, more in zip(rows, said, strict=True))
    words = {code: rows[0].get(f"register_{code}") for code in ("en", "cy")} if rows else {}
    called = {code: name for code, name in words.items() if name}
    return Register(identifier, organisations, Text.model_validate(called) if called else None)


def _organisation(row: Mapping[str, str], said: Mapping[str, Text | float]) -> Organisation:
    def text(column: str) -> Text:
        return Text({"en": row[f"{column}_en"], "cy": row[f"{column}_cy"]})

    return Organisation(
        code=row["gss_code"],
        name=text("name"),
        title=text("authority"),
        short=text("short"),
        region=text("region"),
        population=int(row["population_2021"]),
        tile=(int(row["tile_column"]), int(row["tile_row"])),
        aliases=tuple(a for a in row["aliases"].split(";") if a),
        further=said,
    )


UNKNOWN_COUNCIL = Kind(
    "G001",
    "error",
    "There is no council '{name}' in the register.",
    "Write its name in either language, or its code.{hint}",
)


def find_council(name: str, place: Place | None = None, register: Register | None = None) -> Organisation:
    """The council of that name, alias or code; `place` is where the name stands, if in a file. Looked for in Wales, or
    in another register.

    Raises MaturityError, with what was perhaps meant.
    """
    register = register or wales()
    found = register.find(name)
    if found is None:
        raise MaturityError(unknown_council(name, register, place or Place("--council")))
    return found


def council_called(name: str, language: Language) -> str:
    """What a council of Wales, written in either language, is called in this one; who is none stays as written.

    >>> council_called("Swansea", "cy"), council_called("Tref", "cy")
    ('Abertawe', 'Tref')
    """
    found = wales().find(name)
    return found.name.to(language) if found else name


def unknown_council(name: str, register: Register, place: Place) -> Problem:
    """The problem of a name that nobody in the register has."""
    close = register.suggest(name)
    meant = either([f"'{suggestion}'" for suggestion in close]) if close else ""
    return Problem(
        UNKNOWN_COUNCIL,
        place,
        {"name": name, "hint": Phrase(" Did you mean {names}?", names=meant) if close else ""},
    )
