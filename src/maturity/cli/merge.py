"""`maturity merge`: several respondents of one council, one agreed assessment."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from maturity.cli import options
from maturity.cli.errors import command
from maturity.cli.theming import Templates


class MergeRule(StrEnum):
    """What settles a question on which respondents differ."""

    unanimous = "unanimous"
    mode = "mode"


@command
def merge(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH",
            help="The respondents' files or tables, or folders of them.",
            show_default=False,
            readable=False,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="The agreed file: written, or gone on with if it is one.",
            show_default=False,
            readable=False,
        ),
    ],
    rule: Annotated[
        MergeRule,
        typer.Option(
            "--rule",
            help="What settles a question: that all agree; or, where they differ, the most frequent answer.",
        ),
    ] = MergeRule.unanimous,
    decides: Annotated[
        str | None,
        typer.Option(
            "--decides",
            metavar="ROLE",
            help="Whose answer holds where that is still open.",
            show_default=False,
        ),
    ] = None,
    choose: Annotated[
        bool, typer.Option("--choose", help="Settle what is open here, question by question.")
    ] = False,
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Choose in plain lines: for screen readers and simple terminals."),
    ] = False,
    agenda: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write the agenda as a workbook to agree in (.xlsx).",
            show_default=False,
            readable=False,
        ),
    ] = None,
    agreed: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Take what was agreed from that workbook.",
            show_default=False,
            readable=False,
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="FILE", help="Write the agenda as a page.", show_default=False, readable=False
        ),
    ] = None,
    questionnaire: options.QuestionnaireName = None,
    period: options.TablePeriod = None,
    templates: Templates = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over files that are there already, even with less in them.")
    ] = False,
    lang: options.Language = options.Lang.en,
) -> int:
    """Merge what several people of one council answered into one agreed file; what they said is kept in it.

    Questions on which they differ are listed, the least agreement first: the meeting's agenda. Parts that colleagues filled
    in for one dimension each simply become one. Run it again with the same file after -o to go on: what was chosen stays.

    The exit code is 1 while questions are open.

    Examples:

        maturity merge answers/ -o cardiff-2026.yaml

        maturity merge answers/ -o cardiff-2026.yaml --rule mode --decides "Digital lead" --choose

        maturity merge answers/ -o cardiff-2026.yaml --agenda agenda.xlsx --html agenda.html

        maturity merge answers/ -o cardiff-2026.yaml --agreed agenda.xlsx

        maturity merge survey.xlsx -q socitm@1.0.0 --period 2026 -o cardiff-2026.yaml
    """
    from maturity.cli.merge_run import Wish, run

    wish = Wish(
        files,
        out,
        rule.value,
        decides,
        choose,
        agenda,
        agreed,
        html,
        questionnaire,
        force,
        options.language(lang),
        plain,
        period,
        templates,
    )
    return run(wish)
