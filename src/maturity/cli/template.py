"""`maturity template`: a workbook to fill in, for those who have no Python."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import ExitCode, WrongOption, command, say
from maturity.models.problem import MaturityError, Phrase, Problem

if TYPE_CHECKING:
    from maturity.locale.words import Words
    from maturity.models.register import Organisation, Register
    from maturity.models.text import Language


class TemplateLang(StrEnum):
    """What a template can speak."""

    en = "en"
    cy = "cy"
    both = "both"


@command
def template(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="The .xlsx file to write; with --all-councils a folder.", readable=False
        ),
    ],
    questionnaire: Annotated[
        str,
        typer.Option(
            "--questionnaire",
            "-q",
            metavar="ID[@VERSION]|FILE",
            help="A questionnaire by ID, ID@VERSION or file.",
        ),
    ] = "socitm",
    council: Annotated[
        str | None,
        typer.Option("--council", metavar="COUNCIL", help="Fill in the council.", show_default=False),
    ] = None,
    all_councils: Annotated[
        bool, typer.Option("--all-councils", help="Write one for every council, into a folder.")
    ] = False,
    period: Annotated[
        str | None,
        typer.Option(
            "--period", metavar="PERIOD", help="Fill in the period, as in 2026.", show_default=False
        ),
    ] = None,
    dimensions: Annotated[
        list[str] | None,
        typer.Option(
            "--dimension",
            metavar="ID",
            help="Ask about this dimension only; may be repeated.",
            show_default=False,
        ),
    ] = None,
    register: Annotated[
        list[Path] | None,
        typer.Option(
            "--register",
            metavar="FILE",
            help="A register (.csv) of places beyond Wales: councils to choose from, and all of them with --all-councils. "
            "May be given again.",
            show_default=False,
            readable=False,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over files that are there already.")] = False,
    lang: Annotated[
        TemplateLang,
        typer.Option(
            "--lang",
            envvar="MATURITY_LANG",
            help="English, Welsh, or both side by side (both): Welsh first; else your system's language.",
            show_default=False,
        ),
    ] = TemplateLang.en,
) -> int:
    """Write a workbook that a council fills in with Excel or LibreOffice and sends back for scoring.

    Examples:

        maturity template cardiff.xlsx --council Cardiff --period 2026

        maturity template holiadur.xlsx --lang cy

        maturity template leadership.xlsx --council Powys --dimension leadership

        maturity template returns-2026/ --all-councils --period 2026 --lang both
    """
    from maturity.checks.open_register import open_registers
    from maturity.cli.options import check_period, progress
    from maturity.cli.overwrite import check_ending, check_new
    from maturity.cli.speaking import spoken
    from maturity.intake.template import template_workbook
    from maturity.locale.words import SideBySide, Words
    from maturity.models.register import joined
    from maturity.sources.files import make_folder, write_atomically
    from maturity.sources.registers import find_council
    from maturity.sources.shelf import open_questionnaire

    speakers = {"both": [Words("cy"), Words("en")], "cy": [Words("cy")], "en": [Words("en")]}[lang.value]
    words = SideBySide() if len(speakers) == 2 else speakers[0]
    if period is not None:
        check_period(period)
    if all_councils and council:
        raise WrongOption(Phrase("Choose either --council or --all-councils."), "--council")
    asked, loaded = open_questionnaire(questionnaire)
    known = [dimension.id for dimension in asked.dimensions]
    for dimension in dimensions or []:
        if dimension not in known:
            raise WrongOption(
                Phrase("'{found}' is not one of {known}.", found=dimension, known=", ".join(known)),
                "--dimension",
            )
    registers = open_registers(register or [])
    places = joined(registers)
    wanted: list[tuple[Path, Organisation | None]]
    if all_councils:
        # Where registers are named, theirs are wanted and not Wales's too.
        meant = joined(registers[1:]) if len(registers) > 1 else places
        named: Language = spoken((), os.environ) if len(speakers) == 2 else speakers[0].language
        wanted = list(_named(file, meant, period, named))
    else:
        check_ending(file, (".xlsx",), words("FILE"), words)
        wanted = [(file, find_council(council, register=places) if council else None)]
    check_new(*(path for path, _ in wanted), force=force)
    make_folder(wanted[0][0].parent)
    with progress(words("Writing workbooks")) as step:
        for number, (path, organisation) in enumerate(wanted, 1):
            content = template_workbook(
                asked,
                loaded.digest,
                words,
                organisation=organisation,
                period=period,
                register=places,
                made_on=options.made_on(),
                dimensions=dimensions or (),
            )
            write_atomically(path, content)
            step(number, len(wanted))
    for speaker in speakers:
        _say_what_next(file, len(wanted), all_councils, speaker)
    return ExitCode.DONE


def _named(
    folder: Path, register: Register, period: str | None, language: Language
) -> Iterator[tuple[Path, Organisation]]:
    """Each organisation with its workbook, by whichever of its names that is there: a second run in the other language
    writes no second set. Raises MaturityError for all that have one by each name."""
    from maturity.assess.opening import named_in_either

    problems: list[Problem] = []
    for one in register.organisations:
        try:
            yield named_in_either(folder, one, language, period or "", ending=".xlsx"), one
        except MaturityError as error:
            problems += error.problems
    if problems:
        raise MaturityError(*problems)


def _say_what_next(file: Path, written: int, several: bool, words: Words) -> None:
    command = shlex.join(["maturity", "score", str(file)])
    if several:
        counted = words.count(
            "Wrote {n} workbook into {folder}.", "Wrote {n} workbooks into {folder}.", written, folder=file
        )
        say(f"{counted} {words('When they are filled in:')}")
    else:
        say(words("Wrote {file}. When it is filled in:", file=file))
    say(f"    {command}", whole=True)
