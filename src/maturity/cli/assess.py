"""`maturity assess`: answer a questionnaire on the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maturity.cli.errors import command
from maturity.cli.options import Lang, Language, RubricName, language


@command
def assess(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help="The file of answers: begun, or gone on with if it exists.",
            show_default=False,
            readable=False,
        ),
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
            metavar="COUNCIL",
            help="Whose answers: a name in either language, an alias or a GSS code.",
            show_default=False,
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(
            metavar="PERIOD",
            help="What time the answers are about, as in 2026; else it is asked, or this year.",
            show_default=False,
        ),
    ] = None,
    lang: Language = Lang.en,
    role: Annotated[
        str | None,
        typer.Option(metavar="ROLE", help="The role of the person who answers.", show_default=False),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The name of the person who answers.", show_default=False),
    ] = None,
    before: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Last period's answers: each is shown and preselected, and counts once it is confirmed.",
            show_default=False,
            readable=False,
        ),
    ] = None,
    dimension: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="Ask the questions of this dimension only, as for a colleague.",
            show_default=False,
        ),
    ] = None,
    rubric: RubricName = None,
    plain: Annotated[
        bool,
        typer.Option(
            "--plain",
            envvar="MATURITY_PLAIN",
            help="Numbered lines and typed answers, nothing redrawn: for screen readers.",
        ),
    ] = False,
) -> int:
    """Answer a questionnaire on the terminal, over as many sittings as it takes.

    Every answer is saved before the next question is shown. Go back, skip, add notes and evidence, switch between English and Welsh, or leave, at any question; the same command goes on at the first unanswered one. At the end everything can be reviewed, changed and submitted.

    What is not given is asked, unless both FILE and --council are.

    Examples:

        maturity assess --council Cardiff

        maturity assess cardiff-2026.yaml

        maturity assess --council "Ynys Môn" --lang cy --role "Digital lead"

        maturity assess --from cardiff-2025.yaml

        maturity assess --council Cardiff --dimension staff --role "Head of HR"
    """
    from maturity.cli.assess_run import run
    from maturity.cli.assess_start import Wish

    return run(
        Wish(
            file,
            questionnaire,
            council,
            period,
            language(lang),
            role,
            name,
            before=before,
            dimension=dimension,
            rubric=rubric,
            plain=plain,
        )
    )
