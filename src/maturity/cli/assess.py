"""`maturity assess`: answer a questionnaire on the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maturity.cli.errors import command
from maturity.cli.options import Lang, Language, language


@command
def assess(
    file: Annotated[
        Path | None,
        typer.Argument(help="The file of answers: begun, or gone on with if it exists.", show_default=False),
    ] = None,
    questionnaire: Annotated[
        str | None,
        typer.Option(
            "--questionnaire",
            "-q",
            metavar="ID[@VERSION]|FILE",
            help="What is asked; else what the file answers, or socitm.",
            show_default=False,
        ),
    ] = None,
    council: Annotated[
        str | None,
        typer.Option(
            help="Whose answers: a name in either language, an alias or a GSS code.", show_default=False
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help="What time the answers are about, as in 2026; else this year.",
            show_default=False,
        ),
    ] = None,
    lang: Language = Lang.en,
    role: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="The role of the person who answers.", show_default=False),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="The name of the person who answers.", show_default=False),
    ] = None,
) -> int:
    """Answer a questionnaire on the terminal, over as many sittings as it takes.

    Every answer is saved before the next question is shown. Go back, skip, add notes and evidence, switch between English and Welsh, or leave, at any question; the same command goes on at the first unanswered one.

    Examples:

    maturity assess --council Cardiff

    maturity assess cardiff-2026.yaml

    maturity assess --council "Ynys Môn" --lang cy --role "Digital lead"
    """
    from maturity.cli.assess_run import Wish, run

    return run(Wish(file, questionnaire, council, period, language(lang), role, name))
