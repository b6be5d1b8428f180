"""The command `maturity`. Each command is a module that imports what it needs only when it runs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import maturity

app = typer.Typer(
    name="maturity",
    help="Digital maturity self-assessment for councils: ask, score, compare, report.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"maturity {maturity.__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Digital maturity self-assessment for councils: ask, score, compare, report."""


def main() -> None:
    """Runs the program; text that a console cannot show is replaced, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    _add_commands()
    app(prog_name="maturity")


def _add_commands() -> None:
    from maturity.cli import commands

    commands.add_to(app)
