"""A user's own folder of templates, for every command that writes pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli.errors import print_problems

if TYPE_CHECKING:
    from maturity.locale.words import Words
    from maturity.reports.theme import Theme

Templates = Annotated[
    Path | None,
    typer.Option(
        "--templates",
        envvar="MATURITY_TEMPLATES",
        metavar="FOLDER",
        help="A folder with your own logo, colours, sections and templates for the pages; see docs/templates.md.",
        show_default=False,
        readable=False,
    ),
]


def theme_in(folder: Path | None, words: Words) -> Theme | None:
    """The theme in a folder, where one is named; what it had better not do is said. Raises MaturityError."""
    if folder is None:
        return None
    from maturity.reports.theme import open_theme

    theme, warnings = open_theme(folder)
    print_problems(warnings, words)
    return theme
