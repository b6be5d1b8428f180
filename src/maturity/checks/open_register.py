"""Registers that a person names: read, checked, and put beside the bundled one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from maturity.checks.registry import rules
from maturity.checks.subjects import ListedSubject
from maturity.models.problem import Kind, MaturityError, Place, Problem
from maturity.models.register import Register, fold, joined
from maturity.sources.register_file import read_register
from maturity.sources.registers import register_of, wales

IN_TWO = Kind(
    "N206",
    "error",
    "'{name}' stands in this register and in '{other}' too.",
    "Name one of the two registers, or give the organisations names and codes of their own.",
)


def check_register(path: Path) -> tuple[Register | None, list[Problem]]:
    """The register in a file, where it is sound, and everything that is wrong with it."""
    document = read_register(path)
    subject = ListedSubject(document)
    found = [*document.problems, *(p for rule in rules("registers") for p in rule.check(subject))]
    if not subject.rows or any(problem.kind.severity == "error" for problem in found):
        return None, found
    register = register_of(path.stem, subject.rows)
    return Register(_identifier(register, path), register.organisations, register.name), found


def open_register(path: Path) -> Register:
    """The register in a file. Raises MaturityError with everything that is wrong with it."""
    register, problems = check_register(path)
    if register is None:
        raise MaturityError(*problems)
    return register


def open_registers(paths: Sequence[Path]) -> tuple[Register, ...]:
    """The bundled register and those in the files, in that order.

    A file that has one of the bundled codes stands in the place of the bundled register: so a person can describe
    Wales's councils by attributes of their own. Raises MaturityError, also where a name stands in two registers.
    """
    files = tuple(open_register(path) for path in dict.fromkeys(paths))
    bundled = wales()
    replaced = any(code in bundled.by_code for register in files for code in register.by_code)
    registers = files if replaced else (bundled, *files)
    places = ["", *map(str, dict.fromkeys(paths))][1 if replaced else 0 :]
    problems = _in_two(registers, places)
    if problems:
        raise MaturityError(*problems)
    return registers


def beside(register: Register, others: Sequence[Register]) -> Register:
    """One register of the given one and of those others in which no name stands for one of its organisations."""
    kept = [register]
    for other in others:
        if not _in_two([joined(kept), other], ["", ""]):
            kept.append(other)
    return joined(kept)


def _in_two(registers: Sequence[Register], files: Sequence[str]) -> list[Problem]:
    """One problem for each organisation of a register whose name or code stands for one of another."""
    found: list[Problem] = []
    owners: dict[str, Register] = {}
    for register, file in zip(registers, files, strict=True):
        for one in register.organisations:
            taken = next((s for s in one.spellings if owners.get(fold(s), register) is not register), None)
            if taken is not None:
                other = owners[fold(taken)].called
                found.append(Problem(IN_TWO, Place(file), {"name": taken, "other": other}))
        owners |= {fold(s): register for one in register.organisations for s in one.spellings}
    return found


def _identifier(register: Register, path: Path) -> str:
    """A register's id: what it is called, or else its file is, in one word."""
    named = register.name.to("en") if register.name else path.parent.name if path.stem == "register" else ""
    return fold(named or path.stem).replace(" ", "-") or "register"
